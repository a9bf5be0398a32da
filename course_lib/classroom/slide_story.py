"""What a deck adds to a lesson's cells: minutes, titles, answers to predictions.

A prediction's right answer is marked on its slide at the next step, and the speaker's
notes beside it tell what the run gave.
"""

import re
from collections import Counter
from html import escape

from nbformat.v4 import new_markdown_cell

SLIDE_TYPES = {"slide", "subslide"}


def told(cells):
    """The cells of a deck, with all that a speaker who has not seen it needs."""
    cells = list(cells)
    story = [new for cell in cells for new in (cell, *_minutes(cell))]
    for cell, answer in _answers(cells):
        _mark(cell, answer)
        place = next(k for k, other in enumerate(story) if other is cell)
        story.insert(place + 1, _note(f"**The run:** {_in_words(answer)}"))
    return list(_numbered(_headed(story)))


def slide_type(cell):
    return cell.metadata.get("slideshow", {}).get("slide_type", "-")


def _note(text):
    return new_markdown_cell(text, metadata={"slideshow": {"slide_type": "notes"}})


def _minutes(cell):
    """The time that a slide is given, as the first of its speaker's notes."""
    if minutes := cell.metadata.get("slideshow", {}).get("minutes"):
        yield _note(f"**{minutes} min**")


def _about(cell, name):
    """What the outputs of a cell say of themselves under a name, or None."""
    outputs = (output.get("metadata", {}) for output in cell.get("outputs", ()))
    return next((about[name] for about in outputs if name in about), None)


def _answers(cells):
    """(prediction, what its run said), of those whose outcome follows."""
    asked = None
    for cell in cells:
        answer = _about(cell, "outcome")
        if asked is not None and answer:
            yield asked, answer
            asked = None
        prediction = _about(cell, "prediction")
        if prediction:
            asked = None if prediction["quiz"] else cell


def _in_words(answer):
    right = answer.get("right")
    parts = [answer["words"], f"Right: {right}." if isinstance(right, str) else ""]
    return " ".join(filter(None, parts))


def _mark(cell, answer):
    """Let the right answer appear on the prediction's slide at the next step."""
    right = answer.get("right")
    for output in cell.outputs:
        page = output.get("data", {}).get("text/html", "")
        tick = '<b class="fragment course-right"> ✓</b>'
        item = f"<li>{escape(right)}</li>" if isinstance(right, str) else None
        if item and item in page:
            page = page.replace(item, f"{item.removesuffix('</li>')}{tick}</li>")
        elif right is not None and answer["words"]:
            words = f'<p class="fragment">✓ {escape(answer["words"])}</p>'
            page = page.removesuffix("</div>") + words + "</div>"
        if page:
            output.data["text/html"] = page


def _heading(cell):
    found = re.match(r"#+ .+", cell.source) if cell.cell_type == "markdown" else None
    return found and found[0]


def _headed(cells):
    """Give a slide that begins without a heading the one of its section."""
    heading = None
    for cell in cells:
        found = _heading(cell)
        heading = found or heading
        if slide_type(cell) in SLIDE_TYPES and not found and heading:
            slide = new_markdown_cell(heading)
            slide.metadata = {"slideshow": dict(cell.metadata.slideshow)}
            cell.metadata.slideshow.slide_type = "-"
            yield slide
        yield cell


def _numbered(cells):
    """Tell slides of one title apart, so that a question can name its slide."""
    seen = Counter()
    for cell in cells:
        if slide_type(cell) in SLIDE_TYPES and (heading := _heading(cell)):
            seen[heading] += 1
            if seen[heading] > 1:
                title = f"{heading} ({seen[heading]})"
                cell.source = cell.source.replace(heading, title, 1)
        yield cell
