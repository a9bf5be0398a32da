"""A hand-in's cells, run in the sandbox; at each question the process is kept as it
then stands."""

import itertools
import time

from course_lib.classroom.grading.outputs import error, of_cell
from course_lib.classroom.grading.rebuild import OWN, grade_id, is_solution, is_test
from course_lib.classroom.sandbox.channel import Gone, Silent
from course_lib.classroom.sandbox.protocol import Refused
from course_lib.classroom.sandbox.sandbox import Sandbox, TooMuch

CELL_SECONDS = 20
MOST_STARTS = 5  # of a notebook whose cells end the process
STUDENT_SECONDS = 60  # of a whole notebook's cells, run once
ALL_SECONDS = 150  # of its cells, whenever they are run again, too


class Attempt:
    """A notebook's cells in the sandbox, made anew without those that end it."""

    def __init__(self, cells, files, safe):
        self.cells, self.files, self.safe = cells, files, safe
        self.tests = [k for k, cell in enumerate(cells) if is_test(cell)]
        code = [k for k, cell in enumerate(cells) if cell.cell_type == "code"]
        self.own = {k for k in code if cells[k].id.startswith(OWN)}
        self.outputs = {}  # of each cell, by its place
        self.left_out = set()  # cells that end the process, by their place
        self.seconds, self.all_seconds = STUDENT_SECONDS, ALL_SECONDS
        self.shared = set()  # questions that one process serves, by their place
        self.box = None

    def run(self):
        """Run all cells; a cell that ends the process is left out the next time."""
        for number in itertools.count(1):
            if number > MOST_STARTS:  # now only the cells of questions are tried
                for place in self.own - self.left_out:
                    self.outputs[place] = [error("Left out", "Too many cells crashed.")]
                self.left_out |= self.own
            self._start()
            fatal = next(filter(None, map(self._ends_it, range(len(self.cells)))), None)
            if fatal is None:
                return
            place, why = fatal
            self.left_out.add(place)
            self.outputs[place] = [error("Stopped", why)]

    def _start(self):
        self.close()
        self.seconds, self.shared = min(STUDENT_SECONDS, self.all_seconds), set()
        self.box = Sandbox(self.files, len(self.tests), self.safe)

    def close(self):
        if self.box:
            self.box.close()

    def _ends_it(self, place):
        """Run one cell; (place, why) if it ended the process."""
        cell = self.cells[place]
        if cell.cell_type != "code" or place in self.left_out:
            return None
        if place in self.tests:
            return self._keep(place)
        if self.seconds <= 0:
            self.outputs[place] = [error("Stopped", _late("notebook", STUDENT_SECONDS))]
            return None
        limit = min(CELL_SECONDS, self.seconds)
        before = self.all_seconds
        try:
            self.outputs[place] = of_cell(self.run_cell(self.box, place, limit))
        except Silent:
            return place, _late("cell", limit)
        except TooMuch as much:
            return self._took_too_much(much.turn)
        except (Gone, Refused):
            return place, "The cell ended the notebook's process."
        finally:
            self.seconds -= before - self.all_seconds
        return None

    def run_cell(self, box, place, seconds):
        """What a process says of a cell that is run in it; its time is counted."""
        cell, start = self.cells[place], time.monotonic()
        named = grade_id(cell) if is_solution(cell) else cell.id
        box.family.now = place
        try:
            answer = box.ask(0, seconds, ask="run", name=named, source=cell.source)
            box.look()
            return answer
        finally:
            self.all_seconds -= min(time.monotonic() - start, seconds)

    def _took_too_much(self, turn):
        """(place, why) of the cell in whose turn it began."""
        place = self._ran_before(turn) if turn in self.tests else turn
        return place, "The cell needed more memory or processes than it may."

    def _keep(self, place):
        """Keep the process as it stands at this question."""
        number = self.tests.index(place)
        self.box.family.now = place
        try:
            answer = self.box.ask(0, CELL_SECONDS, ask="fork", socket_number=number)
            if answer.get("pid") is None:
                self.shared.add(place)
        except TooMuch as much:
            return self._took_too_much(much.turn)
        except (Silent, Gone, Refused):
            return self._ran_before(place), "The process ended after this cell."
        return None

    def _ran_before(self, place):
        """The last cell that was run before a question."""
        skipped = {*self.left_out, *self.tests}
        ran = [k for k in range(place) if self.cells[k].cell_type == "code"]
        return [k for k in ran if k not in skipped][-1]

    def again_until(self, place, beside=()):
        """A process of its own for one question: the cells before it are run again.

        Other processes beside it are watched meanwhile. Where a cell does not end well,
        neither does the process.
        """
        box = Sandbox(self.files, len(self.tests), self.safe)  # it looks like the first
        box.beside = [*beside]
        for number, cell in enumerate(self.cells[:place]):
            if cell.cell_type == "code" and number not in {*self.left_out, *self.tests}:
                try:
                    self.run_cell(box, number, min(CELL_SECONDS, self.all_seconds))
                except (Silent, TooMuch, Gone, Refused):
                    box.close()
                    break
        return box


def _late(what, seconds):
    return f"The {what} had not ended after {seconds:.0f} s, so it was stopped."
