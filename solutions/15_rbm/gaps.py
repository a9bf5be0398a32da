"""What is known of the lines that lesson 15 leaves to the learner."""

import numpy as np

from course_lib.classroom.questions import Question

A = np.array


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _softplus(x):
    return np.log(1 + np.exp(x))


def _machine(seed, M, V, H):
    """States, weights and both layers' biases, rounded for the eye."""
    rng = np.random.default_rng(seed)
    v = rng.integers(0, 2, (M, V)).astype(float)
    return v, *(np.round(rng.normal(size=n), 1) for n in ((V, H), V, H))


def _without_b(v, W, b, c):
    return v, W, c


# -- hidden(v, W, c) ------------------------------------------------------------------

hidden = Question(
    "hidden",
    [
        (
            A([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]),
            A([[2.0, -1.0], [0.5, 1.5], [-1.0, 1.0]]),
            A([-0.5, 0.3]),
        ),
        _without_b(*_machine(1, 3, 3, 3)),
        _without_b(*_machine(2, 5, 4, 2)),
    ],
    [
        "v @ W adds, in each row, the weights of the pixels that are on: one sum for "
        "each hidden unit, (M, H).",
        "With the bias it is the gap: x = v @ W + c.",
        "The chance that a unit is on is σ of its gap: 1 / (1 + np.exp(-x)), with "
        "brackets round all of x.",
    ],
)


def _gap(v, W, c):
    return v @ W + c


@hidden.right
def by_columns(v, W, c):
    return (_sigmoid(W.T @ v.T + c[:, None])).T


@hidden.right
def by_exp_of_the_gap(v, W, c):
    on = np.exp(np.tensordot(v, W, axes=1) + c)
    return on / (on + 1)


@hidden.mistake("The bias c is missing in the gap: v @ W + c.")
def without_bias(v, W, c):
    return _sigmoid(v @ W)


@hidden.mistake(
    "The sign inside of exp: σ(x) = 1 / (1 + exp(−x)), so that a large gap turns the "
    "unit on."
)
def the_wrong_sign(v, W, c):
    return _sigmoid(-_gap(v, W, c))


@hidden.mistake(
    "The minus came to v @ W only: it is for the whole gap, −(v @ W + c), with "
    "brackets. Here c is subtracted from the gap."
)
def bias_subtracted(v, W, c):
    return _sigmoid(v @ W - c)


@hidden.mistake("The minus came to c only; exp has −(v @ W + c), with brackets.")
def minus_for_the_bias_only(v, W, c):
    return _sigmoid(c - v @ W)


@hidden.mistake("The sign inside of exp, and the bias c is missing: −(v @ W + c).")
def the_wrong_sign_without_bias(v, W, c):
    return _sigmoid(-(v @ W))


@hidden.mistake("These are the gaps; the chance is σ of each.")
def gaps(v, W, c):
    return _gap(v, W, c)


@hidden.mistake("Neither the bias nor σ is here yet: σ(v @ W + c).")
def sums_alone(v, W, c):
    return v @ W


@hidden.mistake("Brackets: 1 / 1 + exp(−x) is 1 + exp(−x); it is 1 / (1 + exp(−x)).")
def without_brackets(v, W, c):
    return 1 + np.exp(-_gap(v, W, c))


@hidden.mistake("The bias was added to the chance; it is a part of the gap, inside σ.")
def bias_outside(v, W, c):
    return _sigmoid(v @ W) + c


@hidden.mistake(
    "The bias is beside exp; it belongs inside, with v @ W: exp(−(v @ W + c))."
)
def bias_beside_exp(v, W, c):
    return 1 / (1 + np.exp(-(v @ W)) + c)


@hidden.mistake(
    "W is the other way round, which works only where V = H: column j of W has the "
    "weights of hidden unit j, so v @ W."
)
def transposed_weights(v, W, c):
    return _sigmoid(v @ W.T + c)


@hidden.mistake("The answer lies on its side: a row for each state, (M, H).")
def transposed_answer(v, W, c):
    return _sigmoid(_gap(v, W, c)).T


@hidden.mistake(
    "The states are on their side, which works only where M = V: a row of v is a "
    "state, so v @ W."
)
def transposed_states(v, W, c):
    return _sigmoid(v.T @ W + c)


@hidden.mistake("* goes entry by entry; the sums over the pixels are v @ W.")
def entry_by_entry(v, W, c):
    return _sigmoid(v * W + c)


@hidden.mistake(
    "W @ v.T has the weights' rows with the states, which works only where V = H; "
    "each hidden unit has a column: v @ W."
)
def rows_of_weights(v, W, c):
    return _sigmoid(W @ v.T + c)


@hidden.mistake("This is exp(x); σ(x) = 1 / (1 + exp(−x)).")
def exp_alone(v, W, c):
    return np.exp(_gap(v, W, c))


