"""Digits through a bottleneck: what PCA bounds, what passes below it, a VAE."""

import numpy as np
import pytest

from course_lib import datasets
from course_lib.layers import Dense, Sequential, Tanh
from course_lib.maths import cross_entropy, sigmoid, softmax
from course_lib.training import Adam, batches, fit
from course_lib.vae import VAE

pytestmark = pytest.mark.slow
seeds = pytest.mark.parametrize("seed", range(3))
few_codes = pytest.mark.parametrize("K", [2, 8])


def falling(lr, n_steps):
    """Adam at a rate that falls to a hundredth."""
    return Adam(lambda t: lr * (1 - 0.99 * t / n_steps))


@pytest.fixture(scope="module")
def pictures():
    """1,200 digits to learn, 597 held out, and the labels of the first."""
    X, y = datasets.digits()
    order = np.random.default_rng(0).permutation(len(X))
    x = (X[order] / 16).astype("float32")
    return x[:1200], x[1200:], y[order[:1200]]


@pytest.fixture(scope="module")
def centred(pictures):
    return pictures[0] - pictures[0].mean(axis=0)


# -- beside PCA ------------------------------------------------------------------------


def pca_error(x, K):
    return (np.linalg.svd(x.astype(float), compute_uv=False)[K:] ** 2).sum() / len(x)


def linear(K, rng):
    return Dense(64, K, rng), Dense(K, 64, rng)


def tanh_codes(K, rng):
    return Dense(64, K, rng), Tanh(), Dense(K, 64, rng)


def deep_encoder(K, rng):
    return Dense(64, 64, rng), Tanh(), Dense(64, K, rng), Dense(K, 64, rng)


def deep_both(K, rng):
    half = Dense(64, 64, rng), Tanh(), Dense(64, K, rng)
    return *half, Dense(K, 64, rng), Tanh(), Dense(64, 64, rng)


def share_of_pca(kind, K, x, seed, lr, n_steps):
    """The error of the net after its steps in float32, in float64, over PCA's."""
    rng = np.random.default_rng(seed)
    net, adam = Sequential(*kind(K, rng)).astype("float32"), falling(lr, n_steps)
    while adam.t < n_steps:
        for k in batches(len(x), 200, rng):
            x_hat = net.forward(x[k], training=True)
            net.gradients(2 * (x_hat - x[k]) / len(k))
            adam.step(net)
    x = x.astype(float)
    x_hat = net.astype("float64").forward(x)
    return ((x_hat - x) ** 2).sum(axis=1).mean() / pca_error(x, K)


@pytest.mark.parametrize(
    "kind, K",
    [(linear, 2), (linear, 8), (tanh_codes, 2), (tanh_codes, 8), (deep_encoder, 2)],
)
@seeds
def test_before_a_linear_decoder_an_encoder_reaches_pca_and_never_passes_it(
    kind, K, seed, centred
):
    assert 1 - 1e-9 < share_of_pca(kind, K, centred, seed, 0.01, 1200) < 1.005


@few_codes
@seeds
def test_nets_that_bend_on_both_sides_err_far_less_than_pca(K, seed, centred):
    share = share_of_pca(deep_both, K, centred, seed, 0.007, 2500)
    assert share < {2: 0.65, 8: 0.5}[K]


# -- a variational one beside a plain one ----------------------------------------------


@pytest.fixture(scope="module")
def ink(pictures):
    return tuple((x > 0.5).astype("float32") for x in pictures[:2])


def two_halves(codes, rng):
    """An encoder to so many numbers, and a decoder of 8."""
    encoder = Sequential(Dense(64, 64, rng), Tanh(), Dense(64, codes, rng))
    decoder = Sequential(Dense(8, 64, rng), Tanh(), Dense(64, 64, rng))
    return encoder.astype("float32"), decoder.astype("float32")


def learn(net, slopes, x, rng, n_steps=600):
    """slopes(rows) leaves gradients in the net."""
    adam = falling(0.01, n_steps)
    while adam.t < n_steps:
        for k in batches(len(x), 100, rng):
            slopes(x[k])
            adam.step(net)


def learn_variational(vae, x, rng, n_steps):
    def slopes(rows):
        vae.gradients(rows, rng.normal(size=(len(rows), 8)))

    learn(vae, slopes, x, rng, n_steps)


def learn_plain(encoder, decoder, x, rng):
    net = Sequential(encoder, decoder)

    def slopes(rows):
        a = net.forward(rows, training=True)
        net.gradients((sigmoid(a) - rows) / len(rows))

    learn(net, slopes, x, rng)


@seeds
def test_on_the_way_the_mean_elbo_is_never_above_the_sampled_likelihood(seed, ink):
    """Of held-out digits: at the start and after 60, 180 and 420 steps."""
    rng, (learned, held) = np.random.default_rng(seed), ink
    vae = VAE(*two_halves(16, rng))
    for n_steps in 0, 60, 120, 240:
        learn_variational(vae, learned, rng, n_steps)
        elbo = np.mean([vae.elbo(held, rng.normal(size=(597, 8))) for _ in range(20)])
        assert elbo < vae.log_likelihood(held, rng, 50).mean()
    assert elbo > -30, "and it has learned"


def nearest(x, real):
    """The mean squared distance of pictures x to the nearest real one."""
    return np.mean([((row - real) ** 2).sum(axis=1).min() for row in x])


@pytest.fixture(scope="module")
def reader(pictures, ink):
    rng = np.random.default_rng(0)
    net = Sequential(Dense(64, 64, rng), Tanh(), Dense(64, 10, rng))
    y = pictures[2]
    fit(net, ink[0], y, cross_entropy, Adam(0.003), rng, 20, 50)
    return net


@pytest.fixture(scope="module", params=range(3), ids="seed {}".format)
def made(request, ink):
    """500 pictures of each of three makers with 8 codes, every pixel 0 or 1."""
    rng, x = np.random.default_rng(request.param), ink[0]
    vae = VAE(*two_halves(16, rng))
    encoder, decoder = two_halves(8, rng)
    learn_variational(vae, x, rng, 600)
    learn_plain(encoder, decoder, x, rng)
    z, codes = rng.normal(size=(500, 8)), encoder.forward(x).astype(float)
    fitted = codes.mean(axis=0) + z @ np.linalg.cholesky(np.cov(codes.T)).T
    chances = {
        "variational": vae.decode(z),
        "plain": sigmoid(decoder.forward(z)),
        "plain, fitted": sigmoid(decoder.forward(fitted)),
    }
    return {name: (p > 0.5).astype("float32") for name, p in chances.items()}


def test_variational_samples_are_nearer_to_digits_than_plain_ones_even_fitted(
    made, ink
):
    """Each pixel at its likelier state, lest grey, near to all, should win."""
    away = {name: nearest(x, ink[0]) for name, x in made.items()}
    assert away["variational"] < away["plain, fitted"] - 0.15
    assert away["variational"] < away["plain"] / 3


def test_how_sure_a_reader_is_does_not_tell_digits_from_what_is_far_from_any(
    made, ink, reader
):
    def sureness(x):
        return softmax(reader.forward(x)).max(axis=1).mean()

    sure = {name: sureness(x) for name, x in made.items()}
    assert max(sure.values()) - min(sure.values()) < 0.08
    assert sureness(ink[1]) > max(sure.values()) + 0.05, "surer of real ones"
