"""Belief nets, against enumeration and plain loops."""

import math
from itertools import product

import numpy as np
import pytest

from course_lib.belief import DBN, SigmoidBelief
from course_lib.datasets import truth_table
from course_lib.maths import sigmoid
from course_lib.rbm import RBM
from course_lib.states import BLOCK, MOST, numbers

EXACT = 1e-8  # what the issue of exact gradients asks for
seeds = pytest.mark.parametrize("seed", range(3))
both_dtypes = pytest.mark.parametrize("dtype", ["float32", "float64"])
shapes = pytest.mark.parametrize("H, V", [(1, 1), (2, 3), (4, 2), (3, 4)])
scales = pytest.mark.parametrize("scale", [0.1, 1, 3])


def belief(H, V, rng, scale=1.0, dtype="float64"):
    W = rng.normal(0, scale, (H, V)).astype(dtype)
    return SigmoidBelief(W, rng.normal(size=V), rng.normal(size=H))


def stack(sizes, rng, scale=1.0, dtype="float64"):
    """A DBN of RBMs of random weights and biases."""
    rbms = []
    for V, H in zip(sizes, sizes[1:], strict=False):
        W = rng.normal(0, scale, (V, H)).astype(dtype)
        rbms.append(RBM(W, rng.normal(size=V), rng.normal(size=H)))
    return DBN(rbms)


def turned(rbm):
    """The same machine, its hidden units where the visible ones were."""
    return RBM(rbm.W.T, rbm.c, rbm.b)


def bits(shape, rng):
    return rng.integers(0, 2, shape)


def states(n):
    return [*product((0, 1), repeat=n)]


def chance(s, gaps):
    """The chance of a state of units that are on with chances σ(gap), one by one."""
    p = 1.0
    for unit, gap in zip(s, gaps, strict=True):
        on = 1 / (1 + math.exp(-gap))
        p *= on if unit else 1 - on
    return p


def joint(W, b, a):
    """{v: {h: p(h, v)}} from the definition."""
    H, V = states(len(a)), states(len(b))
    return {v: {h: chance(h, a) * chance(v, np.dot(h, W) + b) for h in H} for v in V}


def likelihood(v, W, b, a):
    """The mean of log p(v), by enumeration."""
    table = joint(W, b, a)
    return np.mean([math.log(sum(table[tuple(row)].values())) for row in v])


def variation(v, p):
    """Total variation between states (C, V) and probabilities (2**V,)."""
    counts = np.bincount(numbers(v), minlength=len(p))
    return np.abs(counts / len(v) - p).sum() / 2


# -- a sigmoid belief net ------------------------------------------------------------


@shapes
def test_a_posterior_is_bayes_rule_for_every_state_of_the_causes(H, V, rng):
    net = belief(H, V, rng)
    table = joint(net.W, net.b, net.a)
    q = net.posterior(states(V))
    assert q.shape == (2**V, 2**H)
    for row, of_h in zip(q, table.values(), strict=True):
        p = np.array([*of_h.values()])
        assert np.allclose(row, p / p.sum(), rtol=1e-12)
    v = bits((7, V), rng)
    assert math.isclose(net.log_likelihood(v), likelihood(v, net.W, net.b, net.a))


def test_a_truck_explains_the_jump_of_the_house_away():
    """Two rare causes: the jump makes a quake likely, the truck beside it does not."""
    net = SigmoidBelief([[20, 0], [20, 20]], [-20, -10], [-10, -10])
    quake = truth_table(2)[:, 0]
    jumped, unmoved, with_truck = net.posterior([[1, 0], [0, 0], [1, 1]]) @ quake
    assert unmoved < 1e-3 and with_truck < 1e-3
    assert jumped > 0.99, "no truck is seen"


