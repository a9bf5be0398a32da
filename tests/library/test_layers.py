"""Layers: the same as their Keras counterparts, and errors that speak."""

import re

import numpy as np
import pytest

from course_lib import keras_tools
from course_lib.gradcheck import gradient_errors
from course_lib.layers import (
    Dense,
    Dropout,
    Flatten,
    Layer,
    ReLU,
    Residual,
    Sequential,
    Sigmoid,
    Tanh,
)
from course_lib.maths import cross_entropy, log_loss, sigmoid, squared_error
from course_lib.training import SGD

SAME = 1e-5
ACTIVATIONS = {Sigmoid: "sigmoid", Tanh: "tanh", ReLU: "relu"}


@pytest.fixture(scope="module")
def keras_and_tf():
    with keras_tools.full_precision():
        yield keras_tools.load("tensorflow")


def same(ours, theirs):
    """Whether two arrays have one shape and differ by 1e-5 at most."""
    ours, theirs = np.asarray(ours), np.asarray(theirs)
    return ours.shape == theirs.shape and np.abs(ours - theirs).max() < SAME


def keras_net(keras, layers):
    """Keras' layers in float64 with our weights, in a row."""
    made = []
    for layer in layers:
        if isinstance(layer, Dense):
            made.append(keras_tools.dense(layer.W, layer.b))
        elif isinstance(layer, Flatten):
            made.append(keras.layers.Flatten(dtype="float64"))
        else:
            name = ACTIVATIONS[type(layer)]
            made.append(keras.layers.Activation(name, dtype="float64"))

    def run(x):
        for layer in made:
            x = layer(x)
        return x

    return run, [w for layer in made for w in layer.trainable_weights]


def values_and_gradients(tf, run, weights, x, cost):
    """Keras' output, and the gradients of the cost by x and by the weights."""
    x = tf.Variable(x)
    with tf.GradientTape() as tape:
        y = run(x)
        value = cost(y)
    gradients = tape.gradient(value, [x, *[w.value for w in weights]])
    return y.numpy(), value.numpy(), [g.numpy() for g in gradients]


NETS = {
    "Dense": lambda rng: (Dense(3, 2, rng),),
    "Sigmoid": lambda rng: (Dense(3, 4, rng), Sigmoid()),
    "Tanh": lambda rng: (Dense(3, 4, rng), Tanh()),
    "ReLU": lambda rng: (Dense(3, 4, rng), ReLU()),
    "Flatten": lambda rng: (Flatten(), Dense(3, 2, rng)),
    "three layers": lambda rng: (
        *(Dense(3, 5, rng), ReLU(), Dense(5, 4, rng)),
        *(Tanh(), Dense(4, 2, rng), Sigmoid()),
    ),
}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", NETS)
def test_outputs_and_gradients_equal_keras(name, seed, keras_and_tf):
    keras, tf = keras_and_tf
    rng = np.random.default_rng(seed)
    net = Sequential(*NETS[name](rng))
    for p, _ in net.parameters():
        p += 0.1 * rng.normal(size=p.shape)
    x = rng.normal(size=(5, 3))
    C = rng.normal(size=net.forward(x).shape)  # any weighting of the outputs
    run, weights = keras_net(keras, net.layers)
    y, _, (dx, *slopes) = values_and_gradients(
        tf, run, weights, x, lambda y: tf.reduce_sum(y * C)
    )
    assert same(net.forward(x), y)
    assert same(net.backward(C), dx)
    ours = [g for _, g in net.parameters()]
    assert len(ours) == len(slopes) and all(map(same, ours, slopes))


def test_a_residual_block_equals_keras_add(keras_and_tf, rng):
    keras, tf = keras_and_tf
    block = Residual(Dense(3, 4, rng), Tanh(), Dense(4, 3, rng))
    x, C = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    inner, weights = keras_net(keras, block.layers)
    add = keras.layers.Add(dtype="float64")
    y, _, (dx, *slopes) = values_and_gradients(
        tf, lambda x: add([x, inner(x)]), weights, x, lambda y: tf.reduce_sum(y * C)
    )
    assert same(block.forward(x), y) and same(block.backward(C), dx)
    assert all(map(same, [g for _, g in block.parameters()], slopes))


