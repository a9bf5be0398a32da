"""Help for those who learn alone: hints, and after honest tries a worked solution."""

import json
from pathlib import Path

from course_lib import progress
from course_lib.question_data import of

HONEST_TRIES = 3  # failed checks after which a worked solution may be asked for
HONEST_WORDS = 20  # of one's own, where the answer is in words
STUB = "YOUR ANSWER HERE"


def hint(question):
    """Show the next hint of a question; asking is noted in the local progress file."""
    hints = of(question)["hints"]
    asked = len(_events("hint", question))
    progress.record("hint", question=question, exercise=here())
    if asked >= len(hints):
        print("There is no further hint; these were all:")
    for number in range(
        0 if asked >= len(hints) else asked, min(asked + 1, len(hints))
    ):
        print(f"Hint {number + 1} of {len(hints)}: {hints[number]}")


def solution(question):
    """Show a worked solution, after honest tries and where this copy has one.

    Of a question in words: a model answer, and what a good one contains.
    """
    missing = _tries(question) if "inputs" in of(question) else _words(question)
    if missing:
        print(f'Try first: {missing} A hint is free: hint("{question}")')
        return
    source = _worked_solution(question)
    progress.record("solution", question=question, exercise=here())
    print(
        source or "This copy of the course holds no worked solutions; ask your teacher."
    )


def here():
    """The exercise whose folder this is: several call a question by one name."""
    return Path.cwd().name


def _events(kind, question):
    """What was done in this exercise; a line from before does not say in which.

    It counts where a question has a function: only "words" stands in several exercises.
    """
    unsaid = here() if "inputs" in of(question) else None
    return [
        e
        for e in progress.events(kind)
        if e["question"] == question and e.get("exercise", unsaid) == here()
    ]


def _tries(question):
    """What is missing until a function's solution may be seen; "" if nothing."""
    failed = sum(not e["passed"] for e in _events("check", question))
    return (
        "" if failed >= HONEST_TRIES else f"{failed} of {HONEST_TRIES} checks so far."
    )


def _words(question):
    """The same for an answer in words: it is read from the saved notebook."""
    written = [
        "".join(cell["source"]).replace(STUB, "")
        for path in Path.cwd().glob("*.ipynb")
        for cell in json.loads(path.read_text("utf-8"))["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == question
    ]
    if any(len(text.split()) >= HONEST_WORDS for text in written):
        return ""
    return "write your answer in the cell above and save the notebook (Ctrl + S)."


def _worked_solution(question):
    """The answer to a question in the course's own copy of this folder's exercise."""
    name = Path.cwd().name
    path = Path(__file__).resolve().parents[1] / "solutions" / name / f"{name}.ipynb"
    if not path.exists():
        return None
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == question:
            lines = "".join(cell["source"]).splitlines()
            return "\n".join(x for x in lines if not x.lstrip().startswith("### "))
    return None