@shapes
@seeds
def test_gradients_equal_central_differences_of_the_likelihood(H, V, seed):
    rng = np.random.default_rng(seed)
    net, v = belief(H, V, rng), bits((7, V), rng)
    at = np.r_[net.W.ravel(), net.b, net.a]

    def value(x):
        return likelihood(v, x[: H * V].reshape(H, V), *np.split(x[H * V :], [V]))

    slopes = np.concatenate([np.ravel(part) for part in net.gradient(v)])
    for k, slope in enumerate(slopes):
        h = 1e-4 * (np.arange(len(at)) == k)
        assert abs((value(at + h) - value(at - h)) / 2e-4 - slope) < EXACT


def test_a_sum_of_several_blocks_is_one_sum(rng):
    net, v = belief(11, 3, rng), bits((6, 3), rng)
    assert 2**11 > BLOCK
    h = truth_table(11)
    x = h @ net.W + net.b
    p = np.prod(sigmoid(np.where(h, net.a, -net.a)), axis=1)
    p = np.array([p * np.prod(sigmoid(np.where(row, x, -x)), axis=1) for row in v])
    q = p / p.sum(axis=1, keepdims=True)
    assert np.allclose(net.posterior(v), q)
    assert math.isclose(net.log_likelihood(v), np.log(p.sum(axis=1)).mean())
    dW, db, da = net.gradient(v)
    error = v[:, None] - sigmoid(x)
    assert np.allclose(dW, np.einsum("ms,si,msj->ij", q, h, error) / 6)
    assert np.allclose(db, np.einsum("ms,msj->j", q, error) / 6)
    assert np.allclose(da, q.mean(axis=0) @ h - sigmoid(net.a))


@both_dtypes
def test_a_sample_draws_causes_then_what_is_seen_by_the_documented_uniforms(dtype, rng):
    net = belief(3, 4, rng, dtype=dtype)
    v, rng = net.sample(np.random.default_rng(1), 50), np.random.default_rng(1)
    h = rng.random((50, 3), dtype) < 1 / (1 + np.exp(-net.a))
    seen = rng.random((50, 4), dtype) < 1 / (1 + np.exp(-(h @ net.W + net.b)))
    assert np.array_equal(v, seen) and v.dtype == dtype


@seeds
def test_samples_have_the_distribution_of_the_net(seed):
    rng = np.random.default_rng(seed)
    net = belief(3, 4, rng, 2)
    p = [sum(row.values()) for row in joint(net.W, net.b, net.a).values()]
    assert variation(net.sample(rng, 20_000), p) < 0.02


@seeds
def test_steps_uphill_learn_what_two_causes_did(seed):
    """From small weights to within .02 nat of the net that the data came from."""
    rng = np.random.default_rng(seed)
    truth = SigmoidBelief([[6, 6, 0, 0], [0, 0, 6, 6]], np.full(4, -3), [-1, -1])
    v = truth.sample(rng, 500)
    net = SigmoidBelief(rng.normal(0, 0.1, (2, 4)))
    values = [net.log_likelihood(v)]
    for _ in range(300):
        for p, slope in zip((net.W, net.b, net.a), net.gradient(v), strict=True):
            p += slope
        values.append(net.log_likelihood(v))
    assert np.diff(values).min() > -1e-3
    assert values[-1] > truth.log_likelihood(v) - 0.02 > values[0] + 0.3


# -- a deep belief net ---------------------------------------------------------------


def of_layer(rbm):
    """p of every visible state of an RBM, by a sum over states of both layers."""
    energies = [
        [rbm.energy(v, h) for h in states(len(rbm.c))] for v in states(len(rbm.b))
    ]
    p = np.exp(-np.array(energies)).sum(axis=1)
    return p / p.sum()


def of_net(lower, p):
    """p(v) (2**V,), from p (2**H,) of the states that an RBM reads downwards."""
    gaps = [lower.W @ h + lower.b for h in states(len(lower.c))]
    return [
        sum(q * chance(v, gap) for q, gap in zip(p, gaps, strict=True))
        for v in states(len(lower.b))
    ]


