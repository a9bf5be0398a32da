"""Gradients by central differences, to hold those of backward against."""

import numpy as np

from course_lib.validation import check_finite


def numerical_gradient(f, x, h=1e-5):
    """∂f/∂x_k ≈ (f(x + h e_k) - f(x - h e_k)) / 2h for each entry of the array x.

    f takes nothing and looks at x itself, which is changed in place and put back.
    """
    if x.dtype != np.float64:
        raise ValueError(f"x must be float64, or rounding drowns h; it is {x.dtype}")
    gradient = np.empty_like(x)
    for k in np.ndindex(x.shape):
        old = x[k]
        try:
            x[k] = old + h
            above = f()
            x[k] = old - h
            gradient[k] = (above - f()) / (2 * h)
        finally:
            x[k] = old
    return gradient


def relative_error(g, expected):
    """‖g - expected‖ / (‖g‖ + ‖expected‖), and 0 where both vanish."""
    total = np.linalg.norm(g) + np.linalg.norm(expected)
    return float(np.linalg.norm(np.subtract(g, expected)) / total) if total else 0.0


def gradient_errors(net, x, y, loss):
    """The relative error of each gradient of the net: {"x": …, "Dense 1 W": …, …}."""
    x = check_finite(np.array(x, dtype=float), "x")

    def value():
        return loss(net.forward(x), y)[0]

    dx = net.backward(loss(net.forward(x), y)[1])
    arrays = {"x": (x, dx)} | {name: (p, g.copy()) for name, p, g in named(net)}
    return {
        name: relative_error(g, numerical_gradient(value, p))
        for name, (p, g) in arrays.items()
    }


def named(layer, name=""):
    """Each parameter of a layer, or of the layers in it, as (name, array, gradient)."""
    for k, part in enumerate(getattr(layer, "layers", ()), start=1):
        yield from named(part, f"{name}{type(part).__name__} {k} ")
    if not hasattr(layer, "layers"):
        for letter, (p, g) in zip(layer.names, layer.parameters(), strict=True):
            yield name + letter, p, g
