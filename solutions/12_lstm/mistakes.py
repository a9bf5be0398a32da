"""Exercise 12: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _shares(e, axis=1):
    return e / e.sum(axis=axis, keepdims=True)


# -- draw(scores, temperature, u) -----------------------------------------------------

_scores = A(
    [
        [2.0, -2.6, 0.4, -0.6],
        [-0.5, -0.2, -2.0, -0.2],
        [-0.9, 3.3, 0.2, -0.4],
        [-0.3, -0.7, -1.1, -0.4],
    ]
)
_five = A(
    [
        [0.0, 1.5, 0.5, -0.5, -0.2],
        [0.5, 1.9, -0.3, -0.2, 1.0],
        [-0.9, -0.3, 0.9, 0.6, 0.1],
        [0.7, -2.8, 1.0, -1.0, -1.7],
        [0.3, 0.7, -0.4, -1.1, 0.0],
        [-0.1, 1.4, 0.7, 0.2, 1.1],
    ]
)

draw = Question(
    "draw",
    inputs=[
        (_scores, 2.0, A([0.28, 0.65, 0.7, 0.29])),  # N = K
        (_five, 0.5, A([0.15, 0.7, 0.29, 0.87, 0.28, 0.56])),
        (np.zeros((5, 4)), 1.0, A([0.0, 0.25, 0.6, 0.75, 0.99])),  # on the borders
    ],
    hints=[
        "np.cumsum(p, axis=1) has the end of each letter's piece of the line from 0 to 1.",
        "u[:, None] < ends compares each row with its own u; which is the first True?",
        "np.argmax of truths gives the place of the first True.",
    ],
)


def _p(scores, temperature):
    return _shares(np.exp(scores / temperature))


def _first(ends, u):
    """The first letter whose piece ends behind u."""
    return np.argmax(u[:, None] < ends, axis=1)


def _drawn(scores, temperature, u):
    return _first(np.cumsum(_p(scores, temperature), axis=1), u)


@draw.right
def by_counting(scores, temperature, u):
    ends = _p(scores, temperature).cumsum(axis=1)
    return (ends <= u[:, None]).sum(axis=1)


@draw.right
def by_searching(scores, temperature, u):
    rows = zip(_p(scores, temperature), u, strict=True)
    return [int(np.searchsorted(np.cumsum(p), v, side="right")) for p, v in rows]


@draw.right
def by_hand(scores, temperature, u):
    letters = []
    for row, v in zip(scores / temperature, u, strict=True):
        total, letter = 0.0, -1
        while total <= v:
            letter += 1
            total += np.exp(row[letter]) / np.exp(row).sum()
        letters.append(letter)
    return A(letters)


@draw.mistake(
    "These are the probabilities, the lesson's sharpen; one of the letters is to be "
    "drawn with them, by u."
)
def sharpened_only(scores, temperature, u):
    return _p(scores, temperature)


@draw.mistake(
    "Always the likeliest letter: u had no say. So a text soon repeats itself; letters "
    "are drawn in proportion to their probabilities."
)
def likeliest(scores, temperature, u):
    return np.argmax(scores, axis=1)


@draw.mistake(
    "On a border, u = p_0 + … + p_k, the next letter is drawn: the sign is < and not "
    "≤. (With ≤ a u of 0 would draw letter 0 even where its probability is 0.)"
)
def borders_to_the_left(scores, temperature, u):
    ends = np.cumsum(_p(scores, temperature), axis=1)
    return np.argmax(u[:, None] <= ends, axis=1)


@draw.mistake(
    "u was compared with each probability by itself; the pieces lie side by side, so u "
    "is compared with their sums: np.cumsum(p, axis=1)."
)
def without_sums(scores, temperature, u):
    return np.argmax(u[:, None] < _p(scores, temperature), axis=1)


@draw.mistake("The temperature multiplied the scores; they are divided by it.")
def temperature_multiplied(scores, temperature, u):
    return _drawn(scores, 1 / temperature, u)


@draw.mistake("The temperature has no effect: divide the scores by it, before exp.")
def without_temperature(scores, temperature, u):
    return _drawn(scores, 1.0, u)


@draw.mistake(
    "One letter too far: letters count from 0, so as many pieces end at or before u as "
    "the letter's number."
)
def one_too_far(scores, temperature, u):
    return _drawn(scores, temperature, u) + 1


@draw.mistake(
    "One letter too early: the piece that begins before u and ends behind it is meant, "
    "not the one that ends before."
)
def one_too_early(scores, temperature, u):
    return _drawn(scores, temperature, u) - 1


@draw.mistake(
    "One letter too early: the last piece that ends before u is not the one u falls "
    "on. (At the first letter there is none; it cannot be −1.)"
)
def one_too_early_from_0(scores, temperature, u):
    return np.maximum(_drawn(scores, temperature, u) - 1, 0)


@draw.mistake("The pieces were laid from the last letter on; begin with letter 0.")
def from_the_end(scores, temperature, u):
    p = _p(scores, temperature)
    return p.shape[1] - 1 - _first(np.cumsum(p[:, ::-1], axis=1), u)


@draw.mistake("1 − u was used: the pieces are laid from letter 0 on, and u as it is.")
def one_minus_u(scores, temperature, u):
    return _drawn(scores, temperature, 1 - u)


@draw.mistake(
    "The sums run down the columns, axis=0; each row has its own line, axis=1."
)
def sums_of_columns(scores, temperature, u):
    return _first(np.cumsum(_p(scores, temperature), axis=0), u)


@draw.mistake(
    "np.cumsum without axis=1 runs on from row to row; each row has its own line from "
    "0 to 1."
)
def sums_of_all(scores, temperature, u):
    p = _p(scores, temperature)
    return _first(np.cumsum(p).reshape(p.shape), u)


@draw.mistake(
    "u met the letters, not the rows (with N = K the sizes do not tell): u[:, None] "
    "gives each row its own."
)
def u_along_the_letters(scores, temperature, u):
    ends = np.cumsum(_p(scores, temperature), axis=1)
    return np.argmax(u < ends, axis=1)


@draw.mistake(
    "Each row was compared with the u of all rows; u[:, None] gives it its own."
)
def u_along_the_letters_counted(scores, temperature, u):
    return (np.cumsum(_p(scores, temperature), axis=1) <= u).sum(axis=1)


@draw.mistake(
    "The first row's probabilities served for all (np.cumsum without axis=1 begins "
    "with them, too); each row has its own."
)
def first_row_for_all(scores, temperature, u):
    ends = np.cumsum(_p(scores, temperature)[0])
    return np.searchsorted(ends, u, side="right")


@draw.mistake("The first u served for all rows; each row has its own, u[n].")
def first_u_for_all(scores, temperature, u):
    return _drawn(scores, temperature, np.full(len(u), u[0]))


@draw.mistake(
    "The probabilities were sorted first, so the places are no letters any more; leave "
    "them in their order."
)
def sorted_up(scores, temperature, u):
    return _first(np.cumsum(np.sort(_p(scores, temperature)), axis=1), u)


@draw.mistake(
    "The letters were sorted, the likeliest first; any order would be fair, but the "
    "question's begins with letter 0."
)
def likeliest_first(scores, temperature, u):
    p = _p(scores, temperature)
    order = np.argsort(-p, axis=1, kind="stable")
    place = _first(np.cumsum(np.take_along_axis(p, order, 1), axis=1), u)
    return order[np.arange(len(u)), place]


@draw.mistake(
    "The letter whose probability is nearest to u; a probability is the length of a "
    "piece, not a place on the line."
)
def nearest_probability(scores, temperature, u):
    return np.argmin(np.abs(_p(scores, temperature) - u[:, None]), axis=1)


@draw.mistake("The border nearest to u may lie before it; take the first behind it.")
def nearest_border(scores, temperature, u):
    ends = np.cumsum(_p(scores, temperature), axis=1)
    return np.argmin(np.abs(ends - u[:, None]), axis=1)


@draw.mistake(
    "The sums of the scores' exponentials do not end at 1: divide by each row's sum "
    "first."
)
def not_normalised(scores, temperature, u):
    return _first(np.cumsum(np.exp(scores / temperature), axis=1), u)


@draw.mistake(
    "The scores themselves were summed; first make probabilities of them, with exp and "
    "the row's sum."
)
def scores_summed(scores, temperature, u):
    return _first(np.cumsum(scores / temperature, axis=1), u)


@draw.mistake(
    "The probabilities were divided by the temperature; their pieces do not fill 0 to "
    "1. Divide the scores."
)
def divided_after(scores, temperature, u):
    return _first(np.cumsum(_p(scores, 1.0) / temperature, axis=1), u)


@draw.mistake(
    "After the power 1 / temperature the pieces do not fill 0 to 1: divide by the new "
    "sum."
)
def power_not_normalised(scores, temperature, u):
    return _first(np.cumsum(_p(scores, 1.0) ** (1 / temperature), axis=1), u)


@draw.mistake("The columns were made to sum to 1; the rows should, axis=1.")
def softmax_of_columns(scores, temperature, u):
    p = _shares(np.exp(scores / temperature), axis=0)
    return _first(np.cumsum(p, axis=1), u)


@draw.mistake("All entries together sum to 1; each row should, with axis=1.")
def softmax_of_all(scores, temperature, u):
    e = np.exp(scores / temperature)
    return _first(np.cumsum(e / e.sum(), axis=1), u)


@draw.mistake("Each letter equally likely: the scores had no say.")
def all_alike(scores, temperature, u):
    return (u * scores.shape[1]).astype(int)


@draw.mistake("A 1 at the letter drawn; its number is asked for, (N,).")
def one_hot(scores, temperature, u):
    return np.eye(scores.shape[1])[_drawn(scores, temperature, u)]


@draw.mistake("The letters are right; their shape is (N, 1), and should be (N,).")
def in_a_column(scores, temperature, u):
    return _drawn(scores, temperature, u)[:, None]


@draw.mistake("The probability of the letter drawn; its number is asked for.")
def its_probability(scores, temperature, u):
    letters = _drawn(scores, temperature, u)
    return _p(scores, temperature)[np.arange(len(u)), letters]


@draw.mistake(
    "These are the ends of the pieces; now find the first that u lies before."
)
def ends_only(scores, temperature, u):
    return np.cumsum(_p(scores, temperature), axis=1)


@draw.mistake("Truths, one a letter; the place of the first True is the letter.")
def truths(scores, temperature, u):
    return u[:, None] < np.cumsum(_p(scores, temperature), axis=1)


@draw.mistake(
    "argmax finds the first piece that ends at or before u, letter 0 nearly always; "
    "the first that ends behind u is meant: u < end."
)
def turned_round(scores, temperature, u):
    ends = np.cumsum(_p(scores, temperature), axis=1)
    return np.argmax(u[:, None] > ends, axis=1)


@draw.mistake(
    "This counts the pieces that end behind u; those that end at or before it give the "
    "letter."
)
def counted_behind(scores, temperature, u):
    return (u[:, None] < np.cumsum(_p(scores, temperature), axis=1)).sum(axis=1)


@draw.mistake("Counted over the rows, axis=0; count over the letters, axis=1.")
def counted_over_rows(scores, temperature, u):
    return (np.cumsum(_p(scores, temperature), axis=1) <= u[:, None]).sum(axis=0)


@draw.mistake(
    "This is the letter of all rows as one number; argmax along axis=1 gives one for "
    "each row."
)
def without_axis(scores, temperature, u):
    return np.argmax(u[:, None] < np.cumsum(_p(scores, temperature), axis=1))


@draw.mistake(
    "The first row's probabilities served for all (np.cumsum without axis=1 begins "
    "with them, too), and a border belongs to the letter before it; each row has its "
    "own, and u on a border draws the next."
)
def first_row_for_all_to_the_left(scores, temperature, u):
    ends = np.cumsum(_p(scores, temperature)[0])
    return np.searchsorted(ends, u, side="left")


@draw.mistake(
    "One letter too far, but for the last: the loop looks whether the sum is above u "
    "before it has added the letter that it is at."
)
def one_too_far_within(scores, temperature, u):
    last = scores.shape[1] - 1
    return np.minimum(_drawn(scores, temperature, u) + 1, last)


@draw.mistake(
    "One letter too early: the last piece that ends before u is not the one u falls "
    "on, which is the next."
)
def last_that_ends_before(scores, temperature, u):
    ends = np.cumsum(_p(scores, temperature), axis=1)
    return np.maximum((ends < u[:, None]).sum(axis=1) - 1, 0)


@draw.mistake(
    "u met the letters, not the rows, and the sign is turned round: u[:, None] gives "
    "each row its own; the first end with u < end is meant."
)
def along_the_letters_turned_round(scores, temperature, u):
    return np.argmax(u > np.cumsum(_p(scores, temperature), axis=1), axis=1)


@draw.mistake(
    "This is the place in the order of likeliness, not the letter: leave the letters "
    "in their order."
)
def place_in_the_order(scores, temperature, u):
    p = np.sort(_p(scores, temperature), axis=1)[:, ::-1]
    return _first(np.cumsum(p, axis=1), u)


@draw.mistake(
    "argmax along axis=0 finds a row for each letter; a letter for each row is found "
    "along axis=1."
)
def row_for_each_letter(scores, temperature, u):
    return np.argmax(u[:, None] < np.cumsum(_p(scores, temperature), axis=1), axis=0)


@draw.mistake(
    "Always the last letter, where the sums are largest: u had no say. Compare the "
    "ends with u first."
)
def always_the_last(scores, temperature, u):
    return np.full(len(u), scores.shape[1] - 1)


# -- memory(H, k) ---------------------------------------------------------------------

memory = Question(
    "memory",
    inputs=[(2, 10.0), (1, 4.0), (3, 6.0)],
    hints=[
        "One gate: which weight on w and which bias give −k for w = 0 and +k for w = 1?",
        "From −k to +k it is a step of 2k. What is the bias, and what if the gate shall "
        "do the opposite?",
        "Block n of H columns is n * H : (n + 1) * H; in a row of W all cells of a gate "
        "get the same weight; only v goes to each cell apart.",
    ],
)


def _wired(
    H, k, *, i=(2, -1), f=(-2, 1), o=(2, -1), order="ifgo", write=0, read=1, open_o=None,
    g=None, U=None, b_g=0.0, first=False,
):  # fmt: skip
    """The memory with one thing changed; a gate is (weight, bias) in units of k."""
    W, b = np.zeros((H + 2, 4 * H)), np.zeros(4 * H)
    rows = {"i": H + write, "f": H + write, "o": H + read}
    if first:  # w and r stand before v
        rows = {"i": 0, "f": 0, "o": 1}
    for name, (weight, bias) in {"i": i, "f": f, "o": o}.items():
        block = slice(order.index(name) * H, (order.index(name) + 1) * H)
        W[rows[name], block], b[block] = weight * k, bias * k
    block = slice(order.index("g") * H, (order.index("g") + 1) * H)
    W[2 * first : H + 2 * first, block] = np.eye(H) if g is None else g
    b[block] = b_g
    return W, np.zeros((H, 4 * H)) if U is None else U, b


@memory.right
def cell_by_cell(H, k):
    W, U, b = np.zeros((H + 2, 4 * H)), np.zeros((H, 4 * H)), np.zeros(4 * H)
    for j in range(H):
        W[H, j], b[j] = 2 * k, -k
        W[H, H + j], b[H + j] = -2 * k, k
        W[j, 2 * H + j] = 1
        W[H + 1, 3 * H + j], b[3 * H + j] = 2 * k, -k
    return W, U, b


@memory.right
def by_blocks(H, k):
    zero, one = np.zeros((H, H)), np.ones((1, H))
    write = np.hstack([2 * k * one, -2 * k * one, 0 * one, 0 * one])
    read = np.hstack([0 * one, 0 * one, 0 * one, 2 * k * one])
    W = np.vstack([np.hstack([zero, zero, np.eye(H), zero]), write, read])
    return W, np.hstack([zero] * 4), np.repeat([-k, k, 0, -k], H)


@memory.mistake(
    "The weights are k; an open gate's sum is then 0, and it stands half open. From −k "
    "to +k it is a step of 2k."
)
def half_open(H, k):
    return _wired(H, k, i=(1, -1), f=(-1, 1), o=(1, -1))


@memory.mistake(
    "The biases are missing: where w (or r) is 0 a gate's sum is then 0, so that it "
    "stands half open. Shut is −k."
)
def no_biases(H, k):
    return _wired(H, k, i=(2, 0), f=(-2, 0), o=(2, 0))


@memory.mistake(
    "The biases are missing, and the weights are k: where w (or r) is 0, every gate "
    "stands half open. A bias of −k and a weight of 2k make −k and +k."
)
def weights_k_no_biases(H, k):
    return _wired(H, k, i=(1, 0), f=(-1, 0), o=(1, 0))


@memory.mistake(
    "f does what i does: on writing it keeps the old, so that old and new pile up, and "
    "at all other steps it forgets. Its signs are the other way round: open where w is "
    "0."
)
def forgets_when_it_should_keep(H, k):
    return _wired(H, k, f=(2, -1))


@memory.mistake(
    "f is always open, as in the cell of 1997: what is written comes on top of what "
    "was there. On w = 1 it has to shut."
)
def always_kept(H, k):
    return _wired(H, k, f=(0, 1))


@memory.mistake(
    "f was left out, so its sum is 0: half of the cell is lost at every step. It keeps "
    "(+k) but where w is 1."
)
def forget_gate_left_out(H, k):
    return _wired(H, k, f=(0, 0))


@memory.mistake(
    "f's bias is 1, as libraries start it; here it is k, so that nearly nothing is "
    "lost."
)
def library_bias(H, k):
    W, U, b = _wired(H, k)
    b[H : 2 * H] = 1
    return W, U, b


@memory.mistake("The blocks stand in the order i, f, g, o; here o stands before g.")
def output_before_candidate(H, k):
    return _wired(H, k, order="ifog")


@memory.mistake(
    "i and f are exchanged: block 0 is i, which opens with w, block 1 is f, which "
    "shuts with it."
)
def forget_first(H, k):
    return _wired(H, k, order="figo")


@memory.mistake(
    "The blocks stand in the order i, f, g, o; here g stands before i and f."
)
def candidate_first(H, k):
    return _wired(H, k, order="gifo")


@memory.mistake("The blocks stand in the order i, f, g, o; here g stands before f.")
def candidate_second(H, k):
    return _wired(H, k, order="igfo")


@memory.mistake(
    "w and r are exchanged: w, which i and f hear, is row H of W, and r row H + 1."
)
def write_and_read_exchanged(H, k):
    return _wired(H, k, write=1, read=0)


@memory.mistake("w and r come after v, in rows H and H + 1 of W; here they come first.")
def switches_first(H, k):
    return _wired(H, k, first=True)


@memory.mistake(
    "Every cell takes in the sum of all v, as its block of W is full of ones; cell j "
    "takes v_j alone: np.eye(H)."
)
def sum_taken_in(H, k):
    return _wired(H, k, g=1.0)


@memory.mistake("Nothing is taken in: v has no weights. g's sum is v: np.eye(H).")
def nothing_taken_in(H, k):
    return _wired(H, k, g=0.0)


@memory.mistake(
    "v has the weight k, and its tanh is nearly −1 or 1; the sum in front of g's tanh "
    "is v_j itself."
)
def signs_taken_in(H, k):
    return _wired(H, k, g=k * np.eye(H))


@memory.mistake("v has the weight 2k; the sum in front of g's tanh is v_j itself.")
def large_taken_in(H, k):
    return _wired(H, k, g=2 * k * np.eye(H))


@memory.mistake("The candidate has a bias of k; its sum is v_j and nothing else.")
def candidate_with_k(H, k):
    return _wired(H, k, b_g=k)


@memory.mistake("The candidate has a bias of −k; its sum is v_j and nothing else.")
def candidate_with_minus_k(H, k):
    return _wired(H, k, b_g=-k)


@memory.mistake("o is always open; where r is 0 the state is to be shut.")
def always_shown(H, k):
    return _wired(H, k, o=(0, 1))


@memory.mistake("o was left out, so it stands half open, whatever r says.")
def output_gate_left_out(H, k):
    return _wired(H, k, o=(0, 0))


@memory.mistake("o is open where r is 0 and shut where it is 1: change its signs.")
def read_turned_round(H, k):
    return _wired(H, k, o=(-2, 1))


@memory.mistake("o's bias is missing: where r is 0 it stands half open.")
def output_without_bias(H, k):
    return _wired(H, k, o=(2, 0))


@memory.mistake("i is always open; where w is 0 nothing may come in.")
def always_let_in(H, k):
    return _wired(H, k, i=(0, 1))


@memory.mistake(
    "All signs of the gates are the other way round: W moves from the bias at 0 to the "
    "opposite at 1, so i and o have the bias −k, f has +k."
)
def all_turned_round(H, k):
    return _wired(H, k, i=(-2, 1), f=(2, -1), o=(-2, 1))


@memory.mistake(
    "The biases have the wrong sign: at w = 0, i's sum should be −k; here it is +k, "
    "and at w = 1 even 3k."
)
def biases_turned_round(H, k):
    return _wired(H, k, i=(2, 1), f=(-2, -1), o=(2, 1))


@memory.mistake(
    "The gates' sums are half as large as they should be: −k/2 and +k/2. From −k to +k "
    "it is a step of 2k."
)
def half_of_it(H, k):
    return _wired(H, k, i=(1, -0.5), f=(-1, 0.5), o=(1, -0.5))


@memory.mistake(
    "f is shut where w is 1, but where it is 0 its sum is 0: it keeps half. Its bias "
    "is k."
)
def forget_without_bias(H, k):
    return _wired(H, k, f=(-2, 0))


@memory.mistake(
    "f's weight is −k: where w is 1 its sum is 0, and half of the old stays."
)
def forget_half_shut(H, k):
    return _wired(H, k, f=(-1, 1))


@memory.mistake(
    "U holds the cells through the state; keeping is the forget gate's work, and the "
    "state has no influence here: U is 0."
)
def kept_by_the_state(H, k):
    zero = np.zeros((H, H))
    return _wired(H, k, U=np.hstack([zero, zero, np.eye(H), zero]))


@memory.mistake("U has four blocks, too, (H, 4H), all of zeros.")
def one_block_of_U(H, k):
    return _wired(H, k, U=np.zeros((H, H)))


@memory.mistake(
    "U has a row for each number of the state, (H, 4H), not for each input."
)
def U_as_large_as_W(H, k):
    return _wired(H, k, U=np.zeros((H + 2, 4 * H)))


@memory.mistake("W and U are transposed: a row for each input, a column for each sum.")
def turned(H, k):
    W, U, b = _wired(H, k)
    return W.T, U.T, b


@memory.mistake(
    "The columns lie cell by cell, i, f, g, o of cell 0 first; a block holds one gate "
    "of all H cells."
)
def cell_after_cell(H, k):
    W, U, b = _wired(H, k)
    order = np.arange(4 * H).reshape(4, H).T.ravel()
    return W[:, order], U, b[order]


@memory.mistake("b is one row, (1, 4H); it is a list of 4H numbers, (4H,).")
def b_in_a_row(H, k):
    W, U, b = _wired(H, k)
    return W, U, b[None]


@memory.mistake("W is there and b; U is missing, though it is all zeros.")
def U_missing(H, k):
    W, _, b = _wired(H, k)
    return W, b


@memory.mistake(
    "The sums of all gates are positive at first: k is the bias of each. i and o are "
    "shut unless w, or r, opens them: −k."
)
def all_open(H, k):
    return _wired(H, k, i=(2, 1), f=(-2, 1), o=(2, 1))


@memory.mistake(
    "All gates have the bias −k: where w is 0 f should be open, +k, for it is what "
    "keeps."
)
def all_shut(H, k):
    return _wired(H, k, f=(-2, -1))


@memory.mistake(
    "The weights of a gate stand at one cell only; all H cells hear w (or r): the "
    "whole row of the block."
)
def first_cell_only(H, k):
    W, U, b = _wired(H, k)
    for n in (0, 1, 3):
        W[H:, n * H + 1 : (n + 1) * H] = 0
    return W, U, b


@memory.mistake(
    "W is transposed: a row for each input, a column for each sum, (H + 2, 4H)."
)
def W_turned(H, k):
    W, U, b = _wired(H, k)
    return W.T, U, b


@memory.mistake(
    "Shut is −k and not 0: i and o have no bias, so where w (or r) is 0 they stand "
    "half open; and with a weight of −k f does where w is 1. From −k to +k it is a "
    "step of 2k."
)
def shut_is_zero(H, k):
    return _wired(H, k, i=(1, 0), f=(-1, 1), o=(1, 0))


@memory.mistake(
    "i and f: a weight of k from 0 on, or of −k from k on, leaves a gate half open "
    "where it should be shut, −k. It is a step of 2k."
)
def write_shut_is_zero(H, k):
    return _wired(H, k, i=(1, 0), f=(-1, 1))


@memory.mistake(
    "i and o have no bias: where w (or r) is 0 they stand half open. Shut is −k."
)
def shut_without_bias(H, k):
    return _wired(H, k, i=(2, 0), o=(2, 0))


@memory.mistake("i's bias is missing: where w is 0 it stands half open.")
def input_without_bias(H, k):
    return _wired(H, k, i=(2, 0))


@memory.mistake(
    "o's bias is missing and its weight is k: where r is 0 it stands half open. From "
    "−k to +k it is a step of 2k."
)
def output_half_open(H, k):
    return _wired(H, k, o=(1, 0))


@memory.mistake(
    "f has the weight −k and no bias: where w is 0 its sum should be +k, where w is 1 "
    "it is right."
)
def forget_with_minus_k(H, k):
    return _wired(H, k, f=(-1, 0))


@memory.mistake(
    "w acts on the candidate, too; it is i that lets it in or not, and g's sum is v_j "
    "alone."
)
def candidate_hears_w(H, k):
    W, U, b = _wired(H, k)
    W[H, 2 * H : 3 * H] = 2 * k
    return W, U, b


@memory.mistake(
    "U keeps the state alive through f; the cell needs no such help, and the state is "
    "to have no influence: U is 0."
)
def state_opens_f(H, k):
    zero = np.zeros((H, H))
    return _wired(H, k, U=np.hstack([zero, np.eye(H), zero, zero]))


@memory.mistake(
    "The weights are k, so that an open gate stands half open, and f does what i does; "
    "f is open where w is 0, and from −k to +k it is a step of 2k."
)
def half_open_and_f_as_i(H, k):
    return _wired(H, k, i=(1, -1), f=(1, -1), o=(1, -1))


@memory.mistake("o's bias has the wrong sign: where r is 0 it should be shut, −k.")
def output_with_plus_k(H, k):
    return _wired(H, k, o=(2, 1))


@memory.mistake(
    "U is full of identities: the state of the step before opens the gates, too. It is "
    "to have no influence: U is 0."
)
def state_opens_all(H, k):
    return _wired(H, k, U=np.hstack([np.eye(H)] * 4))


# -- to_pytorch(weights) --------------------------------------------------------------

_kernel = A(
    [
        [0.5, -1.0, 0.3, 0.9, 0.2, -0.4, 1.1, -0.7, 0.6],
        [1.2, 0.3, -0.6, -0.5, 0.7, 1.0, 0.4, 0.9, -0.8],
        [-0.2, 0.7, 0.4, 0.3, -0.9, 0.5, -0.6, 0.2, 1.3],
    ]
)
_recurrent = A(
    [
        [0.7, 0.2, -0.5, 0.4, -0.6, 0.1, -0.3, 0.8, 0.5],
        [-0.4, 0.9, 0.1, 0.6, 0.3, -0.7, 0.5, -0.2, 0.7],
        [0.3, -0.6, 0.8, -0.1, 0.5, 0.4, 0.9, 0.1, -0.4],
    ]
)
_bias = A(
    [
        [0.1, -0.3, 0.2, 0.4, 0.8, -0.6, -0.2, 0.6, 0.3],
        [0.9, 0.5, -0.1, -0.8, 0.7, -0.4, 1.0, -0.7, 0.35],
    ]
)

to_pytorch = Question(
    "to_pytorch",
    inputs=[
        ([_kernel, _recurrent, _bias],),  # D = H = 3: no size gives a slip away
        ([_kernel[:, :6], _recurrent[:2, 3:], _bias[:, :6]],),
        ([_kernel[:1, :3], _recurrent[1:2, :3], _bias[:, 3:6]],),
    ],
    hints=[
        "z, r, n = np.split(kernel, 3, axis=1): each is (D, H). How should they stand?",
        "First put the columns' blocks in the new order, then turn the whole matrix: .T.",
        "The biases have blocks, too; which row belongs to ih, and which to hh?",
    ],
)


def _order(a, order=(1, 0, 2)):
    blocks = np.split(a, 3, axis=-1)
    return np.concatenate([blocks[n] for n in order], axis=-1)


def _turned(a):
    return _order(a).T


def _there(
    weights, W=_turned, U=_turned, b=_order, rows=lambda bias: (bias[0], bias[1])
):
    kernel, recurrent, bias = weights
    one, other = rows(bias)
    parts = {"weight_ih": W(kernel), "weight_hh": U(recurrent)}
    return parts | {"bias_ih": b(one), "bias_hh": b(other)}


def _all(weights, how, b=_order):
    return _there(weights, W=how, U=how, b=b)


def _plain(a):
    return a + 0.0


def _transposed(a):
    return a.T + 0.0


@to_pytorch.right
def by_numbers_of_columns(weights):
    kernel, recurrent, bias = weights
    H = len(recurrent)
    columns = np.r_[H : 2 * H, :H, 2 * H : 3 * H]
    b = bias[:, columns]
    parts = {"weight_ih": kernel[:, columns].T, "weight_hh": recurrent.T[columns]}
    return parts | {"bias_ih": b[0], "bias_hh": b[1]}


@to_pytorch.right
def block_by_block(weights):
    H = weights[1].shape[0]
    parts = {"weight_ih": weights[0], "weight_hh": weights[1]}
    parts |= {"bias_ih": weights[2][0], "bias_hh": weights[2][1]}
    for name, a in parts.items():
        a = a.T
        parts[name] = np.concatenate([a[H : 2 * H], a[:H], a[2 * H :]])
    return parts


@to_pytorch.right
def by_three_axes(weights):
    H = len(weights[1])

    def moved(a):
        return a.reshape(-1, 3, H)[:, [1, 0, 2]].reshape(-1, 3 * H)

    b = moved(weights[2])
    parts = {"weight_ih": moved(weights[0]).T, "weight_hh": moved(weights[1]).T}
    return parts | {"bias_ih": b[0], "bias_hh": b[1]}


@to_pytorch.mistake(
    "All is turned, and the blocks stand in Keras' order still, z, r, n: PyTorch would "
    "take your update gate for its reset gate, and no shape would tell. Swap the first "
    "two."
)
def blocks_not_swapped(weights):
    return _all(weights, _transposed, b=_plain)


@to_pytorch.mistake(
    "The matrices' blocks are swapped, those of the biases are not: z's bias would go "
    "to r."
)
def biases_not_swapped(weights):
    return _there(weights, b=_plain)


@to_pytorch.mistake(
    "The names are PyTorch's, all else is Keras': turn the matrices (.T), and swap the "
    "blocks of z and r."
)
def only_renamed(weights):
    return _all(weights, _plain, b=_plain)


@to_pytorch.mistake(
    "The blocks are in the right order; the matrices stand as in Keras, (D, 3H) and "
    "(H, 3H). PyTorch wants them turned: .T."
)
def not_turned(weights):
    return _all(weights, _order)


@to_pytorch.mistake(
    "The two biases are exchanged: row 0 stands beside the kernel, so it is bias_ih. "
    "For z and r it makes no difference, for n it does: there bias_hh is multiplied by "
    "r."
)
def biases_exchanged(weights):
    return _there(weights, rows=lambda bias: (bias[1], bias[0]))


@to_pytorch.mistake(
    "The two biases were added into bias_ih. For z and r that would be the same; in n, "
    "the one beside U is multiplied by the reset gate, so it has to stay where it is."
)
def biases_added(weights):
    return _there(weights, rows=lambda bias: (bias[0] + bias[1], 0 * bias[1]))


@to_pytorch.mistake(
    "bias_hh is 0: so it is for an LSTM, which has one bias in Keras; a GRU has two, "
    "and row 1 of the bias is bias_hh."
)
def second_bias_dropped(weights):
    return _there(weights, rows=lambda bias: (bias[0], 0 * bias[1]))


@to_pytorch.mistake(
    "Both biases are row 0 of Keras' bias; row 1, beside the recurrent kernel, is "
    "bias_hh."
)
def first_row_twice(weights):
    return _there(weights, rows=lambda bias: (bias[0], bias[0]))


@to_pytorch.mistake(
    "The matrices were reshaped, not turned: reshape reads row after row and puts the "
    "numbers in other places. Use .T."
)
def reshaped(weights):
    return _all(weights, lambda a: _order(a).reshape(-1, len(a)))


@to_pytorch.mistake(
    "The matrices were reshaped, not turned (use .T), and the blocks left in the order "
    "z, r, n."
)
def reshaped_only(weights):
    return _all(weights, lambda a: a.reshape(-1, len(a)) + 0.0, b=_plain)


@to_pytorch.mistake(
    "The blocks stand in the order n, r, z: PyTorch's is r, z, n; n stays the last."
)
def backwards(weights):
    def how(a):
        return _order(a, (2, 1, 0))

    return _all(weights, lambda a: how(a).T, b=how)


@to_pytorch.mistake("The blocks stand in the order r, n, z; PyTorch's is r, z, n.")
def moved_round(weights):
    def how(a):
        return _order(a, (1, 2, 0))

    return _all(weights, lambda a: how(a).T, b=how)


@to_pytorch.mistake("The blocks stand in the order n, z, r; PyTorch's is r, z, n.")
def moved_round_the_other_way(weights):
    def how(a):
        return _order(a, (2, 0, 1))

    return _all(weights, lambda a: how(a).T, b=how)


@to_pytorch.mistake("The blocks stand in the order z, n, r; PyTorch's is r, z, n.")
def last_two_swapped(weights):
    def how(a):
        return _order(a, (0, 2, 1))

    return _all(weights, lambda a: how(a).T, b=how)


@to_pytorch.mistake(
    "The columns stand in reverse, unit by unit; whole blocks change places, and "
    "within a block the units stay in their order."
)
def columns_in_reverse(weights):
    return _all(weights, lambda a: a[:, ::-1].T, b=lambda a: a[::-1] + 0.0)


@to_pytorch.mistake(
    "Rows were swapped in place of columns: in Keras' arrays the blocks lie side by "
    "side. Split along axis=1, or turn first."
)
def rows_swapped(weights):
    def how(a):
        return np.concatenate([np.split(a, 3, axis=0)[n] for n in (1, 0, 2)]).T

    return _all(weights, how)


@to_pytorch.mistake(
    "Each block is turned, but they stand side by side; in PyTorch one stands below "
    "the other: axis=0."
)
def turned_side_by_side(weights):
    def how(a):
        z, r, n = np.split(a, 3, axis=1)
        return np.hstack([r.T, z.T, n.T])

    return _all(weights, how)


@to_pytorch.mistake(
    "The blocks were put one below the other and not turned; each is turned as well, "
    "(H, D) and (H, H)."
)
def below_and_not_turned(weights):
    def how(a):
        z, r, n = np.split(a, 3, axis=1)
        return np.vstack([r, z, n])

    return _all(weights, how)


@to_pytorch.mistake(
    "weight_ih and weight_hh are exchanged: ih is from the input to the state, so the "
    "kernel's."
)
def matrices_exchanged(weights):
    return _there([weights[1], weights[0], weights[2]])


@to_pytorch.mistake(
    "Everything of ih and hh is exchanged: ih is from the input to the state, so it is "
    "the kernel and row 0."
)
def all_exchanged(weights):
    return _there([weights[1], weights[0], weights[2][::-1]])


@to_pytorch.mistake(
    "z's weights have the opposite sign: z keeps the old state in Keras and in PyTorch."
)
def update_gate_negated(weights):
    def how(a):
        r, z, n = np.split(_order(a), 3, axis=-1)
        return np.concatenate([r, -z, n], axis=-1)

    return _all(weights, lambda a: how(a).T, b=how)


@to_pytorch.mistake("The blocks of weight_hh are in Keras' order still, z, r, n.")
def recurrent_not_swapped(weights):
    return _there(weights, U=_transposed)


@to_pytorch.mistake("The blocks of weight_ih are in Keras' order still, z, r, n.")
def kernel_not_swapped(weights):
    return _there(weights, W=_transposed)


@to_pytorch.mistake(
    "The biases' blocks are swapped, those of the matrices are not: all four have "
    "blocks."
)
def biases_swapped_only(weights):
    return _all(weights, _transposed)


@to_pytorch.mistake(
    "weight_hh is not turned. (H, 3H) cannot be (3H, H); look at its shape."
)
def recurrent_not_turned(weights):
    return _there(weights, U=_order)


@to_pytorch.mistake("weight_ih is not turned: PyTorch wants (3H, D).")
def kernel_not_turned(weights):
    return _there(weights, W=_order)


@to_pytorch.mistake("The biases have the shape (1, 3H); each is a list, (3H,).")
def biases_in_rows(weights):
    return _there(weights, rows=lambda bias: (bias[:1], bias[1:]))


@to_pytorch.mistake("The biases have the shape (3H, 1); each is a list, (3H,).")
def biases_in_columns(weights):
    parts = _there(weights)
    names = "bias_ih", "bias_hh"
    return parts | {name: parts[name][:, None] for name in names}


@to_pytorch.mistake(
    "Each name has both rows of the bias; row 0 is bias_ih, row 1 is bias_hh."
)
def both_rows(weights):
    return _there(weights, rows=lambda bias: (bias, bias))


@to_pytorch.mistake("These are the four one after the other; a dict has their names.")
def in_a_list(weights):
    return list(_there(weights).values())


@to_pytorch.mistake(
    "PyTorch has _l0 at the end of each name, for its first layer; here the four names "
    "are without it."
)
def names_of_the_first_layer(weights):
    return {f"{name}_l0": a for name, a in _there(weights).items()}


@to_pytorch.mistake(
    "The sum of both biases stands in each of the two; they would count twice."
)
def sum_twice(weights):
    return _there(weights, rows=lambda bias: (bias.sum(axis=0), bias.sum(axis=0)))


def _overwritten(a):
    z, r, n = np.split(a, 3, axis=-1)
    return np.concatenate([r, r, n], axis=-1)


@to_pytorch.mistake(
    "z is gone, and r stands there twice: after a[:H], a[H:2*H] = a[H:2*H], a[:H] the "
    "first is overwritten before the second reads it. Put new arrays together, or take "
    "a copy."
)
def overwritten(weights):
    return _all(weights, lambda a: _overwritten(a).T, b=_overwritten)


@to_pytorch.mistake(
    "z is gone from the matrices, and r stands there twice: after a[:H], a[H:2*H] = "
    "a[H:2*H], a[:H] the first is overwritten before the second reads it. Put new "
    "arrays together, or take a copy."
)
def matrices_overwritten(weights):
    return _all(weights, lambda a: _overwritten(a).T)


@to_pytorch.mistake(
    "The blocks stand in Keras' order still, and the two biases were added: swap z and "
    "r, and keep the biases apart, as n's second one is multiplied by r."
)
def added_and_not_swapped(weights):
    def rows(bias):
        return bias[0] + bias[1], 0 * bias[1]

    return _there(weights, W=_transposed, U=_transposed, b=_plain, rows=rows)


@to_pytorch.mistake(
    "The blocks stand in Keras' order still, and the biases are exchanged: swap z and "
    "r; row 0 is bias_ih."
)
def exchanged_and_not_swapped(weights):
    def rows(bias):
        return bias[1], bias[0]

    return _there(weights, W=_transposed, U=_transposed, b=_plain, rows=rows)


@to_pytorch.mistake(
    "The biases' blocks stand in Keras' order still, and the two were added: swap z "
    "and r, and keep them apart, as n's second one is multiplied by r."
)
def biases_added_and_not_swapped(weights):
    return _there(weights, b=_plain, rows=lambda bias: (bias[0] + bias[1], 0 * bias[1]))


@to_pytorch.mistake(
    "The biases' blocks stand in Keras' order still, and the two are exchanged: swap z "
    "and r; row 0 is bias_ih."
)
def biases_exchanged_and_not_swapped(weights):
    return _there(weights, b=_plain, rows=lambda bias: (bias[1], bias[0]))


@to_pytorch.mistake(
    "Each bias is half of their sum: for z and r that is the same, in n the second one "
    "is multiplied by r. Keep them as they are."
)
def half_of_the_sum(weights):
    def rows(bias):
        return bias.sum(axis=0) / 2, bias.sum(axis=0) / 2

    return _there(weights, rows=rows)


# -- in_rounds(f, a) ------------------------------------------------------------------

in_rounds = Question(
    "in_rounds",
    inputs=[
        (A([0.9, 0.5, 0.8, 0.3, 0.7, 0.6]), A([1.0, -0.5, 2.0, 0.4, -1.5, 0.8])),
        (A([0.4, 0.95, 0.6, 0.85]), A([-1.2, 0.7, 1.1, -0.3])),
        (A([0.5]), A([2.0])),
    ],
    hints=[
        "Write two steps as one: f_2 (f_1 c + a_1) + a_2. What stands before c is F, the "
        "rest is A.",
        "F = F_late F_early and A = F_late A_early + A_late: what came in early goes "
        "through all of the later forget gates.",
        "In a round, place t joins its own stretch with the one that ends n steps before "
        "it, at t − n; the first n places have reached the beginning and stay.",
    ],
)


def _doubled(
    f, a, *, join=lambda Fe, Ae, Fl, Al: (Fl * Fe, Fl * Ae + Al), grow=lambda n: 2 * n,
    start=lambda F, A, n: (F[:n], A[:n]), until=lambda n, T: n < T,
):  # fmt: skip
    """The rounds with one thing changed; n steps a stretch, e early, l late."""
    F, A_, rows, n = f, a, [a], 1
    while until(n, len(a)):
        first = start(F, A_, n)
        joined = join(F[:-n], A_[:-n], F[n:], A_[n:])
        F, A_ = (np.concatenate(p) for p in zip(first, joined, strict=True))
        rows.append(A_)
        n = grow(n)
    return A(rows)


def _rounds(T):
    return int(np.ceil(np.log2(T)))


def _cell(f, a, first, last, c=0.0):
    for s in range(max(first, 0), last + 1):
        c = f[s] * c + a[s]
    return c


@in_rounds.right
def as_it_is_defined(f, a):
    T = len(a)
    rows = range(_rounds(T) + 1)
    return A([[_cell(f, a, t - 2**r + 1, t) for t in range(T)] for r in rows])


@in_rounds.right
def place_by_place(f, a):
    rows, Fs = [list(a)], list(f)
    while 2 ** (len(rows) - 1) < len(a):
        n, old = 2 ** (len(rows) - 1), rows[-1]
        reach = range(len(a))
        rows.append([old[t] + (Fs[t] * old[t - n] if t >= n else 0) for t in reach])
        Fs = [Fs[t] * (Fs[t - n] if t >= n else 1) for t in reach]
    return rows


@in_rounds.right
def padded_with_empty_steps(f, a):
    T, R = len(a), _rounds(len(a))
    F, A_ = (np.concatenate([np.full(2**R, x), y]) for x, y in ((1.0, f), (0.0, a)))
    rows = [A_]
    for r in range(R):  # what np.roll brings round falls on the empty steps
        A_ = F * np.roll(A_, 2**r) + A_
        F = F * np.roll(F, 2**r)
        rows.append(A_)
    return A(rows)[:, -T:]


@in_rounds.mistake(
    "This is the cell step by step, the last row; each row before it counts only the "
    "last 1, 2, 4, … steps."
)
def the_cell_alone(f, a):
    return A([_cell(f, a, 0, t) for t in range(len(a))])


@in_rounds.mistake(
    "F stayed what it was for one step; a stretch of n steps has the product of its n "
    "forget gates. Join F, too: F_late F_early."
)
def F_of_one_step(f, a):
    return _doubled(f, a, join=lambda Fe, Ae, Fl, Al: (f[-len(Fl) :], Fl * Ae + Al))


@in_rounds.mistake(
    "The two parts have changed roles: what came in early goes through the later "
    "forget gates, F_late A_early; what came in late is not forgotten at all."
)
def late_is_forgotten(f, a):
    return _doubled(f, a, join=lambda Fe, Ae, Fl, Al: (Fl * Fe, Fl * Al + Ae))


@in_rounds.mistake(
    "The early part was multiplied by its own F; it has been through those gates. What "
    "it still has to pass is the late stretch: F_late A_early."
)
def early_through_its_own(f, a):
    return _doubled(f, a, join=lambda Fe, Ae, Fl, Al: (Fl * Fe, Fe * Ae + Al))


@in_rounds.mistake(
    "The late part was multiplied by the early F; it comes after those gates. It is "
    "the early part that passes the late ones: F_late A_early + A_late."
)
def late_through_the_early(f, a):
    return _doubled(f, a, join=lambda Fe, Ae, Fl, Al: (Fl * Fe, Ae + Fe * Al))


@in_rounds.mistake(
    "F was renewed before A was: in the new A stands the F of the late stretch alone, "
    "as it was before the round."
)
def F_renewed_first(f, a):
    return _doubled(f, a, join=lambda Fe, Ae, Fl, Al: (Fl * Fe, Fl * Fe * Ae + Al))


@in_rounds.mistake(
    "In each round a place joined with its neighbour, one step before; stretches of n "
    "steps end n steps apart: t − n."
)
def always_the_neighbour(f, a):
    T, F, A_, rows = len(a), f, a, [a]
    for _ in range(_rounds(T)):
        A_ = np.concatenate([A_[:1], F[1:] * A_[:-1] + A_[1:]])
        F = np.concatenate([F[:1], F[1:] * F[:-1]])
        rows.append(A_)
    return A(rows)


@in_rounds.mistake(
    "In each round a place joined with its neighbour, one step before, and F stayed as "
    "it was: stretches of n steps end n steps apart, and have n forget gates."
)
def neighbour_and_F_of_one_step(f, a):
    A_, rows = a, [a]
    for _ in range(_rounds(len(a))):
        A_ = np.concatenate([A_[:1], f[1:] * A_[:-1] + A_[1:]])
        rows.append(A_)
    return A(rows)


@in_rounds.mistake(
    "The rows count 1, 2, 3, 4, … steps; each round doubles: 1, 2, 4, 8, …"
)
def one_step_more_each(f, a):
    T = len(a)
    rows = range(_rounds(T) + 1)
    return A([[_cell(f, a, t - r, t) for t in range(T)] for r in rows])


@in_rounds.mistake(
    "A row for each number of steps, 1 to T; wanted are those of 1, 2, 4, … steps, and "
    "from row to row the number doubles."
)
def a_row_for_each(f, a):
    T = len(a)
    return A([[_cell(f, a, t - r, t) for t in range(T)] for r in range(T)])


@in_rounds.mistake(
    "np.roll brings the last steps round to the first places; nothing comes before "
    "step 0: the first n places stay as they are."
)
def rolled(f, a):
    F, A_, rows = f, a, [a]
    for r in range(_rounds(len(a))):
        A_ = F * np.roll(A_, 2**r) + A_
        F = F * np.roll(F, 2**r)
        rows.append(A_)
    return A(rows)


@in_rounds.mistake(
    "The first n places were set to 0; they have reached the beginning, and stay as "
    "they are."
)
def beginning_lost(f, a):
    return _doubled(f, a, start=lambda F, A, n: (F[:n], 0 * A[:n]))


@in_rounds.mistake(
    "The first n places are a again; they keep what they had in the round before."
)
def beginning_of_a(f, a):
    return _doubled(f, a, start=lambda F, A, n: (F[:n], a[:n]))


@in_rounds.mistake("Row 0 is missing: the last step alone, which is a.")
def without_row_0(f, a):
    return _doubled(f, a)[1:]


@in_rounds.mistake(
    "One round is missing: the stretches of the last row must reach back over all T "
    "steps, 2^R ≥ T."
)
def one_round_too_few(f, a):
    rows = _doubled(f, a)
    return rows[: max(1, len(rows) - 1)]


@in_rounds.mistake(
    "R was rounded down: where T is no power of 2 one round is missing, as 2^R ≥ T."
)
def rounded_down(f, a):
    return _doubled(f, a)[: int(np.log2(len(a))) + 1]


@in_rounds.mistake(
    "One round too many: with stretches of T steps or more there is nothing left to "
    "join."
)
def one_round_too_many(f, a):
    rows = _doubled(f, a)
    return np.vstack([rows, rows[-1:]])


@in_rounds.mistake(
    "R was rounded down and 1 added: where T is a power of 2 that is one round too "
    "many."
)
def rounded_down_and_one(f, a):
    rows = _doubled(f, a)
    wanted = int(np.log2(len(a))) + 2
    return np.vstack([rows, rows[-1:]])[:wanted]


@in_rounds.mistake(
    "The parts were added, and nothing was forgotten; what came in early is multiplied "
    "by the later forget gates."
)
def nothing_forgotten(f, a):
    return _doubled(f, a, join=lambda Fe, Ae, Fl, Al: (Fl * Fe, Ae + Al))


@in_rounds.mistake("What came in late is missing: A = F_late A_early + A_late.")
def late_missing(f, a):
    return _doubled(f, a, join=lambda Fe, Ae, Fl, Al: (Fl * Fe, Fl * Ae))


@in_rounds.mistake(
    "The two F were added; what was in the cell before goes through both, so they are "
    "multiplied."
)
def F_added(f, a):
    return _doubled(f, a, join=lambda Fe, Ae, Fl, Al: (Fl + Fe, Fl * Ae + Al))


@in_rounds.mistake(
    "The place joined with a stretch that had grown in this round already: make new "
    "arrays, or go from the last place to the first."
)
def grown_within_the_round(f, a):
    F, A_, rows, n = f.copy(), a.copy(), [a], 1
    while n < len(a):
        for t in range(n, len(a)):
            A_[t] = F[t] * A_[t - n] + A_[t]
            F[t] = F[t] * F[t - n]
        rows.append(A_.copy())
        n *= 2
    return A(rows)


@in_rounds.mistake(
    "The last F of the round before was used up to the beginning, with the A that were "
    "new already: make new arrays, or go from the last place to the first."
)
def A_grown_within_the_round(f, a):
    F, A_, rows, n = f.copy(), a.copy(), [a], 1
    while n < len(a):
        for t in range(n, len(a)):
            A_[t] = F[t] * A_[t - n] + A_[t]
        F[n:] = F[n:] * F[:-n].copy()
        rows.append(A_.copy())
        n *= 2
    return A(rows)


@in_rounds.mistake(
    "All rows are alike, the cell itself: either one array was appended each time, and "
    "grew in place (append a copy), or the steps before a stretch were counted (it "
    "begins with an empty cell)."
)
def one_array_for_all(f, a):
    rows = _doubled(f, a)
    return np.repeat(rows[-1:], len(rows), axis=0)


@in_rounds.mistake("The rows and columns are exchanged: a round is a row, (R + 1, T).")
def turned_(f, a):
    return _doubled(f, a).T


@in_rounds.mistake(
    "The stretches begin at 0, n, 2n, …; each place has its own, which ends there, "
    "with the last n steps."
)
def side_by_side(f, a):
    T = len(a)
    sizes = [2**r for r in range(_rounds(T) + 1)]
    return A([[_cell(f, a, t // n * n, t) for t in range(T)] for n in sizes])


@in_rounds.mistake(
    "The stretches begin at t and look ahead; they end there: the last n steps up to t."
)
def looks_ahead(f, a):
    T = len(a)
    sizes = [2**r for r in range(_rounds(T) + 1)]
    ends = range(T)
    return A([[_cell(f, a, t, min(t + n, T) - 1) for t in ends] for n in sizes])


@in_rounds.mistake(
    "One step too many in each stretch: the last 2^r steps up to and with t begin at t "
    "− 2^r + 1."
)
def one_step_too_many(f, a):
    T = len(a)
    sizes = [2**r for r in range(_rounds(T) + 1)]
    return A([[_cell(f, a, t - n, t) for t in range(T)] for n in sizes])


@in_rounds.mistake(
    "One step is forgotten too early: f_t multiplies the cell before step t, and not "
    "what step t brings in, a_t."
)
def a_is_forgotten(f, a):
    return _doubled(f, f * a)


@in_rounds.mistake(
    "f[t − 1] stands where f[t] should: what was in the cell before step t goes "
    "through the gate of step t."
)
def gate_of_the_step_before(f, a):
    return _doubled(np.append(1.0, f[:-1]), a)


@in_rounds.mistake("1 − f keeps here; f near 1 keeps: c_t = f_t c_{t-1} + a_t.")
def forgets_f(f, a):
    return _doubled(1 - f, a)


@in_rounds.mistake("These are the F of the stretches; the A are asked for.")
def F_for_A(f, a):
    F, rows, n = f, [f], 1
    while n < len(f):
        F = np.concatenate([F[:n], F[n:] * F[:-n]])
        rows.append(F)
        n = 2 * n
    return A(rows)


@in_rounds.mistake(
    "The rows are the cells of the first 1, 2, 4, … steps; each place counts its own "
    "last steps."
)
def first_steps(f, a):
    T = len(a)
    sizes = [2**r for r in range(_rounds(T) + 1)]
    return A([[_cell(f, a, 0, min(t, n - 1)) for t in range(T)] for n in sizes])


@in_rounds.mistake(
    "Each stretch is four times as long as the one before; two of equal length make "
    "one twice as long: t − n, then n doubles."
)
def two_doublings_at_once(f, a):
    return _doubled(f, a, grow=lambda n: 4 * n)


@in_rounds.mistake(
    "One round is missing at the end: there are R + 1 rows, and range(R) has but R."
)
def rows_without_the_last(f, a):
    return A(list(_doubled(f, a))[:-1])


@in_rounds.mistake(
    "n grows by one each round (1, 2, 3, …), so that from the third on stretches "
    "overlap and steps count twice; it doubles."
)
def n_grows_by_one(f, a):
    return _doubled(f, a, grow=lambda n: n + 1)


@in_rounds.mistake(
    "Each round joined pairs of neighbours and left half as many; here every place t "
    "has a stretch of its own that ends there, so each row has T."
)
def halved(f, a):
    F, A_, rows = f, a, [a]
    while len(A_) > 1:
        m = len(A_) // 2 * 2
        A_ = F[1:m:2] * A_[:m:2] + A_[1:m:2]
        F = F[1:m:2] * F[:m:2]
        rows.append(A_)
    return rows


@in_rounds.mistake(
    "The first row and the last; those of the rounds between are missing."
)
def first_and_last_row(f, a):
    return A([a, [_cell(f, a, 0, t) for t in range(len(a))]])


@in_rounds.mistake(
    "Row 0 is right, and all others are the cell itself; they count the last 2, 4, … "
    "steps, from an empty cell."
)
def cell_after_one_round(f, a):
    cell = [_cell(f, a, 0, t) for t in range(len(a))]
    return A([a] + [cell] * _rounds(len(a)))


@in_rounds.mistake(
    "The rows stand in the other order: row 0 counts one step, the last row all."
)
def upside_down(f, a):
    return _doubled(f, a)[::-1]


@in_rounds.mistake(
    "Brackets: F_late multiplies what came in early, and not what the late stretch has "
    "brought in."
)
def all_forgotten(f, a):
    return _doubled(f, a, join=lambda Fe, Ae, Fl, Al: (Fl * Fe, Fl * (Ae + Al)))


@in_rounds.mistake(
    "Each part was multiplied by its own F; the early one passes the late gates, "
    "F_late A_early, and the late one passes none."
)
def each_through_its_own(f, a):
    return _doubled(f, a, join=lambda Fe, Ae, Fl, Al: (Fl * Fe, Fe * Ae + Fl * Al))


@in_rounds.mistake(
    "The late part was multiplied by the early F as well; only what came in early "
    "passes gates, the late ones: F_late A_early + A_late."
)
def both_crossed(f, a):
    return _doubled(f, a, join=lambda Fe, Ae, Fl, Al: (Fl * Fe, Fl * Ae + Fe * Al))


@in_rounds.mistake(
    "The rounds began with stretches of 2: at first each is one step, and joins with "
    "the one that ends one step before."
)
def began_with_two(f, a):
    F, A_, rows, n = f, a, [a], 2
    while n < len(a):
        A_ = np.concatenate([A_[:n], F[n:] * A_[:-n] + A_[n:]])
        F = np.concatenate([F[:n], F[n:] * F[:-n]])
        rows.append(A_)
        n = 2 * n
    return A(rows)


@in_rounds.mistake(
    "C[r, t] was made from C[r - 1, t - 1] by one step, so row r counts r + 1 steps "
    "(and at t = 0 the index −1 fetches the last place); join stretches of equal "
    "length."
)
def one_step_from_the_row_before(f, a):
    C = np.zeros((_rounds(len(a)) + 1, len(a)))
    C[0] = a
    for r in range(1, len(C)):
        C[r] = f * np.roll(C[r - 1], 1) + a
    return C


words = Words(
    "words",
    [
        "What is σ(1)? What is left of a number that is multiplied by it 199 times?",
        "A sum passes blame on unchanged. What stands before c in c = f c + i g?",
        "How near to 1 must f be, for a third of the blame to arrive after 200 steps? "
        "Which bias gives that?",
    ],
)