@pytest.mark.parametrize("size", [1, 30])
def test_losses_and_their_gradients_equal_keras(size, keras_and_tf, rng):
    keras, tf = keras_and_tf
    z = size * rng.normal(size=(6, 3))
    both, which = rng.integers(0, 2, (6, 3)), rng.integers(0, 3, 6)
    target = rng.normal(size=(6, 3))
    losses, logits = keras.losses, {"from_logits": True, "dtype": "float64"}
    pairs = [
        (log_loss(z, both), losses.BinaryCrossentropy(**logits), both),
        (
            cross_entropy(z, which),
            losses.SparseCategoricalCrossentropy(**logits),
            which,
        ),
        (squared_error(z, target), losses.MeanSquaredError(dtype="float64"), target),
    ]
    for (value, gradient), loss, y in pairs:
        y = y.astype(float) if y.ndim == 2 else y
        _, expected, (dz,) = values_and_gradients(
            tf, lambda z: z, [], z, lambda z, loss=loss, y=y: loss(y, z)
        )
        assert np.isclose(value, expected, rtol=SAME)
        assert same(gradient, dz)


def test_keras_dropout_keeps_the_expectation_as_ours_does(keras_and_tf, rng):
    keras, _ = keras_and_tf
    x = np.ones((200, 300))
    theirs = np.asarray(keras.layers.Dropout(0.3, seed=0)(x, training=True))
    ours = Dropout(0.3, rng).forward(x, training=True)
    assert np.allclose(np.unique(ours), np.unique(theirs), atol=SAME)
    assert abs(ours.mean() - theirs.mean()) < 0.02


# -- the article's XOR program -------------------------------------------------

PRINTED = [0.4964100319027255, 0.008584525653247157, 0.0057894598625078085]
PRINTED += [0.004629176776769985, 0.0039587652802736475, 0.003510122567861678]


