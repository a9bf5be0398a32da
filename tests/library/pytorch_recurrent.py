"""PyTorch's own RNN, LSTM and GRU are ours; make test-backends runs this file.

Its name keeps it out of make test: PyTorch is not among what the course needs.
"""

import numpy as np
import pytest
import torch

from course_lib.recurrent import GRU, LSTM, RNN

ORDER = {RNN: [0], LSTM: [0, 1, 2, 3], GRU: [1, 0, 2]}  # PyTorch's gates: r, u, n


def copied(layer):
    """PyTorch's layer with our weights.

    They stand upright there, W.T and U.T, a GRU's reset gate in front, and every layer
    has two biases, where only a GRU needs them.
    """
    kind, (D, H) = type(layer), (len(layer.W), len(layer.U))
    theirs = getattr(torch.nn, kind.__name__)(D, H, batch_first=True)
    b = layer.b if kind is GRU else np.stack([layer.b, np.zeros_like(layer.b)])
    theirs = theirs.to(torch.from_numpy(layer.W).dtype)
    for p, ours in zip(theirs.parameters(), (layer.W, layer.U, *b), strict=True):
        p.data = torch.from_numpy(in_their_order(kind, ours, H))
    return theirs


def in_their_order(kind, a, H):
    gates = [a[..., k * H : (k + 1) * H] for k in ORDER[kind]]
    return np.concatenate(gates, axis=-1).T.copy()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("kind", ORDER)
def test_pytorchs_outputs_and_gradients_are_ours(kind, dtype):
    rng = np.random.default_rng(0)
    close = 1e-5 if dtype == "float32" else 1e-12
    layer = kind(3, 5, rng).astype(dtype)
    layer.b += rng.normal(size=layer.b.shape).astype(dtype)
    theirs = copied(layer)
    x, C = rng.normal(size=(4, 12, 3)), rng.normal(size=(4, 12, 5))
    x, C = x.astype(dtype), C.astype(dtype)
    x_there = torch.from_numpy(x).requires_grad_()
    y_there, _ = theirs(x_there)
    (y_there * torch.from_numpy(C)).sum().backward()
    assert np.abs(layer.forward(x) - y_there.detach().numpy()).max() < close
    assert np.abs(layer.backward(C) - x_there.grad.numpy()).max() < close
    db = layer.db if kind is GRU else (layer.db, layer.db)
    slopes = layer.dW, layer.dU, *db
    for p, ours in zip(theirs.parameters(), slopes, strict=True):
        difference = p.grad.numpy() - in_their_order(kind, ours, 5)
        assert np.abs(difference).max() < close * max(1, np.abs(ours).max())
