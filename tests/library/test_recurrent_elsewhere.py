"""Recurrent layers elsewhere: where Keras, its backends and PyTorch differ.

make test runs this file on TensorFlow, make test-backends on JAX and PyTorch as well;
PyTorch's own layers have pytorch_recurrent.py. All of it is on the processor, in
float32. Seen with Keras 3.15.1 on TensorFlow 2.21.0, JAX 0.10.2 and PyTorch 2.13.0.

Papers: Cho et al. 2014 (arXiv 1406.1078, version 3) and Chung et al. 2014 (arXiv
1412.3555).
"""

import itertools

import numpy as np
import pytest

from course_lib import keras_tools
from course_lib.maths import sigmoid

pytestmark = pytest.mark.slow
every_kind = pytest.mark.parametrize("kind", ["SimpleRNN", "GRU", "LSTM"])
H0 = 0.5  # every number of a state before the first step


@pytest.fixture(scope="module")
def keras():
    with keras_tools.full_precision():
        yield keras_tools.load()


def layer_of(keras, kind, H, **how):
    """A layer of Keras with random biases; a GPU's kernels are not what is asked."""
    kernel = {} if kind == "SimpleRNN" else {"use_cudnn": False}
    bias = keras.initializers.RandomNormal(seed=7)
    return getattr(keras.layers, kind)(H, bias_initializer=bias, **kernel, **how)


def twin(layer, **how):
    """A layer with the same weights that differs in what is given."""
    other = type(layer).from_config(layer.get_config() | how)
    other.build((None, 4, layer.weights[0].shape[0]))
    other.set_weights(layer.get_weights())
    return other


def called(layer, x, mask=None, start=None):
    """What layer answers to x when it is called: arrays of NumPy."""
    keras = keras_tools.load()
    if mask is not None:
        mask = np.array([mask] * len(x), bool)
    if start is not None:
        units, states = layer.units, 2 if "lstm" in layer.name else 1
        start = [np.full((len(x), units), start, "float32") for _ in range(states)]
    answer = layer(x, mask=mask, initial_state=start)
    return keras.tree.map_structure(keras.ops.convert_to_numpy, answer)


def same(a, b):
    return np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=0, atol=1e-5)


def numbers(rng, *shape):
    return rng.normal(size=shape).astype("float32")


# -- the GRU of two papers, and of Keras ---------------------------------------------


def gru(x, W, U, b, b_U, order="zrn", keeps=True, reset="after"):
    """The last state; z keeps the old state (Cho et al.) or brings the new (Chung)."""
    h = np.zeros((len(x), len(U)))
    (W, U, b, b_U) = (
        dict(zip(order, _gates(a, 3), strict=True)) for a in (W, U, b, b_U)
    )
    for x_t in x.swapaxes(0, 1):
        z, r = (sigmoid(x_t @ W[g] + b[g] + h @ U[g] + b_U[g]) for g in "zr")
        if reset == "after":
            from_h = r * (h @ U["n"] + b_U["n"])
        else:
            from_h = (r * h) @ U["n"] + b_U["n"]
        n = np.tanh(x_t @ W["n"] + b["n"] + from_h)
        h = z * h + (1 - z) * n if keeps else (1 - z) * h + z * n
    return h


def lstm(x, W, U, b, order="ifgo"):
    h = c = np.zeros((len(x), len(U)))
    for x_t in x.swapaxes(0, 1):
        z = dict(zip(order, _gates(x_t @ W + h @ U + b, 4), strict=True))
        c = sigmoid(z["f"]) * c + sigmoid(z["i"]) * np.tanh(z["g"])
        h = sigmoid(z["o"]) * np.tanh(c)
    return h


def _gates(a, n):
    return np.split(np.asarray(a, float), n, axis=-1)


