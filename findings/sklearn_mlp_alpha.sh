#!/usr/bin/env bash
# scikit-learn's MLP: a smaller batch is a stronger weight decay.
#
# Versions: scikit-learn 1.9.1, NumPy 2.4.6, SciPy 1.17.1.
# One would guess: alpha is one penalty on one loss, so that batch_size changes the way
# to the minimum but not the minimum.
# What was seen: on y = 2 x with alpha=10 the slope is 1.94 with all 200 rows in one
# batch and 1.00 with batches of 10: the penalty is divided by the rows of the batch,
# not of the data. With alpha divided by 20 as well the small batches agree with the
# large one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
"$folder/venv/bin/python" - <<'PROGRAM'
import sys
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

warnings.simplefilter("ignore", ConvergenceWarning)  # tol=0: the epochs are counted
x = np.tile([[-1.0], [1.0]], (100, 1))  # every batch has the same mean loss


def slope(rows, alpha, epochs):
    """Of a linear net on y = 2 x, trained with batches of so many rows."""
    net = MLPRegressor(
        hidden_layer_sizes=(1,),
        activation="identity",
        alpha=alpha,
        batch_size=rows,
        learning_rate_init=0.003,
        max_iter=epochs,
        tol=0,
        n_iter_no_change=epochs,
        random_state=1,
        shuffle=False,
    ).fit(x, 2 * x[:, 0])
    return float(np.diff(net.predict([[0.0], [1.0]]))[0])


whole, small, cured = slope(200, 10, 1500), slope(10, 10, 300), slope(10, 0.5, 300)
print(f"200 rows {whole:.2f}, 10 rows {small:.2f}, and alpha / 20 {cured:.2f}")
if not (whole > 1.85 and small < 1.3 and abs(cured - whole) < 0.01):
    sys.exit("Changed: alpha no longer depends on the rows of a batch.")
PROGRAM
