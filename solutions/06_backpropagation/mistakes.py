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


# -- hidden_blame(delta, W, a, x) -----------------------------------------------------

_delta = A([[0.4, -0.2, 0.1], [-0.3, 0.5, 0.2]])
_W = A(
    [[1.0, 0.5, -1.5], [-2.0, 1.5, 0.3], [0.8, -0.7, 2.0]]
)  # square: W.T fits as well
_a = A([[0.2, 0.9, 0.6], [0.7, 0.5, 0.3]])
_x = A([[1.0, -1.0], [0.5, 2.0]])

hidden_blame = Question(
    "hidden_blame",
    inputs=[
        (_delta, _W, _a, _x),
        (_delta[:, :2], _W[:2, :2], _a[:, :2], A([[1.0, 2.0, 3.0], [0.0, -1.0, 0.5]])),
    ],
    hints=[
        "The blame comes back through the same weights: (N, K) times (K, H) is (N, H).",
        "Then each unit multiplies by the slope of its sigmoid, a (1 − a).",
        "The slope of a weight is its input times the blame of its unit, over all examples.",
    ],
)


def _both(hidden, x):
    return {"delta": hidden, "dV": x.T @ hidden}


@hidden_blame.right
def by_einsum(delta, W, a, x):
    hidden = np.einsum("nk,hk,nh->nh", delta, W, a - a**2)
    return {"delta": hidden, "dV": np.einsum("nd,nh->dh", x, hidden)}


@hidden_blame.right
def example_by_example(delta, W, a, x):
    hidden = A([(W @ d) * b * (1 - b) for d, b in zip(delta, a, strict=True)])
    slopes = [np.outer(row, d) for row, d in zip(x, hidden, strict=True)]
    return {"delta": hidden, "dV": np.sum(slopes, axis=0)}


@hidden_blame.mistake(
    "W is not transposed: blame travels against the signal, so it needs W.T. With a "
    "square W the sizes do not tell."
)
def not_transposed(delta, W, a, x):
    return _both(delta @ W * a * (1 - a), x)


@hidden_blame.mistake("The slope a (1 − a) of the hidden sigmoids is missing.")
def slope_forgotten_(delta, W, a, x):
    return _both(delta @ W.T, x)


@hidden_blame.mistake(
    "The slope is a (1 − a), as a is the activation already; here σ was applied again."
)
def squashed_twice(delta, W, a, x):
    s = _sigmoid(a)
    return _both(delta @ W.T * s * (1 - s), x)


@hidden_blame.mistake("The slope of the sigmoid is a (1 − a); this is a alone.")
def half_a_slope(delta, W, a, x):
    return _both(delta @ W.T * a, x)


@hidden_blame.mistake(
    "The slope of tanh was used, 1 − a²; these units are sigmoids: a (1 − a)."
)
def slope_of_tanh(delta, W, a, x):
    return _both(delta @ W.T * (1 - a**2), x)


@hidden_blame.mistake(
    "dV was divided by N; the 1/N of a mean is in the blame already, so it came twice."
)
def divided_twice(delta, W, a, x):
    answer = by_einsum(delta, W, a, x)
    return {"delta": answer["delta"], "dV": answer["dV"] / len(x)}


@hidden_blame.mistake(
    "The sign of the blame is lost somewhere: it comes back reversed."
)
def reversed_sign(delta, W, a, x):
    return _both(-(delta @ W.T * a * (1 - a)), x)


@hidden_blame.mistake(
    "dV was made with the output of the hidden layer; a weight's slope takes what goes "
    "into it, x."
)
def output_instead_of_input(delta, W, a, x):
    hidden = delta @ W.T * a * (1 - a)
    return {"delta": hidden, "dV": a.T @ hidden}


@hidden_blame.mistake(
    "dV was made of a blame without its slope a (1 − a); the whole blame goes in."
)
def slope_forgotten_in_dV(delta, W, a, x):
    right = by_einsum(delta, W, a, x)
    return {**right, "dV": x.T @ (delta @ W.T)}


@hidden_blame.mistake(
    "The slope a (1 − a) belongs to the hidden units: multiply by it after W.T, not "
    "before."
)
def slope_before_W(delta, W, a, x):
    return _both((delta * a * (1 - a)) @ W.T, x)


@hidden_blame.mistake(
    "dV is transposed: a weight's row is where it comes from, so dV is (D, H)."
)
def dV_transposed(delta, W, a, x):
    right = by_einsum(delta, W, a, x)
    return {**right, "dV": right["dV"].T}


# -- nudged_slope(X, y, w, h) ---------------------------------------------------------

_X = A([[1.0, 0.5], [-0.5, 2.0], [1.5, -1.0]])
_y, _w = A([0.5, -1.0, 1.0]), A([0.8, -0.4])

nudged_slope = Question(
    "nudged_slope",
    inputs=[(_X, _y, _w, 0.2), (_X, _y, _w, 1e-5)],
    hints=[
        "For each k: the loss with w[k] + h, minus the loss with w[k] − h.",
        "Divide by the distance between the two points, which is 2 h.",
        "Nudge a copy of w, and only one entry at a time.",
    ],
)


