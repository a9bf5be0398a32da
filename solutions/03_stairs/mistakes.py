"""Exercise 03: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.exercises import Question

A = np.array


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


_X = A([[1.0, 0.0], [0.5, -1.0], [-2.0, 1.5]])
_w, _b = A([0.8, -0.5]), 0.3

# -- probability(X, w, b) -----------------------------------------------------------

probability = Question(
    "probability",
    inputs=[(_X, _w, _b), (A([[3.0, 1.0, 2.0]]), A([-1.0, 0.5, 0.25]), -1.0)],
    hints=[
        "The logit of every example at once is X @ w + b.",
        "Put the logits through 1 / (1 + exp(−z)).",
    ],
)


@probability.right
def by_tanh(X, w, b):
    return 0.5 * (1 + np.tanh((X @ w + b) / 2))


@probability.right
def one_at_a_time(X, w, b):
    return A([1 / (1 + np.exp(-(np.dot(x, w) + b))) for x in X])


@probability.mistake("This is what you get when the bias is forgotten.")
def bias_forgotten(X, w, b):
    return _sigmoid(X @ w)


@probability.mistake(
    "The exponent has the wrong sign: these are the probabilities of the other class."
)
def wrong_exponent(X, w, b):
    return _sigmoid(-(X @ w + b))


@probability.mistake("These are the logits; they still have to go through the sigmoid.")
def only_the_logit(X, w, b):
    return X @ w + b


@probability.mistake("These are decisions (0 or 1); the question asks how sure.")
def decisions(X, w, b):
    return (X @ w + b > 0).astype(float)


@probability.mistake("The bias was added after the sigmoid; it belongs inside.")
def bias_outside(X, w, b):
    return _sigmoid(X @ w) + b


# -- log_loss(z, y) -------------------------------------------------------------------

log_loss = Question(
    "log_loss",
    inputs=[
        (A([2.0, -1.0, 0.5]), A([1, 0, 0])),
        (A([1000.0, -1000.0, 3.0]), A([0, 1, 1])),  # sure and wrong
    ],
    hints=[
        "For one example, −log σ(z) = log(1 + exp(−z)) and −log(1 − σ(z)) = log(1 + exp(z)).",
        "Both at once: log(1 + exp(z)) − y z.",
        "np.logaddexp(0, z) is log(exp(0) + exp(z)) and never overflows.",
    ],
)


@log_loss.right
def by_the_sign(z, y):
    return np.logaddexp(0, np.where(y == 1, -z, z)).mean()


@log_loss.right
def with_the_maximum_taken_out(z, y):
    softplus = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return np.sum(softplus - y * z) / len(y)


@log_loss.mistake(
    "For large logits σ(z) is rounded to exactly 0 or 1, and its logarithm is infinite; "
    "start from the logits."
)
def logarithm_of_the_sigmoid(z, y):
    p = _sigmoid(z)
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))


@log_loss.mistake(
    "Probabilities were clipped before the logarithm: the loss of a sure and wrong "
    "answer is cut off, where it should grow with |z|."
)
def clipped(z, y):
    p = np.clip(_sigmoid(z), 1e-15, 1 - 1e-15)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@log_loss.mistake("This is the sum over the examples; the loss is their mean.")
def summed(z, y):
    return np.sum(np.logaddexp(0, z) - y * z)


@log_loss.mistake(
    "The labels are swapped: this charges the probability of what did not happen."
)
def labels_swapped(z, y):
    return np.mean(np.logaddexp(0, z) - (1 - y) * z)


@log_loss.mistake("Only the examples with y = 1 are charged; those with y = 0 pay too.")
def only_the_ones(z, y):
    return np.mean(y * np.logaddexp(0, -z))


@log_loss.mistake("This is in bits (logarithm to base 2); we use the natural one.")
def in_bits(z, y):
    return np.mean(np.logaddexp(0, z) - y * z) / np.log(2)


# -- gradient(w, b, X, y) -------------------------------------------------------------

_labels = A([1, 0, 1])

gradient = Question(
    "gradient",
    inputs=[(_w, _b, _X, _labels), (A([0.0, 0.0]), 0.0, _X, _labels)],
    hints=[
        "The error of each example is p − y, with p = σ(X w + b).",
        "Each weight's slope is the mean of error times input: X.T @ error / N.",
        "The bias has the input 1, so its slope is the mean of the errors.",
    ],
)


@gradient.right
def with_a_loop(w, b, X, y):
    dw, db = np.zeros_like(w), 0.0
    for x_i, y_i in zip(X, y, strict=True):
        error = _sigmoid(x_i @ w + b) - y_i
        dw, db = dw + error * x_i / len(y), db + error / len(y)
    return dw, db


@gradient.right
def with_means(w, b, X, y):
    error = _sigmoid(X @ w + b) - y
    return (error[:, None] * X).mean(axis=0), error.mean()


@gradient.mistake("These are sums over the examples; divide by N.")
def not_divided(w, b, X, y):
    error = _sigmoid(X @ w + b) - y
    return X.T @ error, error.sum()


@gradient.mistake(
    "The sign is reversed (y − p): a step along it would go downhill, but the question "
    "asks for the slope itself."
)
def downhill(w, b, X, y):
    error = y - _sigmoid(X @ w + b)
    return X.T @ error / len(y), error.mean()


@gradient.mistake(
    "There is a factor p (1 − p) too many: that is the slope of the squared error; in the "
    "log-loss it cancels."
)
def squared_error(w, b, X, y):
    p = _sigmoid(X @ w + b)
    error = (p - y) * p * (1 - p)
    return X.T @ error / len(y), error.mean()


@gradient.mistake("This is what you get when the bias is left out of the logit.")
def bias_forgotten_in_z(w, b, X, y):
    error = _sigmoid(X @ w) - y
    return X.T @ error / len(y), error.mean()


@gradient.mistake(
    "The bias has a slope too: its input is 1, so it is the mean of the errors."
)
def bias_without_slope(w, b, X, y):
    return X.T @ (_sigmoid(X @ w + b) - y) / len(y), 0.0


# -- interaction(p) -------------------------------------------------------------------

interaction = Question(
    "interaction",
    inputs=[
        (A([[0.5, 0.8], [0.9, 0.2]]),),
        (A([[0.1, 0.3], [0.4, 0.85]]),),
        (_sigmoid(A([[-1.0, 1.0], [0.5, 2.5]])),),  # no interaction in the logit
    ],
    hints=[
        "Turn the four probabilities into logits first: log(p / (1 − p)).",
        "Then the effect of x2 where x1 = 1, minus its effect where x1 = 0.",
    ],
)


@interaction.right
def by_log_odds_ratio(p):
    odds = p / (1 - p)
    return np.log(odds[1, 1] * odds[0, 0] / (odds[1, 0] * odds[0, 1]))


@interaction.right
def by_differences(p):
    return float(np.diff(np.diff(np.log(p) - np.log1p(-p), axis=1), axis=0).item())


@interaction.mistake(
    "The contrast was taken of the probabilities; the sigmoid bends them, so take logits."
)
def of_probabilities(p):
    return p[1, 1] - p[1, 0] - p[0, 1] + p[0, 0]


@interaction.mistake("This is log p, not the logit: the 1 − p is missing.")
def of_logarithms(p):
    z = np.log(p)
    return z[1, 1] - z[1, 0] - z[0, 1] + z[0, 0]


@interaction.mistake("This is the ratio of the odds; its logarithm is asked for.")
def odds_ratio(p):
    odds = p / (1 - p)
    return odds[1, 1] * odds[0, 0] / (odds[1, 0] * odds[0, 1])


@interaction.mistake("The two effects were added; an interaction is their difference.")
def added_effects(p):
    z = np.log(p / (1 - p))
    return (z[1, 1] - z[1, 0]) + (z[0, 1] - z[0, 0])


@interaction.mistake("The sign is reversed: where x1 = 1 minus where x1 = 0.")
def reversed_sign(p):
    return -by_log_odds_ratio(p)
