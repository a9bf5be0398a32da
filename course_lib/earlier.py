"""Names that lessons copied into workspaces before December 2026 ask for.

A learner's own copy is never renewed unasked; so its imports go on working.
"""

from importlib import import_module
from types import SimpleNamespace

MOVED = {  # {module of before: {its name: where that is now}}
    "files": {"full_size": "downloads.full_size"},
    "grids": {"sliding": "figures.images.sliding", "stack": "figures.images.stack"},
    "pictures": {
        "boundary": "figures.neuron.boundary",
        "by_layer": "figures.net.by_layer",
        "descent": "figures.descent.path",
        "mistakes_and_bound": "figures.neuron.mistakes_and_bound",
        "regions": "figures.neuron.regions",
        "reliability": "figures.neuron.reliability",
        "tiles": "figures.table.tiles",
        "wiring": "figures.net.wiring",
    },
    "stored": {"about": "results.about", "read": "earlier.read"},
}


def module(name):
    """What stands in for a module of before; raises AttributeError for any other."""
    if name not in MOVED:
        raise AttributeError(f"module 'course_lib' has no attribute {name!r}")
    return SimpleNamespace(**{old: _found(now) for old, now in MOVED[name].items()})


def _found(place):
    path, _, name = place.rpartition(".")
    return getattr(import_module(f"course_lib.{path}"), name)


def read(name):
    """A stored result, with the columns that lesson 09 then had."""
    from course_lib.results import read as stored  # only for who asks

    found = stored(name)
    if name == "gpu_crossover":
        columns = found["microseconds"]
        found |= {"cpu": columns["processor"], "gpu": columns["GPU"]}
    return found