@hidden.mistake("This is exp(−x); σ(x) = 1 / (1 + exp(−x)).")
def exp_of_minus_the_gap(v, W, c):
    return np.exp(-_gap(v, W, c))


@hidden.mistake("1 / is missing: σ(x) = 1 / (1 + exp(−x)), which is below 1.")
def upside_down_and_sign(v, W, c):
    return 1 + np.exp(_gap(v, W, c))


@hidden.mistake("1 − exp(−x) is in the denominator; it is 1 + exp(−x).")
def minus_for_plus(v, W, c):
    return 1 / (1 - np.exp(-_gap(v, W, c)))


@hidden.mistake("tanh runs from −1 to 1; a chance is σ of the gap.")
def tanh_for_sigma(v, W, c):
    return np.tanh(_gap(v, W, c))


@hidden.mistake(
    "These are states, on where the chance is above ½; nothing is decided yet: return "
    "the chances."
)
def states(v, W, c):
    return (_gap(v, W, c) > 0).astype(float)


@hidden.mistake(
    "The chances of a row sum to 1 here: that would be one unit on of H. Each hidden "
    "unit is on or off by itself, so σ of its own gap."
)
def softmax(v, W, c):
    e = np.exp(_gap(v, W, c))
    return e / e.sum(axis=1, keepdims=True)


@hidden.mistake("exp was divided by the sum of all; each unit is by itself: σ.")
def softmax_of_all(v, W, c):
    e = np.exp(_gap(v, W, c))
    return e / e.sum()


@hidden.mistake("The chances were divided by their sum; each stands by itself.")
def normalised(v, W, c):
    p = _sigmoid(_gap(v, W, c))
    return p / p.sum(axis=1, keepdims=True)


@hidden.mistake(
    "The bias was added to the weights, so it comes once for each pixel that is on; it "
    "comes once: v @ W + c."
)
def bias_in_the_weights(v, W, c):
    return _sigmoid(v @ (W + c))


@hidden.mistake("The bias is a factor here; it is added: v @ W + c.")
def bias_as_a_factor(v, W, c):
    return _sigmoid((v @ W) * c)


@hidden.mistake("All the biases were added to each gap; unit j has c[j].")
def all_biases(v, W, c):
    return _sigmoid(v @ W + c.sum())


@hidden.mistake(
    "The bias went through the weights with the state; it is added behind them: v @ W "
    "+ c."
)
def bias_as_a_state(v, W, c):
    return _sigmoid((v + c) @ W)


@hidden.mistake("The states are 0 and 1 here, not −1 and 1.")
def as_spins(v, W, c):
    return _sigmoid((2 * v - 1) @ W + c)


@hidden.mistake("The pixels that are off were counted; v @ W counts those that are on.")
def pixels_that_are_off(v, W, c):
    return _sigmoid((1 - v) @ W + c)


@hidden.mistake("The gap is doubled: that is for units of ±1; ours are 0 and 1.")
def twice_the_gap(v, W, c):
    return _sigmoid(2 * _gap(v, W, c))


@hidden.mistake("The gap is halved; each pair stands in the energy once, so no ½.")
def half_the_gap(v, W, c):
    return _sigmoid(_gap(v, W, c) / 2)


@hidden.mistake(
    "The sum v @ W is halved; each pair stands in the energy once, so there is no ½."
)
def half_the_sum(v, W, c):
    return _sigmoid(v @ W / 2 + c)


@hidden.mistake("The states are missing: v @ W adds the weights of pixels that are on.")
def all_weights(v, W, c):
    return _sigmoid(W.sum(axis=0) + c)


@hidden.mistake(
    "Only the first state was asked; v has M of them, a row each, and v @ W serves all."
)
def first_state(v, W, c):
    return _sigmoid(v[0] @ W + c)


@hidden.mistake("The mean state was asked; each row of v has a row of its own.")
def mean_state(v, W, c):
    return _sigmoid(v.mean(axis=0) @ W + c)


@hidden.mistake("The chances were averaged over the states; each row has its own.")
def mean_chance(v, W, c):
    return _sigmoid(_gap(v, W, c)).mean(axis=0)


@hidden.mistake("The gaps were summed over the hidden units; each has its own.")
def sum_of_gaps(v, W, c):
    return _sigmoid(_gap(v, W, c).sum(axis=1))


@hidden.mistake("This is σ (1 − σ), the slope of σ; the chance is σ itself.")
def slope_of_sigma(v, W, c):
    p = _sigmoid(_gap(v, W, c))
    return p * (1 - p)


@hidden.mistake("This is the logarithm of the chance; return σ itself.")
def logarithm(v, W, c):
    return np.log(_sigmoid(_gap(v, W, c)))


@hidden.mistake("log(1 + exp(x)) is for the free energy; the chance is σ(x).")
def softplus_for_sigma(v, W, c):
    return _softplus(_gap(v, W, c))


