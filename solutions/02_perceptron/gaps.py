"""What is known of the lines that lesson 02 leaves to the learner."""

import numpy as np

from course_lib.classroom.questions import Question

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
X = np.array([[1.0, 2.0, 1.0], [-1.0, 0.5, 1.0], [2.0, -3.0, 1.0], [0.0, 1.0, 1.0]])
Y = np.array([1, -1, 1, 1])

neuron = Question(
    "neuron",
    [
        (CORNERS, np.array([1.0, 1.0]), -1.5),
        (CORNERS, np.array([2.0, -1.0]), 0.0),  # the score of 00 is 0
        (CORNERS, np.array([-1.0, 1.0]), 0.5),
    ],
    [
        "All scores at once are X @ w + b.",
        "np.where(condition, 1, -1) is 1 where the condition holds.",
    ],
)


@neuron.right
def with_signs(X, w, b):
    return 2 * (np.dot(X, w) + b > 0) - 1


@neuron.mistake("A score of exactly 0 leaves the neuron silent: >, not >=.")
def fires_at_zero(X, w, b):
    return np.where(X @ w + b >= 0, 1, -1)


@neuron.mistake("The bias is missing.")
def without_bias(X, w, b):
    return np.where(X @ w > 0, 1, -1)


@neuron.mistake("A bias is added to the sum; what is subtracted is a threshold.")
def bias_subtracted(X, w, b):
    return np.where(X @ w - b > 0, 1, -1)


@neuron.mistake("The answers are 0 and 1; a silent neuron says −1 here.")
def zeros_and_ones(X, w, b):
    return np.where(X @ w + b > 0, 1, 0)


@neuron.mistake("This is the score; the step is missing.")
def score_only(X, w, b):
    return X @ w + b


@neuron.mistake("np.sign answers 0 where the score is 0; the neuron must say −1.")
def numpy_sign(X, w, b):
    return np.sign(X @ w + b)


@neuron.mistake("+1 and −1 are exchanged: the neuron fires where the score is above 0.")
def exchanged(X, w, b):
    return np.where(X @ w + b > 0, -1, 1)


@neuron.mistake(
    "np.sum adds up all rows, so all get one answer; X @ w keeps one sum a row."
)
def one_sum(X, w, b):
    return np.where(np.sum(X * w) + b > 0, 1, -1)


@neuron.mistake("X * w multiplies and does not add up; one score a row is X @ w.")
def elementwise(X, w, b):
    return np.where(X * w + b > 0, 1, -1)


corrected = Question(
    "corrected",
    [
        (np.array([2.0, 3.0]), np.array([2.0, 1.0]), -1),
        (np.array([2.0, -1.0]), np.array([1.0, 2.0]), 1),  # undecided
        (np.array([0.0, 0.0]), np.array([1.0, 2.0]), -1),  # undecided, and silent
        (np.array([1.0, -1.0]), np.array([-1.0, 3.0]), -1),  # right already
    ],
    [
        "The label times the score is positive just where the answer is right.",
        "A missed +1 is added, a false alarm is subtracted: the label does both.",
    ],
)


@corrected.right
def in_two_cases(w, x, y):
    score = np.dot(x, w)
    if y == 1 and score <= 0:
        return w + x
    if y == -1 and score >= 0:
        return w - x
    return w


@corrected.mistake("An undecided example, with a score of exactly 0, is a mistake too.")
def zero_is_right(w, x, y):
    return w + y * x if y * (w @ x) < 0 else w


@corrected.mistake(
    "An undecided example (score 0) counts as a mistake for both labels: test the "
    "label times the score, not whether the answer differs from the label."
)
def compares_answers(w, x, y):
    return w + y * x if np.where(w @ x > 0, 1, -1) != y else w


@corrected.mistake("The label is missing: an example of label −1 must be subtracted.")
def label_missing(w, x, y):
    return w + x if y * (w @ x) <= 0 else w


@corrected.mistake("The label is missing: an example of label +1 must be added.")
def always_subtracted(w, x, y):
    return w - x if y * (w @ x) <= 0 else w


@corrected.mistake("The sign is the other way round: this makes the mistake larger.")
def wrong_sign(w, x, y):
    return w - y * x if y * (w @ x) <= 0 else w


@corrected.mistake("The example was put in the place of w; it is added to it.")
def replaced(w, x, y):
    return y * x if y * (w @ x) <= 0 else w


@corrected.mistake(
    "w moved although the example was right already; it is the sign of the score that "
    "counts."
)
def always(w, x, y):
    return w + y * x


@corrected.mistake("The test looks at the score without the label: w @ x <= 0.")
def test_without_label(w, x, y):
    return w + y * x if w @ x <= 0 else w


