#!/usr/bin/env bash
# hmmlearn: in metres it finds the two states, in hectometres it does not.
#
# Versions: hmmlearn 0.3.3, NumPy 2.4.6, SciPy 1.17.1, scikit-learn 1.9.1.
# One would guess: a GaussianHMM of the same data divided by 100 has its means divided
# by 100 and finds the same states.
# What was seen: two levels, 0 and 1 with noise of 0.2, are told apart in every step;
# divided by 100, one state takes them all, in the likeliest of eight fits. The prior of
# the variance is a number, 0.01, not a share of the data's, and so is the floor at the
# start: with covars_prior and min_covar divided by 100 squared the states are found
# again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 hmmlearn==0.3.3
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import numpy as np
from hmmlearn.hmm import GaussianHMM

levels = np.repeat([0, 1] * 5, 30)
metres = (levels + np.random.default_rng(1).normal(0, 0.2, 300))[:, None]


def right(data, **scales):
    """Share of the steps in the right state, by the likeliest of eight fits."""
    fits = [
        GaussianHMM(2, n_iter=100, random_state=seed, **scales).fit(data)
        for seed in range(8)
    ]
    best = max(fits, key=lambda fit: fit.score(data))
    hits = np.mean(best.predict(data) == levels)
    return max(hits, 1 - hits)


whole, small = right(metres), right(metres / 100)
cured = right(metres / 100, covars_prior=0.01 / 100**2, min_covar=0.001 / 100**2)
print(f"right: {whole:.2f}, divided by 100 {small:.2f}, scales too {cured:.2f}")
if not (whole > 0.98 and cured > 0.98 and small < 0.6):
    sys.exit("Changed: the states no longer depend on the unit.")
PROGRAM
