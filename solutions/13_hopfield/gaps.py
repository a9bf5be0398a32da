"""What is known of the lines that lesson 13 leaves to the learner."""

import numpy as np

from course_lib.classroom.questions import Question

A = np.array


# -- hebb(X) --------------------------------------------------------------------------

ONE = A([[1.0, 1.0, -1.0, -1.0]])
SQUARE = A([[1.0, 1.0, -1.0], [1.0, -1.0, -1.0], [1.0, 1.0, 1.0]])
TWO = A([[1.0, -1.0, 1.0, 1.0, -1.0], [1.0, 1.0, -1.0, 1.0, -1.0]])

hebb = Question(
    "hebb",
    [(ONE,), (SQUARE,), (TWO,)],  # the lesson's; P = N, so that no size tells; P < N
    [
        "Entry (i, j) is Σ x_i x_j over the patterns: the product X.T @ X, (N, N).",
        "It is divided by N, the number of units, X.shape[1]; X.shape[0] is P.",
        "np.fill_diagonal(W, 0) changes W itself and returns None.",
    ],
)


def _hebb(
    X, *, product=lambda X: X.T @ X, by=lambda X: X.shape[1],
    diagonal=lambda W: W * (1 - np.eye(len(W))),
):  # fmt: skip
    """Hebb's rule with one thing changed."""
    return diagonal(product(X) / by(X))


@hebb.right
def pattern_by_pattern(X):
    W = np.zeros((X.shape[1], X.shape[1]))
    for x in X:
        W = W + np.outer(x, x)
    return (W - np.diag(np.diag(W))) / len(W)


@hebb.right
def pair_by_pair(X):
    N = X.shape[1]
    W = np.zeros((N, N))
    for i in range(N):
        for j in range(i):
            W[i, j] = W[j, i] = np.mean(X[:, i] * X[:, j]) * len(X) / N
    return W


@hebb.mistake(
    "The diagonal is not empty: each x_i x_i is 1, so a unit would hold fast to itself."
)
def diagonal_kept(X):
    return _hebb(X, diagonal=lambda W: W)


@hebb.mistake(
    "1/N is missing. Every unit would do the same (only the sign of its field counts), "
    "but fields and energies would be N times as large; this is the rule with 1/N."
)
def without_n(X):
    return _hebb(X, by=lambda X: 1)


@hebb.mistake(
    "Divided by P, the number of patterns, X.shape[0] or len(X); N, the number of "
    "units, is X.shape[1]."
)
def by_p(X):
    return _hebb(X, by=len)


@hebb.mistake(
    "The sum runs over the units, and says how much two patterns have in common, (P, "
    "P). W is for pairs of units, (N, N): X.T @ X."
)
def over_the_units(X):
    return _hebb(X, product=lambda X: X @ X.T)


@hebb.mistake(
    "np.fill_diagonal changes W in place and returns None: write it on a line of its "
    "own, without W =."
)
def none(X):
    return None


@hebb.mistake("1/N is missing, and the diagonal is to be 0.")
def without_n_with_diagonal(X):
    return X.T @ X


@hebb.mistake("Divided by P instead of N, and the diagonal is to be 0.")
def by_p_with_diagonal(X):
    return X.T @ X / len(X)


@hebb.mistake(
    "The sum runs over the units (X @ X.T is for pairs of patterns; W is for pairs of "
    "units, X.T @ X), and the diagonal is to be 0."
)
def over_the_units_with_diagonal(X):
    return X @ X.T / X.shape[1]


@hebb.mistake(
    "The product is the wrong way round, X @ X.T: pairs of patterns; and it is divided "
    "by P. For pairs of units it is X.T @ X / N."
)
def over_the_units_by_p(X):
    return _hebb(X, product=lambda X: X @ X.T, by=len)


@hebb.mistake(
    "X @ X.T, without 1/N, is for pairs of patterns; W is for pairs of units, X.T @ X."
)
def over_the_units_without_n(X):
    return _hebb(X, product=lambda X: X @ X.T, by=lambda X: 1)


@hebb.mistake("Divided by P and by N; only N belongs there.")
def by_both(X):
    return _hebb(X, by=lambda X: X.size)


@hebb.mistake("The diagonal is 1; it should be 0: no unit sees itself.")
def diagonal_of_ones(X):
    return _hebb(X, diagonal=lambda W: W * (1 - np.eye(len(W))) + np.eye(len(W)))


