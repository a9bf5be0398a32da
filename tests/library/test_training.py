"""Optimisers and the loop: equal to Keras' step by step, and every example seen."""

import numpy as np
import pytest

from course_lib.layers import Dense, Sequential, Tanh
from course_lib.maths import cross_entropy, squared_error
from course_lib.training import SGD, AdaGrad, Adam, Momentum, batches, clip, fit

X = np.random.default_rng(7).normal(size=(10, 3))
Y = np.arange(10) % 4


def small_net(seed=0):
    rng = np.random.default_rng(seed)
    return Sequential(Dense(3, 5, rng), Tanh(), Dense(5, 4, rng))


def backward(net):
    """Leave the gradients of the cross-entropy behind, and return copies of them."""
    net.gradients(cross_entropy(net.forward(X), Y)[1])
    return [g.copy() for _, g in net.parameters()]


def parameters(net):
    return [p.copy() for p, _ in net.parameters()]


# -- each optimiser against Keras' -----------------------------------------------

# numbers that float32 holds exactly: Keras keeps its learning rate and powers in it
SETTINGS = {
    "SGD": (lambda: SGD(0.25), "SGD", {"learning_rate": 0.25}),
    "SGD with a long step": (lambda: SGD(2.0), "SGD", {"learning_rate": 2.0}),
    "Momentum": (
        lambda: Momentum(0.125),
        "SGD",
        {"learning_rate": 0.125, "momentum": 0.9},
    ),
    "Momentum 0.5": (
        lambda: Momentum(0.5, 0.5),
        "SGD",
        {"learning_rate": 0.5, "momentum": 0.5},
    ),
    "AdaGrad": (
        lambda: AdaGrad(0.25),
        "Adagrad",
        {"learning_rate": 0.25, "initial_accumulator_value": 0.0, "epsilon": 1e-7},
    ),
    "AdaGrad with a large eps": (
        lambda: AdaGrad(0.5, eps=0.01),
        "Adagrad",
        {"learning_rate": 0.5, "initial_accumulator_value": 0.0, "epsilon": 0.01},
    ),
    "Adam": (lambda: Adam(), "Adam", {}),
    "Adam 0.5 0.75": (
        lambda: Adam(0.125, beta_1=0.5, beta_2=0.75, eps=0.001),
        "Adam",
        {"learning_rate": 0.125, "beta_1": 0.5, "beta_2": 0.75, "epsilon": 0.001},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SETTINGS)
def test_an_optimiser_takes_the_steps_of_keras(name):
    from course_lib import keras_tools

    keras = keras_tools.load()
    ours, theirs, settings = SETTINGS[name]
    net, optimiser = small_net(), ours()
    other = getattr(keras.optimizers, theirs)(**settings)
    variables = [keras.Variable(p, dtype="float64") for p in parameters(net)]
    start = parameters(net)
    for _ in range(25):
        gradients = backward(net)
        optimiser.step(net)
        tensors = [keras.ops.convert_to_tensor(g, dtype="float64") for g in gradients]
        other.apply(tensors, variables)
        for p, variable in zip(parameters(net), variables, strict=True):
            found = keras.ops.convert_to_numpy(variable)
            assert np.allclose(p, found, rtol=0, atol=1e-6)
    moved = [np.abs(p - q).max() for p, q in zip(parameters(net), start, strict=True)]
    assert min(moved) > 1e-3, "they agree, but have they moved?"


# -- what each rule is known for -------------------------------------------------


class OneArray:
    """A net of one parameter, whose gradient the test decides."""

    def __init__(self, p, g=None):
        self.p, self.g = np.array(p, dtype=float), g

    def parameters(self):
        yield self.p, self.g


def steps(optimiser, gradients):
    """The changes that an optimiser makes for a list of gradients."""
    net = OneArray(np.zeros(np.shape(gradients[0])))
    changes = []
    for g in gradients:
        before, net.g = net.p.copy(), np.array(g, dtype=float)
        optimiser.step(net)
        changes.append(net.p - before)
    return np.array(changes)


def test_adams_first_step_is_the_learning_rate_times_the_sign():
    g = np.array([1000.0, -3.0, 0.02, -0.5])
    (first,) = steps(Adam(0.1), [g])
    assert np.allclose(first, -0.1 * np.sign(g), rtol=1e-3)


def test_adam_barely_notices_the_scale_of_the_loss(rng):
    gradients = rng.normal(size=(20, 3))
    small, large = (steps(Adam(0.1), scale * gradients) for scale in (1, 1000))
    assert np.allclose(small, large, rtol=1e-3, atol=1e-5)


def test_momentum_adds_up_what_agrees_and_cancels_what_does_not():
    same = steps(Momentum(0.1, 0.9), [[1.0]] * 200)
    assert np.isclose(same[-1, 0], -0.1 / (1 - 0.9))
    fro = steps(Momentum(0.1, 0.9), [[(-1.0) ** t] for t in range(200)])
    assert np.isclose(abs(fro[-1, 0]), 0.1 / (1 + 0.9))


def test_adagrads_steps_shrink_as_one_over_the_root_of_t():
    found = steps(AdaGrad(0.5), [[3.0]] * 100)[:, 0]
    assert np.allclose(found, -0.5 / np.sqrt(np.arange(1, 101)), rtol=1e-6)


@pytest.mark.parametrize("kind", [SGD, Momentum, AdaGrad, Adam])
def test_a_schedule_is_called_with_the_steps_one_two_three(kind):
    seen = []

    def schedule(t):
        seen.append(t)
        return 0.1 / t

    changes = steps(kind(schedule), [[1.0]] * 4)
    assert seen == [1, 2, 3, 4]
    assert np.array_equal(changes[0], steps(kind(0.1), [[1.0]])[0])
    assert np.all(changes < 0)


@pytest.mark.parametrize("kind", [SGD, Momentum, AdaGrad, Adam])
def test_an_optimiser_remembers_each_parameter_by_itself(kind):
    net, optimiser = small_net(), kind(0.1)
    together = parameters(net)
    gradients = [backward(net)]
    optimiser.step(net)
    gradients.append(backward(net))
    optimiser.step(net)
    for k, p in enumerate(together):
        alone = p + steps(kind(0.1), [g[k] for g in gradients]).sum(axis=0)
        assert np.allclose(parameters(net)[k], alone)


# -- batches ---------------------------------------------------------------------


@pytest.mark.parametrize("n, size", [(10, 3), (9, 3), (4, 7), (1, 1)])
def test_batches_hold_every_number_once_and_the_last_may_be_smaller(n, size, rng):
    found = list(batches(n, size, rng))
    assert sorted(np.concatenate(found)) == list(range(n))
    assert [len(k) for k in found[:-1]] == [size] * (len(found) - 1)
    assert len(found[-1]) == n - size * (len(found) - 1) > 0


def test_batches_come_in_another_order_each_time(rng):
    one, other = (np.concatenate(list(batches(50, 8, rng))) for _ in range(2))
    assert not np.array_equal(one, other)
    assert not np.array_equal(one, np.arange(50))


# -- the loop --------------------------------------------------------------------


def trained(net, **changes):
    settings = {"optimiser": SGD(0.5), "rng": np.random.default_rng(3)} | changes
    settings = {"X": X, "y": Y, "loss": cross_entropy, "n_epochs": 20} | settings
    return fit(net, **{"batch_size": 4} | settings)


@pytest.mark.parametrize(
    "optimiser", [SGD(0.5), Momentum(0.1), AdaGrad(0.3), Adam(0.02)]
)
def test_training_lowers_the_loss(optimiser):
    losses = trained(small_net(), optimiser=optimiser, n_epochs=60)
    assert len(losses) == 60 and all(isinstance(loss, float) for loss in losses)
    assert losses[-1] < 0.5 * losses[0]


def test_the_loss_of_an_epoch_is_the_mean_over_the_examples():
    losses = trained(small_net(), optimiser=SGD(1e-12), n_epochs=1)
    expected = cross_entropy(small_net().forward(X), Y)[0]
    assert np.isclose(losses[0], expected), "the smaller last batch counts less"


def test_the_same_generator_gives_the_same_net():
    one, same, other = small_net(), small_net(), small_net()
    losses = trained(one), trained(same)
    trained(other, rng=np.random.default_rng(4))
    assert losses[0] == losses[1]
    for p, q, r in zip(*map(parameters, (one, same, other)), strict=True):
        assert np.array_equal(p, q) and not np.array_equal(p, r)


def test_training_changes_neither_examples_nor_labels():
    before = X.copy(), Y.copy()
    trained(small_net())
    assert np.array_equal(X, before[0]) and np.array_equal(Y, before[1])


@pytest.mark.parametrize("kind", [SGD, Momentum, AdaGrad, Adam])
def test_a_net_in_float32_stays_in_float32(kind):
    net = small_net().astype("float32")
    optimiser = kind(0.1)
    fit(net, X.astype("float32"), Y, cross_entropy, optimiser, np.random.default_rng(0))
    assert {p.dtype for p in parameters(net)} == {np.dtype("float32")}
    kept = [m.dtype for memory in optimiser.memories.values() for m in memory]
    assert set(kept) <= {np.dtype("float32")}


def test_watch_is_called_after_every_epoch():
    net, seen = small_net(), []
    trained(net, n_epochs=3, watch=lambda: seen.append(parameters(net)[0]))
    assert len(seen) == 3 and not np.array_equal(seen[0], seen[1])


def test_targets_may_have_several_columns():
    targets = np.eye(4)[Y]
    losses = trained(small_net(), y=targets, loss=squared_error, n_epochs=50)
    assert losses[-1] < losses[0]


# -- what was wrong, and what was expected ---------------------------------------


@pytest.mark.parametrize(
    "changes, words",
    [
        (
            {"X": X[:0], "y": Y[:0]},
            r"X must have shape \(N, 3\) with N ≥ 1; .*\(0, 3\)",
        ),
        ({"y": Y[:7]}, r"y must have shape \(10,\).*it has shape \(7,\)"),
        ({"X": np.where(X == X[2, 1], np.nan, X)}, "X must hold finite numbers.*NaN"),
        ({"X": np.array([["a"] * 3] * 10)}, "X must hold numbers; it holds <U1"),
        ({"y": Y + 1}, "y must hold labels from 0 to 3; it holds"),
        ({"y": Y - 1}, "y must hold labels from 0 to 3; it holds"),
        ({"y": Y / 2}, "y must hold integers; it holds float64"),
        ({"batch_size": 0}, "size must be above 0; got 0"),
        ({"n_epochs": 0}, "n_epochs must be above 0; got 0"),
        ({"X": X[:, :2]}, r"x must have shape \(N, 3\).*\(.*, 2\)"),
    ],
)
def test_bad_input_is_named_with_what_came_and_what_was_expected(changes, words):
    with pytest.raises(ValueError, match=words):
        trained(small_net(), **changes)


@pytest.mark.parametrize("kind", [SGD, Momentum, AdaGrad, Adam])
@pytest.mark.parametrize("lr", [0, -0.1, float("nan")])
def test_a_learning_rate_must_be_positive(kind, lr):
    with pytest.raises(ValueError, match=f"lr must be above 0; got {lr}"):
        kind(lr)


def test_a_net_without_gradients_is_told_to_call_backward():
    with pytest.raises(ValueError, match="no gradients yet; call its backward"):
        SGD(0.1).step(small_net())


def test_a_long_gradient_is_cut_to_length_1_and_keeps_its_direction():
    net = Dense(2, 1, np.random.default_rng(0))
    net.dW, net.db = np.array([[3.0], [0.0]]), np.array([4.0])
    assert clip(net)
    assert np.allclose(net.dW, [[0.6], [0]]) and np.allclose(net.db, 0.8)
    net.dW *= 0.5
    assert not clip(net)
    assert np.allclose(net.dW, [[0.3], [0]]) and np.allclose(net.db, 0.8)