@hidden.mistake("The gap is cut off below 0; the chance is σ of it.")
def relu(v, W, c):
    return np.maximum(0, _gap(v, W, c))


@hidden.mistake("σ was taken twice; once is enough.")
def sigma_twice(v, W, c):
    return _sigmoid(_sigmoid(_gap(v, W, c)))


@hidden.mistake(
    "W.T @ v.T has a row for each hidden unit, and c does not fit there; v @ W + c."
)
def on_its_side(v, W, c):
    return _sigmoid(W.T @ v.T + c)


@hidden.mistake("W.T @ v works only where M = V: a row of v is a state, so v @ W.")
def weights_first(v, W, c):
    return _sigmoid(W.T @ v + c)


@hidden.mistake("W @ v works only where M = H: a row of v is a state, so v @ W.")
def weights_first_untransposed(v, W, c):
    return _sigmoid(W @ v + c)


@hidden.mistake("Two signs: exp(x) / (1 + exp(x)), or 1 / (1 + exp(−x)).")
def two_signs(v, W, c):
    x = _gap(v, W, c)
    return np.exp(x) / (1 + np.exp(-x))


@hidden.mistake("1 − exp(x) is in the denominator; it is exp(x) / (1 + exp(x)).")
def minus_for_plus_above_exp(v, W, c):
    on = np.exp(_gap(v, W, c))
    return on / (1 - on)


# -- free_energy(v, W, b, c) ----------------------------------------------------------

free_energy = Question(
    "free_energy",
    [
        (
            A([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]),
            A([[2.0, -1.0], [0.5, 1.5], [-1.0, 1.0]]),
            A([0.4, -0.2, 0.7]),
            A([-0.5, 0.3]),
        ),
        _machine(3, 3, 3, 3),
        _machine(4, 5, 4, 2),
    ],
    [
        "x = v @ W + c are the gaps of the hidden units, (M, H).",
        "A hidden unit that may be off (1) or on (exp of its gap) makes a factor 1 + "
        "exp(x); its logarithm is a term of the sum.",
        "The sum runs over the hidden units, axis=1; both it and v @ b come with a "
        "minus.",
    ],
)


def _free(
    v, W, b, c, *, gap=_gap, visible=lambda v, b: v @ b,
    hidden=lambda x: _softplus(x).sum(axis=1), join=lambda on, rest: -on - rest,
):  # fmt: skip
    """F(v) with one thing changed."""
    return join(visible(v, b), hidden(gap(v, W, c)))


@free_energy.right
def by_all_hidden_states(v, W, b, c):
    F, H = np.zeros(len(v)), len(c)
    for number in range(2**H):
        h = A([number >> j & 1 for j in range(H)])
        F += np.exp(v @ b + (v @ W + c) @ h)
    return -np.log(F)


@free_energy.right
def by_products(v, W, b, c):
    return -np.log(np.exp(v @ b) * np.prod(1 + np.exp(c + v @ W), axis=1))


@free_energy.right
def by_logaddexp(v, W, b, c):
    return -np.logaddexp(0, v @ W + c).sum(-1) - (v * b).sum(-1)


@free_energy.mistake(
    "The sign of the sum over hidden units: it is taken away, for each way to set them "
    "makes v likelier and F lower."
)
def sum_added(*given):
    return _free(*given, join=lambda on, rest: -on + rest)


@free_energy.mistake(
    "The sign of v @ b: it is taken away, for a pixel that likes to be on lowers F."
)
def visible_added(*given):
    return _free(*given, join=lambda on, rest: on - rest)


@free_energy.mistake("This is −F(v): both terms come with a minus.")
def both_added(*given):
    return _free(*given, join=lambda on, rest: on + rest)


@free_energy.mistake("The visible biases are missing: − v @ b.")
def without_b(*given):
    return _free(*given, join=lambda on, rest: -rest)


@free_energy.mistake("The hidden biases c are missing in the gaps: v @ W + c.")
def without_c(*given):
    return _free(*given, gap=lambda v, W, c: v @ W)


@free_energy.mistake("c is subtracted in the gaps; it is added: v @ W + c.")
def c_subtracted(*given):
    return _free(*given, gap=lambda v, W, c: v @ W - c)


@free_energy.mistake(
    "The biases are exchanged, which works only where V = H: b belongs to the pixels, "
    "c to the hidden units."
)
def biases_exchanged(v, W, b, c):
    return _free(v, W, c, b)


@free_energy.mistake("b is in the gaps as well; the hidden units have c.")
def b_for_c(v, W, b, c):
    return _free(v, W, b, b)


@free_energy.mistake("The pixels have the biases b: − v @ b, not − v @ c.")
def c_for_b(v, W, b, c):
    return _free(v, W, c, c)


