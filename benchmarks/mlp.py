"""How fast is the course's own network, beside the libraries that everyone uses?

    python benchmarks/mlp.py [--optimiser adam] [--threads 2] [--rounds 9] [--quick]

All train the same net (ReLU layers, softmax, cross-entropy) on the same float32 data
from the same start, with the same batches in the same order: ours by `fit`;
scikit-learn and Keras by one call of `fit` without shuffling, Keras also 50 steps at a
time and with XLA (by itself it does neither on a CPU); PyTorch, where it is installed,
by its usual loop. race.py tells how they are timed and what the tables say.
"""

from itertools import chain, pairwise
from types import SimpleNamespace

import numpy as np
import typer
from race import race, ready, report

from course_lib.keras_tools import load
from course_lib.layers import Dense, ReLU, Sequential
from course_lib.maths import cross_entropy
from course_lib.training import SGD, Adam, fit

SIZES = {  # of the layers: steps in a round
    (64, 100, 10): 1000,
    (64, 256, 256, 10): 300,
    (784, 128, 10): 200,
    (784, 1000, 1000, 10): 50,
}
RATES = {"sgd": 0.05, "adam": 0.001}
EPS = 1e-9  # of Adam: small, as it is added in two ways, but not below the rounding


def ours(start, X, y, batch, optimiser):
    in_order = SimpleNamespace(permutation=np.arange)  # a generator without chance
    rng, lr = np.random.default_rng(0), RATES[optimiser]
    while True:
        units = chain(*((Dense(*W.shape, rng), ReLU()) for W, _ in start))
        net = Sequential(*list(units)[:-1]).astype("float32")
        for (p, _), value in zip(net.parameters(), chain(*start), strict=True):
            p[:] = value
        step = Adam(lr, eps=EPS) if optimiser == "adam" else SGD(lr)
        yield
        fit(net, X, y, cross_entropy, step, in_order, n_epochs=1, batch_size=batch)
        yield lambda net=net: [p for p, _ in net.parameters()]


def scikit_learn(start, X, y, batch, optimiser):
    from sklearn.neural_network import MLPClassifier

    how = dict(solver=optimiser, learning_rate_init=RATES[optimiser], epsilon=EPS)
    how |= dict(alpha=0, momentum=0, shuffle=False, warm_start=True, max_iter=1)
    hidden = [len(b) for _, b in start[:-1]]
    net = MLPClassifier(hidden, batch_size=batch, **how).fit(X, y)
    while True:
        net.coefs_ = [W.copy() for W, _ in start]
        net.intercepts_ = [b.copy() for _, b in start]
        yield
        net.fit(X, y)
        yield lambda: chain(*zip(net.coefs_, net.intercepts_, strict=True))


def keras(start, X, y, batch, optimiser, **how):
    keras, lr = load(), RATES[optimiser]
    layers = [keras.layers.Dense(len(b), activation="relu") for _, b in start[:-1]]
    layers += [keras.layers.Dense(len(start[-1][1]))]
    net = keras.Sequential([keras.Input(X.shape[1:]), *layers])
    Adam, SGD = keras.optimizers.Adam, keras.optimizers.SGD
    step = Adam(lr, epsilon=EPS) if optimiser == "adam" else SGD(lr)
    net.compile(step, keras.losses.SparseCategoricalCrossentropy(True), **how)
    step.build(net.trainable_variables)
    fresh = [(variable, variable.numpy()) for variable in step.variables]
    while True:
        net.set_weights(list(chain(*start)))
        for variable, value in fresh:
            variable.assign(value)
        yield
        net.fit(X, y, batch, epochs=1, shuffle=False, verbose=0)
        yield net.get_weights


def pytorch(start, X, y, batch, optimiser):
    import torch
    from torch import nn, optim

    X, y, loss = torch.from_numpy(X), torch.from_numpy(y), nn.CrossEntropyLoss()
    while True:
        units = chain(*((nn.Linear(*W.shape), nn.ReLU()) for W, _ in start))
        net = nn.Sequential(*list(units)[:-1])
        for p, value in zip(net.parameters(), chain(*start), strict=True):
            p.data = torch.from_numpy(value.T.copy())
        p, lr = net.parameters(), RATES[optimiser]
        step = optim.Adam(p, lr, eps=EPS) if optimiser == "adam" else optim.SGD(p, lr)
        yield
        for x, t in zip(X.split(batch), y.split(batch), strict=True):
            step.zero_grad()
            value = loss(net(x), t)
            value.backward()
            step.step()
            value.item()  # the others look at each loss, too
        yield lambda net=net: [p.detach().numpy().T for p in net.parameters()]


CONTENDERS = {
    "ours": (ours, {}),
    "scikit-learn": (scikit_learn, {}),
    "Keras": (keras, {}),
    "Keras, 50s": (keras, {"steps_per_execution": 50}),
    "Keras, 50s, XLA": (keras, {"steps_per_execution": 50, "jit_compile": True}),
    "PyTorch": (pytorch, {}),
}


def prepare(sizes, steps, batch, optimiser):
    rng = np.random.default_rng(0)
    X = rng.standard_normal((steps * batch, sizes[0]), "float32")
    y = (X @ rng.standard_normal((sizes[0], sizes[-1]), "float32")).argmax(axis=1)
    starts = [rng.normal(0, np.sqrt(2 / n), (n, m)) for n, m in pairwise(sizes)]
    start = [(W.astype(X.dtype), np.zeros(W.shape[1], X.dtype)) for W in starts]

    def loss(last):
        z = X
        for k in range(0, len(last), 2):
            z = (np.maximum(z, 0) if k else z) @ last[k] + last[k + 1]
        return cross_entropy(z, y)[0]

    return (start, X, y, batch, optimiser), loss


def main(
    optimiser: str = "sgd", threads: int = 1, rounds: int = 7, quick: bool = False
):
    if optimiser not in RATES:
        raise typer.BadParameter(f"--optimiser: {' or '.join(RATES)}; got {optimiser}")
    ready(CONTENDERS, threads)
    jobs = [(n, steps, batch) for n, steps in SIZES.items() for batch in (32, 256)]
    if quick:
        jobs, rounds = [((64, 100, 10), 50, 32)], 2
        CONTENDERS.pop("Keras, 50s, XLA")
    for sizes, steps, batch in jobs:
        found = race(CONTENDERS, rounds, prepare, sizes, steps, batch, optimiser)
        products = 3 * sum(n * m for n, m in pairwise(sizes)) - sizes[0] * sizes[1]
        title = f"{'-'.join(map(str, sizes))}, batch {batch}, {optimiser}"
        report(found, title, steps, batch * products)


if __name__ == "__main__":
    typer.run(main)
