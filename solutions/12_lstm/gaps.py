"""What is known of the lines that lesson 12 leaves to the learner."""

import numpy as np

from course_lib.classroom.questions import Question

A = np.array


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


# -- lstm_step(x_t, h, c, W, U, b) ----------------------------------------------------

X3 = A([[1.0, -0.5, 0.2], [0.3, 0.8, -1.0], [0.6, 0.1, 0.4]])
H3 = A([[0.5, -0.3, 0.8], [0.1, 0.6, -0.4], [-0.7, 0.2, 0.3]])
C3 = A([[1.5, -0.8, 0.9], [-0.4, 2.1, -1.2], [0.7, -0.5, 1.8]])
W3 = A(
    [
        [0.5, -1.0, 0.3, 0.9, 0.2, -0.4, 1.1, -0.7, 0.6, -0.2, 0.8, 0.4],
        [1.2, 0.3, -0.6, -0.5, 0.7, 1.0, 0.4, 0.9, -0.8, 0.6, -0.3, 0.1],
        [-0.2, 0.7, 0.4, 0.3, -0.9, 0.5, -0.6, 0.2, 1.3, 0.5, 0.7, -1.1],
    ]
)
U3 = A(
    [
        [0.7, 0.2, -0.5, 0.4, -0.6, 0.1, -0.3, 0.8, 0.5, 0.9, -0.4, 0.3],
        [-0.4, 0.9, 0.1, 0.6, 0.3, -0.7, 0.5, -0.2, 0.7, -0.8, 0.2, 0.6],
        [0.3, -0.6, 0.8, -0.1, 0.5, 0.4, 0.9, 0.1, -0.4, 0.2, 0.3, -0.5],
    ]
)
B3 = A([0.1, -0.3, 0.2, 1.0, 0.8, 1.2, -0.2, 0.4, 0.3, -0.1, 0.5, 0.2])
ONE = A([[0.5, 1.0, 2.0, -1.0]])  # a unit's weight in each of the four blocks

lstm_step = Question(
    "lstm_step",
    [  # one unit; then N = D = H, where no size gives a slip away; then all unlike
        (A([[1.0]]), A([[0.5]]), A([[2.0]]), ONE, -ONE, A([0.2, 1.0, 0.0, 0.3])),
        (X3, H3, C3, W3, U3, B3),
        (X3[:2, :1], H3[:2, :2], C3[:2, :2], W3[:1, :8], U3[:2, 4:], B3[:8]),
    ],
    [
        "f says what of the old cell is kept, i what of the candidate g is added.",
        "Entry by entry: f * c is what is kept, i * g what is added.",
        "The state shows the new cell, squashed by tanh, as far as o opens.",
    ],
)


def _lstm(
    x_t, h, c, W, U, b, *, cell=lambda i, f, g, o, c, h: f * c + i * g,
    state=lambda i, f, g, o, c, old, h: o * np.tanh(c), order="ifgo", squash=np.tanh,
):  # fmt: skip
    """One step with one thing changed."""
    z = x_t @ W + h @ U + b
    z = dict(zip(order, np.split(z, 4, axis=1), strict=True))
    i, f, o = (_sigmoid(z[name]) for name in "ifo")
    g = squash(z["g"])
    new = cell(i, f, g, o, c, h)
    return state(i, f, g, o, new, c, h), new


@lstm_step.right
def sequence_by_sequence(x_t, h, c, W, U, b):
    states, cells = [], []
    for x, state, cell in zip(x_t, h, c, strict=True):
        i, f, g, o = np.split(W.T @ x + U.T @ state + b, 4)
        new = cell / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
        cells.append(new)
        states.append(np.tanh(new) / (1 + np.exp(-o)))
    return A(states), A(cells)


@lstm_step.right
def by_columns(x_t, h, c, W, U, b):
    H = h.shape[1]
    z = np.hstack([x_t, h]) @ np.vstack([W, U]) + b
    i, f, o = (_sigmoid(z[:, k * H : (k + 1) * H]) for k in (0, 1, 3))
    c = c + (f - 1) * c + i * np.tanh(z[:, 2 * H : 3 * H])
    return o * np.tanh(c), c


@lstm_step.mistake(
    "The gates i and f are exchanged: f (forget) is for the old cell, i (input) for "
    "the candidate."
)
def gates_exchanged(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: i * c + f * g)


