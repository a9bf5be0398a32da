"""What two nets at odds meet in Keras and on its backends: freezing, normalisation.

make test runs this file on TensorFlow, make test-backends on JAX and PyTorch as well;
PyTorch's own layers have pytorch_gans.py. All of it is on the processor, in float32.
Seen with Keras 3.15.1 on TensorFlow 2.21.0, JAX 0.10.2 and PyTorch 2.13.0.
"""

import warnings

import numpy as np
import pytest

from course_lib import keras_tools

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def keras():
    with keras_tools.full_precision():
        yield keras_tools.load()


def on(keras, *backends):
    return keras.config.backend() in backends


def numbers(keras, x):
    return np.asarray(keras.ops.convert_to_numpy(x))


def net(keras, D, *layers):
    return keras.Sequential([keras.Input((D,)), *layers])


def moved(model, act):
    """Whether any weight of the model is another one after act()."""
    before = model.get_weights()
    act()
    return any((a != b).any() for a, b in zip(before, model.get_weights(), strict=True))


# -- freezing the detective ----------------------------------------------------------


@pytest.fixture
def pair(keras, rng):
    """A compiled detective with normalisation, a forger, and a step of either."""
    Dense, norm = keras.layers.Dense, keras.layers.BatchNormalization
    detective = net(keras, 3, Dense(4), norm(), Dense(1))
    forger = net(keras, 2, Dense(3))
    x, z = rng.normal(2, 1, (32, 3)), rng.normal(size=(32, 2))
    ones = np.ones((32, 1), "float32")
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    detective.compile("sgd", loss)

    def both():
        joined = net(keras, 2, forger, detective)
        joined.compile("sgd", loss)
        return lambda: joined.train_on_batch(z.astype("float32"), ones)

    def step():
        detective.train_on_batch(x.astype("float32"), ones)

    return detective, forger, step, both


def test_frozen_before_its_first_step_a_net_stays_and_all_but_jax_warn(keras, pair):
    detective, _, step, _ = pair
    detective.trainable = False
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert not moved(detective, step)
    warned = any("not have any trainable weights" in str(w.message) for w in said)
    assert warned != on(keras, "jax")


def test_frozen_after_its_first_step_it_goes_on_raises_or_stays_by_backend(keras, pair):
    detective, _, step, _ = pair
    step()
    detective.trainable = False
    if on(keras, "tensorflow"):
        assert moved(detective, step), "the compiled step has kept its list"
    elif on(keras, "jax"):
        with pytest.raises(ValueError, match="must be a list of tensors corresponding"):
            step()
    else:
        assert not moved(detective, step)


def test_compiled_anew_a_frozen_net_stays_on_every_backend(keras, pair):
    detective, _, step, _ = pair
    step()
    detective.trainable = False
    detective.compile("sgd", detective.loss)
    assert not moved(detective, step)


def test_thawed_after_its_first_step_it_stays_frozen_or_raises(keras, pair):
    detective, _, _, both = pair
    detective.trainable = False
    forge = both()
    forge()
    detective.trainable = True
    if on(keras, "tensorflow"):
        assert not moved(detective, forge)
    else:
        with pytest.raises(ValueError, match="optimizer"):
            forge()


def test_frozen_once_for_good_as_in_old_recipes_the_detective_never_learns(pair):
    detective, forger, step, both = pair
    detective.trainable = False
    forge = both()
    assert not moved(detective, lambda: [(step(), forge()) for _ in range(3)])
    assert moved(forger, forge)


def test_toggled_before_each_step_only_the_one_learns_whose_turn_it_is(pair):
    detective, forger, step, both = pair
    forge = both()
    for _ in range(3):
        detective.trainable = True
        assert moved(detective, step)
        detective.trainable = False
        assert not moved(detective, forge) and moved(forger, forge)


def test_not_frozen_the_forgers_step_moves_the_detective_too(pair):
    detective, _, _, both = pair
    assert moved(detective, both())


