"""What is known of the lines that lesson 06 leaves to the learner."""

import numpy as np

from course_lib.classroom.questions import Question

A = np.array

Y_HAT, Y = A([[0.8], [0.4], [0.3]]), A([[1.0], [0.0], [1.0]])

output_delta = Question(
    "output_delta",
    [(Y_HAT, Y), (A([[0.623]]), A([[0.0]])), (Y_HAT[:2], A([[0.0], [0.0]]))],
    [
        "The slope of the square, 2 (ŷ − y), times the slope of the sigmoid.",
        "The loss is a mean over N = len(y) examples; each has 1/N of it.",
    ],
)


@output_delta.right
def in_two_steps(y_hat, y):
    slope = y_hat - y_hat**2
    return slope * (y_hat - y) * 2 / y.shape[0]


@output_delta.right
def by_the_size(y_hat, y):
    return 2 * (y_hat - y) * y_hat * (1 - y_hat) / y.size


@output_delta.mistake("The 1/N is missing: the loss is the mean over the examples.")
def without_n(y_hat, y):
    return 2 * (y_hat - y) * y_hat * (1 - y_hat)


@output_delta.mistake("The 2 is missing: the slope of a square is 2 (ŷ − y).")
def without_2(y_hat, y):
    return (y_hat - y) * y_hat * (1 - y_hat) / len(y)


@output_delta.mistake("The 2 and the 1/N are missing: the loss is the mean square.")
def without_both(y_hat, y):
    return (y_hat - y) * y_hat * (1 - y_hat)


@output_delta.mistake("The slope of the output's sigmoid, ŷ (1 − ŷ), is missing.")
def without_slope(y_hat, y):
    return 2 / len(y) * (y_hat - y)


@output_delta.mistake(
    "This is the delta of the log-loss; the squared error has 2/N and ŷ (1 − ŷ) in it."
)
def of_the_log_loss(y_hat, y):
    return y_hat - y


@output_delta.mistake("The sign is reversed: ŷ − y, as the slope of (ŷ − y)² by ŷ.")
def reversed_sign(y_hat, y):
    return 2 / len(y) * (y - y_hat) * y_hat * (1 - y_hat)


@output_delta.mistake("The slope of the sigmoid is ŷ (1 − ŷ); y has no sigmoid.")
def slope_of_the_target(y_hat, y):
    return 2 / len(y) * (y_hat - y) * y * (1 - y)


@output_delta.mistake("ŷ has been through σ already; here σ was applied once more.")
def squashed_once_more(y_hat, y):
    s = 1 / (1 + np.exp(-y_hat))
    return 2 / len(y) * (y_hat - y) * s * (1 - s)


@output_delta.mistake(
    "This is one number; each example has a delta of its own, (N, 1)."
)
def mean_of_all(y_hat, y):
    return np.mean(2 * (y_hat - y) * y_hat * (1 - y_hat))


@output_delta.mistake("This is the loss; the delta is its slope, for each example.")
def the_loss(y_hat, y):
    return np.mean((y_hat - y) ** 2)


@output_delta.mistake(
    "The slope of the sigmoid is ŷ (1 − ŷ); the ŷ before it is missing."
)
def rest_of_the_slope(y_hat, y):
    return 2 / len(y) * (y_hat - y) * (1 - y_hat)


@output_delta.mistake("The slope of the sigmoid is ŷ (1 − ŷ); this is ŷ alone.")
def y_hat_alone(y_hat, y):
    return 2 / len(y) * (y_hat - y) * y_hat


DELTA = A([[0.4, -0.2], [-0.3, 0.5], [0.1, 0.2]])
W = A([[1.0, 0.5], [-2.0, 1.5]])  # square: W.T fits as well
HIDDEN = A([[0.2, 0.9], [0.7, 0.5], [0.6, 0.3]])
BACK = A([[1.0, 0.5, -1.5], [-2.0, 1.5, 0.3], [0.8, -0.7, 2.0]])
THREE = A([[0.2, 0.9, 0.6], [0.7, 0.5, 0.3], [0.4, 0.8, 0.1]])

hidden_delta = Question(
    "hidden_delta",
    [(DELTA, W, HIDDEN), (THREE - 0.5, BACK, THREE[::-1])],
    [
        "W is (n, m) and delta is (N, m); the result must be (N, n).",
        "The slope of a sigmoid that gives a is a * (1 - a), entry by entry.",
    ],
)


@hidden_delta.right
def example_by_example(delta, W, a):
    rows = [(W @ d) * (b - b**2) for d, b in zip(delta, a, strict=True)]
    return A(rows)


@hidden_delta.mistake("W is not transposed: blame comes back against the signal.")
def not_transposed(delta, W, a):
    return delta @ W * a * (1 - a)


@hidden_delta.mistake("The slope a (1 − a) of the hidden units is missing.")
def slope_missing(delta, W, a):
    return delta @ W.T


