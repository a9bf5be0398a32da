"""The tests of an attempt's questions: the public checks, then hidden inputs, too."""

import contextlib
import io

from course_lib.classroom.grading.outputs import HIDDEN, error, explained, of_test
from course_lib.classroom.grading.rebuild import grade_id
from course_lib.classroom.grading.run_tests import run_test, trusted_names
from course_lib.classroom.grading.student import Student


class Marking:
    """The tests of an exercise, put to an attempt whose cells have been run."""

    def __init__(self, attempt, exercise):
        self.attempt, self.exercise = attempt, exercise
        self.fresh = {}  # processes made for one question, by its place

    def close(self):
        """End the processes that were made for one question."""
        for box in self.fresh.values():
            box.close()

    def failures(self, place, hidden):
        """None if the test passes; else the outputs that say why it does not.

        A process that another question's code has ended or touched costs nothing: where
        it has ended, or where a hidden test fails, a fresh one is asked.
        """
        student = self._student(place, hidden)
        failed = self._tried(place, hidden, student)
        if failed and (hidden or student.ended) and place not in self.fresh:
            self._renew(place)
            failed = self._tried(place, hidden, self._student(place, hidden))
        if hidden and place in self.fresh:
            self.fresh[place].close()
        return failed

    def _tried(self, place, hidden, student):
        """Run a test; None, or the outputs that say why it fails."""
        attempt, printed = self.attempt, io.StringIO()
        source = self.exercise.tests[grade_id(attempt.cells[place])][hidden]
        try:
            with contextlib.redirect_stdout(printed):
                names = trusted_names(self.exercise.release)
                value = run_test(source, names, student.names, student.until)
                student.look()
        except Exception as problem:
            if student.ended:  # by its own code: nothing of it may go on
                student.box.close()
            shown = (
                error("HiddenCheck", HIDDEN) if hidden else explained(problem, source)
            )
            attempt.outputs[place] = [shown]
            return attempt.outputs[place]
        attempt.outputs[place] = of_test(printed.getvalue(), value)
        return None

    def _student(self, place, hidden):
        """The process that knows the functions as they were at this question."""
        attempt = self.attempt
        number = attempt.tests.index(place)
        if place in self.fresh:
            return Student(self.fresh[place], 0, hidden)
        if place in attempt.shared:
            return Student(attempt.box, 0, hidden, at=number)
        return Student(attempt.box, number + 1, hidden)

    def _renew(self, place):
        """Give a question a process of its own."""
        beside = [self.attempt.box, *self.fresh.values()]
        self.fresh[place] = self.attempt.again_until(place, beside)
