"""Generative adversarial nets: who moves, which way, and how forgeries are judged."""

import math

import numpy as np
import pytest
from scipy.linalg import sqrtm

from course_lib.datasets import ring_of_gaussians
from course_lib.gan import GAN, frechet, modes_covered
from course_lib.layers import Dense, Dropout, ReLU, Sequential, Tanh
from course_lib.training import SGD, Adam

seeds = pytest.mark.parametrize("seed", range(3))
both_dtypes = pytest.mark.parametrize("dtype", ["float32", "float64"])
both_losses = pytest.mark.parametrize("saturating", [False, True])


def gan(rng, K=2, D=3, dtype="float64"):
    generator = Sequential(Dense(K, 4, rng), Tanh(), Dense(4, D, rng))
    discriminator = Sequential(Dense(D, 5, rng), Tanh(), Dense(5, 1, rng))
    for net in generator, discriminator:
        for p, _ in net.parameters():
            p += rng.normal(0, 0.5, p.shape)
    return GAN(generator.astype(dtype), discriminator.astype(dtype))


def weights(net):
    return [p.copy() for p, _ in net.parameters()]


def moved(before, net):
    """How many of its parameters are no longer as before."""
    pairs = zip(before, weights(net), strict=True)
    return sum(not np.array_equal(*pair) for pair in pairs)


def chances(net, x):
    """σ(a) of the discriminator."""
    return 1 / (1 + np.exp(-net.discriminator.forward(x)))


class Still(SGD):
    """An optimiser that moves nothing, so that a step only leaves its gradients."""

    def __init__(self):
        super().__init__(1)

    def step(self, net):
        self.stepped = net


# -- whose turn it is ----------------------------------------------------------------


@both_losses
def test_each_step_moves_its_own_net_and_leaves_the_other(saturating, rng):
    net, x, z = gan(rng), rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    G, D = weights(net.generator), weights(net.discriminator)
    net.discriminator_step(x, z, Adam())
    assert moved(G, net.generator) == 0 and moved(D, net.discriminator) == 4
    D = weights(net.discriminator)
    net.generator_step(z, Adam(), saturating)
    assert moved(G, net.generator) == 4 and moved(D, net.discriminator) == 0


# -- losses and gradients ------------------------------------------------------------


def test_the_losses_are_those_of_the_chances(rng):
    net, x, z = gan(rng), rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    real, forged = chances(net, x), chances(net, net.generator.forward(z))
    value = np.log(real).mean() + np.log(1 - forged).mean()  # V(D, G)
    assert math.isclose(net.discriminator_step(x, z, Still()), -value / 2)
    loss = net.generator_step(z, Still())
    assert math.isclose(loss, -np.log(forged).mean())
    loss = net.generator_step(z, Still(), saturating=True)
    assert math.isclose(loss, np.log(1 - forged).mean())


def differences(net, loss):
    """Central differences of loss() by each parameter of the net."""
    for p, _ in net.parameters():
        slope = np.empty(p.shape)
        for at in np.ndindex(p.shape):
            values, kept = [], p[at]
            for h in 1e-5, -1e-5:
                p[at] = kept + h
                values.append(loss())
            p[at] = kept
            slope[at] = (values[0] - values[1]) / 2e-5
        yield slope


def largest_error(net, loss):
    found = [g.copy() for _, g in net.parameters()]
    pairs = zip(found, differences(net, loss), strict=True)
    return max(np.abs(a - b).max() for a, b in pairs)


@seeds
def test_the_detectives_gradient_equals_central_differences(seed):
    rng = np.random.default_rng(seed)
    net, x, z = gan(rng), rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    net.discriminator_step(x, z, still := Still())
    assert still.stepped is net.discriminator

    def loss():
        real, forged = chances(net, x), chances(net, net.generator.forward(z))
        return -(np.log(real).mean() + np.log(1 - forged).mean()) / 2

    assert largest_error(net.discriminator, loss) < 1e-8


@both_losses
@seeds
def test_the_forgers_gradient_through_the_detective_equals_differences(
    saturating, seed
):
    rng = np.random.default_rng(seed)
    net, z = gan(rng), rng.normal(size=(6, 2))
    net.generator_step(z, still := Still(), saturating)
    assert still.stepped is net.generator

    def loss():
        D = chances(net, net.generator.forward(z))
        return np.log(1 - D).mean() if saturating else -np.log(D).mean()

    assert largest_error(net.generator, loss) < 1e-8


def slope(a, saturating):
    """The loss and dL/da of one forgery: both nets are the identity, so a is z."""
    G, D = (Dense(1, 1, np.random.default_rng(0)) for _ in range(2))
    G.W[:] = D.W[:] = 1
    loss = GAN(Sequential(G), Sequential(D)).generator_step([[a]], Still(), saturating)
    return loss, G.db.item()


