"""Layers with a memory, RNN, LSTM and GRU, and their gradients through time.

Each takes sequences x (N, T, D) and gives its state h after every step, (N, T, H), or
with last=True after the last step only, (N, H). The state before the first step is 0.
W (D, G H), U (H, G H) and b (G H,) lie as in Keras: G blocks of H columns, one a gate.

backward walks from the last step to the first (back-propagation through time, Werbos
1990). With z_t = x_t W + h_t-1 U + b, what every step is made of, it leaves

dL/dW = Σ_t x_tᵀ dL/dz_t      dL/dU = Σ_t h_t-1ᵀ dL/dz_t      dL/db = Σ_tn dL/dz_tn
"""

import numpy as np

from course_lib.layers import Layer
from course_lib.maths import glorot, orthogonal, sigmoid
from course_lib.validation import as_array, check_finite, check_shape


class Recurrent(Layer):
    """One step, taken T times with the same W, U and b, from h_0 = 0.

    Arrays are kept with the steps first: x (T, N, D), z (T, N, G H), h (T + 1, N, H).
    """

    names = "W", "U", "b"
    n_gates = 1

    def __init__(self, n_in, n_out, rng, last=False):
        gates = range(self.n_gates)
        self.W = np.hstack([glorot(n_in, n_out, rng) for _ in gates])
        self.U = np.hstack([orthogonal(n_out, rng) for _ in gates])
        self.b, self.last = np.zeros(self.n_gates * n_out), last

    def forward(self, x, training=False):
        x = check_shape(as_array(x, "x"), "x", ("N", "T", len(self.W)))
        self.x = np.ascontiguousarray(check_finite(x, "x").swapaxes(0, 1))
        self.z = self.inputs()
        T, N, _ = self.z.shape
        self.h = np.zeros((T + 1, N, len(self.U)), self.z.dtype)
        self.begin(T, N, len(self.U))
        for t in range(T):
            self.h[t + 1] = self.step(t, self.h[t])
        return self.h[-1] if self.last else self.h[1:].swapaxes(0, 1)

    def gradients(self, dy):
        self.dz = np.empty_like(self.z)
        dh = dy if self.last else 0
        for t in reversed(range(len(self.z))):
            dh = self.back(t, dh if self.last else dh + dy[:, t])
        self.sums(rows(self.h[:-1]), rows(self.dz))

    def backward(self, dy):
        self.gradients(dy)
        return (self.dz @ self.W.T).swapaxes(0, 1)

    def inputs(self):
        """z before the steps: x_t W + b of all at once."""
        return self.x @ self.W + self.b

    def begin(self, T, N, H):
        """Make room for what the steps keep."""

    def step(self, t, h):
        """h_t from h = h_t-1 and z[t]."""
        raise NotImplementedError

    def back(self, t, dh):
        """dL/dh_t-1 from dh = dL/dh_t; fills dz[t]."""
        raise NotImplementedError

    def sums(self, h, dz):
        """dW, dU and db from h_t-1 (T N, H) and dz_t (T N, G H) of all steps."""
        self.dW, self.dU, self.db = rows(self.x).T @ dz, h.T @ dz, dz.sum(axis=0)

    def __repr__(self):
        return f"{type(self).__name__}({len(self.W)} → {len(self.U)})"


class RNN(Recurrent):
    """h_t = tanh(z_t)   (Elman 1990; Keras' SimpleRNN)

    dL/dz_t = dL/dh_t (1 - h_t²)      to dL/dh_t-1 comes dL/dz_t Uᵀ
    """

    def step(self, t, h):
        return np.tanh(self.z[t] + h @ self.U)

    def back(self, t, dh):
        self.dz[t] = dh * (1 - self.h[t + 1] ** 2)
        return self.dz[t] @ self.U.T


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
        dtype = self.z.dtype
        self.c, self.tanh_c = np.zeros_like(self.h), np.empty((T, N, H), dtype)
        self.gates = np.empty((T, 4, N, H), dtype)
        self.s = np.array([0.5, 0.5, 1, 0.5], dtype)[:, None, None]

    def step(self, t, h):
        i, f, g, o = gates = self.gates[t]
        np.multiply(self.s, blocks(self.z[t] + h @ self.U, 4), out=gates)
        np.tanh(gates, out=gates)  # s tanh(s z) + 1 - s is σ(z) if s = 1/2
        gates *= self.s
        gates += 1 - self.s
        self.c[t + 1] = f * self.c[t] + i * g
        np.tanh(self.c[t + 1], out=self.tanh_c[t])
        return o * self.tanh_c[t]

    def gradients(self, dy):
        self.dc = 0  # no step follows the last
        super().gradients(dy)

    def back(self, t, dh):
        i, f, g, o = self.gates[t]
        di, df, dg, do = blocks(self.dz[t], 4)
        tanh_c = self.tanh_c[t]
        dc = self.dc + dh * o * (1 - tanh_c**2)
        np.multiply(dc * g * i, 1 - i, out=di)
        np.multiply(dc * self.c[t] * f, 1 - f, out=df)
        np.multiply(dc * i, 1 - g**2, out=dg)
        np.multiply(dh * tanh_c * o, 1 - o, out=do)
        self.dc = dc * f
        return self.dz[t] @ self.U.T