def _L(X, y, w):
    return np.mean((X @ w - y) ** 4)


def _central(X, y, w, h, L=_L):
    eye = np.eye(len(w))
    return A([(L(X, y, w + h * e) - L(X, y, w - h * e)) / (2 * h) for e in eye])


@nudged_slope.right
def with_the_identity(X, y, w, h):
    return _central(X, y, w, h)


@nudged_slope.right
def on_a_copy(X, y, w, h):
    slope = []
    for k in range(len(w)):
        v = np.copy(w)
        v[k] = w[k] + h
        above = _L(X, y, v)
        v[k] = w[k] - h
        slope.append((above - _L(X, y, v)) / (2 * h))
    return A(slope)


@nudged_slope.mistake(
    "These are one-sided differences, upwards only; nudge down as well and divide by 2 h."
)
def upwards_only(X, y, w, h):
    return A([(_L(X, y, w + h * e) - _L(X, y, w)) / h for e in np.eye(len(w))])


@nudged_slope.mistake(
    "These are one-sided differences, downwards only; nudge up as well."
)
def downwards_only(X, y, w, h):
    return A([(_L(X, y, w) - _L(X, y, w - h * e)) / h for e in np.eye(len(w))])


@nudged_slope.mistake(
    "The two points lie 2 h apart; the difference was divided by h only."
)
def divided_by_h(X, y, w, h):
    return 2 * _central(X, y, w, h)


@nudged_slope.mistake("The difference of the losses still has to be divided by 2 h.")
def not_divided(X, y, w, h):
    return 2 * h * _central(X, y, w, h)


@nudged_slope.mistake("The sign is reversed: it is upper minus lower.")
def lower_minus_upper(X, y, w, h):
    return -_central(X, y, w, h)


@nudged_slope.mistake(
    "A nudge was not taken back: each entry was nudged while those before it still were."
)
def not_restored(X, y, w, h):
    v, slope = np.copy(w), []
    for k in range(len(w)):
        v[k] += h
        above = _L(X, y, v)
        v[k] -= 2 * h
        slope.append((above - _L(X, y, v)) / (2 * h))
    return A(slope)


@nudged_slope.mistake("All entries of w were nudged at once; nudge one at a time.")
def all_at_once(X, y, w, h):
    return np.full(len(w), (_L(X, y, w + h) - _L(X, y, w - h)) / (2 * h))


@nudged_slope.mistake(
    "The losses were summed over the examples; the loss is their mean."
)
def summed(X, y, w, h):
    return len(y) * _central(X, y, w, h)


@nudged_slope.mistake(
    "This is the exact slope, or that of nudges by a small h of your own; take the h "
    "that is given, where central differences differ from the exact slope."
)
def exact(X, y, w, h):
    return X.T @ (4 * (X @ w - y) ** 3) / len(y)


@nudged_slope.mistake(
    "Up and down are one array here (a = w does not copy), so the two losses are equal: "
    "nudge w.copy()."
)
def alias(X, y, w, h):
    return np.zeros(len(w))


@nudged_slope.mistake("The nudges are half as long as h: go h up and h down.")
def half_nudges(X, y, w, h):
    return _central(X, y, w, h / 2)


# -- xor_step(x, y, V, W, lr) ---------------------------------------------------------