def test_thawing_a_net_thaws_a_layer_that_was_frozen_by_hand(pair):
    detective = pair[0]
    detective.layers[0].trainable = False
    detective.trainable = False
    detective.trainable = True
    assert detective.layers[0].trainable


def test_frozen_normalisation_takes_its_moving_averages_but_dropout_drops(keras):
    norm, drop = keras.layers.BatchNormalization(), keras.layers.Dropout(0.5, seed=0)
    frozen = net(keras, 1, norm, drop)
    frozen.trainable = False
    x = np.full((200, 1), 5, "float32")
    answer = numbers(keras, frozen(x, training=True))
    assert np.allclose(np.unique(answer), [0, 10 / np.sqrt(1.001)], rtol=1e-4)
    assert np.ravel(norm.moving_mean)[0] == 0, "and does not renew them"


# -- batch normalisation -------------------------------------------------------------


def test_moving_averages_keep_99_in_100_and_divide_by_the_number_of_rows(keras):
    norm = keras.layers.BatchNormalization()
    norm(np.array([[0], [2], [4], [6]], "float32"), training=True)
    assert norm.epsilon == 1e-3
    mean, variance = (float(w[0]) for w in norm.get_weights()[2:])
    assert np.allclose([mean, variance], [0.01 * 3, 0.99 + 0.01 * 5])


def test_normalised_apart_a_shifted_forgery_is_the_real_thing_together_it_is_not(
    keras, rng
):
    norm, real = keras.layers.BatchNormalization(), rng.normal(size=(500, 1))
    real = real.astype("float32")

    def seen(x):
        return numbers(keras, norm(x.astype("float32"), training=True))

    assert np.allclose(seen(real), seen(real + 5), atol=1e-4)
    together = seen(np.vstack([real, real + 5]))
    assert (together[500:] - together[:500]).min() > 1.8


def test_used_afterwards_neither_of_two_batches_is_normalised_as_it_was_taught(
    keras, rng
):
    norm, real = (
        keras.layers.BatchNormalization(momentum=0.9),
        rng.normal(size=(500, 1)),
    )
    for _ in range(20):
        norm(real.astype("float32"), training=True)
        norm((real + 5).astype("float32"), training=True)
    means = [numbers(keras, norm(real + shift)).mean() for shift in (0, 5)]
    assert means[0] < -2 and means[1] > 2, "0 and 0 in training"


def test_far_from_0_the_variance_of_a_batch_is_lost_on_pytorch(keras, rng):
    x = rng.normal(1000, 0.1, (256, 1)).astype("float32")
    variance = x.astype("float64").var()
    spread = numbers(keras, keras.layers.BatchNormalization()(x, training=True)).std()
    right = np.isclose(spread, np.sqrt(variance / (variance + 1e-3)), rtol=1e-3)
    assert right if not on(keras, "torch") else spread < 0.5


# -- transposed convolution ----------------------------------------------------------


def painted(keras, size, **how):
    """Where a transposed kernel 1, 2, … paints that meets pixel 2 of five, stride 2."""
    layer = keras.layers.Conv2DTranspose(
        1, (size, size), strides=2, padding="same", use_bias=False, **how
    )
    image = np.zeros((1, 5, 5, 1), "float32")
    image[0, 2, 2] = 1
    layer.build(image.shape)
    kernel = np.outer(np.arange(1, size + 1), np.ones(size))
    layer.set_weights([kernel.reshape(size, size, 1, 1)])
    return numbers(keras, layer(image))[0, :, 4, 0].round().astype(int).tolist()


@pytest.mark.parametrize("size, first", [(2, 4), (3, 4), (4, 3), (5, 3), (6, 2)])
def test_same_doubles_the_side_and_an_odd_kernel_paints_towards_the_end(
    keras, size, first
):
    ink = [*range(1, size + 1)]
    expected = [0] * first + ink + [0] * (10 - first - size)
    assert painted(keras, size) == expected
    if size % 2:
        assert painted(keras, size, output_padding=1) == expected


