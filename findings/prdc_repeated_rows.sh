#!/usr/bin/env bash
# prdc: a generator that returns the training set has precision 0.
#
# Versions: prdc 0.2, NumPy 2.4.6, SciPy 1.17.1, scikit-learn 1.9.1.
# One would guess: precision, recall, density and coverage of a copy of the data are 1.
# What was seen: on the bars and stripes of Boltzmann machines, 500 rows of 14 patterns,
# all four are 0, as for every set in which each row comes more than five times: the
# distance to the fifth neighbour is 0, and "nearer than that" is asked strictly. A
# little noise on the data brings them to 1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 prdc==0.2
"$folder/venv/bin/python" - <<'PROGRAM'
import itertools
import sys

import numpy as np
from prdc import compute_prdc

lines = [np.array(bits) for bits in itertools.product([0, 1], repeat=3)]
patterns = np.unique(
    [f(line, 3) for line in lines for f in (np.tile, np.repeat)], axis=0
)
rng = np.random.default_rng(1)
data = patterns[rng.integers(len(patterns), size=500)].astype(float)
noisy = data + rng.normal(0, 1e-3, data.shape)
copied, blurred = (
    compute_prdc(data, data.copy(), 5),
    compute_prdc(noisy, noisy.copy(), 5),
)
for name, scores in (("copy", copied), ("copy of noisy data", blurred)):
    print(f"{name}:", ", ".join(f"{k} {v:.2f}" for k, v in scores.items()))
if not (max(copied.values()) == 0 and min(blurred.values()) > 0.95):
    sys.exit("Changed: a copy of data with repeated rows is now scored as a copy.")
PROGRAM
