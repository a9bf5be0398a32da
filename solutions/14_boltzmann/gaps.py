"""What is known of the lines that lesson 14 leaves to the learner."""

import numpy as np

from course_lib.classroom.questions import Question

A = np.array


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


# -- boltzmann(E, T) ------------------------------------------------------------------

boltzmann = Question(
    "boltzmann",
    [
        (A([0.0, -1.0, -2.0, 0.5]), 2.0),
        (A([-0.5, 1.5, 0.3]), 0.5),
        (A([0.0, -0.2, 0.4, -1.1, -0.7, -1.9, 0.6, -2.4]), 1.0),
    ],
    [
        "A state of low energy is likely: its weight is exp(−E / T).",
        "A factor that all weights share cancels, so energies may be counted from the "
        "lowest one.",
        "Divide by the sum of the weights, which is Z.",
    ],
)


def _shares(w):
    return w / w.sum()


@boltzmann.right
def counted_from_zero(E, T):
    return _shares(np.exp(-E / T))


@boltzmann.right
def by_logarithms(E, T):
    return np.exp(-E / T - np.logaddexp.reduce(-E / T))


@boltzmann.right
def state_by_state(E, T):
    return A([1 / np.exp((e - E) / T).sum() for e in E])


@boltzmann.mistake(
    "The sign: here a state of high energy is the likely one; it is exp(−E / T)."
)
def likely_uphill(E, T):
    return _shares(np.exp(E / T))


@boltzmann.mistake(
    "T multiplies the energy; it divides it, so that a hot machine takes no notice of "
    "differences."
)
def hot_for_cold(E, T):
    return _shares(np.exp(-E * T))


@boltzmann.mistake(
    "T has no effect here: it divides the energy inside of exp, (E − E.min()) / T with "
    "its brackets; a factor outside cancels."
)
def without_temperature(E, T):
    return _shares(np.exp(-E))


@boltzmann.mistake(
    "The sign, and T is missing: exp(−E / T) makes states of low energy likely."
)
def uphill_without_temperature(E, T):
    return _shares(np.exp(E))


@boltzmann.mistake("The sign, and T multiplies: it is exp(−E / T).")
def uphill_hot_for_cold(E, T):
    return _shares(np.exp(E * T))


@boltzmann.mistake("These are the weights, not yet divided by their sum Z.")
def weights(E, T):
    return np.exp(-E / T)


@boltzmann.mistake(
    "The likeliest state has 1 here: divide by the sum of the weights, not by the "
    "largest."
)
def largest_is_one(E, T):
    return np.exp(-(E - E.min()) / T)


@boltzmann.mistake("Divided by how many states there are; it is by the sum of weights.")
def divided_by_their_number(E, T):
    return np.exp(-(E - E.min()) / T) / len(E)


@boltzmann.mistake("The mean of the weights; these divided by it make M, and not 1.")
def divided_by_their_mean(E, T):
    return _shares(np.exp(-E / T)) * len(E)


@boltzmann.mistake(
    "Normalised before exp: first the weights exp(−E / T), then divide them by their "
    "sum."
)
def normalised_before(E, T):
    return np.exp(-E / T / np.sum(-E / T))


@boltzmann.mistake(
    "The energies were divided by their sum before exp; the weights are to be, after "
    "it."
)
def energies_normalised(E, T):
    return np.exp(-E / E.sum() / T)


@boltzmann.mistake(
    "Normalised before exp and after it; once, after it, is all that is needed."
)
def normalised_before_and_after(E, T):
    return _shares(np.exp(-E / T / np.sum(-E / T)))


@boltzmann.mistake("exp is missing: the weights are the energies here.")
def without_exp(E, T):
    return _shares(-E)


@boltzmann.mistake(
    "exp is missing: the weights are the energies here, counted from the lowest."
)
def counted_without_exp(E, T):
    return _shares(E.min() - E)


@boltzmann.mistake(
    "The sum went into exp: Z is the sum of the weights, np.exp(…).sum(), not the "
    "weight of a sum."
)
def weight_of_the_sum(E, T):
    return np.exp(-E / T) / np.exp(np.sum(-E / T))


@boltzmann.mistake(
    "The sum went into exp, of energies counted from the lowest; Z is the sum of the "
    "weights."
)
def weight_of_the_counted_sum(E, T):
    return np.exp(-(E - E.min()) / T) / np.exp(np.sum(-(E - E.min()) / T))


