"""RBMs elsewhere: what scikit-learn's BernoulliRBM runs, where it differs from ours.

Seen with scikit-learn 1.9.1.
"""

import numpy as np
import pytest
from sklearn.neural_network import BernoulliRBM

from course_lib.datasets import digits, truth_table
from course_lib.maths import sigmoid
from course_lib.rbm import RBM, base_rates

seeds = pytest.mark.parametrize("seed", range(3))


def as_ours(theirs):
    """Their machine as one of ours: their W is of the hidden units' rows."""
    return RBM(
        theirs.components_.T, theirs.intercept_visible_, theirs.intercept_hidden_
    )


def as_theirs(ours):
    """Our machine as one of theirs, as if it had been fitted."""
    theirs = BernoulliRBM(len(ours.c), n_iter=0).fit(np.zeros((1, len(ours.b))))
    theirs.components_ = ours.W.T
    theirs.intercept_visible_, theirs.intercept_hidden_ = ours.b, ours.c
    return theirs


def plain_fit(X, H, size, lr, n_epochs, rng, restart=False, fresh=False):
    """W (V, H), b, c of their fit, from a RandomState: what it does, step by step.

    With restart, the chains begin at the rows of the batch each time: CD-1. If fresh,
    hidden units are drawn by the chances that they have when W has moved.
    """
    W, b, c = rng.normal(0, 0.01, (H, X.shape[1])).T, np.zeros(X.shape[1]), np.zeros(H)
    h = np.zeros((size, H))
    for _ in range(n_epochs):
        for start in range(0, len(X), size):
            v = X[start : start + size]
            if restart:
                h = rng.uniform(size=(len(v), H)) < sigmoid(v @ W + c)
            ends = rng.uniform(size=(len(h), len(b))) < sigmoid(h @ W.T + b)
            seen, dreamt = sigmoid(v @ W + c), sigmoid(ends @ W + c)
            W = W + lr / len(v) * (v.T @ seen - ends.T @ dreamt)
            b = b + lr / len(v) * (v.sum(axis=0) - ends.sum(axis=0))
            c = c + lr / len(v) * (seen.sum(axis=0) - dreamt.sum(axis=0))
            if fresh:
                dreamt = sigmoid(ends @ W + c)
            h = rng.uniform(size=dreamt.shape) < dreamt
    return W, b, c


def fitted(X, H=5, size=10, lr=0.1, n_epochs=3, seed=0):
    how = {"learning_rate": lr, "n_iter": n_epochs, "random_state": seed}
    return BernoulliRBM(H, batch_size=size, **how).fit(X)


def coins(shape, rng, p=0.5):
    return (rng.random(shape) < p).astype(float)


# -- the machine ---------------------------------------------------------------------


def test_energies_and_chances_are_ours(rng):
    ours = RBM(rng.normal(size=(4, 3)), rng.normal(size=4), rng.normal(size=3))
    theirs, v = as_theirs(ours), truth_table(4)
    assert np.allclose(theirs.transform(v), ours.hidden(v)), "chances, not states"
    assert np.allclose(theirs._free_energy(v), ours.free_energy(v))
    p = np.exp(-theirs._free_energy(v) - ours.log_partition())
    assert np.isclose(p.sum(), 1)


def test_its_gibbs_is_one_step_of_ours_and_comes_back_as_true_and_false(rng):
    ours = RBM(rng.normal(size=(3, 2)), rng.normal(size=3), rng.normal(size=2))
    theirs, v = as_theirs(ours), np.tile([1, 0, 1], (20_000, 1))
    theirs.random_state_ = np.random.RandomState(0)
    step = theirs.gibbs(v)
    assert step.dtype == bool
    assert np.abs(step.mean(axis=0) - ours.gibbs(v, rng).mean(axis=0)).max() < 0.02


def test_it_starts_nearly_at_zero_and_knows_nothing_of_how_often_pixels_are_on(rng):
    start = fitted(coins((50, 400), rng, 0.1), H=100, n_epochs=0)
    assert abs(start.components_.std() - 0.01) < 1e-4
    assert not start.intercept_visible_.any() and not start.h_samples_.any()
    assert base_rates(coins((50, 400), rng, 0.1)).mean() < -1.5


@seeds
def test_of_digits_that_are_mostly_on_it_learns_no_more_than_pixels_alone(seed):
    """From biases of 0 all hidden units are on for all images within a few batches; the
    same digits, ink for paper, raise the exact likelihood of what is held out."""
    v = np.random.default_rng(seed).permutation(digits()[0] > 8).astype(float)
    gains, least = [], []
    for x in (v, 1 - v):
        ours = as_ours(fitted(x[:1200], 12, 100, 0.2, 30, seed))
        alone = RBM(np.zeros((64, 1)), base_rates(x[:1200])).log_likelihood(x[1200:])
        gains.append(ours.log_likelihood(x[1200:]) - alone)
        least.append(ours.hidden(x).min())
    assert gains[0] > 1.5 and gains[1] < 0.1
    assert least[0] < 0.5 and least[1] > 0.99


