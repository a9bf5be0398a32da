"""The gradient check: right layers pass it, planted mistakes do not."""

import numpy as np
import pytest

from course_lib.gradcheck import (
    gradient_errors,
    named,
    numerical_gradient,
    relative_error,
)
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
from course_lib.maths import cross_entropy, he, log_loss, squared_error

SMALL = 1e-6  # far above rounding, far below any mistake


def normal(n_in, n_out, rng):
    """A start that is neither glorot nor he."""
    return rng.normal(size=(n_in, n_out))


def fixed(layer):
    """A dropout layer whose mask is drawn once and kept, so that f is a function."""
    layer.forward(np.ones((4, 3)), training=True)
    mask = layer.mask

    def forward(x, training=False):
        layer.mask = mask
        return x * mask

    layer.forward = forward
    return layer


NETS = {
    "dense, glorot": lambda rng: (Dense(3, 2, rng),),
    "dense, he": lambda rng: (Dense(3, 2, rng, he),),
    "dense, normal": lambda rng: (Dense(3, 2, rng, normal),),
    "one in, one out": lambda rng: (
        Dense(3, 1, rng),
        Dense(1, 1, rng),
        Dense(1, 2, rng),
    ),
    "sigmoid": lambda rng: (Dense(3, 4, rng), Sigmoid(), Dense(4, 2, rng)),
    "tanh": lambda rng: (Dense(3, 4, rng), Tanh(), Dense(4, 2, rng)),
    "relu": lambda rng: (Dense(3, 6, rng), ReLU(), Dense(6, 2, rng)),
    "dropout": lambda rng: (fixed(Dropout(0.4, rng)), Dense(3, 2, rng)),
    "flatten": lambda rng: (Dense(3, 2, rng), Flatten()),
    "residual": lambda rng: (Residual(Dense(3, 3, rng), Tanh()), Dense(3, 2, rng)),
    "residual, two layers": lambda rng: (
        Residual(Dense(3, 5, rng), Sigmoid(), Dense(5, 3, rng)),
        Dense(3, 2, rng),
    ),
    "nested": lambda rng: (
        Sequential(Dense(3, 4, rng), Residual(Residual(Dense(4, 4, rng)), Tanh())),
        Sigmoid(),
        Dense(4, 2, rng),
    ),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", NETS)
def test_every_gradient_of_every_layer_equals_central_differences(name, seed):
    rng = np.random.default_rng(seed)
    net = Sequential(*NETS[name](rng))
    for _, p, _ in named(net):
        p += 0.1 * rng.normal(size=p.shape)  # biases that are not zero
    errors = gradient_errors(
        net, rng.normal(size=(4, 3)), rng.normal(size=(4, 2)), squared_error
    )
    assert len(errors) == 1 + len(list(net.parameters()))
    assert max(errors.values()) < SMALL, errors


@pytest.mark.parametrize("N", [1, 2, 7])
@pytest.mark.parametrize(
    "loss, K",
    [(log_loss, 1), (log_loss, 3), (cross_entropy, 4), (squared_error, 2)],
)
def test_every_loss_passes_at_the_end_of_a_net(loss, K, N, rng):
    net = Sequential(Dense(3, 5, rng), Tanh(), Dense(5, K, rng))
    y = rng.integers(0, K if loss is cross_entropy else 2, (N, K))
    y = y[:, 0] if loss is cross_entropy else y
    errors = gradient_errors(net, rng.normal(size=(N, 3)), y, loss)
    assert max(errors.values()) < SMALL, errors


@pytest.mark.parametrize("shape", [(2, 5), (3, 2, 2), (2, 3, 1, 2)])
def test_examples_of_any_shape_pass_through_flatten(shape, rng):
    net = Sequential(Tanh(), Flatten(), Dense(int(np.prod(shape[1:])), 2, rng))
    x, y = rng.normal(size=shape), rng.normal(size=(shape[0], 2))
    assert max(gradient_errors(net, x, y, squared_error).values()) < SMALL


# -- planted mistakes ----------------------------------------------------------


class LostSign(Sigmoid):
    def backward(self, dy):
        return -super().backward(dy)


class ForgottenSlope(Tanh):
    def backward(self, dy):
        return dy


class SlopeAtZ(Sigmoid):
    def forward(self, x, training=False):
        self.z = x
        return super().forward(x)

    def backward(self, dy):
        return dy * self.z * (1 - self.z)


class AllPass(ReLU):
    def backward(self, dy):
        return dy


class Untransposed(Dense):
    def backward(self, dy):
        self.gradients(dy)
        return dy @ self.W


class FirstExampleOnly(Dense):
    def gradients(self, dy):
        self.dW, self.db = np.outer(self.x[0], dy[0]), dy.sum(axis=0)


class MeanBias(Dense):
    def gradients(self, dy):
        super().gradients(dy)
        self.db = dy.mean(axis=0)


class NoShortcut(Residual):
    def backward(self, dy):
        return super().backward(dy) - dy


def dense(rng):
    return Dense(3, 3, rng)


PLANTED = {  # mistake: the layer that has it, and the first wrong name from the end
    "lost sign": (lambda rng: LostSign(), "Dense 1 b"),
    "forgotten slope": (lambda rng: ForgottenSlope(), "Dense 1 b"),
    "slope at z": (lambda rng: SlopeAtZ(), "Dense 1 b"),
    "all pass": (lambda rng: AllPass(), "Dense 1 b"),
    "W not transposed": (lambda rng: Untransposed(3, 3, rng), "Dense 1 b"),
    "one example": (lambda rng: FirstExampleOnly(3, 3, rng), "FirstExampleOnly 2 W"),
    "mean of db": (lambda rng: MeanBias(3, 3, rng), "MeanBias 2 b"),
    "no shortcut": (lambda rng: NoShortcut(Dense(3, 3, rng), Tanh()), "Dense 1 b"),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_found_and_placed(name, seed):
    rng = np.random.default_rng(seed)
    make, last_wrong = PLANTED[name]
    net = Sequential(dense(rng), make(rng), dense(rng))
    x, y = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    errors = gradient_errors(net, x, y, squared_error)
    wrong = [key for key, error in errors.items() if error > 1e-3]
    assert wrong[-1] == last_wrong, errors
    after = list(errors)[list(errors).index(last_wrong) + 1 :]
    assert all(errors[key] < SMALL for key in after), "blame travels backwards"


@pytest.mark.parametrize("N", [2, 5])
def test_a_forgotten_1_over_n_is_found_in_every_parameter(N, rng):
    def summed(z, y):
        value, dz = squared_error(z, y)
        return value, dz * len(z)

    net = Sequential(dense(rng), Tanh(), dense(rng))
    errors = gradient_errors(
        net, rng.normal(size=(N, 3)), rng.normal(size=(N, 3)), summed
    )
    expected = (N - 1) / (N + 1)
    assert all(np.isclose(error, expected, atol=1e-5) for error in errors.values())


def test_a_wrong_loss_with_its_own_slope_is_not_found(rng):
    def exchanged(z, y):
        return log_loss(z, 1 - y)

    net = Sequential(Dense(3, 1, rng))
    y = rng.integers(0, 2, (6, 1))
    errors = gradient_errors(net, rng.normal(size=(6, 3)), y, exchanged)
    assert max(errors.values()) < SMALL, "a check compares with the loss it is given"


# -- the check itself ----------------------------------------------------------


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 1, 2)])
def test_the_numerical_gradient_of_a_cubic_is_its_slope(shape, rng):
    x = np.array(rng.normal(size=shape))
    assert np.allclose(numerical_gradient(lambda: np.sum(x**3), x), 3 * x**2, atol=1e-8)


