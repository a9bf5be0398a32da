"""What is stored of an exercise's questions, beside its notebook; plain data."""

import json
import textwrap
from pathlib import Path


class CheckFailed(AssertionError):
    """What differs, in a sentence; shown without a traceback."""

    def _render_traceback_(self):
        return textwrap.wrap(f"✗ {self}", 78)


class NotWritten(CheckFailed):
    """The question is as it was handed out."""


def of(question):
    """The data of one question, or a sentence that names the questions there are."""
    if question not in all_of_them():
        raise CheckFailed(
            f'there is no question "{question}" here; there are: '
            + ", ".join(all_of_them())
        )
    return all_of_them()[question]


def all_of_them():
    """The data beside the exercise notebook: inputs, answers, hints by question.

    A solution has none of its own and shares that of its exercise.
    """
    here = Path.cwd()
    for folder in (here, here.parent.parent / "exercises" / here.name):
        if (folder / "checks.json").exists():
            return json.loads((folder / "checks.json").read_text("utf-8"))
    raise FileNotFoundError(
        f"checks.json is not in {here}; it belongs beside the exercise notebook. "
        "`course reset NN` brings it back."
    )
