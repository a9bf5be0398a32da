"""Exercise 05: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array

# -- momentum_step(w, v, g, lr, beta) --------------------------------------------

momentum_step = Question(
    "momentum_step",
    inputs=[
        (A([1.0, -2.0, 0.5]), A([0.2, 0.1, -0.4]), A([3.0, -1.0, 0.25]), 0.1, 0.9),
        (A([0.0, 4.0]), A([1.0, -1.0]), A([2.0, 5.0]), 0.5, 0.6),
    ],
    hints=[
        "First the new v: a share beta of the old one, minus lr times the gradient.",
        "Then add the new v to w, and return both.",
    ],
)


@momentum_step.right
def by_the_difference(w, v, g, lr, beta):
    new = w + beta * v - lr * g
    return new, new - w


@momentum_step.right
def with_the_sign_in_the_gradient(w, v, g, lr, beta):
    downhill = np.multiply(-lr, g)
    velocity = np.add(downhill, np.multiply(beta, v))
    return np.add(w, velocity), velocity


@momentum_step.mistake("The gradient points uphill: v loses lr times g, it gains none.")
def uphill(w, v, g, lr, beta):
    v = beta * v + lr * g
    return w + v, v


@momentum_step.mistake("v already points downhill; it is added to w, not subtracted.")
def velocity_subtracted(w, v, g, lr, beta):
    v = beta * v - lr * g
    return w - v, v


@momentum_step.mistake(
    "This is PyTorch's form, in which v is a sum of gradients; here lr is in v already."
)
def as_pytorch_has_it(w, v, g, lr, beta):
    v = beta * v + g
    return w - lr * v, v


@momentum_step.mistake("v points uphill here; it should lose lr times g, and w gain v.")
def velocity_uphill(w, v, g, lr, beta):
    v = beta * v + lr * g
    return w - v, v


@momentum_step.mistake("w moved by the old v; compute the new v first.")
def old_velocity(w, v, g, lr, beta):
    return w + v, beta * v - lr * g


@momentum_step.mistake("beta is missing: the whole old velocity was kept.")
def without_beta(w, v, g, lr, beta):
    v = v - lr * g
    return w + v, v


@momentum_step.mistake(
    "The gradient was multiplied by 1 − beta; that is a running mean. Here it counts whole."
)
def running_mean(w, v, g, lr, beta):
    v = beta * v - (1 - beta) * lr * g
    return w + v, v


@momentum_step.mistake("w is right, but the old v was returned beside it.")
def velocity_forgotten(w, v, g, lr, beta):
    return w + beta * v - lr * g, v


@momentum_step.mistake("The two are in the wrong order: first w, then v.")
def wrong_order(w, v, g, lr, beta):
    v = beta * v - lr * g
    return v, w + v


@momentum_step.mistake("This is plain descent; the old velocity was left out.")
def plain_descent(w, v, g, lr, beta):
    return w - lr * g, -lr * g


@momentum_step.mistake(
    "lr multiplies the whole v; here it belongs to the gradient only."
)
def lr_outside(w, v, g, lr, beta):
    return w + lr * (beta * v - g), lr * (beta * v - g)


# -- minibatches(X, y, order, size) ----------------------------------------------

_X = A([[0.0, 10.0], [1.0, 11.0], [2.0, 12.0], [3.0, 13.0], [4.0, 14.0]])
_y = A([0.0, 0.1, 0.2, 0.3, 0.4])

minibatches = Question(
    "minibatches",
    inputs=[
        (_X, _y, A([3, 0, 4, 1, 2]), 2),
        (_X[:4], _y[:4], A([2, 3, 1, 0]), 2),
        (_X, _y, A([1, 4, 0, 2, 3]), 3),
    ],
    hints=[
        "The batches start at range(0, len(X), size).",
        "order[start : start + size] are the numbers of one batch, and a slice may be "
        "shorter at the end.",
        "Take the same numbers from X and from y.",
    ],
)


def _cut(X, y, size, extra=0):
    parts = [slice(s, s + size + extra) for s in range(0, len(X), size)]
    return {"X": [X[k] for k in parts], "y": [y[k] for k in parts]}


@minibatches.right
def shuffled_first(X, y, order, size):
    return _cut(X[order], y[order], size)


@minibatches.right
def by_array_split(X, y, order, size):
    parts = np.split(order, range(size, len(order), size))
    return {"X": [X.take(k, axis=0) for k in parts], "y": [y.take(k) for k in parts]}


@minibatches.mistake("The last, smaller batch is missing: its examples are never seen.")
def last_batch_dropped(X, y, order, size):
    n = len(X) // size * size
    return _cut(X[order][:n], y[order][:n], size)


@minibatches.mistake(
    "A slice ends at a place, not after a length: order[start : start + size]."
)
def slice_to_size(X, y, order, size):
    parts = [order[s:size] for s in range(0, len(order), size)]
    return {"X": [X[k] for k in parts], "y": [y[k] for k in parts]}


@minibatches.mistake("There is an empty batch at the end where size divides N.")
def empty_batch(X, y, order, size):
    parts = [order[k * size :][:size] for k in range(len(order) // size + 1)]
    return {"X": [X[k] for k in parts], "y": [y[k] for k in parts]}


@minibatches.mistake("X was shuffled and y was not: every row has another one's label.")
def only_X_shuffled(X, y, order, size):
    return _cut(X[order], y, size)


@minibatches.mistake("y was shuffled and X was not: every row has another one's label.")
def only_y_shuffled(X, y, order, size):
    return _cut(X, y[order], size)


@minibatches.mistake("The examples come in their old order; order was not used.")
def not_shuffled(X, y, order, size):
    return _cut(X, y, size)


@minibatches.mistake(
    "size was taken for the number of batches; it is the number of examples in one."
)
def size_as_number_of_batches(X, y, order, size):
    parts = np.array_split(order, size)
    return {"X": [X[k] for k in parts], "y": [y[k] for k in parts]}


@minibatches.mistake(
    "Neighbouring batches share an example: the next one starts where the last one ended."
)
def overlapping(X, y, order, size):
    return _cut(X[order], y[order], size, extra=1)


@minibatches.mistake(
    "The last batch was filled up from the beginning: some examples come twice."
)
def filled_up(X, y, order, size):
    n = -(-len(X) // size) * size
    return _cut(X[np.resize(order, n)], y[np.resize(order, n)], size)


@minibatches.mistake(
    "order was read backwards: it says which example comes k-th, not where example k goes."
)
def inverse_order(X, y, order, size):
    o = np.argsort(order)
    return _cut(X[o], y[o], size)


# -- cross_entropy(z, y) ---------------------------------------------------------

cross_entropy = Question(
    "cross_entropy",
    inputs=[
        (A([[2.0, -1.0, 0.5], [0.1, 0.2, -0.3]]), A([2, 0])),
        (A([[1000.0, 0.0], [-1000.0, 3.0], [0.5, 0.0]]), A([1, 1, 0])),
    ],
    hints=[
        "Subtract each row's maximum from its logits; the softmax stays the same.",
        "log p is z minus the logarithm of the sum of exp(z), row by row.",
        "The loss is minus the mean of log p at the right classes; the gradient is "
        "exp(log p), minus 1 at the right classes, all divided by N.",
    ],
)


def _log_p(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def _parts(z, y):
    """The loss, the probabilities and the ones."""
    log_p, ones = _log_p(z), np.eye(z.shape[1])[y]
    return -np.sum(ones * log_p) / len(z), np.exp(log_p), ones


@cross_entropy.right
def with_logaddexp(z, y):
    log_p = z - np.logaddexp.reduce(z, axis=1)[:, None]
    right = np.arange(len(z)), y
    dz = np.exp(log_p)
    dz[right] -= 1
    return {"loss": -log_p[right].mean(), "gradient": dz / len(z)}


@cross_entropy.right
def one_example_at_a_time(z, y):
    losses, slopes = [], []
    for row, label in zip(z, y, strict=True):
        log_p = _log_p(row[None])[0]
        losses.append(-log_p[label])
        slopes.append(np.exp(log_p) - np.eye(len(row))[label])
    return {"loss": np.mean(losses), "gradient": A(slopes) / len(z)}


@cross_entropy.mistake(
    "Somewhere exp overflowed or a probability became 0: take each row's maximum out "
    "first, and never take the logarithm of a probability."
)
def logarithm_of_the_softmax(z, y):
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    ones = np.eye(z.shape[1])[y]
    loss = -np.mean(np.log(np.sum(p * ones, axis=1)))
    return {"loss": loss, "gradient": (p - ones) / len(z)}


@cross_entropy.mistake(
    "Probabilities were clipped before the logarithm: the loss of a sure and wrong "
    "answer is cut off, where it should grow with the logit."
)
def clipped(z, y):
    _, p, ones = _parts(z, y)
    sure = np.clip(np.sum(p * ones, axis=1), 1e-15, 1)
    return {"loss": -np.mean(np.log(sure)), "gradient": (p - ones) / len(z)}


@cross_entropy.mistake(
    "dz[:, y] takes every row with every label; pair them: dz[np.arange(N), y]."
)
def ones_in_every_row(z, y):
    loss, dz, _ = _parts(z, y)
    dz[:, y] -= 1
    return {"loss": loss, "gradient": dz / len(z)}


@cross_entropy.mistake(
    "The maximum was taken out of the sum's logits and not of z at the right class; take "
    "it out of both."
)
def maximum_lost(z, y):
    loss, p, ones = _parts(z, y)
    return {"loss": loss - z.max(axis=1).mean(), "gradient": (p - ones) / len(z)}


@cross_entropy.mistake("Both are sums over the examples; loss and gradient are means.")
def both_summed(z, y):
    loss, p, ones = _parts(z, y)
    return {"loss": loss * len(z), "gradient": p - ones}


@cross_entropy.mistake("The gradient is not divided by N, though the loss is a mean.")
def gradient_not_divided(z, y):
    loss, p, ones = _parts(z, y)
    return {"loss": loss, "gradient": p - ones}


@cross_entropy.mistake("The loss is the sum over the examples; it is their mean.")
def loss_summed(z, y):
    loss, p, ones = _parts(z, y)
    return {"loss": loss * len(z), "gradient": (p - ones) / len(z)}


@cross_entropy.mistake("The gradient has the wrong sign: softmax minus one_hot.")
def gradient_reversed(z, y):
    loss, p, ones = _parts(z, y)
    return {"loss": loss, "gradient": (ones - p) / len(z)}


@cross_entropy.mistake(
    "There is a factor p (1 − p) too many in the gradient; that one belongs to the "
    "squared error, and here it cancels."
)
def squared_error_gradient(z, y):
    loss, p, ones = _parts(z, y)
    return {"loss": loss, "gradient": (p - ones) * p * (1 - p) / len(z)}


@cross_entropy.mistake(
    "The gradient is the softmax; the 1 at the right class is missing."
)
def ones_forgotten(z, y):
    loss, p, _ = _parts(z, y)
    return {"loss": loss, "gradient": p / len(z)}


@cross_entropy.mistake(
    "The softmax was taken down the columns, over the examples; it runs along each row."
)
def over_the_examples(z, y):
    log_p, ones = _log_p(z.T).T, np.eye(z.shape[1])[y]
    return {
        "loss": -np.sum(ones * log_p) / len(z),
        "gradient": (np.exp(log_p) - ones) / len(z),
    }


@cross_entropy.mistake("A loss is never negative: the minus sign is missing.")
def negative(z, y):
    loss, p, ones = _parts(z, y)
    return {"loss": -loss, "gradient": (p - ones) / len(z)}


@cross_entropy.mistake(
    "log_p[:, y] takes every row with every label; pair them: log_p[np.arange(N), y]."
)
def every_row_with_every_label(z, y):
    log_p, (_, p, ones) = _log_p(z), _parts(z, y)
    return {"loss": -log_p[:, y].mean(), "gradient": (p - ones) / len(z)}


@cross_entropy.mistake(
    "The mean went over all N × K entries; there are N examples, so divide by N."
)
def mean_over_all_entries(z, y):
    loss, p, ones = _parts(z, y)
    return {"loss": loss / z.shape[1], "gradient": (p - ones) / z.size}


# -- adam(gradients, lr, beta_1, beta_2, eps) ------------------------------------

_G = A([[2.0, -0.5], [1.0, 0.5], [-0.5, -1.5], [3.0, 0.25]])

adam = Question(
    "adam",
    inputs=[
        (_G, 0.1, 0.9, 0.999, 1e-8),
        (_G[:3, :1], 0.01, 0.8, 0.9, 1e-8),
        # a gradient of ε's root: beside either root ε is nothing, inside it is all
        (A([[0.2, -30.0, 1e-10]]), 0.5, 0.9, 0.999, 1e-20),
    ],
    hints=[
        "Keep w, m and v from step to step; t starts at 1.",
        "Divide m by 1 − beta_1**t and v by 1 − beta_2**t, but keep the undivided ones.",
        "The very first step is lr long, for every gradient far larger than ε.",
    ],
)


def _adam(gradients, lr, beta_1, beta_2, eps, *, first=1, hats=(1, 1), **o):
    """Adam with one thing changed, named by a keyword."""
    w = m = v = np.zeros(gradients.shape[1])
    path = []
    for t, g in enumerate(gradients, start=first):
        if o.get("before"):
            path.append(w)
        m = beta_1 * m + (1 - beta_1) * g
        v = beta_2 * v + (1 - beta_2) * g**2
        m_hat = m / (1 - beta_1**t) if hats[0] else m
        v_hat = v / (1 - beta_2**t) if hats[1] else v
        if o.get("keep_hats"):
            m, v = m_hat, v_hat
        root = v_hat if o.get("no_root") else np.sqrt(np.abs(v_hat))
        bottom = np.sqrt(v_hat + eps) if o.get("inside") else root + eps
        w = w - o.get("sign", 1) * lr * m_hat / bottom
        if not o.get("before"):
            path.append(w)
    return A(path)


@adam.right
def step_by_step_in_place(gradients, lr, beta_1, beta_2, eps):
    w, m, v = (np.zeros(gradients.shape[1]) for _ in range(3))
    path = np.empty(gradients.shape)
    for k, g in enumerate(gradients):
        m += (1 - beta_1) * (g - m)
        v += (1 - beta_2) * (g**2 - v)
        root = np.sqrt(v / (1 - beta_2 ** (k + 1)))
        w -= lr / (1 - beta_1 ** (k + 1)) * m / (root + eps)
        path[k] = w
    return path


@adam.right
def by_sums(gradients, lr, beta_1, beta_2, eps):
    def mean(x, beta):
        shares = [beta ** np.arange(t)[::-1] for t in range(1, len(x) + 1)]
        return A([s @ x[: len(s)] / s.sum() for s in shares])

    m_hat, v_hat = mean(gradients, beta_1), mean(gradients**2, beta_2)
    return -lr * np.cumsum(m_hat / (np.sqrt(v_hat) + eps), axis=0)


@adam.right
def with_eps_beside_the_uncorrected_root(gradients, lr, beta_1, beta_2, eps):
    w = m = v = np.zeros(gradients.shape[1])
    path = []
    for t, g in enumerate(gradients, start=1):
        m, v = beta_1 * m + (1 - beta_1) * g, beta_2 * v + (1 - beta_2) * g**2
        step = lr * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)
        w = w - step * m / (np.sqrt(v) + eps)
        path.append(w)
    return np.array(path)


@adam.mistake(
    "The bias correction is missing in both means: with the usual betas the first step "
    "is 3.2 times too long."
)
def no_correction(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, beta_1, beta_2, eps, hats=(0, 0))


@adam.mistake("ε stands inside the root; it is added to the root: √(…) + ε.")
def eps_inside_the_root(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, beta_1, beta_2, eps, inside=True)


@adam.mistake("v is not divided by 1 − beta_2**t: it is far too small at first.")
def only_m_corrected(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, beta_1, beta_2, eps, hats=(1, 0))


@adam.mistake("m is not divided by 1 − beta_1**t: it is too small at first.")
def only_v_corrected(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, beta_1, beta_2, eps, hats=(0, 1))


@adam.mistake("The two betas are swapped: beta_1 belongs to g, beta_2 to g².")
def betas_swapped(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, beta_2, beta_1, eps)


@adam.mistake(
    "The correction always divides by 1 − beta, as at t = 1; t goes on counting."
)
def t_stands_still(gradients, lr, beta_1, beta_2, eps):
    w = m = v = np.zeros(gradients.shape[1])
    path = []
    for g in gradients:
        m = beta_1 * m + (1 - beta_1) * g
        v = beta_2 * v + (1 - beta_2) * g**2
        w = w - lr * m / (1 - beta_1) / (np.sqrt(v / (1 - beta_2)) + eps)
        path.append(w)
    return A(path)


@adam.mistake("The correction was written back into m and v; keep the undivided ones.")
def hats_kept(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, beta_1, beta_2, eps, keep_hats=True)


@adam.mistake("The square root of v is missing.")
def root_forgotten(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, beta_1, beta_2, eps, no_root=True)


@adam.mistake("The steps go uphill: w loses lr times m over the root of v.")
def uphill_adam(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, beta_1, beta_2, eps, sign=-1)


@adam.mistake("Row t holds w before step t; it should be w after it.")
def before_the_step(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, beta_1, beta_2, eps, before=True)


@adam.mistake("t was counted from 0, where 1 − beta**t is 0; the first step has t = 1.")
def t_from_zero(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, beta_1, beta_2, eps, first=0)


@adam.mistake("The factors 1 − beta before g and g² are missing.")
def no_factor(gradients, lr, beta_1, beta_2, eps):
    w = m = v = np.zeros(gradients.shape[1])
    path = []
    for t, g in enumerate(gradients, start=1):
        m, v = beta_1 * m + g, beta_2 * v + g**2
        w = w - lr * m / (1 - beta_1**t) / (np.sqrt(v / (1 - beta_2**t)) + eps)
        path.append(w)
    return A(path)


@adam.mistake("These are the steps; row t is w, the sum of all steps so far.")
def steps_alone(gradients, lr, beta_1, beta_2, eps):
    path = _adam(gradients, lr, beta_1, beta_2, eps)
    return np.diff(path, axis=0, prepend=0)


@adam.mistake("m and v were set to 0 in every step; they belong before the loop.")
def begun_anew(gradients, lr, beta_1, beta_2, eps):
    path, w = [], np.zeros(gradients.shape[1])
    for t, g in enumerate(gradients, start=1):
        m, v = (1 - beta_1) * g / (1 - beta_1**t), (1 - beta_2) * g**2 / (1 - beta_2**t)
        w = w - lr * m / (np.sqrt(v) + eps)
        path.append(w)
    return A(path)


@adam.mistake("t was counted from 2; the first step has t = 1.")
def t_from_two(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, beta_1, beta_2, eps, first=2)


@adam.mistake("All rows are the same array, changed in place: append w.copy().")
def same_array_appended(gradients, lr, beta_1, beta_2, eps):
    path = _adam(gradients, lr, beta_1, beta_2, eps)
    return np.tile(path[-1], (len(path), 1))


@adam.mistake("The step uses g itself; its numerator is the running mean m.")
def without_m(gradients, lr, beta_1, beta_2, eps):
    return _adam(gradients, lr, 0.0, beta_2, eps)


words = Words(
    "words",
    [
        "Two different things make such a curve jump. Does the noise of 16 examples explain a leap to a hundred times the loss?",
        "What sets the longest step that does not blow up?",
        "If you change the optimiser and the rate at once, what have you learned if it gets better?",
    ],
)
