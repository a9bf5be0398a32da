"""Variational autoencoders, against differences, quadrature and plain loops."""

import math

import numpy as np
import pytest

from course_lib.datasets import bars_and_stripes, truth_table
from course_lib.layers import Dense, Sequential, Tanh
from course_lib.training import Adam
from course_lib.vae import VAE, kl

seeds = pytest.mark.parametrize("seed", range(3))
both_dtypes = pytest.mark.parametrize("dtype", ["float32", "float64"])


def vae(D, K, rng, dtype="float64", scale=1.0, H=5):
    """Two small nets of one hidden layer, no weight or bias 0."""
    encoder = Sequential(Dense(D, H, rng), Tanh(), Dense(H, 2 * K, rng))
    decoder = Sequential(Dense(K, H, rng), Tanh(), Dense(H, D, rng))
    for net in encoder, decoder:
        for p, _ in net.parameters():
            p += rng.normal(0, scale, p.shape)
    return VAE(encoder.astype(dtype), decoder.astype(dtype))


def bits(shape, rng):
    return rng.integers(0, 2, shape)


def chance(x, p):
    """The chance of a picture whose pixels are on with these chances."""
    return math.prod(q if on else 1 - q for on, q in zip(x, p, strict=True))


def likelihood(net, x, K):
    """p(x) (N,) as a sum over a fine grid of all z within 8 standard deviations."""
    axis = np.linspace(-8, 8, 4001 if K == 1 else 201)
    z = np.stack(np.meshgrid(*[axis] * K), axis=-1).reshape(-1, K)
    prior = np.exp(-(z**2).sum(axis=1) / 2) * ((axis[1] - axis[0]) / 2.5066282746) ** K
    p = net.decode(z)  # (S, D)
    return np.exp(x @ np.log(p).T + (1 - x) @ np.log(1 - p).T) @ prior


# -- the ELBO ------------------------------------------------------------------------


def test_the_elbo_is_its_sum_picture_by_picture(rng):
    net, x, noise = vae(4, 3, rng), bits((6, 4), rng), rng.normal(size=(6, 3))
    mu, log_var = net.encode(x)
    for n, elbo in enumerate(net.elbo(x, noise)):
        sigma = np.sqrt(np.exp(log_var[n]))
        p = net.decode((mu[n] + sigma * noise[n])[None])[0]
        pairs = zip(mu[n], sigma, strict=True)
        far = sum(m**2 + s**2 - 1 - 2 * math.log(s) for m, s in pairs)
        assert math.isclose(elbo, math.log(chance(x[n], p)) - far / 2)


@pytest.mark.parametrize("mu, log_var", [(0, 0), (1, 0), (-2, 1), (0.5, -3), (3, 2)])
def test_kl_is_the_mean_of_the_difference_of_two_logarithms(mu, log_var):
    """A sum over a fine grid of q (log q - log p)."""
    sigma = math.exp(log_var / 2)
    z = np.linspace(mu - 12 * sigma, mu + 12 * sigma, 100_001)
    log_q = -(((z - mu) / sigma) ** 2) / 2 - math.log(sigma)
    q = np.exp(log_q) / math.sqrt(2 * math.pi)
    expected = (q * (log_q + z**2 / 2)).sum() * (z[1] - z[0])
    ours = kl(np.array([[mu]], float), np.array([[log_var]], float))
    assert ours.shape == (1,) and math.isclose(ours.item(), expected, abs_tol=1e-9)


def test_kl_adds_up_over_codes_is_0_for_the_prior_and_never_below(rng):
    mu, log_var = rng.normal(size=(50, 3)), rng.normal(size=(50, 3))
    parts = [kl(mu[:, [k]], log_var[:, [k]]) for k in range(3)]
    assert np.allclose(kl(mu, log_var), sum(parts)) and min(map(np.min, parts)) > 0
    assert (kl(np.zeros((2, 3)), np.zeros((2, 3))) == 0).all()


# -- the likelihood ------------------------------------------------------------------


def estimates(net, x, rng, n_samples, repeats):
    """log_likelihood of each x, `repeats` times: (repeats, N)."""
    many = np.tile(x, (repeats, 1))
    return net.log_likelihood(many, rng, n_samples).reshape(repeats, len(x))


@pytest.mark.slow
@pytest.mark.parametrize("K", [1, 2])
@seeds
def test_the_importance_sampled_likelihood_is_that_of_quadrature(K, seed):
    """Of 200,000 samples for each of 16 pictures, from a q wider than the prior."""
    rng = np.random.default_rng(seed)
    net, x = vae(4, K, rng, scale=0.3), truth_table(4)
    last = net.encoder.layers[-1]
    last.W *= 0.1
    last.b[:] = np.repeat((0.1, 0.2), K)
    exact = likelihood(net, x, K)
    assert abs(exact.sum() - 1) < 1e-9, "of all pictures it is 1"
    of_parts = estimates(net, x, rng, 200, 1000)
    sampled = np.logaddexp.reduce(of_parts) - math.log(1000)
    assert abs(np.mean(sampled - np.log(exact))) < 1e-3
    assert np.abs(sampled - np.log(exact)).max() < 1e-2


