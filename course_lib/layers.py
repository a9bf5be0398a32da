"""Layers with their gradients: forward computes, backward passes the blame on.

The first axis counts examples, the last a layer's inputs. L is the loss; backward takes
dL/dy of the layer's last output y, leaves the gradient of each parameter, say W, in dW,
and returns dL/dx.
"""

import numpy as np

from course_lib.maths import glorot, sigmoid
from course_lib.validation import (
    as_array,
    check_finite,
    check_last_axis,
    check_same_shape,
)


class Layer:
    """A differentiable function of a batch x (N, ...), and of its parameters."""

    names = ()  # of the parameters, e.g. ("W", "b")

    def forward(self, x, training=False):
        """y = f(x); keeps what backward needs. Dropout asks if this is training."""
        raise NotImplementedError

    def backward(self, dy):
        """dL/dx from dL/dy; leaves the gradients of the parameters behind."""
        raise NotImplementedError

    def gradients(self, dy):
        """As backward, where nobody asks for dL/dx: a first layer can save it."""
        self.backward(dy)

    def parameters(self):
        """Each parameter with its gradient: (W, dW), (b, db), ..."""
        for name in self.names:
            yield getattr(self, name), getattr(self, "d" + name, None)

    def astype(self, dtype):
        """The same layer with parameters of another dtype, e.g. "float32"."""
        for name in self.names:
            setattr(self, name, getattr(self, name).astype(dtype))
        return self

    def __repr__(self):
        return type(self).__name__


class Dense(Layer):
    """y = x W + b with x (N, D), W (D, K), b (K,).

    dL/dW = xᵀ dL/dy      dL/db = Σ_n dL/dy_n      dL/dx = dL/dy Wᵀ

    It acts on the last axis, as Keras' does: x may be (N, T, D), T steps of each of N
    sequences, or have more axes yet. Then n runs over all N T positions.
    """

    names = "W", "b"

    def __init__(self, n_in, n_out, rng, init=glorot):
        self.W, self.b = init(n_in, n_out, rng), np.zeros(n_out)

    def forward(self, x, training=False):
        self.x = check_last_axis(x, "x", len(self.W))
        return x @ self.W + self.b

    def gradients(self, dy):
        x, dy = self.x.reshape(-1, len(self.W)), dy.reshape(-1, len(self.b))
        self.dW = x.T @ dy
        self.db = dy.sum(axis=0)

    def backward(self, dy):
        self.gradients(dy)
        return dy @ self.W.T

    def __repr__(self):
        return f"Dense({len(self.W)} → {len(self.b)})"


class Sigmoid(Layer):
    """y = σ(x)      dL/dx = dL/dy y (1 - y)"""

    def forward(self, x, training=False):
        self.y = sigmoid(x)
        return self.y

    def backward(self, dy):
        return dy * self.y * (1 - self.y)


class Tanh(Layer):
    """y = tanh(x)      dL/dx = dL/dy (1 - y²)"""

    def forward(self, x, training=False):
        self.y = np.tanh(x)
        return self.y

    def backward(self, dy):
        return dy * (1 - self.y**2)


class ReLU(Layer):
    """y = max(x, 0)      dL/dx = dL/dy where x > 0, else 0 (also at the kink)."""

    def forward(self, x, training=False):
        self.y = np.maximum(x, 0)
        return self.y

    def backward(self, dy):
        return dy * (self.y > 0).astype(dy.dtype)


class Dropout(Layer):
    """In training each entry is 0 with probability p, else x / (1 - p); later y = x.

    The survivors are scaled in training ("inverted"), so that nothing changes later
    (Srivastava et al. 2014). Every forward draws anew.
    """

    def __init__(self, p, rng):
        if not 0 <= p < 1:
            raise ValueError(f"p must be at least 0 and below 1; got {p}")
        self.p, self.rng = p, rng

    def forward(self, x, training=False):
        self.mask = 1.0
        if training:
            kept = self.rng.random(x.shape) >= self.p
            self.mask = (kept / (1 - self.p)).astype(x.dtype)
        return x * self.mask

    def backward(self, dy):
        return dy * self.mask

    def __repr__(self):
        return f"Dropout({self.p})"


class Flatten(Layer):
    """Each example as one row: (N, ...) → (N, D)."""

    def forward(self, x, training=False):
        self.shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, dy):
        return dy.reshape(self.shape)


class Sequential(Layer):
    """One layer after the other; a net."""

    def __init__(self, *layers):
        for layer in layers:
            if not isinstance(layer, Layer):
                raise TypeError(f"layers must be layers; got {layer!r}")
        self.layers = layers

    def forward(self, x, training=False):
        x = check_finite(as_array(x, "x"), "x")
        if x.ndim < 2 or len(x) == 0:
            raise ValueError(
                "x must be a batch, its rows the examples, (N, ...) with N ≥ 1; "
                f"it has shape {x.shape}"
            )
        for layer in self.layers:
            x = layer.forward(x, training)
        return x

    def backward(self, dy):
        for layer in reversed(self.layers):
            dy = layer.backward(dy)
        return dy

    def gradients(self, dy):
        first, *others = self.layers
        for layer in reversed(others):
            dy = layer.backward(dy)
        first.gradients(dy)

    def predict(self, x):
        """The most probable class at each position; with one output, z > 0."""
        z = self.forward(x)  # (..., K) -> (...)
        return (z[..., 0] > 0).astype(int) if z.shape[-1] == 1 else z.argmax(axis=-1)

    def parameters(self):
        for layer in self.layers:
            yield from layer.parameters()

    @property
    def n_parameters(self):
        return sum(p.size for p, _ in self.parameters())

    def astype(self, dtype):
        for layer in self.layers:
            layer.astype(dtype)
        return self

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(map(repr, self.layers))})"


class Residual(Sequential):
    """y = x + F(x), where F is these layers in a row (He et al. 2016).

    dL/dx = dL/dy + (dL/dx through F)
    """

    def forward(self, x, training=False):
        return x + check_same_shape(super().forward(x, training), "F(x)", x, "x")

    def backward(self, dy):
        return dy + super().backward(dy)

    def gradients(self, dy):
        self.backward(dy)
