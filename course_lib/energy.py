"""Nets of symmetric weights that go downhill in an energy, or up by chance.

E(s) = -½ Σ_ij w_ij s_i s_j - Σ_i b_i s_i

A state s (N,) holds all N units; functions take many at once, (..., N), and leave them
as they are. States that come back have the dtype of W, so that float32 stays float32.
"""

import numpy as np

from course_lib.maths import logsumexp, softmax
from course_lib.states import (
    check_diagonal,
    check_states,
    check_symmetric,
    energies,
    energy,
    numbers,
    products,
)
from course_lib.validation import (
    as_array,
    check_classes,
    check_finite,
    check_positive,
    check_shape,
)

BLOCK = 32  # units whose gaps gibbs takes from one product


def hebb(X):
    """Hebb's rule: W = XᵀX / N with a zero diagonal, for patterns X (P, N) of ±1."""
    P, N = check_shape(as_array(X, "X"), "X", ("P", "N")).shape
    X = floats(check_states(X, "X", N, (-1, 1)))
    W = X.T @ X / N
    np.fill_diagonal(W, 0)
    return W


def floats(x):
    """A copy of x that holds floating-point numbers; float32 stays float32."""
    return x.astype("float32" if x.dtype == "float32" else float)


class Pairwise:
    """What both nets share: W (N, N), b (N,), their states, energy and fields."""

    def __init__(self, W, b=None):
        W = check_symmetric(as_array(W, "W"), "W")
        b = np.zeros(len(W)) if b is None else as_array(b, "b")
        self.W = floats(W)
        self.b = check_finite(check_shape(b, "b", (len(W),)), "b").astype(self.W.dtype)

    def states(self, s):
        """A copy of s in W's dtype, if it holds states (..., N) of this net."""
        s = check_states(s, "s", len(self.W), self.values)
        return s.astype(self.W.dtype, order="C")

    def energy(self, s):
        """E(s) of states s (..., N): (...)."""
        return energy(self.states(s), self.W, self.b)

    def field(self, s):
        """h_i = Σ_j w_ij s_j + b_i of every unit: (..., N), as s."""
        return self.states(s) @ self.W + self.b

    def __repr__(self):
        return f"{type(self).__name__}({len(self.W)} units)"


class Hopfield(Pairwise):
    """Units -1 and +1 that follow the sign of their field (Hopfield 1982).

    A field of 0, but for rounding, leaves its unit as it is. One unit after the other
    never raises E; for that no unit may work against itself, w_ii < 0.
    """

    values = -1, 1

    def __init__(self, W, b=None):
        super().__init__(W, b)
        why = "may not be negative: a unit that works against itself may flip for ever"
        check_diagonal(self.W, "W", self.W.diagonal() >= 0, why)

    def unhappy(self, s):
        """Which units of states s (..., N) have a field of the other sign."""
        return self.states(s) * self.field(s) < -self.rounding()

    def is_stable(self, s):
        """Whether no unit of states s (..., N) wants to flip: (...)."""
        return ~self.unhappy(s).any(axis=-1)

    def all_at_once(self, s):
        """The states (..., N) after s, where every unit looks at the old one."""
        return np.where(self.unhappy(s), -1, 1) * self.states(s)

    def sweep(self, s, order):
        """The states (S, N), or one (N,), after the units of order, one by one."""
        s, least = self.states(s), -self.rounding()
        S, H = (x.reshape(-1, len(self.W)) for x in (s, self.field(s)))
        for i in check_classes(order, "order", len(self.W)):
            flips = np.flatnonzero(S[:, i] * H[:, i] < least[i])
            if flips.size:  # few flip: it is quicker to correct fields than to sum anew
                S[flips, i] *= -1
                H[flips] += np.outer(2 * S[flips, i], self.W[i])
        return s

    def settle(self, s, rng, n_sweeps=100):
        """The states (S, N), or one (N,), when sweeps in random orders change none."""
        s = self.states(s)
        for _ in range(n_sweeps):
            before, s = s, self.sweep(s, rng.permutation(len(self.W)))
            if np.array_equal(s, before):
                break
        return s

    def rounding(self):
        """How far from 0 rounding may carry the field of each unit: (N,)."""
        largest = np.abs(self.W).sum(axis=0) + np.abs(self.b)
        return 4 * np.finfo(self.W.dtype).eps * largest


