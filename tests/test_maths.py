"""The sigmoid and the log-loss, held against their definitions."""

import numpy as np
import pytest
import sklearn.metrics

from course_lib.maths import log_loss, sigmoid


def test_sigmoid_equals_its_formula():
    z = np.linspace(-30, 30, 601)
    assert np.allclose(sigmoid(z), 1 / (1 + np.exp(-z)), rtol=0, atol=1e-15)


def test_sigmoid_never_overflows_and_stays_between_0_and_1():
    z = np.array([-np.inf, -1e308, -1e3, 0, 1e3, 1e308, np.inf])
    with np.errstate(all="raise"):
        assert list(sigmoid(z)) == [0, 0, 0, 0.5, 1, 1, 1]


def test_sigmoid_of_minus_z_is_one_minus_sigmoid_of_z(rng):
    z = rng.normal(scale=5, size=100)
    assert np.allclose(sigmoid(-z), 1 - sigmoid(z), rtol=0, atol=1e-15)


def test_sigmoid_keeps_the_dtype_of_its_input():
    assert sigmoid(np.zeros(3, dtype=np.float32)).dtype == np.float32
    assert sigmoid(0) == 0.5


def central_differences(f, z, h=1e-5):
    """The gradient of f by z, one entry after the other."""
    gradient = np.zeros_like(z)
    for k in np.ndindex(z.shape):
        step = np.zeros_like(z)
        step[k] = h
        gradient[k] = (f(z + step) - f(z - step)) / (2 * h)
    return gradient


@pytest.mark.parametrize("shape", [(7,), (7, 1), (4, 3)])
@pytest.mark.parametrize("seed", range(5))
def test_the_gradient_of_the_log_loss_equals_central_differences(seed, shape):
    rng = np.random.default_rng(seed)
    z, y = rng.normal(scale=2, size=shape), rng.integers(0, 2, shape)
    numerical = central_differences(lambda z: log_loss(z, y)[0], z)
    error = np.linalg.norm(log_loss(z, y)[1] - numerical) / np.linalg.norm(numerical)
    assert error < 1e-6


def test_the_log_loss_is_finite_where_the_model_is_sure_and_wrong():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        loss, gradient = log_loss([1000, -1000], [0, 1])
    assert loss == 1000, "each costs as much as its logit is wrong"
    assert list(gradient) == [0.5, -0.5]


@pytest.mark.parametrize("seed", range(5))
def test_the_log_loss_is_minus_log_p_of_what_happened(seed):
    rng = np.random.default_rng(seed)
    z, y = rng.normal(scale=3, size=50), rng.integers(0, 2, 50)
    p = sigmoid(z)
    loss = log_loss(z, y)[0]
    assert np.isclose(loss, -np.log(np.where(y == 1, p, 1 - p)).mean())
    assert np.isclose(loss, sklearn.metrics.log_loss(y, p, labels=[0, 1]))


def test_who_always_says_one_half_pays_log_2():
    assert np.isclose(log_loss(np.zeros(4), [0, 1, 1, 0])[0], np.log(2))


def test_z_and_y_of_different_shapes_are_refused():
    with pytest.raises(ValueError, match=r"z and y .* same shape.*\(3,\).*\(2,\)"):
        log_loss(np.zeros(3), [0, 1])


@pytest.mark.parametrize("wrong", [-1, 2, 0.5, np.nan])
def test_a_label_other_than_0_and_1_is_refused_and_shown(wrong):
    with pytest.raises(ValueError, match=rf"y must hold labels \(0, 1\).*{wrong}"):
        log_loss(np.zeros(2), [1, wrong])
