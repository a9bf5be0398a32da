"""The whole bank, graded in one batch, and what each hand-in earned.

python -m bank.graded 10     ten times, beside four processes that keep a core busy
"""

import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

import pytest
from helpers import scores

import bank
from course_lib.classroom.grading.batch import grade_all
from course_lib.classroom.grading.release import release
from course_lib.classroom.grading.roster import identity

BUSY = 4  # processes
JOBS = 2


def grade(work, port=9, feedback=True):
    """Grade the bank in the folder `work`; the class's folder and the manifest."""
    with pytest.MonkeyPatch.context() as patch:  # the same hidden inputs in every run
        patch.setattr(
            "course_lib.classroom.grading.release.secrets.randbits", lambda n: 1
        )
        release([], work / "class")
    manifest = bank.build(work / "hand-ins", port)
    grade_all(work / "hand-ins", work / "class", jobs=JOBS, feedback=feedback)
    return work / "class", manifest


def wrong(folder, manifest):
    """{student: (expected points, earned points, note)} where the two differ."""
    kept, found = scores(folder), {}
    for student, case in manifest.items():
        who = identity(student, None, {})
        earned = {
            question: score
            for (name, question), score in kept.items()
            if name == who and question != "words"
        }
        if earned != (case["earned"] or {}):
            found[student] = case["earned"], earned, case["note"]
    return found


def spin():
    while True:
        pass


def main(times):
    """Print a line a run; exit with 1 if a score was wrong."""
    busy = [multiprocessing.Process(target=spin, daemon=True) for _ in range(BUSY)]
    for process in busy:
        process.start()
    all_wrong = {}
    print("run  seconds  hand-ins  wrong", flush=True)
    for run in range(1, times + 1):
        with tempfile.TemporaryDirectory() as work:
            start = time.monotonic()
            folder, manifest = grade(Path(work), feedback=False)
            found = wrong(folder, manifest)
            seconds = time.monotonic() - start
        line = f"{run:3} {seconds:8.0f} {len(manifest):9} {len(found):6}"
        print(line, flush=True)
        all_wrong |= {(run, student): case for student, case in found.items()}
    print(*(f"{who}: {case}" for who, case in all_wrong.items()), sep="\n")
    sys.exit(bool(all_wrong))


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 10)
