"""What is known of the lines that lesson 17 leaves to the learner."""

import numpy as np

from course_lib.classroom.questions import Question

A = np.array

# -- restore(X, m, V) -----------------------------------------------------------------


def _cloud(seed, N, D, K):
    """Pictures, a mean that is not theirs, and K directions at right angles."""
    rng = np.random.default_rng(seed)
    X, m = np.round(rng.normal(size=(N, D)), 1), np.round(rng.normal(size=D), 1)
    return X, m, np.linalg.qr(rng.normal(size=(D, K)))[0]


restore = Question(
    "restore",
    [
        (
            A([[3.0, 4.0, 2.0], [1.0, 1.0, 1.0], [2.0, 5.0, -1.0], [0.0, 1.0, 3.0]]),
            A([1.0, 2.0, 0.5]),
            A([[0.6, 0.0], [0.8, 0.0], [0.0, 1.0]]),
        ),
        _cloud(1, 3, 3, 1),
        (A([[2.0, 1.0], [0.0, 3.0]]), A([1.0, 0.5]), A([[0.6, -0.8], [0.8, 0.6]])),
        _cloud(2, 2, 4, 2),
        _cloud(3, 5, 4, 3),
    ],
    [
        "The directions start at the mean picture: take m from each row of X first.",
        "The codes are (N, D) @ (D, K): how far a picture lies along each direction.",
        "Back again: each code times its direction, all added, (N, K) @ (K, D), and m "
        "on top.",
    ],
)


def _restored(
    X, m, V, *, centre=lambda X, m: X - m, code=lambda Y, V: Y @ V,
    back=lambda z, V: z @ V.T, end=lambda Y, m: m + Y,
):  # fmt: skip
    """The restored pictures with one step changed."""
    return end(back(code(centre(X, m), V), V), m)


@restore.right
def by_one_matrix(X, m, V):
    P = V @ V.T
    return X @ P + m @ (np.eye(len(m)) - P)


@restore.right
def picture_by_picture(X, m, V):
    return A([m + sum((x - m) @ v * v for v in V.T) for x in X])


@restore.right
def by_least_squares(X, m, V):
    return m + (V @ np.linalg.lstsq(V, (X - m).T, rcond=None)[0]).T


@restore.mistake(
    "The mean is not taken away: the codes say how far a picture lies from m, X − m."
)
def not_centred(*given):
    return _restored(*given, centre=lambda X, m: X)


@restore.mistake("The mean is not added back: these are differences from m.")
def mean_not_added(*given):
    return _restored(*given, end=lambda Y, m: Y)


@restore.mistake(
    "The mean is nowhere, neither taken from X nor added back: the directions start at "
    "m."
)
def without_mean(*given):
    return _restored(*given, centre=lambda X, m: X, end=lambda Y, m: Y)


@restore.mistake(
    "X.mean(axis=0) is the mean of these pictures; m is that of those learned from, "
    "and the directions start there."
)
def own_mean(X, m, V):
    return _restored(X, X.mean(axis=0), V)


@restore.mistake("X.mean(axis=0) was taken away, and m added back: take m away, too.")
def own_mean_away(*given):
    return _restored(*given, centre=lambda X, m: X - X.mean(axis=0))


@restore.mistake(
    "V and V.T are exchanged, which works only where K = D: up with V, (N, D) @ (D, "
    "K), back with V.T."
)
def both_turned(*given):
    return _restored(*given, code=lambda Y, V: Y @ V.T, back=lambda z, V: z @ V)


@restore.mistake(
    "The codes were made with V.T, which works only where K = D: (N, D) @ (D, K) is V."
)
def code_turned(*given):
    return _restored(*given, code=lambda Y, V: Y @ V.T)


@restore.mistake(
    "V on the way back works only where K = D: (N, K) @ (K, D) is z @ V.T."
)
def back_not_turned(*given):
    return _restored(*given, back=lambda z, V: z @ V)


@restore.mistake(
    "V for V.T on the way back, and no mean: m + z @ V.T; V runs only where K = D."
)
def back_not_turned_without_mean(*given):
    return _restored(*given, back=lambda z, V: z @ V, end=lambda Y, m: Y)


@restore.mistake("These are the codes, (N, K); take them back to pixels, z @ V.T.")
def codes_alone(*given):
    return _restored(*given, back=lambda z, V: z, end=lambda Y, m: Y)


@restore.mistake("This is the codes with the mean: the way back, z @ V.T, is missing.")
def codes_and_mean(*given):
    return _restored(*given, back=lambda z, V: z)


@restore.mistake("These are the pictures as they came; V is missing, up and down.")
def as_they_came(X, m, V):
    return X


@restore.mistake("This is what was lost, X less the restored; return the restored.")
def what_was_lost(X, m, V):
    return X - _restored(X, m, V)


@restore.mistake(
    "This is what was lost, the restored less X, with its sign turned; return the "
    "restored."
)
def lost_turned_round(X, m, V):
    return _restored(X, m, V) - X


@restore.mistake(
    "What the directions hold was taken from X: that leaves what is lost, on top of "
    "the mean. It is added to m."
)
def taken_from_the_picture(X, m, V):
    return X - (X - m) @ V @ V.T


@restore.mistake("It was added to X; the restored picture is m and what the codes add.")
def added_to_the_picture(X, m, V):
    return X + (X - m) @ V @ V.T


@restore.mistake("The mean was added at the start as well; take it away there, X − m.")
def added_at_the_start(*given):
    return _restored(*given, centre=lambda X, m: X + m)


@restore.mistake("The mean was taken away at the end, too; there it is added.")
def taken_away_twice(*given):
    return _restored(*given, end=lambda Y, m: Y - m)


@restore.mistake(
    "The signs of m are exchanged: minus before the codes, plus after them."
)
def signs_exchanged(*given):
    return _restored(*given, centre=lambda X, m: X + m, end=lambda Y, m: Y - m)


