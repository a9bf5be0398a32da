"""Claims: each is registered once, on one card, and fails if the opposite holds."""

import html
import re

import nbformat
import pytest
from helpers import LESSONS, each_lesson

from course_lib import claims, predictions, progress
from course_lib.claims import ClaimFailed, claim, lessons, register
from course_lib.classroom import ROOT
from course_lib.classroom import claims_table as table

OWNED = {
    number: lesson["stars"] + lesson["further"] for number, lesson in lessons().items()
}


@pytest.fixture
def shown(monkeypatch):
    """What claim and predict display, as (data, metadata)."""
    found = []

    def display(data, metadata=None, raw=None):
        found.append((data, metadata))

    for module in (claims, predictions):
        monkeypatch.setattr(module, "display", display)
    return found


def pages(path):
    """The cells of a lesson's story, and those of its further notebook, if any."""
    further = path.parent / "further" / path.name
    return [
        nbformat.read(page, as_version=4).cells if page.exists() else []
        for page in (path, further)
    ]


def saved_cards(path):
    """The (id, html) of each card that a lesson shows, in order."""
    outputs = [
        out for page in pages(path) for c in page for out in c.get("outputs", [])
    ]
    return [
        (out.metadata["claim"]["id"], html.unescape(out.data["text/html"]))
        for out in outputs
        if "claim" in out.get("metadata", {})
    ]


def test_every_claim_belongs_to_exactly_one_lesson():
    owned = [id for ids in OWNED.values() for id in ids]
    assert len(owned) == len(set(owned))
    assert set(register()) <= set(owned)


@each_lesson
def test_a_lesson_shows_each_of_its_claims_on_one_card(path):
    assert sorted(id for id, _ in saved_cards(path)) == sorted(OWNED[path.stem[:2]])


def test_a_registered_claim_has_a_lesson_that_shows_it():
    numbers = {path.stem[:2] for path in LESSONS}
    assert {entry.lesson for entry in register().values()} <= numbers


@each_lesson
def test_star_claims_stand_in_the_story_and_the_others_in_the_ledger(path):
    story, more = pages(path)
    headings = [c.source.startswith("## The ledger") for c in story]
    ledger = headings.index(True) if True in headings else len(story)
    story, more = story[:ledger], story[ledger:] + more
    lesson = lessons()[path.stem[:2]]
    for part, ids in ((story, lesson["stars"]), (more, lesson["further"])):
        source = "\n".join(c.source for c in part if c.cell_type == "code")
        assert all(f'claim("{id}"' in source.replace("\n    ", "") for id in ids)


@each_lesson
def test_every_star_claim_is_preceded_by_a_prediction_of_its_own(path):
    sources = [c.source for c in nbformat.read(path, as_version=4).cells]
    open_predictions = 0
    stars = lessons()[path.stem[:2]]["stars"]
    for source in sources:
        if re.search(r"(?m)^predict\(", source) and "answer=" not in source:
            open_predictions = 1
        flat = source.replace("\n    ", "")
        if any(f'claim("{id}"' in flat for id in stars):
            assert open_predictions == 1, source
            open_predictions = 0


def test_the_saved_cards_carry_their_verdicts():
    cards = [card for card in table.cards().values() if "measured" in card]
    assert cards
    for card in cards:
        compare = claims.COMPARE[card["comparison"]]
        assert compare(card["measured"], card["bound"]), card


def test_the_table_of_claims_is_up_to_date(tmp_path, capsys):
    (tmp_path / "notebooks").symlink_to(ROOT / "notebooks")
    table.write_table(tmp_path)
    assert (tmp_path / "CLAIMS.md").read_text() == (ROOT / "CLAIMS.md").read_text()
    printed = capsys.readouterr().out
    assert all(id in printed for id in register())


def test_a_card_shows_paraphrase_source_number_verdict_and_reason(shown):
    claim("3.6", 0.7961, "<", 0.9, "share")
    data, metadata = shown[0]
    entry = register()["3.6"]
    text = html.unescape(data["text/html"])
    for part in (
        entry.says,
        entry.source,
        "share: 0.7961 < 0.9",
        "imprecise",
        entry.why,
    ):
        assert part in text
    assert metadata["claim"]["measured"] == 0.7961


def test_a_card_of_history_shows_its_citation_and_no_number(shown):
    claim("2.8")
    data, metadata = shown[0]
    assert html.escape(register()["2.8"].reference) in data["text/html"]
    assert metadata == {"claim": {"id": "2.8"}}
    assert "Measured" not in data["text/html"]


HOLDS = {"<": "100", "<=": "110", ">": "001", ">=": "011", "==": "010", "!=": "101"}


@pytest.mark.parametrize("comparison", claims.COMPARE)
@pytest.mark.parametrize("measured", [1, 2, 3])
def test_a_card_fails_just_where_its_comparison_is_false(measured, comparison, shown):
    def fails():
        try:
            claim("2.7", measured, comparison, 2)
        except ClaimFailed:
            return True
        return False

    assert fails() == (HOLDS[comparison][measured - 1] == "0")
    assert len(shown) == 1


