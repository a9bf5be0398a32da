"""Exercise 06: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


# -- two_paths(w, x, v) ---------------------------------------------------------------

two_paths = Question(
    "two_paths",
    inputs=[
        (0.5, A([1.0, -2.0]), A([2.0, 1.5])),
        (-1.2, A([0.5, 3.0]), A([-1.0, 4.0])),
    ],
    hints=[
        "Along one path: v1 times the sigmoid's slope a1 (1 − a1) times x1.",
        "Where a quantity acts by two paths, its slope is the sum of both.",
    ],
)


@two_paths.right
def by_a_loop(w, x, v):
    total = 0.0
    for x_k, v_k in zip(x, v, strict=True):
        a = _sigmoid(w * x_k)
        total += v_k * a * (1 - a) * x_k
    return float(total)


@two_paths.right
def by_tanh(w, x, v):
    return v @ (x * (1 - np.tanh(w * x / 2) ** 2) / 4)


@two_paths.mistake("This is one path only; w acts through both units: add them up.")
def one_path(w, x, v):
    a = _sigmoid(w * x)
    return (v * a * (1 - a) * x)[0]


@two_paths.mistake("The terms of the two paths are added, not multiplied.")
def multiplied(w, x, v):
    a = _sigmoid(w * x)
    return np.prod(v * a * (1 - a) * x)


@two_paths.mistake("The sigmoid's slope a (1 − a) is missing on both paths.")
def slope_forgotten(w, x, v):
    return v @ x


@two_paths.mistake("The slope of w x by w is x: this factor is missing.")
def input_forgotten(w, x, v):
    a = _sigmoid(w * x)
    return v @ (a * (1 - a))


@two_paths.mistake("The slope of the sigmoid was taken at z; it is a (1 − a).")
def slope_at_z(w, x, v):
    z = w * x
    return v @ (z * (1 - z) * x)


@two_paths.mistake("The paths were averaged; they are added.")
def averaged(w, x, v):
    return by_a_loop(w, x, v) / 2


@two_paths.mistake("This is the output itself; its slope by w is asked for.")
def the_output(w, x, v):
    return v @ _sigmoid(w * x)


@two_paths.mistake(
    "Each path is also multiplied by its weight to the output, v: it is missing."
)
def v_forgotten(w, x, v):
    a = _sigmoid(w * x)
    return np.sum(a * (1 - a) * x)


@two_paths.mistake("The slope of w x by w is x, and not w.")
def w_for_x(w, x, v):
    a = _sigmoid(w * x)
    return np.sum(v * a * (1 - a) * w)


@two_paths.mistake("The sigmoid's slope is a (1 − a); this is a alone.")
def a_for_its_slope(w, x, v):
    return np.sum(v * _sigmoid(w * x) * x)


@two_paths.mistake("These are the two paths, one by one; add them up.")
def not_added(w, x, v):
    a = _sigmoid(w * x)
    return v * a * (1 - a) * x


@two_paths.mistake(
    "The slope of the sigmoid was taken at the output; the output is a plain sum, each "
    "hidden unit has a slope of its own."
)
def slope_of_the_output(w, x, v):
    y_hat = v @ _sigmoid(w * x)
    return y_hat * (1 - y_hat) * (v @ x)


@two_paths.mistake("The slope of w x by w is x; here w came in as well.")
def w_as_well(w, x, v):
    a = _sigmoid(w * x)
    return np.sum(v * a * (1 - a) * x * w)


@two_paths.mistake(
    "The lesson's output was a sigmoid; here ŷ is a plain sum, so no ŷ (1 − ŷ) comes in."
)
def as_in_the_lesson(w, x, v):
    y_hat = _sigmoid(v @ _sigmoid(w * x))
    return y_hat * (1 - y_hat) * by_a_loop(w, x, v)


@two_paths.mistake(
    "ŷ is a plain sum: no ŷ (1 − ŷ) comes in, but each hidden unit has a slope of its own."
)
def slope_of_the_end_only(w, x, v):
    y_hat = _sigmoid(v @ _sigmoid(w * x))
    return y_hat * (1 - y_hat) * (v @ x)


@two_paths.mistake("ŷ is a plain sum; it does not come into its own slope.")
def times_the_output(w, x, v):
    y_hat = v @ _sigmoid(w * x)
    return y_hat * (1 - y_hat) * by_a_loop(w, x, v)


@two_paths.mistake(
    "a has been through σ already; in a (1 − a) it was applied once more."
)
def squashed_twice_(w, x, v):
    a = _sigmoid(_sigmoid(w * x))
    return np.sum(v * a * (1 - a) * x)


@two_paths.mistake("The sigmoid's slope is a (1 − a); this is 1 − a alone.")
def rest_alone(w, x, v):
    return np.sum(v * (1 - _sigmoid(w * x)) * x)


@two_paths.mistake("1 − a² is the slope of tanh; the sigmoid's is a (1 − a).")
def slope_of_tanh(w, x, v):
    return np.sum(v * (1 - _sigmoid(w * x) ** 2) * x)


@two_paths.mistake("The sigmoid's slope is a (1 − a); here one a too many came in.")
def a_as_well(w, x, v):
    a = _sigmoid(w * x)
    return np.sum(v * a * a * (1 - a) * x)


@two_paths.mistake("The slope of w x by w is x; here x came in twice.")
def x_twice(w, x, v):
    a = _sigmoid(w * x)
    return np.sum(v * a * (1 - a) * x * x)


@two_paths.mistake(
    "Each path is multiplied by its weight v and its input x: both are missing."
)
def slopes_alone(w, x, v):
    a = _sigmoid(w * x)
    return np.sum(a * (1 - a))


@two_paths.mistake(
    "Along one path the factors multiply, and then the paths add; here the factors were "
    "added up before they met."
)
def added_too_soon(w, x, v):
    a = _sigmoid(w * x)
    return np.sum(a * (1 - a)) * (v @ x)


@two_paths.mistake(
    "There are two units, each with a sigmoid of its own; here one has got both inputs."
)
def one_unit(w, x, v):
    a = _sigmoid(np.sum(w * x))
    return np.sum(v * x) * a * (1 - a)


@two_paths.mistake("This is the slope by the v's together; the one by w is asked for.")
def by_v(w, x, v):
    return np.sum(_sigmoid(w * x))


# -- hidden_blame(delta, W2, a, x) ----------------------------------------------------

_delta = A([[0.4, -0.2, 0.1], [-0.3, 0.5, 0.2], [0.2, 0.1, -0.6]])
_W2 = A([[1.0, 0.5, -1.5], [-2.0, 1.5, 0.3], [0.8, -0.7, 2.0]])  # square, as all else:
_a = A([[0.2, -0.9, 0.6], [-0.7, 0.5, 0.3], [0.4, 0.1, -0.8]])  # no size gives it away
_x = A([[1.0, -1.0, 0.5], [0.5, 2.0, -0.3], [-0.4, 0.7, 1.5]])
_wide = A([[1.0, 2.0, 3.0, -1.0], [0.0, -1.0, 0.5, 2.0]])

hidden_blame = Question(
    "hidden_blame",
    inputs=[(_delta, _W2, _a, _x), (_delta[:2, :2], _W2[:2, :2], _a[:2, :2], _wide)],
    hints=[
        "The blame comes back through the same weights: (N, K) times (K, H) is (N, H).",
        "Then each unit multiplies by its own slope; for a tanh that gives a it is 1 − a².",
        "The slope of a weight is input times delta, over all examples; a bias is a weight "
        "whose input is always 1.",
    ],
)


def _three(hidden, x):
    return {"delta": hidden, "dW1": x.T @ hidden, "db1": hidden.sum(axis=0)}


def _hidden(delta, W2, a):
    return delta @ W2.T * (1 - a**2)


@hidden_blame.right
def by_einsum(delta, W2, a, x):
    hidden = np.einsum("nk,hk,nh->nh", delta, W2, (1 - a) * (1 + a))
    dW1 = np.einsum("nd,nh->dh", x, hidden)
    return {"delta": hidden, "dW1": dW1, "db1": np.ones(len(x)) @ hidden}


@hidden_blame.right
def example_by_example(delta, W2, a, x):
    hidden = A([(W2 @ d) * (1 - b * b) for d, b in zip(delta, a, strict=True)])
    slopes = [np.outer(row, d) for row, d in zip(x, hidden, strict=True)]
    return {"delta": hidden, "dW1": np.sum(slopes, axis=0), "db1": sum(hidden)}


@hidden_blame.mistake(
    "a (1 − a) is the slope of the lesson's sigmoids; these units are tanh: 1 − a²."
)
def copied_from_the_lesson(delta, W2, a, x):
    return _three(delta @ W2.T * a * (1 - a), x)


@hidden_blame.mistake(
    "W2 is not transposed: blame travels against the signal, so it needs W2.T. With a "
    "square W2 the sizes do not tell."
)
def not_transposed(delta, W2, a, x):
    return _three(delta @ W2 * (1 - a**2), x)


@hidden_blame.mistake("The slope 1 − a² of the hidden units is missing.")
def slope_forgotten_(delta, W2, a, x):
    return _three(delta @ W2.T, x)


@hidden_blame.mistake(
    "The slope is 1 − a², as a has been through tanh already; here tanh was applied again."
)
def squashed_twice(delta, W2, a, x):
    return _three(_hidden(delta, W2, np.tanh(a)), x)


@hidden_blame.mistake("The slope of tanh is 1 − a², with a square.")
def square_forgotten(delta, W2, a, x):
    return _three(delta @ W2.T * (1 - a), x)


@hidden_blame.mistake("The slope of tanh is 1 − a²; this is a², without the 1 −.")
def square_alone(delta, W2, a, x):
    return _three(delta @ W2.T * a**2, x)


@hidden_blame.mistake("The slope of tanh is 1 − a²; this is a alone.")
def a_alone(delta, W2, a, x):
    return _three(delta @ W2.T * a, x)


@hidden_blame.mistake(
    "The slopes were divided by N; the 1/N of a mean is in delta already, so it came "
    "twice."
)
def divided_twice(delta, W2, a, x):
    right = _three(_hidden(delta, W2, a), x)
    return right | {"dW1": right["dW1"] / len(x), "db1": right["db1"] / len(x)}


@hidden_blame.mistake("The sign of delta is lost somewhere: it comes back reversed.")
def reversed_sign(delta, W2, a, x):
    return _three(-_hidden(delta, W2, a), x)


@hidden_blame.mistake(
    "dW1 was made with the output of the hidden layer; a weight's slope takes what goes "
    "into it, x."
)
def output_instead_of_input(delta, W2, a, x):
    hidden = _hidden(delta, W2, a)
    return _three(hidden, x) | {"dW1": a.T @ hidden}


@hidden_blame.mistake(
    "dW1 was made of the blame before the slope 1 − a² came in; take the whole delta."
)
def slope_forgotten_in_dW1(delta, W2, a, x):
    return _three(_hidden(delta, W2, a), x) | {"dW1": x.T @ (delta @ W2.T)}


@hidden_blame.mistake(
    "db1 was made of the blame before the slope 1 − a² came in; take the whole delta."
)
def slope_forgotten_in_db1(delta, W2, a, x):
    right = _three(_hidden(delta, W2, a), x)
    return right | {"db1": (delta @ W2.T).sum(axis=0)}


@hidden_blame.mistake(
    "The slope 1 − a² belongs to the hidden units: multiply by it after W2.T, not before."
)
def slope_before_W2(delta, W2, a, x):
    return _three((delta * (1 - a**2)) @ W2.T, x)


@hidden_blame.mistake(
    "dW1 is transposed: a weight's row is where it comes from, so dW1 is (D, H)."
)
def dW1_transposed(delta, W2, a, x):
    right = _three(_hidden(delta, W2, a), x)
    return right | {"dW1": right["dW1"].T}


@hidden_blame.mistake(
    "dW1 was made with the upper layer's delta; it takes the one of the hidden layer."
)
def upper_delta(delta, W2, a, x):
    return _three(_hidden(delta, W2, a), x) | {"dW1": x.T @ delta}


@hidden_blame.mistake(
    "db1 is the mean over the examples; it is their sum, as for every weight."
)
def bias_averaged(delta, W2, a, x):
    hidden = _hidden(delta, W2, a)
    return _three(hidden, x) | {"db1": hidden.mean(axis=0)}


@hidden_blame.mistake("db1 still has a row for each example; add them up.")
def bias_not_summed(delta, W2, a, x):
    hidden = _hidden(delta, W2, a)
    return _three(hidden, x) | {"db1": hidden}


@hidden_blame.mistake(
    "db1 was summed over the units; sum over the examples, which are the rows: axis 0."
)
def bias_over_units(delta, W2, a, x):
    hidden = _hidden(delta, W2, a)
    return _three(hidden, x) | {"db1": hidden.sum(axis=1)}


@hidden_blame.mistake("db1 was summed over everything; there is one for each unit.")
def bias_over_all(delta, W2, a, x):
    hidden = _hidden(delta, W2, a)
    return _three(hidden, x) | {"db1": hidden.sum()}


@hidden_blame.mistake(
    "db1 was made of the upper layer's delta; it takes the one of the hidden layer."
)
def bias_of_the_upper(delta, W2, a, x):
    return _three(_hidden(delta, W2, a), x) | {"db1": delta.sum(axis=0)}


@hidden_blame.mistake(
    "db1 was multiplied by the inputs; the input of a bias is the constant 1."
)
def bias_with_inputs(delta, W2, a, x):
    hidden = _hidden(delta, W2, a)
    return _three(hidden, x) | {"db1": (x.T @ hidden).sum(axis=0)}


@hidden_blame.mistake("db1 has the shape (1, H); it is one row of numbers, (H,).")
def bias_as_a_matrix(delta, W2, a, x):
    hidden = _hidden(delta, W2, a)
    return _three(hidden, x) | {"db1": hidden.sum(axis=0, keepdims=True)}


@hidden_blame.mistake(
    "a.T @ delta, as the lesson has it for its own layers, is the slope of W2, the weights "
    "above; W1 takes what goes into the layer, x, and the layer's own delta."
)
def slope_of_W2(delta, W2, a, x):
    return _three(_hidden(delta, W2, a), x) | {"dW1": a.T @ delta}


@hidden_blame.mistake(
    "dW1 and db1 were both made of the upper layer's delta; they take the one of the "
    "hidden layer."
)
def all_of_the_upper(delta, W2, a, x):
    upper = {"dW1": x.T @ delta, "db1": delta.sum(axis=0)}
    return _three(_hidden(delta, W2, a), x) | upper


@hidden_blame.mistake(
    "a.T @ delta and the sums of delta belong to W2 and the biases above; dW1 and db1 take "
    "x and the delta of the hidden layer."
)
def slopes_of_the_upper(delta, W2, a, x):
    upper = {"dW1": a.T @ delta, "db1": delta.sum(axis=0)}
    return _three(_hidden(delta, W2, a), x) | upper


@hidden_blame.mistake(
    "The delta that was given came back; the one of the hidden layer is asked for."
)
def given_delta(delta, W2, a, x):
    return _three(_hidden(delta, W2, a), x) | {"delta": delta}


@hidden_blame.mistake(
    "1 − a² wants brackets: without them a² is subtracted after the product."
)
def no_brackets(delta, W2, a, x):
    return _three(delta @ W2.T * 1 - a**2, x)


@hidden_blame.mistake(
    "delta and W2.T were multiplied entry by entry (*); the blame takes a matrix product, "
    "delta @ W2.T. With square matrices the sizes do not tell."
)
def times_by_entries(delta, W2, a, x):
    return _three(delta * W2.T * (1 - a**2), x)


@hidden_blame.mistake(
    "delta and W2 were multiplied entry by entry (*), and W2 is not transposed; the blame "
    "is delta @ W2.T."
)
def times_upright(delta, W2, a, x):
    return _three(delta * W2 * (1 - a**2), x)


@hidden_blame.mistake(
    "W2 stands before delta; examples are the rows, so it is delta @ W2.T, (N, K) @ (K, H)."
)
def weights_first(delta, W2, a, x):
    return _three(W2 @ delta * (1 - a**2), x)


@hidden_blame.mistake(
    "W2.T stands before delta; examples are the rows, so it is delta @ W2.T."
)
def turned_weights_first(delta, W2, a, x):
    return _three(W2.T @ delta * (1 - a**2), x)


@hidden_blame.mistake(
    "W2 @ delta.T has a column for each example; delta @ W2.T has a row for each."
)
def a_column_each(delta, W2, a, x):
    return _three(W2 @ delta.T * (1 - a**2), x)


@hidden_blame.mistake(
    "Each unit has a slope of its own: multiply by 1 − a² entry by entry, with *, not @."
)
def matrix_of_slopes(delta, W2, a, x):
    return _three(delta @ W2.T @ (1 - a**2), x)


@hidden_blame.mistake("1 − a² sits on the weights here; it multiplies delta @ W2.T.")
def slope_on_the_weights(delta, W2, a, x):
    return _three(delta @ (W2.T * (1 - a**2)), x)


@hidden_blame.mistake(
    "dW1 has entries times entries (*); x.T @ delta pairs each input with each unit and "
    "adds over the examples."
)
def dW1_by_entries(delta, W2, a, x):
    right = _three(_hidden(delta, W2, a), x)
    return right | {"dW1": x * right["delta"]}


@hidden_blame.mistake(
    "dW1 takes x transposed: its columns must meet the rows of delta, x.T @ delta."
)
def x_upright(delta, W2, a, x):
    right = _three(_hidden(delta, W2, a), x)
    return right | {"dW1": x @ right["delta"]}


@hidden_blame.mistake("The slope of tanh is 1 − a², and not (1 − a)².")
def square_of_the_rest(delta, W2, a, x):
    return _three(delta @ W2.T * (1 - a) ** 2, x)


@hidden_blame.mistake("The slope of tanh is 1 − a², with a minus.")
def plus_a_square(delta, W2, a, x):
    return _three(delta @ W2.T * (1 + a**2), x)


@hidden_blame.mistake(
    "Two things: a (1 − a) is the slope of the lesson's sigmoids, that of tanh is 1 − a²; "
    "and db1 is a sum over the examples, not their mean."
)
def from_the_lesson_and_averaged(delta, W2, a, x):
    right = _three(delta @ W2.T * a * (1 - a), x)
    return right | {"db1": right["delta"].mean(axis=0)}


@hidden_blame.mistake(
    "Two things: W2 is not transposed, and a (1 − a) is the slope of the lesson's "
    "sigmoids; that of tanh is 1 − a²."
)
def from_the_lesson_and_upright(delta, W2, a, x):
    return _three(delta @ W2 * a * (1 - a), x)


@hidden_blame.mistake("db1 is zero here; a bias is a weight whose input is always 1.")
def no_bias(delta, W2, a, x):
    return _three(_hidden(delta, W2, a), x) | {"db1": np.zeros(a.shape[1])}


@hidden_blame.mistake(
    "The lesson's 2/N came in; the factors of the loss are in delta already."
)
def lessons_factor(delta, W2, a, x):
    return _three(2 / len(x) * _hidden(delta, W2, a), x)


# -- nudged_slope(X, y, w, h) ---------------------------------------------------------

_X = A([[1.0, 0.5], [-0.5, 2.0], [1.5, -1.0], [0.3, 1.2]])
_y, _w = A([0.5, -1.0, 1.0, -0.7]), A([0.8, -0.4])

nudged_slope = Question(
    "nudged_slope",
    inputs=[(_X, _y, _w, 0.05), (_X, _y, _w, 1e-3)],
    hints=[
        "D(h) is the slope plus c h², for some c; what is D(2h) then?",
        "Two equations, two unknowns: 4 D(h) − D(2h) has no c in it. How many slopes has it?",
        "Nudge a copy of w, and only one entry at a time.",
    ],
)


def _L(X, y, w, power=6):
    return np.mean((X @ w - y) ** power)


def _D(X, y, w, h, L=_L):
    eye = np.eye(len(w))
    return A([(L(X, y, w + h * e) - L(X, y, w - h * e)) / (2 * h) for e in eye])


def _sharp(X, y, w, h, L=_L):
    return (4 * _D(X, y, w, h, L) - _D(X, y, w, 2 * h, L)) / 3


@nudged_slope.right
def the_error_subtracted(X, y, w, h):
    once, twice = _D(X, y, w, h), _D(X, y, w, 2 * h)
    return once - (twice - once) / 3


@nudged_slope.right
def four_points_on_a_copy(X, y, w, h):
    slope = []
    for k in range(len(w)):
        v, at = np.copy(w), {}
        for n in (-2, -1, 1, 2):
            v[k] = w[k] + n * h
            at[n] = _L(X, y, v)
        slope.append((8 * (at[1] - at[-1]) - (at[2] - at[-2])) / (12 * h))
    return A(slope)


@nudged_slope.mistake(
    "This is D(h) alone, the lesson's nudge; bring in D(2h), so that the error in h² "
    "cancels."
)
def the_lessons_nudge(X, y, w, h):
    return _D(X, y, w, h)


@nudged_slope.mistake("This is D(2h) alone; combine it with D(h).")
def only_the_long_ones(X, y, w, h):
    return _D(X, y, w, 2 * h)


@nudged_slope.mistake(
    "This is the mean of D(h) and D(2h): both are off to the same side, so nothing cancels."
)
def the_mean(X, y, w, h):
    return (_D(X, y, w, h) + _D(X, y, w, 2 * h)) / 2


@nudged_slope.mistake(
    "2 D(h) − D(2h) cancels an error that doubles with h; this one becomes four times as "
    "large."
)
def as_if_in_h(X, y, w, h):
    return 2 * _D(X, y, w, h) - _D(X, y, w, 2 * h)


@nudged_slope.mistake(
    "D(h) and D(2h) are exchanged: the better of the two, D(h), counts four times."
)
def exchanged(X, y, w, h):
    return (4 * _D(X, y, w, 2 * h) - _D(X, y, w, h)) / 3


@nudged_slope.mistake(
    "In 4 D(h) − D(2h) the error has gone, but there are three slopes in it: divide by 3."
)
def not_divided_by_3(X, y, w, h):
    return 4 * _D(X, y, w, h) - _D(X, y, w, 2 * h)


@nudged_slope.mistake(
    "The error has cancelled, but 4 D(h) − D(2h) holds three slopes, not four: divide by 3."
)
def divided_by_4(X, y, w, h):
    return (4 * _D(X, y, w, h) - _D(X, y, w, 2 * h)) / 4


@nudged_slope.mistake("Added, the two errors do not cancel: subtract D(2h).")
def added(X, y, w, h):
    return (4 * _D(X, y, w, h) + _D(X, y, w, 2 * h)) / 5


@nudged_slope.mistake(
    "This is the difference of D(2h) and D(h), three times the error of D(h); what is the "
    "slope itself?"
)
def the_difference(X, y, w, h):
    return _D(X, y, w, 2 * h) - _D(X, y, w, h)


@nudged_slope.mistake("The sign is reversed: 4 D(h) − D(2h), and upper minus lower.")
def sign_reversed(X, y, w, h):
    return -_sharp(X, y, w, h)


@nudged_slope.mistake("From w − 2h to w + 2h it is 4 h: D(2h) was divided by 2 h only.")
def long_one_divided_by_2h(X, y, w, h):
    return (4 * _D(X, y, w, h) - 2 * _D(X, y, w, 2 * h)) / 3


@nudged_slope.mistake(
    "From w − h to w + h it is 2 h, and from w − 2h to w + 2h it is 4 h; both were taken "
    "for half of that."
)
def divided_by_h(X, y, w, h):
    return 2 * _sharp(X, y, w, h)


@nudged_slope.mistake("The differences still have to be divided by 2 h and by 4 h.")
def not_divided(X, y, w, h):
    return (8 * h * _D(X, y, w, h) - 4 * h * _D(X, y, w, 2 * h)) / 3


@nudged_slope.mistake("These are nudges of h and of h / 2; take h and 2 h.")
def half_nudges(X, y, w, h):
    return _sharp(X, y, w, h / 2)


@nudged_slope.mistake(
    "These nudges go up only; D(h) and D(2h) take a nudge down as well."
)
def upwards_only(X, y, w, h):
    def up(size):
        eye = np.eye(len(w))
        return A([(_L(X, y, w + size * e) - _L(X, y, w)) / size for e in eye])

    return (4 * up(h) - up(2 * h)) / 3


@nudged_slope.mistake(
    "A nudge was not taken back: each entry was nudged while those before it still were."
)
def not_restored(X, y, w, h):
    v, slope = np.copy(w), []
    for k in range(len(w)):
        e = np.eye(len(w))[k]
        slope.append(_sharp(X, y, v, h)[k])
        v = v - 2 * h * e
    return A(slope)


@nudged_slope.mistake("All entries of w were nudged at once; nudge one at a time.")
def all_at_once(X, y, w, h):
    def both(size):
        return (_L(X, y, w + size) - _L(X, y, w - size)) / (2 * size)

    return np.full(len(w), (4 * both(h) - both(2 * h)) / 3)


@nudged_slope.mistake(
    "The losses were summed over the examples; the loss is their mean."
)
def summed(X, y, w, h):
    return len(y) * _sharp(X, y, w, h)


@nudged_slope.mistake(
    "This is the exact slope, or that of nudges by a small h of your own; take the h that "
    "is given, for which even the sharper nudge is a little off."
)
def exact(X, y, w, h):
    return X.T @ (6 * (X @ w - y) ** 5) / len(y)


@nudged_slope.mistake(
    "Up and down are one array here (a = w does not copy), so the losses are equal: nudge "
    "w.copy()."
)
def alias(X, y, w, h):
    return np.zeros(len(w))


@nudged_slope.mistake("The loss is the mean of sixth powers; here others were taken.")
def other_power(X, y, w, h):
    return _sharp(X, y, w, h, L=lambda X, y, w: _L(X, y, w, 2))


@nudged_slope.mistake(
    "D(h) − D(2h) is three times what D(h) lacks; add a third of it to D(h)."
)
def the_other_difference(X, y, w, h):
    return _D(X, y, w, h) - _D(X, y, w, 2 * h)


@nudged_slope.mistake(
    "A third of D(h) − D(2h) was subtracted from D(h); add it: D(h) lies between D(2h) and the slope."
)
def to_the_wrong_side(X, y, w, h):
    return _D(X, y, w, h) - (_D(X, y, w, h) - _D(X, y, w, 2 * h)) / 3


@nudged_slope.mistake(
    "A quarter of D(2h) − D(h) was taken away. D(2h) is off by four times as much as D(h), "
    "so their difference is three times the error of D(h): take a third."
)
def a_quarter(X, y, w, h):
    once, twice = _D(X, y, w, h), _D(X, y, w, 2 * h)
    return once - (twice - once) / 4


@nudged_slope.mistake(
    "D(2h) − D(h) is three times the error of D(h); one third of it is the error itself, "
    "which is still to be taken from D(h)."
)
def the_error_alone(X, y, w, h):
    return (_D(X, y, w, 2 * h) - _D(X, y, w, h)) / 3


@nudged_slope.mistake(
    "16 and 15 belong to an error in h⁴; this one grows as h², so with 2h it is 4 times as "
    "large: 4 and 3."
)
def the_next_order(X, y, w, h):
    return (16 * _D(X, y, w, h) - _D(X, y, w, 2 * h)) / 15


@nudged_slope.mistake("4 D(h) − D(2h) holds three slopes, not five: divide by 3.")
def divided_by_5(X, y, w, h):
    return (4 * _D(X, y, w, h) - _D(X, y, w, 2 * h)) / 5


@nudged_slope.mistake(
    "Four times the difference is more than the error of D(h): that is a third of it."
)
def four_differences(X, y, w, h):
    once, twice = _D(X, y, w, h), _D(X, y, w, 2 * h)
    return once - 4 * (twice - once)


def _nudged_and_left(X, y, w, h):
    """The lesson's nudge, up and then down by twice as much, but w stays there."""
    slope = np.zeros(len(w))
    for k in range(len(w)):
        w[k] += h
        up = _L(X, y, w)
        w[k] -= 2 * h
        slope[k] = (up - _L(X, y, w)) / (2 * h)
    return slope