@boltzmann.mistake("The sum Z has no T in it: it is the sum of these same weights.")
def sum_at_one(E, T):
    return np.exp(-E / T) / np.exp(-E).sum()


@boltzmann.mistake(
    "The sum Z has no T in it, nor have these weights, but for a factor: exp(−E / T)."
)
def divided_by_both(E, T):
    return _shares(np.exp(-E)) / T


@boltzmann.mistake("T divides the probabilities, too; its place is inside of exp only.")
def temperature_twice(E, T):
    return _shares(np.exp(-E / T)) / T


@boltzmann.mistake("The weights exp(−E) divided by T: T is for E, inside of exp.")
def divided_outside(E, T):
    return np.exp(-E) / T


@boltzmann.mistake(
    "Weights and sum are not of the same energies: one counts from the lowest, the "
    "other from 0, and so the factor does not cancel."
)
def sum_counted_otherwise(E, T):
    return np.exp(-(E - E.min()) / T) / np.exp(-E / T).sum()


@boltzmann.mistake(
    "The weights count from 0 and their sum from the lowest energy; use the same in "
    "both."
)
def weights_counted_otherwise(E, T):
    return np.exp(-E / T) / np.exp(-(E - E.min()) / T).sum()


@boltzmann.mistake(
    "σ is the chance of one unit, which has two states; here are M of them: exp, then "
    "the sum."
)
def unit_by_unit(E, T):
    return _sigmoid(-E / T)


@boltzmann.mistake(
    "σ of the energies, made to sum to 1; the weight of a state is exp(−E / T)."
)
def sigmoids_normalised(E, T):
    return _shares(_sigmoid(-E / T))


@boltzmann.mistake("The ½ belongs into the energy and has been used there.")
def half_the_energy(E, T):
    return _shares(np.exp(-E / (2 * T)))


@boltzmann.mistake("The energy comes as it is, not as its square.")
def squared(E, T):
    return _shares(np.exp(-(E**2) / T))


@boltzmann.mistake(
    "The energy comes as it is, not as its square; counted from the lowest, too."
)
def counted_and_squared(E, T):
    return _shares(np.exp(-((E - E.min()) ** 2) / T))


@boltzmann.mistake("The sign of each energy matters: −1 is likelier than 1.")
def without_signs(E, T):
    return _shares(np.exp(-np.abs(E) / T))


@boltzmann.mistake("The length of the weights is 1 here; their sum should be.")
def length_one(E, T):
    w = np.exp(-E / T)
    return w / np.linalg.norm(w)


@boltzmann.mistake("These are logarithms of the probabilities; take exp.")
def logarithms(E, T):
    return np.log(_shares(np.exp(-E / T)))


@boltzmann.mistake(
    "This is one number, the sum of weights counted from the lowest energy; divide "
    "each weight by it."
)
def the_sum_alone(E, T):
    return np.exp(-(E - E.min()) / T).sum()


@boltzmann.mistake("This is one number, Z; divide each weight by it.")
def the_partition_function(E, T):
    return np.exp(-E / T).sum()


@boltzmann.mistake("The weights are powers of e, not of 2: np.exp.")
def powers_of_two(E, T):
    return _shares(2.0 ** (-E / T))


@boltzmann.mistake("1 is taken from each probability; they are right before that.")
def the_other_chance(E, T):
    return 1 - _shares(np.exp(-E / T))


@boltzmann.mistake("Divided by the sum of the energies; it is by that of the weights.")
def divided_by_the_energies(E, T):
    return np.exp(-E / T) / E.sum()


@boltzmann.mistake("Multiplied with the sum; the weights are divided by it.")
def multiplied_with_the_sum(E, T):
    w = np.exp(-E / T)
    return w * w.sum()


@boltzmann.mistake(
    "Multiplied with the sum of weights (counted from the lowest energy); divide by it."
)
def counted_and_multiplied(E, T):
    w = np.exp(-(E - E.min()) / T)
    return w * w.sum()


@boltzmann.mistake("Upside down: sum over weight. The probability is weight over sum.")
def upside_down(E, T):
    return 1 / _shares(np.exp(-E / T))


@boltzmann.mistake(
    "The sum was taken away; the weights are divided by it (and counted from the "
    "lowest energy it makes no difference)."
)
def sum_taken_away(E, T):
    w = np.exp(-(E - E.min()) / T)
    return w - w.sum()