@hebb.mistake(
    "1 was taken from the diagonal; what stands there is P / N. np.fill_diagonal(W, 0) "
    "need not know."
)
def identity_taken_away(X):
    return _hebb(X, diagonal=lambda W: W - np.eye(len(W)))


@hebb.mistake(
    "1 was taken from the diagonal before the division; with P patterns P stands "
    "there. np.fill_diagonal(W, 0) need not know."
)
def identity_taken_away_before(X):
    return (X.T @ X - np.eye(X.shape[1])) / X.shape[1]


@hebb.mistake(
    "np.diag(W) is a row of N numbers, and was taken from every row; np.diag(np.diag("
    "W)) makes a matrix of it."
)
def row_taken_away(X):
    return _hebb(X, diagonal=lambda W: W - np.diag(W))


@hebb.mistake("Only the diagonal is left; all but the diagonal should be.")
def only_the_diagonal(X):
    return _hebb(X, diagonal=lambda W: W * np.eye(len(W)))


@hebb.mistake("The numbers on the diagonal, (N,), are what should go; W is (N, N).")
def diagonal_as_a_row(X):
    return _hebb(X, diagonal=np.diag)


@hebb.mistake("Every sign is turned: units that agree in a pattern get a weight > 0.")
def minus(X):
    return -_hebb(X)


@hebb.mistake(
    "The patterns were added first and then multiplied: each has its own products, and "
    "these are added."
)
def product_of_the_sum(X):
    return _hebb(X, product=lambda X: np.outer(X.sum(axis=0), X.sum(axis=0)))


@hebb.mistake(
    "The mean pattern was multiplied by itself: each pattern has its own products, and "
    "these are added."
)
def product_of_the_mean(X):
    return _hebb(X, product=lambda X: np.outer(X.mean(axis=0), X.mean(axis=0)))


@hebb.mistake("Only the first pattern is stored; the sum is over all of them.")
def first_pattern(X):
    return _hebb(X, product=lambda X: np.outer(X[0], X[0]))


@hebb.mistake("Only the last pattern is stored: each one overwrote those before it.")
def last_pattern(X):
    return _hebb(X, product=lambda X: np.outer(X[-1], X[-1]))


@hebb.mistake(
    "Each unit's mean was taken away first (a covariance); the lesson's rule takes the "
    "±1 as they are."
)
def centred(X):
    return _hebb(X, product=lambda X: (X - X.mean(0)).T @ (X - X.mean(0)))


@hebb.mistake(
    "Only one half of W is filled; a connection works both ways, w_ij = w_ji."
)
def one_half(X):
    return _hebb(X, diagonal=lambda W: np.triu(W, 1))


@hebb.mistake("Only one half of W is filled; a connection works both ways.")
def other_half(X):
    return _hebb(X, diagonal=lambda W: np.tril(W, -1))


@hebb.mistake("Divided by N²; once is enough.")
def by_n_squared(X):
    return _hebb(X, by=lambda X: X.shape[1] ** 2)


@hebb.mistake("Divided by N - 1; the lesson's rule divides by N.")
def by_n_minus_1(X):
    return _hebb(X, by=lambda X: X.shape[1] - 1)


@hebb.mistake("Divided by the root of N; divide by N.")
def by_root_n(X):
    return _hebb(X, by=lambda X: np.sqrt(X.shape[1]))


@hebb.mistake("There is a ½ too much: that belongs to the energy.")
def by_2n(X):
    return _hebb(X, by=lambda X: 2 * X.shape[1])


@hebb.mistake("The signs of the sums are taken; the sums themselves are the weights.")
def signs(X):
    return np.sign(_hebb(X))


@hebb.mistake("* multiplies entry by entry, and every ±1 by itself is 1; @ is meant.")
def entry_by_entry(X):
    return _hebb(X, product=lambda X: X * X)


@hebb.mistake("* multiplies entry by entry; X.T @ X sums over the patterns.")
def entry_by_entry_turned(X):
    return _hebb(X, product=lambda X: X.T * X)


@hebb.mistake("Divided by 2; divide by N, the number of units.")
def by_2(X):
    return _hebb(X, by=lambda X: 2)


