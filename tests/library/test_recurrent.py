"""RNN, LSTM and GRU: their definitions, central differences, Keras' layers."""

import math
import re
from functools import partial

import numpy as np
import pytest

from course_lib import keras_tools
from course_lib.gradcheck import gradient_errors, named
from course_lib.layers import Dense, Residual, Sequential, Tanh
from course_lib.maths import cross_entropy, squared_error
from course_lib.recurrent import GRU, LSTM, RNN
from course_lib.training import Adam, fit

SMALL = 1e-6  # far above rounding, far below any mistake

KINDS = {
    "RNN": RNN,
    "LSTM": LSTM,
    "GRU": GRU,
    "GRU, reset before": partial(GRU, reset_after=False),
}
every_kind = pytest.mark.parametrize("name", KINDS)
every_shape = pytest.mark.parametrize(  # of x (N, T, D), and H
    "shape, H",
    [((2, 5, 3), 4), ((1, 5, 3), 4), ((3, 1, 2), 3), ((2, 4, 1), 1), ((4, 3, 5), 2)],
)


def layer_of(name, shape, H, rng, last=False, dtype="float64"):
    """A layer with biases that are not its first, and an input for it."""
    layer = KINDS[name](shape[-1], H, rng, last=last).astype(dtype)
    layer.b += rng.normal(size=layer.b.shape).astype(dtype)
    return layer, rng.normal(size=shape).astype(dtype)


# -- definitions, written out for one sequence and number by number -----------------


def sigma(z):
    return 1 / (1 + math.exp(-z))


def dot(v, M, j):
    return sum(float(v[k]) * float(M[k, j]) for k in range(len(v)))


def rnn_step(x, h, c, W, U, b):
    return [math.tanh(dot(x, W, j) + dot(h, U, j) + b[j]) for j in range(len(h))], c


def lstm_step(x, h, c, W, U, b):
    H = len(h)
    new_h, new_c = [], []
    for j in range(H):
        i, f, g, o = (dot(x, W, k) + dot(h, U, k) + b[k] for k in range(j, 4 * H, H))
        new_c.append(sigma(f) * c[j] + sigma(i) * math.tanh(g))
        new_h.append(sigma(o) * math.tanh(new_c[j]))
    return new_h, new_c


def gru_step(x, h, c, W, U, b, reset_after):
    H = len(h)
    b, b_U = b if reset_after else (b, np.zeros(3 * H))
    z = [dot(x, W, k) + b[k] for k in range(3 * H)]
    u, r = (
        [sigma(z[k] + dot(h, U, k) + b_U[k]) for k in range(start, start + H)]
        for start in (0, H)
    )
    if reset_after:
        from_h = [r[j] * (dot(h, U, 2 * H + j) + b_U[2 * H + j]) for j in range(H)]
    else:
        weakened = [r[k] * h[k] for k in range(H)]
        from_h = [dot(weakened, U, 2 * H + j) for j in range(H)]
    n = [math.tanh(z[2 * H + j] + from_h[j]) for j in range(H)]
    return [u[j] * h[j] + (1 - u[j]) * n[j] for j in range(H)], c


STEPS = {
    "RNN": rnn_step,
    "LSTM": lstm_step,
    "GRU": partial(gru_step, reset_after=True),
    "GRU, reset before": partial(gru_step, reset_after=False),
}


@every_shape
@every_kind
def test_a_layer_is_its_definition(name, shape, H, rng):
    layer, x = layer_of(name, shape, H, rng)
    y = layer.forward(x)
    assert y.shape == (*shape[:2], H)
    for sequence, states in zip(x, y, strict=True):
        h = c = [0.0] * H
        for x_t, expected in zip(sequence, states, strict=True):
            h, c = STEPS[name](x_t, h, c, layer.W, layer.U, layer.b)
            assert np.allclose(h, expected, rtol=0, atol=1e-13)