@boltzmann.mistake("T is squared; it is exp(−E / T), with T as it is.")
def temperature_squared(E, T):
    return _shares(np.exp(-E / T**2))


@boltzmann.mistake("Upside down: T over E. The energy is divided by T.")
def temperature_over_energy(E, T):
    return _shares(np.exp(-T / E))


@boltzmann.mistake(
    "Each weight has its energy as a factor; that is for a mean energy, ⟨E⟩. The "
    "weight is exp(−E / T) alone."
)
def energy_as_a_factor(E, T):
    return _shares(E * np.exp(-E / T))


@boltzmann.mistake(
    "The energies were summed before exp, so that one number is left: exp of each "
    "first, then the sum."
)
def one_number(E, T):
    return 1.0


@boltzmann.mistake("Divided by T instead of by the sum of the weights.")
def temperature_for_sum(E, T):
    return np.exp(-(E - E.min()) / T) / T


@boltzmann.mistake(
    "The weights (counted from the lowest energy) were divided by the sum of energies; "
    "divide by the sum of weights."
)
def counted_and_divided_by_energies(E, T):
    return np.exp(-(E - E.min()) / T) / E.sum()


@boltzmann.mistake(
    "Z is a sum of exps, one for each state; this is the exp of a sum: np.exp(…).sum()."
)
def exp_of_a_sum(E, T):
    return np.exp(-(E - E.min()) / T) / np.exp(-E.sum() / T)


@boltzmann.mistake("1 over the weight; the probability is the weight over the sum.")
def one_over_the_weight(E, T):
    return 1 / np.exp(-(E - E.min()) / T)


@boltzmann.mistake(
    "These are added up, from the first state on; each state has a probability of its "
    "own."
)
def added_up(E, T):
    return np.cumsum(_shares(np.exp(-E / T)))


@boltzmann.mistake("Each is divided by those up to it; divide by the sum of all.")
def divided_by_those_before(E, T):
    w = np.exp(-E / T)
    return w / np.cumsum(w)


@boltzmann.mistake("This is −log p, the surprise at each state; p itself is asked for.")
def surprises(E, T):
    return -np.log(_shares(np.exp(-E / T)))


@boltzmann.mistake("exp was taken twice: the weights are exps already.")
def exp_twice(E, T):
    return _shares(np.exp(np.exp(-(E - E.min()) / T)))


@boltzmann.mistake(
    "exp was taken twice: the weights, from energies as they are, are exps."
)
def exp_twice_uncounted(E, T):
    return _shares(np.exp(np.exp(-E / T)))


@boltzmann.mistake("These are per cent; probabilities sum to 1.")
def per_cent(E, T):
    return 100 * _shares(np.exp(-E / T))


@boltzmann.mistake(
    "weight / (1 + weight) is the chance against one other state of energy 0; divide "
    "by the sum of all weights."
)
def against_one_other(E, T):
    w = np.exp(-(E - E.min()) / T)
    return w / (1 + w)


@boltzmann.mistake("The sum is of exp(−E), without T; sum the same weights.")
def counted_and_summed_without(E, T):
    return np.exp(-(E - E.min()) / T) / np.exp(-E).sum()


@boltzmann.mistake(
    "σ makes each a chance of its own, and then they are divided by their sum; counted "
    "from the lowest energy or not, the weight is exp(−E / T)."
)
def counted_sigmoids_normalised(E, T):
    return _shares(_sigmoid(-(E - E.min()) / T))


@boltzmann.mistake(
    "σ is for one unit, by its gap; a whole state has the weight exp(−E / T), and high "
    "energies are not likely."
)
def sigmoids_uphill(E, T):
    return _shares(_sigmoid(E / T))


@boltzmann.mistake("tanh for exp: weights are never negative; it is exp(−E / T).")
def tanh_for_exp(E, T):
    return _shares(np.tanh(-E / T))


@boltzmann.mistake("A bell curve's weight has a square and 2 T²; ours is exp(−E / T).")
def bell_curve(E, T):
    return _shares(np.exp(-(E**2) / (2 * T**2)))


# -- gibbs_sweep(s, W, b, u) ----------------------------------------------------------


def _machine(seed, N, scale):
    """Start, weights, biases and uniforms, rounded for the eye."""
    rng = np.random.default_rng(seed)
    W = np.round(np.triu(rng.normal(size=(N, N)) * scale, 1), 1)
    s = rng.integers(0, 2, N)
    return s, W + W.T, np.round(rng.normal(size=N), 1), np.round(rng.random(N), 2)


