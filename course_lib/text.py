"""Text as numbers: an alphabet, pieces to learn from, and the n-gram to be beaten."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.validation import check_classes, check_positive, check_shape


class Alphabet:
    """The different letters of a text in order, and a code for each: 0, 1, 2, ..."""

    def __init__(self, text):
        self.letters = "".join(sorted(set(check_text(text))))
        self.codes = {letter: code for code, letter in enumerate(self.letters)}

    def __len__(self):
        return len(self.letters)

    def encode(self, text):
        """The codes (T,) of the T letters of a text."""
        unknown = set(check_text(text)) - set(self.letters)
        if unknown:
            t = min(text.index(letter) for letter in unknown)
            raise ValueError(
                f"text holds {text[t]!r} at place {t}, after "
                f"{text[max(t - 20, 0) : t]!r}; the alphabet is {self.letters!r}"
            )
        return np.array([self.codes[letter] for letter in text])

    def decode(self, codes):
        """The text of codes (T,)."""
        return "".join(self.letters[code] for code in check_codes(codes, len(self)))


def check_text(text):
    """text, if it is a string and not an empty one."""
    if not isinstance(text, str):
        raise TypeError(f"text must be a string; it is of type {type(text).__name__}")
    if not text:
        raise ValueError("text must hold at least one letter; it is empty")
    return text


def check_codes(codes, n_letters):
    """codes (T,) as an array, if they are those of n_letters letters."""
    check_classes(check_shape(codes, "codes", ("T",)), "codes", n_letters)
    return np.asarray(codes, int)


def pieces(codes, T):
    """Inputs (N, T), the text cut into N pieces, and targets (N, T), one letter on.

    The last letters, too few for a piece and its target, are left out.
    """
    n = len(check_shape(codes, "codes", ("T",))) - 1
    N = n // check_positive(T, "T")
    if N == 0:
        raise ValueError(
            f"a piece of {T} letters and the letter after it need {T + 1} codes; "
            f"there are {n + 1}"
        )
    codes = np.asarray(codes)
    return codes[: N * T].reshape(N, T), codes[1 : N * T + 1].reshape(N, T)


def offers(model, seen, n):
    """Three ways on for each of seen (N, T), in codes (N, 3, n), the likeliest first.

    They begin with the three likeliest letters, and go on with the likeliest each time.
    model gives scores or probabilities (N, n_letters) of what comes after codes (N, T).
    """
    ways = []
    for first in model(seen).argsort(axis=1)[:, ::-1][:, :3].T:
        text = np.c_[seen, first]
        for _ in range(n - 1):
            text = np.c_[text, model(text[:, -seen.shape[1] :]).argmax(axis=1)]
        ways.append(text[:, -n:])
    return np.stack(ways, axis=1)


class NGram:
    """The next letter a from the n - 1 letters s before it, by counting.

    p(a | s) = (c(s a) - d) / c(s) + d v(s) / c(s) p(a | s')

    c(s a) is how often a followed s, c(s) = Σ_a c(s a), v(s) how many different letters
    did, and s' is s without its first letter. After s', c(s' a) is no longer how often,
    but after how many different letters s' a stood. Where a never followed s the first
    term is 0; where s never stood p(a | s) is p(a | s'); and below s = "" all letters
    are equally probable. The discount d is n_1 / (n_1 + 2 n_2), where n_k of the c(s a)
    are k (one more of each is counted, so that 0 < d < 1).

    Katz 1987 was first to back off to a shorter s; c(s' a) is from Kneser & Ney 1995, d
    from Ney, Essen & Kneser 1994, and the sum of both terms as in Chen & Goodman 1999.
    """

    def __init__(self, n, n_letters):
        self.n, self.n_letters = check_positive(n, "n"), n_letters
        self.base = n_letters + 1  # one more, for what stands before the text
        if self.base**n >= 2**63:
            raise ValueError(
                f"n must be smaller than {n}: so long rows of {n_letters} letters "
                "cannot be numbered in 64 bits"
            )
        self.powers = self.base ** np.arange(n)[::-1]
        self.tables = []

    def fit(self, codes):
        """Count in codes (T,), T ≥ n."""
        codes = check_codes(codes, self.n_letters)
        if len(codes) < self.n:
            raise ValueError(f"codes must be n = {self.n} or more; got {len(codes)}")
        self.tables, rows = [], sliding_window_view(codes, self.n) @ self.powers
        for k in range(self.n, 0, -1):  # rows of k letters, each row one number
            rows, c = np.unique(rows % self.base**k, return_counts=True)
            s, first, v = np.unique(rows // self.base, True, return_counts=True)
            d = (np.sum(c == 1) + 1) / (np.sum(c == 1) + 2 * np.sum(c == 2) + 3)
            c_s = np.add.reduceat(c, first)
            self.tables.insert(0, (rows, (c - d) / np.repeat(c_s, v), s, d * v / c_s))
        return self

    def next(self, before):
        """p (..., n_letters) of the letter after codes before (..., T)."""
        before = check_classes(before, "before", self.n_letters).astype(int)
        *several, T = before.shape
        rows = self._padded(before.reshape(-1, T))[:, T:]
        return self._p(rows, np.arange(self.n_letters)).reshape(*several, -1)

    def bits(self, codes):
        """-log₂ p (T,) of each of codes (T,), given those before it."""
        codes = check_codes(codes, self.n_letters)
        rows = sliding_window_view(self._padded(codes[None])[0], self.n)
        return -np.log2(self._p(rows[:, :-1], rows[:, -1:])[:, 0])

    def _padded(self, codes):
        """codes (N, T) with n - 1 of what stands before the text on their left."""
        return np.pad(codes, [(0, 0), (self.n - 1, 0)], constant_values=self.n_letters)

    def _p(self, before, letters):
        """p (N, L) of letters (N, L) or (L,) after the codes before (N, n - 1)."""
        p = np.full((len(before), letters.shape[-1]), 1 / self.n_letters)
        for k, (rows, own, contexts, rest) in enumerate(self.tables):
            s = before[:, self.n - 1 - k :] @ self.powers[self.n - k :, None]
            p = _look_up(contexts, rest, s, 1) * p
            p = p + _look_up(rows, own, s * self.base + letters, 0)
        return p


def _look_up(keys, values, wanted, otherwise):
    """The values of wanted keys; keys are in order, and may lack some."""
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], otherwise)
