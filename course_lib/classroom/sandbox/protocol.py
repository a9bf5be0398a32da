"""Messages between the grader and a student's process: plain data, nothing to unpickle.

    message   a 16-byte head (b"CRS1", length of the text, bytes of the arrays),
              the text (JSON), the arrays (raw bytes)

A reader trusts nothing: it knows every length before it reads, takes dtypes from a
short list, and bounds size and nesting. What does not fit is a Refused message.
"""

import json
import math
import struct
from array import array
from collections import deque

import numpy as np

HEAD = struct.Struct("<4sIQ")
MAGIC = b"CRS1"
MOST_TEXT = 4_000_000  # characters of JSON in a message
MOST_BYTES = 64_000_000  # in its arrays
DEEPEST = 20  # lists in lists
DTYPES = {np.dtype(t).str for t in ("?", *"bhilBHILefdFD")}
LONGEST_STRING = 1000  # characters, in an array of strings
LONGEST_INTEGER = 10**300


class Refused(ValueError):
    """Something that is not plain data, or is too much of it."""


def pack(message):
    """The bytes of a message: None, bools, numbers, strings, lists, tuples, dicts and
    arrays within each other; anything else is Refused."""
    arrays = []
    text = json.dumps(_as_json(message, arrays, 0)).encode()
    raw = b"".join(array.tobytes() for array in arrays)
    if len(text) > MOST_TEXT or len(raw) > MOST_BYTES:
        raise Refused(f"an answer may have {MOST_BYTES:,} bytes; this has more")
    return HEAD.pack(MAGIC, len(text), len(raw)) + text + raw


def _as_json(x, arrays, depth):
    if depth > DEEPEST:
        raise Refused(f"lists may be nested {DEEPEST} deep; these go deeper")
    if x is None or isinstance(x, bool):
        return x
    if isinstance(x, str):
        return str.__str__(x)
    if isinstance(x, int):
        x = int(x)
        if abs(x) > LONGEST_INTEGER:
            raise Refused("an integer may have 300 digits; this one has more")
        return x
    if isinstance(x, float) and not isinstance(x, np.generic):
        return float(x)
    if isinstance(x, deque):
        x = list(x)
    if isinstance(x, (list, tuple)):
        if len(x) > MOST_TEXT // 2:
            raise Refused(f"a list of {len(x):,} entries is too long; use an array")
        values = [_as_json(value, arrays, depth + 1) for value in x]
        return values if isinstance(x, list) else {"tuple": values}
    if isinstance(x, dict):
        return {"dict": [_as_json(list(kv), arrays, depth + 1) for kv in x.items()]}
    if isinstance(x, (np.ndarray, np.generic, array)) or hasattr(x, "__array__"):
        arrays.append(_bare(x))
        bare = arrays[-1]
        kind = "scalar" if isinstance(x, np.generic) else "array"
        return {kind: [bare.dtype.str, list(bare.shape)]}
    raise Refused(
        f"an answer must be numbers, strings, arrays, lists, tuples or dicts; "
        f"this is a {type(x).__name__}"
    )


def _bare(x):
    """A plain array in C order of a dtype that may travel."""
    if getattr(x, "nbytes", 0) > MOST_BYTES:  # before it is copied
        raise Refused(f"an answer may have {MOST_BYTES:,} bytes; this has more")
    x = np.array(x, order="C", subok=False)
    if x.dtype.kind in "fc" and x.dtype.itemsize > 8 * (1 + (x.dtype.kind == "c")):
        x = x.astype("float64" if x.dtype.kind == "f" else "complex128")
    x = x.astype(x.dtype.newbyteorder("="), copy=False)
    if x.dtype.str not in DTYPES and not _short_strings(x.dtype):
        raise Refused(f"an array of dtype {x.dtype} cannot be an answer")
    if x.nbytes > MOST_BYTES:
        raise Refused(f"an answer may have {MOST_BYTES:,} bytes; this has more")
    return x


def _short_strings(dtype):
    return dtype.kind == "U" and 0 < dtype.itemsize <= 4 * LONGEST_STRING


def unpack(text, raw):
    """The message of these bytes; raise Refused if they are none."""
    try:
        message, rest = _value(json.loads(text), memoryview(raw), 0)
    except Refused:
        raise
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise Refused(f"not a message: {type(error).__name__}") from None
    if len(rest):
        raise Refused("not a message: bytes are left over")
    return message


def _value(x, raw, depth):
    """The value that the JSON x stands for, and the bytes it left of raw."""
    if depth > 2 * DEEPEST + 2:
        raise Refused("not a message: nested too deep")
    if isinstance(x, list):
        values = []
        for one in x:
            value, raw = _value(one, raw, depth + 1)
            values.append(value)
        return values, raw
    if not isinstance(x, dict):
        return x, raw
    [(kind, content)] = x.items()
    if kind in ("array", "scalar"):
        return _array(kind, *content, raw)
    values, raw = _value(content, raw, depth + 1)
    if kind == "tuple":
        return tuple(values), raw
    if kind == "dict":
        return dict(values), raw
    raise Refused(f"not a message: {kind!r:.40}")


def _array(kind, name, shape, raw):
    dtype = np.dtype(name) if isinstance(name, str) and len(name) < 8 else None
    if dtype is None or (dtype.str not in DTYPES and not _short_strings(dtype)):
        raise Refused("not a message: a dtype that may not travel")
    if len(shape) > 16 or not all(type(n) is int and n >= 0 for n in shape):
        raise Refused("not a message: a shape that cannot be")
    n_bytes = math.prod(shape) * dtype.itemsize
    if n_bytes > len(raw):
        raise Refused("not a message: fewer bytes than its arrays have")
    array = np.frombuffer(raw[:n_bytes], dtype).reshape(shape).copy()
    return (array[()] if kind == "scalar" else array), raw[n_bytes:]
