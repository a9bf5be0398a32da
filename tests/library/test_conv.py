"""Convolution and pooling: their definitions, central differences, TensorFlow's."""

import re
import tracemalloc

import numpy as np
import pytest

from course_lib import keras_tools
from course_lib.conv import AveragePool2D, Conv2D, MaxPool2D
from course_lib.gradcheck import gradient_errors, named
from course_lib.layers import Dense, Flatten, ReLU, Residual, Sequential, Tanh
from course_lib.maths import cross_entropy, glorot, he, squared_error
from course_lib.training import SGD

SMALL = 1e-6  # far above rounding, far below any mistake

CONVOLUTIONS = {  # C, K, size, padding, shape of x
    "one channel": (1, 2, 3, 0, (2, 5, 6, 1)),
    "square": (2, 3, 3, 0, (3, 5, 7, 2)),
    "rectangular": (2, 3, (2, 4), 0, (2, 4, 6, 2)),
    "padded": (2, 2, 3, 1, (2, 4, 6, 2)),
    "padded on two sides": (2, 3, (3, 2), (2, 0), (2, 3, 5, 2)),
    "padded unevenly": (1, 2, (2, 3), (1, 2), (2, 2, 3, 1)),
    "1 × 1": (3, 2, 1, 0, (2, 3, 4, 3)),
    "of height 1": (2, 3, (1, 3), (0, 1), (2, 1, 8, 2)),
    "over the whole image": (2, 3, (4, 5), 0, (3, 4, 5, 2)),
    "many outputs": (2, 50, 2, 0, (2, 3, 5, 2)),
    "a prime number of columns": (1, 2, 3, 0, (2, 4, 13, 1)),
    "more images than a block": (1, 2, 2, 0, (131, 3, 3, 1)),
}
every_convolution = pytest.mark.parametrize("name", CONVOLUTIONS)


def convolution(name, rng, dtype="float64"):
    """A layer with biases that are not zero, and an input for it."""
    C, K, size, padding, shape = CONVOLUTIONS[name]
    layer = Conv2D(C, K, size, rng, padding=padding).astype(dtype)
    layer.b += rng.normal(size=K).astype(dtype)
    return layer, rng.normal(size=shape).astype(dtype)


def by_definition(x, W, b, padding):
    """y[n,i,j,k] = b[k] + Σ_uvc x[n,i+u,j+v,c] W[u,v,c,k], in seven loops."""
    (N, H, W_x, C), (h, w, _, K), (p, q) = x.shape, W.shape, padding
    y = np.empty((N, H + 2 * p - h + 1, W_x + 2 * q - w + 1, K))
    for n, i, j, k in np.ndindex(y.shape):
        y[n, i, j, k] = b[k]
        for u, v, c in np.ndindex(h, w, C):
            row, column = i + u - p, j + v - q
            if 0 <= row < H and 0 <= column < W_x:
                y[n, i, j, k] += x[n, row, column, c] * W[u, v, c, k]
    return y


@every_convolution
def test_a_convolution_is_its_definition(name, rng):
    layer, x = convolution(name, rng)
    y = by_definition(x, layer.W, layer.b, layer.padding)
    assert np.allclose(layer.forward(x), y, rtol=0, atol=1e-12)


# -- gradients -----------------------------------------------------------------


@every_convolution
def test_the_gradients_of_a_convolution_equal_central_differences(name, rng):
    layer, x = convolution(name, rng)
    y = rng.normal(size=layer.forward(x).shape)
    errors = gradient_errors(layer, x, y, squared_error)
    assert set(errors) == {"x", "W", "b"} and max(errors.values()) < SMALL, errors


@pytest.mark.parametrize("size", [1, 2, (1, 3), (3, 2), (6, 6)])
@pytest.mark.parametrize("kind", [MaxPool2D, AveragePool2D])
def test_the_gradient_of_pooling_equals_central_differences(kind, size, rng):
    layer, x = kind(size), rng.normal(size=(2, 6, 6, 3))
    y = rng.normal(size=layer.forward(x).shape)
    assert gradient_errors(layer, x, y, squared_error)["x"] < SMALL


