"""What a learner has answered so far: one private, local file, an event a line."""

import json
import os
from datetime import datetime
from pathlib import Path

from platformdirs import user_data_path


def path():
    """The progress file: $COURSE_PROGRESS, or one in the user's own data folder."""
    default = user_data_path("introduction-to-neural-networks") / "progress.jsonl"
    return Path(os.environ.get("COURSE_PROGRESS") or default)


def record(kind, **what):
    """Append one event; lines are only ever added, so that nothing is lost."""
    line = {"when": datetime.now().isoformat(timespec="seconds"), "kind": kind, **what}
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


def events(kind):
    """Every event of one kind, oldest first; a damaged line is passed over."""
    if not path().exists():
        return []
    found = []
    for line in path().read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            event = json.loads(line)
        except json.JSONDecodeError:
            continue
        if isinstance(event, dict) and event.get("kind") == kind:
            found.append(event)
    return found


def summary():
    """Show what the file holds: predictions, claims met, exercise questions."""
    guesses = len({event["question"] for event in events("predict")})
    met = len({event["claim"] for event in events("claim")})
    lines = [f"Questions answered: {guesses}. Claims met: {met}."]
    questions = dict.fromkeys(event["question"] for event in events("check"))
    for question in questions:
        checks = [e["passed"] for e in events("check") if e["question"] == question]
        state = "passed" if any(checks) else "not yet"
        words = f"{question:24} {state:8} after {_first(checks)} checks"
        for kind in ("hint", "solution"):
            if n := sum(e["question"] == question for e in events(kind)):
                words += f", {n} {kind}{'s' * (n > 1)}"
        lines.append(words)
    if not questions:
        lines.append("No exercise was checked so far.")
    print("\n".join(lines))


def _first(checks):
    """How many checks until the first that passed, or so far."""
    return checks.index(True) + 1 if True in checks else len(checks)
