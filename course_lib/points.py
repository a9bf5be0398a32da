"""Points: on a sphere on both sides of a plane, and in the plane around a ring."""

import numpy as np

from course_lib.validation import check_positive


def separable(n, n_in, margin, rng):
    """n points on the unit sphere at least margin away from a random plane through 0.

    Returns X (n, n_in), labels y (n,) of -1 and +1, and the plane's unit normal w.
    """
    if not 0 < margin < 1:
        raise ValueError(f"margin must lie between 0 and 1; got {margin}")
    w = rng.normal(size=n_in)
    w /= np.linalg.norm(w)
    points = []
    while len(points) < n:
        x = rng.normal(size=n_in)
        x /= np.linalg.norm(x)
        if abs(w @ x) >= margin:
            points.append(x)
    X = np.array(points)
    return X, np.where(X @ w > 0, 1, -1), w


def ring_of_gaussians(n, rng, n_modes=8, radius=2.0, spread=0.02):
    """n points x (n, 2) of n_modes normal clouds on a circle, and the clouds' centres.

    Each point's cloud is as probable as any other; its coordinates have the standard
    deviation `spread`. The centres (n_modes, 2) begin at the right and go round left.
    """
    for number, name in ((n, "n"), (n_modes, "n_modes"), (radius, "radius")):
        check_positive(number, name)
    if not spread >= 0:
        raise ValueError(f"spread is a standard deviation, 0 or more; got {spread}")
    angles = 2 * np.pi * np.arange(n_modes) / n_modes
    centres = radius * np.stack((np.cos(angles), np.sin(angles)), axis=1)
    return centres[rng.integers(0, n_modes, n)] + rng.normal(0, spread, (n, 2)), centres
