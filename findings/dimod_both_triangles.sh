#!/usr/bin/env bash
# dimod: a symmetric matrix becomes a model with each coupling twice.
#
# Versions: dimod 0.12.23, NumPy 2.4.6.
# One would guess: the matrix of couplings W of a net, symmetric, makes the model whose
# coupling of i and j is W[i, j], and the energy is that of the textbook, s W s / 2.
# What was seen: both triangles are added, so the coupling is 2 W[i, j] and the energy
# s W s; samples at beta = 1 are those of beta = 2. The diagonal becomes a constant for
# spins and a bias for units 0 and 1. As a sum over all i, j that is consistent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 dimod==0.12.23
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import dimod
import numpy as np

W = np.array([[0.0, 1.0, -2.0], [1.0, 0.0, 0.5], [-2.0, 0.5, 0.0]])
s = np.array([1, 1, -1])
symmetric = dimod.BinaryQuadraticModel(W, "SPIN")
upper = dimod.BinaryQuadraticModel(np.triu(W), "SPIN")
both, one = (float(m.energies((s, range(3)))[0]) for m in (symmetric, upper))
diagonal = dimod.BinaryQuadraticModel(np.diag([3.0]), "SPIN")
print(f"s W s / 2 = {s @ W @ s / 2}; from W {both}, from its upper triangle {one}")
print(f"a diagonal of 3: bias {diagonal.linear[0]}, constant {diagonal.offset}")
if not (one == s @ W @ s / 2 and both == 2 * one and diagonal.offset == 3):
    sys.exit("Changed: a symmetric matrix no longer counts each coupling twice.")
PROGRAM
