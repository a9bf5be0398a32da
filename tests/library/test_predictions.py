"""Predictions: asked, kept, judged right after the run, honest without a kernel."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from bs4 import BeautifulSoup
from ipywidgets.widgets.widget import _instances

from course_lib import claims, predictions, progress
from course_lib.claims import claim
from course_lib.predictions import WIDGET_VIEW, chosen, outcome, predict

OPTIONS, LETTERS = ["none", "all"], ["a", "b", "c"]


@pytest.fixture
def shown(monkeypatch):
    """What predict, outcome and claim display, as (data, metadata)."""
    found = []
    for module in (claims, predictions):
        monkeypatch.setattr(
            module,
            "display",
            lambda data, metadata=None, raw=None: found.append((data, metadata)),
        )
    return found


def axes():
    ax = plt.subplots()[1]
    ax.set(xlim=(-1, 1), ylim=(0, 10))
    return ax


def box(bundle):
    """The live box behind a displayed prediction."""
    return _instances[bundle[WIDGET_VIEW]["model_id"]]


def answered(shown, guess):
    box(shown[-1][0]).guess = guess
    return box(shown[-1][0])


def page(data):
    return BeautifulSoup(data["text/html"], "html.parser").get_text(" ")


KINDS = {
    "choice": ({"options": OPTIONS}, "all", "all", "none"),
    "number": ({"number": (0, 100, "mistakes")}, 18, 18, 60),
    "order": (
        {"order": ["a", "b", "c"]},
        ["c", "a", "b"],
        ["c", "a", "b"],
        ["a", "b", "c"],
    ),
    "point": ({"point": (axes, "A curve.", 0.5)}, (0.5, 4), [0.5, 4.2], [-1, 4]),
}


def asked(name):
    settings = dict(KINDS[name][0])
    if "point" in settings:
        make, *rest = settings["point"]
        settings["point"] = (make(), *rest)
    return settings


@pytest.mark.parametrize("name", KINDS)
def test_a_guess_of_each_kind_is_kept_and_judged(name, shown):
    _, right, good, bad = KINDS[name]
    for guess, sign in ((good, "✓"), (bad, "✗")):
        predict("What comes?", **asked(name))
        live = answered(shown, guess)
        assert chosen("What comes?") == guess
        assert live.reply["to"] == guess and live.reply["words"].startswith("Kept: ")
        outcome("It came.", right)
        data, about = shown[-1]
        assert f"It came. {sign} " in page(data)
        assert re.search("You (predicted|pointed)|As you", page(data))
        assert about["outcome"]["words"] == "It came." and "right" in about["outcome"]


@pytest.mark.parametrize("name", KINDS)
def test_a_page_that_nobody_runs_shows_the_question_and_what_it_asks(name, shown):
    predict("What comes?", **asked(name))
    data, about = shown[-1]
    assert "What comes?" in page(data) and "What comes?" in data["text/plain"]
    for item in KINDS[name][0].get("options", KINDS[name][0].get("order", ())):
        assert item in page(data)
    assert about["prediction"] == {
        "question": "What comes?",
        "kind": name,
        "quiz": False,
    }


@pytest.mark.parametrize("name", KINDS)
def test_asked_again_the_box_and_the_page_show_the_last_answer(name, shown):
    predict("What comes?", **asked(name))
    answered(shown, KINDS[name][3])
    predict("What comes?", **asked(name))
    assert box(shown[-1][0]).guess == KINDS[name][3]
    assert "Your answer so far" in page(shown[-1][0])
    assert "Run this cell to answer again" in page(shown[-1][0])


def test_a_number_is_told_how_far_off_it_is(shown):
    predict("How many?", number=(0, 100, "mistakes"))
    answered(shown, 20)
    outcome("18 mistakes", 18)
    assert "20 mistakes: 2 too high (11% of it)" in page(shown[-1][0])
    predict("How many?", number=(0, 100, "mistakes"))
    answered(shown, 17)
    outcome("18 mistakes", np.int64(18))
    assert "1 too low (6% of it), close" in page(shown[-1][0])


@pytest.mark.parametrize(
    "guess, words",
    [
        (8, "✓ You predicted 8 digits: within what came, from 0 to 10."),
        (12, "✗ You predicted 12 digits: 2 too high; what came was from 0 to 10."),
    ],
)
def test_a_number_that_luck_moves_is_held_against_all_that_came(guess, words, shown):
    predict("How many?", number=(0, 157, "digits"))
    answered(shown, guess)
    outcome("0 to 10", (np.int64(0), 10))
    assert words in page(shown[-1][0])
    right = shown[-1][1]["outcome"]["right"]
    assert right == [0, 10] and type(right[0]) is int


def test_an_order_is_told_how_many_stand_at_their_place(shown):
    predict("Which first?", order=["a", "b", "c"])
    answered(shown, ["a", "c", "b"])
    outcome("a, b, c", ["a", "b", "c"])
    assert "1 of 3 at their place; right was a, b, c" in page(shown[-1][0])


def test_a_point_is_told_how_far_it_lies_from_the_right_one(shown):
    predict("Where?", point=(axes(), "A curve.", 0.5))
    answered(shown, [0.0, 7.0])
    outcome("At the bottom.", (0.0, 4.0))
    assert "✗" in page(shown[-1][0]) and "3 from" in page(shown[-1][0])


def test_a_point_lies_where_the_axes_lie_in_the_picture(shown):
    predict("Where?", point=(axes(), "A curve.", 0.5))
    state = box(shown[-1][0]).asked
    assert state["x"] == [-1, 1] and state["y"] == [0, 10]
    left, right, bottom, top = state["box"]
    assert 0 < left < 0.3 < 0.7 < right <= 1 and 0 < bottom < 0.3 < 0.7 < top <= 1
    assert plt.get_fignums() == [], "its figure is closed"


def test_an_outcome_without_a_guess_says_what_came_and_no_more(shown):
    predict("How many?", OPTIONS)
    outcome("17 of 20", "all")
    assert page(shown[-1][0]).strip() == "17 of 20"


def test_an_answer_that_no_option_names_is_an_error_whoever_answered(shown):
    predict("How many?", OPTIONS)
    with pytest.raises(ValueError, match="must be one of the options"):
        outcome("17 of 20", "most")


def test_a_prediction_is_judged_on_the_next_card(shown):
    predict("How many?", OPTIONS)
    answered(shown, "all")
    claim("2.7", 0.01, "<", 0.05, right="none")
    claim("2.7", 0.01, "<", 0.05)
    assert "✗ You predicted “all”; right was “none”" in page(shown[1][0])
    assert "You predicted" not in page(shown[2][0])


def test_an_outcome_judges_the_prediction_which_the_card_then_leaves_out(shown):
    predict("How many?", OPTIONS)
    answered(shown, "none")
    outcome("17 of 20", "all")
    claim("2.7", 0.01, "<", 0.05)
    assert "You predicted “none”" in page(shown[1][0])
    assert "You predicted" not in page(shown[2][0])


def test_a_quiz_is_no_prediction_for_the_next_card(shown):
    predict("How many?", OPTIONS)
    answered(shown, "none")
    predict("Which?", ["this", "that"], answer="this")
    claim("2.7", 0.01, "<", 0.05)
    assert "You predicted" not in page(shown[2][0])


def test_a_quiz_answers_at_once(shown):
    predict("Which?", ["this", "that"], answer="this", why="Because it is.")
    assert "Not this one" in answered(shown, "that").reply["words"]
    assert "Because it is." in answered(shown, "this").reply["words"]
    assert shown[0][1]["prediction"]["quiz"]
    assert "<details>" in shown[0][0]["text/html"]


def test_a_guess_that_cannot_be_kept_is_not_said_to_be_kept(shown, monkeypatch):
    def full(*_, **__):
        raise OSError("No space left on device")

    predict("How many?", OPTIONS)
    monkeypatch.setattr(progress, "record", full)
    with pytest.raises(OSError):
        answered(shown, "all")
    assert box(shown[-1][0]).reply == {}


@pytest.mark.parametrize(
    "wrong, says",
    [
        ({}, "got 0"),
        ({"options": OPTIONS, "number": (0, 1)}, "got 2"),
        ({"number": (5, 1)}, "must be"),
        ({"options": OPTIONS, "answer": "most"}, "must be one of the options"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(wrong, says, shown):
    with pytest.raises(ValueError, match=says):
        predict("What?", **wrong)
    assert shown == []


def test_a_point_on_a_logarithmic_axis_is_refused(shown):
    ax = axes()
    ax.set_yscale("log")
    with pytest.raises(ValueError, match="linear axes"):
        predict("Where?", point=(ax, "A curve.", 1))


def test_a_loss_that_explodes_is_judged_as_a_number(shown):
    predict("How large?", number=(0, 1e9))
    answered(shown, 1.0)
    outcome("0", 0.0)
    assert "1 too high" in page(shown[-1][0])
