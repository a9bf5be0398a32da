"""The table of all claims, read from the cards that the saved lessons show."""

import json

from rich.console import Console
from rich.table import Table

from course_lib.claims import VERDICTS, lessons, register, sources
from course_lib.classroom import ROOT
from course_lib.classroom.paths import executed, write

INTRODUCTION = """\
# Every claim, and what the run says

This table is written by `make claims` from the saved lessons. The verdict follows the
measured number; the reason and the code are in the lesson. The sources:

"""


def cards(root=ROOT):
    """{claim id: the numbers of its card} of all saved lessons, in their order."""
    found = {}
    for path in sorted(executed(root), key=lambda path: path.name):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                if card := output.get("metadata", {}).get("claim"):
                    found[card["id"]] = card
    return found


def evidence(card):
    """What was measured, compared with what; for claims of history, their reference."""
    if register()[card["id"]].kind == "history":
        return register()[card["id"]].reference
    bound = f"{card['comparison']} {card['bound']:g}"
    if card["what"].endswith("."):
        return f"{card['what']} ({card['measured']:.4g} {bound})"
    return f"{card['what']}: **{card['measured']:.4g}** ({bound})"


def rows(root=ROOT):
    for id, card in cards(root).items():
        entry = register()[id]
        verdict = f"{VERDICTS[entry.verdict][0]} {entry.verdict}"
        yield entry.lesson, id, entry.says, entry.source, evidence(card), verdict


def tally(root=ROOT):
    """How the verdicts on the sources' claims fall, our own questions counted apart."""
    met = [register()[id] for id in cards(root)]
    verdicts = [entry.verdict for entry in met if entry.source != sources()["ours"]]
    counts = ", ".join(f"{verdicts.count(v)} {v}" for v in VERDICTS)
    own = len(met) - len(verdicts)
    return f"{len(verdicts)} claims of the sources: {counts}. Of our own: {own}."


def write_table(root=ROOT):
    """Write CLAIMS.md and print the same table, with the number of each verdict."""
    lines = [INTRODUCTION + "\n".join(f"- {cite}" for cite in sources().values())]
    lines.append(f"\n{tally(root)}")
    console = Console()
    table = Table("", "claim", "measured", "verdict", show_lines=True)
    number = None
    for lesson, id, says, source, measured, verdict in rows(root):
        if lesson != number:
            number = lesson
            lines.append(f"\n## {number} {lessons()[number]['question']}\n")
            lines.append("| | claim | source | measured | verdict |")
            lines.append("|---|---|---|---|---|")
        lines.append(f"| {id} | {says} | {source} | {measured} | {verdict} |")
        table.add_row(id, says, measured.replace("**", ""), verdict)
    write(root / "CLAIMS.md", "\n".join(lines) + "\n")
    console.print(table)
    console.print(f"{tally(root)} Written to CLAIMS.md.")
