"""What a student is shown of a graded cell."""

import re

from nbformat.v4 import new_output

from course_lib.checks import CheckFailed
from course_lib.classroom.sandbox.channel import Gone, Silent
from course_lib.classroom.sandbox.protocol import Refused
from course_lib.classroom.sandbox.sandbox import TooMuch

MOST_SHOWN = 2_000  # characters of a message
HIDDEN = (
    "The public checks pass, but a hidden check with other inputs does not. Read the "
    "question again: does your function hold for other sizes, signs and special cases?"
)


def of_cell(answer):
    """The outputs of a cell from what its process says of it."""
    found = []
    if printed := _clean(answer.get("printed"), 11_000):
        found.append(new_output("stream", name="stdout", text=printed))
    if value := _clean(answer.get("value"), 11_000):
        data = {"text/plain": value}
        found.append(new_output("execute_result", data=data, execution_count=None))
    if isinstance(problem := answer.get("error"), list) and len(problem) == 4:
        kind, message, number, line = (_clean(x) for x in problem)
        where = f" (line {number}: {line})" if number != "None" else ""
        found.append(error(kind, message + where))
    return found


def of_test(printed, value):
    """The outputs of a test that passes; a number is its partial credit."""
    shown = [new_output("stream", name="stdout", text=printed)]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        data = {"text/plain": repr(float(value))}
        shown.append(new_output("execute_result", data=data, execution_count=None))
    return shown


def explained(problem, source):
    """The output for a public check that fails: its reason and, if any, its line."""
    if isinstance(problem, CheckFailed):
        return error("✗", str(problem))
    line, trace = "", problem.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<test>":
            line = source.splitlines()[trace.tb_lineno - 1].strip()
        trace = trace.tb_next
    if isinstance(problem, (Silent, TooMuch, Gone, Refused)):
        return error("✗", "The notebook's process had ended before this check.")
    if isinstance(problem, NameError):
        return error("✗", f"{problem}; is the cell that defines it empty or broken?")
    words = f"{type(problem).__name__}: {problem}".rstrip(": ")
    return error("✗", f"This check does not hold: {line} ({words})")


def error(kind, message):
    """nbgrader reads an error's output as: no points."""
    kind, message = _clean(kind, 100), _clean(message)
    words = f"{kind} {message}" if kind == "✗" else f"{kind}: {message}"
    return new_output("error", ename=kind, evalue=message, traceback=[words])


def _clean(text, most=MOST_SHOWN):
    """Text without control characters, cut to a length."""
    text = "" if text is None else str(text)
    text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text)
    text = re.sub(
        r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text
    )
    return text if len(text) <= most else text[: most - 1] + "…"
