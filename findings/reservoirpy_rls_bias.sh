#!/usr/bin/env bash
# reservoirpy: recursive least squares with a bias does not find the least squares.
#
# Versions: reservoirpy 0.4.2, NumPy 2.4.6, SciPy 1.17.1.
# One would guess: on 2,000 rows of y = 2 x + 3 without noise, x around 5, RLS with a
# small alpha ends at slope 2 and bias 3, as Ridge does.
# What was seen: it ends near slope 1.34 and bias 6.37. The source moves the bias by the
# mean of the errors, apart from the weights, which are fitted as if there were none.
# With a column of ones in x and fit_bias=False it finds both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1 reservoirpy==0.4.2
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import numpy as np
from reservoirpy.nodes import RLS, Ridge

x = np.random.default_rng(1).normal(5, 1, (2000, 1))
y = 2 * x + 3
ones = np.hstack([x, np.ones_like(x)])
rls, ridge = RLS(alpha=1e-6).fit(x, y), Ridge(ridge=1e-6).fit(x, y)
found = {
    "RLS": [*rls.Wout.ravel(), *rls.bias],
    "Ridge": [*ridge.Wout.ravel(), *ridge.bias],
    "RLS, ones": RLS(alpha=1e-6, fit_bias=False).fit(ones, y).Wout.ravel(),
}
for name, (slope, bias) in found.items():
    print(f"{name:10} slope {slope:.3f}, bias {bias:.3f}")
right = [np.allclose(pair, [2, 3], atol=0.01) for pair in found.values()]
if right != [False, True, True] or found["RLS"][0] > 1.7:
    sys.exit("Changed: RLS with a bias finds the line.")
PROGRAM
