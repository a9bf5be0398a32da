"""How good do an RBM and a deep belief net of published size get on MNIST, in minutes?

    python benchmarks/deep_belief.py [--part rbm] [--only CD-1] [--store] [--quick]

rbm    machines of 784 x 500 units by CD-1, PCD (100 chains) and CD-25: the mean
       log-probability of the test digits in nats, with log Z by 100 chains of AIS
       through 10,000 temperatures. `error` is the standard error of log Z as the
       chains tell it; through 1,000 the longest PCD seems 4 nats better, error 0.3.
       The first row is a machine whose pixels know nothing of each other.
       Salakhutdinov & Murray (2008): CD-1 -125.53, CD-25 -86.34
dbn    784-500-500-2000 units, each machine on the codes of the one below by CD-1,
       without labels; then 10 outputs on top, and back-propagation by Adam. Beside it
       the same net of sigmoids from Glorot's start.
       Hinton, Osindero & Teh (2006): 1.25 %, by another fine-tuning, up and down

A pixel is on with its grey value as chance; all states are drawn anew in each batch of
100, those of the test once. Rates fall in a straight line to 0 and, like the epochs,
are guesses: nothing was tuned. Seconds are the processor's, on one thread, of the
learning alone; those of a net include the machines that it starts from.
"""

import time

import numpy as np
import typer
from threadpoolctl import threadpool_limits

from course_lib import datasets, results
from course_lib.layers import Dense, Sequential, Sigmoid
from course_lib.maths import cross_entropy
from course_lib.rbm import RBM, base_rates, draw
from course_lib.training import Adam, batches, fit

BATCH, CHAINS = 100, 100
WAYS = {  # k, whether chains are kept, epochs, rate
    "CD-1, shorter": (1, False, 3, 0.1),
    "CD-1": (1, False, 10, 0.1),
    "PCD": (1, True, 10, 0.1),
    "CD-25": (25, False, 5, 0.1),
    "PCD, longer": (1, True, 25, 0.1),
}


def learn(X, H, rng, k, kept, epochs, lr):
    """A machine with H hidden units that learned chances X (M, V), and seconds."""
    W = rng.normal(0, 0.01, (X.shape[1], H)).astype("float32")
    rbm, start = RBM(W, base_rates(X)), time.process_time()
    chains = draw(X[:BATCH], rng) if kept else None
    t, steps = 0, epochs * -(-len(X) // BATCH)
    for _ in range(epochs):
        for rows in batches(len(X), BATCH, rng):
            *slopes, ends = rbm.cd(draw(X[rows], rng), rng, k, chains)
            chains = ends if kept else None
            for p, slope in zip((rbm.W, rbm.b, rbm.c), slopes, strict=True):
                p += lr * (1 - t / steps) * slope
            t += 1
    seconds = time.process_time() - start
    print(f"    {rbm}, {seconds:.0f} s", flush=True)
    return rbm, seconds


def machines(data, plans, H, temperatures):
    """Rows of the table, each as soon as it is known."""
    X, _, X_test, _ = data
    base, v = base_rates(X), draw(X_test, np.random.default_rng(0))
    alone = np.mean(v @ base - np.logaddexp(0, base).sum())
    row = {"way": "pixels alone", "epochs": None, "rate": None}
    yield row | {"log_likelihood": round(float(alone), 2), "error": 0, "seconds": 0}
    for way, plan in plans.items():
        rbm, seconds = learn(X, H, np.random.default_rng(1), *plan)
        log_Z, error = rbm.ais(np.random.default_rng(2), CHAINS, temperatures, base)
        found = {"log_likelihood": rbm.log_likelihood(v, log_Z), "error": error}
        row = {name: round(float(value), 2) for name, value in found.items()}
        row = {"way": way, "epochs": plan[2], "rate": plan[3]} | row
        yield row | {"seconds": round(seconds)}


def deep_net(sizes, rng, rbms=()):
    """Sigmoid layers and 10 outputs, from Glorot's start or that of the machines."""
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:], strict=False):
        layers += [Dense(n_in, n_out, rng), Sigmoid()]
    for layer, rbm in zip(layers[::2], rbms, strict=False):
        layer.W, layer.b = rbm.W.copy(), rbm.c.copy()
    return Sequential(*layers, Dense(sizes[-1], 10, rng)).astype("float32")


def nets(data, sizes, stack_epochs, epochs):
    """Rows of the table, each as soon as it is known."""
    X, y, X_test, y_test = data
    steps = epochs * -(-len(X) // BATCH)
    for start in ("Glorot", "DBN"):
        rng, rbms, total, codes = np.random.default_rng(1), [], 0, X
        for H in sizes if start == "DBN" else ():
            rbm, seconds = learn(codes, H, rng, 1, False, stack_epochs, 0.1)
            rbms, total, codes = [*rbms, rbm], total + seconds, rbm.hidden(codes)
        net, begin = deep_net([X.shape[1], *sizes], rng, rbms), time.process_time()
        adam = Adam(lambda t: 0.001 * (1 - (t - 1) / steps))
        fit(net, X, y, cross_entropy, adam, rng, epochs, BATCH)
        seconds = round(total + time.process_time() - begin)
        wrong = round(100 * float(np.mean(net.predict(X_test) != y_test)), 2)
        row = {"start": start, "layers": "-".join(map(str, [X.shape[1], *sizes, 10]))}
        row |= {"stack_epochs": stack_epochs if rbms else 0, "epochs": epochs}
        yield row | {"test_error": wrong, "seconds": seconds}


def digits():
    """Chances of pixels (M, 784) and classes, to learn from and for the test."""
    X, y, X_test, y_test = datasets.mnist()
    X, X_test = (x.reshape(-1, 784).astype("float32") / 255 for x in (X, X_test))
    return X, y, X_test, y_test


def main(part: str = "all", only: str = "", store: bool = False, quick: bool = False):
    """Learn, print the rows of a part or of both, and store them if asked to."""
    if part not in ("all", "rbm", "dbn") or only not in ("", *WAYS):
        raise typer.BadParameter(f"--part: rbm, dbn; --only: {'; '.join(WAYS)}")
    if store and quick:
        raise typer.BadParameter("a quick run is on noise; it is not stored")
    plans = {way: plan for way, plan in WAYS.items() if only in ("", way)}
    if quick:  # a step or two, to see that everything runs
        rng = np.random.default_rng(0)
        data = (rng.random((300, 784), "float32"), rng.integers(0, 10, 300)) * 2
        plans = {way: (*plan[:2], 1, plan[3]) for way, plan in plans.items()}
        jobs = machines(data, plans, 16, 20), nets(data, (16, 16, 20), 1, 1)
    else:
        data = digits()
        jobs = machines(data, plans, 500, 10_000), nets(data, (500, 500, 2000), 5, 10)
    for name, key, rows in zip(("rbm", "dbn"), ("way", "start"), jobs, strict=True):
        for row in rows if part in ("all", name) else ():
            print(row, flush=True)
            if store:  # each at once, beside what is stored of others
                keep(f"{name}_mnist", key, row, f"--part {name} --store")


def keep(name, key, row, options):
    stored = (results.FOLDER / f"{name}.json").exists()
    found = {old[key]: old for old in (results.read(name) if stored else ())}
    found[row[key]] = row
    order = ["pixels alone", *WAYS, "Glorot", "DBN"]
    found = [found[which] for which in order if which in found]
    results.write(name, found, f"python benchmarks/deep_belief.py {options}")


if __name__ == "__main__":
    with threadpool_limits(1):
        typer.run(main)
