"""What is known of the lines that lesson 11 leaves to the learner."""

import numpy as np

from course_lib.classroom.questions import Question

A = np.array

# -- windows(s, p) --------------------------------------------------------------------

windows = Question(
    "windows",
    [
        (A([3.0, 1.0, 4.0, 1.5, 9.0, 2.0, 6.0]), 3),
        (A([0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0]), 2),
        (A([0.2, 0.7, 0.5, 0.9]), 1),
    ],
    [
        "The first window is s[0:p], and what comes next is s[p].",
        "A window that starts at t ends before t + p; the last one still needs a next "
        "light, so there are len(s) - p of them.",
    ],
)


def _cut(s, p, first=0, last=0, shift=0):
    """Windows from the first to the last start, each moved by shift."""
    starts = range(first, len(s) - p + last)
    return A([s[t + shift : t + shift + p] for t in starts])


@windows.right
def by_the_end_of_each(s, p):
    X = [s[t - p : t] for t in range(p, len(s))]
    return A(X), A([s[t] for t in range(p, len(s))])


@windows.right
def by_columns(s, p):
    M = len(s) - p
    return np.stack([s[k : k + M] for k in range(p)], axis=1), s[p:]


@windows.right
def by_a_view(s, p):
    return np.lib.stride_tricks.sliding_window_view(s[:-1], p), s[p:]


@windows.mistake(
    "There is one window too many: nothing comes after the last p lights, so they are "
    "no question."
)
def one_too_many(s, p):
    return _cut(s, p, last=1), s[p:]


@windows.mistake(
    "The last window is missing: the one that ends just before the last light counts "
    "too."
)
def one_too_few(s, p):
    return _cut(s, p, last=-1), s[p:-1]


@windows.mistake(
    "The last window is missing, though its next light is there: range(len(s) - p) "
    "ends by itself before len(s) - p."
)
def a_window_too_few(s, p):
    return _cut(s, p, last=-1), s[p:]


@windows.mistake("The next light is the last one of the window itself; it is s[t + p].")
def target_in_the_window(s, p):
    return _cut(s, p), s[p - 1 : -1]


@windows.mistake(
    "The windows are one light too late: each holds the light that it is to predict."
)
def holds_its_target(s, p):
    return _cut(s, p, shift=1), s[p:]


@windows.mistake(
    "t runs from p on, so it is where a window ends: s[t - p : t], and its next light "
    "is s[t]."
)
def ends_for_starts(s, p):
    return A([s[t : t + p] for t in range(p, len(s))]), s[p:]


@windows.mistake(
    "The windows are one light too long, p + 1: the next light is in them, too."
)
def one_too_long(s, p):
    return A([s[t : t + p + 1] for t in range(len(s) - p)]), s[p:]


@windows.mistake("The windows are one light too short: s[t : t + p] holds p lights.")
def one_too_short(s, p):
    return A([s[t : t + p - 1] for t in range(len(s) - p)]), s[p:]


@windows.mistake(
    "The next light is one too late: what follows s[t : t + p] is s[t + p]."
)
def target_too_late(s, p):
    return _cut(s, p, last=-1), s[p + 1 :]


@windows.mistake(
    "The next lights are s[p:], and here is one too few: s[p + 1 :] leaves out the "
    "first."
)
def targets_too_late(s, p):
    return _cut(s, p), s[p + 1 :]


@windows.mistake(
    "s[1:] is what follows each single light; after windows of p lights it is s[p:]."
)
def targets_of_single_lights(s, p):
    return _cut(s, p), s[1:]


@windows.mistake(
    "These are the lights with which the windows begin; what follows them is s[p:]."
)
def first_for_next(s, p):
    return _cut(s, p), s[:-p]


@windows.mistake("The newest light stands first in each window; the oldest should.")
def newest_first(s, p):
    return _cut(s, p)[:, ::-1], s[p:]


@windows.mistake("The windows lie side by side; a new one begins at every light.")
def side_by_side(s, p):
    starts = range(0, len(s) - p, p)
    return A([s[t : t + p] for t in starts]), A([s[t + p] for t in starts])


@windows.mistake(
    "Windows side by side, one for every p lights; a new one begins at every light, as "
    "there is a next light for each."
)
def side_by_side_for_all(s, p):
    return A([s[t : t + p] for t in range(0, len(s) - p, p)]), s[p:]


