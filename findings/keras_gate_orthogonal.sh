#!/usr/bin/env bash
# Keras: the recurrent matrix of a gate does not start orthogonal, though it says so.
#
# Versions: Keras 3.15.1, JAX 0.10.2.
# One would guess: recurrent_initializer="orthogonal", the default, gives each gate of
# an LSTM or GRU an orthogonal matrix, as it gives a SimpleRNN one.
# What was seen: only the gates beside one another, (H, 4 H) or (H, 3 H), have
# orthonormal rows. With 64 units a gate of an LSTM has singular values from 0.0 to 0.86
# and a spectral radius of about 0.5, one of a GRU 0.0 to 0.94 and 0.6; the matrix of a
# SimpleRNN has 1 throughout.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 jax==0.10.2 keras==3.15.1
"$folder/venv/bin/python" - <<'PROGRAM'
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np

keras.utils.set_random_seed(1)
largest = {}
for name, gates in (("SimpleRNN", 1), ("GRU", 3), ("LSTM", 4)):
    layer = getattr(keras.layers, name)(64)
    layer.build((None, None, 8))
    U = np.asarray(layer.get_weights()[1])
    sizes, radii = [], []
    for gate in np.split(U, gates, axis=1):
        sizes.append(np.linalg.svd(gate, compute_uv=False))
        radii.append(np.abs(np.linalg.eigvals(gate)).max())
    largest[name] = np.max(sizes)
    print(
        f"{name}: singular values {np.min(sizes):.3f} to {np.max(sizes):.3f}, "
        f"radii {np.min(radii):.2f} to {np.max(radii):.2f}"
    )
if not (largest["SimpleRNN"] > 0.999 > 0.97 > largest["GRU"] > largest["LSTM"]):
    sys.exit("Changed: every gate starts with an orthogonal matrix of its own.")
PROGRAM