# -- what it runs --------------------------------------------------------------------


@seeds
@pytest.mark.parametrize("n", [40, 43])
def test_it_runs_persistent_chains_over_the_rows_in_their_order(n, seed, rng):
    """Never shuffled; a plain loop with the same random numbers gives the same."""
    X = coins((n, 6), rng)
    theirs = as_ours(fitted(X, lr=1, n_epochs=10, seed=seed))
    W, b, c = plain_fit(X, 5, 10, 1, 10, np.random.RandomState(seed))
    for mine, other in zip((W, b, c), (theirs.W, theirs.b, theirs.c), strict=True):
        assert np.allclose(mine, other, atol=1e-12)
    again = plain_fit(X, 5, 10, 1, 10, np.random.RandomState(seed), restart=True)
    assert not np.allclose(again[0], theirs.W, atol=1e-3), "it is no CD-1"


@pytest.mark.parametrize("size", [1, 10, 100])
def test_its_rate_multiplies_the_mean_of_a_batch(size):
    """A sum would move 100 times as far with 100 rows."""
    biases = [
        fitted(np.ones((size, 50)), size=size, n_epochs=1, seed=seed).intercept_visible_
        for seed in range(10)
    ]
    assert np.max(biases) <= 0.1 and abs(np.mean(biases) - 0.05) < 0.01


def test_fit_begins_anew_and_partial_fit_goes_on(rng):
    X = coins((40, 6), rng)
    theirs = fitted(X)
    first = theirs.components_.copy()
    assert np.array_equal(theirs.fit(X).components_, first)
    theirs.partial_fit(X[:10])
    assert 0 < np.abs(theirs.components_ - first).max() < 0.1


# -- batches that are not as long as they should be ----------------------------------


def test_a_short_last_batch_counts_the_chains_too_often(rng):
    """101 rows of coins in batches of 100: the last row has 100 chains against it."""
    X = coins((101, 4), rng)

    def bias(X):
        runs = [fitted(X, 2, 100, 0.05, 20, seed) for seed in range(3)]
        return np.mean([run.intercept_visible_.mean() for run in runs])

    assert abs(bias(X[:100])) < 0.3 and bias(X) < -1


def test_ours_takes_the_mean_of_each_whatever_their_numbers(rng):
    X, chains = coins((1, 4), rng), coins((100, 4), rng)
    _, db, _, ends = RBM(np.zeros((4, 2))).cd(X, rng, chains=chains)
    assert np.allclose(db, X[0] - ends.mean(axis=0)) and np.abs(db).max() <= 1


@pytest.mark.parametrize("rows", [1, 1000])
def test_partial_fit_weighs_ten_chains_against_any_number_of_rows(rows):
    """Ten means would move the biases of ones by 0.05, as a batch of ten rows does."""
    moves = []
    for seed in range(10):
        theirs = BernoulliRBM(3, random_state=seed)  # batch_size is 10
        assert theirs.partial_fit(np.ones((rows, 50))) is None, "it says: self"
        moves.append(theirs.intercept_visible_.mean())
    expected = 0.1 * (1 - 0.5 * 10 / rows)
    assert abs(np.mean(moves) - expected) < 0.01 * max(1, 10 / rows)


# -- its score -----------------------------------------------------------------------


def conditional(ours, v):
    """Σ_i log p(v_i | the other visible units) of states v: (M,)."""
    total = 0
    for i in range(v.shape[1]):
        other = v.copy()
        other[:, i] = 1 - other[:, i]
        total = total - np.logaddexp(0, ours.free_energy(v) - ours.free_energy(other))
    return total


def test_its_score_is_a_pseudo_likelihood_of_one_random_pixel_a_row(rng):
    ours = RBM(rng.normal(0, 2, (5, 3)), rng.normal(size=5), rng.normal(size=3))
    theirs, v = as_theirs(ours), truth_table(5)
    theirs.random_state = np.random.RandomState(0)
    scores = np.array([theirs.score_samples(v) for _ in range(4_000)])
    assert np.ptp(scores, axis=0).min() > 0.1, "another pixel, another score"
    off = np.abs(scores.mean(axis=0) - conditional(ours, v))
    assert (off < 5 * scores.std(axis=0) / 4_000**0.5).all()
    exact = -ours.free_energy(v) - ours.log_partition()
    assert np.abs(scores.mean(axis=0) - exact).max() > 1, "that is no likelihood"