@free_energy.mistake(
    "The sum came before the logarithm: log(1 + exp(x)) of each hidden unit first, "
    "then their sum."
)
def log_of_the_sum(*given):
    return _free(*given, hidden=lambda x: np.log((1 + np.exp(x)).sum(axis=1)))


@free_energy.mistake(
    "exp(x) was summed inside of the logarithm: that is for one unit on of H. Each "
    "unit has its own log(1 + exp(x)); sum these."
)
def log_of_one_and_the_sum(*given):
    return _free(*given, hidden=lambda x: np.log(1 + np.exp(x).sum(axis=1)))


@free_energy.mistake(
    "The gaps were summed inside of exp; each unit has its own log(1 + exp(x)), and "
    "these are summed."
)
def sum_of_gaps_first(*given):
    return _free(*given, hidden=lambda x: np.log(1 + np.exp(x.sum(axis=1))))


@free_energy.mistake(
    "The sum runs over the states; it is over the hidden units: axis=1."
)
def over_the_states(*given):
    return _free(*given, hidden=lambda x: _softplus(x).sum(axis=0))


@free_energy.mistake(
    "The sum runs over all states and hidden units; without the states it is axis=1."
)
def over_everything(*given):
    return _free(*given, hidden=lambda x: _softplus(x).sum())


@free_energy.mistake("The mean over the hidden units; it is their sum.")
def mean_for_sum(*given):
    return _free(*given, hidden=lambda x: _softplus(x).mean(axis=1))


@free_energy.mistake("The sum over the hidden units is missing: .sum(axis=1).")
def without_the_sum(*given):
    return _free(*given, hidden=_softplus)


@free_energy.mistake(
    "The sum over the hidden units is missing, and so v @ b had to be made a column: "
    ".sum(axis=1) leaves one number a state."
)
def without_the_sum_in_columns(*given):
    return _free(*given, visible=lambda v, b: (v @ b)[:, None], hidden=_softplus)


@free_energy.mistake(
    "Two shapes were spread against each other, (M,) and (M, 1): without keepdims both "
    "are (M,)."
)
def spread(*given):
    return _free(*given, hidden=lambda x: _softplus(x).sum(axis=1, keepdims=True))


@free_energy.mistake("The answer is a column (M, 1); one number a state is (M,).")
def column(*given):
    return _free(*given)[:, None]


@free_energy.mistake("The sign inside of exp: a unit that is on has the weight exp(x).")
def minus_inside(*given):
    return _free(*given, gap=lambda v, W, c: -_gap(v, W, c))


@free_energy.mistake(
    "The 1 is missing, and log(exp(x)) is x: this is the energy with all hidden units "
    "on. Each may be off, too: log(1 + exp(x))."
)
def all_on(*given):
    return _free(*given, hidden=lambda x: x.sum(axis=1))


@free_energy.mistake(
    "Brackets: log(1) + exp(x) is exp(x); it is log(1 + exp(x)), all in one."
)
def exp_alone_(*given):
    return _free(*given, hidden=lambda x: np.exp(x).sum(axis=1))


@free_energy.mistake("The logarithm is missing: log(1 + exp(x)).")
def without_log(*given):
    return _free(*given, hidden=lambda x: (1 + np.exp(x)).sum(axis=1))


@free_energy.mistake("exp is missing: log(1 + exp(x)).")
def without_exp(*given):
    return _free(*given, hidden=lambda x: np.log(1 + x).sum(axis=1))


@free_energy.mistake(
    "The product of 1 + exp(x) is what v weighs; take the logarithm of each factor and "
    "add."
)
def product(*given):
    return _free(*given, hidden=lambda x: np.prod(1 + np.exp(x), axis=1))


@free_energy.mistake(
    "σ(x) is the chance that a unit is on; its part of the free energy is log(1 + "
    "exp(x))."
)
def chances(*given):
    return _free(*given, hidden=lambda x: _sigmoid(x).sum(axis=1))


@free_energy.mistake(
    "This is the mean energy with the hidden units at their chances; the free energy "
    "also counts how many ways there are: log(1 + exp(x))."
)
def mean_energy(*given):
    return _free(*given, hidden=lambda x: (x * _sigmoid(x)).sum(axis=1))


@free_energy.mistake(
    "This is the lowest energy, each hidden unit as it likes it best; its other state "
    "counts, too: log(1 + exp(x)) instead of max(0, x)."
)
def lowest_energy(*given):
    return _free(*given, hidden=lambda x: np.maximum(0, x).sum(axis=1))


@free_energy.mistake("log σ(x) is −log(1 + exp(−x)); here it is log(1 + exp(x)).")
def log_sigma(*given):
    return _free(*given, hidden=lambda x: np.log(_sigmoid(x)).sum(axis=1))


@free_energy.mistake("This is exp(−F(v)), what v weighs; return F itself.")
def weights(*given):
    return np.exp(-_free(*given))


