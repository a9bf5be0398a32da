"""How few errors does a net of LeNet-5's size make on MNIST, in minutes on two cores?

    python benchmarks/mnist.py [--recipe deeper] [--seeds 3] [--validate] [--store]

    plain      LeNet-5 (LeCun et al. 1998) with ReLU and max-pooling
    distorted  the same net; each image is turned, stretched and moved anew each time
    deeper     fewer weights, better spent: four 3x3 and 5x5 convolutions with batch
               normalisation and one dense layer; distorted, with smoothed labels

Every choice was made by the errors on the last 10,000 of the 60,000 training images,
after training on the others, as --validate does. Without it a net is trained on all
60,000 and meets the test part once, when it is done. Seconds are those of building,
compiling and training; processor seconds tell whether the machine was busy.
"""

import os
import time
from collections import namedtuple

import numpy as np
import typer

from course_lib import datasets, results
from course_lib.keras_tools import load

BATCH = 128
NAME = "mnist_lenet"  # of the stored result

# lr: Adam's highest rate, reached after a fifth of the steps and left along a cosine;
# strength of the distortions; smoothing of the labels
Recipe = namedtuple("Recipe", "net n_epochs lr strength smoothing")


def lenet5(layers):
    return [
        layers.Conv2D(6, 5, padding="same", activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 5, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(120, activation="relu"),
        layers.Dense(84, activation="relu"),
        layers.Dense(10),
    ]


def deeper(layers):
    net = []
    blocks = (16, 5, True), (32, 3, False), (48, 3, True), (64, 3, False)
    for n_maps, side, pool in blocks:
        net.append(layers.Conv2D(n_maps, side, use_bias=False))
        if pool:
            net.append(layers.MaxPooling2D())  # so that what follows costs a quarter
        net += [layers.BatchNormalization(momentum=0.9), layers.ReLU()]
    return [*net, layers.Flatten(), layers.Dense(10)]


RECIPES = {
    "plain": Recipe(lenet5, 12, 0.003, 0, 0),
    "distorted": Recipe(lenet5, 24, 0.003, 0.6, 0),
    "deeper": Recipe(deeper, 30, 0.006, 1, 0.03),
}


def distortion(strength):
    """A layer that turns, stretches and moves each image at random while training."""
    keras, tf = load("tensorflow")

    def distort(x):
        n = tf.shape(x)[0]
        spread = strength * np.array([[0.15, 0.2], [0.2, 0.15]])  # scale and shear
        A = np.eye(2) + spread * tf.random.uniform((n, 2, 2), -1, 1)
        move = 2 * strength * tf.random.uniform((n, 2, 1), -1, 1)  # pixels
        middle = np.full((2, 1), 13.5)
        maps = tf.concat([A, middle + move - A @ middle], axis=2)  # (n, 2, 3)
        maps = tf.pad(tf.reshape(maps, (n, 6)), [[0, 0], [0, 2]])
        how = dict(interpolation="BILINEAR", fill_mode="CONSTANT", fill_value=0.0)
        how |= dict(images=x, transforms=maps, output_shape=[28, 28])
        return tf.raw_ops.ImageProjectiveTransformV3(**how)

    class Distortion(keras.layers.Layer):
        def call(self, x, training=False):
            return distort(x) if training else x

    return Distortion()


def train(recipe, X, y, seed):
    """A net made by the recipe; the generators of all libraries start from the seed."""
    keras = load()
    keras.utils.set_random_seed(seed)
    entry = keras.Input((28, 28, 1)), keras.layers.Rescaling(1 / 255)
    distort = [distortion(recipe.strength)] if recipe.strength else []
    net = keras.Sequential([*entry, *distort, *recipe.net(keras.layers)])
    steps = recipe.n_epochs * -(-len(X) // BATCH)
    up = steps // 5
    decay = keras.optimizers.schedules.CosineDecay
    rate = decay(0.0, steps - up, warmup_target=recipe.lr, warmup_steps=up)
    loss = keras.losses.CategoricalCrossentropy(True, recipe.smoothing)
    net.compile(keras.optimizers.Adam(rate), loss, steps_per_execution=50)
    net.fit(X[..., None], np.eye(10)[y], BATCH, recipe.n_epochs, verbose=0)
    return net


def measure(recipe, X, y, X_test, y_test, seed):
    """Train one net: its parameters and errors, its seconds and the processor's."""
    wall, busy = time.perf_counter(), time.process_time()
    net = train(recipe, X, y, seed)
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    z = net.predict(X_test[..., None], batch_size=1000, verbose=0)
    errors = int((z.argmax(axis=1) != y_test).sum())
    return net.count_params(), errors, round(wall), round(busy)


def main(
    recipe: str = "all",
    seeds: int = 3,
    validate: bool = False,
    store: bool = False,
    quick: bool = False,
):
    os.environ |= {"TF_NUM_INTRAOP_THREADS": "2", "TF_NUM_INTEROP_THREADS": "1"}
    if recipe not in ("all", *RECIPES):
        raise typer.BadParameter(f"--recipe: all, {', '.join(RECIPES)}; got {recipe}")
    if store and (validate or quick):
        raise typer.BadParameter("--store keeps results on the test part only")
    if quick:  # a few steps on noise, to see that everything runs
        rng = np.random.default_rng(0)
        data = (rng.integers(0, 256, (384, 28, 28)), rng.integers(0, 10, 384)) * 2
    else:
        data = X, y, *_ = datasets.mnist()
    if validate:
        data = X[:50_000], y[:50_000], X[50_000:], y[50_000:]
    print("recipe     parameters  seed  errors     %  seconds  processor")
    measured = {}
    for name, plan in RECIPES.items():
        if recipe not in ("all", name):
            continue
        plan = plan._replace(n_epochs=1) if quick else plan
        runs = []
        for seed in range(seeds):
            n, wrong, wall, busy = run = measure(plan, *data, seed)
            share = 100 * wrong / len(data[-1])
            row = f"{name:11}{n:10}{seed:6}{wrong:8}{share:6.2f}{wall:9}{busy:11}"
            print(row, flush=True)
            runs.append(run)
        keys = "parameters", "errors", "seconds", "processor_seconds"
        measured[name] = dict(zip(keys, zip(*runs, strict=True), strict=True))
    if store:  # beside what is stored of the other recipes
        kept = results.read(NAME) if (results.FOLDER / f"{NAME}.json").exists() else {}
        how = f"python benchmarks/mnist.py --seeds {seeds} --store"
        packages = "numpy", "keras", "tensorflow"
        every = kept | measured
        ordered = {name: every[name] for name in RECIPES if name in every}
        results.write(NAME, ordered, how, packages)


if __name__ == "__main__":
    typer.run(main)
