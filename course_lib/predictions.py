"""Predictions: a guess before a run, shown beside the result; also the quiz."""

from html import escape

from IPython.display import display

from course_lib import progress

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

_open_prediction = None  # the question most recently asked in this kernel


def predict(question, options, answer=None, why=""):
    """Ask for a guess before a run; with an answer it is a quiz and responds at once.

    The choice is kept in the learner's own progress file, and the next card shows it.
    """
    global _open_prediction
    if answer is not None and answer not in options:
        raise ValueError(f"the answer {answer!r} must be one of the options {options}")
    _open_prediction = question if answer is None else None
    bundle = {"text/plain": f"{question} " + " / ".join(options)}
    bundle["text/html"] = _still(question, options, answer, why)
    bundle |= _live(question, options, answer, why)
    display(bundle, raw=True)


def chosen(question):
    """The learner's last answer to a question, or None."""
    choices = [
        e["choice"] for e in progress.events("predict") if e["question"] == question
    ]
    return choices[-1] if choices else None


def take():
    """The learner's choice in the prediction still open, or None; it is closed."""
    global _open_prediction
    question, _open_prediction = _open_prediction, None
    return question and chosen(question)


def outcome(words):
    """Show what a run gave, and beside it what the learner had predicted."""
    guess = take()
    data = {"text/plain": words + (f" (you predicted: {guess})" if guess else "")}
    mine = f"<br>You predicted: <b>{escape(guess)}</b>" if guess else ""
    data["text/html"] = (
        '<div class="course-outcome" style="border-left:8px solid #0072B2;'
        'padding:6px 14px;margin:6px 0;max-width:760px">'
        f"<b>{escape(words)}</b>{mine}</div>"
    )
    display(data, raw=True)


_BOX = (
    "border:1px solid #cccccc;border-left:8px solid #E69F00;padding:10px 14px;"
    "margin:6px 0;max-width:760px;background:#fffaf0;color:#222222"
)


def _still(question, options, answer, why):
    """The question as a page that nobody runs shows it."""
    title = "Predict" if answer is None else "Question"
    items = "".join(f"<li>{escape(option)}</li>" for option in options)
    fold = ""
    if answer is not None:
        reply = f"<b>{escape(answer)}</b>. {escape(why)}"
        fold = f"<details><summary>answer</summary>{reply}</details>"
    return (
        f'<div class="course-predict" style="{_BOX}"><b>{title}.</b> {escape(question)}'
        f'<ol type="a" style="margin:6px 0">{items}</ol>{fold}</div>'
    )


def _live(question, options, answer, why):
    """The question as radio buttons, for a front end with a kernel."""
    import ipywidgets

    def reply(choice):
        if answer is None:
            kept = f"Kept: <b>{escape(choice)}</b>."
            return f"{kept} Press Shift + Enter, read on, and run the next cell."
        if choice == answer:
            return f"<b>✓ Right.</b> {escape(why)}"
        return "<b>✗ Not this one.</b> Think again, then choose again."

    def on_choice(change):
        progress.record("predict", question=question, choice=change["new"])
        response.value = reply(change["new"])

    before = chosen(question)
    title = "Predict" if answer is None else "Question"
    wide = ipywidgets.Layout(width="max-content")
    text = f"<b>{title}.</b> {escape(question)}"
    heading = ipywidgets.HTML(f'<div style="line-height:1.5">{text}</div>')
    index = options.index(before) if before in options else None
    radio = ipywidgets.RadioButtons(options=options, index=index, layout=wide)
    response = ipywidgets.HTML(reply(before) if before in options else "")
    radio.observe(on_choice, names="value")
    frame = ipywidgets.Layout(
        border="1px solid #cccccc",
        border_left="8px solid #E69F00",
        padding="8px 14px",
        max_width="760px",
    )
    box = ipywidgets.VBox([heading, radio, response], layout=frame)
    box.add_class("course-predict")
    return {WIDGET_VIEW: box._repr_mimebundle_()[WIDGET_VIEW]}
