"""The functions and losses of every net, held against their definitions."""

import numpy as np
import pytest
import scipy.special
import sklearn.metrics

from course_lib.maths import (
    cross_entropy,
    glorot,
    he,
    log_loss,
    logsumexp,
    one_hot,
    sigmoid,
    softmax,
    squared_error,
)


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


# -- more than two classes -----------------------------------------------------

SHAPES = [(3,), (4, 3), (2, 4, 3), (5, 1)]


@pytest.mark.parametrize("size", [1, 50, 1e4])
@pytest.mark.parametrize("shape", SHAPES)
def test_softmax_and_logsumexp_equal_scipys(shape, size, rng):
    z = size * rng.normal(size=shape)
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        p, total = softmax(z), logsumexp(z)
    assert np.allclose(p, scipy.special.softmax(z, axis=-1), rtol=1e-12, atol=0)
    assert np.allclose(total, scipy.special.logsumexp(z, axis=-1), rtol=1e-14)
    assert np.allclose(p.sum(axis=-1), 1)


def test_softmax_depends_on_differences_only(rng):
    z = rng.normal(size=(4, 3))
    assert np.allclose(softmax(z), softmax(z + 700))
    assert np.allclose(logsumexp(z) + 700, logsumexp(z + 700))


def test_softmax_of_two_classes_is_the_sigmoid_of_the_difference(rng):
    z = rng.normal(scale=5, size=(20, 2))
    assert np.allclose(softmax(z)[:, 1], sigmoid(z[:, 1] - z[:, 0]))


@pytest.mark.parametrize("function", [softmax, logsumexp, sigmoid])
def test_functions_keep_the_dtype_of_their_input(function):
    assert function(np.zeros((2, 3), np.float32)).dtype == np.float32


def test_one_hot_has_a_single_1_in_each_row_at_its_label():
    y = np.array([2, 0, 2, 1])
    rows = one_hot(y, 4)
    assert rows.shape == (4, 4) and np.array_equal(rows.argmax(axis=1), y)
    assert set(rows.ravel()) == {0, 1} and (rows.sum(axis=1) == 1).all()


@pytest.mark.parametrize("wrong, words", [([3], "from 0 to 2.*3 to 3"), ([-1], "-1")])
def test_one_hot_refuses_labels_outside_of_the_classes(wrong, words):
    with pytest.raises(ValueError, match=f"y must hold labels.*{words}"):
        one_hot(np.array(wrong), 3)


def test_labels_that_are_no_integers_are_refused():
    with pytest.raises(ValueError, match="y must hold integers; it holds float64"):
        one_hot(np.array([0.0, 1.0]), 3)
    with pytest.raises(ValueError, match="y must hold integers; it holds float64"):
        cross_entropy(np.zeros((2, 3)), np.array([0.5, 1]))


# -- weights at the start ------------------------------------------------------

SIZES = [(300, 500), (500, 300), (1000, 150)]


@pytest.mark.parametrize("n_in, n_out", SIZES)
def test_glorot_has_the_variance_of_its_paper_and_keeps_within_its_limit(
    n_in, n_out, rng
):
    W = glorot(n_in, n_out, rng)
    assert W.shape == (n_in, n_out)
    assert abs(W.var() * (n_in + n_out) / 2 - 1) < 0.02
    assert abs(W.mean()) < 5 * W.std() / np.sqrt(W.size)
    limit = np.sqrt(6 / (n_in + n_out))
    assert 0.99 * limit < np.abs(W).max() <= limit


@pytest.mark.parametrize("n_in, n_out", SIZES)
def test_he_has_the_variance_of_its_paper(n_in, n_out, rng):
    W = he(n_in, n_out, rng)
    assert W.shape == (n_in, n_out)
    assert abs(W.var() * n_in / 2 - 1) < 0.02
    assert abs(W.mean()) < 5 * W.std() / np.sqrt(W.size)


