"""Exercise 04: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array

_W1, _b1 = A([[1.0, -0.5, 0.3], [0.4, 0.8, -1.2]]), A([0.1, -0.2, 0.6])
_W2, _b2 = A([[0.7, -1.1], [0.2, 0.9], [-0.4, 0.5]]), A([-0.3, 0.25])
_W3, _b3 = A([[1.5, -0.6], [0.8, -0.9]]), A([0.4, -1.0])
_X = A([[1.0, 0.5], [-0.8, 1.4], [0.3, -2.0]])


def _relu(z):
    return np.maximum(z, 0)


# -- forward(X, layers) ---------------------------------------------------------------

forward = Question(
    "forward",
    inputs=[
        (_X, [(_W1, _b1), (_W2, _b2)]),
        (_X, [(_W1, _b1), (_W2, _b2), (_W3, _b3)]),
        (_X, [(_W1, _b1)]),  # no hidden layer
    ],
    hints=[
        "Keep the current outputs in A, at first X, and go through the layers one by one.",
        "One layer is A @ W + b; for all but the last, np.maximum(…, 0) follows.",
        "layers[:-1] are all but the last, layers[-1] is the last.",
    ],
)


@forward.right
def with_a_counter(X, layers):
    for k, (W, b) in enumerate(layers):
        X = X @ W + b
        if k < len(layers) - 1:
            X = X * (X > 0)
    return X


@forward.right
def one_example_at_a_time(X, layers):
    def answer(x):
        for W, b in layers[:-1]:
            x = np.where(W.T @ x + b > 0, W.T @ x + b, 0)
        return layers[-1][0].T @ x + layers[-1][1]

    return A([answer(x) for x in X])


@forward.mistake(
    "A ReLU came after the last layer as well; the outputs must be able to be negative."
)
def relu_at_the_end(X, layers):
    for W, b in layers:
        X = _relu(X @ W + b)
    return X


@forward.mistake("Only the first layer has a ReLU; every hidden layer has one.")
def first_layer_only(X, layers):
    for k, (W, b) in enumerate(layers):
        X = X @ W + b
        if k == 0 and len(layers) > 1:
            X = _relu(X)
    return X


@forward.mistake("np.minimum keeps what is below 0; a ReLU keeps what is above it.")
def minimum(X, layers):
    for W, b in layers[:-1]:
        X = np.minimum(X @ W + b, 0)
    return X @ layers[-1][0] + layers[-1][1]


@forward.mistake(
    "It returned after the first layer: the return stands inside the loop."
)
def returned_too_early(X, layers):
    Z = X @ layers[0][0] + layers[0][1]
    return Z if len(layers) == 1 else _relu(Z)


@forward.mistake("There is no bend: the ReLU between the layers is missing.")
def no_relu(X, layers):
    for W, b in layers:
        X = X @ W + b
    return X


@forward.mistake("The biases are missing; a layer is A @ W + b.")
def no_bias(X, layers):
    for W, _ in layers[:-1]:
        X = _relu(X @ W)
    return X @ layers[-1][0]


@forward.mistake("The bias was added after the ReLU; it belongs inside.")
def bias_outside(X, layers):
    for W, b in layers[:-1]:
        X = _relu(X @ W) + b
    return X @ layers[-1][0] + layers[-1][1]


@forward.mistake("The bend is a tanh; the question asks for the ReLU, max(Z, 0).")
def with_tanh(X, layers):
    for W, b in layers[:-1]:
        X = np.tanh(X @ W + b)
    return X @ layers[-1][0] + layers[-1][1]


@forward.mistake("The ReLU was put before each layer, so that it bends X as well.")
def relu_before(X, layers):
    for W, b in layers:
        X = _relu(X) @ W + b
    return X


@forward.mistake("The last layer is missing; it has W and b as well, only no ReLU.")
def last_layer_missing(X, layers):
    for W, b in layers[:-1]:
        X = _relu(X @ W + b)
    return X


@forward.mistake("The bend is a sigmoid; the question asks for the ReLU, max(Z, 0).")
def with_sigmoid(X, layers):
    for W, b in layers[:-1]:
        X = 1 / (1 + np.exp(-(X @ W + b)))
    return X @ layers[-1][0] + layers[-1][1]


@forward.mistake("Negative values were turned round; a ReLU sets them to 0.")
def absolute_values(X, layers):
    for W, b in layers[:-1]:
        X = np.abs(X @ W + b)
    return X @ layers[-1][0] + layers[-1][1]


@forward.mistake("A softmax came after the last layer; return its sums as they are.")
def softmax_at_the_end(X, layers):
    Z = with_a_counter(X, layers)
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


# -- collapse(W1, b1, W2, b2) ---------------------------------------------------------

collapse = Question(
    "collapse",
    inputs=[
        (_W1, _b1, _W2, _b2),
        (_W2[:2], _b2, _W3, _b3),  # all square: every order of factors has a shape
    ],
    hints=[
        "Multiply out (X W₁ + b₁) W₂ + b₂ and collect what stands beside X.",
        "Without X there remains b₁ W₂ + b₂.",
    ],
)


@collapse.right
def by_einsum(W1, b1, W2, b2):
    return np.einsum("dh,hk->dk", W1, W2), np.einsum("h,hk->k", b1, W2) + b2


@collapse.right
def by_asking(W1, b1, W2, b2):
    b = (np.zeros((1, len(W1))) @ W1 + b1) @ W2 + b2
    return (np.eye(len(W1)) @ W1 + b1) @ W2 + b2 - b, b[0]


@collapse.mistake(
    "The first bias is lost: it passes through the second layer, b1 @ W2."
)
def first_bias_lost(W1, b1, W2, b2):
    return W1 @ W2, b2


@collapse.mistake("The second bias is added, not subtracted: b1 @ W2 + b2.")
def second_bias_subtracted(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 - b2


@collapse.mistake("The second bias is missing.")
def second_bias_lost(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2


@collapse.mistake(
    "The first bias does not pass through the second layer; it must, as b1 @ W2."
)
def biases_added(W1, b1, W2, b2):
    if b1.shape != b2.shape:
        return W1 @ W2, np.resize(b1, b2.shape) + b2
    return W1 @ W2, b1 + b2


@collapse.mistake("The bias was multiplied by W2 from the wrong side: it is b1 @ W2.")
def bias_from_the_left(W1, b1, W2, b2):
    if W2.shape[0] != W2.shape[1]:
        return W1 @ W2, b1 @ W2 + b2
    return W1 @ W2, W2 @ b1 + b2


@collapse.mistake("The two biases went through W2 together; b2 comes after it.")
def both_through(W1, b1, W2, b2):
    if b1.shape != b2.shape:
        return W1 @ W2, b1 @ W2 + b2
    return W1 @ W2, (b1 + b2) @ W2


@collapse.mistake("The matrices are in the wrong order: X meets W1 first, W1 @ W2.")
def wrong_order(W1, b1, W2, b2):
    if W2.shape[1] != W1.shape[0] or W1.shape[1] != W1.shape[0]:
        return W1 @ W2, b1 @ W2 + b2
    return W2 @ W1, b1 @ W2 + b2


# -- softmax(Z) -----------------------------------------------------------------------

softmax = Question(
    "softmax",
    inputs=[
        (A([[1.0, 2.0, 0.5], [-1.0, 0.0, 3.0]]),),
        (A([[1000.0, 999.0], [2.0, -798.0]]),),  # the second is wide, but not high
        (A([[-3000.0, -3001.0, -2999.5], [2000.0, 0.0, -9.0]]),),  # far down, far up
    ],
    hints=[
        "Subtracting the same number from all logits of a row changes nothing.",
        "Subtract the largest of each row: Z.max(axis=1, keepdims=True).",
        "Divide by the sum of each row, with keepdims=True as well.",
    ],
)


def _rows(Z, f):
    return A([f(z) for z in Z])


@softmax.right
def row_by_row(Z):
    return _rows(Z, lambda z: np.exp(z - max(z)) / np.exp(z - max(z)).sum())


@softmax.right
def by_logarithms(Z):
    top = Z.max(axis=1)[:, None]
    return np.exp(Z - top - np.log(np.exp(Z - top).sum(axis=1))[:, None])


@softmax.mistake(
    "Somewhere exp overflowed, or all of a row fell to 0: take the largest logit of each "
    "row out first."
)
def straight_from_the_formula(Z):
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)


@softmax.mistake(
    "The sum runs over the examples (axis 0); each row should sum to 1 by itself."
)
def down_the_columns(Z):
    e = np.exp(Z - Z.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@softmax.mistake(
    "The sum is taken over the whole batch; each row should sum to 1 by itself."
)
def over_everything(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum()


@softmax.mistake(
    "One largest logit was taken out of the whole batch: a row far below it turns into "
    "0/0. Take out each row's own."
)
def one_maximum_for_all(Z):
    e = np.exp(Z - Z.max())
    return e / e.sum(axis=1, keepdims=True)


@softmax.mistake("The division by the sum is missing: the rows do not sum to 1.")
def not_divided(Z):
    return np.exp(Z - Z.max(axis=1, keepdims=True))


@softmax.mistake(
    "These are logarithms of probabilities; the last exponential is missing."
)
def logarithms(Z):
    return np.log(row_by_row(Z) + 0.0)


@softmax.mistake("This is one-hot of the largest logit, a decision; keep the doubt.")
def decisions(Z):
    return np.eye(Z.shape[1])[Z.argmax(axis=1)]


@softmax.mistake(
    "Each logit went through a sigmoid of its own, and was then divided: a softmax uses "
    "exponentials."
)
def sigmoids(Z):
    s = 0.5 * (1 + np.tanh(Z / 2))
    return s / s.sum(axis=1, keepdims=True)


@softmax.mistake(
    "The mean was taken out of each row, not the largest: a logit far above the mean "
    "still overflows."
)
def mean_taken_out(Z):
    e = np.exp(Z - Z.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@softmax.mistake(
    "The smallest logit was taken out of each row; take out the largest, or the largest "
    "still overflows."
)
def minimum_taken_out(Z):
    e = np.exp(Z - Z.min(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@softmax.mistake(
    "Clipping makes two large logits equal; take the largest of each row out instead."
)
def clipped(Z):
    e = np.exp(np.clip(Z, -700, 700))
    return e / e.sum(axis=1, keepdims=True)


@softmax.mistake(
    "The largest was taken from each column, so that the logits of one row were shifted "
    "by different amounts: axis=1."
)
def maximum_of_columns(Z):
    e = np.exp(Z - Z.max(axis=0, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@softmax.mistake("The sign of the logits is reversed: e to the z, not to the −z.")
def of_minus_the_logits(Z):
    e = np.exp(Z.min(axis=1, keepdims=True) - Z)
    return e / e.sum(axis=1, keepdims=True)


@softmax.mistake("The exponentials are missing.")
def no_exponential(Z):
    return Z / Z.sum(axis=1, keepdims=True)


# -- hinges(x, y) ---------------------------------------------------------------------

hinges = Question(
    "hinges",
    inputs=[
        (A([0.0, 1.0, 3.0, 3.5]), A([1.0, 2.0, -1.0, 0.5])),
        (A([-1.0, 0.5]), A([2.0, 2.6])),
    ],
    hints=[
        "The slope of each straight piece is np.diff(y) / np.diff(x).",
        "A unit is silent up to its knot, so it must add only the change of slope there.",
        "The first unit starts from slope 0: np.diff(slopes, prepend=0).",
        "At x₀ all units are silent, so c is y₀.",
    ],
)


@hinges.right
def one_unit_after_the_other(x, y):
    v = []
    for h in range(len(x) - 1):
        slope = (y[h + 1] - y[h]) / (x[h + 1] - x[h])
        v.append(slope - sum(v))
    return x[:-1], A(v), float(y[0])


@hinges.right
def by_equations(x, y):
    units = np.maximum(x[1:, None] - x[:-1], 0)
    return x[:-1].copy(), np.linalg.solve(units, y[1:] - y[0]), y[0]


@hinges.mistake(
    "These are the slopes of the pieces; a unit adds to those before it, so it needs the "
    "change of slope."
)
def slopes_themselves(x, y):
    return x[:-1], np.diff(y) / np.diff(x), y[0]


@hinges.mistake("The slopes are differences of y alone; divide by the step in x.")
def not_divided_by_steps(x, y):
    return x[:-1], np.diff(np.diff(y), prepend=0), y[0]


@hinges.mistake(
    "All steps were taken to be equally long; every piece has its own np.diff(x)."
)
def equal_steps(x, y):
    step = (x[-1] - x[0]) / (len(x) - 1)
    return x[:-1], np.diff(np.diff(y) / step, prepend=0), y[0]


@hinges.mistake(
    "y's differences times H are slopes only where all steps are 1/H, as in the lesson; "
    "divide by np.diff(x)."
)
def as_in_the_lesson(x, y):
    return x[:-1], np.diff(np.diff(y) * (len(x) - 1), prepend=0), y[0]


@hinges.mistake("The three are in another order: k, the knots, come first, then v, c.")
def slopes_first(x, y):
    return np.diff(np.diff(y) / np.diff(x), prepend=0), x[:-1], y[0]


@hinges.mistake("c is missing: at x₀ every unit is silent, so the height there is c.")
def no_constant(x, y):
    return x[:-1], np.diff(np.diff(y) / np.diff(x), prepend=0), 0.0


@hinges.mistake(
    "The knots are shifted by one: unit h bends at the left end of its piece, x[h − 1]."
)
def knots_shifted(x, y):
    return x[1:], np.diff(np.diff(y) / np.diff(x), prepend=0), y[0]


@hinges.mistake(
    "The changes of slope have the wrong sign: the later minus the earlier."
)
def wrong_sign(x, y):
    return x[:-1], -np.diff(np.diff(y) / np.diff(x), prepend=0), y[0]


@hinges.mistake(
    "The slopes are upside down: the step in y goes above, the step in x below."
)
def upside_down(x, y):
    return x[:-1], np.diff(np.diff(x) / np.diff(y), prepend=0), y[0]


@hinges.mistake(
    "The change of slope belongs to the left end of a piece; the first unit starts from "
    "slope 0 (prepend=0)."
)
def change_at_the_right_end(x, y):
    return x[:-1], np.diff(np.diff(y) / np.diff(x), append=0), y[0]


@hinges.mistake("The first unit is missing: it gives the first slope, at x₀.")
def first_unit_missing(x, y):
    return x[1:-1], np.diff(np.diff(y) / np.diff(x)), y[0]


@hinges.mistake("These are sums of the slopes; a unit adds the difference of two.")
def summed_slopes(x, y):
    return x[:-1], np.cumsum(np.diff(y) / np.diff(x)), y[0]


words = Words(
    "words",
    [
        "What is one matrix times another matrix?",
        "Which numbers a ReLU sets to zero depends on the example. What does that allow the border to do?",
        "You have the eight matrices. What would you compute, and with what compare it?",
    ],
)
