"""Energies elsewhere: where dimod and dwave-samplers differ from ours; what samples.

Every sampler is held against the enumeration of a net of seven units. Seen with dimod
0.12.23 and dwave-samplers 1.8.0; thrml has thrml_energy.py.
"""

from itertools import product

import dimod
import numpy as np
import pytest
from dwave import samplers

from course_lib.energy import BoltzmannMachine, Hopfield
from course_lib.maths import sigmoid, softmax

pytestmark = pytest.mark.slow
N, CHAINS = 7, 4_000
STATES = np.array(list(product((0, 1), repeat=N)))
annealer = samplers.SimulatedAnnealingSampler()
RING = {(i, (i + 1) % N): -0.3 for i in range(N)}


def symmetric(rng):
    W = np.triu(rng.normal(size=(N, N)), 1)
    return W + W.T


def as_dimod(machine):
    """A Boltzmann machine of ours as a model of dimod, every sign turned."""
    pairs = {(i, j): -machine.W[i, j] for i in range(N) for j in range(i)}
    return dimod.BinaryQuadraticModel(dict(enumerate(-machine.b)), pairs, "BINARY")


def ring(h=0):
    """Seven spins, whose sum of E over neighbours is -0.3 where they are alike."""
    return dimod.BinaryQuadraticModel.from_ising({0: h}, RING)


def energies(model):
    """E of all states, in the order of a truth table."""
    spin = model.vartype is dimod.SPIN
    return model.energies((2 * STATES - 1 if spin else STATES, range(N)))


def distance(found, model, beta=1):
    """The total variation between a set of samples and exp(-beta E) / Z."""
    columns = [found.variables.index(i) for i in range(N)]
    rows = found.record.sample[:, columns] > 0
    counts = np.bincount(rows @ (1 << np.arange(N)[::-1]), minlength=2**N)
    return np.abs(counts / len(rows) - softmax(-beta * energies(model))).sum() / 2


def at_one_beta(model, beta=1, sweeps=50, **how):
    """The last states of chains of the annealer at a temperature that stays."""
    how |= {"beta_schedule_type": "custom", "beta_schedule": [beta], "seed": 1}
    return annealer.sample(model, num_reads=CHAINS, num_sweeps_per_beta=sweeps, **how)


# -- the energy ----------------------------------------------------------------------


def test_dimod_adds_what_our_energies_subtract(rng):
    machine = BoltzmannMachine(symmetric(rng), rng.normal(size=N))
    assert np.allclose(energies(as_dimod(machine)), machine.energy(STATES))
    net = Hopfield(machine.W, machine.b)
    pairs = {(i, j): -net.W[i, j] for i in range(N) for j in range(i)}
    theirs = dimod.BinaryQuadraticModel(dict(enumerate(-net.b)), pairs, "SPIN")
    assert np.allclose(energies(theirs), net.energy(2 * STATES - 1))


def test_a_positive_coupling_of_dimod_wants_its_spins_unlike():
    pair = dimod.BinaryQuadraticModel.from_ising({}, {"ab": 1})
    lowest = dimod.ExactSolver().sample(pair).lowest().record.sample
    assert (lowest.sum(axis=1) == 0).all() and len(lowest) == 2


@pytest.mark.parametrize("kind", ["SPIN", "BINARY"])
def test_both_triangles_of_a_matrix_add_and_its_diagonal_goes_elsewhere(kind, rng):
    W = symmetric(rng) + np.diag(np.arange(1.0, N + 1))
    model = dimod.BinaryQuadraticModel(W, kind)
    assert np.isclose(model.quadratic[0, 1], 2 * W[0, 1])
    biases = [model.linear[i] for i in range(N)]
    if kind == "SPIN":
        assert model.offset == np.trace(W) and not any(biases)
    else:
        assert model.offset == 0 and biases == W.diagonal().tolist()


def test_another_kind_of_unit_keeps_every_energy_and_changes_the_biases(rng):
    binary = as_dimod(BoltzmannMachine(symmetric(rng), rng.normal(size=N)))
    spin = binary.change_vartype("SPIN", inplace=False)
    assert np.allclose(energies(spin), energies(binary))
    assert np.isclose(4 * spin.quadratic[0, 1], binary.quadratic[0, 1])
    assert abs(2 * spin.linear[0] - binary.linear[0]) > 0.1, "neighbours take part"


# -- what comes back -----------------------------------------------------------------