@pytest.mark.parametrize("init, name", [(glorot, "n_in"), (he, "n_in")])
def test_a_start_without_inputs_is_refused(init, name, rng):
    with pytest.raises(ValueError, match=f"{name} must be above 0; got 0"):
        init(0, 3, rng)


# -- the other losses ----------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_cross_entropy_is_minus_log_p_of_what_happened(seed):
    rng = np.random.default_rng(seed)
    z, y = rng.normal(scale=3, size=(30, 4)), rng.integers(0, 4, 30)
    loss, _ = cross_entropy(z, y)
    assert np.isclose(loss, sklearn.metrics.log_loss(y, softmax(z), labels=range(4)))


@pytest.mark.parametrize("N, K", [(1, 2), (5, 3), (7, 10)])
@pytest.mark.parametrize("seed", range(3))
def test_the_gradient_of_cross_entropy_equals_central_differences(seed, N, K):
    rng = np.random.default_rng(seed)
    z, y = rng.normal(scale=2, size=(N, K)), rng.integers(0, K, N)
    numerical = central_differences(lambda z: cross_entropy(z, y)[0], z)
    gradient = cross_entropy(z, y)[1]
    assert np.allclose(gradient, numerical, atol=1e-9)
    assert np.allclose(gradient, (softmax(z) - one_hot(y, K)) / N)


def test_cross_entropy_is_finite_where_the_model_is_sure_and_wrong():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        loss, gradient = cross_entropy(np.array([[1000.0, 0, 0]]), np.array([1]))
    assert loss == 1000 and np.allclose(gradient, [[1, -1, 0]])


def test_cross_entropy_of_two_classes_is_the_log_loss(rng):
    z, y = rng.normal(size=20), rng.integers(0, 2, 20)
    both = np.column_stack([np.zeros(20), z])
    assert np.isclose(cross_entropy(both, y)[0], log_loss(z, y)[0])
    assert np.allclose(cross_entropy(both, y)[1][:, 1], log_loss(z, y)[1])


@pytest.mark.parametrize("y", [[0, 3], [-1, 0]])
def test_cross_entropy_refuses_labels_outside_of_the_classes(y):
    with pytest.raises(ValueError, match="y must hold labels from 0 to 2; it holds"):
        cross_entropy(np.zeros((2, 3)), np.array(y))


def test_cross_entropy_refuses_other_numbers_of_labels_and_bare_rows():
    with pytest.raises(ValueError, match=r"y must have shape \(2,\).*\(3,\)"):
        cross_entropy(np.zeros((2, 3)), np.array([0, 1, 2]))
    with pytest.raises(ValueError, match=r"z must have shape \(N, K\).*\(3,\)"):
        cross_entropy(np.zeros(3), np.array([0]))


@pytest.mark.parametrize("shape", [(4,), (4, 1), (3, 2)])
def test_the_gradient_of_the_squared_error_equals_central_differences(shape, rng):
    y_hat, y = rng.normal(size=shape), rng.normal(size=shape)
    numerical = central_differences(lambda z: squared_error(z, y)[0], y_hat)
    assert np.allclose(squared_error(y_hat, y)[1], numerical)
    assert np.isclose(squared_error(y_hat, y)[0], np.mean((y_hat - y) ** 2))


@pytest.mark.parametrize("loss", [log_loss, squared_error])
def test_columns_and_rows_are_not_broadcast_into_a_table(loss):
    with pytest.raises(ValueError, match=r"same shape.*\(4, 1\).*\(4,\)"):
        loss(np.zeros((4, 1)), np.zeros(4))


@pytest.mark.parametrize("loss", [log_loss, squared_error])
def test_an_empty_batch_has_no_loss(loss):
    with pytest.raises(ValueError, match="not be empty"):
        loss(np.zeros((0, 1)), np.zeros((0, 1)))
    with pytest.raises(
        ValueError, match=r"z must have shape \(N, K\) with N and K ≥ 1"
    ):
        cross_entropy(np.zeros((0, 3)), np.zeros(0, int))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_losses_refuse_what_is_not_finite(bad):
    with pytest.raises(ValueError, match="z must hold finite numbers"):
        log_loss(np.array([bad]), [0])
    with pytest.raises(ValueError, match="z must hold finite numbers"):
        cross_entropy(np.array([[0, bad]]), np.array([0]))
    with pytest.raises(ValueError, match="y_hat must hold finite numbers"):
        squared_error(np.array([bad]), np.zeros(1))
    with pytest.raises(ValueError, match="y must hold finite numbers"):
        squared_error(np.zeros(1), np.array([bad]))