class BoltzmannMachine(Pairwise):
    """Units 0 and 1, each on with p(s_i = 1) = σ(Δ_i / T), Δ_i = Σ_j w_ij s_j + b_i.

    In the long run p(s) = exp(-E(s) / T) / Z (Hinton & Sejnowski 1983). The first
    n_visible units are visible, v, all if nothing is said; the others are hidden, h.
    What is called exact sums over all states, in the order of datasets.truth_table.
    """

    values = 0, 1

    def __init__(self, W, b, n_visible=None):
        super().__init__(W, b)
        why = "must be 0: it would be a bias of this unit, half of it; add that to b"
        check_diagonal(self.W, "W", self.W.diagonal() == 0, why)
        N = len(self.W)
        if n_visible is not None and n_visible not in range(1, N + 1):
            raise ValueError(
                f"n_visible must be a whole number from 1 to {N}; got {n_visible}"
            )
        self.n_visible = N if n_visible is None else int(n_visible)

    def gap(self, s):
        """Δ_i, the energy with unit i off minus that with it on: (..., N), as s."""
        return self.field(s)

    def gibbs(self, s, rng, temperatures, clamped=()):
        """The states (C, N) of C chains, or one (N,), after a sweep a temperature.

        For each sweep rng gives uniforms u (F, C), a row for each of the F units that
        are not clamped; these are set in order, to 1 where u < σ(Δ / T), else to 0.
        """
        s, N, clamped = self.states(s), len(self.W), as_array(clamped, "clamped")
        chains, free = s.reshape(-1, N), np.ones(N, bool)
        if clamped.size:
            free[check_classes(clamped, "clamped", N)] = False
        order, F = np.argsort(~free, kind="stable"), free.sum()  # the F units first
        W, b, S = self.W[np.ix_(order, order)], self.b[order, None], chains.T[order]
        for T in np.atleast_1d(temperatures).tolist():
            check_positive(T, "a temperature")
            for start in range(0, F, BLOCK):  # the arrays of a block fit in the cache
                block = slice(start, min(start + BLOCK, F))
                u = rng.random((block.stop - start, len(chains)), W.dtype)
                with np.errstate(divide="ignore"):  # log 0 = -∞: this unit will be 1
                    least = T * np.log(u / (1 - u))  # u < σ(Δ / T) where this is < Δ
                one_by_one(S, block, W[block], b[block], least)
        chains[:, order] = S.T
        return s

    def probabilities(self, T=1):
        """p of every state, exact: (2**N,)."""
        return softmax(-energies(self.W, self.b) / check_positive(T, "T"))

    def visible_probabilities(self):
        """p of every visible state, with the hidden units summed over: (2**V,)."""
        return self.by_visible(self.probabilities()).sum(axis=1)

    def log_partition(self, T=1):
        """log Z = log Σ_s exp(-E(s) / T), exact."""
        return logsumexp(-energies(self.W, self.b) / check_positive(T, "T"))

    def log_likelihood(self, v):
        """The mean of log p(v) over visible states v (M, V), exact."""
        E, seen = energies(self.W, self.b), numbers(self.visible(v))
        return (logsumexp(-self.by_visible(E))[seen] - logsumexp(-E)).mean()

    def gradient(self, v):
        """The slope of log_likelihood(v), exact: dW (N, N), w_ij = w_ji, and db (N,).

        dW_ij = <s_i s_j> with v clamped - <s_i s_j> free      db_i = <s_i> - <s_i>
        """
        E, seen = energies(self.W, self.b), numbers(self.visible(v))
        share = np.bincount(seen, minlength=2**self.n_visible) / len(seen)
        clamped = share[:, None] * softmax(-self.by_visible(E))
        dW = products(clamped.ravel() - softmax(-E), len(self.W))
        db = dW.diagonal().copy()  # s_i s_i = s_i
        np.fill_diagonal(dW, 0)
        return dW, db

    def visible(self, v):
        """v as an array, if it holds visible states (M, V)."""
        v = check_shape(as_array(v, "v"), "v", ("M", self.n_visible))
        return check_states(v, "v", self.n_visible, self.values)

    def by_visible(self, x):
        """What belongs to all states, (2**N,), with a row for each visible one."""
        return x.reshape(2**self.n_visible, -1)


def one_by_one(S, block, W, b, least):
    """Set the units of a block in order: s_i = 1 where Σ_j w_ij s_j + b_i > least_i.

    S (N, C) holds a unit a row; W (B, N), b (B, 1), least (B, C) are of the block.
    """
    before, units = np.tril(W[:, block]), S[block]  # from units that are set by then
    fields = W @ S - before @ units + b
    for k in range(len(units)):
        units[k] = fields[k] + before[k, :k] @ units[:k] > least[k]
