"""Restricted Boltzmann machines, against enumeration and plain loops."""

import math
from itertools import product

import numpy as np
import pytest

from course_lib.datasets import digits, truth_table
from course_lib.energy import BoltzmannMachine
from course_lib.maths import sigmoid, softplus
from course_lib.rbm import RBM, base_rates
from course_lib.states import BLOCK, MOST, blocks

EXACT = 1e-8  # what the issue of exact gradients asks for
seeds = pytest.mark.parametrize("seed", range(3))
both_dtypes = pytest.mark.parametrize("dtype", ["float32", "float64"])
shapes = pytest.mark.parametrize("V, H", [(1, 1), (3, 2), (2, 4), (4, 4)])


def machine(V, H, rng, scale=1.0, dtype="float64"):
    W = rng.normal(0, scale, (V, H)).astype(dtype)
    return RBM(W, rng.normal(size=V), rng.normal(size=H))


def bits(shape, rng):
    return rng.integers(0, 2, shape)


def states(n):
    return [*product((0, 1), repeat=n)]


def energy_of(v, h, W, b, c):
    """The definition, number by number."""
    pairs = sum(W[i][j] * v[i] * h[j] for i in range(len(v)) for j in range(len(h)))
    return -pairs - np.dot(b, v) - np.dot(c, h)


def enumerated(W, b, c):
    """{v: {h: its unnormalised probability}}, from the definition."""
    V, H = states(len(b)), states(len(c))
    return {v: {h: math.exp(-energy_of(v, h, W, b, c)) for h in H} for v in V}


def likelihood(v, W, b, c):
    """The mean of log p(v), by enumeration."""
    weights = {v: sum(row.values()) for v, row in enumerated(W, b, c).items()}
    Z = sum(weights.values())
    return np.mean([math.log(weights[tuple(row)] / Z) for row in v])


# -- energies and chances ------------------------------------------------------------


@shapes
def test_energies_and_what_is_summed_from_them_are_their_definitions(V, H, rng):
    rbm = machine(V, H, rng)
    weights = enumerated(rbm.W, rbm.b, rbm.c)
    for v, row in weights.items():
        for h, weight in row.items():
            assert math.isclose(rbm.energy(v, h), -math.log(weight), abs_tol=1e-12)
        F = -math.log(sum(row.values()))
        assert math.isclose(rbm.free_energy(v), F, abs_tol=1e-12)
    Z = sum(sum(row.values()) for row in weights.values())
    assert math.isclose(rbm.log_partition(), math.log(Z), rel_tol=1e-12)
    assert rbm.free_energy(np.zeros((2, 3, V))).shape == (2, 3)
    assert rbm.energy(np.zeros((2, 3, V)), np.zeros((2, 3, H))).shape == (2, 3)


@shapes
def test_a_chance_is_the_share_of_the_states_with_this_unit_on(V, H, rng):
    rbm = machine(V, H, rng)
    weights = enumerated(rbm.W, rbm.b, rbm.c)
    for v, row in weights.items():
        on = np.sum([w * np.array(h) for h, w in row.items()], axis=0)
        assert np.allclose(rbm.hidden(v), on / sum(row.values()))
    for h in states(H):
        row = {v: weights[v][h] for v in weights}
        on = np.sum([w * np.array(v) for v, w in row.items()], axis=0)
        assert np.allclose(rbm.visible(h), on / sum(row.values()))


@pytest.mark.parametrize("V, H", [(4, 3), (3, 5), (5, 1)])
def test_it_is_the_boltzmann_machine_of_the_same_weights(V, H, rng):
    rbm, v = machine(V, H, rng), bits((9, V), rng)
    W = np.block([[np.zeros((V, V)), rbm.W], [rbm.W.T, np.zeros((H, H))]])
    whole = BoltzmannMachine(W, np.r_[rbm.b, rbm.c], V)
    s = truth_table(V + H)
    assert np.allclose(rbm.energy(s[:, :V], s[:, V:]), whole.energy(s))
    p = np.exp(-rbm.free_energy(truth_table(V)) - rbm.log_partition())
    assert np.allclose(p, whole.visible_probabilities(), rtol=1e-12)
    assert math.isclose(rbm.log_likelihood(v), whole.log_likelihood(v))
    dW, db, dc = rbm.gradient(v)
    all_dW, all_db = whole.gradient(v)
    assert np.allclose(dW, all_dW[:V, V:], atol=1e-14)
    assert np.allclose(np.r_[db, dc], all_db, atol=1e-14)