@free_energy.mistake("The weights exp(−F) were divided by their sum; return F itself.")
def shares(*given):
    w = np.exp(-_free(*given))
    return w / w.sum()


@free_energy.mistake("The logarithm is natural, np.log, and not that of base 2.")
def log_of_base_two(*given):
    return _free(*given, hidden=lambda x: np.log2(1 + np.exp(x)).sum(axis=1))


@free_energy.mistake("The logarithm is natural, np.log, and not that of base 10.")
def log_of_base_ten(*given):
    return _free(*given, hidden=lambda x: np.log10(1 + np.exp(x)).sum(axis=1))


@free_energy.mistake("c counts twice: it is in the gaps already.")
def c_twice(v, W, b, c):
    return _free(v, W, b, c) - c.sum()


@free_energy.mistake("c was added outside; it is a part of the gap, inside of exp.")
def c_outside(v, W, b, c):
    return _free(v, W, b, 0) - c.sum()


@free_energy.mistake("All visible biases count here; those of pixels that are on do.")
def all_b(*given):
    return _free(*given, visible=lambda v, b: b.sum())


@free_energy.mistake(
    "b was summed over all the states; v @ b is a number for each state."
)
def b_of_all_states(*given):
    return _free(*given, visible=lambda v, b: (v * b).sum())


@free_energy.mistake(
    "v * b goes entry by entry and leaves (M, V); v @ b is a number for each state."
)
def b_entry_by_entry(*given):
    return _free(*given, visible=lambda v, b: v * b)


@free_energy.mistake("The mean over the states; each state has its own F.")
def mean_of_states(*given):
    return _free(*given).mean()


@free_energy.mistake("The sum over the states; each state has its own F.")
def sum_of_states(*given):
    return _free(*given).sum()


@free_energy.mistake(
    "W is the other way round, which works only where V = H: the gaps are v @ W + c."
)
def transposed_weights_(*given):
    return _free(*given, gap=lambda v, W, c: v @ W.T + c)


@free_energy.mistake("F is halved; each pair stands in the energy once, so no ½.")
def half_of_it(*given):
    return _free(*given) / 2


@free_energy.mistake("The gap is halved; each pair stands in the energy once, so no ½.")
def half_the_gap_(*given):
    return _free(*given, gap=lambda v, W, c: _gap(v, W, c) / 2)


@free_energy.mistake("The product v @ b times the sum; the two are added, both minus.")
def multiplied(*given):
    return _free(*given, join=lambda on, rest: -on * rest)


@free_energy.mistake("b came into the logarithm, once for each hidden unit.")
def b_in_the_logarithm(v, W, b, c):
    return -_softplus(v @ W + c + (v @ b)[:, None]).sum(axis=1)


@free_energy.mistake(
    "Only v @ b is here; the hidden units' log(1 + exp(x)) is missing."
)
def visible_only(*given):
    return _free(*given, join=lambda on, rest: -on)


@free_energy.mistake("The product of the logarithms; they are added.")
def product_of_logarithms(*given):
    return _free(*given, hidden=lambda x: np.prod(_softplus(x), axis=1))


@free_energy.mistake("log(1 − exp(x)): it is 1 + exp(x), off or on.")
def minus_for_plus_(*given):
    return _free(*given, hidden=lambda x: np.log(1 - np.exp(x)).sum(axis=1))


@free_energy.mistake(
    "b @ v works only where M = V and adds up rows; a row of v is a state: v @ b."
)
def b_first(*given):
    return _free(*given, visible=lambda v, b: b @ v)


@free_energy.mistake("1 + exp is missing: log(1 + exp(x)), not log(x).")
def log_of_the_gap(*given):
    return _free(*given, hidden=lambda x: np.log(x).sum(axis=1))


@free_energy.mistake(
    "Brackets: − log(1) + exp(x) adds exp(x); it is − log(1 + exp(x)), all in one."
)
def exp_added(*given):
    return _free(*given, hidden=lambda x: -np.exp(x).sum(axis=1))


@free_energy.mistake(
    "exp(v @ b) was added to the product over the hidden units; it multiplies it, and "
    "so their logarithms add."
)
def added_inside(*given):
    return _free(
        *given, hidden=lambda x: np.prod(1 + np.exp(x), axis=1),
        join=lambda on, rest: -np.log(np.exp(on) + rest),
    )  # fmt: skip


# -- cd(v, W, b, c, u_h, u_v) ---------------------------------------------------------


def _chains(seed, M, V, H):
    """A machine with data and uniforms for one step."""
    rng = np.random.default_rng(seed + 100)
    u_h, u_v = np.round(rng.random((M, H)), 2), np.round(rng.random((M, V)), 2)
    return *_machine(seed, M, V, H), u_h, u_v