@hebb.mistake(
    "np.outer takes all P · N numbers for one row; that does for one pattern only. X.T "
    "@ X takes the products of each pattern by itself and adds them."
)
def outer_of_all(X):
    return _hebb(X, product=lambda X: np.outer(X, X))


@hebb.mistake("Only the first entry of the diagonal is 0; all of it should be.")
def one_entry(X):
    W = X.T @ X / X.shape[1]
    W[0, 0] = 0
    return W


@hebb.mistake("The columns of W were added up; W is the whole table, (N, N).")
def columns_added(X):
    return np.sum(X.T @ X, axis=0) / X.shape[1]


# -- energy(s, W) ---------------------------------------------------------------------

FOUR = A([[0, 1, -1, -1], [1, 0, -1, -1], [-1, -1, 0, 1], [-1, -1, 1, 0]]) / 4
THREE = A([[0.0, 0.5, -1.0], [0.5, 0.0, 2.0], [-1.0, 2.0, 0.0]])
FIVE = A(
    [
        [0.0, 0.4, -0.2, 0.7, -0.5],
        [0.4, 0.0, 0.9, -0.3, 0.1],
        [-0.2, 0.9, 0.0, 0.6, -0.8],
        [0.7, -0.3, 0.6, 0.0, 0.2],
        [-0.5, 0.1, -0.8, 0.2, 0.0],
    ]
)

energy = Question(
    "energy",
    [  # the lesson's four pixels in their memory; then states that are not stable
        (A([1.0, 1.0, -1.0, -1.0]), FOUR),
        (A([1.0, -1.0, 1.0]), THREE),
        (A([-1.0, 1.0, 1.0, -1.0, -1.0]), FIVE),
    ],
    [
        "W @ s are the fields; s @ (W @ s) sums s_i h_i over the units.",
        "The sum over i and j has each pair twice, so the law has a ½ in front.",
        "Where two units do as their weight says, the energy is low: a minus.",
    ],
)


@energy.right
def by_fields(s, W):
    return -np.sum(s * (W @ s)) / 2


@energy.right
def by_pairs(s, W):
    total = 0.0
    for i in range(len(s)):
        for j in range(i):
            total -= W[i, j] * s[i] * s[j]
    return total


@energy.right
def by_a_table(s, W):
    return -0.5 * np.sum(W * np.outer(s, s))


@energy.mistake(
    "The ½ is missing: the sum over all i and j counts each pair of units twice."
)
def without_half(s, W):
    return -s @ W @ s


@energy.mistake(
    "The sign: a pair that does as its weight says lowers the energy: -½ Σ w_ij s_i "
    "s_j."
)
def plus(s, W):
    return 0.5 * s @ W @ s


@energy.mistake("Both the minus and the ½ are missing.")
def plus_without_half(s, W):
    return s @ W @ s


@energy.mistake(
    "One number for each unit, -½ s_i h_i; the energy of the state is their sum: @ and "
    "not * at both places."
)
def not_summed(s, W):
    return -0.5 * s * (W @ s)


@energy.mistake(
    "One number for each unit, -s_i h_i; the energy is ½ of their sum: -0.5 * s @ W @ "
    "s."
)
def not_summed_without_half(s, W):
    return -s * (W @ s)


@energy.mistake("These are fields, times -½; s comes in once more: s @ W @ s.")
def fields(s, W):
    return -0.5 * W @ s


@energy.mistake("These are the fields of the units; the energy is -½ s @ (W @ s).")
def fields_alone(s, W):
    return W @ s


@energy.mistake("Minus the fields; the energy is one number, -½ s @ (W @ s).")
def minus_fields(s, W):
    return -W @ s


@energy.mistake(
    "The fields are summed as they are; each is first multiplied by its unit's s_i."
)
def sum_of_fields(s, W):
    return -0.5 * np.sum(W @ s)


@energy.mistake(
    "This is the whole table of -½ w_ij s_i s_j, (N, N); the energy is its sum."
)
def table(s, W):
    return -0.5 * W * np.outer(s, s)


@energy.mistake("The whole table of -w_ij s_i s_j, (N, N); the energy is ½ of its sum.")
def table_without_half(s, W):
    return -W * np.outer(s, s)


@energy.mistake(
    "s * W * s multiplies every column by s_j twice, and s_j² is 1: this is -½ W. "
    "Write s @ W @ s."
)
def stars(s, W):
    return -0.5 * s * W * s