def gru_of_keras(keras, rng, reset_after):
    """Its weights W, U, b and b_U made large, an input, and its answer."""
    layer = layer_of(keras, "GRU", 4, reset_after=reset_after)
    layer.build((None, 6, 3))
    layer.set_weights([numbers(rng, *w.shape) for w in layer.get_weights()])
    W, U, b = keras_tools.weights(layer)
    x = numbers(rng, 5, 6, 3)
    return (W, U, *(b if reset_after else (b, 0 * b))), x, called(layer, x)


@pytest.mark.parametrize("reset", ["before", "after"])
def test_z_keeps_the_old_state_in_keras_as_in_cho_2014(reset, keras, rng):
    weights, x, y = gru_of_keras(keras, rng, reset == "after")
    assert same(gru(x, *weights, reset=reset), y)
    assert np.abs(gru(x, *weights, reset=reset, keeps=False) - y).max() > 0.1


def test_chung_2014_is_the_same_net_with_the_weights_of_z_negated(keras, rng):
    weights, x, y = gru_of_keras(keras, rng, reset_after=False)
    sign = np.repeat([-1, 1, 1], 4)
    negated = [sign * w for w in weights]
    assert same(gru(x, *negated, keeps=False, reset="before"), y)


@pytest.mark.parametrize("reset_after", [True, False])
def test_the_default_gru_resets_after_its_product_and_both_papers_before_it(
    reset_after, keras, rng
):
    assert keras.layers.GRU(1).reset_after
    weights, x, y = gru_of_keras(keras, rng, reset_after)
    right, wrong = ("after", "before") if reset_after else ("before", "after")
    assert same(gru(x, *weights, reset=right), y)
    assert np.abs(gru(x, *weights, reset=wrong) - y).max() > 0.1


def test_a_grus_second_bias_of_n_is_reset_and_so_is_not_the_first(keras, rng):
    (W, U, b, b_U), x, y = gru_of_keras(keras, rng, reset_after=True)
    moved = b + b_U, 0 * b_U
    assert np.abs(gru(x, W, U, *moved) - y).max() > 0.1
    moved[0][-4:], moved[1][-4:] = b[-4:], b_U[-4:]
    assert same(gru(x, W, U, *moved), y)


def test_of_all_orders_only_z_r_h_is_that_of_keras_gru(keras, rng):
    weights, x, y = gru_of_keras(keras, rng, reset_after=True)
    orders = ["".join(p) for p in itertools.permutations("zrn")]
    assert [o for o in orders if same(gru(x, *weights, order=o), y)] == ["zrn"]


def test_of_all_orders_only_i_f_c_o_is_that_of_keras_lstm(keras, rng):
    layer, x = layer_of(keras, "LSTM", 4), numbers(rng, 5, 6, 3)
    layer.build(x.shape)
    layer.set_weights([numbers(rng, *w.shape) for w in layer.get_weights()])
    y, weights = called(layer, x), keras_tools.weights(layer)
    orders = ["".join(p) for p in itertools.permutations("ifgo")]
    assert [o for o in orders if same(lstm(x, *weights, order=o), y)] == ["ifgo"]


# -- biases, and how they and U start ------------------------------------------------


def test_a_gate_of_keras_has_one_bias_but_two_in_its_default_gru(keras):
    layers = keras.layers
    before = layers.GRU(20, reset_after=False)
    parts = [layers.SimpleRNN(20), layers.LSTM(20), layers.GRU(20), before]
    for layer in parts:
        layer.build((None, None, 10))
    assert [w[-1].shape for w in map(keras_tools.weights, parts)] == [
        *((20,), (80,), (2, 60), (60,)),
    ]
    rnn, lstm, gru, gru_before = (layer.count_params() for layer in parts)
    assert (rnn, lstm, gru, gru_before) == (620, 2480, 1920, 1860)
    assert 3 * lstm == 4 * gru_before != 4 * gru


