"""Exercise 09: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array

# -- crossover(a_1, r_1, a_2, r_2) ----------------------------------------------------

crossover = Question(
    "crossover",
    inputs=[(1.0, 5000.0, 40.0, 100000.0), (2.0, 800.0, 9.0, 1200.0)],
    hints=[
        "Set both times equal and solve for w.",
        "w (1 / r_1 - 1 / r_2) = a_2 - a_1.",
        "The question asks for n, and w = n³.",
    ],
)


def _work(a_1, r_1, a_2, r_2):
    return (a_2 - a_1) / (1 / r_1 - 1 / r_2)


@crossover.right
def over_one_denominator(a_1, r_1, a_2, r_2):
    return float(np.cbrt((a_2 - a_1) * r_1 * r_2 / (r_2 - r_1)))


@crossover.right
def by_bisection(a_1, r_1, a_2, r_2):
    low, high = 0.0, 1e6
    for _ in range(100):
        n = (low + high) / 2
        pays = a_2 + n**3 / r_2 < a_1 + n**3 / r_1
        low, high = (low, n) if pays else (n, high)
    return n


@crossover.mistake("This is the work w at the crossing; the size is its cube root.")
def work_for_size(*how):
    return _work(*how)


@crossover.mistake(
    "The square root was taken; two n × n matrices make n³ multiply-adds."
)
def square_root(*how):
    return _work(*how) ** 0.5


@crossover.mistake(
    "The fixed cost of device 1 was left out; only the difference counts."
)
def without_the_first_cost(a_1, r_1, a_2, r_2):
    return _work(0, r_1, a_2, r_2) ** (1 / 3)


@crossover.mistake(
    "The fixed costs were added; what device 2 must make up for is their difference."
)
def costs_added(a_1, r_1, a_2, r_2):
    return _work(-a_1, r_1, a_2, r_2) ** (1 / 3)


@crossover.mistake(
    "The work was taken to be free on device 2; it needs w / r_2 as well."
)
def no_work_on_device_2(a_1, r_1, a_2, r_2):
    return ((a_2 - a_1) * r_1) ** (1 / 3)


@crossover.mistake(
    "The rates were subtracted; the times per multiply-add, 1 / r, are what differs."
)
def rates_subtracted(a_1, r_1, a_2, r_2):
    return ((a_2 - a_1) * (r_2 - r_1)) ** (1 / 3)


@crossover.mistake("The rates were used as times; a multiply-add takes 1 / r.")
def rates_for_times(a_1, r_1, a_2, r_2):
    return ((a_2 - a_1) / (r_2 - r_1)) ** (1 / 3)


@crossover.mistake("This rounds the size to a whole number; return it as it is.")
def rounded(*how):
    return float(round(_work(*how) ** (1 / 3)))


@crossover.mistake("`w ** 1 / 3` is a third of w; the cube root is `w ** (1 / 3)`.")
def third_for_root(*how):
    return _work(*how) ** 1 / 3


@crossover.mistake(
    "This takes 2 n³ for the work; a multiplication with its addition counts once here."
)
def two_n_cubed(*how):
    return (_work(*how) / 2) ** (1 / 3)


# -- combined(g, n) -------------------------------------------------------------------

_g = A([[1.0, -2.0, 0.5], [4.0, 0.0, -1.0], [-3.0, 1.0, 2.0]])

combined = Question(
    "combined",
    inputs=[
        (_g, A([8, 2, 6])),
        (A([[2.0, 1.0], [np.nan, np.nan], [-1.0, 5.0]]), A([3, 0, 1])),
    ],
    hints=[
        "The sum of the losses of share s is n_s times its mean loss.",
        "So the whole gradient is the sum of n_s g_s, divided by the sum of the n_s.",
        "0 times nan is nan: leave shares of size 0 out before you multiply.",
    ],
)


def _given(g, n):
    return g[n > 0], n[n > 0]


@combined.right
def by_average(g, n):
    g, n = _given(g, n)
    return np.average(g, axis=0, weights=n)


@combined.right
def one_after_the_other(g, n):
    total = np.zeros(g.shape[1])
    for g_s, n_s in zip(g, n, strict=True):
        if n_s:
            total += n_s / n.sum() * g_s
    return total


@combined.mistake(
    "This is the plain mean of the shares; a small share counts as much as a large one."
)
def mean_of_means(g, n):
    return _given(g, n)[0].mean(axis=0)


@combined.mistake("The shares' means were added and not averaged.")
def sum_of_means(g, n):
    return _given(g, n)[0].sum(axis=0)


@combined.mistake(
    "This is the gradient of the sum of the losses; divide by all examples."
)
def sum_over_examples(g, n):
    g, n = _given(g, n)
    return n @ g


@combined.mistake("Divided by the number of shares; divide by the number of examples.")
def divided_by_shares(g, n):
    g, n = _given(g, n)
    return n @ g / len(n)


@combined.mistake("The weights are upside down: a larger share counts more, not less.")
def inverse_weights(g, n):
    g, n = _given(g, n)
    return np.average(g, axis=0, weights=1 / n)


@combined.mistake(
    "The sizes were multiplied along the columns; n_s belongs to row s: `n[:, None] * g`."
)
def sizes_along_columns(g, n):
    g, n = _given(g, n)
    return (g * n).sum(axis=0) / n.sum()


@combined.mistake("Only the largest share was used.")
def largest_share(g, n):
    return g[np.argmax(n)].copy()


@combined.mistake(
    "A share without examples spoils all: 0 times nan is nan. Leave it out."
)
def with_nan(g, n):
    return n @ g / n.sum()


@combined.mistake(
    "A share without examples still counts as one of the shares that are averaged."
)
def empty_share_as_zero(g, n):
    return np.nan_to_num(g).sum(axis=0) / len(n)


# -- early_stop(losses, patience) -----------------------------------------------------

early_stop = Question(
    "early_stop",
    inputs=[
        ([0.7, 1.0, 1.1, 0.5, 0.7, 0.5, 0.6, 1.1, 1.0, 0.4], 3),
        ([0.9, 0.8, 0.85, 0.7, 0.75], 4),
        ([0.5, 0.9, 0.3, 0.4, 0.2], 1),
    ],
    hints=[
        "Remember the best epoch so far; an equal loss is no improvement.",
        "After epoch k there have been k - best epochs without an improvement.",
        "Stop when that number has reached the patience; return this epoch and the best.",
    ],
)


def _dict(stopped, best):
    return {"stopped": stopped, "best": best}


def _walk(losses, patience, better=lambda loss, best: loss < best):
    best = 0
    for epoch, loss in enumerate(losses):
        if epoch and better(loss, losses[best]):
            best = epoch
        if epoch - best >= patience:
            break
    return _dict(epoch, best)


@early_stop.right
def by_counting(losses, patience):
    lowest, best, wait = float("inf"), 0, 0
    for epoch, loss in enumerate(losses):
        if loss < lowest:
            lowest, best, wait = loss, epoch, 0
        else:
            wait += 1
            if wait == patience:
                return _dict(epoch, best)
    return _dict(len(losses) - 1, best)


@early_stop.right
def by_prefixes(losses, patience):
    bests = [int(np.argmin(losses[: k + 1])) for k in range(len(losses))]
    waits = [k for k, best in enumerate(bests) if k - best == patience]
    stopped = waits[0] if waits else len(losses) - 1
    return _dict(stopped, bests[stopped])


@early_stop.mistake(
    "One epoch too many: stop when the patience is reached, not when it is exceeded."
)
def patience_exceeded(losses, patience):
    return _walk(losses, patience + 1)


@early_stop.mistake("One epoch too few: `patience` epochs may fail to improve.")
def patience_too_short(losses, patience):
    return _walk(losses, max(patience - 1, 0))


@early_stop.mistake(
    "“stopped” is the number of epochs that were run; the last one has this number less 1."
)
def number_of_epochs(losses, patience):
    answer = _walk(losses, patience)
    return answer | {"stopped": answer["stopped"] + 1}


@early_stop.mistake(
    "The last epoch is given back as the best one; the best was some epochs earlier."
)
def last_for_best(losses, patience):
    stopped = _walk(losses, patience)["stopped"]
    return _dict(stopped, stopped)


@early_stop.mistake(
    "The best epoch was looked for in all losses, also in those after the stop."
)
def best_of_all(losses, patience):
    return _walk(losses, patience) | {"best": int(np.argmin(losses))}


@early_stop.mistake("An equal loss was taken for an improvement; it must be below.")
def equal_improves(losses, patience):
    return _walk(losses, patience, lambda loss, best: loss <= best)


@early_stop.mistake(
    "Epochs without an improvement were counted in all; count them in a row, and begin "
    "again at 0 after an improvement."
)
def never_reset(losses, patience):
    best, wait = 0, 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch:
            wait += 1
        if wait == patience:
            break
    return _dict(epoch, best)


@early_stop.mistake(
    "Each loss was compared with the one before it; compare it with the best so far."
)
def with_the_one_before(losses, patience):
    wait = 0
    for epoch in range(1, len(losses)):
        wait = 0 if losses[epoch] < losses[epoch - 1] else wait + 1
        if wait == patience:
            break
    return _dict(epoch, int(np.argmin(losses[: epoch + 1])))


@early_stop.mistake("The epochs are counted from 1; the first one is epoch 0.")
def counted_from_one(losses, patience):
    return {name: epoch + 1 for name, epoch in _walk(losses, patience).items()}


@early_stop.mistake("The best loss was given back; asked for is its epoch.")
def loss_for_epoch(losses, patience):
    answer = _walk(losses, patience)
    return answer | {"best": losses[answer["best"]]}


@early_stop.mistake("The two are exchanged: stopped is the last epoch that was run.")
def swapped(losses, patience):
    return _dict(*reversed(_walk(losses, patience).values()))


@early_stop.mistake("This looks for the highest loss; lower is better.")
def highest(losses, patience):
    return _walk(losses, patience, lambda loss, best: loss > best)


# -- scaled_step(w, g, scale, good, lr, patience) -------------------------------------

_w = A([0.5, -1.0, 0.25, 2.0])
_small = A([3e-6, -2e-5, 4e-8, 8e-5])
_broken = A([3e-6, np.nan, 4e-8, 8e-5])

scaled_step = Question(
    "scaled_step",
    inputs=[
        (_w, _small, 2.0**14, 2, 1e4, 3),
        (_w, _small, 2.0**30, 2, 1e4, 3),
        (_w, _broken, 2.0**14, 1, 1e4, 3),
    ],
    hints=[
        'h = (scale * g).astype("float16"); np.isfinite(h) is False where it overflowed.',
        'For the step: h.astype("float32") / scale.',
        "Only after a good step: good + 1, and if that is patience, 2 * scale and 0.",
    ],
)


def _rounded(x):
    with np.errstate(over="ignore"):
        return x.astype("float16")


def _skipped(w, scale, factor=0.5, good=0):
    return {"w": w.copy(), "scale": factor * scale, "good": good}


def _step(w, g, scale, good, lr, patience, move=None, skipped=_skipped):
    """The right step, but for another move of the weights or another way to skip."""
    h = _rounded(scale * g)
    if not np.isfinite(h).all():
        return skipped(w, scale)
    w = w - lr * (h.astype("float32") / scale if move is None else move(h))
    if good + 1 == patience:
        return {"w": w, "scale": 2 * scale, "good": 0}
    return {"w": w, "scale": scale, "good": good + 1}


@scaled_step.right
def in_double_precision(w, g, scale, good, lr, patience):
    h = _rounded(scale * g).astype(float)
    if np.isnan(h).any() or np.isinf(h).any():
        return {"w": w + 0, "scale": scale / 2, "good": 0}
    good, w = good + 1, w - lr * (h / scale)
    grows = good >= patience
    return {"w": w, "scale": scale * (2 if grows else 1), "good": good * (not grows)}


@scaled_step.right
def entry_by_entry(w, g, scale, good, lr, patience):
    with np.errstate(over="ignore"):
        h = [float(np.float16(scale * g_i)) for g_i in g]
    if not all(abs(h_i) < float("inf") for h_i in h):
        return dict(w=w.copy(), scale=scale / 2, good=0)
    new = A([w_i - lr * h_i / scale for w_i, h_i in zip(w, h, strict=True)])
    if good + 1 < patience:
        return dict(w=new, scale=scale, good=good + 1)
    return dict(w=new, scale=2 * scale, good=0)


@scaled_step.mistake("The gradient was not divided by the scale.")
def not_unscaled(*how):
    return _step(*how, move=lambda h: h.astype("float32"))


@scaled_step.mistake(
    "The small entries were lost: the gradient was rounded to float16 without its scale, "
    "before it was multiplied or after it was divided."
)
def rounded_without_scale(w, g, scale, good, lr, patience):
    def move(h):
        return (h / np.float16(scale)).astype("float32")

    return _step(w, g, scale, good, lr, patience, move)


@scaled_step.mistake(
    "h is still float16 when it is divided by the scale and multiplied by lr; go back to "
    'float32 first: h.astype("float32") / scale.'
)
def divided_in_16_bits(w, g, scale, good, lr, patience):
    return _step(w, g, scale, good, lr, patience, lambda h: h / scale)


@scaled_step.mistake("The gradient was multiplied by the scale once more; divide.")
def scaled_again(w, g, scale, good, lr, patience):
    def move(h):
        return h.astype("float32") * scale

    return _step(w, g, scale, good, lr, patience, move)


@scaled_step.mistake(
    "Nothing was rounded to float16, so nothing can overflow either; round scale times g."
)
def never_rounded(w, g, scale, good, lr, patience):
    answer = _step(w, g, 1.0, good, lr, patience, lambda _: g)
    return answer | {"scale": answer["scale"] * scale}


@scaled_step.mistake(
    "Only the infinite entries were left out; the whole step must be, for one overflow "
    "spoils the direction."
)
def only_the_bad_entries(w, g, scale, good, lr, patience):
    h = _rounded(scale * g)
    kept = np.where(np.isfinite(h), h, 0).astype("float32") / scale
    return _step(w, g, scale, good, lr, patience) | {"w": w - lr * kept}


@scaled_step.mistake(
    "Only infinite entries leave the step out here; a nan must do so too: np.isfinite."
)
def only_infinity_tested(w, g, scale, good, lr, patience):
    h = _rounded(scale * g)
    if np.isinf(h).any():
        return _skipped(w, scale)
    answer = _step(w, np.nan_to_num(g), scale, good, lr, patience)
    return answer | {"w": w - lr * h.astype("float32") / scale}


@scaled_step.mistake("The step was made in spite of the infinite gradient.")
def steps_anyway(w, g, scale, good, lr, patience):
    h = _rounded(scale * g).astype("float32")
    return _step(w, g, scale, good, lr, patience) | {"w": w - lr * h / scale}


@scaled_step.mistake("After an overflow the scale stays as it was; halve it.")
def not_halved(*how):
    return _step(*how, skipped=lambda w, scale: _skipped(w, scale, 1))


@scaled_step.mistake("After an overflow the scale was doubled; halve it.")
def doubled_after_overflow(*how):
    return _step(*how, skipped=lambda w, scale: _skipped(w, scale, 2))


@scaled_step.mistake("After an overflow the count of good steps begins again at 0.")
def count_kept(w, g, scale, good, lr, patience):
    def skipped(w, scale):
        return _skipped(w, scale, good=good)

    return _step(w, g, scale, good, lr, patience, skipped=skipped)


@scaled_step.mistake(
    "After an overflow one good step was taken off the count; it begins again at 0."
)
def one_taken_off(w, g, scale, good, lr, patience):
    def skipped(w, scale):
        return _skipped(w, scale, good=max(good - 1, 0))

    return _step(w, g, scale, good, lr, patience, skipped=skipped)


@scaled_step.mistake(
    "The scale was doubled one step too late: at the step that makes `good` reach "
    "`patience`."
)
def doubled_late(w, g, scale, good, lr, patience):
    return _step(w, g, scale, good, lr, patience + 1)


@scaled_step.mistake("The scale is never doubled; so it could only fall.")
def never_doubled(w, g, scale, good, lr, patience):
    answer = _step(w, g, scale, good, lr, patience)
    return answer | {"scale": min(answer["scale"], scale)}


@scaled_step.mistake("After doubling, the count of good steps begins again at 0.")
def count_runs_on(w, g, scale, good, lr, patience):
    answer = _step(w, g, scale, good, lr, patience)
    return answer | ({"good": good + 1} if answer["scale"] > scale else {})


@scaled_step.mistake("The step goes up the hill: subtract lr times the gradient.")
def uphill(w, g, scale, good, lr, patience):
    return _step(w, g, scale, good, -lr, patience)


@scaled_step.mistake("The learning rate is missing from the step.")
def without_the_rate(w, g, scale, good, lr, patience):
    return _step(w, g, scale, good, 1.0, patience)


words = Words(
    "words",
    [
        "Does TensorFlow see the GPU at all, and does the work wait for data or for the GPU? What experiment tells the two apart?",
        "How does the time of a step change when the batch is doubled? What does it mean if it hardly does?",
        "What in a training loop makes the processor wait for the GPU in every step?",
    ],
)
