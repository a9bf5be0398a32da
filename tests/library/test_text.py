"""Text as numbers, and the n-gram: its counts, and that it is no straw man."""

import re
import time
from functools import cache

import numpy as np
import pytest

from course_lib import datasets, text

SAYING = "a rose is a rose, and roses rise"


@pytest.fixture(scope="module")
def prose():
    """The course's prose in codes: the alphabet, what to learn from, what to be new."""
    everything = datasets.prose()
    alphabet = text.Alphabet(everything)
    codes = alphabet.encode(everything)
    return alphabet, codes[: len(codes) * 9 // 10], codes[len(codes) * 9 // 10 :]


# -- an alphabet, and pieces -----------------------------------------------------


def test_decoding_undoes_encoding():
    alphabet = text.Alphabet("banana split")
    assert alphabet.letters == " abilnpst" and len(alphabet) == 9
    codes = alphabet.encode("a tail")
    assert codes.tolist() == [1, 0, 8, 1, 3, 4]
    assert alphabet.decode(codes) == "a tail"


def test_an_unknown_letter_is_named_with_its_place():
    alphabet = text.Alphabet("abc ")
    says = "text holds 'x' at place 5, after 'ab ca'; the alphabet is ' abc'"
    with pytest.raises(ValueError, match=re.escape(says)):
        alphabet.encode("ab caxbzc")
    with pytest.raises(ValueError, match="'z' at place 0, after ''"):
        alphabet.encode("z")


@pytest.mark.parametrize("wrong", [None, 3, ["a", "b"], b"ab", np.array([0, 1])])
def test_what_is_no_text_is_named_with_its_type(wrong):
    for use in (text.Alphabet, text.Alphabet("ab").encode):
        with pytest.raises(TypeError, match=f"it is of type {type(wrong).__name__}"):
            use(wrong)


def test_an_empty_text_is_an_error():
    for use in (text.Alphabet, text.Alphabet("ab").encode):
        with pytest.raises(ValueError, match="at least one letter; it is empty"):
            use("")


@pytest.mark.parametrize("codes", [[0, 2], [-1], [0.0, 1.0], "ab"])
def test_codes_of_no_letter_are_an_error(codes):
    with pytest.raises(ValueError, match="codes must "):
        text.Alphabet("ab").decode(codes)


def test_a_target_is_the_letter_one_step_on():
    X, Y = text.pieces(np.arange(12), 4)
    assert X.tolist() == [[0, 1, 2, 3], [4, 5, 6, 7]]
    assert Y.tolist() == [[1, 2, 3, 4], [5, 6, 7, 8]]


@pytest.mark.parametrize("n, N", [(4, 0), (5, 1), (8, 1), (9, 2)])
def test_a_piece_needs_one_letter_more_than_it_has(n, N):
    if N:
        assert text.pieces(np.arange(n), 4)[1].shape == (N, 4)
    else:
        with pytest.raises(ValueError, match="need 5 codes; there are 4"):
            text.pieces(np.arange(n), 4)


@pytest.mark.parametrize("codes", [[], [[0, 1], [1, 0]], 3])
def test_what_is_no_row_of_codes_is_named_with_its_shape(codes):
    uses = (
        lambda codes: text.pieces(codes, 1),
        text.NGram(1, 2).fit,
        text.NGram(1, 2).fit([0, 1]).bits,
    )
    for use in uses:
        with pytest.raises(ValueError, match=r"codes must have shape \(T,\)"):
            use(codes)


# -- the n-gram ------------------------------------------------------------------


def slowly(a, s, n, training, letters):
    """p(a | s) as NGram's docstring defines it, for strings, by looking everywhere."""

    @cache
    def stood(row):
        """How often a row of n letters stands, or after how many letters a shorter."""
        if len(row) == n:
            return sum(training[i : i + n] == row for i in range(len(training)))
        return sum(stood(letter + row) > 0 for letter in letters)

    @cache
    def discount(k):
        rows = {training[i : i + k] for i in range(len(training) - k + 1)}
        every = [stood(row) for row in rows]
        once, twice = every.count(1) + 1, every.count(2) + 1
        return once / (once + 2 * twice)

    def p(a, s):
        followers = [stood(s + b) for b in letters]
        below = p(a, s[1:]) if s else 1 / len(letters)
        if sum(followers) == 0:
            return below
        d = discount(len(s) + 1)
        rest = d * sum(f > 0 for f in followers) / sum(followers)
        return max(stood(s + a) - d, 0) / sum(followers) + rest * below

    return p(a, s)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_an_n_gram_is_what_its_definition_says(n):
    alphabet = text.Alphabet(SAYING + "x")  # no x has been seen
    model = text.NGram(n, len(alphabet)).fit(alphabet.encode(SAYING))
    for before in ("a rose i", "r", "exo", " x", "roses a"):
        s = before[-n + 1 :] if n > 1 else ""
        expected = [slowly(a, s, n, SAYING, alphabet.letters) for a in alphabet.letters]
        p = model.next(alphabet.encode(before))
        np.testing.assert_allclose(p, expected, rtol=1e-12)


@pytest.mark.parametrize("n", [1, 2, 3, 5, 9])
def test_probabilities_sum_to_1_and_no_letter_is_impossible(n, prose):
    alphabet, old, new = prose
    model = text.NGram(n, len(alphabet)).fit(old)
    p = model.next(new[: 20 * 50].reshape(50, 20))
    assert p.shape == (50, len(alphabet)) and p.min() > 0
    np.testing.assert_allclose(p.sum(axis=-1), 1, rtol=1e-12)


@pytest.mark.parametrize("training", ["a", "aaaa", "abababab", "aabb", "abcabcabcabc"])
def test_texts_without_rare_rows_leave_every_letter_some_probability(training):
    alphabet = text.Alphabet(training + "z")
    for n in range(1, len(training) + 1):
        model = text.NGram(n, len(alphabet)).fit(alphabet.encode(training))
        for before in "az":
            p = model.next(alphabet.encode(before))
            assert p.min() > 0 and np.isclose(p.sum(), 1)


@pytest.mark.parametrize("n", [1, 2, 4])
def test_the_bits_of_a_text_are_those_of_its_next_letters_one_by_one(n, prose):
    alphabet, old, new = prose
    model = text.NGram(n, len(alphabet)).fit(old)
    one_by_one = [-np.log2(model.next(new[:t])[new[t]]) for t in range(1, 60)]
    np.testing.assert_allclose(model.bits(new[:60])[1:], one_by_one, rtol=1e-12)


def test_only_the_last_letters_count():
    model = text.NGram(3, 3).fit([0, 1, 2, 0, 1, 1, 2, 0])
    one, other = model.next([[0, 2, 0, 1], [1, 1, 0, 1]])
    assert np.array_equal(one, other)
    assert not np.array_equal(one, model.next([1, 1]))


def test_before_it_counts_every_letter_is_as_probable():
    assert text.NGram(3, 4).bits([0, 3, 1]).tolist() == [2, 2, 2]


def test_longer_rows_help_up_to_a_length_and_then_do_little_harm(prose):
    alphabet, old, new = prose
    bits = [
        text.NGram(n, len(alphabet)).fit(old).bits(new).mean() for n in range(1, 10)
    ]
    assert bits[:5] == sorted(bits[:5], reverse=True)
    assert bits[2] < 2.8 and min(bits) < 2.25
    assert bits[8] < min(bits) + 0.05


def test_ten_thousand_letters_take_no_time(prose):
    alphabet, old, new = prose
    model = text.NGram(5, len(alphabet)).fit(old)
    start = time.process_time()
    model.bits(new[:10_000])
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "make, says",
    [
        (lambda: text.NGram(0, 3), "n must be above 0; got 0"),
        (lambda: text.NGram(10, 79), "n must be smaller than 10"),
        (lambda: text.NGram(4, 2).fit([0, 1, 0]), "codes must be n = 4 or more; got 3"),
        (
            lambda: text.NGram(2, 2).fit([0, 1, 2]),
            "labels from 0 to 1; it holds 0 to 2",
        ),
        (lambda: text.NGram(2, 2).next([0.5]), "before must hold integers"),
        (lambda: text.NGram(2, 2).next([[0], [2]]), "before must hold labels"),
    ],
)
def test_what_an_n_gram_cannot_use_is_named(make, says):
    with pytest.raises(ValueError, match=says):
        make()


def test_three_offers_begin_with_the_likeliest_letters_and_go_on_with_the_likeliest():
    def model(seen):  # after k comes k + 1, less likely k + 2, then k + 3, of 0 to 4
        ahead = (np.arange(5) - seen[:, -1:] - 1) % 5
        return np.where(seen.shape[1] == 2, 1 / (1 + ahead), np.nan)

    found = text.offers(model, np.array([[3, 0], [0, 4]]), 3)
    assert found.tolist() == [
        [[1, 2, 3], [2, 3, 4], [3, 4, 0]],
        [[0, 1, 2], [1, 2, 3], [2, 3, 4]],
    ]