@pytest.mark.slow
@seeds
def test_elbos_are_below_the_likelihood_on_average_and_more_samples_raise_them(seed):
    rng = np.random.default_rng(seed)
    net, x = vae(4, 2, rng), truth_table(4)
    exact = np.log(likelihood(net, x, 2))
    many = np.tile(x, (2000, 1))
    elbo = net.elbo(many, rng.normal(size=(len(many), 2))).reshape(2000, 16)
    assert (elbo.mean(axis=0) < exact).all()
    one, five, fifty = (estimates(net, x, rng, n, 500).mean() for n in (1, 5, 50))
    assert abs(elbo.mean() - one) < 0.2
    assert one < five - 0.1 < fifty - 0.2 < exact.mean()


def test_one_sample_is_an_elbo_with_the_kl_of_that_sample(rng):
    """log q(z | x) - log p(z), where elbo has its mean over all z."""
    net, x = vae(4, 2, rng), bits((5, 4), rng)
    noise = np.random.default_rng(1).normal(size=(5, 2))
    mu, log_var = net.encode(x)
    z = mu + np.exp(log_var / 2) * noise
    of_sample = (z**2 - noise**2 - log_var).sum(axis=1) / 2
    expected = net.elbo(x, noise) + kl(mu, log_var) - of_sample
    assert np.allclose(net.log_likelihood(x, np.random.default_rng(1), 1), expected)


def test_a_decoder_that_ignores_its_code_leaves_pixels_on_their_own(rng):
    net, x = vae(4, 2, rng), bits((5, 4), rng)
    last = net.decoder.layers[-1]
    last.W[:] = 0
    for layer in net.encoder.layers[::2]:
        layer.W[:] = layer.b[:] = 0
    p = 1 / (1 + np.exp(-last.b))
    expected = [math.log(chance(row, p)) for row in x]
    assert np.allclose(net.log_likelihood(x, rng, 3), expected)
    assert np.allclose(net.elbo(x, rng.normal(size=(5, 2))), expected), "no KL either"


# -- gradients -----------------------------------------------------------------------


@pytest.mark.parametrize("D, K", [(1, 1), (4, 2), (3, 3)])
@pytest.mark.parametrize("kind", ["states", "chances"])
@seeds
def test_gradients_equal_central_differences_of_the_mean_elbo(D, K, kind, seed):
    rng = np.random.default_rng(seed)
    net, noise = vae(D, K, rng), rng.normal(size=(7, K))
    x = bits((7, D), rng) if kind == "states" else rng.random((7, D))
    loss = net.gradients(x, noise)
    assert math.isclose(loss, -net.elbo(x, noise).mean())
    pairs = [(p, g.copy()) for p, g in net.parameters()]
    assert len(pairs) == 8
    for p, g in pairs:
        for at in np.ndindex(p.shape):
            values, kept = [], p[at]
            for h in 1e-5, -1e-5:
                p[at] = kept + h
                values.append(-net.elbo(x, noise).mean())
            p[at] = kept
            assert abs((values[0] - values[1]) / 2e-5 - g[at]) < 1e-7


@pytest.mark.slow
@seeds
def test_learning_raises_the_likelihood_above_that_of_pixels_on_their_own(seed):
    """Bars and stripes: 14 of the 512 pictures of nine pixels; each is as often on."""
    rng, x = np.random.default_rng(seed), bars_and_stripes(3)
    encoder = Sequential(Dense(9, 20, rng), Tanh(), Dense(20, 4, rng))
    decoder = Sequential(Dense(2, 20, rng), Tanh(), Dense(20, 9, rng))
    net, adam = VAE(encoder, decoder), Adam(0.01)
    for _ in range(1500):
        net.gradients(x, rng.normal(size=(14, 2)))
        adam.step(net)
    log_p = net.log_likelihood(x, rng, 1000).mean()
    assert -9 * math.log(2) + 1 < log_p < -math.log(14)
    drawn = (net.sample(rng, 500) > 0.5).reshape(-1, 3, 3)
    whole = [(s == s[:1]).all() or (s == s[:, :1]).all() for s in drawn]
    assert np.mean(whole) > 3 * 14 / 512


# -- samples, types, large numbers -----------------------------------------------------


def test_samples_are_what_normal_codes_decode_to(rng):
    net = vae(4, 2, rng)
    ours = net.sample(np.random.default_rng(1), 6)
    z = np.random.default_rng(1).normal(size=(6, 2))
    assert np.array_equal(ours, net.decode(z)) and ours.shape == (6, 4)
    W, b = net.decoder.layers[0].W, net.decoder.layers[0].b
    last = net.decoder.layers[-1]
    logits = np.tanh(z @ W + b) @ last.W + last.b
    assert np.allclose(ours, 1 / (1 + np.exp(-logits)))