@lstm_step.mistake(
    "The tanh is missing in the state: h is o times tanh(c), so that it stays between "
    "−1 and 1, however large the cell has grown."
)
def state_not_squashed(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: o * c)


@lstm_step.mistake(
    "The state was made of the old cell; first make the new c, then h from it."
)
def state_of_the_old_cell(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: o * np.tanh(old))


@lstm_step.mistake(
    "The forget gate f is missing: this cell keeps all it ever had, as that of 1997 "
    "did."
)
def nothing_forgotten(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: c + i * g)


@lstm_step.mistake(
    "The input gate i is missing: it says how much of the candidate g is added."
)
def all_let_in(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * c + g)


@lstm_step.mistake("The old cell is missing: f * c is what is kept of it.")
def nothing_kept(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: i * g)


@lstm_step.mistake("The candidate is missing: i * g is what is added.")
def nothing_added(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * c)


@lstm_step.mistake("The output gate o is missing: h is o * tanh(c).")
def all_shown(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: np.tanh(c))


@lstm_step.mistake(
    "The output gate came into the tanh; it multiplies what tanh gives, o * tanh(c)."
)
def gate_within_the_tanh(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: np.tanh(o * c))


@lstm_step.mistake(
    "f keeps a share of the state h here; what it keeps is the cell c, which has not "
    "been through a tanh."
)
def state_for_cell(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * h + i * g)


@lstm_step.mistake(
    "1 − f stands for the input gate: a GRU shares one gate like that; an LSTM has i, "
    "a gate of its own."
)
def one_gate_for_both(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * c + (1 - f) * g)


@lstm_step.mistake(
    "Two slips: 1 − f stands for the input gate i, and the tanh is missing in the "
    "state, o * tanh(c)."
)
def one_gate_for_both_not_squashed(*given):
    return _lstm(
        *given,
        cell=lambda i, f, g, o, c, h: f * c + (1 - f) * g,
        state=lambda i, f, g, o, c, old, h: o * c,
    )


@lstm_step.mistake(
    "1 − f stands for the input gate, and the old cell is missing: f * c + i * g."
)
def only_the_rest(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: (1 - f) * g)


@lstm_step.mistake(
    "f near 1 keeps: what is kept is f * c, though the gate's name says forget."
)
def forget_taken_by_its_word(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: (1 - f) * c + i * g)


@lstm_step.mistake(
    "The cell itself went through a tanh; only what h shows of it does. The sum f * c "
    "+ i * g stays as it is, or the blame shrinks at every step."
)
def cell_squashed(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: np.tanh(f * c + i * g))


@lstm_step.mistake(
    "tanh came to the cell and not to the state: c is f * c + i * g as it is, and h is "
    "o * tanh(c)."
)
def tanh_at_the_cell(*given):
    return _lstm(
        *given,
        cell=lambda i, f, g, o, c, h: np.tanh(f * c + i * g),
        state=lambda i, f, g, o, c, old, h: o * c,
    )


@lstm_step.mistake(
    "The tanh is missing in the state, and the state was made of the old cell: first "
    "the new c, then h = o * tanh(c)."
)
def old_cell_not_squashed(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: o * old)


@lstm_step.mistake(
    "The two parts are multiplied; what is kept and what is added make a sum, and so "
    "blame passes it unchanged."
)
def multiplied(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * c * i * g)


@lstm_step.mistake(
    "Brackets: f * (c + i * g) forgets a part of what has only just come in."
)
def forgotten_at_once(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * (c + i * g))


@lstm_step.mistake("The candidate is taken away; it is added, and has a sign itself.")
def subtracted(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * c - i * g)


@lstm_step.mistake(
    "c += … adds to all of the old cell, of which f * c is in the sum already; write c "
    "= …"
)
def piled_up(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: c + f * c + i * g)


@lstm_step.mistake(
    "h += … adds to the old state; the new one is o * tanh(c) and no more."
)
def state_piled_up(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: h + o * np.tanh(c))


@lstm_step.mistake(
    "A gate opens each unit by itself, entry by entry, with *; @ mixes the units."
)
def matrix_products(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f @ c + i @ g)


@lstm_step.mistake(
    "The state shows the candidate g; it shows the cell, in which g is by now."
)
def candidate_shown(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: o * g)


@lstm_step.mistake(
    "The state goes through a sigmoid here; it is o * tanh(c), from −1 to 1."
)
def sigmoid_of_the_cell(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: o * _sigmoid(c))