gibbs_sweep = Question(
    "gibbs_sweep",
    [
        (
            A([1, 0, 1]),
            A([[0.0, 2.0, -1.0], [2.0, 0.0, 1.5], [-1.0, 1.5, 0.0]]),
            A([0.5, -1.0, -0.5]),
            A([0.5, 0.6, 0.8]),
        ),
        _machine(0, 10, 1.0),
        _machine(1, 14, 0.8),
        _machine(2, 14, 0.6),
    ],
    [
        "The gap of unit i is W[i] @ s + b[i]: what it hears from the others, as they "
        "are by now, and its bias.",
        "The chance that it is on is σ of its gap, a number between 0 and 1.",
        "A uniform number u[i] is below p with the chance p; so u[i] < p is the new "
        "state.",
    ],
)


def _sweep(
    s, W, b, u, *, gap=lambda s, W, b, i: W[i] @ s + b[i], chance=_sigmoid,
    draw=lambda u, p, old: u < p,
):  # fmt: skip
    """One sweep with one thing changed."""
    s = s.copy()
    for i in range(len(s)):
        s[i] = draw(u[i], chance(gap(s, W, b, i)), s[i])
    return s


@gibbs_sweep.right
def by_columns(s, W, b, u):
    return _sweep(s, W, b, u, gap=lambda s, W, b, i: s @ W[:, i] + b[i])


@gibbs_sweep.right
def by_two_energies(s, W, b, u):
    def energy(s):
        return -s @ W @ s / 2 - s @ b

    s = list(map(float, s))
    for i in range(len(s)):
        off, on = A(s), A(s)
        off[i], on[i] = 0, 1
        weights = np.exp([-energy(off), -energy(on)])
        s[i] = float(u[i] < weights[1] / weights.sum())
    return A(s)


@gibbs_sweep.mistake(
    "u[i] > p turns the unit on with the chance 1 − p; it is on where u[i] < p."
)
def the_wrong_side(*given):
    return _sweep(*given, draw=lambda u, p, old: u > p)


@gibbs_sweep.mistake(
    "The sign inside of exp: σ(gap) = 1 / (1 + exp(−gap)), so that a large gap turns "
    "the unit on."
)
def the_wrong_sign(*given):
    return _sweep(*given, chance=lambda z: _sigmoid(-z))


@gibbs_sweep.mistake("The bias b[i] is missing in the gap.")
def without_bias(*given):
    return _sweep(*given, gap=lambda s, W, b, i: W[i] @ s)


@gibbs_sweep.mistake(
    "The bias came in with a minus; it is added to the sum, −(W[i] @ s + b[i]) with "
    "brackets."
)
def bias_subtracted(*given):
    return _sweep(*given, gap=lambda s, W, b, i: W[i] @ s - b[i])


@gibbs_sweep.mistake("The minus came to b[i] only; it is for both: −(W[i] @ s + b[i]).")
def sign_of_the_sum(*given):
    return _sweep(*given, gap=lambda s, W, b, i: b[i] - W[i] @ s, chance=_sigmoid)


@gibbs_sweep.mistake(
    "All units looked at the old state; each is to see what those before it have "
    "become."
)
def all_at_once(s, W, b, u):
    return (u < _sigmoid(W @ s + b)).astype(s.dtype)


@gibbs_sweep.mistake(
    "In each round all units were drawn at once; in round i it is unit i alone, s[i]."
)
def all_at_once_again_and_again(s, W, b, u):
    for _ in range(len(s)):
        s = (u < _sigmoid(W @ s + b)).astype(s.dtype)
    return s


@gibbs_sweep.mistake("All units were given the state of unit i; s[i] is its place.")
def drawn_for_all(s, W, b, u):
    s = s.copy()
    for i in range(len(s)):
        s[:] = u[i] < _sigmoid(W[i] @ s + b[i])
    return s


@gibbs_sweep.mistake(
    "There is a ½ at the sum: the energy has it as it counts each pair twice; the gap "
    "of one unit does not."
)
def half_the_sum(*given):
    return _sweep(*given, gap=lambda s, W, b, i: W[i] @ s / 2 + b[i])


@gibbs_sweep.mistake("The gap is halved; it comes as it is.")
def half_the_gap(*given):
    return _sweep(*given, chance=lambda z: _sigmoid(z / 2))