@pytest.mark.parametrize("n", [1, 3, 11])
def test_blocks_are_a_truth_table_in_parts(n):
    parts = list(blocks(np.zeros(n, "float32")))
    whole = np.concatenate([s for _, s in parts])
    assert np.array_equal(whole, truth_table(n)) and whole.dtype == "float32"
    assert len(parts) == max(1, 2**n // BLOCK)
    assert all(np.array_equal(truth_table(n)[k], s) for k, s in parts)


def test_a_softplus_is_a_logarithm_that_does_not_overflow():
    z = np.linspace(-30, 30, 61)
    assert np.allclose(softplus(z), np.log1p(np.exp(z)), rtol=0, atol=1e-14)
    assert softplus(np.array([-1e4, 1e4])).tolist() == [0, 1e4]
    assert softplus(z.astype("float32")).dtype == "float32"


# -- exact learning ------------------------------------------------------------------


@pytest.mark.parametrize("V, H", [(4, 2), (2, 4), (3, 3)])
@seeds
def test_gradients_equal_central_differences_of_the_likelihood(V, H, seed):
    rng = np.random.default_rng(seed)
    rbm, v = machine(V, H, rng), bits((7, V), rng)
    at = np.r_[rbm.W.ravel(), rbm.b, rbm.c]

    def value(x):
        return likelihood(v, x[: V * H].reshape(V, H), *np.split(x[V * H :], [V]))

    assert math.isclose(rbm.log_likelihood(v), value(at))
    slopes = np.concatenate([np.ravel(part) for part in rbm.gradient(v)])
    for k, slope in enumerate(slopes):
        h = 1e-4 * (np.arange(len(at)) == k)
        assert abs((value(at + h) - value(at - h)) / 2e-4 - slope) < EXACT


def test_an_exact_sum_of_several_blocks_is_seen_from_the_smaller_layer(rng):
    rbm, v = machine(11, 13, rng, 0.5), bits((5, 11), rng)
    F = rbm.free_energy(truth_table(11))
    assert math.isclose(rbm.log_partition(), np.log(np.exp(-F).sum()))
    mirror = RBM(rbm.W.T, rbm.c, rbm.b)
    assert rbm.smaller() is rbm and mirror.smaller().W.shape == (11, 13)
    assert math.isclose(mirror.log_partition(), rbm.log_partition())
    p = np.exp(-F - rbm.log_partition())
    here, there = rbm.hidden(v), rbm.hidden(truth_table(11))
    dW, db, dc = rbm.gradient(v)
    assert np.allclose(dW, v.T @ here / 5 - (truth_table(11).T * p) @ there)
    assert np.allclose(db, v.mean(axis=0) - p @ truth_table(11))
    assert np.allclose(dc, here.mean(axis=0) - p @ there)


def test_base_rates_are_the_best_biases_without_weights(rng):
    v = (rng.random((5_000, 4)) < [0.1, 0.5, 0.7, 0.9]).astype(int)
    b = base_rates(v)
    assert np.allclose(sigmoid(b), v.mean(axis=0), atol=1e-3)
    alone = RBM(np.zeros((4, 1)), b)
    assert all(np.abs(part).max() < 1e-3 for part in alone.gradient(v))
    assert np.isfinite(base_rates(np.array([[0, 1]] * 9))).all()


# -- Gibbs sampling and contrastive divergence ---------------------------------------


def plain_layer(x, W, bias, u):
    """States of a layer given the other, unit by unit, with the uniforms u."""
    new = np.zeros(u.shape)
    for m, j in np.ndindex(u.shape):
        z = sum(x[m, i] * W[i, j] for i in range(W.shape[0])) + bias[j]
        new[m, j] = u[m, j] < 1 / (1 + math.exp(-z))
    return new


def plain_gibbs(rbm, v, rng, n_steps, clamped=()):
    """n_steps with the uniforms that are documented."""
    start = v
    for _ in range(n_steps):
        u = rng.random((len(v), len(rbm.c)), rbm.W.dtype)
        h = plain_layer(v, rbm.W, rbm.c, u)
        u = rng.random((len(v), len(rbm.b)), rbm.W.dtype)
        v = plain_layer(h, rbm.W.T, rbm.b, u)
        for i in clamped:
            v[:, i] = start[:, i]
    return v


@both_dtypes
@pytest.mark.parametrize("V, H, C", [(1, 1, 1), (5, 3, 4), (3, 7, 2)])
def test_gibbs_is_a_plain_loop_with_the_same_uniforms(V, H, C, dtype, rng):
    rbm, v = machine(V, H, rng, dtype=dtype), bits((C, V), rng)
    for clamped in [], [0], [V - 1, V // 2]:
        before = v.copy()
        new = rbm.gibbs(v, np.random.default_rng(1), 4, clamped)
        expected = plain_gibbs(rbm, v, np.random.default_rng(1), 4, clamped)
        assert np.array_equal(new, expected) and new.dtype == dtype
        assert np.array_equal(v, before)
    one = rbm.gibbs(v[0], np.random.default_rng(1), 2)
    assert np.array_equal([one], rbm.gibbs(v[:1], np.random.default_rng(1), 2))


def variation(v, p):
    """Total variation between states (C, V) and probabilities (2**V,)."""
    places = v.astype(int) @ 2 ** np.arange(v.shape[1])[::-1]
    return np.abs(np.bincount(places, minlength=len(p)) / len(v) - p).sum() / 2


def probabilities(rbm):
    return np.exp(-rbm.free_energy(truth_table(len(rbm.b))) - rbm.log_partition())


@seeds
def test_alternate_layers_sample_the_distribution(seed):
    rng = np.random.default_rng(seed)
    rbm = machine(4, 3, rng)
    p, v = probabilities(rbm), bits((20_000, 4), rng)
    assert variation(v, p) > 0.2, "the start is far off"
    assert variation(rbm.gibbs(v, rng, 20), p) < 0.03
    v[:, [1, 3]] = 1, 0
    s = truth_table(4)
    p = np.where((s[:, 1] == 1) & (s[:, 3] == 0), p, 0)
    assert variation(rbm.gibbs(v, rng, 20, [3, 1]), p / p.sum()) < 0.03


def test_a_start_of_chances_is_that_of_states_on_average(rng):
    """Not of its chances of the hidden units: σ of a mean is no mean of σ."""
    rbm = RBM([[1.0, -2.0]], [0], [0, 1])
    assert np.allclose(rbm.hidden([0.25]), sigmoid(np.array([0.25, 0.5])))
    h = rbm.hidden([0.25])
    p = sum(
        (rbm.visible(s) * np.prod(np.where(s, h, 1 - h))) for s in truth_table(2)
    ).item()
    new = rbm.gibbs(np.full((20_000, 1), 0.25), rng)
    assert abs(new.mean() - p) < 0.02


@both_dtypes
@pytest.mark.parametrize("k", [1, 3])
@pytest.mark.parametrize("n_chains", [None, 2, 9])
def test_cd_is_the_difference_of_two_means_with_the_uniforms_of_gibbs(
    k, n_chains, dtype, rng
):
    rbm, v = machine(5, 3, rng, dtype=dtype), rng.random((4, 5))
    if n_chains is None:
        v, chains = bits((4, 5), rng), None
        start = v
    else:
        start = chains = bits((n_chains, 5), rng)
    kept = v.copy(), start.copy()
    dW, db, dc, ends = rbm.cd(v, np.random.default_rng(1), k, chains)
    assert np.array_equal(ends, rbm.gibbs(start, np.random.default_rng(1), k))
    here, there = rbm.hidden(v), rbm.hidden(ends)
    for i, j in np.ndindex(5, 3):
        expected = np.mean(v[:, i] * here[:, j]) - np.mean(ends[:, i] * there[:, j])
        assert math.isclose(dW[i, j], expected, abs_tol=1e-6)
    assert np.allclose(db, v.mean(axis=0) - ends.mean(axis=0), atol=1e-6)
    assert np.allclose(dc, here.mean(axis=0) - there.mean(axis=0), atol=1e-6)
    assert {part.dtype for part in (dW, db, dc, ends)} == {np.dtype(dtype)}
    assert np.array_equal(v, kept[0]) and np.array_equal(start, kept[1])


@pytest.mark.slow
@seeds
def test_chains_that_follow_the_machine_give_its_slope_and_one_step_from_data_not(seed):
    rng = np.random.default_rng(seed)
    rbm, v = machine(4, 3, rng, 1.5), np.repeat(bits((3, 4), rng), 3_000, axis=0)
    exact = rbm.gradient(v)[0]
    places = rng.choice(16, 10_000, p=probabilities(rbm))
    for k in (1, 3):
        dW, _, _, ends = rbm.cd(v, rng, k, truth_table(4)[places])
        assert np.abs(dW - exact).max() < 0.02
        assert variation(ends, probabilities(rbm)) < 0.04, "they follow it still"
    assert np.abs(rbm.cd(v, rng)[0] - exact).max() > 0.05
    assert np.abs(rbm.cd(v, rng, 40)[0] - exact).max() < 0.02


def learn(rbm, v, rng, way, n_steps=100, lr=0.5, size=100):
    """Steps uphill on random rows of v: exact, with kept chains, or by CD-k."""
    chains = v[:size]
    for _ in range(n_steps):
        rows = v[rng.integers(0, len(v), size)]
        if way == "exact":
            slopes = rbm.gradient(rows)
        elif way == "PCD":
            *slopes, chains = rbm.cd(rows, rng, 1, chains)
        else:
            *slopes, _ = rbm.cd(rows, rng, int(way[3:]))
        for parameter, slope in zip((rbm.W, rbm.b, rbm.c), slopes, strict=True):
            parameter += lr * slope


@pytest.mark.slow
@pytest.mark.parametrize("way", ["CD-1", "CD-10", "PCD", "exact"])
@seeds
def test_learning_raises_the_exact_likelihood_of_digits_held_out(way, seed):
    """Above that of pixels on their own, where it starts."""
    rng = np.random.default_rng(seed)
    v = rng.permutation(digits()[0] > 8).astype("float32")
    train, rest = v[:1200], v[1200:]
    W = rng.normal(0, 0.1, (64, 12)).astype("float32")
    alone = RBM(np.zeros((64, 12)), base_rates(train)).log_likelihood(rest)
    rbm = RBM(W, base_rates(train))
    learn(rbm, train, rng, way)
    assert -25 < alone < -24 and rbm.log_likelihood(rest) > alone + 1


# -- log Z beyond exact sums ---------------------------------------------------------


def plain_ais(rbm, rng, n_chains, betas, base):
    """log weights with the uniforms in the order of the chains' steps."""
    V, H = rbm.W.shape
    f = [lambda v, beta=beta: log_f(rbm, v, beta, base) for beta in betas]
    v = plain_layer(
        np.zeros((n_chains, 1)), np.zeros((1, V)), base, rng.random((n_chains, V))
    )
    log_w = np.full(n_chains, H * math.log(2) + np.log(1 + np.exp(base)).sum())
    for k in range(1, len(betas)):
        log_w += f[k](v) - f[k - 1](v)
        beta = betas[k]
        u = rng.random((n_chains, H))
        h = plain_layer(v, beta * rbm.W, beta * rbm.c, u)
        u = rng.random((n_chains, V))
        v = plain_layer(h, beta * rbm.W.T, beta * rbm.b + (1 - beta) * base, u)
    return log_w


def log_f(rbm, v, beta, base):
    x = beta * (v @ rbm.W + rbm.c)
    return v @ ((1 - beta) * base + beta * rbm.b) + np.log(1 + np.exp(x)).sum(axis=1)


@pytest.mark.parametrize("base", [None, [0.3, -1.0, 0.0]])
@pytest.mark.parametrize("n", [2, 3, 10])
def test_ais_is_a_plain_loop_with_the_same_uniforms(base, n, rng):
    rbm = machine(3, 4, rng)
    log_Z, error = rbm.ais(np.random.default_rng(1), 6, n, base)
    start = rbm.b if base is None else np.array(base)
    betas = np.linspace(0, 1, n)
    w = np.exp(plain_ais(rbm, np.random.default_rng(1), 6, betas, start))
    assert math.isclose(log_Z, math.log(w.mean()))
    assert math.isclose(error, np.std(w, ddof=1) / math.sqrt(6) / w.mean())


@pytest.mark.slow
def test_ais_finds_log_z_and_its_own_error_on_ten_machines():
    """Within 0.1 nat; two standard errors hold the truth for eight at least."""
    off, bars = [], []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        rbm = machine(16, 12, rng, dtype=["float32", "float64"][seed % 2])
        log_Z, error = rbm.ais(rng, 100, 500)
        off.append(abs(log_Z - rbm.log_partition()))
        bars.append(2 * error)
    assert max(off) < 0.1 and max(bars) < 0.1
    assert sum(o < bar for o, bar in zip(off, bars, strict=True)) >= 8


@pytest.mark.parametrize("base", [None, np.zeros(8), np.linspace(-2, 2, 8)])
def test_ais_ends_at_the_same_log_z_from_any_base_and_errs_as_it_says(base):
    rbm = machine(8, 6, np.random.default_rng(3))
    found = [rbm.ais(np.random.default_rng(k), 50, 30, base) for k in range(60)]
    log_Z, errors = np.array(found).T
    assert abs(log_Z.mean() - rbm.log_partition()) < 4 * log_Z.std() / 60**0.5 + 0.01
    assert 0.6 < log_Z.std() / errors.mean() < 1.6


def test_without_weights_ais_is_exact_and_sure(rng):
    rbm = RBM(np.zeros((5, 3)), rng.normal(size=5))
    log_Z, error = rbm.ais(rng, 10, 5)
    assert math.isclose(log_Z, rbm.log_partition()) and error < 1e-12


def test_an_estimate_of_log_z_stands_for_the_exact_one(rng):
    rbm, v = machine(4, 3, rng), bits((5, 4), rng)
    exact = rbm.log_likelihood(v)
    assert math.isclose(rbm.log_likelihood(v, rbm.log_partition() + 1), exact - 1)
    large = RBM(np.zeros((30, 40)))
    assert math.isclose(
        large.log_likelihood(bits((2, 30), rng), 70 * math.log(2)), -30 * math.log(2)
    )


# -- types and large numbers ---------------------------------------------------------


@both_dtypes
def test_what_comes_back_has_the_dtype_of_the_weights(dtype, rng):
    rbm, v = machine(4, 3, rng, dtype=dtype), bits((5, 4), rng)
    parts = [rbm.hidden(v), rbm.visible(bits((5, 3), rng)), rbm.gibbs(v, rng)]
    parts += [rbm.free_energy(v), rbm.energy(v, bits((5, 3), rng)), *rbm.gradient(v)]
    parts += [rbm.log_partition(), rbm.log_likelihood(v)]
    parts += [*machine(3, 4, rng, dtype=dtype).gradient(bits((5, 3), rng))]
    assert {part.dtype for part in parts} == {np.dtype(dtype)}
    assert {x.dtype for x in (rbm.W, rbm.b, rbm.c)} == {np.dtype(dtype)}


def test_the_machine_owns_its_weights(rng):
    W, b = rng.normal(size=(2, 3)), rng.normal(size=2)
    rbm = RBM(W, b)
    rbm.W += 1
    rbm.b += 1
    assert np.allclose(rbm.W - W, 1) and np.allclose(rbm.b - b, 1)
    assert RBM([[1, 2]]).W.dtype == float


def test_large_weights_do_not_overflow():
    rbm = RBM([[1e4], [1e4]], [0, 0], [0])
    assert rbm.log_partition() == 2e4
    assert rbm.free_energy([1, 1]) == -2e4
    assert all(np.isfinite(part).all() for part in rbm.gradient([[0, 1]]))


# -- what is refused -----------------------------------------------------------------

SMALL = RBM([[1.0, -1.0]])
LARGE = RBM(np.zeros((MOST + 2, MOST + 1)))
RNG = np.random.default_rng(0)
REFUSED = {
    "W of one row": (lambda: RBM([1, 2]), r"W must have shape \(V, H\)"),
    "W of NaN": (lambda: RBM([[np.nan]]), "W must hold finite numbers"),
    "b too long": (lambda: RBM([[1, 2]], [0, 0]), r"b must have shape \(1,\)"),
    "c too short": (lambda: RBM([[1, 2]], None, [0]), r"c must have shape \(2,\)"),
    "c of infinity": (lambda: RBM([[1]], c=[np.inf]), "c must hold finite numbers"),
    "pixels to 16": (
        lambda: SMALL.hidden([[16]]),
        "v must hold states, 0 and 1, or chances between them; it holds 16 to 16; "
        "divide pixels by the largest",
    ),
    "a negative chance": (lambda: SMALL.visible([0, -0.1]), "h must hold states, 0 an"),
    "NaN": (lambda: SMALL.cd([[np.nan]], RNG), "v must hold finite numbers"),
    "too wide": (
        lambda: SMALL.hidden([[0, 1]]),
        r"v must have shape \(S, 1\) with S ≥ 1; it has shape \(1, 2\)",
    ),
    "h too narrow": (lambda: SMALL.visible([1]), r"h must have shape \(2,\)"),
    "no rows": (
        lambda: SMALL.cd(np.zeros((0, 1)), RNG),
        r"v must have shape \(M, 1\) with M ≥ 1; it has shape \(0, 1\)",
    ),
    "one row without its axis": (lambda: SMALL.cd([1], RNG), r"v must have shape \(M,"),
    "chances of an energy": (
        lambda: SMALL.free_energy([[0.5]]),
        r"v must hold labels \(0, 1\); it holds \[0.5\]",
    ),
    "chances of h in an energy": (
        lambda: SMALL.energy([1], [0.5, 1]),
        r"h must hold labels \(0, 1\); it holds \[0.5 1. \]",
    ),
    "chances of a likelihood": (
        lambda: SMALL.log_likelihood([[0.5]]),
        "v must hold labels",
    ),
    "chances of an exact slope": (
        lambda: SMALL.gradient([[0.5]]),
        "v must hold labels",
    ),
    "chains of chances": (
        lambda: SMALL.cd([[1]], RNG, chains=[[0.5]]),
        r"chains must hold labels \(0, 1\)",
    ),
    "chains of another width": (
        lambda: SMALL.cd([[1]], RNG, chains=[[1, 0]]),
        r"chains must have shape \(M, 1\)",
    ),
    "no step": (lambda: SMALL.cd([[1]], RNG, 0), "k must be above 0; got 0"),
    "no Gibbs step": (lambda: SMALL.gibbs([1], RNG, 0), "n_steps must be above 0"),
    "no such unit": (
        lambda: SMALL.gibbs([1], RNG, 1, [1]),
        "clamped must hold labels from 0 to 0; it holds 1 to 1",
    ),
    "one chain": (
        lambda: SMALL.ais(RNG, 1),
        "n_chains and n_temperatures must be 2 or more; got 1 and 1000",
    ),
    "one temperature": (
        lambda: SMALL.ais(RNG, 10, 1),
        "must be 2 or more; got 10 and 1",
    ),
    "base of another width": (
        lambda: SMALL.ais(RNG, base=[0, 0]),
        r"base must have shape \(1,\)",
    ),
    "base rates of pixels": (lambda: base_rates([[2]]), "v must hold states, 0 and 1"),
    "base rates of a row": (lambda: base_rates([1]), r"v must have shape \(M, V\)"),
    "ragged rows": (lambda: SMALL.cd([[1], [1, 0]], RNG), "v must hold rows of one le"),
    "words": (lambda: SMALL.hidden(["on"]), "v must hold numbers"),
}


@pytest.mark.parametrize("call, message", REFUSED.values(), ids=REFUSED.keys())
def test_what_makes_no_sense_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    "ask",
    [
        LARGE.log_partition,
        lambda: LARGE.log_likelihood(np.zeros((1, MOST + 2))),
        lambda: LARGE.gradient(np.zeros((1, MOST + 2))),
    ],
)
def test_an_exact_sum_that_is_too_large_is_refused_with_its_cost(ask):
    cost = (
        rf"smaller layer, {MOST + 1} units, has 2\*\*{MOST + 1} terms, 2\*\*1 times as "
        "many as are allowed.*estimate log Z with ais, and a slope with cd"
    )
    with pytest.raises(ValueError, match=cost):
        ask()


@pytest.mark.slow
def test_the_largest_exact_sum_is_done():
    rbm = RBM(np.zeros((MOST, MOST + 3), "float32"))
    assert np.isclose(rbm.log_partition(), (2 * MOST + 3) * math.log(2))


def test_a_machine_says_what_it_is():
    assert repr(SMALL) == "RBM(1 visible, 2 hidden units)"
