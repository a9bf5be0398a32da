#!/usr/bin/env bash
# Keras on JAX: an LSTM that was told to keep its state forgets it in predict and fit.
#
# Versions: Keras 3.15.1, JAX 0.10.2.
# One would guess: with stateful=True the second of two equal batches continues the
# first, on each backend, in predict as in a direct call.
# What was seen: a direct call does; predict starts every batch at zero, and fit leaves
# the states at zero. Nothing warns.
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
model = keras.Sequential(
    [keras.Input(batch_shape=(2, 4, 1)), keras.layers.LSTM(3, stateful=True)]
)
batch = np.random.default_rng(1).normal(size=(2, 4, 1)).astype("float32")
outputs = model.predict(np.concatenate([batch, batch]), batch_size=2, verbose=0)
predicted = np.abs(outputs[2:] - outputs[:2]).max()
model.compile("sgd", "mse")
model.fit(batch, np.zeros((2, 3)), batch_size=2, verbose=0)
kept = max(np.abs(np.asarray(state)).max() for state in model.layers[0].states)
called = np.abs(np.asarray(model(batch)) - np.asarray(model(batch))).max()
print(f"difference of two equal batches: predict {predicted:.3f}, called {called:.3f}")
print(f"largest state after fit {kept:.3f}")
if not (predicted == kept == 0 and called > 0.01):
    sys.exit(
        "Changed: predict or fit keeps the state, or a direct call no longer does."
    )
PROGRAM
