#!/usr/bin/env bash
# torch: reading a data set in order, once, changes all random numbers that follow.
#
# Versions: torch 2.13.0, NumPy 2.4.6. (On Linux the package brings CUDA's libraries:
# some GB.)
# One would guess: a DataLoader with shuffle=False draws nothing, so that a look at the
# validation set leaves the run as it was.
# What was seen: each pass draws one seed from the global generator; after
# manual_seed(0) the next number is 0.4963 without the pass and 0.0885 after it. A
# generator of its own cures it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 torch==2.13.0
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import torch
from torch.utils.data import DataLoader, TensorDataset

data = TensorDataset(torch.arange(6.0))


def number_after(look):
    torch.manual_seed(0)
    look()
    return round(float(torch.rand(1)), 4)


plain = number_after(lambda: None)
passed = number_after(lambda: list(DataLoader(data, shuffle=False)))
own = number_after(lambda: list(DataLoader(data, generator=torch.Generator())))
print(f"no pass {plain}, one pass {passed}, one with its own generator {own}")
if not (plain == own != passed):
    sys.exit(
        "Changed: an ordered pass draws nothing, or its own generator does not help."
    )
PROGRAM