def test_without_output_padding_the_last_row_is_missing_and_all_lies_one_earlier(keras):
    assert painted(keras, 3, output_padding=0) == [0, 0, 0, 1, 2, 3, 0, 0, 0]


# -- the loss of a detective that is sure --------------------------------------------


def sure(keras, logit, label, by_logits):
    """The loss at a logit, and how far a step of rate 1 moves it."""
    last = None if by_logits else "sigmoid"
    model = net(keras, 1, keras.layers.Dense(1, activation=last))
    model.layers[0].set_weights([np.zeros((1, 1)), np.array([logit])])
    loss = keras.losses.BinaryCrossentropy(from_logits=by_logits)
    model.compile(keras.optimizers.SGD(1.0), loss)
    one = np.ones((1, 1), "float32")
    loss = float(np.ravel(model.train_on_batch(one, label * one))[0])
    return loss, float(model.layers[0].get_weights()[1][0]) - logit


@pytest.mark.parametrize("logit, label, clipped", [(-30, 1, 16.118), (30, 0, 15.942)])
def test_behind_a_saturated_sigmoid_only_tensorflow_learns_on_but_all_by_logits(
    keras, logit, label, clipped
):
    learns = 30, np.sign(-logit)
    assert np.allclose(sure(keras, logit, label, True), learns)
    found = sure(keras, logit, label, False)
    stuck = clipped, 0
    assert np.allclose(found, learns if on(keras, "tensorflow") else stuck, atol=1e-3)


def test_a_step_says_the_loss_of_its_own_batch(keras):
    model = net(keras, 1, keras.layers.Dense(1, kernel_initializer="zeros"))
    model.compile(keras.optimizers.SGD(0.0), "mse")
    one = np.ones((1, 1), "float32")
    losses = [np.ravel(model.train_on_batch(one, t * one))[0] for t in (1, 3, 5)]
    assert losses == [1, 9, 25], "no mean over the steps so far"


# -- smoothed labels, and accuracy beside them ---------------------------------------


def test_smoothing_moves_both_labels(keras):
    loss = keras.losses.BinaryCrossentropy(label_smoothing=0.2)
    for label, smooth in (1, 0.9), (0, 0.1):
        found = float(loss(np.array([[float(label)]]), np.array([[0.7]], "float32")))
        expected = -smooth * np.log(0.7) - (1 - smooth) * np.log(0.3)
        assert np.isclose(found, expected, rtol=1e-4)


def test_accuracy_counts_smooth_labels_as_wrong_and_logits_above_one_half(keras):
    model = net(keras, 1, keras.layers.Dense(1))
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile("sgd", loss, metrics=["accuracy"])
    model.layers[0].set_weights([np.ones((1, 1)), np.zeros(1)])

    def accuracy(logits, labels):
        rows = np.array([logits, labels], "float32").T[:, :, None]
        return model.evaluate(rows[:, 0], rows[:, 1], verbose=0)[1]

    assert accuracy([9, 9, -9, -9], [1, 1, 0, 0]) == 1
    assert accuracy([9, 9, -9, -9], [0.9, 0.9, 0, 0]) == 0.5
    assert accuracy([9, 9, -9, -9], [0.9, 0.9, 0.1, 0.1]) == 0
    assert accuracy([0.1, 0.4, 0.6, -1], [1, 1, 1, 0]) == 0.5, "all four are right"


# -- one object used twice -----------------------------------------------------------


def test_one_initialiser_starts_two_layers_alike_a_name_does_not(keras):
    def kernels(start):
        layers = [keras.layers.Dense(3, kernel_initializer=start) for _ in range(2)]
        for layer in layers:
            layer.build((None, 3))
        return [layer.get_weights()[0] for layer in layers]

    same, other = kernels(keras.initializers.RandomNormal(0, 0.02))
    assert (same == other).all()
    same, other = kernels("random_normal")
    assert not np.allclose(same, other)


