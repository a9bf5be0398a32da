"""Layers for images: convolution, which shares its weights, and pooling.

Images are channels last, (N, H, W, C), as in Keras. As in layers, backward takes dL/dy,
leaves the gradients of W and b in dW and db, and returns dL/dx.
"""

import math
from functools import reduce

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.layers import Layer
from course_lib.maths import glorot
from course_lib.validation import check_positive, check_shape

IMAGES = 64  # taken at a time, so that 10,000 of them need little more memory
WIDE = 48  # columns, from which on BLAS is quick at a product
ROWS = 128  # of two factors, which a processor's cache can hold


class Conv2D(Layer):
    """y[n,i,j,k] = b[k] + Σ_uvc x[n,i+u,j+v,c] W[u,v,c,k]   (LeCun et al. 1989)

    x (N, H, W, C), W (h, w, C, K), b (K,), y (N, H - h + 1, W - w + 1, K). With padding
    p, q there are first put p rows of zeros above and below x, q columns on its sides.

    dL/dW[u,v,c,k] = Σ_nij x[n,i+u,j+v,c] dL/dy[n,i,j,k]      dL/db = Σ_nij dL/dy[n,i,j]
    dL/dx[n,i,j,c] = Σ_uvk dL/dy[n,i-u,j-v,k] W[u,v,c,k]      (dL/dy is 0 outside)

    Window by window this is one matrix product, (windows, h w C) times (h w C, K). But
    that copies each number of x h w times, and BLAS is slow where K is small. So t
    outputs side by side are computed at once: the strip of x that they see, of
    h × (t + w - 1), times a matrix T that holds W t times, each one column further
    right, and else zeros. There is less to copy, and T has more columns.
    """

    names = "W", "b"

    def __init__(self, n_in, n_out, size, rng, init=glorot, padding=0):
        (h, w), self.padding = pair(size, "size", 1), pair(padding, "padding", 0)
        C, K = check_positive(n_in, "n_in"), check_positive(n_out, "n_out")
        W = init(h * w * C, h * w * K, rng)  # it counts the weights that meet at a unit
        self.W, self.b = W[:, :K].reshape(h, w, C, K), np.zeros(K)

    def forward(self, x, training=False):
        h, w, C, K = self.W.shape
        x = self.x = self.padded(check_shape(np.asarray(x), "x", ("N", "H", "W", C)))
        rows, columns = x.shape[1] - h + 1, x.shape[2] - w + 1
        most = min(WIDE // K, 2 * w)  # t above 2 w would bring too many zeros
        self.t = divisor(columns, most)
        T, b = self.shifted(), np.tile(self.b, self.t)
        y = np.empty((len(x), rows, columns, K), np.result_type(x, T))
        for some in blocks(x):
            y_some = y[some].reshape(-1, len(b))  # a view: these lines fill y
            strips = self.strips(x[some])
            np.matmul(strips, T, out=y_some)
            y_some += b
        self.seen = strips if len(x) <= IMAGES else None  # the way back needs them, too
        return y

    def gradients(self, dy):
        h, w, C, K = self.W.shape
        dT, db = 0, 0
        for some in blocks(dy):
            rows = dy[some].reshape(-1, self.t * K)
            strips = self.strips(self.x[some]) if self.seen is None else self.seen
            dT += product(strips, rows)
            db += np.ones(len(rows), dy.dtype) @ rows  # quicker than sum
        dT = dT.reshape(h, -1, C, self.t, K)
        self.dW = sum(dT[:, j : j + w, :, j] for j in range(self.t))
        self.db = db.reshape(self.t, K).sum(axis=0)

    def backward(self, dy):
        self.gradients(dy)
        (h, w, C, K), (_, rows, columns, _), t = self.W.shape, dy.shape, self.t
        T, dx = self.shifted(), np.zeros(self.x.shape, dy.dtype)
        for some in blocks(dy):
            strips = dy[some].reshape(-1, t * K) @ T.T
            strips = strips.reshape(-1, rows, columns // t, h, t + w - 1, C)
            for s, u in np.ndindex(columns // t, h):  # where strips overlap, they add
                at = np.s_[some, u : u + rows, s * t : s * t + t + w - 1]
                dx[at] += strips[:, :, s, u]
        p, q = self.padding
        return dx[:, p : dx.shape[1] - p, q : dx.shape[2] - q]

    def padded(self, x):
        """x with its zeros around it, if the kernel fits into that."""
        (h, w), (p, q) = self.W.shape[:2], self.padding
        if p or q:
            x = np.pad(x, ((0, 0), (p, p), (q, q), (0, 0)))
        if x.shape[1] < h or x.shape[2] < w:
            raise ValueError(
                f"x, with its padding, must be at least as large as the kernel, "
                f"{h} × {w}; it is {x.shape[1]} × {x.shape[2]}"
            )
        return x

    def strips(self, x):
        """What each t neighbours see of x: (strips, h (t + w - 1) C)."""
        size = len(self.W), self.t + self.W.shape[1] - 1
        windows = sliding_window_view(x, size, (1, 2))[:, :, :: self.t]
        windows = windows.transpose(0, 1, 2, 4, 5, 3)  # the channels were in front
        return windows.reshape(-1, size[0] * size[1] * x.shape[3])

    def shifted(self):
        """T (h (t + w - 1) C, t K): the kernel t times, each a column further right."""
        h, w, C, K = self.W.shape
        T = np.zeros((h, self.t + w - 1, C, self.t, K), self.W.dtype)
        for j in range(self.t):
            T[:, j : j + w, :, j] = self.W
        return T.reshape(-1, self.t * K)

    def __repr__(self):
        h, w, C, K = self.W.shape
        return f"Conv2D({C} → {K}, {h} × {w})"


class Pool2D(Layer):
    """Windows h × w lie side by side: x (N, H, W, C), y (N, H / h, W / w, C)."""

    def __init__(self, size=2):
        self.size = pair(size, "size", 1)

    def split(self, x):
        """The entries at each place in a window: (h w, N, H / h, W / w, C)."""
        x = check_shape(np.asarray(x), "x", ("N", "H", "W", "C"))
        (h, w), (N, H, W, C) = self.size, x.shape
        if H % h or W % w:
            raise ValueError(
                f"x must be covered by windows of {h} × {w}, side by side; "
                f"it is {H} × {W}"
            )
        parts = moved(x, (N, H // h, h, W // w, w), (2, 4, 0, 1, 3))
        return parts.reshape(h * w, N, H // h, W // w, C)

    def join(self, parts):
        """The images x (N, H, W, C) of which parts = split(x)."""
        (h, w), (_, N, rows, columns, C) = self.size, parts.shape
        x = moved(parts, (h, w, N, rows, columns), (2, 3, 0, 4, 1))
        return x.reshape(N, h * rows, w * columns, C)

    def __repr__(self):
        return f"{type(self).__name__}({self.size[0]} × {self.size[1]})"


class MaxPool2D(Pool2D):
    """y[n,i,j,c] = the largest entry of window (i, j) of x in channel c.

    dL/dx is dL/dy at the largest entry, at the first of them (row by row) where several
    are, as in TensorFlow, and 0 elsewhere.
    """

    def forward(self, x, training=False):
        self.x = self.split(x)
        self.y = reduce(np.maximum, self.x)
        return self.y

    def backward(self, dy):
        dx, left = np.empty(self.x.shape, dy.dtype), dy
        for x_here, dx_here in zip(self.x[:-1], dx[:-1], strict=True):
            np.multiply(x_here == self.y, left, out=dx_here)
            left = left - dx_here  # nothing is left for a second maximum
        dx[-1] = left
        return self.join(dx)


class AveragePool2D(Pool2D):
    """y[n,i,j,c] = the mean of window (i, j) of x in channel c.

    dL/dx is dL/dy / (h w) at each of its entries.
    """

    def forward(self, x, training=False):
        parts = 1.0 * self.split(x)  # whole numbers of 8 bits could overflow
        return reduce(np.add, parts) / math.prod(self.size)

    def backward(self, dy):
        h, w = self.size
        return (dy / (h * w)).repeat(h, axis=1).repeat(w, axis=2)


def pair(size, name, least):
    """(rows, columns) from two whole numbers, or from one for both."""
    two = (size, size) if np.ndim(size) == 0 else tuple(size)
    whole = all(isinstance(n, int | np.integer) for n in two)
    if not (whole and len(two) == 2 and min(two) >= least):
        raise ValueError(
            f"{name} must be a whole number, or two, of {least} or more; got {size!r}"
        )
    return two


def blocks(x):
    """Slices of a few images each, which together are all."""
    return [slice(k, k + IMAGES) for k in range(0, len(x), IMAGES)]


def divisor(n, most):
    """The largest divisor of n that is at most this large, or 1."""
    return max(k for k in range(1, max(most, 1) + 1) if n % k == 0)


def product(x, dy):
    """xᵀ dy of x (n, D) and dy (n, K), summed over groups of their many rows."""
    n = divisor(len(x), len(x) // ROWS)
    x, dy = x.reshape(n, -1, x.shape[1]), dy.reshape(n, -1, dy.shape[1])
    return np.matmul(x.transpose(0, 2, 1), dy).sum(axis=0)


def moved(x, shape, order):
    """The pixels of x (..., C) in this shape, then their axes in this order; a copy.

    All C numbers of a pixel are copied as one item, which is quicker.
    """
    pixel = np.dtype((np.void, x.shape[-1] * x.itemsize))
    pixels = np.ascontiguousarray(x).view(pixel).reshape(shape).transpose(order)
    return np.ascontiguousarray(pixels).view(x.dtype)