@restore.mistake(
    "The mean is only taken away at the end; take it from X first, and add it last."
)
def taken_away_at_the_end(*given):
    return _restored(*given, centre=lambda X, m: X, end=lambda Y, m: Y - m)


@restore.mistake(
    "A minus too many: m − X on the way up, or m − z @ V.T on the way back."
)
def minus_once(*given):
    return _restored(*given, centre=lambda X, m: m - X)


@restore.mistake("The mean was added twice at the end; once is enough.")
def mean_twice(*given):
    return _restored(*given, end=lambda Y, m: Y + 2 * m)


@restore.mistake(
    "X.mean() is one number; m has a mean for each pixel, and it is given."
)
def mean_of_all(X, m, V):
    return _restored(X, X.mean(), V)


@restore.mistake(
    "One number, X.mean(), was taken away; m is one for each pixel, and is given."
)
def mean_of_all_away(*given):
    return _restored(*given, centre=lambda X, m: X - X.mean())


@restore.mistake(
    "Each picture's own mean, over its pixels, was taken away and added; m is the mean "
    "picture."
)
def mean_of_each(X, m, V):
    return _restored(X, X.mean(axis=1, keepdims=True), V)


@restore.mistake(
    "Each picture's own mean, over its pixels, was taken away; take the mean picture m."
)
def mean_of_each_away(*given):
    return _restored(*given, centre=lambda X, m: X - X.mean(axis=1, keepdims=True))


@restore.mistake("m.mean() is one number; each pixel has its own mean, m.")
def mean_of_the_mean(X, m, V):
    return _restored(X, m.mean(), V)


@restore.mistake(
    "Brackets: X − m @ V has the product first, and works only where K = D; it is (X − "
    "m) @ V."
)
def mean_coded_first(X, m, V):
    return m + (X - m @ V) @ V.T


@restore.mistake(
    "The mean was taken from the codes, which works only where K = D: X − m comes "
    "before V."
)
def mean_from_the_codes(X, m, V):
    return m + (X @ V - m) @ V.T


@restore.mistake(
    "The mean was added to the codes, which works only where K = D: after z @ V.T."
)
def mean_added_to_the_codes(X, m, V):
    return ((X - m) @ V + m) @ V.T


@restore.mistake("The result lies on its side: a picture is a row, (N, D).")
def on_its_side(*given):
    return _restored(*given).T


@restore.mistake(
    "V @ z.T has the pictures as columns, (D, N), and no mean: z @ V.T, and m on top."
)
def columns_without_mean(*given):
    return _restored(*given, end=lambda Y, m: Y).T


@restore.mistake("Only the first direction is used; all K of them are added up.")
def first_direction(X, m, V):
    return _restored(X, m, V[:, :1])


@restore.mistake("The last direction is left out: V has all that are to be used.")
def last_left_out(X, m, V):
    return _restored(X, m, V[:, :-1])


@restore.mistake("The codes are made to have spread 1; they come as they are.")
def codes_of_spread_one(*given):
    def code(Y, V):
        z = Y @ V
        return z / (z.std(axis=0) + 1e-9)

    return _restored(*given, code=code)


@restore.mistake(
    "The codes are divided by singular values; X − m = U S Vᵀ has them in U S, which "
    "is the codes as they come."
)
def codes_over_singular_values(*given):
    def code(Y, V):
        return Y @ V / np.linalg.svd(Y, compute_uv=False)[0]

    return _restored(*given, code=code)


@restore.mistake(
    "The codes are multiplied with singular values; (X − m) @ V is U S already."
)
def codes_times_singular_values(*given):
    def code(Y, V):
        return Y @ V * np.linalg.svd(Y, compute_uv=False)[0]

    return _restored(*given, code=code)


@restore.mistake(
    "Each code is divided by the number of pictures; a picture's code is its own."
)
def divided_by_pictures(X, m, V):
    return m + (X - m) @ V @ V.T / len(X)


@restore.mistake("Each code is divided by the number of pixels; it is a sum over them.")
def divided_by_pixels(X, m, V):
    return m + (X - m) @ V @ V.T / len(m)


@restore.mistake("Each code is divided by K; the directions' parts are added up.")
def divided_by_directions(X, m, V):
    return m + (X - m) @ V @ V.T / V.shape[1]


@restore.mistake("Halved: the codes come back as they are.")
def halved(X, m, V):
    return m + (X - m) @ V @ V.T / 2


@restore.mistake("Clipped into 0 … 1; return what comes, even where it lies outside.")
def clipped(*given):
    return np.clip(_restored(*given), 0, 1)


@restore.mistake("tanh bends the codes; PCA's codes come as they are.")
def bent(*given):
    return _restored(*given, code=lambda Y, V: np.tanh(Y @ V))


@restore.mistake("The codes lost their signs: −2 lies on the other side of m from 2.")
def absolute(*given):
    return _restored(*given, code=lambda Y, V: np.abs(Y @ V))


@restore.mistake("The mean of the restored pictures; each picture has its own row.")
def mean_picture(*given):
    return _restored(*given).mean(axis=0)


@restore.mistake("Only m, for each picture: what the codes add is missing.")
def means_alone(X, m, V):
    return np.tile(m, (len(X), 1))


@restore.mistake(
    "This is the error, a number for each picture; the restored pictures are asked for."
)
def errors(X, m, V):
    return ((X - _restored(X, m, V)) ** 2).sum(axis=1)


@restore.mistake("This is the mean error, one number; return the restored pictures.")
def mean_error(X, m, V):
    return ((X - _restored(X, m, V)) ** 2).sum(axis=1).mean()


@restore.mistake("The codes are squared; they come back as they are.")
def squared(*given):
    return _restored(*given, code=lambda Y, V: (Y @ V) ** 2)


@restore.mistake("The squares of V's entries lead back; it is V.T itself.")
def squared_directions(*given):
    return _restored(*given, back=lambda z, V: z @ V.T**2)


