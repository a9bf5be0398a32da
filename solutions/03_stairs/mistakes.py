"""Exercise 03: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

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


@probability.mistake(
    "The bias ended up subtracted. Did a bracket get lost? In exp(−z) the minus belongs "
    "to the whole logit: −(X @ w + b)."
)
def bias_subtracted(X, w, b):
    return _sigmoid(X @ w - b)


@probability.mistake("These are the logits; they still have to go through the sigmoid.")
def only_the_logit(X, w, b):
    return X @ w + b


@probability.mistake("These are decisions (0 or 1); the question asks how sure.")
def decisions(X, w, b):
    return (X @ w + b > 0).astype(float)


@probability.mistake("The bias was added after the sigmoid; it belongs inside.")
def bias_outside(X, w, b):
    return _sigmoid(X @ w) + b


@probability.mistake("This is tanh, from −1 to 1; the sigmoid goes from 0 to 1.")
def tanh(X, w, b):
    return np.tanh(X @ w + b)


@probability.mistake(
    "These add up to 1 over the examples (a softmax); each example has its own sigmoid."
)
def softmax(X, w, b):
    z = np.exp(X @ w + b)
    return z / z.sum()


@probability.mistake("1 / 1 + … is 1 + …: the sum below the line needs brackets.")
def bracket_below_forgotten(X, w, b):
    return 1 / 1 + np.exp(-(X @ w + b))


@probability.mistake("This is the slope of the sigmoid, p (1 − p), not p itself.")
def slope(X, w, b):
    p = _sigmoid(X @ w + b)
    return p * (1 - p)


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
    "Somewhere exp overflowed, or σ(z) was rounded to exactly 0 or 1; look for a form of "
    "log(1 + exp(z)) that does neither."
)
def logarithm_of_the_sigmoid(z, y):
    p = _sigmoid(z)
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))


@log_loss.mistake(
    "A loss is never negative: the minus sign before the logarithm is missing."
)
def negative(z, y):
    return -np.mean(np.logaddexp(0, z) - y * z)


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


@log_loss.mistake("This is the squared error of the probabilities, not the log-loss.")
def squared(z, y):
    return np.mean((_sigmoid(z) - y) ** 2)


@log_loss.mistake("Only the examples with y = 0 are charged; those with y = 1 pay too.")
def only_the_zeros(z, y):
    return np.mean((1 - y) * np.logaddexp(0, z))


@log_loss.mistake(
    "Each class was averaged on its own; the loss is one mean over all examples."
)
def mean_of_class_means(z, y):
    losses = np.logaddexp(0, z) - y * z
    return (losses[y == 1].mean() + losses[y == 0].mean()) / 2


@log_loss.mistake("The logits were used as probabilities; σ(z) is missing.")
def logits_as_probabilities(z, y):
    return -np.mean(np.log(np.where(y == 1, z, 1 - z)))


CUT = "the loss of a sure and wrong answer is cut off, where it should grow with |z|."


def _clipped(z, y, size):
    """Clipping at size and adding size give the same loss, but for digits not compared."""
    p = np.clip(_sigmoid(z), size, 1 - size)
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))


def _logits_clipped(z, y, size):
    z = np.clip(z, -size, size)
    return np.mean(np.logaddexp(0, z) - y * z)


@log_loss.mistake(f"Probabilities were kept from 0 by 1e-15: {CUT}")
def clipped_at_1e_15(z, y):
    return _clipped(z, y, 1e-15)


@log_loss.mistake(f"Probabilities were kept from 0 by 1e-12: {CUT}")
def clipped_at_1e_12(z, y):
    return _clipped(z, y, 1e-12)


@log_loss.mistake(f"Probabilities were kept from 0 by 1e-10: {CUT}")
def clipped_at_1e_10(z, y):
    return _clipped(z, y, 1e-10)


@log_loss.mistake(f"Probabilities were kept from 0 by 1e-09: {CUT}")
def clipped_at_1e_09(z, y):
    return _clipped(z, y, 1e-09)


@log_loss.mistake(f"Probabilities were kept from 0 by 1e-08: {CUT}")
def clipped_at_1e_08(z, y):
    return _clipped(z, y, 1e-08)


@log_loss.mistake(f"Probabilities were kept from 0 by 1e-07: {CUT}")
def clipped_at_1e_07(z, y):
    return _clipped(z, y, 1e-07)


@log_loss.mistake(f"The logits were clipped at ±20: {CUT}")
def logits_clipped_at_20(z, y):
    return _logits_clipped(z, y, 20)


@log_loss.mistake(f"The logits were clipped at ±30: {CUT}")
def logits_clipped_at_30(z, y):
    return _logits_clipped(z, y, 30)


@log_loss.mistake(f"The logits were clipped at ±50: {CUT}")
def logits_clipped_at_50(z, y):
    return _logits_clipped(z, y, 50)


@log_loss.mistake(f"The logits were clipped at ±100: {CUT}")
def logits_clipped_at_100(z, y):
    return _logits_clipped(z, y, 100)


@log_loss.mistake(f"The logits were clipped at ±500: {CUT}")
def logits_clipped_at_500(z, y):
    return _logits_clipped(z, y, 500)


@log_loss.mistake(f"The logits were clipped at ±700: {CUT}")
def logits_clipped_at_700(z, y):
    return _logits_clipped(z, y, 700)


@log_loss.mistake(f"The logits were clipped at ±709: {CUT}")
def logits_clipped_at_709(z, y):
    return _logits_clipped(z, y, 709)


@log_loss.mistake(
    "These are the losses of the single examples; the loss is their mean."
)
def one_by_one(z, y):
    return np.logaddexp(0, z) - y * z


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


@interaction.mistake("This is the logarithm to base 10; the logit has the natural one.")
def decimal_logarithm(p):
    return by_log_odds_ratio(p) / np.log(10)


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


@interaction.mistake(
    "The sign was lost: an interaction may be negative; take no absolute value."
)
def absolute(p):
    return abs(by_log_odds_ratio(p))


@interaction.mistake("A bracket is missing: minus (z01 − z00) is minus z01 *plus* z00.")
def bracket_forgotten(p):
    z = np.log(p / (1 - p))
    return z[1, 1] - z[1, 0] - z[0, 1] - z[0, 0]


@interaction.mistake("The logarithm goes over the whole fraction: log(p / (1 − p)).")
def logarithm_above_only(p):
    z = np.log(p) / (1 - p)
    return z[1, 1] - z[1, 0] - z[0, 1] + z[0, 0]


@interaction.mistake("This is the logarithm to base 2; the logit has the natural one.")
def binary_logarithm(p):
    return by_log_odds_ratio(p) / np.log(2)


@interaction.mistake(
    "This is the effect of x2 where x1 = 1 alone; subtract that where x1 = 0."
)
def one_effect_only(p):
    z = np.log(p / (1 - p))
    return z[1, 1] - z[1, 0]


@interaction.mistake(
    "These are odds, p / (1 − p), not logits: the logarithm is missing."
)
def of_odds(p):
    z = p / (1 - p)
    return z[1, 1] - z[1, 0] - z[0, 1] + z[0, 0]


# -- fit(X, y, lr, n_epochs) ----------------------------------------------------------

_labels = A([1, 0, 1])

fit = Question(
    "fit",
    inputs=[(_X, _labels, 0.5, 4), (_X, _labels, 2.0, 1)],
    hints=[
        "In each epoch: the logits z = X w + b, the loss, the error p − y of each example.",
        "Each weight's slope is the mean of error times input: X.T @ error / N.",
        "The bias has the input 1, so its slope is the mean of the errors.",
        "Step downhill: subtract lr times the slope from w and from b.",
    ],
)


def _fit(X, y, lr, n_epochs, step, bias=True, before=True):
    """Descent with any step (X, error, p) -> (dw, db); losses before or after it."""
    w, b, losses = np.zeros(X.shape[1]), 0.0, []
    for _ in range(n_epochs):
        z = X @ w + b * bias
        loss = np.mean(np.logaddexp(0, z) - y * z)
        dw, db = step(X, _sigmoid(z) - y, _sigmoid(z))
        w, b = w - lr * dw, b - lr * db
        if not before:
            loss = np.mean(np.logaddexp(0, X @ w + b) - y * (X @ w + b))
        losses.append(loss)
    return {"w": w, "b": b, "losses": losses}


def _slopes(X, error, p):
    return X.T @ error / len(X), error.mean()


@fit.right
def with_means(X, y, lr, n_epochs):
    return _fit(
        X, y, lr, n_epochs, lambda X, e, p: ((e[:, None] * X).mean(0), e.mean())
    )


@fit.right
def with_the_bias_as_a_weight(X, y, lr, n_epochs):
    ones = np.column_stack([X, np.ones(len(X))])
    v, losses = np.zeros(ones.shape[1]), []
    for _ in range(n_epochs):
        z = ones @ v
        losses.append(float(np.mean(np.logaddexp(0, z) - y * z)))
        v = v - lr * ones.T @ (_sigmoid(z) - y) / len(y)
    return {"w": v[:-1], "b": v[-1], "losses": losses}


@fit.right
def with_an_array_of_losses(X, y, lr, n_epochs):
    answer = with_means(X, y, lr, n_epochs)
    return {**answer, "losses": A(answer["losses"])}


@fit.mistake("The slopes are sums over the examples; divide by N.")
def not_divided(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs, lambda X, e, p: (X.T @ e, e.sum()))


@fit.mistake("The slopes by the weights are sums over the examples; divide by N.")
def weights_not_divided(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs, lambda X, e, p: (X.T @ e, e.mean()))


@fit.mistake("The steps go uphill: subtract lr times the slope, with the error p − y.")
def uphill(X, y, lr, n_epochs):
    return _fit(X, y, -lr, n_epochs, _slopes)


@fit.mistake(
    "There is a factor p (1 − p) too many: that is the slope of the squared error; in the "
    "log-loss it cancels."
)
def squared_error(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs, lambda X, e, p: _slopes(X, e * p * (1 - p), p))


@fit.mistake("The bias never moves; its slope is the mean of the errors.")
def bias_without_slope(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs, lambda X, e, p: (X.T @ e / len(X), 0.0))


@fit.mistake("The bias is trained, but it is missing in the logit z = X w + b.")
def bias_missing_in_z(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs, _slopes, bias=False)


@fit.mistake("The losses are those after each step; keep the one before it.")
def losses_after_the_step(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs, _slopes, before=False)


@fit.mistake(
    "This is Rosenblatt's rule with a decision of 0 or 1 in the error; here every example "
    "counts by p − y."
)
def hard_decisions(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs, lambda X, e, p: _slopes(X, e - p + (p > 0.5), p))


@fit.mistake("The slope was subtracted without lr.")
def lr_forgotten(X, y, lr, n_epochs):
    return _fit(X, y, 1.0, n_epochs, _slopes)


@fit.mistake("The losses are sums over the examples; the loss is their mean.")
def summed_losses(X, y, lr, n_epochs):
    answer = _fit(X, y, lr, n_epochs, _slopes)
    return {**answer, "losses": [len(y) * loss for loss in answer["losses"]]}


@fit.mistake("It returned after the first epoch: the return stands inside the loop.")
def one_epoch(X, y, lr, n_epochs):
    return _fit(X, y, lr, 1, _slopes)


@fit.mistake("One epoch too many: range(n_epochs) already counts them.")
def one_epoch_more(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs + 1, _slopes)


@fit.mistake(
    "One loss too many: there is one an epoch, the one before its step, and none at the "
    "end."
)
def one_loss_more(X, y, lr, n_epochs):
    answer = _fit(X, y, lr, n_epochs, _slopes)
    longer = _fit(X, y, lr, n_epochs + 1, _slopes)
    return {**answer, "losses": longer["losses"]}


@fit.mistake(
    "The bias was stepped with an error that knew the new weights; take both slopes first."
)
def bias_after_the_weights(X, y, lr, n_epochs):
    w, b, losses = np.zeros(X.shape[1]), 0.0, []
    for _ in range(n_epochs):
        z = X @ w + b
        losses.append(np.mean(np.logaddexp(0, z) - y * z))
        w = w - lr * X.T @ (_sigmoid(z) - y) / len(y)
        b = b - lr * np.mean(_sigmoid(X @ w + b) - y)
    return {"w": w, "b": b, "losses": losses}


@fit.mistake("The slope by the bias is a sum over the examples; divide it by N.")
def bias_not_divided(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs, lambda X, e, p: (X.T @ e / len(X), e.sum()))


@fit.mistake("The bias goes uphill, the weights downhill: one sign is wrong.")
def bias_uphill(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs, lambda X, e, p: (X.T @ e / len(X), -e.mean()))


@fit.mistake("The weights go uphill, the bias downhill: one sign is wrong.")
def weights_uphill(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs, lambda X, e, p: (-X.T @ e / len(X), e.mean()))


@fit.mistake(
    "The mean error was multiplied by the mean input; multiply example by example, then "
    "take the mean."
)
def product_of_means(X, y, lr, n_epochs):
    return _fit(X, y, lr, n_epochs, lambda X, e, p: (X.mean(0) * e.mean(), e.mean()))


words = Words(
    "words",
    [
        "Does a sigmoid change a single decision? Then what does squeezing a score into 0 to 1 prove?",
        "What would you do with all the cases to which the model says about 0.9?",
        "Which score punishes being sure and wrong? What is its value for somebody who always states the base rate?",
        "Which single number could be refitted without changing a decision?",
    ],
)
