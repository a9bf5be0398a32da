"""Exercise 17: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array

# -- enough(S, N, share) --------------------------------------------------------------

enough = Question(
    "enough",
    inputs=[
        (A([4.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0]), 16, 0.75),
        (A([9.0, 5.5, 4.0, 3.0, 2.5, 1.5]), 25, 0.9),
        (A([7.2, 3.1, 1.3, 0.8]), 6, 0.6),
        (A([3.0, 2.9, 2.8, 2.7, 2.6, 2.5, 2.4]), 40, 0.35),
    ],
    hints=[
        "Along direction k the pictures spread by S_k² / N: squares add up to the "
        "variance, singular values do not.",
        "np.cumsum(S**2) holds what is kept by 1, 2, … directions. The first entry that "
        "is large enough stands at index K − 1.",
        "What is not kept is what is lost: the squares of all other singular values, as "
        "a mean over the N pictures.",
    ],
)


def _fewest(S, share, *, power=2, above=np.greater_equal):
    kept = np.cumsum(S**power)
    return int(np.argmax(above(kept, share * kept[-1]))) + 1


def _lost(S, N, K):
    return float(np.sum(S[K:] ** 2)) / N


def _enough(S, N, share, *, fewest=_fewest, lost=_lost, said=lambda K: K):
    """The right answer with one part changed; lost is given S, N and K."""
    K = fewest(S, share)
    return {"directions": said(K), "error": lost(S, N, K)}


@enough.right
def by_a_loop(S, N, share):
    lost, K = np.sum(S**2), 0
    while K == 0 or lost > (1 - share) * np.sum(S**2):
        lost, K = lost - S[K] ** 2, K + 1
    return {"directions": K, "error": lost / N}


@enough.right
def by_searchsorted(S, N, share):
    variances = S**2 / N
    K = 1 + np.searchsorted(np.cumsum(variances), share * variances.sum())
    return {"directions": K, "error": variances[K:].sum()}


@enough.right
def by_counting(S, N, share):
    kept = np.cumsum(S**2) / np.sum(S**2)
    K = np.sum(kept < share) + 1
    return {"directions": K, "error": (1 - kept[K - 1]) * np.sum(S**2) / N}


@enough.mistake(
    "Singular values were added up as they come; the variance along a direction is "
    "their square, in the share and in the error."
)
def not_squared(S, N, share):
    K = _fewest(S, share, power=1)
    return {"directions": K, "error": np.sum(S[K:]) / N}


@enough.mistake(
    "The share is of singular values as they come; take their squares, as in the error."
)
def share_not_squared(*given):
    return _enough(*given, fewest=lambda S, share: _fewest(S, share, power=1))


@enough.mistake("The error adds up singular values; it is a sum of their squares.")
def error_not_squared(*given):
    return _enough(*given, lost=lambda S, N, K: np.sum(S[K:]) / N)


@enough.mistake(
    "One direction too few: the entry at index k holds what k + 1 directions keep."
)
def index_for_number(*given):
    return _enough(*given, fewest=lambda S, share: _fewest(S, share) - 1)


@enough.mistake(
    '"directions" is an index, one less than their number; the error is right.'
)
def index_said(*given):
    return _enough(*given, said=lambda K: K - 1)


@enough.mistake(
    "The number is right, but the error starts one too early, at S[K − 1], which is "
    "kept."
)
def lost_from_the_last_kept(*given):
    return _enough(*given, lost=lambda S, N, K: _lost(S, N, K - 1))


@enough.mistake("The error starts one too late: S[K] is lost, too.")
def lost_from_the_second(*given):
    return _enough(*given, lost=lambda S, N, K: _lost(S, N, K + 1))


@enough.mistake("One direction too many: the first that reaches the share is enough.")
def one_more(*given):
    return _enough(*given, fewest=lambda S, share: _fewest(S, share) + 1)


@enough.mistake('"directions" is one too many; the error is that of the right number.')
def one_more_said(*given):
    return _enough(*given, said=lambda K: K + 1)


@enough.mistake(
    "One direction too many where the share is met exactly, as in the first check: *at "
    "least* the share is asked for, >= and not >."
)
def more_than_the_share(*given):
    return _enough(*given, fewest=lambda S, share: _fewest(S, share, above=np.greater))


@enough.mistake("The error is of what was kept; what is lost are the others, S[K:].")
def kept_for_lost(*given):
    return _enough(*given, lost=lambda S, N, K: np.sum(S[:K] ** 2) / N)


@enough.mistake("The error is a sum over the pictures; it is their mean, divided by N.")
def error_summed(*given):
    return _enough(*given, lost=lambda S, N, K: np.sum(S[K:] ** 2))


@enough.mistake("The error is divided by N − 1; the lesson's E is a mean, by N.")
def one_picture_less(*given):
    return _enough(*given, lost=lambda S, N, K: _lost(S, N - 1, K))


@enough.mistake(
    "The error is a share of the variance; E is in squared grey, and S**2 sums to N "
    "times the whole."
)
def error_as_a_share(*given):
    return _enough(*given, lost=lambda S, N, K: np.sum(S[K:] ** 2) / np.sum(S**2))


@enough.mistake("The error is 1 − share; with whole directions more is kept than that.")
def asked_share(S, N, share):
    return _enough(S, N, share, lost=lambda S, N, K: 1 - share)


@enough.mistake(
    "The error is (1 − share) of the whole; K whole directions keep more than asked."
)
def asked_share_of_all(S, N, share):
    return _enough(S, N, share, lost=lambda S, N, K: (1 - share) * _lost(S, N, 0))


@enough.mistake("The error's root was taken; E is a mean of squares.")
def root(*given):
    return _enough(*given, lost=lambda S, N, K: np.sqrt(_lost(S, N, K)))


@enough.mistake(
    "The error is a mean over the directions that are lost; over the N pictures it is."
)
def mean_over_directions(*given):
    return _enough(
        *given, lost=lambda S, N, K: np.mean(S[K:] ** 2) if K < len(S) else 0.0
    )


@enough.mistake("The error is divided by the number of directions, too; by N alone.")
def divided_by_directions_too(*given):
    return _enough(*given, lost=lambda S, N, K: _lost(S, N, K) / len(S))


@enough.mistake("The error is divided by all directions, len(S); it is by N pictures.")
def divided_by_directions(*given):
    return _enough(*given, lost=lambda S, N, K: np.sum(S[K:] ** 2) / len(S))


@enough.mistake("Sums were squared; it is squares that are summed, np.sum(S[K:]**2).")
def sum_squared(*given):
    return _enough(*given, lost=lambda S, N, K: np.sum(S[K:]) ** 2 / N)


@enough.mistake("The error has only the first direction that is lost; all others are.")
def first_lost(*given):
    return _enough(*given, lost=lambda S, N, K: S[K] ** 2 / N if K < len(S) else 0.0)


@enough.mistake("The error is that without any direction; K of them are kept.")
def error_of_the_mean(*given):
    return _enough(*given, lost=lambda S, N, K: _lost(S, N, 0))


@enough.mistake(
    "Always one direction: each was asked by itself, or what is kept was not divided "
    "by the sum of all. Directions keep it together, np.cumsum."
)
def each_by_itself(*given):
    return _enough(
        *given,
        fewest=lambda S, share: int(np.argmax(S**2 >= share * np.sum(S**2))) + 1,
    )


@enough.mistake("Directions were counted from the smallest on; the largest come first.")
def smallest_first(*given):
    return _enough(*given, fewest=lambda S, share: _fewest(S[::-1], share))


@enough.mistake("This is how many may be *left out*; how many are needed is asked for.")
def left_out(*given):
    return _enough(*given, said=lambda K: 0, fewest=_fewest) | {
        "directions": len(given[0]) - _fewest(given[0], given[2])
    }


@enough.mistake("This is how many are needed to keep 1 − share, what may be lost.")
def for_the_rest(*given):
    return _enough(*given, fewest=lambda S, share: _fewest(S, 1 - share))


@enough.mistake(
    "As many directions as their share of the number: not all weigh the same."
)
def share_of_the_number(*given):
    return _enough(*given, fewest=lambda S, share: int(np.ceil(share * len(S) - 1e-12)))


@enough.mistake(
    "How many entries reach the share was counted: the first of them is meant."
)
def entries_counted(*given):
    def fewest(S, share):
        return int(np.sum(np.cumsum(S**2) >= share * np.sum(S**2)))

    return _enough(*given, fewest=fewest)


@enough.mistake('"directions" is the share that is kept; their number is asked for, K.')
def share_said(S, N, share):
    right = _enough(S, N, share)
    kept = np.cumsum(S**2)[right["directions"] - 1] / np.sum(S**2)
    return right | {"directions": kept}


@enough.mistake(
    "The squares of squares were added: S**2 is once enough, in share and error."
)
def fourth_powers(S, N, share):
    K = _fewest(S, share, power=4)
    return {"directions": K, "error": np.sum(S[K:] ** 4) / N}


@enough.mistake(
    "Singular values are no variances: S was divided by N and not squared, in the "
    "error; in the share, too."
)
def roots_for_variances(S, N, share):
    K = _fewest(S, share, power=1)
    return {"directions": K, "error": np.sum(S[K:] / N) ** 2}


@enough.mistake(
    "The share is right; the error adds up the singular values themselves, and no N "
    "divides them: their squares, divided by N."
)
def error_neither(*given):
    return _enough(*given, lost=lambda S, N, K: np.sum(S[K:]))


@enough.mistake("The error is half of what it should be: no ½ in E.")
def halved(*given):
    return _enough(*given, lost=lambda S, N, K: _lost(S, N, K) / 2)


@enough.mistake("The two numbers alone; a dict has their names.")
def numbers_alone(*given):
    return list(_enough(*given).values())


@enough.mistake(
    "The error is that of each number of directions; it is asked for with K of them."
)
def errors_of_all(*given):
    def lost(S, N, K):
        return (np.sum(S**2) - np.cumsum(S**2)) / N

    return _enough(*given, lost=lost)


@enough.mistake(
    "Those that keep no more than the share were counted; where it is not met exactly, "
    "one direction more is needed."
)
def no_more_than_the_share(*given):
    def fewest(S, share):
        return int(np.sum(np.cumsum(S**2) <= share * np.sum(S**2)))

    return _enough(*given, fewest=fewest)


@enough.mistake(
    "One too few, and of singular values as they come: squares, and index + 1."
)
def index_not_squared(*given):
    return _enough(*given, fewest=lambda S, share: _fewest(S, share, power=1) - 1)


@enough.mistake("The error is the share that is kept; E is what is lost, over N.")
def kept_share(*given):
    return _enough(*given, lost=lambda S, N, K: np.sum(S[:K] ** 2) / np.sum(S**2))


@enough.mistake(
    "The error is a share, and that of one direction more: kept[K − 1] belongs to K."
)
def share_of_one_more(*given):
    return _enough(*given, lost=lambda S, N, K: _lost(S, N, K + 1) / _lost(S, N, 0))


@enough.mistake("The error is divided by N twice; S² / N is a variance already.")
def divided_twice(*given):
    return _enough(*given, lost=lambda S, N, K: _lost(S, N, K) / N)


@enough.mistake("The error is a mean over lost directions, too; they add up.")
def mean_of_variances(*given):
    return _enough(*given, lost=lambda S, N, K: np.mean(S[K:] ** 2) / N)


@enough.mistake("The error is a share of the variance, and then divided by N.")
def share_over_pictures(*given):
    return _enough(*given, lost=lambda S, N, K: _lost(S, N, K) / np.sum(S**2))


@enough.mistake(
    "As many directions as their share of the number, rounded down: not all weigh the "
    "same."
)
def share_of_the_number_down(*given):
    return _enough(*given, fewest=lambda S, share: int(share * len(S) + 1e-12))


# -- best_decoder(X, Z) ---------------------------------------------------------------


def _coded(seed, N, D, K):
    """Pictures and codes from a bent layer, for the eye; no mean of them is 0."""
    rng = np.random.default_rng(seed)
    X = np.round(rng.normal(size=(N, D)) + rng.normal(size=D), 1)
    Z = np.tanh(X @ rng.normal(size=(D, K)) * 0.7 + rng.normal(size=K)) + 0.5
    return X, np.round(Z, 2)


best_decoder = Question(
    "best_decoder",
    inputs=[
        (
            A([[1.0, 3.0], [2.0, 4.0], [3.0, 8.0], [6.0, 9.0]]),
            A([[0.0], [1.0], [2.0], [3.0]]),
        ),
        _coded(1, 7, 4, 2),
        _coded(2, 9, 3, 3),
        _coded(3, 6, 6, 2),
    ],
    hints=[
        "Each pixel is a weighted sum of the codes and a constant: as in lesson 04, "
        "output weights by least squares, for all pixels at once.",
        "c is a weight like the others if every picture has one more code that is "
        "always 1: a column of ones beside Z.",
        "A = ones and Z, (N, 1 + K); M = np.linalg.lstsq(A, X)[0] is (1 + K, D); what "
        "X − A @ M leaves is squared, summed over the pixels, and averaged over the "
        "pictures.",
    ],
)


def _fit(Z, X):
    return Z @ np.linalg.lstsq(Z, X, rcond=None)[0]


def _ones(Z):
    return np.column_stack([np.ones(len(Z)), Z])


def _error(lost):
    return np.sum(lost**2) / len(lost)


def _centred(X):
    return X - X.mean(axis=0)


def _lost_by(X, Z):
    return X - _fit(_ones(Z), X)


@best_decoder.right
def by_centring(X, Z):
    X, Z = _centred(X), _centred(Z)
    W = np.linalg.pinv(Z) @ X
    return ((X - Z @ W) ** 2).sum(axis=1).mean()


@best_decoder.right
def by_slopes_that_are_zero(X, Z):
    A = _ones(Z)
    M = np.linalg.solve(A.T @ A, A.T @ X)
    return float(np.sum((X - A @ M) ** 2) / len(X))


@best_decoder.right
def by_directions_of_the_codes(X, Z):
    Q = np.linalg.qr(_ones(Z))[0]
    return (np.sum(X**2) - np.sum((Q.T @ X) ** 2)) / len(X)


@best_decoder.mistake(
    "c is missing: x̂ = z W goes through zero. Put a column of ones beside Z."
)
def without_constant(X, Z):
    return _error(X - _fit(Z, X))


@best_decoder.mistake(
    "X is centred, but Z is not, so that c is still needed: a column of ones, or Z "
    "less its mean, too."
)
def only_pictures_centred(X, Z):
    X = _centred(X)
    return _error(X - _fit(Z, X))


@best_decoder.mistake(
    "Z is centred, but X is not, so that c is missing: it is the mean picture then."
)
def only_codes_centred(X, Z):
    return _error(X - _fit(_centred(Z), X))


@best_decoder.mistake(
    "The mean over pixels and pictures; E sums over the pixels of a picture."
)
def mean_over_all(X, Z):
    return np.mean(_lost_by(X, Z) ** 2)


@best_decoder.mistake("The sum over all pictures; E is their mean, divided by N.")
def sum_over_all(X, Z):
    return np.sum(_lost_by(X, Z) ** 2)


@best_decoder.mistake(
    "Without c, and a mean over the pixels, too: a column of ones, and E sums over "
    "them."
)
def mean_without_constant(X, Z):
    return np.mean((X - _fit(Z, X)) ** 2)


@best_decoder.mistake("Without c, and a sum over all pictures: ones, and divide by N.")
def sum_without_constant(X, Z):
    return np.sum((X - _fit(Z, X)) ** 2)


@best_decoder.mistake(
    "This is PCA's E: what the best codes could do. Here the codes are given, Z."
)
def of_pca(X, Z):
    S = np.linalg.svd(_centred(X), compute_uv=False)
    return np.sum(S[Z.shape[1] :] ** 2) / len(X)


@best_decoder.mistake(
    "This is PCA's error of the codes, and no picture comes in: restore X from Z."
)
def pca_of_the_codes(X, Z):
    S = np.linalg.svd(_centred(Z), compute_uv=False)
    return np.sum(S**2) / len(X)


@best_decoder.mistake(
    "The other way round: this is how well a linear encoder makes the codes from X. "
    "lstsq takes Z first, then X."
)
def codes_from_pictures(X, Z):
    return _error(Z - _fit(_ones(X), Z))


@best_decoder.mistake("The other way round, and without a constant: restore X from Z.")
def codes_from_pictures_without_constant(X, Z):
    return _error(Z - _fit(X, Z))


@best_decoder.mistake("This is what is restored; E is of what is *not*, X − A M.")
def restored(X, Z):
    return _error(_fit(_ones(Z), X))


@best_decoder.mistake(
    "This is how much the codes gain upon the mean picture; E is what is left."
)
def gained(X, Z):
    return _error(_centred(X)) - _error(_lost_by(X, Z))


@best_decoder.mistake(
    "This is R², a share of the variance that is kept; E is what is left, in squared "
    "grey."
)
def r_squared(X, Z):
    return 1 - _error(_lost_by(X, Z)) / _error(_centred(X))


@best_decoder.mistake("This is a share of the variance; E is not divided by it.")
def share_lost(X, Z):
    return _error(_lost_by(X, Z)) / _error(_centred(X))


@best_decoder.mistake("The root was taken; E is a mean of squares.")
def root_(X, Z):
    return np.sqrt(_error(_lost_by(X, Z)))


@best_decoder.mistake(
    "Lengths were averaged; E has their squares, with no root before the mean."
)
def mean_length(X, Z):
    return np.linalg.norm(_lost_by(X, Z), axis=1).mean()


@best_decoder.mistake(
    "This is the length of all that is lost together: square it, and divide by N."
)
def length_of_all(X, Z):
    return np.linalg.norm(_lost_by(X, Z))


@best_decoder.mistake("Divided by N − 1: E is a mean over the N pictures.")
def one_less(X, Z):
    return np.sum(_lost_by(X, Z) ** 2) / (len(X) - 1)


@best_decoder.mistake(
    "Divided by N − K − 1, as for a noise's variance: E is a mean over the N pictures."
)
def free_pictures(X, Z):
    lost = np.sum(_lost_by(X, Z) ** 2)
    return lost / (len(X) - Z.shape[1] - 1) if len(X) > Z.shape[1] + 1 else lost


@best_decoder.mistake("Divided by the number of codes; E is a mean over pictures.")
def divided_by_codes(X, Z):
    return np.sum(_lost_by(X, Z) ** 2) / Z.shape[1]


@best_decoder.mistake("Divided by the number of pixels alone; E is a mean over N.")
def divided_by_pixels(X, Z):
    return np.sum(_lost_by(X, Z) ** 2) / X.shape[1]


@best_decoder.mistake("This is E of the mean picture, c alone: the codes help, Z @ W.")
def constant_alone(X, Z):
    return _error(_centred(X))


@best_decoder.mistake("The distances are not squared: |X − A M| was summed.")
def absolute(X, Z):
    return np.sum(np.abs(_lost_by(X, Z))) / len(X)


@best_decoder.mistake("Each picture has a number here; E is their mean.")
def each_picture(X, Z):
    return np.sum(_lost_by(X, Z) ** 2, axis=1)


@best_decoder.mistake(
    "Each pixel has a number here, as from lstsq's [1]; E is one, their sum over N."
)
def each_pixel(X, Z):
    return np.sum(_lost_by(X, Z) ** 2, axis=0)


@best_decoder.mistake(
    "Each pixel has a mean of its own here; E adds them up, one number."
)
def mean_of_each_pixel(X, Z):
    return np.mean(_lost_by(X, Z) ** 2, axis=0)


@best_decoder.mistake(
    "W is only fitted to the first pixel: lstsq takes all of X at once."
)
def first_pixel(X, Z):
    return _error(_lost_by(X, Z)[:, :1])


@best_decoder.mistake("Only the first code is used: Z has K of them.")
def first_code(X, Z):
    return _error(_lost_by(X, Z[:, :1]))


@best_decoder.mistake(
    "W was fitted to X less its mean, and then no mean was added: x̂ = c + z W."
)
def constant_forgotten_at_the_end(X, Z):
    return _error(X - _fit(Z, _centred(X)))


@best_decoder.mistake(
    "Nothing is lost here: X was predicted from itself, or what is left was averaged "
    "before it was squared."
)
def nothing_lost(X, Z):
    return 0.0


@best_decoder.mistake(
    "W was fitted without c, and c taken afterwards; the two are to be fitted together."
)
def constant_afterwards(X, Z):
    return _error(_centred(X - _fit(Z, X)))


@best_decoder.mistake(
    "Z.T @ X for W holds only where codes have length 1 and stand at right angles, as "
    "PCA's directions do; np.linalg.lstsq finds W."
)
def as_if_orthonormal(X, Z):
    X, Z = _centred(X), _centred(Z)
    return _error(X - Z @ Z.T @ X)


@best_decoder.mistake(
    "This decoder was bent, tanh on the result; it is linear, c + z W."
)
def bent(X, Z):
    return _error(X - np.tanh(_fit(_ones(Z), X)))


@best_decoder.mistake("Halved: E has no ½.")
def halved_(X, Z):
    return _error(_lost_by(X, Z)) / 2


@best_decoder.mistake(
    "c was the mean picture, and W fitted to X as it came: either a column of ones, or "
    "both centred."
)
def mean_taken_twice(X, Z):
    return _error(X - X.mean(axis=0) - _fit(Z, X))


@best_decoder.mistake(
    "W was fitted to centred codes, but restores from Z as it came: take its mean away "
    "there, too."
)
def centred_for_the_fit_alone(X, Z):
    W = np.linalg.lstsq(_centred(Z), _centred(X), rcond=None)[0]
    return _error(_centred(X) - Z @ W)


@best_decoder.mistake(
    "Each picture has a mean over its pixels here; E is one number, and sums over them."
)
def mean_of_each_picture(X, Z):
    return np.mean(_lost_by(X, Z) ** 2, axis=1)


@best_decoder.mistake(
    "The encoder was fitted, and its transpose restores, which is best only for PCA's "
    "directions; fit the decoder: lstsq takes Z, then X."
)
def transposed_encoder(X, Z):
    return _error(X - Z @ np.linalg.lstsq(X, Z, rcond=None)[0].T)


@best_decoder.mistake(
    "The encoder was fitted, and its inverse restores; fit the decoder itself: lstsq "
    "takes Z, then X."
)
def inverted_encoder(X, Z):
    return _error(X - Z @ np.linalg.pinv(np.linalg.lstsq(X, Z, rcond=None)[0]))


@best_decoder.mistake(
    "This is from singular values of X, not centred; and the codes are given, Z."
)
def of_pca_not_centred(X, Z):
    S = np.linalg.svd(X, compute_uv=False)
    return np.sum(S[Z.shape[1] :] ** 2) / len(X)


@best_decoder.mistake("c was fitted, and then left out: Z @ W alone was taken from X.")
def constant_left_out(X, Z):
    M = np.linalg.lstsq(_ones(Z), X, rcond=None)[0]
    return _error(X - Z @ M[1:])


@best_decoder.mistake("W was fitted, and then left out: c alone was taken from X.")
def weights_left_out(X, Z):
    return _error(X - np.linalg.lstsq(_ones(Z), X, rcond=None)[0][0])


@best_decoder.mistake(
    "What is left was summed before it was squared, and that is nothing, or next to it."
)
def summed_before_squared(X, Z):
    return np.sum(_fit(Z, X) - X) ** 2 / len(X)


# -- in_keras(x, logits, mu, log_var, w) ----------------------------------------------


def _batch(seed, N, D, K, w):
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 2, (N, D)).astype(float)
    logits, mu = rng.normal(size=(N, D)) * 2, rng.normal(size=(N, K))
    log_var = rng.normal(size=(N, K)) - 0.7
    return x, np.round(logits, 1), np.round(mu, 1), np.round(log_var, 1), w


in_keras = Question(
    "in_keras",
    inputs=[
        (
            A([[1.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]]),
            A([[2.0, -1.0, 0.5, -3.0], [-0.5, -2.0, 1.0, 4.0]]),
            A([[1.0, -0.5], [0.2, 1.5]]),
            A([[-1.0, -2.0], [0.3, -0.4]]),
            0.25,
        ),
        _batch(1, 3, 3, 3, 1.0),
        _batch(2, 3, 7, 2, 0.1),
        _batch(3, 2, 3, 5, 2.0),
    ],
    hints=[
        "log p(x | z) of a pixel is x · logit − log(1 + e^logit), np.logaddexp(0, "
        "logits); Keras takes the mean of it over all N · D entries, with a minus.",
        "The ELBO of a picture is a sum: D pixels' log p, less K codes' kl. Then the "
        "mean over pictures. w plays no part in it.",
        "A mean over D pixels is the sum divided by D, one over K codes the sum divided "
        "by K. Which w makes the loss −ELBO / D?",
    ],
)


def _log_p(x, logits):
    return x * logits - np.logaddexp(0, logits)


def _terms(mu, log_var, half=0.5):
    return half * (mu**2 + np.exp(log_var) - 1 - log_var)


def _keras(
    x, logits, mu, log_var, w, *, log_p=_log_p, terms=_terms,
    loss=lambda p, kl, w: -p.mean() + w * kl.mean(),
    elbo=lambda p, kl, w: (p.sum() - kl.sum()) / len(p),
    fair=lambda N, D, K, w: K / D,
):  # fmt: skip
    """The right answer with one part changed; loss and elbo: of log p, kl and w."""
    p, kl = log_p(x, logits), terms(mu, log_var)
    return {
        "loss": loss(p, kl, w),
        "elbo": elbo(p, kl, w),
        "fair": fair(*x.shape, mu.shape[1], w),
    }


@in_keras.right
def by_chances(x, logits, mu, log_var, w):
    on = 1 / (1 + np.exp(-logits))
    p = np.log(np.where(x == 1, on, 1 - on)).sum(axis=1)
    kl = ((mu**2 + np.exp(log_var) - 1 - log_var) / 2).sum(axis=1)
    D, K = x.shape[1], mu.shape[1]
    return {
        "loss": (-p / D + w * kl / K).mean(),
        "elbo": (p - kl).mean(),
        "fair": K / D,
    }


@in_keras.right
def by_the_means(x, logits, mu, log_var, w):
    sign = 2 * x - 1
    bce = np.logaddexp(0, -sign * logits).mean()
    kl = -0.5 * np.mean(1 + log_var - mu**2 - np.exp(log_var))
    D, K = x.shape[1], mu.shape[1]
    return {
        "loss": float(bce + w * kl),
        "elbo": float(-D * bce - K * kl),
        "fair": mu.size / x.size,
    }


@in_keras.mistake(
    '"loss" is summed over pixels and codes; Keras takes means over all entries.'
)
def loss_of_sums(*given):
    return _keras(
        *given,
        loss=lambda p, kl, w: (-p.sum(axis=1) + w * kl.sum(axis=1)).mean(),
    )


@in_keras.mistake(
    '"elbo" has means over pixels and codes; nats of a picture add up: sum, then mean '
    "over the pictures."
)
def elbo_of_means(*given):
    return _keras(*given, elbo=lambda p, kl, w: p.mean() - kl.mean())


@in_keras.mistake(
    '"elbo" has means over pixels and codes, and w; nats of a picture add up, and w is '
    "no part of them."
)
def elbo_is_minus_loss(*given):
    return _keras(*given, elbo=lambda p, kl, w: p.mean() - w * kl.mean())


@in_keras.mistake('"elbo" has w in it; the ELBO weighs the KL by 1.')
def elbo_with_w(*given):
    return _keras(*given, elbo=lambda p, kl, w: (p.sum() - w * kl.sum()) / len(p))


@in_keras.mistake('"elbo" is D times −loss; that would be right only with the fair w.')
def elbo_from_the_loss(*given):
    return _keras(
        *given,
        elbo=lambda p, kl, w: p.shape[1] * (p.mean() - w * kl.mean()),
    )


@in_keras.mistake('"elbo" adds the KL; it is log p(x | z) less the KL.')
def kl_added(*given):
    return _keras(*given, elbo=lambda p, kl, w: (p.sum() + kl.sum()) / len(p))


@in_keras.mistake('"elbo" has its sign turned: KL − log p is the loss of a VAE.')
def elbo_negative(*given):
    return _keras(*given, elbo=lambda p, kl, w: (kl.sum() - p.sum()) / len(p))


@in_keras.mistake('"elbo" is log p(x | z) alone; the KL is to be taken from it.')
def elbo_without_kl(*given):
    return _keras(*given, elbo=lambda p, kl, w: p.sum() / len(p))


@in_keras.mistake('"elbo" sums over the pictures; it is a mean over them.')
def elbo_summed(*given):
    return _keras(*given, elbo=lambda p, kl, w: p.sum() - kl.sum())


@in_keras.mistake('"elbo" has an entry for each picture; their mean is asked for.')
def elbo_of_each(*given):
    return _keras(*given, elbo=lambda p, kl, w: p.sum(axis=1) - kl.sum(axis=1))


@in_keras.mistake('"elbo" sums the pixels but averages the codes; both are summed.')
def elbo_codes_averaged(*given):
    return _keras(*given, elbo=lambda p, kl, w: p.sum(axis=1).mean() - kl.mean())


@in_keras.mistake('"elbo" averages the pixels but sums the codes; both are summed.')
def elbo_pixels_averaged(*given):
    return _keras(*given, elbo=lambda p, kl, w: p.mean() - kl.sum(axis=1).mean())


@in_keras.mistake('"loss" sums the codes: ops.mean(kl) goes over the codes as well.')
def loss_codes_summed(*given):
    return _keras(*given, loss=lambda p, kl, w: -p.mean() + w * kl.sum(axis=1).mean())


@in_keras.mistake(
    '"loss" sums the pixels: BinaryCrossentropy takes the mean over them as well.'
)
def loss_pixels_summed(*given):
    return _keras(*given, loss=lambda p, kl, w: -p.sum(axis=1).mean() + w * kl.mean())


@in_keras.mistake('"loss" is without w.')
def loss_without_w(*given):
    return _keras(*given, loss=lambda p, kl, w: -p.mean() + kl.mean())


@in_keras.mistake('"loss" is bce alone: + w * ops.mean(kl).')
def loss_without_kl(*given):
    return _keras(*given, loss=lambda p, kl, w: -p.mean())


@in_keras.mistake('"loss" takes the KL away; with it, a loss grows.')
def loss_less_kl(*given):
    return _keras(*given, loss=lambda p, kl, w: -p.mean() - w * kl.mean())


@in_keras.mistake('"loss" has its sign turned: bce is −log p.')
def loss_negative(*given):
    return _keras(*given, loss=lambda p, kl, w: p.mean() - w * kl.mean())


@in_keras.mistake('"loss" has + log p; bce is −log p.')
def loss_plus_log_p(*given):
    return _keras(*given, loss=lambda p, kl, w: p.mean() + w * kl.mean())


@in_keras.mistake('"loss" weighs bce by w, too; only the KL is.')
def loss_all_weighed(*given):
    return _keras(*given, loss=lambda p, kl, w: w * (kl.mean() - p.mean()))


@in_keras.mistake('"loss" sums over everything; Keras takes means.')
def loss_of_all(*given):
    return _keras(*given, loss=lambda p, kl, w: -p.sum() + w * kl.sum())


@in_keras.mistake('"loss" has an entry for each picture; Keras takes their mean, too.')
def loss_of_each(*given):
    return _keras(*given, loss=lambda p, kl, w: -p.mean(axis=1) + w * kl.mean(axis=1))


@in_keras.mistake(
    '"fair" is 1: that would be right if both were sums, or D = K; the means divide by '
    "D and by K."
)
def fair_is_one(*given):
    return _keras(*given, fair=lambda N, D, K, w: 1)


@in_keras.mistake(
    '"fair" is 1 / D: right if kl were summed over the codes; ops.mean divides it by K.'
)
def fair_of_a_sum(*given):
    return _keras(*given, fair=lambda N, D, K, w: 1 / D)


@in_keras.mistake(
    '"fair" is upside down: with D / K the KL would weigh more than it should.'
)
def fair_upside_down(*given):
    return _keras(*given, fair=lambda N, D, K, w: D / K)


@in_keras.mistake('"fair" is 1 / K: the K of kl is to be made good, not used twice.')
def fair_over_codes(*given):
    return _keras(*given, fair=lambda N, D, K, w: 1 / K)


@in_keras.mistake('"fair" is K: bce is divided by D as well.')
def fair_is_codes(*given):
    return _keras(*given, fair=lambda N, D, K, w: K)


@in_keras.mistake('"fair" is D: that makes it larger still; bce is small by 1 / D.')
def fair_is_pixels(*given):
    return _keras(*given, fair=lambda N, D, K, w: D)


@in_keras.mistake('"fair" is D K; the one is above the line, the other below it.')
def fair_is_a_product(*given):
    return _keras(*given, fair=lambda N, D, K, w: D * K)


@in_keras.mistake('"fair" is 1 / (D K): kl is divided by K already; make that good.')
def fair_over_both(*given):
    return _keras(*given, fair=lambda N, D, K, w: 1 / (D * K))


@in_keras.mistake(
    '"fair" has N in it; both are means over the pictures, and N drops out.'
)
def fair_over_pictures(*given):
    return _keras(*given, fair=lambda N, D, K, w: K / (N * D))


@in_keras.mistake('"fair" is N times too large: both are means over the pictures.')
def fair_times_pictures(*given):
    return _keras(*given, fair=lambda N, D, K, w: N * K / D)


@in_keras.mistake('"fair" is 1 / N; both are means over pictures, and N drops out.')
def fair_over_n(*given):
    return _keras(*given, fair=lambda N, D, K, w: 1 / N)


@in_keras.mistake('"fair" is the given w times K / D; it does not depend on w.')
def fair_with_w(*given):
    return _keras(*given, fair=lambda N, D, K, w: w * K / D)


@in_keras.mistake(
    '"fair" is the weight β that the KL has now, w D / K; asked for is the w for β = 1.'
)
def beta(*given):
    return _keras(*given, fair=lambda N, D, K, w: w * D / K)


@in_keras.mistake(
    '"fair" is the ratio of the two parts of this batch; it is to hold for any batch.'
)
def fair_of_this_batch(x, logits, mu, log_var, w):
    p, kl = _log_p(x, logits), _terms(mu, log_var)
    right = _keras(x, logits, mu, log_var, w)
    return right | {"fair": -p.mean() / kl.mean()}


@in_keras.mistake(
    "Logits were taken for chances: σ makes one of each, or x · logit − log(1 + "
    "e^logit)."
)
def logits_for_chances(*given):
    def log_p(x, logits):
        on = np.clip(logits, 1e-7, 1 - 1e-7)
        return x * np.log(on) + (1 - x) * np.log(1 - on)

    return _keras(*given, log_p=log_p)


@in_keras.mistake(
    "Only pixels that are on were counted, x log p; those that are off add (1 − x) "
    "log(1 − p)."
)
def only_on(*given):
    return _keras(*given, log_p=lambda x, logits: -x * np.logaddexp(0, -logits))


@in_keras.mistake("log(1 + e^logit) is missing: x · logit alone is no log p.")
def without_softplus(*given):
    return _keras(*given, log_p=lambda x, logits: x * logits)


@in_keras.mistake("On and off are exchanged: σ(logit) is the chance of a 1.")
def on_for_off(*given):
    return _keras(*given, log_p=lambda x, logits: _log_p(1 - x, logits))


@in_keras.mistake(
    "Squared errors stand for −log p; ink, 0 or 1, has the cross-entropy."
)
def squared_errors(*given):
    return _keras(
        *given, log_p=lambda x, logits: -((x - 1 / (1 + np.exp(-logits))) ** 2)
    )


@in_keras.mistake("These are chances of each pixel, not their logarithms.")
def chances(*given):
    return _keras(*given, log_p=lambda x, logits: np.exp(_log_p(x, logits)))


@in_keras.mistake("½ is missing in kl.")
def without_half(*given):
    return _keras(*given, terms=lambda mu, log_var: _terms(mu, log_var, 1))


@in_keras.mistake("np.exp(log_var / 2) is σ; kl has σ², np.exp(log_var).")
def sigma_for_variance(*given):
    return _keras(
        *given,
        terms=lambda mu, log_var: (mu**2 + np.exp(log_var / 2) - 1 - log_var) / 2,
    )


@in_keras.mistake("The − 1 is missing in kl.")
def without_one(*given):
    return _keras(*given, terms=lambda mu, log_var: _terms(mu, log_var) + 0.5)


@in_keras.mistake("The sign of kl: ½ (µ² + σ² − 1 − log σ²) is never negative.")
def kl_negative(*given):
    return _keras(*given, terms=lambda mu, log_var: -_terms(mu, log_var))


@in_keras.mistake("+ log_var in kl: its sign is minus.")
def plus_log_var(*given):
    return _keras(*given, terms=lambda mu, log_var: _terms(mu, log_var) + log_var)


@in_keras.mistake(
    'All three by sums or by one: the loss has means, and "fair" follows from D and K.'
)
def sums_and_one(*given):
    return _keras(
        *given,
        loss=lambda p, kl, w: (-p.sum(axis=1) + w * kl.sum(axis=1)).mean(),
        fair=lambda N, D, K, w: 1,
    )


@in_keras.mistake(
    '"elbo" has means, and "fair" is 1: nats of a picture add up, over D pixels and '
    "over K codes."
)
def means_and_one(*given):
    return _keras(
        *given,
        elbo=lambda p, kl, w: p.mean() - kl.mean(),
        fair=lambda N, D, K, w: 1,
    )


@in_keras.mistake(
    '"elbo" is −loss, and "fair" is 1: nats add up over D pixels and K codes, and no w '
    "stands in the ELBO."
)
def minus_loss_and_one(*given):
    return _keras(
        *given,
        elbo=lambda p, kl, w: p.mean() - w * kl.mean(),
        fair=lambda N, D, K, w: 1,
    )


@in_keras.mistake("The three numbers alone; a dict has their names.")
def numbers_alone_(*given):
    return list(_keras(*given).values())


@in_keras.mistake('"fair" is w as it was given; see which w makes the loss −ELBO / D.')
def fair_as_given(*given):
    return _keras(*given, fair=lambda N, D, K, w: w)


@in_keras.mistake('"fair" was rooted; K / D comes as it is.')
def fair_rooted(*given):
    return _keras(*given, fair=lambda N, D, K, w: np.sqrt(K / D))


@in_keras.mistake('"elbo" is bce with a minus: a mean over pixels, and no KL.')
def elbo_is_minus_bce(*given):
    return _keras(*given, elbo=lambda p, kl, w: p.mean())


@in_keras.mistake(
    '"elbo" averages the codes, and "fair" is 1 / D, as if Keras summed them: the KL '
    "of the lesson sums over K codes, ops.mean does not."
)
def codes_averaged_and_summed(*given):
    return _keras(
        *given,
        elbo=lambda p, kl, w: p.sum(axis=1).mean() - kl.mean(),
        fair=lambda N, D, K, w: 1 / D,
    )


@in_keras.mistake("+ log(1 + e^logit): its sign is minus, as log p is never positive.")
def plus_softplus(*given):
    return _keras(*given, log_p=lambda x, logits: x * logits + np.logaddexp(0, logits))


@in_keras.mistake(
    "log(1 + e^−logit) beside x · logit: it is log(1 + e^logit), without a minus."
)
def softplus_of_minus(*given):
    return _keras(*given, log_p=lambda x, logits: x * logits - np.logaddexp(0, -logits))


@in_keras.mistake("Only pixels that are off were counted: x · logit is missing.")
def only_softplus(*given):
    return _keras(*given, log_p=lambda x, logits: -np.logaddexp(0, logits))


@in_keras.mistake(
    "The sign of log p: log of a chance is negative, and bce, −log p, positive."
)
def log_p_negative(*given):
    return _keras(*given, log_p=lambda x, logits: -_log_p(x, logits))


# -- missed(W, s) ---------------------------------------------------------------------

missed = Question(
    "missed",
    inputs=[
        (A([[2.0, 1.0], [0.0, 1.0], [1.0, 0.0]]), 1.0),
        (A([[1.0, 0.5, -0.4], [0.3, 2.0, 1.0], [-1.0, 0.7, 1.5]]), 0.5),
        (
            A([[0.8, -0.2, 0.5], [1.1, 0.9, -0.6], [0.1, 1.3, 0.4], [0.5, 0.2, 0.9]]),
            0.7,
        ),
        (A([[1.5, 0.4], [-0.5, 1.2], [0.7, 0.9], [0.2, -1.0], [0.6, 0.3]]), 2.0),
    ],
    hints=[
        "log p(z | x) = log p(x | z) + log p(z) − log p(x). In which of the three is z "
        "squared, and with what in front?",
        "− ½ ‖x − m − W z‖² / s² has − ½ zᵀ Wᵀ W z / s² in it, and log p(z) has − ½ zᵀ z: "
        "P is the sum of the two matrices, (K, K).",
        "What the best q misses is its KL. On the diagonal of P Σ stand P_kk / P_kk: its "
        "trace is K. The log of its determinant is log det P − Σ log P_kk.",
    ],
)


def _precision(W, s):
    return np.eye(W.shape[1]) + W.T @ W / s**2


def _log_det(P):
    return np.linalg.slogdet(P)[1]


def _diagonal_less_whole(P):
    return (np.log(np.diag(P)).sum() - _log_det(P)) / 2


def _kl_of(P, variances):
    """The KL of independent codes with these variances from precision P."""
    both = P @ np.diag(variances)
    return (np.trace(both) - len(P) - _log_det(both)) / 2


@missed.right
def by_the_formula(W, s):
    P = _precision(W, s)
    return _kl_of(P, 1 / np.diag(P))


@missed.right
def by_correlations(W, s):
    P = W.T @ W + s**2 * np.eye(W.shape[1])
    scale = np.sqrt(np.diag(P))
    return -0.5 * np.log(np.linalg.det(P / np.outer(scale, scale)))


@missed.right
def by_singular_values(W, s):
    S = np.linalg.svd(W, compute_uv=False)
    each = np.log(1 + (W**2).sum(axis=0) / s**2).sum()
    return float(each - np.log(1 + S**2 / s**2).sum()) / 2


@missed.mistake("The prior is missing in P: log p(z) = − ½ zᵀ z adds the identity.")
def without_prior(W, s):
    return _diagonal_less_whole(W.T @ W / s**2)


@missed.mistake("s is not squared in P: the variance of p(x | z) is s².")
def not_squared_(W, s):
    return _diagonal_less_whole(np.eye(W.shape[1]) + W.T @ W / s)


@missed.mistake(
    "s² is missing in P, or divides the identity as well: P = I + Wᵀ W / s²."
)
def without_s(W, s):
    return _diagonal_less_whole(np.eye(W.shape[1]) + W.T @ W)


@missed.mistake("Multiplied with s²: noise in the picture makes z less precise.")
def times_variance(W, s):
    return _diagonal_less_whole(np.eye(W.shape[1]) + W.T @ W * s**2)


@missed.mistake(
    "W Wᵀ, or the covariance of x, is (D, D), between pixels; P is between codes: Wᵀ "
    "W, (K, K)."
)
def between_pixels(W, s):
    return _diagonal_less_whole(np.eye(len(W)) + W @ W.T / s**2)


@missed.mistake("½ is missing.")
def without_half_(W, s):
    return 2 * _diagonal_less_whole(_precision(W, s))


@missed.mistake("The sign: the best ELBO lies below log p(x), so this is positive.")
def negative(W, s):
    return -_diagonal_less_whole(_precision(W, s))


@missed.mistake(
    "The sign, and no ½: the best ELBO lies below log p(x), by half of this."
)
def negative_without_half(W, s):
    return -2 * _diagonal_less_whole(_precision(W, s))


@missed.mistake(
    "The variances are those that each code has in p(z | x), the diagonal of P⁻¹; "
    "independent codes come closest with 1 / P_kk, which is narrower."
)
def of_the_marginals(W, s):
    P = _precision(W, s)
    return _kl_of(P, np.diag(np.linalg.inv(P)))


@missed.mistake(
    "The KL the other way round, of p(z | x) from independent codes: P's inverse was "
    "taken; KL(q ‖ p) has P."
)
def other_way_round(W, s):
    return _diagonal_less_whole(np.linalg.inv(_precision(W, s)))


@missed.mistake("P_kk for 1 / P_kk: a precision is an inverse variance.")
def precisions_for_variances(W, s):
    P = _precision(W, s)
    return _kl_of(P, np.diag(P))


@missed.mistake("The variances were rooted: 1 / P_kk are variances already.")
def roots(W, s):
    P = _precision(W, s)
    return _kl_of(P, np.sqrt(1 / np.diag(P)))


@missed.mistake("σ = 1 everywhere, the prior's; take 1 / P_kk.")
def prior_for_q(W, s):
    P = _precision(W, s)
    return _kl_of(P, np.ones(len(P)))


@missed.mistake("− log det P alone: the P_kk are missing, Σ log P_kk − log det P.")
def determinant_alone(W, s):
    return -_log_det(_precision(W, s)) / 2


@missed.mistake(
    "½ log det P alone: this is how much narrower p(z | x) is than the prior; q's "
    "part, Σ log P_kk, is missing."
)
def narrower(W, s):
    return _log_det(_precision(W, s)) / 2


@missed.mistake("½ Σ log P_kk alone: log det P is to be taken from it.")
def diagonal_alone(W, s):
    return np.log(np.diag(_precision(W, s))).sum() / 2


@missed.mistake(
    "The determinant stands without its logarithm: log det, np.linalg.slogdet(…)[1]."
)
def without_logarithm(W, s):
    P = _precision(W, s)
    return (np.log(np.diag(P)).sum() - np.linalg.det(P)) / 2


@missed.mistake("Determinants were subtracted; it is their logarithms that are.")
def of_determinants(W, s):
    P = _precision(W, s)
    return (np.prod(np.diag(P)) - np.linalg.det(P)) / 2


@missed.mistake("The logarithm of det(P Σ) is missing.")
def formula_without_logarithm(W, s):
    P = _precision(W, s)
    both = P / np.diag(P)
    return (np.trace(both) - len(P) - np.linalg.det(both)) / 2


@missed.mistake("K is missing: the trace of P Σ is K, and drops out.")
def without_codes(W, s):
    P = _precision(W, s)
    return _diagonal_less_whole(P) + len(P) / 2


@missed.mistake("The trace is missing: it is K, and − K drops out with it.")
def without_trace(W, s):
    P = _precision(W, s)
    return _diagonal_less_whole(P) - len(P) / 2


@missed.mistake("D was taken away for K: the trace of P Σ is the number of codes.")
def pixels_for_codes(W, s):
    P = _precision(W, s)
    return _diagonal_less_whole(P) + (len(P) - len(W)) / 2


@missed.mistake("1 was taken away, once; each of the K codes has its own: − K.")
def one_for_all(W, s):
    P = _precision(W, s)
    return _diagonal_less_whole(P) + (len(P) - 1) / 2


@missed.mistake("+ log det: its sign is minus.")
def determinant_added(W, s):
    P = _precision(W, s)
    return (np.log(np.diag(P)).sum() + _log_det(P)) / 2


@missed.mistake("These are bits; nats are not divided by log 2.")
def bits(W, s):
    return _diagonal_less_whole(_precision(W, s)) / np.log(2)


@missed.mistake("np.log10: nats have the natural logarithm.")
def tens(W, s):
    return _diagonal_less_whole(_precision(W, s)) / np.log(10)


@missed.mistake("The mean over the codes; what each misses adds up.")
def mean_over_codes(W, s):
    return _diagonal_less_whole(_precision(W, s)) / W.shape[1]


@missed.mistake("s⁴: P is I + Wᵀ W / s², or s² times that, s² I + Wᵀ W; not both.")
def fourth_power(W, s):
    return _diagonal_less_whole(np.eye(W.shape[1]) + W.T @ W / s**4)


@missed.mistake("2 s²: the ½ stands before the whole quadratic, not in P.")
def twice(W, s):
    return _diagonal_less_whole(np.eye(W.shape[1]) + W.T @ W / (2 * s**2))


@missed.mistake("Halved: P has no ½ in it, that stands in front of (z − µ)ᵀ P (z − µ).")
def halved__(W, s):
    return _diagonal_less_whole(np.eye(W.shape[1]) / 2 + W.T @ W / s**2)


@missed.mistake("W's columns were made to have length 1; their lengths count in P.")
def of_length_one(W, s):
    return _diagonal_less_whole(_precision(W / np.linalg.norm(W, axis=0), s))


@missed.mistake("P⁻¹ for P in det(P Σ): Σ is the variances', P the posterior's.")
def inverse_in_the_determinant(W, s):
    P = _precision(W, s)
    return _kl_of(np.linalg.inv(P), np.diag(P))


@missed.mistake("0: that holds only where W's columns stand at right angles.")
def nothing(W, s):
    return 0.0


@missed.mistake(
    "This is the KL from N(0, 1), as the ELBO has it, with µ = 0; what is missed is "
    "the KL from p(z | x)."
)
def from_the_prior(W, s):
    var = 1 / np.diag(_precision(W, s))
    return 0.5 * (var - 1 - np.log(var)).sum()


@missed.mistake(
    "The entries off the diagonal were squared and added: that is near it only where "
    "they are small."
)
def second_order(W, s):
    P = _precision(W, s)
    scale = np.sqrt(np.diag(P))
    return (np.sum((P / np.outer(scale, scale)) ** 2) - len(P)) / 4


@missed.mistake("The variances are s², the picture's noise; a code has 1 / P_kk.")
def noise_for_q(W, s):
    P = _precision(W, s)
    return _kl_of(P, np.full(len(P), s**2))


@missed.mistake("The logarithm of a sum; it is a sum of logarithms, Σ log P_kk.")
def logarithm_of_the_sum(W, s):
    P = _precision(W, s)
    return (np.log(np.trace(P)) - _log_det(P)) / 2


@missed.mistake("Σ P_kk without a logarithm: Σ log P_kk.")
def sum_without_logarithm(W, s):
    P = _precision(W, s)
    return (np.trace(P) - _log_det(P)) / 2


@missed.mistake(
    "The prior is missing in P, and the variances are the diagonal of P⁻¹: P has the "
    "identity, and Σ 1 / P_kk."
)
def marginals_without_prior(W, s):
    P = W.T @ W / s**2
    return _kl_of(P, np.diag(np.linalg.inv(P)))


@missed.mistake("The prior is missing in P, and P_kk stands for 1 / P_kk.")
def precisions_without_prior(W, s):
    P = W.T @ W / s**2
    return _kl_of(P, np.diag(P))


@missed.mistake(
    "Wᵀ W was inverted: a picture that says much of z makes it more precise."
)
def inverted(W, s):
    return _diagonal_less_whole(np.eye(W.shape[1]) + np.linalg.inv(W.T @ W) / s**2)


@missed.mistake(
    "This is of x's precision, the inverse of W Wᵀ + s² I, (D, D); of z it is asked."
)
def precision_of_the_picture(W, s):
    C = W @ W.T + s**2 * np.eye(len(W))
    return _diagonal_less_whole(np.linalg.inv(C))


words = Words(
    "words",
    [
        "Without the KL nothing speaks against µ's that lie far apart, and σ's near 0. "
        "Who gains by that, encoder or decoder, and what happens to the noise?",
        "N(0, 1) has nearly all its draws within 3 of zero in each code. Which pictures "
        "have their codes there now, and what was the decoder taught about the rest?",
        "Show the classifier what is no digit at all: of how much of it is it sure? "
        "Then: how far is a painted picture from the nearest one learned, and how far "
        "is a held-out one?",
    ],
)
