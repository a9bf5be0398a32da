"""Exercise 02: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array

# -- threshold_to_weights(w, theta) ---------------------------------------------

threshold_to_weights = Question(
    "threshold_to_weights",
    inputs=[(A([1.0, 1.0]), 1.5), (A([2.0, -1.0, 0.5]), -0.25)],
    hints=[
        "Bring the threshold to the other side: w·x > θ is w·x − θ > 0.",
        "The last input is 1, so its weight is added as it is: it must be −θ.",
    ],
)


@threshold_to_weights.right
def by_concatenation(w, theta):
    return np.concatenate([w, [-theta]])


@threshold_to_weights.right
def by_filling(w, theta):
    v = np.zeros(len(w) + 1)
    v[:-1], v[-1] = w, -theta
    return v


@threshold_to_weights.mistake(
    "This is what you get when θ keeps its sign: that would suit an extra input of −1, "
    "but ours is +1."
)
def theta_with_its_own_sign(w, theta):
    return np.append(w, theta)


@threshold_to_weights.mistake(
    "The extra weight stands first; the extra input stands last, so its weight must too."
)
def bias_in_front(w, theta):
    return np.append(-theta, w)


@threshold_to_weights.mistake(
    "The threshold is missing: the extra weight is 0, so the boundary passes through 0."
)
def threshold_forgotten(w, theta):
    return np.append(w, 0.0)


@threshold_to_weights.mistake(
    "There must be one weight for each input, and one more for the constant 1."
)
def nothing_appended(w, theta):
    return w


@threshold_to_weights.mistake(
    "θ was taken from every weight; it belongs into a weight of its own."
)
def subtracted_from_all(w, theta):
    return np.append(w - theta, -theta)


# -- update(w, b, x, y) -----------------------------------------------------------

update = Question(
    "update",
    inputs=[
        (A([0.0, 0.0]), 0.0, A([1.0, 2.0]), -1),  # undecided: counts as a mistake
        (A([-1.0, 0.0]), 2.0, A([1.0, 0.5]), -1),  # wrong, and only because of b
        (A([-1.0, -1.0]), -0.5, A([1.0, 0.5]), -1),  # right
    ],
    hints=[
        "First compute the score z = w·x + b. A mistake is y z ≤ 0.",
        "On a mistake the example, with its label as the sign, is added: w + y x, b + y.",
        "Without a mistake return w and b as they came.",
    ],
)


@update.right
def with_a_factor(w, b, x, y):
    step = y * (y * (x @ w + b) <= 0)
    return w + step * x, b + step


@update.right
def with_the_bias_inside(w, b, x, y):
    v, one = np.append(w, b), np.append(x, 1.0)
    if np.sign(v @ one) != y:
        v = v + y * one
    return v[:-1], v[-1]


@update.mistake(
    "The weights change although the example is on the right side; look at the score first."
)
def updates_always(w, b, x, y):
    return w + y * x, b + y


@update.mistake(
    "A score of exactly 0 must count as a mistake, for both labels: test y z ≤ 0, not "
    "y z < 0, nor whether ŷ differs from y."
)
def zero_is_no_mistake(w, b, x, y):
    return (w + y * x, b + y) if y * (w @ x + b) < 0 else (w, b)


@update.mistake("This is what you get when the bias is forgotten: b must move by y.")
def bias_forgotten(w, b, x, y):
    return (w + y * x, b) if y * (w @ x + b) <= 0 else (w, b)


@update.mistake(
    "The score lacks the bias: z = w·x + b decides whether it is a mistake."
)
def score_without_bias(w, b, x, y):
    return (w + y * x, b + y) if y * (w @ x) <= 0 else (w, b)


@update.mistake(
    "The step is twice as long as the rule says, and an undecided example may escape it: "
    "add y x, not (y − ŷ) x."
)
def twice_as_long(w, b, x, y):
    step = y - (1 if w @ x + b > 0 else -1)
    return w + step * x, b + step


@update.mistake(
    "The step goes the wrong way: a missed example is added with its label as sign, + y x, "
    "so that a −1 example is subtracted."
)
def wrong_sign(w, b, x, y):
    return (w - y * x, b - y) if y * (w @ x + b) <= 0 else (w, b)


@update.mistake(
    "The test lacks the label: a −1 example is wrong when its score is ≥ 0, so test "
    "y z ≤ 0, not z ≤ 0."
)
def label_missing_in_the_test(w, b, x, y):
    return (w + y * x, b + y) if w @ x + b <= 0 else (w, b)


# -- margin(w, b, X, y) -----------------------------------------------------------

_X = A([[2.0, 1.0], [0.5, 3.0], [-1.0, -1.0], [0.0, -2.0]])
_y = A([1, 1, -1, -1])

margin = Question(
    "margin",
    inputs=[
        (A([3.0, 4.0]), 1.0, _X, _y),
        (A([1.0, 2.0]), -6.0, _X, _y),  # one example on the wrong side
    ],
    hints=[
        "The signed score of example i is y_i (w·x_i + b): positive when it is right.",
        "Divide by the length of w to turn scores into distances.",
        "The margin is the smallest of them; it is negative when an example is wrong.",
    ],
)


@margin.right
def with_unit_vector(w, b, X, y):
    length = np.sqrt(np.sum(w**2))
    return np.min(y * (X @ (w / length) + b / length))


@margin.right
def one_by_one(w, b, X, y):
    return min(
        y_i * (w @ x_i + b) / np.linalg.norm(w) for x_i, y_i in zip(X, y, strict=True)
    )


@margin.mistake(
    "These are scores, not distances: divide by the length of w (twice the weights must "
    "give the same margin)."
)
def not_normalised(w, b, X, y):
    return (y * (X @ w + b)).min()


@margin.mistake(
    "The bias went into the length: only w decides how far a score of 1 is, not b."
)
def bias_in_the_length(w, b, X, y):
    return (y * (X @ w + b)).min() / np.linalg.norm(np.append(w, b))


@margin.mistake(
    "An absolute value hides mistakes: an example on the wrong side must count negative."
)
def absolute_value(w, b, X, y):
    return np.abs(X @ w + b).min() / np.linalg.norm(w)


@margin.mistake("Divide by the length of w, not by its square.")
def divided_by_the_square(w, b, X, y):
    return (y * (X @ w + b)).min() / np.sum(w**2)


@margin.mistake(
    "The labels are missing: an example of class −1 is right when its score is < 0."
)
def labels_missing(w, b, X, y):
    return (X @ w + b).min() / np.linalg.norm(w)


@margin.mistake("This is the mean distance; the margin is the smallest one.")
def mean_distance(w, b, X, y):
    return (y * (X @ w + b)).mean() / np.linalg.norm(w)


@margin.mistake(
    "This is what you get when the bias is forgotten: the boundary need not pass through 0."
)
def without_bias(w, b, X, y):
    return (y * (X @ w)).min() / np.linalg.norm(w)


@margin.mistake("This is the largest distance; the margin is the smallest one.")
def largest_distance(w, b, X, y):
    return (y * (X @ w + b)).max() / np.linalg.norm(w)


# -- train(X, y, n_epochs) --------------------------------------------------------

_corners = A([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

train = Question(
    "train",
    inputs=[
        (_corners, A([-1, -1, -1, 1]), 100),  # AND
        (_corners, A([-1, 1, 1, 1]), 3),  # OR, stopped early
    ],
    hints=[
        "Two loops: over epochs, and inside over the examples in their given order.",
        "Count mistakes within an epoch; append the count when the epoch is over.",
        "Leave the outer loop after the first epoch whose count is 0.",
    ],
)


def _train(X, y, n_epochs, order=None, bias=True, stop=True, cumulative=False, seen=0):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(n_epochs):
        made = sum(mistakes[-1:]) if cumulative else 0
        before = made
        for i in range(len(X)) if order is None else order:
            if y[i] * (w @ X[i] + b) <= seen:
                w, b = w + y[i] * X[i], b + bias * y[i]
                made += 1
        mistakes.append(made)
        if stop and made == before:
            break
    return {"w": w, "b": b, "mistakes": mistakes}


@train.right
def with_the_question_before(X, y, n_epochs):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < n_epochs and 0 not in mistakes:
        count = 0
        for x_i, y_i in zip(X, y, strict=True):
            new = with_a_factor(w, b, x_i, y_i)
            count += bool(new[1] != b)
            w, b = new
        mistakes.append(count)
    return {"w": w, "b": b, "mistakes": mistakes}


@train.right
def with_an_array_of_counts(X, y, n_epochs):
    answer = _train(X, y, n_epochs)
    return {**answer, "mistakes": np.array(answer["mistakes"]).tolist()}


@train.mistake("The counts run on from epoch to epoch; start each epoch's count at 0.")
def cumulative_counts(X, y, n_epochs):
    return _train(X, y, n_epochs, cumulative=True)


@train.mistake(
    "Training goes on after an epoch without mistakes; leave the loop there."
)
def never_stops(X, y, n_epochs):
    return _train(X, y, n_epochs, stop=False)


@train.mistake("This is what you get when the bias is forgotten.")
def training_without_bias(X, y, n_epochs):
    return _train(X, y, n_epochs, bias=False)


@train.mistake(
    "A score of exactly 0 was not taken for a mistake, so nothing ever moves from w = 0."
)
def never_starts(X, y, n_epochs):
    return _train(X, y, n_epochs, seen=-1e-12)


@train.mistake(
    "An undecided example (score 0) counts as a mistake for both labels: test y z ≤ 0, "
    "not whether ŷ differs from y."
)
def compares_answers(X, y, n_epochs):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < n_epochs and 0 not in mistakes:
        mistakes.append(0)
        for x_i, y_i in zip(X, y, strict=True):
            if y_i != (1 if w @ x_i + b > 0 else -1):
                w, b, mistakes[-1] = w + y_i * x_i, b + y_i, mistakes[-1] + 1
    return {"w": w, "b": b, "mistakes": mistakes}


@train.mistake(
    "The last epoch, the one without mistakes, belongs in the list with its 0."
)
def last_epoch_missing(X, y, n_epochs):
    answer = _train(X, y, n_epochs)
    return {**answer, "mistakes": [m for m in answer["mistakes"] if m > 0]}


@train.mistake("The steps go the wrong way: add y x on a mistake, do not subtract it.")
def backwards_steps(X, y, n_epochs):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < n_epochs and 0 not in mistakes:
        mistakes.append(0)
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (w @ x_i + b) <= 0:
                w, b, mistakes[-1] = w - y_i * x_i, b - y_i, mistakes[-1] + 1
    return {"w": w, "b": b, "mistakes": mistakes}


@train.mistake(
    "The examples were visited in another order; take them as they stand in X."
)
def backwards(X, y, n_epochs):
    return _train(X, y, n_epochs, order=range(len(X))[::-1])


@train.mistake(
    "All examples of an epoch were judged with the same weights; the rule changes them "
    "after each mistake."
)
def all_at_once(X, y, n_epochs):
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < n_epochs and 0 not in mistakes:
        wrong = y * (X @ w + b) <= 0
        mistakes.append(int(wrong.sum()))
        w, b = w + (y * wrong) @ X, b + (y * wrong).sum()
    return {"w": w, "b": b, "mistakes": mistakes}


words = Words(
    "words",
    [
        "There are two quite different reasons why mistakes may go on. Under which of them must they end?",
        "Turn the bound (R/γ)² round: what do 10,000 mistakes say about the margin, if R is 1?",
        "What could prove that no weights exist, and which method finds weights if there are any?",
    ],
)