ONNX = {  # kind, H, (N, T, D) of x = 1, 2, 3, ..., its order, W and U, b, h_T of a unit
    "rnn defaults": ("RNN", 4, (3, 1, 2), 1, 0.1, 0, [0.291313, 0.604368, 0.800499]),
    "rnn bias": ("RNN", 5, (3, 1, 3), 1, 0.1, 0.1, [0.604368, 0.921669, 0.986614]),
    "rnn reverse": ("RNN", 4, (1, 3, 2), -1, 0.1, 0, [0.542703]),
    "lstm defaults": ("LSTM", 3, (3, 1, 2), 1, 0.1, 0, [0.095241, 0.256064, 0.403238]),
    "lstm bias": ("LSTM", 4, (3, 1, 3), 1, 0.1, 0.1, [0.256064, 0.536728, 0.667213]),
    "lstm batchwise": ("LSTM", 7, (3, 1, 2), 1, 0.3, 0, [0.333693, 0.622393, 0.718579]),
    "lstm reverse": ("LSTM", 3, (1, 3, 2), -1, 0.1, 0, [0.404125]),
    "gru defaults": ("GRU", 5, (3, 1, 2), 1, 0.1, 0, [0.123970, 0.200537, 0.199917]),
    "gru bias": ("GRU", 3, (3, 1, 3), 1, 0.1, 0.1, [0.200537, 0.154823, 0.074843]),
    "gru reverse": ("GRU", 5, (1, 3, 2), -1, 0.1, 0, [0.355676]),
    "gru backwards": ("GRU", 5, (1, 3, 2), -1, 2, 0, [0.002473]),
}


@pytest.mark.parametrize(
    "kind, H, shape, order, w, b, last", ONNX.values(), ids=ONNX.keys()
)
def test_the_onnx_operators_own_cases_of_equal_weights_come_out(
    kind, H, shape, order, w, b, last, rng
):
    """As onnx 1.23 computes them; there a GRU resets before U if nothing is said."""
    layer = KINDS[kind.replace("GRU", "GRU, reset before")](shape[2], H, rng, last=True)
    layer.W[:], layer.U[:], layer.b[:] = w, w, b
    x = np.arange(1, 1 + np.prod(shape)).reshape(shape)[:, ::order]
    y = layer.forward(x)
    assert np.allclose(y, np.repeat(last, H).reshape(-1, H), rtol=0, atol=1e-6)


@every_kind
def test_the_last_state_is_the_last_of_all(name, rng):
    layer, x = layer_of(name, (3, 6, 2), 4, rng)
    every = layer.forward(x)
    layer.last = True
    assert np.array_equal(layer.forward(x), every[:, -1])


@every_kind
def test_no_state_knows_what_is_to_come(name, rng):
    layer, x = layer_of(name, (3, 8, 2), 4, rng)
    y = layer.forward(x)
    x[:, 5:] = rng.normal(size=(3, 3, 2))
    other = layer.forward(x)
    assert np.array_equal(y[:, :5], other[:, :5])
    assert not np.isclose(y[:, 5:], other[:, 5:]).any()


@every_kind
def test_sequences_do_not_see_each_other(name, rng):
    layer, x = layer_of(name, (5, 6, 2), 4, rng)
    y = layer.forward(x)
    each = [layer.forward(x[n : n + 1])[0] for n in range(5)]
    assert np.allclose(y, each, rtol=0, atol=1e-14)


# -- gradients -----------------------------------------------------------------


@every_shape
@pytest.mark.parametrize("last", [False, True])
@every_kind
def test_gradients_through_time_equal_central_differences(name, last, shape, H, rng):
    layer, x = layer_of(name, shape, H, rng, last)
    y = rng.normal(size=layer.forward(x).shape)
    errors = gradient_errors(layer, x, y, squared_error)
    assert set(errors) == {"x", "W", "U", "b"} and max(errors.values()) < SMALL, errors


NETS = {
    "an answer at every step": lambda rng: (RNN(2, 4, rng), Dense(4, 3, rng)),
    "two layers": lambda rng: (LSTM(2, 3, rng), GRU(3, 4, rng), Dense(4, 3, rng)),
    "a layer before": lambda rng: (Dense(2, 3, rng), Tanh(), LSTM(3, 3, rng)),
    "residual": lambda rng: (
        *(Residual(GRU(2, 2, rng, reset_after=False), RNN(2, 2, rng)),),
        *(Dense(2, 3, rng),),
    ),
}


