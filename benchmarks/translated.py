"""Shared weights against free ones, on digits that may lie anywhere.

    python benchmarks/translated.py [--seeds 7] [--store] [--quick]

1,797 digits of 8x8 pixels are split by images: 1,000 to learn from, 297 to choose with,
500 to test on. Each is placed at random on a canvas of 16x16, those to learn from at
three places each. Five nets learn the same canvases:

    CNN             two convolutions with pooling, 3,654 weights; Keras, 20 epochs
    not shared      the CNN with kernels of its own at each place, 94,050 weights;
                    Keras, 60 epochs
    CNN, permuted   the CNN on pixels in another order, one order for all images
    dense           15 hidden units, 4,015 weights; ours, 60 epochs
    wide dense      256 hidden units, 68,362 weights; ours, 60 epochs

All use Adam with a rate of 0.003 and batches of 50. Sizes, rate and epochs were chosen
by the 297 digits of seeds 0 to 2; as every seed splits anew, some of these are test
digits of other seeds. Printed and stored: the
share of the validation and of the test digits that each net reads right, per seed.
"""

import sys
import time
from functools import partial

import numpy as np
import typer
from sklearn.datasets import load_digits

from course_lib import datasets, keras_tools, results
from course_lib.layers import Dense, ReLU, Sequential
from course_lib.maths import cross_entropy, he
from course_lib.training import Adam, fit

PARTS = {"train": (slice(0, 1000), 3), "valid": (slice(1000, 1297), 3)}
PARTS["test"] = slice(1297, None), 3  # which digits, and at how many places each


def canvases(seed):
    """{part: (X (N, 16, 16), y (N,))}, split by images before they are placed."""
    rng = np.random.default_rng(seed)
    X, y = load_digits(return_X_y=True)
    order = rng.permutation(len(y))
    X, y = X[order].reshape(-1, 8, 8) / 16, y[order]
    return {
        part: datasets.translated_digits(X[which], y[which], places, rng)
        for part, (which, places) in PARTS.items()
    }


def permuted(parts, seed):
    """The same canvases with their 256 pixels in another order, one for all."""
    order = np.random.default_rng(seed + 1000).permutation(256)
    return {
        part: (X.reshape(-1, 256)[:, order].reshape(-1, 16, 16), y)
        for part, (X, y) in parts.items()
    }


def not_shared(n_kernels, side):
    """A layer like Keras' Conv2D with ReLU, but with its own kernels at each place."""
    keras = keras_tools.load()

    class NotShared(keras.layers.Layer):
        def build(self, shape):  # (N, m, m, C)
            places, fan_in = shape[1] - side + 1, side * side * shape[3]
            size = places, places, fan_in, n_kernels
            bound = np.sqrt(6 / (side * side * (shape[3] + n_kernels)))  # as Conv2D's
            start = keras.initializers.RandomUniform(-bound, bound)
            self.W = self.add_weight(shape=size, initializer=start)
            self.b = self.add_weight((places, places, n_kernels), "zeros")

        def call(self, x):
            patches = keras.ops.image.extract_patches(x, side, strides=1)
            z = keras.ops.einsum("nijp,ijpk->nijk", patches, self.W) + self.b
            return keras.ops.relu(z)

    return NotShared()


def cnn(parts, seed, epochs, shared=True):
    """Train the convolutional net; its number of weights and its accuracies."""
    keras = keras_tools.load()
    from keras.layers import Conv2D, Dense, Flatten, MaxPooling2D

    keras.utils.set_random_seed(seed)
    kind = partial(Conv2D, activation="relu") if shared else not_shared
    convolutions = [kind(12, 5), MaxPooling2D(), kind(28, 3), MaxPooling2D(4)]
    net = keras.Sequential([*convolutions, Flatten(), Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    net.compile(keras.optimizers.Adam(0.003), loss, jit_compile=False)
    X, y = parts["train"]
    net.fit(X[..., None], y, batch_size=50, epochs=epochs, verbose=0)
    return net.count_params(), {
        part: float(np.mean(net.predict(X[..., None], verbose=0).argmax(1) == y))
        for part, (X, y) in parts.items()
    }


def mlp(parts, seed, epochs, n_hidden):
    """Train the dense net; its number of weights and its accuracies."""
    rng = np.random.default_rng(seed)
    net = Sequential(Dense(256, n_hidden, rng, he), ReLU(), Dense(n_hidden, 10, rng))
    X, y = parts["train"]
    fit(net, X.reshape(-1, 256), y, cross_entropy, Adam(0.003), rng, epochs, 50)
    return net.n_parameters, {
        part: float(np.mean(net.predict(X.reshape(-1, 256)) == y))
        for part, (X, y) in parts.items()
    }


def main(seeds: int = 7, store: bool = False, quick: bool = False):
    """Train the five nets for every seed, print a table, and store it if asked to."""
    if store and quick:
        raise typer.BadParameter("a quick run is for tests; it is not stored")
    short, long = (1, 1) if quick else (20, 60)
    measured = {}
    for seed in range(seeds):
        parts = canvases(seed)
        if quick:  # to see that everything runs
            parts = {name: (X[:150], y[:150]) for name, (X, y) in parts.items()}
        runs = {
            "CNN": lambda p=parts, s=seed: cnn(p, s, short),
            "not shared": lambda p=parts, s=seed: cnn(p, s, long, shared=False),
            "CNN, permuted": lambda p=parts, s=seed: cnn(permuted(p, s), s, short),
            "dense": lambda p=parts, s=seed: mlp(p, s, long, 15),
            "wide dense": lambda p=parts, s=seed: mlp(p, s, long, 256),
        }
        for name, run in runs.items():
            start = time.perf_counter()
            weights, right = run()
            entry = measured.setdefault(
                name, {"weights": weights, "valid": [], "test": []}
            )
            for part in ("valid", "test"):
                entry[part].append(round(right[part], 4))
            shares = "  ".join(f"{part} {share:.3f}" for part, share in right.items())
            seconds = time.perf_counter() - start
            print(f"seed {seed}  {name:14} {weights:6,} weights", end="  ")
            print(f"{shares}  {seconds:4.1f} s", flush=True)
    for name, entry in measured.items():
        low, middle, high = np.quantile(entry["test"], [0, 0.5, 1])
        print(f"{name:14} test, median {middle:.3f}, from {low:.3f} to {high:.3f}")
    if store:
        command = "python " + " ".join(sys.argv)
        packages = ("numpy", "scikit-learn", "keras", "tensorflow")
        results.write("translated_digits", measured, command, packages)


if __name__ == "__main__":
    typer.run(main)
