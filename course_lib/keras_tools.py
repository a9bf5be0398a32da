"""Keras without its start-up chatter; the only module of the library that loads it."""

import contextlib
import importlib
import os
import platform
import sys
import tempfile
from importlib.metadata import version

import numpy as np
import psutil


@contextlib.contextmanager
def quiet():
    """Hold back what native code writes to stderr; show it only if something fails."""
    sys.stderr.flush()
    saved = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        except BaseException:
            held.seek(0)
            os.write(saved, held.read())
            raise
        finally:
            os.dup2(saved, 2)
            os.close(saved)


def load(*names):
    """Import Keras (and further modules by name) quietly: one module, or a tuple.

    A GPU's memory is taken as it is needed, so that two notebooks can share one.
    """
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    with quiet():
        keras = importlib.import_module("keras")
        keras.ops.add(1.0, 1.0)  # the first operation wakes the device, and its log
        modules = tuple(importlib.import_module(name) for name in names)
    return (keras, *modules) if modules else keras


@contextlib.contextmanager
def full_precision():
    """While it lasts, products and convolutions of float32 keep all of its digits.

    On a GPU each backend may round their factors to 10 bits (TF32), and each decides
    otherwise. What was compiled before may stay as it was.
    """
    backend = load().config.backend()
    library = importlib.import_module(backend)
    with contextlib.ExitStack() as stack:
        if backend == "tensorflow":
            tf32 = library.config.experimental
            before = tf32.tensor_float_32_execution_enabled()
            stack.callback(tf32.enable_tensor_float_32_execution, before)
            tf32.enable_tensor_float_32_execution(False)
        elif backend == "jax":
            stack.enter_context(library.default_matmul_precision("highest"))
        else:
            cuda, cudnn = library.backends.cuda, library.backends.cudnn
            for part in (cuda.matmul, cudnn.conv, cudnn.rnn):
                stack.callback(setattr, part, "fp32_precision", part.fp32_precision)
                part.fp32_precision = "ieee"
        yield


def dense(W, b, activation=None):
    """A Keras Dense layer with our weights: W (D,) or (D, K), b, (K,).

    On TensorFlow it computes in float64; on JAX and PyTorch, where Keras takes products
    in float32 whatever the dtype of its layers, in float32 and in full_precision.
    """
    keras = load()
    dtype = "float64" if keras.config.backend() == "tensorflow" else "float32"
    W = np.asarray(W, dtype=float).reshape(len(W), -1)
    layer = keras.layers.Dense(W.shape[1], activation=activation, dtype=dtype)
    layer.build((None, len(W)))
    layer.set_weights([W, np.reshape(b, W.shape[1])])
    layer.call = full_precision()(layer.call)
    return layer


def copy_weights(net, model):
    """Give a Keras model the weights of our net, layer by layer; return the model.

    Ours has parameters(), pairs of an array and its gradient, in Keras' order: of a
    Dense layer W (D, K) and b (K,), of a convolution W (h, w, C, K) and b (K,), of a
    recurrent layer W (D, G H), U (H, G H) and b (G H,), or b (2, G H).
    """
    ours = [p for p, _ in net.parameters()]
    shapes, expected = ([w.shape for w in ws] for ws in (ours, weights(model)))
    if shapes != expected:
        raise ValueError(
            f"the model's weights have shapes {expected}; the net's have {shapes}"
        )
    model.set_weights(ours)
    return model


def weights(layer):
    """The weights of a Keras layer or model as NumPy arrays, in Keras' order."""
    return [np.asarray(w) for w in layer.get_weights()]


def devices():
    """The devices Keras computes on, named as its backend names them."""
    keras = load()
    backend = keras.config.backend()
    with quiet():
        if backend == "tensorflow":
            tf = importlib.import_module("tensorflow")
            return [d.device_type for d in tf.config.list_logical_devices()]
        if backend == "jax":
            return [str(d) for d in importlib.import_module("jax").devices()]
        cuda = importlib.import_module("torch").cuda
        return ["CPU"] + [cuda.get_device_name(i) for i in range(cuda.device_count())]


def device_report():
    """Say in a line or two what Keras will compute on."""
    keras, found = load(), devices()
    accelerators = [d for d in found if "cpu" not in d.lower()]
    print(f"Keras {keras.__version__} on {keras.config.backend()}: {', '.join(found)}")
    if accelerators:
        print("A GPU was found; the lessons use it where it pays.")
    else:
        print("No GPU was found. No lesson needs one; some are quicker with it.")


def machine_report():
    """Check this machine: what is here, and what to do about the rest."""
    python = sys.version_info[:2]
    memory = psutil.virtual_memory().total / 2**30
    cores = len(psutil.Process().cpu_affinity()) if sys.platform == "linux" else 0
    cores = cores or os.cpu_count()
    print(
        f"Python {platform.python_version()}, {cores} cores, {memory:.0f} GiB of memory"
    )
    needed = ["numpy", "matplotlib", "scikit-learn", "jupyterlab", "ipywidgets"]
    print(", ".join(f"{name} {version(name)}" for name in [*needed, "tensorflow"]))
    device_report()
    problems = []
    if not (3, 11) <= python <= (3, 13):
        problems.append(
            "Python 3.11, 3.12 or 3.13 is needed; run `make setup` with one."
        )
    if memory < 4:
        problems.append(
            "Less than 4 GiB of memory: close other programs from lesson 09 on."
        )
    print("\n".join(problems) if problems else "Setup complete.")