@windows.mistake(
    "Here is one next light too many: it begins with s[p - 1], which is in the first "
    "window."
)
def targets_too_early(s, p):
    return _cut(s, p), s[p - 1 :]


@windows.mistake("This is one next light, s[p]; each window has one: s[p:].")
def one_target(s, p):
    return _cut(s, p), s[p]


@windows.mistake(
    "The windows are the columns here; each is a row, (len(s) - p, p). `.T` turns it."
)
def in_columns(s, p):
    return _cut(s, p).T, s[p:]


@windows.mistake(
    "The two stand in the other order: the windows first, then the lights."
)
def swapped(s, p):
    return s[p:], _cut(s, p)


@windows.mistake("The windows are right; the lights that follow, s[p:], are missing.")
def windows_only(s, p):
    return _cut(s, p)


@windows.mistake(
    "Every window is a single light, s[t]; it is the p lights from s[t] on."
)
def single_lights(s, p):
    return A([[s[t]] for t in range(len(s) - p)]), s[p:]


@windows.mistake(
    "The next lights have the shape (len(s) - p, 1); one number a window, (len(s) - "
    "p,)."
)
def targets_in_a_column(s, p):
    return _cut(s, p), s[p:, None]


@windows.mistake(
    "Starts run on to the end of s, where fewer than p lights are left: stop at len(s) "
    "- p."
)
def to_the_end(s, p):
    return A([s[t : t + p] for t in range(len(s))]), s[p:]


# -- through_time(x, h, dh, U) --------------------------------------------------------

X3 = A(
    [
        [[1.0, -0.5, 0.2], [0.3, 0.8, -1.0], [0.6, 0.1, 0.4]],
        [[-0.7, 0.9, 0.5], [1.1, -0.2, 0.3], [-0.4, 0.7, -0.6]],
        [[0.2, 0.4, -0.9], [-1.2, 0.5, 0.8], [0.9, -0.3, 0.1]],
    ]
)
H3 = A(
    [
        [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]],
        [[0.5, -0.3, 0.8], [0.1, 0.6, -0.4], [-0.7, 0.2, 0.3]],
        [[-0.2, 0.9, 0.4], [0.7, -0.5, 0.1], [0.3, 0.6, -0.8]],
        [[0.6, 0.2, -0.1], [-0.9, 0.4, 0.5], [0.2, -0.7, 0.3]],
    ]
)
DH3 = A(
    [
        [[0.3, -0.2, 0.1], [0.5, 0.4, -0.6], [-0.1, 0.2, 0.7]],
        [[-0.4, 0.1, 0.6], [0.2, -0.3, 0.5], [0.8, -0.5, 0.1]],
        [[0.7, 0.3, -0.2], [-0.6, 0.1, 0.4], [0.2, 0.9, -0.3]],
    ]
)
U3 = A([[0.7, 0.2, -0.5], [-0.4, 0.9, 0.1], [0.3, -0.6, 0.8]])

through_time = Question(
    "through_time",
    [  # one unit, three steps, blame at the end; then N = D = H; then all unlike
        (
            A([1.0, 0.0, 0.0]).reshape(3, 1, 1),
            A([0.0, 0.76, 0.36, 0.18]).reshape(4, 1, 1),
            A([0.0, 0.0, -0.82]).reshape(3, 1, 1),
            A([[0.5]]),
        ),
        (X3, H3, DH3, U3),
        (X3[:2, :, :1], H3[:3, :, 1:], DH3[:2, :, 1:], U3[1:, 1:]),
    ],
    [
        "A state is blamed twice: by its own answer, dh[t], and by the next state.",
        "dh[t] belongs to the state that step t made, h[t + 1]: slope 1 − h[t + 1]².",
        "What the step before is blamed for is delta @ U.T, (N, H) @ (H, H).",
    ],
)


