"""Exercise 11: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


# -- windows_ahead(s, p, k) -----------------------------------------------------------

windows_ahead = Question(
    "windows_ahead",
    inputs=[
        (A([3.0, 1.0, 4.0, 1.5, 9.0, 2.0, 6.0, 5.0]), 3, 2),
        (A([0.2, 0.7, 0.5, 0.9, 0.1, 0.4]), 1, 3),
        (A([2.0, 7.0, 1.0, 8.0, 3.0, 6.0]), 2, 1),
    ],
    hints=[
        "Write down s = 3, 1, 4, 1, 5 and p = 2, k = 2 by hand: which windows have an answer?",
        "The window s[t : t + p] ends with s[t + p - 1]; its answer lies k further.",
        "The last answer is s[-1]. So how many answers are there from s[p + k - 1] on?",
    ],
)


def _cut(s, p, M, first=0):
    """M windows, from the one on that starts at first."""
    return A([s[t : t + p] for t in range(first, first + M)])


@windows_ahead.right
def one_by_one(s, p, k):
    X, y = [], []
    for t in range(p - 1, len(s) - k):
        X.append(s[t - p + 1 : t + 1])
        y.append(s[t + k])
    return A(X), A(y)


@windows_ahead.right
def by_a_view(s, p, k):
    view = np.lib.stride_tricks.sliding_window_view(s, p + k)
    return view[:, :p], view[:, -1]


@windows_ahead.right
def as_lists(s, p, k):
    y = [float(v) for v in s[p + k - 1 :]]
    return [list(s[t : t + p]) for t in range(len(y))], y


@windows_ahead.mistake(
    "These are the lesson's windows: the answer is the very next value, whatever k is."
)
def windows_of_the_lesson(s, p, k):
    return _cut(s, p, len(s) - p), s[p:]


@windows_ahead.mistake(
    "The answers lie one step too late: k = 1 is the next value already, so k counts "
    "from the last value of the window, not from the first one after it."
)
def one_step_too_late(s, p, k):
    return _cut(s, p, len(s) - p - k), s[p + k :]


@windows_ahead.mistake(
    "For k = 1 nothing is left: X[: -(k - 1)] is then X[:0], which is empty. X[: "
    "len(X) - (k - 1)] says the same and can do 0."
)
def cut_by_minus_zero(s, p, k):
    return _cut(s, p, len(s) - p)[: -(k - 1)], s[p:][k - 1 :]


@windows_ahead.mistake(
    "The windows are right, the answers lie one step too late: the first is s[p + k - "
    "1], and then there is one for each window."
)
def answers_too_late(s, p, k):
    return _cut(s, p, len(s) - p - k + 1), s[p + k :]


@windows_ahead.mistake(
    "There are as many windows as in the lesson, but for the last of them the answer "
    "lies behind the end of s; leave those out."
)
def as_many_as_in_the_lesson(s, p, k):
    return _cut(s, p, len(s) - p), s[p + k - 1 :]


@windows_ahead.mistake(
    "The last question is missing: its answer is s[-1], and that lies in s. There are "
    "len(s) - p - k + 1."
)
def last_one_missing(s, p, k):
    M = len(s) - p - k
    return _cut(s, p, M), s[p + k - 1 : -1]


@windows_ahead.mistake(
    "The answers are right, and the last window is missing: there is one for each "
    "answer."
)
def last_window_missing(s, p, k):
    return _cut(s, p, len(s) - p - k), s[p + k - 1 :]


@windows_ahead.mistake(
    "The windows are right, and the last answer is missing: s[-1] is one."
)
def last_answer_missing(s, p, k):
    return _cut(s, p, len(s) - p - k + 1), s[p + k - 1 : -1]


@windows_ahead.mistake(
    "The last two questions are missing: len(s) - p - k is one too few already, and "
    "here is one less. There are len(s) - p - k + 1."
)
def last_two_missing(s, p, k):
    M = len(s) - p - k - 1
    return _cut(s, p, M), s[p + k - 1 : p + k - 1 + M]


@windows_ahead.mistake(
    "These are all windows of s; those at the end have no answer in s."
)
def all_windows(s, p, k):
    return _cut(s, p, len(s) - p + 1), s[p + k - 1 :]


@windows_ahead.mistake(
    "range(len(s) - k) leaves room for the answer, but not for the window's p values."
)
def no_room_for_the_window(s, p, k):
    return A([s[t : t + p] for t in range(len(s) - k)]), s[p + k - 1 :]


@windows_ahead.mistake(
    "k is counted from the first value of each window; count from its last."
)
def from_the_first(s, p, k):
    M = len(s) - p - k + 1
    return _cut(s, p, M), A([s[t + k] for t in range(M)])


@windows_ahead.mistake(
    "The answers lie one step too early: after the window s[t : t + p] the next value, "
    "s[t + p], is k = 1."
)
def one_step_too_early(s, p, k):
    return _cut(s, p, len(s) - p - k + 2), s[p + k - 2 :]


@windows_ahead.mistake(
    "As many as there should be, but each answer lies one step too early: k = 1 is s[t "
    "+ p]."
)
def each_too_early(s, p, k):
    M = len(s) - p - k + 1
    return _cut(s, p, M), s[p + k - 2 : p + k - 2 + M]


@windows_ahead.mistake(
    "The answers are the last values of the windows themselves; they lie k further."
)
def last_of_the_window(s, p, k):
    M = len(s) - p - k + 1
    return _cut(s, p, M), s[p - 1 : p - 1 + M]


@windows_ahead.mistake(
    "The windows move up to their answers: between a window's last value and its "
    "answer lie k - 1 others, which the net does not see."
)
def moved_up(s, p, k):
    return _cut(s, p, len(s) - p - k + 1, first=k - 1), s[p + k - 1 :]


@windows_ahead.mistake(
    "np.roll brings the beginning back at the end: the last answers are values from "
    "the start of s. Leave those questions out."
)
def rolled(s, p, k):
    M = len(s) - p
    return _cut(s, p, M), np.roll(s, -(p + k - 1))[:M]


@windows_ahead.mistake(
    "np.roll brings the beginning back at the end, and windows run across it; a window "
    "must lie in s, and so must its answer."
)
def rolled_all_round(s, p, k):
    X = np.stack([np.roll(s, -j) for j in range(p)], axis=1)
    return X, np.roll(s, -(p + k - 1))


@windows_ahead.mistake(
    "All of the next k values are the answer here; only the last of them is asked for."
)
def all_of_the_next(s, p, k):
    M = len(s) - p - k + 1
    return _cut(s, p, M), A([s[t + p : t + p + k] for t in range(M)])


@windows_ahead.mistake(
    "The windows are p + k - 1 long: they hold the values that lie before the answer, "
    "too."
)
def up_to_the_answer(s, p, k):
    M = len(s) - p - k + 1
    return A([s[t : t + p + k - 1] for t in range(M)]), s[p + k - 1 :]


@windows_ahead.mistake(
    "The windows move on by k; a new one begins at every value, as in the lesson."
)
def strides_of_k(s, p, k):
    starts = range(0, len(s) - p - k + 1, k)
    return A([s[t : t + p] for t in starts]), A([s[t + p + k - 1] for t in starts])


@windows_ahead.mistake(
    "The values in a window lie k apart; they are neighbours, only the answer is far "
    "off."
)
def spread_windows(s, p, k):
    M = len(s) - p * k
    return A([s[t : t + p * k : k] for t in range(M)]), s[p * k :]


@windows_ahead.mistake(
    "The newest value stands first in each window; the oldest should."
)
def newest_first(s, p, k):
    return _cut(s, p, len(s) - p - k + 1)[:, ::-1], s[p + k - 1 :]


@windows_ahead.mistake(
    "The windows are the columns of X; each should be a row, (M, p)."
)
def in_columns(s, p, k):
    return _cut(s, p, len(s) - p - k + 1).T, s[p + k - 1 :]


@windows_ahead.mistake("The two stand in the other order: first the windows, then y.")
def swapped(s, p, k):
    return s[p + k - 1 :], _cut(s, p, len(s) - p - k + 1)


@windows_ahead.mistake("The windows are right; the answers y are missing.")
def windows_only(s, p, k):
    return _cut(s, p, len(s) - p - k + 1)


@windows_ahead.mistake("The answers y are right; the windows are missing.")
def answers_only(s, p, k):
    return s[p + k - 1 :]


@windows_ahead.mistake("y has the shape (M, 1); it is one row of numbers, (M,).")
def answers_in_a_column(s, p, k):
    return _cut(s, p, len(s) - p - k + 1), s[p + k - 1 :, None]


@windows_ahead.mistake(
    "s[k:] is what lies k steps after each single value; a window's last value lies p "
    "- 1 later."
)
def after_single_values(s, p, k):
    return _cut(s, p, len(s) - p), s[k:]


@windows_ahead.mistake(
    "y begins one step too late, as s[p:] is the answer for k = 1 already; and there "
    "are more windows than answers."
)
def answers_cut_twice(s, p, k):
    return _cut(s, p, len(s) - p), s[p:][k:]


@windows_ahead.mistake(
    "The windows are right; y is too long: it begins with the lesson's first answer, "
    "s[p]."
)
def answers_of_the_lesson(s, p, k):
    return _cut(s, p, len(s) - p - k + 1), s[p:]


@windows_ahead.mistake(
    "As many windows as they should be, but their answers are the lesson's, the next "
    "value."
)
def next_values(s, p, k):
    M = len(s) - p - k + 1
    return _cut(s, p, M), s[p : p + M]


@windows_ahead.mistake(
    "The window is one value longer than p: s[t : t + p] holds p, without s[t + p]."
)
def one_too_long(s, p, k):
    M = len(s) - p - k + 1
    return A([s[t : t + p + 1] for t in range(M)]), s[p + k - 1 :]


# -- last_states(x, lengths, W, U, b) -------------------------------------------------

_x = A(
    [
        [[1.0, -0.5, 0.2], [0.3, 0.8, -1.0], [0.6, 0.1, 0.4]],
        [[-0.7, 0.9, 0.5], [0.0, 0.0, 0.0], [-0.4, 0.7, -0.6]],
        [[0.2, 0.4, -0.9], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]],
    ]
)
_W = A([[0.5, -1.0, 0.3], [1.2, 0.3, -0.6], [-0.2, 0.7, 0.4]])
_U = A([[0.7, 0.2, -0.5], [-0.4, 0.9, 0.1], [0.3, -0.6, 0.8]])
_b = A([0.1, -0.3, 0.2])
_long = A([0.5, 1.0, -0.8, 0.6, 9.0, -0.4, 9.0, 0.3]).reshape(4, 2, 1)

last_states = Question(
    "last_states",
    inputs=[
        (_x, A([3, 1, 2]), _W, _U, _b),  # N = T = D = H: no size gives a slip away
        (_long, A([2, 4]), _W[:1], _U, _b),  # the padding is 9
        (A([1.0, 0.5, 2.0]).reshape(3, 1, 1), A([2]), A([[1.0]]), A([[0.5]]), A([0.0])),
    ],
    hints=[
        "One way: all states h_0 … h_T in an array (T + 1, N, H), then row n from place ℓ_n.",
        "states[lengths, np.arange(N)] takes one entry for each sequence.",
        "Another way: at step t only the sequences with t < ℓ_n go on, the others keep h: "
        "np.where with a condition of shape (N, 1).",
    ],
)


def _after(x, W, U, b, squash=np.tanh):
    """All states h_0 … h_T, (T + 1, N, H)."""
    states = [np.zeros((x.shape[1], len(U)))]
    for x_t in x:
        states.append(squash(x_t @ W + states[-1] @ U + b))
    return A(states)


def _pick(states, lengths):
    return states[lengths, np.arange(len(lengths))]


@last_states.right
def from_all_states(x, lengths, W, U, b):
    return _pick(_after(x, W, U, b), lengths)


@last_states.right
def sequence_by_sequence(x, lengths, W, U, b):
    rows = []
    for n, length in enumerate(lengths):
        h = np.zeros(len(b))
        for t in range(length):
            h = np.tanh(W.T @ x[t, n] + U.T @ h + b)
        rows.append(h)
    return A(rows)


@last_states.right
def copied_when_it_ends(x, lengths, W, U, b):
    h, out = np.zeros((x.shape[1], len(U))), np.zeros((x.shape[1], len(U)))
    for t in range(len(x)):
        h = np.tanh(x[t] @ W + h @ U + b)
        out[lengths == t + 1] = h[lengths == t + 1]
    return out


@last_states.mistake(
    "This is the state after step T for every sequence, padding read as well; each has "
    "its own last step."
)
def after_all_steps(x, lengths, W, U, b):
    return _after(x, W, U, b)[-1]


@last_states.mistake(
    "These are all states of the lesson's run, (T + 1, N, H); for each sequence take "
    "the one after its own last step."
)
def run_of_the_lesson(x, lengths, W, U, b):
    return _after(x, W, U, b)


@last_states.mistake(
    "One step too few: with h_0 at place 0, the state after ℓ steps stands at place ℓ."
)
def one_step_too_few(x, lengths, W, U, b):
    return _pick(_after(x, W, U, b), lengths - 1)


@last_states.mistake(
    "One step too many: the first padding was read, too. Steps count from 0, so a "
    "sequence of ℓ steps has read its last one at t = ℓ - 1."
)
def one_step_too_many(x, lengths, W, U, b):
    return _pick(_after(x, W, U, b), np.minimum(lengths + 1, len(x)))


@last_states.mistake(
    "The states of sequences that have ended were set to 0; they keep the state that "
    "they had at their end."
)
def zero_after_the_end(x, lengths, W, U, b):
    h = np.zeros((x.shape[1], len(U)))
    for t, x_t in enumerate(x):
        h = np.tanh(x_t @ W + h @ U + b) * (t < lengths[:, None])
    return h


@last_states.mistake(
    "The padding was set to 0, but the state still moves on such a step, by U and b. "
    "It is the state that must rest."
)
def padding_set_to_zero(x, lengths, W, U, b):
    real = np.arange(len(x))[:, None] < lengths
    return _after(x * real[..., None], W, U, b)[-1]


@last_states.mistake(
    "The condition lies along the units, not along the sequences: with N = H the sizes "
    "do not tell. It needs the shape (N, 1): lengths[:, None]."
)
def along_the_units(x, lengths, W, U, b):
    h = np.zeros((x.shape[1], len(U)))
    for t, x_t in enumerate(x):
        h = np.where(t < lengths, np.tanh(x_t @ W + h @ U + b), h)
    return h


@last_states.mistake(
    "states[lengths] takes all sequences at each of these places, (N, N, H); add which "
    "one: states[lengths, np.arange(N)]."
)
def all_at_each_place(x, lengths, W, U, b):
    return _after(x, W, U, b)[lengths]


@last_states.mistake(
    "U is transposed: h_{t-1} U, in the lesson's order, is h @ U. With a square matrix "
    "the sizes do not tell."
)
def turned_U(x, lengths, W, U, b):
    return _pick(_after(x, W, U.T, b), lengths)


@last_states.mistake(
    "Steps and sequences are exchanged: x[n, :ℓ] is not sequence n; steps come first, "
    "as in the lesson, x[:ℓ, n]. (Keras has it the other way round.)"
)
def exchanged(x, lengths, W, U, b):
    rows = []
    for n, length in enumerate(lengths):
        h = np.zeros(len(b))
        for row in x[n, :length]:
            h = np.tanh(row @ W + h @ U + b)
        rows.append(h)
    return A(rows)


@last_states.mistake("x[n, t] is step n of sequence t; steps come first, x[t, n].")
def exchanged_one_by_one(x, lengths, W, U, b):
    return sequence_by_sequence(x.swapaxes(0, 1), lengths, W, U, b)


@last_states.mistake(
    "x[:ℓ][n] is step n of the first ℓ; the first ℓ steps of sequence n are x[:ℓ, n]."
)
def two_brackets(x, lengths, W, U, b):
    rows = []
    for n, length in enumerate(lengths):
        h = np.zeros(len(b))
        for row in x[:length][n]:
            h = np.tanh(row @ W + h @ U + b)
        rows.append(h)
    return A(rows)


@last_states.mistake("This is what you get when the bias is forgotten.")
def without_bias(x, lengths, W, U, b):
    return _pick(_after(x, W, U, 0 * b), lengths)


@last_states.mistake("The state before is missing: h_{t-1} U comes into every step.")
def without_memory(x, lengths, W, U, b):
    return _pick(_after(x, W, 0 * U, b), lengths)


@last_states.mistake("The tanh is missing.")
def without_tanh(x, lengths, W, U, b):
    return _pick(_after(x, W, U, b, lambda z: z), lengths)


@last_states.mistake("These units are tanh, not sigmoids.")
def with_sigmoids(x, lengths, W, U, b):
    return _pick(_after(x, W, U, b, _sigmoid), lengths)


@last_states.mistake(
    "All sequences stopped with the shortest; each goes on to its own last step."
)
def as_the_shortest(x, lengths, W, U, b):
    return _after(x, W, U, b)[min(lengths)]


@last_states.mistake(
    "All sequences stopped where the first of them ends; each has its own length."
)
def as_the_first(x, lengths, W, U, b):
    return _after(x, W, U, b)[lengths[0]]


@last_states.mistake(
    "All sequences stopped where the last of them ends; each has its own length."
)
def as_the_last(x, lengths, W, U, b):
    return _after(x, W, U, b)[lengths[-1]]


@last_states.mistake(
    "The result has the shape (N, 1, H): each of your sequences was a batch of one. "
    "Take its row, [-1, 0], or reshape at the end."
)
def batches_of_one(x, lengths, W, U, b):
    pairs = enumerate(lengths)
    return A([_after(x[:k, n : n + 1], W, U, b)[-1] for n, k in pairs])


@last_states.mistake(
    "x[:ℓ, n] has lost its axis of sequences, so that run took the D numbers for "
    "sequences; x[:ℓ, n : n + 1] keeps it."
)
def lost_axis(x, lengths, W, U, b):
    return A([_after(x[:k, n], W, U, b)[-1] for n, k in enumerate(lengths)])


@last_states.mistake(
    "At step t the sequences with ℓ = t were taken, and x[t] had been read: one step "
    "too many, and those with ℓ = T never come. In Python's count the last step is t = "
    "ℓ - 1."
)
def taken_one_step_late(x, lengths, W, U, b):
    states, out = _after(x, W, U, b), np.zeros((x.shape[1], len(U)))
    for t in range(len(x)):
        out[lengths == t] = states[t + 1][lengths == t]
    return out


@last_states.mistake(
    "Sequences of full length, ℓ = T, got nothing: the loop ends before t reaches "
    "their ℓ."
)
def full_length_forgotten(x, lengths, W, U, b):
    states, out = _after(x, W, U, b), np.zeros((x.shape[1], len(U)))
    for t in range(len(x)):
        out[lengths == t] = states[t][lengths == t]
    return out


@last_states.mistake(
    "The loop ends one step too early, range(max(lengths) - 1): the longest sequences "
    "lack their last step."
)
def longest_cut_short(x, lengths, W, U, b):
    states = _after(x, W, U, b)
    return _pick(states, np.minimum(lengths, max(lengths) - 1))


@last_states.mistake("The new state was added to the one before; it takes its place.")
def states_added_up(x, lengths, W, U, b):
    h = np.zeros((x.shape[1], len(U)))
    for t, x_t in enumerate(x):
        h = h + (t < lengths[:, None]) * np.tanh(x_t @ W + h @ U + b)
    return h


@last_states.mistake(
    "All sequences went on as long as the longest; each has its own length."
)
def as_the_longest(x, lengths, W, U, b):
    return _after(x, W, U, b)[max(lengths)]


@last_states.mistake(
    "The condition is turned round: where t < ℓ the new state counts, else the one "
    "before."
)
def turned_round(x, lengths, W, U, b):
    h = np.zeros((x.shape[1], len(U)))
    for t, x_t in enumerate(x):
        h = np.where(t < lengths[:, None], h, np.tanh(x_t @ W + h @ U + b))
    return h


@last_states.mistake(
    "This is the mean of each sequence's states; the one after its last step is asked "
    "for."
)
def averaged(x, lengths, W, U, b):
    states = _after(x, W, U, b)[1:]
    return A([states[:k, n].mean(axis=0) for n, k in enumerate(lengths)])


@last_states.mistake(
    "The padding came first: the last ℓ rows were read. A sequence begins at step 0."
)
def padding_in_front(x, lengths, W, U, b):
    rows = [
        _after(x[len(x) - k :, n : n + 1], W, U, b)[-1, 0]
        for n, k in enumerate(lengths)
    ]
    return A(rows)


@last_states.mistake("The result is transposed: a row is a sequence, (N, H).")
def turned(x, lengths, W, U, b):
    return _pick(_after(x, W, U, b), lengths).T


@last_states.mistake(
    "The state of one sequence went on into the next; each begins with h_0 = 0."
)
def carried_over(x, lengths, W, U, b):
    h, rows = np.zeros(len(b)), []
    for n, length in enumerate(lengths):
        for t in range(length):
            h = np.tanh(x[t, n] @ W + h @ U + b)
        rows.append(h)
    return A(rows)


@last_states.mistake(
    "The end was looked for in x, where a row is 0; padding may be any number, and a "
    "step of zeros may be a real one. lengths says where a sequence ends."
)
def padding_by_zeros(x, lengths, W, U, b):
    h = np.zeros((x.shape[1], len(U)))
    for x_t in x:
        real = np.any(x_t != 0, axis=1)[:, None]
        h = np.where(real, np.tanh(x_t @ W + h @ U + b), h)
    return h


@last_states.mistake(
    "The sequences come out in the order of their lengths; leave them as they were."
)
def sorted_by_length(x, lengths, W, U, b):
    return _pick(_after(x, W, U, b), lengths)[np.argsort(lengths)]


@last_states.mistake(
    "The loop stopped altogether when the first sequence ended (break, or return in "
    "the loop); the others go on."
)
def keeps_none(x, lengths, W, U, b):
    return _after(x, W, U, b)[min(lengths) - 1]


@last_states.mistake("The state before was added as it is; it goes through U, h @ U.")
def state_added(x, lengths, W, U, b):
    return _pick(_after(x, W, np.eye(len(U)), b), lengths)


@last_states.mistake(
    "Only one sequence came back; there is a row for each of the N sequences."
)
def one_sequence(x, lengths, W, U, b):
    return _pick(_after(x, W, U, b), lengths)[-1]


@last_states.mistake(
    "A state that rests went through the tanh once more: the condition chose before "
    "the tanh; let it choose after."
)
def rests_through_tanh(x, lengths, W, U, b):
    h = np.zeros((x.shape[1], len(U)))
    for t, x_t in enumerate(x):
        h = np.tanh(np.where(t < lengths[:, None], x_t @ W + h @ U + b, h))
    return h


# -- backwards(x, weights) ------------------------------------------------------------

_xk = _x.copy()
_xk[1, 1], _xk[1, 2], _xk[2, 2] = [0.5, -1.1, 0.7], [-0.8, 0.3, 1.4], [1.0, 0.2, -0.3]
_xl = A([0.5, 1.0, -0.8, 0.6, 0.9, -0.4, -1.2, 0.3]).reshape(2, 4, 1)
_small = A([1.0, 2.0]).reshape(1, 2, 1), [A([[1.0]]), A([[0.5]]), A([0.0])]

backwards = Question(
    "backwards",
    inputs=[
        _small,
        (_xk, [_W, _U, _b]),  # N = T = D = H
        (_xl, [_W[:1], _U, _b]),
    ],
    hints=[
        "A loop over t from T - 1 down to 0, with x[:, t] for step t of all sequences.",
        "go_backwards turns the inputs round before anything else; nothing turns the "
        "outputs. (`Bidirectional` does that, before it lays them beside those of the other "
        "direction.)",
        "np.stack(states, axis=1) puts the steps second, (N, T, H).",
    ],
)


def _run(x, weights, squash=np.tanh):
    """The states (N, T, H) after each step of x (N, T, D), in the order of x."""
    W, U, b = weights
    return _after(x.swapaxes(0, 1), W, U, b, squash)[1:].swapaxes(0, 1)


@backwards.right
def with_the_inputs_turned(x, weights):
    return _run(x[:, ::-1], weights)


@backwards.right
def sequence_by_sequence_(x, weights):
    kernel, recurrent, bias = weights
    out = np.zeros((x.shape[0], x.shape[1], len(bias)))
    for n, sequence in enumerate(x):
        h = np.zeros(len(bias))
        for k, row in enumerate(np.flipud(sequence)):
            out[n, k] = h = np.tanh(row @ kernel + h @ recurrent + bias)
    return out


@backwards.mistake(
    "The states are right and stand in the order of x; a layer that goes backwards "
    "returns them in the order in which it read: the state after x's last step comes "
    "first."
)
def in_the_order_of_x(x, weights):
    return _run(x[:, ::-1], weights)[:, ::-1]


@backwards.mistake(
    "The layer went forwards; it is to begin with the last step of each sequence."
)
def forwards(x, weights):
    return _run(x, weights)


@backwards.mistake(
    "The layer went forwards and its states were turned round; it is the inputs that "
    "are turned."
)
def states_turned(x, weights):
    return _run(x, weights)[:, ::-1]


@backwards.mistake(
    "The batch was turned round, x[::-1]; in Keras the steps are the second axis: x[:, "
    "::-1]."
)
def batch_turned(x, weights):
    return _run(x[::-1], weights)


@backwards.mistake(
    "The numbers of each step were turned round, x[:, :, ::-1] or x[..., ::-1]; the "
    "steps are the second axis."
)
def numbers_turned(x, weights):
    return _run(x[..., ::-1], weights)


@backwards.mistake(
    "x[::-1] turned the sequences and the loop ran over them: this is the lesson's "
    "layout, steps first; in Keras sequences come first, (N, T, D)."
)
def steps_first(x, weights):
    W, U, b = weights
    return _after(x[::-1], W, U, b)[1:]


@backwards.mistake(
    "Sequences and steps are exchanged: x[:, t] is step t of all sequences."
)
def steps_first_forwards(x, weights):
    W, U, b = weights
    return _after(x, W, U, b)[1:]


@backwards.mistake("The steps come first here, (T, N, H); Keras returns (N, T, H).")
def returned_steps_first(x, weights):
    return _run(x[:, ::-1], weights).swapaxes(0, 1)


@backwards.mistake(
    "reshape only cuts the numbers anew, it exchanges no axes: swapaxes(0, 1), or "
    "np.stack(…, axis=1)."
)
def reshaped(x, weights):
    turned = _run(x[:, ::-1], weights).swapaxes(0, 1)
    return turned.reshape(turned.shape[1], turned.shape[0], -1)


@backwards.mistake(
    "x was cut anew by reshape(T, N, D), which mixes the sequences; to exchange axes "
    "there is x.swapaxes(0, 1)."
)
def reshaped_on_the_way_in(x, weights):
    (N, T, D), (W, U, b) = x.shape, weights
    return _after(x.reshape(T, N, D)[::-1], W, U, b)[1:].swapaxes(0, 1)


@backwards.mistake(
    "This is the lesson's run on x[::-1]: steps first, and with h_0. In Keras the "
    "sequences are the first axis, and h_0 is not returned."
)
def run_of_the_lesson_(x, weights):
    return _after(x[::-1], *weights)


@backwards.mistake(
    "The axes were exchanged on the way in and not on the way out, and h_0 is in "
    "front; Keras returns (N, T, H)."
)
def run_not_turned_back(x, weights):
    return _after(x[:, ::-1].swapaxes(0, 1), *weights)


@backwards.mistake(
    "x[:, ::-1] is right, but then the loop took its first axis, which in Keras are "
    "the sequences, for the steps."
)
def steps_first_after_the_turn(x, weights):
    return _after(x[:, ::-1], *weights)[1:]


@backwards.mistake(
    "The batch was turned round as well; only the steps are, x[:, ::-1]."
)
def batch_and_steps_turned(x, weights):
    return _run(x[::-1, ::-1], weights)


@backwards.mistake(
    "np.flip(x) turns all axes round; the steps are axis 1: np.flip(x, axis=1)."
)
def all_axes_turned(x, weights):
    return _run(x[::-1, ::-1, ::-1], weights)


@backwards.mistake(
    "Steps come first here, and in the order of x; Keras returns (N, T, H), in the "
    "order in which it read."
)
def steps_first_in_the_order_of_x(x, weights):
    return _run(x[:, ::-1], weights)[:, ::-1].swapaxes(0, 1)


@backwards.mistake(
    "The loop runs over sequences as if they were steps (for x_t in x takes the first "
    "axis); step t of all of them is x[:, t]."
)
def loops_over_sequences(x, weights):
    W, U, b = weights
    return _after(x[:, ::-1], W, U, b)[1:].swapaxes(0, 1)


@backwards.mistake(
    "reversed(x), or x[::-1], begins with the last sequence; the steps are the second "
    "axis, x[:, t]."
)
def loops_over_sequences_reversed(x, weights):
    W, U, b = weights
    return _after(x[::-1], W, U, b)[1:].swapaxes(0, 1)


@backwards.mistake("The zero state h_0 is in front: T states are returned, (N, T, H).")
def with_the_start(x, weights):
    W, U, b = weights
    return _after(x[:, ::-1].swapaxes(0, 1), W, U, b).swapaxes(0, 1)


@backwards.mistake(
    "These are the states before each step; the layer returns the ones after it."
)
def before_each_step(x, weights):
    W, U, b = weights
    return _after(x[:, ::-1].swapaxes(0, 1), W, U, b)[:-1].swapaxes(0, 1)


@backwards.mistake(
    "This is the last state only, as without return_sequences; all T are returned."
)
def last_only(x, weights):
    return _run(x[:, ::-1], weights)[:, -1]


@backwards.mistake(
    "The recurrent kernel is transposed: a step is h @ U, with U as get_weights gives "
    "it."
)
def turned_U_(x, weights):
    W, U, b = weights
    return _run(x[:, ::-1], [W, U.T, b])


@backwards.mistake(
    "Kernel and recurrent kernel are exchanged; the list begins with the inputs' "
    "kernel. With D = H the sizes do not tell."
)
def kernels_exchanged(x, weights):
    W, U, b = weights
    return _run(x[:, ::-1], [U, W, b])


@backwards.mistake(
    "The list was unpacked as kernel, bias, recurrent kernel; the bias comes last."
)
def bias_second(x, weights):
    W, b, U = weights
    h, states = np.zeros((len(x), len(U))), []
    for t in reversed(range(x.shape[1])):
        h = np.tanh(x[:, t] @ W + h @ U + b)
        states.append(h)
    return np.stack(states, axis=1)


@backwards.mistake("The bias, the third in the list, is missing.")
def without_bias_(x, weights):
    W, U, b = weights
    return _run(x[:, ::-1], [W, U, 0 * b])


@backwards.mistake("The state before is missing: h @ U comes into every step.")
def without_memory_(x, weights):
    W, U, b = weights
    return _run(x[:, ::-1], [W, 0 * U, b])


@backwards.mistake("The tanh, SimpleRNN's own activation, is missing.")
def without_tanh_(x, weights):
    return _run(x[:, ::-1], weights, lambda z: z)


@backwards.mistake("SimpleRNN squashes by tanh, not by the sigmoid.")
def with_sigmoids_(x, weights):
    return _run(x[:, ::-1], weights, _sigmoid)


@backwards.mistake(
    "SimpleRNN squashes by tanh; ReLU is what other layers are often given."
)
def with_relu(x, weights):
    return _run(x[:, ::-1], weights, lambda z: np.maximum(z, 0))


@backwards.mistake(
    "The kernel is transposed: it is (D, H), as x[:, t] @ kernel needs it."
)
def turned_W(x, weights):
    W, U, b = weights
    return _run(x[:, ::-1], [W.T if W.shape == U.shape else W, U, b])


@backwards.mistake(
    "The loop went down to step 1 and left out step 0: range(T - 1, -1, -1)."
)
def stopped_before_0(x, weights):
    return _run(x[:, :0:-1], weights)


@backwards.mistake("Backwards begins with x's last step, T - 1; here it was left out.")
def began_one_too_late(x, weights):
    return _run(x[:, -2::-1], weights)


@backwards.mistake(
    "The states stand one place off: -t is 0 for t = 0, so the one that was read last "
    "came first. From the end it is -t - 1."
)
def stored_at_t(x, weights):
    W, U, b = weights
    h, out = np.zeros((len(x), len(U))), np.zeros((*x.shape[:2], len(U)))
    for t in reversed(range(x.shape[1])):
        h = np.tanh(x[:, t] @ W + h @ U + b)
        out[:, -t] = h
    return out


@backwards.mistake(
    "This is Bidirectional: states of a forward pass stand beside those of the "
    "backward one; go_backwards is one pass."
)
def both_directions(x, weights):
    one, other = _run(x, weights), _run(x[:, ::-1], weights)[:, ::-1]
    return np.concatenate([one, other], axis=2)


@backwards.mistake(
    "The state of one sequence went on into the next; each sequence begins with h_0 = "
    "0."
)
def carried_on(x, weights):
    W, U, b = weights
    h, out = np.zeros(len(U)), np.zeros((*x.shape[:2], len(U)))
    for n in range(len(x)):
        for k in range(x.shape[1]):
            out[n, k] = h = np.tanh(x[n, -1 - k] @ W + h @ U + b)
    return out


# -- real_time(x, y, w, u, lr) --------------------------------------------------------

real_time = Question(
    "real_time",
    inputs=[
        (A([1.0, 0.5, -0.3]), A([0.2, 0.9, -0.5]), 1.0, 0.5, 0.5),
        (
            A([0.6, -1.2, 0.4, 0.9, -0.7]),
            A([-0.3, 0.5, 0.8, -0.6, 0.1]),
            -0.8,
            1.3,
            0.3,
        ),
    ],
    hints=[
        "In z_t = w x_t + u h_{t-1} a little more w acts twice: by w x_t, and because "
        "h_{t-1} has moved, too.",
        "So ∂h_t/∂w = (1 − h_t²) (x_t + u ∂h_{t-1}/∂w), and that of h_0 is 0.",
        "What does u multiply? h_{t-1}: work out both slopes before h is overwritten.",
        "The order of a step: h_t, the two slopes, then w and u, each down by lr times "
        "(h_t − y_t) times its slope.",
    ],
)


def _learn(
    x, y, w, u, lr, *, by_w=None, by_u=None, slope=None, error=None, squash=np.tanh,
    forget=False, at_the_end=False, moves=(True, True), sum_up=False, memory=True,
):  # fmt: skip
    """The reference with one thing changed: {"w", "u", "h"}, and the slopes apart."""
    by_w = by_w or (lambda s, x_t, h, new, u, w, p: s * (x_t + u * p))
    by_u = by_u or (lambda s, x_t, h, new, u, w, p: s * (h + u * p))
    slope = slope or (lambda h, new: 1 - new**2)
    error = error or (lambda new, y_t: new - y_t)
    h, p, q, dw, du, states = 0.0, 0.0, 0.0, 0.0, 0.0, []
    for x_t, y_t in zip(x, y, strict=True):
        new = squash(w * x_t + u * h)
        s = slope(h, new)
        p, q = by_w(s, x_t, h, new, u, w, p), by_u(s, x_t, h, new, u, w, q)
        e = error(new, y_t)
        keep = sum_up or at_the_end
        dw, du = keep * dw + e * p, keep * du + e * q
        if not at_the_end:
            w, u = w - moves[0] * lr * dw, u - moves[1] * lr * du
        h = new if memory else 0.0
        states.append(new)
        if forget:
            p = q = 0.0
    if at_the_end:
        w, u = w - lr * dw, u - lr * du
    return {"w": w, "u": u, "h": A(states)}


@real_time.right
def with_two_slopes_at_once(x, y, w, u, lr):
    v, h, slopes, states = A([w, u]), 0.0, np.zeros(2), []
    for t in range(len(x)):
        into = A([x[t], h])
        h = np.tanh(v @ into)
        slopes = (1 - h) * (1 + h) * (into + v[1] * slopes)
        v = v - lr * (h - y[t]) * slopes
        states.append(h)
    return {"w": v[0], "u": v[1], "h": A(states)}


@real_time.right
def by_nudges(x, y, w, u, lr):
    def state(w, u):
        h = 0.0
        for x_t, w_t, u_t in zip(x, w, u, strict=False):
            h = np.tanh(w_t * x_t + u_t * h)
        return h

    w, u, states, e = A([w]), A([u]), [], 1e-5
    for y_t in y:
        h = state(w, u)
        dw = (state(w + e, u) - state(w - e, u)) / (2 * e)
        du = (state(w, u + e) - state(w, u - e)) / (2 * e)
        w = np.append(w, w[-1] - lr * (h - y_t) * dw)
        u = np.append(u, u[-1] - lr * (h - y_t) * du)
        states.append(h)
    return {"w": w[-1], "u": u[-1], "h": states}


@real_time.mistake(
    "The slopes look at one step only, (1 − h_t²) x_t and (1 − h_t²) h_{t-1}: but "
    "h_{t-1} depends on w and u as well, since they acted in the steps before. Carry "
    "its slopes along."
)
def one_step_only(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, forget=True)


@real_time.mistake(
    "w and u moved once, after the last step, as in the lesson's back-propagation; "
    "here they move after every step, and the next one uses the new ones."
)
def once_at_the_end(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, at_the_end=True)


@real_time.mistake(
    "w and u moved once, after the last step, and by its own slopes alone; they move "
    "after every step."
)
def last_step_only(x, y, w, u, lr):
    p = q = h = 0.0
    states = []
    for x_t in x:
        new = np.tanh(w * x_t + u * h)
        p, q = (1 - new**2) * (x_t + u * p), (1 - new**2) * (h + u * q)
        h = new
        states.append(h)
    return {
        "w": w - lr * (h - y[-1]) * p,
        "u": u - lr * (h - y[-1]) * q,
        "h": A(states),
    }


@real_time.mistake(
    "The slope of the tanh, 1 − h_t², came to one part only: brackets. It multiplies "
    "x_t + u ∂h_{t-1}/∂w as a whole, and h_{t-1} + u ∂h_{t-1}/∂u likewise."
)
def brackets_missing(x, y, w, u, lr):
    return _learn(
        x, y, w, u, lr,
        by_w=lambda s, x_t, h, new, u, w, p: s * x_t + u * p,
        by_u=lambda s, x_t, h, new, u, w, p: s * h + u * p,
    )  # fmt: skip


@real_time.mistake("The slope of the tanh, 1 − h_t², is missing in both slopes.")
def without_slope(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, slope=lambda h, new: 1.0)


@real_time.mistake(
    "The slopes of h_{t-1} were added without u; h_{t-1} comes into the step through u."
)
def u_missing(x, y, w, u, lr):
    return _learn(
        x, y, w, u, lr,
        by_w=lambda s, x_t, h, new, u, w, p: s * (x_t + p),
        by_u=lambda s, x_t, h, new, u, w, p: s * (h + p),
    )  # fmt: skip


@real_time.mistake(
    "The slope by u took the new state; u multiplied the state before, h_{t-1}. Work "
    "the slope out before h is overwritten."
)
def new_state_in_u(x, y, w, u, lr):
    def by_u(s, x_t, h, new, u, w, p):
        return s * (new + u * p)

    return _learn(x, y, w, u, lr, by_u=by_u)


@real_time.mistake(
    "1 − h² was taken at the state before; step t made h_t, so it is 1 − h_t²."
)
def slope_of_the_state_before(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, slope=lambda h, new: 1 - h**2)


@real_time.mistake(
    "What was there before comes in through u for both slopes: here the one by w has w "
    "in place of u."
)
def w_for_u(x, y, w, u, lr):
    def by_w(s, x_t, h, new, u, w, p):
        return s * (x_t + w * p)

    return _learn(x, y, w, u, lr, by_w=by_w)


@real_time.mistake(
    "What is carried along is the direct part alone; carry the whole slope, so that "
    "all steps before are in it."
)
def two_steps_only(x, y, w, u, lr):
    h = p = q = 0.0
    states = []
    for x_t, y_t in zip(x, y, strict=True):
        new = np.tanh(w * x_t + u * h)
        s, e = 1 - new**2, new - y_t
        dw, du = e * s * (x_t + u * p), e * s * (h + u * q)
        p, q, h = s * x_t, s * h, new
        w, u = w - lr * dw, u - lr * du
        states.append(h)
    return {"w": w, "u": u, "h": A(states)}


@real_time.mistake(
    "The error went into what is carried along; that is how h_t moves with w and u, "
    "whatever y is. The error comes in with the step only."
)
def error_carried_along(x, y, w, u, lr):
    h = p = q = 0.0
    states = []
    for x_t, y_t in zip(x, y, strict=True):
        new = np.tanh(w * x_t + u * h)
        s = (1 - new**2) * (new - y_t)
        p, q = s * (x_t + u * p), s * (h + u * q)
        w, u, h = w - lr * p, u - lr * q, new
        states.append(h)
    return {"w": w, "u": u, "h": A(states)}


@real_time.mistake(
    "w and u moved with the slopes of the step before: first carry the slopes on to "
    "h_t, then move."
)
def slopes_too_late(x, y, w, u, lr):
    h = p = q = 0.0
    states = []
    for x_t, y_t in zip(x, y, strict=True):
        new = np.tanh(w * x_t + u * h)
        s = 1 - new**2
        w, u = w - lr * (new - y_t) * p, u - lr * (new - y_t) * q
        p, q, h = s * (x_t + u * p), s * (h + u * q), new
        states.append(h)
    return {"w": w, "u": u, "h": A(states)}


@real_time.mistake(
    "u had moved before the slope by w was carried on: both slopes belong to the u "
    "with which h_t was made."
)
def u_moved_first(x, y, w, u, lr):
    h = p = q = 0.0
    states = []
    for x_t, y_t in zip(x, y, strict=True):
        new = np.tanh(w * x_t + u * h)
        s, e = 1 - new**2, new - y_t
        q = s * (h + u * q)
        u = u - lr * e * q
        p = s * (x_t + u * p)
        w, h = w - lr * e * p, new
        states.append(h)
    return {"w": w, "u": u, "h": A(states)}


@real_time.mistake(
    "The direct part multiplies all: it is x_t + u ∂h_{t-1}/∂w in the brackets, a sum, "
    "and h_{t-1} + u ∂h_{t-1}/∂u."
)
def direct_part_multiplied(x, y, w, u, lr):
    return _learn(
        x, y, w, u, lr,
        by_w=lambda s, x_t, h, new, u, w, p: s * x_t * (1 + u * p),
        by_u=lambda s, x_t, h, new, u, w, p: s * h * (1 + u * p),
    )  # fmt: skip


@real_time.mistake(
    "1 − h_t² came to what is carried along only; the direct part needs it, too "
    "(brackets)."
)
def direct_part_bare(x, y, w, u, lr):
    return _learn(
        x, y, w, u, lr,
        by_w=lambda s, x_t, h, new, u, w, p: x_t + s * u * p,
        by_u=lambda s, x_t, h, new, u, w, p: h + s * u * p,
    )  # fmt: skip


@real_time.mistake(
    "Blame was carried forwards, from earlier errors to later steps. What goes "
    "forwards are the slopes of the state; each error belongs to its own step."
)
def blame_forwards(x, y, w, u, lr):
    h = blame = 0.0
    states = []
    for x_t, y_t in zip(x, y, strict=True):
        new = np.tanh(w * x_t + u * h)
        blame = (new - y_t) * (1 - new**2) + u * blame
        w, u, h = w - lr * blame * x_t, u - lr * blame * h, new
        states.append(h)
    return {"w": w, "u": u, "h": A(states)}


@real_time.mistake(
    "w and u moved once, at the end, with the slopes of the last step for all errors; "
    "each step moves them, with its own."
)
def last_slopes_for_all(x, y, w, u, lr):
    h = p = q = 0.0
    states = []
    for x_t in x:
        new = np.tanh(w * x_t + u * h)
        p, q = (1 - new**2) * (x_t + u * p), (1 - new**2) * (h + u * q)
        h = new
        states.append(h)
    total = np.sum(A(states) - y)
    return {"w": w - lr * total * p, "u": u - lr * total * q, "h": A(states)}


@real_time.mistake(
    "In the slope by u that of w was carried along; each carries its own."
)
def slope_of_w_in_u(x, y, w, u, lr):
    h = p = q = 0.0
    states = []
    for x_t, y_t in zip(x, y, strict=True):
        new = np.tanh(w * x_t + u * h)
        s = 1 - new**2
        p = s * (x_t + u * p)
        q = s * (h + u * p)
        w, u, h = w - lr * (new - y_t) * p, u - lr * (new - y_t) * q, new
        states.append(h)
    return {"w": w, "u": u, "h": A(states)}


@real_time.mistake(
    "The slope of the step before, 1 − h_{t-1}², came in twice: the slopes that are "
    "carried along have it already."
)
def slope_twice(x, y, w, u, lr):
    return _learn(
        x, y, w, u, lr,
        by_w=lambda s, x_t, h, new, u, w, p: s * (x_t + u * (1 - h**2) * p),
        by_u=lambda s, x_t, h, new, u, w, p: s * (h + u * (1 - h**2) * p),
    )  # fmt: skip


def _from_the_start(x, y, w, u, lr, losses):
    """At each step all of the past is run again, with the w and u of now."""
    kept = []
    for t in range(len(x)):
        h = p = q = dw = du = 0.0
        for k in range(t + 1):
            new = np.tanh(w * x[k] + u * h)
            p, q = (1 - new**2) * (x[k] + u * p), (1 - new**2) * (h + u * q)
            h = new
            if k in losses(t):
                dw, du = dw + (h - y[k]) * p, du + (h - y[k]) * q
        kept.append(h)
        w, u = w - lr * dw, u - lr * du
    return {"w": w, "u": u, "h": A(kept)}


@real_time.mistake(
    "At each step the past was run again with the weights of now; this unit never goes "
    "back, and its h_{t-1} stays as it came."
)
def run_again(x, y, w, u, lr):
    return _from_the_start(x, y, w, u, lr, lambda t: [t])


@real_time.mistake(
    "At each step the past was run again and all its losses were counted anew; this "
    "unit never goes back: one step, one loss."
)
def run_again_with_all_losses(x, y, w, u, lr):
    return _from_the_start(x, y, w, u, lr, lambda t: range(t + 1))


@real_time.mistake(
    "The slopes of the step before were added as they were; of them passes on only "
    "what u and the tanh let through, (1 − h_t²) u."
)
def plain_sums(x, y, w, u, lr):
    return _learn(
        x, y, w, u, lr,
        by_w=lambda s, x_t, h, new, u, w, p: s * x_t + p,
        by_u=lambda s, x_t, h, new, u, w, p: s * h + p,
    )  # fmt: skip


@real_time.mistake("w and u go uphill: subtract lr times the slope of the loss.")
def uphill(x, y, w, u, lr):
    return _learn(x, y, w, u, -lr)


@real_time.mistake("There is a factor 2 too many: the loss carries a ½.")
def twice(x, y, w, u, lr):
    return _learn(x, y, w, u, 2 * lr)


@real_time.mistake(
    "The error h_t − y_t is missing: the slope of the loss is the error times ∂h_t/∂w."
)
def without_error(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, error=lambda new, y_t: 1.0)


@real_time.mistake(
    "The loss itself came into the step; its slope by h_t is h_t − y_t, not its half "
    "square."
)
def loss_for_error(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, error=lambda new, y_t: (new - y_t) ** 2 / 2)


@real_time.mistake(
    "The steps were summed up: each one moves w and u by the slope of its own loss, "
    "and those before have had their turn."
)
def summed_up(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, sum_up=True)


@real_time.mistake("The state was set back to 0 at each step; it is carried on.")
def without_memory__(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, memory=False)


@real_time.mistake("Only w moves; u learns as well.")
def u_stays(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, moves=(True, False))


@real_time.mistake("Only u moves; w learns as well.")
def w_stays(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, moves=(False, True))


@real_time.mistake(
    "w and u came back as they were: either nothing moved them, or the slopes that are "
    "carried along stayed 0 (what begins with 0 must be added to, not multiplied)."
)
def nothing_moves(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, moves=(False, False))


@real_time.mistake("h (1 − h) is the slope of the sigmoid; that of tanh is 1 − h².")
def slope_of_a_sigmoid(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, slope=lambda h, new: new * (1 - new))


@real_time.mistake("The slope of tanh is 1 − h², with a square.")
def square_forgotten(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, slope=lambda h, new: 1 - new)


@real_time.mistake(
    "h has been through tanh already; in the slope it was applied again."
)
def squashed_again(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, slope=lambda h, new: 1 - np.tanh(new) ** 2)


@real_time.mistake(
    "w and u moved before the slopes were carried on: the slopes of step t belong to "
    "the u with which h_t was made."
)
def moved_too_soon(x, y, w, u, lr):
    h = p = q = 0.0
    states = []
    for x_t, y_t in zip(x, y, strict=True):
        new = np.tanh(w * x_t + u * h)
        s = 1 - new**2
        p = s * (x_t + u * p)
        w = w - lr * (new - y_t) * p
        u = u - lr * (new - y_t) * s * (h + u * q)
        q = s * (h + u * q)
        h = new
        states.append(h)
    return {"w": w, "u": u, "h": A(states)}


@real_time.mistake(
    "The state was made anew with the weights that had just moved; it stays as it came."
)
def state_made_anew(x, y, w, u, lr):
    h = p = q = 0.0
    states = []
    for x_t, y_t in zip(x, y, strict=True):
        new = np.tanh(w * x_t + u * h)
        p, q = (1 - new**2) * (x_t + u * p), (1 - new**2) * (h + u * q)
        w, u = w - lr * (new - y_t) * p, u - lr * (new - y_t) * q
        h = np.tanh(w * x_t + u * h)
        states.append(h)
    return {"w": w, "u": u, "h": A(states)}


@real_time.mistake("w moved by the slope of u, and u by that of w; each has its own.")
def exchanged_(x, y, w, u, lr):
    h = p = q = 0.0
    states = []
    for x_t, y_t in zip(x, y, strict=True):
        new = np.tanh(w * x_t + u * h)
        p, q = (1 - new**2) * (x_t + u * p), (1 - new**2) * (h + u * q)
        w, u = w - lr * (new - y_t) * q, u - lr * (new - y_t) * p
        h = new
        states.append(h)
    return {"w": w, "u": u, "h": A(states)}


@real_time.mistake("The input x_t is missing in the slope by w: w multiplies x_t.")
def x_missing(x, y, w, u, lr):
    def by_w(s, x_t, h, new, u, w, p):
        return s * (1 + u * p)

    return _learn(x, y, w, u, lr, by_w=by_w)


@real_time.mistake(
    "The slope by u carries nothing along; h_{t-1} depends on u, as it does on w."
)
def u_forgets(x, y, w, u, lr):
    def by_u(s, x_t, h, new, u, w, p):
        return s * h

    return _learn(x, y, w, u, lr, by_u=by_u)


@real_time.mistake(
    "The slope by w carries nothing along; h_{t-1} depends on w, as it does on u."
)
def w_forgets(x, y, w, u, lr):
    def by_w(s, x_t, h, new, u, w, p):
        return s * x_t

    return _learn(x, y, w, u, lr, by_w=by_w)


@real_time.mistake('"h" begins with h_0 = 0 here; it is the T states after the steps.')
def with_the_zero_state(x, y, w, u, lr):
    right = _learn(x, y, w, u, lr)
    return right | {"h": np.append(0.0, right["h"])}


@real_time.mistake('"h" is the last state only; all T of them are asked for.')
def last_state_only(x, y, w, u, lr):
    right = _learn(x, y, w, u, lr)
    return right | {"h": right["h"][-1]}


@real_time.mistake(
    '"h" has the states before the steps, from h_0 on; it is those after them.'
)
def states_before(x, y, w, u, lr):
    right = _learn(x, y, w, u, lr)
    return right | {"h": np.append(0.0, right["h"][:-1])}


@real_time.mistake('"w" and "u" are listed step by step; give the last ones.')
def all_weights(x, y, w, u, lr):
    ws, us = [w], [u]
    for t in range(len(x)):
        right = _learn(x[: t + 1], y[: t + 1], w, u, lr)
        ws, us = [*ws, right["w"]], [*us, right["u"]]
    return right | {"w": A(ws), "u": A(us)}


@real_time.mistake('These are the three in a tuple; a dict has "w", "u" and "h".')
def in_a_tuple(x, y, w, u, lr):
    right = _learn(x, y, w, u, lr)
    return right["w"], right["u"], right["h"]


@real_time.mistake("The learning rate lr is missing.")
def lr_missing(x, y, w, u, lr):
    return _learn(x, y, w, u, 1.0)


@real_time.mistake("The tanh is missing in the state.")
def without_tanh__(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, squash=lambda z: z)


@real_time.mistake(
    "The state is plain, without the tanh, and so is its slope; the unit has a tanh."
)
def all_linear(x, y, w, u, lr):
    return _learn(x, y, w, u, lr, squash=lambda z: z, slope=lambda h, new: 1.0)


@real_time.mistake("The unit is a tanh, not a sigmoid.")
def all_sigmoid(x, y, w, u, lr):
    def slope(h, new):
        return new * (1 - new)

    return _learn(x, y, w, u, lr, squash=_sigmoid, slope=slope)


@real_time.mistake("The slopes were divided by T; each step has a loss of its own.")
def divided_by_T(x, y, w, u, lr):
    return _learn(x, y, w, u, lr / len(x))


words = Words(
    "words",
    [
        "Run the true map itself, twice, from starts that lie 0.001 apart. What will you see?",
        "By which factor does a small distance grow in a step of this map, at which x? What is the mean of its logarithm along the series?",
        "Why do the lighthouse's small errors not grow? What happens to a prediction of 0.98?",
    ],
)