@hidden_delta.mistake("The slope of a sigmoid is a (1 − a); this is a alone.")
def a_alone(delta, W, a):
    return delta @ W.T * a


@hidden_delta.mistake("The slope of a sigmoid is a (1 − a); this is 1 − a alone.")
def rest_alone(delta, W, a):
    return delta @ W.T * (1 - a)


@hidden_delta.mistake("a has been through σ already; here σ was applied once more.")
def squashed_again(delta, W, a):
    s = 1 / (1 + np.exp(-a))
    return delta @ W.T * s * (1 - s)


@hidden_delta.mistake("1 − a² is the slope of tanh; these units are sigmoids.")
def of_tanh(delta, W, a):
    return delta @ W.T * (1 - a**2)


@hidden_delta.mistake("The blame is passed through the weights, not through a.")
def weights_missing(delta, W, a):
    return delta * a * (1 - a)


@hidden_delta.mistake("The slope was added; it multiplies the blame.")
def slope_added(delta, W, a):
    return delta @ W.T + a * (1 - a)


@hidden_delta.mistake("The sign is reversed: no minus here, it comes with the step.")
def minus(delta, W, a):
    return -(delta @ W.T) * a * (1 - a)


@hidden_delta.mistake(
    "W.T must meet delta as a matrix product: @, and not * by entries."
)
def times_by_entries(delta, W, a):
    return delta * W.T * a * (1 - a)


@hidden_delta.mistake(
    "delta goes first, (N, m) @ (m, n), with W transposed: delta @ W.T. Here * stands, "
    "which goes by entries, and W as it is."
)
def times_upright(delta, W, a):
    return delta * W * a * (1 - a)


@hidden_delta.mistake(
    "W stands before delta; with examples as rows it is delta @ W.T, (N, m) @ (m, n)."
)
def weights_first(delta, W, a):
    return W @ delta * a * (1 - a)


@hidden_delta.mistake(
    "W.T stands before delta: examples are the rows, so it is delta @ W.T."
)
def turned_weights_first(delta, W, a):
    return W.T @ delta * a * (1 - a)


@hidden_delta.mistake(
    "W @ delta.T has a column for each example; delta @ W.T has a row for each."
)
def a_column_each(delta, W, a):
    return W @ delta.T * a * (1 - a)


@hidden_delta.mistake(
    "Each unit has its own slope: multiply by a (1 − a) with *, not @."
)
def matrix_of_slopes(delta, W, a):
    return delta @ W.T @ (a * (1 - a))


weight_slope = Question(
    "weight_slope",
    [  # as many examples as units; then all sizes alike
        (THREE, DELTA),
        (BACK, DELTA[:, :1]),
        (THREE, BACK),
    ],
    [
        "One example: the outer product of what comes in and the delta.",
        "a.T is (n, N) and delta (N, m): the product is (n, m) and sums over N.",
    ],
)


@weight_slope.right
def outer_products(a, delta):
    return sum(np.outer(b, d) for b, d in zip(a, delta, strict=True))


@weight_slope.mistake("The result is transposed: a row is where a weight comes from.")
def turned(a, delta):
    return delta.T @ a


@weight_slope.mistake("Divided by N once more: the 1/N is in delta already.")
def divided_twice(a, delta):
    return a.T @ delta / len(a)


@weight_slope.mistake("a is not transposed: its columns must meet delta's.")
def a_upright(a, delta):
    return a @ delta


@weight_slope.mistake("The slope of the units is in delta already; it came in twice.")
def slope_twice(a, delta):
    return (a * (1 - a)).T @ delta


@weight_slope.mistake("The sign is reversed: no minus here, it comes with the step.")
def minus_slope(a, delta):
    return -a.T @ delta


@weight_slope.mistake("Only the first example was used; add up over all of them.")
def first_example(a, delta):
    return np.outer(a[0], delta[0])


@weight_slope.mistake(
    "These are entries times entries; a.T @ delta pairs each input with each delta, "
    "and adds over the examples."
)
def by_entries(a, delta):
    return a * delta


@weight_slope.mistake("a.T must meet delta as a matrix product: @, and not *.")
def turned_by_entries(a, delta):
    return a.T * delta


@weight_slope.mistake(
    "delta @ a.T multiplies examples with examples; a.T @ delta adds over them."
)
def delta_first(a, delta):
    return delta @ a.T


@weight_slope.mistake(
    "a @ delta.T multiplies examples with examples; a.T @ delta adds over them."
)
def delta_turned(a, delta):
    return a @ delta.T


@weight_slope.mistake(
    "Unit by unit, as if each input met one delta only; a.T @ delta pairs all with all."
)
def unit_by_unit(a, delta):
    return np.sum(a * delta, axis=0)


@weight_slope.mistake("np.outer takes one example; over all of them it is a.T @ delta.")
def outer_of_all(a, delta):
    return np.outer(a, delta)
