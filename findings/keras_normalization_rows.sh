#!/usr/bin/env bash
# Keras: Normalization, adapted to many rows of float32, does not normalise them.
#
# Versions: Keras 3.15.1, JAX 0.10.2, NumPy 2.4.6 (seen on TensorFlow and PyTorch, too).
# One would guess: the mean of a million rows around 2000 is off by less than 1, their
# deviation of 10 by less than 1 %.
# What was seen: mean 2015.6, deviation 18.5; the layer's answers have a mean of -0.84
# and a deviation of 0.54. Its source takes NumPy's mean and variance of the rows in
# their own type. The same rows as float64 come out right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 jax==0.10.2 keras==3.15.1
KERAS_BACKEND=jax "$folder/venv/bin/python" - <<'PROGRAM'
import sys

import keras
import numpy as np

rows = np.random.default_rng(0).normal(2000, 10, (1_000_000, 2)).astype("float32")


def adapted(data):
    layer = keras.layers.Normalization()
    layer.adapt(data)
    answer = np.asarray(layer(rows), "float64")
    return round(float(answer.mean()), 2), round(float(answer.std()), 2)


plain = adapted(rows)
wide = adapted(rows.astype("float64"))
print(f"mean and deviation: adapted to float32 {plain}, to float64 {wide}")
if not (plain[0] < -0.5 and plain[1] < 0.7):
    sys.exit("Changed: float32 rows are normalised.")
if not (abs(wide[0]) < 0.05 and abs(wide[1] - 1) < 0.05):
    sys.exit("Changed: float64 does not help any more.")
PROGRAM
