#!/usr/bin/env bash
# thrml: the energy of spins -1 and +1 is that of spins -3 and +1.
#
# Versions: thrml 0.1.4, JAX 0.10.2.
# One would guess: IsingEBM, whose equation is written for spins of -1 and +1, takes
# them, or refuses them because it keeps spins as booleans.
# What was seen: energy() takes them without a word and turns s into 2s - 1 once more,
# so that three spins whose energy is 3.5 get 10.5; True and False give 3.5.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jax==0.10.2 thrml==0.1.4
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import jax.numpy as jnp
from thrml import Block, SpinNode
from thrml.models import IsingEBM

nodes = [SpinNode() for _ in range(3)]
biases, weights = jnp.array([0.5, 0.0, 1.0]), jnp.array([1.0, 1.0])
edges = [(nodes[0], nodes[1]), (nodes[1], nodes[2])]
model = IsingEBM(nodes, edges, biases, weights, jnp.array(1.0))
spins = jnp.array([-1, 1, -1])
s = spins.astype(float)
right = -float(biases @ s + weights[0] * s[0] * s[1] + weights[1] * s[1] * s[2])
as_spins = float(model.energy([spins], [Block(nodes)]))
as_booleans = float(model.energy([spins > 0], [Block(nodes)]))
print(f"by the equation {right}, from booleans {as_booleans}, from spins {as_spins}")
if not (as_booleans == right != as_spins):
    sys.exit("Changed: spins of -1 and +1 are understood, or refused.")
PROGRAM