def test_losses_of_float32_stay_float32():
    z = np.zeros((2, 3), np.float32)
    for loss, y in [
        (log_loss, np.ones((2, 3), int)),
        (cross_entropy, np.array([0, 2])),
        (squared_error, np.ones((2, 3))),
    ]:
        value, gradient = loss(z, y)
        assert value.dtype == gradient.dtype == np.float32


# -- any number of positions: steps of a sequence, heads -------------------------

POSITIONS = [(4,), (3, 5), (2, 3, 4), (1, 1)]


@pytest.mark.parametrize("positions", POSITIONS)
def test_cross_entropy_is_the_mean_over_all_positions(positions, rng):
    z, y = rng.normal(size=(*positions, 6)), rng.integers(0, 6, positions)
    loss, dz = cross_entropy(z, y)
    losses = [cross_entropy(z[k][None], y[k][None])[0] for k in np.ndindex(positions)]
    assert np.isclose(loss, np.mean(losses), rtol=1e-12)
    for k in np.ndindex(positions):
        alone = cross_entropy(z[k][None], y[k][None])[1][0]
        assert np.allclose(dz[k], alone / y.size, rtol=0, atol=1e-12)


@pytest.mark.parametrize("loss", [log_loss, squared_error])
@pytest.mark.parametrize("positions", POSITIONS)
def test_the_other_losses_are_the_mean_over_all_positions_too(positions, loss, rng):
    z, y = rng.normal(size=(*positions, 2)), rng.integers(0, 2, (*positions, 2))
    value, dz = loss(z, y)
    flat, slopes = loss(z.reshape(-1, 2), y.reshape(-1, 2))
    assert np.isclose(value, flat, rtol=1e-12)
    assert dz.shape == z.shape
    assert np.allclose(dz.reshape(-1, 2), slopes, rtol=0, atol=1e-12)


def test_the_gradient_of_cross_entropy_over_steps_equals_central_differences(rng):
    z, y = rng.normal(scale=2, size=(2, 3, 4)), rng.integers(0, 4, (2, 3))
    numerical = central_differences(lambda z: cross_entropy(z, y)[0], z)
    assert np.allclose(cross_entropy(z, y)[1], numerical, atol=1e-9)


@pytest.mark.parametrize(
    "z, y, words",
    [
        ((2, 3, 4), (2,), r"y must have shape \(2, 3\).*it has shape \(2,\)"),
        ((2, 3, 4), (2, 3, 4), r"y must have shape \(2, 3\).*\(2, 3, 4\)"),
        ((2, 0, 4), (2, 0), r"z must have shape \(N, T, K\) with N and T and K ≥ 1"),
        ((2, 1, 3, 0), (2, 1, 3), r"z must have shape \(N, H, T, K\)"),
    ],
)
def test_labels_have_one_place_for_each_position(z, y, words):
    with pytest.raises(ValueError, match=words):
        cross_entropy(np.zeros(z), np.zeros(y, int))


def test_cross_entropy_changes_neither_logits_nor_labels(rng):
    z, y = rng.normal(size=(2, 3, 4)), rng.integers(0, 4, (2, 3))
    before = z.copy(), y.copy()
    cross_entropy(z, y)
    assert np.array_equal(z, before[0]) and np.array_equal(y, before[1])


def test_losses_over_steps_of_float32_stay_float32():
    z = np.zeros((2, 5, 3), np.float32)
    value, gradient = cross_entropy(z, np.zeros((2, 5), int))
    assert value.dtype == gradient.dtype == np.float32
