"""The box in which a prediction is answered: by mouse, by keys, and read aloud."""

from pathlib import Path

import anywidget
import traitlets

FOLDER = Path(__file__).parent


class PredictionBox(anywidget.AnyWidget):
    """A question with its controls; `keep(guess)` keeps a guess and returns the reply.

    The reply names the guess it answers, so that a box without a kernel claims nothing.
    """

    _esm = FOLDER / "prediction_box.js"
    _css = FOLDER / "prediction_box.css"
    title = traitlets.Unicode().tag(sync=True)
    question = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    asked = traitlets.Dict().tag(sync=True)
    guess = traitlets.Any(None, allow_none=True).tag(sync=True)
    reply = traitlets.Dict().tag(sync=True)
    keep = None

    @traitlets.observe("guess")
    def _answer(self, change):
        if self.keep is not None:
            self.reply = {"to": self.guess, "words": self.keep(self.guess)}