@pytest.mark.parametrize("start", ["zeros", "ones", "default"])
def test_the_forget_bias_of_keras_starts_at_1_whatever_the_initialiser(start, keras):
    how = {} if start == "default" else {"bias_initializer": start}
    layer = keras.layers.LSTM(2, **how)
    layer.build((None, None, 1))
    i, f, c, o = np.split(keras_tools.weights(layer)[-1], 4)
    assert f.tolist() == [1, 1]
    assert i.tolist() == c.tolist() == o.tolist() == [float(start == "ones")] * 2


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "kind, n_gates, radius, largest", [("LSTM", 4, 0.5, 0.86), ("GRU", 3, 0.6, 0.94)]
)
def test_orthogonal_is_said_of_all_gates_beside_one_another_and_of_none_alone(
    kind, n_gates, radius, largest, seed, keras
):
    start = keras.initializers.Orthogonal(seed=seed)
    layer = getattr(keras.layers, kind)(64, recurrent_initializer=start)
    layer.build((None, None, 8))
    U = keras_tools.weights(layer)[1]
    assert same(np.linalg.svd(U, compute_uv=False), np.ones(64))
    for gate in np.split(U, n_gates, axis=1):
        sizes = np.linalg.svd(gate, compute_uv=False)
        assert sizes.min() < 0.1 and abs(sizes.max() - largest) < 0.05
        assert abs(spectral_radius(gate) - radius) < 0.15


@pytest.mark.parametrize("seed", range(3))
def test_a_simple_rnn_of_keras_has_one_gate_and_so_starts_orthogonal(seed, keras):
    start = keras.initializers.Orthogonal(seed=seed)
    layer = keras.layers.SimpleRNN(64, recurrent_initializer=start)
    layer.build((None, None, 8))
    U = keras_tools.weights(layer)[1]
    assert same(U @ U.T, np.eye(64)) and abs(spectral_radius(U) - 1) < 1e-4


def spectral_radius(U):
    return np.abs(np.linalg.eigvals(U)).max()


# -- what a masked step returns ------------------------------------------------------


@pytest.fixture
def masked(keras, rng):
    """Make a layer of two units that returns all, and an input of four steps for it."""

    def make(kind, **how):
        how = {"return_sequences": True, "return_state": True} | how
        return layer_of(keras, kind, 2, **how), numbers(rng, 3, 4, 2)

    return make


@pytest.mark.parametrize("start", [None, H0])
@every_kind
def test_right_padding_repeats_the_last_real_output(kind, start, masked):
    layer, x = masked(kind)
    y, h, *_ = called(layer, x, [1, 1, 0, 0], start)
    short, *states = called(layer, x[:, :2], start=start)
    assert same(y[:, :2], short) and same(h, states[0])
    assert same(y[:, 2], y[:, 1]) and same(y[:, 3], y[:, 1])
    assert np.abs(y[:, 1]).min() > 1e-4, "0 would be no repetition"


@pytest.mark.parametrize("mask", [[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 0, 1]])
@pytest.mark.parametrize("start", [None, H0])
@every_kind
def test_the_last_output_is_that_of_the_real_steps_alone(kind, start, mask, masked):
    layer, x = masked(kind, return_sequences=False)
    real = x[:, np.array(mask, bool)]
    assert all(
        map(same, called(layer, x, mask, start), called(layer, real, None, start))
    )


@every_kind
def test_left_padding_gives_zeros_before_the_first_real_step(kind, masked):
    layer, x = masked(kind)
    y, *_ = called(layer, x, [0, 0, 1, 1])
    short, *_ = called(layer, x[:, 2:])
    assert not y[:, :2].any() and same(y[:, 2:], short)


@every_kind
def test_only_jax_gives_the_initial_state_before_the_first_real_step(
    kind, keras, masked
):
    layer, x = masked(kind)
    y, *_ = called(layer, x, [0, 0, 1, 1], H0)
    short, *_ = called(layer, x[:, 2:], start=H0)
    before = H0 if keras.config.backend() == "jax" else 0
    assert (y[:, :2] == before).all() and same(y[:, 2:], short)


@every_kind
def test_an_unrolled_layer_gives_zeros_there_on_jax_too(kind, masked):
    layer, x = masked(kind, unroll=True)
    y, *_ = called(layer, x, [0, 0, 1, 1], H0)
    assert not y[:, :2].any() and y[:, 2:].any()


