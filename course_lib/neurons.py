"""One neuron, trained in two ways: by mistakes and by the gradient of the log-loss."""

import numpy as np

from course_lib.maths import log_loss, sigmoid
from course_lib.validation import (
    check_finite,
    check_labels,
    check_positive,
    check_shape,
)


def _examples(X, y, allowed, n_epochs):
    """X (N, D) and y (N,) as arrays, or an error that names what is wrong."""
    check_positive(n_epochs, "n_epochs")
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    check_finite(check_shape(X, "X", ("N", "D")), "X")
    check_labels(check_shape(y, "y", (len(X),)), "y", allowed)
    return X, y


class Perceptron:
    """Rosenblatt's error-correction rule (1962) for labels -1 and +1, from zero.

    z = w·x + b;   a mistake is y z ≤ 0;   on a mistake w += y x and b += y
    """

    def fit(self, X, y, n_epochs=1000):
        """Pass over X (N, D) in order until an epoch has no mistake."""
        X, y = _examples(X, y, allowed=(-1, 1), n_epochs=n_epochs)
        self.w, self.b = np.zeros(X.shape[1]), 0.0
        self.mistakes = []  # per epoch
        for _ in range(n_epochs):
            self.mistakes.append(sum(map(self._learn, X, y)))
            if self.mistakes[-1] == 0:
                break
        return self

    def _learn(self, x, y):
        mistake = y * (self.w @ x + self.b) <= 0
        if mistake:
            self.w += y * x
            self.b += y
        return int(mistake)

    @property
    def converged(self):
        """Whether the last epoch had no mistake."""
        return self.mistakes[-1] == 0

    def score(self, X):
        return np.asarray(X) @ self.w + self.b  # (N,)

    def predict(self, X):
        return np.where(self.score(X) > 0, 1, -1)


class LogisticUnit:
    """Logistic regression (Cox 1958) by gradient descent, for labels 0 and 1.

    z = X w + b;   p = σ(z);   loss = mean log-loss, a convex function of w and b
    """

    def __init__(self, w=None, b=0.0):
        self.w, self.b = w if w is None else np.asarray(w, dtype=float), float(b)

    def fit(self, X, y, lr=0.5, n_epochs=1000):
        """Take n_epochs full-batch steps from w = 0; keep the loss before each."""
        X, y = _examples(X, y, allowed=(0, 1), n_epochs=n_epochs)
        self.w, self.b, self.losses = np.zeros(X.shape[1]), 0.0, []
        for _ in range(n_epochs):
            loss, dz = log_loss(self.logit(X), y)
            self.losses.append(loss)
            self.w -= lr * X.T @ dz
            self.b -= lr * dz.sum()
        return self

    def logit(self, X):
        return np.asarray(X) @ self.w + self.b  # (N,)

    def predict_proba(self, X):
        return sigmoid(self.logit(X))

    def predict(self, X):
        return (self.logit(X) > 0).astype(int)