@gibbs_sweep.mistake(
    "The gap is doubled; that is right for units of ±1, and ours are 0 and 1."
)
def twice_the_gap(*given):
    return _sweep(*given, chance=lambda z: _sigmoid(2 * z))


@gibbs_sweep.mistake(
    "No chance is left: the unit follows the sign of its gap, as in lesson 13. It is "
    "on where u[i] < p."
)
def without_noise(*given):
    return _sweep(*given, draw=lambda u, p, old: p > 0.5)


@gibbs_sweep.mistake(
    "The unit is only ever switched on; where u[i] is not below p it is 0."
)
def never_off(*given):
    return _sweep(*given, draw=lambda u, p, old: 1 if u < p else old)


@gibbs_sweep.mistake(
    "The unit changes with the chance p; p is the chance to be on, whatever it was."
)
def flipped(*given):
    return _sweep(*given, draw=lambda u, p, old: 1 - old if u < p else old)


@gibbs_sweep.mistake(
    "The state is the chance p itself (in an array of whole numbers: 0); the unit is 1 "
    "where u[i] < p, else 0."
)
def chances_for_states(*given):
    return _sweep(*given, draw=lambda u, p, old: p)


@gibbs_sweep.mistake("The units are 0 and 1 here, not −1 and 1.")
def spins(*given):
    return _sweep(*given, draw=lambda u, p, old: 1 if u < p else -1)


@gibbs_sweep.mistake(
    "This is on with the chance p, too, but where u[i] > 1 − p; here it is agreed to "
    "be where u[i] < p."
)
def from_above(*given):
    return _sweep(*given, draw=lambda u, p, old: u > 1 - p)


@gibbs_sweep.mistake("1 + is missing: σ(gap) = 1 / (1 + exp(−gap)).")
def exp_alone(*given):
    return _sweep(*given, chance=np.exp)


@gibbs_sweep.mistake("p is exp(−gap) here; σ(gap) = 1 / (1 + exp(−gap)).")
def exp_of_minus_the_gap(*given):
    return _sweep(*given, chance=lambda z: np.exp(-z))


@gibbs_sweep.mistake(
    "Brackets: 1 / 1 + exp(−gap) is 1 + exp(−gap), which no u[i] exceeds; it is 1 / (1 "
    "+ exp(−gap))."
)
def always_on(*given):
    return _sweep(*given, chance=lambda z: 1 + np.exp(-z))


@gibbs_sweep.mistake("The gap itself is compared with u[i]; σ makes a chance of it.")
def gap_for_chance(*given):
    return _sweep(*given, chance=lambda z: z)


@gibbs_sweep.mistake("tanh gives numbers from −1 to 1; a chance is σ(gap).")
def tanh_for_chance(*given):
    return _sweep(*given, chance=np.tanh)


@gibbs_sweep.mistake(
    "The bias was added to the chance; it is a part of the gap, inside of exp."
)
def bias_outside(s, W, b, u):
    s = s.copy()
    for i in range(len(s)):
        s[i] = u[i] < _sigmoid(W[i] @ s) + b[i]
    return s


@gibbs_sweep.mistake("The biases went through the weights: it is W[i] @ s + b[i].")
def biases_as_states(*given):
    return _sweep(*given, gap=lambda s, W, b, i: W[i] @ (s + b))


@gibbs_sweep.mistake(
    "b[i] * s[i] is what unit i adds to the energy; in its gap b[i] stands alone."
)
def bias_if_on(*given):
    return _sweep(*given, gap=lambda s, W, b, i: W[i] @ s + b[i] * s[i])


@gibbs_sweep.mistake(
    "The states are missing in the sum: W[i] @ s adds the weights of those that are on."
)
def all_weights(*given):
    return _sweep(*given, gap=lambda s, W, b, i: W[i].sum() + b[i])


@gibbs_sweep.mistake(
    "All units hear one uniform number, u[0]; unit i has its own u[i]."
)
def one_uniform(s, W, b, u):
    return _sweep(s, W, b, np.full(len(u), u[0]))


@gibbs_sweep.mistake("u[i] was compared with the unit's state; compare it with p.")
def compared_with_the_state(*given):
    return _sweep(*given, draw=lambda u, p, old: u < old)


@gibbs_sweep.mistake("This is the last unit's state alone; return all of s.")
def last_unit(*given):
    return _sweep(*given)[-1]