@restore.mistake("X.mean(axis=0) was added back where m was taken away: add m.")
def own_mean_back(X, m, V):
    return _restored(X, m, V, end=lambda Y, m: Y + X.mean(axis=0))


@restore.mistake("One number, X.mean(), was added back; m has one for each pixel.")
def mean_of_all_back(X, m, V):
    return _restored(X, m, V, end=lambda Y, m: Y + X.mean())


@restore.mistake("m.mean() was taken away; each pixel has its own mean, X − m.")
def mean_of_the_mean_away(*given):
    return _restored(*given, centre=lambda X, m: X - m.mean())


@restore.mistake("m.mean() was added back; each pixel has its own mean, + m.")
def mean_of_the_mean_back(*given):
    return _restored(*given, end=lambda Y, m: Y + m.mean())


@restore.mistake("The mean was taken away twice, as m and as m @ V; once is enough.")
def mean_away_twice(*given):
    return _restored(*given, centre=lambda X, m: X - 2 * m)


@restore.mistake("Divided by the mean, X / m; take it away, X − m.")
def divided_by_the_mean(*given):
    return _restored(*given, centre=lambda X, m: X / m)


@restore.mistake("The pixels are divided by their spread; here only the mean goes.")
def standardised(*given):
    return _restored(*given, centre=lambda X, m: (X - m) / (X.std(axis=0) + 1e-9))


@restore.mistake("Each picture is divided by its length; here only the mean goes.")
def of_length_one(*given):
    def centre(X, m):
        return (X - m) / np.linalg.norm(X - m, axis=1, keepdims=True)

    return _restored(*given, centre=centre)


@restore.mistake("All is divided by the pictures' length; here only the mean goes.")
def over_all_lengths(*given):
    return _restored(*given, centre=lambda X, m: (X - m) / np.linalg.norm(X - m))


@restore.mistake("A ReLU cuts off the negative codes; PCA's codes come as they are.")
def cut_off(*given):
    return _restored(*given, code=lambda Y, V: np.maximum(0, Y @ V))


@restore.mistake("σ bends the codes; a code of PCA is a sum, Y @ V, as it comes.")
def bent_by_sigma(*given):
    return _restored(*given, code=lambda Y, V: 1 / (1 + np.exp(-Y @ V)))


@restore.mistake("Only the codes' signs are kept; their sizes count, too.")
def signs_alone(*given):
    return _restored(*given, code=lambda Y, V: np.sign(Y @ V))


@restore.mistake("σ bends the restored pixels; they are a sum, m + z @ V.T.")
def pixels_bent(*given):
    return _restored(*given, end=lambda Y, m: 1 / (1 + np.exp(-Y - m)))


@restore.mistake("tanh bends what is added to m; it is a sum, z @ V.T.")
def parts_bent(*given):
    return _restored(*given, end=lambda Y, m: m + np.tanh(Y))


@restore.mistake("Rounded to whole numbers; the restored pixels come as they are.")
def rounded(*given):
    return np.round(_restored(*given))


@restore.mistake("V.T and no mean on the way up; it is (X − m) @ V.")
def turned_and_not_centred(*given):
    return _restored(*given, centre=lambda X, m: X, code=lambda Y, V: Y @ V.T)


@restore.mistake("X went back without codes of its own: first (X − m) @ V, then V.T.")
def picture_for_code(*given):
    return _restored(*given, code=lambda Y, V: Y)


@restore.mistake("X itself was taken for the codes; they are (X − m) @ V.")
def raw_picture_for_code(*given):
    return _restored(*given, centre=lambda X, m: X, code=lambda Y, V: Y)


@restore.mistake(
    "* goes entry by entry, and runs only where shapes happen to fit: (X − m) @ V."
)
def entry_by_entry(*given):
    return _restored(*given, code=lambda Y, V: Y * V)


@restore.mistake(
    "* on the way back runs only where shapes happen to fit: z @ V.T sums over K."
)
def back_entry_by_entry(*given):
    return _restored(*given, back=lambda z, V: z * V)


@restore.mistake("V @ (X − m) has the factors exchanged: pictures are rows, so V last.")
def factors_exchanged(*given):
    return _restored(*given, code=lambda Y, V: V @ Y)


@restore.mistake("V.T @ (X − m) has pictures for columns; as rows it is (X − m) @ V.")
def columns(*given):
    return _restored(*given, code=lambda Y, V: V.T @ Y)


@restore.mistake("X on its side: (N, D) @ (D, K) needs no .T on X − m.")
def pictures_turned(*given):
    return _restored(*given, code=lambda Y, V: Y.T @ V)


@restore.mistake("The factors of the way back are exchanged: z @ V.T, not V @ z.")
def back_exchanged(*given):
    return _restored(*given, back=lambda z, V: V @ z)


@restore.mistake("V.T @ z has its factors exchanged: (N, K) @ (K, D) is z @ V.T.")
def back_exchanged_and_turned(*given):
    return _restored(*given, back=lambda z, V: V.T @ z)


@restore.mistake(
    "V @ z.T has the pictures for columns, and m met the wrong axis; z @ V.T."
)
def columns_and_mean(*given):
    return _restored(*given, back=lambda z, V: V @ z.T)


@restore.mistake("m as a column, m[:, None], meets the pictures; a row of D is right.")
def mean_as_a_column(X, m, V):
    return _restored(X, m[:, None], V)


@restore.mistake("m[:, None] meets the pictures; m alone is taken from each row.")
def column_away(*given):
    return _restored(*given, centre=lambda X, m: X - m[:, None])


@restore.mistake("m[:, None] at the end meets the pictures; m alone is added to each.")
def column_back(*given):
    return _restored(*given, end=lambda Y, m: Y + m[:, None])


@restore.mistake("This is m alone, (D,); each picture adds what its codes say.")
def mean_picture_alone(X, m, V):
    return m


@restore.mistake("m was added to X as it came; V is missing, up and down.")
def picture_and_mean(X, m, V):
    return m + X


