"""Deep Boltzmann machines, against a Boltzmann machine with a mask and plain loops."""

import math
from itertools import product

import numpy as np
import pytest

from course_lib.datasets import digits, truth_table
from course_lib.dbm import DBM
from course_lib.energy import BoltzmannMachine
from course_lib.maths import sigmoid
from course_lib.rbm import RBM, base_rates
from course_lib.states import BLOCK, MOST, numbers

EXACT = 1e-8  # what the issue of exact gradients asks for
seeds = pytest.mark.parametrize("seed", range(3))
both_dtypes = pytest.mark.parametrize("dtype", ["float32", "float64"])
shapes = pytest.mark.parametrize("V, H1, H2", [(1, 1, 1), (3, 2, 4), (4, 3, 2)])
scales = pytest.mark.parametrize("scale", [0.1, 1, 3])
NAMES = "W1", "W2", "b", "c1", "c2"


def machine(V, H1, H2, rng, scale=1.0, dtype="float64"):
    W1, W2 = rng.normal(0, scale, (V, H1)), rng.normal(0, scale, (H1, H2))
    b, c1, c2 = (rng.normal(size=n) for n in (V, H1, H2))
    return DBM(W1.astype(dtype), W2, b, c1, c2)


def bits(shape, rng):
    return rng.integers(0, 2, shape)


def states(n):
    return [*product((0, 1), repeat=n)]


def layers(s, dbm):
    """States (..., N) of all units as those of v, h1 and h2."""
    V, H1 = dbm.W1.shape
    return np.split(np.asarray(s), [V, V + H1], axis=-1)


def masked(dbm):
    """The Boltzmann machine of all units, most connections missing."""
    V, H1 = dbm.W1.shape
    N = V + H1 + len(dbm.c2)
    W = np.zeros((N, N))
    W[:V, V : V + H1], W[V : V + H1, V + H1 :] = dbm.W1, dbm.W2
    return BoltzmannMachine(W + W.T, np.r_[dbm.b, dbm.c1, dbm.c2], V)


def chance(s, means):
    """The chance of a state of units that are on with these chances, each by itself."""
    return math.prod(m if on else 1 - m for on, m in zip(s, means, strict=True))


# -- energies and likelihood ---------------------------------------------------------


@shapes
@scales
@seeds
def test_it_is_a_boltzmann_machine_with_missing_connections(V, H1, H2, scale, seed):
    rng = np.random.default_rng(seed)
    dbm, v = machine(V, H1, H2, rng, scale), bits((7, V), rng)
    whole = masked(dbm)
    assert math.isclose(dbm.log_partition(), whole.log_partition(), abs_tol=1e-10)
    assert abs(dbm.log_likelihood(v) - whole.log_likelihood(v)) < 1e-10


@shapes
def test_folded_it_is_an_rbm(V, H1, H2, rng):
    dbm = machine(V, H1, H2, rng)
    s = truth_table(V + H1 + H2)
    v, h1, h2 = layers(s, dbm)
    energy = dbm.as_rbm().energy(np.hstack((v, h2)), h1)
    assert np.allclose(energy, masked(dbm).energy(s))


def test_a_sum_of_several_blocks_is_one_sum(rng):
    """The RBM sums over the other side, of 6 units."""
    dbm, v = machine(4, 11, 2, rng), bits((5, 4), rng)
    assert 2**11 > BLOCK and len(dbm.as_rbm().smaller().b) == 6
    assert math.isclose(dbm.log_partition(), dbm.as_rbm().log_partition())
    F = [dbm.as_rbm().free_energy([(*row, *h2) for h2 in states(2)]) for row in v]
    log_p = np.log(np.exp(-np.array(F)).sum(axis=1)) - dbm.log_partition()
    assert math.isclose(dbm.log_likelihood(v), log_p.mean())


