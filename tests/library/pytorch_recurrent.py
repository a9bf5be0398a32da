"""PyTorch's own RNN, LSTM and GRU: ours, and where they differ from Keras'.

make test-backends runs this file, on PyTorch. Its name keeps it out of make test:
PyTorch is not among what the course needs. Seen with PyTorch 2.13.0, Keras 3.15.1.
"""

import numpy as np
import pytest
import torch
from torch.nn.utils import rnn

from course_lib import keras_tools
from course_lib.classroom import ROOT
from course_lib.classroom.exercises import reference
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


def test_a_gru_whose_gates_are_left_in_keras_order_is_another_there():
    rng = np.random.default_rng(0)
    layer, x = GRU(3, 5, rng), rng.normal(size=(4, 12, 3))
    layer.W, layer.U = 2 * layer.W, 2 * layer.U
    theirs = copied(layer)
    for p in theirs.parameters():
        r, z, n = np.split(p.data.numpy(), 3)
        p.data = torch.from_numpy(np.concatenate([z, r, n]))
    y_there = theirs(torch.from_numpy(x))[0].detach().numpy()
    assert np.abs(layer.forward(x) - y_there).max() > 0.1


def test_exercise_12_takes_a_keras_gru_to_pytorch():
    rng, keras = np.random.default_rng(0), keras_tools.load()
    x = rng.normal(size=(4, 12, 3)).astype("float32")
    layer = keras.layers.GRU(5, return_sequences=True)
    layer.build(x.shape)
    layer.set_weights([rng.normal(size=w.shape) for w in layer.get_weights()])
    path = ROOT / "solutions" / "12_lstm" / "12_lstm.ipynb"
    theirs = of_pytorch(GRU, 3, 5)
    for name, a in reference(path)["to_pytorch"](layer.get_weights()).items():
        p = getattr(theirs, f"{name}_l0")
        assert p.shape == a.shape
        p.data = torch.from_numpy(np.ascontiguousarray(a))
    y_there = theirs(torch.from_numpy(x))[0].detach().numpy()
    assert np.abs(keras.ops.convert_to_numpy(layer(x)) - y_there).max() < 1e-5


# -- how they start ------------------------------------------------------------


def of_pytorch(kind, *sizes, **how):
    return getattr(torch.nn, kind.__name__)(*sizes, batch_first=True, **how)


def test_every_gate_has_two_biases_so_that_a_gru_has_3_4_of_an_lstm():
    parts = [of_pytorch(kind, 10, 20) for kind in (RNN, LSTM, GRU)]
    sizes = [sum(p.numel() for p in layer.parameters()) for layer in parts]
    assert sizes == [640, 2560, 1920]


@pytest.mark.parametrize("seed", range(3))
def test_the_forget_bias_starts_anywhere_about_0_and_not_at_1(seed):
    torch.manual_seed(seed)
    layer = torch.nn.LSTM(8, 64)
    f = (layer.bias_ih_l0 + layer.bias_hh_l0)[64:128].detach().numpy()
    assert abs(f.mean()) < 0.05 and abs(f.std() - 0.102) < 0.03
    assert np.abs(f).max() <= 2 / 8, "each of the two is within 1 / √H"


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", ORDER)
def test_every_recurrent_matrix_starts_with_a_radius_of_about_0_6(kind, seed):
    torch.manual_seed(seed)
    U = of_pytorch(kind, 8, 64).weight_hh_l0.detach().numpy()
    for gate in np.split(U, len(U) // 64):
        sizes = np.linalg.svd(gate, compute_uv=False)
        assert abs(np.abs(np.linalg.eigvals(gate)).max() - 0.6) < 0.15
        assert sizes.min() < 0.1 and abs(sizes.max() - 1.12) < 0.1


# -- padding, reading backwards, and Keras on PyTorch ----------------------------------


@pytest.mark.parametrize("kind", ORDER)
def test_a_packed_sequence_is_filled_with_zeros_where_keras_repeats(kind):
    torch.manual_seed(0)
    layer, x = of_pytorch(kind, 2, 3), torch.randn(1, 4, 2)
    y, _ = layer(rnn.pack_padded_sequence(x, [2], batch_first=True))
    y, _ = rnn.pad_packed_sequence(y, batch_first=True, total_length=4)
    assert torch.allclose(y[:, :2], layer(x[:, :2])[0], atol=1e-6)
    assert not y[:, 2:].any()


@pytest.mark.parametrize("kind", ORDER)
def test_at_the_last_step_the_backward_half_has_read_that_step_only(kind):
    torch.manual_seed(0)
    both, x = of_pytorch(kind, 2, 3, bidirectional=True), torch.randn(1, 4, 2)
    (y, _), (last, _) = both(x), both(x[:, -1:])
    assert torch.allclose(y[:, -1, 3:], last[:, 0, 3:], atol=1e-6)
    assert not torch.allclose(y[:, -1, :3], last[:, 0, :3], atol=1e-3)


@pytest.mark.parametrize("kind", ["GRU", "LSTM"])
def test_keras_fit_of_a_stateful_layer_stops_unless_the_plain_loop_is_asked_for(kind):
    keras = keras_tools.load()
    assert keras.config.backend() == "torch"
    batch = np.random.default_rng(0).normal(size=(2, 4, 1)).astype("float32")

    def fit(**how):
        layer = getattr(keras.layers, kind)(3, stateful=True, **how)
        model = keras.Sequential([keras.Input(batch_shape=(2, 4, 1)), layer])
        model.compile("sgd", "mse")
        model.fit(batch, np.zeros((2, 3)), batch_size=2, verbose=0)

    fit(use_cudnn=False)
    with pytest.raises(RuntimeError, match="an inplace operation"):
        fit()