def _loop(
    x, h, dh, U, *, back=lambda d, U: d @ U.T, slope=lambda h, t: 1 - h[t + 1] ** 2,
    delta=None, dW=lambda x, h, t, d: x[t].T @ d, dU=lambda x, h, t, d: h[t].T @ d,
    db=lambda d: d.sum(axis=0), forwards=False, blame=None, last_only=False,
):  # fmt: skip
    """The way back with one thing changed."""
    delta = delta or (lambda own, later, s: (own + later) * s)
    later, found = np.zeros_like(h[0]), []
    for t in range(len(x)) if forwards else reversed(range(len(x))):
        s = slope(h, t)
        d = delta(dh[t], later, s)
        found.append([dW(x, h, t, d), dU(x, h, t, d), db(d)])
        later = blame(dh[t], later, s, U) if blame else back(d, U)
    if last_only:
        return tuple(found[-1])
    return tuple(sum(parts) for parts in zip(*found, strict=True))


@through_time.right
def all_deltas_first(x, h, dh, U):
    T, N, H = dh.shape
    deltas = np.zeros((T + 1, N, H))
    for t in range(T - 1, -1, -1):
        deltas[t] = (dh[t] + deltas[t + 1] @ U.T) * (1 - h[t + 1] ** 2)
    deltas = deltas[:-1]
    dW = np.einsum("tnd,tnh->dh", x, deltas)
    return dW, np.einsum("tnk,tnh->kh", h[:-1], deltas), deltas.sum(axis=(0, 1))


@through_time.right
def sequence_by_sequence(x, h, dh, U):
    dW, dU, db = np.zeros((x.shape[2], len(U))), np.zeros(U.shape), np.zeros(len(U))
    for n in range(x.shape[1]):
        later = np.zeros(len(U))
        for t in range(len(x))[::-1]:
            delta = (dh[t, n] + later) * (1 - h[t + 1, n]) * (1 + h[t + 1, n])
            dW, dU = dW + np.outer(x[t, n], delta), dU + np.outer(h[t, n], delta)
            db, later = db + delta, U @ delta
    return dW, dU, db


@through_time.mistake(
    "No blame comes back from the step after: a state is at fault for all states that "
    "follow, too. Add what came back to dh[t]."
)
def step_by_step(x, h, dh, U):
    return _loop(x, h, dh, U, back=lambda d, U: 0 * d)


@through_time.mistake(
    "U is not transposed: blame travels against the signal, so it needs U.T. As U is "
    "square, the sizes do not tell."
)
def not_transposed(x, h, dh, U):
    return _loop(x, h, dh, U, back=lambda d, U: d @ U)


@through_time.mistake(
    "The slope is that of the state before, 1 − h[t]²; step t made h[t + 1]."
)
def slope_of_the_state_before(x, h, dh, U):
    return _loop(x, h, dh, U, slope=lambda h, t: 1 - h[t] ** 2)


@through_time.mistake("The slope of the tanh, 1 − h[t + 1]², is missing.")
def without_slope(x, h, dh, U):
    return _loop(x, h, dh, U, slope=lambda h, t: 1)


@through_time.mistake(
    "The slope came to one part only: it multiplies the sum of dh[t] and what came "
    "back (brackets)."
)
def slope_on_one_part(x, h, dh, U):
    return _loop(x, h, dh, U, delta=lambda own, later, s: own + later * s)


@through_time.mistake(
    "The slope came to dh[t] only; what came back from the next step needs it, too "
    "(brackets)."
)
def slope_on_the_own_part(x, h, dh, U):
    return _loop(x, h, dh, U, delta=lambda own, later, s: own * s + later)


@through_time.mistake(
    "What goes back left out the slope of this step: it is the delta, through U.T."
)
def blame_before_the_slope(x, h, dh, U):
    return _loop(x, h, dh, U, blame=lambda own, later, s, U: (own + later) @ U.T)


@through_time.mistake(
    "What came back was used up after one step: it goes back with the whole delta, not "
    "with dh[t] alone."
)
def one_step_back(x, h, dh, U):
    return _loop(x, h, dh, U, blame=lambda own, later, s, U: (own * s) @ U.T)


@through_time.mistake(
    "dh[t] alone went back; the whole delta does, with its slope and all that came "
    "back before."
)
def own_blame_only(x, h, dh, U):
    return _loop(x, h, dh, U, blame=lambda own, later, s, U: own @ U.T)


@through_time.mistake(
    "The slope 1 − h[t + 1]² came in twice on the way back: the delta has it already."
)
def slope_twice(x, h, dh, U):
    return _loop(
        x, h, dh, U, blame=lambda own, later, s, U: ((own + later) * s * s) @ U.T
    )