@gibbs_sweep.mistake(
    "The uniforms went through the weights; W[i] @ s is what unit i hears from the "
    "others."
)
def uniforms_as_states(s, W, b, u):
    return _sweep(s, W, b, u, gap=lambda s, W, b, i: W[i] @ u + b[i])


@gibbs_sweep.mistake("Only the bias is left in the gap; add W[i] @ s.")
def without_weights(*given):
    return _sweep(*given, gap=lambda s, W, b, i: b[i])


@gibbs_sweep.mistake(
    "The sum runs over all pairs; unit i has its row of weights, W[i] @ s."
)
def sum_of_all_pairs(*given):
    return _sweep(*given, gap=lambda s, W, b, i: (W * s).sum() + b[i])


@gibbs_sweep.mistake(
    "s[i] is a factor here: the gap is the same whether unit i is on or off at the "
    "moment."
)
def gap_if_on(*given):
    return _sweep(*given, gap=lambda s, W, b, i: s[i] * (W[i] @ s + b[i]))


@gibbs_sweep.mistake(
    "Only the units before i are heard; those after it count, too, as they were."
)
def those_before(*given):
    return _sweep(*given, gap=lambda s, W, b, i: W[i, :i] @ s[:i] + b[i])


@gibbs_sweep.mistake("b @ s is all biases of units that are on; unit i has b[i].")
def all_biases(*given):
    return _sweep(*given, gap=lambda s, W, b, i: W[i] @ s + b @ s)


@gibbs_sweep.mistake("The bias is the neighbour's: unit i has b[i].")
def bias_of_another(*given):
    return _sweep(*given, gap=lambda s, W, b, i: W[i] @ s + b[i - 1])


@gibbs_sweep.mistake(
    "σ is of the energy of the whole state; it is of the gap, the difference that unit "
    "i makes."
)
def of_the_energy(*given):
    return _sweep(*given, gap=lambda s, W, b, i: s @ W @ s / 2 + s @ b)


@gibbs_sweep.mistake(
    "σ of a sum over the whole state, with each pair twice; it is of the gap of unit i."
)
def of_all_pairs(*given):
    return _sweep(*given, gap=lambda s, W, b, i: s @ W @ s + s @ b)


@gibbs_sweep.mistake("A fair coin, whatever p is: u[i] is to be compared with p.")
def fair_coin(*given):
    return _sweep(*given, draw=lambda u, p, old: u < 0.5)


@gibbs_sweep.mistake("The old state was compared with p; it is u[i] that is below p.")
def state_compared_with_p(*given):
    return _sweep(*given, draw=lambda u, p, old: old < p)


@gibbs_sweep.mistake(
    "A unit that is off stays off here; the old s[i] has no say in the new one."
)
def never_on(*given):
    return _sweep(*given, draw=lambda u, p, old: old * (u < p))


@gibbs_sweep.mistake("The new state was added to the old one; it takes its place.")
def added_to_the_old(*given):
    return _sweep(*given, draw=lambda u, p, old: old + (u < p))


# -- slope(clamped, free) -------------------------------------------------------------

CLAMPED = A([[1, 0, 1], [0, 1, 1], [1, 1, 0], [1, 0, 1]])
FREE = A([[0, 1, 1], [1, 1, 0], [0, 0, 0], [1, 1, 1]])

slope = Question(
    "slope",
    [
        (CLAMPED, FREE),
        (CLAMPED[:3], A([[1, 1, 1], [0, 1, 0], [1, 0, 0]])),  # M = N
        (CLAMPED[:, :2], A([[1, 1], [0, 1], [0, 0], [1, 0], [0, 1]])),
        (
            A([[1, 1, 0, 1], [0, 1, 1, 0]]),
            A([[1, 0, 1, 1], [0, 1, 1, 1], [1, 1, 0, 0]]),
        ),
    ],
    [
        "s.T @ s counts, for each pair of units, in how many of the M states both are "
        "on.",
        "Divided by len(s) it is a mean, ⟨s_i s_j⟩: (N, M) @ (M, N) is (N, N).",
        "The clamped mean comes first, the free one is taken away.",
    ],
)


def _pairs(s):
    return s.T @ s / len(s)


def _empty(dW):
    """A copy with a zero diagonal."""
    dW = A(dW, dtype=float)
    np.fill_diagonal(dW, 0)
    return dW