@every_kind
def test_padding_alone_leaves_the_state_and_its_output_is_zero_but_on_jax(
    kind, keras, masked
):
    layer, x = masked(kind, return_sequences=False)
    y, *states = called(layer, x, [0, 0, 0, 0], H0)
    assert (y == (H0 if keras.config.backend() == "jax" else 0)).all()
    assert all((h == H0).all() for h in states)


@pytest.mark.parametrize("mask", [[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]])
@every_kind
def test_zeros_at_masked_steps_must_be_asked_for_and_leave_the_state(
    kind, mask, masked
):
    layer, x = masked(kind)
    repeated, *states = called(layer, x, mask)
    y, *states_there = called(twin(layer, zero_output_for_mask=True), x, mask)
    assert same(y, repeated * np.reshape(mask, (4, 1)))
    assert all(map(same, states, states_there)) and states[0].any()


def test_only_jax_takes_a_cells_first_state_for_its_last_output(keras, rng):
    """At a masked step, and so at the end of a padded sequence."""

    class Doubled(keras.layers.SimpleRNNCell):
        def call(self, *args, **how):
            h, states = super().call(*args, **how)
            return 2 * h, states

    layer, x = keras.layers.RNN(Doubled(2)), numbers(rng, 3, 4, 2)
    mask = np.array([[1, 1, 0, 0]] * 3, bool)
    y, short = (keras.ops.convert_to_numpy(layer(*a)) for a in [(x,), (x[:, :2],)])
    padded = keras.ops.convert_to_numpy(layer(x, mask=mask))
    assert same(padded, short / 2 if keras.config.backend() == "jax" else short)
    assert not same(y, short)


# -- reading backwards ---------------------------------------------------------------


@every_kind
def test_go_backwards_returns_outputs_in_the_order_in_which_it_read(kind, masked):
    forwards, x = masked(kind, return_state=False)
    read_backwards = called(forwards, x[:, ::-1].copy())
    y = called(twin(forwards, go_backwards=True), x)
    assert same(y, read_backwards) and not same(y, read_backwards[:, ::-1])


@every_kind
def test_go_backwards_begins_with_right_padding_and_so_with_zeros(kind, masked):
    forwards, x = masked(kind, return_state=False)
    real = called(forwards, x[:, 1::-1].copy())
    y = called(twin(forwards, go_backwards=True), x, [1, 1, 0, 0])
    assert not y[:, :2].any() and same(y[:, 2:], real)


@every_kind
def test_an_unrolled_layer_with_a_mask_reads_backwards_but_on_pytorch(
    kind, keras, masked
):
    looped, x = masked(kind, return_state=False, go_backwards=True)
    mask = [1, 1, 0, 0]
    y = called(looped, x, mask)
    unrolled = twin(looped, unroll=True)
    if keras.config.backend() == "torch":
        with pytest.raises(AttributeError, match="shape"):
            called(unrolled, x, mask)
    else:
        assert same(called(unrolled, x, mask), y) and y[:, 2:].any()


@every_kind
def test_bidirectional_turns_the_backward_half_to_the_order_of_the_input(
    kind, keras, masked
):
    forwards, x = masked(kind, return_state=False)
    backwards = called(forwards, x[:, ::-1].copy())[:, ::-1]
    both = keras.layers.Bidirectional(twin(forwards))
    both.build(x.shape)
    both.set_weights(forwards.get_weights() * 2)
    y = keras.ops.convert_to_numpy(both(x))
    assert same(y, np.concatenate([called(forwards, x), backwards], axis=-1))


# -- stateful: what is kept from batch to batch --------------------------------------