@energy.mistake(
    "The sum of the weights, whatever the state: in s * W * s every column has s_j "
    "twice, and s_j² is 1. Write s @ W @ s."
)
def sum_of_weights(s, W):
    return -0.5 * np.sum(W)


@energy.mistake("The state is in the sum once; each pair has two units, w_ij s_i s_j.")
def one_state(s, W):
    return -0.5 * W * s


@energy.mistake("¼ of the double sum: each pair is counted twice, so ½ of it is right.")
def a_quarter(s, W):
    return -0.25 * s @ W @ s


@energy.mistake("Twice the double sum; it is ½ of it.")
def twice(s, W):
    return -2 * s @ W @ s


@energy.mistake("Divided by the number of units; the energy is the sum.")
def mean(s, W):
    return -0.5 * np.mean(s * (W @ s))


@energy.mistake("Divided by the number of units, and the ½ is missing.")
def mean_without_half(s, W):
    return -np.mean(s * (W @ s))


@energy.mistake("The mean over all i and j; the energy is ½ of the sum, with a minus.")
def mean_of_all(s, W):
    return -0.5 * np.mean(W * np.outer(s, s))


@energy.mistake(
    "The amounts of the fields are summed: that is the energy only where every unit "
    "already follows its field."
)
def amounts(s, W):
    return -0.5 * np.sum(np.abs(W @ s))


@energy.mistake(
    "The signs of the fields count here; the fields themselves do, s @ (W @ s)."
)
def signs_of_fields(s, W):
    return -0.5 * s @ np.sign(W @ s)


@energy.mistake("W came in twice; once, between s and s.")
def weights_twice(s, W):
    return -0.5 * (W @ s) @ (W @ s)


@energy.mistake("The state alone: W belongs between s and s.")
def without_weights(s, W):
    return -0.5 * s @ s


@energy.mistake("The amounts of the weights count here; their signs belong to them.")
def amounts_of_weights(s, W):
    return -0.5 * s @ np.abs(W) @ s


@energy.mistake("The energy is squared; it may be negative, and lower is better.")
def squared(s, W):
    return (0.5 * s @ W @ s) ** 2


@energy.mistake("Without a sign: an energy below 0 is what a memory has.")
def amount(s, W):
    return np.abs(0.5 * s @ W @ s)


@energy.mistake("½ stands as something taken away; it is a factor: -0.5 * s @ W @ s.")
def half_taken_away(s, W):
    return -0.5 - s @ W @ s


@energy.mistake(
    "* and @ are mixed: s * W @ s has s_j twice, and s_j² is 1, so these are sums of "
    "the rows of W, times -½. Write s @ W @ s."
)
def star_and_at(s, W):
    return -0.5 * s * W @ s


@energy.mistake("* and @ are mixed: s * W @ s sums the rows of W; write s @ W @ s.")
def star_and_at_without_half(s, W):
    return -s * W @ s


@energy.mistake(
    "The product of two tables, (N, N); entry by entry, and summed, it would be right: "
    "s @ W @ s does both."
)
def product_of_tables(s, W):
    return -0.5 * np.outer(s, s) @ W


@energy.mistake(
    "The table of s_i s_j is multiplied by W with @ and then summed; entry by entry, "
    "with *, it would be right."
)
def sum_of_the_product(s, W):
    return -0.5 * np.sum(np.outer(s, s) @ W)


@energy.mistake(
    "Minus the sum of the fields; each is first multiplied by its unit's s_i, and the "
    "½ is missing."
)
def sum_of_fields_without_half(s, W):
    return -np.sum(W @ s)


@energy.mistake("The sum of the fields; the energy is -½ Σ s_i h_i.")
def sum_of_fields_alone(s, W):
    return np.sum(W @ s)


# -- recall(s, X, beta) ---------------------------------------------------------------

KEYS = SQUARE
MORE = A(
    [
        [1.0, 1.0, -1.0, -1.0],
        [1.0, -1.0, 1.0, -1.0],
        [-1.0, 1.0, 1.0, 1.0],
        [-1.0, -1.0, -1.0, 1.0],
        [1.0, 1.0, 1.0, 1.0],
    ]
)

