"""The learner's copy of a lesson: nothing in it spoils a prediction; gaps are open."""

import ast
import json
import re

MARK = re.compile(
    r"^(?P<start>\s*(?:return\s|[\w\[\], .:]+?\s*=\s)?)(?P<line>.*?)"
    r"(?P<mark>\s*# now you.*)$"
)
LEAD = re.compile(r"(?s)(.*[.?!][)*\"]*)\s+([^.?!]*:)\s*$")
ASKS = re.compile(r"(?m)^predict\(")
RUNS_ON = "raises-exception"  # "run all" goes on after a slip of the pen in a gap
ANSWER = "<details><summary>What came, and why: open this after the run</summary>"


def clean(source):
    """A file's bytes; a notebook's without outputs and words that spoil predictions.

    Pictures before a lesson's first prediction stay: they make one curious. A paragraph
    tagged `answer` is folded, but for a last sentence that leads over to what follows
    (it ends in a colon); so is code that holds the options of a prediction, up to the
    cell that answers it. Where a cell is tagged `now-you` the lines are missing.
    """
    content = source.read_bytes()
    if source.suffix != ".ipynb":
        return content
    notebook = json.loads(content)
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    seen, options = not any(map(asks, sources)), ()
    for cell, text in zip(notebook["cells"], sources, strict=True):
        if cell["cell_type"] == "code":
            options = open_options(text) if asks(text) else options
            if holds(text, options) or tagged(cell, "hide-input"):
                cell["metadata"].setdefault("jupyter", {})["source_hidden"] = True
            options = () if answers(cell) else options
            seen = seen or asks(text)
            if seen or tagged(cell, "varies") or not pictured(cell):
                cell["outputs"] = []
            cell["execution_count"] = None
        if is_gap(cell):
            cell["source"] = opened(text).splitlines(True)
            cell["outputs"] = []
            cell["metadata"]["tags"].append(RUNS_ON)
        if tagged(cell, "answer"):
            cell["source"] = behind(text).splitlines(True)
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def behind(text):
    """An answer to be opened after the run; a lead-over to what follows stays open."""
    leads = LEAD.match(text)
    told, over = leads.groups() if leads else (text, "")
    return "\n\n".join(filter(None, [ANSWER, told.rstrip(), "</details>", over]))


def asks(source):
    """Whether a cell's code asks for a prediction, also below a picture to point at."""
    return bool(ASKS.search(source))


def open_options(source):
    """The options that a prediction names; none of another kind, or of a quiz."""
    calls = [n.value for n in tree(source).body if isinstance(n, ast.Expr)]
    call = next(c for c in calls if ast.unparse(c.func) == "predict")
    if len(call.args) < 2 or any(k.arg == "answer" for k in call.keywords):
        return ()
    strings = [n.value for n in ast.walk(call.args[1]) if isinstance(n, ast.Constant)]
    return tuple(map(str, strings))


def holds(source, options):
    """Whether code that is no question holds one of the options as a string."""
    if not options or asks(source):
        return False
    strings = [n.value for n in ast.walk(tree(source)) if isinstance(n, ast.Constant)]
    return bool(set(options) & set(strings))


def tree(source):
    """Python's view of a cell, without the lines that only IPython understands."""
    lines = source.splitlines()
    return ast.parse(
        "\n".join(x for x in lines if not x.lstrip().startswith(("%", "!")))
    )


def answers(cell):
    """Whether a saved cell's output answers a prediction."""
    return any("outcome" in output.get("metadata", {}) for output in cell["outputs"])


def pictured(cell):
    return any("<img " in str(output.get("data", "")) for output in cell["outputs"])


def tagged(cell, tag):
    return tag in cell["metadata"].get("tags", ())


def is_gap(cell):
    return tagged(cell, "now-you")


def opened(source):
    """A gap cell's source as the learner gets it: … where lines are to be written."""
    lines = []
    for line in source.splitlines():
        match = MARK.match(line) if "# now you" in line else None
        lines.append(f"{match['start']}...{match['mark']}" if match else line)
    return "\n".join(lines)