@through_time.mistake(
    "The blame went through U.T twice, on leaving a step and on coming to the next."
)
def twice_through(x, h, dh, U):
    return _loop(x, h, dh, U, back=lambda d, U: d @ U.T @ U.T)


@through_time.mistake(
    "What comes back piled up (+=): delta @ U.T has all of it already."
)
def piled_up(x, h, dh, U):
    return _loop(
        x, h, dh, U, blame=lambda own, later, s, U: later + ((own + later) * s) @ U.T
    )


@through_time.mistake("The blame went back without its weights; it passes through U.T.")
def weights_missing(x, h, dh, U):
    return _loop(x, h, dh, U, back=lambda d, U: d)


@through_time.mistake(
    "The loop runs forwards; blame starts at the last step: reversed(range(len(x)))."
)
def forwards(x, h, dh, U):
    return _loop(x, h, dh, U, forwards=True)


@through_time.mistake(
    "dU took the state after the step; what U multiplied is the state before, h[t]."
)
def dU_with_the_state_after(x, h, dh, U):
    return _loop(x, h, dh, U, dU=lambda x, h, t, d: h[t + 1].T @ d)


@through_time.mistake(
    "The slopes were overwritten at each step (=); W, U and b serve at all steps: add "
    "up (+=)."
)
def overwritten(x, h, dh, U):
    return _loop(x, h, dh, U, last_only=True)


@through_time.mistake("1 − h² is the slope of tanh; h (1 − h) is that of a sigmoid.")
def slope_of_a_sigmoid(x, h, dh, U):
    return _loop(x, h, dh, U, slope=lambda h, t: h[t + 1] * (1 - h[t + 1]))


@through_time.mistake("The slope of tanh is 1 − h², with a square.")
def square_forgotten(x, h, dh, U):
    return _loop(x, h, dh, U, slope=lambda h, t: 1 - h[t + 1])


@through_time.mistake("The slope of tanh is 1 − h², and not h² alone.")
def square_alone(x, h, dh, U):
    return _loop(x, h, dh, U, slope=lambda h, t: h[t + 1] ** 2)


@through_time.mistake("h has been through tanh already; here tanh was applied again.")
def squashed_again(x, h, dh, U):
    return _loop(x, h, dh, U, slope=lambda h, t: 1 - np.tanh(h[t + 1]) ** 2)


@through_time.mistake(
    "dU is transposed: h[t].T @ delta, a row is where a weight is from."
)
def dU_turned(x, h, dh, U):
    return _loop(x, h, dh, U, dU=lambda x, h, t, d: d.T @ h[t])


@through_time.mistake("dW is transposed: x[t].T @ delta is (D, H).")
def dW_turned(x, h, dh, U):
    return _loop(x, h, dh, U, dW=lambda x, h, t, d: d.T @ x[t])


@through_time.mistake(
    "dW and dU are both transposed: x[t].T @ delta and h[t].T @ delta."
)
def both_turned(x, h, dh, U):
    return _loop(
        x, h, dh, U, dW=lambda x, h, t, d: d.T @ x[t], dU=lambda x, h, t, d: d.T @ h[t]
    )


@through_time.mistake(
    "h[t] is not transposed: its columns must meet those of delta, h[t].T @ delta."
)
def h_upright(x, h, dh, U):
    return _loop(x, h, dh, U, dU=lambda x, h, t, d: h[t] @ d)


@through_time.mistake(
    "x[t] is not transposed: its columns must meet those of delta, x[t].T @ delta."
)
def x_upright(x, h, dh, U):
    return _loop(x, h, dh, U, dW=lambda x, h, t, d: x[t] @ d)


@through_time.mistake(
    "x[t] and h[t] are not transposed: x[t].T @ delta, h[t].T @ delta."
)
def both_upright(x, h, dh, U):
    return _loop(
        x, h, dh, U, dW=lambda x, h, t, d: x[t] @ d, dU=lambda x, h, t, d: h[t] @ d
    )


@through_time.mistake(
    "dU was overwritten at each step (=); U serves at all steps: add up (+=)."
)
def dU_overwritten(x, h, dh, U):
    dW, dU, db = _loop(x, h, dh, U)
    return dW, _loop(x, h, dh, U, last_only=True)[1], db


