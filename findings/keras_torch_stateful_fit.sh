#!/usr/bin/env bash
# Keras on PyTorch: fit of a stateful LSTM or GRU ends in an error about autograd.
#
# Versions: Keras 3.15.1, torch 2.13.0. (On Linux the package brings CUDA's libraries:
# some GB.)
# One would guess: a layer with stateful=True can be trained on every backend.
# What was seen: on a processor a SimpleRNN trains, an LSTM or GRU ends in a
# RuntimeError: a variable needed for the gradient "has been modified by an inplace
# operation". With use_cudnn=False, which asks for the plain loop, both train.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 torch==2.13.0 keras==3.15.1
CUDA_VISIBLE_DEVICES=-1 "$folder/venv/bin/python" - <<'PROGRAM'
import os
import sys

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np

batch = np.random.default_rng(1).normal(size=(2, 4, 1)).astype("float32")


def outcome(name, **how):
    layer = getattr(keras.layers, name)(3, stateful=True, **how)
    model = keras.Sequential([keras.Input(batch_shape=(2, 4, 1)), layer])
    model.compile("sgd", "mse")
    try:
        model.fit(batch, np.zeros((2, 3)), batch_size=2, verbose=0)
    except RuntimeError as error:
        return f"{error}".splitlines()[0][:100]
    return "trains"


usual = {name: outcome(name) for name in ("SimpleRNN", "LSTM", "GRU")}
loop = [outcome(name, use_cudnn=False) for name in ("LSTM", "GRU")]
for name, seen in usual.items():
    print(f"{name}: {seen}")
print(f"with use_cudnn=False: {loop}")
if not (
    usual["SimpleRNN"] == "trains"
    and "inplace operation" in usual["LSTM"]
    and "inplace operation" in usual["GRU"]
    and loop == ["trains", "trains"]
):
    sys.exit("Changed: a stateful LSTM or GRU trains, or the plain loop does not.")
PROGRAM
