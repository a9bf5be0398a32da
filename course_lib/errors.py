"""What the likeliest messages of NumPy and Python mean for one who meets them first."""

import ast
import linecache
from itertools import islice

import numpy as np

PRODUCT = (
    "In A @ B the columns of A must be as many as the rows of B: X (N, D) @ w (D,) "
    "gives one number a row; w @ X does not. Entry by entry it is *."
)
MESSAGES = {
    "truth value of an array": "An array answers once for each entry, so `if` cannot "
    "take it: np.where(condition, a, b) chooses a or b for each.",
    "could not be broadcast": "*, + and - go entry by entry, so both sides need the "
    "same shape; a matrix product is written with @.",
    "matmul: Input operand": PRODUCT,
    "not aligned": PRODUCT,
    "bitwise_xor": "A power is written with **, as in a ** 2.",
    "converted to Python scalars": "The functions of math take one number; np.exp and "
    "its like take an array entry by entry.",
    "element with a sequence": "One place of an array takes one number, and several "
    "came: which entry of them, or which sum, is meant?",
    "at least 2-d": "A matrix is needed here, with rows and columns; it is a number or "
    "a single row.",
    "is not defined": "A name is not known: define or import it in a cell above, and "
    "run that cell.",
}


def in_words(error):
    """Our sentence for a likely error, after what was combined; "" for others."""
    for part, words in MESSAGES.items():
        if part in str(error):
            return f"{operands(error)} {words}".lstrip()
    return ""


def operands(error):
    """The operation that stopped and its arrays' shapes, where its line is known."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None or not isinstance(node := _operation(trace), ast.BinOp):
        return ""
    known = trace.tb_frame.f_globals | trace.tb_frame.f_locals
    names = dict.fromkeys(n.id for n in ast.walk(node) if isinstance(n, ast.Name))
    shapes = [
        f"{name} has the shape {known[name].shape}"
        for name in names
        if isinstance(known.get(name), np.ndarray)
    ]
    return f"In {ast.unparse(node)}, {' and '.join(shapes)}." if shapes else ""


def _operation(trace):
    """The expression that a traceback's last step was computing, or None."""
    code = trace.tb_frame.f_code
    place = next(islice(code.co_positions(), trace.tb_lasti // 2, None), (None,) * 4)
    first, last, start, end = place
    if None in place or first != last:
        return None
    line = linecache.getline(code.co_filename, first).encode()
    try:
        return ast.parse(line[start:end].decode(), mode="eval").body
    except (SyntaxError, ValueError):
        return None
