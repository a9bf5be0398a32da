"""The functions every network is made of, and losses with their gradients."""

import numpy as np

from course_lib.validation import (
    check_classes,
    check_finite,
    check_labels,
    check_last_axis,
    check_positive,
    check_same_shape,
    check_shape,
)


def sigmoid(z):
    """σ(z) = 1 / (1 + exp(-z)), written with tanh so that it never overflows."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))


def softplus(z):
    """log(1 + exp(z)) without overflow; in NumPy log is much quicker than log1p."""
    return np.maximum(z, 0) + np.log(1 + np.exp(-np.abs(z)))


def logsumexp(z):
    """log Σ_k exp(z_k) over the last axis; the largest is taken out: no overflow."""
    top = np.max(z, axis=-1, keepdims=True)
    return np.log(np.exp(z - top).sum(axis=-1)) + top[..., 0]


def softmax(z):
    """exp(z_k) / Σ_j exp(z_j) over the last axis; with the largest taken out first."""
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def one_hot(y, n_classes):
    """Labels y (N,) of 0 to n_classes - 1 as rows with a single 1: (N, n_classes)."""
    return np.eye(n_classes)[check_classes(check_shape(y, "y", ("N",)), "y", n_classes)]


# -- weights at the start ------------------------------------------------------


def glorot(n_in, n_out, rng):
    """Uniform, variance 2 / (n_in + n_out): (n_in, n_out) (Glorot & Bengio 2010)."""
    limit = np.sqrt(6 / (check_positive(n_in, "n_in") + check_positive(n_out, "n_out")))
    return rng.uniform(-limit, limit, (n_in, n_out))


def he(n_in, n_out, rng):
    """Normal with variance 2 / n_in, for ReLU: (n_in, n_out) (He et al. 2015)."""
    return rng.normal(0, np.sqrt(2 / check_positive(n_in, "n_in")), (n_in, n_out))


def orthogonal(n, rng):
    """A matrix (n, n) that keeps every length, uniform among these (Mezzadri 2007)."""
    Q, R = np.linalg.qr(rng.normal(size=(n, n)))
    return Q * np.sign(np.diag(R))


# -- losses: the mean over all positions, examples or steps, and its gradient -----


def log_loss(z, y):
    """Mean log-loss of logits z for labels y of 0 and 1, both of one (any) shape.

    loss = mean(log(1 + exp(z)) - y z)      dloss/dz = (σ(z) - y) / z.size
    No logarithm of a probability is taken, so a sure and wrong z gives a finite loss.
    """
    z, y = _float(z), np.asarray(y)
    check_finite(check_same_shape(z, "z", y, "y"), "z")
    y = check_labels(y, "y", (0, 1)).astype(z.dtype)
    return np.mean(np.logaddexp(0, z) - y * z), (sigmoid(z) - y) / z.size


def cross_entropy(z, y):
    """Mean cross-entropy of logits z (..., K) for labels y (...) of 0 to K - 1.

    loss = mean(logsumexp(z) - z_y)         dloss/dz = (softmax(z) - one_hot(y)) / N
    N counts all positions: the examples of z (N, K), the steps of all of z (N, T, K).
    """
    z = check_finite(check_last_axis(_float(z), "z", "K"), "z")
    *positions, K = z.shape
    y = check_classes(check_shape(y, "y", tuple(positions)), "y", K)
    z = np.asfortranarray(z)  # NumPy is quicker at sums over an axis that is not last
    z = z - z.max(axis=-1, keepdims=True)  # no overflow, and the same loss
    e = np.exp(z)
    total = e.sum(axis=-1, keepdims=True)
    softmax_z = e / total
    one_hot_y = np.asfortranarray(y[..., None] == np.arange(K), z.dtype)
    loss = (np.log(total).sum() - (z * one_hot_y).sum()) / y.size
    return loss, (softmax_z - one_hot_y) / y.size


def squared_error(y_hat, y):
    """Mean squared error of outputs y_hat for targets y, both of one (any) shape.

    loss = mean((ŷ - y)²)                   dloss/dŷ = 2 (ŷ - y) / y.size
    """
    y_hat, y = _float(y_hat), np.asarray(y)
    check_finite(check_same_shape(y_hat, "y_hat", y, "y"), "y_hat")
    error = y_hat - check_finite(y, "y").astype(y_hat.dtype)
    return np.mean(error**2), 2 / error.size * error


def _float(z):
    """z as an array of floating-point numbers; float32 stays float32."""
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(float)
