"""The learner's copy of a lesson: nothing in it spoils a prediction; gaps are open."""

import json
import re

MARK = re.compile(
    r"^(?P<start>\s*(?:return\s|[\w\[\], .:]+?\s*=\s)?)(?P<line>.*?)"
    r"(?P<mark>\s*# now you.*)$"
)
ANSWER = "<details><summary>What came, and why: open this after the run</summary>"


def clean(source):
    """A file's bytes; a notebook's without outputs and words that spoil predictions.

    Pictures before a lesson's first prediction stay: they make one curious. A paragraph
    tagged `answer` is folded; where a cell is tagged `now-you` the lines are missing.
    """
    content = source.read_bytes()
    if source.suffix != ".ipynb":
        return content
    notebook = json.loads(content)
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    seen = not any(source.startswith("predict(") for source in sources)
    for cell, text in zip(notebook["cells"], sources, strict=True):
        if cell["cell_type"] == "code":
            seen = seen or text.startswith("predict(")
            if seen or tagged(cell, "varies"):
                cell["outputs"] = []
            cell["execution_count"] = None
        if is_gap(cell):
            cell["source"] = opened(text).splitlines(True)
            cell["outputs"] = []
        if tagged(cell, "answer"):
            cell["source"] = f"{ANSWER}\n\n{text}\n\n</details>".splitlines(True)
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


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
