#!/usr/bin/env bash
# Keras on PyTorch: its transposed convolution paints one pixel later than PyTorch's.
#
# Versions: Keras 3.15.1, torch 2.13.0, NumPy 2.4.6. (On Linux torch brings CUDA's
# libraries: some GB.)
# One would guess: with the kernel 1 2 3, stride 2 and output_padding=1, Keras' "same"
# is PyTorch's padding=1, on the backend PyTorch at least; both double the length.
# What was seen: a lit pixel 2 of five paints places 4 to 6 in Keras, 3 to 5 in PyTorch.
# Weights copied from one to the other shift each layer's pictures by one. Even kernels
# (4, padding=1, no output_padding) agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 torch==2.13.0 keras==3.15.1
KERAS_BACKEND=torch "$folder/venv/bin/python" - <<'PROGRAM'
import sys

import keras
import numpy as np
import torch


def of_keras(size, extra):
    layer = keras.layers.Conv1DTranspose(
        1, size, strides=2, padding="same", output_padding=extra, use_bias=False
    )
    x = np.eye(5, dtype="float32")[2].reshape(1, 5, 1)
    layer.build(x.shape)
    layer.set_weights([np.arange(1.0, size + 1).reshape(size, 1, 1)])
    return np.ravel(keras.ops.convert_to_numpy(layer(x))).astype(int).tolist()


def of_torch(size, extra):
    layer = torch.nn.ConvTranspose1d(1, 1, size, 2, 1, extra, bias=False)
    layer.weight.data = torch.arange(1.0, size + 1).reshape(1, 1, -1)
    return layer(torch.eye(5)[2].reshape(1, 1, 5)).ravel().int().tolist()


odd, even = (of_keras(3, 1), of_torch(3, 1)), (of_keras(4, None), of_torch(4, 0))
print("kernel of 3: Keras", odd[0], "PyTorch", odd[1])
print("kernel of 4: Keras", even[0], "PyTorch", even[1])
if not (len(odd[0]) == len(odd[1]) == 10 and odd[0] == [0, *odd[1][:-1]] != odd[1]):
    sys.exit("Changed: the odd kernel does not paint one pixel later.")
if even[0] != even[1]:
    sys.exit("Changed: the even kernel does not agree any more.")
PROGRAM
