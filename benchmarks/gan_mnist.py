"""How well do lesson 18's DCGAN and lesson 17's VAE paint MNIST, in minutes?

    python benchmarks/gan_mnist.py [--epochs 5] [--vae-epochs 25] [--store] [--quick]

DCGAN   the lesson's nets grown to 28 x 28 pixels, from 32 numbers of noise, its loss
        and its `fit`, batches of 64; Adam at 0.002, falling along a cosine
VAE     course_lib.vae, 784-400-2x20 and 20-400-784 units, ReLU, batches of 100; Adam at
        0.001; grey values are taken as chances, and chances are what it paints
judge   a net of LeNet-5's size, two epochs on the 60,000 digits to learn from

10,000 pictures of each are judged beside the 10,000 test digits:

    classes     how many make at least 2 % of them; `least` is the smallest share
    entropy     of the shares of the ten classes in nats; log 10 = 2.303 at most
    confidence  mean of the largest of the judge's ten chances
    frechet     Fréchet distance to the test digits, in the judge's 84 features

The row "digits" is of 10,000 of those to learn from: as near as a perfect forger comes.
Rates and epochs are guesses: nothing was tuned. Seconds are the processor's, of the
learning alone. The sheet holds 20 pictures of each, in 16 levels of grey, packed.
"""

import base64
import os
import time
import zlib

import numpy as np
import typer

from course_lib import datasets, results
from course_lib.gan import frechet
from course_lib.keras_tools import load
from course_lib.layers import Dense, ReLU, Sequential
from course_lib.training import Adam, batches
from course_lib.vae import VAE

BATCH, K, SHOWN = 64, 32, 20


def nets(L, Net):
    """G: z (N, 32) -> pictures (N, 28, 28, 1) in -1 ... 1; D: pictures -> logits."""
    half = {"kernel_size": 4, "strides": 2, "padding": "same"}
    G = [L.Input((K,)), L.Dense(7 * 7 * 32), L.LeakyReLU(), L.Reshape((7, 7, 32))]
    G += [L.Conv2DTranspose(16, **half), L.LeakyReLU()]
    G += [L.Conv2DTranspose(1, **half, activation="tanh")]
    D = [L.Input((28, 28, 1)), L.Conv2D(16, **half), L.LeakyReLU()]
    D += [L.Conv2D(32, **half), L.LeakyReLU(), L.Flatten(), L.Dense(1)]
    return Net(G), Net(D)