recall = Question(
    "recall",
    [  # P = N, so that no size tells; more patterns than units; a state between ±1
        (A([1.0, 1.0, -1.0]), KEYS, 0.5),
        (A([1.0, -1.0, 1.0, 1.0]), MORE, 0.25),
        (A([0.8, -0.3, 0.4, -0.6]), MORE[:3], 2.0),
    ],
    [
        "X @ s compares the state with each pattern: one score a pattern, (P,).",
        "Softmax: exp of all scores, each divided by the sum of all.",
        "The new state is the patterns' mean, each with its weight: weights @ X, (N,).",
    ],
)


def _softmax(scores):
    e = np.exp(scores - scores.max())
    return e / e.sum()


def _recall(s, X, beta, *, scores=lambda s, X, beta: beta * (X @ s), share=_softmax):
    """One update with one thing changed."""
    return share(scores(s, X, beta)) @ X


@recall.right
def without_the_largest(s, X, beta):
    weights = np.exp(beta * X @ s)
    return X.T @ weights / np.sum(weights)


@recall.right
def by_distances(s, X, beta):
    near = np.exp(-beta * np.sum((X - s) ** 2, axis=1) / 2)
    return np.sum(near[:, None] / near.sum() * X, axis=0)


@recall.right
def one_after_the_other(s, X, beta):
    new, total = np.zeros(len(s)), 0.0
    for x in X:
        weight = np.exp(beta * np.dot(x, s))
        new, total = new + weight * x, total + weight
    return new / total


@recall.mistake("β is missing: scores = beta * (X @ s).")
def without_beta(s, X, beta):
    return _recall(s, X, 1.0)


@recall.mistake("The weights do not sum to 1 yet: after exp, divide by weights.sum().")
def not_normalised(s, X, beta):
    return _recall(s, X, beta, share=lambda z: np.exp(z - z.max()))


@recall.mistake("The weights do not sum to 1 yet: divide the exp by their sum.")
def not_normalised_whole(s, X, beta):
    return _recall(s, X, beta, share=np.exp)


@recall.mistake(
    "exp is missing: the scores themselves were made to sum to 1; in softmax exp comes "
    "first."
)
def without_exp(s, X, beta):
    return _recall(s, X, beta, share=lambda z: z / z.sum())


@recall.mistake(
    "The scores themselves are the weights here; that is Hebb's rule once more (up to "
    "a factor and the diagonal). Softmax makes the difference."
)
def without_softmax(s, X, beta):
    return _recall(s, X, beta, share=lambda z: z)


@recall.mistake(
    "This is the field of Hebb's net; the modern one keeps the patterns apart, and "
    "weighs them by softmax(β X s)."
)
def field_of_hebb(s, X, beta):
    W = X.T @ X / X.shape[1] * (1 - np.eye(X.shape[1]))
    return W @ s


@recall.mistake(
    "This is the net with Hebb's weights; the modern one keeps the patterns apart, and "
    "weighs them by softmax(β X s)."
)
def step_of_hebb(s, X, beta):
    return np.sign(field_of_hebb(s, X, beta))


@recall.mistake(
    "The signs were taken at the end; the modern state stays between -1 and 1, a mean "
    "of patterns."
)
def signs_at_the_end(s, X, beta):
    return np.sign(_recall(s, X, beta))


@recall.mistake(
    "Only the most similar pattern: that is where β goes to infinity; here each has a "
    "share."
)
def nearest(s, X, beta):
    return X[np.argmax(X @ s)]


@recall.mistake(
    "These are the weights of the patterns, (P,); the new state is weights @ X, (N,)."
)
def weights_only(s, X, beta):
    return _softmax(beta * (X @ s))


@recall.mistake("These are the scores, (P,); next come softmax and weights @ X.")
def scores_only(s, X, beta):
    return beta * (X @ s)


@recall.mistake(
    "Each pattern with its weight, (P, N); they are to be added: weights @ X."
)
def not_summed_up(s, X, beta):
    return _softmax(beta * (X @ s))[:, None] * X


@recall.mistake(
    "The weights sum to 1 already, so the patterns are added and not averaged again."
)
def averaged_again(s, X, beta):
    return _recall(s, X, beta) / len(X)


@recall.mistake("The sign: the more a pattern is like the state, the more it weighs.")
def minus_beta(s, X, beta):
    return _recall(s, X, -beta)


@recall.mistake("Every sign of the answer is turned; it is weights @ X.")
def negative(s, X, beta):
    return -_recall(s, X, beta)


