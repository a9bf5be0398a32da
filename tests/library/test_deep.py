"""Deep nets: what keeps their signals and their blame alive, and what does not."""

import numpy as np
import pytest

from course_lib.layers import Dense, Dropout, ReLU, Residual, Sequential, Tanh
from course_lib.maths import cross_entropy, glorot, he

N, WIDTH, DEPTH = 100, 64, 20
SEEDS = range(5)


def old(n_in, n_out, rng):
    """Uniform between -1/√n_in and 1/√n_in, the usual start until about 2010."""
    return rng.uniform(-1, 1, (n_in, n_out)) / np.sqrt(n_in)


def passes(init, unit, seed, block=Sequential):
    """The lengths of a deep net's signals and of dL/da, each by hidden layer."""
    rng = np.random.default_rng(seed)
    hidden = [block(Dense(WIDTH, WIDTH, rng, init), unit()) for _ in range(DEPTH)]
    signals, a = [], rng.random((N, WIDTH))
    for part in hidden:
        a = part.forward(a)
        signals.append(np.linalg.norm(a))
    last = Dense(WIDTH, 10, rng, init)
    _, dz = cross_entropy(last.forward(a), rng.integers(0, 10, N))
    blames, da = [], last.backward(dz)
    for part in reversed(hidden):
        blames.append(np.linalg.norm(da))
        da = part.backward(da)
    return np.array(signals), np.array(blames[::-1])


@pytest.mark.parametrize("init, unit", [(glorot, Tanh), (he, ReLU)])
def test_the_right_start_keeps_signal_and_blame_through_20_layers(init, unit):
    for seed in SEEDS:
        signals, blames = passes(init, unit, seed)
        assert 0.1 < signals[-1] / signals[0] < 10
        assert 0.05 < blames[0] / blames[-1] < 20


@pytest.mark.parametrize("init, unit", [(old, Tanh), (glorot, ReLU), (old, ReLU)])
def test_a_start_too_small_loses_both(init, unit):
    for seed in SEEDS:
        signals, blames = passes(init, unit, seed)
        assert signals[-1] / signals[0] < 0.01
        assert blames[0] / blames[-1] < 0.01


def test_a_start_too_large_explodes_although_no_slope_exceeds_one():
    def large(n_in, n_out, rng):
        return 3 * rng.normal(size=(n_in, n_out)) / np.sqrt(n_in)

    for seed in SEEDS:
        _, blames = passes(large, Tanh, seed)
        assert blames[0] / blames[-1] > 100


@pytest.mark.parametrize("init", [old, glorot])
def test_shortcuts_keep_the_blame_of_a_tanh_net_whatever_the_start(init):
    for seed in SEEDS:
        _, blames = passes(init, Tanh, seed, Residual)
        assert 1 / 30 < blames[0] / blames[-1] < 30


def test_hes_start_and_shortcuts_together_more_than_double_the_mean_square():
    growth = [passes(he, ReLU, seed, Residual)[0] for seed in SEEDS]
    per_layer = [(s[-1] / s[0]) ** (2 / (DEPTH - 1)) for s in growth]
    assert 2 < min(per_layer) and max(per_layer) < 4


def test_an_old_start_shrinks_a_small_signal_by_the_root_of_three_per_layer():
    rng, lengths = np.random.default_rng(0), []
    a = 0.001 * rng.normal(size=(N, 400))
    for _ in range(5):
        lengths.append(np.linalg.norm(a))
        a = np.tanh(a @ old(400, 400, rng))
    shrinks = np.divide(lengths[:-1], lengths[1:])
    assert np.allclose(shrinks, np.sqrt(3), rtol=0.05)


@pytest.mark.parametrize("p", [0.2, 0.5])
def test_dropout_keeps_the_mean_and_is_silent_after_training(p):
    rng = np.random.default_rng(0)
    dropout, a = Dropout(p, rng), rng.normal(size=(4, 5))
    mean = np.mean([dropout.forward(a, training=True) for _ in range(4000)], axis=0)
    assert np.allclose(mean, a, atol=0.15)
    assert np.array_equal(dropout.forward(a), a)


def test_dropout_silences_a_unit_and_not_single_connections():
    rng = np.random.default_rng(0)
    kept = Dropout(0.5, rng).forward(np.ones((1, 30)), training=True)
    connections = kept.T * np.ones((30, 4))  # what each unit sends to four others
    assert set(np.count_nonzero(connections, axis=1)) == {0, 4}