def dcgan(keras, X, rng, epochs):
    """Learn X (M, 28, 28, 1) in -1 ... 1; return a painter of n pictures (n, 784)."""
    L, ops = keras.layers, keras.ops
    G, D = nets(L, keras.Sequential)
    x, z = L.Input(X.shape[1:]), L.Input((K,))
    forged = G(z)
    a = [D(x), D(forged), D(ops.stop_gradient(forged))]
    gan = keras.Model([x, z], L.Concatenate()(a))

    def loss(_, a):
        real, forged, fine = ops.unstack(a, 3, axis=1)
        return ops.softplus(-real) + ops.softplus(-forged) + fine

    steps = epochs * -(-len(X) // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(0.002, steps)
    gan.compile(keras.optimizers.Adam(rate, 0.5), loss, steps_per_execution=20)
    for _ in range(epochs):
        noise = rng.normal(size=(len(X), K)).astype("float32")
        lost = gan.fit([X, noise], np.zeros(len(X)), BATCH, verbose=0).history
        print(f"    -V(D, G) {lost['loss'][0]:.3f}", flush=True)
    codes = rng.normal(size=(100_000, K)).astype("float32")
    return lambda n: G.predict(codes[:n], 500, verbose=0).reshape(n, -1) / 2 + 0.5


def vae(X, rng, epochs):
    """Learn chances X (M, 784); return a painter of n pictures (n, 784)."""
    encoder = Dense(784, 400, rng), ReLU(), Dense(400, 40, rng)
    decoder = Dense(20, 400, rng), ReLU(), Dense(400, 784, rng)
    both = [Sequential(*net).astype("float32") for net in (encoder, decoder)]
    net, adam = VAE(*both), Adam(0.001)
    for _ in range(epochs):
        lost = []
        for rows in batches(len(X), 100, rng):
            lost.append(net.gradients(X[rows], rng.normal(size=(len(rows), 20))))
            adam.step(net)
        print(f"    -ELBO {np.mean(lost):.2f} nats", flush=True)
    return lambda n: net.sample(rng, n)


def judge(keras, X, y):
    """Features and chances of pictures (N, 784), by a net that learned X and y."""
    L, relu = keras.layers, {"activation": "relu"}
    parts = [L.Reshape((28, 28, 1)), L.Conv2D(6, 5, padding="same", **relu)]
    parts += [L.MaxPooling2D(), L.Conv2D(16, 5, **relu), L.MaxPooling2D()]
    parts += [L.Flatten(), L.Dense(120, **relu), L.Dense(84, **relu)]
    features = keras.Sequential([keras.Input((784,)), *parts])
    top = L.Dense(10, activation="softmax")
    net = keras.Sequential([features, top])
    loss = "sparse_categorical_crossentropy"
    net.compile(keras.optimizers.Adam(0.002), loss, steps_per_execution=20)
    net.fit(X, y, 128, 2, verbose=0)

    def say(x):
        found = features.predict(x, 500, verbose=0)
        return found, top(found).numpy()

    return say


def scores(say, x, real):
    found, p = say(x)
    shares = np.bincount(p.argmax(axis=1), minlength=10) / len(x)
    some = shares[shares > 0]
    row = {"least": shares.min(), "entropy": -(some * np.log(some)).sum()}
    row |= {"confidence": p.max(1).mean(), "frechet": frechet(found, say(real)[0])}
    row = {key: round(float(value), 3) for key, value in row.items()}
    return {"classes": int((shares >= 0.02).sum())} | row


def pack(pictures):
    """Pictures (n, 784) of 0 to 1 as a text: zlib's bytes of 0 to 15, in base 64."""
    levels = np.rint(15 * np.clip(pictures, 0, 1)).astype("uint8")
    return base64.b64encode(zlib.compress(levels.tobytes(), 9)).decode()


def main(
    epochs: int = 5, vae_epochs: int = 25, store: bool = False, quick: bool = False
):
    """Learn, judge, print the rows, and store them if asked to."""
    if store and quick:
        raise typer.BadParameter("a quick run is on noise; it is not stored")
    os.environ |= {"KERAS_BACKEND": "tensorflow", "TF_NUM_INTRAOP_THREADS": "2"}
    keras, rng, n = load(), np.random.default_rng(0), 200 if quick else 10_000
    keras.utils.set_random_seed(0)
    if quick:
        data = (rng.integers(0, 256, (1280, 28, 28)), rng.integers(0, 10, 1280)) * 2
        epochs = vae_epochs = 1
    else:
        data = datasets.mnist()
    X, y, X_test, _ = data
    X, X_test = (x.reshape(-1, 784).astype("float32") / 255 for x in (X, X_test))
    say, real = judge(keras, X, y), X_test[:n]
    rows = {"digits": scores(say, X[:n], real) | {"seconds": 0}}
    print("digits", rows["digits"], flush=True)
    pictures = 2 * X.reshape(-1, 28, 28, 1) - 1
    jobs = ("DCGAN", dcgan, (keras, pictures, rng, epochs)), ("VAE", vae, None)
    sheet = []
    for name, learn, how in jobs:
        start = time.process_time()
        paint = learn(*(how or (X, rng, vae_epochs)))
        row = {"seconds": round(time.process_time() - start)}
        painted = paint(n)
        rows[name] = scores(say, painted, real) | row
        sheet.append(painted[:SHOWN])
        print(name, rows[name], flush=True)
    if store:
        found = {"epochs": epochs, "vae_epochs": vae_epochs, "rows": rows}
        found |= {"shape": [2, SHOWN, 28, 28], "sheet": pack(np.concatenate(sheet))}
        how = "python benchmarks/gan_mnist.py --store"
        results.write("gan_mnist", found, how, ("numpy", "keras", "tensorflow"))


if __name__ == "__main__":
    typer.run(main)
