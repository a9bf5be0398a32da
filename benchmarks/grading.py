"""How many hand-ins a minute does `course grade` grade, beside `nbgrader autograde`?

    python benchmarks/grading.py [--students 40] [--jobs 2]

Both get the same honest hand-ins of exercise 02 and fill a gradebook of their own, one
after the other in one run; the exercise is the same, with the same hidden tests. Plain
nbgrader runs students' code in its own kernels, with all rights, and one at a time, as
it always does; ours runs it in the sandbox, on `--jobs` cores. Feedback pages are not
timed. The scores of both must be equal.

    memory     of the grading process at its end, by n and by 2 n hand-ins: it must not
               grow with their number
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import typer
from nbgrader.api import Gradebook

from course_lib.classroom import ROOT
from course_lib.classroom.grading.class_folder import ClassFolder
from course_lib.classroom.grading.release import release

EXERCISE = "02_perceptron"
COURSE = [sys.executable, "-m", "course_lib.classroom"]


def timed(command, folder):
    """Seconds a command takes, and the most memory of it or a child of it, in MiB."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    start, log = time.perf_counter(), folder / "log.txt"
    with open(log, "w") as out:
        options = {"cwd": folder, "env": os.environ | {"PATH": path}}
        process = subprocess.Popen(command, stdout=out, stderr=out, **options)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(log.read_text())
    return time.perf_counter() - start, usage.ru_maxrss // 1024


def scores(folder):
    """The total of every submission in a class's gradebook."""
    with Gradebook(ClassFolder(folder).url) as gradebook:
        found = gradebook.assignment_submissions(EXERCISE)
        return {submission.student_id: submission.score for submission in found}


def stock_nbgrader(folder):
    """The same class with nbgrader as it comes."""
    other = shutil.copytree(folder, folder.with_name("plain"))
    (other / "nbgrader_config.py").write_text("c = get_config()\n")
    return other


def handed_in(folder, n, layout):
    """Hand in the reference n times, in the layout that a grader expects."""
    source = ROOT / "solutions" / EXERCISE / f"{EXERCISE}.ipynb"
    for k in range(n):
        place = folder / layout.format(f"student{k:04}") / source.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place)
    return folder


def main(students: int = 40, jobs: int = 2):
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        release(["02"], work / "ours")
        other = stock_nbgrader(work / "ours")
        handed_in(other / "submitted", students, f"{{}}/{EXERCISE}")
        hand_ins = str(handed_in(work / "hand-ins", students, "{}"))
        options = ["--class", str(work / "ours"), f"--jobs={jobs}", "--no-feedback"]
        ours, memory = timed([*COURSE, "grade", hand_ins, *options], work)
        theirs, _ = timed(["nbgrader", "autograde", EXERCISE], other)
        again = handed_in(work / "twice", 2 * students, "{}")
        command = [*COURSE, "grade", str(again), *options, "--again"]
        _, memory_twice = timed(command, work)
        shutil.copy(work / "ours" / "nbgrader_config.py", other)
        equal = set(scores(work / "ours").values()) == set(scores(other).values())
    print(f"{students} hand-ins of {EXERCISE}, {jobs} at a time")
    print(
        f"  nbgrader autograde {theirs:7.1f} s  {60 * students / theirs:6.0f} a minute"
    )
    print(f"  course grade       {ours:7.1f} s  {60 * students / ours:6.0f} a minute")
    print(f"  ratio              {theirs / ours:7.1f}    scores equal: {equal}")
    print(f"  memory: {memory} MiB with {students}, {memory_twice} with {2 * students}")


if __name__ == "__main__":
    typer.run(main)
