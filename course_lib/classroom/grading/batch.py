"""`course grade`: many hand-ins at once, on all cores or on many machines.

Grading one hand-in touches no gradebook; its result is kept in the class's folder under
a name made of all that it depends on. Only this process writes the gradebook. So it may
be killed at any time: the same command goes on where it stopped.
"""

import os
import time
from pathlib import Path

from joblib import delayed
from joblib.externals.loky.process_executor import BrokenProcessPool
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from course_lib.classroom import ROOT, CourseError, paths
from course_lib.classroom.grading.class_folder import ClassFolder
from course_lib.classroom.grading.executors import on_cores, on_machines, parallel
from course_lib.classroom.grading.grade import not_graded
from course_lib.classroom.grading.gradebook import NotRegraded, save
from course_lib.classroom.grading.release import release
from course_lib.classroom.grading.reports import pack_pages, write_page, write_table
from course_lib.classroom.grading.roster import read_roster
from course_lib.classroom.grading.submissions import find
from course_lib.classroom.sandbox.sandbox import check_sandbox

TRIES = 3  # for a hand-in that was lost together with a process of ours
COLUMNS = "{task.description}", BarColumn(), MofNCompleteColumn()


def grade_all(source, folder, *, jobs=None, scheduler=None, safe=True, roster=None,
              student=None, exercise=None, question=None, again=False,
              feedback=True):  # fmt: skip
    """Grade what lies in source; write gradebook, grades.csv and feedback pages."""
    if safe and not scheduler:
        check_sandbox()
    start, console = time.monotonic(), Console()
    wanted = [] if exercise is None else [exercise]
    if not Path(folder).exists():
        paths.find(ROOT / "solutions", wanted, "exercise")  # else no class is made
        console.print(f"There is no class's folder {folder} yet; it is made first.")
        release([], folder)
    known = ClassFolder(folder)
    names = paths.choose(wanted, known.exercises(), "exercise")
    handins = find(source, names, roster and read_roster(roster))
    handins = [h for h in handins if student in (None, h.student)]
    if not handins:
        raise CourseError(f"{student} has handed in nothing of {', '.join(names)}.")
    graded = []
    with Progress(*COLUMNS, TimeRemainingColumn(), console=console) as progress:
        task = progress.add_task("grading", total=len(handins))
        todo = Todo(known, handins, again or bool(question))
        many = on_machines if scheduler else on_cores
        for handin, key, result in todo.results(many, scheduler or jobs, safe):
            line, problem = _saved(known, handin, key, result, question, again)
            console.print(line, highlight=False, soft_wrap=True)
            graded += [] if problem else [(handin.student, handin.exercise)]
            progress.advance(task)
        table = write_table(known)
        if feedback:
            write_pages(known, graded, progress, jobs)
    minutes = (time.monotonic() - start) / 60
    console.print(
        f"{len(graded)} graded, {len(handins) - len(graded)} not submitted, "
        f"in {minutes:.1f} minutes.\n"
        f"Grades: {table}",
        soft_wrap=True,
    )
    if feedback:
        console.print(f"For your students: {pack_pages(known)}", soft_wrap=True)


def feedback_all(folder, exercise=None, jobs=None):
    """Write all feedback pages anew, with the points and comments given by hand."""
    known, console = ClassFolder(folder), Console()
    wanted = [] if exercise is None else [exercise]
    names = paths.choose(wanted, known.exercises(), "exercise")
    pages = [pair for pair in known.submissions() if pair[1] in names]
    with Progress(*COLUMNS, TimeRemainingColumn(), console=console) as progress:
        write_pages(known, pages, progress, jobs)
    console.print(f"Grades: {write_table(known)}", soft_wrap=True)
    console.print(f"For your students: {pack_pages(known)}", soft_wrap=True)


def write_pages(known, pages, progress, jobs):
    """Write the feedback page of each (student, exercise)."""
    task = progress.add_task("feedback pages", total=len(pages))
    folder = str(known.folder)
    for problem in parallel(jobs)(delayed(page)(folder, *pair) for pair in pages):
        progress.advance(task)
        if problem:
            progress.console.print(f"[yellow]no page[/] for {escape(problem)}")


def _saved(known, handin, key, result, question, again):
    """Save one result; the line for the teacher, and the problem if there is one."""
    who = f"{escape(handin.student):24} {handin.exercise:20}"
    problem = handin.problem or result.problem
    try:
        if problem:
            save(known, handin, key, not_graded(problem), b"")
        elif again or question or not known.is_saved(handin, key):
            save(known, handin, key, result, handin.content(), question)
    except CourseError:
        raise
    except NotRegraded as reason:
        return f"{who} [yellow]not regraded:[/] {escape(str(reason))}", str(reason)
    except Exception as error:  # one bad hand-in never stops the others
        problem = f"it could not be saved: {type(error).__name__}: {error}"
    if problem:
        return f"{who} [yellow]not submitted:[/] {escape(problem)}", problem
    score, most, waits = known.scores(handin)
    return f"{who} {score:g} of {most:g}{' · waits for you' * waits}", ""


class Todo:
    """The hand-ins of a batch, each read when its turn comes."""

    def __init__(self, known, handins, again):
        self.known, self.handins, self.again = known, handins, again
        self.keys, self.left = {}, dict(enumerate(handins))

    def results(self, many, where, safe):
        """(hand-in, key, result) of each, first those that were graded before."""
        for number, handin in list(self.left.items()):
            if result := self._known_already(number, handin):
                del self.left[number]
                yield handin, self.keys.get(number), result
        while self.left:
            try:
                yield from self._graded(many, where, safe, list(self.left))
            except BrokenProcessPool:  # a process of ours was killed: by which of them?
                for number in list(self.left)[: 2 * (os.cpu_count() or 1)]:
                    yield from self._alone(many, where, safe, number)

    def _graded(self, many, where, safe, numbers):
        for number, result in many(self._items(safe, numbers), where):
            handin, key = self.left.pop(number), self.keys[number]
            if not result.lost:
                self.known.keep(key, result)
            yield handin, key, result

    def _alone(self, many, where, safe, number):
        for _ in range(TRIES):
            try:
                yield from self._graded(many, where, safe, [number])
                return
            except BrokenProcessPool:
                continue
        words = f"the grader's process was killed {TRIES} times while it ran this"
        yield self.left.pop(number), None, not_graded(words)

    def _known_already(self, number, handin):
        """The result of a hand-in that needs no grading, or None."""
        if handin.problem:
            return not_graded(handin.problem)
        try:
            content, files = handin.content(), handin.files()
        except Exception as error:
            handin.problem = f"it cannot be read: {type(error).__name__}: {error}"
            return not_graded(handin.problem)
        self.keys[number] = self.known.key(handin, content, files)
        return None if self.again else self.known.result(self.keys[number])

    def _items(self, safe, numbers):
        for number in numbers:
            handin = self.left[number]
            exercise = self.known.exercise(handin.exercise)
            yield number, handin.content(), exercise, handin.files(), safe


def page(folder, student, exercise):
    """Write one feedback page; in a process of its own. What was wrong, or ""."""
    try:
        write_page(ClassFolder(folder), student, exercise)
    except Exception as error:  # one bad page never stops the others
        return f"{student} {exercise}: {type(error).__name__}: {error}"
    return ""
