"""Claims put to the test: the register, the verdict card and the wall of tiles."""

import operator
import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from IPython.display import display

from course_lib import predictions, progress

FOLDER = Path(__file__).with_name("register")
COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
# a sign and a colour for each verdict, so that neither has to carry it alone
VERDICTS = {
    "confirmed": ("✓", "#009E73", "#E5F5F0"),
    "conditional": ("if", "#0072B2", "#E5F1F8"),
    "imprecise": ("≈", "#B8558C", "#F9EEF4"),
    "refuted": ("✗", "#D55E00", "#FBEEE5"),
}
# what follows by calculation is checked, not found out
LABELS = {"experiment": "Measured", "arithmetic": "Follows by calculation; checked"}


class ClaimFailed(AssertionError):
    """The measured number does not carry the verdict."""


@dataclass(frozen=True)
class Claim:
    id: str
    lesson: str
    says: str
    source: str
    kind: str
    verdict: str
    why: str
    reference: str


@cache
def lessons():
    """{"02": {"title": …, "question": …, "stars": […], "further": […]}, …}."""
    return {
        number: {
            "title": file["title"],
            "question": file["question"],
            "stars": [id for id, entry in _claims(file) if entry.get("star")],
            "further": [id for id, entry in _claims(file) if not entry.get("star")],
        }
        for number, file in _files().items()
    }


@cache
def sources():
    """{name: how it is cited} of the texts that the claims are taken from."""
    return tomllib.loads((FOLDER / "sources.toml").read_text("utf-8"))


@cache
def register():
    """Every registered claim: {"2.1": Claim, …}."""
    found = {}
    for number, file in _files().items():
        for id, entry in _claims(file):
            words = {key: entry[key] for key in entry if key != "star"}
            if words:  # else the claim is owned by this lesson and still to come
                words["source"] = sources()[words["source"]]
                found[id] = Claim(id, number, **words)
    return found


@cache
def _files():
    paths = sorted(FOLDER.glob("[0-9][0-9]_*.toml"))
    return {path.name[:2]: tomllib.loads(path.read_text("utf-8")) for path in paths}


def _claims(file):
    """The (id, entry) of a lesson's file, in its order."""
    return [(id, entry) for id, entry in file.items() if isinstance(entry, dict)]


def claim(id, measured=None, comparison=None, bound=None, what="", right=None):
    """Show the card of claim id; fail unless `measured comparison bound` holds.

    what is a sentence about the number, with a full stop, as in "{measured} of the 64
    nudges are felt."; or it only names the number, and the comparison stands beside it.
    right is the answer to a prediction still open, which the card then judges.
    A claim of kind "history" takes no number: its card shows the citation.
    """
    if id not in register():
        raise ValueError(
            f"no claim {id!r} is registered in course_lib/register; registered are "
            + ", ".join(register())
        )
    entry = register()[id]
    if entry.kind == "history":
        evidence, holds, numbers = "", True, {}
    else:
        evidence, holds, numbers = _evidence(id, measured, comparison, bound, what)
    data = {
        "text/html": _card(entry, evidence, holds, predictions.take(right)),
        "text/plain": f"Claim {id} ({entry.verdict}): {entry.says} {evidence}".strip(),
    }
    about = {"claim": {"id": id} | numbers}
    if right is not None:
        about["outcome"] = {"words": "", "right": predictions.plain(right)}
    display(data, metadata=about, raw=True)
    if not holds:
        raise ClaimFailed(f"claim {id} is not carried by this run: {evidence}")
    progress.record("claim", claim=id)


