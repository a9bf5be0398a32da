"""How fast are an LSTM and a GRU of NumPy alone, beside TensorFlow, JAX and PyTorch?

    python benchmarks/recurrent.py [--units 64] [--threads 2] [--rounds 9] [--quick]

All train the same net with SGD on the same float32 data from the same start, with the
same batches in the same order: 50 steps of 32 numbers, the recurrent layer (Keras' form
of the GRU, reset_after=True), ten classes from its last state. Ours trains by `fit`;
Keras, on TensorFlow and, where it is installed, on JAX, by one call of `fit` without
shuffling, on TensorFlow also 50 steps at a time, which it does not do by itself;
PyTorch, where it is installed, by its usual loop with the layers of its own.
race.py tells how they are timed and what the tables say.
"""

import importlib.util
import os
from types import SimpleNamespace

import numpy as np
import typer
from race import race, ready, report

from course_lib import recurrent
from course_lib.keras_tools import load
from course_lib.layers import Dense, Sequential
from course_lib.maths import cross_entropy
from course_lib.training import SGD, fit

LR, T, D, K = 0.5, 50, 32, 10
GATES = {"LSTM": 4, "GRU": 3}


def network(kind, H):
    rng = np.random.default_rng(0)
    layer = getattr(recurrent, kind)(D, H, rng, last=True)
    return Sequential(layer, Dense(H, K, rng)).astype("float32")


def ours(start, X, y, batch, kind, H):
    in_order = SimpleNamespace(permutation=np.arange)  # a generator without chance
    while True:
        net = network(kind, H)
        yield
        fit(net, X, y, cross_entropy, SGD(LR), in_order, n_epochs=1, batch_size=batch)
        yield lambda net=net: [p for p, _ in net.parameters()]


def keras(start, X, y, batch, kind, H, backend, **how):
    os.environ["KERAS_BACKEND"] = backend
    keras = load()
    layer, last = getattr(keras.layers, kind)(H), keras.layers.Dense(K)
    net = keras.Sequential([keras.Input((T, D)), layer, last])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    net.compile(keras.optimizers.SGD(LR), loss, **how)
    while True:
        net.set_weights(start)
        yield
        net.fit(X, y, batch, epochs=1, shuffle=False, verbose=0)
        yield net.get_weights


def pytorch(start, X, y, batch, kind, H):
    import torch
    from torch import nn, optim

    def swapped(a):  # the first two gates of a GRU, r in front there, and upright
        a = a.copy()
        if kind == "GRU" and a.shape[-1] == 3 * H:
            a[..., : 2 * H] = np.roll(a[..., : 2 * H], H, axis=-1)
        return a

    def ours(W, U, b, b_U, *dense):
        b = np.stack([b, b_U]) if kind == "GRU" else b
        return [swapped(W.T), swapped(U.T), swapped(b), *(p.T for p in dense)]

    X, y, loss = torch.from_numpy(X), torch.from_numpy(y), nn.CrossEntropyLoss()
    W, U, b, *dense = start
    b = b if kind == "GRU" else (b, np.zeros_like(b))  # there, all have two biases
    while True:
        layer, last = getattr(nn, kind)(D, H, batch_first=True), nn.Linear(H, K)
        layer.bias_hh_l0.requires_grad = kind == "GRU"  # or b would move twice as far
        parameters = [*layer.parameters(), *last.parameters()]
        for p, value in zip(parameters, (W, U, *b, *dense), strict=True):
            p.data = torch.from_numpy(swapped(value).T.copy())
        step = optim.SGD(parameters, LR)
        yield
        for x, t in zip(X.split(batch), y.split(batch), strict=True):
            step.zero_grad()
            value = loss(last(layer(x)[0][:, -1]), t)
            value.backward()
            step.step()
            value.item()  # the others look at each loss, too
        yield lambda ps=parameters: ours(*(p.detach().numpy() for p in ps))


CONTENDERS = {
    "ours": (ours, {}),
    "Keras": (keras, {"backend": "tensorflow"}),
    "Keras, 50s": (keras, {"backend": "tensorflow", "steps_per_execution": 50}),
    "Keras on JAX": (keras, {"backend": "jax"}),
    "PyTorch": (pytorch, {}),
}


def prepare(kind, H, steps, batch):
    rng, net = np.random.default_rng(0), network(kind, H)
    y = rng.integers(0, K, steps * batch)
    X = rng.standard_normal((K, T, D), "float32")[y]  # a sequence for each class
    X += rng.standard_normal(X.shape, "float32")
    start = [p.copy() for p, _ in net.parameters()]

    def loss(last):
        for (p, _), value in zip(net.parameters(), last, strict=True):
            p[:] = value
        return cross_entropy(net.forward(X), y)[0]

    return (start, X, y, batch, kind, H), loss


def main(
    units: int = 0,
    batch: int = 64,
    threads: int = 1,
    rounds: int = 7,
    quick: bool = False,
):
    ready(CONTENDERS, threads)
    if not importlib.util.find_spec("jax"):
        CONTENDERS.pop("Keras on JAX")
        print("JAX is not installed; the table does without.")
    steps = 20
    if quick:
        units, steps, rounds = units or 16, 10, 2
        CONTENDERS.pop("Keras, 50s")
    for H in [units] if units else [64, 128]:
        for kind, gates in GATES.items():
            found = race(CONTENDERS, rounds, prepare, kind, H, steps, batch)
            # forward and dW, dU; back through U; the dense layer
            products = T * gates * H * (2 * (D + H) + H) + 3 * H * K
            title = f"{kind}, {H} units, {T} steps, batch {batch}, sgd"
            report(found, title, steps, batch * products)


if __name__ == "__main__":
    typer.run(main)
