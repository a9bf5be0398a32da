"""The house rules of a lesson, read off the saved notebooks."""

import re
from html.parser import HTMLParser

import nbformat
import pytest
from helpers import LESSONS, each_lesson

from course_lib.claims import lessons
from course_lib.classroom.notebooks import LARGEST, WIDGET_VIEW

each_story = pytest.mark.parametrize(
    "path", [p for p in LESSONS if p.stem[:2] != "00"], ids=lambda path: path.stem
)


# a lesson with a further notebook is held to its minutes instead (test_pattern.py)
OLD = [
    p
    for p in LESSONS
    if p.stem[:2] != "00" and not (p.parent / "further" / p.name).exists()
]


def cells(path, kind=None):
    found = nbformat.read(path, as_version=4).cells
    return [cell for cell in found if kind in (None, cell.cell_type)]


def story(path, kind=None):
    """The cells before the ledger."""
    found = cells(path)
    starts = [c.source.startswith("## The ledger") for c in found] + [True]
    return [c for c in found[: starts.index(True)] if kind in (None, c.cell_type)]


def lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


def is_prompt(cell):
    """Whether a cell may stand next to another: a prediction, a card, a gap's check."""
    return bool(re.search(r"(?m)^(predict|claim|\w+ = now_you)\(", cell.source))


class Images(HTMLParser):
    """The alternative texts of the images in a page."""

    def __init__(self, page):
        super().__init__()
        self.alts = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.alts.append(dict(attributes).get("alt", ""))


def pages(path):
    """The HTML of every output."""
    for cell in cells(path, "code"):
        for output in cell.outputs:
            yield output.get("data", {}).get("text/html", "")


@each_lesson
def test_the_title_is_the_question_of_the_map(path):
    title = cells(path)[0].source.splitlines()[0]
    assert title == f"# {lessons()[path.stem[:2]]['question']}"


@each_lesson
def test_a_lesson_is_saved_executed_and_without_errors(path):
    code = cells(path, "code")
    assert [c.execution_count for c in code] == list(range(1, len(code) + 1))
    assert not [o for c in code for o in c.outputs if o.output_type == "error"]
    assert not [o for c in code for o in c.outputs if o.get("name") == "stderr"]
    assert path.stat().st_size <= LARGEST


@each_lesson
def test_nothing_in_a_saved_lesson_differs_from_run_to_run(path):
    text = path.read_text("utf-8")
    assert WIDGET_VIEW not in text and '"widgets"' not in text
    assert not re.search(r"object at 0x", text)
    assert '"image/png"' not in text
    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}


@each_lesson
def test_every_cell_says_what_it_is_on_a_slide(path):
    kinds = {"slide", "subslide", "fragment", "skip", "notes", "-"}
    for cell in cells(path):
        assert cell.metadata.get("slideshow", {}).get("slide_type") in kinds, cell.id


@each_lesson
def test_every_figure_has_an_alternative_text_that_tells_the_finding(path):
    alts = [alt for page in pages(path) for alt in Images(page).alts]
    assert alts
    assert all(20 <= len(alt) <= 300 for alt in alts), alts
    assert len(alts) == len(set(alts))


@each_lesson
def test_no_code_cell_is_long(path):
    code = [cell for cell in cells(path) if cell.cell_type == "code"]
    assert [c.id for c in code if len(c.source.splitlines()) > 20] == []


@each_story
def test_code_cells_are_short(path):
    sizes = [len(cell.source.splitlines()) for cell in story(path, "code")]
    assert sum(size <= 12 for size in sizes) >= 0.9 * len(sizes)


@each_story
def test_a_sentence_stands_between_two_code_cells(path):
    both = zip(story(path), story(path)[1:], strict=False)
    bare = [
        (one.id, two.id)
        for one, two in both
        if one.cell_type == two.cell_type == "code"
        and not (is_prompt(one) or is_prompt(two))
    ]
    assert bare == []


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_the_story_has_the_length_of_a_lesson(path):
    prose = [
        c.source for c in story(path, "markdown") if "## References" not in c.source
    ]
    plain = [re.sub(r"(?m)\$[^$]+\$|^\|.*$", " ", source) for source in prose]
    words = sum(len(re.findall(r"\w+", source)) for source in plain)
    assert 1200 <= words <= 2500
    code = [c for c in story(path, "code") if not c.source.startswith("predict(")]
    assert 20 <= len(code) <= 35


@each_story
def test_the_set_up_is_one_short_cell_with_one_generator(path):
    setup = cells(path, "code")[0]
    assert len(lines(setup)) <= 8 and lines(setup)[-1].startswith("rng = ")
    source = "".join(c.source for c in cells(path, "code"))
    assert source.count("rng = np.random.default_rng(") == 1
    assert "np.random.seed" not in source


@each_story
def test_the_story_has_all_its_parts(path):
    text = "\n".join(c.source for c in story(path, "markdown"))
    for part in (
        "You will be able to",
        "minutes",
        "I get another picture",
        "<details>",
        "in Keras",
        "## Summary",
        "## Questions",
        "## Exercises",
        "★★★",
        "## References",
        "**Next:**",
    ):
        assert part in text, part
    assert re.search(r"(on purpose|never learns)", text)
    quiz = [c for c in story(path, "code") if "answer=" in c.source]
    assert 3 <= len(quiz) <= 5


@each_lesson
def test_losses_that_are_compared_keep_all_digits_of_float32(path):
    code = cells(path, "code")
    compared = [c for c in code if "first-loss" in c.metadata.get("tags", ())]
    assert all("full_precision(" in c.source for c in compared)


@each_lesson
def test_relative_links_lead_somewhere(path):
    for cell in cells(path, "markdown"):
        for target in re.findall(r"\]\((?!https?:|#)([^)]+)\)", cell.source):
            assert (path.parent / target).exists(), target


@each_lesson
def test_the_prose_makes_no_noise(path):
    prose = " ".join(c.source for c in cells(path, "markdown")).lower()
    noise = r"\b(simply|obviously|trivial\w*|amazing\w*|powerful|behold|color)\b"
    assert re.findall(noise, prose) == []
    assert not re.search("[\U0001f300-\U0001faff]", prose)


@each_story
def test_every_slide_has_minutes_and_they_add_up_to_a_lesson(path):
    shows = [c.metadata.slideshow for c in cells(path)]
    minutes = [show.get("minutes") for show in shows if show.slide_type == "slide"]
    assert all(minutes)
    assert 30 <= sum(minutes) <= 75