@slope.right
def state_by_state_(clamped, free):
    up = np.mean([np.outer(s, s) for s in clamped], axis=0)
    down = np.mean([np.outer(s, s) for s in free], axis=0)
    return _empty(up - down)


@slope.right
def pair_by_pair(clamped, free):
    N = clamped.shape[1]
    dW = np.zeros((N, N))
    for i in range(N):
        for j in range(N):
            if i != j:
                together = np.mean(clamped[:, i] * clamped[:, j])
                dW[i, j] = together - np.mean(free[:, i] * free[:, j])
    return dW


@slope.right
def by_einsum(clamped, free):
    up = np.einsum("mi,mj->ij", clamped, clamped) / len(clamped)
    return _empty(up - np.einsum("mi,mj->ij", free, free) / len(free))


@slope.mistake(
    "The two phases are exchanged: what the data do is learned, clamped comes first; "
    "what the free machine does is unlearned."
)
def exchanged(clamped, free):
    return _empty(_pairs(free) - _pairs(clamped))


@slope.mistake(
    "Sums for means: divide each product by the number of its states, len(clamped) and "
    "len(free)."
)
def sums(clamped, free):
    return _empty(clamped.T @ clamped - free.T @ free)


@slope.mistake(
    "Both are divided by len(clamped); the free states have a number of their own."
)
def divided_by_the_clamped(clamped, free):
    return _empty((clamped.T @ clamped - free.T @ free) / len(clamped))


@slope.mistake(
    "Both are divided by len(free); the clamped states have a number of their own."
)
def divided_by_the_free(clamped, free):
    return _empty((clamped.T @ clamped - free.T @ free) / len(free))


@slope.mistake("The first product is a sum as yet: clamped.T @ clamped / len(clamped).")
def first_not_divided(clamped, free):
    return _empty(clamped.T @ clamped - _pairs(free))


@slope.mistake("The second product is a sum as yet: free.T @ free / len(free).")
def second_not_divided(clamped, free):
    return _empty(_pairs(clamped) - free.T @ free)


@slope.mistake(
    "Divided by the number of units N; a mean over states divides by their number."
)
def divided_by_units(clamped, free):
    return _empty((clamped.T @ clamped - free.T @ free) / clamped.shape[1])


@slope.mistake(
    "Divided by all entries; a mean over the M states divides by M, len(clamped)."
)
def divided_by_all_entries(clamped, free):
    return _empty(clamped.T @ clamped / clamped.size - free.T @ free / free.size)


@slope.mistake("Each mean has its own number of states, not that of both together.")
def divided_by_both_together(clamped, free):
    both = len(clamped) + len(free)
    return _empty((clamped.T @ clamped - free.T @ free) / both)


@slope.mistake("The negative phase is missing: take away the mean of the free states.")
def positive_phase_alone(clamped, free):
    return _empty(_pairs(clamped))


@slope.mistake("The positive phase is missing: the mean of the clamped states.")
def negative_phase_alone(clamped, free):
    return _empty(-_pairs(free))


@slope.mistake(
    "This is the mean of the free states alone; it is taken away from that of the "
    "clamped ones."
)
def free_alone(clamped, free):
    return _empty(_pairs(free))


@slope.mistake("The phases are added; the free one is taken away.")
def added(clamped, free):
    return _empty(_pairs(clamped) + _pairs(free))


@slope.mistake(
    "There is a ½: in the energy it is there as each pair comes twice; each weight is "
    "moved by the whole difference."
)
def halved(clamped, free):
    return _empty((_pairs(clamped) - _pairs(free)) / 2)


@slope.mistake("Twice the difference; each weight is moved by the difference itself.")
def doubled(clamped, free):
    return _empty(2 * (_pairs(clamped) - _pairs(free)))


@slope.mistake("The diagonal is kept: no unit is connected with itself.")
def diagonal_kept(clamped, free):
    return _pairs(clamped) - _pairs(free)


@slope.mistake(
    "Means came first and were multiplied; multiply first, state by state, for it "
    "counts who is on together."
)
def products_of_means(clamped, free):
    up, down = clamped.mean(axis=0), free.mean(axis=0)
    return _empty(np.outer(up, up) - np.outer(down, down))


@slope.mistake(
    "This is the product of the differences of means; it is the difference of the "
    "means of products."
)
def product_of_differences(clamped, free):
    d = clamped.mean(axis=0) - free.mean(axis=0)
    return _empty(np.outer(d, d))