def test_its_score_does_not_see_a_mode_that_is_not_in_the_data():
    """Units are all on or all off, and half of the probability is where no data are."""
    W = np.full((10, 1), 12.0)
    both = RBM(W, np.full(10, -6.0), [-60.0])
    one = RBM(W, np.full(10, -6.0), [-50.0])
    v = np.ones((4, 10), int)
    gain = one.log_likelihood(v) - both.log_likelihood(v)
    assert abs(gain - np.log(2)) < 0.01
    assert np.abs(conditional(one, v) - conditional(both, v)).max() < 0.05
    scores = [as_theirs(rbm).score_samples(v) for rbm in (one, both)]
    assert np.abs(np.subtract(*scores)).max() < 0.05


# -- what it takes -------------------------------------------------------------------


@pytest.mark.parametrize("low, high", [(0, 16), (0, 255), (-1, 1)])
def test_it_learns_from_any_numbers_and_says_nothing(low, high, rng, recwarn):
    X = np.where(coins((40, 6), rng) > 0, high, low)
    theirs = fitted(X)
    assert (
        np.isfinite(theirs.components_).all()
        and np.isfinite(theirs.score_samples(X)).all()
    )
    assert not len(recwarn)
    with pytest.raises(ValueError, match="v must hold states, 0 and 1, or chances"):
        as_ours(theirs).cd(X, rng)


def test_its_gibbs_makes_states_of_what_is_no_number(rng):
    theirs = fitted(coins((40, 6), rng))
    with np.errstate(invalid="ignore"):
        assert set(np.unique(theirs.gibbs(np.full((500, 6), np.nan)))) <= {False, True}
    for ask in theirs.fit, theirs.transform, theirs.score_samples:
        with pytest.raises(ValueError, match="contains NaN"):
            ask(np.full((2, 6), np.nan))
    with pytest.raises(ValueError, match="v must hold finite numbers"):
        as_ours(theirs).gibbs(np.full((2, 6), np.nan), rng)


def test_fit_keeps_float32_and_partial_fit_does_not(rng):
    X = coins((20, 6), rng).astype("float32")
    assert fitted(X).components_.dtype == "float32"
    theirs = BernoulliRBM(3, random_state=0)
    theirs.partial_fit(X[:10])
    assert theirs.components_.dtype == "float64"


# -- side by side --------------------------------------------------------------------


def ours_fitted(X, H, size, lr, n_epochs, rng):
    """The same updates by ours: chains, no shuffle, the same start."""
    rbm, chains = (
        RBM(rng.normal(0, 0.01, (X.shape[1], H))),
        np.zeros((size, X.shape[1])),
    )
    for _ in range(n_epochs):
        for start in range(0, len(X), size):
            *slopes, chains = rbm.cd(X[start : start + size], rng, chains=chains)
            for parameter, slope in zip((rbm.W, rbm.b, rbm.c), slopes, strict=True):
                parameter += lr * slope
    return rbm


def likelihoods(n_epochs, lr):
    """Of digits held out, exact, after three seeds of each: theirs, ours, fresh."""
    v = np.random.default_rng(0).permutation(digits()[0] > 8).astype(float)
    train, rest = v[:1200], v[1200:]
    how = 12, 100, lr, n_epochs
    found = []
    for seed in range(3):
        theirs = as_ours(fitted(train, *how, seed))
        ours = ours_fitted(train, *how, np.random.default_rng(seed))
        fresh = RBM(*plain_fit(train, *how, np.random.RandomState(seed), fresh=True))
        found.append([rbm.log_likelihood(rest) for rbm in (theirs, ours, fresh)])
    alone = RBM(np.zeros((64, 1)), base_rates(train)).log_likelihood(rest)
    return np.array(found).T - alone


@pytest.mark.slow
def test_equal_updates_at_a_low_rate_lead_both_to_the_same_exact_likelihood():
    theirs, ours, _ = likelihoods(n_epochs=80, lr=0.1)
    assert min(*theirs, *ours) > 3 and abs(theirs.mean() - ours.mean()) < 0.3


@pytest.mark.slow
def test_at_a_high_rate_its_chains_which_lag_behind_the_weights_cost_likelihood():
    """It draws hidden units by the chances of the weights before; nothing else differs
    from what is fresh, and that is like ours."""
    theirs, ours, fresh = likelihoods(n_epochs=15, lr=0.5)
    assert (fresh - theirs > 0.5).all() and (fresh - theirs).mean() > 1.5
    assert ours.min() > 1.5 and abs(ours.mean() - fresh.mean()) < 0.6
