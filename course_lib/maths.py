"""The functions every network is made of, and losses with their gradients."""

import numpy as np


def sigmoid(z):
    """σ(z) = 1 / (1 + exp(-z)), written with tanh so that it never overflows."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))


def log_loss(z, y):
    """Mean log-loss of the logits z (N,) for 0/1 labels y, and its gradient by z.

    loss = mean(log(1 + exp(z)) - y z)      dloss/dz = (σ(z) - y) / N
    No logarithm of a probability is taken, so a sure and wrong z gives a finite loss.
    """
    z, y = np.asarray(z, dtype=float), np.asarray(y)
    if z.shape != y.shape:
        raise ValueError(
            f"z and y must have the same shape; z has {z.shape}, y has {y.shape}"
        )
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"y must hold labels 0 and 1; it holds {np.unique(y)[:5]}")
    return np.mean(np.logaddexp(0, z) - y * z), (sigmoid(z) - y) / z.size
