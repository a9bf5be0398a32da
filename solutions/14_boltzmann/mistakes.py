"""Exercise 14: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


# -- blocks(W) ------------------------------------------------------------------------


def _net(N, *links):
    """A symmetric W with these weights, (i, j, w)."""
    W = np.zeros((N, N))
    for i, j, w in links:
        W[i, j] = W[j, i] = w
    return W


RING = _net(5, (0, 1, 1.0), (1, 2, -1.0), (2, 3, 1.0), (3, 4, 0.5), (4, 0, -0.5))
LAYERS = _net(
    5, (0, 2, 0.7), (0, 3, -1.2), (0, 4, 0.4), (1, 2, -0.3), (1, 3, 0.9), (1, 4, 1.1)
)
TANGLE = _net(
    9, (0, 3, 0.5), (1, 3, -0.8), (0, 4, 1.0), (1, 4, 0.6), (3, 4, -0.4), (2, 5, 0.9),
    (4, 5, -1.1), (0, 6, -0.7), (1, 6, -0.9), (3, 6, 1.3), (4, 7, 0.5), (5, 7, -0.5),
    (6, 7, 0.8), (3, 8, -1.0), (5, 8, 0.3), (7, 8, -0.6), (1, 8, 1.2),
)  # fmt: skip
SCATTERED = _net(
    7, (0, 1, 1.0), (1, 3, -0.4), (2, 3, 0.8), (3, 5, 1.5), (4, 5, -0.9), (2, 6, 0.2),
    (4, 6, 0.3), (1, 6, -1.0),
)  # fmt: skip

blocks = Question(
    "blocks",
    inputs=[(RING,), (LAYERS,), (TANGLE,), (SCATTERED,)],
    hints=[
        "On a ring of five: unit 0 gets 0, unit 1 gets 1, unit 2 gets 0, unit 3 gets 1. "
        "And unit 4, which is connected with 3 and 0?",
        "block[:i][W[i, :i] != 0] holds the numbers that are taken for unit i.",
        "Begin with 0 and go up while the number is among those taken.",
    ],
)


def _coloured(
    W, *, linked=lambda W, i, j: W[i, j] != 0, order=None,
    pick=lambda taken: next(k for k in range(99) if k not in taken),
):  # fmt: skip
    """Units in order, each with the number picked among those taken."""
    order = list(order(W)) if order else list(range(len(W)))
    block = {}
    for i in order:
        block[i] = pick([block[j] for j in block if linked(W, i, j)])
    return A([block[i] for i in range(len(W))])


@blocks.right
def block_by_block(W):
    block, k = np.full(len(W), -1), 0
    while (block < 0).any():
        for i in range(len(W)):
            inside = block == k
            if block[i] < 0 and not (W[i, inside] != 0).any():
                block[i] = k
        k += 1
    return block


@blocks.right
def by_sets(W):
    answer = []
    for row in W:
        taken = {k for k, w in zip(answer, row, strict=False) if w}
        answer.append(min(set(range(len(W))) - taken))
    return answer


@blocks.mistake(
    "Negative weights count as none here; units are connected where w is not 0."
)
def positive_only(W):
    return _coloured(W, linked=lambda W, i, j: W[i, j] > 0)


@blocks.mistake("Positive weights count as none; units are connected where w is not 0.")
def negative_only(W):
    return _coloured(W, linked=lambda W, i, j: W[i, j] < 0)


@blocks.mistake(
    "The units that are *not* connected were kept apart; it is the connected ones."
)
def unconnected_apart(W):
    return _coloured(W, linked=lambda W, i, j: W[i, j] == 0)


@blocks.mistake(
    "Each got one more than the highest number taken; the lowest free one may lie "
    "below."
)
def above_the_highest(W):
    return _coloured(W, pick=lambda taken: max(taken, default=-1) + 1)


@blocks.mistake(
    "Each got the number of units before it with which it is connected; several of "
    "these may be in one block."
)
def neighbours_counted(W):
    return _coloured(W, pick=len)


@blocks.mistake("Each got the number of different blocks that are taken; see which.")
def taken_counted(W):
    return _coloured(W, pick=lambda taken: len(set(taken)))


@blocks.mistake(
    "Only the unit right before was looked at; any unit before it may be connected."
)
def the_one_before(W):
    return _coloured(W, linked=lambda W, i, j: j == i - 1 and W[i, j] != 0)


@blocks.mistake(
    "Only the last of the connected units before it was looked at; all of them count."
)
def the_last_neighbour(W):
    return _coloured(W, pick=lambda taken: 0 if not taken or taken[-1] else 1)


@blocks.mistake(
    "Only the first of the connected units was looked at; all of them count."
)
def the_first_neighbour(W):
    return _coloured(W, pick=lambda taken: 0 if not taken or taken[0] else 1)


@blocks.mistake(
    "The number goes up once for each connected unit with the same number, but is not "
    "compared again with those seen before: go up *while* it is taken."
)
def once_along_the_list(W):
    def pick(taken):
        k = 0
        for other in taken:
            k += other == k
        return k

    return _coloured(W, pick=pick)


@blocks.mistake(
    "The number went up once at most (if); a unit that is connected with 0 and 1 needs "
    "2: go up *while* it is taken."
)
def if_for_while(W):
    block = np.zeros(len(W), dtype=int)
    for i in range(len(W)):
        if block[i] in block[:i][W[i, :i] != 0]:
            block[i] += 1
    return block


@blocks.mistake("Every unit got a block of its own, or all units before it count.")
def all_apart(W):
    return np.arange(len(W))


@blocks.mistake("Blocks are numbered from 0; these begin with 1.")
def from_one(W):
    return _coloured(W) + 1


@blocks.mistake("This is how many blocks there are; say for each unit which it is in.")
def how_many(W):
    return len(set(_coloured(W)))


@blocks.mistake("This is the highest number; say for each unit which block it is in.")
def highest_number(W):
    return int(_coloured(W).max())


@blocks.mistake(
    "The blocks as lists of units; the number of each unit's block is asked for, (N,)."
)
def lists_of_units(W):
    block = _coloured(W)
    return [
        [int(i) for i in np.flatnonzero(block == k)] for k in range(block.max() + 1)
    ]


@blocks.mistake("The units were taken from the last to the first; begin with unit 0.")
def from_the_end(W):
    return _coloured(W, order=lambda W: reversed(range(len(W))))


@blocks.mistake(
    "The units with most connections came first; that is often better, but here they "
    "come in order."
)
def busiest_first(W):
    return _coloured(
        W, order=lambda W: np.argsort(-(W != 0).sum(axis=1), kind="stable")
    )


@blocks.mistake(
    "A unit joined the block of the unit before it unless they are connected; the "
    "lowest free number is asked for, and all units count."
)
def runs_of_units(W):
    block = [0]
    for i in range(1, len(W)):
        block.append(block[-1] + int(W[i, i - 1] != 0))
    return A(block)


@blocks.mistake(
    "A new block was begun as soon as a unit did not fit into the present one; try the "
    "earlier blocks, too."
)
def earlier_blocks_forgotten(W):
    block, k = np.zeros(len(W), dtype=int), 0
    for i in range(len(W)):
        k += bool((W[i, :i][block[:i] == k] != 0).any())
        block[i] = k
    return block


@blocks.mistake(
    "A unit was kept apart from itself or from units that come later, which have no "
    "block yet: look at W[i, :i]."
)
def with_those_to_come(W):
    block = np.zeros(len(W), dtype=int)
    for i in range(len(W)):
        taken = block[W[i] != 0]
        while block[i] in taken:
            block[i] += 1
    return block


@blocks.mistake("Units that are connected got the same number; they are to be apart.")
def together(W):
    return _coloured(W, pick=lambda taken: min(taken, default=0))


@blocks.mistake(
    "The steps from unit 0 were counted, over connections; on a ring of odd length two "
    "neighbours are equally far."
)
def steps_away(W):
    far = np.where(np.arange(len(W)) == 0, 0, len(W))
    for _ in W:
        for i in range(len(W)):
            far[i] = min(far[i], *(far[W[i] != 0] + 1))
    return far


@blocks.mistake(
    "Even and odd steps from unit 0 make two blocks; with a ring of odd length in it, "
    "a machine needs a third."
)
def even_and_odd(W):
    return steps_away(W) % 2


@blocks.mistake("Unit by turns, 0, 1, 0, 1, …: right for a ring of even length only.")
def by_turns(W):
    return np.arange(len(W)) % 2


@blocks.mistake(
    "Units that come later were looked at, which have no number yet; look at those "
    "before, W[i, :i], and go up *while* the number is taken."
)
def if_among_all(W):
    block = np.zeros(len(W), dtype=int)
    for i in range(len(W)):
        for j in range(len(W)):
            block[i] += W[i, j] != 0 and block[i] == block[j]
    return block


@blocks.mistake(
    "0 and 1 by turns, changed where a unit is connected with the one before; all "
    "units before it count, and there may be more than two blocks."
)
def turns_at_links(W):
    block = [0]
    for i in range(1, len(W)):
        block.append(1 - block[-1] if W[i, i - 1] != 0 else block[-1])
    return A(block)


@blocks.mistake(
    "0, or 1 where a unit is connected with the one before, whatever block that is in; "
    "all units before it count."
)
def linked_to_the_one_before(W):
    return A([0] + [int(W[i, i - 1] != 0) for i in range(1, len(W))])


@blocks.mistake(
    "0, or 1 where a unit is connected with any before it; it depends on the blocks "
    "that these are in."
)
def linked_at_all(W):
    return A([int((W[i, :i] != 0).any()) for i in range(len(W))])


@blocks.mistake(
    "A new block was begun for every unit that is connected with one before it; try "
    "the blocks there are, from 0 on."
)
def always_a_new_block(W):
    block = np.zeros(len(W), dtype=int)
    for i in range(1, len(W)):
        block[i] = (block[:i].max() + 1) * (W[i, :i] != 0).any()
    return block


@blocks.mistake(
    "One more than the last connected unit's number; it is the lowest that none of "
    "them has."
)
def after_the_last(W):
    return _coloured(W, pick=lambda taken: taken[-1] + 1 if taken else 0)


@blocks.mistake(
    "The loop went on after a free number was found, so the highest free one is left: "
    "stop at the first."
)
def highest_free(W):
    def pick(taken):
        return max(k for k in range(len(W)) if k not in taken)

    return _coloured(W, pick=pick)


@blocks.mistake("These are the numbers of connections; units of one block have none.")
def connections(W):
    return (W != 0).sum(axis=1)


@blocks.mistake(
    "A block took all units that are not connected with its first one; among "
    "themselves they may be."
)
def apart_from_the_first(W):
    block, k = np.full(len(W), -1), 0
    while (block < 0).any():
        i = np.flatnonzero(block < 0)[0]
        block[(W[i] == 0) & (block < 0)] = k
        k += 1
    return block


@blocks.mistake(
    "A unit joined a block with *one* unit it is not connected with (any); it must be "
    "so for all of the block."
)
def any_for_all(W):
    groups = []
    for i in range(len(W)):
        fits = [g for g in groups if any(W[i, j] == 0 for j in g)]
        fits[0].append(i) if fits else groups.append([i])
    return A([next(k for k, g in enumerate(groups) if i in g) for i in range(len(W))])


# -- from_spins(J, h, beta) -----------------------------------------------------------


def _upper(*values):
    """A matrix with these numbers above its diagonal, row by row."""
    N = int((1 + np.sqrt(1 + 8 * len(values))) / 2)
    J = np.zeros((N, N))
    J[np.triu_indices(N, 1)] = values
    return J


from_spins = Question(
    "from_spins",
    inputs=[
        (_upper(1.0), A([0.5, -0.2]), 1.0),
        (_upper(0.3, -0.7, 0.4), A([0.6, -0.1, 0.2]), 2.0),
        (_upper(0.5, -0.2, 0.8, 0.1, -0.6, 0.7), A([0.3, 0.9, -0.4, 0.2]), 0.5),
    ],
    hints=[
        "Which numbers turn 0 and 1 into −1 and +1? σ = 2s − 1.",
        "For two units, multiply out J (2s − 1)(2s' − 1): what stands beside s s', "
        "beside s, and alone?",
        "(J + J.T)[i] holds all couplings of unit i; each leaves something in b[i].",
    ],
)


def _made(
    J, h, beta, *, w=-4, by_pairs=2, by_h=-2, c_pairs=1, c_h=-1,
    both=lambda J: J + J.T, sums=lambda J: (J + J.T).sum(axis=1), hot=(1, 1, 1),
):  # fmt: skip
    """The right answer with one thing changed; hot are the powers of beta."""
    in_W, in_b, in_c = (beta**power for power in hot)
    W = in_W * w * both(J)
    b = in_b * (by_pairs * sums(J) + by_h * h)
    return W, b, in_c * (c_pairs * J.sum() + c_h * h.sum())


@from_spins.right
def by_energies_of_states(J, h, beta):
    def energy(on):
        spin = np.full(len(h), -1.0)
        spin[list(on)] = 1
        return beta * (spin @ J @ spin + h @ spin)

    N, c = len(h), energy([])
    b = A([c - energy([i]) for i in range(N)])
    W = np.zeros((N, N))
    for i in range(N):
        for j in range(i):
            W[i, j] = W[j, i] = c - b[i] - b[j] - energy([i, j])
    return W, b, c


@from_spins.right
def pair_by_pair(J, h, beta):
    N = len(h)
    W, b, c = np.zeros((N, N)), -2 * beta * h, -beta * sum(h)
    for i in range(N):
        for j in range(i + 1, N):
            W[i, j] = W[j, i] = -4 * beta * J[i, j]
            b[i] += 2 * beta * J[i, j]
            b[j] += 2 * beta * J[i, j]
            c += beta * J[i, j]
    return W, b, c


@from_spins.mistake(
    "The couplings are missing in b: J (2s − 1)(2s' − 1) has terms with s alone, too."
)
def bias_of_the_fields(J, h, beta):
    return _made(J, h, beta, by_pairs=0)


@from_spins.mistake("W is 2 J here: s and s' each bring a factor 2, and that makes 4.")
def two_for_four(J, h, beta):
    return _made(J, h, beta, w=-2)


@from_spins.mistake(
    "W is 8 J here: ½ Σ_ij w_ij s_i s_j counts each pair twice and halves it, so w_ij "
    "is 4 J_ij in size."
)
def eight_for_four(J, h, beta):
    return _made(J, h, beta, w=-8)


@from_spins.mistake(
    "J went into W as it is, but for the sign: where is the factor of 4?"
)
def one_for_four(J, h, beta):
    return _made(J, h, beta, w=-1)


@from_spins.mistake(
    "The sign of W: their energy has a plus before J, ours a minus before W, so a "
    "positive J is a negative weight."
)
def sign_of_W(J, h, beta):
    return _made(J, h, beta, w=4)


@from_spins.mistake("The sign of b: ours is −Σ b s, so what is +s in F is −b.")
def sign_of_b(J, h, beta):
    return _made(J, h, beta, by_pairs=-2, by_h=2)


@from_spins.mistake(
    "The signs of W and b: their energy is made with plus, ours with minus."
)
def signs_of_both(J, h, beta):
    return _made(J, h, beta, w=4, by_pairs=-2, by_h=2)


@from_spins.mistake("The sign of the couplings' part of b.")
def sign_of_the_sums(J, h, beta):
    return _made(J, h, beta, by_pairs=-2)


@from_spins.mistake(
    "The sign of h in b: their h pushes down where it is positive, as it comes with a "
    "plus; ours, b, pushes up."
)
def sign_of_h(J, h, beta):
    return _made(J, h, beta, by_h=2)


@from_spins.mistake("h stands once in b; σ = 2s − 1 makes 2 h of it.")
def h_once(J, h, beta):
    return _made(J, h, beta, by_h=-1)


@from_spins.mistake("The couplings stand once in b; −2 s J makes 2 J of each.")
def sums_once(J, h, beta):
    return _made(J, h, beta, by_pairs=1)


@from_spins.mistake(
    "The couplings stand four times in b; it is −2 s J from each, not 4."
)
def sums_four_times(J, h, beta):
    return _made(J, h, beta, by_pairs=4)


@from_spins.mistake(
    "b has the couplings of each unit to those after it; J.sum(axis=1) leaves out "
    "those before it: (J + J.T)."
)
def rows_only(J, h, beta):
    return _made(J, h, beta, sums=lambda J: J.sum(axis=1))


@from_spins.mistake(
    "b has the couplings of each unit to those before it; J.sum(axis=0) leaves out "
    "those after it: (J + J.T)."
)
def columns_only(J, h, beta):
    return _made(J, h, beta, sums=lambda J: J.sum(axis=0))


@from_spins.mistake(
    "The sum of all couplings went into each b[i]; it is those of unit i."
)
def all_sums(J, h, beta):
    return _made(J, h, beta, sums=lambda J: J.sum())


@from_spins.mistake("W is not symmetric: below the diagonal stands the same, J + J.T.")
def upper_half_only(J, h, beta):
    return _made(J, h, beta, both=lambda J: J)


@from_spins.mistake(
    "W is not symmetric, and twice as large above the diagonal to make up for it; w_ij "
    "= w_ji are both 4 J in size."
)
def upper_half_doubled(J, h, beta):
    return _made(J, h, beta, w=-8, both=lambda J: J)


@from_spins.mistake(
    "β is missing: the machine runs at T = 1, so β goes into W, b and c."
)
def without_beta(J, h, beta):
    return _made(J, h, beta, hot=(0, 0, 0))


@from_spins.mistake(
    "β is in W alone; it multiplies all of the energy, so b and c, too."
)
def beta_in_W(J, h, beta):
    return _made(J, h, beta, hot=(1, 0, 0))


@from_spins.mistake("c has no β: the constant lies between βF and E.")
def constant_without_beta(J, h, beta):
    return _made(J, h, beta, hot=(1, 1, 0))


@from_spins.mistake("Divided by β; p is exp(−βF), so β multiplies.")
def divided_by_beta(J, h, beta):
    return _made(J, h, beta, hot=(-1, -1, -1))


@from_spins.mistake("c is 0 here: what stands alone, J and −h of each, is in no s.")
def without_constant(J, h, beta):
    return _made(J, h, beta, c_pairs=0, c_h=0)


@from_spins.mistake("The sign of c: βF = E + c. Try the state where all units are off.")
def sign_of_the_constant(J, h, beta):
    return _made(J, h, beta, c_pairs=-1, c_h=1)


@from_spins.mistake(
    "The sign of h in c: with all units off, all σ are −1, and h comes with a minus."
)
def sign_of_h_in_the_constant(J, h, beta):
    return _made(J, h, beta, c_h=1)


@from_spins.mistake(
    "The sign of J in c: with all units off, σ σ' is +1, and J comes with a plus."
)
def sign_of_J_in_the_constant(J, h, beta):
    return _made(J, h, beta, c_pairs=-1)


@from_spins.mistake("c has the couplings only; each h leaves −h in it.")
def constant_of_pairs(J, h, beta):
    return _made(J, h, beta, c_h=0)


@from_spins.mistake("c has the fields only; each J leaves +J in it.")
def constant_of_fields(J, h, beta):
    return _made(J, h, beta, c_pairs=0)


@from_spins.mistake("c has each pair twice: sum over J, not over J + J.T.")
def constant_with_pairs_twice(J, h, beta):
    return _made(J, h, beta, c_pairs=2)


@from_spins.mistake("c has each pair halved: J holds each pair once.")
def constant_with_pairs_halved(J, h, beta):
    return _made(J, h, beta, c_pairs=0.5)


@from_spins.mistake(
    "σ = 1 − 2s was put in, which takes 0 for +1; 0 is −1 there: σ = 2s − 1."
)
def turned_over_(J, h, beta):
    return _made(J, h, beta, by_h=2, c_h=1)


@from_spins.mistake(
    "s = (σ + 1) / 2 was put in, which leads from 0 and 1 to spins; here it goes the "
    "other way, σ = 2s − 1."
)
def into_spins(J, h, beta):
    return _made(J, h, beta, w=-1 / 4, by_pairs=-1 / 4, by_h=-1 / 2,
                 c_pairs=1 / 4, c_h=1 / 2)  # fmt: skip


@from_spins.mistake(
    "σ = s was put in: only the signs and the counting of pairs changed. What is σ "
    "where s is 0?"
)
def as_they_are(J, h, beta):
    return _made(J, h, beta, w=-1, by_pairs=0, by_h=-1, c_pairs=0, c_h=0)


@from_spins.mistake(
    "σ = 2s was put in; it is 2s − 1, and the −1 leaves something in b and c."
)
def minus_one_forgotten(J, h, beta):
    return _made(J, h, beta, by_pairs=0, by_h=-2, c_pairs=0, c_h=0)


@from_spins.mistake(
    "All is half as large as it should be: J counts each pair once and needs no ½."
)
def halved(J, h, beta):
    return _made(J, h, beta, w=-2, by_pairs=1, by_h=-1, c_pairs=0.5, c_h=-0.5)


@from_spins.mistake("The constant is missing: return W, b and c.")
def two_of_three(J, h, beta):
    return _made(J, h, beta)[:2]


@from_spins.mistake("The three stand in another order: W, then b, then c.")
def other_order(J, h, beta):
    W, b, c = _made(J, h, beta)
    return b, W, c


@from_spins.mistake(
    "The half of J below the diagonal is missing in W and in b: unit j is coupled to "
    "unit i as well, J + J.T."
)
def upper_half_in_both(J, h, beta):
    return _made(J, h, beta, both=lambda J: J, sums=lambda J: J.sum(axis=1))


@from_spins.mistake("σ = s was put in, and β is missing. What is σ where s is 0?")
def as_they_are_without_beta(J, h, beta):
    return _made(J, h, beta, w=-1, by_pairs=0, by_h=-1, c_pairs=0, c_h=0, hot=(0, 0, 0))


@from_spins.mistake(
    "b has the sums of W; each coupling leaves half as much in b, and with the other "
    "sign: −W.sum(axis=1) / 2."
)
def sums_of_W(J, h, beta):
    return _made(J, h, beta, by_pairs=-4)


@from_spins.mistake(
    "σ = 2s was put in, and the signs are theirs: σ is 2s − 1, and our energy has "
    "minus."
)
def minus_one_and_signs_forgotten(J, h, beta):
    return _made(J, h, beta, w=4, by_pairs=0, by_h=2, c_pairs=0, c_h=0)


@from_spins.mistake("b has no β; it multiplies all of their energy.")
def bias_without_beta(J, h, beta):
    return _made(J, h, beta, hot=(1, 0, 1))


@from_spins.mistake("h is missing in b.")
def bias_of_the_couplings(J, h, beta):
    return _made(J, h, beta, by_h=0)


@from_spins.mistake(
    "The couplings' part of b has the wrong sign, and those to units before are "
    "missing."
)
def sign_of_the_rows(J, h, beta):
    return _made(J, h, beta, by_pairs=-2, sums=lambda J: J.sum(axis=1))


@from_spins.mistake("c is one number; this is one for each unit.")
def constant_of_each(J, h, beta):
    W, b, _ = _made(J, h, beta)
    return W, b, beta * ((J + J.T).sum(axis=1) / 2 - h)


# -- pseudo(v, W, b) ------------------------------------------------------------------


def _symmetric(*values):
    J = _upper(*values)
    return J + J.T


pseudo = Question(
    "pseudo",
    inputs=[
        (A([[1, 0], [1, 1], [0, 0]]), _symmetric(1.0), A([0.5, -0.5])),
        (
            A([[1, 0, 1], [0, 1, 1], [1, 1, 0]]),  # M = N
            _symmetric(0.8, -0.4, 1.2),
            A([0.3, -0.7, 0.1]),
        ),
        (
            A([[1, 0, 0, 1], [1, 1, 1, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 0]]),
            _symmetric(0.5, -1.1, 0.2, 0.9, -0.3, 0.7),
            A([-0.4, 0.2, 0.6, -0.1]),
        ),
    ],
    hints=[
        "v @ W + b has the gap of each unit in each datum; as w_ii = 0, no unit hears "
        "itself.",
        "−log p is log(1 + e^gap) − gap where v is 1, and log(1 + e^gap) where v is 0.",
        "The slope of that by the gap is σ(gap) − v; through what unit i hears from j "
        "it makes v_j (σ_i − v_i). And through what j hears from i?",
    ],
)


def _loss(v, gap, mean=np.mean):
    return mean(np.logaddexp(0, gap) - v * gap)


def _pseudo(
    v, W, b, *, gap=lambda v, W, b: v @ W + b, loss=_loss,
    delta=lambda v, gap: _sigmoid(gap) - v, number=lambda v: v.size,
    slope=lambda v, d: v.T @ d + d.T @ v, empty=True,
):  # fmt: skip
    """Both with one thing changed."""
    z = gap(v, W, b)
    dW = A(slope(v, delta(v, z)) / number(v))
    if empty:
        np.fill_diagonal(dW, 0)
    return {"loss": loss(v, z), "dW": dW}


@pseudo.right
def by_chances(v, W, b):
    p = 1 / (1 + np.exp(-(v @ W) - b))
    loss = -np.mean(v * np.log(p) + (1 - v) * np.log(1 - p))
    dW = np.einsum("mi,mj->ij", v, p - v) / v.size
    return {"loss": loss, "dW": (dW + dW.T) * (1 - np.eye(len(b)))}


@pseudo.right
def datum_by_datum(v, W, b):
    N, loss, dW = len(b), 0.0, np.zeros(W.shape)
    for state in v:
        for i in range(N):
            gap = W[i] @ state + b[i]
            loss += np.logaddexp(0, gap if state[i] == 0 else -gap)
            for j in range(N):
                if j != i:
                    part = (_sigmoid(gap) - state[i]) * state[j]
                    dW[i, j] += part
                    dW[j, i] += part
    return {"loss": loss / v.size, "dW": dW / v.size}


@pseudo.mistake(
    "The slope has one place of each weight only, what one unit hears; w_ij is w_ji "
    "and acts at the other, too: add the transpose."
)
def one_place(v, W, b):
    return _pseudo(v, W, b, slope=lambda v, d: v.T @ d)


@pseudo.mistake(
    "The slope has one place of each weight only, and its transpose stands there: add "
    "the two."
)
def the_other_place(v, W, b):
    return _pseudo(v, W, b, slope=lambda v, d: d.T @ v)


@pseudo.mistake(
    "The two places of a weight were averaged; when both move together their slopes "
    "add up."
)
def averaged(v, W, b):
    return _pseudo(v, W, b, slope=lambda v, d: (v.T @ d + d.T @ v) / 2)


@pseudo.mistake(
    "The sign of the slope: it is that of the loss, σ(gap) − v, so that a step goes "
    "against it."
)
def uphill(v, W, b):
    return _pseudo(v, W, b, delta=lambda v, gap: v - _sigmoid(gap))


@pseudo.mistake("The diagonal is kept; no unit hears itself.")
def diagonal_kept(v, W, b):
    return _pseudo(v, W, b, empty=False)


@pseudo.mistake(
    "The diagonal is kept, and the slope has one place of each weight only."
)
def one_place_and_diagonal(v, W, b):
    return _pseudo(v, W, b, slope=lambda v, d: v.T @ d, empty=False)


@pseudo.mistake(
    "The slope was divided by the number of data only; the loss is a mean over data "
    "and units, M N answers."
)
def slope_by_data(v, W, b):
    return _pseudo(v, W, b, number=len)


@pseudo.mistake("The slope was not divided: the loss is a mean over M N answers.")
def slope_not_divided(v, W, b):
    return _pseudo(v, W, b, number=lambda v: 1)


@pseudo.mistake("The slope is zero where σ is missing: it is σ(gap) − v, not gap − v.")
def gap_for_chance(v, W, b):
    return _pseudo(v, W, b, delta=lambda v, gap: gap - v)


def _per_datum(v, gap):
    return _loss(v, gap, np.sum) / len(v)


@pseudo.mistake(
    "Loss and slope are sums over the units; Keras takes the mean over data and units, "
    "M N answers."
)
def both_by_data(v, W, b):
    return _pseudo(v, W, b, loss=_per_datum, number=len)


@pseudo.mistake(
    "The loss is a sum over the units, a mean over data only; Keras' mean is over both."
)
def loss_by_data(v, W, b):
    return _pseudo(v, W, b, loss=_per_datum)


def _total(v, gap):
    return _loss(v, gap, np.sum)


@pseudo.mistake("Loss and slope are sums; Keras takes the mean of the M N answers.")
def both_sums(v, W, b):
    return _pseudo(v, W, b, loss=_total, number=lambda v: 1)


@pseudo.mistake("The loss is a sum; Keras takes the mean of the M N answers.")
def loss_as_a_sum(v, W, b):
    return _pseudo(v, W, b, loss=_total)


@pseudo.mistake("The sign of the loss: −log p is positive.")
def loss_below_zero(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: -_loss(v, gap))


@pseudo.mistake(
    "Loss and slope have the opposite sign: this is the mean of log p, which goes up."
)
def both_uphill(v, W, b):
    return _pseudo(
        v, W, b, loss=lambda v, gap: -_loss(v, gap),
        delta=lambda v, gap: v - _sigmoid(gap),
    )  # fmt: skip


@pseudo.mistake(
    "σ was taken twice: from_logits=True takes σ itself, so it is given the gap."
)
def sigmoid_twice(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: _loss(v, _sigmoid(gap)))


@pseudo.mistake("The loss has no units that are off: where v is 0, it is −log(1 − σ).")
def ones_only(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: -np.mean(v * np.log(_sigmoid(gap))))


@pseudo.mistake(
    "The loss takes a unit's chance of being on for its answer, also where v is 0."
)
def as_if_all_were_on(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: -np.mean(np.log(_sigmoid(gap))))


@pseudo.mistake("The loss is that of the opposite data: v and 1 − v are exchanged.")
def opposite_data(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: _loss(1 - v, gap))


@pseudo.mistake("The loss of each datum; Keras gives one number, their mean.")
def loss_of_each(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: _loss(v, gap, lambda x: x.mean(axis=1)))


@pseudo.mistake(
    "The loss of each unit in each datum; Keras gives one number, their mean."
)
def all_losses(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: _loss(v, gap, lambda x: x))


@pseudo.mistake("The loss is in bits, log2; Keras' is made with the natural logarithm.")
def in_bits(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: _loss(v, gap) / np.log(2))


@pseudo.mistake("This loss is the mean squared error; it is −log p.")
def squared_error(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: np.mean((_sigmoid(gap) - v) ** 2))


@pseudo.mistake("The bias is missing in the gap.")
def without_bias(v, W, b):
    return _pseudo(v, W, b, gap=lambda v, W, b: v @ W)


@pseudo.mistake("b was taken away; the gap is v @ W + b.")
def bias_subtracted(v, W, b):
    return _pseudo(v, W, b, gap=lambda v, W, b: v @ W - b)


@pseudo.mistake("There is a ½ in the gap; it belongs to the energy.")
def half_the_gap(v, W, b):
    return _pseudo(v, W, b, gap=lambda v, W, b: v @ W / 2 + b)


@pseudo.mistake("The sign of the gap: a positive one turns the unit on.")
def negative_gap(v, W, b):
    return _pseudo(v, W, b, gap=lambda v, W, b: -(v @ W + b))


@pseudo.mistake(
    "The lesson's data phase alone: the mean of v_i v_j. What each unit is expected to "
    "be, σ, has to be taken away from what it is."
)
def data_phase(v, W, b):
    right = _pseudo(v, W, b)
    return {"loss": right["loss"], "dW": _pairs(v) / len(v)}


def _pairs(v):
    dW = v.T @ v * 1.0
    np.fill_diagonal(dW, 0)
    return dW


@pseudo.mistake(
    "Two phases, as in the lesson, with σ σ' for the free one: here each unit is "
    "guessed from data, v_j (σ_i − v_i)."
)
def two_phases(v, W, b):
    def slope(v, d):
        p = v + d
        return p.T @ p - v.T @ v

    return _pseudo(v, W, b, slope=slope, number=len)


@pseudo.mistake(
    "Two phases, as in the lesson (and with its sign, that of the likelihood): here "
    "each unit is guessed from data, v_j (σ_i − v_i)."
)
def two_phases_uphill(v, W, b):
    def slope(v, d):
        p = v + d
        return v.T @ v - p.T @ p

    return _pseudo(v, W, b, slope=slope, number=len)


@pseudo.mistake(
    "Two phases, as in the lesson, divided by all M N: here each unit is guessed from "
    "data, v_j (σ_i − v_i)."
)
def two_phases_by_all(v, W, b):
    def slope(v, d):
        p = v + d
        return p.T @ p - v.T @ v

    return _pseudo(v, W, b, slope=slope)


def _one(v, d):
    return v.T @ d


@pseudo.mistake(
    "The slope has one place of each weight only (add its transpose), and it is "
    "divided by M alone; the loss is a mean of M N answers."
)
def one_place_by_data(v, W, b):
    return _pseudo(v, W, b, slope=_one, number=len)


@pseudo.mistake(
    "The slope has one place of each weight only (add its transpose), it is divided by "
    "M alone, and its diagonal is kept."
)
def one_place_by_data_and_diagonal(v, W, b):
    return _pseudo(v, W, b, slope=_one, number=len, empty=False)


@pseudo.mistake(
    "The slope has one place of each weight only (add its transpose), and its sign is "
    "that of going up."
)
def one_place_uphill(v, W, b):
    return _pseudo(v, W, b, slope=lambda v, d: -(v.T @ d))


@pseudo.mistake(
    "The slope has one place of each weight only (add its transpose) and is not "
    "divided."
)
def one_place_not_divided(v, W, b):
    return _pseudo(v, W, b, slope=_one, number=lambda v: 1)


@pseudo.mistake(
    "One place was doubled; what a weight does at its other place is the transpose, "
    "and not the same."
)
def one_place_doubled(v, W, b):
    return _pseudo(v, W, b, slope=lambda v, d: 2 * v.T @ d)


@pseudo.mistake(
    "Loss and slope are means over data only, and the slope has one place of each "
    "weight: Keras' mean is over M N, and w_ji moves, too."
)
def one_place_both_by_data(v, W, b):
    return _pseudo(v, W, b, loss=_per_datum, slope=_one, number=len)


@pseudo.mistake(
    "Loss and slope are sums, and the slope has one place of each weight: Keras' mean "
    "is over M N, and w_ji moves, too."
)
def one_place_both_sums(v, W, b):
    return _pseudo(v, W, b, loss=_total, slope=_one, number=lambda v: 1)


@pseudo.mistake(
    "The loss is negative, and the slope has one place of each weight: −log p is "
    "positive, and w_ji moves, too."
)
def one_place_and_loss_below_zero(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: -_loss(v, gap), slope=_one)


def _all_on(v, gap):
    return -np.mean(np.log(_sigmoid(gap)))


@pseudo.mistake(
    "The loss takes σ for units that are off, too (it is 1 − σ there), and the slope "
    "has one place of each weight only."
)
def one_place_as_if_all_on(v, W, b):
    return _pseudo(v, W, b, loss=_all_on, slope=_one)


def _right_chance(v, gap):
    return np.where(v == 1, _sigmoid(gap), _sigmoid(-gap))


@pseudo.mistake("The loss is the mean chance; take −log of each, then the mean.")
def mean_chance(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: np.mean(_right_chance(v, gap)))


@pseudo.mistake("The mean came before the logarithm: −log of each, then the mean.")
def log_of_the_mean(v, W, b):
    return _pseudo(v, W, b, loss=lambda v, gap: -np.log(np.mean(_right_chance(v, gap))))


@pseudo.mistake(
    "σ is missing in the slope, and one place of each weight: v_j (σ_i − v_i) and its "
    "transpose."
)
def one_place_gap_for_chance(v, W, b):
    return _pseudo(v, W, b, delta=lambda v, gap: gap - v, slope=_one)


@pseudo.mistake("The slope by b is among them, or a row is missing: dW is (N, N).")
def slope_of_b(v, W, b):
    right, gap = _pseudo(v, W, b), v @ W + b
    return {"loss": right["loss"], "dW": (_sigmoid(gap) - v).mean(axis=0)}


@pseudo.mistake(
    "The deltas were multiplied by deltas; a weight's slope is what it hears, v, times "
    "delta."
)
def deltas_only(v, W, b):
    return _pseudo(v, W, b, slope=lambda v, d: d.T @ d)


@pseudo.mistake(
    "A factor σ (1 − σ) came into the slope; with −log p it cancels, and σ − v is left."
)
def slope_of_sigma(v, W, b):
    def delta(v, gap):
        p = _sigmoid(gap)
        return (p - v) * p * (1 - p)

    return _pseudo(v, W, b, delta=delta)


@pseudo.mistake('The two in a tuple; a dict has "loss" and "dW".')
def in_a_tuple(v, W, b):
    right = _pseudo(v, W, b)
    return right["loss"], right["dW"]


# -- exchange(E, T, u) ----------------------------------------------------------------

exchange = Question(
    "exchange",
    inputs=[
        (A([-1.0, -3.0]), A([1.0, 2.0]), A([0.5])),  # better is hot
        (A([-4.0, -1.0, -2.0]), A([1.0, 1.5, 3.0]), A([0.2, 0.6])),
        (
            A([1.2, -0.4, 2.5, 0.3, 1.6, 0.9]),
            A([0.5, 0.8, 1.2, 2.0, 3.0, 5.0]),
            A([0.7, 0.4, 0.1, 0.9, 0.55]),
        ),
    ],
    hints=[
        "Before: p_k(x) p_{k+1}(y); after: p_k(y) p_{k+1}(x). What is the ratio of the "
        "two? Both Z stand above and below.",
        "If the chance there is a and the chance back is a', then before · a = after · "
        "a'. The larger one of them is 1.",
        "The states move, the temperatures stay: ask E for the states that are at k and "
        "k + 1 by now.",
    ],
)


def _ratio(Ex, Ey, Tx, Ty):
    return np.exp((1 / Tx - 1 / Ty) * (Ex - Ey))


def _run(
    E, T, u, *, ratio=_ratio, cap=lambda r: min(1.0, r), draw=lambda u, c: u < c,
    of=lambda values, order, k: (values[order[k]], values[order[k + 1]]),
    hot=lambda values, order, k: (values[k], values[k + 1]), pairs=None, moves=True,
):  # fmt: skip
    """One round with one thing changed."""
    order, chance = np.arange(len(E)), np.zeros(len(u))
    for k in pairs(len(u)) if pairs else range(len(u)):
        chance[k] = cap(ratio(*of(E, order, k), *hot(T, order, k)))
        if moves and draw(u[k], chance[k]):
            order[[k, k + 1]] = order[[k + 1, k]]
    return {"chance": chance, "order": order}


@exchange.right
def by_joint_probabilities(E, T, u):
    order, chance = list(range(len(E))), []
    for k in range(len(u)):
        x, y = order[k : k + 2]
        before = E[x] / T[k] + E[y] / T[k + 1]
        after = E[y] / T[k] + E[x] / T[k + 1]
        chance.append(np.exp(before - after) if after > before else 1.0)
        if u[k] < chance[k]:
            order[k : k + 2] = [y, x]
    return {"order": A(order), "chance": A(chance)}


@exchange.right
def energies_swapped(E, T, u):
    E, number, chance = E.copy(), np.arange(len(E)), np.ones(len(u))
    for k in range(len(u)):
        gain = (E[k] - E[k + 1]) * (1 / T[k] - 1 / T[k + 1])
        if gain < 0:
            chance[k] = np.exp(gain)
        if u[k] < chance[k]:
            E[[k, k + 1]] = E[[k + 1, k]]
            number[[k, k + 1]] = number[[k + 1, k]]
    return {"chance": chance, "order": number}


@exchange.mistake(
    "The sign in the exponent: this exchanges gladly where the cold copy already has "
    "the lower energy. It should where the hot one has."
)
def the_wrong_way(E, T, u):
    return _run(E, T, u, ratio=lambda *given: 1 / _ratio(*given))


@exchange.mistake(
    "These are Metropolis' chances for one copy, exp(−ΔE / T), at the cold "
    "temperature; the hot copy changes, too, the other way."
)
def cold_copy_only(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp((Ex - Ey) / Tx))


@exchange.mistake(
    "These are Metropolis' chances for one copy, exp(−ΔE / T), at the hot temperature; "
    "the cold copy changes, too, the other way."
)
def hot_copy_only(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp((Ey - Ex) / Ty))


@exchange.mistake(
    "The energies' difference is divided by the hot temperature alone; the cold one's "
    "part is missing: 1 / T_k − 1 / T_{k+1}."
)
def cold_rule_at_the_hot(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp((Ex - Ey) / Ty))


@exchange.mistake(
    "Each copy was asked by itself, and both must agree; asked together, what one "
    "loses the other may win: one ratio, one minimum."
)
def both_must_agree(E, T, u):
    def ratio(Ex, Ey, Tx, Ty):
        return min(1, np.exp((Ex - Ey) / Tx)) * min(1, np.exp((Ey - Ex) / Ty))

    return _run(E, T, u, ratio=ratio)


@exchange.mistake(
    "The temperatures' difference itself: energies are divided by T, so it is 1 / T_k "
    "− 1 / T_{k+1} that counts."
)
def difference_of_temperatures(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp((Ty - Tx) * (Ex - Ey)))


@exchange.mistake(
    "The temperatures' difference itself, and the sign: it is (1 / T_k − 1 / T_{k+1}) "
    "times (E of x − E of y)."
)
def difference_of_temperatures_and_sign(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp((Tx - Ty) * (Ex - Ey)))


@exchange.mistake(
    "Divided by the difference of the temperatures; it is the difference of 1 / T."
)
def one_over_the_difference(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp((Ex - Ey) / (Ty - Tx)))


@exchange.mistake(
    "Divided by the difference of the temperatures, and the sign; it is the difference "
    "of 1 / T."
)
def one_over_the_difference_and_sign(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp((Ex - Ey) / (Tx - Ty)))


@exchange.mistake("A mean temperature serves for both; the ratio has each by itself.")
def mean_temperature(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp(2 * (Ex - Ey) / (Tx + Ty)))


@exchange.mistake(
    "Each energy at its own temperature only: this compares p_k(x) with p_{k+1}(y), "
    "which are of two machines. Compare the pair before with the pair after."
)
def one_against_the_other(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp(Ex / Tx - Ey / Ty))


@exchange.mistake(
    "This is how likely the pair is before, and not by how much likelier it is after."
)
def before_only(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp(-Ex / Tx - Ey / Ty))


@exchange.mistake("This is the weight of the pair after; divide by that before.")
def after_only(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp(-Ey / Tx - Ex / Ty))


@exchange.mistake("A chance above 1: where the ratio is larger, the chance is 1.")
def not_capped(E, T, u):
    return _run(E, T, u, cap=lambda r: r)


@exchange.mistake("The sign in the exponent, and chances above 1.")
def the_wrong_way_not_capped(E, T, u):
    return _run(E, T, u, ratio=lambda *given: 1 / _ratio(*given), cap=lambda r: r)


@exchange.mistake(
    "r / (1 + r) keeps the distributions, too, but it is not the largest such chance; "
    "one of the two directions may have 1: min(1, r)."
)
def heat_bath(E, T, u):
    return _run(E, T, u, cap=lambda r: r / (1 + r))


@exchange.mistake(
    "Only ever where the hot copy has the lower energy: then none goes the other way, "
    "and the pairs pile up there."
)
def downhill_only(E, T, u):
    return _run(E, T, u, cap=lambda r: float(r >= 1))


@exchange.mistake(
    "The chances are of the states as they stood in the beginning; ask those that are "
    "there by then, order[k] and order[k + 1]."
)
def energies_stay(E, T, u):
    return _run(E, T, u, of=lambda values, order, k: (values[k], values[k + 1]))


@exchange.mistake("The temperatures moved with the states; they stay at their places.")
def temperatures_move(E, T, u):
    return _run(
        E, T, u, hot=lambda values, order, k: (values[order[k]], values[order[k + 1]])
    )


@exchange.mistake("An exchange where u lies above the chance; it is where u is below.")
def above_the_chance(E, T, u):
    return _run(E, T, u, draw=lambda u, c: u > c)


@exchange.mistake("The pairs were asked from the hot end on; begin with T_0 and T_1.")
def from_the_hot_end(E, T, u):
    return _run(E, T, u, pairs=lambda n: reversed(range(n)))


@exchange.mistake(
    "Every second pair first and then the others; one after the other, from the cold "
    "end."
)
def every_second_first(E, T, u):
    return _run(E, T, u, pairs=lambda n: [*range(0, n, 2), *range(1, n, 2)])


@exchange.mistake(
    'The states were left where they were; "order" and later chances show the '
    "exchanges."
)
def never_moved(E, T, u):
    return _run(E, T, u, moves=False)


@exchange.mistake("Exchanged at every pair; only where u_k is below the chance.")
def always(E, T, u):
    return _run(E, T, u, draw=lambda u, c: True)


@exchange.mistake(
    "This says where each state is; asked is, for each temperature, which state is "
    "there."
)
def where_each_is(E, T, u):
    right = _run(E, T, u)
    return right | {"order": np.argsort(right["order"])}


@exchange.mistake('"order" has the energies; it is the numbers of the states.')
def energies_for_numbers(E, T, u):
    right = _run(E, T, u)
    return right | {"order": E[right["order"]]}


@exchange.mistake(
    'After an exchange "order" says k + 1, k, though other states may be there by now: '
    "exchange what stands in order[k] and order[k + 1]."
)
def places_for_states(E, T, u):
    right = _run(E, T, u)
    order = np.arange(len(E))
    for k in np.flatnonzero(u < right["chance"]):
        order[k], order[k + 1] = k + 1, k
    return right | {"order": order}


@exchange.mistake('"order" has the temperatures; it is the numbers of the states.')
def temperatures_for_numbers(E, T, u):
    right = _run(E, T, u)
    return right | {"order": T[right["order"]]}


@exchange.mistake('"order" counts from 1; state 0 is the first.')
def counted_from_one(E, T, u):
    right = _run(E, T, u)
    return right | {"order": right["order"] + 1}


@exchange.mistake('"chance" has what is in the exponent; take exp and the minimum.')
def logarithms(E, T, u):
    right = _run(E, T, u)
    ratio = _run(E, T, u, cap=lambda r: r)["chance"]
    return right | {"chance": np.log(ratio)}


@exchange.mistake(
    '"chance" says whether there was an exchange; give the chance itself.'
)
def truths(E, T, u):
    right = _run(E, T, u)
    return right | {"chance": u < right["chance"]}


@exchange.mistake("The exponent is halved; the ratio comes as it is.")
def root_of_the_ratio(E, T, u):
    return _run(E, T, u, ratio=lambda *given: np.sqrt(_ratio(*given)))


@exchange.mistake(
    "Each energy at its own temperature only, and the sign: compare the pair before, "
    "p_k(x) p_{k+1}(y), with the pair after."
)
def the_other_against_the_one(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp(Ey / Ty - Ex / Tx))


@exchange.mistake(
    "Each energy at its own temperature only, and chances above 1: compare the pair "
    "before with the pair after."
)
def one_against_the_other_not_capped(E, T, u):
    def ratio(Ex, Ey, Tx, Ty):
        return np.exp(Ex / Tx - Ey / Ty)

    return _run(E, T, u, ratio=ratio, cap=lambda r: r)


@exchange.mistake(
    "The cold copy alone was asked, and with the wrong sign: it likes to get the lower "
    "energy; but ask both together."
)
def cold_copy_and_sign(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp((Ey - Ex) / Tx))


@exchange.mistake(
    "This is the weight of the pair as it is, with Z left out; a chance is made of how "
    "much likelier the pair is after."
)
def weight_before(E, T, u):
    def ratio(Ex, Ey, Tx, Ty):
        return np.exp(-Ex / Tx - Ey / Ty)

    return _run(E, T, u, ratio=ratio, cap=lambda r: r)


@exchange.mistake(
    "The temperatures are added, 1 / (T_k + T_{k+1}); one copy gains what the other "
    "pays, so it is the difference of 1 / T."
)
def sum_of_temperatures(E, T, u):
    return _run(E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp((Ex - Ey) / (Tx + Ty)))


@exchange.mistake(
    "1 / T_k + 1 / T_{k+1}: where the one copy gains, the other pays, so it is minus."
)
def sum_of_inverse_temperatures(E, T, u):
    return _run(
        E, T, u, ratio=lambda Ex, Ey, Tx, Ty: np.exp((1 / Tx + 1 / Ty) * (Ex - Ey))
    )


def _at_the_places(values, order, k):
    return values[k], values[k + 1]


@exchange.mistake(
    "Chances above 1, and of the states as they stood in the beginning: min(1, …), and "
    "order[k], order[k + 1]."
)
def energies_stay_not_capped(E, T, u):
    return _run(E, T, u, of=_at_the_places, cap=lambda r: r)


@exchange.mistake(
    "The sign in the exponent, and the states as they stood in the beginning: ask "
    "order[k], order[k + 1]."
)
def energies_stay_and_sign(E, T, u):
    return _run(E, T, u, of=_at_the_places, ratio=lambda *given: 1 / _ratio(*given))


@exchange.mistake(
    "The maximum was taken of 1 and the ratio; a chance is at most 1: min."
)
def maximum(E, T, u):
    return _run(E, T, u, cap=lambda r: max(1.0, r))


@exchange.mistake(
    "The size of the energies' difference: its sign matters, as one direction costs "
    "and the other does not."
)
def size_of_the_difference(E, T, u):
    return _run(E, T, u, ratio=lambda *given: min(_ratio(*given), 1 / _ratio(*given)))


@exchange.mistake('The two in a tuple; a dict has "chance" and "order".')
def in_a_tuple_(E, T, u):
    right = _run(E, T, u)
    return right["chance"], right["order"]


words = Words(
    "words",
    [
        "How many states have ten units? How often does each turn up in 2,000 draws?",
        "A count of 2 is 0, 1, 2, 3 or 4 by luck. By which share is it off? The total "
        "variation is half of the sum of all these errors.",
        "You have the exact probabilities, so a perfect sampler is at hand. What does "
        "it give for 2,000 draws, and for 200,000?",
    ],
)
