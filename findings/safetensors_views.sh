#!/usr/bin/env bash
# safetensors: a transposed matrix comes back as another matrix.
#
# Versions: safetensors 0.8.0, NumPy 2.4.6.
# One would guess: what save of safetensors.numpy writes, load reads, whatever the
# strides of the array.
# What was seen: W.T comes back with the right shape and the numbers in the order in
# which W lies in memory; a slice with a step comes back with numbers it never had.
# Weights that are turned from (in, out) to (out, in) are such views.
# np.ascontiguousarray cures it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 safetensors==0.8.0
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import numpy as np
from safetensors.numpy import load, save

W = np.arange(12.0).reshape(3, 4)
views = {"transposed": W.T, "every second column": W[:, ::2], "rows": W[1:]}
same = {}
for name, view in views.items():
    back = load(save({"W": view}))["W"]
    safe = load(save({"W": np.ascontiguousarray(view)}))["W"]
    same[name] = np.array_equal(back, view)
    print(f"{name}: shape kept {back.shape == view.shape}, numbers kept {same[name]}")
    if not np.array_equal(safe, view):
        sys.exit("Changed: a contiguous copy no longer comes back as it was.")
if list(same.values()) != [False, False, True]:
    sys.exit("Changed: views come back as they were, or are refused.")
PROGRAM