def test_central_differences_are_exact_on_a_parabola_whatever_the_nudge(rng):
    x = rng.normal(size=4)
    assert np.allclose(numerical_gradient(lambda: np.sum(x**2), x, h=0.5), 2 * x)


def test_every_entry_is_put_back_to_the_last_bit(rng):
    x = rng.normal(size=(3, 2))
    before = x.copy()
    numerical_gradient(lambda: np.sum(np.sin(x)), x)
    assert np.array_equal(x, before)


@pytest.mark.parametrize("good_calls", range(4))
def test_x_is_put_back_also_when_f_fails(good_calls, rng):
    x, calls = rng.normal(size=2), []
    before = x.copy()

    def f():
        calls.append(1)
        if len(calls) > good_calls:
            raise ArithmeticError("on purpose")
        return x.sum()

    with pytest.raises(ArithmeticError, match="on purpose"):
        numerical_gradient(f, x)
    assert np.array_equal(x, before)


def test_float32_is_refused_as_rounding_would_drown_the_nudge():
    with pytest.raises(ValueError, match="x must be float64.*it is float32"):
        numerical_gradient(lambda: 0.0, np.zeros(2, np.float32))


def test_a_check_leaves_the_input_and_the_parameters_as_they_were(rng):
    net = Sequential(dense(rng), Tanh(), dense(rng))
    x, y = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    before = [x.copy(), *(p.copy() for p, _ in net.parameters())]
    gradient_errors(net, x, y, squared_error)
    after = [x, *(p for p, _ in net.parameters())]
    assert all(
        np.array_equal(one, other) for one, other in zip(before, after, strict=True)
    )


def test_a_check_refuses_an_input_that_is_not_a_number(rng):
    with pytest.raises(ValueError, match="x must hold finite numbers.*NaN"):
        gradient_errors(
            Sequential(dense(rng)), [[1, 2, np.nan]], [[0, 0, 0]], squared_error
        )


def test_parameters_are_named_by_the_place_of_their_layer(rng):
    net = Sequential(dense(rng), Residual(Tanh(), dense(rng)))
    assert [name for name, _, _ in named(net)] == [
        "Dense 1 W",
        "Dense 1 b",
        "Residual 2 Dense 2 W",
        "Residual 2 Dense 2 b",
    ]


def test_the_relative_error_runs_from_0_to_1():
    g = np.array([3.0, -4])
    assert relative_error(g, g) == 0 and relative_error(g, -g) == 1
    assert np.isclose(relative_error(g, 2 * g), 1 / 3) and relative_error(g, 0 * g) == 1
    assert relative_error(np.zeros(2), np.zeros(2)) == 0, "where both vanish they agree"
    assert isinstance(relative_error(g, g), float)


def test_a_layer_of_ones_own_can_be_checked(rng):
    class Square(Layer):
        def forward(self, x, training=False):
            self.x = x
            return x**2

        def backward(self, dy):
            return 2 * self.x * dy

    net = Sequential(dense(rng), Square())
    x, y = rng.normal(size=(4, 3)), rng.normal(size=(4, 3))
    assert max(gradient_errors(net, x, y, squared_error).values()) < SMALL