@slope.mistake(
    "Covariances have the product of the means taken away; here it stays in."
)
def covariances(clamped, free):
    return _empty(np.cov(clamped.T) - np.cov(free.T))


@slope.mistake("Covariances (divided by M); the product of the means stays in here.")
def covariances_of_all(clamped, free):
    return _empty(np.cov(clamped.T, bias=True) - np.cov(free.T, bias=True))


@slope.mistake("Correlations run from −1 to 1; here it is the plain mean of s_i s_j.")
def correlations(clamped, free):
    return _empty(np.corrcoef(clamped.T) - np.corrcoef(free.T))


@slope.mistake("Divided by one state less, as a spread is; a mean divides by len(s).")
def one_state_less(clamped, free):
    up = clamped.T @ clamped / (len(clamped) - 1)
    return _empty(up - free.T @ free / (len(free) - 1))


@slope.mistake(
    "The transpose is at the other factor: clamped.T @ clamped is (N, N), a number for "
    "each pair of units; clamped @ clamped.T is one for each pair of states."
)
def pairs_of_states(clamped, free):
    up, down = clamped @ clamped.T / len(clamped), free @ free.T / len(free)
    return _empty(up - down)


@slope.mistake(
    "The transpose is at the other factor, and the sums are not yet means: clamped.T @ "
    "clamped / len(clamped)."
)
def sums_over_units(clamped, free):
    return _empty(clamped @ clamped.T - free @ free.T)


@slope.mistake(
    "No transpose: clamped @ clamped works only where M = N; it is clamped.T @ clamped."
)
def without_transpose(clamped, free):
    return _empty(clamped @ clamped / len(clamped) - free @ free / len(free))


@slope.mistake("* goes entry by entry; each pair of units takes clamped.T @ clamped.")
def entry_by_entry(clamped, free):
    return _empty(clamped.T * clamped / len(clamped) - free.T * free / len(free))


@slope.mistake("The two phases are multiplied with each other; each is with itself.")
def mixed(clamped, free):
    return _empty(clamped.T @ free / len(clamped))


@slope.mistake(
    "The states were subtracted and then multiplied; multiply in each phase, then "
    "subtract."
)
def subtracted_first(clamped, free):
    return _empty(_pairs(clamped - free))


@slope.mistake("The states stay 0 and 1; here they were made −1 and 1.")
def as_spins(clamped, free):
    return _empty(_pairs(2 * clamped - 1) - _pairs(2 * free - 1))


@slope.mistake("This is the slope's sign only; how large it is counts, too.")
def signs(clamped, free):
    return _empty(np.sign(_pairs(clamped) - _pairs(free)))


@slope.mistake("Whole numbers: // throws the fractions away; a mean is made with /.")
def whole_numbers(clamped, free):
    return _empty(clamped.T @ clamped // len(clamped) - free.T @ free // len(free))


@slope.mistake(
    "The two phases are multiplied with each other, and not divided; each is with "
    "itself."
)
def mixed_sums(clamped, free):
    return _empty(clamped.T @ free)


@slope.mistake(
    "Brackets: only the second product is divided, and by len(clamped); each is "
    "divided by its own number."
)
def second_divided_by_the_clamped(clamped, free):
    return _empty(clamped.T @ clamped - free.T @ free / len(clamped))


@slope.mistake(
    "Sums of states were multiplied; multiply first, state by state, then add."
)
def products_of_sums(clamped, free):
    up, down = clamped.sum(axis=0), free.sum(axis=0)
    return _empty(np.outer(up, up) - np.outer(down, down))


@slope.mistake("Divided by 2; a mean over the states divides by their number.")
def divided_by_two(clamped, free):
    return _empty((clamped.T @ clamped - free.T @ free) / 2)


@slope.mistake(
    "The clamped mean with a minus, and alone: it comes with a plus, and the free one "
    "is taken away."
)
def clamped_taken_away(clamped, free):
    return _empty(-_pairs(clamped))


@slope.mistake(
    "clamped stands on both sides of the difference; each phase is multiplied with "
    "itself."
)
def half_mixed(clamped, free):
    return _empty(clamped.T @ (clamped - free) / len(clamped))


@slope.mistake(
    "Divided by the difference of the two numbers; each mean has its own: "
    "len(clamped), len(free)."
)
def divided_by_the_difference(clamped, free):
    more = len(clamped) - len(free)
    return _empty((clamped.T @ clamped - free.T @ free) / np.float64(more))