class GRU(Recurrent):
    """h_t = u h_t-1 + (1 - u) n      u, r = σ(z_t) of its first two blocks

    n = tanh(x_t W_n + b_n + r (h_t-1 U_n + b'_n)), or with reset_after=False
    n = tanh(x_t W_n + b_n + (r h_t-1) U_n), as in Cho et al. 2014

    The blocks are u, r, n (Keras: z, r, h). As there, reset_after=True has two rows of
    biases, b (2, 3 H): one beside W, one, b', beside U; else b is (3 H,).
    """

    n_gates = 3

    def __init__(self, n_in, n_out, rng, last=False, reset_after=True):
        super().__init__(n_in, n_out, rng, last)
        self.reset_after = reset_after
        if reset_after:
            self.b = np.zeros((2, 3 * n_out))

    def inputs(self):
        b = self.b
        if self.reset_after:  # the last block of b' waits for r
            b = b[0] + b[1] * (np.arange(b.shape[1]) < 2 * len(self.U))
        return self.x @ self.W + b

    def begin(self, T, N, H):
        self.U_ur, self.U_n = self.U[:, : 2 * H], self.U[:, 2 * H :]
        self.gates = np.empty((T, 3, N, H), self.z.dtype)
        self.s = np.empty_like(self.gates[:, 0])  # h_t-1 U_n + b'_n, or r h_t-1
        self.ds = np.empty_like(self.s)

    def step(self, t, h):
        z, gates, s = blocks(self.z[t], 3), self.gates[t], self.s[t]
        gates[:2] = sigmoid(z[:2] + blocks(h @ self.U_ur, 2))
        u, r, n = gates
        if self.reset_after:
            s[:] = h @ self.U_n + self.b[1, -len(self.U) :]
            n[:] = np.tanh(z[2] + r * s)
        else:
            s[:] = r * h
            n[:] = np.tanh(z[2] + s @ self.U_n)
        return n + u * (h - n)

    def back(self, t, dh):
        u, r, n = self.gates[t]
        du, dr, dn = blocks(self.dz[t], 3)
        h, s, ds = self.h[t], self.s[t], self.ds[t]
        np.multiply(dh * (1 - u), 1 - n**2, out=dn)
        np.multiply(dh * (h - n) * u, 1 - u, out=du)
        if self.reset_after:
            np.multiply(dn, r, out=ds)
            np.multiply(dn * s * r, 1 - r, out=dr)
            through_n = ds @ self.U_n.T
        else:
            np.matmul(dn, self.U_n.T, out=ds)
            np.multiply(ds * h * r, 1 - r, out=dr)
            through_n = ds * r
        return dh * u + through_n + self.dz[t, :, : 2 * len(self.U)] @ self.U_ur.T

    def sums(self, h, dz):
        dz_ur, dz_n, ds = *np.split(dz, [2 * len(self.U)], axis=1), rows(self.ds)
        dU_n = h.T @ ds if self.reset_after else rows(self.s).T @ dz_n
        self.dU = np.hstack([h.T @ dz_ur, dU_n])
        self.dW, self.db = rows(self.x).T @ dz, dz.sum(axis=0)
        if self.reset_after:
            db_after = np.append(dz_ur.sum(axis=0), ds.sum(axis=0))
            self.db = np.stack([self.db, db_after])


def rows(a):
    """All steps of all sequences below one another: (T, N, D) as (T N, D)."""
    return a.reshape(-1, a.shape[-1])


def blocks(z, n_gates):
    """The block of each gate: (N, G H) seen as (G, N, H)."""
    return z.reshape(len(z), n_gates, -1).swapaxes(0, 1)