@lstm_step.mistake("The state was opened by i; the gate of what is shown is o.")
def opened_by_i(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: i * np.tanh(c))


@lstm_step.mistake("The state was opened by f; the gate of what is shown is o.")
def opened_by_f(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: f * np.tanh(c))


@lstm_step.mistake("o is the gate of what is shown; what is added is i * g.")
def let_in_by_o(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * c + o * g)


@lstm_step.mistake(
    "i opens for the old cell c here; it is the candidate g that is let in."
)
def cell_let_in(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * c + i * c)


@lstm_step.mistake(
    "g has been through tanh already; here it came into another one before it was "
    "added."
)
def candidate_squashed_twice(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * c + i * np.tanh(g))


@lstm_step.mistake("The candidate g is a tanh, from −1 to 1, and no gate.")
def candidate_as_a_gate(*given):
    return _lstm(*given, squash=_sigmoid)


@lstm_step.mistake("The candidate g has not been through its tanh.")
def candidate_not_squashed(*given):
    return _lstm(*given, squash=lambda z: z)


@lstm_step.mistake("The blocks stand in the order i, f, g, o; o is the last of them.")
def o_third(*given):
    return _lstm(*given, order="ifog")


@lstm_step.mistake("The two stand in the other order: first the state h, then c.")
def swapped(*given):
    return _lstm(*given)[::-1]


@lstm_step.mistake("The state alone; the cell c has to go on to the next step, too.")
def state_only(*given):
    return _lstm(*given)[0]


@lstm_step.mistake("h is right; the c that is returned is the old one.")
def old_cell_returned(*given):
    return _lstm(*given)[0], given[2] + 0.0


@lstm_step.mistake(
    "1 − i stands for the forget gate; an LSTM has f, a gate of its own."
)
def kept_by_one_minus_i(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: (1 - i) * c + i * g)


@lstm_step.mistake("1 − i lets the candidate in; i near 1 opens: i * g.")
def input_not_taken_in(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * c + (1 - i) * g)


@lstm_step.mistake("i is added; a gate multiplies what it opens for: i * g.")
def gate_added(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * c + i + g)


@lstm_step.mistake("f is added to the old cell; a gate multiplies: f * c.")
def forget_gate_added(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f + c + i * g)


@lstm_step.mistake("f is added, and the old cell is missing: f * c is what is kept.")
def cell_left_out(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f + i * g)


@lstm_step.mistake("f opens for both here; what is added has the gate i of its own.")
def one_gate_for_the_sum(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * (c + g))


@lstm_step.mistake(
    "The gates are added, and so are what they open for; it is f * c + i * g."
)
def both_gates_for_the_sum(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: (f + i) * (c + g))


@lstm_step.mistake("i lets in the old state here; it is for the candidate g.")
def state_let_in(*given):
    return _lstm(*given, cell=lambda i, f, g, o, c, h: f * c + i * h)


@lstm_step.mistake("o is between 0 and 1 already; the tanh is for the cell.")
def gate_squashed_again(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: np.tanh(o) * np.tanh(c))


@lstm_step.mistake("tanh came to the gate; it is for the cell: o * tanh(c).")
def tanh_at_the_gate(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: np.tanh(o) * c)


@lstm_step.mistake(
    "o opens for the old state here; it opens for the cell: o * tanh(c)."
)
def old_state_opened(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: o * h)


@lstm_step.mistake("tanh of the old state; it is of the new cell: o * tanh(c).")
def old_state_squashed(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: o * np.tanh(h))


@lstm_step.mistake("o is added; a gate multiplies: o * tanh(c).")
def gate_added_to_the_state(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: o + np.tanh(c))


@lstm_step.mistake("1 − o opens here; o near 1 shows all: o * tanh(c).")
def gate_the_wrong_way(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: (1 - o) * np.tanh(c))


@lstm_step.mistake("o opens for each unit by itself, entry by entry: *, not @.")
def matrix_product_of_the_state(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: o @ np.tanh(c))


@lstm_step.mistake("tanh of the candidate; it is of the cell: o * tanh(c).")
def candidate_squashed_and_shown(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: o * np.tanh(g))


@lstm_step.mistake(
    "o mixes old and new here, as z does in a GRU; it opens for the cell alone."
)
def mixed_with_the_old_state(*given):
    return _lstm(
        *given, state=lambda i, f, g, o, c, old, h: o * h + (1 - o) * np.tanh(c)
    )


