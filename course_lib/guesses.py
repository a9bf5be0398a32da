"""Kinds of guess: an option, a number, an order, a point; how each is shown and judged.

Every kind says how it stands on a page that nobody runs (`still`), what its box in a
notebook needs (`state`), a guess in words, and how near a guess came (`judge`).
"""

import base64
import io
from html import escape

ITEMS = '<ol type="{}" style="margin:6px 0">{}</ol>'


class Choice:
    """One of several options; a guess is the option."""

    kind = "choice"

    def __init__(self, options):
        self.options = list(options)

    def state(self):
        return {"options": self.options}

    def still(self):
        items = "".join(f"<li>{escape(option)}</li>" for option in self.options)
        return ITEMS.format("a", items)

    def plain(self):
        return " / ".join(self.options)

    def holds(self, guess):
        return guess in self.options

    def words(self, guess):
        return guess

    def judge(self, guess, right):
        """Whether guess is the right option, and a sentence that says so."""
        if right not in self.options:
            raise ValueError(
                f"the right option {right!r} must be one of the options {self.options}"
            )
        if guess == right:
            return True, f"As you predicted: {right}."
        return False, f"You predicted “{guess}”; right was “{right}”."


class Number:
    """A number from low to high; a guess is the number."""

    kind = "number"

    def __init__(self, low, high, unit=""):
        if not low < high:
            raise ValueError(f"number must be (low, high[, unit]); got {low}, {high}")
        self.low, self.high, self.unit = low, high, unit

    def state(self):
        return {"low": self.low, "high": self.high, "unit": self.unit}

    def still(self):
        return f"<p>from {self.low:g} to {self.high:g} {escape(self.unit)}</p>"

    def plain(self):
        return f"from {self.low:g} to {self.high:g} {self.unit}".strip()

    def holds(self, guess):
        number = isinstance(guess, (int, float)) and not isinstance(guess, bool)
        return number and self.low <= guess <= self.high

    def words(self, guess):
        return f"{guess:g} {self.unit}".strip()

    def judge(self, guess, right):
        """Whether guess is within a tenth of right, and how far off it is.

        right may be (low, high), what luck gave: then a guess between them is right.
        """
        if isinstance(right, (list, tuple)):
            low, high = right
            return self._among(low if guess == right else guess, low, high)
        off = guess - right
        if abs(off) < 5e-4 * abs(right) or off == 0:
            return True, f"You predicted {self.words(guess)}: exactly."
        side = "too high" if off > 0 else "too low"
        near = abs(off) <= 0.1 * abs(right)
        share = f" ({abs(off) / abs(right):.0%} of it)" if right else ""
        close = ", close" if near else ""
        words = f"You predicted {self.words(guess)}: {abs(off):.3g} {side}{share}"
        return near, f"{words}{close}."

    def _among(self, guess, low, high):
        words, span = f"You predicted {self.words(guess)}", f"from {low:g} to {high:g}"
        if low <= guess <= high:
            return True, f"{words}: within what came, {span}."
        off, side = (guess - high, "high") if guess > high else (low - guess, "low")
        return False, f"{words}: {off:.3g} too {side}; what came was {span}."


class Order:
    """Items to put in order, first on top; a guess is the list of them in order."""

    kind = "order"

    def __init__(self, items):
        self.items = list(items)

    def state(self):
        return {"items": self.items}

    def still(self):
        items = "".join(f"<li>{escape(item)}</li>" for item in self.items)
        return f"<p>Put in order:</p><ul>{items}</ul>"

    def plain(self):
        return "put in order: " + " / ".join(self.items)

    def holds(self, guess):
        return isinstance(guess, list) and sorted(guess) == sorted(self.items)

    def words(self, guess):
        return ", ".join(guess)

    def judge(self, guess, right):
        """Whether every item is at its place, and how many are."""
        if sorted(right) != sorted(self.items):
            raise ValueError(
                f"the right order {right} must hold the items {self.items}"
            )
        n = sum(mine == true for mine, true in zip(guess, right, strict=True))
        if n == len(right):
            return True, f"As you predicted: {self.words(right)}."
        words = f"You predicted {self.words(guess)}: {n} of {len(right)} at their place"
        return False, f"{words}; right was {self.words(right)}."


class Point:
    """A point on linear axes; a guess is [x, y], right within `near` of the right one.

    axes: of a figure that is drawn and closed here; alt: its alternative text.
    """

    kind = "point"

    def __init__(self, axes, alt, near):
        import matplotlib.pyplot as plt

        if axes.get_xscale() != "linear" or axes.get_yscale() != "linear":
            raise ValueError("a point is asked for on linear axes only")
        figure = axes.figure
        buffer = io.BytesIO()
        with plt.rc_context({"savefig.bbox": "standard"}):  # places stay as computed
            figure.savefig(buffer, format="png", metadata={"Software": None})
        box, self.alt, self.near = axes.get_position(), alt, near
        self.x, self.y = [list(map(float, f())) for f in (axes.get_xlim, axes.get_ylim)]
        self.box = [round(float(v), 4) for v in (box.x0, box.x1, box.y0, box.y1)]
        self.image = base64.b64encode(buffer.getvalue()).decode()
        plt.close(figure)

    def state(self):
        """What the box draws: the picture, and where its axes lie in it."""
        source = f"data:image/png;base64,{self.image}"
        return {
            "image": source,
            "alt": self.alt,
            "box": self.box,
            "x": self.x,
            "y": self.y,
        }

    def still(self):
        """The picture to point at, with its alternative text."""
        return (
            f'<p>Point at the place.</p><img alt="{escape(self.alt)}" '
            f'style="max-width:100%" src="data:image/png;base64,{self.image}">'
        )

    def plain(self):
        return f"point at the place in: {self.alt}"

    def holds(self, guess):
        return isinstance(guess, list) and len(guess) == 2

    def words(self, guess):
        return "({:.3g}, {:.3g})".format(*guess).replace("-", "−")

    def judge(self, guess, right):
        """Whether guess lies within `near` of right, and how far it lies."""
        gap = sum((g - r) ** 2 for g, r in zip(guess, right, strict=True)) ** 0.5
        words = (
            f"You pointed at {self.words(guess)}, {gap:.2g} from {self.words(right)}."
        )
        return gap <= self.near, words
