"""Exercise 01: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array

# -- majority(votes) ----------------------------------------------------------------

_votes = A([[1, 1, -1], [-1, 1, 1], [1, -1, -1], [-1, -1, 1]])
_even = A([[1, -1], [-1, -1], [1, 1], [-1, 1]])

majority = Question(
    "majority",
    inputs=[(_votes,), (_even,)],
    hints=[
        "Add up the votes of each row: a positive sum means that +1 has more votes.",
        "np.where(condition, 1, -1) turns the sums into decisions; a draw counts as +1.",
    ],
)


@majority.right
def by_counting(votes):
    return np.where((votes == 1).sum(axis=1) * 2 >= votes.shape[1], 1, -1)


@majority.right
def row_by_row(votes):
    return A([1 if sum(row) >= 0 else -1 for row in votes])


@majority.mistake("A draw must count as +1; here it counts as −1.")
def draw_is_minus(votes):
    return np.where(votes.sum(axis=1) > 0, 1, -1)


@majority.mistake("A draw must be decided: the answer is +1 or −1, never 0.")
def undecided(votes):
    return np.sign(votes.sum(axis=1))


@majority.mistake(
    "These are the sums (or means) of the votes; the decisions are their signs."
)
def sums(votes):
    return votes.sum(axis=1)


@majority.mistake(
    "This is the vote of the first rule alone; all rules must be counted."
)
def first_rule(votes):
    return votes[:, 0]


@majority.mistake("Every decision is the other way round.")
def minority(votes):
    return -by_counting(votes)


@majority.mistake("These are 0 and 1 (or False and True); decisions are −1 and +1.")
def zero_or_one(votes):
    return (votes.sum(axis=1) >= 0).astype(int)


@majority.mistake(
    "The votes were added down the columns: one decision a rule. Each row is a payment."
)
def down_the_columns(votes):
    return np.where(votes.sum(axis=0) >= 0, 1, -1)


# -- nearest(X_new, X, y) -------------------------------------------------------------

_X = A([[0.0, 0.0], [3.0, 0.0], [0.0, 2.0], [-1.0, -2.5], [5.0, 5.0], [-6.0, 6.0]])
_y = A([7, 4, 9, 2, 3, 8])
_new = A([[1.0, 1.2], [2.0, -0.5], [-2.0, 1.5], [-0.5, -1.5], [1.4, 0.2]])

nearest = Question(
    "nearest",
    inputs=[
        (_new, _X, _y),
        (A([[0.0, 0.0]]), A([[2.0, 2.0], [3.0, 0.0]]), A([1, 6])),
    ],
    hints=[
        "For one new example x the squared distances are ((x - X) ** 2).sum(axis=1).",
        "argmin gives the position of the smallest; y at that position is the label.",
        "All at once: X_new[:, None, :] - X has shape (new, N, D).",
    ],
)


@nearest.right
def one_by_one(X_new, X, y):
    return A([y[np.linalg.norm(X - x, axis=1).argmin()] for x in X_new])


@nearest.right
def by_expanding_the_square(X_new, X, y):
    distance = (X**2).sum(axis=1) - 2 * X_new @ X.T
    return y[distance.argmin(axis=1)]


@nearest.mistake("These are positions in X; the label at each position is asked for.")
def positions(X_new, X, y):
    return ((X_new[:, None] - X) ** 2).sum(axis=2).argmin(axis=1)


@nearest.mistake("These are the labels of the farthest examples: argmin, not argmax.")
def farthest(X_new, X, y):
    return y[((X_new[:, None] - X) ** 2).sum(axis=2).argmax(axis=1)]


@nearest.mistake("The differences were added without squaring, so that + and − cancel.")
def not_squared(X_new, X, y):
    return y[(X_new[:, None] - X).sum(axis=2).argmin(axis=1)]


@nearest.mistake("Only the first feature was compared; sum over all of them.")
def first_feature(X_new, X, y):
    return y[np.abs(X_new[:, None, 0] - X[:, 0]).argmin(axis=1)]


@nearest.mistake(
    "The largest product is not the smallest distance: long examples win unfairly."
)
def largest_product(X_new, X, y):
    return y[(X_new @ X.T).argmax(axis=1)]


@nearest.mistake("These are sums of absolute differences; square the differences.")
def absolute_differences(X_new, X, y):
    return y[np.abs(X_new[:, None] - X).sum(axis=2).argmin(axis=1)]


@nearest.mistake("The sum was squared, not each difference, so that + and − cancel.")
def squared_sum(X_new, X, y):
    return y[((X_new[:, None] - X).sum(axis=2) ** 2).argmin(axis=1)]


@nearest.mistake(
    "These are the smallest distances; the label found there is asked for."
)
def distances(X_new, X, y):
    return ((X_new[:, None] - X) ** 2).sum(axis=2).min(axis=1)


@nearest.mistake("Only the last feature was compared; all of them count.")
def last_feature(X_new, X, y):
    return y[np.abs(X_new[:, None, -1] - X[:, -1]).argmin(axis=1)]


@nearest.mistake(
    "The smallest was sought along the wrong axis: for each new example, over the rows "
    "of X."
)
def wrong_axis(X_new, X, y):
    return y[((X_new[:, None] - X) ** 2).sum(axis=2).argmin(axis=0)]


# -- folds(n, k) ----------------------------------------------------------------------

folds = Question(
    "folds",
    inputs=[(10, 3), (11, 4), (4, 2)],
    hints=[
        "Position i goes to part i mod k: 0, 1, 2, 0, 1, 2, …",
        "np.arange(start, n, k) gives start, start + k, start + 2k, … below n.",
    ],
)


@folds.right
def by_remainder(n, k):
    positions = np.arange(n)
    return [positions[positions % k == part] for part in range(k)]


@folds.right
def by_appending(n, k):
    parts = [[] for _ in range(k)]
    for i in range(n):
        parts[i % k].append(i)
    return parts


@folds.mistake(
    "These are neighbouring blocks; here position i belongs to part i mod k."
)
def blocks(n, k):
    return np.array_split(np.arange(n), k)


@folds.mistake("Every position must be in exactly one part; the last ones are missing.")
def remainder_lost(n, k):
    return [
        np.arange(part, n - n % k, k) if n % k else np.arange(part, n - 1, k)
        for part in range(k)
    ]


@folds.mistake("Counting starts at 0, the first position of an array, not at 1.")
def counted_from_one(n, k):
    return [part + 1 for part in by_remainder(n, k)]


@folds.mistake(
    "These are the training parts (all but one); the test parts are asked for."
)
def complements(n, k):
    return [np.setdiff1d(np.arange(n), part) for part in by_remainder(n, k)]


@folds.mistake("k is the number of parts, and the step; here n // k took its place.")
def parts_and_step_confused(n, k):
    return [np.arange(part, n, n // k) for part in range(n // k)]


# -- choose(validation, test) ---------------------------------------------------------

choose = Question(
    "choose",
    inputs=[
        (A([0.71, 0.84, 0.80, 0.84, 0.84]), A([0.70, 0.79, 0.92, 0.90, 0.85])),
        (A([0.60, 0.65]), A([0.80, 0.72])),
        (A([0.90, 0.85]), A([0.60, 0.80])),
    ],
    hints=[
        "The choice may look at the validation shares only.",
        "argmax gives the first of several equal maxima.",
        "What you report is the test share of the chosen model, whatever it is.",
    ],
)


@choose.right
def with_max(validation, test):
    best = list(validation).index(max(validation))
    return {"chosen": best, "reported": float(test[best])}


@choose.right
def with_a_loop(validation, test):
    best = 0
    for i in range(len(validation)):
        if validation[i] > validation[best]:
            best = i
    return {"chosen": best, "reported": test[best]}


@choose.mistake("The choice was made by the test: that is the trap of the lesson.")
def chosen_by_test(validation, test):
    return {"chosen": int(test.argmax()), "reported": float(test.max())}


@choose.mistake(
    "The validation share of the chosen model is reported; having been chosen by, it is too "
    "good. Report its test share."
)
def reports_validation(validation, test):
    best = int(validation.argmax())
    return {"chosen": best, "reported": float(validation[best])}


@choose.mistake(
    "The choice is right, but the best test share is reported, of another model."
)
def reports_best_test(validation, test):
    return {"chosen": int(validation.argmax()), "reported": float(test.max())}


@choose.mistake(
    "Validation and test were averaged to choose: the test had a say in it."
)
def averaged(validation, test):
    best = int((validation + test).argmax())
    return {"chosen": best, "reported": float(test[best])}


@choose.mistake(
    "This is the worst model: these are shares right, so the largest is best."
)
def smallest(validation, test):
    best = int(validation.argmin())
    return {"chosen": best, "reported": float(test[best])}


@choose.mistake("Of two equally good models the first is to be taken, not the last.")
def last_of_equals(validation, test):
    best = len(validation) - 1 - int(validation[::-1].argmax())
    return {"chosen": best, "reported": float(test[best])}


@choose.mistake(
    "The smaller of the two shares is reported; report the test share, always."
)
def smaller_share(validation, test):
    best = int(validation.argmax())
    return {"chosen": best, "reported": float(min(validation[best], test[best]))}


@choose.mistake(
    "The tie was broken by the test, which so had a say in the choice; take the first."
)
def tie_broken_by_test(validation, test):
    best = max(range(len(test)), key=lambda i: (validation[i], test[i]))
    return {"chosen": best, "reported": float(test[best])}


@choose.mistake(
    "The choice was made by the smaller of both shares: the test had a say in it."
)
def best_of_the_worst(validation, test):
    best = int(np.minimum(validation, test).argmax())
    return {"chosen": best, "reported": float(test[best])}


@choose.mistake(
    "The choice was made by the gap between the shares: the test had a say, and a small "
    "gap is no merit."
)
def smallest_gap(validation, test):
    best = int(np.abs(validation - test).argmin())
    return {"chosen": best, "reported": float(test[best])}


@choose.mistake(
    "The choice was made by the test, and the validation share is reported: the parts "
    "are swapped."
)
def parts_swapped(validation, test):
    best = int(test.argmax())
    return {"chosen": best, "reported": float(validation[best])}


@choose.mistake("Positions count from 0; here the chosen one is counted from 1.")
def counted_from_one_too(validation, test):
    best = int(validation.argmax())
    return {"chosen": best + 1, "reported": float(test[best])}


@choose.mistake(
    "The mean of both shares is reported; the one that it was chosen by flatters it. "
    "Report the test share alone."
)
def reports_the_mean(validation, test):
    best = int(validation.argmax())
    return {"chosen": best, "reported": float(validation[best] + test[best]) / 2}


@choose.mistake(
    "The larger of the two shares is reported; report the test share, good or bad."
)
def larger_share(validation, test):
    best = int(validation.argmax())
    return {"chosen": best, "reported": float(max(validation[best], test[best]))}


words = Words(
    "words",
    [
        "Which of the 10,000 cases had the model seen before it was asked? What would a net that learned them by heart score?",
        "How many models were tried before this one was shown to you?",
        "With what would you compare its score, and on whose cases? What would a perfect score say if people themselves disagree about some labels?",
    ],
)