NETS = {
    "LeNet-5's order": lambda rng: (
        *(Conv2D(2, 3, 3, rng, he), ReLU(), MaxPool2D(2)),
        *(Conv2D(3, 4, 2, rng, he), ReLU(), Flatten(), Dense(4, 3, rng)),
    ),
    "tanh and averages": lambda rng: (
        *(Conv2D(2, 3, (3, 2), rng, padding=(1, 0)), Tanh(), AveragePool2D((2, 5))),
        *(Conv2D(3, 2, 1, rng), Flatten(), Dense(6, 3, rng)),
    ),
    "pooling first": lambda rng: (
        *(MaxPool2D((3, 1)), Conv2D(2, 3, 2, rng, padding=1)),
        *(Flatten(), Dense(63, 3, rng)),
    ),
    "residual": lambda rng: (
        Residual(Conv2D(2, 4, 3, rng, padding=1), Tanh(), Conv2D(4, 2, 1, rng)),
        *(AveragePool2D(3), Flatten(), Dense(8, 3, rng)),
    ),
}


@pytest.mark.parametrize("name", NETS)
def test_every_gradient_in_a_net_equals_central_differences(name, rng):
    net, x = Sequential(*NETS[name](rng)), rng.normal(size=(3, 6, 6, 2))
    for _, p, _ in named(net):
        p += 0.1 * rng.normal(size=p.shape)
    errors = gradient_errors(net, x, np.array([0, 1, 2]), cross_entropy)
    assert max(errors.values()) < SMALL, errors


@pytest.mark.parametrize("name", NETS)
def test_gradients_leaves_what_backward_leaves(name, rng):
    net = Sequential(*NETS[name](rng))
    dy = net.forward(rng.normal(size=(3, 6, 6, 2)))
    net.backward(dy)
    expected = [g.copy() for _, g in net.parameters()]
    assert net.gradients(dy) is None
    assert all(map(np.array_equal, [g for _, g in net.parameters()], expected))


def test_the_blame_goes_to_the_first_of_several_maxima(rng):
    layer, x = MaxPool2D((2, 3)), np.zeros((1, 2, 6, 1))
    x[0, :, :, 0] = [[1, 2, 2, 3, 3, 3], [2, 2, 2, 3, 3, 3]]
    assert layer.forward(x)[0, 0, :, 0].tolist() == [2, 3]
    dx = layer.backward(np.array([5.0, 7]).reshape(1, 1, 2, 1))[0, :, :, 0]
    assert dx.tolist() == [[0, 5, 0, 7, 0, 0], [0, 0, 0, 0, 0, 0]]


# -- the same as TensorFlow and Keras -----------------------------------------


@pytest.fixture(scope="module")
def keras_and_tf():
    with keras_tools.full_precision():
        yield keras_tools.load("tensorflow")


def same(ours, theirs):
    """Whether two arrays agree to 1e-5 of the largest entry, in float64 to 1e-12."""
    theirs = theirs.numpy()
    close = 1e-5 if theirs.dtype == np.float32 else 1e-12
    assert ours.shape == theirs.shape and ours.dtype == theirs.dtype
    return np.abs(ours - theirs).max() <= close * max(1, np.abs(theirs).max())


def taped(tf, run, inputs, C):
    """TensorFlow's output, and the gradients of Σ C y by the inputs."""
    inputs = [tf.Variable(each) for each in inputs]
    with tf.GradientTape() as tape:
        y = run(*inputs)
        total = tf.reduce_sum(y * C)
    return y, tape.gradient(total, inputs)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@every_convolution
def test_a_convolution_and_its_gradients_equal_tensorflow(
    name, dtype, keras_and_tf, rng
):
    _, tf = keras_and_tf
    layer, x = convolution(name, rng, dtype)
    p, q = layer.padding
    y = layer.forward(x)
    C = rng.normal(size=y.shape).astype(dtype)

    def run(x, W, b):
        return tf.nn.conv2d(x, W, 1, [(0, 0), (p, p), (q, q), (0, 0)]) + b

    theirs, slopes = taped(tf, run, (x, layer.W, layer.b), C)
    assert same(y, theirs)
    ours = layer.backward(C), layer.dW, layer.db
    assert all(map(same, ours, slopes))


@pytest.mark.parametrize("padding, word", [(0, "valid"), ((1, 2), "same")])
def test_a_convolution_equals_keras_conv2d(padding, word, keras_and_tf, rng):
    keras, _ = keras_and_tf
    layer = Conv2D(2, 4, (3, 5), rng, padding=padding).astype("float32")
    layer.b += rng.normal(size=4).astype("float32")
    theirs = keras.layers.Conv2D(4, (3, 5), padding=word)
    x = rng.normal(size=(3, 7, 9, 2)).astype("float32")
    theirs.build(x.shape)
    theirs.set_weights([layer.W, layer.b])
    assert same(layer.forward(x), theirs(x))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("size", [1, 2, (3, 2), (1, 4), (6, 8)])