@through_time.mistake(
    "dW was overwritten at each step (=); W serves at all steps: add up (+=)."
)
def dW_overwritten(x, h, dh, U):
    dW, dU, db = _loop(x, h, dh, U)
    return _loop(x, h, dh, U, last_only=True)[0], dU, db


@through_time.mistake(
    "dU was made of the inputs, x[t]; U multiplied the state before, h[t]."
)
def dU_of_the_inputs(x, h, dh, U):
    return _loop(x, h, dh, U, dU=lambda x, h, t, d: np.zeros(U.shape) + x[t].T @ d)


@through_time.mistake(
    "dU took h[t - 1]; the state before step t is h[t], as h begins with the state "
    "before all steps."
)
def dU_one_step_late(x, h, dh, U):
    return _loop(x, h, dh, U, dU=lambda x, h, t, d: h[t - 1].T @ d)


@through_time.mistake(
    "All is 0: without dh[t] no blame ever comes in. Each step has some of its own."
)
def own_blame_missing(x, h, dh, U):
    return _loop(x, h, dh, U, delta=lambda own, later, s: later * s)


@through_time.mistake(
    "delta and U.T met entry by entry (*); the way back is a product, delta @ U.T."
)
def by_entries(x, h, dh, U):
    return _loop(x, h, dh, U, back=lambda d, U: d * U.T)


@through_time.mistake(
    "U stands before delta; the sequences are the rows, so it is delta @ U.T."
)
def U_first_(x, h, dh, U):
    return _loop(x, h, dh, U, back=lambda d, U: U @ d)


@through_time.mistake(
    "U.T stands before delta; the sequences are the rows: delta @ U.T."
)
def turned_U_first(x, h, dh, U):
    return _loop(x, h, dh, U, back=lambda d, U: U.T @ d)


@through_time.mistake("db is the mean over the sequences; it is their sum.")
def bias_averaged(x, h, dh, U):
    return _loop(x, h, dh, U, db=lambda d: d.mean(axis=0))


@through_time.mistake("db was summed over the units; sum over the sequences: axis=0.")
def bias_over_units(x, h, dh, U):
    return _loop(x, h, dh, U, db=lambda d: d.sum(axis=1))


@through_time.mistake("db still has a row for each sequence; add them up, sum(axis=0).")
def bias_not_summed(x, h, dh, U):
    return _loop(x, h, dh, U, db=lambda d: d)


@through_time.mistake("db was summed over everything; there is one for each unit.")
def bias_over_all(x, h, dh, U):
    return _loop(x, h, dh, U, db=np.sum)


@through_time.mistake(
    "Only the blame at the last step was sent back; every dh[t] joins on the way."
)
def last_blame_only(x, h, dh, U):
    only = np.zeros_like(dh)
    only[-1] = dh[-1]
    return _loop(x, h, only, U)


@through_time.mistake(
    "The slopes were divided by the number of steps; every use of W, U, b adds up."
)
def divided_by_T(x, h, dh, U):
    return tuple(part / len(x) for part in _loop(x, h, dh, U))


@through_time.mistake(
    "The slopes were divided by the number of sequences; the 1/N is in dh already."
)
def divided_by_N(x, h, dh, U):
    return tuple(part / x.shape[1] for part in _loop(x, h, dh, U))


@through_time.mistake("The sign is reversed: no minus here, it comes with the step.")
def reversed_sign(x, h, dh, U):
    return tuple(-part for part in _loop(x, h, dh, U))


@through_time.mistake(
    "What came back is subtracted; blame that arrives by two paths adds up."
)
def subtracted(x, h, dh, U):
    return _loop(x, h, dh, U, delta=lambda own, later, s: (own - later) * s)


# -- parity_step(x, h) ----------------------------------------------------------------

parity_step = Question(
    "parity_step",
    [
        (1, A([1, 0])),  # odd, and a 1: even, both fire
        (1, A([1, 1])),  # even, as both fired
        (0, A([1, 0])),
        (0, A([1, 1])),
        (1, A([0, 0])),
    ],
    [
        "Both units see one sum, x + or − and; one fires from 1 on, one from 2 on.",
        "h[0] is the or and h[1] the and of the step before.",
    ],
)


