"""Variational autoencoders: a code for every picture, and a picture for every code.

z ~ N(0, 1), then each pixel of x is on with chance σ(decoder(z)). The encoder guesses
which z made an x: q(z | x) is normal with means µ and variances σ².
"""

import numpy as np

from course_lib.maths import sigmoid, softplus
from course_lib.states import rows
from course_lib.validation import (
    as_array,
    check_finite,
    check_positive,
    check_same_shape,
    check_shape,
)


class VAE:
    """A variational autoencoder of two nets (Kingma & Welling 2014).

    encoder: x (N, D) -> µ beside log σ² (N, 2K)      decoder: z (N, K) -> logits (N, D)

    Each begins with a Dense layer, or with one that changes no shape. What comes back
    has the dtype of their weights; "chances" are those of pixels to be on.
    """

    def __init__(self, encoder, decoder):
        self.encoder, self.decoder = encoder, decoder

    # -- from pictures to codes, and back ------------------------------------------

    def encode(self, x):
        """µ (N, K) and log σ² (N, K) of q(z | x), for states or chances x (N, D)."""
        return self.codes(self.pictures(x))

    def decode(self, z):
        """The chances of pixels to be on, given codes z (N, K): (N, D)."""
        W = first_weights(self.decoder)
        z = check_shape(as_array(z, "z"), "z", ("N", len(W)))
        return sigmoid(self.decoder.forward(check_finite(z, "z").astype(W.dtype)))

    def sample(self, rng, n):
        """The chances of pixels (n, D) for codes drawn from N(0, 1)."""
        K = len(first_weights(self.decoder))
        return self.decode(rng.normal(size=(check_positive(n, "n"), K)))

    # -- how probable pictures are -------------------------------------------------

    def elbo(self, x, noise):
        """ELBO = log p(x | z) - KL at z = µ + σ noise: (N,) nats.

        For states or chances x (N, D) and noise (N, K), drawn from N(0, 1). Its mean
        over the noise is at most log p(x).
        """
        x = self.pictures(x)
        mu, log_var = self.codes(x)
        z = mu + np.exp(log_var / 2) * self.noise(noise, mu)
        return log_chance(x, self.logits(z, x)) - kl(mu, log_var)

    def log_likelihood(self, x, rng, n_samples=100):
        """An estimate of log p(x) for states x (N, D): (N,) nats in float64.

        log mean of p(x | z) p(z) / q(z | x) over n_samples z of q(z | x) for each x: at
        n_samples = 1 an ELBO; more raise it, on average, towards log p(x) (Burda,
        Grosse & Salakhutdinov 2016).
        """
        x = self.pictures(x, chances=False)
        mu, log_var = self.codes(x)
        total = np.full(len(x), -np.inf)
        for _ in range(check_positive(n_samples, "n_samples")):
            noise = rng.normal(size=mu.shape).astype(mu.dtype)
            z = mu + np.exp(log_var / 2) * noise
            log_p_over_q = (noise**2 + log_var - z**2).sum(axis=1) / 2
            total = np.logaddexp(
                total, log_chance(x, self.logits(z, x)) + log_p_over_q, dtype=float
            )
        return total - np.log(n_samples)

    # -- learning ------------------------------------------------------------------

    def gradients(self, x, noise):
        """The mean of -ELBO for x (N, D) and noise (N, K); leaves dW, db in both nets.

        L is that mean, dL/dz what the decoder passes back, and z = µ + σ noise:
        dL/dµ = dL/dz + µ / N      dL/dlog σ² = dL/dz σ noise / 2 + (σ² - 1) / 2N
        """
        x = self.pictures(x)
        mu, log_var = self.codes(x, training=True)
        sigma, noise = np.exp(log_var / 2), self.noise(noise, mu)
        logits = self.logits(mu + sigma * noise, x, training=True)
        dz = self.decoder.backward((sigmoid(logits) - x) / len(x))
        dmu = dz + mu / len(x)
        dlog_var = dz * sigma * noise / 2 + (sigma**2 - 1) / (2 * len(x))
        self.encoder.gradients(np.hstack((dmu, dlog_var)))
        return (kl(mu, log_var) - log_chance(x, logits)).mean()

    def parameters(self):
        """Each parameter of both nets with its gradient, for an optimiser's step."""
        yield from self.encoder.parameters()
        yield from self.decoder.parameters()

    # -- what comes in, and what the nets say --------------------------------------

    def pictures(self, x, chances=True):
        """x in the dtype of the weights, if it holds states, or chances, (N, D)."""
        W = first_weights(self.encoder)
        return rows(x, "x", W[:, 0], "N", chances)

    def noise(self, noise, mu):
        """noise in the dtype of µ, if there is one number for each."""
        noise = check_same_shape(as_array(noise, "noise"), "noise", mu, "µ")
        return check_finite(noise, "noise").astype(mu.dtype)

    def codes(self, x, training=False):
        """µ and log σ², the halves of what the encoder says."""
        out = check_finite(self.encoder.forward(x, training), "the encoder's µ, log σ²")
        K = len(first_weights(self.decoder))
        check_shape(out, f"µ beside log σ² of {K} codes each", (len(x), 2 * K))
        return out[:, :K], out[:, K:]

    def logits(self, z, x, training=False):
        logits = self.decoder.forward(z, training)
        return check_same_shape(logits, "the decoder's logits", x, "x")

    def __repr__(self):
        return f"VAE({self.encoder!r}, {self.decoder!r})"


def kl(mu, log_var):
    """½ Σ_k (µ² + σ² - 1 - log σ²), from N(µ, σ²) to N(0, 1): (N, K) twice -> (N,)."""
    return (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1) / 2


def log_chance(x, logits):
    """log p(x | z) of states x (N, D), or its mean over those of chances x: (N,)."""
    return (x * logits - softplus(logits)).sum(axis=1)


def first_weights(net):
    """W of the first layer that has any: its rows are the net's inputs."""
    return next(iter(net.parameters()))[0]
