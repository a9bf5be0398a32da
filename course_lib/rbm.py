"""Restricted Boltzmann machines: two layers of units 0 and 1, joined only across.

E(v, h) = -v W hᵀ - b v - c h        p(v, h) = exp(-E(v, h)) / Z

Functions take many states at once, (..., V), and leave them as they are. What comes
back has the dtype of W, so that float32 stays float32.
"""

from itertools import pairwise

import numpy as np

from course_lib.energy import floats
from course_lib.maths import logsumexp, sigmoid, softmax, softplus
from course_lib.states import blocks, check_chances, check_states, check_terms, rows
from course_lib.validation import (
    as_array,
    check_classes,
    check_finite,
    check_positive,
    check_shape,
)


class RBM:
    """A restricted Boltzmann machine (Smolensky 1986) of W (V, H), b (V,) and c (H,).

    Given one layer, the units of the other know nothing of each other. Where it says
    "chances", numbers from 0 to 1 may stand for units: how likely each is to be on.
    What is called exact sums over all states of the smaller layer.
    """

    def __init__(self, W, b=None, c=None):
        self.W = W = weights(W, "W", ("V", "H"))
        self.b, self.c = biases(b, "b", W[:, 0]), biases(c, "c", W[0])

    # -- one layer from the other --------------------------------------------------

    def hidden(self, v):
        """p(h_j = 1 | v) = σ(Σ_i v_i w_ij + c_j) for states or chances v: (..., H)."""
        return sigmoid(self.chances(v, "v", self.b) @ self.W + self.c)

    def visible(self, h):
        """p(v_i = 1 | h) = σ(Σ_j w_ij h_j + b_i) for states or chances h: (..., V)."""
        return sigmoid(self.chances(h, "h", self.c) @ self.W.T + self.b)

    def gibbs(self, v, rng, n_steps=1, clamped=()):
        """The states (..., V) of chains n_steps after states or chances v.

        A step draws h given v, then v given h, by uniforms u (..., H) and u (..., V):
        1 where u is below the chance. Clamped units, named by number, stay as in v.
        """
        start = v = self.chances(v, "v", self.b)
        held, clamped = np.zeros(len(self.b), bool), as_array(clamped, "clamped")
        if clamped.size:
            held[check_classes(clamped, "clamped", len(self.b))] = True
        for _ in range(check_positive(n_steps, "n_steps")):
            h = draw(sigmoid(v @ self.W + self.c), rng)
            v = draw(sigmoid(h @ self.W.T + self.b), rng)
            v[..., held] = start[..., held]
        return v

    # -- energies and likelihood ---------------------------------------------------

    def energy(self, v, h):
        """E(v, h) of states v (..., V) and h (..., H): (...)."""
        v, h = self.states(v), check_states(h, "h", len(self.c), (0, 1))
        return -((v @ self.W + self.c) * h.astype(v.dtype)).sum(axis=-1) - v @ self.b

    def free_energy(self, v):
        """F(v) = -log Σ_h exp(-E(v, h)) of states v: (...); p(v) = exp(-F(v)) / Z.

        F(v) = -b v - Σ_j log(1 + exp(Σ_i v_i w_ij + c_j))
        """
        v = self.states(v)
        return -(v @ self.b) - softplus(v @ self.W + self.c).sum(axis=-1)

    def log_partition(self):
        """log Z = log Σ_v exp(-F(v)), exact."""
        return logsumexp(-self.smaller().free_energies())

    def log_likelihood(self, v, log_Z=None):
        """The mean of log p(v) = -F(v) - log Z over v (M, V).

        log Z is exact unless an estimate is given, such as that of ais.
        """
        F = self.free_energy(check_shape(as_array(v, "v"), "v", ("M", len(self.b))))
        return -F.mean() - (self.log_partition() if log_Z is None else log_Z)

    # -- slopes, and a large machine's log Z ---------------------------------------

    def gradient(self, v):
        """The slope of log_likelihood(v), exact: dW (V, H), db (V,), dc (H,).

        dW_ij = <v_i p(h_j = 1 | v)> of the data - <v_i h_j> of the machine
        db_i = <v_i> - <v_i>        dc_j = <p(h_j = 1 | v)> - <h_j>
        """
        v = rows(v, "v", self.b)
        data = moments(v, self.hidden(v), 1 / len(v))
        small = self.smaller()
        p, parts = softmax(-small.free_energies()), []
        for k, s in blocks(small.b):
            parts.append(moments(s, small.hidden(s), p[k, None]))
        vh, v_, h_ = (sum(part) for part in zip(*parts, strict=True))
        if small is not self:
            vh, v_, h_ = vh.T, h_, v_
        return data[0] - vh, data[1] - v_, data[2] - h_

    def cd(self, v, rng, k=1, chains=None):
        """A slope without Z: dW, db, dc, and states (C, V) where k Gibbs steps end.

        dW_ij = <v_i p(h_j = 1 | v)> of states or chances v (M, V) - that of the ends
        The C chains begin at v (contrastive divergence, Hinton 2002) or, if given, at
        states `chains`: fantasy particles, where they ended last (Younes 1989; Tieleman
        2008). Each step draws as gibbs does.
        """
        v = ends = rows(v, "v", self.b, chances=True)
        seen = p = sigmoid(v @ self.W + self.c)
        if chains is not None:
            ends = rows(chains, "chains", self.b)
            p = sigmoid(ends @ self.W + self.c)
        for _ in range(check_positive(k, "k")):
            ends = draw(sigmoid(draw(p, rng) @ self.W.T + self.b), rng)
            p = sigmoid(ends @ self.W + self.c)
        seen, p = seen / len(v), p / len(ends)
        dW = np.vstack((v, ends)).T @ np.vstack((seen, -p))  # quicker than two products
        db, dc = v.mean(axis=0) - ends.mean(axis=0), seen.sum(axis=0) - p.sum(axis=0)
        return dW, db, dc, ends

    def ais(self, rng, n_chains=100, n_temperatures=1000, base=None):
        """log Z and its standard error by annealed importance sampling (Neal 2001).

        Chains go from a machine with no weights and visible biases `base` (V,), b if
        none are given, through n_temperatures β from 0 to 1, x = v W + c, of
        p_β(v) ∝ f_β(v) = exp((1 - β) base v + β b v) Π_j (1 + exp(β x_j)).
        Z is Z_0 <w>; w multiplies f_β(v) / f_last β(v) on the way of a chain, where
        gibbs draws the next v at β (Salakhutdinov & Murray 2008).
        """
        if min(n_chains, n_temperatures) < 2:
            found = f"got {n_chains} and {n_temperatures}"
            raise ValueError(f"n_chains and n_temperatures must be 2 or more; {found}")
        base = biases(self.b if base is None else base, "base", self.b)
        log_Z_0 = softplus(base.astype(float)).sum() + len(self.c) * np.log(2)
        v = draw(np.tile(sigmoid(base), (n_chains, 1)), rng)
        log_w = np.full(n_chains, log_Z_0)
        for last, beta in pairwise(np.linspace(0, 1, n_temperatures).tolist()):
            x = v @ self.W + self.c
            log_w += (beta - last) * (v @ (self.b - base))
            log_w += (softplus(beta * x) - softplus(last * x)).sum(axis=1)
            z = beta * (draw(sigmoid(beta * x), rng) @ self.W.T)
            v = draw(sigmoid(z + (beta * self.b + (1 - beta) * base)), rng)
        w = np.exp(log_w - log_w.max())
        error = w.std(ddof=1) / w.mean() / np.sqrt(n_chains)
        return float(logsumexp(log_w) - np.log(n_chains)), float(error)

    # -- what comes in -------------------------------------------------------------

    def states(self, v, name="v"):
        """v in W's dtype, if it holds visible states (..., V)."""
        v = check_states(v, name, len(self.b), (0, 1))
        return v.astype(self.W.dtype, copy=False)

    def chances(self, x, name, bias):
        """x in W's dtype, if it holds states or chances of units of these biases."""
        return check_chances(x, name, len(bias)).astype(self.W.dtype, copy=False)

    def smaller(self):
        """The machine with its smaller layer first, if that can be summed over."""
        V, H = self.W.shape
        way = "estimate log Z with ais, and a slope with cd"
        n = min(V, H)
        check_terms(n, f"the smaller layer, {n} units,", way)
        return self if V <= H else RBM(self.W.T, self.c, self.b)

    def free_energies(self):
        """F of all visible states: (2**V,)."""
        return np.concatenate([self.free_energy(s) for _, s in blocks(self.b)])

    def __repr__(self):
        return f"RBM({len(self.b)} visible, {len(self.c)} hidden units)"


