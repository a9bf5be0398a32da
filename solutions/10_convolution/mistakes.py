"""Exercise 10: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array

# -- sides(n, layers) -----------------------------------------------------------------

sides = Question(
    "sides",
    inputs=[
        (32, [("conv", 5), ("pool", 2), ("conv", 5), ("pool", 2), ("conv", 5)]),
        (20, [("same", 3), ("conv", 4), ("pool", 3), ("same", 5), ("conv", 2)]),
    ],
    hints=[
        "Start the list with n itself and append after every layer.",
        "A kernel of h pixels fits n - h + 1 times along n pixels.",
        "Zeros on both sides, (h - 1) / 2 each, give back what the kernel takes away.",
    ],
)


def _stack(n, layers, conv, same, pool):
    """The sides, by three functions of (n, size)."""
    step = {"conv": conv, "same": same, "pool": pool}
    found = [n]
    for kind, size in layers:
        found.append(step[kind](found[-1], size))
    return A(found)


def _fits(n, h):
    return n - h + 1


def _stays(n, h):
    return n


def _divides(n, s):
    return n // s


@sides.right
def by_functions(n, layers):
    return _stack(n, layers, _fits, _stays, _divides)


@sides.right
def by_recursion(n, layers):
    if not layers:
        return A([n])
    (kind, size), *rest = layers
    after = {"conv": n + 1 - size, "same": n, "pool": (n - n % size) // size}[kind]
    return np.append(n, by_recursion(after, rest))


@sides.mistake("A kernel of h pixels fits n - h + 1 times along n, not n - h times.")
def off_by_one(n, layers):
    return _stack(n, layers, lambda n, h: n - h, _stays, _divides)


@sides.mistake(
    "The map of a convolution is smaller than its input by h - 1, not by h + 1."
)
def two_too_small(n, layers):
    return _stack(n, layers, lambda n, h: n - h - 1, _stays, _divides)


@sides.mistake(
    "Both padded and bare convolutions keep the side here; a bare one does not."
)
def conv_keeps(n, layers):
    return _stack(n, layers, _stays, _stays, _divides)


@sides.mistake(
    'A "same" layer shrank the map; its zeros give back what the kernel takes.'
)
def same_shrinks(n, layers):
    return _stack(n, layers, _fits, _fits, _divides)


@sides.mistake(
    'The zeros of a "same" layer stand on both sides; these are on one only.'
)
def padded_on_one_side(n, layers):
    return _stack(n, layers, _fits, lambda n, h: n - (h - 1) // 2, _divides)


@sides.mistake(
    'Twice too many zeros in "same": h - 1 on each side in place of half of it.'
)
def padded_twice(n, layers):
    return _stack(n, layers, _fits, lambda n, h: n + h - 1, _divides)


@sides.mistake("Pooling moves on by whole windows; this one moves on by one pixel.")
def pool_slides(n, layers):
    return _stack(n, layers, _fits, _stays, _fits)


@sides.mistake("What does not fill a window is left out: round down, not up.")
def pool_rounds_up(n, layers):
    return _stack(n, layers, _fits, _stays, lambda n, s: -(-n // s))


@sides.mistake("The side of the image itself is missing; it comes first.")
def image_left_out(n, layers):
    return by_functions(n, layers)[1:]


@sides.mistake("Only the last side was returned; give that of every layer.")
def last_only(n, layers):
    return by_functions(n, layers)[-1:]


@sides.mistake('A "same" layer fell into the branch for pooling; it keeps the side.')
def same_pools(n, layers):
    return _stack(n, layers, _fits, _divides, _divides)


@sides.mistake("Pooling was taken to halve; it divides by the s that is given.")
def always_halves(n, layers):
    return _stack(n, layers, _fits, _stays, lambda n, s: n // 2)


@sides.mistake("A side is a whole number: use // for pooling, not /.")
def pool_in_fractions(n, layers):
    return _stack(n, layers, _fits, _stays, lambda n, s: n / s)


# -- convolve(x, W, p) ----------------------------------------------------------------

_x = A(
    [
        [0.5, -1.0, 2.0, 0.3],
        [1.5, 0.8, -0.7, 1.1],
        [-0.2, 0.9, 0.4, -1.6],
        [0.6, -0.5, 1.2, 0.1],
    ]
)
_W = A([[1.0, 2.0, -1.0], [0.5, -0.3, 0.0], [0.7, -2.0, 1.5]])
_W2 = A([[1.0, -0.5], [2.0, 0.3]])

convolve = Question(
    "convolve",
    inputs=[(_x, _W, 0), (_x, _W, 1), (_x, _W2, 2)],
    hints=[
        "np.pad(x, p) puts p zeros on all four sides.",
        "sliding_window_view of np.lib.stride_tricks gives all patches at once.",
        "Multiply each patch by W and add over its last two axes.",
    ],
)


def _slide(wide, W):
    h = len(W)
    m, k = wide.shape[0] - h + 1, wide.shape[1] - h + 1
    return A(
        [[np.sum(wide[i : i + h, j : j + h] * W) for j in range(k)] for i in range(m)]
    )


@convolve.right
def by_loops(x, W, p):
    return _slide(np.pad(x, p), W)


@convolve.right
def one_weight_at_a_time(x, W, p):
    wide, m = np.pad(x, p), len(x) + 2 * p - len(W) + 1
    return sum(wide[u : u + m, v : v + m] * W[u, v] for u, v in np.ndindex(W.shape))


@convolve.mistake("The kernel was turned round in both directions; here it is not.")
def kernel_turned(x, W, p):
    return _slide(np.pad(x, p), W[::-1, ::-1])


@convolve.mistake("The kernel was transposed: u runs over rows, v over columns.")
def kernel_transposed(x, W, p):
    return _slide(np.pad(x, p), W.T)


@convolve.mistake("The kernel was mirrored in one direction.")
def kernel_mirrored(x, W, p):
    return _slide(np.pad(x, p), W[:, ::-1])


@convolve.mistake(
    "The last place in each direction is missing: there are n + 2p - h + 1."
)
def off_by_one_place(x, W, p):
    return by_loops(x, W, p)[:-1, :-1]


@convolve.mistake(
    "The zeros stand on two sides only, above and left; put p on all four."
)
def padded_above_and_left(x, W, p):
    return _slide(np.pad(x, ((p, 0), (p, 0))), W)


@convolve.mistake(
    "The zeros stand on two sides only, below and right; put p on all four."
)
def padded_below_and_right(x, W, p):
    return _slide(np.pad(x, ((0, p), (0, p))), W)


@convolve.mistake("There is no padding: put p zeros on each side first.")
def without_padding(x, W, p):
    return _slide(x, W)


@convolve.mistake("The border was repeated outwards; the padding is zeros.")
def padded_by_the_border(x, W, p):
    return _slide(np.pad(x, p, "edge"), W)


@convolve.mistake("The image was continued from its other side; the padding is zeros.")
def padded_round_the_corner(x, W, p):
    return _slide(np.pad(x, p, "wrap"), W)


@convolve.mistake("The products were averaged; they are to be added.")
def averaged(x, W, p):
    return by_loops(x, W, p) / W.size


@convolve.mistake("The windows lie side by side, as in pooling; move on by one pixel.")
def side_by_side(x, W, p):
    h = len(W)
    return by_loops(x, W, p)[::h, ::h]


@convolve.mistake("The zeros were put around the map; they belong around the image.")
def padded_afterwards(x, W, p):
    return np.pad(_slide(x, W), p)


@convolve.mistake("Patch @ W is a matrix product; multiply entry by entry, patch * W.")
def matrix_product(x, W, p):
    patches = np.lib.stride_tricks.sliding_window_view(np.pad(x, p), W.shape)
    return (patches @ W).sum(axis=(2, 3))


@convolve.mistake("The kernel was turned upside down; here it is not turned at all.")
def kernel_upside_down(x, W, p):
    return _slide(np.pad(x, p), W[::-1])


# -- count(h, m, t) -------------------------------------------------------------------

_C3 = A(
    [
        [1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1],
        [1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1],
        [1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 1],
        [0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1],
        [0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1],
        [0, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 1],
    ]
)

count = Question(
    "count",
    inputs=[(5, 10, _C3), (3, 4, A([[1, 1, 0, 1], [0, 1, 1, 0]]))],
    hints=[
        "Each 1 of the table stands for one kernel of h × h weights.",
        "There is one bias for each map of the upper layer: as many as columns.",
        "Every place of a map uses all of the map's weights and its bias once.",
    ],
)


def _both(weights, places):
    return {"weights": int(weights), "connections": int(weights) * places}


@count.right
def map_by_map(h, m, t):
    weights = [h**2 * int(column.sum()) + 1 for column in np.transpose(t)]
    return {"weights": sum(weights), "connections": sum(m * m * w for w in weights)}


@count.right
def by_places(h, m, t):
    kernels, biases = np.count_nonzero(t) * h * h, len(t[0])
    return {
        "weights": kernels + biases,
        "connections": m * m * kernels + m * m * biases,
    }


@count.mistake(
    "This is the dense table: every map sees all maps below. Count the 1s of t."
)
def every_map_sees_all(h, m, t):
    return _both(h * h * t.size + t.shape[1], m * m)


@count.mistake("The biases are missing; every map of the upper layer has one.")
def without_biases(h, m, t):
    return _both(h * h * t.sum(), m * m)


@count.mistake(
    "Here every kernel has a bias of its own; there is one for each upper map."
)
def a_bias_per_kernel(h, m, t):
    return _both((h * h + 1) * t.sum(), m * m)


@count.mistake(
    "The biases were counted by the lower maps, the rows of t; count its columns."
)
def biases_of_the_lower_maps(h, m, t):
    return _both(h * h * t.sum() + t.shape[0], m * m)


@count.mistake(
    "Each map has one kernel only here; it has one for each of the maps that it sees."
)
def one_kernel_per_map(h, m, t):
    return _both((h * h + 1) * t.shape[1], m * m)


@count.mistake("A kernel of h × h has h² weights; these are h.")
def h_for_h_squared(h, m, t):
    return _both(h * t.sum() + t.shape[1], m * m)


@count.mistake("Connections: every map has m × m places; these are m.")
def m_for_m_squared(h, m, t):
    weights = map_by_map(h, m, t)["weights"]
    return _both(weights, m)


@count.mistake("The weights are shared: a place more is no weight more.")
def weights_free_at_each_place(h, m, t):
    weights = map_by_map(h, m, t)["weights"]
    return {"weights": weights * m * m, "connections": weights * m * m}


@count.mistake("Connections: the biases are used at every place too.")
def biases_used_once(h, m, t):
    kernels = int(h * h * t.sum())
    biases = t.shape[1]
    return {"weights": kernels + biases, "connections": kernels * m * m + biases}


@count.mistake(
    "Connections: a bias is used at each place as well; it was left out there."
)
def connections_without_biases(h, m, t):
    kernels = int(h * h * t.sum())
    return {"weights": kernels + t.shape[1], "connections": kernels * m * m}


@count.mistake("One bias was counted in all; every upper map has one.")
def one_bias(h, m, t):
    return _both(h * h * t.sum() + 1, m * m)


# -- unpool(x, dy) --------------------------------------------------------------------

_p = A(
    [
        [1.0, 3.0, -2.0, -2.0],
        [3.0, 0.5, -5.0, -2.0],
        [4.0, 4.0, 0.0, 1.0],
        [4.0, 1.0, 7.0, -3.0],
    ]
)
_dy = A([[0.5, -1.2], [2.0, 0.8]])

unpool = Question(
    "unpool",
    inputs=[(_p, _dy), (_p[:2, :2], _dy[:1, :1]), (-_p, _dy)],
    hints=[
        "Start with zeros of x's shape and go through the windows (i, j).",
        "argmax of a window counts its entries row by row and finds the first maximum.",
        "divmod(window.argmax(), 2) is the place in the window: row, column.",
    ],
)


def _each(x, dy, share):
    """dL/dx from what share(window, blame) makes of each window."""
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dy.shape):
        at = np.s_[2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        dx[at] = share(x[at], dy[i, j])
    return dx


def _first(window):
    return (np.arange(4) == window.argmax()).reshape(2, 2)


@unpool.right
def window_by_window(x, dy):
    return _each(x, dy, lambda w, d: d * _first(w))


@unpool.right
def all_at_once(x, dy):
    m = len(dy)
    four = x.reshape(m, 2, m, 2).swapaxes(1, 2).reshape(m, m, 4)
    hot = np.eye(4)[four.argmax(axis=2)] * dy[..., None]
    return hot.reshape(m, m, 2, 2).swapaxes(1, 2).reshape(2 * m, 2 * m)


@unpool.mistake(
    "Where several entries are equally large, all of them got the blame; only the first does."
)
def to_all_maxima(x, dy):
    return _each(x, dy, lambda w, d: d * (w == w.max()))


@unpool.mistake("Equal maxima share the blame here; the first of them gets all of it.")
def split_among_maxima(x, dy):
    return _each(x, dy, lambda w, d: d * (w == w.max()) / np.sum(w == w.max()))


@unpool.mistake("Of equal maxima the last got the blame; it is the first, row by row.")
def to_the_last_maximum(x, dy):
    return _each(x, dy, lambda w, d: d * _first(w[::-1, ::-1])[::-1, ::-1])


@unpool.mistake("Of equal maxima the first counts row by row, not column by column.")
def column_by_column(x, dy):
    return _each(x, dy, lambda w, d: d * _first(w.T).T)


@unpool.mistake(
    "The blame went to all four entries: that is a sum's way back, not a maximum's."
)
def to_all_four(x, dy):
    return _each(x, dy, lambda w, d: np.full((2, 2), d))


@unpool.mistake("A quarter of the blame went to each entry: that is average pooling.")
def averages(x, dy):
    return _each(x, dy, lambda w, d: np.full((2, 2), d / 4))


@unpool.mistake("The blame went to the smallest entry.")
def to_the_smallest(x, dy):
    return _each(x, dy, lambda w, d: d * _first(-w))


@unpool.mistake(
    "The blame went to the entry of largest absolute value; it is the largest."
)
def to_the_largest_in_size(x, dy):
    return _each(x, dy, lambda w, d: d * _first(np.abs(w)))


@unpool.mistake(
    "The blame landed in the wrong place of its window: row and column are swapped."
)
def wrong_place(x, dy):
    return _each(x, dy, lambda w, d: d * _first(w).T)


@unpool.mistake(
    "reshape(m, m, 4) cuts the rows in pieces of four, not in windows of 2 × 2."
)
def pieces_of_rows(x, dy):
    four = x.reshape(len(dy), len(dy), 4)
    hot = np.eye(4)[four.argmax(axis=2)] * dy[..., None]
    return hot.reshape(x.shape)


@unpool.mistake("The blame was multiplied by x; the slope of the maximum is 1.")
def times_x(x, dy):
    return _each(x, dy, lambda w, d: d * w * _first(w))


@unpool.mistake("The blame always went to the upper left entry, whichever is largest.")
def always_upper_left(x, dy):
    return _each(x, dy, lambda w, d: d * A([[1, 0], [0, 0]]))


@unpool.mistake("Start from zeros, not from a copy of x: the others get no blame.")
def starts_from_x(x, dy):
    return _each(x, dy, lambda w, d: np.where(_first(w), d, w))


@unpool.mistake("The largest value itself came back; its window's blame dy should.")
def value_for_blame(x, dy):
    return _each(x, dy, lambda w, d: w * _first(w))


words = Words(
    "words",
    [
        "A convolution believes two things about its inputs. Which?",
        "Take each belief in turn: on what data is it wrong, or true but of no use?",
        "Which experiment destroys the neighbourhood and leaves everything else as it is?",
    ],
)