def test_one_optimiser_for_two_nets_raises_but_on_jax_moves_one_by_the_other(keras):
    optimiser, x = keras.optimizers.Adam(0.1), np.ones((4, 3), "float32")
    start = {"kernel_initializer": "zeros"}
    nets = [net(keras, 3, keras.layers.Dense(1, **start)) for _ in range(2)]
    for model in nets:
        model.compile(optimiser, "mse")
    for _ in range(5):
        nets[0].train_on_batch(x, np.ones((4, 1), "float32"))

    def no_error_to_learn_from():
        nets[1].train_on_batch(x, np.zeros((4, 1), "float32"))

    if on(keras, "jax"):
        assert moved(nets[1], no_error_to_learn_from)
    else:
        with pytest.raises(ValueError, match="Unknown variable"):
            no_error_to_learn_from()


# -- two nets by one fit -------------------------------------------------------------


def both_real_and_a_fine(keras):
    """loss(_, a) of lesson 18: of logits (N, 3) of real, of forged, of these again."""
    softplus, unstack = keras.ops.softplus, keras.ops.unstack

    def loss(_, a):
        real, forged, fine = unstack(a, 3, axis=1)
        return softplus(-real) + softplus(-forged) + fine

    return loss


def game(keras, forger, detective, rate, **how):
    """The two as one model, as in lesson 18: x (N, 8, 8, 1) and z (N, 2) to logits."""
    x, z = keras.Input((8, 8, 1)), keras.Input((2,))
    forged = forger(z)
    a = [detective(p) for p in (x, forged, keras.ops.stop_gradient(forged))]
    model = keras.Model([x, z], keras.layers.Concatenate()(a))
    rule = keras.optimizers.SGD(rate)
    model.compile(rule, both_real_and_a_fine(keras), **how)
    return model


@pytest.fixture
def painters(keras, rng):
    """A forger and a detective of convolutions, pictures (6, 8, 8, 1) and z (6, 2)."""
    keras.utils.set_random_seed(0)
    L, half = keras.layers, {"kernel_size": 4, "strides": 2, "padding": "same"}
    paint = L.Reshape((4, 4, 3)), L.Conv2DTranspose(1, **half, activation="tanh")
    forger = net(keras, 2, L.Dense(48), L.LeakyReLU(), *paint)
    look = L.Input((8, 8, 1)), L.Conv2D(3, **half), L.LeakyReLU(), L.Flatten()
    detective = keras.Sequential([*look, L.Dense(1)])
    x, z = rng.uniform(-1, 1, (6, 8, 8, 1)), rng.normal(size=(6, 2))
    return forger, detective, x.astype("float32"), z.astype("float32")


def step_of(model, rate, batch, labels, keras):
    """What a step by the usual loss adds to the weights of the model."""
    model.compile(keras.optimizers.SGD(rate), keras.losses.BinaryCrossentropy(True))
    return change(model, lambda: model.train_on_batch(batch, labels))


def change(model, act):
    before = model.get_weights()
    act()
    return [b - a for a, b in zip(before, model.get_weights(), strict=True)]


