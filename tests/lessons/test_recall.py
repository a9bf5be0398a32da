"""The update that lesson 13 writes down: attention, and a memory of 10,000 patterns."""

import json

import numpy as np
import pytest

from course_lib import gaps, keras_tools


@pytest.fixture(scope="module")
def recall():
    """The function of the story's cell, as gaps_data keeps it."""
    stored = json.loads((gaps.FOLDER / "13_hopfield.json").read_text("utf-8"))
    space = {"np": np}
    exec(stored["recall"]["source"], space)
    return space["recall"]


def attention(query, keys, values, beta):
    """softmax(β Q Kᵀ) V, with the exponentials written out."""
    weights = np.exp(beta * query @ keys.T)
    return weights / weights.sum(axis=-1, keepdims=True) @ values


@pytest.mark.parametrize("beta", [0.1, 1, 4])
def test_an_update_is_softmax_attention_of_the_patterns(recall, beta, rng):
    X, states = rng.choice([-1.0, 1.0], (50, 16)), rng.uniform(-1, 1, (20, 16))
    new = np.array([recall(s, X, beta) for s in states])
    assert np.abs(new - attention(states, X, X, beta)).max() < 1e-12


@pytest.mark.slow
@pytest.mark.parametrize("beta", [0.1, 1])
def test_keras_attention_is_the_same_update(recall, beta, rng):
    X, states = rng.choice([-1.0, 1.0], (50, 16)), rng.uniform(-1, 1, (20, 16))
    with keras_tools.full_precision():
        layer = keras_tools.load().layers.Attention()  # query, value, key
        query, keys = (a[None].astype("float32") for a in (beta * states, X))
        there = np.asarray(layer([query, keys, keys]))[0]
    new = np.array([recall(s, X, beta) for s in states])
    assert np.abs(new - there).max() < 1e-5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_ten_thousand_patterns_in_64_units_come_back_from_a_tenth_of_noise(
    recall, seed
):
    rng = np.random.default_rng(seed)
    X = rng.choice([-1.0, 1.0], (10_000, 64))
    starts = X[:200].copy()
    for s in starts:
        s[rng.choice(64, 6, replace=False)] *= -1
    sharp = np.array([recall(s, X, 1.0) for s in starts])
    assert (np.sign(sharp) == X[:200]).all(axis=1).mean() > 0.97
    blunt = np.array([recall(s, X, 0.01) for s in starts])
    assert (np.sign(blunt) == X[:200]).all(axis=1).mean() < 0.1, "β does it"
