"""Keras without its chatter, and Keras against our own NumPy."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from course_lib import conv, keras_tools, layers
from course_lib.maths import log_loss
from course_lib.neurons import LogisticUnit, Perceptron

pytestmark = pytest.mark.slow  # TensorFlow starts in five seconds


@pytest.fixture(scope="module")
def keras():
    with keras_tools.full_precision():
        yield keras_tools.load()


@pytest.fixture(scope="module")
def tf(keras):
    return keras_tools.load("tensorflow")[1]


@pytest.fixture
def batch(rng):
    """X (20, 4) and labels y (20,)."""
    return rng.normal(size=(20, 4)), rng.integers(0, 2, 20)


# -- quiet ---------------------------------------------------------------------


def test_loading_keras_writes_nothing_to_the_error_stream():
    code = "from course_lib import keras_tools; print(keras_tools.load().__name__)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.returncode, run.stdout.strip()) == (0, "keras")
    assert run.stderr == ""


def test_an_import_that_fails_shows_what_was_held_back(
    keras, capfd, tmp_path, monkeypatch
):
    text = "import os; os.write(2, b'a library is missing'); raise ImportError('no')"
    (tmp_path / "broken_module.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ImportError, match="no"):
        keras_tools.load("broken_module")
    assert "a library is missing" in capfd.readouterr().err


def test_quiet_holds_back_native_text_only_while_it_lasts(capfd):
    with keras_tools.quiet():
        os.write(2, b"chatter")
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"


def test_load_returns_keras_alone_or_with_what_was_asked_for(keras):
    assert keras.__name__ == "keras"
    both = keras_tools.load("json")
    assert [module.__name__ for module in both] == ["keras", "json"]


# -- the same neuron twice -----------------------------------------------------


@pytest.mark.parametrize(
    "W, b",
    [
        ([1.0, -2, 3], 0.5),
        ([[1.0], [-2], [3]], [0.5]),
        ([[1.0, 4], [-2, 5], [3, 6]], [0.5, -7]),
    ],
)
def test_dense_computes_x_w_plus_b_and_gives_the_weights_back(W, b, rng):
    X = rng.normal(size=(5, 3))
    W_2d, b_1d = np.reshape(W, (3, -1)), np.ravel(b)
    layer = keras_tools.dense(W, b)
    assert np.allclose(layer(X), X @ W_2d + b_1d, rtol=0, atol=1e-12)
    W_back, b_back = keras_tools.weights(layer)
    assert np.array_equal(W_back, W_2d) and np.array_equal(b_back, b_1d)
    assert W_back.dtype == b_back.dtype == np.float64


@pytest.mark.parametrize("seed", range(5))
def test_our_logistic_unit_is_keras_dense_layer_with_a_sigmoid(seed):
    rng = np.random.default_rng(seed)
    unit = LogisticUnit(rng.normal(size=4), rng.normal())
    X = rng.normal(scale=3, size=(50, 4))
    layer = keras_tools.dense(unit.w, unit.b, activation="sigmoid")
    assert np.abs(np.ravel(layer(X)) - unit.predict_proba(X)).max() < 1e-12


@pytest.mark.parametrize("seed", range(5))
def test_our_gradient_of_the_log_loss_is_the_tapes(seed, tf):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(20, 4)), rng.integers(0, 2, 20)
    w, b = rng.normal(size=4), rng.normal()
    loss, dz = log_loss(X @ w + b, y)
    layer = keras_tools.dense(w, b)
    with tf.GradientTape() as tape:
        z = tf.reshape(layer(X), -1)
        each = tf.nn.sigmoid_cross_entropy_with_logits(y.astype(float), z)
        tape_loss = tf.reduce_mean(each)
    dW, db = tape.gradient(tape_loss, layer.trainable_weights)
    assert np.isclose(float(tape_loss), loss, rtol=0, atol=1e-12)
    assert np.abs(np.ravel(dW) - X.T @ dz).max() < 1e-8
    assert abs(float(db[0]) - dz.sum()) < 1e-8


def test_the_tape_finds_no_slope_in_a_sign(batch, tf):
    X, y = batch
    layer = keras_tools.dense(np.ones(4), 0.5)
    with tf.GradientTape() as tape:
        error = tf.reduce_mean((tf.sign(tf.reshape(layer(X), -1)) - (2 * y - 1)) ** 2)
    assert float(error) > 0, "there is something to improve"
    assert all(not np.any(g) for g in tape.gradient(error, layer.trainable_weights))


def test_keras_sees_the_decisions_of_our_perceptron(batch):
    X, y = batch
    p = Perceptron().fit(X, 2 * y - 1, n_epochs=10)
    z = np.ravel(keras_tools.dense(p.w, p.b)(X))
    assert (np.where(z > 0, 1, -1) == p.predict(X)).all()


# -- the same net twice --------------------------------------------------------


def nets(keras, rng):
    """Our nets, each with a Keras model of its shape and an input for both."""
    dense = layers.Dense(5, 4, rng), layers.Tanh(), layers.Dense(4, 3, rng)
    same = keras.layers.Dense(4, activation="tanh"), keras.layers.Dense(3)
    yield layers.Sequential(*dense), [keras.Input((5,)), *same], (7, 5)
    parts = conv.Conv2D(2, 3, (2, 3), rng), layers.ReLU(), layers.Flatten()
    ours = layers.Sequential(*parts, layers.Dense(5 * 4 * 3, 2, rng))
    same = [keras.layers.Conv2D(3, (2, 3), activation="relu"), keras.layers.Flatten()]
    yield ours, [keras.Input((6, 6, 2)), *same, keras.layers.Dense(2)], (4, 6, 6, 2)


def test_a_model_with_our_weights_is_our_net(keras, rng):
    for ours, parts, shape in nets(keras, rng):
        for p, _ in ours.parameters():
            p[...] = rng.normal(size=p.shape)
        model = keras.Sequential(parts)
        assert keras_tools.copy_weights(ours, model) is model
        assert model.count_params() == ours.n_parameters
        X = rng.normal(size=shape)
        difference = model.predict(X, verbose=0) - ours.forward(X)
        assert np.abs(difference).max() < 1e-5
        copies = keras_tools.weights(model)
        copies[0][...] = 0
        assert np.any(keras_tools.weights(model)[0]), "a copy, not a view"


def test_weights_of_another_shape_are_refused_and_named(keras, rng):
    model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(3)])
    with pytest.raises(ValueError, match=r"\(5, 3\).*the net's have.*\(5, 2\)"):
        keras_tools.copy_weights(layers.Dense(5, 2, rng), model)


def test_a_gpus_memory_is_asked_to_grow_unless_somebody_said_otherwise(keras):
    assert os.environ["TF_FORCE_GPU_ALLOW_GROWTH"] == "true"
    code = "import os; from course_lib import keras_tools; keras_tools.load(); "
    code += "print(os.environ['TF_FORCE_GPU_ALLOW_GROWTH'])"
    said = os.environ | {"TF_FORCE_GPU_ALLOW_GROWTH": "false"}
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, env=said)
    assert run.stdout.strip() == "false"


# -- reports -------------------------------------------------------------------


def test_the_device_report_names_keras_its_backend_and_its_devices(keras, capsys):
    keras_tools.device_report()
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"Keras {keras.__version__} on {keras.config.backend()}: ")
    assert all(device in first for device in keras_tools.devices())
    assert "CPU" in first.upper()
    gpu = any("cpu" not in device.lower() for device in keras_tools.devices())
    assert second.startswith("A GPU was found" if gpu else "No GPU was found")


@pytest.mark.parametrize(
    "found, says", [(["CPU"], "No GPU"), (["CPU", "GPU"], "A GPU")]
)
def test_the_device_report_says_whether_there_is_a_gpu(
    found, says, keras, capsys, monkeypatch
):
    monkeypatch.setattr(keras_tools, "devices", lambda: found)
    keras_tools.device_report()
    assert capsys.readouterr().out.splitlines()[1].startswith(f"{says} was found")


def test_the_machine_report_ends_with_setup_complete(keras, capsys):
    keras_tools.machine_report()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Python 3.1") and "GiB of memory" in lines[0]
    for name in ("numpy", "matplotlib", "scikit-learn", "jupyterlab", "tensorflow"):
        assert f"{name} " in lines[1]
    assert lines[-1] == "Setup complete."


def test_the_machine_report_says_what_to_do_about_an_old_python(
    keras, capsys, monkeypatch
):
    monkeypatch.setattr(keras_tools.sys, "version_info", (3, 10, 4))
    keras_tools.machine_report()
    said = capsys.readouterr().out
    assert "Python 3.11, 3.12 or 3.13 is needed; run `make setup`" in said
    assert "Setup complete." not in said


# -- nothing else loads it -----------------------------------------------------


def test_no_module_loads_tensorflow_until_it_is_asked_to():
    folder = Path(keras_tools.__file__).parent
    names = [f"course_lib.{path.stem}" for path in folder.glob("[!_]*.py")]
    code = f"import sys, importlib; [importlib.import_module(n) for n in {names}]; "
    code += "print({'keras', 'tensorflow', 'jax', 'torch'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (run.returncode, run.stdout.strip()) == (0, "set()"), run.stderr