cd = Question(
    "cd",
    [
        (
            A([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]),
            A([[2.0, -1.0], [0.5, 1.5], [-1.0, 1.0]]),
            A([0.4, -0.2, 0.7]),
            A([-0.5, 0.3]),
            A([[0.7, 0.4], [0.5, 0.9]]),
            A([[0.9, 0.3, 0.2], [0.8, 0.6, 0.1]]),
        ),
        _chains(5, 5, 5, 5),
        _chains(6, 7, 6, 4),
    ],
    [
        "The data's pairs are v and p, the chances of the hidden units given v: v.T @ "
        "p adds v_i p_j over the rows.",
        "The pairs that are taken away are of the ends of the step: ends and q, the "
        "chances of the hidden units given the ends.",
        "Each is a mean over the M rows: divide the difference by len(v).",
    ],
)


def _draw(u, p):
    return (u < p).astype(float)


def _pairs(v, p, ends, q):
    return (v.T @ p - ends.T @ q) / len(v)


def _up(v, W, b, c):
    return _sigmoid(v @ W + c)


def _down(h, W, b, c):
    return _sigmoid(h @ W.T + b)


def _step(
    v, W, b, c, u_h, u_v, *, up=_up, down=_down, again=None, draw_h=_draw,
    draw_v=_draw, end=None, pairs=None,
):  # fmt: skip
    """CD-1 with one thing changed; pairs is given v, p, h, ends and q."""
    p = up(v, W, b, c)
    h = draw_h(u_h, p)
    ends = draw_v(u_v, down(h, W, b, c))
    q = (again or up)(ends, W, b, c)
    return pairs(v, p, h, ends, q) if pairs else _pairs(v, p, ends, q)


@cd.right
def by_outer_products(*given):
    def pairs(v, p, h, ends, q):
        terms = zip(v, p, ends, q, strict=True)
        each = [np.outer(v, p) - np.outer(e, q) for v, p, e, q in terms]
        return np.mean(each, axis=0)

    return _step(*given, pairs=pairs)


@cd.right
def by_two_means(*given):
    def pairs(v, p, h, ends, q):
        data, dream = (v[:, :, None] * p[:, None]), (ends[:, :, None] * q[:, None])
        return data.mean(axis=0) - dream.mean(axis=0)

    return _step(*given, pairs=pairs)


@cd.mistake(
    "The two are exchanged: what the data say is pulled up, what the ends say is "
    "pushed down, v.T @ p − ends.T @ q."
)
def exchanged(*given):
    return -_step(*given)


@cd.mistake("The sum over the rows; it is their mean, divided by len(v).")
def sum_for_mean(v, *given):
    return _step(v, *given) * len(v)


@cd.mistake(
    "Brackets: only the second product is divided; the whole difference is to be."
)
def second_divided(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: v.T @ p - e.T @ q / len(v))


@cd.mistake(
    "The second pair has p, the chances given the data; the ends have their own, q."
)
def p_at_the_ends(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v, p, e, p))


@cd.mistake("The first pair has q, the chances given the ends; the data have p.")
def q_at_the_data(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v, q, e, q))


@cd.mistake(
    "The second pair has h, drawn from the data; the ends go with q, the chances given "
    "the ends."
)
def h_at_the_ends(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v, p, e, h))


@cd.mistake(
    "The data's pair has the drawn h, and that is a slope, too, as right on average "
    "and with more noise. Here it is agreed to be the chances p."
)
def h_at_the_data(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v, h, e, q))


@cd.mistake(
    "h, drawn from the data, stands in both pairs: the data have p, the ends q, given "
    "themselves."
)
def h_in_both(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v, h, e, h))


@cd.mistake("The pairs are crossed: v goes with p, the ends with q.")
def crossed(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v, q, e, p))


@cd.mistake("v stands in both pairs: the second is ends.T @ q.")
def v_in_both(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v, p, v, q))


@cd.mistake("v stands in both pairs, in the second with the drawn h: it is ends.T @ q.")
def v_with_p_and_h(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v, p, v, h))


@cd.mistake("The ends stand in both pairs: the first is v.T @ p.")
def ends_in_both(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(e, p, e, q))


@cd.mistake("The two are added; what the ends say is taken away.")
def added(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v, p, -e, q))


@cd.mistake("Only the data's pairs are here; take away those of the ends.")
def data_alone(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v, p, 0 * e, q))


@cd.mistake("Only the pairs of the ends are here; they are taken from the data's.")
def ends_alone(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(0 * v, p, -e, q))


@cd.mistake(
    "States and chances were subtracted and then multiplied; multiply in each pair, "
    "then subtract."
)
def subtracted_first(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v - e, p - q, 0 * e, q))


@cd.mistake(
    "Means came first and were multiplied; multiply row by row, for it counts who is "
    "on together."
)
def products_of_means(*given):
    def pairs(v, p, h, ends, q):
        data = np.outer(v.mean(axis=0), p.mean(axis=0))
        return data - np.outer(ends.mean(axis=0), q.mean(axis=0))

    return _step(*given, pairs=pairs)