def test_an_estimate_of_log_z_stands_for_the_exact_one(rng):
    dbm, v = machine(6, 5, 4, rng), bits((5, 6), rng)
    log_Z, error = dbm.as_rbm().ais(rng, 100, 300)
    assert abs(log_Z - dbm.log_partition()) < 4 * error < 0.2
    exact, mu = dbm.log_partition(), dbm.mean_field(v)
    assert math.isclose(dbm.log_likelihood(v, exact), dbm.log_likelihood(v))
    assert math.isclose(dbm.log_likelihood(v, exact + 1), dbm.log_likelihood(v) - 1)
    assert math.isclose(dbm.bound(v, *mu, exact + 1), dbm.bound(v, *mu) - 1)


# -- mean field and its bound --------------------------------------------------------


@shapes
@scales
def test_the_bound_is_its_sum_and_below_the_likelihood(V, H1, H2, scale, rng):
    """For means of any size, and those of mean_field."""
    dbm = machine(V, H1, H2, rng, scale)
    whole, log_Z = masked(dbm), dbm.log_partition()
    v = np.array(states(V))
    some = rng.random((len(v), H1)), rng.random((len(v), H2))
    edge = bits((len(v), H1), rng), bits((len(v), H2), rng)
    for mu1, mu2 in some, edge, dbm.mean_field(v):
        for m, row in enumerate(v):
            expected = -log_Z
            for h in states(H1 + H2):
                q = chance(h, np.r_[mu1[m], mu2[m]])
                if q:
                    expected -= q * (whole.energy((*row, *h)) + math.log(q))
            at = [row], mu1[m : m + 1], mu2[m : m + 1]
            assert math.isclose(dbm.bound(*at), expected, abs_tol=1e-10)
            assert dbm.bound(*at) <= dbm.log_likelihood([row]) + 1e-12
    mean = np.mean([dbm.bound(v[[m]], mu1[[m]], mu2[[m]]) for m in range(len(v))])
    assert math.isclose(dbm.bound(v, mu1, mu2), mean)


@pytest.mark.parametrize("scale", [0.1, 1, 5])
@seeds
def test_no_step_of_mean_field_lowers_the_bound(scale, seed):
    """Each layer's means are the best ones, given those of the other."""
    rng = np.random.default_rng(seed)
    dbm, v = machine(8, 6, 5, rng, scale), bits((20, 8), rng)
    bounds, log_Z = [], dbm.log_partition()
    for n in range(1, 30):
        mu = dbm.mean_field(v, n, 0)
        bounds.append(
            [dbm.bound(v[[m]], mu[0][[m]], mu[1][[m]], log_Z) for m in range(20)]
        )
    assert np.diff(bounds, axis=0).min() > -1e-12
    assert np.mean(bounds[-1]) > np.mean(bounds[0]), "it has something to do"


@both_dtypes
def test_mean_field_is_a_plain_loop_that_starts_at_a_half(dtype, rng):
    dbm, v = machine(5, 4, 3, rng, dtype=dtype), rng.random((6, 5)).astype(dtype)
    for n in 1, 4:
        mu2 = np.full((6, 3), 0.5)
        for _ in range(n):
            mu1 = 1 / (1 + np.exp(-(v @ dbm.W1 + mu2 @ dbm.W2.T + dbm.c1)))
            mu2 = 1 / (1 + np.exp(-(mu1 @ dbm.W2 + dbm.c2)))
        ours = dbm.mean_field(v, n, 0)
        assert np.allclose(ours[0], mu1, atol=1e-6)
        assert np.allclose(ours[1], mu2, atol=1e-6)


def test_mean_field_stops_where_no_mean_moves_any_more(rng):
    dbm, v = machine(5, 4, 3, rng, 0.5), bits((6, 5), rng)
    mu1, mu2 = dbm.mean_field(v, 1000, 1e-12)
    assert np.allclose(mu1, sigmoid(v @ dbm.W1 + mu2 @ dbm.W2.T + dbm.c1), atol=1e-11)
    assert np.allclose(mu2, sigmoid(mu1 @ dbm.W2 + dbm.c2), atol=1e-11)
    steps = [dbm.mean_field(v, n, 0)[1] for n in range(1, 30)]
    moves = [np.full_like(mu2, 0.5), *steps]
    moves = [np.abs(b - a).max() for a, b in zip(moves, moves[1:], strict=False)]
    first = next(n for n, move in enumerate(moves) if move <= 1e-4)
    assert np.array_equal(dbm.mean_field(v)[1], steps[first]) and first > 2


