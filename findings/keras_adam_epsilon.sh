#!/usr/bin/env bash
# Keras' Adam: epsilon counts thirty-fold in the first step.
#
# Versions: Keras 3.15.1, JAX 0.10.2, optax 0.2.8.
# One would guess: with the same epsilon, 1e-7, Keras' Adam and optax' take the same
# first step, lr g / (|g| + epsilon).
# What was seen: optax does, 0.91 of the rate at g = 1e-6; Keras takes 0.24, as it
# divides by the square root of the second moment before its bias is corrected, and adds
# epsilon there: at step 1 that epsilon counts 1 / sqrt(1 - 0.999) = 32 times. It is the
# paper's other form, under one name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 jax==0.10.2 optax==0.2.8 keras==3.15.1
"$folder/venv/bin/python" - <<'PROGRAM'
import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
import jax.numpy as jnp
import keras
import optax

RATE, EPSILON = 1e-3, 1e-7


def keras_step(g):
    weight = keras.Variable([0.0])
    adam = keras.optimizers.Adam(RATE, epsilon=EPSILON)
    adam.apply([keras.ops.convert_to_tensor([g])], [weight])
    return -float(weight.numpy()[0]) / RATE


def optax_step(g):
    adam = optax.adam(RATE, eps=EPSILON)
    update, _ = adam.update(jnp.array([g]), adam.init(jnp.zeros(1)))
    return -float(update[0]) / RATE


gradients = [1e-4, 1e-6, 1e-8]
ours, theirs = [[step(g) for g in gradients] for step in (keras_step, optax_step)]
formula = [g / (g + EPSILON) for g in gradients]
for name, steps in (("Keras", ours), ("optax", theirs), ("formula", formula)):
    print(f"{name:8}", "  ".join(f"{step:.3f}" for step in steps))
close = max(abs(t - f) for t, f in zip(theirs, formula, strict=True))
if not (close < 0.01 and [round(step, 2) for step in ours] == [0.97, 0.24, 0.0]):
    sys.exit("Changed: Keras and optax no longer differ in this way.")
PROGRAM