@restore.mistake("Mean and parts were averaged: they are added, and not halved.")
def all_halved(*given):
    return _restored(*given) / 2


@restore.mistake("The codes count twice; once is enough.")
def codes_twice(X, m, V):
    return m + 2 * (X - m) @ V @ V.T


@restore.mistake("m was added to V, not to the result: m + z @ V.T.")
def mean_added_to_directions(X, m, V):
    return (X - m) @ V @ (V.T + m)


@restore.mistake("This is the error, all summed; return the restored pictures, (N, D).")
def summed_error(X, m, V):
    return ((X - _restored(X, m, V)) ** 2).sum()


@restore.mistake("The codes of the mean: each picture has its own, (X − m) @ V.")
def codes_of_the_mean(X, m, V):
    return m + m @ V @ V.T


@restore.mistake("m went to codes, and never back to pixels; it is added last.")
def coded_mean(X, m, V):
    return m @ V + (X - m) @ V


# -- kl(mu, log_var) ------------------------------------------------------------------


def _normals(seed, N, K):
    """Means and log-variances, none of them 0."""
    rng = np.random.default_rng(seed)
    mu = np.round(rng.normal(size=(N, K)) * 1.5, 1) + 0.05
    return mu, np.round(rng.normal(size=(N, K)), 1) + 0.05


kl = Question(
    "kl",
    [
        (
            A([[1.0, -2.0], [0.5, 0.0], [3.0, 1.0]]),
            A([[0.5, -1.0], [1.5, 0.2], [1, 2]]),
        ),
        _normals(1, 2, 2),
        _normals(2, 4, 1),
        _normals(3, 1, 3),
        _normals(4, 5, 4),
    ],
    [
        "σ² is np.exp(log_var), and log σ² is log_var itself.",
        "Each code adds ½ (µ² + σ² − 1 − log σ²), which is 0 where µ = 0 and σ = 1.",
        "A picture's K codes are independent of each other: sum over them, axis=1.",
    ],
)


def _over_codes(terms):
    return terms.sum(axis=1)


def _kl(
    mu, log_var, *, half=0.5, mean=lambda mu: mu**2, var=np.exp, one=1,
    log=lambda log_var: log_var, over=_over_codes,
):  # fmt: skip
    """The KL with one thing changed."""
    return over(half * (mean(mu) + var(log_var) - one - log(log_var)))


@kl.right
def by_the_logarithm_of_a_variance(mu, log_var):
    var = np.exp(log_var)
    return ((mu**2 + var - 1) / 2 - np.log(np.sqrt(var))).sum(axis=1)


@kl.right
def code_by_code(mu, log_var):
    total = np.zeros(len(mu))
    for m, log in zip(mu.T, log_var.T, strict=True):
        total -= (1 + log - m * m - np.exp(log)) / 2
    return total


@kl.right
def by_expm1(mu, log_var):
    return np.sum(mu**2 + np.expm1(log_var) - log_var, axis=-1) / 2


@kl.mistake("½ is missing in front of the sum.")
def without_half(*given):
    return _kl(*given, half=1)


@kl.mistake("Not summed: a picture's K codes add up to one number, .sum(axis=1).")
def not_summed(*given):
    return _kl(*given, over=lambda terms: terms)


@kl.mistake("Summed over the pictures; sum over the K codes of each, axis=1.")
def over_the_pictures(*given):
    return _kl(*given, over=lambda terms: terms.sum(axis=0))


@kl.mistake("One number, the sum over all; each picture has its own: axis=1.")
def over_all(*given):
    return _kl(*given, over=np.sum)


@kl.mistake("The mean over the codes; the nats of K codes add up.")
def mean_over_codes(*given):
    return _kl(*given, over=lambda terms: terms.mean(axis=1))


@kl.mistake("One number, the mean over all pictures and codes; .sum(axis=1).")
def mean_over_all(*given):
    return _kl(*given, over=np.mean)


@kl.mistake("One number, the mean over the pictures; here each picture keeps its own.")
def mean_over_pictures(*given):
    return _kl(*given, over=lambda terms: terms.sum(axis=1).mean())


@kl.mistake("The mean over the pictures, code by code; sum over the codes, axis=1.")
def mean_of_each_code(*given):
    return _kl(*given, over=lambda terms: terms.mean(axis=0))


@kl.mistake("The shape is (N, 1); without keepdims=True it is (N,).")
def keepdims(*given):
    return _kl(*given, over=lambda terms: terms.sum(axis=1, keepdims=True))


@kl.mistake("np.exp(log_var / 2) is σ; σ² is np.exp(log_var).")
def sigma_for_variance(*given):
    return _kl(*given, var=lambda log_var: np.exp(log_var / 2))


@kl.mistake("The − 1 is missing: with it, the KL of N(0, 1) itself is 0.")
def without_one(*given):
    return _kl(*given, one=0)


@kl.mistake("The sign: this is −KL, as it comes in the ELBO; a KL is never negative.")
def negative(*given):
    return _kl(*given, half=-0.5)


@kl.mistake("The sign, and ½ is missing: a KL is never negative.")
def negative_without_half(*given):
    return _kl(*given, half=-1)


@kl.mistake("µ is not squared: mu**2.")
def mean_not_squared(*given):
    return _kl(*given, mean=lambda mu: mu)


@kl.mistake(
    "σ² and its logarithm have cancelled: + np.exp(log_var) and − log_var are two "
    "things."
)
def log_for_variance(*given):
    return _kl(*given, var=lambda log_var: log_var)


@kl.mistake("+ log_var: its sign is minus, so that a narrow q costs something.")
def log_added(*given):
    return _kl(*given, log=lambda log_var: -log_var)


@kl.mistake("+ 1: its sign is minus.")
def one_added(*given):
    return _kl(*given, one=-1)


@kl.mistake("Plus throughout: 1 and log_var are taken away.")
def all_added(*given):
    return _kl(*given, one=-1, log=lambda log_var: -log_var)