@both_dtypes
def test_what_comes_back_has_the_dtype_of_the_weights(dtype, rng):
    net, x, noise = vae(4, 2, rng, dtype), bits((5, 4), rng), rng.normal(size=(5, 2))
    found = [*net.encode(x), net.elbo(x, noise), net.gradients(x, noise)]
    found += [g for _, g in net.parameters()] + [net.decode(noise), net.sample(rng, 3)]
    Adam().step(net)
    found += [p for p, _ in net.parameters()]
    assert {part.dtype for part in found} == {np.dtype(dtype)}
    assert net.log_likelihood(x, rng, 2).dtype == np.float64


def test_nothing_handed_in_is_changed(rng):
    net, x, noise = vae(4, 2, rng), rng.random((5, 4)), rng.normal(size=(5, 2))
    before = x.copy(), noise.copy()
    net.gradients(x, noise), net.elbo(x, noise), net.decode(noise)
    assert np.array_equal(x, before[0]) and np.array_equal(noise, before[1])


@pytest.mark.parametrize("pixel, bias", [(1, -1e4), (0, 1e4)])
def test_a_decoder_that_is_sure_and_wrong_gives_a_finite_elbo(pixel, bias, rng):
    net, x, noise = vae(4, 2, rng), np.full((3, 4), pixel), np.zeros((3, 2))
    net.decoder.layers[-1].b[:] = bias
    assert np.allclose(net.elbo(x, noise), -4e4, rtol=0.01)
    assert np.isfinite(net.gradients(x, noise))
    assert np.isfinite(net.log_likelihood(x, rng, 3)).all()


# -- what is refused -----------------------------------------------------------------

RNG = np.random.default_rng(0)
SMALL = vae(2, 1, RNG)
ODD = VAE(Sequential(Dense(2, 3, RNG)), SMALL.decoder)
WIDE = VAE(SMALL.encoder, Sequential(Dense(1, 3, RNG)))
REFUSED = {
    "x too wide": (
        lambda: SMALL.encode([[0, 1, 1]]),
        r"x must have shape \(N, 2\) with N ≥ 1; it has shape \(1, 3\)",
    ),
    "no picture": (lambda: SMALL.encode(np.zeros((0, 2))), r"x must have shape \(N, 2"),
    "pixels to 16": (
        lambda: SMALL.gradients([[0, 16]], [[0]]),
        "x must hold states, 0 and 1, or chances between them; it holds 0 to 16; "
        "divide pixels by the largest",
    ),
    "NaN": (lambda: SMALL.elbo([[0, np.nan]], [[0]]), "x must hold finite numbers"),
    "the likelihood of greys": (
        lambda: SMALL.log_likelihood([[0, 0.5]], RNG),
        r"x must hold labels \(0, 1\); it holds \[0.  0.5\]",
    ),
    "no sample": (
        lambda: SMALL.log_likelihood([[0, 1]], RNG, 0),
        "n_samples must be above 0; got 0",
    ),
    "noise of another batch": (
        lambda: SMALL.elbo([[0, 1]], [[0], [0]]),
        r"noise and µ must have the same shape.*noise has \(2, 1\), µ has \(1, 1\)",
    ),
    "noise of infinity": (
        lambda: SMALL.gradients([[0, 1]], [[np.inf]]),
        "noise must hold finite numbers",
    ),
    "codes too wide": (
        lambda: SMALL.decode([[0, 1]]),
        r"z must have shape \(N, 1\) with N ≥ 1; it has shape \(1, 2\)",
    ),
    "no pictures asked for": (
        lambda: SMALL.sample(RNG, 0),
        "n must be above 0; got 0",
    ),
    "an encoder of µ alone": (
        lambda: ODD.encode([[0, 1]]),
        r"µ beside log σ² of 1 codes each must have shape \(1, 2\); it has shape "
        r"\(1, 3\)",
    ),
    "a decoder of other pictures": (
        lambda: WIDE.elbo([[0, 1]], [[0]]),
        r"the decoder's logits and x must have the same shape.*has \(1, 3\), x has",
    ),
}


@pytest.mark.parametrize("call, message", REFUSED.values(), ids=REFUSED.keys())
def test_what_makes_no_sense_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_an_encoder_that_blew_up_is_named():
    net = vae(2, 1, np.random.default_rng(0))
    net.encoder.layers[-1].b[:] = np.inf
    with pytest.raises(ValueError, match="the encoder's µ, log σ² must hold finite"):
        net.encode([[0, 1]])


def test_it_says_what_it_is():
    said = "VAE(Sequential(Dense(2 → 5), Tanh, Dense(5 → 2)), Sequential(Dense(1 → 5), "
    assert repr(SMALL) == said + "Tanh, Dense(5 → 2)))"