@pytest.mark.parametrize("a", [-5, -1, 0, 0.5, 4])
def test_both_losses_point_the_same_way_by_slopes_of_the_detectives_odds(a):
    slow, fast = slope(a, True)[1], slope(a, False)[1]
    assert slow < 0 and fast < 0
    assert math.isclose(slow / fast, math.exp(a)), "σ / (1 - σ), 1 at a = 0"


@both_losses
@pytest.mark.parametrize("a", [-1000.0, 1000.0])
def test_a_sure_detective_gives_numbers_and_only_the_plain_loss_its_slope(
    a, saturating
):
    loss, da = slope(a, saturating)
    expected = -(a > 0) if saturating else -(a < 0)
    assert da == expected and math.isclose(abs(loss), 1000 * abs(expected))


def test_a_sure_detective_that_is_wrong_still_learns(rng):
    net = gan(rng)
    last = net.discriminator.layers[-1]
    last.b[:] = 1000
    loss = net.discriminator_step(np.zeros((4, 3)), np.zeros((4, 2)), SGD(1))
    assert abs(loss - 500) < 5 and math.isclose(last.b[0], 1000 - 0.5)


def test_in_training_dropout_drops_and_in_samples_it_does_not(rng):
    generator = Sequential(Dense(2, 300, rng), Dropout(0.5, rng))
    net = GAN(generator, Sequential(Dense(300, 1, rng)))
    net.generator_step(np.ones((2, 2)), Still())
    assert (generator.layers[-1].mask == 0).any()
    assert (net.sample(rng, 4) != 0).all()


# -- learning ------------------------------------------------------------------------


@pytest.mark.slow
@seeds
def test_a_forger_learns_the_mean_and_the_spread_of_real_money(seed):
    """A line against a net: it begins at N(0, 1), and the money is N(3, 1.5²)."""
    rng = np.random.default_rng(seed)
    line = Dense(1, 1, rng)
    line.W[:] = 1
    detective = Sequential(Dense(1, 16, rng), Tanh(), Dense(16, 1, rng))
    net = GAN(Sequential(line), detective)
    of_line, of_detective = Adam(0.01, beta_1=0.5), Adam(0.01, beta_1=0.5)
    found = []
    for _ in range(1500):
        x, z = rng.normal(3, 1.5, (64, 1)), rng.normal(size=(64, 1))
        net.discriminator_step(x, z, of_detective)
        net.generator_step(z, of_line)
        found.append((line.b[0], abs(line.W[0, 0])))
    mean, spread = np.mean(found[750:], axis=0)
    assert abs(mean - 3) < 0.15 and abs(spread - 1.5) < 0.15


@both_dtypes
def test_the_dtype_of_the_weights_is_kept(dtype, rng):
    net, x, z = gan(rng, dtype=dtype), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    found = [net.discriminator_step(x, z, Adam()), net.generator_step(z, Adam())]
    found.append(net.sample(rng, 3))
    for part in net.generator, net.discriminator:
        found += [array for pair in part.parameters() for array in pair]
    assert {part.dtype for part in found} == {np.dtype(dtype)}


def test_samples_are_what_normal_codes_are_turned_into(rng):
    net = gan(rng)
    z = np.random.default_rng(1).normal(size=(6, 2))
    ours = net.sample(np.random.default_rng(1), 6)
    assert np.array_equal(ours, net.generator.forward(z)) and ours.shape == (6, 3)


# -- how good forgeries are ----------------------------------------------------------

CENTRES = np.array([[0, 0], [10, 0], [0, 10]])


@pytest.mark.parametrize(
    "x, least, expected",
    [
        ([[0, 0], [10, 0], [0, 10], [0.5, 0]], 0.02, (3, 1)),
        ([[0, 0]] * 4, 0.02, (1, 1)),
        ([[5, 5]] * 3, 0.02, (0, 0)),
        ([[0, 1], [0, 1.01], [10, -1], [3, 3]], 0.02, (2, 0.5)),
        ([[0, 0]] * 9 + [[10, 0]], 0.1, (2, 1)),
        ([[0, 0]] * 9 + [[10, 0]], 0.11, (1, 1)),
    ],
)
def test_modes_that_hold_a_share_are_counted_and_what_is_near_one(x, least, expected):
    assert modes_covered(x, CENTRES, 1, least) == pytest.approx(expected)


def test_a_point_near_two_centres_counts_once_for_the_closer():
    assert modes_covered([[0.9, 0]], [[0, 0], [1, 0]], 5) == (1, 1)


def test_a_ring_of_gaussians_covers_all_of_its_modes(rng):
    x, centres = ring_of_gaussians(2000, rng)
    assert modes_covered(x, centres, 5 * 0.02) == pytest.approx((8, 1), abs=0.001)
    assert modes_covered(x[x[:, 0] > 1], centres, 0.1)[0] == 3


