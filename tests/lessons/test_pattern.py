"""The mended pattern: lessons that have a further notebook keep its rules."""

import ast
import html
import json
import re

import nbformat
import pytest
from helpers import LESSONS, SOLUTIONS
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from course_lib.classroom import ROOT
from course_lib.classroom.exercises import reference
from course_lib.classroom.learners_copy import asks, clean, open_options, tagged, tree
from course_lib.classroom.minutes import exercise_minutes, lesson_minutes
from course_lib.classroom.questions import questions

FURTHER = {p.stem: p for p in (ROOT / "notebooks" / "further").glob("*.ipynb")}
MENDED = [path for path in LESSONS if path.stem in FURTHER]
each_mended = pytest.mark.parametrize("path", MENDED, ids=lambda path: path.stem)
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


# -- minutes -------------------------------------------------------------------


@each_mended
def test_the_first_cell_says_the_minutes_that_are_computed(path):
    story = lesson_minutes(read(path))
    further = lesson_minutes(read(FURTHER[path.stem]))
    exercise = exercise_minutes(read(ROOT / "exercises" / path.stem / path.name))
    said = re.search(
        r"\*(\d+) minutes · further (\d+) · exercise (\d+)\*",
        read(path).cells[0].source,
    )
    assert said and [int(m) for m in said.groups()] == [story, further, exercise]
    assert story <= 75


@each_mended
def test_story_and_further_notebook_lead_to_each_other(path):
    further = FURTHER[path.stem]
    assert f"(further/{path.name})" in "".join(c.source for c in read(path).cells)
    assert f"(../{path.name})" in "".join(c.source for c in read(further).cells)


@each_mended
def test_no_code_cell_of_a_further_notebook_is_long(path):
    code = [c for c in read(FURTHER[path.stem]).cells if c.cell_type == "code"]
    assert [c.id for c in code if len(c.source.splitlines()) > 20] == []


# -- the order of truth --------------------------------------------------------


def is_question(cell):
    return asks(cell.source) and "answer=" not in cell.source


def answers_to(cells):
    """(place of a prediction, place of the cell that answers it or None), of each."""
    for k, cell in enumerate(cells):
        if is_question(cell):
            rest = range(k + 1, len(cells))
            upto = next((j for j in rest if is_question(cells[j])), len(cells))
            found = [j for j in range(k + 1, upto) if "outcome" in about(cells[j])]
            yield k, found[0] if found else None


def about(cell):
    """What the outputs of a cell say of themselves."""
    found = {}
    for output in cell.get("outputs", ()):
        known = output.get("metadata", {})
        found |= {name: known[name] for name in known}
    return found


def shown(cell):
    """All that a reader sees of a cell: its source and the text of its outputs."""
    texts = [cell.source]
    for output in cell.get("outputs", ()):
        data = output.get("data", {})
        page = re.sub(
            r'src="data:[^"]+"|style="[^"]*"|<style>.*?</style>',
            "",
            data.get("text/html", ""),
        )
        texts += [
            output.get("text", ""),
            data.get("text/plain", ""),
            html.unescape(page),
        ]
    return "\n".join(texts)


def numbers(text):
    """Numbers that could give an answer away: those of two digits or more."""
    text = text.replace("\u202f", "").replace("−", "-")
    found = re.findall(r"(?<![\w.])\d[\d,]*\.?\d*", text)
    return {n.rstrip(".,") for n in found if len(re.sub(r"\D", "", n)) >= 2}


def told_too_early(cells):
    """(prediction's id, number) of each answer that stands before its question."""
    for k, j in answers_to(cells):
        if j is None:
            continue
        answer = about(cells[j])["outcome"]
        words = f"{answer['words']} {json.dumps(answer.get('right', ''))}"
        given = numbers(cells[k].source) | set(cells[k].metadata.get("given", ()))
        before = "\n".join(map(shown, cells[:k]))
        for number in numbers(words) - given:
            if number in numbers(before):
                yield cells[k].id, number


def asked(**metadata):
    cell = new_code_cell('predict("How many?", number=(0, 100))')
    cell.metadata |= metadata
    return cell


