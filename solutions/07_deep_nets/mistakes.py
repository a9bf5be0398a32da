"""Exercise 07: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array

# -- he_start(g) ----------------------------------------------------------------------

he_start = Question(
    "he_start",
    inputs=[
        (A([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7]]),),
        (A([[1.2], [-0.4], [0.8], [2.1], [-1.3]]),),
    ],
    hints=[
        "A draw of variance 1, times c, has variance c².",
        "n_in is the number of rows of g.",
    ],
)


@he_start.right
def divided(g):
    return g / (len(g) / 2) ** 0.5


@he_start.right
def column_by_column(g):
    n_in, n_out = g.shape
    return np.column_stack([(2 / n_in) ** 0.5 * g[:, j] for j in range(n_out)])


@he_start.mistake(
    "The draws were multiplied by the variance; its root, the standard deviation, is due."
)
def variance_for_deviation(g):
    return g * 2 / g.shape[0]


@he_start.mistake(
    "This divides by the number of columns, n_out; count the inputs, which are the rows."
)
def fan_out(g):
    return g * np.sqrt(2 / g.shape[1])


@he_start.mistake("The 2 is missing: ReLU loses half of the squares.")
def without_the_two(g):
    return g / np.sqrt(g.shape[0])


@he_start.mistake("This is Glorot's variance, 2 / (n_in + n_out); He's is 2 / n_in.")
def glorots(g):
    return g * np.sqrt(2 / sum(g.shape))


@he_start.mistake("The 2 stands outside the root; it belongs inside.")
def two_outside(g):
    return g * 2 / np.sqrt(g.shape[0])


@he_start.mistake("This divides by the number of all weights; count only the inputs.")
def all_weights(g):
    return g * np.sqrt(2 / g.size)


# -- dropout(a, p, u, training) -------------------------------------------------------

_a = A([[1.0, -2.0, 0.5, 3.0], [0.8, 0.4, -1.0, 2.0]])
_u = A([[0.05, 0.9, 0.3, 0.15], [0.7, 0.1, 0.75, 0.99]])  # 0.7 is a p, too

dropout = Question(
    "dropout",
    inputs=[(_a, 0.2, _u, True), (_a, 0.2, _u, False), (_a, 0.7, _u, True)],
    hints=[
        "u < p is an array of True and False: the entries to silence.",
        "Multiplying by an array of True and False keeps or silences.",
        "Divide the survivors by 1 - p, and only in training.",
    ],
)


@dropout.right
def with_where(a, p, u, training):
    return np.where(u < p, 0.0, a / (1 - p)) if training else a.copy()


@dropout.right
def with_a_mask(a, p, u, training):
    mask = np.ones_like(a)
    if training:
        mask[u < p] = 0
        mask = mask / (1 - p)
    return a * mask


@dropout.mistake("Units were dropped outside training too; there the signal stays.")
def always_on(a, p, u, training):
    return a * (u >= p) / (1 - p)


@dropout.mistake(
    "The survivors are not scaled up: in the mean the signal is 1 - p of what it was."
)
def not_scaled(a, p, u, training):
    return a * (u >= p) if training else a


@dropout.mistake(
    "The signal is scaled down outside training; the division by 1 - p in training has "
    "done that already."
)
def scaled_twice(a, p, u, training):
    return a * (u >= p) / (1 - p) if training else a * (1 - p)


@dropout.mistake(
    "This is the older form, scaled by 1 - p later; here the survivors are divided in "
    "training."
)
def scaled_later(a, p, u, training):
    return a * (u >= p) if training else a * (1 - p)


@dropout.mistake(
    "The wrong ones survive: those with u < p are to be silenced, not to be kept."
)
def kept_and_dropped_swapped(a, p, u, training):
    return a * (u < p) / (1 - p) if training else a


@dropout.mistake("Only u < p is silenced; an entry with u == p stays.")
def equal_silenced_too(a, p, u, training):
    return a * (u > p) / (1 - p) if training else a


@dropout.mistake("p was taken for the probability of keeping a unit; it is silenced.")
def p_for_keeping(a, p, u, training):
    return a * (u < p) / p if training else a


@dropout.mistake("The survivors are divided by p; their share is 1 - p.")
def divided_by_p(a, p, u, training):
    return a * (u >= p) / p if training else a


@dropout.mistake(
    "The survivors are multiplied by 1 - p; divide, to make up for the rest."
)
def multiplied(a, p, u, training):
    return a * (u >= p) * (1 - p) if training else a


@dropout.mistake(
    "The first example's draws were used for all; every example has draws of its own."
)
def one_mask_for_all(a, p, u, training):
    return a * (u[:1] >= p) / (1 - p) if training else a


@dropout.mistake("Whole examples were silenced; every entry has a draw of its own.")
def whole_examples(a, p, u, training):
    return a * (u[:, :1] >= p) / (1 - p) if training else a


@dropout.mistake(
    "Divided by the share that happened to survive; the divisor is always 1 - p."
)
def by_the_found_share(a, p, u, training):
    return a * (u >= p) / np.mean(u >= p) if training else a


@dropout.mistake("Nothing was dropped in training.")
def never(a, p, u, training):
    return a.copy()


# -- blame_lengths(A, W, delta) -------------------------------------------------------

_W = A(
    [
        [[0.9, -0.4], [0.3, 1.2]],
        [[-0.7, 0.5], [1.1, 0.2]],
        [[0.6, 0.8], [-0.9, 1.4]],
    ]
)
_first = np.tanh(A([[0.5, -1.0], [1.2, 0.3], [-0.6, 0.9]]))


def _signals(first, W):
    signals = [first]
    for W_k in W:
        signals.append(np.tanh(signals[-1] @ W_k))
    return A(signals).round(4)


_delta = A([[0.2, -0.5], [0.7, 0.1], [-0.3, 0.4]])

blame_lengths = Question(
    "blame_lengths",
    inputs=[
        (_signals(_first, _W), _W, _delta),
        (_signals(_first, _W[:1]), _W[:1], _delta),
    ],
    hints=[
        "Start a list with the length of the delta that is given.",
        "Go through k = L - 2, ..., 0: delta @ W[k].T, times the slope of layer A[k].",
        "The slope of tanh, from its output a, is 1 - a². Turn the list round at the end.",
    ],
)


def _walk(A, W, delta, step, length=np.linalg.norm):
    """Lengths by any step (delta, k) -> delta of the layer below, last layer first."""
    lengths = [length(delta)]
    for k in reversed(range(len(W))):
        delta = step(delta, k)
        lengths.append(length(delta))
    return np.array(lengths)


@blame_lengths.right
def by_a_walk(A, W, delta):
    return _walk(A, W, delta, lambda d, k: d @ W[k].T * (1 - A[k] ** 2))[::-1]


@blame_lengths.right
def by_recursion(A, W, delta):
    if len(A) == 1:
        return np.array([np.sqrt((delta**2).sum())])
    below = (delta @ W[-1].T) * (1 - A[-2] ** 2)
    return np.append(by_recursion(A[:-1], W[:-1], below), np.sqrt((delta**2).sum()))


@blame_lengths.mistake(
    "The weights must be transposed on the way back: delta @ W[k].T."
)
def not_transposed(A, W, delta):
    return _walk(A, W, delta, lambda d, k: d @ W[k] * (1 - A[k] ** 2))[::-1]


@blame_lengths.mistake("The slopes f'(z) are missing; only the weights were applied.")
def without_slopes(A, W, delta):
    return _walk(A, W, delta, lambda d, k: d @ W[k].T)[::-1]


@blame_lengths.mistake("The weights are missing; only the slopes were applied.")
def without_weights(A, W, delta):
    return _walk(A, W, delta, lambda d, k: d * (1 - A[k] ** 2))[::-1]


@blame_lengths.mistake(
    "The slope was taken at the layer above; it belongs to the layer that is reached, A[k]."
)
def slope_of_the_layer_above(A, W, delta):
    return _walk(A, W, delta, lambda d, k: d @ W[k].T * (1 - A[k + 1] ** 2))[::-1]


@blame_lengths.mistake(
    "tanh was applied to A again; A holds the outputs, so the slope is 1 - A²."
)
def tanh_twice(A, W, delta):
    slope = 1 - np.tanh(A) ** 2
    return _walk(A, W, delta, lambda d, k: d @ W[k].T * slope[k])[::-1]


@blame_lengths.mistake("This is the slope of the sigmoid, a (1 - a); tanh has 1 - a².")
def slope_of_the_sigmoid(A, W, delta):
    return _walk(A, W, delta, lambda d, k: d @ W[k].T * A[k] * (1 - A[k]))[::-1]


@blame_lengths.mistake(
    "The lengths stand in reverse order; the first layer comes first."
)
def last_layer_first(A, W, delta):
    return by_a_walk(A, W, delta)[::-1]


@blame_lengths.mistake("The root is missing: these are sums of squares.")
def squared_lengths(A, W, delta):
    return by_a_walk(A, W, delta) ** 2


@blame_lengths.mistake(
    "This divides by the number of entries (a root mean square); take the root of the sum."
)
def root_mean_square(A, W, delta):
    return by_a_walk(A, W, delta) / np.sqrt(delta.size)


@blame_lengths.mistake(
    "The weights were used in the order of the way up; on the way back the last come first."
)
def weights_in_forward_order(A, W, delta):
    last = len(W) - 1
    return _walk(A, W, delta, lambda d, k: d @ W[last - k].T * (1 - A[last - k] ** 2))[
        ::-1
    ]


@blame_lengths.mistake(
    "The slope of the layer above was applied before the weights; delta has it already. "
    "Weights first, then the slope of A[k]."
)
def slope_before_weights(A, W, delta):
    return _walk(A, W, delta, lambda d, k: (d * (1 - A[k + 1] ** 2)) @ W[k].T)[::-1]


@blame_lengths.mistake(
    "The given delta was multiplied by a slope; it is the last layer's own, after its slope."
)
def slope_on_the_given_delta(A, W, delta):
    return by_a_walk(A, W, delta * (1 - A[-1] ** 2))


@blame_lengths.mistake(
    "This is norm(delta, 2), the largest singular value of a matrix; leave out the 2."
)
def matrix_norms(A, W, delta):
    def step(d, k):
        return d @ W[k].T * (1 - A[k] ** 2)

    return _walk(A, W, delta, step, lambda d: np.linalg.norm(d, 2))[::-1]


@blame_lengths.mistake("These are sums of absolute values; square, add, take the root.")
def absolute_values(A, W, delta):
    def step(d, k):
        return d @ W[k].T * (1 - A[k] ** 2)

    return _walk(A, W, delta, step, lambda d: np.abs(d).sum())[::-1]


# -- residual(x, W, dy) ---------------------------------------------------------------

_x = A([[0.4, -1.0], [1.5, 0.2], [-0.3, 0.8]])
_dy = A([[1.0, 0.5], [-0.2, 0.3], [0.7, -1.1]])

residual = Question(
    "residual",
    inputs=[(_x, _W[0], _dy), (_x[:1], _W[2], _dy[:1])],
    hints=[
        "Keep F = tanh(x W): its slope is 1 - F².",
        "dz = dy (1 - F²) is the blame of the sums x W.",
        "x has two ways to y: straight, which adds dy, and through F, which adds dz Wᵀ.",
    ],
)


def _block(x, W, dy):
    F = np.tanh(x @ W)
    dz = dy * (1 - F**2)
    return {"y": x + F, "dx": dy + dz @ W.T, "dW": x.T @ dz}


@residual.right
def with_einsum(x, W, dy):
    F = np.tanh(np.einsum("nj,jk->nk", x, W))
    dz = dy - dy * F * F
    dx = np.einsum("nk,jk->nj", dz, W) + dy
    return {"y": F + x, "dx": dx, "dW": np.einsum("nj,nk->jk", x, dz)}


@residual.right
def one_example_at_a_time(x, W, dy):
    slopes = 1 / np.cosh(x @ W) ** 2
    dx = A([d + W @ (d * s) for d, s in zip(dy, slopes, strict=True)])
    dW = sum(np.outer(r, d * s) for r, d, s in zip(x, dy, slopes, strict=True))
    return {"y": x + np.tanh(x @ W), "dx": dx, "dW": dW}


@residual.mistake(
    "The shortcut is missing on the way back: dy itself must be added to dx."
)
def no_shortcut_back(x, W, dy):
    answer = _block(x, W, dy)
    return answer | {"dx": answer["dx"] - dy}


@residual.mistake("The shortcut is missing on the way up: y = x + tanh(x W).")
def no_shortcut_up(x, W, dy):
    answer = _block(x, W, dy)
    return answer | {"y": answer["y"] - x}


@residual.mistake("The shortcut is missing in y and in dx.")
def no_shortcut(x, W, dy):
    answer = _block(x, W, dy)
    return answer | {"y": answer["y"] - x, "dx": answer["dx"] - dy}


@residual.mistake("The slope of tanh, 1 - F², is missing.")
def without_the_slope(x, W, dy):
    return _block(x, W, dy) | {"dx": dy + dy @ W.T, "dW": x.T @ dy}


@residual.mistake("The slope was computed from y; it is 1 - F² with F = tanh(x W).")
def slope_from_y(x, W, dy):
    y = x + np.tanh(x @ W)
    dz = dy * (1 - y**2)
    return {"y": y, "dx": dy + dz @ W.T, "dW": x.T @ dz}


@residual.mistake("On the way back W must be transposed.")
def not_transposed_back(x, W, dy):
    dz = dy * (1 - np.tanh(x @ W) ** 2)
    return _block(x, W, dy) | {"dx": dy + dz @ W}


@residual.mistake("x was added to dx in place of dy.")
def x_for_dy(x, W, dy):
    answer = _block(x, W, dy)
    return answer | {"dx": answer["dx"] - dy + x}


@residual.mistake("dW is transposed: its rows belong to the inputs, xᵀ dz.")
def dW_transposed(x, W, dy):
    answer = _block(x, W, dy)
    return answer | {"dW": answer["dW"].T}


@residual.mistake("dW was divided by the number of examples; here it is their sum.")
def dW_averaged(x, W, dy):
    answer = _block(x, W, dy)
    return answer | {"dW": answer["dW"] / len(x)}


@residual.mistake("dW used y where it needs x, the block's input.")
def dW_from_y(x, W, dy):
    F = np.tanh(x @ W)
    return _block(x, W, dy) | {"dW": (x + F).T @ (dy * (1 - F**2))}


@residual.mistake("dW lacks the slope 1 - F²: it is xᵀ (dy ⊙ (1 - F²)).")
def dW_without_slope(x, W, dy):
    return {**_block(x, W, dy), "dW": x.T @ dy}


@residual.mistake("The slopes went through W without dy; multiply them with dy first.")
def slopes_through_W(x, W, dy):
    slopes = 1 - np.tanh(x @ W) ** 2
    return {**_block(x, W, dy), "dx": dy + dy * (slopes @ W.T)}


@residual.mistake("The 1 of the shortcut was added; on the way back it is dy.")
def one_for_dy(x, W, dy):
    return {**_block(x, W, dy), "dx": _block(x, W, dy)["dx"] - dy + 1}


@residual.mistake(
    "x was added inside tanh, there and back; the shortcut goes round it."
)
def inside_tanh_both_ways(x, W, dy):
    y = np.tanh(x + x @ W)
    dz = dy * (1 - y**2)
    return {"y": y, "dx": dz + dz @ W.T, "dW": x.T @ dz}


@residual.mistake(
    "dy was added to the delta of dW; W is not on the shortcut, so dW is xᵀ dz alone."
)
def shortcut_in_dW(x, W, dy):
    answer = _block(x, W, dy)
    return answer | {"dW": answer["dW"] + x.T @ dy}


@residual.mistake("x was added inside tanh; the shortcut goes round it.")
def inside_tanh(x, W, dy):
    return {**_block(x, W, dy), "y": np.tanh(x + x @ W)}


words = Words(
    "words",
    [
        "What is log 10, and what does a net say that pays exactly that?",
        "Three sizes can be measured in each layer on one batch, before any training. Which?",
        "Which change fits what you expect to find with sigmoid units, and which start goes with it?",
    ],
)
