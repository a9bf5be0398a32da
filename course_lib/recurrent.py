"""Layers with a memory, RNN, LSTM and GRU, and their gradients through time.

Each takes sequences x (N, T, D) and gives its state h after every step, (N, T, H), or
with last=True after the last step only, (N, H). The state before the first step is 0.
W (D, G H), U (H, G H) and b (G H,) lie as in Keras: G blocks of H columns, one a gate.

backward walks from the last step to the first (back-propagation through time, Werbos
1990). With z_t = x_t W + b + h_t-1 U, what every step is made of, it leaves

dL/dW = Σ_t x_tᵀ dL/dz_t      dL/dU = Σ_t h_t-1ᵀ dL/dz_t      dL/db = Σ_tn dL/dz_tn

All three are one product where W, b and U stand below one another, in M: z_t = v_t M,
dL/dM = Σ_t v_tᵀ dL/dz_t, and each row of v_t is an x_t, a 1 and an h_t-1.
"""

import numpy as np

from course_lib.layers import Layer
from course_lib.maths import glorot, orthogonal
from course_lib.validation import as_array, check_finite, check_shape


class Recurrent(Layer):
    """One step, taken T times with the same W, U and b, from h_0 = 0.

    Arrays are kept with the steps first: v (T + 1, N, D + 1 + H); h, its last columns.
    A kind of it gives step(t, z, h), which is h_t, from the blocks z (G, N, H) of z_t
    and from h = h_t-1; and back(t, dh, dz), which fills the blocks dz with dL/dz_t and
    is what of dh = dL/dh_t reaches h_t-1 past z_t.
    """

    names = "W", "U", "b"
    n_gates = 1

    def __init__(self, n_in, n_out, rng, last=False):
        gates = range(self.n_gates)
        self.W = np.hstack([glorot(n_in, n_out, rng) for _ in gates])
        self.U = np.hstack([orthogonal(n_out, rng) for _ in gates])
        self.b, self.last = np.zeros(self.n_gates * n_out), last

    def forward(self, x, training=False):
        (D, _), H = self.W.shape, len(self.U)
        x = check_finite(check_shape(as_array(x, "x"), "x", ("N", "T", D)), "x")
        (N, T, _), M = x.shape, self.below_one_another()
        self.v = v = np.ones((T + 1, N, D + 1 + H), np.result_type(x, M))
        self.M, self.h = M, v[:, :, D + 1 :]
        v[:T, :, :D], self.h[0] = x.swapaxes(0, 1), 0
        self.begin(T, N, H)
        with np.errstate(over="ignore"):  # see sigmoid below
            for t in range(T):
                self.h[t + 1] = self.step(t, blocks(v[t] @ M, H), self.h[t])
        return self.h[-1] if self.last else self.h[1:].swapaxes(0, 1)

    def gradients(self, dy):
        (T, N, _), (D, _), H = self.h[1:].shape, self.W.shape, len(self.U)
        dz, U = np.empty((T, N, self.M.shape[1]), self.v.dtype), self.M[D + 1 :]
        dh = dy if self.last else 0
        for t in reversed(range(T)):
            dh = dh if self.last else dh + dy[:, t]
            dh = self.back(t, dh, blocks(dz[t], H)) + dz[t] @ U.T
        self.dz = dz
        self.apart(rows(self.v[:-1]).T @ rows(dz))

    def backward(self, dy):
        self.gradients(dy)
        return (self.dz @ self.M[: len(self.W)].T).swapaxes(0, 1)

    def below_one_another(self):
        """M (D + 1 + H, G H) of W, b and U."""
        return np.vstack([self.W, self.b, self.U])

    def apart(self, dM):
        """dW, db and dU of dM."""
        D = len(self.W)
        self.dW, self.db, self.dU = dM[:D], dM[D], dM[D + 1 :]

    def begin(self, T, N, H):
        """Make room for what the steps keep."""

    def __repr__(self):
        return f"{type(self).__name__}({len(self.W)} → {len(self.U)})"


class RNN(Recurrent):
    """h_t = tanh(z_t)      dL/dz_t = dL/dh_t (1 - h_t²)   (Elman 1990)"""

    def step(self, t, z, h):
        return np.tanh(z[0])

    def back(self, t, dh, dz):
        dz[0] = dh * (1 - self.h[t + 1] ** 2)
        return 0


