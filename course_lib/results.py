"""Results that take too long for a lesson, kept with their command, date and machine.

benchmarks/ makes and writes them; a lesson draws them and prints `about`, so that
nobody takes them for its own run.
"""

import json
import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).with_name("stored_results")


def write(name, results, command, packages=("numpy",)):
    """Keep results (plain data) made by `command`, with the versions of packages."""
    record = {
        "command": command,
        "date": date.today().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "versions": {"python": platform.python_version()}
        | {package: version(package) for package in packages},
        "results": results,
    }
    text = json.dumps(record, indent=1, ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")


def read(name):
    """The results kept under this name, as they were given to `write`."""
    return _record(name)["results"]


def about(name):
    """One sentence for the reader: how, when and where these results were made."""
    record = _record(name)
    versions = ", ".join(f"{key} {value}" for key, value in record["versions"].items())
    return (
        f"A stored result, not this run's: `{record['command']}` made it on "
        f"{record['date']} ({record['machine']}; {versions})."
    )


def _record(name):
    path = FOLDER / f"{name}.json"
    if not path.exists():
        names = ", ".join(sorted(p.stem for p in FOLDER.glob("*.json"))) or "none"
        raise FileNotFoundError(f"no result is stored as {name!r}; there are: {names}")
    return json.loads(path.read_text("utf-8"))
