"""The learner's own copies: made once, never overwritten, renewed when asked."""

import hashlib
import json
import os
import sys
from datetime import datetime
from pathlib import Path

from course_lib.classroom import ONE_THREAD, ROOT
from course_lib.classroom.learners_copy import clean
from course_lib.classroom.paths import NAME, choose, executed, lessons, write

SETTINGS = Path(__file__).parent / "jupyter"
RECORD = ".course.json"


def start(folder, lab_options=(), root=ROOT):
    """Copy what is new to the workspace, then open JupyterLab there on lesson 00."""
    folder = Path(folder).resolve()
    copied = fill(folder, root)
    for line in report(folder, copied, newer(folder, root)):
        print(line, flush=True)
    os.environ.update(environment(folder))
    from jupyterlab.labapp import main

    sys.exit(main(options(folder, root) + list(lab_options)))


def reset(number, folder, root=ROOT):
    """Renew lesson and exercise `number`; a changed file is kept beside it, dated."""
    folder, files = Path(folder).resolve(), sources(root)
    [wanted] = choose([number], sorted({lesson_of(name) for name in files}))
    for name, source in files.items():
        if lesson_of(name) == wanted:
            print(renew(folder / name, clean(source)))
            record(folder, {name: clean(source)})


def sources(root):
    """Map each path in a workspace, the same as in the course, to the course's file."""
    files = executed(root)
    for exercise in lessons(root / "exercises").values():
        others = (p for p in exercise.parent.rglob("*") if p.suffix != ".ipynb")
        files += [exercise, *sorted(filter(Path.is_file, others))]
    names = {path.relative_to(root).as_posix(): path for path in files}
    hidden = ("/.", "/__pycache__/")
    return {n: path for n, path in names.items() if not any(h in n for h in hidden)}


def lesson_of(name):
    """Return which lesson a path in a workspace belongs to: its NN_topic."""
    parts = name.removesuffix(".ipynb").split("/")
    return next(filter(NAME.fullmatch, parts))


def fill(folder, root):
    """Copy what the workspace lacks and return the names of the copies."""
    missing = {
        name: clean(source)
        for name, source in sources(root).items()
        if not (folder / name).exists()
    }
    for name, content in missing.items():
        write(folder / name, content)
    record(folder, missing)
    return list(missing)


def recorded(folder):
    """Return what was copied: a hash for every name."""
    path = folder / RECORD
    return json.loads(path.read_text()) if path.exists() else {}


def record(folder, contents):
    """Remember which version of each file was copied."""
    hashes = {name: fingerprint(content) for name, content in contents.items()}
    text = json.dumps(recorded(folder) | hashes, indent=1)
    write(folder / RECORD, text)


def fingerprint(content):
    return hashlib.sha256(content).hexdigest()


def newer(folder, root):
    """Return the numbers of the lessons that changed since they were copied."""
    was = recorded(folder)
    return sorted(
        {
            lesson_of(name)[:2]
            for name, source in sources(root).items()
            if name in was and was[name] != fingerprint(clean(source))
        }
    )


def report(folder, copied, newer):
    """Say in a line or two what is in the workspace."""
    stories = sum(name.startswith("notebooks/") for name in copied)
    exercises = len({lesson_of(name) for name in copied if "exercises/" in name})
    if copied:
        yield (
            f"Copied {counted(stories, 'lesson')} and "
            f"{counted(exercises, 'exercise')} to {folder}; these copies are yours."
        )
    else:
        yield f"Your workspace {folder} is as you left it."
    if newer:
        yield (
            f"There is a newer version of {', '.join(newer)}; `course reset "
            f"{newer[0]}` in a terminal of JupyterLab brings it and keeps your copy."
        )


def counted(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"


def renew(path, content):
    """Write the course's version of a file and say where the learner's is kept."""
    if not path.exists():
        write(path, content)
        return f"Copied {path.name}."
    if path.read_bytes() == content:
        return f"{path.name} is already the course's version."
    kept = dated(path)
    path.rename(kept)
    write(path, content)
    return f"Renewed {path.name}; your copy is {kept}."


def dated(path):
    """Return a free name for a copy, such as 02_topic_2026-01-31_1530.ipynb."""
    stem = f"{path.stem}_{datetime.now():%Y-%m-%d_%H%M}"
    names = [stem] + [f"{stem}_{count}" for count in range(2, 1000)]
    copies = (path.with_name(name + path.suffix) for name in names)
    return next(copy for copy in copies if not copy.exists())


def environment(folder):
    """Return what Lab and its kernels are told: our settings, the progress file."""
    return {
        "COURSE_PROGRESS": str(folder / ".progress.jsonl"),
        "JUPYTER_CONFIG_PATH": in_front(SETTINGS, "JUPYTER_CONFIG_PATH"),
        # so that a terminal of Lab finds `course`
        "PATH": in_front(Path(sys.executable).parent, "PATH"),
    } | {name: os.environ.get(name, one) for name, one in ONE_THREAD.items()}


def in_front(folder, variable):
    paths = [str(folder), os.environ.get(variable, "")]
    return os.pathsep.join(filter(None, paths))


def options(folder, root):
    """Return JupyterLab's options: where, and with which notebook in front."""
    first = next(iter(sources(root)))
    chosen = [
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{first}",
        # tabs of other projects have no place here
        f"--LabApp.workspaces_dir={folder / '.lab'}",
    ]
    # JupyterLab refuses root without it; Windows has no geteuid
    is_root = getattr(os, "geteuid", lambda: 1)() == 0
    return chosen + ["--allow-root"] * is_root
