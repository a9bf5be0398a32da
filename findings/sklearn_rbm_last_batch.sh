#!/usr/bin/env bash
# BernoulliRBM: one row too many for the batch, and the visible biases fall.
#
# Versions: scikit-learn 1.9.1, NumPy 2.4.6, SciPy 1.17.1.
# One would guess: 101 fair coins train it as 100 do; a last, short batch counts less.
# What was seen: the negative phase always has batch_size chains, and their sum is
# divided by the rows of the batch at hand. With batches of 100, the one row that is
# left takes a step in which the chains count a hundredfold: coins that are fair get
# biases of about -4.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import numpy as np
from sklearn.neural_network import BernoulliRBM

coins = np.random.default_rng(1).integers(2, size=(101, 4)).astype(float)


def bias(rows):
    """Mean visible bias after 20 epochs, over five seeds."""
    made = [
        BernoulliRBM(
            2, batch_size=100, learning_rate=0.05, n_iter=20, random_state=seed
        )
        for seed in range(5)
    ]
    return np.mean([rbm.fit(coins[:rows]).intercept_visible_.mean() for rbm in made])


whole, short = bias(100), bias(101)
print(f"mean visible bias: 100 rows {whole:.2f}, 101 rows {short:.2f}")
if not (abs(whole) < 0.3 and short < -1):
    sys.exit("Changed: the short last batch no longer overweighs the negative phase.")
PROGRAM
