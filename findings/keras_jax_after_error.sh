#!/usr/bin/env bash
# Keras on JAX: one fit with wrong targets, and the model can never be used again.
#
# Versions: Keras 3.15.1, JAX 0.10.2.
# One would guess: a fit that ends in an error about the shape of its targets leaves the
# model as it was.
# What was seen: afterwards get_weights and predict end in "'NoneType' object is not
# callable", and a fit with right targets fails too, even after compile: the weights are
# lost.
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
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
inputs, targets = np.ones((4, 2)), np.ones((4, 1))
model.fit(inputs, targets, verbose=0)
try:
    model.fit(inputs, np.ones((4, 3, 5)), verbose=0)
    sys.exit("Changed: wrong targets are no longer an error.")
except ValueError as error:
    print(f"wrong targets: {type(error).__name__}")


def outcome(action):
    try:
        action()
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return "works"


outcomes = [
    outcome(model.get_weights),
    outcome(lambda: model.predict(inputs, verbose=0)),
    outcome(
        lambda: model.compile("sgd", "mse") or model.fit(inputs, targets, verbose=0)
    ),
]
print("\n".join(outcomes))
if "works" in outcomes:
    sys.exit("Changed: the model survives a fit that failed.")
PROGRAM
