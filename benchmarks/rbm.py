"""How fast are restricted Boltzmann machines, beside BernoulliRBM and bare products?

    python benchmarks/rbm.py [--updates 300] [--temperatures 1000] [--quick]

Learning: machines of 784 visible units, all in float32 on one thread, from the same
rows in the same batches: MNIST's pixels, 0 or 1, if COURSE_DATA is set, else random.

    ours             RBM.cd, one step from the data (CD-1), and then W += lr dW
    ours, PCD        the same from kept chains
    scikit-learn     BernoulliRBM.fit, which keeps chains; a short batch is avoided
    products         the products of ours alone, four, and W += lr dW: the floor

Annealing: RBM.ais of 100 chains, beside its two products a temperature.

Seconds are the processor's; race.py tells how turns are taken. The tables tell:

    x ours     its time by ours in the same round, the median
    log p      the mean of other rows after these updates; log Z by ais
"""

import os

import numpy as np
import typer
from energy import processor_seconds
from race import hold_threads, race
from sklearn.neural_network import BernoulliRBM

from course_lib import datasets
from course_lib.rbm import RBM, base_rates

V, LR, CHAINS = 784, 0.05, 100


def pixels(n_rows, n_others=500):
    """Rows (n_rows, 784) of 0 and 1 to learn from, and others, in float32."""
    rng = np.random.default_rng(0)
    if os.environ.get("COURSE_DATA"):
        X, _, others, _ = (x[:60_000] for x in datasets.mnist())
        X, others = X.reshape(-1, V) > 127, others[:n_others].reshape(-1, V) > 127
    else:
        X, others = (rng.random((n, V)) < 0.13 for n in (n_rows, n_others))
    return np.resize(X, (n_rows, V)).astype("float32"), others


def start(H):
    W = np.random.default_rng(1).normal(0, 0.01, (V, H)).astype("float32")
    return RBM(W)


# -- learning ------------------------------------------------------------------------


def ours(X, H, B, kept):
    rng = np.random.default_rng(0)
    while True:
        rbm, chains = start(H), np.zeros((B, V), "float32") if kept else None
        yield
        for first in range(0, len(X), B):
            dW, db, dc, ends = rbm.cd(X[first : first + B], rng, chains=chains)
            chains = ends if kept else None
            rbm.W += LR * dW
            rbm.b += LR * db
            rbm.c += LR * dc
        yield lambda rbm=rbm: [rbm]


def scikit_learn(X, H, B):
    seed = 0
    while True:
        theirs = BernoulliRBM(
            H, learning_rate=LR, batch_size=B, n_iter=1, random_state=seed
        )
        yield
        theirs.fit(X)
        b, c = theirs.intercept_visible_, theirs.intercept_hidden_
        yield lambda W=theirs.components_.T, b=b, c=c: [RBM(W, b, c)]
        seed += 1


def products(X, H, B):
    W = start(H).W
    while True:
        yield
        for first in range(0, len(X), B):
            v = X[first : first + B]
            seen = v @ W
            ends = seen @ W.T
            dreamt = ends @ W
            W += 1e-30 * (np.vstack((v, ends)).T @ np.vstack((seen, dreamt)))
        yield list


LEARNING = {
    "ours": (ours, {"kept": False}),
    "ours, PCD": (ours, {"kept": True}),
    "scikit-learn": (scikit_learn, {}),
    "products": (products, {}),
}


def prepare_learning(H, B, updates, temperatures):
    X, others = pixels(B * updates)

    def log_p(last):
        rng, rbm = np.random.default_rng(0), last[0]
        log_Z, _ = rbm.ais(rng, CHAINS, temperatures, base_rates(X))
        return float(rbm.log_likelihood(others, log_Z))

    return (X, H, B), log_p


def learning_table(H, B, updates, temperatures, rounds):
    job = H, B, updates, temperatures
    found = processor_seconds(race(LEARNING, rounds, prepare_learning, *job))
    print(f"\nlearning, {H} hidden units, batches of {B}, {updates} updates")
    print(f"{'':16}ms an update   x ours    log p")
    for name in LEARNING:
        seconds, log_p = found[name]
        last = f"{log_p.mean():9.1f}" if name != "products" else ""
        print(
            f"{name:16}{1e3 * np.median(seconds) / updates:12.3f}"
            f"{np.median(seconds / found['ours'][0]):9.2f}{last}",
            flush=True,
        )


# -- annealed importance sampling ----------------------------------------------------


def trained(H):
    """A machine after 200 updates of CD-1, and biases of its data."""
    X, _ = pixels(20_000)
    contender = ours(X, H, CHAINS, False)
    next(contender)
    return next(contender)()[0], base_rates(X)


def anneal(rbm, base, temperatures):
    rng = np.random.default_rng(0)
    while True:
        yield
        log_Z, _ = rbm.ais(rng, CHAINS, temperatures, base)
        yield lambda log_Z=log_Z: [log_Z]


def its_products(rbm, base, temperatures):
    v = pixels(CHAINS)[0]
    while True:
        yield
        for _ in range(temperatures - 1):
            h = v @ rbm.W
            h @ rbm.W.T
        yield list


ANNEALING = {"ours": (anneal, {}), "products": (its_products, {})}


def prepare_annealing(H, temperatures):
    return (*trained(H), temperatures), lambda last: last[0]


def annealing_table(H, temperatures, rounds):
    found = processor_seconds(
        race(ANNEALING, rounds, prepare_annealing, H, temperatures)
    )
    seconds, log_Z = found["ours"]
    ratio = np.median(seconds / found["products"][0])
    print(f"\nais, {H} hidden units, {CHAINS} chains, {temperatures:,} temperatures")
    print(
        f"{np.median(seconds):.2f} s, {ratio:.2f} times its products; log Z "
        f"{log_Z.mean():.2f}, estimates within {np.ptp(log_Z):.2f} of each other",
        flush=True,
    )


def main(
    updates: int = 300,
    temperatures: int = 1000,
    rounds: int = 5,
    only: str = "",
    quick: bool = False,
):
    """Print the tables, or --only learning or ais."""
    hold_threads(1)
    sizes, batches = (256, 500), (10, 100)
    if quick:
        updates, temperatures, rounds, sizes, batches = 5, 10, 1, (16,), (10, 20)
    for H in sizes:
        for B in batches if only != "ais" else ():
            learning_table(H, B, updates, max(temperatures // 3, 10), rounds)
    for H in sizes if only != "learning" else ():
        annealing_table(H, temperatures, rounds)


if __name__ == "__main__":
    typer.run(main)