def test_layer_after_layer_settles_where_both_at_once_swing_for_ever():
    """Two units that forbid each other, and each on if left alone."""
    dbm = DBM([[0]], [[-10]], None, [8], [8])
    mu1 = mu2 = np.array([[0.5]])
    at_once = []
    for _ in range(100):
        mu1, mu2 = sigmoid(-10 * mu2 + 8), sigmoid(-10 * mu1 + 8)
        at_once.append(mu2.item())
    assert abs(at_once[-1] - at_once[-2]) > 0.8 and at_once[-1] == at_once[-3]
    mu1, mu2 = dbm.mean_field([[0]], 100, 1e-12)
    assert np.allclose(mu2, sigmoid(-10 * mu1 + 8)) and abs(mu1 - mu2) > 0.8


# -- sampling ------------------------------------------------------------------------


@both_dtypes
def test_gibbs_draws_h1_then_v_and_h2_by_the_documented_uniforms(dtype, rng):
    dbm = machine(4, 3, 2, rng, dtype=dtype)
    v, h2 = before = bits((5, 4), rng), bits((5, 2), rng)
    kept = v.copy(), h2.copy()
    new = dbm.gibbs(v, h2, np.random.default_rng(1), 3)
    uniforms = np.random.default_rng(1)
    for _ in range(3):
        x = v @ dbm.W1 + h2 @ dbm.W2.T + dbm.c1
        h1 = uniforms.random(x.shape, dtype) < 1 / (1 + np.exp(-x))
        x = np.hstack((h1 @ dbm.W1.T + dbm.b, h1 @ dbm.W2 + dbm.c2))
        s = uniforms.random(x.shape, dtype) < 1 / (1 + np.exp(-x))
        v, h2 = s[:, :4].astype(int), s[:, 4:].astype(int)
    assert np.array_equal(new[0], v) and np.array_equal(new[1], h2)
    assert np.array_equal(before[0], kept[0]) and np.array_equal(before[1], kept[1])


def exact_draws(dbm, n, rng):
    """n states v and h2, drawn from the table of all."""
    p = masked(dbm).probabilities()
    v, _, h2 = layers(
        truth_table(int(np.log2(len(p))))[rng.choice(len(p), n, p=p)], dbm
    )
    return v, h2


@seeds
def test_alternate_layers_sample_the_distribution(seed):
    rng = np.random.default_rng(seed)
    dbm = machine(3, 3, 2, rng)
    p = masked(dbm).probabilities().reshape(8, 8, 4).sum(axis=1).ravel()

    def variation(v, h2):
        shares = np.bincount(numbers(np.hstack((v, h2))), minlength=32) / len(v)
        return np.abs(shares - p).sum() / 2

    v, h2 = bits((20_000, 3), rng), bits((20_000, 2), rng)
    assert variation(v, h2) > 0.2, "the start is far off"
    assert variation(*dbm.gibbs(v, h2, rng, 20)) < 0.03


# -- slopes --------------------------------------------------------------------------


def of_machine(dbm):
    """<v h1>, <h1 h2>, <v>, <h1>, <h2> of the machine, exact."""
    p = masked(dbm).probabilities()
    v, h1, h2 = layers(truth_table(int(np.log2(len(p)))), dbm)
    return (v.T * p) @ h1, (h1.T * p) @ h2, p @ v, p @ h1, p @ h2


