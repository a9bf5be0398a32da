#!/usr/bin/env bash
# filterpy: residual resampling never draws a particle of small weight.
#
# Versions: filterpy 2.0.0, NumPy 2.4.6, SciPy 1.17.1.
# One would guess: residual_resample is fair: over many draws a particle of weight w
# comes N w times on average.
# What was seen: of five particles those with N w of 0.75 and 0.5 never come, the heavy
# ones too often. The source takes the remainder from w, not from N w, which makes it
# negative where a particle has whole copies. Systematic resampling of the same weights
# is fair.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1 matplotlib==3.10.8 filterpy==2.0.0
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import numpy as np
from filterpy.monte_carlo import residual_resample, systematic_resample

weights = np.array([0.35, 0.25, 0.15, 0.15, 0.10])
np.random.seed(1)


def copies(resample):
    """Mean number of copies of each particle over 5,000 draws."""
    drawn = [np.bincount(resample(weights), minlength=5) for _ in range(5000)]
    return np.mean(drawn, axis=0)


residual, systematic = copies(residual_resample), copies(systematic_resample)
for name, mean in (
    ("N w", 5 * weights),
    ("systematic", systematic),
    ("residual", residual),
):
    print(f"{name:10} {mean.round(2)}")
if not (abs(systematic - 5 * weights).max() < 0.05 and residual[2:].max() < 0.05):
    sys.exit("Changed: residual resampling draws the light particles as well.")
PROGRAM
