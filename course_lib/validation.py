"""What comes in: errors that name the argument, what came and what was expected."""

import numpy as np


def as_array(x, name):
    """x as an array; lists of several lengths, such as ragged sequences, are none."""
    try:
        return np.asarray(x)
    except ValueError:
        lengths = sorted({len(row) for row in x if hasattr(row, "__len__")})
        several = lengths if len(lengths) > 1 else "several"
        raise ValueError(
            f"{name} must hold rows of one length; it holds rows of lengths {several}"
        ) from None


def check_shape(x, name, shape):
    """x, if it has this shape; a letter, as in ("N", 3), is any size from 1 on."""
    found = np.shape(x)
    if len(found) == len(shape):
        pairs = zip(found, shape, strict=True)
        if all([n > 0 and (n == s or isinstance(s, str)) for n, s in pairs]):
            return x
    letters = [s for s in shape if isinstance(s, str)]
    least = f" with {' and '.join(letters)} ≥ 1" if letters else ""
    expected = f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"
    raise ValueError(f"{name} must have shape {expected}{least}; it has shape {found}")


def check_last_axis(x, name, size):
    """x, if it has shape (N, size), or with more axes between: (N, T, size), ..."""
    between = ["H"] * (np.ndim(x) - 3) + ["T"] * (np.ndim(x) > 2)
    return check_shape(x, name, ("N", *between, size))


def check_same_shape(x, name, y, other):
    """x, if it has the shape of y, and not an empty one."""
    if np.shape(x) != np.shape(y) or np.size(x) == 0:
        raise ValueError(
            f"{name} and {other} must have the same shape, and not be empty; "
            f"{name} has {np.shape(x)}, {other} has {np.shape(y)}"
        )
    return x


def check_finite(x, name):
    """x, if it holds numbers and none is NaN or infinite."""
    if np.asarray(x).dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold numbers; it holds {np.asarray(x).dtype}")
    if not np.isfinite(x).all():
        raise ValueError(f"{name} must hold finite numbers; it holds NaN or infinity")
    return x


def check_labels(y, name, allowed):
    """y, if it holds these labels only."""
    if not np.logical_or.reduce([np.equal(y, a) for a in allowed]).all():
        raise ValueError(
            f"{name} must hold labels {allowed}; it holds {np.unique(y)[:5]}"
        )
    return y


def check_classes(y, name, n_classes):
    """y, if it holds integers from 0 to n_classes - 1 only."""
    y = np.asarray(y)
    if y.dtype.kind not in "iub":
        raise ValueError(f"{name} must hold integers; it holds {y.dtype}")
    if y.size and not (y.min() >= 0 and y.max() < n_classes):
        raise ValueError(
            f"{name} must hold labels from 0 to {n_classes - 1}; "
            f"it holds {y.min()} to {y.max()}"
        )
    return y


def check_positive(number, name):
    """number, if it is above 0."""
    if not number > 0:
        raise ValueError(f"{name} must be above 0; got {number}")
    return number