@corrected.mistake(
    "The test is the other way round: w moved where the answer was right."
)
def test_reversed(w, x, y):
    return w + y * x if y * (w @ x) > 0 else w


wrong_now = Question(
    "wrong_now",
    [
        (X, Y, np.array([1.0, 0.5, 0.0])),  # one wrong, three right
        (X, Y, np.zeros(3)),  # all undecided
        (X, -Y, np.array([0.0, 1.0, -1.0])),  # one undecided
    ],
    [
        "y * (X @ w) holds one number for each example; which sign means wrong?",
        "np.sum of truth values counts those that are true.",
    ],
)


@wrong_now.right
def in_a_loop(X, y, w):
    return sum(1 for x_i, y_i in zip(X, y, strict=True) if y_i * (w @ x_i) <= 0)


@wrong_now.mistake("Undecided examples, with a score of exactly 0, are left out.")
def decided_only(X, y, w):
    return np.sum(y * (X @ w) < 0)


@wrong_now.mistake("These are the right ones.")
def the_right_ones(X, y, w):
    return np.sum(y * (X @ w) > 0)


@wrong_now.mistake("The labels are missing: this counts the silent answers.")
def silent_ones(X, y, w):
    return np.sum(X @ w <= 0)


@wrong_now.mistake("This is the share; the number is asked for: np.sum, not np.mean.")
def share(X, y, w):
    return np.mean(y * (X @ w) <= 0)


@wrong_now.mistake("These are truth values, one for each example; add them up.")
def not_added(X, y, w):
    return y * (X @ w) <= 0


@wrong_now.mistake(
    "The neuron's own answer hides the undecided: at a score of 0 it says −1, and a −1 "
    "seems right. Test the label times the score."
)
def by_answer(X, y, w):
    return np.sum(np.where(X @ w > 0, 1, -1) != y)


@wrong_now.mistake(
    "A score is no answer and rarely equals a label; it is wrong where it has the "
    "other sign: look at y * (X @ w)."
)
def score_is_not_label(X, y, w):
    return np.sum(y != X @ w)


gamma = Question(
    "gamma",
    [
        (X, Y, np.array([2.0, 1.0, -0.5])),
        (X, np.array([1, -1, -1, 1]), np.array([1.0, 2.0, 0.5])),  # one wrong
        (X[:3], np.array([1, -1, -1]), np.array([3.0, 3.0, 0.5])),
    ],
    [
        "One number for each example: its label times its score.",
        "The smallest of them, divided by the length np.linalg.norm(w).",
    ],
)


@gamma.right
def of_the_unit_vector(X, y, w):
    unit = w / np.sqrt(np.sum(w**2))
    return min(y_i * (unit @ x_i) for x_i, y_i in zip(X, y, strict=True))


@gamma.mistake("The length of w is missing: this number doubles when w doubles.")
def length_missing(X, y, w):
    return np.min(y * (X @ w))


@gamma.mistake("Divide by the length of w, not by its square.")
def length_squared(X, y, w):
    return np.min(y * (X @ w)) / (w @ w)


@gamma.mistake("The labels are missing: a distance is positive on the right side only.")
def labels_missing(X, y, w):
    return np.min(X @ w) / np.linalg.norm(w)


@gamma.mistake(
    "This is the distance without its sign: a mistake must make it negative."
)
def without_sign(X, y, w):
    return np.min(np.abs(X @ w)) / np.linalg.norm(w)


@gamma.mistake("The margin is that of the nearest example, the smallest, not the mean.")
def mean_of_all(X, y, w):
    return np.mean(y * (X @ w)) / np.linalg.norm(w)


@gamma.mistake("The largest distance is asked for by nobody: take the smallest.")
def largest(X, y, w):
    return np.max(y * (X @ w)) / np.linalg.norm(w)


@gamma.mistake(
    "Each score was divided by the length of its example; a distance to the boundary "
    "is the score divided by the length of w."
)
def divided_by_the_examples(X, y, w):
    return np.min(y * (X @ w) / np.linalg.norm(X, axis=1))


@gamma.mistake("The length of w is asked for, np.linalg.norm(w), not that of X.")
def divided_by_all_of_X(X, y, w):
    return np.min(y * (X @ w)) / np.linalg.norm(X)


@gamma.mistake("The last weight counts too: it belongs to the constant 1 and to w.")
def bias_left_out(X, y, w):
    return np.min(y * (X @ w)) / np.linalg.norm(w[:-1])


@gamma.mistake("These are the distances of all examples; the margin is the smallest.")
def all_of_them(X, y, w):
    return y * (X @ w) / np.linalg.norm(w)
