#!/usr/bin/env bash
# dimod: the columns of a sample are in the order of the alphabet, not of the model.
#
# Versions: dimod 0.12.23, NumPy 2.4.6.
# One would guess: the row of a sample and the model's biases have one order, so that
# without couplings row @ biases is the energy.
# What was seen: the model keeps the order in which its variables were added (w1, w2,
# w10), the sample sorts the labels (w1, w10, w2): the product is 0.5 where the energy
# is -2.5. Nothing warns, and with w1 to w9 the two orders agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 dimod==0.12.23
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import dimod
import numpy as np


def order_energy_product(biases):
    """Of the lowest sample: its columns, its energy, its row times the biases."""
    model = dimod.BinaryQuadraticModel.from_ising(biases, {})
    lowest = dimod.ExactSolver().sample(model).lowest()
    row = lowest.record.sample[0]
    product = float(row @ np.array(list(biases.values())))
    return list(lowest.variables), float(lowest.record.energy[0]), product


few = order_energy_product({"w1": 1.0, "w2": -0.5, "w9": 1.0})
many = order_energy_product({"w1": 1.0, "w2": -0.5, "w10": 1.0})
for order, energy, product in (few, many):
    print(f"{order}: energy {energy}, row times biases {product}")
if few[1:] != (-2.5, -2.5) or many != (["w1", "w10", "w2"], -2.5, 0.5):
    sys.exit("Changed: the columns of a sample follow the model.")
PROGRAM
