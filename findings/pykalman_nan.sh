#!/usr/bin/env bash
# pykalman: a NaN among the observations costs half a nat a step, and nothing says so.
#
# Versions: pykalman 0.11.2, NumPy 2.4.6, SciPy 1.17.1.
# One would guess: a NaN in a plain array counts as missing, or is refused, or makes the
# log-likelihood NaN.
# What was seen: the filtered means are NaN from that step on, but loglikelihood() is
# finite: each step from the NaN adds the same number, whatever was observed afterwards.
# A masked array is read as one would hope.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1 pykalman==0.11.2
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import numpy as np
from pykalman import KalmanFilter

steps = np.random.default_rng(1).normal(size=20)
holed = steps.copy()
holed[10] = np.nan
other = np.where(np.arange(20) > 10, 1000.0, holed)
model = KalmanFilter(
    transition_matrices=[[1.0]],
    observation_matrices=[[1.0]],
    transition_covariance=[[1.0]],
    observation_covariance=[[1.0]],
    initial_state_mean=[0.0],
    initial_state_covariance=[[1.0]],
)
means = model.filter(holed)[0].ravel()
before = model.loglikelihood(holed[:10])
plain, far = model.loglikelihood(holed), model.loglikelihood(other)
masked = model.loglikelihood(np.ma.masked_invalid(holed))
print(f"NaN among the 20 means: {np.isnan(means).sum()}")
print(f"log-likelihood of ten steps {before:.3f}, of all with the NaN {plain:.3f}")
print(f"with 1,000 after the NaN {far:.3f}, with the NaN masked {masked:.3f}")
if not (np.isnan(means[10:]).all() and np.isfinite(plain) and plain == far != masked):
    sys.exit("Changed: a NaN is now missing, refused, or makes the log-likelihood NaN.")
PROGRAM