@pytest.mark.slow
def test_our_layers_reproduce_the_six_errors_of_the_xor_program():
    X = np.array([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    y = np.array([[0.0], [1], [1], [0]])
    draw = np.random.RandomState(1)  # the program's generator

    def uniform(n_in, n_out, rng):
        return 2 * rng.random_sample((n_in, n_out)) - 1

    first, last = Dense(3, 4, draw, uniform), Dense(4, 1, draw, uniform)
    net = Sequential(first, Sigmoid(), last, Sigmoid())
    errors = []
    for step in range(50_001):
        error = net.forward(X) - y
        if step % 10_000 == 0:
            errors.append(np.abs(error).mean())
        net.gradients(error)  # of half the summed squared error
        first.W -= first.dW  # the program has no learning rate, and no biases
        last.W -= last.dW
    assert np.abs(np.subtract(errors, PRINTED)).max() < 1e-10


# -- the last axis: sequences, heads -------------------------------------------

LEADING = [(5,), (3, 4), (2, 3, 4), (1, 2, 1, 3)]


@pytest.mark.parametrize("leading", LEADING)
def test_dense_does_at_each_position_what_it_does_to_a_row(leading, rng):
    layer, alone = Dense(3, 2, rng), Dense(3, 2, rng)
    layer.b = rng.normal(size=2)
    alone.W, alone.b = layer.W, layer.b
    x, dy = rng.normal(size=(*leading, 3)), rng.normal(size=(*leading, 2))
    y, dx = layer.forward(x), layer.backward(dy)
    assert y.shape == dy.shape and dx.shape == x.shape
    dW, db = np.zeros((3, 2)), np.zeros(2)
    for k in np.ndindex(leading):
        assert np.allclose(y[k], alone.forward(x[k][None])[0], rtol=0, atol=1e-12)
        assert np.allclose(dx[k], alone.backward(dy[k][None])[0], rtol=0, atol=1e-12)
        dW, db = dW + alone.dW, db + alone.db
    assert np.allclose(layer.dW, dW, rtol=0, atol=1e-12)
    assert np.allclose(layer.db, db, rtol=0, atol=1e-12)


@pytest.mark.parametrize("leading", LEADING)
def test_a_net_over_sequences_passes_its_gradient_check(leading, rng):
    net = Sequential(Dense(3, 4, rng), Tanh(), Residual(Dense(4, 4, rng), Sigmoid()))
    net = Sequential(net, Dense(4, 3, rng))
    x, y = rng.normal(size=(*leading, 3)), rng.integers(0, 3, leading)
    errors = gradient_errors(net, x, y, cross_entropy)
    assert max(errors.values()) < 1e-6


def test_outputs_losses_and_gradients_over_sequences_equal_keras(keras_and_tf, rng):
    keras, tf = keras_and_tf
    net = Sequential(Dense(3, 4, rng), Tanh(), Dense(4, 2, rng))
    x = rng.normal(size=(5, 6, 3))
    run, weights = keras_net(keras, net.layers)
    losses, logits = keras.losses, {"from_logits": True, "dtype": "float64"}
    pairs = [
        (log_loss, losses.BinaryCrossentropy(**logits), (5, 6, 2)),
        (cross_entropy, losses.SparseCategoricalCrossentropy(**logits), (5, 6)),
        (squared_error, losses.MeanSquaredError(dtype="float64"), (5, 6, 2)),
    ]
    for ours, theirs, shape in pairs:
        y = rng.integers(0, 2, shape)
        z, value, (dx, *slopes) = values_and_gradients(
            tf, run, weights, x, lambda z, y=y, loss=theirs: loss(y.astype(float), z)
        )
        mine, dz = ours(net.forward(x), y)
        assert same(net.forward(x), z) and np.isclose(mine, value, rtol=SAME)
        assert same(net.backward(dz), dx)
        assert all(map(same, [g for _, g in net.parameters()], slopes))


def test_a_net_predicts_a_class_at_each_step(rng):
    one, three = Sequential(Dense(2, 1, rng)), Sequential(Dense(2, 3, rng))
    x = rng.normal(size=(4, 5, 2))
    assert np.array_equal(one.predict(x), one.forward(x)[:, :, 0] > 0)
    assert np.array_equal(three.predict(x), three.forward(x).argmax(axis=-1))


@pytest.mark.parametrize(
    "shape, expected",
    [
        ((3,), r"\(N, 3\) with N ≥ 1"),
        ((4, 5, 2), r"\(N, T, 3\) with N and T ≥ 1"),
        ((4, 0, 3), r"\(N, T, 3\) with N and T ≥ 1"),
        ((4, 2, 5, 2), r"\(N, H, T, 3\) with N and H and T ≥ 1"),
    ],
)
def test_a_sequence_of_the_wrong_width_is_refused_with_both_shapes(
    shape, expected, rng
):
    found = re.escape(str(shape))
    with pytest.raises(ValueError, match=f"x must have shape {expected}.*{found}"):
        Dense(3, 2, rng).forward(np.zeros(shape))


def test_float32_sequences_stay_float32(rng):
    net = Sequential(Dense(3, 4, rng), ReLU(), Dense(4, 2, rng)).astype("float32")
    value, dz = cross_entropy(
        net.forward(np.ones((2, 5, 3), "float32")), np.zeros((2, 5), int)
    )
    dx = net.backward(dz)
    grads = [g.dtype for _, g in net.parameters()]
    assert {value.dtype, dx.dtype, *grads} == {np.dtype("float32")}


# -- what a layer keeps and leaves ---------------------------------------------


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_net_keeps_the_dtype_of_its_input(dtype, rng):
    net = Sequential(
        *(Flatten(), Dense(6, 4, rng), Tanh(), Dropout(0.5, rng)),
        *(Residual(Dense(4, 4, rng), ReLU()), Dense(4, 1, rng), Sigmoid()),
    ).astype(dtype)
    x = rng.normal(size=(5, 2, 3)).astype(dtype)
    y = net.forward(x, training=True)
    value, dy = squared_error(y, np.zeros((5, 1)))
    assert y.dtype == dy.dtype == value.dtype == dtype
    assert net.backward(dy).dtype == dtype
    assert {g.dtype for _, g in net.parameters()} == {np.dtype(dtype)}


@pytest.mark.parametrize(
    "make",
    [
        lambda rng: (Dense(4, 3, rng), Tanh(), Dense(3, 2, rng)),
        lambda rng: (Residual(Dense(4, 4, rng), Sigmoid()), Dense(4, 2, rng)),
        lambda rng: (Flatten(), Sequential(Dense(4, 4, rng), ReLU()), Dense(4, 2, rng)),
        lambda rng: (Dense(4, 2, rng),),
    ],
)
def test_gradients_leaves_what_backward_leaves(make, rng):
    net = Sequential(*make(rng))
    dy = net.forward(rng.normal(size=(6, 4))) * 1.5
    net.backward(dy)
    expected = [g.copy() for _, g in net.parameters()]
    for layer in (part for _, part in parts(net)):
        for name in layer.names:
            setattr(layer, "d" + name, None)
    assert net.gradients(dy) is None
    found = [g for _, g in net.parameters()]
    assert all(map(np.array_equal, found, expected))


def parts(layer):
    """Every layer in a net, nested ones too."""
    yield type(layer).__name__, layer
    for part in getattr(layer, "layers", ()):
        yield from parts(part)


def test_dropout_changes_nothing_outside_of_training(rng):
    layer, x = Dropout(0.7, rng), rng.normal(size=(5, 4))
    state = rng.bit_generator.state
    assert np.array_equal(layer.forward(x), x)
    assert np.array_equal(layer.backward(x), x)
    assert rng.bit_generator.state == state, "nothing is drawn"


@pytest.mark.parametrize("p", [0, 0.2, 0.5, 0.9])
def test_dropout_in_training_keeps_the_expectation(p, rng):
    x = np.ones((400, 500))
    y = Dropout(p, rng).forward(x, training=True)
    assert abs(y.mean() - 1) < 0.02
    assert abs(np.mean(y == 0) - p) < 0.005
    assert np.allclose(y[y != 0], 1 / (1 - p))


def test_dropout_draws_anew_each_time_and_blames_whom_it_kept(rng):
    layer, x = Dropout(0.5, rng), np.ones((20, 20))
    one, other = (layer.forward(x, training=True) for _ in range(2))
    assert not np.array_equal(one, other)
    assert np.array_equal(layer.backward(x), other)


def test_relu_passes_no_blame_at_its_kink():
    layer = ReLU()
    assert list(layer.forward(np.array([-1.0, 0, 2]))) == [0, 0, 2]
    assert list(layer.backward(np.ones(3))) == [0, 0, 1]


def test_a_net_predicts_the_most_probable_class(rng):
    one, three = Sequential(Dense(2, 1, rng)), Sequential(Dense(2, 3, rng))
    x = rng.normal(size=(20, 2))
    assert np.array_equal(one.predict(x), sigmoid(one.forward(x)[:, 0]) > 0.5)
    assert np.array_equal(three.predict(x), three.forward(x).argmax(axis=1))


def test_parameters_are_counted_and_named_in_order(rng):
    net = Sequential(Dense(3, 4, rng), Tanh(), Residual(Dense(4, 4, rng)))
    assert net.n_parameters == 3 * 4 + 4 + 4 * 4 + 4
    shapes = [p.shape for p, _ in net.parameters()]
    assert shapes == [(3, 4), (4,), (4, 4), (4,)]
    assert repr(net) == "Sequential(Dense(3 → 4), Tanh, Residual(Dense(4 → 4)))"


def test_parameters_are_the_arrays_themselves_so_that_a_step_moves_the_net(rng):
    net = Sequential(Dense(3, 2, rng))
    before, x = net.layers[0].W.copy(), rng.normal(size=(4, 3))
    net.backward(np.ones_like(net.forward(x)))
    SGD(0.1).step(net)
    assert np.allclose(net.layers[0].W, before - 0.1 * x.sum(axis=0)[:, None])


# -- bad input -----------------------------------------------------------------


def test_an_input_of_the_wrong_width_is_refused_with_both_shapes(rng):
    with pytest.raises(ValueError, match=r"x must have shape \(N, 3\).*\(4, 2\)"):
        Dense(3, 2, rng).forward(np.zeros((4, 2)))


@pytest.mark.parametrize("x", [np.zeros((0, 3)), np.zeros(3), 1.0])
def test_what_is_no_batch_is_refused(x, rng):
    with pytest.raises(ValueError, match=r"x must be a batch.*it has shape") as error:
        Sequential(Dense(3, 2, rng)).forward(x)
    assert str(np.shape(x)) in str(error.value)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_refused(bad, rng):
    with pytest.raises(ValueError, match="x must hold finite numbers; it holds NaN or"):
        Sequential(Dense(2, 2, rng)).forward([[1.0, bad]])


def test_words_are_refused_as_an_input(rng):
    with pytest.raises(ValueError, match="x must hold numbers; it holds <U"):
        Sequential(Dense(2, 2, rng)).forward([["a", "b"]])


@pytest.mark.parametrize("p", [-0.1, 1, 1.5, np.nan])
def test_a_dropout_outside_of_0_to_1_is_refused(p, rng):
    words = f"p must be at least 0 and below 1; got {p}"
    with pytest.raises(ValueError, match=re.escape(words)):
        Dropout(p, rng)


def test_a_residual_block_that_changes_the_shape_is_refused(rng):
    block = Residual(Dense(3, 2, rng))
    words = r"F\(x\) and x must have the same shape.*\(4, 2\).*\(4, 3\)"
    with pytest.raises(ValueError, match=words):
        block.forward(np.zeros((4, 3)))


@pytest.mark.parametrize("wrong", [np.tanh, Tanh, "tanh", None])
def test_what_is_no_layer_is_refused_and_shown(wrong, rng):
    with pytest.raises(TypeError, match="layers must be layers; got ") as error:
        Sequential(Dense(3, 2, rng), wrong)
    assert repr(wrong) in str(error.value)


@pytest.mark.parametrize("sizes", [(0, 2), (3, 0), (-1, 2)])
def test_a_layer_without_units_is_refused(sizes, rng):
    with pytest.raises(ValueError, match="n_(in|out) must be above 0; got"):
        Dense(*sizes, rng)


def test_a_bare_layer_says_what_it_lacks():
    for method in (Layer().forward, Layer().backward):
        with pytest.raises(NotImplementedError):
            method(np.zeros((1, 1)))
