"""What a teacher knows about each question of an exercise; loads no nbgrader."""

import importlib.util
import sys
from dataclasses import dataclass, field


@dataclass
class Question:
    """What a teacher knows about a question; lives in solutions/NN_topic/mistakes.py.

    inputs: at most four argument tuples for the public checks
    hints: what a learner may ask for, one at a time
    variants: other right answers          mistakes: (hint, wrong function) pairs
    """

    name: str
    inputs: list
    hints: list
    variants: list = field(default_factory=list)
    mistakes: list = field(default_factory=list)

    def right(self, function):
        """Register another right answer; use as a decorator."""
        self.variants.append(function)
        return function

    def mistake(self, hint):
        """Register a wrong answer with the hint that names it; use as a decorator."""

        def register(function):
            self.mistakes.append((hint, function))
            return function

        return register


@dataclass
class Words:
    """A question that is answered in words: its hints, one at a time."""

    name: str
    hints: list


def questions(source, file="mistakes.py", kind=Question):
    """{name: Question} of the mistakes.py (or gaps.py) beside a solution notebook."""
    path = source.with_name(file)
    if file == "gaps.py" and not path.exists():
        return {}
    module_name = f"{source.stem}_{path.stem}"
    spec = importlib.util.spec_from_file_location(module_name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found = [x for x in vars(module).values() if isinstance(x, kind)]
    return {question.name: question for question in found}