def test_by_one_loss_with_a_fine_each_net_takes_the_step_of_its_own_loss(
    keras, painters
):
    forger, detective, x, z = painters
    start = [one.get_weights() for one in (forger, detective)]
    mixed = np.concatenate([x, numbers(keras, forger(z))])
    is_real = np.repeat([[1.0], [0.0]], len(x), axis=0)
    a = numbers(keras, detective(mixed))
    minus_V = np.logaddexp(0, np.where(is_real, -a, a)).sum() / len(x)
    own = {"detective": step_of(detective, 2.0, mixed, is_real, keras)}
    detective.set_weights(start[1])
    detective.trainable = False
    joined = net(keras, 2, forger, detective)
    step = step_of(joined, 1.0, z, np.ones((len(z), 1)), keras)
    own["forger"] = step[: len(start[0])]
    assert all((d == 0).all() for d in step[len(start[0]) :]), "the detective's"
    forger.set_weights(start[0])
    detective.trainable = True

    model, losses = game(keras, forger, detective, 1.0), []
    by_one = change(
        model, lambda: losses.append(model.train_on_batch([x, z], np.zeros(len(x))))
    )
    assert np.isclose(losses[0], minus_V, atol=1e-6)
    expected = [*own["forger"], *own["detective"]]
    assert len(by_one) == len(expected) == 8
    for found, step in zip(by_one, expected, strict=True):
        assert np.abs(step).max() > 1e-4 and np.allclose(found, step, atol=1e-5)


def test_one_fit_goes_many_steps_at_a_time_but_on_pytorch(keras, painters):
    forger, detective, x, z = painters
    data = [np.tile(x, (8, 1, 1, 1)), np.tile(z, (8, 1))], np.zeros(48)
    how = {"batch_size": 6, "epochs": 6, "verbose": 0}
    model = game(keras, forger, detective, 0.1, steps_per_execution=4)
    if on(keras, "torch"):
        with pytest.raises(ValueError, match="must be 1 with the PyTorch backend"):
            model.fit(*data, **how)
        model = game(keras, forger, detective, 0.1)
    losses = model.fit(*data, **how).history["loss"]
    assert np.isfinite(losses).all() and moved(forger, lambda: model.fit(*data, **how))


# -- means of many rows, and of weights ----------------------------------------------


def test_a_float32_mean_of_a_million_rows_is_off_on_tensorflow_as_in_numpy(keras):
    x = np.full((1_000_000, 2), 0.1, "float32")
    assert x.mean(axis=0)[0] > 0.1009, "NumPy"
    assert np.isclose(x.mean(axis=0, dtype=float)[0], 0.1)
    mean = numbers(keras, keras.ops.mean(keras.ops.convert_to_tensor(x), axis=0))[0]
    assert abs(mean - 0.1) < 1e-6 or (mean > 0.1009 and on(keras, "tensorflow"))
    layer = keras.layers.Normalization()
    layer.adapt(x)
    assert np.ravel(numbers(keras, layer.mean))[0] > 0.1009, "by NumPy on each backend"
    layer.adapt(x.astype("float64"))
    assert np.isclose(np.ravel(numbers(keras, layer.mean))[0], 0.1)


def averaged(keras):
    """A net of one weight 0 that halves its way to 1, and keeps a mean of its ways."""
    layer = keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros")
    model = net(keras, 1, layer)
    optimiser = keras.optimizers.SGD(0.25, use_ema=True, ema_momentum=0.5)
    model.compile(optimiser, "mse")
    return model, lambda: float(model.get_weights()[0][0, 0])


def test_the_mean_of_weights_replaces_them_after_fit_and_a_second_fit_starts_there(
    keras,
):
    (model, weight), one = averaged(keras), np.ones((1, 1), "float32")
    model.fit(one, one, epochs=3, verbose=0)
    assert weight() == 0.75, "the last step came to 0.875"
    if on(keras, "jax"):
        with pytest.raises(TypeError, match="'NoneType' object is not callable"):
            model.fit(one, one, verbose=0)
    else:
        model.fit(one, one, verbose=0)
        assert weight() < 0.875, "half way from 0.75, and averaged: not 0.9375"


def test_step_by_step_the_mean_of_weights_never_replaces_them(keras):
    (model, weight), one = averaged(keras), np.ones((1, 1), "float32")
    found = []
    for _ in range(3):
        model.train_on_batch(one, one)
        found.append(weight())
    assert found == [0.5, 0.75, 0.875]
    (mean,) = model.optimizer._model_variables_moving_average
    assert float(numbers(keras, mean)[0, 0]) == 0.75