@kl.mistake("np.exp(log_var) is σ² already, and was squared; σ⁴ stands here.")
def variance_squared(*given):
    return _kl(*given, var=lambda log_var: np.exp(2 * log_var))


@kl.mistake("log_var**2 is no variance: σ² = np.exp(log_var).")
def log_squared(*given):
    return _kl(*given, var=np.square)


@kl.mistake("µ is missing: + mu**2, what it costs to stand away from 0.")
def without_mean_(*given):
    return _kl(*given, mean=np.zeros_like)


@kl.mistake("log σ² is missing: − log_var.")
def without_log(*given):
    return _kl(*given, log=np.zeros_like)


@kl.mistake("σ² is missing: + np.exp(log_var).")
def without_variance(*given):
    return _kl(*given, var=np.zeros_like)


@kl.mistake("log_var / 2 is log σ; with ½ in front it is log σ², log_var itself.")
def log_halved(*given):
    return _kl(*given, log=lambda log_var: log_var / 2)


@kl.mistake("2 log_var: log_var is log σ² already.")
def log_doubled(*given):
    return _kl(*given, log=lambda log_var: 2 * log_var)


@kl.mistake(
    "log_var was taken for log σ: its exp squared, and it doubled. It is log σ²."
)
def log_of_sigma(*given):
    return _kl(*given, var=lambda x: np.exp(2 * x), log=lambda log_var: 2 * log_var)


@kl.mistake(
    "log_var was halved in both places: np.exp(log_var) is σ², log_var its log."
)
def halved_in_both(*given):
    return _kl(*given, var=lambda x: np.exp(x / 2), log=lambda log_var: log_var / 2)


@kl.mistake("log_var was taken for σ: squared, and its logarithm taken.")
def log_for_sigma(*given):
    return _kl(*given, var=np.square, log=lambda x: np.log(x**2))


@kl.mistake("np.exp(−log_var) is 1 / σ²; σ² is np.exp(log_var).")
def precision(*given):
    return _kl(*given, var=lambda log_var: np.exp(-log_var))


@kl.mistake(
    "1 was taken away once for each picture; every code has its own − 1, inside of the "
    "sum."
)
def one_after_the_sum(mu, log_var):
    return 0.5 * ((mu**2 + np.exp(log_var) - log_var).sum(axis=1) - 1)


@kl.mistake("1 was taken away after all, and not halved; it stands in the brackets.")
def one_at_the_end(mu, log_var):
    return 0.5 * (mu**2 + np.exp(log_var) - log_var).sum(axis=1) - 1


@kl.mistake("Brackets: ½ came to µ² alone; it stands before the whole sum.")
def half_of_the_first(mu, log_var):
    return (0.5 * mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1)


@kl.mistake("Brackets: ½ came to µ² + σ² alone; it stands before the whole sum.")
def half_of_two(mu, log_var):
    return (0.5 * (mu**2 + np.exp(log_var)) - 1 - log_var).sum(axis=1)


@kl.mistake("Brackets: only log_var was halved; ½ stands before the whole sum.")
def half_of_the_last(mu, log_var):
    return (mu**2 + np.exp(log_var) - 1 - log_var / 2).sum(axis=1)


@kl.mistake("µ and σ² were added, then squared; it is µ² + σ².")
def squared_together(mu, log_var):
    return 0.5 * ((mu + np.exp(log_var)) ** 2 - 1 - log_var).sum(axis=1)


@kl.mistake(
    "This is the KL the other way round, of N(0, 1) from q; here q stands first."
)
def other_way_round(mu, log_var):
    return 0.5 * ((mu**2 + 1) * np.exp(-log_var) - 1 + log_var).sum(axis=1)


@kl.mistake("µ² was divided by σ²; it comes as it is, as p(z) has the spread 1.")
def mean_over_variance(mu, log_var):
    return _kl(mu, log_var, mean=lambda mu: mu**2 * np.exp(-log_var))


@kl.mistake("Doubled: ½ stands in front, not 2.")
def doubled(*given):
    return _kl(*given, half=2)


@kl.mistake("Divided by 4; ½ comes once.")
def quartered(*given):
    return _kl(*given, half=0.25)


@kl.mistake("Divided by the number of pictures; each picture keeps its own.")
def divided_by_pictures_(mu, log_var):
    return _kl(mu, log_var) / len(mu)


@kl.mistake("These are bits; nats are not divided by log 2.")
def bits(*given):
    return _kl(*given) / np.log(2)


@kl.mistake("− mu**2: to stand away from 0 costs, so it is added.")
def mean_taken_away(*given):
    return _kl(*given, mean=lambda mu: -(mu**2))


@kl.mistake("− σ² and − µ²: both cost, and are added; see the brackets.")
def both_taken_away(*given):
    return _kl(*given, mean=lambda mu: -(mu**2), var=lambda log_var: -np.exp(log_var))


@kl.mistake("Not summed, and ½ is missing: .sum(axis=1), halved.")
def not_summed_without_half(*given):
    return _kl(*given, half=1, over=lambda terms: terms)


@kl.mistake("One number, the sum over all, and ½ is missing; axis=1.")
def over_all_without_half(*given):
    return _kl(*given, half=1, over=np.sum)


@kl.mistake("½ is missing, and σ stands for σ², which is np.exp(log_var).")
def sigma_without_half(*given):
    return _kl(*given, half=1, var=lambda log_var: np.exp(log_var / 2))


@kl.mistake("½ and − 1 are missing.")
def without_half_and_one(*given):
    return _kl(*given, half=1, one=0)


@kl.mistake("Only the first code was counted; sum over all K.")
def first_code(*given):
    return _kl(*given, over=lambda terms: terms[:, 0])


@kl.mistake("The largest of the codes; they add up, .sum(axis=1).")
def largest(*given):
    return _kl(*given, over=lambda terms: terms.max(axis=1))


@kl.mistake("µ was summed over the codes before it was squared.")
def summed_then_squared(mu, log_var):
    rest = (np.exp(log_var) - 1 - log_var).sum(axis=1)
    return 0.5 * (mu.sum(axis=1) ** 2 + rest)