@lstm_step.mistake("The state is the cell itself here; it is o * tanh(c).")
def cell_for_state(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: c + 0.0)


@lstm_step.mistake("This is the gate o alone; it opens for something: o * tanh(c).")
def gate_for_state(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: o + 0.0)


@lstm_step.mistake(
    "The old state is a factor here; it had its say in the gates already."
)
def old_state_as_a_factor(*given):
    return _lstm(*given, state=lambda i, f, g, o, c, old, h: h * o * np.tanh(c))


# -- gru_step(x_t, h, W, U, b) --------------------------------------------------------

gru_step = Question(
    "gru_step",
    [
        (A([[1.0]]), A([[0.8]]), ONE[:, :3], -ONE[:, :3], A([0.2, 1.0, 0.0])),
        (X3, H3, W3[:, :9], U3[:, 3:], B3[:9]),
        (X3[:2, :1], H3[:2, :2], W3[:1, :6], U3[:2, 4:10], B3[3:9]),
    ],
    [
        "z is one gate with two jobs: what it keeps of the old state, and what is left "
        "of 1 for the candidate n.",
        "Where z is 1 the old state stays as it is; where z is 0 the candidate takes "
        "its place.",
    ],
)


def _gru(
    x_t, h, W, U, b, *, mix=lambda z, r, n, h: z * h + (1 - z) * n, order=(0, 1, 2),
    candidate=lambda x, r, h, U: x + (r * h) @ U, squash=np.tanh,
):  # fmt: skip
    """One step with one thing changed."""
    W, U, b = (np.split(m, 3, axis=-1) for m in (W, U, b))
    z, r = (_sigmoid(x_t @ W[k] + h @ U[k] + b[k]) for k in order[:2])
    k = order[2]
    n = squash(candidate(x_t @ W[k] + b[k], r, h, U[k]))
    return mix(z, r, n, h)


@gru_step.right
def moved_towards_the_candidate(x_t, h, W, U, b):
    return _gru(x_t, h, W, U, b, mix=lambda z, r, n, h: n + z * (h - n))


@gru_step.right
def unit_by_unit(x_t, h, W, U, b):
    H, new = h.shape[1], np.zeros(h.shape)
    gates = _sigmoid(x_t @ W + h @ U + b)
    for k in range(H):
        seen = (gates[:, H : 2 * H] * h) @ U[:, 2 * H + k]
        n = np.tanh(x_t @ W[:, 2 * H + k] + b[2 * H + k] + seen)
        new[:, k] = n - gates[:, k] * n + gates[:, k] * h[:, k]
    return new


@gru_step.mistake(
    "z and 1 − z are exchanged: this is the convention of Chung et al. (2014), where z "
    "brings in the new. Here, as in Cho et al. and Keras, z near 1 keeps the old "
    "state."
)
def z_brings_the_new(*given):
    return _gru(*given, mix=lambda z, r, n, h: (1 - z) * h + z * n)


@gru_step.mistake(
    "The candidate comes in whole: its share is 1 − z, what z leaves free."
)
def candidate_whole(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h + n)


@gru_step.mistake("The old state is kept whole; its share is z.")
def state_kept_whole(*given):
    return _gru(*given, mix=lambda z, r, n, h: h + (1 - z) * n)


@gru_step.mistake(
    "The shares must make 1 together: z of the old state, 1 − z of the candidate."
)
def z_for_both(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h + z * n)


@gru_step.mistake(
    "The reset gate r mixes here; it has done its work within n. What mixes is the "
    "update gate z."
)
def mixed_by_r(*given):
    return _gru(*given, mix=lambda z, r, n, h: r * h + (1 - r) * n)


@gru_step.mistake(
    "r and 1 − r mix here, and the wrong way round as well; it is z * h + (1 - z) * n."
)
def mixed_by_r_turned(*given):
    return _gru(*given, mix=lambda z, r, n, h: (1 - r) * h + r * n)


@gru_step.mistake(
    "z keeps and r lets in, as f and i of an LSTM; a GRU has one gate for both: the "
    "candidate's share is 1 − z."
)
def as_an_lstm(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h + r * n)


@gru_step.mistake("r keeps and z lets in; here z keeps, and lets in with 1 − z.")
def r_keeps(*given):
    return _gru(*given, mix=lambda z, r, n, h: r * h + z * n)


