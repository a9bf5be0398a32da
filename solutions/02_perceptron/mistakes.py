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


@threshold_to_weights.mistake(
    "+ and − between arrays work number by number: θ was taken from every weight. "
    "np.append(w, …) puts one more number behind them."
)
def added_not_appended(w, theta):
    return w - theta


@threshold_to_weights.mistake(
    "All weights were divided by θ. For θ > 0 that answers alike, for θ < 0 it turns every "
    "answer round; give w as it is."
)
def scaled_by_theta(w, theta):
    return np.append(w / theta, -1.0)


@threshold_to_weights.mistake(
    "−1 is the extra input of other books, whose weight is θ. Our extra input is +1; what "
    "weight must it have?"
)
def minus_one(w, theta):
    return np.append(w, -1.0)


@threshold_to_weights.mistake(
    "This is w with the extra input 1 appended; what is asked for is its weight."
)
def input_for_its_weight(w, theta):
    return np.append(w, 1.0)


@threshold_to_weights.mistake(
    "Two things were returned; what is asked for is one array of D + 1 weights."
)
def a_pair(w, theta):
    return w, -theta


# -- update(w, b, x, y), labels 0 and 1 ---------------------------------------------

update = Question(
    "update",
    inputs=[
        (A([0.0, 0.0]), 0.0, A([1.0, 2.0]), 0),  # score 0: silent, which is right
        (A([-1.0, 0.0]), 2.5, A([1.0, 0.5]), 0),  # a false alarm, only because of b
        (A([-1.0, -1.0]), 2.0, A([1.0, 0.5]), 1),  # right, only because of b
    ],
    hints=[
        "First the answer ŷ: 1 where w·x + b is above 0, else 0.",
        "The difference y − ŷ is +1 for a one that was missed, −1 for a false alarm, else 0.",
        "Both w and b move by that difference, w times x and b times 1.",
    ],
)


@update.right
def in_three_cases(w, b, x, y):
    z = np.dot(x, w) + b
    if y == 1 and z <= 0:
        return w + x, b + 1
    if y == 0 and z > 0:
        return w - x, b - 1
    return w, b


@update.right
def with_the_bias_inside(w, b, x, y):
    v, one = np.append(w, b), np.append(x, 1.0)
    v = v + (y - (v @ one > 0)) * one
    return v[:-1], v[-1]


@update.mistake(
    "A false alarm leaves the weights as they were: y x, as in the lesson's rule for "
    "labels −1 and +1, is 0 when y is 0. Here it must be subtracted."
)
def rule_of_the_lesson(w, b, x, y):
    return (w + y * x, b + y) if y * (w @ x + b) <= 0 else (w, b)


@update.mistake(
    "The weights change although the answer is right; compare ŷ with y first."
)
def updates_always(w, b, x, y):
    return w + (2 * y - 1) * x, b + (2 * y - 1) + 0.0 * (w @ x)


@update.mistake(
    "At a score of exactly 0 this neuron answers 0: it fires where z > 0, not where z ≥ 0. "
    "So a 0 is right there, and nothing changes. (The lesson's rule for labels −1 and +1 "
    "calls that a mistake; this rule does not.)"
)
def fires_at_zero(w, b, x, y):
    step = y - int(w @ x + b >= 0)
    return w + step * x, b + step


@update.mistake(
    "This is what you get when the bias is forgotten: b must move by y − ŷ."
)
def bias_forgotten(w, b, x, y):
    return w + (y - int(w @ x + b > 0)) * x, b


@update.mistake(
    "The score lacks the bias: z = w·x + b decides what the neuron answers."
)
def score_without_bias(w, b, x, y):
    step = y - int(w @ x > 0)
    return w + step * x, b + step


@update.mistake(
    "The step is missing: y − z was taken for y − ŷ, with the score for the answer."
)
def score_for_answer(w, b, x, y):
    step = y - (w @ x + b)
    return w + step * x, b + step


@update.mistake(
    "The step goes the wrong way: a false alarm is subtracted, a one that was missed added."
)
def wrong_sign(w, b, x, y):
    step = int(w @ x + b > 0) - y
    return w + step * x, b + step


@update.mistake("The answers of this neuron are 0 and 1, not −1 and +1.")
def answers_of_the_lesson(w, b, x, y):
    step = y - (1 if w @ x + b > 0 else -1)
    return w + step * x, b + step


@update.mistake("The two stand in the other order: return (w, b).")
def pair_swapped(w, b, x, y):
    step = y - int(w @ x + b > 0)
    return b + step, w + step * x