@kl.mistake("The signs of σ² and log σ² are exchanged: + σ², − log σ².")
def signs_of_variance_exchanged(*given):
    return _kl(*given, var=lambda x: x, log=np.exp)


@kl.mistake("− σ²: a wide q costs, so σ² is added; see the brackets.")
def variance_taken_away(*given):
    return _kl(*given, var=lambda x: -np.exp(x))


@kl.mistake("Only µ² is here; σ² − 1 − log σ² is missing, what a false width costs.")
def mean_alone_(mu, log_var):
    return 0.5 * (mu**2).sum(axis=1)


@kl.mistake("Summed, and 1 taken away once: each of the K codes has its own − 1.")
def sums_first(mu, log_var):
    return 0.5 * (mu.sum(axis=1) ** 2 + (np.exp(log_var) - log_var).sum(axis=1) - 1)


@kl.mistake("2 µ is no square: mu**2.")
def mean_doubled(*given):
    return _kl(*given, mean=lambda mu: 2 * mu)


@kl.mistake("|µ| is no square: mu**2.")
def mean_absolute(*given):
    return _kl(*given, mean=np.abs)


@kl.mistake("The codes' parts were multiplied; nats add up.")
def multiplied(*given):
    return _kl(*given, over=lambda terms: terms.prod(axis=1))


@kl.mistake("The mean over the codes, and ½ is missing: .sum(axis=1), halved.")
def mean_over_codes_without_half(*given):
    return _kl(*given, half=1, over=lambda terms: terms.mean(axis=1))


@kl.mistake("Summed over the pictures, and ½ is missing: axis=1, halved.")
def over_the_pictures_without_half(*given):
    return _kl(*given, half=1, over=lambda terms: terms.sum(axis=0))


@kl.mistake("Not summed, and ½ came to µ² alone: brackets, then .sum(axis=1).")
def half_of_the_first_not_summed(mu, log_var):
    return 0.5 * mu**2 + np.exp(log_var) - 1 - log_var


@kl.mistake("µ² was multiplied with σ²; they are added.")
def mean_times_variance(mu, log_var):
    return 0.5 * (mu**2 * np.exp(log_var) - 1 - log_var).sum(axis=1)


@kl.mistake("µ² was divided by σ², and σ² itself is missing: + np.exp(log_var).")
def mean_over_variance_alone(mu, log_var):
    return 0.5 * (mu**2 * np.exp(-log_var) - 1 - log_var).sum(axis=1)


@kl.mistake("Not summed, and the sign: .sum(axis=1), and a KL is never negative.")
def negative_not_summed(*given):
    return _kl(*given, half=-0.5, over=lambda terms: terms)


@kl.mistake("This is log p's own part, − ½ (µ² + σ²): the spread of q is missing.")
def cross_entropy(mu, log_var):
    return -0.5 * (mu**2 + np.exp(log_var)).sum(axis=1)


@kl.mistake("½ (µ² + σ²) alone: − 1 − log σ², the spread of q, is missing.")
def without_entropy(mu, log_var):
    return 0.5 * (mu**2 + np.exp(log_var)).sum(axis=1)


# -- code_slopes(dz, log_var, noise) --------------------------------------------------


def _drawn(seed, N, K):
    """Slopes by z, log-variances and noise, none of them 0."""
    rng = np.random.default_rng(seed)
    dz, log_var, noise = np.round(rng.normal(size=(3, N, K)), 1) + 0.05
    return dz, log_var, noise


code_slopes = Question(
    "code_slopes",
    [
        (
            A([[1.0, -2.0], [0.5, 3.0], [2.0, -1.0]]),
            A([[0.5, -1.0], [1.5, 0.2], [-0.4, 2.0]]),
            A([[0.3, -0.7], [1.2, 0.4], [-1.5, 0.9]]),
        ),
        _drawn(1, 2, 2),
        _drawn(2, 4, 1),
        _drawn(3, 3, 5),
    ],
    [
        "Where µ is larger by a little, z is larger by as much: what is dL/dµ, then?",
        "z = µ + noise · exp(log_var / 2). What is the slope of exp(x / 2)?",
        "The chain: dL/dz, times noise, times half of exp(log_var / 2).",
    ],
)


def _scale(log_var):
    return np.exp(log_var / 2)


def _slopes(
    dz, log_var, noise, *, of_mean=lambda dz, s, e: dz,
    of_log=lambda dz, s, e: dz * e * s / 2,
):  # fmt: skip
    """The two slopes with one of them changed; each is given dz, σ and the noise."""
    s = _scale(log_var)
    return of_mean(dz, s, noise), of_log(dz, s, noise)


@code_slopes.right
def by_the_part_of_z(dz, log_var, noise):
    part = np.sqrt(np.exp(log_var)) * noise
    return dz.copy(), 0.5 * part * dz


@code_slopes.right
def code_by_code_(dz, log_var, noise):
    slope = np.zeros(dz.shape)
    for place in np.ndindex(*dz.shape):
        slope[place] = dz[place] * noise[place] * np.exp(0.5 * log_var[place]) * 0.5
    return 1.0 * dz, slope


@code_slopes.mistake("½ is missing in the slope of log_var: exp(x / 2) has half of it.")
def without_half_(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e * s)


@code_slopes.mistake(
    "np.exp(log_var) is σ²; z has σ in it, np.exp(log_var / 2). The half outside is "
    "right."
)
def variance_for_sigma(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e * s**2 / 2)


@code_slopes.mistake(
    "np.exp(log_var) is σ², and ½ is missing: half of np.exp(log_var / 2)."
)
def variance_without_half(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e * s**2)


@code_slopes.mistake("The noise is missing in the slope of log_var: z has noise · σ.")
def without_noise(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * s / 2)


@code_slopes.mistake("The noise is missing in the slope of log_var, and ½ is, too.")
def without_noise_and_half(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * s)