@pytest.mark.parametrize(
    "kind, name", [(MaxPool2D, "MaxPooling2D"), (AveragePool2D, "AveragePooling2D")]
)
def test_pooling_and_its_gradient_equal_keras(
    kind, name, size, dtype, keras_and_tf, rng
):
    keras, tf = keras_and_tf
    layer, theirs = kind(size), getattr(keras.layers, name)(size, dtype=dtype)
    x = rng.normal(size=(3, 6, 8, 5)).astype(dtype)
    y = layer.forward(x)
    C = rng.normal(size=y.shape).astype(dtype)
    expected, (dx,) = taped(tf, theirs, [x], C)
    assert same(y, expected) and same(layer.backward(C), dx)


def test_ties_are_broken_as_tensorflow_breaks_them(keras_and_tf, rng):
    keras, tf = keras_and_tf
    layer, x = MaxPool2D((2, 3)), rng.integers(0, 2, (20, 4, 6, 3)).astype("float32")
    C = rng.normal(size=layer.forward(x).shape).astype("float32")
    _, (dx,) = taped(tf, keras.layers.MaxPooling2D((2, 3)), [x], C)
    assert same(layer.backward(C), dx)


@pytest.mark.parametrize("init, name", [(glorot, "GlorotUniform"), (he, "HeNormal")])
def test_weights_start_as_widely_spread_as_in_keras(init, name, keras_and_tf, rng):
    keras, _ = keras_and_tf
    W = Conv2D(20, 30, (3, 5), rng, init).W
    theirs = getattr(keras.initializers, name)(seed=0)((3, 5, 20, 30))
    assert W.shape == tuple(theirs.shape) and abs(W.mean()) < 0.01 * W.std() + 1e-3
    assert np.isclose(W.std(), np.std(theirs), rtol=0.03)
    if init is glorot:
        limit = np.sqrt(6 / (3 * 5 * 20 + 3 * 5 * 30))
        assert 0.99 * limit < np.abs(W).max() <= limit


def test_the_weights_that_start_are_all_drawn_apart(rng):
    W = Conv2D(3, 4, 2, rng).W
    assert len(np.unique(W)) == W.size


# -- what a convolution is -----------------------------------------------------


@pytest.mark.parametrize("size", [(3, 3), (1, 5), (2, 2)])
def test_what_moves_in_the_image_moves_in_the_map(size, rng):
    layer = Conv2D(1, 2, size, rng)
    layer.W[:] = rng.integers(-4, 5, layer.W.shape)  # whole numbers: sums are exact
    x = np.zeros((1, 20, 24, 1))
    x[0, 7:11, 8:12, 0] = rng.integers(-4, 5, (4, 4))
    y = layer.forward(x)
    for down, right in [(0, 1), (1, 0), (3, 5), (-2, -3)]:
        moved = layer.forward(np.roll(x, (down, right), (1, 2)))
        assert np.array_equal(moved, np.roll(y, (down, right), (1, 2)))


def test_a_convolution_over_the_whole_image_is_a_dense_layer(rng):
    conv, dense = Conv2D(3, 5, (4, 6), rng), Dense(72, 5, rng)
    dense.W[:], dense.b[:] = conv.W.reshape(72, 5), conv.b
    x, dy = rng.normal(size=(7, 4, 6, 3)), rng.normal(size=(7, 5))
    y = conv.forward(x)
    assert y.shape == (7, 1, 1, 5)
    assert np.allclose(y[:, 0, 0], dense.forward(x.reshape(7, -1)), atol=1e-14)
    dx = conv.backward(dy[:, None, None])
    assert np.allclose(dx.reshape(7, -1), dense.backward(dy), atol=1e-14)
    assert np.allclose(conv.dW.reshape(72, 5), dense.dW, atol=1e-14)
    assert np.allclose(conv.db, dense.db, atol=1e-14)


def test_a_convolution_of_1_by_1_is_a_dense_layer_at_every_pixel(rng):
    conv, dense = Conv2D(3, 5, 1, rng), Dense(3, 5, rng)
    dense.W[:] = conv.W[0, 0]
    x = rng.normal(size=(2, 4, 6, 3))
    y = dense.forward(x.reshape(-1, 3)).reshape(2, 4, 6, 5)
    assert np.allclose(conv.forward(x), y, atol=1e-14)