@nudged_slope.mistake(
    "w is not as it came: each nudge was made in w itself and not taken back. Nudge a "
    "copy, or put w[k] back after each pair of nudges."
)
def left_nudged(X, y, w, h):
    once = _nudged_and_left(X, y, w, h)
    return (4 * once - _nudged_and_left(X, y, w, 2 * h)) / 3


@nudged_slope.mistake(
    "Nudges up only have an error that grows as h, and the question's D(h) goes down as "
    "well: (L(w + h) − L(w − h)) / 2h, where 4 and 3 belong."
)
def upwards_combined(X, y, w, h):
    def up(size):
        eye = np.eye(len(w))
        return A([(_L(X, y, w + size * e) - _L(X, y, w)) / size for e in eye])

    return 2 * up(h) - up(2 * h)


@nudged_slope.mistake(
    "The copies were made once, before the loop, so the nudges of the first entries were "
    "still in them: a fresh copy for each entry."
)
def stale_copies(X, y, w, h):
    up, down, slope = w.copy(), w.copy(), np.zeros(len(w))
    for k in range(len(w)):
        up[k] += h
        down[k] -= h
        once = (_L(X, y, up) - _L(X, y, down)) / (2 * h)
        up[k] += h
        down[k] -= h
        slope[k] = (4 * once - (_L(X, y, up) - _L(X, y, down)) / (4 * h)) / 3
    return slope