@code_slopes.mistake("σ = np.exp(log_var / 2) is missing in the slope of log_var.")
def without_sigma(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e / 2)


@code_slopes.mistake(
    "This is the slope by σ, dz · noise; one by log_var has half of σ as well."
)
def by_sigma(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e)


@code_slopes.mistake(
    "This is the slope by σ², divided by 2 σ; by its logarithm it is times σ / 2."
)
def by_variance(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e / s / 2)


@code_slopes.mistake("Divided by σ; the slope of exp(log_var / 2) has σ as a factor.")
def divided_by_sigma(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e / s)


@code_slopes.mistake("µ's slope is dz as it came: the noise and σ do not touch µ.")
def mean_scaled(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz * e * s)


@code_slopes.mistake("µ's slope was multiplied with σ; µ enters z as it is.")
def mean_times_sigma(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz * s)


@code_slopes.mistake("µ's slope was multiplied with the noise; µ enters z as it is.")
def mean_times_noise(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz * e)


@code_slopes.mistake("µ's slope was divided by σ; µ enters z as it is.")
def mean_over_sigma(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz / s)


@code_slopes.mistake("µ's slope was halved; ½ belongs to log_var alone.")
def mean_halved(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz / 2)


@code_slopes.mistake("µ's slope is dz · 1: here dz itself is missing.")
def ones_for_the_mean(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: np.ones_like(dz))


@code_slopes.mistake("µ's slope is 0 here, as if z did not depend on it: it is dz.")
def zeros_for_the_mean(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: np.zeros_like(dz))


@code_slopes.mistake("The two are exchanged: µ's slope comes first.")
def exchanged(*given):
    return _slopes(*given)[::-1]


@code_slopes.mistake(
    "dz is missing in the slope of log_var: this is how z changes, and not yet L."
)
def slope_of_z(*given):
    return _slopes(*given, of_log=lambda dz, s, e: e * s / 2)


@code_slopes.mistake("dz is missing in both: these are slopes of z; L's have dz, too.")
def slopes_of_z(*given):
    return _slopes(
        *given, of_mean=lambda dz, s, e: np.ones_like(dz),
        of_log=lambda dz, s, e: e * s / 2,
    )  # fmt: skip


@code_slopes.mistake("dz is missing in the slope of log_var, and so is ½.")
def slope_of_z_without_half(*given):
    return _slopes(*given, of_log=lambda dz, s, e: e * s)


@code_slopes.mistake(
    "Summed over the pictures; each picture has codes of its own, so keep (N, K)."
)
def summed(*given):
    return tuple(slope.sum(axis=0) for slope in _slopes(*given))


@code_slopes.mistake(
    "The mean over the pictures; each has codes of its own, so keep (N, K)."
)
def averaged(*given):
    return tuple(slope.mean(axis=0) for slope in _slopes(*given))


@code_slopes.mistake("Summed over the codes; each has a slope of its own, (N, K).")
def summed_over_codes(*given):
    return tuple(slope.sum(axis=1) for slope in _slopes(*given))


@code_slopes.mistake("log_var's slope was summed over the pictures; keep (N, K).")
def log_summed(*given):
    return _slopes(*given, of_log=lambda dz, s, e: (dz * e * s / 2).sum(axis=0))


@code_slopes.mistake("log_var's slope was summed over the codes; keep (N, K).")
def log_summed_over_codes(*given):
    return _slopes(*given, of_log=lambda dz, s, e: (dz * e * s / 2).sum(axis=1))


@code_slopes.mistake("The sign of log_var's slope: exp(x / 2) grows with x.")
def minus(*given):
    return _slopes(*given, of_log=lambda dz, s, e: -dz * e * s / 2)


@code_slopes.mistake("Both signs: the slopes go on as they came, without a minus.")
def minus_in_both(*given):
    return tuple(-slope for slope in _slopes(*given))


@code_slopes.mistake(
    "np.exp(−log_var / 2) is 1 / σ; the sign inside of exp. (½ is missing, too.)"
)
def minus_inside_without_half(dz, log_var, noise):
    return dz, dz * noise * np.exp(log_var / -2) * -1


@code_slopes.mistake("The minus inside of exp came out as a factor; z has exp(+x / 2).")
def minus_inside(dz, log_var, noise):
    return dz, dz * noise * np.exp(log_var / -2) / -2


@code_slopes.mistake("Twice, not half: the slope of exp(x / 2) is exp(x / 2) / 2.")
def twice(*given):
    return _slopes(*given, of_log=lambda dz, s, e: 2 * dz * e * s)


@code_slopes.mistake("Divided by 4; the half comes out once.")
def quarter(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e * s / 4)


@code_slopes.mistake("exp was lost: log_var / 2 stands for exp(log_var / 2).")
def exp_lost(dz, log_var, noise):
    return dz, dz * noise * log_var / 2


@code_slopes.mistake(
    "As for a power, log_var came down as well; the slope of exp(x / 2) is ½ exp(x / "
    "2)."
)
def as_a_power(dz, log_var, noise):
    return dz, dz * noise * log_var / 2 * np.exp(log_var / 2)


@code_slopes.mistake("The noise is squared; it comes once.")
def noise_squared(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e**2 * s / 2)


@code_slopes.mistake("dz is squared in the slope of log_var; it comes once.")
def slope_squared(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz**2 * e * s / 2)


@code_slopes.mistake(
    "The KL's part, (σ² − 1) / 2, is in it already; here it is left out."
)
def with_the_kl(*given):
    return _slopes(*given, of_log=lambda dz, s, e: (dz * e * s + s**2 - 1) / 2)


@code_slopes.mistake("log_var's slope is dz / 2: noise and σ are missing.")
def half_of_dz(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz / 2)


@code_slopes.mistake("Both slopes are dz; log_var's has noise, σ and ½ in it, too.")
def both_the_same(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz)


@code_slopes.mistake("Only one slope is returned, log_var's; µ's comes before it.")
def log_alone(*given):
    return _slopes(*given)[1]


