#!/usr/bin/env bash
# Keras on JAX: a masked step returns the cell's first state, not the output before it.
#
# Versions: Keras 3.15.1, JAX 0.10.2.
# One would guess: a masked step repeats the last output, as documented and as on
# TensorFlow and PyTorch, so that a padded sequence ends in the output of its last real
# step, and an unrolled layer gives the same as one in a loop.
# What was seen: a cell that returns twice its state ends a padded sequence in half of
# what it should. A SimpleRNN that begins at 0.5 gives 0.5 before its first real step;
# unrolled (as on TensorFlow and PyTorch in both forms) it gives 0. Keras' loop for JAX
# takes the first state for the previous output.
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


class Doubled(keras.layers.SimpleRNNCell):
    def call(self, *args, **how):
        state, states = super().call(*args, **how)
        return 2 * state, states


x = np.random.default_rng(1).normal(size=(1, 4, 1)).astype("float32")
layer = keras.layers.RNN(Doubled(1))
short = float(layer(x[:, :2])[0, 0])
padded = float(layer(x, mask=np.array([[True, True, False, False]]))[0, 0])
print(f"two steps end in {short:.4f}, padded to four in {padded:.4f}")

left = np.array([[False, False, True, True]])
before = []
for unroll in (False, True):
    layer = keras.layers.SimpleRNN(1, return_sequences=True, unroll=unroll)
    y = layer(x, mask=left, initial_state=np.full((1, 1), 0.5, "float32"))
    before.append(float(y[0, 0, 0]))
print(f"before the first real step: {before[0]} in a loop, {before[1]} unrolled")
if not (np.isclose(padded, short / 2) and before == [0.5, 0.0]):
    sys.exit("Changed: a masked step repeats the last output on JAX too.")
PROGRAM
