"""How fast is a training step of lesson 18's DCGAN, beside other ways to write it?

    python benchmarks/dcgan.py [--rounds 5] [--steps 300] [--store] [--quick]

The same nets and batches of 64 digits, Adam at one rate, TensorFlow on one thread of
the processor, in turn. Each has taken its first steps before it is timed.

lesson       one model; a fine that does not reach the generator makes one loss of two;
             `fit`, 20 steps at a time. Both nets step at once
two looks    the same; the discriminator is called twice, not thrice
one step     the lesson's, one step at a time, as `fit` goes unless told; XLA: compiled
subclass     as Keras' public DCGAN example: a model whose train_step draws codes and
             trains the discriminator on forged and real ones under a tape, then, on
             other codes, the generator under another; `fit` over a tf.data set
subclass+    that one, 20 steps at a time
freezing     two compiled models; the discriminator is frozen and thawed about two calls
             of train_on_batch and one of predict_on_batch

Through the generator the last three go twice a step, the others once; through the
discriminator, of 64 rows, three times forward all of them, and back as often. ms: of
processor a step, the median of the rounds; ratios to the lesson's in the same round.
"""

import os
import time
import warnings

import numpy as np
import typer

from course_lib import datasets, results
from course_lib.keras_tools import load

BATCH, K, AT_ONCE = 64, 16, 20


def nets(L, Net):
    """The lesson's: z (N, 16) -> pictures (N, 8, 8, 1); pictures -> logits (N, 1)."""
    half = {"kernel_size": 4, "strides": 2, "padding": "same"}
    G = [L.Input((K,)), L.Dense(128), L.LeakyReLU(), L.Reshape((2, 2, 32))]
    G += [L.Conv2DTranspose(16, **half), L.LeakyReLU()]
    G += [L.Conv2DTranspose(1, **half, activation="tanh")]
    D = [L.Input((8, 8, 1)), L.Conv2D(16, **half), L.LeakyReLU()]
    D += [L.Conv2D(32, **half), L.LeakyReLU(), L.Flatten(), L.Dense(1)]
    return Net(G), Net(D)


def lesson(keras, X, rng, looks=3, **how):
    """A function that trains through all of X, in the lesson's way."""
    L, ops = keras.layers, keras.ops
    G, D = nets(L, keras.Sequential)
    x, z = keras.Input((8, 8, 1)), keras.Input((K,))
    forged = G(z)
    fined = ops.stop_gradient(forged)
    if looks == 2:
        real, fine = ops.split(D(ops.concatenate([x, fined], axis=0)), 2)
    else:
        real, fine = D(x), D(fined)
    gan = keras.Model([x, z], L.Concatenate()([real, D(forged), fine]))

    def loss(_, a):
        real, forged, fine = ops.unstack(a, 3, axis=1)
        return ops.softplus(-real) + ops.softplus(-forged) + fine

    how = {"steps_per_execution": AT_ONCE} | how
    gan.compile(keras.optimizers.Adam(0.003, beta_1=0.5), loss, **how)

    def train():
        noise = rng.normal(size=(len(X), K)).astype("float32")
        gan.fit([X, noise], np.zeros(len(X)), batch_size=BATCH, verbose=0)

    return train


def subclass(keras, X, _, **how):
    """The same in the way of the example; TensorFlow draws the codes."""
    import tensorflow as tf

    bce = keras.losses.BinaryCrossentropy(from_logits=True)
    adams = [keras.optimizers.Adam(0.003, beta_1=0.5) for _ in "DG"]
    means = [keras.metrics.Mean(f"{name}_loss") for name in "DG"]
    seeds = keras.random.SeedGenerator(0)

    class Gan(keras.Model):
        metrics = property(lambda self: means)

        def train_step(self, x):
            n = tf.shape(x)[0]
            z = keras.random.normal((n, K), seed=seeds)
            mixed = tf.concat([self.G(z), x], axis=0)
            is_real = tf.concat([tf.zeros((n, 1)), tf.ones((n, 1))], axis=0)
            self.learn(0, lambda: bce(is_real, self.D(mixed)))
            z = keras.random.normal((n, K), seed=seeds)
            self.learn(1, lambda: bce(tf.ones((n, 1)), self.D(self.G(z))))
            return {mean.name: mean.result() for mean in means}

        def learn(self, which, loss):
            weights = (self.D, self.G)[which].trainable_weights
            with tf.GradientTape() as tape:
                loss = loss()
            slopes = tape.gradient(loss, weights)
            adams[which].apply_gradients(zip(slopes, weights, strict=True))
            means[which].update_state(loss)

    gan = Gan()
    gan.G, gan.D = nets(keras.layers, keras.Sequential)
    gan.compile(**how)
    data = tf.data.Dataset.from_tensor_slices(X).shuffle(1024).batch(BATCH).prefetch(2)
    return lambda: gan.fit(data, verbose=0)


