"""Exercise 08: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array

# -- one_hot(words, values) ---------------------------------------------------------

one_hot = Question(
    "one_hot",
    inputs=[
        (["low", "high", "low", "med"], ["low", "med", "high"]),
        (["4", "more", "4", "six"], ["2", "4", "more"]),  # no "2", and an unknown word
        (["high", "vhigh", "high"], ["vhigh", "high"]),  # one word within another
    ],
    hints=[
        "Compare every word with every value: N times K comparisons.",
        "For one word: [float(word == value) for value in values].",
    ],
)


@one_hot.right
def by_comparing_arrays(words, values):
    return (A(words)[:, None] == A(values)).astype(float)


@one_hot.right
def by_filling_zeros(words, values):
    H = np.zeros((len(words), len(values)))
    for n, word in enumerate(words):
        if word in values:
            H[n, list(values).index(word)] = 1
    return H


@one_hot.mistake(
    "The columns follow the alphabet; they should follow the order of the list."
)
def sorted_values(words, values):
    return by_comparing_arrays(words, sorted(values))


@one_hot.mistake(
    "The columns were taken from the words that happen to occur; take them from the list, "
    "which stays the same for every table."
)
def values_of_the_words(words, values):
    return by_comparing_arrays(words, list(dict.fromkeys(words)))


@one_hot.mistake(
    "The columns are those of np.unique(words), as in the lesson: the words that happen "
    "to occur, by the alphabet; take them from the list."
)
def unique_of_the_words(words, values):
    return by_comparing_arrays(words, np.unique(words))


@one_hot.mistake(
    "`in` between two words asks for a part: “high” is in “vhigh”. Compare with ==."
)
def part_of_a_word(words, values):
    return A([[float(word in value) for value in values] for word in words])


@one_hot.mistake(
    "An unknown word was counted as the first value; it should get a row of zeros."
)
def unknown_as_the_first(words, values):
    return np.eye(len(values))[[values.index(w) if w in values else 0 for w in words]]


@one_hot.mistake(
    "An unknown word was counted as the last value; an index of −1 points there."
)
def unknown_as_the_last(words, values):
    return np.eye(len(values))[[values.index(w) if w in values else -1 for w in words]]


@one_hot.mistake("Rows and columns are swapped: a row belongs to one word.")
def transposed(words, values):
    return by_comparing_arrays(words, values).T


@one_hot.mistake(
    "This is one number a word, its place in the list; that would say that the third value "
    "is three times the first."
)
def places(words, values):
    return A([float(values.index(w)) if w in values else -1.0 for w in words])


@one_hot.mistake("The other entries are −1; they should be 0.")
def minus_one(words, values):
    return 2 * by_comparing_arrays(words, values) - 1


# -- balanced_accuracy(y, y_hat) ------------------------------------------------------

balanced_accuracy = Question(
    "balanced_accuracy",
    inputs=[
        (A([0, 0, 0, 0, 0, 1, 1, 2]), A([0, 0, 0, 0, 1, 1, 0, 2])),
        (
            A([1, 1, 1, 3, 3, 3, 3]),
            A([1, 3, 1, 3, 0, 3, 1]),
        ),  # classes 0 and 2 are not in y
        (A([0, 0, 1, 1, 1]), A([0, 0, 0, 0, 0])),
    ],
    hints=[
        "Go through the classes that occur: np.unique(y).",
        "For class k: of the examples with y == k, which share has y_hat == k?",
        "Return the mean of these shares.",
    ],
)


@balanced_accuracy.right
def by_counting(y, y_hat):
    shares = []
    for k in set(y.tolist()):
        mine = [p for t, p in zip(y, y_hat, strict=True) if t == k]
        shares.append(sum(p == k for p in mine) / len(mine))
    return sum(shares) / len(shares)


@balanced_accuracy.right
def by_weights(y, y_hat):
    _, place, counts = np.unique(y, return_inverse=True, return_counts=True)
    return float(np.average(y == y_hat, weights=1 / counts[place]))


@balanced_accuracy.mistake(
    "This is the plain accuracy: here every class should count the same, however rare."
)
def plain(y, y_hat):
    return np.mean(y == y_hat)


@balanced_accuracy.mistake(
    "The shares were taken of what was predicted as k (the precision); take them of what "
    "is k."
)
def precision(y, y_hat):
    shares = [np.mean(y[y_hat == k] == k) for k in np.unique(y) if (y_hat == k).any()]
    return np.sum(shares) / len(np.unique(y))


@balanced_accuracy.mistake(
    "The mean was taken over all classes up to the largest; classes that y does not hold "
    "do not count."
)
def over_absent_classes(y, y_hat):
    shares = [np.mean(y_hat[y == k] == k) for k in np.unique(y)]
    return np.sum(shares) / (y.max() + 1)


@balanced_accuracy.mistake(
    "The mean was taken over every class that occurs in y or in y_hat; those of y count."
)
def over_predicted_classes(y, y_hat):
    shares = [np.mean(y_hat[y == k] == k) for k in np.unique(y)]
    return np.sum(shares) / len(np.unique(np.concatenate([y, y_hat])))


@balanced_accuracy.mistake("This is the worst class alone; the mean is asked for.")
def worst(y, y_hat):
    return min(np.mean(y_hat[y == k] == k) for k in np.unique(y))


@balanced_accuracy.mistake(
    "These are the shares of the single classes; the question asks for their mean."
)
def one_by_one(y, y_hat):
    return A([np.mean(y_hat[y == k] == k) for k in np.unique(y)])


@balanced_accuracy.mistake(
    "y and y_hat are swapped: the classes, and the examples of each, are those of y."
)
def arguments_swapped(y, y_hat):
    return np.mean([np.mean(y[y_hat == k] == k) for k in np.unique(y_hat)])


@balanced_accuracy.mistake(
    "These are shares of all N examples; divide by the number in class k."
)
def shares_of_all(y, y_hat):
    return np.mean([np.mean((y == k) & (y_hat == k)) for k in np.unique(y)])


# -- multilabel(P, Y) -----------------------------------------------------------------

multilabel = Question(
    "multilabel",
    inputs=[
        (
            A([[0.9, 0.2, 0.1], [0.6, 0.7, 0.1], [0.2, 0.3, 0.4], [0.1, 0.1, 0.8]]),
            A([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]),
        ),
        (  # three shares that differ
            A([[0.9, 0.1], [0.8, 0.2], [0.3, 0.4], [0.6, 0.7], [0.2, 0.9], [0.7, 0.8]]),
            A([[1, 0], [1, 0], [0, 1], [1, 0], [0, 1], [1, 0]]),
        ),
        (  # a probability of one half, a row of three, a car without a class
            A([[0.5, 0.9, 0.1], [0.7, 0.8, 0.6], [0.1, 0.2, 0.4], [0.9, 0.8, 0.2]]),
            A([[0, 1, 0], [1, 1, 0], [0, 0, 0], [1, 0, 0]]),
        ),
    ],
    hints=[
        "First the answers: said = P > 0.5, and how many a row: said.sum(axis=1).",
        "A row is exactly right where (said == Y).all(axis=1).",
    ],
)


def _shares(P, Y, said=None, exact=None, none=None, several=None):
    """The right dict, with some of its parts replaced."""
    said = P > 0.5 if said is None else said
    named = said.sum(axis=1)
    return {
        "exact": np.mean((said == Y).all(axis=1)) if exact is None else exact,
        "none": np.mean(named == 0) if none is None else none,
        "several": np.mean(named > 1) if several is None else several,
    }


@multilabel.right
def row_by_row(P, Y):
    rows = [[int(p > 0.5) for p in row] for row in P]
    exact = [row == list(true) for row, true in zip(rows, Y.tolist(), strict=True)]
    return {
        "exact": sum(exact) / len(P),
        "none": sum(sum(row) == 0 for row in rows) / len(P),
        "several": sum(sum(row) >= 2 for row in rows) / len(P),
    }


@multilabel.right
def by_counting_errors(P, Y):
    said = (P > 0.5).astype(int)
    errors, named = np.abs(said - Y).sum(axis=1), said.sum(axis=1)
    return {
        "exact": float((errors == 0).mean()),
        "none": float((named < 1).mean()),
        "several": float((named >= 2).mean()),
    }


@multilabel.mistake(
    "“exact” is the share of single answers right; a row counts only if all of its answers "
    "are."
)
def entry_by_entry(P, Y):
    return _shares(P, Y, exact=np.mean((P > 0.5) == Y))


@multilabel.mistake(
    "Here the largest probability alone counts as yes; each class is asked for itself."
)
def largest_only(P, Y):
    return _shares(P, Y, said=P == P.max(axis=1, keepdims=True))


@multilabel.mistake(
    "“exact” compares the largest probability with the label; it asks for all answers."
)
def exact_by_the_largest(P, Y):
    return _shares(P, Y, exact=np.mean(P.argmax(axis=1) == Y.argmax(axis=1)))


@multilabel.mistake("“several” counts rows with one class too; it means more than one.")
def several_from_one(P, Y):
    return _shares(P, Y, several=np.mean((P > 0.5).sum(axis=1) >= 1))


@multilabel.mistake("“several” counts rows of exactly two; three are several as well.")
def exactly_two(P, Y):
    return _shares(P, Y, several=np.mean((P > 0.5).sum(axis=1) == 2))


@multilabel.mistake("One half counts as a yes here; a yes is above one half.")
def half_is_yes(P, Y):
    return _shares(P, Y, said=P >= 0.5)


@multilabel.mistake(
    "“none” was counted among the wrong rows only; a car may have no class and be told so."
)
def none_if_wrong(P, Y):
    said = P > 0.5
    wrong = ~(said == Y).all(axis=1)
    return _shares(P, Y, none=np.mean(wrong & ~said.any(axis=1)))


@multilabel.mistake("“none” and “several” are swapped.")
def none_and_several_swapped(P, Y):
    shares = _shares(P, Y)
    return shares | {"none": shares["several"], "several": shares["none"]}


@multilabel.mistake("These are numbers of rows; divide by N.")
def counts(P, Y):
    return {key: len(P) * share for key, share in _shares(P, Y).items()}


@multilabel.mistake(
    "“none” and “several” were counted in the true answers Y; count them in what the net "
    "says."
)
def counted_in_the_truth(P, Y):
    named = Y.sum(axis=1)
    return _shares(P, Y, none=np.mean(named == 0), several=np.mean(named > 1))


@multilabel.mistake(
    "“exact” holds where at least one yes is right; it asks for all answers of the row."
)
def at_least_one(P, Y):
    return _shares(P, Y, exact=np.mean(((P > 0.5) & (Y == 1)).any(axis=1)))


# -- scale(X, test) -------------------------------------------------------------------

_X = A([[1.0, 5.0], [3.0, 5.0], [5.0, 5.0], [11.0, 6.0], [20.0, 4.5]])

scale = Question(
    "scale",
    inputs=[
        (_X, A([False, False, False, True, True])),
        (
            A([[2.0, 0.3], [4.0, 0.5], [9.0, 0.9], [1.0, 0.2]]),  # a deviation below 1
            A([True, False, False, False]),
        ),
    ],
    hints=[
        "The training rows are X[~test].",
        "Their mean and std along axis 0 are (D,): one number a column.",
        "Where the std is 0, divide by 1: np.where(deviation == 0, 1, deviation).",
        "Scale both parts with these same numbers.",
    ],
)


def _scaled(X, test, mean, deviation, safe=True):
    """Both parts, scaled; a deviation of 0 is taken as 1 if safe."""
    deviation = np.where((deviation == 0) & safe, 1, deviation)
    with np.errstate(all="ignore"):
        Z = (X - mean) / deviation
    return Z[~test], Z[test]


@scale.right
def column_by_column(X, test):
    Z = X.astype(float).copy()
    for k in range(X.shape[1]):
        column = X[~test, k]
        Z[:, k] -= column.mean()
        if column.std() > 0:
            Z[:, k] /= column.std()
    return Z[~test], Z[test]


@scale.right
def by_the_variance(X, test):
    train = X[~test]
    mean = train.sum(axis=0) / len(train)
    variance = ((train - mean) ** 2).sum(axis=0) / len(train)
    deviation = np.sqrt(variance + (variance == 0))
    return (train - mean) / deviation, (X[test] - mean) / deviation


@scale.mistake(
    "This is leakage: mean and standard deviation were taken of all rows, test rows too."
)
def of_all_rows(X, test):
    return _scaled(X, test, X.mean(axis=0), X.std(axis=0))


@scale.mistake(
    "This is leakage: the mean is that of the training rows, but the deviation of all."
)
def deviation_of_all(X, test):
    return _scaled(X, test, X[~test].mean(axis=0), X.std(axis=0))


@scale.mistake(
    "This is leakage: the deviation is that of the training rows, but the mean of all."
)
def mean_of_all(X, test):
    return _scaled(X, test, X.mean(axis=0), X[~test].std(axis=0))


@scale.mistake(
    "Deviations below 1 were raised to 1; only those that are 0 are replaced."
)
def raised_to_one(X, test):
    train = X[~test]
    return _scaled(X, test, train.mean(axis=0), np.maximum(train.std(axis=0), 1))


@scale.mistake(
    "The test rows were scaled by their own mean and standard deviation; use those of the "
    "training rows, else a test row means something else than a training row."
)
def each_by_itself(X, test):
    train, own = X[~test], X[test]
    return (
        _scaled(X, test, train.mean(axis=0), train.std(axis=0))[0],
        _scaled(X, test, own.mean(axis=0), own.std(axis=0))[1],
    )


@scale.mistake(
    "A column that is constant in the training rows was divided by 0; shift it only."
)
def divided_by_zero(X, test):
    train = X[~test]
    return _scaled(X, test, train.mean(axis=0), train.std(axis=0), safe=False)


@scale.mistake(
    "The standard deviation divides by N − 1 here; take np.std as it is, with N."
)
def n_minus_one(X, test):
    train = X[~test]
    return _scaled(X, test, train.mean(axis=0), train.std(axis=0, ddof=1))


@scale.mistake("The mean was subtracted, but nothing divided by the deviation.")
def only_shifted(X, test):
    train = X[~test]
    return _scaled(X, test, train.mean(axis=0), np.ones(X.shape[1]))


@scale.mistake("This divides by the variance; take its square root.")
def by_variance(X, test):
    train = X[~test]
    return _scaled(X, test, train.mean(axis=0), train.var(axis=0))


@scale.mistake(
    "The two parts are swapped: first the training rows, then the test rows."
)
def swapped(X, test):
    train = X[~test]
    return _scaled(X, test, train.mean(axis=0), train.std(axis=0))[::-1]


@scale.mistake(
    "Mean and deviation were taken over the whole table; each column has its own (axis=0)."
)
def over_the_whole_table(X, test):
    train = X[~test]
    return _scaled(X, test, train.mean(), train.std())


@scale.mistake(
    "The test rows were left as they were; scale them by the training rows too."
)
def test_unscaled(X, test):
    train = X[~test]
    return _scaled(X, test, train.mean(axis=0), train.std(axis=0))[0], X[test]


@scale.mistake(
    "A tiny number was added to the deviation, which blows up constant columns; divide "
    "them by 1."
)
def with_epsilon(X, test):
    train = X[~test]
    return _scaled(X, test, train.mean(axis=0), train.std(axis=0) + 1e-8)


words = Words(
    "words",
    [
        "If 94 of 100 applications were refused, what would a rule score that refuses everybody?",
        "How much does 94.27 % move if other 500 cases are drawn, or another start?",
        "In which order were the steps done: split, copies, scaling, choice of settings?",
    ],
)