@nudged_slope.mistake(
    "This is D(h) of the lesson's loss, with its sigmoid and its square; here X @ w has no "
    "sigmoid, the power is six, and D(2h) comes in."
)
def the_lessons_loss(X, y, w, h):
    return _D(X, y, w, h, L=lambda X, y, w: np.mean((_sigmoid(X @ w) - y) ** 2))


@nudged_slope.mistake(
    "This is D(h) of a sum; the loss is the mean over the examples, and D(2h) comes in."
)
def summed_and_plain(X, y, w, h):
    return len(y) * _D(X, y, w, h)


# -- xor_step(x, y, W, W3, lr) --------------------------------------------------------

_x4 = A([[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
_y4 = A([[0.0], [1.0], [1.0], [0.0]])
_W4 = A([[0.9, -0.4, 1.1], [-0.6, 1.2, 0.2], [0.3, 0.5, -0.7]])
_W34 = A([[1.4], [-0.8], [0.6]])

xor_step = Question(
    "xor_step",
    inputs=[
        (_x4, _y4, _W4, _W34, 1.0),
        (_x4[:3], _y4[:3], -2 * _W4.T, 2 * _W34, 0.5),
    ],
    hints=[
        "Go back as in the lesson, as if there were three matrices: three deltas.",
        "W reaches the loss by two paths: as the weights of layer 1 and as those of layer "
        "2. What arrives by several paths adds up.",
        "The delta of the output is (ŷ − y) ŷ (1 − ŷ): the ½ of the loss and its 2 cancel, "
        "and it is a sum.",
    ],
)


def _way(x, y, W, W3, scale=1.0, bare=False, slopes=(True, True), back=None):
    """Activations and deltas of the three layers, with a choice of mistakes."""
    back = W.T if back is None else back
    a1 = _sigmoid(x @ W)
    a2 = _sigmoid(a1 @ W)
    y_hat = _sigmoid(a2 @ W3)
    delta3 = scale * (y_hat - y) * (1 if bare else y_hat * (1 - y_hat))
    delta2 = delta3 @ W3.T * (a2 * (1 - a2) if slopes[1] else 1)
    delta1 = delta2 @ back * (a1 * (1 - a1) if slopes[0] else 1)
    return a1, a2, y_hat, delta1, delta2, delta3


def _step(x, y, W, W3, lr, first=1, second=1, **wrong):
    """A step; first and second weigh the two slopes of W, wrong is for _way."""
    a1, a2, y_hat, delta1, delta2, delta3 = _way(x, y, W, W3, **wrong)
    slope = first * x.T @ delta1 + second * a1.T @ delta2
    error = np.mean(np.abs(y - y_hat))
    return {"W": W - lr * slope, "W3": W3 - lr * a2.T @ delta3, "error": error}


@xor_step.right
def as_the_article_adds(x, y, W, W3, lr):
    l1 = _sigmoid(x @ W)
    l2 = _sigmoid(l1 @ W)
    l3 = _sigmoid(l2 @ W3)
    up_3 = (y - l3) * l3 * (1 - l3)
    up_2 = (up_3 @ W3.T) * l2 * (1 - l2)
    up_1 = (up_2 @ W.T) * l1 * (1 - l1)
    new_W = W + lr * (x.T @ up_1 + l1.T @ up_2)
    error = float(np.abs(y - l3).mean())
    return {"W": new_W, "W3": W3 + lr * (l2.T @ up_3), "error": error}


@xor_step.right
def both_layers_at_once(x, y, W, W3, lr):
    a1, a2, y_hat, delta1, delta2, delta3 = _way(x, y, W, W3)
    slope = np.vstack([x, a1]).T @ np.vstack([delta1, delta2])
    error = np.mean(np.abs(y - y_hat))
    return {"W": W - lr * slope, "W3": W3 - lr * a2.T @ delta3, "error": error}


@xor_step.right
def example_by_example_(x, y, W, W3, lr):
    dW, dW3, errors = np.zeros_like(W), np.zeros_like(W3), []
    for row, target in zip(x, y, strict=True):
        part = row[None], target[None]
        a1, a2, y_hat, delta1, delta2, delta3 = _way(*part, W, W3)
        dW += np.outer(row, delta1) + np.outer(a1, delta2)
        dW3 += a2.T @ delta3
        errors.append(abs(target[0] - y_hat[0, 0]))
    return {"W": W - lr * dW, "W3": W3 - lr * dW3, "error": np.mean(errors)}


@xor_step.mistake(
    "W has the slope of layer 2 only; it stands in layer 1 as well, and a nudge of it "
    "moves both: add the two slopes."
)
def second_use_only(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, first=0)


@xor_step.mistake(
    "W has the slope of layer 1 only; it stands in layer 2 as well, and a nudge of it "
    "moves both: add the two slopes."
)
def first_use_only(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, second=0)


@xor_step.mistake(
    "The two slopes of W were averaged; what arrives by two paths adds up."
)
def averaged_(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, first=0.5, second=0.5)


@xor_step.mistake(
    "The slope of layer 2 was subtracted; what arrives by two paths adds up."
)
def subtracted(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, second=-1)


@xor_step.mistake("The slope of layer 2 was counted twice; each layer has its own.")
def second_use_twice(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, first=0, second=2)


@xor_step.mistake(
    "The slope of layer 1 was worked out with the W that layer 2 had moved already; all "
    "slopes belong to the weights before the step."
)
def moved_layer_by_layer(x, y, W, W3, lr):
    half_way = _step(x, y, W, W3, lr, first=0)
    wrong = _way(x, y, W, W3, back=half_way["W"].T)
    return half_way | {"W": half_way["W"] - lr * x.T @ wrong[3]}


@xor_step.mistake(
    "The hidden deltas were worked out with the new W3; all slopes belong to the weights "
    "before the step."
)
def updated_too_soon(x, y, W, W3, lr):
    new = _step(x, y, W, W3, lr)
    a1, a2, y_hat, _, _, delta3 = _way(x, y, W, W3)
    delta2 = delta3 @ new["W3"].T * a2 * (1 - a2)
    delta1 = delta2 @ W.T * a1 * (1 - a1)
    return new | {"W": W - lr * (x.T @ delta1 + a1.T @ delta2)}


@xor_step.mistake(
    "The slopes carry the lesson's factor 2/N, of a mean; this loss is half a sum."
)
def copied_from_the_lesson_(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, scale=2 / len(x))


@xor_step.mistake(
    "W has the slope of layer 2 only, and with the lesson's factor 2/N: this loss is half "
    "a sum, and W stands in two layers."
)
def copied_and_second_use_only(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, first=0, scale=2 / len(x))


@xor_step.mistake(
    "W has the slope of layer 1 only, and with the lesson's factor 2/N: this loss is half "
    "a sum, and W stands in two layers."
)
def copied_and_first_use_only(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, second=0, scale=2 / len(x))


@xor_step.mistake("There is a factor 2 too many: the loss carries a ½.")
def twice(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, scale=2.0)


@xor_step.mistake("The slopes were divided by N; this loss is a sum over the examples.")
def divided_by_n(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, scale=1 / len(x))


@xor_step.mistake("The step goes uphill: subtract lr times the slope of the loss.")
def uphill(x, y, W, W3, lr):
    return _step(x, y, W, W3, -lr)


@xor_step.mistake(
    "The slope ŷ (1 − ŷ) of the output's sigmoid is missing in its delta (that would be "
    "the log-loss)."
)
def output_slope_forgotten(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, bare=True)


@xor_step.mistake(
    "The slopes a (1 − a) of both hidden layers are missing in their deltas."
)
def hidden_slopes_forgotten(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, slopes=(False, False))


@xor_step.mistake("The slope a1 (1 − a1) is missing in the delta of layer 1.")
def slope_of_layer_1_forgotten(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, slopes=(False, True))


@xor_step.mistake("The slope a2 (1 − a2) is missing in the delta of layer 2.")
def slope_of_layer_2_forgotten(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, slopes=(True, False))


@xor_step.mistake(
    "W is not transposed on the way from layer 2 to layer 1; it is square, so the sizes do "
    "not tell."
)
def W_not_transposed(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, back=W)


@xor_step.mistake(
    "What goes back from the output is its delta, with its slope ŷ (1 − ŷ), and not the "
    "bare error."
)
def error_sent_back(x, y, W, W3, lr):
    bare = _step(x, y, W, W3, lr, bare=True)
    return bare | {"W3": _step(x, y, W, W3, lr)["W3"]}


@xor_step.mistake("Only W3 moved; W learns as well.")
def last_layer_only(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, first=0, second=0)


@xor_step.mistake("Only W moved; W3 learns as well.")
def W3_forgotten(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr) | {"W3": W3 + 0.0}


@xor_step.mistake("The learning rate lr is missing in the step.")
def lr_forgotten(x, y, W, W3, lr):
    return _step(x, y, W, W3, 1.0)


@xor_step.mistake("These are the slopes; the new weights are asked for.")
def the_slopes(x, y, W, W3, lr):
    new = _step(x, y, W, W3, lr)
    return new | {"W": (W - new["W"]) / lr, "W3": (W3 - new["W3"]) / lr}


@xor_step.mistake("The error is the mean of |y − ŷ|, not of its square.")
def squared(x, y, W, W3, lr):
    y_hat = _way(x, y, W, W3)[2]
    return _step(x, y, W, W3, lr) | {"error": np.mean((y - y_hat) ** 2)}


@xor_step.mistake("The error is the mean of |y − ŷ|; this is the loss that descends.")
def the_loss(x, y, W, W3, lr):
    y_hat = _way(x, y, W, W3)[2]
    return _step(x, y, W, W3, lr) | {"error": np.sum((y - y_hat) ** 2) / 2}


@xor_step.mistake("The error was measured after the step; measure it before.")
def error_after(x, y, W, W3, lr):
    new = _step(x, y, W, W3, lr)
    y_hat = _way(x, y, new["W"], new["W3"])[2]
    return new | {"error": np.mean(np.abs(y - y_hat))}


@xor_step.mistake(
    "The error is the mean of |y − ŷ|: without the bars, plus and minus cancel."
)
def bars_forgotten(x, y, W, W3, lr):
    y_hat = _way(x, y, W, W3)[2]
    return _step(x, y, W, W3, lr) | {"error": np.mean(y - y_hat)}


@xor_step.mistake("The error is the mean over the examples; this is their sum.")
def error_summed(x, y, W, W3, lr):
    answer = _step(x, y, W, W3, lr)
    return answer | {"error": len(x) * answer["error"]}


@xor_step.mistake(
    "The two slopes of W were multiplied; what arrives by two paths adds up."
)
def multiplied_(x, y, W, W3, lr):
    a1, a2, y_hat, delta1, delta2, delta3 = _way(x, y, W, W3)
    new_W = W - lr * (x.T @ delta1) * (a1.T @ delta2)
    return _step(x, y, W, W3, lr) | {"W": new_W}


@xor_step.mistake(
    "Each layer was stepped before the delta below it was made, so that one used weights "
    "that had moved; first all deltas, then the step."
)
def step_then_delta(x, y, W, W3, lr):
    a1, a2, y_hat, _, _, delta3 = _way(x, y, W, W3)
    new_W3 = W3 - lr * a2.T @ delta3
    delta2 = delta3 @ new_W3.T * a2 * (1 - a2)
    new_W = W - lr * a1.T @ delta2
    delta1 = delta2 @ new_W.T * a1 * (1 - a1)
    error = np.mean(np.abs(y - y_hat))
    return {"W": new_W - lr * x.T @ delta1, "W3": new_W3, "error": error}


@xor_step.mistake("This net has one hidden layer; a1 goes through W once more, to a2.")
def one_hidden_layer(x, y, W, W3, lr):
    a1 = _sigmoid(x @ W)
    y_hat = _sigmoid(a1 @ W3)
    delta2 = (y_hat - y) * y_hat * (1 - y_hat)
    delta1 = delta2 @ W3.T * a1 * (1 - a1)
    error = np.mean(np.abs(y - y_hat))
    return {"W": W - lr * x.T @ delta1, "W3": W3 - lr * a1.T @ delta2, "error": error}


@xor_step.mistake(
    "Two different W came out; there is one, and after the step still only one: add the "
    "two slopes."
)
def two_matrices(x, y, W, W3, lr):
    new = _step(x, y, W, W3, lr, second=0)
    return {
        "W1": new["W"],
        "W2": _step(x, y, W, W3, lr, first=0)["W"],
        "W3": new["W3"],
        "error": new["error"],
    }


def _other(x, y, W, W3, lr, delta1=None, slope=None, scale=1.0):
    """A step with another delta of layer 1, or another slope of W, made of the parts."""
    a1, a2, y_hat, right1, delta2, delta3 = _way(x, y, W, W3, scale=scale)
    delta1 = right1 if delta1 is None else delta1(a1, a2, delta2, delta3)
    made = x.T @ delta1 + a1.T @ delta2
    made = made if slope is None else slope(a1, delta1, delta2)
    error = np.mean(np.abs(y - y_hat))
    return {"W": W - lr * made, "W3": W3 - lr * a2.T @ delta3, "error": error}


@xor_step.mistake(
    "The delta of layer 1 came straight from the output through W3; the layers stand one "
    "behind the other, so it comes from the delta of layer 2, through W."
)
def straight_from_the_output(x, y, W, W3, lr):
    def delta1(a1, a2, delta2, delta3):
        return delta3 @ W3.T * a1 * (1 - a1)

    return _other(x, y, W, W3, lr, delta1)


@xor_step.mistake(
    "The delta of layer 1 has the slope of layer 2, a2 (1 − a2); its own is a1 (1 − a1)."
)
def slope_of_the_other_layer(x, y, W, W3, lr):
    def delta1(a1, a2, delta2, delta3):
        return delta2 @ W.T * a2 * (1 - a2)

    return _other(x, y, W, W3, lr, delta1)


@xor_step.mistake(
    "W and W3 met the deltas entry by entry (*); the blame is delta @ W.T, with @."
)
def by_entries(x, y, W, W3, lr):
    def delta1(a1, a2, delta2, delta3):
        return delta2 * W.T * a1 * (1 - a1)

    return _other(x, y, W, W3, lr, delta1)


@xor_step.mistake(
    "In layer 2 the slope took the inputs of the net, x; what goes into that layer is a1."
)
def input_of_the_net(x, y, W, W3, lr):
    def slope(a1, delta1, delta2):
        return x.T @ delta1 + x.T @ delta2

    return _other(x, y, W, W3, lr, slope=slope)


@xor_step.mistake(
    "Each use of W has its own delta: x.T @ delta1 + a1.T @ delta2. Here the inputs were "
    "added, and met the delta of layer 2."
)
def inputs_added(x, y, W, W3, lr):
    def slope(a1, delta1, delta2):
        return (x + a1).T @ delta2

    return _other(x, y, W, W3, lr, slope=slope)


@xor_step.mistake(
    "Each use of W has its own input and its own delta: two products, then the sum. Here "
    "the inputs and the deltas were added before they were multiplied."
)
def all_added(x, y, W, W3, lr):
    def slope(a1, delta1, delta2):
        return (x + a1).T @ (delta1 + delta2)

    return _other(x, y, W, W3, lr, slope=slope)


@xor_step.mistake(
    "Layer 2 took x with its delta, and layer 1 is missing: x.T @ delta1 + a1.T @ delta2."
)
def x_and_delta2(x, y, W, W3, lr):
    def slope(a1, delta1, delta2):
        return x.T @ delta2

    return _other(x, y, W, W3, lr, slope=slope)


@xor_step.mistake("The slope of layer 1 was counted twice; each layer has its own.")
def first_use_twice(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, first=2, second=0)


@xor_step.mistake("W3's slope took a1; what goes into the last layer is a2.")
def W3_with_a1(x, y, W, W3, lr):
    a1, _, _, _, _, delta3 = _way(x, y, W, W3)
    return _step(x, y, W, W3, lr) | {"W3": W3 - lr * a1.T @ delta3}


@xor_step.mistake(
    "Two things: the lesson's factor 2/N came in, but this loss is half a sum; and the "
    "hidden deltas were worked out with the new W3."
)
def copied_and_too_soon(x, y, W, W3, lr):
    a1, a2, y_hat, _, _, delta3 = _way(x, y, W, W3, scale=2 / len(x))
    new_W3 = W3 - lr * a2.T @ delta3
    delta2 = delta3 @ new_W3.T * a2 * (1 - a2)
    delta1 = delta2 @ W.T * a1 * (1 - a1)
    error = np.mean(np.abs(y - y_hat))
    return {"W": W - lr * (x.T @ delta1 + a1.T @ delta2), "W3": new_W3, "error": error}


@xor_step.mistake(
    "Two things: the lesson's factor 2/N came in, but this loss is half a sum; and the "
    "error was measured after the step."
)
def copied_and_after(x, y, W, W3, lr):
    new = _step(x, y, W, W3, lr, scale=2 / len(x))
    y_hat = _way(x, y, new["W"], new["W3"])[2]
    return new | {"error": np.mean(np.abs(y - y_hat))}


@xor_step.mistake(
    "The bars come before the mean: |mean of y − ŷ| lets plus and minus cancel."
)
def bars_too_late(x, y, W, W3, lr):
    y_hat = _way(x, y, W, W3)[2]
    return _step(x, y, W, W3, lr) | {"error": abs(np.mean(y - y_hat))}


@xor_step.mistake("The error is one number, the mean of |y − ŷ|; here is one a row.")
def error_of_each(x, y, W, W3, lr):
    y_hat = _way(x, y, W, W3)[2]
    return _step(x, y, W, W3, lr) | {"error": np.abs(y - y_hat)}


@xor_step.mistake(
    "The error is the mean of |y − ŷ|; this is the root of a mean square."
)
def root_of_squares(x, y, W, W3, lr):
    y_hat = _way(x, y, W, W3)[2]
    return _step(x, y, W, W3, lr) | {"error": np.sqrt(np.mean((y - y_hat) ** 2))}


@xor_step.mistake(
    "The output is a sigmoid as well: ŷ = σ(a2 W3), with its slope ŷ (1 − ŷ) in the delta."
)
def plain_output(x, y, W, W3, lr):
    a1 = _sigmoid(x @ W)
    a2 = _sigmoid(a1 @ W)
    delta3 = a2 @ W3 - y
    delta2 = delta3 @ W3.T * a2 * (1 - a2)
    delta1 = delta2 @ W.T * a1 * (1 - a1)
    slope = x.T @ delta1 + a1.T @ delta2
    error = np.mean(np.abs(delta3))
    return {"W": W - lr * slope, "W3": W3 - lr * a2.T @ delta3, "error": error}


@xor_step.mistake(
    "This net has one hidden layer, and the lesson's 2/N; a1 goes through W once more, to "
    "a2, and the loss is half a sum."
)
def one_hidden_layer_copied(x, y, W, W3, lr):
    a1 = _sigmoid(x @ W)
    y_hat = _sigmoid(a1 @ W3)
    delta2 = 2 / len(x) * (y_hat - y) * y_hat * (1 - y_hat)
    delta1 = delta2 @ W3.T * a1 * (1 - a1)
    error = np.mean(np.abs(y - y_hat))
    return {"W": W - lr * x.T @ delta1, "W3": W3 - lr * a1.T @ delta2, "error": error}


@xor_step.mistake(
    "Two things: the output's slope ŷ (1 − ŷ) is missing in its delta; and W has the slope "
    "of layer 2 only, but stands in layer 1 as well."
)
def bare_and_second_use_only(x, y, W, W3, lr):
    return _step(x, y, W, W3, lr, first=0, bare=True)


words = Words(
    "words",
    [
        "How large is the relative error of a right gradient, and how far away is one per cent?",
        "In which order are the deltas computed? Then which is the first place that can be wrong?",
        "Suppose the loss itself were written down wrongly. Would nudges notice?",
    ],
)