@pytest.mark.parametrize("name", NETS)
def test_every_gradient_in_a_net_equals_central_differences(name, rng):
    net, x = Sequential(*NETS[name](rng)), rng.normal(size=(3, 4, 2))
    for _, p, _ in named(net):
        p += 0.1 * rng.normal(size=p.shape)
    errors = gradient_errors(net, x, rng.integers(0, 3, (3, 4)), cross_entropy)
    assert max(errors.values()) < SMALL, errors


@pytest.mark.parametrize("last", [False, True])
@every_kind
def test_gradients_leaves_what_backward_leaves_however_often(name, last, rng):
    layer, x = layer_of(name, (3, 5, 2), 4, rng, last)
    dy = layer.forward(x) * 1.5
    dx = layer.backward(dy)
    expected = [g.copy() for _, g in layer.parameters()]
    assert layer.gradients(dy) is None
    assert all(map(np.array_equal, [g for _, g in layer.parameters()], expected))
    assert np.array_equal(layer.backward(dy), dx)


# -- the same as Keras -----------------------------------------------------------


@pytest.fixture(scope="module")
def keras_and_tf():
    with keras_tools.full_precision():
        yield keras_tools.load("tensorflow")


def theirs(keras, name, H, **how):
    """The layer of Keras that has this name."""
    if name == "GRU, reset before":
        return keras.layers.GRU(H, reset_after=False, **how)
    return getattr(keras.layers, {"RNN": "SimpleRNN"}.get(name, name))(H, **how)


def same(ours, theirs):
    """Whether two arrays agree to 1e-5 of the largest entry, in float64 to 1e-12."""
    theirs = theirs.numpy()
    close = 1e-5 if theirs.dtype == np.float32 else 1e-12
    assert ours.shape == theirs.shape and ours.dtype == theirs.dtype
    return np.abs(ours - theirs).max() <= close * max(1, np.abs(theirs).max())


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("last", [False, True])
@every_kind
def test_outputs_and_gradients_equal_keras(name, last, dtype, keras_and_tf, rng):
    keras, tf = keras_and_tf
    layer, x = layer_of(name, (4, 12, 3), 5, rng, last, dtype)
    other = theirs(keras, name, 5, return_sequences=not last, dtype=dtype)
    other.build(x.shape)
    keras_tools.copy_weights(layer, other)
    y = layer.forward(x)
    C = rng.normal(size=y.shape).astype(dtype)
    x_there = tf.Variable(x)
    with tf.GradientTape() as tape:
        y_there = other(x_there)
        total = tf.reduce_sum(y_there * C)
    slopes = tape.gradient(total, [x_there, *other.trainable_variables])
    assert same(y, y_there)
    ours = layer.backward(C), layer.dW, layer.dU, layer.db
    assert all(map(same, ours, slopes))


@every_kind
def test_weights_come_back_from_keras(name, keras_and_tf, rng):
    keras, _ = keras_and_tf
    other = keras.Sequential(
        [keras.Input((7, 3)), theirs(keras, name, 6), keras.layers.Dense(2)]
    )
    net = Sequential(KINDS[name](3, 6, rng, last=True), Dense(6, 2, rng))
    weights = keras_tools.weights(other)
    for (p, _), value in zip(net.parameters(), weights, strict=True):
        assert p.shape == value.shape
        p[:] = value
    x = rng.normal(size=(4, 7, 3))
    y = other.predict(x.astype("float32"), verbose=0)
    assert np.abs(net.forward(x) - y).max() < 1e-5
    assert net.n_parameters == other.count_params()


def test_biases_start_as_in_keras(keras_and_tf, rng):
    keras, _ = keras_and_tf
    for name, kind in KINDS.items():
        other = theirs(keras, name, 3)
        other.build((1, 1, 2))
        assert np.array_equal(kind(2, 3, rng).b, keras_tools.weights(other)[-1])


# -- how it starts ---------------------------------------------------------------