def _fire(*signals):
    return A([int(s) for s in signals])


@parity_step.right
def by_logic(x, h):
    odd = h[0] - h[1]
    return A([x | odd, x & odd])


@parity_step.right
def as_floats(x, h):
    return (x + h @ A([1, -1]) > A([0.5, 1.5])).astype(float)


@parity_step.right
def as_truths(x, h):
    odd = h[0] != h[1]
    return A([x >= 1 or odd, x >= 1 and odd])


@parity_step.mistake(
    "The and is missing in the sums: after two ones both units fire, and x + or alone "
    "cannot tell that from one."
)
def and_missing(x, h):
    z = x + h[0]
    return _fire(z > 0.5, z > 1.5)


@parity_step.mistake("The and is added; it takes away what the or says: − h[1].")
def and_added(x, h):
    z = x + h[0] + h[1]
    return _fire(z > 0.5, z > 1.5)


@parity_step.mistake("The two stand in the other order: [or, and].")
def swapped_(x, h):
    z = x + h[0] - h[1]
    return _fire(z > 1.5, z > 0.5)


@parity_step.mistake(
    "h[0] and h[1] are exchanged: h[0] is the or, which adds, h[1] the and, which "
    "takes away."
)
def read_the_wrong_way(x, h):
    z = x + h[1] - h[0]
    return _fire(z > 0.5, z > 1.5)


@parity_step.mistake(
    "Both thresholds are 0.5; the and fires only where the sum is 2, above 1.5."
)
def one_threshold(x, h):
    z = x + h[0] - h[1]
    return _fire(z > 0.5, z > 0.5)


@parity_step.mistake(
    "Both thresholds are 1.5; the or fires where the sum is 1 already, above 0.5."
)
def high_thresholds(x, h):
    z = x + h[0] - h[1]
    return _fire(z > 1.5, z > 1.5)


@parity_step.mistake("The bit that comes in, x, is missing in the sums.")
def bit_missing(x, h):
    z = h[0] - h[1]
    return _fire(z > 0.5, z > 1.5)


@parity_step.mistake(
    "The state before is missing: x alone says whether this bit is 1, not how many "
    "were."
)
def state_missing(x, h):
    return _fire(x > 0.5, x > 1.5)


@parity_step.mistake(
    "The and was made with the new or; both units see the state of the step before."
)
def new_or_used(x, h):
    new = int(x + h[0] - h[1] > 0.5)
    return _fire(new, x + new - h[1] > 1.5)


@parity_step.mistake("These are the sums; the units fire, 0 or 1, at a threshold.")
def without_threshold(x, h):
    z = x + h[0] - h[1]
    return A([z, z])


@parity_step.mistake(
    "The thresholds were taken off, but nothing fires: a unit is 1 where the sum is "
    "above its threshold, else 0."
)
def thresholds_subtracted(x, h):
    z = x + h[0] - h[1]
    return A([z - 0.5, z - 1.5])


@parity_step.mistake(
    "A unit that does not fire is 0 here, not −1 (np.sign would say −1, too)."
)
def minus_ones(x, h):
    z = x + h[0] - h[1]
    return np.where(z > A([0.5, 1.5]), 1, -1)


@parity_step.mistake(
    "This is the parity, one number; the new state [or, and] is asked for."
)
def the_parity(x, h):
    z = x + h[0] - h[1]
    return int(z > 0.5) - int(z > 1.5)


@parity_step.mistake("The units fire where the sum is above the threshold: >, not <.")
def turned_round(x, h):
    z = x + h[0] - h[1]
    return _fire(z < 0.5, z < 1.5)


@parity_step.mistake("The bit is taken away; x + or − and is the sum of both units.")
def bit_subtracted(x, h):
    z = h[0] - h[1] - x
    return _fire(z > 0.5, z > 1.5)


@parity_step.mistake(
    "Each unit sees only itself here; both see x and both units of the step before."
)
def each_by_itself(x, h):
    return _fire(x + h[0] > 0.5, x + h[1] > 1.5)


@parity_step.mistake(
    "The or comes without the and, and the and without the or; both see x + or − and."
)
def each_with_its_sign(x, h):
    return _fire(x + h[0] > 0.5, x - h[1] > 1.5)