@recall.mistake("Divided by β; it multiplies: a large β makes the choice sharp.")
def divided_by_beta(s, X, beta):
    return _recall(s, X, 1 / beta)


@recall.mistake(
    "β multiplies the weights; softmax has to see it, or nothing gets sharper."
)
def beta_outside(s, X, beta):
    return beta * _recall(s, X, 1.0)


@recall.mistake("β came in twice; once, in the scores.")
def beta_twice(s, X, beta):
    return _recall(s, X, beta**2)


@recall.mistake("β came in once more at the end; it belongs to the scores only.")
def beta_also_outside(s, X, beta):
    return beta * _recall(s, X, beta)


@recall.mistake(
    "The scores are overlaps here, divided by N; this law has β X s, without 1/N."
)
def overlaps(s, X, beta):
    return _recall(s, X, beta / len(s))


@recall.mistake(
    "The scores were divided by the root of N, as attention does by habit; here β is "
    "the whole of the scale."
)
def scaled_as_attention(s, X, beta):
    return _recall(s, X, beta / np.sqrt(len(s)))


@recall.mistake(
    "X stands turned in the scores (with P = N the sizes do not tell): a pattern is a "
    "row, X @ s."
)
def turned_scores(s, X, beta):
    return _recall(s, X, beta, scores=lambda s, X, beta: beta * (X.T @ s))


@recall.mistake(
    "X stands turned at the end (with P = N the sizes do not tell): weights @ X, the "
    "patterns being rows."
)
def turned_answer(s, X, beta):
    return X @ _softmax(beta * (X @ s))


@recall.mistake("X stands turned at both places: X @ s and weights @ X.")
def turned_twice(s, X, beta):
    return X @ _softmax(beta * (X.T @ s))


@recall.mistake("The old state was added; the new one is weights @ X.")
def added_to_the_old(s, X, beta):
    return s + _recall(s, X, beta)


@recall.mistake("All patterns weigh the same here; the state had no say.")
def mean_of_all_patterns(s, X, beta):
    return X.mean(axis=0)


@recall.mistake(
    "Sigmoids of the scores; softmax shares out 1 among all patterns, exp and a sum."
)
def sigmoids(s, X, beta):
    return _recall(s, X, beta, share=lambda z: 1 / (1 + np.exp(-z)))


@recall.mistake("tanh of the scores; softmax is meant, exp and a sum.")
def tanhs(s, X, beta):
    return _recall(s, X, beta, share=np.tanh)


@recall.mistake("Divided by the mean of the weights; divide by their sum.")
def by_the_mean(s, X, beta):
    return _recall(s, X, beta, share=lambda z: np.exp(z) / np.exp(z).mean())


@recall.mistake("Divided by the sum of the scores; it is the sum of the exp.")
def by_the_sum_of_scores(s, X, beta):
    return _recall(s, X, beta, share=lambda z: np.exp(z) / z.sum())


@recall.mistake(
    "Brackets: the largest score is taken away before exp, np.exp(scores - scores.max("
    ")), not after."
)
def largest_taken_away_after(s, X, beta):
    def share(z):
        e = np.exp(z) - z.max()
        return e / e.sum()

    return _recall(s, X, beta, share=share)


@recall.mistake(
    "scores.max() - scores: the most similar pattern has the least weight; the largest "
    "is taken from the others."
)
def largest_minus_scores(s, X, beta):
    return _recall(s, X, beta, share=lambda z: np.exp(z.max() - z))


@recall.mistake("A softmax of a softmax; once is enough.")
def softmax_twice(s, X, beta):
    return _recall(s, X, beta, share=lambda z: _softmax(_softmax(z)))


@recall.mistake(
    "The amounts of the scores count here, so that a negative weighs as much as a "
    "pattern."
)
def amounts_of_scores(s, X, beta):
    return _recall(s, X, beta, scores=lambda s, X, beta: beta * np.abs(X @ s))


@recall.mistake("The scores are squared; exp does all of the sharpening here.")
def squared_scores(s, X, beta):
    return _recall(s, X, beta, scores=lambda s, X, beta: beta * (X @ s) ** 2)


@recall.mistake("The signs of the scores count here; their sizes are to count too.")
def signs_of_scores(s, X, beta):
    return _recall(s, X, beta, scores=lambda s, X, beta: beta * np.sign(X @ s))


