#!/usr/bin/env bash
# Flax: ConvTranspose is not the transpose of Conv, but turns its kernel round.
#
# Versions: flax 0.12.8, JAX 0.10.2, NumPy 2.4.6.
# One would guess: with the same kernel, <Conv(x), y> = <x, ConvTranspose(y)>, as the
# name says, and as in Keras and PyTorch.
# What was seen: the kernel 1 2 3 paints 3 2 1, and the two products differ. With
# transpose_kernel=True, which is not the default, they are equal.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 jax==0.10.2 flax==0.12.8
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import jax.numpy as jnp
import numpy as np
from flax import nnx

rng = np.random.default_rng(0)
x, y = (jnp.asarray(rng.normal(size=(1, n, 1)), "float32") for n in (11, 5))
kernel = jnp.arange(1.0, 4).reshape(3, 1, 1)
how = {"strides": 2, "padding": "VALID", "use_bias": False, "rngs": nnx.Rngs(0)}


def back(z, turned):
    layer = nnx.ConvTranspose(1, 1, 3, transpose_kernel=turned, **how)
    layer.kernel[...] = kernel
    return layer(z)


conv = nnx.Conv(1, 1, 3, **how)
conv.kernel[...] = kernel
product = round(float(jnp.vdot(conv(x), y)), 3)
plain, turned = (round(float(jnp.vdot(x, back(y, t))), 3) for t in (False, True))
painted = back(jnp.zeros((1, 5, 1)).at[0, 2, 0].set(1.0), False).ravel()
painted = [int(value) for value in painted if value]
print(f"painted {painted}; products: Conv {product}, back {plain}, turned {turned}")
if not (painted == [3, 2, 1] and abs(product - plain) > 0.1):
    sys.exit("Changed: ConvTranspose no longer turns its kernel.")
if abs(product - turned) > 0.01:
    sys.exit("Changed: transpose_kernel=True is no transpose any more.")
PROGRAM