def of_particles(dbm, v, h2):
    """The same of particles, pair by pair."""
    h1 = sigmoid(v @ dbm.W1 + h2 @ dbm.W2.T + dbm.c1)
    pairs = [
        np.mean([np.outer(a, b) for a, b in zip(x, y, strict=True)], axis=0)
        for x, y in ((v, h1), (h1, h2))
    ]
    return *pairs, v.mean(axis=0), h1.mean(axis=0), h2.mean(axis=0)


@pytest.mark.parametrize("k", [1, 3])
@both_dtypes
def test_a_slope_is_the_difference_of_two_means(k, dtype, rng):
    dbm, v = machine(4, 3, 2, rng, dtype=dtype), rng.random((6, 4)).astype(dtype)
    particles = bits((9, 4), rng), bits((9, 2), rng)
    *slopes, ends = dbm.slope(v, particles, np.random.default_rng(1), k)
    expected = dbm.gibbs(*particles, np.random.default_rng(1), k)
    assert all(np.array_equal(*pair) for pair in zip(ends, expected, strict=True))
    mu1, mu2 = dbm.mean_field(v)
    here = v.T @ mu1 / 6, mu1.T @ mu2 / 6, v.mean(axis=0), mu1.mean(axis=0), mu2.mean(0)
    for slope, a, b in zip(slopes, here, of_particles(dbm, *ends), strict=True):
        assert np.allclose(slope, a - b, atol=1e-6) and slope.dtype == dtype
    assert {part.dtype for part in ends} == {np.dtype(dtype)}


def with_exact_machine(dbm, v, rng):
    """slope, what the particles gave replaced by the exact means."""
    particles = bits((4, len(dbm.b)), rng), bits((4, len(dbm.c2)), rng)
    *slopes, ends = dbm.slope(v, particles, rng)
    parts = zip(slopes, of_particles(dbm, *ends), of_machine(dbm), strict=True)
    return [slope + there - exact for slope, there, exact in parts]


@shapes
@seeds
def test_slopes_equal_central_differences_of_the_bound(V, H1, H2, seed):
    """With the machine's exact means; µ is held, as in the step that follows it."""
    rng = np.random.default_rng(seed)
    dbm, v = machine(V, H1, H2, rng), bits((7, V), rng)
    mu = dbm.mean_field(v)
    for name, slope in zip(NAMES, with_exact_machine(dbm, v, rng), strict=True):
        for at in np.ndindex(slope.shape):
            values = []
            for h in 1e-4, -1e-4:
                parts = {n: getattr(dbm, n).copy() for n in NAMES}
                parts[name][at] += h
                values.append(DBM(**parts).bound(v, *mu))
            assert abs((values[0] - values[1]) / 2e-4 - slope[at]) < EXACT


@pytest.mark.parametrize("V, H1, H2", [(3, 2, 2), (4, 3, 2)])
def test_where_the_posterior_is_factorial_it_is_the_slope_of_the_likelihood(
    V, H1, H2, rng
):
    dbm, v = machine(V, H1, H2, rng), bits((7, V), rng)
    dbm.W2[:] = 0
    dW, db = masked(dbm).gradient(v)
    dW1, dW2, *others = with_exact_machine(dbm, v, rng)
    assert np.allclose(dW1, dW[:V, V : V + H1], atol=1e-12)
    assert np.allclose(dW2, dW[V : V + H1, V + H1 :], atol=1e-12)
    assert np.allclose(np.concatenate(others), db, atol=1e-12)


@seeds
def test_particles_that_follow_the_machine_stand_for_its_exact_means(seed):
    rng = np.random.default_rng(seed)
    dbm, v = machine(4, 3, 2, rng), bits((7, 4), rng)
    exact = with_exact_machine(dbm, v, rng)
    *slopes, _ = dbm.slope(v, exact_draws(dbm, 20_000, rng), rng, 2)
    assert max(np.abs(a - b).max() for a, b in zip(slopes, exact, strict=True)) < 0.02


def bars(side):
    """All pictures (M, side²) of whole rows or of whole columns."""
    rows = [np.repeat(s, side) for s in states(side)]
    return np.unique(rows + [r.reshape(side, side).T.ravel() for r in rows], axis=0)