OTHERS = [dimod.ExactSolver(), dimod.RandomSampler(), annealer]
OTHERS += [samplers.TabuSampler(), samplers.SteepestDescentSampler()]
OTHERS += [samplers.TreeDecompositionSampler(), samplers.PathIntegralAnnealingSampler()]
NAMED = dimod.BinaryQuadraticModel.from_ising({"w1": 1, "w2": -0.5, "w10": 1}, {})


@pytest.mark.parametrize("sampler", OTHERS, ids=lambda sampler: type(sampler).__name__)
def test_columns_are_sorted_by_label(sampler):
    assert list(NAMED.variables) == ["w1", "w2", "w10"]
    assert list(sampler.sample(NAMED).variables) == ["w1", "w10", "w2"]


def test_only_dwaves_random_sampler_keeps_the_order_of_the_model():
    found = samplers.RandomSampler().sample(NAMED)
    assert list(found.variables) == list(NAMED.variables)


# -- a flip that costs nothing -------------------------------------------------------


def after(n, **how):
    """The state of a spin that is alone and starts at 1, after n sweeps."""
    alone = dimod.BinaryQuadraticModel.from_ising({0: 0}, {})
    how |= {"beta_range": [1, 1], "num_sweeps": n, "initial_states": [{0: 1}]}
    return annealer.sample(alone, num_reads=1_000, **how, **TILED).record.sample


TILED = {"initial_states_generator": "tile", "seed": 1}


@pytest.mark.parametrize("n", range(1, 6))
def test_the_annealer_always_makes_it_unless_asked_for_gibbs(n):
    assert (after(n) == (-1) ** n).all()
    half = after(n, proposal_acceptance_criteria="Gibbs") > 0
    assert abs(half.mean() - 0.5) < 0.1


def test_a_descent_never_makes_it_and_heat_bath_half_of_the_time(rng):
    alone = dimod.BinaryQuadraticModel.from_ising({0: 0}, {})
    descent = samplers.SteepestDescentSampler()
    found = descent.sample(alone, initial_states=[{0: 1}], num_reads=9, **TILED)
    assert (found.record.sample == 1).all()
    ours = BoltzmannMachine(np.zeros((1, 1)), [0])
    assert abs(ours.gibbs(np.ones((1_000, 1)), rng, [1]).mean() - 0.5) < 0.1
    assert Hopfield(np.zeros((1, 1))).sweep(np.ones(1), [0]) == 1


# -- the order of the sites ----------------------------------------------------------


def test_a_sweep_goes_by_label_and_not_as_the_model_was_written():
    """The first of two alike spins that would be unlike flips; the other then stays."""
    pair = dimod.BinaryQuadraticModel.from_ising({"b": 0, "a": 0}, {("b", "a"): 1})
    assert list(pair.variables) == ["b", "a"]
    how = {"beta_range": [50, 50], "num_sweeps": 1, "initial_states": {"a": 1, "b": 1}}
    found = annealer.sample(pair, num_reads=9, **how, **TILED)
    columns = [found.variables.index(name) for name in "ab"]
    assert (found.record.sample[:, columns] == [-1, 1]).all()


def test_a_sweep_in_random_order_leaves_sites_out_and_takes_others_twice():
    free = dimod.BinaryQuadraticModel.from_ising(dict.fromkeys(range(N), 0), {})
    how = {"beta_range": [1, 1], "num_sweeps": 1, "initial_states": [[1] * N]}
    ordered = annealer.sample(free, num_reads=1_000, **how, **TILED).record.sample
    how["randomize_order"] = True
    drawn = annealer.sample(free, num_reads=1_000, **how, **TILED).record.sample
    assert (ordered == -1).all(), "a free spin always flips"
    assert abs((drawn == 1).mean() - (1 + (1 - 2 / N) ** N) / 2) < 0.03


# -- samples of the Boltzmann distribution -------------------------------------------

WAYS = [(order, rule) for order in (False, True) for rule in ("Metropolis", "Gibbs")]


