#!/usr/bin/env bash
# blackjax: a Hamiltonian sampler that accepts every proposal and goes nowhere.
#
# Versions: blackjax 1.7.1, JAX 0.10.2.
# One would guess: on a standard normal distribution, HMC with step 1 and three steps,
# which accepts everything, samples it: variance 1.
# What was seen: from 1 it visits 1 and -1 only. A leapfrog step of 1 is a sixth of a
# turn on this energy, so three of them end at -q whatever the momentum was; the
# acceptance is 1. Four steps sample it well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.4.6 jax==0.10.2 blackjax==1.7.1
"$folder/venv/bin/python" - <<'PROGRAM'
import sys

import blackjax
import jax
import jax.numpy as jnp


def run(steps):
    """States and mean acceptance of 2,000 transitions from 1."""
    hmc = blackjax.hmc(lambda q: -0.5 * jnp.sum(q**2), 1.0, jnp.ones(1), steps)

    def move(state, key):
        state, info = hmc.step(key, state)
        return state, (state.position[0], info.acceptance_rate)

    keys = jax.random.split(jax.random.key(1), 2000)
    _, (states, rates) = jax.lax.scan(move, hmc.init(jnp.ones(1)), keys)
    return states, float(rates.mean())


(three, rate), (four, other) = run(3), run(4)
moved = float(abs(abs(three) - 1).max())
print(f"three steps: acceptance {rate:.3f}, largest distance of |q| from 1 {moved:.4f}")
print(f"four steps: acceptance {other:.3f}, variance {four.var():.2f}")
if not (rate > 0.99 and moved < 0.01 and 0.8 < four.var() < 1.2):
    sys.exit("Changed: three steps of 1 no longer end where they began.")
PROGRAM
