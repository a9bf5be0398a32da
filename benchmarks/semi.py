"""Fifty labels: does a forger help to name digits? Salimans et al. (2016), at size 8.

    python benchmarks/semi.py [--store] [--quick]

Of 1,797 digits 597 are held out; of the others 50 keep their label, five a class. One
net, 64-100-100-10 with noise on its inputs (0.3) and hidden units (0.5), is taught to
name digits in several ways, each for 3,000 steps of Adam. A step shows all 50, and:

    labels alone            nothing else
    labels, no noise        nothing else, and no noise in the net
    names its own           50 of the 1,200, once a third is over, under the names that
                            the net itself gave them, renewed every 100 steps
    forger                  50 of the 1,200 as real and 50 forged: with logits l of the
                            ten classes, log Σ exp l is the logit for "real"; the forger
                            lowers -log D
    forger, features        the forger has to match the mean of the last hidden layer
    forger, untrained       a control: it stays as it starts
    all 1,200 labels        50 of the 1,200 under their true names

Per run, on five splits: the share of the 597 named right at the end, and seconds of
processor.
"""

import time

import numpy as np
import typer
from threadpoolctl import threadpool_limits

from course_lib import datasets, results
from course_lib.layers import Dense, Layer, ReLU, Sequential, Sigmoid
from course_lib.maths import cross_entropy, logsumexp, sigmoid, softmax
from course_lib.training import Adam

NAME = "semi_supervised"  # of the stored result
BATCH, UNITS, CODES = 50, 100, 20
WAYS = (
    "labels, no noise",
    "labels alone",
    "names its own",
    "forger, untrained",
    "forger",
    "forger, features",
    "all 1,200 labels",
)


class Noise(Layer):
    """y = x + size ε in training, ε ~ N(0, 1)."""

    def __init__(self, size, rng):
        self.size, self.rng = size, rng

    def forward(self, x, training=False):
        return x + self.size * normal(self.rng, *x.shape) if training else x

    def backward(self, dy):
        return dy


def normal(rng, *shape):
    return rng.standard_normal(shape, dtype="float32")


def split(rng):
    """The 1,200 with all their labels, the numbers of 50 of them, and the 597."""
    X, y = datasets.digits()
    X, order = (X / 16).astype("float32"), rng.permutation(len(X))
    learn, held = order[:1200], order[1200:]
    few = np.concatenate([np.flatnonzero(y[learn] == k)[:5] for k in range(10)])
    return X[learn], y[learn], few, X[held], y[held]


def nets(noisy, rng):
    inner = [Dense(64, UNITS, rng), ReLU(), Noise(0.5 * noisy, rng)]
    inner += [Dense(UNITS, UNITS, rng), ReLU(), Noise(0.5 * noisy, rng)]
    detective = Sequential(Noise(0.3 * noisy, rng), *inner, Dense(UNITS, 10, rng))
    forger = [Dense(CODES, UNITS, rng), ReLU(), Dense(UNITS, 64, rng), Sigmoid()]
    return detective.astype("float32"), Sequential(*forger).astype("float32")


def slopes(l, y):
    """dL/dl of logits (150, 10): 50 with labels y, 50 real, 50 forged.

    L is the mean cross-entropy of the first, plus mean -log D of the second and mean
    -log(1 - D) of the third, where D = σ(log Σ exp l).
    """
    dl = sigmoid(logsumexp(l))[:, None] * softmax(l) / BATCH
    dl[BATCH : 2 * BATCH] -= softmax(l[BATCH : 2 * BATCH]) / BATCH
    dl[:BATCH] = cross_entropy(l[:BATCH], y)[1]
    return dl


def forger_slopes(detective, x, real, features):
    """dL/dx of forgeries x: -log D, or the squared gap of the mean features."""
    if not features:
        l = detective.forward(x, training=True)
        return detective.backward(
            (sigmoid(logsumexp(l)) - 1)[:, None] * softmax(l) / BATCH
        )
    inner = Sequential(*detective.layers[:-2])  # without the last noise and layer
    wanted = inner.forward(real, training=True).mean(axis=0)
    f = inner.forward(x, training=True)
    return inner.backward(
        np.broadcast_to(2 / BATCH * (f.mean(axis=0) - wanted), f.shape)
    )


def measure(way, seed, steps):
    start, rng = time.process_time(), np.random.default_rng(seed)
    X, y, few, X_held, y_held = split(rng)
    detective, forger = nets(way != "labels, no noise", rng)
    ways = Adam(0.003, 0.5), Adam(0.003, 0.5)
    for step in range(steps):
        k, shown, names = rng.integers(0, len(X), BATCH), X[few], y[few]
        if way == "all 1,200 labels":
            shown, names = X[k], y[k]
        elif way == "names its own" and step >= steps // 3:
            if (step - steps // 3) % 100 == 0:
                own = detective.predict(X)
            shown, names = np.concatenate((shown, X[k])), np.append(names, own[k])
        elif "forger" in way:
            forged = forger.forward(normal(rng, BATCH, CODES))
            shown = np.concatenate((shown, X[k], forged))
        l = detective.forward(shown, training=True)
        dl = slopes(l, names) if "forger" in way else cross_entropy(l, names)[1]
        detective.gradients(dl)
        ways[0].step(detective)
        if way in ("forger", "forger, features"):
            x = forger.forward(normal(rng, BATCH, CODES))
            forger.gradients(forger_slopes(detective, x, X[k], "features" in way))
            ways[1].step(forger)
    right = float(np.mean(detective.predict(X_held) == y_held))
    seconds = round(time.process_time() - start, 1)
    return {"way": way, "seed": seed, "right": round(right, 4), "seconds": seconds}


def main(store: bool = False, quick: bool = False):
    """Teach a net in each way on five splits, print a table, store it if asked to."""
    if store and quick:
        raise typer.BadParameter("a quick run is for tests; it is not stored")
    runs, (seeds, steps) = [], (1, 100) if quick else (5, 3_000)
    with threadpool_limits(1):
        for seed in range(seeds):
            for way in WAYS:
                runs.append(measure(way, seed, steps))
                print(*runs[-1].values(), sep="  ", flush=True)
    for way in WAYS:
        right = [run["right"] for run in runs if run["way"] == way]
        print(f"{way:18} {np.median(right):.3f} ({min(right):.3f} to {max(right):.3f})")
    if store:
        results.write(NAME, runs, "python benchmarks/semi.py --store")


if __name__ == "__main__":
    typer.run(main)