def learn(dbm, v, rng, n_steps, lr, watch):
    """Steps by kept particles; watch() after every tenth part."""
    particles = bits((100, len(dbm.b)), rng), bits((100, len(dbm.c2)), rng)
    for step in range(n_steps):
        rows = v[rng.integers(0, len(v), 100)]
        *slopes, particles = dbm.slope(rows, particles, rng)
        for name, slope in zip(NAMES, slopes, strict=True):
            getattr(dbm, name)[...] += lr * slope
        if step % (n_steps // 10) == 0:
            watch()


def followed(dbm, v, rng, n_steps, lr):
    """Bounds and likelihoods on the way."""
    values = []

    def watch():
        values.append((dbm.bound(v, *dbm.mean_field(v)), dbm.log_likelihood(v)))

    learn(dbm, v, rng, n_steps, lr, watch)
    return np.array(values).T


@pytest.mark.slow
@seeds
def test_learning_raises_the_bound_which_stays_below_the_likelihood_bars(seed):
    rng = np.random.default_rng(seed)
    dbm = DBM(rng.normal(0, 0.1, (9, 8)), rng.normal(0, 0.1, (8, 4)))
    bounds, likelihoods = followed(dbm, bars(3), rng, 600, 0.4)
    assert (bounds < likelihoods).all()
    assert bounds[-1] > bounds[0] + 1.5


@pytest.mark.slow
@seeds
def test_learning_raises_the_bound_which_stays_below_the_likelihood_digits(seed):
    """Above that of pixels on their own."""
    rng = np.random.default_rng(seed)
    v = (digits()[0] > 8).astype("float32")[:500]
    W1 = rng.normal(0, 0.1, (64, 10)).astype("float32")
    dbm = DBM(W1, rng.normal(0, 0.1, (10, 6)), base_rates(v))
    bounds, likelihoods = followed(dbm, v, rng, 400, 0.2)
    alone = RBM(np.zeros((64, 1)), base_rates(v)).log_likelihood(v)
    assert (bounds < likelihoods).all() and bounds[-1] > alone + 1


# -- types and large numbers ---------------------------------------------------------


@both_dtypes
def test_what_comes_back_has_the_dtype_of_the_weights(dtype, rng):
    dbm, v = machine(4, 3, 2, rng, dtype=dtype), bits((5, 4), rng)
    mu = dbm.mean_field(v)
    parts = [getattr(dbm, name) for name in NAMES] + [*mu, dbm.bound(v, *mu)]
    parts += [dbm.log_partition(), dbm.log_likelihood(v)]
    parts += [*dbm.gibbs(v, bits((5, 2), rng), rng), dbm.as_rbm().W]
    assert {part.dtype for part in parts} == {np.dtype(dtype)}


def test_the_machine_owns_its_weights(rng):
    W1, W2 = rng.normal(size=(2, 3)), rng.normal(size=(3, 2))
    dbm = DBM(W1, W2)
    dbm.W1 += 1
    dbm.W2 += 1
    dbm.as_rbm().W[:] = 0
    assert np.allclose(dbm.W1 - W1, 1) and np.allclose(dbm.W2 - W2, 1)
    assert not any(part.any() for part in (dbm.b, dbm.c1, dbm.c2))


def test_large_weights_do_not_overflow():
    dbm, v = DBM([[1e4]], [[-1e4]], None, None, [1e4]), [[0], [1]]
    assert np.isclose(dbm.log_partition(), 1e4 + math.log(4))
    assert np.isfinite(dbm.bound(v, *dbm.mean_field(v)))
    assert np.isfinite(dbm.log_likelihood(v))


# -- what is refused -----------------------------------------------------------------

SMALL = DBM([[1.0, -1.0]], [[1.0], [2.0]])
LARGE = DBM(np.zeros((2, MOST + 1)), np.zeros((MOST + 1, 2)))
RNG = np.random.default_rng(0)
REFUSED = {
    "W1 of one row": (lambda: DBM([1], [[1]]), r"W1 must have shape \(V, H1\)"),
    "W1 of NaN": (lambda: DBM([[np.nan]], [[1]]), "W1 must hold finite numbers"),
    "W2 that does not fit": (
        lambda: DBM([[1, 2]], [[1]]),
        r"W2 must have shape \(2, H2\) with H2 ≥ 1; it has shape \(1, 1\)",
    ),
    "W2 of infinity": (lambda: DBM([[1]], [[np.inf]]), "W2 must hold finite numbers"),
    "b": (lambda: DBM([[1]], [[1]], [0, 0]), r"b must have shape \(1,\)"),
    "c1": (lambda: DBM([[1]], [[1]], c1=[0, 0]), r"c1 must have shape \(1,\)"),
    "c2": (lambda: DBM([[1]], [[1]], c2=[np.nan]), "c2 must hold finite numbers"),
    "v too wide": (
        lambda: SMALL.mean_field([[0, 1]]),
        r"v must have shape \(M, 1\) with M ≥ 1; it has shape \(1, 2\)",
    ),
    "one row without its axis": (
        lambda: SMALL.log_likelihood([1]),
        r"v must have shape \(M, 1\)",
    ),
    "pixels to 16": (
        lambda: SMALL.mean_field([[16]]),
        "v must hold states, 0 and 1, or chances between them; it holds 16 to 16; "
        "divide pixels by the largest",
    ),
    "NaN": (lambda: SMALL.mean_field([[np.nan]]), "v must hold finite numbers"),
    "no step": (lambda: SMALL.mean_field([[1]], 0), "n_steps must be above 0; got 0"),
    "chances of a likelihood": (
        lambda: SMALL.log_likelihood([[0.5]]),
        r"v must hold labels \(0, 1\); it holds \[0.5\]",
    ),
    "chances of a bound": (
        lambda: SMALL.bound([[0.5]], [[0, 1]], [[1]]),
        r"v must hold labels \(0, 1\); it holds \[0.5\]",
    ),
    "means above 1": (
        lambda: SMALL.bound([[1]], [[0, 2]], [[1]]),
        "mu1 must hold states, 0 and 1, or chances between them; it holds 0 to 2",
    ),
    "means of another batch": (
        lambda: SMALL.bound([[1]], [[0, 1]], [[1], [0]]),
        r"mu2 must have shape \(1, 1\); it has shape \(2, 1\)",
    ),
    "particles of chances": (
        lambda: SMALL.slope([[1]], ([[1]], [[0.5]]), RNG),
        r"h2 must hold labels \(0, 1\)",
    ),
    "particles of two numbers": (
        lambda: SMALL.gibbs([[1]], [[1], [0]], RNG),
        r"h2 must have shape \(1, 1\); it has shape \(2, 1\)",
    ),
    "no Gibbs step": (
        lambda: SMALL.gibbs([[1]], [[1]], RNG, 0),
        "n_steps must be above 0; got 0",
    ),
}


@pytest.mark.parametrize("call, message", REFUSED.values(), ids=REFUSED.keys())
def test_what_makes_no_sense_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    "ask",
    [
        LARGE.log_partition,
        lambda: LARGE.log_likelihood([[0, 1]]),
        lambda: LARGE.bound([[0, 1]], *LARGE.mean_field([[0, 1]])),
    ],
)
def test_an_exact_sum_that_is_too_large_is_refused_with_its_cost(ask):
    cost = (
        rf"h1, {MOST + 1} units, has 2\*\*{MOST + 1} terms, 2\*\*1 times as many as "
        r"are allowed.*compare bounds, with log Z estimated by as_rbm\(\).ais"
    )
    with pytest.raises(ValueError, match=cost):
        ask()


def test_a_machine_says_what_it_is():
    assert repr(SMALL) == "DBM(1, 2, 1 units)"
