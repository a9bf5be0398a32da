#!/usr/bin/env bash
# thrml: two coupled spins in one block are drawn as if they were strangers.
#
# Versions: thrml 0.1.4, JAX 0.10.2.
# One would guess: a block whose nodes are joined by an edge is refused, since Gibbs
# sampling in blocks needs the nodes of a block to be independent given the rest; or it
# is right.
# What was seen: it is taken, and both spins are drawn at once from each other's old
# value. With a coupling of 1 the mean product of two spins should be tanh(1) = 0.76; in
# two blocks it is, in one block it is near 0.
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
model = IsingEBM(nodes, [tuple(nodes)], jnp.zeros(2), jnp.ones(1), jnp.array(1.0))


def mean_product(blocks):
    """Over 20,000 sweeps after 100."""
    program = IsingSamplingProgram(model, blocks, clamped_blocks=[])
    start = hinton_init(jax.random.key(1), model, blocks, ())
    schedule = SamplingSchedule(n_warmup=100, n_samples=20_000, steps_per_sample=1)
    states = sample_states(
        jax.random.key(2), program, schedule, start, [], [Block(nodes)]
    )
    return float(jnp.mean(jnp.prod(2.0 * states[0] - 1, axis=1)))


two, one = (
    mean_product([Block(nodes[:1]), Block(nodes[1:])]),
    mean_product([Block(nodes)]),
)
print(f"exact {math.tanh(1):.2f}, two blocks {two:.2f}, one block {one:.2f}")
if not (abs(two - math.tanh(1)) < 0.05 and abs(one) < 0.1):
    sys.exit("Changed: a block with an edge inside is refused, or sampled rightly.")
PROGRAM
