"""Belief nets: hidden causes, and what is seen of them. All units are 0 or 1.

What is called exact sums over all states of the causes. What comes back has the dtype
of W, so that float32 stays float32. "Chances" are those of units to be on, as in rbm.
"""

import numpy as np

from course_lib.maths import sigmoid, softplus
from course_lib.rbm import RBM, biases, draw, weights
from course_lib.states import blocks, check_terms, rows, total
from course_lib.validation import as_array, check_positive, check_shape


class SigmoidBelief:
    """Causes h (H,) and what is seen v (V,), of W (H, V), b (V,), a (H,) (Neal 1992).

    p(h_i = 1) = σ(a_i)        p(v_j = 1 | h) = σ(Σ_i h_i w_ij + b_j)
    """

    def __init__(self, W, b=None, a=None):
        self.W = weights(W, "W", ("H", "V"))
        self.b, self.a = biases(b, "b", self.W[0]), biases(a, "a", self.W[:, 0])

    def sample(self, rng, n):
        """n states v (n, V), by uniforms u (n, H) for the causes, then u (n, V)."""
        h = draw(np.tile(sigmoid(self.a), (check_positive(n, "n"), 1)), rng)
        return draw(sigmoid(h @ self.W + self.b), rng)

    def posterior(self, v):
        """p(h | v) of all states of the causes, exact: (M, 2**H) for v (M, V)."""
        v = rows(v, "v", self.b)
        log_p = self.log_chances(v)[:, None]
        return np.hstack([np.exp(joint - log_p) for _, _, joint in self.causes(v)])

    def log_likelihood(self, v):
        """The mean of log p(v) = log Σ_h p(h) p(v | h) over v (M, V), exact."""
        return self.log_chances(rows(v, "v", self.b)).mean()

    def gradient(self, v):
        """The slope of log_likelihood(v), exact: dW (H, V), db (V,), da (H,).

        dW_ij = <h_i (v_j - p(v_j = 1 | h))> of the data and the posterior of its causes
        db_j = <v_j - p(v_j = 1 | h)>        da_i = <h_i> - σ(a_i)
        """
        v = rows(v, "v", self.b)
        log_p, parts = self.log_chances(v)[:, None], []
        for h, x, joint in self.causes(v):
            q = np.exp(joint - log_p) / len(v)
            share = q.sum(axis=0)
            error = q.T @ v - share[:, None] * sigmoid(x)
            parts.append((h.T @ error, error.sum(axis=0), share @ h))
        dW, db, da = (sum(part) for part in zip(*parts, strict=True))
        return dW, db, da - sigmoid(self.a)

    def log_chances(self, v):
        """log p(v) of states v (M, V): (M,)."""
        return total(joint for _, _, joint in self.causes(v))

    def causes(self, v):
        """Yield causes h (B, H), x = h W + b (B, V), log p(h) p(v | h) (M, B)."""
        n = len(self.a)
        check_terms(n, f"{n} causes", "learn an RBM, whose posterior takes no sum")
        for _, h in blocks(self.a):
            x = h @ self.W + self.b
            yield h, x, log_chances(h, self.a[None])[:, 0] + log_chances(v, x)

    def __repr__(self):
        return f"SigmoidBelief({len(self.a)} causes, {len(self.b)} seen)"


class DBN:
    """A deep belief net of RBMs, the lowest first (Hinton, Osindero & Teh 2006).

    Each has the hidden units of the one below as its visible ones. All but the last
    are read downwards: p(v | h) of each belongs to the net, its p(h) does not.
    """

    def __init__(self, rbms):
        self.rbms = list(rbms)
        for rbm in self.rbms or [None]:
            if not isinstance(rbm, RBM):
                raise TypeError(f"rbms must be RBMs, the lowest first; got {rbm!r}")
        for k in range(1, len(self.rbms)):
            below, V = len(self.rbms[k - 1].c), len(self.rbms[k].b)
            if V != below:
                raise ValueError(
                    f"rbms[{k}] has {V} visible units, rbms[{k - 1}] has {below} "
                    "hidden ones; they are the same units, so give it as many"
                )

    def codes(self, v, n_layers=None):
        """Chances (..., H) of a hidden layer, the last or the n-th, of v (..., V).

        Those of one layer are handed to the next in place of states. n = 0 is v.
        """
        n = len(self.rbms) if n_layers is None else n_layers
        if n not in range(len(self.rbms) + 1):
            raise ValueError(
                f"n_layers must be a whole number from 0 to {len(self.rbms)}; got {n}"
            )
        code = self.rbms[0].chances(v, "v", self.rbms[0].b)
        for rbm in self.rbms[:n]:
            code = rbm.hidden(code)
        return code

    def generate(self, rng, n, n_steps, start=None):
        """Chances of v (n, V): n_steps of gibbs in the last RBM, the others drawn down.

        Its chains begin at tossed coins or, given a start v (n, V), at states drawn by
        the codes of that. A net of one RBM gives states.
        """
        *below, top = self.rbms
        if start is None:
            p = np.full((check_positive(n, "n"), len(top.b)), 0.5, top.b.dtype)
        else:
            start = check_shape(as_array(start, "start"), "start", (n, "V"))
            p = self.codes(start, len(below))
        p = top.gibbs(draw(p, rng), rng, n_steps)
        for rbm in reversed(below):
            p = rbm.visible(draw(p, rng))
        return p

    def log_likelihood(self, v):
        """The mean of log p(v) over v (M, V) of a net of two RBMs, exact."""
        return total(log_h + log_v for _, log_h, log_v in self.causes(v)).mean()

    def bound(self, v):
        """The mean of a bound log p(v) ≥ Σ_h q(h) log(p(h) p(v | h) / q(h)), exact.

        q(h) is p(h | v) of the lower of two RBMs, p(h) that of the upper one.
        """
        lower, bound = self.rbms[0], 0
        x = rows(v, "v", lower.b) @ lower.W + lower.c
        for h, log_h, log_v in self.causes(v):
            log_q = log_chances(h, x).T
            bound += (np.exp(log_q) * (log_h + log_v - log_q)).sum(axis=1)
        return bound.mean()

    def causes(self, v):
        """Yield states h (B, H) of two RBMs, log p(h) (B,) and log p(v | h) (M, B)."""
        if len(self.rbms) != 2:
            raise ValueError(
                f"exact sums are for nets of two RBMs; this has {len(self.rbms)}; "
                "ask the first two, DBN(rbms[:2]), or a single one itself"
            )
        (lower, upper), n = self.rbms, len(self.rbms[0].c)
        way = "draw h by its codes, and estimate log Z of the upper RBM with ais"
        check_terms(n, f"the layer between, {n} units,", way)
        v, log_Z = rows(v, "v", lower.b), upper.log_partition()
        for _, h in blocks(lower.c):
            log_v = log_chances(v, h @ lower.W.T + lower.b)
            yield h, -upper.free_energy(h) - log_Z, log_v

    def __repr__(self):
        sizes = [len(self.rbms[0].b), *(len(rbm.c) for rbm in self.rbms)]
        return f"DBN({', '.join(map(str, sizes))} units)"


def log_chances(s, x):
    """log p of states s (M, N) of units on with chances σ(x), x (S, N): (M, S)."""
    return s @ x.T - softplus(x).sum(axis=1)