def came(words, right):
    metadata = {"outcome": {"words": words, "right": right}}
    return new_code_cell(
        "run()", outputs=[new_output("display_data", {}, metadata=metadata)]
    )


def test_an_answer_that_stands_before_its_question_is_found():
    early = new_markdown_cell("There will be 18 of them.")
    printed = new_code_cell("x", outputs=[new_output("stream", text="18\n")])
    for before in (early, printed):
        assert [
            n for _, n in told_too_early([before, asked(), came("18 mistakes", 18)])
        ]
    assert not [*told_too_early([early, asked(given=["18"]), came("18 mistakes", 18)])]
    assert not [*told_too_early([asked(), came("18 mistakes", 18), early])]
    assert [*answers_to([asked(), new_code_cell("run()")])] == [(0, None)]


@each_mended
def test_every_prediction_is_answered_right_after_its_run(path):
    cells = read(path).cells
    unanswered = [cells[k].id for k, j in answers_to(cells) if j is None]
    assert unanswered == []
    assert all("right" in about(cells[j])["outcome"] for _, j in answers_to(cells))


@each_mended
def test_no_number_of_an_answer_stands_before_its_prediction(path):
    assert [*told_too_early(read(path).cells)] == []


@each_mended
def test_what_tells_an_answer_is_folded_in_the_learners_copy(path):
    cells = read(path).cells
    for _, j in answers_to(cells):
        following = next((c for c in cells[j + 1 :] if c.cell_type == "markdown"), None)
        plain = following is not None and not following.source.startswith("#")
        assert not plain or tagged(following, "answer"), cells[j].id


def copied_to_learners(path):
    return nbformat.reads(clean(path).decode(), as_version=4).cells


def readable(cell):
    """The strings in code that a learner sees without opening a fold."""
    if cell.cell_type != "code" or cell.metadata.get("jupyter", {}).get(
        "source_hidden"
    ):
        return set()
    nodes = ast.walk(tree(cell.source))
    return {n.value for n in nodes if isinstance(n, ast.Constant)}


def told_in_code(saved, copy):
    """(prediction's id, option) of each option that stands open before its answer."""
    for k, j in answers_to(saved):
        options = set(open_options(saved[k].source))
        for cell in copy[k + 1 : (j or k) + 1]:
            for option in options & readable(cell):
                yield saved[k].id, option


def test_an_option_that_stands_open_in_code_is_found():
    question = new_code_cell('predict("Which?", ["this", "that"])')
    answers = came("that", "that")
    answers.source = 'outcome("", "that" if n else "this")'
    saved, folded = [question, answers], new_code_cell(answers.source)
    folded.metadata.jupyter = {"source_hidden": True}
    assert {option for _, option in told_in_code(saved, saved)} == {"this", "that"}
    assert not [*told_in_code(saved, [question, folded])]


@each_lesson
def test_no_code_that_a_learner_reads_holds_the_options_before_their_answer(path):
    assert [*told_in_code(read(path).cells, copied_to_learners(path))] == []


@each_lesson
def test_nothing_but_pictures_is_answered_in_a_fresh_copy(path):
    for saved, cell in zip(read(path).cells, copied_to_learners(path), strict=True):
        if cell.get("outputs"):
            assert "<img " in str(cell.outputs), cell.id
            assert "now_you(" not in saved.source, cell.id


@each_lesson
def test_a_fresh_copy_answers_nothing_from_its_first_question_on(path):
    asked = ["prediction" in about(cell) for cell in read(path).cells]
    copy = copied_to_learners(path)[asked.index(True) :]
    assert [cell.id for cell in copy if cell.get("outputs")] == []


@each_lesson
def test_every_saved_prediction_is_known_as_a_question(path):
    for cell in read(path).cells:
        if kind := about(cell).get("prediction"):
            assert asks(cell.source) and is_question(cell) != kind["quiz"], cell.id