@pytest.mark.parametrize("H", [1, 2, 30])
@every_kind
def test_every_gate_starts_with_an_orthogonal_matrix_of_its_own(name, H, rng):
    layer = KINDS[name](3, H, rng)
    gates = np.split(layer.U, layer.U.shape[1] // H, axis=1)
    for U in gates:
        assert np.allclose(U @ U.T, np.eye(H), rtol=0, atol=1e-13)
    assert H == 1 or len({U.tobytes() for U in gates}) == len(gates)


def test_orthogonal_matrices_favour_no_direction(rng):
    traces = [np.trace(RNN(1, 3, rng).U) for _ in range(2000)]
    assert abs(np.mean(traces)) < 0.1, "NumPy's QR alone would give about -1"
    assert abs(np.var(traces) - 1) < 0.15


def test_only_the_forget_gate_starts_with_a_bias(rng):
    assert LSTM(2, 3, rng).b.tolist() == [0] * 3 + [1] * 3 + [0] * 6
    for kind in (RNN, GRU, KINDS["GRU, reset before"]):
        assert not kind(2, 3, rng).b.any()


@pytest.mark.parametrize("D, H", [(1, 1), (5, 8)])
def test_an_lstm_has_four_gates_of_weights_to_a_grus_three(D, H, rng):
    def count(kind):
        return Sequential(kind(D, H, rng)).n_parameters

    rnn, lstm, after, before = (count(kind) for kind in KINDS.values())
    assert rnn == (D + H + 1) * H
    assert (lstm, before) == (4 * rnn, 3 * rnn)
    assert after == before + 3 * H, "a second bias for each gate"


def test_layers_say_what_they_are(rng):
    net = Sequential(RNN(2, 3, rng), LSTM(3, 4, rng), GRU(4, 1, rng, last=True))
    assert repr(net) == "Sequential(RNN(2 → 3), LSTM(3 → 4), GRU(4 → 1))"


# -- what a layer keeps and leaves ---------------------------------------------


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("last", [False, True])
@every_kind
def test_a_layer_keeps_the_dtype_of_its_input(name, last, dtype, rng):
    layer, x = layer_of(name, (3, 4, 2), 5, rng, last, dtype)
    y = layer.forward(x)
    dx = layer.backward(y)
    assert {y.dtype, dx.dtype} == {np.dtype(dtype)}
    assert {g.dtype for _, g in layer.parameters()} == {np.dtype(dtype)}


@every_kind
def test_bits_are_taken_as_numbers(name, rng):
    layer, x = layer_of(name, (3, 4, 2), 5, rng)
    bits = x > 0
    assert np.array_equal(layer.forward(bits), layer.forward(bits.astype(float)))
    layer.astype("float32")
    y = layer.forward(bits)
    assert y.dtype == layer.backward(y).dtype == layer.dU.dtype == np.float32


@every_kind
def test_a_layer_changes_none_of_its_arguments(name, rng):
    layer, x = layer_of(name, (3, 4, 2), 5, rng)
    y = layer.forward(x)
    C = rng.normal(size=y.shape)
    kept = [a.copy() for a in (x, y, C, layer.W, layer.U, layer.b)]
    x.flags.writeable = C.flags.writeable = False
    dx = layer.backward(C)
    dx_kept = dx.copy()
    layer.backward(layer.forward(2 * x))
    now = x, y, C, layer.W, layer.U, layer.b
    assert all(map(np.array_equal, (*kept, dx_kept), (*now, dx)))


@every_kind
def test_a_layer_may_be_used_again_with_other_batches_and_lengths(name, rng):
    used, _ = layer_of(name, (1, 1, 2), 3, rng)
    for N, T in [(4, 6), (2, 9), (5, 1), (4, 6)]:
        fresh, x = layer_of(name, (N, T, 2), 3, rng)
        fresh.W, fresh.U, fresh.b = used.W, used.U, used.b
        y = used.forward(x)
        assert np.array_equal(y, fresh.forward(x))
        assert np.array_equal(used.backward(y), fresh.backward(y))
        assert np.array_equal(used.dU, fresh.dU)


@every_kind
def test_arrays_that_are_not_contiguous_are_right_too(name, rng):
    layer, x = layer_of(name, (3, 4, 2), 5, rng)
    y = layer.forward(x)
    dx, dU = layer.backward(y), layer.dU
    assert np.allclose(layer.forward(np.asfortranarray(x)), y, rtol=0, atol=1e-14)
    dx_there = layer.backward(np.asfortranarray(y))
    assert np.allclose(dx_there, dx, rtol=0, atol=1e-13)
    assert np.allclose(layer.dU, dU, rtol=0, atol=1e-13)


@pytest.mark.filterwarnings("error")
@every_kind
def test_sums_of_thousands_do_no_harm_and_warn_of_none(name, rng):
    layer, x = layer_of(name, (3, 4, 2), 5, rng, dtype="float32")
    y = layer.forward(1e4 * x)
    assert np.isfinite(y).all() and np.isfinite(layer.backward(y)).all()


@every_kind
def test_a_small_net_learns_to_recall_what_came_first(name, rng):
    """The first of six bits, which no later one tells."""
    x = rng.integers(0, 2, (64, 6, 1))
    net = Sequential(KINDS[name](1, 8, rng, last=True), Dense(8, 2, rng))
    step = Adam(0.03)
    for _ in range(100):
        _, dz = cross_entropy(net.forward(x), x[:, 0, 0])
        net.gradients(dz)
        step.step(net)
    fresh = rng.integers(0, 2, (500, 6, 1))
    assert np.mean(net.predict(fresh) == fresh[:, 0, 0]) > 0.95


# -- bad input -----------------------------------------------------------------


@pytest.mark.parametrize(
    "shape", [(4, 2), (4, 5, 3), (0, 5, 2), (4, 0, 2), (4, 5, 2, 2), (), (7,)]
)
@every_kind
def test_what_is_no_batch_of_sequences_is_refused_with_both_shapes(name, shape, rng):
    words = f"x must have shape (N, T, 2) with N and T ≥ 1; it has shape {shape}"
    with pytest.raises(ValueError, match=re.escape(words)):
        KINDS[name](2, 3, rng).forward(np.zeros(shape))


RAGGED = {
    "lists": ([[[1.0], [0.0]], [[1.0]], [[0.0]]], r"\[1, 2\]"),
    "arrays": ([np.ones((2, 1)), np.ones((1, 1))], r"\[1, 2\]"),
    "within a step": ([[[1.0], [0.0, 1.0]], [[1.0], [0.0]]], "several"),
    "numbers beside lists": ([1.0, [0.0, 1.0]], "several"),
}


@pytest.mark.parametrize("x, lengths", RAGGED.values(), ids=RAGGED)
def test_sequences_of_several_lengths_are_refused_with_the_lengths(x, lengths, rng):
    layer = LSTM(1, 3, rng, last=True)
    words = f"must hold rows of one length; it holds rows of lengths {lengths}"
    for refuse in (layer.forward, Sequential(layer).forward):
        with pytest.raises(ValueError, match="x " + words):
            refuse(x)
    with pytest.raises(ValueError, match="X " + words):
        fit(Sequential(layer), x, [0] * len(x), cross_entropy, Adam(), rng)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_refused(bad, rng):
    x = np.zeros((2, 3, 1))
    x[1, 2] = bad
    with pytest.raises(ValueError, match="x must hold finite numbers; it holds NaN or"):
        GRU(1, 2, rng).forward(x)


@pytest.mark.parametrize("x, found", [([[["a"]]], "<U1"), ([[[None]]], "object")])
def test_what_is_no_number_is_refused_by_its_type(x, found, rng):
    with pytest.raises(ValueError, match=f"x must hold numbers; it holds {found}"):
        RNN(1, 2, rng).forward(x)


@pytest.mark.parametrize("sizes", [(0, 2), (3, 0), (-1, 2)])
@every_kind
def test_a_layer_without_units_is_refused(name, sizes, rng):
    with pytest.raises(ValueError, match="n_(in|out) must be above 0; got"):
        KINDS[name](*sizes, rng)