@cd.mistake("The slope lies on its side: it has the shape of W, (V, H).")
def transposed_answer_(*given):
    return _step(*given).T


@cd.mistake(
    "The transpose is at the other factor: v.T @ p has a number for each weight, v @ "
    "p.T would have one for each pair of rows."
)
def pairs_of_rows(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: (v @ p.T - e @ q.T) / len(v))


@cd.mistake("No transpose: v @ p works only where M = V = H; it is v.T @ p.")
def without_transpose(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: (v @ p - e @ q) / len(v))


@cd.mistake("* goes entry by entry; each weight takes a sum over the rows: v.T @ p.")
def entry_by_entry_(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: (v.T * p - e.T * q) / len(v))


@cd.mistake("Divided by the number of pixels; the mean is over the rows, len(v).")
def divided_by_pixels(v, W, *given):
    return _step(v, W, *given) * len(v) / len(W)


@cd.mistake("Divided by the number of weights; the mean is over the rows, len(v).")
def divided_by_weights(v, W, *given):
    return _step(v, W, *given) * len(v) / W.size


@cd.mistake("Divided by all entries of v; the mean is over the rows, len(v).")
def divided_by_all_entries(v, *given):
    return _step(v, *given) / v.shape[1]


@cd.mistake("Halved; each weight is moved by the whole difference.")
def halved(*given):
    return _step(*given) / 2


@cd.mistake("This is W after a step; return the slope alone.")
def weights_after(v, W, *given):
    return W + _step(v, W, *given)


@cd.mistake(
    "The ends are chances here, not draws. Many programs do so for the pixels (Hinton, "
    "2010), and it has less noise; but the chain of lesson and equation is of drawn "
    "states: ends = u_v < chance."
)
def ends_as_chances(*given):
    return _step(*given, draw_v=lambda u, p: p)


@cd.mistake(
    "h was not drawn, and its chances went down: then a hidden unit tells the pixels "
    "more than 0 or 1 can. Draw h = u_h < p first."
)
def h_not_drawn(*given):
    return _step(*given, draw_h=lambda u, p: p)


@cd.mistake(
    "Nothing was drawn: these are chances all the way (a mean field), and the uniforms "
    "have no effect. h = u_h < p, and ends = u_v < chance."
)
def nothing_drawn(*given):
    return _step(*given, draw_h=lambda u, p: p, draw_v=lambda u, p: p)


def _above(u, p):
    return (u > p).astype(float)


@cd.mistake("u_h > p turns hidden units on with the chance 1 − p; it is u_h < p.")
def h_the_wrong_side(*given):
    return _step(*given, draw_h=_above)


@cd.mistake("u_v > chance turns pixels on that should be off; it is u_v < chance.")
def v_the_wrong_side(*given):
    return _step(*given, draw_v=_above)


@cd.mistake("Both draws are the wrong way round: on is where u is below the chance.")
def both_the_wrong_side(*given):
    return _step(*given, draw_h=_above, draw_v=_above)


@cd.mistake(
    "The uniforms are exchanged, which works only where V = H: u_h is for the hidden "
    "units, u_v for the pixels."
)
def uniforms_exchanged(v, W, b, c, u_h, u_v):
    return _step(v, W, b, c, u_v, u_h)


def _likelier(u, p):
    return (p > 0.5).astype(float)


@cd.mistake("h follows the likelier side, without chance; it is on where u_h < p.")
def h_without_noise(*given):
    return _step(*given, draw_h=_likelier)


@cd.mistake("The ends follow the likelier side, without chance; u_v < chance.")
def ends_without_noise(*given):
    return _step(*given, draw_v=_likelier)


@cd.mistake("Both draws follow the likelier side; on is where u is below the chance.")
def without_noise(*given):
    return _step(*given, draw_h=_likelier, draw_v=_likelier)


@cd.mistake("The pixels' biases b are missing on the way down: h @ W.T + b.")
def without_b_(*given):
    return _step(*given, down=lambda h, W, b, c: _sigmoid(h @ W.T))


@cd.mistake("The hidden biases c are missing on the way up, both times: … @ W + c.")
def without_c_(*given):
    return _step(*given, up=lambda v, W, b, c: _sigmoid(v @ W))


@cd.mistake("The hidden biases c are missing in q, at the ends.")
def without_c_at_the_ends(*given):
    return _step(*given, again=lambda v, W, b, c: _sigmoid(v @ W))


@cd.mistake("No bias is used: up it is … @ W + c, down h @ W.T + b.")
def without_biases(v, W, b, c, u_h, u_v):
    return _step(v, W, 0 * b, 0 * c, u_h, u_v)


@cd.mistake(
    "The biases are exchanged, which works only where V = H: c is for the hidden "
    "units, b for the pixels."
)
def biases_exchanged_(v, W, b, c, u_h, u_v):
    return _step(v, W, c, b, u_h, u_v)


