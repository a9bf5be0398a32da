"""The student's functions at one question, behind stand-ins that are called here and
run there."""

import builtins
import time

from course_lib.classroom.sandbox.channel import Gone, Silent
from course_lib.classroom.sandbox.protocol import Refused, pack
from course_lib.classroom.sandbox.sandbox import TooMuch

CALL_SECONDS = 4.5  # a little less than checks.SECONDS
TEST_SECONDS = 30  # of all calls in one test
MOST_RETURNED = 1_000_000  # bytes of an answer, and ten times what was handed over


class Student:
    """The student's functions at one question, behind stand-ins."""

    def __init__(self, box, channel, hidden, at=None):
        self.box, self.channel, self.hidden, self.at = box, channel, hidden, at
        self.ended = False
        self.until = time.monotonic() + TEST_SECONDS

    def ask(self, seconds=CALL_SECONDS, **message):
        """The process's answer; after one that never came there is no other."""
        if self.ended:
            raise RuntimeError("the notebook's process has ended")
        try:
            answer = self.box.ask(self.channel, seconds, at=self.at, **message)
        except BaseException:
            self.ended = True
            raise
        return answer

    def look(self):
        """See at a test's end what its calls took and have left behind."""
        try:
            self.box.look()
        except TooMuch:
            self.ended = True
            raise MemoryError(
                "it took too much memory, or too many processes"
            ) from None

    def names(self, wanted):
        """Stand-ins for functions, and values, for those names that exist."""
        kinds = self.ask(ask="kinds", names=sorted(wanted))
        found = {}
        for one in wanted:
            if kinds.get(one) == "function":
                found[one] = self._stand_in(one)
            elif kinds.get(one) == "value":
                found[one] = self.ask(ask="get", name=one).get("value")
        return found

    def _stand_in(self, function):
        """A function that is called there, not here."""

        def call(*arguments, **keywords):
            answer = self._called(function, list(arguments), keywords)
            for given, left in zip(arguments, answer["arguments"], strict=True):
                if self.hidden and pack({"": given}) != pack({"": left}):
                    raise RuntimeError(f"{function} changed its input")
                _as_left(given, left)
            return answer["value"]

        call.__name__ = function
        return call

    def _called(self, function, arguments, keywords):
        """The answer to a call; its failure is an exception of Python's own."""
        left = min(CALL_SECONDS, self.until - time.monotonic())
        message = {"arguments": arguments, "keywords": keywords}
        try:
            answer = self.ask(left, ask="call", name=function, **message)
        except Silent:
            raise TimeoutError(
                f"{function} had not returned after {CALL_SECONDS:.0f} s. "
                "Is there a loop that never ends?"
            ) from None
        except TooMuch:
            raise MemoryError(
                f"{function} needs too much memory, or too many processes"
            ) from None
        except (Gone, Refused):
            raise RuntimeError(f"{function} ended its process") from None
        if "error" in answer:
            raise _an_exception(answer["error"])
        sent = len(pack(message))
        if len(pack({"value": answer["value"]})) > MOST_RETURNED + 10 * sent:
            raise RuntimeError(f"{function} returned far too much")
        return answer


def _an_exception(described):
    """The exception of a student's function, as one of Python's own kinds."""
    kind, message, *_ = [*described, "", ""]
    kind = vars(builtins).get(str(kind))
    ours = isinstance(kind, type) and issubclass(kind, Exception)
    try:
        return (kind if ours else RuntimeError)(str(message))
    except TypeError:  # some want more arguments
        return RuntimeError(str(message))


def _as_left(given, left):
    """Make an argument what the function there made of it."""
    if isinstance(given, list) and isinstance(left, list):
        given[:] = left
    elif isinstance(given, dict) and isinstance(left, dict):
        given.clear()
        given.update(left)
    elif getattr(given, "shape", None) and given.shape == getattr(left, "shape", ()):
        given[...] = left