@each_lesson
def test_what_leads_over_to_the_next_cell_is_not_folded_with_an_answer(path):
    for saved, cell in zip(read(path).cells, copied_to_learners(path), strict=True):
        if tagged(saved, "answer") and saved.source.rstrip().endswith(":"):
            assert not cell.source.endswith("</details>"), cell.id
            assert cell.source.endswith(saved.source[-8:].strip()), cell.id


@each_mended
def test_predictions_are_of_more_than_one_kind(path):
    kinds = {
        about(cell)["prediction"]["kind"]
        for cell in read(path).cells
        if "prediction" in about(cell)
    }
    assert len(kinds) >= 3


# -- now you, figures, exercises -----------------------------------------------


@each_mended
def test_a_learner_writes_in_the_story_three_to_five_times(path):
    cells = read(path).cells
    places = [k for k, cell in enumerate(cells) if tagged(cell, "now-you")]
    assert 3 <= len(places) <= 5
    for k in places:
        name = re.search(r"(?m)^def (\w+)\(", cells[k].source)[1]
        after = [c.source for c in cells[k + 1 : k + 3]]
        assert any(f'{name} = now_you("{name}")' in text for text in after)


@each_mended
def test_the_first_screen_shows_the_failure_in_one_picture(path):
    first = read(path).cells[:5]
    assert any('class="course-figure"' in shown(cell) for cell in first)
    imports = [
        c for c in read(path).cells if re.search(r"(?m)^(import|from) ", c.source)
    ]
    assert imports[0].metadata.get("jupyter", {}).get("source_hidden")


@each_mended
def test_what_draws_is_folded_and_what_defines_is_not(path):
    for cell in read(path).cells:
        folded = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        if "plots.show(" in cell.source and cell.cell_type == "code":
            assert folded, cell.id
        if re.search(r"(?m)^(def|class) ", cell.source):
            assert not folded, cell.id


@pytest.mark.parametrize(
    "path", [*LESSONS, *FURTHER.values()], ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_every_figure_can_turn_dark(path):
    for cell in read(path).cells:
        for output in cell.get("outputs", ()):
            page = output.get("data", {}).get("text/html", "")
            pictures = [
                p
                for p in re.findall(r"<img [^>]*>", page)
                if "course-predict" not in page
            ]
            assert all('class="course-figure"' in picture for picture in pictures), (
                cell.id
            )
            assert not pictures or "jp-theme-light" in page, cell.id


def shape(source):
    """What a piece of code and each of its functions does, whatever its names."""
    tree = ast.parse(source)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    bodies = [f.body[bool(ast.get_docstring(f)) :] for f in functions]
    for node in ast.walk(tree):
        for field in ("id", "arg", "name", "attr", "value"):
            if isinstance(getattr(node, field, None), str):
                setattr(node, field, "")
    return [ast.dump(ast.Module(body, [])) for body in [tree.body, *bodies]]


def plain(source):
    """Source without the lines that only IPython understands."""
    return "\n".join(
        x for x in source.splitlines() if not x.lstrip().startswith(("%", "!", "###"))
    )


def copied(solution, lesson):
    """The questions whose answer is a cell, or a function, of the lesson."""
    cells = [c.source for c in read(lesson).cells if c.cell_type == "code"]
    known = {shape for source in cells for shape in shapes(source)}
    for cell in read(solution).cells:
        mark = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code" and mark.get("solution"):
            (*_, body) = shapes(cell.source)
            if body in known:
                yield mark["grade_id"]


def shapes(source):
    return shape(plain(source))


def test_a_copy_under_other_names_is_found():
    one = (
        'def f(w, x):\n    """Doc."""\n    for k in x:\n        w += k\n    return w\n'
    )
    other = "def g(a, b):\n    for c in b:\n        a += c\n    return a\n"
    assert shapes(one)[-1] == shapes(other)[-1]
    assert shapes(one)[-1] != shapes(other.replace("+", "-"))[-1]


@each_mended
def test_no_question_is_answered_by_a_cell_of_the_lesson(path):
    (solution,) = [s for s in SOLUTIONS if s.stem == path.stem]
    assert reference(solution).keys() >= questions(solution).keys() - {"words"}
    assert [*copied(solution, path)] == []