_x4 = A([[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
_y4 = A([[0.0], [1.0], [1.0], [0.0]])
_V4 = A([[0.9, -0.4], [-0.6, 1.2], [0.3, 0.5]])
_W4 = A([[1.4], [-0.8]])

xor_step = Question(
    "xor_step",
    inputs=[(_x4, _y4, _V4, _W4, 1.0), (_x4[:3], _y4[:3], _V4, -2 * _W4, 0.5)],
    hints=[
        "The blame of the output is (ŷ − y) ŷ (1 − ŷ); the ½ of the loss and its 2 cancel.",
        "The blame of the hidden layer uses W as it was before the step.",
        "A slope is input.T @ blame; the new weights are the old ones minus lr times it.",
    ],
)


def _step(x, y, V, W, lr, scale=1.0, change=None):
    """A step; change may replace the blames (output, hidden) of the right one."""
    a = _sigmoid(x @ V)
    y_hat = _sigmoid(a @ W)
    delta = scale * (y_hat - y) * y_hat * (1 - y_hat)
    hidden = delta @ W.T * a * (1 - a)
    if change:
        delta, hidden = change(a, y_hat, delta, hidden)
    error = np.mean(np.abs(y - y_hat))
    return {"V": V - lr * x.T @ hidden, "W": W - lr * a.T @ delta, "error": error}


@xor_step.right
def as_the_article_adds(x, y, V, W, lr):
    l1 = _sigmoid(x @ V)
    l2 = _sigmoid(l1 @ W)
    up_2 = (y - l2) * l2 * (1 - l2)
    up_1 = (up_2 @ W.T) * l1 * (1 - l1)
    error = float(np.abs(y - l2).mean())
    return {"V": V + lr * (x.T @ up_1), "W": W + lr * (l1.T @ up_2), "error": error}


@xor_step.right
def example_by_example_(x, y, V, W, lr):
    dV, dW, errors = np.zeros_like(V), np.zeros_like(W), []
    for row, target in zip(x, y, strict=True):
        a = _sigmoid(row @ V)
        y_hat = _sigmoid(a @ W)[0]
        delta = (y_hat - target[0]) * y_hat * (1 - y_hat)
        dW += delta * a[:, None]
        dV += np.outer(row, delta * W[:, 0] * a * (1 - a))
        errors.append(abs(target[0] - y_hat))
    return {"V": V - lr * dV, "W": W - lr * dW, "error": np.mean(errors)}


@xor_step.mistake(
    "The hidden blame was computed with the new W; both slopes belong to the weights "
    "before the step."
)
def updated_too_soon(x, y, V, W, lr):
    new_W = _step(x, y, V, W, lr)["W"]
    a = _sigmoid(x @ V)
    y_hat = _sigmoid(a @ W)
    hidden = (y_hat - y) * y_hat * (1 - y_hat) @ new_W.T * a * (1 - a)
    error = np.mean(np.abs(y - y_hat))
    return {"V": V - lr * x.T @ hidden, "W": new_W, "error": error}


@xor_step.mistake("The step goes uphill: subtract lr times the slope of the loss.")
def uphill(x, y, V, W, lr):
    return _step(x, y, V, W, -lr)


@xor_step.mistake("There is a factor 2 too many: the loss carries a ½.")
def twice(x, y, V, W, lr):
    return _step(x, y, V, W, lr, scale=2.0)


@xor_step.mistake("The slopes were divided by N; this loss is a sum over the examples.")
def divided_by_n(x, y, V, W, lr):
    return _step(x, y, V, W, lr, scale=1 / len(x))


@xor_step.mistake(
    "The slope ŷ (1 − ŷ) of the output's sigmoid is missing in its blame (that would be "
    "the log-loss)."
)
def output_slope_forgotten(x, y, V, W, lr):
    def change(a, y_hat, delta, hidden):
        return y_hat - y, (y_hat - y) @ W.T * a * (1 - a)

    return _step(x, y, V, W, lr, change=change)


@xor_step.mistake(
    "The slope a (1 − a) of the hidden sigmoids is missing in their blame."
)
def hidden_slope_forgotten(x, y, V, W, lr):
    def change(a, y_hat, delta, hidden):
        return delta, delta @ W.T

    return _step(x, y, V, W, lr, change=change)


@xor_step.mistake(
    "Only the output's weights moved; the hidden weights V learn as well."
)
def last_layer_only(x, y, V, W, lr):
    return {**_step(x, y, V, W, lr), "V": V + 0.0}


@xor_step.mistake("The error is the mean of |y − ŷ|, not of its square.")
def squared(x, y, V, W, lr):
    y_hat = _sigmoid(_sigmoid(x @ V) @ W)
    return {**_step(x, y, V, W, lr), "error": np.mean((y - y_hat) ** 2)}


@xor_step.mistake("The error was measured after the step; measure it before.")
def error_after(x, y, V, W, lr):
    new = _step(x, y, V, W, lr)
    y_hat = _sigmoid(_sigmoid(x @ new["V"]) @ new["W"])
    return {**new, "error": np.mean(np.abs(y - y_hat))}


@xor_step.mistake("The learning rate lr is missing in the step.")
def lr_forgotten(x, y, V, W, lr):
    return _step(x, y, V, W, 1.0)


@xor_step.mistake(
    "The error is the mean of |y − ŷ|: without the bars, plus and minus cancel."
)
def bars_forgotten(x, y, V, W, lr):
    y_hat = _sigmoid(_sigmoid(x @ V) @ W)
    return {**_step(x, y, V, W, lr), "error": np.mean(y - y_hat)}


@xor_step.mistake("The error is the mean over the examples; this is their sum.")
def error_summed(x, y, V, W, lr):
    answer = _step(x, y, V, W, lr)
    return {**answer, "error": len(x) * answer["error"]}


@xor_step.mistake(
    "The slopes carry the lesson's factor 2/N, of a mean; this loss is half a sum."
)
def copied_from_the_lesson(x, y, V, W, lr):
    return _step(x, y, V, W, lr, scale=2 / len(x))


@xor_step.mistake(
    "What goes back to the hidden layer is the output's blame, with its slope ŷ (1 − ŷ), "
    "and not the bare error."
)
def error_sent_back(x, y, V, W, lr):
    def change(a, y_hat, delta, hidden):
        return delta, (y_hat - y) @ W.T * a * (1 - a)

    return _step(x, y, V, W, lr, change=change)


words = Words(
    "words",
    [
        "How large is the relative error of a right gradient, and how far away is one per cent?",
        "In which order is the blame computed? Then which is the first place that can be wrong?",
        "Suppose the loss itself were written down wrongly. Would nudges notice?",
    ],
)