def base_rates(v):
    """Biases (V,) that turn units on as often as they are in v (M, V), by themselves.

    σ(b_i) = (Σ_m v_mi + ½) / (M + 1): never 0 or 1, so that b stays finite.
    """
    v = as_array(v, "v")
    v = check_chances(v, "v", check_shape(v, "v", ("M", "V")).shape[1])
    on = (v.sum(axis=0, dtype=float) + 0.5) / (len(v) + 1)
    return np.log(on / (1 - on))


def weights(W, name, shape):
    """A copy of W that holds finite floating-point numbers, if it has this shape."""
    return floats(check_finite(check_shape(as_array(W, name), name, shape), name))


def biases(b, name, like):
    """b in the shape and dtype of `like`, zeros if it is None."""
    b = np.zeros(len(like)) if b is None else as_array(b, name)
    return check_finite(check_shape(b, name, like.shape), name).astype(like.dtype)


def draw(p, rng):
    """States of units that are on with chances p, in p's dtype."""
    return (rng.random(p.shape, p.dtype) < p).astype(p.dtype)


def moments(v, h, weight):
    """Weighted sums over the rows of v and h: of v_i h_j (V, H), v_i and h_j."""
    return (weight * v).T @ h, (weight * v).sum(axis=0), (weight * h).sum(axis=0)