@gru_step.mistake("1 − r is the candidate's share here; it is 1 − z.")
def one_minus_r(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h + (1 - r) * n)


@gru_step.mistake("This is the candidate n alone; z of the old state stays.")
def candidate_only(*given):
    return _gru(*given, mix=lambda z, r, n, h: n)


@gru_step.mistake(
    "This is what is kept, z * h; the candidate's share 1 − z is missing."
)
def kept_only(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h)


@gru_step.mistake("This is what is new, (1 - z) * n; what is kept, z * h, is missing.")
def new_only(*given):
    return _gru(*given, mix=lambda z, r, n, h: (1 - z) * n)


@gru_step.mistake(
    "The mean of old and new, whatever z says; the shares are z and 1 − z."
)
def mean(*given):
    return _gru(*given, mix=lambda z, r, n, h: (h + n) / 2)


@gru_step.mistake(
    "The old state was reset once more: r works within n only; what is kept is z * h."
)
def kept_and_reset(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * r * h + (1 - z) * n)


@gru_step.mistake(
    "The mixture went through another tanh; h and n lie between −1 and 1 already, and "
    "so does what lies between them."
)
def squashed_again(*given):
    return _gru(*given, mix=lambda z, r, n, h: np.tanh(z * h + (1 - z) * n))


@gru_step.mistake("n has been through tanh already; here it came into another one.")
def candidate_squashed_twice_(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h + (1 - z) * np.tanh(n))


@gru_step.mistake(
    "The old state went through a tanh; what is kept, z * h, is kept as it is."
)
def state_squashed(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * np.tanh(h) + (1 - z) * n)


@gru_step.mistake("The candidate is taken away; it is added: z * h + (1 - z) * n.")
def candidate_subtracted(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h - (1 - z) * n)


@gru_step.mistake("z − 1 for 1 − z: the candidate came in with the wrong sign.")
def shares_of_both_turned(*given):
    return _gru(*given, mix=lambda z, r, n, h: (z - 1) * h + z * n)


@gru_step.mistake("Brackets: 1 - z * n is not (1 - z) * n.")
def brackets_missing(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h + 1 - z * n)


@gru_step.mistake("The two parts are multiplied; they make a sum.")
def product(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h * (1 - z) * n)


@gru_step.mistake(
    "A gate weighs each unit by itself, entry by entry, with *; @ mixes the units."
)
def matrix_products_(*given):
    return _gru(*given, mix=lambda z, r, n, h: z @ h + (1 - z) @ n)


@gru_step.mistake("h += … adds to the old state, of which z * h is in the sum already.")
def added_to_the_old(*given):
    return _gru(*given, mix=lambda z, r, n, h: h + z * h + (1 - z) * n)


@gru_step.mistake("Both shares are of the old state: the second is of the candidate n.")
def state_twice(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h + (1 - z) * h)


@gru_step.mistake(
    "The reset gate acts after the product, r * (h @ U_n), as in Keras by default; "
    "here it acts before it, (r * h) @ U_n."
)
def reset_after(*given):
    return _gru(*given, candidate=lambda x, r, h, U: x + r * (h @ U))


@gru_step.mistake("The reset gate r is missing: n sees r * h, not h.")
def reset_missing(*given):
    return _gru(*given, candidate=lambda x, r, h, U: x + h @ U)


@gru_step.mistake(
    "The old state is missing in the candidate: n sees r * h through U_n."
)
def candidate_without_state(*given):
    return _gru(*given, candidate=lambda x, r, h, U: x + 0 * (h @ U))


@gru_step.mistake("The candidate n is a tanh and no gate.")
def candidate_as_a_gate_(*given):
    return _gru(*given, squash=_sigmoid)


@gru_step.mistake(
    "The blocks were taken in PyTorch's order, r, z, n; here they are z, r, n."
)
def r_first(*given):
    return _gru(*given, order=(1, 0, 2))


@gru_step.mistake(
    "The old state is kept whole and z lets in; it is z * h + (1 - z) * n."
)
def z_lets_in(*given):
    return _gru(*given, mix=lambda z, r, n, h: h + z * n)


@gru_step.mistake("r came to the candidate once more; it works within n only.")
def candidate_reset(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h + (1 - z) * r * n)


@gru_step.mistake(
    "1 − z keeps here, and the candidate comes in whole; z keeps, 1 − z lets in."
)
def one_minus_z_keeps(*given):
    return _gru(*given, mix=lambda z, r, n, h: (1 - z) * h + n)


