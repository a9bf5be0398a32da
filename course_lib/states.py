"""States of symmetric nets, their energy, and exact sums over all 2**N of them.

All states of N units of 0 and 1 stand in the order of datasets.truth_table(N): those of
its first half, A, each with all those of the others, B. So 2**N energies are a product,

E(s) = E(s_A) + E(s_B) - s_A W_AB s_Bᵀ
"""

import numpy as np

from course_lib.datasets import bits, truth_table
from course_lib.maths import logsumexp
from course_lib.validation import as_array, check_finite, check_labels, check_shape

MOST = 20  # units of an exact sum: a million states
BLOCK = 2**10  # states of a sum that holds some at a time


def check_states(s, name, n_units, values):
    """s as an array, if it holds states (..., N), each unit one of two values."""
    return check_labels(check_units(s, name, n_units), name, values)


def check_chances(p, name, n_units):
    """p as an array, if it holds states (..., N) of 0 and 1, or chances between."""
    p = check_units(p, name, n_units)
    if not (p.min() >= 0 and p.max() <= 1):
        raise ValueError(
            f"{name} must hold states, 0 and 1, or chances between them; it holds "
            f"{p.min()} to {p.max()}; divide pixels by the largest they can be"
        )
    return p


def check_units(s, name, n_units):
    """s as an array, if it holds finite numbers (..., N)."""
    s = as_array(s, name)
    shape = *"STUV"[: max(s.ndim, 1) - 1], n_units
    return check_finite(check_shape(s, name, shape), name)


def rows(x, name, bias, M="M", chances=False):
    """x (M, N) in the dtype of its biases (N,), if it holds states, or chances."""
    x = check_shape(as_array(x, name), name, (M, len(bias)))
    if chances:
        return check_chances(x, name, len(bias)).astype(bias.dtype, copy=False)
    return check_states(x, name, len(bias), (0, 1)).astype(bias.dtype, copy=False)


def check_symmetric(W, name):
    """W, if it is a symmetric matrix (N, N), but for rounding."""
    check_finite(check_shape(W, name, ("N", "N")), name)
    check_shape(W, name, (len(W), len(W)))
    if not np.allclose(W, W.T):
        i, j = np.unravel_index(np.abs(W - W.T).argmax(), W.shape)
        raise ValueError(
            f"{name} must be symmetric, or there is no energy; {name}[{i}, {j}] is "
            f"{W[i, j]}, {name}[{j}, {i}] is {W[j, i]}; their mean would do for both"
        )
    return W


def check_diagonal(W, name, right, why):
    """W, if every entry of its diagonal is right (N,)."""
    for i in np.flatnonzero(~right):
        raise ValueError(f"{name}[{i}, {i}] is {W[i, i]}; it {why}")
    return W


def check_terms(n_units, of, instead):
    """Refuse an exact sum over more than MOST units; say its cost, and what to do."""
    if n_units > MOST:
        raise ValueError(
            f"an exact sum over {of} has 2**{n_units} terms, "
            f"2**{n_units - MOST} times as many as are allowed here, those of {MOST} "
            f"units; {instead}"
        )


def energy(s, W, b):
    """E(s) = -½ Σ_ij w_ij s_i s_j - Σ_i b_i s_i of states s (..., N): (...)."""
    return -((s @ W / 2 + b) * s).sum(axis=-1)


def energies(W, b):
    """E of all states, (2**N,); for W (N, N) and b (N,)."""
    A, B = halves(len(W))
    k = A.shape[1]
    E_A, E_B = energy(A, W[:k, :k], b[:k]), energy(B, W[k:, k:], b[k:])
    return (E_A[:, None] + E_B - A @ W[:k, k:] @ B.T).ravel()


def products(p, n_units):
    """Σ_s p(s) s sᵀ over all states, (N, N); for p (2**N,)."""
    A, B = halves(n_units)
    p = p.reshape(len(A), len(B))
    AA, AB, BB = A.T * p.sum(axis=1) @ A, A.T @ p @ B, B.T * p.sum(axis=0) @ B
    return np.block([[AA, AB], [AB.T, BB]])


def halves(n_units):
    """All states of one half of the units, and all of the other."""
    way = "draw states with BoltzmannMachine.gibbs instead"
    check_terms(n_units, f"{n_units} units", way)
    return truth_table(n_units // 2), truth_table(n_units - n_units // 2)


def numbers(s):
    """The places of states s (M, N) among all: (M,)."""
    return s.astype(int) @ 2 ** np.arange(s.shape[1])[::-1]


def blocks(b):
    """All states of units with biases b (N,), in b's dtype, some at a time.

    Yields their places in a truth table, a slice, and the states (BLOCK, N).
    """
    for start in range(0, 2 ** len(b), BLOCK):
        stop = min(start + BLOCK, 2 ** len(b))
        states = bits(np.arange(start, stop), len(b))
        yield slice(start, stop), states.astype(b.dtype)


def total(parts):
    """log Σ exp over the last axis of all parts (..., B) together: (...)."""
    return np.logaddexp.reduce([logsumexp(part) for part in parts])