class Stateful:
    """A model of one stateful layer, and a batch of two sequences for it."""

    def __init__(self, keras, kind, rng):
        layer = layer_of(keras, kind, 3, stateful=True)
        self.layer, self.batch = layer, 3 * numbers(rng, 2, 4, 1)
        self.model = keras.Sequential([keras.Input(batch_shape=(2, 4, 1)), layer])
        self.model.compile(keras.optimizers.SGD(0.0), "mse")  # a rate of 0: none learns
        self.first, self.second = self.called(), self.called()
        self.reset()

    def called(self):
        return keras_tools.load().ops.convert_to_numpy(self.model(self.batch))

    def reset(self):
        self.layer.reset_state()
        assert not self.kept()

    def kept(self):
        """Whether any state of the layer is not 0."""
        states = map(keras_tools.load().ops.convert_to_numpy, self.layer.states)
        return any(state.any() for state in states)

    def losses(self):
        """Of a first and of a second batch, where the targets are the first's."""
        return [0, np.mean((self.second - self.first) ** 2)]


@pytest.fixture
def stateful(keras, rng):
    return lambda kind: Stateful(keras, kind, rng)


@every_kind
def test_a_stateful_layer_that_is_called_goes_on_from_where_it_was(kind, stateful):
    net = stateful(kind)
    assert np.abs(net.second - net.first).max() > 1e-3
    assert same(net.called(), net.first) and net.kept()


@every_kind
def test_predict_keeps_the_state_and_on_jax_forgets_it_at_every_batch(
    kind, keras, stateful
):
    net = stateful(kind)
    twice = np.concatenate([net.batch, net.batch])
    y = net.model.predict(twice, batch_size=2, verbose=0)
    again = net.model.predict(net.batch, batch_size=2, verbose=0)
    jax = keras.config.backend() == "jax"
    assert same(y[:2], net.first) and same(y[2:], net.first if jax else net.second)
    assert same(again, net.first) == jax, "nor does the end of predict reset it"
    assert net.kept() != jax


@every_kind
def test_evaluate_gives_another_loss_the_second_time_but_on_jax(kind, keras, stateful):
    net = stateful(kind)
    losses = [
        net.model.evaluate(net.batch, net.first, batch_size=2, verbose=0)
        for _ in range(2)
    ]
    jax = keras.config.backend() == "jax"
    assert same(losses, [0, 0] if jax else net.losses())
    assert (losses[1] > 1e-6) != jax


@every_kind
def test_fit_carries_the_state_into_the_next_epoch_but_on_jax(kind, keras, stateful):
    """On PyTorch with use_cudnn=False, as here: see pytorch_recurrent.py."""
    net, jax = stateful(kind), keras.config.backend() == "jax"
    how = {"batch_size": 2, "epochs": 2, "verbose": 0, "shuffle": False}
    losses = net.model.fit(net.batch, net.first, **how).history["loss"]
    assert same(losses, [0, 0] if jax else net.losses())
    assert (losses[1] > 1e-6) == net.kept() != jax


def test_validation_within_fit_moves_the_state_of_the_training(keras, stateful):
    net = stateful("SimpleRNN")
    other = -net.batch, net.first
    how = {"batch_size": 2, "epochs": 2, "verbose": 0, "shuffle": False}
    alone = net.model.fit(net.batch, net.first, **how).history["loss"]
    net.reset()
    watched = net.model.fit(net.batch, net.first, validation_data=other, **how)
    difference = abs(watched.history["loss"][1] - alone[1])
    if keras.config.backend() == "jax":
        assert difference == 0
    else:
        assert difference > 1e-4


@every_kind
def test_a_stateful_layer_refuses_a_batch_of_another_size(kind, stateful):
    net = stateful(kind)
    with pytest.raises(ValueError, match="(?s)stateful.*batch size"):
        net.model.predict(net.batch[:1], verbose=0)


# -- fused kernels -------------------------------------------------------------------


def test_only_lstm_and_gru_of_keras_have_a_fused_kernel_to_ask_for(keras):
    """What a GPU then does is not seen here."""
    assert {keras.layers.LSTM(1).use_cudnn, keras.layers.GRU(1).use_cudnn} == {"auto"}
    with pytest.raises((TypeError, ValueError), match="use_cudnn"):
        keras.layers.SimpleRNN(1, use_cudnn=True)