def test_pooling_in_two_steps_is_pooling_in_one(rng):
    x = rng.normal(size=(2, 12, 12, 3))
    for kind in (MaxPool2D, AveragePool2D):
        twice = kind((2, 3)).forward(kind((3, 2)).forward(x))
        assert np.allclose(twice, kind(6).forward(x), atol=1e-14)


# -- what a layer keeps and leaves ---------------------------------------------


def lenet(rng):
    return Sequential(
        *(Conv2D(1, 6, 5, rng, he), ReLU(), MaxPool2D(2)),
        *(Conv2D(6, 16, 5, rng, he), ReLU(), AveragePool2D(2)),
        *(Conv2D(16, 120, 5, rng, he), ReLU(), Flatten()),
        *(Dense(120, 84, rng, he), ReLU(), Dense(84, 10, rng)),
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_net_keeps_the_dtype_of_its_input(dtype, rng):
    net = lenet(rng).astype(dtype)
    z = net.forward(rng.normal(size=(3, 32, 32, 1)).astype(dtype))
    dx = net.backward(z)
    assert {z.dtype, dx.dtype} == {np.dtype(dtype)}
    assert {g.dtype for _, g in net.parameters()} == {np.dtype(dtype)}


@pytest.mark.parametrize("dtype", ["uint8", "bool", "int64"])
def test_images_of_whole_numbers_are_taken_as_numbers(dtype, rng):
    x = (200 * rng.random((2, 4, 4, 1))).astype(dtype)
    for layer in (Conv2D(1, 2, 3, rng, padding=1), AveragePool2D(2), AveragePool2D(4)):
        assert np.allclose(layer.forward(x), layer.forward(x.astype(float)))


def test_lenet_5_has_61706_parameters_and_says_what_it_is(rng):
    assert lenet(rng).n_parameters == 61_706
    assert repr(Sequential(Conv2D(1, 6, (5, 3), rng), MaxPool2D((2, 1)))) == (
        "Sequential(Conv2D(1 → 6, 5 × 3), MaxPool2D(2 × 1))"
    )
    assert repr(AveragePool2D()) == "AveragePool2D(2 × 2)"


@every_convolution
def test_a_convolution_changes_none_of_its_arguments(name, rng):
    layer, x = convolution(name, rng)
    y = layer.forward(x)
    C = rng.normal(size=y.shape)
    kept = [a.copy() for a in (x, y, C, layer.W, layer.b)]
    x.flags.writeable = C.flags.writeable = False
    layer.backward(C)
    layer.forward(2 * x)
    assert all(map(np.array_equal, kept, (x, y, C, layer.W, layer.b)))


@pytest.mark.parametrize("kind", [MaxPool2D, AveragePool2D])
def test_pooling_changes_none_of_its_arguments(kind, rng):
    layer, x, C = kind(2), rng.normal(size=(2, 4, 4, 3)), rng.normal(size=(2, 2, 2, 3))
    kept = x.copy(), C.copy(), layer.forward(x).copy()
    x.flags.writeable = C.flags.writeable = False
    y = layer.forward(x)
    dx = layer.backward(C)
    dx_kept = dx.copy()
    layer.forward(-x)
    layer.backward(-C)
    assert all(map(np.array_equal, (*kept, dx_kept), (x, C, y, dx)))


def test_a_layer_may_be_used_again_with_other_batches_and_images(rng):
    used = Conv2D(2, 3, 3, rng), MaxPool2D(2), AveragePool2D(2)
    fresh = Conv2D(2, 3, 3, rng), MaxPool2D(2), AveragePool2D(2)
    fresh[0].W[:] = used[0].W
    for shape in [(5, 10, 6, 2), (2, 6, 10, 2), (70, 6, 6, 2), (1, 10, 6, 2)]:
        x = rng.normal(size=shape)
        for old, new in zip(used, fresh, strict=True):
            y = old.forward(x)
            new = type(new)(2) if new is not fresh[0] else new
            assert np.array_equal(y, new.forward(x))
            assert np.array_equal(old.backward(y), new.backward(y))


def test_arrays_that_are_not_contiguous_are_right_too(rng):
    conv, x = convolution("square", rng)
    other, _ = convolution("square", rng)
    other.W, other.b = conv.W, conv.b
    y = conv.forward(x)
    assert np.allclose(other.forward(np.asfortranarray(x)), y, atol=1e-14)
    assert np.allclose(
        other.backward(np.asfortranarray(y)), conv.backward(y), atol=1e-14
    )
    assert np.allclose(other.dW, conv.dW, atol=1e-13)


def test_many_images_take_little_more_memory_than_their_maps(rng):
    layer = Conv2D(1, 4, 5, rng).astype("float32")
    x = np.zeros((2000, 32, 32, 1), "float32")
    tracemalloc.start()
    y = layer.forward(x)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 1.2 * y.nbytes, "written out, the windows would take six times that"


def test_a_small_convolutional_net_learns(rng):
    """Is the bar upright or lying? Nothing but its direction tells."""
    x, y = np.zeros((64, 8, 8, 1)), np.arange(64) % 2
    for image, lying in zip(x, y, strict=True):
        at = rng.integers(1, 7)
        image[at if lying else slice(None), slice(None) if lying else at] = 1
    net = Sequential(
        *(Conv2D(1, 4, 3, rng), ReLU(), MaxPool2D(6), Flatten(), Dense(4, 2, rng))
    )
    step = SGD(0.5)
    for _ in range(200):
        _, dz = cross_entropy(net.forward(x), y)
        net.gradients(dz)
        step.step(net)
    assert np.mean(net.predict(x) == y) == 1


# -- bad input -----------------------------------------------------------------


@pytest.mark.parametrize("layer", [lambda rng: Conv2D(1, 2, 3, rng), MaxPool2D])
def test_what_is_no_batch_of_images_is_refused(layer, rng):
    layer = layer(rng) if layer is not MaxPool2D else layer()
    for x in (np.zeros((4, 4)), np.zeros((4, 4, 1)), np.zeros((0, 4, 4, 1)), 1.0):
        words = re.escape("x must have shape (N, H, W, ") + ".*it has shape"
        with pytest.raises(ValueError, match=words) as error:
            layer.forward(x)
        assert str(np.shape(x)) in str(error.value)


def test_the_wrong_number_of_channels_is_refused_with_both_shapes(rng):
    words = re.escape("x must have shape (N, H, W, 3) with N and H and W ≥ 1; ")
    with pytest.raises(ValueError, match=words + r".*\(2, 5, 5, 1\)"):
        Conv2D(3, 2, 3, rng).forward(np.zeros((2, 5, 5, 1)))


@pytest.mark.parametrize("shape, found", [((2, 5), "4 × 9"), ((5, 1), "7 × 5")])
def test_an_image_smaller_than_the_kernel_is_refused(shape, found, rng):
    words = f"x, with its padding, must be at least as large.*5 × 7; it is {found}"
    with pytest.raises(ValueError, match=words):
        Conv2D(1, 2, (5, 7), rng, padding=(1, 2)).forward(np.zeros((3, *shape, 1)))


@pytest.mark.parametrize("kind", [MaxPool2D, AveragePool2D])
@pytest.mark.parametrize("shape", [(7, 6), (6, 7), (1, 3)])
def test_an_image_that_windows_do_not_cover_is_refused(kind, shape):
    words = f"x must be covered by windows of 2 × 3.*it is {shape[0]} × {shape[1]}"
    with pytest.raises(ValueError, match=words):
        kind((2, 3)).forward(np.zeros((1, *shape, 2)))


@pytest.mark.parametrize("bad", [0, -1, 2.5, "3", None, (3,), (1, 2, 3), (2, 0)])
def test_sizes_that_are_none_are_refused_and_shown(bad, rng):
    words = re.escape(f"of 1 or more; got {bad!r}")
    for make in (lambda: Conv2D(1, 1, bad, rng), lambda: MaxPool2D(bad)):
        with pytest.raises(ValueError, match="size must be.*" + words):
            make()


@pytest.mark.parametrize("bad", [-1, (0, -2), 0.5, "same"])
def test_a_padding_that_is_none_is_refused_and_shown(bad, rng):
    words = "padding must be.*" + re.escape(f"of 0 or more; got {bad!r}")
    with pytest.raises(ValueError, match=words):
        Conv2D(1, 1, 3, rng, padding=bad)


@pytest.mark.parametrize("n_in, n_out", [(0, 2), (3, 0), (-1, 2)])
def test_a_convolution_without_channels_is_refused(n_in, n_out, rng):
    name, n = ("n_out", n_out) if n_in > 0 else ("n_in", n_in)
    with pytest.raises(ValueError, match=f"{name} must be above 0; got {n}"):
        Conv2D(n_in, n_out, 3, rng)