@gru_step.mistake("The shares must make 1 together; here both are 1 − z.")
def one_minus_z_for_both(*given):
    return _gru(*given, mix=lambda z, r, n, h: (1 - z) * h + (1 - z) * n)


@gru_step.mistake(
    "1 − z keeps and r lets in; it is z that keeps, and 1 − z that lets in."
)
def one_minus_z_and_r(*given):
    return _gru(*given, mix=lambda z, r, n, h: (1 - z) * h + r * n)


@gru_step.mistake("Old and new are added whole; their shares are z and 1 − z.")
def sum_of_both(*given):
    return _gru(*given, mix=lambda z, r, n, h: h + n)


@gru_step.mistake("z * n is taken away from the old state; it is z * h + (1 - z) * n.")
def z_n_taken_away(*given):
    return _gru(*given, mix=lambda z, r, n, h: h - z * n)


@gru_step.mistake("1 + z for 1 − z: the shares must make 1 together.")
def one_plus_z(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h + (1 + z) * n)


@gru_step.mistake("1 − h for 1 − z: what z leaves free is the candidate's.")
def one_minus_h(*given):
    return _gru(*given, mix=lambda z, r, n, h: z * h + (1 - h) * n)


@gru_step.mistake(
    "What moves the old state is the difference, (1 - z) * (n - h); here it is a sum."
)
def moved_by_the_sum(*given):
    return _gru(*given, mix=lambda z, r, n, h: h + (1 - z) * (n + h))


# -- sharpen(scores, temperature) -----------------------------------------------------

SCORES = A([[2.0, 0.5, -1.0], [0.0, 1.0, 0.3], [-0.4, -2.0, 1.5]])
WIDE = A([[1.0, 0.0, -0.5, 2.0], [0.6, -1.2, 0.9, 0.2]])

sharpen = Question(
    "sharpen",
    [(SCORES, 0.5), (WIDE, 2.0), (SCORES[:1], 1.0)],
    [
        "Divide the scores first, and let what follows be the softmax of lesson 05.",
        "exp makes all of them positive; each row is then divided by its own sum.",
        "A sum along axis=1 has lost its axis; keepdims=True keeps it, (N, 1).",
    ],
)


def _shares(e, axis=1):
    return e / e.sum(axis=axis, keepdims=True)


def _softmax(scores):
    return _shares(np.exp(scores))


def _by(what, z):
    e = np.exp(z)
    return e / what(e, axis=1, keepdims=True)


@sharpen.right
def without_large_numbers(scores, temperature):
    z = scores / temperature
    return _shares(np.exp(z - z.max(axis=1, keepdims=True)))


@sharpen.right
def by_a_power(scores, temperature):
    return _shares(_softmax(scores) ** (1 / temperature))


@sharpen.right
def row_by_row(scores, temperature):
    rows = [np.exp(row / temperature) for row in scores]
    return [row / sum(row) for row in rows]


@sharpen.mistake(
    "The scores are multiplied by the temperature; they are divided: a small "
    "temperature makes the differences larger."
)
def multiplied_(scores, temperature):
    return _softmax(scores * temperature)


@sharpen.mistake(
    "The temperature cancels here: what is done to all of a row alike, the sum undoes. "
    "Divide the scores by it, before exp."
)
def without_temperature(scores, temperature):
    return _softmax(scores)


@sharpen.mistake(
    "The probabilities were divided by the temperature; a row's sum is then no longer "
    "1. Divide the scores, before exp."
)
def divided_after(scores, temperature):
    return _softmax(scores) / temperature


@sharpen.mistake(
    "The power 1 / temperature is the right one, but the rows no longer sum to 1: "
    "divide by the new sum."
)
def power_not_renormalised(scores, temperature):
    return _softmax(scores) ** (1 / temperature)


@sharpen.mistake(
    "The probabilities were raised to the power of the temperature: the power is 1 / "
    "temperature, and the rows are to sum to 1 again."
)
def power_of_the_temperature(scores, temperature):
    return _softmax(scores) ** temperature


@sharpen.mistake("The columns sum to 1; the rows should, axis=1.")
def over_columns(scores, temperature):
    return _shares(np.exp(scores / temperature), axis=0)


@sharpen.mistake(
    "All entries together sum to 1; each row should, sum(axis=1, keepdims=True)."
)
def over_everything(scores, temperature):
    return _shares(np.exp(scores / temperature), axis=(0, 1))