@code_slopes.mistake("Only µ's slope is returned; log_var's comes after it.")
def mean_alone(*given):
    return _slopes(*given)[0]


@code_slopes.mistake("The two slopes were added; they are returned side by side.")
def added(*given):
    return sum(_slopes(*given))


@code_slopes.mistake(
    "µ's slope has noise · σ, and log_var's has it without ½: µ's is dz, log_var's "
    "half."
)
def mean_scaled_without_half(*given):
    return _slopes(
        *given, of_mean=lambda dz, s, e: dz * e * s,
        of_log=lambda dz, s, e: dz * e * s,
    )  # fmt: skip


@code_slopes.mistake("np.exp(2 log_var) is σ⁴; z has np.exp(log_var / 2).")
def doubled_inside(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e * s**4 / 2)


@code_slopes.mistake("dz + noise · σ / 2: factors of a chain are multiplied.")
def chain_added(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz + e * s / 2)


@code_slopes.mistake("This is z's random part, noise · σ, beside dz; dz is a factor.")
def random_part(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz + e * s)


@code_slopes.mistake("µ's slope was summed over the pictures; keep (N, K).")
def mean_summed(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz.sum(axis=0))


@code_slopes.mistake("µ's slope was averaged over the pictures; keep (N, K).")
def mean_averaged(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz.mean(axis=0))


@code_slopes.mistake("µ's slope was summed over the codes; each has its own.")
def mean_summed_over_codes(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz.sum(axis=1))


@code_slopes.mistake("log_var's slope was averaged over the pictures; keep (N, K).")
def log_averaged(*given):
    return _slopes(*given, of_log=lambda dz, s, e: (dz * e * s / 2).mean(axis=0))


@code_slopes.mistake(
    "Divided by the number of pictures; the mean, if any, is in dz already."
)
def divided_by_pictures__(*given):
    return tuple(slope / len(given[0]) for slope in _slopes(*given))


@code_slopes.mistake("µ's slope was divided by the number of pictures; it is dz.")
def mean_divided(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz / len(dz))


@code_slopes.mistake("log_var's slope was divided by the number of pictures.")
def log_divided(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e * s / 2 / len(dz))


@code_slopes.mistake("The sign of µ's slope: z grows with µ, so it is + dz.")
def minus_the_mean(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: -dz)


@code_slopes.mistake("µ's slope counts twice; it is dz.")
def mean_doubled_(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: 2 * dz)


@code_slopes.mistake("µ's slope is squared; it is dz.")
def mean_squared(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz**2)


@code_slopes.mistake("The number 1 for µ's slope: L's has dz in it, and is dz · 1.")
def one_for_the_mean(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: 1)


@code_slopes.mistake("The number 0 for µ's slope: z moves with µ, so it is dz.")
def zero_for_the_mean(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: 0)


@code_slopes.mistake("The random part was added to µ's slope: it is dz alone.")
def mean_and_noise(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz + e * s)


@code_slopes.mistake(
    "The random part was taken from dz, as if it were z; µ's slope is dz alone."
)
def mean_less_noise(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz - e * s)


@code_slopes.mistake("µ's slope was multiplied with σ²; µ enters z as it is.")
def mean_times_variance_(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz * s**2)


@code_slopes.mistake("µ's slope was multiplied with noise and σ²; it is dz.")
def mean_times_noise_and_variance(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: dz * e * s**2)


@code_slopes.mistake("The noise stands for µ's slope; it is dz.")
def noise_for_the_mean(*given):
    return _slopes(*given, of_mean=lambda dz, s, e: e)


@code_slopes.mistake("The noise stands for log_var's slope: dz, σ and ½ are missing.")
def noise_for_the_log(*given):
    return _slopes(*given, of_log=lambda dz, s, e: e)


@code_slopes.mistake("Half of the noise: dz and σ are missing in log_var's slope.")
def half_noise(*given):
    return _slopes(*given, of_log=lambda dz, s, e: e / 2)


@code_slopes.mistake("dz and the noise are missing in log_var's slope: σ / 2 alone.")
def half_sigma(*given):
    return _slopes(*given, of_log=lambda dz, s, e: s / 2)


@code_slopes.mistake("dz · σ²: noise and ½ are missing, and z has σ in it, not σ².")
def variance_without_noise(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * s**2)


@code_slopes.mistake("dz · log_var / 2: noise and exp are missing.")
def log_for_its_exp(dz, log_var, noise):
    return dz, dz * log_var / 2


@code_slopes.mistake("exp was lost: log_var is no scale, exp(log_var / 2) is.")
def exp_lost_whole(dz, log_var, noise):
    return dz, dz * noise * log_var


@code_slopes.mistake("As for a power, 1 was taken from the exponent; exp stays exp.")
def exponent_less_one(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * e * s / np.e)


@code_slopes.mistake("As for a power: half of log_var came down, 1 off the exponent.")
def as_a_power_less_one(dz, log_var, noise):
    return dz, dz * noise * log_var / 2 * np.exp(log_var / 2 - 1)


@code_slopes.mistake("1 + …: log_var's slope has nothing of µ's in it.")
def one_more(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * (1 + e * s / 2))


@code_slopes.mistake("The noise lost its sign; a draw to the left moves left.")
def noise_without_sign(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz * np.abs(e) * s / 2)


@code_slopes.mistake("dz @ noise.T pairs pictures; * goes entry by entry, (N, K).")
def pairs_of_pictures(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz @ e.T)


@code_slopes.mistake("dz was summed over the pictures in log_var's slope.")
def summed_dz(*given):
    return _slopes(*given, of_log=lambda dz, s, e: dz.sum(axis=0) * e * s / 2)


@code_slopes.mistake("Twice σ²: the slope of exp(x / 2) is half of exp(x / 2).")
def twice_the_variance(*given):
    return _slopes(*given, of_log=lambda dz, s, e: 2 * dz * e * s**2)