def test_codes_are_chances_passed_up_from_rbm_to_rbm(rng):
    net, v = stack([5, 4, 3, 2], rng), bits((6, 5), rng)
    one = sigmoid(v @ net.rbms[0].W + net.rbms[0].c)
    two = sigmoid(one @ net.rbms[1].W + net.rbms[1].c)
    three = sigmoid(two @ net.rbms[2].W + net.rbms[2].c)
    for n, code in enumerate([v, one, two, three]):
        assert np.allclose(net.codes(v, n), code)
    assert np.allclose(net.codes(v), three) and net.codes(v[0]).shape == (2,)
    assert net.codes(rng.random((2, 3, 5)), 2).shape == (2, 3, 3)


@pytest.mark.parametrize("sizes", [(1, 1, 1), (3, 2, 4), (4, 3, 2)])
@scales
def test_the_likelihood_is_that_of_the_top_rbm_read_downwards(sizes, scale, rng):
    net = stack(sizes, rng, scale)
    p = of_net(net.rbms[0], of_layer(net.rbms[1]))
    assert math.isclose(sum(p), 1)
    for v, p_v in zip(states(sizes[0]), p, strict=True):
        assert math.isclose(net.log_likelihood([v]), math.log(p_v), abs_tol=1e-12)
    v = states(sizes[0])
    assert math.isclose(net.log_likelihood(v), np.log(p).mean())


@pytest.mark.parametrize("sizes", [(3, 2, 4), (4, 3, 2)])
@scales
@seeds
def test_the_bound_is_its_sum_and_below_the_likelihood_of_every_state(
    sizes, scale, seed
):
    net = stack(sizes, np.random.default_rng(seed), scale)
    lower, p_h = net.rbms[0], of_layer(net.rbms[1])
    for v in states(sizes[0]):
        expected = 0
        for h, p in zip(states(sizes[1]), p_h, strict=True):
            q = chance(h, v @ lower.W + lower.c)
            expected += q * math.log(p * chance(v, lower.W @ h + lower.b) / q)
        assert math.isclose(net.bound([v]), expected, abs_tol=1e-10)
        assert net.bound([v]) <= net.log_likelihood([v]) + 1e-12
    v = states(sizes[0])
    assert net.bound(v) < net.log_likelihood(v)


@pytest.mark.parametrize("sizes", [(3, 2), (4, 11)])
@seeds
def test_the_first_rbm_turned_over_on_itself_changes_nothing(sizes, seed):
    rng = np.random.default_rng(seed)
    first = stack(sizes, rng).rbms[0]
    net, v = DBN([first, turned(first)]), bits((9, sizes[0]), rng)
    assert math.isclose(net.log_likelihood(v), first.log_likelihood(v))
    assert math.isclose(net.bound(v), first.log_likelihood(v))


def uphill(rbm, v, n_steps, lr=0.5):
    """Exact steps on all rows of v; yields after each."""
    for _ in range(n_steps):
        for p, slope in zip((rbm.W, rbm.b, rbm.c), rbm.gradient(v), strict=True):
            p += lr * slope
        yield


@seeds
def test_a_second_rbm_begun_as_the_first_turned_over_raises_the_bound(seed):
    """And so the likelihood, which lies above it; one begun by chance has lost both."""
    rng = np.random.default_rng(seed)
    v = truth_table(6)[[0, 7, 56, 63, 21, 42]]
    first = RBM(rng.normal(0, 0.1, (6, 4)))
    assert len([*uphill(first, v, 200)]) == 200
    q = np.mean(
        [[chance(h, row) for h in states(4)] for row in v @ first.W + first.c], 0
    )
    h = np.repeat(truth_table(4), np.round(1000 * q).astype(int), axis=0)
    alone, second = first.log_likelihood(v), turned(first)
    net = DBN([first, second])
    bounds = [alone] + [net.bound(v) for _ in uphill(second, h, 60)]
    assert np.diff(bounds).min() > 0
    assert net.log_likelihood(v) > bounds[-1] > alone + 0.02
    by_chance = DBN([first, RBM(rng.normal(0, 1, (4, 6)))])
    assert by_chance.bound(v) < by_chance.log_likelihood(v) < alone


