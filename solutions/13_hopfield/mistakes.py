"""Exercise 13: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array


# -- steepest(s, W) -------------------------------------------------------------------

_one = A(
    [
        [0.0, -0.25, -0.75, -0.75, 0.0],
        [-0.25, 0.0, 0.5, 0.25, 0.75],
        [-0.75, 0.5, 0.0, 0.0, 0.25],
        [-0.75, 0.25, 0.0, 0.0, 0.0],
        [0.0, 0.75, 0.25, 0.0, 0.0],
    ]
)
_two = A(
    [
        [0.0, -0.5, -0.75, -0.25, -0.75],
        [-0.5, 0.0, 0.5, 0.25, -0.5],
        [-0.75, 0.5, 0.0, 0.75, -0.25],
        [-0.25, 0.25, 0.75, 0.0, 0.5],
        [-0.75, -0.5, -0.25, 0.5, 0.0],
    ]
)
_alike = A(
    [
        [0.0, -1.0, 0.0, -0.75],
        [-1.0, 0.0, -0.5, -1.0],
        [0.0, -0.5, 0.0, -0.75],
        [-0.75, -1.0, -0.75, 0.0],
    ]
)
_content = A(
    [
        [0.0, 0.5, -1.0, 0.0],
        [0.5, 0.0, -1.0, 0.0],
        [-1.0, -1.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0],
    ]
)

steepest = Question(
    "steepest",
    inputs=[
        (A([-1.0, 1.0, 1.0, -1.0, -1.0]), _one),
        (A([1.0, -1.0, 1.0, 1.0, -1.0]), _two),
        (A([1.0, 1.0, -1.0, -1.0]), _alike),  # at first two flips are as good
        (A([1.0, 1.0, -1.0, 1.0]), _content),  # none is good; one field is 0
    ],
    hints=[
        "By how much does the energy change, when unit i flips? Only terms with s_i do: "
        "ΔE = 2 s_i h_i.",
        "All of the fields at once are W @ s; s * (W @ s) is below 0 where a flip pays.",
        "np.argmin gives the first of the smallest. After a flip all fields are others.",
        "Does the loop never end? Then a unit is flipped to and fro: one whose field is 0, "
        "or one that s_i h_i > 0 keeps where it was.",
    ],
)


def _energy(s, W):
    return -0.5 * s @ W @ s


def _first_least(gain, s, W):
    return np.argmin(gain)


def _path(s, W, pick=_first_least, rounds=50):
    """All states on the way down, (1 + flips, N); pick: one unit or several at once."""
    states = [s]
    for _ in range(rounds):
        gain = states[-1] * (W @ states[-1])
        if gain.min() >= 0:
            break
        new = states[-1].copy()
        new[pick(gain, new, W)] *= -1
        states.append(new)
    return A(states)


def _energies(states, W):
    return A([_energy(s, W) for s in states])


def _told(s, W, pick=_first_least):
    states = _path(s, W, pick)
    return states[-1], _energies(states, W)


@steepest.right
def by_trying_each(s, W):
    E = [_energy(s, W)]
    while True:
        turned = [np.where(np.arange(len(s)) == i, -s, s) for i in range(len(s))]
        after = [_energy(t, W) for t in turned]
        if not min(after) < E[-1]:
            return s, E
        s = turned[int(np.argmin(after))]
        E.append(min(after))


@steepest.right
def by_the_change(s, W):
    s, h, E = s.copy(), W @ s, [_energy(s, W)]
    while (s * h).min() < 0:
        i = int((s * h).argmin())
        E.append(E[-1] + 2 * s[i] * h[i])
        h = h - 2 * W[:, i] * s[i]
        s[i] *= -1
    return s, A(E)


@steepest.mistake(
    "The first unit that wants to flip was flipped; look at all, and take the one with "
    "the smallest s_i h_i."
)
def first_that_wants(s, W):
    return _told(s, W, lambda gain, s, W: np.argmax(gain < 0))


def _in_turn(s, W, every=False, once=False):
    """The units take turns, round after round; energies of flips or of all turns."""
    s, E = s.copy(), [_energy(s, W)]
    while (s * (W @ s)).min() < 0:
        for i in range(len(s)):
            flips = s[i] * (W[i] @ s) < 0
            s[i] *= -1 if flips else 1
            if flips or every:
                E.append(_energy(s, W))
        if once:
            break
    return s, A(E)


@steepest.mistake(
    "The units take turns here, 0, 1, 2, …; the one whose flip lowers the energy most "
    "is next, wherever it stands."
)
def in_turn(s, W):
    return _in_turn(s, W)


@steepest.mistake(
    "The units take turns, and each turn has an energy; look for the unit whose flip "
    "lowers the energy most, and keep one energy a flip."
)
def in_turn_every_energy(s, W):
    return _in_turn(s, W, every=True)


@steepest.mistake(
    "One round, in which each unit has its turn; instead, look for the best flip, and "
    "then look again until there is none."
)
def one_round(s, W):
    return _in_turn(s, W, once=True)


@steepest.mistake(
    "One round with an energy for each unit; one energy for each flip is asked for, and "
    "the best flip comes first."
)
def one_round_every_energy(s, W):
    return _in_turn(s, W, every=True, once=True)


@steepest.mistake("Only one flip was made: go on, while there is one that helps.")
def one_flip(s, W):
    states = _path(s, W, rounds=1)
    return states[-1], _energies(states, W)


@steepest.mistake(
    "The fields were computed once, for the start; after each flip they are others."
)
def old_fields(s, W):
    gain, s, E = s * (W @ s), s.copy(), [_energy(s, W)]
    for i in np.argsort(gain, kind="stable"):
        if gain[i] < 0:
            s[i] *= -1
            E.append(_energy(s, W))
    return s, A(E)


@steepest.mistake(
    "All that want to flip were flipped at once; that may even raise the energy. One "
    "flip, then look again."
)
def all_at_once(s, W):
    return _told(s, W, lambda gain, s, W: gain < 0)


@steepest.mistake(
    "All that wanted to flip at the start were flipped at once, and that was all."
)
def all_at_once_once(s, W):
    end = np.where(s * (W @ s) < 0, -s, s)
    return end, A([_energy(s, W), _energy(end, W)])


@steepest.mistake(
    "np.sign of all fields at once is the lesson's synchronous step (and turns a unit "
    "with the field 0 into a 0). One flip, then look again."
)
def signs(s, W):
    E = [_energy(s, W)]
    for _ in range(50):
        new = np.sign(W @ s)
        if np.array_equal(new, s):
            break
        s = new
        E.append(_energy(s, W))
    return s, A(E)


@steepest.mistake(
    "Where two flips lower the energy alike, the last was made; the first is meant."
)
def last_of_equals(s, W):
    return _told(s, W, lambda gain, s, W: len(gain) - 1 - np.argmin(gain[::-1]))


@steepest.mistake(
    "Where two flips lower the energy alike, both were made; it is one at a time, the "
    "first (and then the other may not pay any more)."
)
def equals_together(s, W):
    return _told(s, W, lambda gain, s, W: gain == gain.min())


@steepest.mistake(
    "The flip that lowers the energy least was made (the largest of what is below 0); "
    "the smallest s_i h_i is the steepest."
)
def gentlest(s, W):
    return _told(s, W, lambda gain, s, W: np.argmax(np.where(gain < 0, gain, -np.inf)))


@steepest.mistake(
    "The unit with the smallest field was taken; where s_i is -1, a small field is what "
    "it wants. s_i h_i says who wants to flip most."
)
def smallest_field(s, W):
    return _told(s, W, lambda gain, s, W: np.argmin(np.where(gain < 0, W @ s, np.inf)))


@steepest.mistake(
    "N flips were made, one after the other, wanted or not: stop where none lowers the "
    "energy."
)
def n_flips(s, W):
    s, E = s.copy(), [_energy(s, W)]
    for _ in range(len(s)):
        s[np.argmin(s * (W @ s))] *= -1
        E.append(_energy(s, W))
    return s, A(E)


@steepest.mistake(
    "The energies begin after the first flip; that of the start is first."
)
def without_the_start(s, W):
    end, E = _told(s, W)
    return end, E[1:]


@steepest.mistake(
    "The last energy is missing: add it after the flip, not only before the next one."
)
def without_the_end(s, W):
    end, E = _told(s, W)
    return end, E[:-1]


@steepest.mistake(
    "The last energy stands there twice: one for the start, and one for each flip."
)
def end_twice(s, W):
    end, E = _told(s, W)
    return end, A([*E, E[-1]])


@steepest.mistake(
    "The first energy stands there twice: one for the start, and one for each flip."
)
def start_twice(s, W):
    end, E = _told(s, W)
    return end, A([E[0], *E])


@steepest.mistake("The ½ of the energy is missing: each pair is in the sum twice.")
def without_half(s, W):
    end, E = _told(s, W)
    return end, 2 * E


@steepest.mistake("The sign of the energy: -½ s W s, and so it falls.")
def rising(s, W):
    end, E = _told(s, W)
    return end, -E


@steepest.mistake("The sign and the ½ of the energy: it is -½ s W s.")
def rising_without_half(s, W):
    end, E = _told(s, W)
    return end, -2 * E


@steepest.mistake(
    "A flip changes the energy by 2 s_i h_i, for s_i goes from +1 to -1 or back: two "
    "steps of 1. The 2 is missing."
)
def half_the_change(s, W):
    end, E = _told(s, W)
    return end, E[0] + (E - E[0]) / 2


@steepest.mistake(
    "The changes were added with the wrong sign: s_i h_i as it was before the flip is "
    "below 0; after it, above."
)
def changes_turned(s, W):
    end, E = _told(s, W)
    return end, 2 * E[0] - E


@steepest.mistake(
    "These are the changes, one a flip; the energies are asked for, the start's first."
)
def changes(s, W):
    end, E = _told(s, W)
    return end, np.diff(E)


@steepest.mistake("All of the energies are those of the start: s has changed since.")
def energies_of_the_start(s, W):
    end, E = _told(s, W)
    return end, np.full(len(E), E[0])


@steepest.mistake(
    "All of the energies are those of the end: a list that keeps s keeps the array, "
    "which goes on changing; keep its energy, or s.copy()."
)
def energies_of_the_end(s, W):
    end, E = _told(s, W)
    return end, np.full(len(E), E[-1])


@steepest.mistake("The last energy alone; all on the way are asked for, in an array.")
def last_energy(s, W):
    end, E = _told(s, W)
    return end, E[-1]


@steepest.mistake("The energies are right; the state is that of the start.")
def state_of_the_start(s, W):
    return s, _told(s, W)[1]


@steepest.mistake(
    "The two stand in the other order: first the state, then the energies."
)
def swapped(s, W):
    return _told(s, W)[::-1]


@steepest.mistake("The state is right; return the energies, too, as a pair: s, E.")
def state_only(s, W):
    return _told(s, W)[0]


@steepest.mistake("The energies are right; return the state, too, as a pair: s, E.")
def energies_only(s, W):
    return _told(s, W)[1]


@steepest.mistake("All states on the way; the last is asked for, and their energies.")
def all_states(s, W):
    states = _path(s, W)
    return states, _energies(states, W)


@steepest.mistake("The number of flips; their energies are asked for.")
def number_of_flips(s, W):
    end, E = _told(s, W)
    return end, len(E) - 1


@steepest.mistake(
    "The steepest way up: the flip with the largest s_i h_i raises the energy most."
)
def uphill(s, W):
    s, E = s.copy(), [_energy(s, W)]
    while np.max(s * (W @ s)) > 0:
        s[np.argmax(s * (W @ s))] *= -1
        E.append(_energy(s, W))
    return s, A(E)


@steepest.mistake(
    "Until nobody wants to flip, the unit with the smallest field was flipped, whether "
    "it wanted or not; s_i h_i, and not h_i, says who wants to flip most."
)
def smallest_field_of_all(s, W):
    return _told(s, W, lambda gain, s, W: np.argmin(W @ s))


@steepest.mistake(
    "Until nobody wants to flip, the unit with the strongest field was flipped, whether "
    "it wanted or not; s_i h_i says who wants to flip most."
)
def strongest_field(s, W):
    return _told(s, W, lambda gain, s, W: np.argmax(np.abs(W @ s)))


@steepest.mistake(
    "The order of the flips was settled at the start; after each flip look at all of "
    "the fields again."
)
def order_of_the_start(s, W):
    order, s, E = np.argsort(s * (W @ s), kind="stable"), s.copy(), [_energy(s, W)]
    for i in order:
        if s[i] * (W[i] @ s) < 0:
            s[i] *= -1
            E.append(_energy(s, W))
    return s, A(E)


@steepest.mistake(
    "One flip too many: it was made before it was known whether it lowers the energy."
)
def one_flip_too_many(s, W):
    s, E = s.copy(), [_energy(s, W)]
    while len(E) < 2 or E[-1] < E[-2]:
        s[np.argmin(s * (W @ s))] *= -1
        E.append(_energy(s, W))
    return s, A(E)


@steepest.mistake(
    "The first and the last energy; all of those in between are asked for, too."
)
def both_ends(s, W):
    end, E = _told(s, W)
    return end, E[[0, -1]] if len(E) > 1 else A([E[0], E[0]])


@steepest.mistake(
    "The energies are sums of fields; each field is first multiplied by its s_i: -½ s W "
    "s."
)
def sums_of_fields(s, W):
    states = _path(s, W)
    return states[-1], A([_energy(s, W), *(-0.5 * np.sum(W @ t) for t in states[1:])])


# -- scissors(W, X, share, u) ---------------------------------------------------------

_W4 = A(
    [
        [0.0, 0.5, 0.0, 0.75],
        [0.5, 0.0, 0.75, -0.25],
        [0.0, 0.75, 0.0, 0.75],
        [0.75, -0.25, 0.75, 0.0],
    ]
)
_u4 = A(
    [
        [0.25, 0.7, 0.85, 0.25],
        [0.1, 0.8, 0.2, 0.51],
        [0.8, 0.95, 0.8, 0.25],
        [0.65, 0.51, 0.45, 0.35],
    ]
)
_five = A(
    [
        [0.0, 0.75, 0.5, -0.5, 0.75],
        [0.75, 0.0, 0.75, -0.25, 0.75],
        [0.5, 0.75, 0.0, -0.75, 0.25],
        [-0.5, -0.25, -0.75, 0.0, 0.75],
        [0.75, 0.75, 0.25, 0.75, 0.0],
    ]
)
_u5 = A(
    [
        [0.5, 0.85, 0.5, 0.6, 0.3],
        [0.1, 0.05, 0.75, 0.95, 0.65],
        [0.15, 0.41000000000000003, 0.35, 0.2, 0.55],
        [0.15, 0.25, 0.25, 0.8, 0.45],
        [0.55, 0.95, 0.2, 0.35, 0.2],
    ]
)
_X4 = A(
    [
        [1.0, 1.0, 1.0, -1.0],
        [-1.0, -1.0, -1.0, 1.0],
        [1.0, 1.0, -1.0, 1.0],
        [-1.0, 1.0, 1.0, -1.0],
    ]
)
_X5 = A(
    [
        [-1.0, -1.0, -1.0, -1.0, -1.0],
        [-1.0, -1.0, -1.0, 1.0, -1.0],
        [1.0, 1.0, -1.0, -1.0, -1.0],
    ]
)
_W3 = A([[0.0, 1.0, -0.5], [1.0, 0.0, -0.5], [-0.5, -0.5, 0.0]])
_X3 = A([[1.0, 1.0, -1.0], [1.0, -1.0, 1.0]])

scissors = Question(
    "scissors",
    inputs=[
        (_W4, _X4, 0.5, _u4),  # P = N: no size gives a slip away
        (_five, _X5, 0.4, _u5),
        (_W3, _X3, 0.25, np.full((3, 3), 0.25)),  # on the border: nothing is cut
    ],
    hints=[
        "np.triu(…, 1) keeps what stands above the diagonal. Which pairs are kept?",
        "A table that says it of the pairs i < j, plus the same table turned (.T), says "
        "it of all.",
        "X @ left has the fields of all patterns; a unit wants to flip where x_i h_i is "
        "below 0, not where it is 0. np.all(…, axis=1) asks all units of each pattern.",
    ],
)


def _kept(share, u):
    kept = np.triu(u >= share, 1)
    return kept + kept.T


def _stable(X, left):
    return np.all(X * (X @ left) >= 0, axis=1)


def _cut(X, left, stable=_stable):
    return left, stable(X, left)


def _asked(W, X, share, u, stable):
    """The right weights, and another answer to what is stable."""
    return _cut(X, W * _kept(share, u), stable)


@scissors.right
def pair_by_pair(W, X, share, u):
    left = W.copy()
    for i in range(len(W)):
        for j in range(i + 1, len(W)):
            if u[i, j] < share:
                left[i, j] = left[j, i] = 0
    return left, [bool(min(x * (left @ x)) >= 0) for x in X]


@scissors.right
def by_a_symmetric_u(W, X, share, u):
    above = np.triu(u, 1)
    left = np.where(above + above.T < share, 0, W)
    h = X @ left
    return left, np.all(np.where(h == 0, X, np.sign(h)) == X, axis=1)


@scissors.right
def one_half_and_its_mirror(W, X, share, u):
    half = np.triu(W * (u >= share))
    return _cut(X, half + half.T)


@scissors.mistake(
    "Each entry of u had its own way, so that a connection may be cut in one direction "
    "and work in the other: W is no longer symmetric, and the energy may rise. Only u "
    "above the diagonal counts, for both directions."
)
def each_direction_by_itself(W, X, share, u):
    return _cut(X, W * (u >= share))


@scissors.mistake(
    "Cut and kept are exchanged: a pair is cut where u < share; what is kept has u ≥ "
    "share."
)
def kept_where_it_should_be_cut(W, X, share, u):
    return _cut(X, W * ~_kept(share, u))


@scissors.mistake(
    "Cut and kept are exchanged, and each direction had its own way: kept are pairs i < "
    "j with u_ij ≥ share, and both directions with them."
)
def exchanged_by_itself(W, X, share, u):
    return _cut(X, W * (u < share))


@scissors.mistake(
    "The entries below the diagonal were used; of the pair i < j it is u_ij, above it."
)
def below_the_diagonal(W, X, share, u):
    return _cut(X, W * _kept(share, u.T))


@scissors.mistake(
    "Only one half of W is left: the other direction of each connection is gone, too "
    "(np.triu has zeros below the diagonal, and 0 < share). Add the turned table: kept "
    "+ kept.T."
)
def one_half(W, X, share, u):
    return _cut(X, W * np.triu(u >= share, 1))


@scissors.mistake(
    "The connections were cut above the diagonal only; the way back, w_ji, still works."
)
def one_direction(W, X, share, u):
    return _cut(X, W * (np.triu(u >= share, 1) + np.tril(np.ones(W.shape), -1)))


@scissors.mistake(
    "A pair is cut here when u_ij or u_ji is small, which is about twice as likely; "
    "u_ij with i < j decides alone."
)
def either(W, X, share, u):
    return _cut(X, W * (u >= share) * (u.T >= share))


@scissors.mistake(
    "A pair is cut here when both u_ij and u_ji are small; u_ij with i < j decides "
    "alone."
)
def both(W, X, share, u):
    return _cut(X, W * ((u >= share) | (u.T >= share)))


@scissors.mistake(
    "The mean of u_ij and u_ji is no uniform number any more; u_ij with i < j decides "
    "alone."
)
def mean_of_both(W, X, share, u):
    return _cut(X, W * ((u + u.T) / 2 >= share))


@scissors.mistake(
    "On the border, u = share, nothing is cut: the sign is < (u may be 0, and then a "
    "share of 0 would cut)."
)
def border(W, X, share, u):
    return _cut(X, W * (np.triu(u > share, 1) + np.triu(u > share, 1).T))


@scissors.mistake(
    "What is left was made larger, by 1 / (1 - share), as dropout does; here it stays "
    "as it is."
)
def scaled_up(W, X, share, u):
    return _cut(X, W * _kept(share, u) / (1 - share))


@scissors.mistake("What is left was made smaller, by 1 - share; it stays as it is.")
def scaled_down(W, X, share, u):
    return _cut(X, W * _kept(share, u) * (1 - share))


@scissors.mistake(
    "The smallest weights were cut; it is chance that cuts here, u < share."
)
def weakest(W, X, share, u):
    return _cut(X, W * (np.abs(W) >= share))


@scissors.mistake(
    "All weights of a pair's units were cut; a cut takes one connection, not the units."
)
def whole_units(W, X, share, u):
    cut = np.triu(u < share, 1)
    alive = ~(cut.any(axis=0) | cut.any(axis=1))
    return _cut(X, W * np.outer(alive, alive))


@scissors.mistake(
    "The diagonal of u was used, and units were cut; a pair has its own u_ij."
)
def units_by_the_diagonal(W, X, share, u):
    return _cut(X, W * np.outer(np.diag(u) >= share, np.diag(u) >= share))


@scissors.mistake("The weights are as before: nothing was cut.")
def nothing_cut(W, X, share, u):
    return _cut(X, W.copy())


@scissors.mistake("These are the pairs that are kept, 0 or 1; multiply W by them.")
def table_of_pairs(W, X, share, u):
    return _cut(X, _kept(share, u))


@scissors.mistake(
    "The mean of both directions was taken, so that many connections have half of their "
    "weight; cut the pairs i < j, and both directions with each."
)
def mean_of_directions(W, X, share, u):
    return _cut(X, (W * (u >= share) + (W * (u >= share)).T) / 2)


@scissors.mistake(
    "u itself was put in: a connection is cut or stays as it is, W times 0 or 1."
)
def weighed(W, X, share, u):
    return _cut(X, W * u)


@scissors.mistake(
    "The share of weights with the smallest u was cut; each pair is cut by itself, where "
    "u < share, be it many or few."
)
def exact_share(W, X, share, u):
    pairs = np.triu_indices(len(W), 1)
    order = np.argsort(u[pairs], kind="stable")[: round(share * len(pairs[0]))]
    left = W.copy()
    for i, j in zip(pairs[0][order], pairs[1][order], strict=True):
        left[i, j] = left[j, i] = 0
    return _cut(X, left)


@scissors.mistake("The kept half was added to a W that is whole already.")
def half_added(W, X, share, u):
    half = np.triu(W * (u >= share), 1)
    return _cut(X, W + half)


@scissors.mistake(
    "The sum of both directions, each with its own u: only u above the diagonal counts, "
    "and what is kept stays as it is."
)
def sum_of_directions(W, X, share, u):
    left = W * (u >= share)
    return _cut(X, left + left.T)


@scissors.mistake("The weights that are cut have their sign turned; they become 0.")
def turned(W, X, share, u):
    return _cut(X, np.where(_kept(share, u) + np.eye(len(W)) > 0, W, -W))


@scissors.mistake(
    "The truths of which pairs are cut; the weights that are left are asked for."
)
def truths_of_cut(W, X, share, u):
    cut = np.triu(u < share, 1)
    return _cut(X, cut | cut.T)


@scissors.mistake(
    "Every weight was made smaller by the share; here each pair is cut or kept."
)
def all_smaller(W, X, share, u):
    return _cut(X, W * (1 - share))


@scissors.mistake(
    "The lower half of W is left, and the upper is gone: both directions of each kept "
    "pair stay."
)
def lower_half(W, X, share, u):
    return _cut(X, W * np.triu(u >= share, 1).T)


@scissors.mistake(
    "Each entry of u had its own way, and the border was cut, too: only u above the "
    "diagonal counts, for both directions, and u = share is kept."
)
def each_direction_and_border(W, X, share, u):
    return _cut(X, W * (u > share))


@scissors.mistake(
    "Cut and kept are exchanged, each direction had its own way, and the border fell on "
    "the wrong side: kept are pairs i < j with u_ij ≥ share."
)
def exchanged_by_itself_and_border(W, X, share, u):
    return _cut(X, W * (u <= share))


@scissors.mistake(
    "Cut and kept are exchanged: a pair is cut where u is below the share, not above it."
)
def cut_above_the_share(W, X, share, u):
    above = np.triu(u > share, 1)
    return _cut(X, W * ~(above | above.T))


@scissors.mistake(
    "The weights below the share were cut, the negative ones among them; it is chance "
    "that cuts here, u < share."
)
def smallest_weights(W, X, share, u):
    return _cut(X, np.where(W < share, 0, W))


@scissors.mistake(
    "The upper half has twice its weights; what it needs is its mirror: half + half.T."
)
def half_doubled(W, X, share, u):
    return _cut(X, 2 * np.triu(W * (u >= share)))


@scissors.mistake(
    "Each entry of u had its own way (only u above the diagonal counts, for both "
    "directions), and a field of 0 was taken for a wish to flip."
)
def each_direction_by_itself_and_ties(W, X, share, u):
    return _cut(X, W * (u >= share), lambda X, left: np.all(X * (X @ left) > 0, 1))


@scissors.mistake(
    "The weights are right. A unit whose field is 0 keeps its state: x_i h_i ≥ 0 is "
    "stable, and np.sign(0) is 0, no state at all."
)
def ties_flip(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.all(X * (X @ left) > 0, 1))


@scissors.mistake(
    "The weights are right. A field of 0 was taken for a minus; the unit keeps its "
    "state there, whichever it is."
)
def zero_is_minus(W, X, share, u):
    return _asked(
        W, X, share, u, lambda X, left: np.all(np.where(X @ left > 0, 1, -1) == X, 1)
    )


@scissors.mistake(
    "The weights are right. A field of 0 was taken for a plus; the unit keeps its "
    "state there, whichever it is."
)
def zero_is_plus(W, X, share, u):
    return _asked(
        W, X, share, u, lambda X, left: np.all(np.where(X @ left >= 0, 1, -1) == X, 1)
    )


@scissors.mistake(
    "The weights are right. One unit that is content is not enough: all have to be, "
    "np.all and not np.any."
)
def any_for_all(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.any(X * (X @ left) >= 0, 1))


@scissors.mistake(
    "The weights are right. Turned round: these are the patterns that are not stable."
)
def unstable(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: ~_stable(X, left))


@scissors.mistake(
    "The weights are right. Asked of each unit over the patterns, axis=0; each "
    "pattern is asked over its units, axis=1."
)
def over_the_patterns(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.all(X * (X @ left) >= 0, 0))


@scissors.mistake(
    "The weights are right. The patterns are the rows of X (with P = N the sizes do "
    "not tell): X @ left, not left @ X."
)
def patterns_in_columns(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.all(X * (left @ X) >= 0, 1))


@scissors.mistake(
    "The weights are right. One truth for all patterns; axis=1 gives one for each."
)
def one_truth(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.all(X * (X @ left) >= 0))


@scissors.mistake(
    "The weights are right. One truth for each unit, (P, N); np.all(…, axis=1) makes "
    "one for each pattern."
)
def each_unit(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: X * (X @ left) >= 0)


@scissors.mistake(
    "The weights are right. The number of patterns that are stable; a truth for each "
    "is asked for."
)
def how_many(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.sum(_stable(X, left)))


@scissors.mistake(
    "The weights are right. The share of units that are content; a pattern is stable "
    "where all are, True or False."
)
def share_of_units(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.mean(X * (X @ left) >= 0, 1))


@scissors.mistake(
    "The weights are right. x W x ≥ 0 says that the energy is not above 0, not that "
    "no unit wants to flip: ask each unit, then np.all."
)
def by_the_sum(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.sum(X * (X @ left), 1) >= 0)


@scissors.mistake(
    "The weights are right. An energy below 0 (or above) does not say that no unit "
    "wants to flip: ask each unit, then np.all."
)
def by_the_sign_of_the_energy(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.sum(X * (X @ left), 1) < 0)


@scissors.mistake(
    "The weights are right. These are the energies of the patterns; whether they are "
    "stable, each unit has to say: x_i h_i ≥ 0."
)
def energies(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: -0.5 * np.sum(X * (X @ left), 1))


@scissors.mistake(
    "The weights are right. The fields alone are above 0 where a unit should be +1, "
    "so multiply them by the pattern; x_i h_i ≥ 0 is where a unit does not want to "
    "flip."
)
def fields_alone(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.all(X @ left >= 0, 1))


@scissors.mistake(
    "The weights are right. This asks whether all units want to flip; stable is "
    "where none does, x_i h_i ≥ 0."
)
def all_want_to_flip(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.all(X * (X @ left) <= 0, 1))


@scissors.mistake(
    "The weights are right; what is stable was asked of the old W, not of what is left."
)
def asked_of_the_old(W, X, share, u):
    return W * _kept(share, u), _stable(X, W)


@scissors.mistake("The weights are right; add which patterns are stable: a pair.")
def weights_only(W, X, share, u):
    return W * _kept(share, u)


@scissors.mistake("Which are stable is right; the weights are to be returned first.")
def stable_only(W, X, share, u):
    return _stable(X, W * _kept(share, u))


@scissors.mistake("The two stand in the other order: first the weights.")
def swapped_pair(W, X, share, u):
    return _cut(X, W * _kept(share, u))[::-1]


@scissors.mistake(
    "The weights were computed again, by Hebb's rule from X; the net that is given may "
    "hold other things: cut the given W."
)
def hebb_again(W, X, share, u):
    return _cut(X, X.T @ X / len(W) * _kept(share, u))


@scissors.mistake(
    "The weights are right. A step of all units at once, (P, N); ask of each pattern "
    "whether no unit wants to flip, (P,)."
)
def a_step(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.sign(X @ left))


@scissors.mistake(
    "The weights are right. One truth for each unit, (P, N), and false where the field "
    "is 0; np.all(…, axis=1) makes one for each pattern, and a field of 0 flips nothing."
)
def each_unit_and_ties(W, X, share, u):
    return _asked(W, X, share, u, lambda X, left: np.sign(X @ left) == X)


# -- kernels(known, N, beta) ----------------------------------------------------------

kernels = Question(
    "kernels",
    inputs=[
        (A([2, 0]), 4, 0.5),  # as many unknown
        (A([1, 3, 0]), 3 + 1, 2.0),
        (A([2, 0, 1]), 3, 0.25),  # all are known, M = N
    ],
    hints=[
        "For a moment leave out the axis of the head: which W_q, (N, M), makes of s its "
        "known pixels, s[known]? np.eye(N) is a good place to start.",
        "The layer divides by √M. What has to stand in W_q, so that β is left?",
        "The answer has all pixels: what do W_v and W_o have to do with a pattern? A "
        "[:, None] puts an axis of size 1 in the middle.",
    ],
)


def _four(
    known, N, beta, *, factor=lambda known, N, beta: beta * np.sqrt(len(known)),
    key=1.0, pick=lambda known, N: np.eye(N)[:, known], value=None, out=None,
):  # fmt: skip
    """The four kernels with one thing changed."""
    picked, every = pick(known, N), np.eye(N)
    value = every if value is None else value
    out = every if out is None else out
    query = factor(known, N, beta) * picked
    return [query[:, None], (key * picked)[:, None], value[:, None], out[None]]


@kernels.right
def entry_by_entry(known, N, beta):
    M = len(known)
    W_q, W_k = np.zeros((N, 1, M)), np.zeros((N, 1, M))
    for m, pixel in enumerate(known):
        W_q[pixel, 0, m], W_k[pixel, 0, m] = beta * M**0.5, 1
    return W_q, W_k, np.eye(N).reshape(N, 1, N), np.eye(N).reshape(1, N, N)


@kernels.right
def by_comparing(known, N, beta):
    picked = (np.arange(N)[:, None, None] == known).astype(float)
    every = np.identity(N)
    query = np.where(picked == 1, beta * np.sqrt(known.size), 0)
    return [query, picked, np.expand_dims(every, 1), np.expand_dims(every, 0)]


@kernels.mistake(
    "The layer divides the products by √M, and what is left of β is β / √M: W_q has to "
    "make up for it, with β √M."
)
def root_forgotten(known, N, beta):
    return _four(known, N, beta, factor=lambda known, N, beta: beta)


@kernels.mistake(
    "Divided by √M, as the layer itself does; W_q has to make up for it, so multiply."
)
def root_divided(known, N, beta):
    return _four(
        known, N, beta, factor=lambda known, N, beta: beta / np.sqrt(len(known))
    )


@kernels.mistake(
    "√N for √M: the layer divides by the root of key_dim, and that is M, the number of "
    "known pixels."
)
def root_of_n(known, N, beta):
    return _four(known, N, beta, factor=lambda known, N, beta: beta * np.sqrt(N))


@kernels.mistake("M for √M: the layer divides by the root.")
def without_root(known, N, beta):
    return _four(known, N, beta, factor=lambda known, N, beta: beta * len(known))


@kernels.mistake("The root covers β as well; β √M is meant, and not √(β M).")
def root_of_both(known, N, beta):
    return _four(
        known, N, beta, factor=lambda known, N, beta: np.sqrt(beta * len(known))
    )


@kernels.mistake("β is missing: W_q has √M here, and with that β would be 1.")
def without_beta(known, N, beta):
    return _four(known, N, beta, factor=lambda known, N, beta: np.sqrt(len(known)))


@kernels.mistake(
    "W_q has ones here: with them the products are divided by √M, and not multiplied "
    "by β."
)
def ones(known, N, beta):
    return _four(known, N, beta, factor=lambda known, N, beta: 1.0)


@kernels.mistake("Divided by β; a large β makes the choice sharp, so it multiplies.")
def by_beta(known, N, beta):
    return _four(
        known, N, beta, factor=lambda known, N, beta: np.sqrt(len(known)) / beta
    )


@kernels.mistake(
    "β √M stands in W_q and in W_k; query and key are multiplied, so it counts twice. "
    "W_k has ones."
)
def factor_in_both(known, N, beta):
    return _four(known, N, beta, key=beta * np.sqrt(len(known)))


@kernels.mistake(
    "β stands in W_q and in W_k; query and key are multiplied, so it counts twice (and "
    "√M is missing)."
)
def beta_in_both(known, N, beta):
    return _four(known, N, beta, factor=lambda known, N, beta: beta, key=beta)


@kernels.mistake(
    "The factor is shared out between W_q and W_k. The layer would answer the same, but "
    "all of it is asked for in W_q."
)
def shared_out(known, N, beta):
    root = np.sqrt(beta * np.sqrt(len(known)))
    return _four(known, N, beta, factor=lambda known, N, beta: root, key=root)


@kernels.mistake(
    "√M stands in W_k and β in W_q. The layer would answer the same, but all of it is "
    "asked for in W_q."
)
def root_at_the_key(known, N, beta):
    root = np.sqrt(len(known))
    return _four(known, N, beta, factor=lambda known, N, beta: beta, key=root)


@kernels.mistake(
    "The factor stands in the second array, that of the key. The layer would answer the "
    "same, but it is asked for in the first, W_q."
)
def factor_at_the_key(known, N, beta):
    factor = beta * np.sqrt(len(known))
    return _four(known, N, beta, factor=lambda known, N, beta: 1.0, key=factor)


@kernels.mistake(
    "W_v lets only the known pixels through; they are what is compared, but the answer "
    "has all pixels."
)
def known_values(known, N, beta):
    return _four(known, N, beta, value=np.diag(np.isin(np.arange(N), known) * 1.0))


@kernels.mistake(
    "W_o lets only the known pixels through; they are what is compared, but the answer "
    "has all pixels."
)
def known_output(known, N, beta):
    return _four(known, N, beta, out=np.diag(np.isin(np.arange(N), known) * 1.0))


@kernels.mistake(
    "W_v and W_o let only the known pixels through; the answer has all pixels."
)
def known_everywhere(known, N, beta):
    only = np.diag(np.isin(np.arange(N), known) * 1.0)
    return _four(known, N, beta, value=only, out=only)


@kernels.mistake(
    "W_v picks the known pixels, (N, 1, M); the answer has all of them: it passes on "
    "the pattern as it is, (N, 1, N)."
)
def picked_values(known, N, beta):
    return _four(known, N, beta, value=np.eye(N)[:, known])


@kernels.mistake(
    "The axis of the head is missing: [:, None] puts an axis of size 1 in the middle, "
    "and [None] one in front."
)
def without_heads(known, N, beta):
    W_q, W_k, W_v, W_o = _four(known, N, beta)
    return [W_q[:, 0], W_k[:, 0], W_v[:, 0], W_o[0]]


@kernels.mistake(
    "The axis of the head stands in front; in the first three it stands in the middle, "
    "(N, 1, M)."
)
def heads_first(known, N, beta):
    return [np.swapaxes(W, 0, 1) for W in _four(known, N, beta)[:3]] + [np.eye(N)[None]]


@kernels.mistake(
    "The axis of the head stands in the middle of W_o, too; there it comes first, (1, "
    "N, N)."
)
def output_like_the_others(known, N, beta):
    return _four(known, N, beta)[:3] + [np.eye(N)[:, None]]


@kernels.mistake(
    "The axis of the head stands last; in the middle, (N, 1, M), is right."
)
def heads_last(known, N, beta):
    return [np.swapaxes(W, 1, 2) for W in _four(known, N, beta)[:3]] + [np.eye(N)[None]]


@kernels.mistake(
    "np.eye(N)[known] has a row for each known pixel, (M, N); a column for each, (N, "
    "M), is np.eye(N)[:, known]."
)
def rows_for_columns(known, N, beta):
    return _four(known, N, beta, pick=lambda known, N: np.eye(N)[known])


@kernels.mistake(
    "The first M pixels were picked, whichever are known: column m belongs to pixel "
    "known[m]."
)
def first_pixels(known, N, beta):
    return _four(known, N, beta, pick=lambda known, N: np.eye(N)[:, : len(known)])


@kernels.mistake("The known pixels were sorted; column m belongs to pixel known[m].")
def sorted_pixels(known, N, beta):
    return _four(known, N, beta, pick=lambda known, N: np.eye(N)[:, np.sort(known)])


@kernels.mistake(
    "The unknown pixels are compared here; the known ones should be (where half of them "
    "are known, no size tells)."
)
def unknown_pixels(known, N, beta):
    def pick(known, N):
        unknown = [i for i in range(N) if i not in known]
        return np.eye(N)[:, unknown] if len(unknown) == len(known) else np.ones((N, 1))

    return _four(known, N, beta, pick=pick)


@kernels.mistake(
    "W_q and W_k have ones in whole rows: every column then holds the sum of all known "
    "pixels. Each column has a single pixel, known[m]."
)
def whole_rows(known, N, beta):
    mask = np.isin(np.arange(N), known) * 1.0
    pick = lambda known, N: np.tile(mask[:, None], (1, len(known)))  # noqa: E731
    return _four(known, N, beta, pick=pick)


@kernels.mistake(
    "W_q and W_k let the known pixels through and make 0 of the others, (N, 1, N). That "
    "would compare rightly, but key_dim is M: a column for each known pixel, (N, 1, M)."
)
def masks(known, N, beta):
    pick = lambda known, N: np.diag(np.isin(np.arange(N), known) * 1.0)  # noqa: E731
    return _four(known, N, beta, pick=pick)


@kernels.mistake(
    "W_q and W_k let all pixels through, (N, 1, N): only the known ones are compared."
)
def all_pixels(known, N, beta):
    pick = lambda known, N: np.eye(N)  # noqa: E731
    return _four(known, N, beta, pick=pick)


@kernels.mistake(
    "W_k lets all pixels through, (N, 1, N); it picks those that W_q picks, (N, 1, M)."
)
def all_keys(known, N, beta):
    W_q, _, W_v, W_o = _four(known, N, beta)
    return [W_q, np.eye(N)[:, None], W_v, W_o]


@kernels.mistake(
    "The order is that of the call, query, value, key; get_weights and set_weights have "
    "query, key, value."
)
def order_of_the_call(known, N, beta):
    W_q, W_k, W_v, W_o = _four(known, N, beta)
    return [W_q, W_v, W_k, W_o]


@kernels.mistake("β came into W_v, too; what passes through it are the patterns.")
def beta_in_the_values(known, N, beta):
    return _four(known, N, beta, value=beta * np.eye(N))


@kernels.mistake(
    "W_v is all ones, and adds up all pixels; the identity passes them on."
)
def ones_for_the_identity(known, N, beta):
    return _four(known, N, beta, value=np.ones((N, N)))


@kernels.mistake("W_v and W_o are all ones; the identity passes the pixels on.")
def ones_for_both(known, N, beta):
    return _four(known, N, beta, value=np.ones((N, N)), out=np.ones((N, N)))


@kernels.mistake(
    "W_o is all ones, and adds up all pixels; the identity passes them on."
)
def ones_for_the_output(known, N, beta):
    return _four(known, N, beta, out=np.ones((N, N)))


@kernels.mistake("W_o is missing: four arrays, and the last passes the values on.")
def three_arrays(known, N, beta):
    return _four(known, N, beta)[:3]


@kernels.mistake("The sign of W_q: the more alike, the larger is the weight.")
def minus(known, N, beta):
    return _four(
        known, N, beta, factor=lambda known, N, beta: -beta * np.sqrt(len(known))
    )


@kernels.mistake(
    "W_q has the same number everywhere; it picks pixels, so it is 0 but where pixel "
    "known[m] meets column m."
)
def full_query(known, N, beta):
    four = _four(known, N, beta)
    return [np.full(four[0].shape, beta * np.sqrt(len(known))), *four[1:]]


@kernels.mistake("β √M divides; it multiplies: the layer itself divides by √M.")
def divided_by_both(known, N, beta):
    return _four(
        known, N, beta, factor=lambda known, N, beta: 1 / (beta * np.sqrt(len(known)))
    )


@kernels.mistake(
    "np.eye(N)[known] has the known pixels as rows, (M, N), and a reshape mixes them "
    "up; their columns are np.eye(N)[:, known]."
)
def rows_reshaped(known, N, beta):
    pick = lambda known, N: np.eye(N)[known].reshape(N, len(known))  # noqa: E731
    return _four(known, N, beta, pick=pick)


@kernels.mistake(
    "Row and column are exchanged: the pixel is the row, W_q[known[m], 0, m]."
)
def indices_exchanged(known, N, beta):
    four, M = _four(known, N, beta), len(known)
    picked = np.zeros((N, 1, M))
    picked[np.arange(M), 0, known] = 1
    return [beta * np.sqrt(M) * picked, picked, *four[2:]]


# -- rules(G, k) ----------------------------------------------------------------------

rules = Question(
    "rules",
    inputs=[
        (A([[1.0, 1.0, 1.0]]), A([1.0])),
        (A([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [1.0, 1.0, 1.0]]), A([1.0, 2.0, 3.0])),
        (
            A([[1.0, 1.0, 1.0, 0.0, 0.0], [0.0, 1.0, 1.0, 1.0, 0.0]]),
            A([2.0, 0.0]),  # two pairs are in both; the last unit is in none
        ),
    ],
    hints=[
        "How many of a rule's units are +1, if their sum is S and there are g of them? n "
        "= (S + g) / 2.",
        "So (n - k)² = ¼ (S - t)² with t = 2k - g. Write out the square: S² has all "
        "pairs, twice; -2 t S belongs to b; t² to c.",
        "In S² there are also the terms s_i s_i. How large are they, in each state?",
        "-½ w_ij s_i s_j and its twin (j, i) in E, ¼ s_i s_j and its twin in ¼ S²: which "
        "w_ij? And a pair that two rules share has both.",
    ],
)


def _rules(
    G, k, *, pairs=-0.5, field=0.5, target=None, diagonal=0.0, rest=None, W=None
):  # fmt: skip
    """W, b and c with one thing changed; rest: the constant."""
    size = G.sum(axis=1)
    target = 2 * k - size if target is None else target
    W = pairs * G.T @ G if W is None else W
    W = W * (1 - np.eye(len(W))) + diagonal * np.diag(np.diag(W))
    rest = np.sum(target**2 + size) / 4 if rest is None else rest
    return W, field * target @ G, rest


@rules.right
def rule_by_rule(G, k):
    N = G.shape[1]
    W, b, c = np.zeros((N, N)), np.zeros(N), 0.0
    for row, wanted in zip(G, k, strict=True):
        units = np.flatnonzero(row)
        for i in units:
            b[i] += wanted - len(units) / 2
            for j in units:
                W[i, j] -= 0.5 * (i != j)
        c += (wanted - len(units) / 2) ** 2 + len(units) / 4
    return W, b, c


@rules.right
def from_zero_and_one(G, k):
    """(Σ v - k)² for v = (s + 1) / 2, and then v is written as s."""
    together = G.T @ G
    J, f = -2 * (together - np.diag(np.diag(together))), 2 * k @ G - G.sum(axis=0)
    W = J / 4
    return W, f / 2 + J.sum(axis=1) / 4, float(np.sum(k**2) - f.sum() / 2 - J.sum() / 8)


@rules.mistake(
    "The energy is right, but W has a diagonal: s_i s_i is 1 in every state, so these "
    "terms belong to the constant c."
)
def diagonal_kept(G, k):
    target = 2 * k - G.sum(axis=1)
    return _rules(G, k, diagonal=1.0, rest=np.sum(target**2) / 4)


@rules.mistake(
    "The diagonal is empty, but what stood there is missing in c: s_i s_i is 1 in every "
    "state, and each of a rule's units adds ¼."
)
def constant_without_squares(G, k):
    return _rules(G, k, rest=np.sum((2 * k - G.sum(axis=1)) ** 2) / 4)


@rules.mistake(
    "W has a diagonal, and its terms are in c as well: each once, in c (s_i s_i is 1)."
)
def diagonal_twice(G, k):
    return _rules(G, k, diagonal=1.0)


@rules.mistake(
    "This is for units of 0 and 1, whose sum is the number n itself; with ±1 it is n = "
    "(sum + size) / 2."
)
def zero_and_one(G, k):
    return _rules(G, k, pairs=-2.0, field=1.0, target=2 * k - 1, rest=np.sum(k**2))


@rules.mistake(
    "The sum of the s was taken for the number of +1; of g units with the sum S, (S + "
    "g) / 2 are +1."
)
def sum_for_number(G, k):
    return _rules(
        G, k, pairs=-2.0, field=2.0, target=k, rest=np.sum(k**2 + G.sum(axis=1))
    )


@rules.mistake(
    "The sum of the s was taken for the number of +1, and s_i s_i = 1 is missing in c: "
    "of g units with the sum S, (S + g) / 2 are +1."
)
def sum_for_number_without_squares(G, k):
    return _rules(G, k, pairs=-2.0, field=2.0, target=k, rest=np.sum(k**2))


@rules.mistake(
    "n = S / 2 forgets half of the size: of g units with the sum S, (S + g) / 2 are +1."
)
def half_the_sum(G, k):
    return _rules(G, k, target=2 * k)


@rules.mistake(
    "Half of W: the double sum has each pair twice, (i, j) and (j, i), but so has the "
    "square; -½ w_ij = ¼."
)
def half_the_weights(G, k):
    return _rules(G, k, pairs=-0.25)


@rules.mistake(
    "Twice W: the double sum has each pair twice, but so has the square; -½ w_ij = ¼."
)
def twice_the_weights(G, k):
    return _rules(G, k, pairs=-1.0)


@rules.mistake(
    "The ¼ of ((S - t) / 2)² is missing in W; there it is -½ w_ij = ¼ for each rule "
    "that has both."
)
def four_times_the_weights(G, k):
    return _rules(G, k, pairs=-2.0)


@rules.mistake(
    "The sign of W: two units that are both +1 are to cost energy, so they inhibit each "
    "other, w_ij < 0."
)
def weights_turned(G, k):
    return _rules(G, k, pairs=0.5)


@rules.mistake(
    "The sign of b: it stands in the energy with a minus, -b_i s_i; if many are wanted, "
    "b_i is large."
)
def bias_turned(G, k):
    return _rules(G, k, field=-0.5)


@rules.mistake("The signs of W and b: both stand in the energy with a minus.")
def both_turned(G, k):
    return _rules(G, k, pairs=0.5, field=-0.5)


@rules.mistake(
    "All signs are turned: this is what the energy is not; wrong should be high."
)
def all_turned(G, k):
    W, b, c = _rules(G, k)
    return -W, -b, -c


@rules.mistake("Twice b: -2 t S / 4 is all there is of it, so b_i has t / 2 a rule.")
def twice_the_bias(G, k):
    return _rules(G, k, field=1.0)


@rules.mistake("Half of b: -2 t S / 4 is all there is of it, so b_i has t / 2 a rule.")
def half_the_bias(G, k):
    return _rules(G, k, field=0.25)


@rules.mistake("Four times b: the ¼ of ((S - t) / 2)² is missing there.")
def four_times_the_bias(G, k):
    return _rules(G, k, field=2.0)


@rules.mistake("Everything is four times as large: ((S - t) / 2)² has a ¼.")
def four_times(G, k):
    W, b, c = _rules(G, k)
    return 4 * W, 4 * b, 4 * c


@rules.mistake("Everything is twice as large: is a ½ of the energy missing?")
def twice(G, k):
    W, b, c = _rules(G, k)
    return 2 * W, 2 * b, 2 * c


@rules.mistake("Everything is half as large: the square of what is wrong, without a ½.")
def half(G, k):
    W, b, c = _rules(G, k)
    return W / 2, b / 2, c / 2


@rules.mistake("W and b are right; c is missing, so the floor is not at 0.")
def without_constant(G, k):
    return _rules(G, k, rest=0.0)


@rules.mistake("W and b are right; c has the sign turned: it is added.")
def constant_turned(G, k):
    W, b, c = _rules(G, k)
    return W, b, -c


@rules.mistake(
    "W and b are right; Σ k² is what would be left of the square for units of 0 and 1."
)
def constant_of_zero_and_one(G, k):
    return _rules(G, k, rest=np.sum(k**2))


@rules.mistake("W and b are right; c is a list over the rules: add them up.")
def constants(G, k):
    size = G.sum(axis=1)
    return _rules(G, k, rest=((2 * k - size) ** 2 + size) / 4)


@rules.mistake(
    "W and b are right; in c only t² has its ¼: the s_i s_i of ¼ S² have one, too."
)
def constant_with_whole_squares(G, k):
    size = G.sum(axis=1)
    return _rules(G, k, rest=np.sum((2 * k - size) ** 2 / 4 + size))


@rules.mistake("W and b are right; c lacks its ¼: all of (S - t)² is divided by 4.")
def constant_without_quarter(G, k):
    size = G.sum(axis=1)
    return _rules(G, k, rest=np.sum((2 * k - size) ** 2 + size))


@rules.mistake(
    "Every rule wants one unit here; rule m wants k_m (and 1 in the rooks' riddle only)."
)
def always_one(G, k):
    return _rules(G, np.ones(len(k)))


@rules.mistake(
    "The size of every rule was taken to be N; rule m is about Σ_i G_mi units."
)
def all_units(G, k):
    size = np.full(len(G), G.shape[1])
    target = 2 * k - size
    return _rules(G, k, target=target, rest=np.sum(target**2 + size) / 4)


@rules.mistake(
    "A pair that two rules share counts once here; it is wrong by both rules, so its "
    "weights add up."
)
def shared_pairs_once(G, k):
    return _rules(G, k, W=-0.5 * (G.T @ G > 0))


@rules.mistake(
    "b is that of the first rule for all; each unit has the sum over its own rules."
)
def first_bias(G, k):
    W, b, c = _rules(G, k)
    return W, np.full(len(b), (2 * k - G.sum(axis=1))[0] / 2), c


@rules.mistake(
    "b is (M,), one a rule; each unit adds up those of its rules: t @ G / 2."
)
def bias_of_rules(G, k):
    W, _, c = _rules(G, k)
    return W, (2 * k - G.sum(axis=1)) / 2, c


@rules.mistake("b is missing: without it as many would be +1 as -1.")
def without_bias(G, k):
    W, b, c = _rules(G, k)
    return W, 0 * b, c


@rules.mistake("b forgets the size: t = 2k - g, and b_i has t / 2 for each rule.")
def bias_without_size(G, k):
    W, b, c = _rules(G, k)
    return W, k @ G, c


@rules.mistake(
    "G @ G.T is for pairs of rules, (M, M); W is for pairs of units: G.T @ G."
)
def pairs_of_rules(G, k):
    return _rules(G, k, W=-0.5 * G @ G.T)


@rules.mistake(
    "Only one half of W is filled; a connection works both ways, so both halves are."
)
def upper_half(G, k):
    return _rules(G, k, W=np.triu(-0.5 * G.T @ G, 1))


@rules.mistake(
    "One half of W with all of the weight: W is symmetric, half of it on either side."
)
def upper_half_doubled(G, k):
    return _rules(G, k, W=np.triu(-1.0 * G.T @ G, 1))


@rules.mistake(
    "The rules are stored like memories, by Hebb's rule: units of one rule would pull "
    "each other up, and they are to inhibit each other."
)
def as_memories(G, k):
    return _rules(G, k, W=G.T @ G / G.shape[1])


@rules.mistake("The order is W, b, c.")
def bias_first(G, k):
    W, b, c = _rules(G, k)
    return b, W, c


@rules.mistake("c is missing: three things are to be returned, W, b and c.")
def two_of_three(G, k):
    return _rules(G, k)[:2]


@rules.mistake(
    "The sum of the s was taken for the number of +1, (S + g) / 2 of g units; and s_i "
    "s_i = 1 belongs to c, not to a diagonal."
)
def sum_for_number_with_diagonal(G, k):
    return _rules(
        G, k, pairs=-2.0, field=2.0, target=k, diagonal=1.0, rest=np.sum(k**2)
    )


@rules.mistake(
    "The sum of the s was taken for the number of +1, (S + g) / 2 of g units (and -½ "
    "w_ij would be 1 then)."
)
def sum_for_number_with_half_of_w(G, k):
    return _rules(G, k, pairs=-1.0, field=2.0, target=k, rest=np.sum(k**2))


@rules.mistake(
    "t = k - g here: twice n is S + g, so twice k belongs to it, t = 2k - g."
)
def single_k(G, k):
    size = G.sum(axis=1)
    return _rules(G, k, target=k - size, rest=np.sum((k - size) ** 2 + size) / 4)


@rules.mistake(
    "b and c forget the size: n = (S + g) / 2, so t = 2k - g stands for 2k in both."
)
def sizes_forgotten(G, k):
    W, _, _ = _rules(G, k)
    return W, k @ G, np.sum(k**2)


@rules.mistake(
    "W and b are right; each unit's s_i s_i adds ¼ to c for each rule, not ½."
)
def half_for_each_square(G, k):
    size = G.sum(axis=1)
    return _rules(G, k, rest=np.sum((2 * k - size) ** 2) / 4 + np.sum(size) / 2)


@rules.mistake(
    "t = k - g / 2 is the sum of a rule halved already, so the next ½ (and ¼) is one "
    "too many."
)
def halved_twice(G, k):
    target = k - G.sum(axis=1) / 2
    return _rules(G, k, target=target, rest=np.sum(target**2 + G.sum(axis=1)) / 4)


@rules.mistake(
    "The rules are stored like memories here, their units pulling each other up; they "
    "are to inhibit each other: write out the square."
)
def as_sums_of_products(G, k):
    return _rules(G, k, pairs=1.0, target=2 * k, rest=0)


@rules.mistake(
    "Two times t: t = 2k - g is subtracted from S in ½ (S - t); 2 t S has a ¼ then."
)
def twice_the_bias_and_t(G, k):
    target = k - G.sum(axis=1) / 2
    return _rules(G, k, field=2.0, target=target, rest=np.sum(target**2))


words = Words(
    "words",
    [
        "In how many of their pixels do two such drawings agree, if their lines have "
        "nothing to do with each other? So what is their overlap?",
        "The field of a unit is a sum over the stored drawings: each adds its own value "
        "there, times its overlap with the state. What do the 49 others add?",
        "0.138 was found for patterns of a certain kind. Which, and what would happen "
        "to 50 of that kind in this net?",
    ],
)