@pytest.mark.parametrize("order, rule", WAYS)
def test_only_metropolis_in_its_fixed_order_fails_on_a_ring(order, rule):
    """That is what one gets if one asks for nothing; 500 sweeps do not help."""
    how = {"randomize_order": order, "proposal_acceptance_criteria": rule}
    found = at_one_beta(ring(), **how)
    exact = energies(ring()) @ softmax(-energies(ring()))
    off = found.record.energy.mean() - exact
    if (order, rule) == (False, "Metropolis"):
        assert distance(found, ring()) > 0.15 and off > 0.25
        assert distance(at_one_beta(ring(), sweeps=500), ring()) > 0.15
    else:
        assert distance(found, ring()) < 0.1 and abs(off) < 0.06


def test_a_field_on_one_of_its_spins_cures_the_fixed_order():
    assert distance(at_one_beta(ring(0.5)), ring(0.5)) < 0.1


@pytest.mark.parametrize("order, rule", WAYS)
@pytest.mark.parametrize("beta", [0.5, 1, 2])
def test_where_there_are_no_ties_every_way_samples_at_its_beta(order, rule, beta, rng):
    model = as_dimod(BoltzmannMachine(symmetric(rng), rng.normal(size=N)))
    how = {"randomize_order": order, "proposal_acceptance_criteria": rule}
    found = at_one_beta(model, beta, **how)
    assert distance(found, model, beta) < 0.1
    assert distance(found, model, 1.5 * beta) > 0.1


def test_the_annealers_own_range_cools_until_nothing_moves_and_forgets_the_scale(rng):
    model = as_dimod(BoltzmannMachine(symmetric(rng), rng.normal(size=N)))
    twice = model.copy()
    twice.scale(2)
    found = annealer.sample(model, num_reads=CHAINS, num_sweeps=200, seed=1)
    hot, cold = found.info["beta_range"]
    assert hot < 0.5 < 10 < cold and distance(found, model) > 0.15
    scaled = annealer.sample(twice, seed=1).info["beta_range"]
    assert np.allclose(np.multiply(scaled, 2), [hot, cold])


@pytest.mark.parametrize("beta", [0.5, 1])
def test_a_tree_decomposition_samples_at_its_beta_also_on_the_ring(beta):
    how = {"num_reads": CHAINS, "seed": 1, "beta": beta}
    found = samplers.TreeDecompositionSampler().sample(ring(), **how)
    assert distance(found, ring(), beta) < 0.1


@pytest.mark.parametrize("sampler", [dimod.RandomSampler(), samplers.RandomSampler()])
def test_a_random_sampler_tosses_coins_whatever_the_energy(sampler):
    found = sampler.sample(ring(), num_reads=CHAINS, seed=1)
    assert distance(found, ring(), 0) < 0.1 and distance(found, ring()) > 0.25


def test_an_exact_solver_lists_every_state_once():
    found = dimod.ExactSolver().sample(ring())
    assert len(found) == 2**N and distance(found, ring(), 0) < 1e-12


@pytest.mark.parametrize("beta", [0.5, 1, 2])
def test_ours_samples_at_its_temperature_also_on_the_ring(beta, rng):
    """The ring in units of 0 and 1: w = -4 J where E has + J s s, and b = 2 Σ J."""
    W = np.zeros((N, N))
    for pair, J in RING.items():
        W[pair] = W[pair[::-1]] = -4 * J
    machine = BoltzmannMachine(W, -W.sum(axis=1) / 2)
    p = machine.probabilities(1 / beta)
    assert np.allclose(p, softmax(-beta * energies(ring())))
    s = machine.gibbs(rng.integers(0, 2, (CHAINS, N)), rng, [1 / beta] * 30)
    counts = np.bincount(s.astype(int) @ (1 << np.arange(N)[::-1]), minlength=2**N)
    assert np.abs(counts / CHAINS - p).sum() / 2 < 0.1


@pytest.mark.parametrize("bias", [-1.5, 1.0])
def test_a_start_from_the_bias_is_sigma_b_for_0_and_1_and_sigma_2b_for_spins(bias):
    binary = softmax(-np.array([0, -bias]))[1]
    spin = softmax(-np.array([bias, -bias]))[1]
    assert np.isclose(binary, sigmoid(bias)) and np.isclose(spin, sigmoid(2 * bias))


@pytest.mark.parametrize(
    "kind", ["TabuSampler", "SteepestDescentSampler", "PathIntegralAnnealingSampler"]
)
def test_what_looks_for_the_lowest_energy_samples_nothing_at_beta_1(kind):
    found = getattr(samplers, kind)().sample(ring(), num_reads=50, seed=1)
    assert distance(found, ring()) > 0.4 and distance(found, ring(), 0) > 0.4
