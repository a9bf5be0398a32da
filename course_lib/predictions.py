"""Predictions: a guess before a run, judged right after it; also the quiz."""

from dataclasses import dataclass
from html import escape

from IPython.display import display

from course_lib import progress
from course_lib.guesses import Choice, Number, Order, Point

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
BOX = (
    "border:1px solid var(--jp-border-color2,#cccccc);border-left:8px solid #E69F00;"
    "padding:10px 14px;margin:6px 0;max-width:760px;line-height:1.5;"
    "background:var(--jp-layout-color1,#fffaf0);color:var(--jp-content-font-color1,#222222)"
)


@dataclass(frozen=True)
class Open:
    """A prediction that waits for its run."""

    question: str
    guess: Choice | Number | Order | Point


_open = None  # the prediction most recently asked in this kernel


def predict(
    question, options=None, *, number=None, order=None, point=None, answer=None, why=""
):
    """Ask for a guess before a run; with an answer it is a quiz and responds at once.

    One of: options, a list; number=(low, high, "unit"); order=[items];
    point=(axes, alternative text, distance that counts as near). The guess is kept in
    the learner's own progress file; `outcome` judges it.
    """
    global _open
    kind = _kind(options, number, order, point)
    if answer is not None and not kind.holds(answer):
        raise ValueError(f"the answer {answer!r} must be one of the options {options}")
    _open = Open(question, kind) if answer is None else None
    bundle = {"text/plain": f"{question} {kind.plain()}"}
    bundle["text/html"] = _still(question, kind, answer, why)
    bundle |= _live(question, kind, answer, why)
    about = {"question": question, "kind": kind.kind, "quiz": answer is not None}
    display(bundle, metadata={"prediction": about}, raw=True)


def _kind(options, number, order, point):
    """What is asked for; exactly one of the four."""
    asked = [x for x in (options, number, order, point) if x is not None]
    if len(asked) != 1:
        raise ValueError(
            "a prediction asks for one thing: options, number, order or point; "
            f"got {len(asked)} of them"
        )
    if options is not None:
        return Choice(options)
    if number is not None:
        return Number(*number)
    return Order(order) if order is not None else Point(*point)


def chosen(question):
    """The learner's last guess at a question, or None."""
    guesses = [
        e["choice"] for e in progress.events("predict") if e["question"] == question
    ]
    return guesses[-1] if guesses else None


def take(right=None):
    """The open prediction's guess in words, judged where right is given; then closed.

    Returns (whether the guess was right or None, a sentence or "").
    """
    global _open
    asked, _open = _open, None
    guess = asked and chosen(asked.question)
    right = plain(right)
    if asked and right is not None:
        asked.guess.judge(right, right)  # a wrong key is loud, whoever answered
    if guess is None or not asked.guess.holds(guess):
        return None, ""
    if right is None:
        return None, f"You predicted: {asked.guess.words(guess)}."
    return asked.guess.judge(guess, right)


def outcome(words, right=None):
    """Show what a run gave, and whether the learner's prediction was right.

    right: the option, the number (or the lowest and highest of several runs), the
    order or the point that the run gave.
    """
    was_right, mine = take(right)
    sign = {True: "✓ ", False: "✗ ", None: ""}[was_right]
    data = {"text/plain": words + (f" ({mine})" if mine else "")}
    shown = f"<br>{sign}{escape(mine)}" if mine else ""
    data["text/html"] = (
        '<div class="course-outcome" style="border-left:8px solid #0072B2;'
        'padding:6px 14px;margin:6px 0;max-width:760px">'
        f"<b>{escape(words)}</b>{shown}</div>"
    )
    about = {"words": words} | ({} if right is None else {"right": plain(right)})
    display(data, metadata={"outcome": about}, raw=True)


def plain(right):
    """The right guess as plain data, as a guess is kept."""
    right = getattr(right, "tolist", lambda: right)()
    return [plain(part) for part in right] if isinstance(right, tuple) else right


def _still(question, kind, answer, why):
    """The question as a page that nobody runs shows it."""
    title = "Predict" if answer is None else "Question"
    fold, before = "", chosen(question)
    if answer is not None:
        reply = f"<b>{escape(kind.words(answer))}</b>. {escape(why)}"
        fold = f"<details><summary>answer</summary>{reply}</details>"
    elif before is not None and kind.holds(before):
        fold = (
            f"<p>Your answer so far: <b>{escape(kind.words(before))}</b>. "
            "Run this cell to answer again.</p>"
        )
    return (
        f'<div class="course-predict" style="{BOX}"><b>{title}.</b> {escape(question)}'
        f"{kind.still()}{fold}</div>"
    )


def _live(question, kind, answer, why):
    """The question as a box to answer in, for a front end with a kernel."""
    from course_lib.prediction_box import PredictionBox

    def reply(guess):
        if answer is None:
            kept = f"Kept: {kind.words(guess)}."
            return f"{kept} Press Shift + Enter, read on, and run the next cell."
        if guess == answer:
            return f"✓ Right. {why}"
        return "✗ Not this one. Think again, then choose again."

    def keep(guess):
        progress.record("predict", question=question, choice=guess)
        return reply(guess)

    before = chosen(question)
    known = before is not None and kind.holds(before)
    box = PredictionBox(
        title="Predict" if answer is None else "Question",
        question=question,
        kind=kind.kind,
        asked=kind.state(),
        guess=before if known else None,
        reply={"to": before, "words": reply(before)} if known else {},
    )
    box.keep = keep
    return {WIDGET_VIEW: box._repr_mimebundle_()[0][WIDGET_VIEW]}