def freezing(keras, X, rng):
    """The same by two compiled models and train_on_batch."""
    (G, D), adam = nets(keras.layers, keras.Sequential), keras.optimizers.Adam
    bce = keras.losses.BinaryCrossentropy(from_logits=True)
    D.compile(adam(0.003, beta_1=0.5), bce)
    D.trainable = False
    both = keras.Sequential([G, D])
    both.compile(adam(0.003, beta_1=0.5), bce)
    is_real, ones = np.repeat([[1.0], [0.0]], BATCH, axis=0), np.ones((BATCH, 1))

    def train():
        for x in X[rng.permutation(len(X))].reshape(-1, BATCH, 8, 8, 1):
            z = rng.normal(size=(2, BATCH, K)).astype("float32")
            D.trainable = True
            D.train_on_batch(np.concatenate([x, G.predict_on_batch(z[0])]), is_real)
            D.trainable = False
            both.train_on_batch(z[1], ones)

    return train


WAYS = {
    "lesson": (lesson, {}),
    "two looks": (lesson, {"looks": 2}),
    "one step": (lesson, {"steps_per_execution": 1}),
    "XLA": (lesson, {"jit_compile": True}),
    "subclass": (subclass, {}),
    "subclass+": (subclass, {"steps_per_execution": AT_ONCE}),
    "freezing": (freezing, {}),
}


def main(rounds: int = 5, steps: int = 300, store: bool = False, quick: bool = False):
    """Time all in turn; print the table, and store it if asked to."""
    if store and quick:
        raise typer.BadParameter("a quick run is too short to tell; it is not stored")
    names = ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS")
    os.environ |= dict.fromkeys(names, "1") | {"KERAS_BACKEND": "tensorflow"}
    warnings.filterwarnings("ignore", message="`shuffle=True` was passed")
    keras, rng = load(), np.random.default_rng(0)
    rounds, steps = (2, 20) if quick else (rounds, steps // AT_ONCE * AT_ONCE)
    digits = datasets.digits()[0].reshape(-1, 8, 8, 1).astype("float32") / 8 - 1
    task = keras, np.resize(digits, (steps * BATCH, 8, 8, 1)), rng
    ways = {name: make(*task, **how) for name, (make, how) in WAYS.items()}
    ms = {name: [] for name in ways}
    for _ in range(rounds + 1):
        for name, train in ways.items():
            start = time.process_time()
            train()
            ms[name].append((time.process_time() - start) / steps * 1e3)
    print(f"{rounds} rounds of {steps} steps\n{'':12}ms a step    x lesson's  (range)")
    table, lessons = {}, np.array(ms["lesson"][1:])
    for name, (_, *found) in ms.items():  # without the first round
        ratios = found / lessons
        row = [np.median(found), np.median(ratios), ratios.min(), ratios.max()]
        print("{:12}{:9.2f}{:14.2f}  ({:.2f} to {:.2f})".format(name, *row), flush=True)
        keys = "ms", "ratio", "least", "most"
        table[name] = {k: round(float(v), 2) for k, v in zip(keys, row, strict=True)}
    if store:
        found = {"batch": BATCH, "steps": steps, "rounds": rounds, "ways": table}
        how = f"python benchmarks/dcgan.py --rounds {rounds} --steps {steps} --store"
        results.write("dcgan", found, how, ("numpy", "keras", "tensorflow"))


if __name__ == "__main__":
    typer.run(main)
