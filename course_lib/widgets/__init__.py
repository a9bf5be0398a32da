"""Sliders over what a lesson has already shown; a still picture elsewhere.

One module a widget, named by the lesson's word, with pure functions underneath:

    from course_lib.widgets import ravine

    ravine.show()

They use the library's models and have none of their own. What draws, learns or holds
data is imported where it is used, so that a lesson loads nothing before it is shown.
"""

from importlib import import_module
from types import ModuleType


class Word(ModuleType):
    """A widget's module, which lessons of before December 2026 call: ravine()."""

    def __call__(self):
        self.show()


def __getattr__(name):
    try:
        module = import_module(f"{__name__}.{name}")
    except ModuleNotFoundError:
        raise AttributeError(f"there is no widget {name!r}") from None
    module.__class__ = Word
    return module
