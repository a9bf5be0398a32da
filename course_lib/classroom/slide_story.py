"""What a deck adds to a lesson's cells: minutes, titles, answers to predictions.

A prediction's right answer is marked on its slide at the next step, and the speaker's
notes beside it tell what the run gave. In the metadata of a cell, under "slideshow":
minutes of a slide; say, what is spoken there in place of the prose; steps, the shares
of a figure's width that are uncovered one after another.
"""

import re
from collections import Counter
from html import escape

from nbformat.v4 import new_markdown_cell

from course_lib.classroom.learners_copy import LEAD

SLIDE_TYPES = {"slide", "subslide"}


def told(cells, exercise=None):
    """The cells of a deck, with all that a speaker who has not seen it needs.

    exercise: (its name, its minutes), which the last slide announces.
    """
    cells = list(_speakable(cells))
    for cell in cells:
        _cut(cell)
    story = [new for cell in _spoken(cells) for new in (cell, *_minutes(cell))]
    for cell, answer in _answers(cells):
        _mark(cell, answer)
        place = next(k for k, other in enumerate(story) if other is cell)
        story.insert(place + 1, _note(_in_words(answer)))
    _frame(story, exercise)
    return list(_numbered(_headed(story)))


def _speakable(cells):
    """The cells, in whose notes nothing leads over to a cell that no slide shows."""
    cells = list(cells)
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        if slide_type(cell) == "notes":
            parts = cell.source.split("\n\n")
            text = "\n\n".join(p for p in parts if not p.startswith("**Now you"))
            leads = LEAD.match(text) if _unseen(following) else None
            cell.source = leads[1] if leads else text
        yield cell


def _unseen(cell):
    return cell is None or slide_type(cell) == "skip"


def slide_type(cell):
    return _show(cell).get("slide_type", "-")


def _show(cell):
    return cell.metadata.get("slideshow", {})


def _starts(cell):
    return slide_type(cell) in SLIDE_TYPES


def _note(text):
    return new_markdown_cell(text, metadata={"slideshow": {"slide_type": "notes"}})


def _minutes(cell):
    """The time that a slide is given, as the first of its speaker's notes."""
    if minutes := _show(cell).get("minutes"):
        yield _note(f"**{minutes} min**")
    if words := _show(cell).get("say"):
        yield _note(words)


def _spoken(cells):
    """The cells without the prose of slides that have words of their own to say."""
    spoken = False
    for cell in cells:
        if _starts(cell):
            spoken = "say" in _show(cell)
        if not (spoken and slide_type(cell) == "notes"):
            yield cell


def _cut(cell):
    """Mark a figure that is uncovered in steps, from left to right, for the page."""
    steps = _show(cell).get("steps", ())
    shares = " ".join(map(str, steps))
    for output in cell.get("outputs", ()) if steps else ():
        page = output.get("data", {}).get("text/html", "")
        if "<img " in page:
            page = page.replace("<img ", f'<img data-steps="{shares}" ', 1)
            marks = '<span class="fragment deck-step"></span>' * len(steps)
            output.data["text/html"] = page + marks


def _frame(story, exercise):
    """Say on the first slide what the hour holds, on the last what comes then."""
    slides = [cell for cell in story if _starts(cell)]
    minutes = sum(_show(cell).get("minutes", 0) for cell in slides)
    if minutes and slides[0].cell_type == "markdown":
        n = sum(_asks(cell) for cell in story)
        needs = re.search(r"needs lessons? [^·*\n]+", slides[0].source)
        facts = [f"{minutes} minutes", f"{n} prediction{'s' if n > 1 else ''}"]
        facts += [needs[0].strip()] if needs else []
        facts += [f"then exercise {exercise[0][:2]}"] if exercise else []
        kept = [p for p in slides[0].source.split("\n\n") if " minutes" not in p]
        slides[0].source = "\n\n".join([*kept, " · ".join(facts)])
        story.insert(story.index(slides[0]) + 1, _note(_run_sheet(slides)))
    if exercise and slides[-1].cell_type == "markdown":
        name, minutes = exercise
        words = f"<b>Now the exercise:</b> {name}, {minutes} minutes"
        slides[-1].source += f'\n\n<p class="deck-next fragment">{words}</p>'


def _run_sheet(slides):
    """When each part begins, in minutes from the start."""
    clock, parts = 0, []
    for cell in slides:
        heading = _heading(cell) or ""
        if heading.startswith("## "):
            parts.append(f"{clock} {heading.removeprefix('## ')}")
        clock += _show(cell).get("minutes", 0)
    return f"**Minute by minute:** {' · '.join(parts)} · {clock} end"


def _asks(cell):
    """Whether a slide asks for a prediction here; a quiz is none."""
    prediction = None if _unseen(cell) else _about(cell, "prediction")
    return bool(prediction) and not prediction["quiz"]


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
        if _about(cell, "prediction"):
            asked = cell if _asks(cell) else None


def _in_words(answer):
    """What the notes tell of an answer; a card tells no words of the run here."""
    words, right = answer["words"], answer.get("right")
    run = f"**The run:** {words}" if words else ""
    named = f"Right: {right}." if isinstance(right, str) or not words else ""
    return " ".join(filter(None, [run, named]))


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
        if _starts(cell) and not found and heading:
            slide = new_markdown_cell(re.sub("^# ", "## ", heading) + _kind(cell))
            slide.metadata = {"slideshow": dict(cell.metadata.slideshow)}
            cell.metadata.slideshow.slide_type = "-"
            yield slide
        yield cell


def _kind(cell):
    """What a slide without a heading of its own shows, as the end of its title."""
    if card := _about(cell, "claim"):
        return f" · claim {card['id']}"
    return " · predict" if _asks(cell) else ""


def _numbered(cells):
    """Tell slides of one title apart, so that a question can name its slide."""
    seen = Counter()
    for cell in cells:
        if _starts(cell) and (heading := _heading(cell)):
            title = heading.lstrip("# ")
            seen[title] += 1
            if seen[title] > 1:
                title = f"{heading} ({seen[title]})"
                cell.source = cell.source.replace(heading, title, 1)
        yield cell