def _evidence(id, measured, comparison, bound, what):
    """The comparison as a sentence, whether it holds, and its parts."""
    if comparison not in COMPARE or measured is None or bound is None:
        raise ValueError(
            f"claim {id} needs a number, one of {' '.join(COMPARE)} and a bound, as in "
            f'claim("{id}", measured, "<", 0.5); '
            f"got {measured!r}, {comparison!r}, {bound!r}"
        )
    measured, bound = (getattr(x, "item", lambda x=x: x)() for x in (measured, bound))
    holds = bool(COMPARE[comparison](measured, bound))
    sign = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}.get(comparison, comparison)
    what = what.replace("{measured}", _number(measured))
    evidence = f"{_number(measured)} {sign} {_number(bound)}"
    if what.endswith(".") and holds:  # a sentence, which is true now
        evidence = what
    elif what:
        evidence = f"{what.removesuffix('.')}: {evidence}"
    numbers = {"measured": float(f"{measured:.6g}"), "comparison": comparison}
    return evidence, holds, numbers | {"bound": bound, "what": what}


def _number(x):
    """Four digits are plenty on a card; whole numbers keep all of theirs."""
    return f"{x:,}" if isinstance(x, int) else f"{x:.4g}"


def _card(entry, evidence, holds, prediction):
    sign, colour, tint = VERDICTS[entry.verdict] if holds else ("!", "#000", "#EEE")
    verdict = entry.verdict if holds else "not carried by this run"
    lines = [
        f"<div><b>Claim {entry.id}</b> &nbsp;<i>{escape(entry.source)}</i></div>",
        f'<div style="font-size:1.1em;margin:6px 0">{escape(entry.says)}</div>',
        f'<div style="background:{tint};padding:4px 8px;display:inline-block">'
        f"<b>{sign} {verdict}</b></div>",
    ]
    was_right, guess = prediction
    if guess:
        sign = {True: "✓ ", False: "✗ ", None: ""}[was_right]
        lines.append(f"<div>{sign}{escape(guess)}</div>")
    if evidence:
        lines.append(f"<div>{LABELS[entry.kind]}: <b>{escape(evidence)}</b></div>")
    lines.append(f'<div style="margin-top:6px">{escape(entry.why)}</div>')
    lines.append(
        f'<div style="margin-top:6px;font-size:0.85em">{escape(entry.reference)}</div>'
    )
    return (
        f'<div class="course-card" style="border:1px solid #cccccc;'
        f"border-left:8px solid {colour};padding:10px 14px;margin:6px 0;"
        f'max-width:760px;background:#ffffff;color:#222222;line-height:1.45">'
        + "".join(lines)
        + "</div>"
    )


def wall(folder="."):
    """The map of lessons, one tile a claim: its verdict where this learner has run it.

    Lessons found in folder are links, the others are still to come.
    """
    met = {event["claim"] for event in progress.events("claim")} & set(register())
    rows = []
    for number, lesson in lessons().items():
        ids = lesson["stars"] + lesson["further"]
        tiles = "".join(_tile(id, id in met) for id in ids)
        rows.append(
            '<tr><td style="text-align:left;vertical-align:top;min-width:230px">'
            f"{number}&nbsp; {_link(number, lesson['question'], folder)}</td>"
            f'<td style="text-align:left">{tiles}</td></tr>'
        )
    total = sum(len(x["stars"] + x["further"]) for x in lessons().values())
    words = f"{len(met)} of {total} claims met; {len(register())} can be met so far"
    html = f"<p><b>{words}</b></p><table>{''.join(rows)}</table>"
    display({"text/html": html, "text/plain": words}, raw=True)


def _link(number, question, folder):
    for path in Path(folder).glob(f"{number}_*.ipynb"):
        if path.stem.count("_20") == 0:  # a dated copy is not the lesson
            return f'<a href="{path.name}">{escape(question)}</a>'
    return f'<span style="color:#767676">{escape(question)} (to come)</span>'


def _tile(id, met):
    sign, colour, tint = "", "#BBBBBB", "#FFFFFF"
    if id not in register():
        colour, ink = "#EEEEEE", "#767676"
    else:
        ink = "#222222"
        if met:
            sign, colour, tint = VERDICTS[register()[id].verdict]
    return (
        f'<span style="display:inline-block;min-width:46px;padding:2px 4px;margin:1px;'
        f"text-align:center;border:2px solid {colour};background:{tint};color:{ink};"
        f'font-size:0.85em">{id}&nbsp;{sign}</span>'
    )
