"""Float32 in full, and float64 where a backend has it.

make test runs this file on TensorFlow, make test-backends on JAX and PyTorch as well.
"""

import sys
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest

from course_lib import conv, keras_tools, layers, recurrent


@pytest.fixture(scope="module")
def keras():
    return keras_tools.load()


def asked_of_tensorflow(tensorflow):
    return [not tensorflow.config.experimental.tensor_float_32_execution_enabled()]


def asked_of_jax(jax):
    ops, x = keras_tools.load().ops, np.ones((2, 2, 2, 2), "float32")
    return ["HIGHEST" in str(jax.make_jaxpr(f)(x, x)) for f in (ops.matmul, ops.conv)]


def asked_of_torch(torch):
    cuda, cudnn = torch.backends.cuda, torch.backends.cudnn
    parts = cuda.matmul, cudnn.conv, cudnn.rnn
    return [part.fp32_precision == "ieee" for part in parts]


def asked():
    """Of each kind of product: whether the running backend is asked for it in full."""
    backend = keras_tools.load().config.backend()
    return globals()[f"asked_of_{backend}"](import_module(backend))


# -- on the backend that runs --------------------------------------------------


def test_products_are_asked_for_in_full_while_it_lasts(keras):
    before = asked()
    with keras_tools.full_precision():
        assert all(asked())
        with keras_tools.full_precision():
            pass
        assert all(asked()), "the inner one puts back what it found"
    assert asked() == before and not all(before)


def test_an_error_within_leaves_the_default_as_it_was(keras):
    before = asked()
    with pytest.raises(KeyError), keras_tools.full_precision():
        raise KeyError
    assert asked() == before


def test_a_dense_layer_is_as_exact_as_its_docstring_says(keras, rng):
    W, b, X = rng.normal(size=(30, 5)), rng.normal(size=5), rng.normal(size=(40, 30))
    layer = keras_tools.dense(W, b)
    y = keras.ops.convert_to_numpy(layer(X))
    error = np.abs(y - (X @ W + b)).max()
    if keras.config.backend() == "tensorflow":
        assert layer.dtype == y.dtype == "float64" and error < 1e-13
    else:
        assert layer.dtype == y.dtype == "float32" and 1e-13 < error < 1e-5


def test_a_dense_layer_asks_for_its_product_in_full(keras, rng):
    seen = []

    def look(z):
        seen.append(asked())
        return z

    layer = keras_tools.dense(rng.normal(size=(3, 2)), np.zeros(2), activation=look)
    layer(rng.normal(size=(4, 3)))
    assert seen and all(map(all, seen))
    assert not all(asked())


def test_convolutions_and_products_of_float32_are_ours(keras, rng):
    parts = conv.Conv2D(2, 3, (2, 3), rng), layers.ReLU(), layers.Flatten()
    ours = layers.Sequential(*parts, layers.Dense(5 * 4 * 3, 2, rng))
    same = [keras.layers.Conv2D(3, (2, 3), activation="relu"), keras.layers.Flatten()]
    model = keras.Sequential([keras.Input((6, 6, 2)), *same, keras.layers.Dense(2)])
    keras_tools.copy_weights(ours, model)
    X = rng.normal(size=(4, 6, 6, 2))
    with keras_tools.full_precision():
        difference = model.predict(X, verbose=0) - ours.forward(X)
    assert np.abs(difference).max() < 1e-5


@pytest.mark.parametrize(
    "name, how",
    [("RNN", {}), ("LSTM", {}), ("GRU", {}), ("GRU", {"reset_after": False})],
)
def test_recurrent_layers_of_float32_are_ours(name, how, keras, rng):
    ours = getattr(recurrent, name)(3, 6, rng, **how)
    ours.b += rng.normal(size=ours.b.shape)
    kind = getattr(keras.layers, name.replace("RNN", "SimpleRNN"))
    model = keras.Sequential(
        [keras.Input((9, 3)), kind(6, return_sequences=True, **how)]
    )
    keras_tools.copy_weights(ours, model)
    X = rng.normal(size=(4, 9, 3))
    with keras_tools.full_precision():
        difference = model.predict(X, verbose=0) - ours.forward(X)
    assert np.abs(difference).max() < 1e-5


# -- on backends that are not here ---------------------------------------------


@pytest.fixture
def stand_in(keras, monkeypatch):
    """Let a made-up library be the backend, and the only one that can be imported."""

    def put(name, library):
        for other in ("tensorflow", "jax", "torch"):
            monkeypatch.setitem(sys.modules, other, library if other == name else None)
        monkeypatch.setattr(keras.config, "backend", lambda: name)

    return put


def test_jax_is_asked_for_the_highest_precision(stand_in):
    log = []

    @contextmanager
    def default_matmul_precision(name):
        log.append(name)
        yield
        log.append("as before")

    stand_in("jax", SimpleNamespace(default_matmul_precision=default_matmul_precision))
    with keras_tools.full_precision():
        assert log == ["highest"]
    assert log == ["highest", "as before"]


class Part:
    """A part of torch.backends: it has one setting, and takes no other."""

    __slots__ = ("fp32_precision",)

    def __init__(self, precision):
        self.fp32_precision = precision


def test_pytorch_is_asked_for_products_as_ieee_754_has_them(stand_in):
    parts = [Part("tf32"), Part("tf32"), Part("none")]
    cuda = SimpleNamespace(matmul=parts[0])
    cudnn = SimpleNamespace(conv=parts[1], rnn=parts[2])
    stand_in("torch", SimpleNamespace(backends=SimpleNamespace(cuda=cuda, cudnn=cudnn)))
    with keras_tools.full_precision():
        assert [part.fp32_precision for part in parts] == ["ieee"] * 3
    assert [part.fp32_precision for part in parts] == ["tf32", "tf32", "none"]


def test_tensorflow_is_told_to_leave_tf32(stand_in):
    log = [True]
    tf32 = SimpleNamespace(
        tensor_float_32_execution_enabled=lambda: log[-1],
        enable_tensor_float_32_execution=log.append,
    )
    config = SimpleNamespace(experimental=tf32)
    stand_in("tensorflow", SimpleNamespace(config=config))
    with keras_tools.full_precision():
        assert log == [True, False]
    assert log == [True, False, True]
