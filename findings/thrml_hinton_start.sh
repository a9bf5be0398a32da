#!/usr/bin/env bash
# thrml: a start from the biases that is not where a lone spin ends.
#
# Versions: thrml 0.1.4, JAX 0.10.2.
# One would guess: hinton_init draws each spin from its own bias as if it were alone, so
# that without couplings the start is already right.
# What was seen: with a bias of 1 it draws up with 0.73, and the model's own sampler
# with 0.88. The rule, sigma of the bias, is that of units 0 and 1; the spins of
# IsingEBM are -1 and +1, where a bias counts twice: sigma of 2. Its docstring says
# what it draws.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jax==0.10.2 thrml==0.1.4
"$folder/venv/bin/python" - <<'PROGRAM'
import math
import sys

import jax
import jax.numpy as jnp
from thrml import Block, SamplingSchedule, SpinNode, sample_states
from thrml.models import IsingEBM, IsingSamplingProgram, hinton_init

nodes = [SpinNode(), SpinNode()]
biases = jnp.array([1.0, 0.0])
model = IsingEBM(nodes, [tuple(nodes)], biases, jnp.zeros(1), jnp.array(1.0))
blocks = [Block(nodes)]
start = hinton_init(jax.random.key(1), model, blocks, (20_000,))[0]
program = IsingSamplingProgram(model, blocks, clamped_blocks=[])
schedule = SamplingSchedule(n_warmup=10, n_samples=5_000, steps_per_sample=1)
one = hinton_init(jax.random.key(2), model, blocks, ())
run = sample_states(jax.random.key(3), program, schedule, one, [], blocks)[0]
drawn, sampled = float(start[:, 0].mean()), float(run[:, 0].mean())
once, twice = (1 / (1 + math.exp(-b)) for b in (1, 2))
print(f"start {drawn:.2f}, sigma(1) {once:.2f}; sampled {sampled:.2f}, sigma(2) {twice:.2f}")
if not (abs(drawn - once) < 0.03 and abs(sampled - twice) < 0.03):
    sys.exit("Changed: a start from the biases is where a lone spin ends.")
PROGRAM