def features(rng, n=200, F=4):
    return rng.normal(size=(n, F)) @ rng.normal(size=(F, F)) + rng.normal(size=F)


def test_frechet_of_a_set_and_itself_is_0_and_it_is_symmetric(rng):
    A, B = features(rng), features(rng, 90)
    assert 0 <= frechet(A, A) < 1e-10 and 0 <= frechet(A, A[::-1]) < 1e-10
    assert math.isclose(frechet(A, B), frechet(B, A)) and frechet(A, B) > 0.1


@seeds
@pytest.mark.parametrize("n", [200, 3])
def test_frechet_is_that_of_the_root_of_a_product_of_covariances(n, seed):
    """With three rows of four features the covariance has no inverse."""
    rng = np.random.default_rng(seed)
    A, B = features(rng, n), features(rng, 90)
    S, T = np.cov(A.T), np.cov(B.T)
    root = sqrtm(S @ T)
    d2 = ((A.mean(axis=0) - B.mean(axis=0)) ** 2).sum()
    d2 += np.trace(S + T) - 2 * np.trace(root).real
    assert math.isclose(frechet(A, B), d2, rel_tol=1e-6)


def test_frechet_of_gaussians_along_the_axes_is_a_sum_over_them(rng):
    """Σ (µ - ν)² + (σ - τ)², for features that are uncorrelated in each set."""
    signs = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
    unit = signs * math.sqrt(3 / 4)
    mu, nu, sigma, tau = rng.normal(size=(4, 3))
    expected = ((mu - nu) ** 2 + (np.abs(sigma) - np.abs(tau)) ** 2).sum()
    assert math.isclose(frechet(unit * sigma + mu, unit * tau + nu), expected)


def test_frechet_computes_float32_in_float64(rng):
    A, B = features(rng).astype("float32"), features(rng).astype("float32")
    assert frechet(A, B) == frechet(A.astype(float), B.astype(float))


# -- what is refused -----------------------------------------------------------------

RNG = np.random.default_rng(0)
SMALL = gan(RNG)
TWO = GAN(SMALL.generator, Sequential(Dense(3, 2, RNG)))
NARROW = GAN(Sequential(Dense(2, 1, RNG), ReLU()), SMALL.discriminator)
X, Z = np.zeros((4, 3)), np.zeros((4, 2))
REFUSED = {
    "codes of another batch": (
        lambda: SMALL.discriminator_step(X, Z[:3], Adam()),
        r"z must have shape \(4, 2\); it has shape \(3, 2\)",
    ),
    "codes too wide": (
        lambda: SMALL.generator_step(X, Adam()),
        r"z must have shape \(N, 2\) with N ≥ 1; it has shape \(4, 3\)",
    ),
    "codes of NaN": (
        lambda: SMALL.generator_step(Z * np.nan, Adam()),
        "z must hold finite numbers",
    ),
    "pictures of NaN": (
        lambda: SMALL.discriminator_step(X * np.nan, Z, Adam()),
        "x must hold finite numbers",
    ),
    "forged of another width": (
        lambda: NARROW.discriminator_step(X, Z, Adam()),
        r"what is forged and x must have the same shape.*\(4, 1\), x has \(4, 3\)",
    ),
    "two logits": (
        lambda: TWO.generator_step(Z, Adam()),
        r"the discriminator's logits must have shape \(4, 1\); it has shape \(4, 2\)",
    ),
    "no sample": (lambda: SMALL.sample(RNG, 0), "n must be above 0; got 0"),
    "no radius": (
        lambda: modes_covered(X, X, 0),
        "radius must be above 0; got 0",
    ),
    "centres elsewhere": (
        lambda: modes_covered(X, Z, 1),
        r"centres must have shape \(M, 3\) with M ≥ 1; it has shape \(4, 2\)",
    ),
    "a count for a share": (
        lambda: modes_covered(X, X, 1, least=20),
        "least is a share, above 0 and at most 1; got 20",
    ),
    "points of NaN": (
        lambda: modes_covered(X * np.nan, X, 1),
        "x must hold finite numbers",
    ),
    "one row": (
        lambda: frechet(X, X[:1]),
        "B must hold at least 2 rows, or it has no spread; it holds one",
    ),
    "features of another width": (
        lambda: frechet(X, Z),
        r"B must have shape \(N, 3\) with N ≥ 1; it has shape \(4, 2\)",
    ),
    "features of infinity": (
        lambda: frechet(X + np.inf, X),
        "A must hold finite numbers",
    ),
}


@pytest.mark.parametrize("call, message", REFUSED.values(), ids=REFUSED.keys())
def test_what_makes_no_sense_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_it_says_what_it_is():
    said = "GAN(Sequential(Dense(2 → 4), Tanh, Dense(4 → 3)), Sequential(Dense(3 → 5), "
    assert repr(SMALL) == said + "Tanh, Dense(5 → 1)))"