@both_dtypes
@pytest.mark.parametrize("sizes", [(4, 3), (4, 3, 2), (4, 2, 3, 2)])
def test_what_is_generated_has_the_distribution_of_the_net(sizes, dtype):
    rng = np.random.default_rng(2)
    net = stack(sizes, rng, dtype=dtype)
    p = of_layer(net.rbms[-1])
    for rbm in reversed(net.rbms[:-1]):
        p = of_net(rbm, p)
    chances = net.generate(rng, 20_000, 10)
    assert chances.shape == (20_000, 4) and chances.dtype == dtype
    assert variation((rng.random(chances.shape) < chances).astype(int), p) < 0.02


def test_chains_begin_at_the_codes_of_a_start_where_one_is_given():
    """A top of two deep valleys: a chain stays where it began."""
    copy, two = RBM(40 * np.eye(2), [-20, -20], [-20, -20]), [[40], [40]]
    net = DBN([copy, RBM(two, [-20, -20], [-40])])
    start = np.repeat([[0, 0], [1, 1]], 50, axis=0)
    v = net.generate(np.random.default_rng(0), 100, 20, start)
    assert np.allclose(v, start)
    v = net.generate(np.random.default_rng(0), 100, 20)
    assert 20 < v[:, 0].sum() < 80 and np.allclose(v[:, 0], v[:, 1])


# -- types and large numbers ---------------------------------------------------------


@both_dtypes
def test_what_comes_back_has_the_dtype_of_the_weights(dtype, rng):
    net, deep = belief(3, 4, rng, dtype=dtype), stack([4, 3, 2], rng, dtype=dtype)
    v = bits((5, 4), rng)
    parts = [net.posterior(v), net.log_likelihood(v), *net.gradient(v)]
    parts += [net.W, net.b, net.a, net.sample(rng, 3)]
    parts += [deep.codes(v), deep.codes(v, 0), deep.generate(rng, 3, 2)]
    parts += [deep.log_likelihood(v), deep.bound(v)]
    assert {part.dtype for part in parts} == {np.dtype(dtype)}


def test_the_net_owns_its_weights_and_leaves_the_data_as_they_are(rng):
    W, v = rng.normal(size=(2, 3)), bits((5, 3), rng)
    net, before = SigmoidBelief(W), v.copy()
    net.W += 1
    assert np.allclose(net.W - W, 1)
    net.gradient(v), net.posterior(v)
    assert np.array_equal(v, before)


def test_large_weights_do_not_overflow():
    net = SigmoidBelief([[1e4, -1e4]], None, [1e4])
    assert np.isclose(net.log_likelihood([[1, 1]]), math.log(1.25) - 1e4, rtol=1e-12)
    parts = net.posterior([[0, 1]]), *net.gradient([[0, 1], [1, 1]])
    assert all(np.isfinite(part).all() for part in parts)
    deep = DBN([RBM([[1e4], [-1e4]]), RBM([[-1e4]])])
    assert np.isfinite([deep.bound([[1, 1]]), deep.log_likelihood([[1, 1]])]).all()


# -- what is refused -----------------------------------------------------------------