def test_a_sentence_stands_on_the_card_as_it_is(shown):
    claim("2.1", 0, "==", 0, "{measured} of the 64 nudges are felt.")
    data, metadata = shown[0]
    assert "Measured: <b>0 of the 64 nudges are felt.</b>" in data["text/html"]
    assert data["text/plain"].endswith(" 0 of the 64 nudges are felt.")
    kept = {"measured": 0, "comparison": "==", "bound": 0}
    words = {"what": "0 of the 64 nudges are felt."}
    assert metadata == {"claim": {"id": "2.1"} | kept | words}
    assert table.evidence(metadata["claim"]) == "0 of the 64 nudges are felt. (0 == 0)"


def test_a_sentence_that_is_not_true_stands_beside_the_comparison(shown):
    with pytest.raises(ClaimFailed, match="No nudge is felt: 3 = 0"):
        claim("2.1", 3, "==", 0, "No nudge is felt.")
    assert "No nudge is felt." not in shown[0][0]["text/html"]


def test_what_follows_by_calculation_is_called_a_check(shown):
    claim("3.1", 0.0, "<", 1e-12, "difference")
    html = shown[0][0]["text/html"]
    assert "Follows by calculation; checked: <b>difference: 0 &lt; 1e-12</b>" in html
    assert "Measured" not in html


def test_a_claim_that_does_not_hold_is_shown_and_fails(shown):
    with pytest.raises(ClaimFailed, match="claim 2.7 is not carried"):
        claim("2.7", 0.5, "<", 0.05)
    assert "not carried by this run" in shown[0][0]["text/html"]
    assert progress.events("claim") == []


def test_wrong_use_of_a_card_says_what_is_wrong():
    with pytest.raises(ValueError, match="no claim '99.9' is registered"):
        claim("99.9", 1, "<", 2)
    with pytest.raises(ValueError, match="claim 2.7 needs a number"):
        claim("2.7")
    with pytest.raises(ValueError, match="=<"):
        claim("2.7", 1, "=<", 2)


def test_not_a_number_never_carries_a_verdict(shown):
    for comparison in ("<", "<=", ">", ">=", "=="):
        with pytest.raises(ClaimFailed):
            claim("2.7", float("nan"), comparison, 0.05)


def test_the_wall_fills_with_the_claims_met(shown):
    claims.wall()
    progress.record("claim", claim="2.7")
    claims.wall()
    before, after = (data["text/html"] for data, _ in shown)
    total = sum(len(ids) for ids in OWNED.values())
    assert f"0 of {total} claims met; {len(register())} can be" in before
    assert f"1 of {total} claims met" in after
    assert before.count("✓") == 0 and after.count("✓") == 1
    assert all(f">{id}&nbsp;" in after for ids in OWNED.values() for id in ids)


def test_a_damaged_progress_file_loses_only_the_damaged_line():
    progress.record("claim", claim="2.1")
    with progress.path().open("a") as file:
        file.write("{half a li\n")
    progress.record("claim", claim="2.2")
    assert [event["claim"] for event in progress.events("claim")] == ["2.1", "2.2"]


@each_lesson
def test_a_saved_card_is_a_copy_of_the_register(path):
    """A card saved before its register entry changed must be built anew."""
    for id, card in saved_cards(path):
        entry = register()[id]
        fields = entry.says, entry.source, entry.verdict, entry.why, entry.reference
        label = claims.LABELS.get(entry.kind)
        for words in (*fields, *filter(None, [label])):
            assert words in card, id
        assert label or "Measured" not in card


def test_the_saved_wall_of_lesson_00_is_up_to_date(shown, monkeypatch):
    """Whoever adds or moves a claim builds lesson 00 anew."""
    monkeypatch.chdir(ROOT / "notebooks")
    progress.record("claim", claim="0.1")
    claims.wall()
    (first, *_) = LESSONS
    outputs = [out for c in pages(first)[0] for out in c.get("outputs", [])]
    walls = [out.data for out in outputs if "can be met so far" in str(out.get("data"))]
    assert walls == [shown[0][0]]


# -- the files of the register -------------------------------------------------


def test_a_lessons_file_is_named_like_its_notebook():
    names = {path.stem[:2]: path.stem for path in claims.FOLDER.glob("[0-9]*.toml")}
    assert names.keys() == lessons().keys()
    assert [path.stem for path in LESSONS] == [names[p.stem[:2]] for p in LESSONS]


@pytest.mark.parametrize("id", register())
def test_an_entry_uses_the_words_of_the_register(id):
    entry = register()[id]
    assert entry.kind in {"experiment", "arithmetic", "history"}
    assert entry.verdict in claims.VERDICTS
    for words in (entry.says, entry.why, entry.reference):
        assert words.strip() == words != ""
    assert entry.says.endswith(".") and entry.why.endswith((".", ".)"))
