"""Exercise 15: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array


def _sigmoid(x):
    return 1 / (1 + np.exp(-x))


def _softplus(x):
    return np.logaddexp(0, x)


def _states(N):
    return np.indices((2,) * N).reshape(N, -1).T


def _normal(rng, *shape, scale=1.0):
    """Normal numbers, rounded for the eye."""
    return np.round(rng.normal(size=shape) * scale, 1)


# -- odds(v, W, b, c) -----------------------------------------------------------------


def _pictures(seed, M, V, H):
    rng = np.random.default_rng(seed)
    v = rng.integers(0, 2, (M, V)).astype(float)
    return v, _normal(rng, V, H), _normal(rng, V), _normal(rng, H)


odds = Question(
    "odds",
    inputs=[
        (
            A([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 1.0], [1.0, 1.0, 1.0]]),
            A([[1.0, -0.5], [0.5, 1.5], [-1.0, 2.0]]),
            A([0.4, -0.2, 0.7]),
            A([-0.5, 0.3]),
        ),
        _pictures(0, 3, 3, 3),
        _pictures(1, 6, 5, 4),
    ],
    hints=[
        "p(v) = exp(−F(v)) / Z. What is left of p(v_m) / p(v_0)?",
        "A number above 1 is to come out where F is lower than that of row 0.",
        "Row 0 is as likely as itself: the first number is 1.",
    ],
)


def _weight(F):
    return np.exp(F[0] - F)


def _F(
    v, W, b, c, *, gap=lambda v, W, c: v @ W + c, visible=lambda v, b: v @ b,
    hidden=lambda x: _softplus(x).sum(axis=1), sign=(-1, -1),
):  # fmt: skip
    """F of each row with one thing changed."""
    return sign[0] * visible(v, b) + sign[1] * hidden(gap(v, W, c))


def _odds(*given, answer=_weight, **changed):
    return answer(_F(*given, **changed))


@odds.right
def by_products(v, W, b, c):
    p = np.exp(v @ b) * np.prod(1 + np.exp(v @ W + c), axis=1)
    return p / p[0]


@odds.right
def by_all_hidden_states(v, W, b, c):
    h = _states(len(c))
    w = np.exp((v @ W + c) @ h.T + (v @ b)[:, None]).sum(axis=1)
    return [weight / w[0] for weight in w]


@odds.mistake(
    "Upside down: this says how many times as likely row 0 is. A lower F is likelier, "
    "exp(F_0 − F_m)."
)
def upside_down(*given):
    return _odds(*given, answer=lambda F: np.exp(F - F[0]))


@odds.mistake(
    "This is the difference of the free energies, a logarithm; take exp of it."
)
def without_exp(*given):
    return _odds(*given, answer=lambda F: F[0] - F)


@odds.mistake(
    "This is the difference of the free energies, and the wrong way round: exp(F_0 − "
    "F_m)."
)
def without_exp_upside_down(*given):
    return _odds(*given, answer=lambda F: F - F[0])


@odds.mistake(
    "The free energies were divided by each other; it is their weights exp(−F) that "
    "are."
)
def ratio_of_free_energies(*given):
    return _odds(*given, answer=lambda F: F / F[0])


@odds.mistake(
    "The free energies were divided by each other, row 0 by each row; it is exp(−F) of "
    "each row by exp(−F) of row 0."
)
def ratio_of_free_energies_upside_down(*given):
    return _odds(*given, answer=lambda F: F[0] / F)


@odds.mistake(
    "These are the weights exp(−F); divide each by that of row 0, so that the first is "
    "1."
)
def weights(*given):
    return _odds(*given, answer=lambda F: np.exp(-F))


@odds.mistake(
    "The weights were divided by the sum over these rows, which is not Z and not what "
    "is asked: divide by that of row 0."
)
def shares(*given):
    return _odds(*given, answer=lambda F: np.exp(-F) / np.exp(-F).sum())


@odds.mistake(
    "Divided by the weight of the likeliest row; it is by that of row 0, whichever it "
    "is."
)
def against_the_likeliest(*given):
    return _odds(*given, answer=lambda F: np.exp(F.min() - F))


@odds.mistake("Against the mean weight; it is against row 0.")
def against_the_mean(*given):
    return _odds(*given, answer=lambda F: np.exp(-F) / np.exp(-F).mean())


@odds.mistake("Each row against the one before it; all are asked against row 0.")
def against_the_last_one(*given):
    return _odds(*given, answer=lambda F: np.exp(np.append(F[0], F[:-1]) - F))


@odds.mistake("Against the last row; it is against the first, row 0.")
def against_the_last_row(*given):
    return _odds(*given, answer=lambda F: np.exp(F[-1] - F))


@odds.mistake("Row 0 is missing in the answer; it has a number, too: 1.")
def first_left_out(*given):
    return _odds(*given)[1:]


@odds.mistake(
    "σ of the difference is the chance of one of the two, p_m / (p_m + p_0); asked is "
    "the ratio."
)
def chance_of_one_of_two(*given):
    return _odds(*given, answer=lambda F: _sigmoid(F[0] - F))


@odds.mistake(
    "The weights were subtracted; how many *times* as likely is a ratio: exp(F_0 − F)."
)
def difference_of_weights(*given):
    return _odds(*given, answer=lambda F: np.exp(-F) - np.exp(-F[0]))


@odds.mistake("The biases of the pixels are missing: − v @ b.")
def without_b(*given):
    return _odds(*given, sign=(0, -1))


@odds.mistake("The hidden biases c are missing in the gaps: v @ W + c.")
def without_c(*given):
    return _odds(*given, gap=lambda v, W, c: v @ W)


@odds.mistake("b and c are both missing in F.")
def without_biases(*given):
    return _odds(*given, gap=lambda v, W, c: v @ W, sign=(0, -1))


@odds.mistake("The sign of v @ b: in F it comes with a minus, as the hidden sum does.")
def sign_of_b(*given):
    return _odds(*given, sign=(1, -1))


@odds.mistake("The sign of the sum over hidden units: in F it comes with a minus.")
def sign_of_the_sum(*given):
    return _odds(*given, sign=(-1, 1))


@odds.mistake(
    "The sum over the hidden units came before the logarithm; log(1 + exp(x)) of each, "
    "then the sum."
)
def log_of_the_sum(*given):
    return _odds(*given, hidden=lambda x: np.log((1 + np.exp(x)).sum(axis=1)))


@odds.mistake(
    "exp(x) was summed inside of the logarithm; each hidden unit has its own log(1 + "
    "exp(x)), and these are summed."
)
def log_of_one_and_the_sum(*given):
    return _odds(*given, hidden=lambda x: np.log(1 + np.exp(x).sum(axis=1)))


@odds.mistake("The gaps were summed inside of exp; sum log(1 + exp(x)) over the units.")
def sum_of_gaps_first(*given):
    return _odds(*given, hidden=lambda x: _softplus(x.sum(axis=1)))


@odds.mistake(
    "This weighs each row with all its hidden units on; each may be off, too: log(1 + "
    "exp(x)) instead of x."
)
def all_on(*given):
    return _odds(*given, hidden=lambda x: x.sum(axis=1))


@odds.mistake(
    "Here each hidden unit is as it likes it best; p(v) adds up all its states: log(1 "
    "+ exp(x)) instead of max(0, x)."
)
def best_hidden_state(*given):
    return _odds(*given, hidden=lambda x: np.maximum(0, x).sum(axis=1))


@odds.mistake(
    "This is the energy with the hidden units at their chances; F counts their ways, "
    "too: log(1 + exp(x))."
)
def mean_energy(*given):
    return _odds(*given, hidden=lambda x: (x * _sigmoid(x)).sum(axis=1))


@odds.mistake("σ(x) stands where log(1 + exp(x)) belongs.")
def chances_summed(*given):
    return _odds(*given, hidden=lambda x: _sigmoid(x).sum(axis=1))


@odds.mistake("exp(x) stands where log(1 + exp(x)) belongs; mind the brackets.")
def exp_summed(*given):
    return _odds(*given, hidden=lambda x: np.exp(x).sum(axis=1))


@odds.mistake("The sign inside of exp: F has log(1 + exp(x)), x = v @ W + c.")
def minus_inside(*given):
    return _odds(*given, gap=lambda v, W, c: -(v @ W + c))


@odds.mistake("The mean over the hidden units; F has their sum.")
def mean_for_sum(*given):
    return _odds(*given, hidden=lambda x: _softplus(x).mean(axis=1))


@odds.mistake("The sum runs over the rows; it is over the hidden units: axis=1.")
def over_the_rows(*given):
    return _odds(*given, hidden=lambda x: _softplus(x).sum(axis=0))


@odds.mistake(
    "The sum runs over all rows and units, so that the rows differ by v @ b alone: "
    "axis=1."
)
def over_everything(*given):
    return _odds(*given, hidden=lambda x: _softplus(x).sum())


@odds.mistake("The logarithm is natural, np.log, and not that of base 2.")
def base_two(*given):
    return _odds(*given, hidden=lambda x: _softplus(x).sum(axis=1) / np.log(2))


@odds.mistake("F is measured in powers of e, not of 2 or 10: np.exp.")
def powers_of_two(*given):
    return _odds(*given, answer=lambda F: 2 ** (F[0] - F))


@odds.mistake(
    "The biases are exchanged, which works only where V = H: b is for the pixels."
)
def biases_exchanged(v, W, b, c):
    return _odds(v, W, c, b)


@odds.mistake("W is the other way round: the gaps are v @ W + c, (M, H).")
def transposed(*given):
    return _odds(*given, gap=lambda v, W, c: v @ W.T + c)


@odds.mistake("F is halved, or its root was taken; exp(F_0 − F) as it is.")
def root(*given):
    return np.sqrt(_odds(*given))


@odds.mistake("1 is taken away: twice as likely is 2, not 1 more.")
def one_less(*given):
    return _odds(*given) - 1


@odds.mistake("These are per cent; as likely as row 0 is 1.")
def per_cent(*given):
    return 100 * _odds(*given)


@odds.mistake("This is −F; exp(F_0 − F) is asked.")
def minus_free_energies(*given):
    return _odds(*given, answer=lambda F: -F)


@odds.mistake("This is F; exp(F_0 − F) is asked.")
def free_energies(*given):
    return _odds(*given, answer=lambda F: F)


@odds.mistake(
    "Against the empty picture, all pixels off; row 0 is the one to compare with."
)
def against_the_empty_picture(v, W, b, c):
    empty = _F(0 * v[:1], W, b, c)
    return np.exp(empty - _F(v, W, b, c))


@odds.mistake(
    "A number for each row, (M,); here is one for each pair of rows or a column."
)
def pairs_of_rows(*given):
    return _odds(*given, answer=lambda F: np.exp(F[:, None] - F))


@odds.mistake("Only a part of v's rows is compared; the answer is one number here.")
def one_number(*given):
    return _odds(*given)[1]


@odds.mistake("The sign: F is low where a state is likely; these are exp(F) as it is.")
def exp_of_F(*given):
    return _odds(*given, answer=np.exp)


@odds.mistake("F was divided by that of row 0 before exp; it is subtracted there.")
def ratio_before_exp(*given):
    return _odds(*given, answer=lambda F: np.exp(-F / F[0]))


@odds.mistake("F was divided by that of row 0 before exp, and the sign: exp(F_0 − F).")
def ratio_before_exp_and_sign(*given):
    return _odds(*given, answer=lambda F: np.exp(F / F[0]))


@odds.mistake(
    "By which share F grows; asked is how many times as likely: exp(F_0 − F)."
)
def relative_growth(*given):
    return _odds(*given, answer=lambda F: (F - F[0]) / F[0])


@odds.mistake("The logarithm of a ratio of free energies; it is exp(F_0 − F).")
def log_of_the_ratio(*given):
    return _odds(*given, answer=lambda F: np.log(F[0] / F))


@odds.mistake("These were summed over the rows; each row has its own.")
def summed(*given):
    return _odds(*given).sum()


@odds.mistake("The answer is a column (M, 1); (M,) is asked.")
def column(*given):
    return _odds(*given)[:, None]


@odds.mistake(
    "The sum over the hidden units is missing in F: .sum(axis=1) leaves one number a "
    "row."
)
def without_the_sum(*given):
    return _odds(*given, hidden=_softplus)


@odds.mistake(
    "This is how likely each row comes back from its own hidden units, a "
    "reconstruction; how likely it is says F."
)
def reconstruction(v, W, b, c):
    on = _sigmoid(_sigmoid(v @ W + c) @ W.T + b)
    p = np.where(v == 1, on, 1 - on).prod(axis=1)
    return p / p[0]


# -- lines(W, c) ----------------------------------------------------------------------


def _weights(seed, V, H):
    rng = np.random.default_rng(seed)
    return _normal(rng, V, H, scale=1.5), _normal(rng, H)


lines = Question(
    "lines",
    inputs=[
        (A([[2.0, -1.0], [1.0, 1.5], [-2.0, 0.5]]), A([-0.5, 0.3])),
        _weights(10, 3, 3),
        _weights(11, 5, 3),
    ],
    hints=[
        "Of b, F has −b_i for each pixel that is on. How often does b_i stand in the "
        "four terms, and with which signs?",
        "With i and k on, the gaps of the hidden units are c + W[i] + W[k]; with "
        "neither, they are c.",
        "ω_ik is S(i, k) − S(i) − S(k) + S(), S being the sum of log(1 + exp(x)). All "
        "pairs at once: W[:, None] + W is (V, V, H).",
    ],
)


def _all(omega):
    omega = np.array(omega, dtype=float)
    np.fill_diagonal(omega, 0)
    return omega


def _omega(
    W, c, *, S=lambda x: _softplus(x).sum(axis=-1), join=None, two=None, close=_all
):
    """ω with one thing changed; join is given S of two, i, k and none."""
    i, k = W[:, None], W[None]
    join = join or (lambda ik, i, k, none: ik - i - k + none)
    both = two(c, i, k) if two else c + i + k
    return close(join(S(both), S(c + i), S(c + k), S(c)))


@lines.right
def by_loops(W, c):
    def F(*on):
        return -sum(_softplus(c + sum(W[i] for i in on)))

    omega = np.zeros((len(W), len(W)))
    for i in range(len(W)):
        for k in range(len(W)):
            if i != k:
                omega[i, k] = (F(k) - F(i, k)) - (F() - F(i))
    return omega


@lines.right
def by_products_(W, c):
    e, a = np.exp(c), np.exp(W)
    ratio = (1 + e * a[:, None] * a) * (1 + e)
    ratio = ratio / ((1 + e * a)[:, None] * (1 + e * a))
    return _all(np.log(ratio.prod(axis=2)))


@lines.right
def with_hidden_units_turned_over(W, c):  # what is linear in x cancels
    return _omega(-W, -c)


@lines.mistake(
    "W @ W.T is Hebb's rule, each hidden unit a pattern: near it for small weights, "
    "but for a factor σ (1 − σ). Exactly it takes the four free energies."
)
def hebb(W, c):
    return _all(W @ W.T)


@lines.mistake(
    "This is what holds for small weights only; exactly it takes the four free "
    "energies."
)
def hebb_by_slopes(W, c):
    p = _sigmoid(c)
    return _all(W * (p * (1 - p)) @ W.T)


@lines.mistake(
    "W @ W.T / 4 is right for small weights and c = 0; exactly it takes the four free "
    "energies."
)
def hebb_by_four(W, c):
    return _all(W @ W.T / 4)


@lines.mistake(
    "This is W @ W.T, Hebb's rule, with its diagonal; exactly it takes the four free "
    "energies."
)
def hebb_with_diagonal(W, c):
    return W @ W.T


@lines.mistake(
    "This is Hebb's rule with the factor σ (1 − σ), and its diagonal; exactly it takes "
    "the four free energies."
)
def hebb_by_slopes_with_diagonal(W, c):
    p = _sigmoid(c)
    return W * (p * (1 - p)) @ W.T


@lines.mistake(
    "W.T @ W is for pairs of hidden units; and exactly it takes the four free energies."
)
def hebb_of_hidden_units(W, c):
    return _all(W.T @ W)


@lines.mistake("Every sign: F comes with a minus in front of its sum, so ω is −this.")
def negative(W, c):
    return -_omega(W, c)


@lines.mistake(
    "The term with neither pixel on is missing: it is not 0 but the sum of log(1 + "
    "exp(c))."
)
def without_none(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: ik - i - k)


@lines.mistake("The term with neither pixel on has the wrong sign; it is added to −F.")
def none_taken_away(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: ik - i - k - none)


@lines.mistake(
    "This is how much likelier both on are than both off; what each does by itself is "
    "to be taken away."
)
def both_against_none(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: ik - none)


@lines.mistake(
    "This is the gap of one pixel with the other on; take away its gap with the other "
    "off."
)
def gap_with_the_other(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: ik - k)


@lines.mistake(
    "This is the gap of pixel k with i on, in row i; the gap without it is to be taken "
    "away, and then the order makes no difference."
)
def gap_of_the_other(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: ik - i)


@lines.mistake("Only the pair is here; take away what i and k do by themselves.")
def pair_alone(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: ik)


@lines.mistake(
    "The sum with k off was added to that with k on; the growth is their difference."
)
def gaps_added(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: ik - k + i - none)


@lines.mistake("The diagonal is kept; no pixel has a line to itself.")
def diagonal_kept(W, c):
    return _omega(W, c, close=lambda omega: omega)


@lines.mistake("The hidden biases are missing: the gaps are c + W[i] + W[k].")
def without_c_(W, c):
    return _omega(W, 0 * c)


@lines.mistake("c is missing where neither pixel is on: there the gaps are c, not 0.")
def none_without_c(W, c):
    def join(ik, i, k, none):
        return ik - i - k + len(c) * np.log(2)

    return _omega(W, c, join=join)


@lines.mistake(
    "c came twice with both pixels on; a hidden unit has one bias: c + W[i] + W[k]."
)
def c_twice(W, c):
    return _omega(W, c, two=lambda c, i, k: c + i + c + k)


@lines.mistake("c was subtracted in the gaps; it is added.")
def c_subtracted(W, c):
    return _omega(W, -c)


@lines.mistake("The sum came before the logarithm: log(1 + exp(x)) of each, then sum.")
def log_of_the_sum_(W, c):
    return _omega(W, c, S=lambda x: np.log((1 + np.exp(x)).sum(axis=-1)))


@lines.mistake(
    "exp(x) was summed inside of the logarithm; each hidden unit has its own log(1 + "
    "exp(x)), and these are summed."
)
def log_of_one_and_the_sum_(W, c):
    return _omega(W, c, S=lambda x: np.log(1 + np.exp(x).sum(axis=-1)))


@lines.mistake("The gaps were summed inside of exp; sum log(1 + exp(x)) over units.")
def sum_of_gaps_first_(W, c):
    return _omega(W, c, S=lambda x: _softplus(x.sum(axis=-1)))


@lines.mistake("The mean over the hidden units; F has their sum.")
def mean_for_sum_(W, c):
    return _omega(W, c, S=lambda x: _softplus(x).mean(axis=-1))


@lines.mistake(
    "Here is σ for log(1 + exp(x)): by how much more hidden units are on, and not what "
    "they do to the pixels."
)
def sigmas(W, c):
    return _omega(W, c, S=lambda x: _sigmoid(x).sum(axis=-1))


@lines.mistake("max(0, x) is for log(1 + exp(x)) here: hidden units may be off or on.")
def cut_off(W, c):
    return _omega(W, c, S=lambda x: np.maximum(0, x).sum(axis=-1))


@lines.mistake("exp(x) is for log(1 + exp(x)) here; mind the brackets.")
def exps(W, c):
    return _omega(W, c, S=lambda x: np.exp(x).sum(axis=-1))


@lines.mistake("The logarithm is missing: F has log(1 + exp(x)).")
def products_without_log(W, c):
    return _omega(W, c, S=lambda x: np.prod(1 + np.exp(x), axis=-1))


@lines.mistake("The logarithm is natural, np.log, and not that of base 2.")
def base_two_(W, c):
    return _omega(W, c) / np.log(2)


@lines.mistake("Halved: each pair stands here once for i and once for k, as it is.")
def halved(W, c):
    return _omega(W, c) / 2


@lines.mistake("Doubled; each pair has its ω as it is.")
def doubled(W, c):
    return 2 * _omega(W, c)


@lines.mistake("The half below the diagonal is 0; ω_ik and ω_ki are both to be there.")
def upper_half(W, c):
    return np.triu(_omega(W, c))


@lines.mistake("The half above the diagonal is 0; ω_ik and ω_ki are both to be there.")
def lower_half(W, c):
    return np.tril(_omega(W, c))


@lines.mistake("These are ω for pairs of hidden units; pixels have the rows of W.")
def between_hidden_units(W, c):
    return _omega(W.T, 0.0)


@lines.mistake("The sum over the hidden units is missing: ω is (V, V).")
def for_each_hidden_unit(W, c):
    return _omega(W, c, S=_softplus, close=lambda omega: omega)


@lines.mistake("All the other pixels are on here; they are to be off.")
def others_on(W, c):
    rest = c + W.sum(axis=0) - W[:, None] - W[None]

    def S(x):
        return _softplus(x).sum(axis=-1)

    i, k = W[:, None], W[None]
    return _all(S(rest + i + k) - S(rest + i) - S(rest + k) + S(rest))


@lines.mistake(
    "exp of ω is by which factor the odds of pixel i grow; ω is what its gap does."
)
def odds_for_gaps(W, c):
    return _omega(W, c, close=lambda omega: _all(np.exp(omega)))


@lines.mistake(
    "σ of the two gaps was subtracted, chances without b; the gap itself is asked."
)
def chances_for_gaps(W, c):
    def join(ik, i, k, none):
        return _sigmoid(ik - k) - _sigmoid(i - none)

    return _omega(W, c, join=join)


@lines.mistake("The size of ω only; below 0 the two pixels keep each other off.")
def size_only(W, c):
    return np.abs(_omega(W, c))


@lines.mistake("These are the correlations of the rows of W, not what F makes of them.")
def correlations(W, c):
    return _all(np.corrcoef(W))


@lines.mistake(
    "The weights of the two pixels were multiplied inside; with both on, they add up: "
    "c + W[i] + W[k]."
)
def weights_multiplied(W, c):
    return _omega(W, c, two=lambda c, i, k: c + i * k)


@lines.mistake("With both pixels on a hidden unit hears their sum, not the difference.")
def weights_subtracted(W, c):
    return _omega(W, c, two=lambda c, i, k: c + i - k)


@lines.mistake("The gaps of the two were multiplied; ω comes from sums of them.")
def product_of_gaps(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: (i - none) * (k - none))


@lines.mistake(
    "The brackets are lost: F() − F(i) is taken away as a whole, so F(i) comes with a "
    "plus."
)
def without_brackets(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: ik - k + i + none)


@lines.mistake(
    "The sum with i off was added, and i and k are exchanged; the growth is a "
    "difference."
)
def gaps_added_the_other_way(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: ik - i + k - none)


@lines.mistake(
    "Pixel k alone came twice, and pixel i not at all: rows need S[:, None], columns S."
)
def column_twice(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: ik - 2 * k + none)


@lines.mistake(
    "Pixel i alone came twice, and pixel k not at all: both S(i) and S(k) are taken "
    "away."
)
def row_twice(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: ik - 2 * i + none)


@lines.mistake("The term with both pixels on is missing: S(i, k).")
def without_the_pair(W, c):
    return _omega(W, c, join=lambda ik, i, k, none: i + k - none)


@lines.mistake("σ of ω is a number from 0 to 1; ω itself is asked, of either sign.")
def sigma_of_omega(W, c):
    return _omega(W, c, close=lambda omega: _all(_sigmoid(omega)))


@lines.mistake(
    "The sum for one pixel runs over the pixels, which works only where V = H: over "
    "the hidden units, axis=1."
)
def one_over_the_pixels(W, c):
    i, k = W[:, None], W[None]
    one = _softplus(c + W).sum(axis=0)
    two = _softplus(c + i + k).sum(axis=2)
    return _all(two - one[:, None] - one + _softplus(c).sum())


@lines.mistake(
    "The sum for two pixels runs over the second of them, which works only where V = "
    "H: over the hidden units, the last axis."
)
def two_over_the_pixels(W, c):
    one = _softplus(c + W).sum(axis=1)
    two = _softplus(c + W[:, None] + W).sum(axis=1)
    return _all(two - one[:, None] - one + _softplus(c).sum())


# -- as_net(W, b, c, K) ---------------------------------------------------------------


def _labelled(seed, V, K, H):
    rng = np.random.default_rng(seed)
    return _normal(rng, V + K, H), _normal(rng, V + K), _normal(rng, H), K


as_net = Question(
    "as_net",
    inputs=[
        _labelled(20, 4, 3, 2),
        _labelled(21, 3, 3, 3),
        _labelled(22, 2, 2, 4),
    ],
    hints=[
        "With label k on, hidden unit j has the gap c_j + w of label k + the weights of "
        "the pixels that are on. Which part depends on v, which on k?",
        "The part that depends on v is the same for all labels, and stands K times side "
        "by side: np.tile.",
        "Output k adds up the H units of label k, and no others: a column with H ones, "
        "at k H to k H + H − 1. np.repeat of np.eye(K) has such columns.",
    ],
)


def _net(W, b, c, K, *, kernel=None, bias=None, collect=None, last=None):
    """The four arrays, some of them another: made of (pixels, labels, c, K)."""
    pixels, labels = W[:-K], W[-K:]
    right = [
        np.tile(pixels, K),
        (c + labels).ravel(),
        np.repeat(np.eye(K), len(c), axis=0),
    ]
    given = pixels, labels, c, K
    for k, other in enumerate((kernel, bias, collect)):
        if other:
            right[k] = other(*given)
    return [*right, last(b, K) if last else b[-K:]]


@as_net.right
def by_loops_(W, b, c, K):
    V, H = len(W) - K, len(c)
    kernel, bias, collect = np.zeros((V, K * H)), np.zeros(K * H), np.zeros((K * H, K))
    for k in range(K):
        for j in range(H):
            kernel[:, k * H + j] = W[:V, j]
            bias[k * H + j] = c[j] + W[V + k, j]
            collect[k * H + j, k] = 1
    return [kernel, bias, collect, b[V:]]


@as_net.right
def by_joining(W, b, c, K):
    V, H = len(W) - K, len(c)
    kernel = np.concatenate([W[:V]] * K, axis=1)
    collect = np.kron(np.eye(K), np.ones((H, 1)))
    return kernel, np.hstack([c + row for row in W[V:]]), collect, b[V:]


@as_net.mistake(
    "The units of the first layer stand label by label within each hidden unit, j K + "
    "k; number k H + j is asked: tile the kernel, repeat in the second."
)
def units_in_the_other_order(*given):
    return _net(
        *given,
        kernel=lambda p, l, c, K: np.repeat(p, K, axis=1),
        bias=lambda p, l, c, K: (c + l).T.ravel(),
        collect=lambda p, l, c, K: np.tile(np.eye(K), (len(c), 1)),
    )


@as_net.mistake(
    "The first kernel repeats each column K times, so that unit 1 looks with hidden "
    "unit 0 again; the columns come all in turn, K times: np.tile."
)
def repeated(*given):
    return _net(*given, kernel=lambda p, l, c, K: np.repeat(p, K, axis=1))


@as_net.mistake(
    "The second kernel collects unit 0, K, 2 K, … for label 0; its units are 0 to H − "
    "1: np.repeat, not np.tile."
)
def collected_in_turn(*given):
    return _net(*given, collect=lambda p, l, c, K: np.tile(np.eye(K), (len(c), 1)))


@as_net.mistake(
    "The first bias stands in the order of the columns; unit k H + j has c[j] + w of "
    "label k: ravel the rows."
)
def bias_in_the_other_order(*given):
    return _net(*given, bias=lambda p, l, c, K: (c + l).T.ravel())


@as_net.mistake(
    "The labels' weights are missing in the first bias: with label k on, hidden unit j "
    "hears c[j] + W[V + k, j]."
)
def without_labels(*given):
    return _net(*given, bias=lambda p, l, c, K: np.tile(c, K))


@as_net.mistake("The hidden biases c are missing in the first bias.")
def without_hidden_biases(*given):
    return _net(*given, bias=lambda p, l, c, K: l.ravel())


@as_net.mistake(
    "The labels are the last K rows of W and entries of b, behind the pixels; here are "
    "the first."
)
def labels_first(W, b, c, K):
    V = len(W) - K
    return _net(np.roll(W, V, axis=0), np.roll(b, V), c, K)


@as_net.mistake(
    "The first bias has the first rows of W; the labels' are the last K, W[−K:]."
)
def bias_of_the_first_rows(W, b, c, K):
    return _net(W, b, c, K, bias=lambda p, l, c, K: (c + W[:K]).ravel())


@as_net.mistake("The last bias has the first K entries of b; the labels' are the last.")
def first_biases(*given):
    return _net(*given, last=lambda b, K: b[:K])


@as_net.mistake(
    "The last bias has b of the pixels; the labels' own b is asked, b[−K:]."
)
def biases_of_pixels(*given):
    return _net(*given, last=lambda b, K: b[:-K])


@as_net.mistake("The last bias has all of b; only the labels' K entries are asked.")
def all_biases(*given):
    return _net(*given, last=lambda b, K: b)


@as_net.mistake(
    "The last bias is 0, but labels have biases of their own, b[−K:]: how common each "
    "is counts."
)
def without_label_biases(*given):
    return _net(*given, last=lambda b, K: 0 * b[-K:])


@as_net.mistake("The last bias has the wrong sign: the output is −F, which has + b.")
def label_biases_subtracted(*given):
    return _net(*given, last=lambda b, K: -b[-K:])


@as_net.mistake(
    "The outputs are F; a logit is −F, so the second kernel is +1, the last bias + b."
)
def outputs_are_F(*given):
    return _net(
        *given,
        collect=lambda p, l, c, K: -np.repeat(np.eye(K), len(c), axis=0),
        last=lambda b, K: -b[-K:],
    )


@as_net.mistake("The second kernel has the wrong sign: −F has + log(1 + exp(x)).")
def collected_with_minus(*given):
    return _net(
        *given, collect=lambda p, l, c, K: -np.repeat(np.eye(K), len(c), axis=0)
    )


@as_net.mistake(
    "Each output adds up the units of all labels, so that all outputs say the same; "
    "output k has those of label k."
)
def all_collected(*given):
    return _net(*given, collect=lambda p, l, c, K: np.ones((K * len(c), K)))


@as_net.mistake("The second kernel takes the mean; −F is a sum, with ones.")
def mean_collected(*given):
    return _net(
        *given,
        collect=lambda p, l, c, K: np.repeat(np.eye(K), len(c), axis=0) / len(c),
    )


@as_net.mistake(
    "The labels' weights stand in the second kernel, as if hidden units told the "
    "label. Here the label is clamped, each in turn, and tells the hidden units: its "
    "weights are in the first bias."
)
def weights_on_the_way_out(*given):
    def collect(p, l, c, K):
        return np.repeat(np.eye(K), len(c), axis=0) * np.tile(l.T, (K, 1))

    return _net(*given, bias=lambda p, l, c, K: np.tile(c, K), collect=collect)


@as_net.mistake(
    "The labels' weights are used twice, in the first bias and in the second kernel; "
    "the latter has ones, as F is a sum."
)
def weights_twice(*given):
    def collect(p, l, c, K):
        return np.repeat(np.eye(K), len(c), axis=0) * l.ravel()[:, None]

    return _net(*given, collect=collect)


@as_net.mistake(
    "The labels' weights are used twice, in the first bias and, label by label, in the "
    "second kernel; there are ones, as F is a sum."
)
def weights_twice_by_labels(*given):
    def collect(p, l, c, K):
        return np.tile(l.T, (K, 1))

    return _net(*given, collect=collect)


@as_net.mistake(
    "This is the machine's own way up, H units, and the labels' weights to K outputs; "
    "but each label wants hidden units of its own, K H of them."
)
def one_set_of_hidden_units(W, b, c, K):
    return [W[:-K], c, W[-K:].T, b[-K:]]


@as_net.mistake(
    "The first kernel has the labels' rows, too; the net is given the pixels only: V "
    "rows."
)
def all_rows(W, b, c, K):
    return _net(W, b, c, K, kernel=lambda p, l, c, K: np.tile(W, K))


@as_net.mistake("The first kernel lies on its side: (V, K H), a row for each pixel.")
def kernel_on_its_side(*given):
    return _net(*given, kernel=lambda p, l, c, K: np.tile(p, K).T)


@as_net.mistake(
    "The pixels' rows stand below each other; for K times as many units they stand "
    "side by side: np.tile(…, K)."
)
def below_each_other(*given):
    return _net(*given, kernel=lambda p, l, c, K: np.tile(p, (K, 1)))


@as_net.mistake(
    "The second kernel lies on its side: (K H, K), a column for each label."
)
def collected_on_its_side(*given):
    return _net(*given, collect=lambda p, l, c, K: np.repeat(np.eye(K), len(c), axis=1))


@as_net.mistake("The second kernel adds up units k, K + k, … on its side: (K H, K).")
def collected_in_turn_on_its_side(*given):
    return _net(*given, collect=lambda p, l, c, K: np.tile(np.eye(K), len(c)))


@as_net.mistake(
    "The first bias is a table (K, H); Keras wants it as one row of K H: ravel."
)
def bias_as_a_table(*given):
    return _net(*given, bias=lambda p, l, c, K: c + l)


@as_net.mistake("The last bias is a row (1, K); Keras wants (K,).")
def last_bias_as_a_row(*given):
    return _net(*given, last=lambda b, K: b[None, -K:])


@as_net.mistake("c is shared out over the labels; each label has all of it.")
def c_shared_out(*given):
    return _net(*given, bias=lambda p, l, c, K: (c / K + l).ravel())


@as_net.mistake("The pixels' weights are shared out over the labels; each has all.")
def kernel_shared_out(*given):
    return _net(*given, kernel=lambda p, l, c, K: np.tile(p, K) / K)


@as_net.mistake("c is subtracted in the first bias; the gap has c + w.")
def c_subtracted_(*given):
    return _net(*given, bias=lambda p, l, c, K: (l - c).ravel())


@as_net.mistake("The label's weights are subtracted; the gap has c + w of label k.")
def labels_subtracted(*given):
    return _net(*given, bias=lambda p, l, c, K: (c - l).ravel())


@as_net.mistake("The first bias adds all labels' weights; only label k is on.")
def all_labels_on(*given):
    return _net(*given, bias=lambda p, l, c, K: np.tile(c + l.sum(axis=0), K))


@as_net.mistake(
    "The other labels' weights are taken away; units that are off are 0 and say "
    "nothing."
)
def others_taken_away(*given):
    return _net(*given, bias=lambda p, l, c, K: (c + 2 * l - l.sum(axis=0)).ravel())


@as_net.mistake("b of the labels came into the first bias; it stands in the last only.")
def label_bias_in_the_first(W, b, c, K):
    return _net(W, b, c, K, bias=lambda p, l, c, K: (c + l + b[-K:, None]).ravel())


@as_net.mistake("The pixels' biases came into the first bias; no hidden unit has them.")
def pixel_biases_in_the_first(W, b, c, K):
    total = b[:-K].sum()
    return _net(W, b, c, K, bias=lambda p, l, c, K: (c + l + total).ravel())


@as_net.mistake(
    "The pixels' biases, all of them, are in the last bias; they are the same for all "
    "labels and left out (and count for pixels that are on)."
)
def pixel_biases_in_the_last(*given):
    return _net(*given, last=lambda b, K: b[-K:] + b[:-K].sum())


@as_net.mistake("Kernels first, then biases; set_weights wants them layer by layer.")
def kernels_first(*given):
    kernel, bias, collect, last = _net(*given)
    return [kernel, collect, bias, last]


@as_net.mistake("Biases first; in each layer the kernel comes first, then its bias.")
def biases_first(*given):
    kernel, bias, collect, last = _net(*given)
    return [bias, kernel, last, collect]


@as_net.mistake("The last bias is missing: four arrays, two for each layer.")
def three_arrays(*given):
    return _net(*given)[:3]


@as_net.mistake(
    "The last bias went through a softmax; the net's outputs are logits, and b is one."
)
def softmax_of_b(*given):
    return _net(*given, last=lambda b, K: np.exp(b[-K:]) / np.exp(b[-K:]).sum())


@as_net.mistake(
    "Both kernels stand in the order j K + k; number k H + j is asked: tile the first, "
    "repeat np.eye(K) in the second."
)
def kernels_in_the_other_order(*given):
    return _net(
        *given,
        kernel=lambda p, l, c, K: np.repeat(p, K, axis=1),
        collect=lambda p, l, c, K: np.tile(np.eye(K), (len(c), 1)),
    )


@as_net.mistake(
    "The first layer stands in the order j K + k; number k H + j is asked, in kernel "
    "and bias."
)
def first_layer_in_the_other_order(*given):
    return _net(
        *given,
        kernel=lambda p, l, c, K: np.repeat(p, K, axis=1),
        bias=lambda p, l, c, K: (c + l).T.ravel(),
    )


@as_net.mistake(
    "The labels' weights are missing in the first bias, and c is repeated entry by "
    "entry: it is all of c for label 0, then for label 1, each with the label's w."
)
def c_repeated_without_labels(*given):
    return _net(*given, bias=lambda p, l, c, K: np.repeat(c, K))


@as_net.mistake(
    "In the first bias c is repeated entry by entry; all of c comes for label 0, then "
    "all of it for label 1: np.tile."
)
def c_repeated(*given):
    return _net(*given, bias=lambda p, l, c, K: np.repeat(c, K) + l.ravel())


@as_net.mistake(
    "In the first bias the labels' weights stand in the order of the columns; label 0's "
    "H weights come first: ravel the rows."
)
def labels_in_the_other_order(*given):
    return _net(*given, bias=lambda p, l, c, K: np.tile(c, K) + l.T.ravel())


@as_net.mistake(
    "Each output takes the mean over all labels' units; output k is the sum of those "
    "of label k."
)
def mean_of_all(*given):
    return _net(*given, collect=lambda p, l, c, K: np.ones((K * len(c), K)) / K)


@as_net.mistake(
    "Each output adds up units of all labels, by the labels' weights; each label is "
    "clamped in turn, its weights are in the first bias, and output k takes its own H."
)
def all_by_labels_weights(*given):
    return _net(
        *given,
        bias=lambda p, l, c, K: np.tile(c, K),
        collect=lambda p, l, c, K: np.tile(l.T, (K, 1)),
    )


@as_net.mistake(
    "The first kernel has the labels' rows, though the net is given pixels only; a "
    "label that is on is a part of the first bias."
)
def labels_in_the_kernel(W, b, c, K):
    return _net(
        W, b, c, K,
        kernel=lambda p, l, c, K: np.tile(W, K), bias=lambda p, l, c, K: np.tile(c, K),
    )  # fmt: skip


@as_net.mistake(
    "The first kernel has H columns; each of the K labels wants H units of its own."
)
def kernel_once(*given):
    return _net(*given, kernel=lambda p, l, c, K: p)


@as_net.mistake("The first kernel has three axes; K times side by side it is (V, K H).")
def stacked(*given):
    return _net(*given, kernel=lambda p, l, c, K: np.stack([p] * K))


@as_net.mistake(
    "b of the labels was moved into the first bias, so that each counts H times and "
    "inside of softplus; it is added to the output."
)
def label_bias_moved(W, b, c, K):
    return _net(
        W, b, c, K, bias=lambda p, l, c, K: (c + l + b[-K:, None]).ravel(),
        last=lambda b, K: 0 * b[-K:],
    )  # fmt: skip


@as_net.mistake("c is in the last bias as well; it is a part of the gaps only.")
def c_in_the_last(W, b, c, K):
    return _net(W, b, c, K, last=lambda b, K: b[-K:] + c.sum())


@as_net.mistake(
    "Label k collects units k to k + H − 1; its own are k H to k H + H − 1."
)
def collected_too_early(*given):
    def collect(p, l, c, K):
        ones = np.zeros((K * len(c), K))
        for k in range(K):
            ones[k : k + len(c), k] = 1
        return ones

    return _net(*given, collect=collect)


# -- complete(v, known, W, b, c) ------------------------------------------------------


def _damaged(seed, V, H, missing, scale=1.0):
    rng = np.random.default_rng(seed)
    v, known = rng.integers(0, 2, V).astype(float), rng.permutation(V) >= missing
    W = _normal(rng, V, H, scale=scale)
    return v, known, W, _normal(rng, V), _normal(rng, H)


complete = Question(
    "complete",
    inputs=[
        (
            A([1.0, 0.0, 1.0, 1.0]),
            A([True, True, False, False]),
            A([[2.0, -1.0], [-1.5, 1.0], [1.0, -2.0], [-1.0, 1.5]]),
            A([0.3, -0.2, 0.4, -0.5]),
            A([-0.5, 0.3]),
        ),
        _damaged(31, 4, 4, 2, 1.5),
        _damaged(32, 7, 3, 4, 1.5),
        _damaged(33, 44, 3, 40, 0.5),
    ],
    hints=[
        "Given h, the pixels know nothing of each other. So sum over the states of the "
        "hidden units.",
        "Which chance has the state h, given the known pixels? Start from exp(−E(v, h)) "
        "and sum it over the missing pixels.",
        "Given h, that sum is a product: each missing pixel, off (1) or on (exp of its "
        "gap), makes a factor 1 + exp(b_i + Σ_j w_ij h_j).",
        "Given h, a missing pixel is on with σ of its gap; the answer is the mean of "
        "this over h, each with its chance given the known pixels.",
    ],
)


def _complete(
    v, known, W, b, c, *, h=_states, gap=lambda h, W, b: h @ W.T + b,
    of_h=lambda h, c: h @ c, clamped=lambda x, v, known: x[:, known] @ v[known],
    either=lambda x, known: _softplus(x[:, ~known]).sum(axis=1),
    weigh=lambda log_w: np.exp(log_w - log_w.max()) / np.exp(log_w - log_w.max()).sum(),
    chance=lambda p, x: p @ _sigmoid(x), close=np.where,
):  # fmt: skip
    """The answer with one thing changed."""
    h = h(len(c))
    x = gap(h, W, b)
    p = weigh(of_h(h, c) + clamped(x, v, known) + either(x, known))
    return close(known, v, chance(p, x))


@complete.right
def state_by_state(v, known, W, b, c):
    total, on = 0.0, np.zeros(len(v))
    for h in np.ndindex(*(2,) * len(c)):
        x = W @ h + b
        w = np.exp(c @ h + np.where(known, v * x, np.log1p(np.exp(x))).sum())
        total, on = total + w, on + w / (1 + np.exp(-x))
    return np.where(known, v, on / total)


@complete.right
def on_against_all(v, known, W, b, c):
    def log_weight(v, known):
        h = _states(len(c))
        x = h @ W.T + b
        terms = np.where(known, v * x, _softplus(x)).sum(axis=1) + h @ c
        return np.logaddexp.reduce(terms)

    answer, all_ways = v.copy(), log_weight(v, known)
    for i in np.flatnonzero(~known):
        this = np.arange(len(v)) == i
        answer[i] = np.exp(log_weight(np.where(this, 1, v), known | this) - all_ways)
    return answer


@complete.mistake(
    "The missing pixels have no part in the weight of h. Each may be off or on, so it "
    "makes a factor 1 + exp(its gap): a state of h that allows more ways is likelier."
)
def missing_without_weight(*given):
    return _complete(*given, either=lambda x, known: 0.0)


@complete.mistake(
    "What v holds at the missing places was used: h was weighed by all of v. It means "
    "nothing there; sum over off and on."
)
def all_of_v_used(*given):
    return _complete(
        *given, clamped=lambda x, v, known: x @ v, either=lambda x, known: 0.0
    )


@complete.mistake(
    "The hidden units were given their chances by the known pixels alone, the missing "
    "taken for off, and sent back down: a reconstruction, and no exact sum."
)
def reconstructed(v, known, W, b, c):
    h = _sigmoid((v * known) @ W + c)
    return np.where(known, v, _sigmoid(h @ W.T + b))


@complete.mistake(
    "This is a reconstruction, from all of v, and what v holds at missing places means "
    "nothing. Sum over the states of the hidden units."
)
def reconstructed_from_all(v, known, W, b, c):
    h = _sigmoid(v @ W + c)
    return np.where(known, v, _sigmoid(h @ W.T + b))


@complete.mistake(
    "This is a reconstruction with the missing pixels at ½; the exact answer sums over "
    "all states of the hidden units."
)
def reconstructed_from_halves(v, known, W, b, c):
    h = _sigmoid(np.where(known, v, 0.5) @ W + c)
    return np.where(known, v, _sigmoid(h @ W.T + b))


@complete.mistake(
    "Chances went up and down until they stood still, a mean field: an estimate, as if "
    "the units knew nothing of each other. Sum over the states of the hidden units."
)
def mean_field(v, known, W, b, c):
    m = np.where(known, v, 0.5)
    for _ in range(500):
        m = np.where(known, v, _sigmoid(_sigmoid(m @ W + c) @ W.T + b))
    return m


@complete.mistake(
    "The known pixels have no part in the weight of h: this is how likely the pixels "
    "are on when nothing is known."
)
def nothing_known(*given):
    return _complete(
        *given, clamped=lambda x, v, known: 0.0,
        either=lambda x, known: _softplus(x).sum(axis=1),
    )  # fmt: skip


@complete.mistake(
    "The known pixels are left out of the weight of h: exp of the gaps of those that "
    "are on belongs to it."
)
def known_left_out(*given):
    return _complete(*given, clamped=lambda x, v, known: 0.0)


@complete.mistake(
    "The weight of h has a factor 1 + exp(gap) for the known pixels as well; these are "
    "off or on, as v says."
)
def either_for_all(*given):
    return _complete(*given, either=lambda x, known: _softplus(x).sum(axis=1))


@complete.mistake(
    "This weighs h by how well it foretells the known pixels, σ, and leaves out how "
    "likely h is by itself: its weight has exp(c · h) and all the pixels' 1 + exp(gap)."
)
def likelihood_of_the_known(*given):
    return _complete(
        *given, of_h=lambda h, c: 0.0,
        clamped=lambda x, v, known: (
            x[:, known] @ v[known] - _softplus(x[:, known]).sum(axis=1)
        ),
        either=lambda x, known: 0.0,
    )  # fmt: skip


@complete.mistake(
    "exp(c · h) times the chance of the known pixels given h is not p(h) times it: c · "
    "h is in the energy, and p(h) has a factor 1 + exp(gap) of every pixel as well."
)
def biases_for_prior(*given):
    return _complete(
        *given,
        clamped=lambda x, v, known: (
            x[:, known] @ v[known] - _softplus(x[:, known]).sum(axis=1)
        ),
        either=lambda x, known: 0.0,
    )  # fmt: skip


@complete.mistake("All states of h count alike here; weigh each by the known pixels.")
def all_alike(*given):
    return _complete(*given, weigh=lambda log_w: np.full(len(log_w), 1 / len(log_w)))


@complete.mistake("Only the likeliest state of h was asked; all count, by weight.")
def likeliest_h(*given):
    return _complete(*given, weigh=lambda log_w: np.eye(len(log_w))[np.argmax(log_w)])


@complete.mistake("c is missing in the weight of h.")
def without_c__(*given):
    return _complete(*given, of_h=lambda h, c: 0.0)


@complete.mistake("The pixels' biases b are missing in their gaps.")
def without_b_(*given):
    return _complete(*given, gap=lambda h, W, b: h @ W.T)


@complete.mistake("b and c are both missing.")
def without_biases_(v, known, W, b, c):
    return _complete(v, known, W, 0 * b, 0 * c)


def _weighed_without_b(v, known, W, b, c, known_too=True):
    h = _states(len(c))
    x = h @ W.T
    either = _softplus(x + (0 if known_too else b))[:, ~known].sum(axis=1)
    w = np.exp(h @ c + x[:, known] @ v[known] + either)
    return np.where(known, v, w / w.sum() @ _sigmoid(x + b))


@complete.mistake("b is missing in the weight of h: a missing pixel's gap has it.")
def b_only_at_the_end(*given):
    return _weighed_without_b(*given)


@complete.mistake("b is missing at the end: the chance is σ(b_i + Σ_j w_ij h_j).")
def b_not_at_the_end(v, known, W, b, c):
    return _complete(v, known, W, b, c, chance=lambda p, x: p @ _sigmoid(x - b))


@complete.mistake("The sign of the energy: a state of high energy is likely here.")
def likely_uphill(*given):
    return _complete(*given, weigh=lambda log_w: np.exp(-log_w) / np.exp(-log_w).sum())


@complete.mistake(
    "The sign of the missing pixels' factor: its logarithm is added to the known part."
)
def factor_divided(*given):
    return _complete(*given, either=lambda x, known: -_softplus(x[:, ~known]).sum(1))


@complete.mistake("Only known pixels that are off were counted; those that are on do.")
def known_the_other_way(*given):
    return _complete(*given, clamped=lambda x, v, known: x[:, known] @ (1 - v[known]))


@complete.mistake(
    "Known pixels count +gap where on and −gap where off; a pixel that is off is 0 and "
    "adds nothing to the energy."
)
def as_spins(*given):
    return _complete(
        *given, clamped=lambda x, v, known: x[:, known] @ (2 * v[known] - 1)
    )


@complete.mistake("exp is missing: the weights are −energies here.")
def without_exp_(*given):
    return _complete(*given, weigh=lambda log_w: log_w / log_w.sum())


@complete.mistake("The weights are not yet divided by their sum.")
def not_normalised(*given):
    return _complete(*given, weigh=np.exp)


@complete.mistake("Divided by how many states there are; divide by the sum of weights.")
def divided_by_their_number(*given):
    return _complete(*given, weigh=lambda log_w: np.exp(log_w) / len(log_w))


@complete.mistake(
    "The likeliest state has 1; divide by the sum of the weights, not by the largest."
)
def largest_is_one(*given):
    return _complete(*given, weigh=lambda log_w: np.exp(log_w - log_w.max()))


@complete.mistake(
    "The gaps were averaged, and then σ; it is the chances that are averaged: σ first."
)
def sigma_of_the_mean(*given):
    return _complete(*given, chance=lambda p, x: _sigmoid(p @ x))


@complete.mistake("σ is missing: these are mean gaps of the pixels, not chances.")
def mean_gaps(*given):
    return _complete(*given, chance=lambda p, x: p @ x)


@complete.mistake("σ of minus the gap: this is the chance that the pixel is off.")
def chance_to_be_off(*given):
    return _complete(*given, chance=lambda p, x: p @ _sigmoid(-x))


@complete.mistake(
    "The known pixels have chances here, too; they are known: return them as they are."
)
def known_overwritten(*given):
    return _complete(*given, close=lambda known, v, chance: chance)


@complete.mistake("Only the missing pixels were returned; all V are asked.")
def missing_alone(*given):
    return _complete(*given, close=lambda known, v, chance: chance[~known])


@complete.mistake("The known pixels are 0 here; return them as v has them.")
def known_left_at_zero(*given):
    return _complete(*given, close=lambda known, v, chance: np.where(known, 0, chance))


@complete.mistake(
    "Known and missing are exchanged: where `known` is true, v is to be taken."
)
def exchanged(v, known, W, b, c):
    return _complete(v, ~known, W, b, c)


@complete.mistake(
    "Known and missing are exchanged in the answer; v is taken where `known` is true."
)
def exchanged_at_the_end(*given):
    return _complete(*given, close=lambda known, v, chance: np.where(known, chance, v))


@complete.mistake("These are decided, off or on; return the chances.")
def decided(*given):
    return _complete(
        *given, close=lambda known, v, chance: np.where(known, v, chance > 0.5)
    )


@complete.mistake("The hidden units are 0 and 1 here, not −1 and 1.")
def hidden_spins(*given):
    return _complete(*given, h=lambda N: 2 * _states(N) - 1)


@complete.mistake(
    "exp(gap) alone is a missing pixel that is on; it may be off, too: 1 + exp(gap)."
)
def missing_all_on(*given):
    return _complete(*given, either=lambda x, known: x[:, ~known].sum(axis=1))


@complete.mistake(
    "The missing pixels' factors were summed; they are independent given h, so it is "
    "their product (the sum of logarithms)."
)
def factors_summed(*given):
    return _complete(
        *given,
        either=lambda x, known: np.log((1 + np.exp(x[:, ~known])).sum(axis=1)),
    )


@complete.mistake("1 + exp of the summed gaps; each missing pixel has its own factor.")
def one_factor(*given):
    return _complete(
        *given, either=lambda x, known: _softplus(x[:, ~known].sum(axis=1))
    )


@complete.mistake("The missing pixels' σ came for the factor 1 + exp(gap).")
def sigma_for_factor(*given):
    return _complete(
        *given,
        either=lambda x, known: np.log(_sigmoid(x[:, ~known])).sum(axis=1),
    )


@complete.mistake(
    "Mean logarithms; the weight is a product over the pixels: their sum."
)
def mean_of_logarithms(*given):
    return _complete(*given, either=lambda x, known: _softplus(x[:, ~known]).mean(1))


def _alone(v, known, W, b, c):
    """σ(F(off) − F(on)) of each missing pixel, the others as in v."""
    answer = v.copy()
    for i in np.flatnonzero(~known):
        F = []
        for state in (0.0, 1.0):
            one = v.copy()
            one[i] = state
            F.append(-(one @ b) - _softplus(one @ W + c).sum())
        answer[i] = _sigmoid(F[0] - F[1])
    return answer


@complete.mistake(
    "Each missing pixel was asked with the other missing ones off; these may be on, "
    "too. Sum over the states of the hidden units."
)
def others_off(v, known, W, b, c):
    return np.where(known, v, _alone(v * known, known, W, b, c))


@complete.mistake(
    "Each missing pixel was asked with the others as v has them, and that means "
    "nothing where they are missing. Sum over the states of the hidden units."
)
def others_as_in_v(*given):
    return _alone(*given)


@complete.mistake(
    "The one of all answers that is likeliest given h was mixed in: σ above ½ made 1 "
    "before the mean. Average the chances themselves."
)
def decided_given_h(*given):
    return _complete(*given, chance=lambda p, x: p @ (x > 0))


@complete.mistake("h @ W works only where V = H: pixel i has row i of W, h @ W.T.")
def without_transpose(*given):
    return _complete(*given, gap=lambda h, W, b: h @ W + b)


@complete.mistake(
    "A reconstruction, and the known pixels have chances as well. Return what is known "
    "as it is; for the others sum over the states of the hidden units."
)
def reconstructed_all(v, known, W, b, c):
    return _sigmoid(_sigmoid(v @ W + c) @ W.T + b)


@complete.mistake(
    "A reconstruction from the known pixels, and these have chances as well. Return "
    "what is known as it is; for the others sum over the hidden units' states."
)
def reconstructed_all_from_the_known(v, known, W, b, c):
    return _sigmoid(_sigmoid((v * known) @ W + c) @ W.T + b)


@complete.mistake(
    "h is weighed by its biases alone; the known pixels and the missing ones' factors "
    "belong to its weight."
)
def by_hidden_biases_alone(*given):
    return _complete(
        *given, clamped=lambda x, v, known: 0.0, either=lambda x, known: 0.0
    )


@complete.mistake(
    "c is missing in the weight of h, and so is the factor 1 + exp(gap) of each "
    "missing pixel."
)
def by_known_alone(*given):
    return _complete(*given, of_h=lambda h, c: 0.0, either=lambda x, known: 0.0)


@complete.mistake("The sign of the known pixels' part: exp(+gap) for each that is on.")
def known_taken_away(*given):
    return _complete(*given, clamped=lambda x, v, known: -(x[:, known] @ v[known]))


@complete.mistake(
    "1 + the sum of exp(gap) is for one missing pixel on at most; each has its own "
    "factor 1 + exp(gap)."
)
def one_at_most(*given):
    return _complete(
        *given,
        either=lambda x, known: np.log(1 + np.exp(x[:, ~known]).sum(axis=1)),
    )


@complete.mistake(
    "The missing pixels count twice: by the factor 1 + exp(gap), and by what v holds "
    "there, which means nothing."
)
def missing_twice(*given):
    return _complete(*given, clamped=lambda x, v, known: x @ v)


@complete.mistake(
    "The factors 1 + exp(gap) were added to logarithms; take the logarithm of each."
)
def factors_without_log(*given):
    return _complete(
        *given, either=lambda x, known: (1 + np.exp(x[:, ~known])).sum(axis=1)
    )


@complete.mistake(
    "All the known pixels count as on; those that are off add nothing: x[:, known] @ "
    "v[known]."
)
def known_all_on(*given):
    return _complete(*given, clamped=lambda x, v, known: x[:, known].sum(axis=1))


words = Words(
    "words",
    [
        "From noise, to which valley does a chain go, and what would it take to leave?",
        "A chain that stays among the zeros: does it say how likely the zeros are, all "
        "together?",
        "F compares one picture with one picture. Of which are there more different "
        "ones, legible zeros or legible ones?",
        "Where do CD-1's chains end? Which mistake of the machine can they never see?",
    ],
)
