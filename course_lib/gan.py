"""Generative adversarial nets: one net forges, another tells what is forged.

z ~ N(0, 1), x̂ = generator(z), and σ(a), a = discriminator(x), is the chance that x is
real.
"""

import numpy as np

from course_lib.maths import log_loss
from course_lib.validation import (
    as_array,
    check_finite,
    check_positive,
    check_same_shape,
    check_shape,
)


class GAN:
    """Two nets against each other (Goodfellow et al. 2014).

    generator: z (N, K) -> x̂ (N, ...)          discriminator: x (N, ...) -> a (N, 1)

    Each has an optimiser of its own. A step changes one net and leaves the other as it
    is. The generator begins with a Dense layer; all is in the dtype of its weights.
    """

    def __init__(self, generator, discriminator):
        self.generator, self.discriminator = generator, discriminator

    def discriminator_step(self, x, z, optimiser):
        """Move the discriminator one step; return its log-loss from before.

        L = mean of -log σ(a) for real x (N, ...), and of -log(1 - σ(a)) for what is
        forged from z (N, K), over all 2N: at σ(a) = ½ it is log 2; V(D, G) = -2 L.
        """
        W = self.first_weights()
        x = check_finite(as_array(x, "x"), "x").astype(W.dtype)
        forged = self.forge(check_shape(as_array(z, "z"), "z", (len(x), len(W))))
        check_same_shape(forged, "what is forged", x, "x")
        a = self.judge(np.concatenate((x, forged)))
        is_real = np.arange(len(a))[:, None] < len(x)
        loss, da = log_loss(a, is_real)
        self.discriminator.gradients(da)
        optimiser.step(self.discriminator)
        return loss

    def generator_step(self, z, optimiser, saturating=False):
        """Move the generator one step, for z (N, K); return its loss from before.

        L = mean of -log σ(a)                            dL/da = (σ(a) - 1) / N
        saturating: L = mean of log(1 - σ(a))            dL/da = -σ(a) / N
        """
        a = self.judge(self.forge(z))
        loss, da = log_loss(a, np.full(a.shape, not saturating))
        if saturating:
            loss, da = -loss, -da
        self.generator.gradients(self.discriminator.backward(da))
        optimiser.step(self.generator)
        return loss

    def sample(self, rng, n):
        """What is forged from n codes drawn from N(0, 1): (n, ...)."""
        W = self.first_weights()
        z = rng.normal(size=(check_positive(n, "n"), len(W)))
        return self.generator.forward(z.astype(W.dtype))

    # -- what the nets say in training ---------------------------------------------

    def forge(self, z):
        W = self.first_weights()
        z = check_shape(as_array(z, "z"), "z", ("N", len(W)))
        z = check_finite(z, "z").astype(W.dtype)
        return self.generator.forward(z, training=True)

    def judge(self, x):
        a = self.discriminator.forward(x, training=True)
        return check_shape(a, "the discriminator's logits", (len(x), 1))

    def first_weights(self):
        """W of the generator's first layer: (K, ...)."""
        return next(iter(self.generator.parameters()))[0]

    def __repr__(self):
        return f"GAN({self.generator!r}, {self.discriminator!r})"


# -- how good forgeries are ----------------------------------------------------------


def modes_covered(x, centres, radius, least=0.02):
    """How many centres (M, D) hold a share of x (N, D), and the share near any centre.

    A point is near the centre closest to it, if it is at most `radius` away; a centre
    counts if at least the share `least` of all N points is near it.
    """
    x = check_finite(check_shape(as_array(x, "x"), "x", ("N", "D")), "x")
    shape = "M", x.shape[1]
    centres = check_shape(as_array(centres, "centres"), "centres", shape)
    check_positive(radius, "radius")
    if not 0 < least <= 1:
        raise ValueError(f"least is a share, above 0 and at most 1; got {least}")
    away = np.linalg.norm(x[:, None] - centres, axis=2)  # (N, M)
    closest = away.argmin(axis=1)[away.min(axis=1) <= radius]
    shares = np.bincount(closest, minlength=len(centres)) / len(x)
    return int((shares >= least).sum()), float(shares.sum())


def frechet(A, B):
    """d² of the Gaussians fitted to features A (N, F) and B (M, F), in float64.

    d² = ‖µ_A - µ_B‖² + tr(Σ_A + Σ_B - 2 (Σ_A Σ_B)^½)      (Dowson & Landau 1982)
    Of two sets from one source it is above 0, the more so the fewer they hold: compare
    it among sets of one size (Heusel et al. 2017 apply it to features of pictures).
    """
    A = check_features(A, "A")
    B = check_features(B, "B", A.shape[1])
    (mean_A, R_A), (mean_B, R_B) = fitted(A), fitted(B)
    common = np.linalg.svd(R_A @ R_B.T, compute_uv=False).sum()  # tr (Σ_A Σ_B)^½
    d2 = ((mean_A - mean_B) ** 2).sum() + (R_A**2).sum() + (R_B**2).sum() - 2 * common
    return max(float(d2), 0.0)


def fitted(A):
    """The mean (F,) of A (N, F), and R with Rᵀ R its covariance Σ."""
    mean = A.mean(axis=0)
    return mean, np.linalg.qr((A - mean) / np.sqrt(len(A) - 1), mode="r")


def check_features(A, name, F="F"):
    """A in float64, if it holds two or more rows of finite numbers."""
    A = check_finite(check_shape(as_array(A, name), name, ("N", F)), name)
    if len(A) < 2:
        raise ValueError(
            f"{name} must hold at least 2 rows, or it has no spread; it holds one"
        )
    return A.astype(float)