@sharpen.mistake(
    "The sums, (N,), met the columns: they stand upright, (N, 1), with keepdims=True."
)
def keepdims_missing(scores, temperature):
    e = np.exp(scores / temperature)
    return e / e.sum(axis=1)


@sharpen.mistake("The rows do not sum to 1 yet: divide each by its sum.")
def not_normalised(scores, temperature):
    return np.exp(scores / temperature)


@sharpen.mistake(
    "exp is missing: shares of the scores themselves would be negative, too."
)
def without_exp(scores, temperature):
    return _shares(scores / temperature)


@sharpen.mistake("These are the scores by the temperature; now make probabilities.")
def scores_only(scores, temperature):
    return scores / temperature


@sharpen.mistake(
    "A softmax of probabilities: the scores went through it twice. Divide the scores."
)
def softmax_twice(scores, temperature):
    return _softmax(_softmax(scores) / temperature)


@sharpen.mistake(
    "The temperature stands above the line only: e and its sum are both made of scores "
    "/ temperature."
)
def temperature_above_only(scores, temperature):
    return np.exp(scores / temperature) / np.exp(scores).sum(axis=1, keepdims=True)


@sharpen.mistake(
    "The temperature stands below the line only: e and its sum are both made of scores "
    "/ temperature."
)
def temperature_below_only(scores, temperature):
    e = np.exp(scores / temperature)
    return np.exp(scores) / e.sum(axis=1, keepdims=True)


@sharpen.mistake("The sign: a large score is to have a large probability.")
def minus(scores, temperature):
    return _softmax(-scores / temperature)


@sharpen.mistake("A sigmoid of each score; softmax shares out 1 among a row.")
def sigmoids(scores, temperature):
    return _sigmoid(scores / temperature)


@sharpen.mistake(
    "Sigmoids, made to sum to 1; softmax has exp(scores / temperature) in their place."
)
def shares_of_sigmoids(scores, temperature):
    return _shares(_sigmoid(scores / temperature))


@sharpen.mistake(
    "All of the probability at the largest score: that is a temperature of nearly 0."
)
def largest_only(scores, temperature):
    return (scores == scores.max(axis=1, keepdims=True)).astype(float)


@sharpen.mistake(
    "These are logarithms of the probabilities; exp is missing at the end."
)
def logarithms(scores, temperature):
    return np.log(_softmax(scores / temperature))


@sharpen.mistake("The temperature came in squared: once is enough.")
def temperature_twice(scores, temperature):
    return _softmax(scores / temperature) ** (1 / temperature)


@sharpen.mistake("The powers are of 10; softmax has exp.")
def powers_of_ten(scores, temperature):
    return _shares(10 ** (scores / temperature))


@sharpen.mistake("The powers are of 2; softmax has exp.")
def powers_of_two(scores, temperature):
    return _shares(2 ** (scores / temperature))


@sharpen.mistake(
    "The shares were right until they were divided by the temperature once more; a "
    "row's sum is 1."
)
def temperature_once_more(scores, temperature):
    return _softmax(scores / temperature) / temperature


@sharpen.mistake("Divided by the largest of the row; divide by the row's sum.")
def by_the_largest(scores, temperature):
    return _by(np.max, scores / temperature)


@sharpen.mistake("Divided by the mean of the row; divide by its sum.")
def by_the_mean(scores, temperature):
    return _by(np.mean, scores / temperature)


@sharpen.mistake("Divided by the number of rows; divide each row by its own sum.")
def by_the_number_of_rows(scores, temperature):
    return np.exp(scores / temperature) / len(scores)


@sharpen.mistake(
    "Divided by the length of the row (squares and a root); divide by its sum."
)
def by_the_length(scores, temperature):
    return _by(np.linalg.norm, scores / temperature)


@sharpen.mistake(
    "These are the sums; each row of exp(scores / temperature) is divided by its own."
)
def sums_only(scores, temperature):
    return np.exp(scores / temperature).sum(axis=1, keepdims=True)


@sharpen.mistake(
    "tanh stands where exp should; a tanh is negative for negative scores."
)
def tanh_for_exp(scores, temperature):
    return _shares(np.tanh(scores / temperature))


@sharpen.mistake("exp of the scores, and neither a temperature nor a sum.")
def exp_alone(scores, temperature):
    return np.exp(scores)