@recall.mistake(
    "The state's signs were taken first; a state between -1 and 1 counts as it is."
)
def signs_of_the_state(s, X, beta):
    return _recall(np.sign(s), X, beta)


@recall.mistake(
    "The weights met the units, not the patterns (with P = N the sizes do not tell): "
    "weights @ X, which also adds."
)
def weights_along_the_units(s, X, beta):
    return _softmax(beta * (X @ s)) * X


@recall.mistake("Each pattern with its weight, as columns; add them: weights @ X.")
def not_summed_up_in_columns(s, X, beta):
    return X.T * _softmax(beta * (X @ s))


@recall.mistake(
    "X * s multiplies entry by entry; a pattern's score is the sum over its units, X @ "
    "s."
)
def a_score_for_each_unit(s, X, beta):
    e = np.exp(beta * X * s)
    return e / e.sum() @ X


@recall.mistake(
    "Each unit has its own softmax here, of X * s; a pattern has one score, X @ s, and "
    "one weight."
)
def a_softmax_for_each_unit(s, X, beta):
    e = np.exp(beta * X * s)
    return np.sum(e / e.sum(axis=0) * X, axis=0)


@recall.mistake("Divided by P, the number of patterns; divide by the weights' sum.")
def by_their_number(s, X, beta):
    return _recall(s, X, beta, share=lambda z: np.exp(z) / len(z))


@recall.mistake(
    "Divided by the length of the weights (squares and a root); divide by their sum."
)
def by_their_length(s, X, beta):
    return _recall(s, X, beta, share=lambda z: np.exp(z) / np.linalg.norm(np.exp(z)))


@recall.mistake(
    "The weights meet the state at the end; they are for the patterns: weights @ X."
)
def weights_at_the_state(s, X, beta):
    return _softmax(beta * (X @ s)) @ s


@recall.mistake("The sign: here patterns that lie far off weigh most.")
def by_far_distances(s, X, beta):
    far = np.linalg.norm(X - s, axis=1)
    return _recall(s, X, beta, scores=lambda s, X, beta: beta * far)


@recall.mistake(
    "The scores are distances here; with half their squares, -β |x - s|² / 2, it would "
    "be right, but X @ s is all it takes."
)
def by_distances_unsquared(s, X, beta):
    far = np.linalg.norm(X - s, axis=1)
    return _recall(s, X, beta, scores=lambda s, X, beta: -beta * far)


@recall.mistake(
    "Half the square of the distance is what X @ s stands for; without the half, β "
    "counts twice."
)
def by_squared_distances(s, X, beta):
    return _recall(s, X, 2 * beta)


@recall.mistake("Divided by a sum of squares; divide by the sum of the weights.")
def by_their_squares(s, X, beta):
    return _recall(s, X, beta, share=lambda z: np.exp(z) / np.sum(np.exp(z) ** 2))


@recall.mistake(
    "e is the exp of the scores already; its softmax would be an exp too many."
)
def softmax_of_exp(s, X, beta):
    return _recall(s, X, beta, share=lambda z: _softmax(np.exp(z - z.max())))


@recall.mistake(
    "e was divided by P, the number of patterns; divide it by its own sum, e.sum()."
)
def e_by_their_number(s, X, beta):
    return _recall(s, X, beta, share=lambda z: np.exp(z - z.max()) / len(z))


@recall.mistake(
    "e was divided by the sum of the scores; divide it by its own sum, e.sum()."
)
def e_by_the_sum_of_scores(s, X, beta):
    return _recall(s, X, beta, share=lambda z: np.exp(z - z.max()) / z.sum())


@recall.mistake("e alone is not shares of 1 yet: divide by e.sum(), then @ X.")
def e_alone(s, X, beta):
    return np.exp(beta * (X @ s) - np.max(beta * (X @ s)))


@recall.mistake("Shares times scores; the shares are for the patterns: @ X.")
def mean_of_scores(s, X, beta):
    return _softmax(beta * (X @ s)) @ (beta * (X @ s))


@recall.mistake("Not yet a mean: e @ X is to be divided by e.sum(), not by X.sum().")
def by_the_sum_of_x(s, X, beta):
    return _recall(s, X, beta, share=lambda z: np.exp(z - z.max()) / X.sum())
