"""Make exercises/ from solutions/: nbgrader's student version, and checks.json."""

import copy
import inspect
import json

import nbformat
from nbgrader.converters.generate_assignment import GenerateAssignment
from nbgrader.preprocessors import SaveCells
from rich.console import Console

from course_lib.answers import encode
from course_lib.checks import STOPPED, answer_or_stopped, call
from course_lib.classroom import ROOT, CourseError
from course_lib.classroom.paths import find, write
from course_lib.classroom.questions import Question, Words, questions

__all__ = ["Question"]  # a teacher's mistakes.py from before asks for it here


MOST_INPUTS = 4  # a question may show, so that no table of answers leaks


def generate(names=(), root=ROOT):
    """Write the exercise and its checks.json for each solution, or for those named."""
    for source in find(root / "solutions", names, "exercise"):
        target = root / "exercises" / source.stem
        checks = stored_checks(source)
        exercise = student_version(nbformat.read(source, as_version=4))
        text = json.dumps(checks, indent=1, ensure_ascii=False)
        write(target / "checks.json", text + "\n")
        write(target / source.name, nbformat.writes(exercise) + "\n")
        Console().print(f"exercises/{target.name}: {len(checks)} questions")


def student_version(solution):
    """nbgrader's release version of a solution notebook; checks may fail in it."""
    notebook, resources = solution, {"nbgrader": {}}
    for preprocessor in GenerateAssignment().preprocessors:
        if preprocessor is not SaveCells:  # the gradebook belongs to a class
            notebook, resources = preprocessor().preprocess(notebook, resources)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            cell.metadata["tags"] = ["raises-exception"]
    return notebook


def stored_checks(source):
    """What check() needs to know, as plain data: {question: inputs, answers, …}."""
    functions = reference(source)
    stored = {
        name: stored_question(question, functions[name])
        for name, question in questions(source).items()
    }
    in_words = questions(source, kind=Words)
    return stored | {name: {"hints": words.hints} for name, words in in_words.items()}


def reference(source):
    """The namespace after running a solution's cells, but for its tests."""
    namespace = {"__name__": "solution"}
    for cell in nbformat.read(source, as_version=4).cells:
        is_test = cell.metadata.get("nbgrader", {}).get("grade")
        if cell.cell_type == "code" and not is_test:
            exec(compile(cell.source, f"{source.name}:{cell.id}", "exec"), namespace)
    return namespace


def stored_question(question, function, most=MOST_INPUTS):
    """Inputs, answers and those of known mistakes of a question, as plain data."""
    if len(question.inputs) > most:
        raise CourseError(
            f"question {question.name} has {len(question.inputs)} inputs; "
            f"at most {most} may be shown"
        )
    return {
        "arguments": list(inspect.signature(function).parameters),
        "inputs": [[encode(x) for x in case] for case in question.inputs],
        "answers": _answers(function, question),
        "hints": question.hints,
        "mistakes": [
            {"hint": hint, "answers": _answers(wrong, question, answer_or_stopped)}
            for hint, wrong in question.mistakes
        ],
    }


def _answers(function, question, call=call):
    answers = [call(function, copy.deepcopy(list(case))) for case in question.inputs]
    if all(isinstance(x, str) and x == STOPPED for x in answers):
        raise CourseError(f"{function.__name__} of {question.name} gives no answer")
    return [encode(x) for x in answers]
