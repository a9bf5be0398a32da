"""One training loop for any number of devices: each takes a share of every batch."""

import numpy as np

from course_lib.keras_tools import load

STEPS, BATCH = 20, 64


def task(seed=0):
    """Points x (BATCH, 8) of three classes y for each step: (STEPS, BATCH, ...)."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(STEPS, BATCH, 8)).astype("float32")
    return x, np.argmax(x[..., :3], axis=-1)


def train(strategy):
    """Train a small net; return the loss of every step, and the weights at the end."""
    keras, tf = load("tensorflow")
    keras.utils.set_random_seed(0)
    with strategy.scope():  # what is made here has a copy on every device
        layers = keras.layers.Dense(32, activation="tanh"), keras.layers.Dense(3)
        model = keras.Sequential([keras.Input((8,)), *layers])
        optimiser = keras.optimizers.SGD(0.5)
    loss = keras.losses.SparseCategoricalCrossentropy(True, reduction="sum")

    def step(x, y):  # runs on every device, each with its share of the batch
        with tf.GradientTape() as tape:
            value = loss(y, model(x)) / BATCH  # reduction="sum", over all of it
        gradients = tape.gradient(value, model.trainable_variables)
        optimiser.apply(gradients, model.trainable_variables)  # of their sum
        return value

    @tf.function
    def everywhere(x, y):
        return strategy.reduce("SUM", strategy.run(step, (x, y)), axis=None)

    n = strategy.num_replicas_in_sync

    def shared(batch):
        """The batch cut into n shares; each device gets its own."""
        shares = np.split(batch, n)
        return strategy.experimental_distribute_values_from_function(
            lambda context: tf.constant(shares[context.replica_id_in_sync_group])
        )

    losses = [
        float(everywhere(*map(shared, batch))) for batch in zip(*task(), strict=True)
    ]
    return np.array(losses), np.concatenate([np.ravel(w) for w in model.get_weights()])