@update.mistake(
    "Where the answer is right nothing is returned; return (w, b) as they were."
)
def nothing_when_right(w, b, x, y):
    step = y - int(w @ x + b > 0)
    return (w + step * x, b + step) if step else None


@update.mistake("Weights and bias are in one array; return two things, (w, b).")
def in_one_array(w, b, x, y):
    step = y - int(w @ x + b > 0)
    return np.append(w + step * x, b + step)


@update.mistake("w is right and b is missing: return both, (w, b).")
def weights_only(w, b, x, y):
    return w + (y - int(w @ x + b > 0)) * x


# -- margin(w, b, X, y) -----------------------------------------------------------

_X = A([[2.0, 1.0], [0.5, 3.0], [-1.0, -1.0], [0.0, -2.0]])
_y = A([1, 1, -1, -1])

margin = Question(
    "margin",
    inputs=[
        (A([3.0, 4.0]), 1.0, _X, _y),
        (A([1.0, 2.0]), -6.0, _X, _y),  # one example on the wrong side
        (A([1.0, 2.0]), -4.5, _X, _y),  # and here it is the nearest of all
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
    "The bias was added after the division: divide the whole score w·x + b by the length."
)
def bias_after_the_division(w, b, X, y):
    return np.min(y * (X @ w / np.linalg.norm(w) + b))


@margin.mistake(
    "The bias went into the length. That is the lesson's γ, with the constant 1 inside; "
    "for the geometric margin only w decides how far a score of 1 is."
)
def bias_in_the_length(w, b, X, y):
    return (y * (X @ w + b)).min() / np.linalg.norm(np.append(w, b))


@margin.mistake(
    "An absolute value hides mistakes: an example on the wrong side must count negative."
)
def absolute_value(w, b, X, y):
    return np.abs(X @ w + b).min() / np.linalg.norm(w)


@margin.mistake(
    "Only the examples that are right were asked; one on the wrong side counts, negative."
)
def of_the_right_ones(w, b, X, y):
    signed = y * (X @ w + b)
    return signed[signed > 0].min() / np.linalg.norm(w)


@margin.mistake(
    "This is the nearest example with its sign; the smallest signed distance is asked "
    "for, which with mistakes is that of the worst."
)
def nearest_with_its_sign(w, b, X, y):
    signed = y * (X @ w + b)
    return signed[np.argmin(np.abs(signed))] / np.linalg.norm(w)


@margin.mistake(
    "The label belongs before the whole score: y (w·x + b), not y (w·x) + b."
)
def label_before_the_sum(w, b, X, y):
    return (y * (X @ w) + b).min() / np.linalg.norm(w)


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


@margin.mistake(
    "A margin below 0 was cut off: with mistakes it is minus the distance of the worst."
)
def cut_off_at_zero(w, b, X, y):
    return max(0.0, (y * (X @ w + b)).min() / np.linalg.norm(w))


@margin.mistake("This is the whole width of the street; the margin is half of it.")
def whole_street(w, b, X, y):
    return 2 * (y * (X @ w + b)).min() / np.linalg.norm(w)


@margin.mistake("These are the distances of all examples; the margin is the smallest.")
def all_distances(w, b, X, y):
    return y * (X @ w + b) / np.linalg.norm(w)


@margin.mistake("This says which example is the nearest; its distance is asked for.")
def which_example(w, b, X, y):
    return int(np.argmin(y * (X @ w + b)))


# -- train(X, y, n_epochs) --------------------------------------------------------

_corners = A([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

_far = A([[0.0, 0.0], [1.0, 0.0], [3.0, 1.0]])

_middle = A([[0.0, 0.0], [2.0, 0.0], [1.0, 0.0]])  # the middle one of three in a row

train = Question(
    "train",
    inputs=[
        (_far, A([-1, 1, -1]), 60),  # separable, though w comes back and counts rise
        (_corners, A([-1, -1, -1, 1]), 4),  # AND, stopped early
        (_middle, A([-1, -1, 1]), 30),  # no boundary; the laps take two epochs
        (_corners, A([-1, 1, 1, -1]), 20),  # XOR: the first epoch leads to the start
    ],
    hints=[
        "Two loops, as in the lesson, with the bias apart; one count for each epoch.",
        "On separable examples each mistake leads w further along w*. Can w ever come back?",
        "Keep the pair of w and b from the start and from the end of every epoch, and look "
        "whether the new pair is among them.",
    ],
)


def _train(
    X, y, n_epochs, *, start=0.0, step=1.0, bias=True, undecided=True, with_b=True,
    over=None, stop=True, reset=False, first=False, order=None, give_up=True,
):  # fmt: skip
    """The reference with one thing changed."""
    w, b, mistakes, separable = np.full(X.shape[1], start), start, [], over
    before = [(*w, b)]
    for _ in range(n_epochs):
        count = 0
        if reset:
            w, b = np.zeros(X.shape[1]), 0.0
        for i in order or range(len(X)):
            z = y[i] * (w @ X[i] + b)
            if z < 0 or (z == 0 and undecided):
                w, b = w + step * y[i] * X[i], b + step * bias * y[i]
                count += 1
            elif first:
                break
        mistakes.append(count)
        pair = (*w, b) if with_b else (*w,)
        known = [x[: len(pair)] for x in before]
        if count == 0 and stop:
            separable = True
            break
        if give_up and count and pair in known:
            separable = False
            break
        before.append((*w, b))
    return {"w": w, "b": b, "mistakes": mistakes, "separable": separable}


def _gives_up(X, y, n_epochs, hopeless, count=None):
    """The reference, given up where hopeless(mistakes, states) holds after an epoch."""
    w, b, mistakes, verdict = np.zeros(X.shape[1]), 0.0, [], None
    states = [(*w, b)]
    while len(mistakes) < n_epochs and verdict is None:
        made = 0
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (w @ x_i + b) <= 0:
                w, b, made = w + y_i * x_i, b + y_i, made + 1
        mistakes.append(count(X, y, w, b) if count else made)
        states.append((*w, b))
        verdict = True if made == 0 else False if hopeless(mistakes, states) else None
    return {"w": w, "b": b, "mistakes": mistakes, "separable": verdict}


def _back(_, states):
    return states[-1] in states[:-1]


@train.right
def with_the_bias_inside_and_a_set(X, y, n_epochs):
    one, v = np.column_stack([X, np.ones(len(X))]), np.zeros(X.shape[1] + 1)
    had, mistakes, verdict = {tuple(v)}, [], None
    while verdict is None and len(mistakes) < n_epochs:
        mistakes.append(0)
        for x_i, y_i in zip(one, y, strict=True):
            wrong = y_i * (v @ x_i) <= 0
            v = v + wrong * y_i * x_i
            mistakes[-1] += int(wrong)
        if mistakes[-1] == 0 or tuple(v) in had:
            verdict = mistakes[-1] == 0
        had.add(tuple(v))
    return {"w": v[:-1], "b": v[-1], "mistakes": mistakes, "separable": verdict}


@train.right
def with_rows_compared(X, y, n_epochs):
    rows, mistakes = np.zeros((1, X.shape[1] + 1)), []
    for _ in range(n_epochs):
        w, b, count = rows[-1, :-1], rows[-1, -1], 0
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (x_i @ w + b) <= 0:
                w, b, count = w + y_i * x_i, b + y_i, count + 1
        mistakes.append(count)
        again = (rows == np.append(w, b)).all(axis=1).any()
        rows = np.vstack([rows, np.append(w, b)])
        if count == 0 or again:
            break
    verdict = True if count == 0 else False if again else None
    return {"w": w, "b": b, "mistakes": mistakes, "separable": verdict}


@train.right
def with_counts_in_an_array(X, y, n_epochs):
    answer = _train(X, y, n_epochs)
    return {**answer, "mistakes": np.array(answer["mistakes"])}


@train.mistake(
    "This is the lesson's learn: it has no bias of its own, and says nothing about what "
    "the run has shown."
)
def learn_of_the_lesson(X, y, n_epochs):
    w, mistakes = np.zeros(X.shape[1]), []
    for _ in range(n_epochs):
        mistakes.append(0)
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (w @ x_i) <= 0:
                w = w + y_i * x_i
                mistakes[-1] += 1
        if mistakes[-1] == 0:
            break
    return w, mistakes


@train.mistake(
    'The training is right; "separable", what the run has shown, is missing.'
)
def no_verdict(X, y, n_epochs):
    answer = _train(X, y, n_epochs, give_up=False)
    return {key: answer[key] for key in ("w", "b", "mistakes")}


@train.mistake(
    "The weights and the bias come back to a pair that they have had before, and the run "
    "goes on. (A lap may take more than one epoch, and need not begin at the start.)"
)
def never_gives_up(X, y, n_epochs):
    return _train(X, y, n_epochs, give_up=False)


@train.mistake(
    "The pair from the start, w = 0 and b = 0, counts too: it may be the one that comes "
    "back, as with XOR after its first epoch."
)
def start_not_kept(X, y, n_epochs):
    return _gives_up(X, y, n_epochs, lambda _, states: states[-1] in states[1:-1])


@train.mistake(
    'The four are there, but in a tuple; a dict gives each its name: {"w": w, …}.'
)
def a_tuple(X, y, n_epochs):
    return tuple(_train(X, y, n_epochs).values())


@train.mistake(
    "That the epochs are over proves nothing: more of them might do. It is None then."
)
def false_when_over(X, y, n_epochs):
    return _train(X, y, n_epochs, over=False)


@train.mistake(
    "That the epochs are over proves nothing, and a run that cannot end well was not "
    "noticed before: what can the weights never do on separable examples?"
)
def false_when_over_only(X, y, n_epochs):
    return _train(X, y, n_epochs, over=False, give_up=False)


@train.mistake(
    "It gives up too early: w alone may come back while b still moves; compare both."
)
def bias_not_compared(X, y, n_epochs):
    return _train(X, y, n_epochs, with_b=False)


@train.mistake(
    "As many mistakes as in the epoch before prove nothing: on separable examples, too, "
    "that happens. Which pair can never come back there?"
)
def as_many_as_before(X, y, n_epochs):
    return _gives_up(X, y, n_epochs, lambda m, _: m[-1] in m[-2:-1])


@train.mistake(
    "That the mistakes do not fall proves nothing: on separable examples, too, an epoch "
    "may have more than the one before. Which pair can never come back there?"
)
def no_fewer_than_before(X, y, n_epochs):
    return _gives_up(X, y, n_epochs, lambda m, _: m[-1] >= min(m[-2:-1], default=1e9))


@train.mistake(
    "As many mistakes as in the first epoch prove nothing: on separable examples, too, "
    "they come late. Which pair can never come back there?"
)
def no_fewer_than_at_first(X, y, n_epochs):
    return _gives_up(X, y, n_epochs, lambda m, _: len(m) > 1 and m[-1] >= m[0])


@train.mistake(
    "That a number of mistakes comes back proves nothing: on separable examples, too, it "
    "does. Which pair can never come back there?"
)
def a_count_seen_before(X, y, n_epochs):
    return _gives_up(X, y, n_epochs, lambda m, _: m[-1] in m[:-1])


@train.mistake(
    "That w is no longer than an epoch ago proves nothing: on separable examples it may "
    "shrink for a while. Ask whether w and b come back to what they were."
)
def no_longer_than_before(X, y, n_epochs):
    def shrinks(_, states):
        now, before = (np.linalg.norm(state[:-1]) for state in states[:-3:-1])
        return now <= before

    return _gives_up(X, y, n_epochs, shrinks)


@train.mistake(
    "It gives up after one epoch: w was changed in place (+=), so what you had kept of it "
    "changed as well. Keep copies, or write w = w + …"
)
def kept_without_a_copy(X, y, n_epochs):
    return _train(X, y, 1) | {"separable": False}


@train.mistake(
    "It gives up where b alone is what it was: w was changed in place (+=), so the w that "
    "you had kept changed as well. Keep copies, or write w = w + …"
)
def kept_w_without_a_copy(X, y, n_epochs):
    return _gives_up(X, y, n_epochs, lambda _, s: s[-1][-1] in [x[-1] for x in s[:-1]])


@train.mistake(
    "An epoch without mistakes leaves w and b as they were; that is no lap. Look whether "
    "they came back only after an epoch with mistakes."
)
def a_lap_without_mistakes(X, y, n_epochs):
    answer = _train(X, y, n_epochs)
    return answer | {"separable": False if answer["separable"] else answer["separable"]}


@train.mistake("The counts run on from epoch to epoch; start each epoch's count at 0.")
def cumulative_counts(X, y, n_epochs):
    answer = _train(X, y, n_epochs)
    return {**answer, "mistakes": np.cumsum(answer["mistakes"]).tolist()}


@train.mistake(
    "The mistakes were counted after the epoch, with its last weights; count each when it "
    "is made."
)
def counted_afterwards(X, y, n_epochs):
    w, b, mistakes, verdict = np.zeros(X.shape[1]), 0.0, [], None
    before = [(*w, b)]
    while len(mistakes) < n_epochs and verdict is None:
        for x_i, y_i in zip(X, y, strict=True):
            if y_i * (w @ x_i + b) <= 0:
                w, b = w + y_i * x_i, b + y_i
        mistakes.append(int(np.sum(y * (X @ w + b) <= 0)))
        again = (*w, b) in before
        verdict = True if mistakes[-1] == 0 else False if again else None
        before.append((*w, b))
    return {"w": w, "b": b, "mistakes": mistakes, "separable": verdict}


@train.mistake(
    "The training is right, but the list holds how many are wrong at the end of each "
    "epoch, with its last weights; count each mistake when it is made."
)
def listed_afterwards(X, y, n_epochs):
    def wrong_at_the_end(X, y, w, b):
        return int(np.sum(y * (X @ w + b) <= 0))

    return _gives_up(X, y, n_epochs, _back, wrong_at_the_end)


@train.mistake(
    "Training goes on after an epoch without mistakes; leave the loop there."
)
def never_stops(X, y, n_epochs):
    return _train(X, y, n_epochs, stop=False)


@train.mistake(
    "The weights were set back to 0 in every epoch; w = 0 belongs before both loops."
)
def set_back_each_epoch(X, y, n_epochs):
    return _train(X, y, n_epochs, reset=True, give_up=False)


@train.mistake(
    "The weights were set back to 0 in every epoch, so that they seem to come back; w = 0 "
    "belongs before both loops."
)
def set_back_and_given_up(X, y, n_epochs):
    return _train(X, y, n_epochs, reset=True)


@train.mistake(
    "The epoch ends at the first example that is right; break belongs behind the inner "
    "loop, and only after an epoch without mistakes."
)
def ends_at_the_first_right(X, y, n_epochs):
    return _train(X, y, n_epochs, first=True)


@train.mistake("The step is 0.1 times what the rule says: add y x, whole.")
def with_a_learning_rate(X, y, n_epochs):
    return _train(X, y, n_epochs, step=0.1)


@train.mistake("n_epochs is ignored: stop when so many epochs are over.")
def without_end(X, y, n_epochs):
    return _train(X, y, 1000)


@train.mistake("Begin with w = 0 and b = 0, not with ones.")
def begins_at_one(X, y, n_epochs):
    return _train(X, y, n_epochs, start=1.0)


@train.mistake("This is what you get when the bias is forgotten.")
def training_without_bias(X, y, n_epochs):
    return _train(X, y, n_epochs, bias=False)


@train.mistake(
    "A score of exactly 0 was not taken for a mistake, so nothing ever moves from w = 0."
)
def never_starts(X, y, n_epochs):
    return _train(X, y, n_epochs, undecided=False)


@train.mistake(
    "An undecided example (score 0) counts as a mistake for both labels: test y z ≤ 0, "
    "not whether ŷ differs from y."
)
def compares_answers(X, y, n_epochs):
    w, b, mistakes, verdict = np.zeros(X.shape[1]), 0.0, [], None
    before = [(*w, b)]
    while len(mistakes) < n_epochs and verdict is None:
        mistakes.append(0)
        for x_i, y_i in zip(X, y, strict=True):
            if y_i != (1 if w @ x_i + b > 0 else -1):
                w, b, mistakes[-1] = w + y_i * x_i, b + y_i, mistakes[-1] + 1
        again = (*w, b) in before
        verdict = True if mistakes[-1] == 0 else False if again else None
        before.append((*w, b))
    return {"w": w, "b": b, "mistakes": mistakes, "separable": verdict}


@train.mistake(
    "The last epoch, the one without mistakes, belongs in the list with its 0."
)
def last_epoch_missing(X, y, n_epochs):
    answer = _train(X, y, n_epochs)
    return {**answer, "mistakes": [m for m in answer["mistakes"] if m > 0]}


@train.mistake("The steps go the wrong way: add y x on a mistake, do not subtract it.")
def backwards_steps(X, y, n_epochs):
    return _train(X, y, n_epochs, step=-1.0)


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
    w, b, mistakes, verdict = np.zeros(X.shape[1]), 0.0, [], None
    before = [(*w, b)]
    while len(mistakes) < n_epochs and verdict is None:
        wrong = y * (X @ w + b) <= 0
        mistakes.append(int(wrong.sum()))
        w, b = w + (y * wrong) @ X, b + (y * wrong).sum()
        again = (*w, b) in before
        verdict = True if mistakes[-1] == 0 else False if again else None
        before.append((*w, b))
    return {"w": w, "b": b, "mistakes": mistakes, "separable": verdict}


@train.mistake('"mistakes" is one number for each epoch, not their total.')
def total(X, y, n_epochs):
    answer = _train(X, y, n_epochs)
    return {**answer, "mistakes": sum(answer["mistakes"])}


words = Words(
    "words",
    [
        "There are two quite different reasons why mistakes may go on. Under which of them must they end?",
        "Turn the bound (R/γ)² round: what do 10,000 mistakes say about the margin, if R is 1?",
        "What could prove that no weights exist, and which method finds weights if there are any?",
    ],
)