NET, DEEP = SigmoidBelief([[1.0, -1.0]]), DBN([RBM([[1.0, -1.0]]), RBM([[1], [2]])])
WIDE = SigmoidBelief(np.zeros((MOST + 1, 2)))
HIGH = DBN([RBM(np.zeros((2, MOST + 1))), RBM(np.zeros((MOST + 1, 2)))])
RNG = np.random.default_rng(0)
REFUSED = {
    "W of one row": (lambda: SigmoidBelief([1, 2]), r"W must have shape \(H, V\)"),
    "W of NaN": (lambda: SigmoidBelief([[np.nan]]), "W must hold finite numbers"),
    "b too long": (lambda: SigmoidBelief([[1]], [0, 0]), r"b must have shape \(1,\)"),
    "a too long": (lambda: SigmoidBelief([[1]], a=[0, 0]), r"a must have shape \(1,\)"),
    "v too wide": (
        lambda: NET.posterior([[0, 1, 0]]),
        r"v must have shape \(M, 2\) with M ≥ 1; it has shape \(1, 3\)",
    ),
    "one row without its axis": (
        lambda: NET.gradient([0, 1]),
        r"v must have shape \(M",
    ),
    "chances": (
        lambda: NET.log_likelihood([[0.5, 1]]),
        r"v must hold labels \(0, 1\); it holds \[0.5 1. \]",
    ),
    "NaN": (lambda: NET.gradient([[np.nan, 1]]), "v must hold finite numbers"),
    "no sample": (lambda: NET.sample(RNG, 0), "n must be above 0; got 0"),
    "layers that do not fit": (
        lambda: DBN([RBM([[1, 2]]), RBM([[1]])]),
        r"rbms\[1\] has 1 visible units, rbms\[0\] has 2 hidden ones; .* as many",
    ),
    "no such layer": (
        lambda: DEEP.codes([0], 3),
        "n_layers must be a whole number from 0 to 2; got 3",
    ),
    "a layer below the first": (lambda: DEEP.codes([0], -1), "from 0 to 2; got -1"),
    "codes of pixels": (
        lambda: DEEP.codes([[16]], 0),
        "v must hold states, 0 and 1, or chances between them; it holds 16 to 16; "
        "divide pixels by the largest",
    ),
    "codes of NaN": (lambda: DEEP.codes([[np.nan]]), "v must hold finite numbers"),
    "a start of another length": (
        lambda: DEEP.generate(RNG, 3, 1, [[0], [1]]),
        r"start must have shape \(3, V\) with V ≥ 1; it has shape \(2, 1\)",
    ),
    "a start of another width": (
        lambda: DEEP.generate(RNG, 1, 1, [[0, 1]]),
        r"v must have shape \(S, 1\)",
    ),
    "nothing to generate": (lambda: DEEP.generate(RNG, 0, 1), "n must be above 0"),
    "no step": (lambda: DEEP.generate(RNG, 1, 0), "n_steps must be above 0; got 0"),
    "a bound of chances": (lambda: DEEP.bound([[0.5]]), "v must hold labels"),
    "a likelihood of chances": (
        lambda: DEEP.log_likelihood([[0.5]]),
        "v must hold labels",
    ),
    "an exact sum for three": (
        lambda: DBN([RBM([[1]])] * 3).log_likelihood([[1]]),
        r"are for nets of two RBMs; this has 3; ask the first two, DBN\(rbms\[:2\]\)",
    ),
    "a bound of one": (
        lambda: DBN([RBM([[1]])]).bound([[1]]),
        "nets of two RBMs; this has 1; .* or a single one itself",
    ),
}


@pytest.mark.parametrize("call, message", REFUSED.values(), ids=REFUSED.keys())
def test_what_makes_no_sense_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("rbms", [[], [np.eye(2)], [RBM([[1]]), NET]])
def test_a_deep_net_is_made_of_rbms(rbms):
    with pytest.raises(TypeError, match="rbms must be RBMs, the lowest first; got"):
        DBN(rbms)


COST = rf"2\*\*{MOST + 1} terms, 2\*\*1 times as many as are allowed"


@pytest.mark.parametrize(
    "ask, way",
    [
        (lambda: WIDE.posterior([[0, 1]]), "learn an RBM, whose posterior takes no"),
        (lambda: WIDE.log_likelihood([[0, 1]]), "learn an RBM"),
        (lambda: WIDE.gradient([[0, 1]]), "learn an RBM"),
        (lambda: HIGH.bound([[0, 1]]), "draw h by its codes, and estimate log Z of"),
        (lambda: HIGH.log_likelihood([[0, 1]]), "draw h by its codes"),
    ],
)
def test_an_exact_sum_that_is_too_large_is_refused_with_its_cost(ask, way):
    with pytest.raises(ValueError, match=f"{COST}.*{way}"):
        ask()


def test_nets_say_what_they_are():
    assert repr(NET) == "SigmoidBelief(1 causes, 2 seen)"
    assert repr(DEEP) == "DBN(1, 2, 1 units)"