class LSTM(Recurrent):
    """c_t = f c_t-1 + i g      h_t = o tanh(c_t)

    i, f, o = σ(z_t) and g = tanh(z_t) of its blocks, in Keras' order i, f, g, o
    (Hochreiter & Schmidhuber 1997; with the forget gate f of Gers et al. 2000). f's
    bias starts at 1, so that at first it keeps most (Jozefowicz et al. 2015).
    """

    n_gates = 4

    def __init__(self, n_in, n_out, rng, last=False):
        super().__init__(n_in, n_out, rng, last)
        self.b[n_out : 2 * n_out] = 1

    def begin(self, T, N, H):
        self.gates = np.empty((T, 4, N, H), self.v.dtype)
        self.c, self.tanh_c = np.zeros((2, T + 1, N, H), self.v.dtype)

    def step(self, t, z, h):
        i, f, g, o = self.gates[t]
        z[2] *= 2  # tanh(z) = 2 σ(2 z) - 1: one call for all gates is quicker
        sigmoid(z, out=self.gates[t])
        g *= 2
        g -= 1
        self.c[t + 1] = f * self.c[t] + i * g
        np.tanh(self.c[t + 1], out=self.tanh_c[t + 1])
        return o * self.tanh_c[t + 1]

    def gradients(self, dy):
        self.dc = 0  # no step follows the last
        super().gradients(dy)

    def back(self, t, dh, dz):
        i, f, g, o = self.gates[t]
        tanh_c = self.tanh_c[t + 1]
        dc = self.dc + dh * o * (1 - tanh_c**2)
        np.multiply(dc * g * i, 1 - i, out=dz[0])
        np.multiply(dc * self.c[t] * f, 1 - f, out=dz[1])
        np.multiply(dc * i, 1 - g**2, out=dz[2])
        np.multiply(dh * tanh_c * o, 1 - o, out=dz[3])
        self.dc = dc * f
        return 0


class GRU(Recurrent):
    """h_t = u h_t-1 + (1 - u) n      u, r = σ(z_t) of its first two blocks

    n = tanh(x_t W_n + b_n + r (h_t-1 U_n + b'_n)), or with reset_after=False
    n = tanh(x_t W_n + b_n + (r h_t-1) U_n), as in Cho et al. 2014

    The blocks are u, r, n (Keras: z, r, h). As there, reset_after=True has two rows of
    biases, b (2, 3 H): one beside W, one, b', beside U; else b is (3 H,).
    In M and z, x_t W_n + b_n is block 2, and h_t-1 U_n + b'_n a block of its own, 3.
    """

    n_gates = 3

    def __init__(self, n_in, n_out, rng, last=False, reset_after=True):
        super().__init__(n_in, n_out, rng, last)
        self.reset_after, H = reset_after, n_out
        self.b = np.zeros((2, 3 * H)) if reset_after else self.b
        self.of_U = np.r_[: 2 * H, 3 * H : 4 * H] if reset_after else np.r_[: 2 * H]

    def below_one_another(self):
        D, H, b = len(self.W), len(self.U), np.atleast_2d(self.b)
        M = np.zeros((D + 1 + H, (3 + self.reset_after) * H), self.W.dtype)
        M[:D, : 3 * H], M[D, : 3 * H] = self.W, b[0]
        M[D, self.of_U] += b[1] if self.reset_after else 0
        M[D + 1 :, self.of_U] = self.U[:, : len(self.of_U)]
        return M

    def apart(self, dM):
        D, H = len(self.W), len(self.U)
        super().apart(dM[:, : 3 * H])
        if self.reset_after:
            self.dU = dM[D + 1 :, self.of_U]
            self.db = np.stack([self.db, dM[D, self.of_U]])
        else:
            self.dU[:, 2 * H :] = rows(self.kept[:, 3]).T @ rows(self.dz[:, :, 2 * H :])

    def begin(self, T, N, H):
        self.kept = np.empty((T, 4, N, H), self.v.dtype)  # u, r, n, and s: see step
        self.U_n = self.U[:, 2 * H :]

    def step(self, t, z, h):
        u, r, n, s = self.kept[t]
        sigmoid(z[:2], out=self.kept[t, :2])
        if self.reset_after:
            s[:] = z[3]
            np.tanh(z[2] + r * s, out=n)
        else:
            s[:] = r * h
            np.tanh(z[2] + s @ self.U_n, out=n)
        return n + u * (h - n)

    def back(self, t, dh, dz):
        u, r, n, s = self.kept[t]
        h = self.h[t]
        np.multiply(dh * (h - n) * u, 1 - u, out=dz[0])
        dn = dh * (1 - u) * (1 - n**2)
        dz[2] = dn
        if self.reset_after:
            ds = dn * r
            dz[3] = ds
            np.multiply(ds * s, 1 - r, out=dz[1])
            return dh * u
        ds = dn @ self.U_n.T
        np.multiply(ds * h * r, 1 - r, out=dz[1])
        return dh * u + ds * r


def sigmoid(z, out):
    """σ(z) = 1 / (1 + exp(-z)), quicker than with tanh; 0 where exp is infinite."""
    np.exp(np.negative(z, out=out), out=out)
    out += 1
    np.reciprocal(out, out=out)


def rows(a):
    """All steps of all sequences below one another: (T, N, D) as (T N, D)."""
    return a.reshape(-1, a.shape[-1])


def blocks(z, H):
    """The block of each gate: (N, G H) seen as (G, N, H)."""
    return z.reshape(len(z), -1, H).swapaxes(0, 1)
