"""Optimisers, from the plainest to the usual one, and the loop that calls them.

Each optimiser changes the parameters in place, as Keras' optimiser of that name does.
Its learning rate lr is a number, or a function of the step t = 1, 2, ... (a schedule).
"""

import math

import numpy as np

from course_lib.validation import as_array, check_finite, check_positive, check_shape

BLOCK = 2**16  # numbers: a few arrays of them fit into a processor's cache


class SGD:
    """p -= lr g"""

    def __init__(self, lr):
        self.lr = lr if callable(lr) else check_positive(lr, "lr")
        self.t, self.memories = 0, {}

    def step(self, net):
        """Take one step with the gradients that backward left in the net."""
        self.t += 1
        lr = float(self.lr(self.t) if callable(self.lr) else self.lr)
        for k, (p, g) in enumerate(net.parameters()):
            if g is None:
                raise ValueError("the net has no gradients yet; call its backward")
            if k not in self.memories:
                self.memories[k] = self.start(p)
            for part, dpart, *memory in pieces(p, g, *self.memories[k]):
                self.update(part, dpart, lr, *memory)

    def start(self, p):
        """What is remembered for a parameter p from step to step; at first zeros."""
        return ()

    def update(self, p, g, lr):
        p -= lr * g


class Momentum(SGD):
    """v = momentum v - lr g;   p += v   (Polyak 1964)"""

    def __init__(self, lr, momentum=0.9):
        super().__init__(lr)
        self.momentum = momentum

    def start(self, p):
        return (np.zeros_like(p),)

    def update(self, p, g, lr, v):
        v *= self.momentum
        v -= lr * g
        p += v


class AdaGrad(SGD):
    """s += g²;   p -= lr g / √(s + ε)   (Duchi, Hazan & Singer 2011)"""

    def __init__(self, lr, eps=1e-7):
        super().__init__(lr)
        self.eps = eps

    def start(self, p):
        return (np.zeros_like(p),)

    def update(self, p, g, lr, s):
        s += g**2
        p -= lr * g / np.sqrt(s + self.eps)


class Adam(SGD):
    """m and v: running means of g and g², unbiased by √(1 - β₂ᵗ) and 1 - β₁ᵗ.

    m += (1 - β₁) (g - m)      v += (1 - β₂) (g² - v)
    p -= lr √(1 - β₂ᵗ) / (1 - β₁ᵗ)  m / (√v + ε)   (Kingma & Ba 2015, end of section 2)
    """

    def __init__(self, lr=0.001, beta_1=0.9, beta_2=0.999, eps=1e-7):
        super().__init__(lr)
        self.beta_1, self.beta_2, self.eps = beta_1, beta_2, eps

    def start(self, p):
        return np.zeros_like(p), np.zeros_like(p)

    def update(self, p, g, lr, m, v):
        m += (1 - self.beta_1) * (g - m)
        v += (1 - self.beta_2) * (g**2 - v)
        lr *= math.sqrt(1 - self.beta_2**self.t) / (1 - self.beta_1**self.t)
        p -= lr * m / (np.sqrt(v) + self.eps)


def clip(net, longest=1):
    """Shorten the gradient of all parameters together; tell whether it was needed.

    One longer than `longest` keeps its direction (Pascanu, Mikolov & Bengio 2013).
    """
    grads = [g for _, g in net.parameters()]
    length = np.sqrt(sum(np.vdot(g, g) for g in grads))
    for g in grads:
        g *= min(1, longest / length)
    return length > longest


def pieces(*arrays):
    """Arrays of one shape as they are or, if they are large, some rows at a time."""
    p = arrays[0]
    if p.size <= BLOCK:
        return [arrays]
    n = max(1, BLOCK * len(p) // p.size)
    return [[a[i : i + n] for a in arrays] for i in range(0, len(p), n)]


def batches(n, size, rng):
    """The numbers 0 to n - 1 in random order, size at a time; the last may be fewer."""
    order = rng.permutation(check_positive(n, "n"))
    for start in range(0, n, check_positive(size, "size")):
        yield order[start : start + size]


def fit(net, X, y, loss, optimiser, rng, n_epochs=10, batch_size=32, watch=None):
    """Train the net on X (N, ...) and y (N, ...); return the mean loss of each epoch.

    loss(outputs, targets) returns (loss, gradient). watch(), if given, is called after
    every epoch, for example to measure an accuracy.
    """
    X, y = check_finite(as_array(X, "X"), "X"), as_array(y, "y")
    check_shape(X, "X", ("N", *X.shape[1:]))
    check_shape(y, "y", (len(X), *y.shape[1:]))
    losses = []
    for _ in range(check_positive(n_epochs, "n_epochs")):
        total = 0.0
        for k in batches(len(X), batch_size, rng):
            value, dy = loss(net.forward(X[k], training=True), y[k])
            net.gradients(dy)
            optimiser.step(net)
            total += float(value) * len(k)
        losses.append(float(total / len(X)))
        if watch:
            watch()
    return losses
