"""One neuron: what the perceptron's rule and the gradient can promise."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from course_lib import datasets
from course_lib.maths import log_loss
from course_lib.neurons import LogisticUnit, Perceptron

CORNERS = datasets.truth_table(2)
AND, OR, XOR = np.array([[-1, -1, -1, 1], [-1, 1, 1, 1], [-1, 1, 1, -1]])


def with_one(X):
    return np.column_stack([X, np.ones(len(X))])


def noisy(seed, n=200):
    """Overlapping classes, so that the best weights are finite."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3))
    return X, (X @ [1, -2, 0.5] + rng.normal(scale=2, size=n) > 0.3).astype(int)


# -- the perceptron ------------------------------------------------------------


def test_and_is_learned_in_9_epochs_with_18_mistakes():
    p = Perceptron().fit(CORNERS, AND)
    assert (len(p.mistakes), sum(p.mistakes)) == (9, 18)
    assert (list(p.w), p.b) == ([3, 2], -4)
    assert p.converged and list(p.predict(CORNERS)) == list(AND)


def test_or_is_learned_in_6_epochs_with_9_mistakes():
    p = Perceptron().fit(CORNERS, OR)
    assert (len(p.mistakes), sum(p.mistakes)) == (6, 9)
    assert p.converged and list(p.predict(CORNERS)) == list(OR)


def test_xor_is_never_learned_and_the_weights_return_to_zero():
    p = Perceptron().fit(CORNERS, XOR, n_epochs=100)
    assert p.mistakes == [4] * 100
    assert (list(p.w), p.b) == ([0, 0], 0)
    assert not p.converged


@pytest.mark.parametrize("shift", [0, 0.5])
@pytest.mark.parametrize("margin", [0.3, 0.1, 0.03])
def test_the_perceptron_never_exceeds_novikoffs_bound(margin, shift):
    for seed in range(20):
        X, y, w = datasets.separable(50, 3, margin, np.random.default_rng(seed))
        X, b = X + shift, -shift * w.sum()  # the plane moves along
        gamma = np.min(y * (X @ w + b)) / np.hypot(1, b)
        bound = (np.max(X**2 @ np.ones(3)) + 1) / gamma**2  # R² has the 1 inside
        p = Perceptron().fit(X, y, n_epochs=int(bound) + 1)
        assert p.converged, "an epoch that is not the last has a mistake"
        assert sum(p.mistakes) <= bound


def test_the_perceptron_is_one_with_the_bias_as_a_last_weight(rng):
    X, y, _ = datasets.separable(50, 3, 0.1, rng)
    p, w = Perceptron().fit(X, y), np.zeros(4)
    for _ in p.mistakes:
        for x_i, y_i in zip(with_one(X), y, strict=True):
            if y_i * (w @ x_i) <= 0:
                w = w + y_i * x_i
    assert np.allclose([*p.w, p.b], w)


def test_a_score_of_zero_counts_as_silence():
    p = Perceptron().fit(CORNERS, XOR, n_epochs=1)
    assert list(p.score(CORNERS)) == [0] * 4
    assert list(p.predict(CORNERS)) == [-1] * 4


# -- the logistic unit ---------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_the_logistic_unit_finds_scikit_learns_weights(seed):
    X, y = noisy(seed)
    unit = LogisticUnit().fit(X, y, lr=1.0, n_epochs=2000)
    other = LogisticRegression(C=np.inf, tol=1e-8).fit(X, y)
    assert np.allclose(unit.w, other.coef_, rtol=0, atol=1e-3)
    assert np.isclose(unit.b, other.intercept_[0], rtol=0, atol=1e-3)
    assert np.allclose(unit.predict_proba(X), other.predict_proba(X)[:, 1], atol=1e-3)
    assert (unit.predict(X) == other.predict(X)).mean() > 0.99


@pytest.mark.parametrize("seed", range(5))
def test_a_short_gradient_step_always_lowers_the_loss(seed):
    X, y = noisy(seed)
    curvature = np.linalg.norm(with_one(X), ord=2) ** 2 / (4 * len(X))  # at most
    losses = LogisticUnit().fit(X, y, lr=1 / curvature, n_epochs=50).losses
    assert np.isclose(losses[0], np.log(2))
    assert (np.diff(losses) < 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_the_log_loss_lies_below_each_of_its_chords(seed):
    (X, y), rng = noisy(seed), np.random.default_rng(seed)

    def loss(w):
        return log_loss(with_one(X) @ w, y)[0]

    for _ in range(100):
        start, end, t = rng.normal(size=4), rng.normal(size=4), rng.random()
        chord = (1 - t) * loss(start) + t * loss(end)
        assert loss((1 - t) * start + t * end) < chord


def test_given_weights_are_used_as_they_are():
    unit = LogisticUnit([1, -2], b=3)
    assert list(unit.logit([[1, 1], [0, 5]])) == [2, -7]
    assert list(unit.predict([[1, 1], [0, 5]])) == [1, 0]


# -- both ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Perceptron, LogisticUnit])
def test_learning_changes_no_input(kind):
    X = np.array([[0.0, 1], [2, 3], [1, 0]])
    y = np.array([-1, 1, 1]) if kind is Perceptron else np.array([0, 1, 1])
    X_before, y_before = X.copy(), y.copy()
    kind().fit(X, y).predict(X)
    assert (X == X_before).all() and (y == y_before).all()


@pytest.mark.parametrize("kind", [Perceptron, LogisticUnit])
@pytest.mark.parametrize(
    "X, y, message",
    [
        ([1.0, 2], [1, 1], r"X must have shape \(N, D\).* shape \(2,\)"),
        (
            np.zeros((0, 2)),
            [],
            r"X must have shape \(N, D\) with N and D ≥ 1.* \(0, 2\)",
        ),
        ([[1, np.nan]], [1], r"X must hold finite numbers"),
        ([[1, np.inf]], [1], r"X must hold finite numbers"),
        ([[1, 2], [3, 4]], [1], r"y must have shape \(2,\).* \(1,\)"),
        ([[1, 2], [3, 4]], [[1], [1]], r"y must have shape \(2,\).* \(2, 1\)"),
        ([[1, 2], [3, 4]], [1, 5], r"y must hold labels \(-?\d, 1\).* 5"),
        ([[1, 2], [3, 4]], [1, np.nan], r"y must hold labels \(-?\d, 1\).* nan"),
    ],
)
def test_bad_input_is_refused_with_the_name_of_the_argument(kind, X, y, message):
    with pytest.raises(ValueError, match=message):
        kind().fit(X, y)


def test_each_neuron_wants_labels_of_its_own():
    with pytest.raises(ValueError, match=r"y must hold labels \(-1, 1\)"):
        Perceptron().fit(CORNERS, [0, 0, 0, 1])
    with pytest.raises(ValueError, match=r"y must hold labels \(0, 1\)"):
        LogisticUnit().fit(CORNERS, AND)