@cd.mistake("The way down has c; the pixels have b. It works only where V = H.")
def c_for_b_(v, W, b, c, u_h, u_v):
    return _step(v, W, c, c, u_h, u_v)


@cd.mistake("The way up has b; the hidden units have c. It works only where V = H.")
def b_for_c_(v, W, b, c, u_h, u_v):
    return _step(v, W, b, b, u_h, u_v)


@cd.mistake(
    "W on the way down, which works only where V = H: pixel i has row i, h @ W.T."
)
def down_without_transpose(*given):
    return _step(*given, down=lambda h, W, b, c: _sigmoid(h @ W + b))


@cd.mistake("The sign inside of exp, everywhere: a large gap turns a unit on.")
def the_wrong_sign_(v, W, b, c, u_h, u_v):
    return _step(v, -W, -b, -c, u_h, u_v)


@cd.mistake("The ends are drawn from the biases b alone; h is missing: h @ W.T + b.")
def from_the_biases_alone(*given):
    return _step(*given, draw_h=lambda u, p: 0 * p)


@cd.mistake(
    "The hidden units at the ends were drawn by u_h once more; there the chances q "
    "are enough."
)
def drawn_again(v, W, b, c, u_h, u_v):
    def pairs(v, p, h, ends, q):
        return _pairs(v, p, ends, _draw(u_h, q))

    return _step(v, W, b, c, u_h, u_v, pairs=pairs)


@cd.mistake(
    "Every hidden state is drawn, also that of the ends, by u_h once more; in both "
    "pairs the chances p and q are used."
)
def drawn_in_both(v, W, b, c, u_h, u_v):
    def pairs(v, p, h, ends, q):
        return _pairs(v, h, ends, _draw(u_h, q))

    return _step(v, W, b, c, u_h, u_v, pairs=pairs)


@cd.mistake("These are two steps, with the same uniforms; one is enough.")
def two_steps(v, W, b, c, u_h, u_v):
    def pairs(v, p, h, ends, q):
        ends = _draw(u_v, _down(_draw(u_h, q), W, b, c))
        return _pairs(v, p, ends, _up(ends, W, b, c))

    return _step(v, W, b, c, u_h, u_v, pairs=pairs)


@cd.mistake("This is the slope's sign only; how large it is counts, too.")
def signs(*given):
    return np.sign(_step(*given))


@cd.mistake("The first row alone; the slope is a mean over all rows.")
def first_row(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v[:1], p[:1], e[:1], q[:1]))


@cd.mistake("More than dW: only the slope of the weights is returned here.")
def all_three_slopes(*given):
    def pairs(v, p, h, ends, q):
        down, up = (v - ends).mean(axis=0), (p - q).mean(axis=0)
        return _pairs(v, p, ends, q), down, up

    return _step(*given, pairs=pairs)


@cd.mistake(
    "Pixels were multiplied with pixels, as in lesson 14; here a weight joins a pixel "
    "with a hidden unit: v.T @ p."
)
def pixels_with_pixels(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: (v.T @ v - e.T @ e) / len(v))


@cd.mistake(
    "Only the pairs of the ends are here, with a minus; the data's are missing."
)
def ends_taken_from_nothing(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(0 * v, p, e, q))


@cd.mistake("The two are exchanged, and it is a sum over the rows; divide by len(v).")
def exchanged_and_summed(v, *given):
    return -_step(v, *given) * len(v)


@cd.mistake("Brackets: only the first product is divided; the whole difference is.")
def first_divided(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: v.T @ p / len(v) - e.T @ q)


@cd.mistake("Divided by 2; a mean over the rows divides by their number, len(v).")
def divided_by_two(v, *given):
    return _step(v, *given) * len(v) / 2


@cd.mistake("Whole numbers: // throws the fractions away; a mean is made with /.")
def whole_numbers(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: (v.T @ p - e.T @ q) // len(v))


@cd.mistake("This is one number, a mean over the weights; each has its own slope.")
def mean_of_the_weights(v, *given):
    return (_step(v, *given) * len(v)).mean()


@cd.mistake(
    "A mean over the pixels was taken; the product has summed over the rows, so divide "
    "by len(v)."
)
def mean_over_the_pixels(v, *given):
    return (_step(v, *given) * len(v)).mean(axis=0)


@cd.mistake(
    "The data go with the drawn h, and the ends with p, the chances given the data; "
    "each goes with its own chances, p and q."
)
def h_and_p(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: _pairs(v, h, e, p))


@cd.mistake("This is the slope of c, row by row; a weight's has v or the ends in it.")
def of_the_biases(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: (p - q) / len(v))


@cd.mistake("This is the slope of c; a weight's has v or the ends in it: v.T @ p.")
def slope_of_c(*given):
    return _step(*given, pairs=lambda v, p, h, e, q: (p - q).mean(axis=0))
