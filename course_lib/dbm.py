"""Deep Boltzmann machines: three layers of units 0 and 1, joined one to the next.

What is called exact sums over all states of the middle layer. What comes back has the
dtype of W1, so that float32 stays float32. "Chances" are those of units to be on.
"""

import numpy as np

from course_lib.maths import sigmoid, softplus
from course_lib.rbm import RBM, biases, weights
from course_lib.states import blocks, check_terms, rows, total
from course_lib.validation import check_positive


class DBM:
    """A deep Boltzmann machine of two hidden layers (Salakhutdinov & Hinton 2009).

    E(v, h1, h2) = -v W1 h1ᵀ - h1 W2 h2ᵀ - b v - c1 h1 - c2 h2, with
    W1 (V, H1), W2 (H1, H2), b (V,), c1 (H1,), c2 (H2,)
    """

    def __init__(self, W1, W2, b=None, c1=None, c2=None):
        self.W1 = weights(W1, "W1", ("V", "H1"))
        shape = self.W1.shape[1], "H2"
        self.W2 = weights(W2, "W2", shape).astype(self.W1.dtype)
        self.b, self.c1 = biases(b, "b", self.W1[:, 0]), biases(c1, "c1", self.W1[0])
        self.c2 = biases(c2, "c2", self.W2[0])

    def mean_field(self, v, n_steps=30, tolerance=1e-4):
        """Means µ1 (M, H1) and µ2 (M, H2) for states or chances v (M, V).

        µ1 = σ(v W1 + µ2 W2ᵀ + c1), then µ2 = σ(µ1 W2 + c2), from µ2 = ½ on: n_steps, or
        fewer when none of µ2 moves by more than the tolerance. No step lowers bound.
        """
        x = rows(v, "v", self.b, chances=True) @ self.W1 + self.c1
        mu2 = np.full((len(x), len(self.c2)), 0.5, x.dtype)
        for _ in range(check_positive(n_steps, "n_steps")):
            mu1, last = sigmoid(x + mu2 @ self.W2.T), mu2
            mu2 = sigmoid(mu1 @ self.W2 + self.c2)
            if np.abs(mu2 - last).max() <= tolerance:
                break
        return mu1, mu2

    def bound(self, v, mu1, mu2, log_Z=None):
        """The mean of a bound log p(v) ≥ -E(v, µ1, µ2) + the entropy of µ1, µ2 - log Z.

        log Z is exact unless an estimate is given.
        """
        v = rows(v, "v", self.b)
        mu1 = rows(mu1, "mu1", self.c1, len(v), chances=True)
        mu2 = rows(mu2, "mu2", self.c2, len(v), chances=True)
        of_mu = (v @ self.W1 + mu2 @ self.W2.T + self.c1) * mu1 + entropy(mu1)
        bound = (
            v @ self.b + of_mu.sum(axis=1) + mu2 @ self.c2 + entropy(mu2).sum(axis=1)
        )
        return bound.mean() - (self.log_partition() if log_Z is None else log_Z)

    def log_partition(self):
        """log Z, exact: v and h2 are summed over for each state of h1."""
        return total(
            h1 @ self.c1 + softplus(h1 @ self.W1.T + self.b).sum(axis=1) + log_h2
            for h1, log_h2 in self.middle()
        )

    def log_likelihood(self, v, log_Z=None):
        """The mean of log p(v) over v (M, V); log Z is exact unless one is given."""
        v = rows(v, "v", self.b)
        x = v @ self.W1 + self.c1
        log_p = total(x @ h1.T + log_h2 for h1, log_h2 in self.middle()) + v @ self.b
        return log_p.mean() - (self.log_partition() if log_Z is None else log_Z)

    def gibbs(self, v, h2, rng, n_steps=1):
        """States v (C, V) and h2 (C, H2) of chains, n_steps later.

        A step draws h1 given both, then v and h2 given h1, as RBM.gibbs of as_rbm().
        """
        s = np.hstack((rows(v, "v", self.b), rows(h2, "h2", self.c2, len(v))))
        s = self.as_rbm().gibbs(s, rng, n_steps)
        return s[:, : len(self.b)], s[:, len(self.b) :]

    def slope(self, v, particles, rng, k=1):
        """A slope of bound: dW1, dW2, db, dc1, dc2, and particles k Gibbs steps later.

        dW1 = <v µ1> - <v h1>    dW2 = <µ1 µ2> - <h1 h2>    db = <v> - <v>    and so on:
        first of states or chances v (M, V) and their mean_field, then of the particles,
        states v (C, V) and h2 (C, H2), with the chances of their h1.
        """
        mu1, mu2 = self.mean_field(v)
        v = rows(v, "v", self.b, chances=True)
        s, h2 = particles = self.gibbs(*particles, rng, k)
        h1 = sigmoid(s @ self.W1 + h2 @ self.W2.T + self.c1)
        M, C = len(v), len(s)
        dW1, dW2 = v.T @ mu1 / M - s.T @ h1 / C, mu1.T @ mu2 / M - h1.T @ h2 / C
        pairs = (v, s), (mu1, h1), (mu2, h2)
        return dW1, dW2, *(x.mean(axis=0) - y.mean(axis=0) for x, y in pairs), particles

    def as_rbm(self):
        """The same machine as an RBM: v and h2 on one side, h1 on the other."""
        W = np.vstack((self.W1, self.W2.T))
        return RBM(W, np.hstack((self.b, self.c2)), self.c1)

    def middle(self):
        """Yield states h1 (B, H1), and log Σ exp(h1 W2 h2ᵀ + c2 h2) over h2 (B,)."""
        n = len(self.c1)
        way = "compare bounds, with log Z estimated by as_rbm().ais"
        check_terms(n, f"h1, {n} units,", way)
        for _, h1 in blocks(self.c1):
            yield h1, softplus(h1 @ self.W2 + self.c2).sum(axis=1)

    def __repr__(self):
        return f"DBM({len(self.b)}, {len(self.c1)}, {len(self.c2)} units)"


def entropy(p):
    """-p log p - (1 - p) log(1 - p); 0 where p is 0 or 1."""
    least = np.finfo(p.dtype).tiny
    return -sum(q * np.log(np.maximum(q, least)) for q in (p, 1 - p))
