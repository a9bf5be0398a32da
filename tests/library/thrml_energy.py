"""thrml's Ising model (on JAX): its energy, its start, and what it samples.

make test-backends runs this file, on JAX. Its name keeps it out of make test: JAX is
not among what the course needs. Seen with thrml 0.1.4 and JAX 0.10.2.
"""

from itertools import product

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from thrml import Block, SamplingSchedule, SpinNode, sample_states
from thrml.models import IsingEBM, IsingSamplingProgram, hinton_init

from course_lib.energy import BoltzmannMachine
from course_lib.maths import sigmoid, softmax

N, SWEEPS = 6, 4_000
STATES = np.array(list(product((0, 1), repeat=N)))
PAIRS = [(i, j) for i in range(3) for j in range(3, 6)]  # two layers of three


@pytest.fixture
def ising(rng):
    """Biases b and couplings J of two layers, with none within a layer."""
    return rng.normal(size=N) / 2, 0.7 * rng.normal(size=len(PAIRS))


def model_of(b, J, pairs, beta):
    nodes = [SpinNode() for _ in b]
    edges = [(nodes[i], nodes[j]) for i, j in pairs]
    return IsingEBM(nodes, edges, jnp.array(b), jnp.array(J), jnp.array(float(beta)))


def energies(b, J):
    """-(Σ b s + Σ J s s) of all states of spins, without β."""
    s = 2 * STATES - 1
    pairs = [s[:, i] * s[:, j] for i, j in PAIRS]
    return -(s @ b + np.transpose(pairs) @ J)


def sampled(model, blocks, asked=None, n=SWEEPS):
    """The states of the nodes asked for in n sweeps: (n, N)."""
    blocks = [Block([model.nodes[i] for i in block]) for block in blocks]
    asked = Block([model.nodes[i] for i in asked] if asked else model.nodes)
    program = IsingSamplingProgram(model, blocks, clamped_blocks=[])
    start = hinton_init(jax.random.key(1), model, blocks, ())
    plan = SamplingSchedule(n_warmup=100, n_samples=n, steps_per_sample=1)
    key = jax.random.key(2)
    return np.asarray(sample_states(key, program, plan, start, [], [asked])[0])


def test_beta_is_inside_the_energy(ising):
    model = model_of(*ising, PAIRS, 2)
    for k in 0, 5, 41:
        found = model.energy([jnp.array(STATES[k] > 0)], [Block(model.nodes)])
        assert np.isclose(float(found), 2 * energies(*ising)[k], atol=1e-4)


def test_spins_of_minus_and_plus_one_get_another_energy_without_a_word(ising):
    model = model_of(*ising, PAIRS, 1)
    s = jnp.array([-1, 1, -1, 1, 1, -1])
    wrong = float(model.energy([s], [Block(model.nodes)]))
    right = float(model.energy([s > 0], [Block(model.nodes)]))
    assert abs(wrong - right) > 0.5


def test_an_edge_that_is_named_twice_adds():
    model = model_of([0, 0], [0.5, 0.5], [(0, 1), (1, 0)], 1)
    assert model.energy([jnp.array([True, True])], [Block(model.nodes)]) == -1


@pytest.mark.parametrize("beta", [0.5, 1, 2])
def test_it_is_our_machine_in_other_units(beta, ising):
    b, J = ising
    W = np.zeros((N, N))
    for pair, x in zip(PAIRS, J, strict=True):
        W[pair] = W[pair[::-1]] = 4 * x
    machine = BoltzmannMachine(W, 2 * b - W.sum(axis=1) / 2)
    assert np.allclose(machine.probabilities(1 / beta), softmax(-beta * energies(b, J)))


@pytest.mark.parametrize("beta", [0.5, 1.5])
def test_blocks_without_an_edge_inside_sample_at_beta_and_one_block_does_not(
    beta, ising
):
    p = softmax(-beta * energies(*ising))

    def distance(blocks):
        states = sampled(model_of(*ising, PAIRS, beta), blocks)
        counts = np.bincount(states @ (1 << np.arange(N)[::-1]), minlength=2**N)
        return np.abs(counts / SWEEPS - p).sum() / 2

    assert distance([[0, 1, 2], [3, 4, 5]]) < 0.12
    assert distance([range(N)]) > 0.25


@pytest.mark.parametrize("beta", [1, 2])
def test_the_start_is_sigma_of_the_bias_where_its_own_spin_has_sigma_of_twice_that(
    beta,
):
    model = model_of([1.0, 0.0], [0.0], [(0, 1)], beta)
    block = [Block(model.nodes)]
    start = hinton_init(jax.random.key(1), model, block, (20_000,))[0][:, 0]
    assert abs(start.mean() - sigmoid(np.array(beta))) < 0.02
    run = sampled(model, [[0, 1]])[:, 0].mean()
    assert abs(run - sigmoid(np.array(2 * beta))) < 0.04


def test_columns_are_in_the_order_of_the_block_that_is_asked_for():
    model = model_of([9.0] + [0.0] * 5, np.zeros(len(PAIRS)), PAIRS, 1)
    found = sampled(model, [range(N)], asked=range(N)[::-1], n=200)
    assert found.mean(axis=0).argmax() == N - 1
