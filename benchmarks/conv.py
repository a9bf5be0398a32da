"""How fast is a convolutional net of NumPy alone, beside TensorFlow's and PyTorch's?

    python benchmarks/conv.py [--form tanh] [--batch 64] [--threads 2] [--quick]

All train LeNet-5 (LeCun et al. 1998; 61,706 weights) with SGD on the same float32 data
from the same start, with the same batches in the same order. Its form is

    relu    ReLU and max-pooling, as LeNet-5 is usually written in Keras (the default)
    tanh    tanh and average-pooling, closer to the original

Ours trains by `fit`; Keras by one call of `fit` without shuffling, also 50 steps at a
time, which it does not do by itself, and with XLA; PyTorch, where it is installed, by
its usual loop. race.py tells how they are timed and what the tables say.
Their losses agree to rounding until that turns which of two entries is a maximum; in
the relu form they then differ in the third digit.
"""

from types import SimpleNamespace

import numpy as np
import typer
from race import race, ready, report

from course_lib import layers
from course_lib.conv import AveragePool2D, Conv2D, MaxPool2D
from course_lib.keras_tools import load
from course_lib.maths import cross_entropy
from course_lib.training import SGD, fit

LR = 0.02
FORMS = {"relu": ("ReLU", MaxPool2D), "tanh": ("Tanh", AveragePool2D)}
# outputs times the weights of each: first layer forward and dW, then also dx
PRODUCTS = 2 * 28 * 28 * 6 * 25 + 3 * (
    10 * 10 * 16 * 150 + 120 * 400 + 84 * 120 + 10 * 84
)


def lenet(form):
    unit, Pool = getattr(layers, FORMS[form][0]), FORMS[form][1]
    rng = np.random.default_rng(0)
    return layers.Sequential(
        *(Conv2D(1, 6, 5, rng), unit(), Pool(2)),
        *(Conv2D(6, 16, 5, rng), unit(), Pool(2)),
        *(Conv2D(16, 120, 5, rng), unit(), layers.Flatten()),
        *(layers.Dense(120, 84, rng), unit(), layers.Dense(84, 10, rng)),
    ).astype("float32")


def ours(start, X, y, batch, form):
    in_order = SimpleNamespace(permutation=np.arange)  # a generator without chance
    while True:
        net = lenet(form)
        yield
        fit(net, X, y, cross_entropy, SGD(LR), in_order, n_epochs=1, batch_size=batch)
        yield lambda net=net: [p for p, _ in net.parameters()]


def keras(start, X, y, batch, form, **how):
    keras = load()
    Conv, Dense = keras.layers.Conv2D, keras.layers.Dense
    MaxPool, Average = keras.layers.MaxPooling2D, keras.layers.AveragePooling2D
    Pool = MaxPool if form == "relu" else Average
    net = keras.Sequential(
        [
            *(keras.Input(X.shape[1:]), Conv(6, 5, activation=form), Pool(2)),
            *(Conv(16, 5, activation=form), Pool(2)),
            *(Conv(120, 5, activation=form), keras.layers.Flatten()),
            *(Dense(84, activation=form), Dense(10)),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    net.compile(keras.optimizers.SGD(LR), loss, **how)
    while True:
        net.set_weights(start)
        yield
        net.fit(X, y, batch, epochs=1, shuffle=False, verbose=0)
        yield net.get_weights


def pytorch(start, X, y, batch, form):
    import torch
    from torch import nn, optim

    X = torch.from_numpy(X.transpose(0, 3, 1, 2).copy())  # its channels come first
    y, loss = torch.from_numpy(y), nn.CrossEntropyLoss()
    unit = nn.ReLU if form == "relu" else nn.Tanh
    Pool = nn.MaxPool2d if form == "relu" else nn.AvgPool2d
    while True:
        net = nn.Sequential(
            *(nn.Conv2d(1, 6, 5), unit(), Pool(2)),
            *(nn.Conv2d(6, 16, 5), unit(), Pool(2)),
            *(nn.Conv2d(16, 120, 5), unit(), nn.Flatten()),
            *(nn.Linear(120, 84), unit(), nn.Linear(84, 10)),
        )
        for p, value in zip(net.parameters(), start, strict=True):
            axes = (3, 2, 0, 1) if value.ndim == 4 else None  # else the transpose
            p.data = torch.from_numpy(value.transpose(axes).copy())
        step = optim.SGD(net.parameters(), LR)
        yield
        for x, t in zip(X.split(batch), y.split(batch), strict=True):
            step.zero_grad()
            value = loss(net(x), t)
            value.backward()
            step.step()
            value.item()  # the others look at each loss, too
        yield lambda net=net: [
            p.detach().numpy().transpose((2, 3, 1, 0) if p.ndim == 4 else None)
            for p in net.parameters()
        ]


CONTENDERS = {
    "ours": (ours, {}),
    "Keras": (keras, {"jit_compile": False}),
    "Keras, 50s": (keras, {"jit_compile": False, "steps_per_execution": 50}),
    "Keras, 50s, XLA": (keras, {"jit_compile": True, "steps_per_execution": 50}),
    "PyTorch": (pytorch, {}),
}


def prepare(form, steps, batch):
    rng, net = np.random.default_rng(0), lenet(form)
    y = rng.integers(0, 10, steps * batch)
    X = rng.standard_normal((10, 32, 32, 1), "float32")[y]  # a picture for each class
    X += rng.standard_normal(X.shape, "float32")
    start = [p.copy() for p, _ in net.parameters()]

    def loss(last):
        for (p, _), value in zip(net.parameters(), last, strict=True):
            p[:] = value
        return cross_entropy(net.forward(X), y)[0]

    return (start, X, y, batch, form), loss


def main(
    form: str = "relu",
    batch: int = 64,
    threads: int = 1,
    rounds: int = 7,
    quick: bool = False,
):
    if form not in FORMS:
        raise typer.BadParameter(f"--form: {' or '.join(FORMS)}; got {form}")
    ready(CONTENDERS, threads)
    steps = 100
    if quick:
        steps, rounds = 10, 2
        CONTENDERS.pop("Keras, 50s, XLA")
    found = race(CONTENDERS, rounds, prepare, form, steps, batch)
    report(found, f"LeNet-5 ({form}), batch {batch}, sgd", steps, batch * PRODUCTS)


if __name__ == "__main__":
    typer.run(main)
