"""Answers as plain data, and what differs between two of them, in a sentence."""

import numpy as np

DIGITS = 8  # to which stored answers are kept
CHANCE = np.random.Generator, np.random.BitGenerator, np.random.RandomState


def differs(answer, expected):
    """What is different about answer, in a sentence; "" where nothing is."""
    if isinstance(expected, dict):
        return _differs_dict(answer, expected)
    if isinstance(expected, (list, tuple)):
        return _differs_list(answer, expected)
    if isinstance(expected, (str, bool, type(None))):
        same = isinstance(answer, (type(expected), np.bool_)) and answer == expected
        return "" if same else f"expected {expected!r}, got {short(answer)}."
    return _differs_numbers(answer, np.asarray(expected))


def _differs_dict(answer, expected):
    if not isinstance(answer, dict):
        keys = ", ".join(map(repr, expected))
        return f"expected a dict with {keys}; got {_kind(answer)}."
    if set(answer) != set(expected):
        return f"expected the keys {list(expected)}; got {list(answer)}."
    for key in expected:
        if difference := differs(answer[key], expected[key]):
            return f"at {key!r}, {difference}"
    return ""


def _differs_list(answer, expected):
    if isinstance(answer, np.ndarray) and answer.ndim:  # its rows, or its numbers
        answer = list(answer)
    if not isinstance(answer, (list, tuple)):
        kind = type(expected).__name__
        return f"expected {len(expected)} values in a {kind}; got {_kind(answer)}."
    if len(answer) != len(expected):
        return f"expected {len(expected)} values; got {len(answer)}."
    for k, (one, other) in enumerate(zip(answer, expected, strict=True)):
        if difference := differs(one, other):
            return f"value {k + 1} of {len(expected)}: {difference}"
    return ""


def _differs_numbers(answer, expected):
    wanted = f"an array of shape {expected.shape}" if expected.shape else "a number"
    given = answer
    try:
        answer = np.asarray(given)
        if answer.dtype.kind not in "biuf":
            return f"expected {wanted}; got {_kind(given)}."
    except ValueError:  # rows of different lengths
        return f"expected {wanted}; got rows of different lengths."
    if answer.shape != expected.shape:
        lone = answer.size == 1 and not expected.shape
        entry = f"; take its entry {[0] * answer.ndim}" if lone else ""
        return f"expected {wanted}; got {_kind(answer)}{entry}."
    bad = ~np.isfinite(answer)
    if bad.any() and np.isfinite(expected).all():
        return f"{_of(bad)} not a finite number (NaN or infinity)."
    wrong = ~np.isclose(answer, expected, rtol=1e-6, atol=1e-7, equal_nan=True)
    if not wrong.any():
        return ""
    first = tuple(np.argwhere(wrong)[0])
    at = f" at {[int(i) for i in first]}" if first else ""
    values = f"expected {short(expected[first])}{at}, got {short(answer[first])}"
    if np.allclose(answer, np.negative(expected, dtype=float)):  # truths, too
        return f"{values}: every sign is the other way round."
    ratio = _ratio(answer, expected)
    if ratio and abs(ratio - 1) > 1e-3:
        return f"{values}: the answer is {ratio:.4g} times what it should be."
    return f"{values}." + (f" {_of(wrong)} wrong." if expected.size > 1 else "")


def _ratio(answer, expected):
    """The one factor between two answers, or None."""
    if not expected.all() or not np.any(answer):
        return None
    ratio = (answer / expected).ravel()
    return float(ratio[0]) if ratio.size > 1 and np.allclose(ratio, ratio[0]) else None


def _of(mask):
    if mask.size == 1:
        return "the answer is"
    return f"{mask.sum()} of {mask.size} entries are"


def _kind(x):
    if isinstance(x, np.ndarray):
        number = f"the number {short(x[()])}"
        return f"an array of shape {x.shape}" if x.shape else number
    if x is ...:
        return "… (a line that is still to be written)"
    if x is None:
        return "None (is there a return?)"
    return f"{short(x)} ({type(x).__name__})"


def short(x):
    """The value in at most 60 characters."""
    text = np.array2string(x, precision=4, separator=", ") if _is_array(x) else None
    x = x.item() if isinstance(x, np.generic) else x
    text = text or (f"{x:.6g}" if isinstance(x, float) else repr(x))
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def _is_array(x):
    return isinstance(x, np.ndarray) and x.ndim > 0


def encode(x):
    """Arrays, numbers, strings, lists, tuples and dicts as plain JSON data."""
    if isinstance(x, np.ndarray):
        values = np.vectorize(_rounded, otypes=[object])(x).tolist() if x.size else []
        return {"array": values, "dtype": x.dtype.kind, "shape": list(x.shape)}
    if isinstance(x, dict):
        return {"dict": {key: encode(value) for key, value in x.items()}}
    if isinstance(x, tuple):
        return {"tuple": [encode(value) for value in x]}
    if isinstance(x, list):
        return [encode(value) for value in x]
    if isinstance(x, (np.generic, float)):
        return _rounded(x)
    if x is None or isinstance(x, (str, int)):
        return x
    kind = type(x).__name__
    if isinstance(x, CHANCE):
        raise TypeError(
            f"a question is given no {kind}, but the random numbers it needs, as an "
            "array: u = rng.random(n), or rng.normal(size=n)"
        )
    raise TypeError(f"a check cannot keep a {kind}")


def _rounded(x):
    x = x.item() if isinstance(x, np.generic) else x
    return float(f"{x:.{DIGITS}g}") if isinstance(x, float) else x


def decode(data):
    """The value that encode made data from."""
    if isinstance(data, list):
        return [decode(value) for value in data]
    if not isinstance(data, dict):
        return data
    if "array" in data:
        kind = {"f": float, "i": int, "b": bool, "U": str}[data["dtype"]]
        return np.array(data["array"], dtype=kind).reshape(data["shape"])
    if "tuple" in data:
        return tuple(decode(value) for value in data["tuple"])
    return {key: decode(value) for key, value in data["dict"].items()}
