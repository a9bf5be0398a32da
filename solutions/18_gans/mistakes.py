"""Exercise 18: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array


def _sigmoid(a):
    return 1 / (1 + np.exp(-a))


def _softplus(a):
    return np.logaddexp(0, a)


# -- proof(real, forged) ---------------------------------------------------------------


def _proof(real, forged, *, right=None, value=None, jsd=None):
    """The right answer with the functions given in place of its parts."""
    V = (value or _value)(real, forged)
    found = {"right": (right or _right)(real, forged), "value": V}
    return found | {"jsd": (jsd or _bound)(V)}


def _value(real, forged):
    return -_softplus(-real).mean() - _softplus(forged).mean()


def _right(real, forged):
    return ((real > 0).mean() + (forged <= 0).mean()) / 2


def _bound(V):
    return max(0.0, (V + np.log(4)) / 2)


proof = Question(
    "proof",
    inputs=[
        (A([2.0, -0.5, 3.1, 1.2]), A([-1.5, 0.4])),
        (A([1.5, 0.7]), A([-2.2, -0.3, 0.6, -3.0, -1.1])),
        (A([0.9, -1.6, 0.3]), A([0.8, 1.7, -0.4, 0.5])),
        (A([4.0, 2.5, -0.2]), A([-3.5, -1.0, -4.2])),
    ],
    hints=[
        "E_p is the mean over the real pictures, E_q that over the forged ones; and "
        "half of all pictures are real, so that the two shares of right verdicts "
        "count alike, however many there are of each.",
        "This V is at most that of the best detective: V ≤ −log 4 + 2 JSD. Solve for "
        "JSD.",
        "A bound below 0 proves less than what is known of every divergence; then 0 "
        "is what is proved.",
    ],
)


@proof.right
def from_chances(real, forged):
    D, other = 1 / (1 + np.exp(-real)), 1 / (1 + np.exp(forged))
    V = np.mean(np.log(D)) + np.mean(np.log(other))
    return {
        "right": 0.5 * np.mean(D > 0.5) + 0.5 * np.mean(other >= 0.5),
        "value": V,
        "jsd": np.maximum(V / 2 + np.log(2), 0),
    }


@proof.right
def picture_by_picture(real, forged):
    V = right = 0.0
    for a in real:
        V -= np.log(1 + np.exp(-a)) / len(real)
        right += (a > 0) / len(real)
    for a in forged:
        V -= np.log(1 + np.exp(a)) / len(forged)
        right += (a <= 0) / len(forged)
    bound = (V + 2 * np.log(2)) / 2
    return {"right": right / 2, "value": V, "jsd": bound if bound > 0 else 0.0}


@proof.mistake(
    '"jsd" may come out below 0 here; a divergence never is, so that 0 is proved in '
    "any case."
)
def below_zero(real, forged):
    return _proof(real, forged, jsd=lambda V: (V + np.log(4)) / 2)


@proof.mistake(
    '"right" counts all pictures alike, but there are not as many of either kind here: '
    "take the mean of the two shares."
)
def all_alike(real, forged):
    return _proof(real, forged, right=lambda r, f: np.r_[r > 0, f <= 0].mean())


@proof.mistake(
    '"right" counts all pictures alike, and "jsd" may come out below 0: take the mean '
    "of the two shares, and 0 at least."
)
def all_alike_below_zero(real, forged):
    return _proof(
        real,
        forged,
        right=lambda r, f: np.r_[r > 0, f <= 0].mean(),
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake(
    "V has one mean over all pictures; it has two, one over the real, one over the "
    "forged ones, added."
)
def one_mean(real, forged):
    return _proof(
        real, forged, value=lambda r, f: -np.r_[_softplus(-r), _softplus(f)].mean()
    )


@proof.mistake("V is half of what it should be: the two means are added, not averaged.")
def half_of_value(real, forged):
    return _proof(real, forged, value=lambda r, f: _value(r, f) / 2)


@proof.mistake("V has log D for the forgeries, too; there it is log(1 − D).")
def log_d_twice(real, forged):
    return _proof(
        real, forged, value=lambda r, f: -_softplus(-r).mean() - _softplus(-f).mean()
    )


@proof.mistake("V has sums where it should have means.")
def sums(real, forged):
    return _proof(
        real, forged, value=lambda r, f: -_softplus(-r).sum() - _softplus(f).sum()
    )


@proof.mistake(
    "This is the loss, −V, and what follows from it; V itself is never above 0."
)
def loss(real, forged):
    return _proof(real, forged, value=lambda r, f: -_value(r, f))


@proof.mistake('"value" is the loss, −V; V itself is never above 0.')
def loss_said(real, forged):
    return _proof(real, forged) | {"value": -_value(real, forged)}


@proof.mistake(
    '"jsd" is twice as much as is proved: V + log 4 is twice the divergence.'
)
def not_halved(real, forged):
    return _proof(real, forged, jsd=lambda V: max(0.0, V + np.log(4)))


@proof.mistake('"jsd" is V + log 4, which is twice the divergence; and 0 at least.')
def not_halved_below_zero(real, forged):
    return _proof(real, forged, jsd=lambda V: V + np.log(4))


@proof.mistake("The sign of log 4: V ≤ −log 4 + 2 JSD, so that log 4 is added to V.")
def minus_log_4(real, forged):
    return _proof(real, forged, jsd=lambda V: (V - np.log(4)) / 2)


@proof.mistake(
    '"jsd" comes out as 0 here, for log 4 was taken away; V ≤ −log 4 + 2 JSD, so that '
    "it is added to V."
)
def minus_log_4_at_least_0(real, forged):
    return _proof(real, forged, jsd=lambda V: max(0.0, (V - np.log(4)) / 2))


@proof.mistake('log 2 for log 4 in "jsd".')
def log_2(real, forged):
    return _proof(real, forged, jsd=lambda V: max(0.0, (V + np.log(2)) / 2))


@proof.mistake('log 2 for log 4 in "jsd", which is 0 at least.')
def log_2_below_zero(real, forged):
    return _proof(real, forged, jsd=lambda V: (V + np.log(2)) / 2)


@proof.mistake('"jsd" is half of V alone: log 4 is added before V is halved.')
def half_of_v(real, forged):
    return _proof(real, forged, jsd=lambda V: V / 2)


@proof.mistake('Only log 4 is halved in "jsd"; all of V + log 4 is.')
def half_of_log_4(real, forged):
    return _proof(real, forged, jsd=lambda V: max(0.0, V + np.log(4) / 2))


@proof.mistake(
    'Only log 4 is halved in "jsd"; all of V + log 4 is, and 0 is proved at least.'
)
def half_of_log_4_below_zero(real, forged):
    return _proof(real, forged, jsd=lambda V: V + np.log(4) / 2)


@proof.mistake(
    '"jsd" is −log 4 + 2 V: that takes V for the divergence. Solve V ≤ −log 4 + 2 JSD '
    "for JSD."
)
def not_solved(real, forged):
    return _proof(real, forged, jsd=lambda V: -np.log(4) + 2 * V)


@proof.mistake('"jsd" is doubled instead of halved.')
def doubled(real, forged):
    return _proof(real, forged, jsd=lambda V: max(0.0, 2 * (V + np.log(4))))


@proof.mistake('"jsd" is turned round, −log 4 − V: what is proved is (V + log 4) / 2.')
def turned_bound(real, forged):
    return _proof(real, forged, jsd=lambda V: (-np.log(4) - V) / 2)


@proof.mistake(
    '"jsd" is taken without its sign; a bound below 0 proves nothing, so that 0 stays.'
)
def without_sign(real, forged):
    return _proof(real, forged, jsd=lambda V: abs(V + np.log(4)) / 2)


@proof.mistake('min for max: "jsd" is the larger of 0 and the bound.')
def min_for_max(real, forged):
    return _proof(real, forged, jsd=lambda V: min(0.0, (V + np.log(4)) / 2))


@proof.mistake(
    '"right" counts forgeries that were taken for real; right is a logit below 0 there.'
)
def forged_taken_for_real(real, forged):
    return _proof(
        real, forged, right=lambda r, f: ((r > 0).mean() + (f > 0).mean()) / 2
    )


@proof.mistake(
    '"right" compares logits with ½; D is above ½ where the logit is above 0.'
)
def half_of_logits(real, forged):
    return _proof(
        real, forged, right=lambda r, f: ((r > 0.5).mean() + (f < 0.5).mean()) / 2
    )


@proof.mistake(
    '"right" looks at the real pictures alone; half of all pictures are forged.'
)
def real_alone(real, forged):
    return _proof(real, forged, right=lambda r, f: (r > 0).mean())


@proof.mistake('"right" looks at the forgeries alone; half of all pictures are real.')
def forged_alone(real, forged):
    return _proof(real, forged, right=lambda r, f: (f <= 0).mean())


@proof.mistake(
    '"right" is the sum of two shares; half of all pictures are real, half forged: '
    "halve it."
)
def shares_added(real, forged):
    return _proof(real, forged, right=lambda r, f: (r > 0).mean() + (f <= 0).mean())


@proof.mistake(
    '"right" is a product of two shares, the chance to be right on one real *and* one '
    "forged picture; take the mean."
)
def shares_multiplied(real, forged):
    return _proof(real, forged, right=lambda r, f: (r > 0).mean() * (f <= 0).mean())


@proof.mistake('"right" is how often it is wrong.')
def wrong(real, forged):
    return _proof(real, forged, right=lambda r, f: 1 - _right(r, f))


@proof.mistake('"right" is a number of pictures; a share of them is asked for.')
def number_of_right(real, forged):
    return _proof(real, forged, right=lambda r, f: (r > 0).sum() + (f <= 0).sum())


@proof.mistake(
    '"right" adds up chances; a verdict is either right or wrong: D > ½ or not.'
)
def mean_of_chances(real, forged):
    return _proof(
        real,
        forged,
        right=lambda r, f: (_sigmoid(r).mean() + _sigmoid(-f).mean()) / 2,
    )


@proof.mistake("Real and forged are exchanged throughout.")
def exchanged(real, forged):
    return _proof(forged, real)


@proof.mistake(
    "The logits were taken for chances; D = σ(a) comes first. (NaN comes from the "
    "logarithm of a negative number.)"
)
def logits_for_chances(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: np.log(r).mean() + np.log(1 - f).mean(),
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake(
    "The logits were taken for chances; D = σ(a) comes first. (max of NaN and 0 is 0 "
    "by luck.)"
)
def logits_for_chances_at_least_0(real, forged):
    return _proof(
        real, forged, value=lambda r, f: np.log(r).mean() + np.log(1 - f).mean()
    )


@proof.mistake("The logits themselves stand in V, without σ and log.")
def logits_alone(real, forged):
    return _proof(real, forged, value=lambda r, f: r.mean() - f.mean())


@proof.mistake("The logarithms are missing: V has log D and log(1 − D).")
def without_logs(real, forged):
    return _proof(
        real, forged, value=lambda r, f: _sigmoid(r).mean() + _sigmoid(-f).mean()
    )


@proof.mistake("The logarithm of a mean; V is the mean of logarithms.")
def log_of_mean(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: np.log(_sigmoid(r).mean()) + np.log(_sigmoid(-f).mean()),
    )


@proof.mistake(
    "The mean of the logits went into σ; V is the mean of logarithms, one for each "
    "picture."
)
def sigmoid_of_mean(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: -_softplus(-r.mean()) - _softplus(f.mean()),
    )


@proof.mistake("These are bits; nats come from np.log.")
def bits(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: _value(r, f) / np.log(2),
        jsd=lambda V: max(0.0, (V + 2) / 2),
    )


@proof.mistake("V in bits and log 4 in nats: np.log throughout.")
def bits_and_nats(real, forged):
    return _proof(real, forged, value=lambda r, f: _value(r, f) / np.log(2))


@proof.mistake("The means are taken one from the other; V is their sum.")
def difference(real, forged):
    return _proof(
        real, forged, value=lambda r, f: -_softplus(-r).mean() + _softplus(f).mean()
    )


@proof.mistake("V has 1 − log D for the forgeries; it is log(1 − D).")
def one_minus_log(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: -_softplus(-r).mean() + (1 + _softplus(-f)).mean(),
    )


@proof.mistake("V has the real pictures alone; the forged ones bring log(1 − D).")
def value_of_real(real, forged):
    return _proof(real, forged, value=lambda r, f: -_softplus(-r).mean())


@proof.mistake("V has the forgeries alone; the real pictures bring log D.")
def value_of_forged(real, forged):
    return _proof(real, forged, value=lambda r, f: -_softplus(f).mean())


@proof.mistake("log 10 of 4: np.log is the natural logarithm.")
def tens(real, forged):
    return _proof(real, forged, jsd=lambda V: max(0.0, (V + np.log10(4)) / 2))


@proof.mistake("4 for log 4.")
def four(real, forged):
    return _proof(real, forged, jsd=lambda V: max(0.0, (V + 4) / 2))


@proof.mistake("The numbers alone; a dict has their names.")
def numbers_alone(real, forged):
    return list(_proof(real, forged).values())


@proof.mistake('These are per cent in "right"; a share is a number from 0 to 1.')
def per_cent(real, forged):
    return _proof(real, forged, right=lambda r, f: 100 * _right(r, f))


@proof.mistake(
    'V has log D for the forgeries, too; there it is log(1 − D), and "jsd" is 0 at '
    "least."
)
def log_d_twice_below_zero(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: -_softplus(-r).mean() - _softplus(-f).mean(),
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake('V has sums where it should have means, and "jsd" is 0 at least.')
def sums_below_zero(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: -_softplus(-r).sum() - _softplus(f).sum(),
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake(
    'The logarithm of a mean; V is the mean of logarithms, and "jsd" is 0 at least.'
)
def log_of_mean_below_zero(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: np.log(_sigmoid(r).mean()) + np.log(_sigmoid(-f).mean()),
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake(
    'All pictures count alike in "right" and in V; half of them are real, so that real '
    "and forged have a mean each."
)
def all_alike_twice(real, forged):
    return _proof(
        real,
        forged,
        right=lambda r, f: np.r_[r > 0, f <= 0].mean(),
        value=lambda r, f: -np.r_[_softplus(-r), _softplus(f)].mean(),
    )


@proof.mistake(
    '"right" counts forgeries that were taken for real; right is a logit below 0 '
    'there, and "jsd" is 0 at least.'
)
def forged_taken_below_zero(real, forged):
    return _proof(
        real,
        forged,
        right=lambda r, f: ((r > 0).mean() + (f > 0).mean()) / 2,
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake(
    '"right" compares logits with ½; D is above ½ where the logit is above 0, and '
    '"jsd" is 0 at least.'
)
def half_of_logits_below_zero(real, forged):
    return _proof(
        real,
        forged,
        right=lambda r, f: ((r > 0.5).mean() + (f < 0.5).mean()) / 2,
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake(
    '"right" is the sum of two shares; half of all pictures are real, half forged: '
    'halve it, and "jsd" is 0 at least.'
)
def shares_added_below_zero(real, forged):
    return _proof(
        real,
        forged,
        right=lambda r, f: (r > 0).mean() + (f <= 0).mean(),
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake(
    '"right" adds up chances; a verdict is either right or wrong: D > ½ or not, and '
    '"jsd" is 0 at least.'
)
def mean_of_chances_below_zero(real, forged):
    return _proof(
        real,
        forged,
        right=lambda r, f: (_sigmoid(r).mean() + _sigmoid(-f).mean()) / 2,
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake(
    'V in bits and log 4 in nats: np.log throughout, and "jsd" is 0 at least.'
)
def bits_and_nats_below_zero(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: _value(r, f) / np.log(2),
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake("In V log D and log(1 − D) are exchanged: a real picture brings log D.")
def logs_exchanged(real, forged):
    return _proof(
        real, forged, value=lambda r, f: -_softplus(r).mean() - _softplus(-f).mean()
    )


@proof.mistake(
    'In V log D and log(1 − D) are exchanged: a real picture brings log D; and "jsd" '
    "is 0 at least."
)
def logs_exchanged_below_zero(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: -_softplus(r).mean() - _softplus(-f).mean(),
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake('In "jsd" only V is halved; all of V + log 4 is.')
def only_v_halved(real, forged):
    return _proof(real, forged, jsd=lambda V: max(0.0, V / 2 + np.log(4)))


@proof.mistake("log 4 is in bits here, V in nats: np.log throughout.")
def log2_of_4(real, forged):
    return _proof(real, forged, jsd=lambda V: max(0.0, (V + np.log2(4)) / 2))


@proof.mistake('"jsd" is V itself; solve V ≤ −log 4 + 2 JSD for JSD.')
def v_for_jsd(real, forged):
    return _proof(real, forged, jsd=lambda V: V)


@proof.mistake('"jsd" is 2 V + log 4; it is V + log 4 that is divided by 2.')
def v_doubled(real, forged):
    return _proof(real, forged, jsd=lambda V: 2 * V + np.log(4))


@proof.mistake(
    '"right" is the larger of the two shares; both kinds come, half and half.'
)
def larger_share(real, forged):
    return _proof(real, forged, right=lambda r, f: max((r > 0).mean(), (f <= 0).mean()))


@proof.mistake(
    '"jsd" comes from the loss, −V; what is proved is (V + log 4) / 2, and a loss '
    "above log 4 proves nothing."
)
def bound_from_loss(real, forged):
    return _proof(real, forged, jsd=lambda V: (np.log(4) - V) / 2)


@proof.mistake(
    '"jsd" is turned round, so that a worse detective proves more: it is (V + log 4) / '
    "2, and 0 at least."
)
def turned_bound_at_least_0(real, forged):
    return _proof(real, forged, jsd=lambda V: max(0.0, -(V + np.log(4)) / 2))


@proof.mistake(
    'V is half of what it should be, "right" counts all pictures alike, and "jsd" is 0 '
    'at least: two means each, added for V, halved for "right".'
)
def half_all_alike_below_zero(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: _value(r, f) / 2,
        right=lambda r, f: np.r_[r > 0, f <= 0].mean(),
        jsd=lambda V: (V + np.log(4)) / 2,
    )


@proof.mistake(
    '"value" is the loss, −V; V itself is never above 0, and "jsd" never below it.'
)
def loss_said_below_zero(real, forged):
    V = _value(real, forged)
    return _proof(real, forged, jsd=lambda V: (V + np.log(4)) / 2) | {"value": -V}


@proof.mistake(
    '"right" counts all pictures alike: take the mean of two shares. And "jsd" is half '
    "of V + log 4, and 0 at least."
)
def all_alike_not_halved(real, forged):
    return _proof(
        real,
        forged,
        right=lambda r, f: np.r_[r > 0, f <= 0].mean(),
        jsd=lambda V: V + np.log(4),
    )


@proof.mistake(
    '"jsd" is in bits here; V and log 4 are in nats, and so is half of their sum.'
)
def bound_in_bits(real, forged):
    return _proof(real, forged, jsd=lambda V: max(0.0, (V + np.log(4)) / 2) / np.log(2))


@proof.mistake('"right" halves only one of the two shares.')
def one_share_halved(real, forged):
    return _proof(real, forged, right=lambda r, f: (r > 0).mean() + (f <= 0).mean() / 2)


@proof.mistake(
    '"right" looks at the real pictures alone, and compares logits with ½; half of all '
    "pictures are forged, and D is ½ at the logit 0."
)
def real_alone_half(real, forged):
    return _proof(real, forged, right=lambda r, f: (r > 0.5).mean())


@proof.mistake(
    "Each logarithm was weighed by its own chance; the expectation weighs pictures "
    "alike: a mean."
)
def weighed_by_d(real, forged):
    return _proof(
        real,
        forged,
        value=lambda r, f: (
            (-_sigmoid(r) * _softplus(-r)).mean() - (_sigmoid(-f) * _softplus(f)).mean()
        ),
    )


@proof.mistake(
    '"right" counts all pictures alike, and forgeries that were taken for real as '
    "well; take the mean of two shares, D > ½ for real, D < ½ for forged."
)
def all_alike_taken_for_real(real, forged):
    return _proof(real, forged, right=lambda r, f: np.r_[r > 0, f > 0].mean())


@proof.mistake(
    '"right" adds up pictures; a share of either kind is meant, and the mean of both '
    "shares."
)
def half_of_number(real, forged):
    return _proof(real, forged, right=lambda r, f: ((r > 0).sum() + (f <= 0).sum()) / 2)


@proof.mistake(
    "The logits themselves stand in V, for log D and for D; D = σ(a), and then the "
    "logarithms."
)
def logits_for_logs(real, forged):
    return _proof(real, forged, value=lambda r, f: r.mean() + (1 - f).mean())


# -- growth(rate, gamma) ---------------------------------------------------------------


def _steps(rate, gamma):
    """The matrix that moves a alone, and the one that moves b alone."""
    return A([[1, -rate], [0, 1]]), A([[1, 0], [rate, 1 - rate * gamma]])


def _size(M):
    return np.abs(np.linalg.eigvals(M)).max()


def _growth(
    rate, gamma, *, size=_size, steps=_steps, together=None, in_turn=None, read=None
):
    """The right answer with what is given in place of its parts."""
    a, b = steps(rate, gamma)
    read = read or (lambda x: x)
    return {
        "together": read(size(a + b - np.eye(2) if together is None else A(together))),
        "in_turn": read(size(a @ b if in_turn is None else A(in_turn))),
    }


growth = Question(
    "growth",
    inputs=[
        (0.5, 0.3),
        (0.4, 1.5),
        (0.4, 3.0),
        (0.9, 3.5),
    ],
    hints=[
        "The slopes of V: b by a, and a − γ b by b. Write the new a and the new b as "
        "sums of the old ones: their four factors are the matrix.",
        "In turn, the new b stands in the step of a. Or multiply two matrices, one "
        "that moves b alone and one that moves a alone; the one that comes first "
        "stands on the right.",
        "np.linalg.eigvals gives the eigenvalues, which may be complex; np.abs is the "
        "size of each, and the larger counts in the long run.",
    ],
)


@growth.right
def with_all_written_out(rate, gamma):
    e = rate
    together = A([[1, -e], [e, 1 - e * gamma]])
    in_turn = A([[1 - e * e, -e * (1 - e * gamma)], [e, 1 - e * gamma]])
    sizes = [abs(np.linalg.eigvals(M)).max() for M in (together, in_turn)]
    return {"together": sizes[0], "in_turn": sizes[1]}


@growth.right
def by_trace_and_determinant(rate, gamma):
    found = {}
    for name, extra in (("together", 0), ("in_turn", rate**2)):
        half = 1 - (rate * gamma + extra) / 2
        root = np.emath.sqrt(half**2 - (1 - rate * gamma + rate**2 - extra))
        found[name] = float(max(abs(half + root), abs(half - root)))
    return found


@growth.right
def a_before_b(rate, gamma):
    a, b = _steps(rate, gamma)
    return _growth(rate, gamma, in_turn=b @ a)


@growth.mistake(
    "The penalty has the wrong sign: b goes *up* in V, whose slope by b is a − γ b."
)
def penalty_sign(rate, gamma):
    return _growth(rate, -gamma)


@growth.mistake(
    "The penalty is missing: these are the factors of V = a b, √(1 + η²) and 1."
)
def without_penalty(rate, gamma):
    return _growth(rate, 0)


@growth.mistake("The penalty comes out twice: the slope of γ b² / 2 is γ b.")
def twice_the_penalty(rate, gamma):
    return _growth(rate, 2 * gamma)


@growth.mistake("The penalty comes out at half: the slope of γ b² / 2 is γ b.")
def half_the_penalty(rate, gamma):
    return _growth(rate, gamma / 2)


@growth.mistake("The penalty is without its rate: b steps by rate · (a − γ b).")
def penalty_without_rate(rate, gamma):
    return _growth(rate, gamma / rate)


@growth.mistake("The penalty has the rate squared: b steps by rate · (a − γ b).")
def penalty_rate_squared(rate, gamma):
    return _growth(rate, gamma * rate)


@growth.mistake("The two are exchanged.")
def exchanged_names(rate, gamma):
    a = _growth(rate, gamma)
    return {"together": a["in_turn"], "in_turn": a["together"]}


@growth.mistake('"in_turn" is that of steps together: a is to see the *new* b.')
def together_twice(rate, gamma):
    a, b = _steps(rate, gamma)
    return _growth(rate, gamma, in_turn=a + b - np.eye(2))


@growth.mistake(
    '"together" is that of steps in turn: both see the values from before the step.'
)
def in_turn_twice(rate, gamma):
    a, b = _steps(rate, gamma)
    return _growth(rate, gamma, together=a @ b)


@growth.mistake(
    "Largest eigenvalue, not largest in size: these are real parts; take np.abs, which "
    "is the length of a complex number."
)
def real_part(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.linalg.eigvals(M).real.max())


@growth.mistake("The smaller eigenvalue; in the long run the larger counts.")
def smallest(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.abs(np.linalg.eigvals(M)).min())


@growth.mistake(
    "The determinant is the product of both eigenvalues; the size of the larger is "
    "asked for."
)
def determinant(rate, gamma):
    return _growth(rate, gamma, size=np.linalg.det)


@growth.mistake(
    "The root of the determinant is the size of both where they are complex; where "
    "they are real, the larger counts."
)
def root_of_determinant(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.sqrt(np.abs(np.linalg.det(M))))


@growth.mistake(
    "This is the largest *singular* value, the most that one step can lengthen; in the "
    "long run the eigenvalue counts."
)
def singular_value(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.linalg.norm(M, 2))


@growth.mistake(
    "This is the root of the sum of all squares in the matrix; its eigenvalues are "
    "asked for."
)
def frobenius(rate, gamma):
    return _growth(rate, gamma, size=np.linalg.norm)


@growth.mistake(
    "The identity is missing: these are eigenvalues of what a step adds, not of what "
    "it makes."
)
def without_identity(rate, gamma):
    return _growth(rate, gamma, size=lambda M: _size(M - np.eye(2)))


@growth.mistake("These are the eigenvalues of the slopes, without rate and identity.")
def slopes(rate, gamma):
    return _growth(rate, gamma, size=lambda M: _size((M - np.eye(2)) / rate))


@growth.mistake(
    "Half of the trace is the mean of the eigenvalues; the size of the larger is asked "
    "for."
)
def half_trace(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.trace(M) / 2)


@growth.mistake(
    "The trace is the sum of the eigenvalues; the size of the larger is asked for."
)
def trace(rate, gamma):
    return _growth(rate, gamma, size=np.trace)


@growth.mistake("The square of the size; np.abs of an eigenvalue is the size itself.")
def squared(rate, gamma):
    return _growth(rate, gamma, read=np.square)


@growth.mistake("The logarithm of the factor; the factor itself is asked for.")
def log_of_it(rate, gamma):
    return _growth(rate, gamma, read=np.log)


@growth.mistake(
    "1 is taken from the factor, which says by how much it grows; the factor itself is "
    "asked for."
)
def minus_one(rate, gamma):
    return _growth(rate, gamma, read=lambda x: x - 1)


@growth.mistake("The mean of the sizes; in the long run the larger counts.")
def mean_size(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.abs(np.linalg.eigvals(M)).mean())


@growth.mistake("The sum of the sizes; in the long run the larger counts.")
def sum_of_sizes(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.abs(np.linalg.eigvals(M)).sum())


@growth.mistake(
    "a is damped as well; the penalty is the detective's, and b² has no slope by a."
)
def both_damped(rate, gamma):
    e, d = rate, 1 - rate * gamma
    a, b = A([[d, -e], [0, 1]]), A([[1, 0], [e, d]])
    return _growth(rate, gamma, steps=lambda *_: (a, b))


@growth.mistake(
    "Both go up, or both down: a goes down and b up, so that the two slopes b and a "
    "have opposite signs."
)
def both_up(rate, gamma):
    a, b = _steps(rate, gamma)
    a = A([[1, rate], [0, 1]])
    return _growth(rate, gamma, steps=lambda *_: (a, b))


@growth.mistake("Both go down, and b's penalty comes with a plus then: b goes up in V.")
def both_down(rate, gamma):
    a = A([[1, -rate], [0, 1]])
    b = A([[1, 0], [-rate, 1 + rate * gamma]])
    return _growth(rate, gamma, steps=lambda *_: (a, b))


@growth.mistake("The rate is forgotten: a step is the rate times the slope.")
def without_rate(rate, gamma):
    return _growth(1, gamma)


@growth.mistake(
    "These are the radii after one step from a = 1, b = 0; in the long run the largest "
    "eigenvalue counts."
)
def one_step_from_a(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.linalg.norm(M @ [1, 0]))


@growth.mistake(
    "These are the radii after one step from a = 0, b = 1; in the long run the largest "
    "eigenvalue counts."
)
def one_step_from_b(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.linalg.norm(M @ [0, 1]))


@growth.mistake(
    "The radius after one step from a = b = 1, where it was √2 before; in the long run "
    "the largest eigenvalue counts."
)
def one_step_from_both(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.linalg.norm(M @ [1, 1]))


@growth.mistake(
    "√(1 − ηγ + η²) and √(1 − ηγ) hold while the eigenvalues are complex; for large γ "
    "they are real, and NaN or too small comes out."
)
def root_formulas(rate, gamma):
    return {
        "together": np.sqrt(1 - rate * gamma + rate**2),
        "in_turn": np.sqrt(1 - rate * gamma),
    }


@growth.mistake(
    '"in_turn" takes one step together after the other, two rounds; a round in turn '
    "moves b once and a once."
)
def two_together(rate, gamma):
    a, b = _steps(rate, gamma)
    M = a + b - np.eye(2)
    return _growth(rate, gamma, in_turn=M @ M)


@growth.mistake(
    '"in_turn" is the root of its factor, for half a round; a round moves b and a.'
)
def half_a_round(rate, gamma):
    r = _growth(rate, gamma)
    return r | {"in_turn": np.sqrt(r["in_turn"])}


@growth.mistake(
    '"in_turn" is a step of a from the new b, but b saw the new a, too: b comes first, '
    "and sees the old one."
)
def both_new(rate, gamma):
    implicit = A([[1, rate], [-rate, 1 + rate * gamma]])
    return _growth(rate, gamma, in_turn=np.linalg.inv(implicit))


@growth.mistake(
    "b was stepped, then shrunk by 1 − ηγ; the penalty is on the b from before the "
    "step."
)
def shrunk_after(rate, gamma):
    d = 1 - rate * gamma
    a, b = A([[1, -rate], [0, 1]]), A([[1, 0], [rate * d, d]])
    return _growth(rate, gamma, steps=lambda *_: (a, b))


@growth.mistake(
    "The penalty is on a's share of the step: it is rate · (a − γ b), not rate · (1 − "
    "γ) a."
)
def penalty_on_a(rate, gamma):
    a, b = A([[1, -rate], [0, 1]]), A([[1, 0], [rate * (1 - gamma), 1]])
    return _growth(rate, gamma, steps=lambda *_: (a, b))


@growth.mistake(
    "In the step of b the new value is − γ b, and b itself is gone: b + rate · (a − γ "
    "b)."
)
def b_gone(rate, gamma):
    a, b = A([[1, -rate], [0, 1]]), A([[1, 0], [rate, -rate * gamma]])
    return _growth(rate, gamma, steps=lambda *_: (a, b))


@growth.mistake(
    '"in_turn" is that without a penalty. (Nor are the eigenvalues of a product those '
    "of its factors, multiplied.)"
)
def in_turn_without_penalty(rate, gamma):
    return _growth(rate, gamma) | {"in_turn": _growth(rate, 0)["in_turn"]}


@growth.mistake('"in_turn": a sees the new b, but without its penalty.')
def new_b_without_penalty(rate, gamma):
    e, d = rate, 1 - rate * gamma
    return _growth(rate, gamma, in_turn=[[1 - e * e, -e], [e, d]])


@growth.mistake(
    '"in_turn": the new b has rate · a in it, so that a is multiplied by 1 − rate².'
)
def without_square(rate, gamma):
    e, d = rate, 1 - rate * gamma
    return _growth(rate, gamma, in_turn=[[1, -e * d], [e, d]])


@growth.mistake(
    '"in_turn": 1 + rate² stands for a; a goes *down*, so that it is 1 − rate².'
)
def plus_square(rate, gamma):
    e, d = rate, 1 - rate * gamma
    return _growth(rate, gamma, in_turn=[[1 + e * e, -e * d], [e, d]])


@growth.mistake(
    "The factor of a flow without steps, e^(rate · real part); a step multiplies by the "
    "size of 1 + rate · λ."
)
def flow(rate, gamma):
    return _growth(
        rate, gamma, size=lambda M: np.exp(np.linalg.eigvals(M - np.eye(2)).real.max())
    )


@growth.mistake("The numbers alone; a dict has their names.")
def factors_alone(rate, gamma):
    return list(_growth(rate, gamma).values())


@growth.mistake("Both eigenvalues' sizes; the larger counts in the long run.")
def both_sizes(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.abs(np.linalg.eigvals(M)))


@growth.mistake("One over the factor.")
def inverse(rate, gamma):
    return _growth(rate, gamma, read=lambda x: 1 / x)


@growth.mistake(
    "A complex number squared is not its size squared: np.abs before all else."
)
def real_of_square(rate, gamma):
    return _growth(
        rate,
        gamma,
        size=lambda M: np.sqrt(np.abs((np.linalg.eigvals(M) ** 2).real)).max(),
    )


@growth.mistake(
    "eigvalsh is for symmetric matrices, and takes this one for symmetric; "
    "np.linalg.eigvals takes it as it is."
)
def symmetric(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.abs(np.linalg.eigvalsh(M)).max())


@growth.mistake(
    "eigvalsh is for symmetric matrices, and of its values the largest *in size* would "
    "count; np.linalg.eigvals, then np.abs."
)
def symmetric_largest(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.linalg.eigvalsh(M).max())


@growth.mistake(
    "The slopes alone, twice: a step is the identity plus the rate times the slopes, "
    "and in turn a sees the new b."
)
def slopes_twice(rate, gamma):
    M = A([[0, -1], [1, -gamma]])
    return _growth(rate, gamma, together=M, in_turn=M)


@growth.mistake(
    "The first eigenvalue, or that of the largest real part; a negative one may be "
    "larger in size: np.abs first, then .max()."
)
def first_eigenvalue(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.abs(np.linalg.eigvals(M))[0])


@growth.mistake(
    "The second eigenvalue; which one comes second is chance: take the largest size, "
    ".max() of np.abs."
)
def second_eigenvalue(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.abs(np.linalg.eigvals(M))[1])


@growth.mistake(
    "√((1 − ηγ)² + η²) is the size with both damped, and 1 − ηγ is the determinant of "
    "a round in turn; take the eigenvalues."
)
def formulas_of_both_damped(rate, gamma):
    return {
        "together": np.sqrt((1 - rate * gamma) ** 2 + rate**2),
        "in_turn": 1 - rate * gamma,
    }


@growth.mistake(
    '"in_turn": the new b is b + η (a − γ b), so that a takes off η (1 − ηγ) times b: '
    "a minus became a plus."
)
def minus_for_plus(rate, gamma):
    e, h = rate, rate * gamma
    return _growth(rate, gamma, in_turn=[[1 - e * e, -e * (1 + h)], [e, 1 - h]])


@growth.mistake(
    "The product of both sizes is the size of the determinant; the larger alone counts "
    "in the long run."
)
def size_of_determinant(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.abs(np.linalg.det(M)))


@growth.mistake(
    "The length of both eigenvalues taken together; the larger alone counts."
)
def length_of_both(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.linalg.norm(np.linalg.eigvals(M)))


@growth.mistake(
    "The radius after one step from a = b = 1, as a share of that before; in the long "
    "run the largest eigenvalue counts."
)
def one_step_as_share(rate, gamma):
    return _growth(rate, gamma, size=lambda M: np.linalg.norm(M @ [1, 1]) / np.sqrt(2))


@growth.mistake(
    "The identity is missing, and the two are alike: a step is the identity plus the "
    "rate times the slopes, and in turn a sees the new b."
)
def without_identity_twice(rate, gamma):
    M = A([[0, -rate], [rate, -rate * gamma]])
    return _growth(rate, gamma, together=M, in_turn=M)


@growth.mistake(
    '"in_turn": a steps twice here, once together with b and once more; a round in '
    "turn has one step of each."
)
def a_steps_twice(rate, gamma):
    a, b = _steps(rate, gamma)
    return _growth(rate, gamma, in_turn=a @ (a + b - np.eye(2)))


@growth.mistake(
    '"in_turn": b steps twice here, once together with a and once more; a round in '
    "turn has one step of each."
)
def b_steps_twice(rate, gamma):
    a, b = _steps(rate, gamma)
    return _growth(rate, gamma, in_turn=b @ (a + b - np.eye(2)))


@growth.mistake(
    '"together": the two matrices were added, each with its own identity; one identity '
    "is too many."
)
def two_identities(rate, gamma):
    a, b = _steps(rate, gamma)
    return _growth(rate, gamma, together=a + b)


@growth.mistake(
    '"in_turn": * multiplies entry by entry; one step after another is the product of '
    "matrices, @."
)
def entry_by_entry(rate, gamma):
    a, b = _steps(rate, gamma)
    return _growth(rate, gamma, in_turn=a * b)


# -- overlaps(n, kernel, stride, padding) ----------------------------------------------


def _row(n, kernel, stride):
    """How many inputs paint each output, before anything is cut off."""
    row = np.zeros((n - 1) * stride + kernel, int)
    for i in range(n):
        row[i * stride : i * stride + kernel] += 1
    return row


def _overlaps(n, kernel, stride, padding, *, row=_row, same=None, uneven=None):
    """The right answer with the functions given in place of its parts."""
    painted = row(n, kernel, stride)
    if padding == "same":
        left = (kernel - stride) // 2
        cut = same(painted, n, kernel, stride) if same else None
        painted = painted[left : left + n * stride] if cut is None else cut
    chequered = uneven(painted, kernel, stride) if uneven else kernel % stride > 0
    return {"painted": painted, "checkerboard": bool(chequered)}


overlaps = Question(
    "overlaps",
    inputs=[
        (3, 8, 3, "same"),
        (2, 3, 3, "valid"),
        (3, 6, 4, "same"),
        (3, 12, 3, "valid"),
    ],
    hints=[
        "Start with zeros, as many as there are outputs, and add 1 to those that an "
        "input paints: row[i * stride : i * stride + kernel] += 1. Where does the "
        "last input stop?",
        'With "same" the row is kernel − stride too long; half of that, rounded down, '
        "goes off the left end, and n · stride outputs stay.",
        "Far from the ends an output is painted by every input whose patch reaches "
        "it: of kernel 4 and stride 2 always by two, of kernel 3 by one or two in "
        "turn. When does it come out even?",
    ],
)


@overlaps.right
def by_convolution(n, kernel, stride, padding):
    zeros = np.zeros((n - 1) * stride + 1, int)
    zeros[::stride] = 1
    painted = np.convolve(zeros, np.ones(kernel, int))
    spare = kernel - stride
    if padding == "same" and spare:
        painted = painted[spare // 2 : -(spare - spare // 2)]
    return {"painted": painted, "checkerboard": kernel % stride != 0}


@overlaps.right
def output_by_output(n, kernel, stride, padding):
    spare = kernel - stride
    first = spare // 2 if padding == "same" else 0
    last = first + n * stride if padding == "same" else n * stride + spare
    painted = [
        sum(i * stride <= j < i * stride + kernel for i in range(n))
        for j in range(first, last)
    ]
    return {"painted": painted, "checkerboard": stride > 1 and bool(kernel % stride)}


@overlaps.mistake("The odd output was cut off the left end; it goes off the right one.")
def odd_one_left(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        same=lambda p, n, k, s: p[(k - s + 1) // 2 :][: n * s],
    )


@overlaps.mistake(
    'All of it was cut off the right end for "same"; half of it goes off the left one.'
)
def cut_right(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, same=lambda p, n, k, s: p[: n * s])


@overlaps.mistake(
    'All of it was cut off the left end for "same"; half of it goes off the right one.'
)
def cut_left(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, same=lambda p, n, k, s: p[k - s :])


@overlaps.mistake('Nothing was cut for "same"; n · stride outputs are left.')
def nothing_cut(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, same=lambda p, n, k, s: p)


@overlaps.mistake(
    "Both ends lost half of it, rounded down, so that an odd one is still there."
)
def odd_one_left_there(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        same=lambda p, n, k, s: p[(k - s) // 2 : len(p) - (k - s) // 2],
    )


@overlaps.mistake(
    "Both ends lost half of it, rounded up, so that one is missing where it is odd."
)
def one_too_many_cut(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        same=lambda p, n, k, s: p[(k - s + 1) // 2 : len(p) - (k - s + 1) // 2],
    )


@overlaps.mistake(
    '"checkerboard" is the other way round: a kernel that the stride divides paints '
    "evenly."
)
def even_for_uneven(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, uneven=lambda p, k, s: k % s == 0)


@overlaps.mistake(
    '"checkerboard" is True wherever patches overlap, since the ends differ from the '
    "middle; what counts is a long row far from its ends, and there whether the stride "
    "divides the kernel. (It is kernel % stride, not stride % kernel.)"
)
def ends_too(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, uneven=lambda p, k, s: len(set(p)) > 1)


@overlaps.mistake(
    '"checkerboard" asks whether the kernel is odd; it is the stride that must divide '
    "it."
)
def odd_kernel(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, uneven=lambda p, k, s: k % 2 > 0)


@overlaps.mistake(
    '"checkerboard" asks whether kernel − stride is odd; what counts is whether the '
    "stride divides the kernel."
)
def odd_spare(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, uneven=lambda p, k, s: (k - s) % 2 > 0)


@overlaps.mistake(
    '"checkerboard" is always True, or True for every stride above 1; where the stride '
    "divides the kernel it is False."
)
def always(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, uneven=lambda p, k, s: True)


@overlaps.mistake('"checkerboard" is always False; look at kernel 3, stride 2.')
def never(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, uneven=lambda p, k, s: False)


@overlaps.mistake(
    '"checkerboard" asks whether kernel and stride have no common divisor; the stride '
    "must divide the kernel."
)
def no_common_divisor(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, uneven=lambda p, k, s: np.gcd(k, s) == 1
    )


@overlaps.mistake("Painted over: = sets to 1 what += would count.")
def set_to_one(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, row=lambda n, k, s: np.minimum(_row(n, k, s), 1)
    )


@overlaps.mistake("The stride is forgotten: input i paints from output i · stride on.")
def without_stride(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.r_[_row(n, k, 1), np.zeros((n - 1) * (s - 1), int)],
    )


@overlaps.mistake(
    "The stride is forgotten, in the length as well: input i paints from output i · "
    "stride on."
)
def stride_one(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: _row(n, k, 1),
        same=lambda p, n, k, s: p[(k - s) // 2 :][: n * s],
    )


@overlaps.mistake(
    "A patch is one output too long: from i · stride up to i · stride + kernel − 1, "
    "which the slice does without + 1."
)
def patch_too_long(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, row=lambda n, k, s: _row(n, k + 1, s)[:-1]
    )


@overlaps.mistake(
    "A patch is one output too short: a slice from i · stride to i · stride + kernel "
    "has `kernel` outputs."
)
def patch_too_short(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, row=lambda n, k, s: np.r_[_row(n, k - 1, s), 0]
    )


@overlaps.mistake(
    "The row is too long, n · stride + kernel, and ends in outputs that nobody paints; "
    "the last input starts at (n − 1) · stride."
)
def row_too_long(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.r_[_row(n, k, s), np.zeros(s, int)],
    )


@overlaps.mistake(
    "The row is too long by one; it has (n − 1) · stride + kernel outputs."
)
def one_too_long(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, row=lambda n, k, s: np.r_[_row(n, k, s), 0]
    )


@overlaps.mistake(
    'The row is n · stride long for "valid", too, so that the last patch is cut; it '
    "has (n − 1) · stride + kernel outputs."
)
def row_too_short(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: _row(n, k, s)[: n * s],
        same=lambda p, n, k, s: p,
    )


@overlaps.mistake(
    'The row is n · stride long for "valid", too; it has (n − 1) · stride + kernel '
    'outputs. ("same" is right.)'
)
def valid_cut(n, kernel, stride, padding):
    p = _overlaps(n, kernel, stride, padding)
    return p | {"painted": p["painted"][: n * stride]}


@overlaps.mistake('"valid" and "same" are exchanged.')
def paddings_exchanged(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, "same" if padding == "valid" else "valid")


@overlaps.mistake('"same" is applied to both paddings.')
def same_for_both(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, "same")


@overlaps.mistake(
    "This is a convolution that makes the row smaller; here each input paints a patch "
    "of outputs."
)
def convolution(n, kernel, stride, padding):
    outputs = max((n - kernel) // stride + 1, 0)
    return {"painted": np.full(outputs, kernel), "checkerboard": kernel % stride > 0}


@overlaps.mistake("The middle of the patch stands at i · stride here; it starts there.")
def centred(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.r_[_row(n, k, s)[k // 2 :], np.zeros(k // 2, int)],
    )


@overlaps.mistake(
    'For "same" the patch is centred on i · stride, as a convolution has it: (kernel − '
    "1) // 2 is cut on the left. It is (kernel − stride) // 2."
)
def convolution_same(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        same=lambda p, n, k, s: np.r_[p[(k - 1) // 2 :], np.zeros(s, int)][: n * s],
    )


@overlaps.mistake("kernel // 2 was cut on the left; it is (kernel − stride) // 2.")
def half_a_kernel(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, same=lambda p, n, k, s: p[k // 2 :][: n * s]
    )


@overlaps.mistake("The numbers of the inputs were added up; count them, 1 for each.")
def numbers_of_inputs(n, kernel, stride, padding):
    row = sum(
        np.pad(np.full(kernel, i), (i * stride, (n - 1 - i) * stride)) for i in range(n)
    )
    return _overlaps(n, kernel, stride, padding, row=lambda *_: row)


@overlaps.mistake("Shares of the kernel; count the inputs.")
def shares(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, row=lambda n, k, s: _row(n, k, s) / k)


@overlaps.mistake("One input is missing: there are n, from 0 to n − 1.")
def one_input_missing(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.r_[_row(n - 1, k, s), np.zeros(s, int)],
    )


@overlaps.mistake("The first input is missing: they start at 0.")
def first_missing(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.r_[np.zeros(s, int), _row(n - 1, k, s)],
    )


@overlaps.mistake("One input too many: there are n, from 0 to n − 1.")
def one_input_more(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, row=lambda n, k, s: _row(n + 1, k, s))


@overlaps.mistake(
    "Every output has its share of the middle, kernel / stride; the outputs at the "
    "ends and between have their own number."
)
def mean_number(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, row=lambda n, k, s: np.full((n - 1) * s + k, k / s)
    )


@overlaps.mistake("A whole picture; one row of it is asked for.")
def picture(n, kernel, stride, padding):
    p = _overlaps(n, kernel, stride, padding)
    return p | {"painted": np.outer(p["painted"], p["painted"])}


@overlaps.mistake(
    "How many outputs there are; how many inputs paint each is asked for."
)
def length(n, kernel, stride, padding):
    p = _overlaps(n, kernel, stride, padding)
    return p | {"painted": len(p["painted"])}


@overlaps.mistake(
    "Kernel and stride are exchanged: patches of `kernel` outputs, `stride` apart."
)
def kernel_for_stride(n, kernel, stride, padding):
    patches = range(0, n * kernel, kernel)
    row = [
        sum(0 <= j - start < stride for start in patches)
        for j in range((n - 1) * stride + kernel)
    ]
    return _overlaps(n, kernel, stride, padding, row=lambda *_: A(row))


@overlaps.mistake("The counts alone; a dict has the names of both.")
def counts_alone(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding)["painted"]


@overlaps.mistake("Kernel and inputs are exchanged: n patches of `kernel` outputs.")
def kernel_for_inputs(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: _row(k, n, s),
        same=lambda p, n, k, s: p[(k - s) // 2 :][: n * s],
    )


@overlaps.mistake(
    '"same" keeps n · stride outputs here, and not n: the picture is to become larger.'
)
def n_kept(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, same=lambda p, n, k, s: p[(len(p) - n) // 2 :][:n]
    )


@overlaps.mistake(
    '"same" keeps the first n outputs; it keeps n · stride, and half of what is cut '
    "goes off the left end."
)
def first_n_kept(n, kernel, stride, padding):
    return _overlaps(n, kernel, stride, padding, same=lambda p, n, k, s: p[:n])


@overlaps.mistake(
    "Each input paints one output here, its first; it paints `kernel` of them."
)
def one_output_each(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.isin(
            np.arange((n - 1) * s + k), s * np.arange(n)
        ).astype(int),
    )


@overlaps.mistake(
    "Each input paints `stride` outputs here; it paints `kernel` of them, and so they "
    "overlap."
)
def stride_outputs_each(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: (np.arange((n - 1) * s + k) < n * s).astype(int),
    )


@overlaps.mistake(
    "A patch is `stride` too long: row[i * stride : i * stride + kernel]."
)
def patch_of_both(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: _row(n, k + s, s)[: (n - 1) * s + k],
    )


@overlaps.mistake(
    "The row was made n · stride long, and then cut once more; it has (n − 1) · stride "
    "+ kernel outputs before."
)
def cut_twice(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, row=lambda n, k, s: _row(n, k, s)[: n * s]
    )


@overlaps.mistake(
    "stride − 1 zeros follow the last input too, so that the row is too long; it has "
    "(n − 1) · stride + kernel outputs."
)
def zeros_after_the_last(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.r_[_row(n, k, s), np.zeros(s - 1, int)],
    )


@overlaps.mistake(
    "n · kernel outputs would be there if no patches overlapped; there are (n − 1) · "
    "stride + kernel."
)
def no_overlap_in_length(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.r_[
            _row(n, k, s), np.zeros(n * k - (n - 1) * s - k, int)
        ],
    )


@overlaps.mistake("One input too many paints at the end: there are n, from 0 to n − 1.")
def one_input_more_cut(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: _row(n + 1, k, s)[: (n - 1) * s + k],
    )


@overlaps.mistake(
    "Every `stride`-th input only: all n paint, each `stride` further on."
)
def every_other_input(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.sum(
            [np.pad(np.ones(k, int), (i * s, (n - 1 - i) * s)) for i in range(0, n, s)],
            axis=0,
        ),
    )


@overlaps.mistake(
    'np.convolve(…, "same") centres the kernel, and stride − 1 zeros follow the last '
    "input; (kernel − stride) // 2 goes off the left end."
)
def convolve_same(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.r_[_row(n, k, s), np.zeros(s - 1, int)],
        same=lambda p, n, k, s: p[(min(k, n * s) - 1) // 2 :][: max(n * s, k)],
    )


@overlaps.mistake(
    'All was cut off the right end for "same", and for "valid" stride − 1 zeros follow '
    "the last input."
)
def convolve_cut_right(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.r_[_row(n, k, s), np.zeros(s - 1, int)],
        same=lambda p, n, k, s: p[: n * s],
    )


@overlaps.mistake(
    'All of it was cut off the right end for "same", where half goes off the left one; '
    'and "checkerboard" is True wherever patches overlap.'
)
def cut_right_any_overlap(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        same=lambda p, n, k, s: p[: n * s],
        uneven=lambda p, k, s: k > s,
    )


@overlaps.mistake(
    'Nothing was cut for "same"; and "checkerboard" is True wherever patches overlap.'
)
def nothing_cut_any_overlap(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        same=lambda p, n, k, s: p,
        uneven=lambda p, k, s: k > s,
    )


@overlaps.mistake(
    'The odd output was cut off the left end, and "checkerboard" is True wherever '
    "patches overlap; what counts is kernel % stride."
)
def odd_one_left_any_overlap(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        same=lambda p, n, k, s: p[(k - s + 1) // 2 :][: n * s],
        uneven=lambda p, k, s: k > s,
    )


@overlaps.mistake(
    'All of it was cut off the right end for "same", where half goes off the left one; '
    'and "checkerboard" is the other way round.'
)
def cut_right_turned(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        same=lambda p, n, k, s: p[: n * s],
        uneven=lambda p, k, s: k % s == 0,
    )


@overlaps.mistake(
    'For "same" (kernel − 1) // 2 was cut off both ends; n · stride outputs are to '
    "stay, and (kernel − stride) // 2 goes off the left one."
)
def convolution_both_ends(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        same=lambda p, n, k, s: p[(k - 1) // 2 : len(p) - (k - 1) // 2],
    )


@overlaps.mistake(
    "Every output is painted once here, n · stride of them; patches overlap where the "
    "kernel is larger than the stride, and add up."
)
def ones_alone(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.ones(n * s, int),
        same=lambda p, n, k, s: p,
    )


@overlaps.mistake(
    "kernel // stride everywhere: that is the middle at most; the ends are painted "
    "less often, and the remainder paints some once more."
)
def quotient(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, row=lambda n, k, s: np.full((n - 1) * s + k, k // s)
    )


@overlaps.mistake(
    "The inputs were repeated, not spread with zeros between: input i paints from "
    "output i · stride on, once."
)
def repeated(n, kernel, stride, padding):
    return _overlaps(
        n,
        kernel,
        stride,
        padding,
        row=lambda n, k, s: np.convolve(np.ones(n * s, int), np.ones(k, int)),
        same=lambda p, n, k, s: p[(min(k, n * s) - 1) // 2 :][: max(n * s, k)],
    )


@overlaps.mistake(
    'For "same" only the left end was cut; n · stride outputs are to stay.'
)
def left_end_alone(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, same=lambda p, n, k, s: p[(k - s) // 2 :]
    )


@overlaps.mistake(
    '"same" keeps n · stride outputs here, and not n; the left end is right.'
)
def n_kept_from_left(n, kernel, stride, padding):
    return _overlaps(
        n, kernel, stride, padding, same=lambda p, n, k, s: p[(k - s) // 2 :][:n]
    )


# -- mended(x, a, u) -------------------------------------------------------------------


def _mended(x, a, u, *, keep=None, weigh=None, mean=None):
    """The right answer with a chance of being kept, a weight or a mean given."""
    ratio = np.exp(a - a.max())
    kept = u < (keep(a) if keep else ratio)
    weights = weigh(a) if weigh else ratio
    found = mean(weights, x, kept) if mean else weights @ x / weights.sum()
    return {"keep": kept, "mean": found}


def _both(x, a, u, chance):
    """One chance or weight in both places."""
    return _mended(x, a, u, keep=chance, weigh=chance)


def _plain(a):
    """p / q without a care for large logits."""
    return np.exp(a)


def _pictures(shift, N, seed):
    rng = np.random.default_rng(seed)
    x, a, u = rng.normal(size=(N, 2)), 1.5 * rng.normal(size=N), rng.random(N)
    return np.round(x, 2), np.round(a, 2) + shift, np.round(u, 3)


mended = Question(
    "mended",
    inputs=[
        _pictures(0.0, 6, 7),
        _pictures(-4.0, 8, 2),
        _pictures(40.0, 5, 3),
        (
            A([[1.0], [3.0], [-2.0], [0.5]]),
            A([900.0, 899.0, 898.5, 897.0]),
            A([0.7, 0.2, 0.4, 0.1]),
        ),
    ],
    hints=[
        "Forgeries of one kind come q often and should come p often: keep them by p / "
        "q. D tells it: what is D / (1 − D), once D is p / (p + q)? And in a, the "
        "logit?",
        "p / q may be larger than 1, which no chance is. All chances may be "
        "multiplied by one factor, so that the largest becomes 1.",
        "An average over q with the weights p / q is one over p; divide by the sum of "
        "the weights, for the sum over N forgeries need not be N. And exp(900) is no "
        "number: take the largest logit away first, which is such a factor.",
    ],
)


@mended.right
def by_logarithms(x, a, u):
    kept = np.log(u) < a - a.max()
    log_w = a - np.logaddexp.reduce(a)
    return {"keep": kept, "mean": (np.exp(log_w)[:, None] * x).sum(axis=0)}


@mended.right
def forgery_by_forgery(x, a, u):
    top = max(a)
    keep, total, mean = [], 0.0, 0.0
    for picture, logit, lot in zip(x, a, u, strict=True):
        w = np.exp(logit - top)
        keep.append(bool(lot < w))
        total, mean = total + w, mean + w * picture
    return {"keep": A(keep), "mean": mean / total}


@mended.mistake(
    "D itself was taken for chance and weight; what should be kept is in proportion to "
    "p / q, which is D / (1 − D)."
)
def by_d(x, a, u):
    return _both(x, a, u, _sigmoid)


@mended.mistake(
    "D by the largest D; what should be kept is in proportion to p / q, which is D / "
    "(1 − D)."
)
def by_d_of_largest(x, a, u):
    return _both(x, a, u, lambda a: _sigmoid(a) / _sigmoid(a).max())


@mended.mistake(
    "exp(a) is p / q, but for these logits infinity or 0: take the largest away first; "
    "the chances and the mean stay what they are."
)
def overflow(x, a, u):
    ratio = np.exp(a)
    return {"keep": u < ratio / ratio.max(), "mean": ratio @ x / ratio.sum()}


@mended.mistake(
    "exp(a) is p / q, and may be larger than 1, then all such are kept; divide by the "
    "largest. And exp(900) is infinity: take the largest logit away."
)
def no_largest(x, a, u):
    return _both(x, a, u, _plain)


@mended.mistake(
    "The mean is right; kept is by exp(a), which may be larger than 1: divide by the "
    "largest, so that the chances keep their proportions."
)
def keep_without_largest(x, a, u):
    return _mended(x, a, u, keep=_plain)


@mended.mistake(
    "p / q from D / (1 − D) is right, but 1 − D is 0 for large logits, and D is 0 for "
    "very negative ones; it is exp(a), and the largest logit can be taken away."
)
def odds_overflow(x, a, u):
    D = _sigmoid(a)
    ratio = D / (1 - D)
    return {"keep": u < ratio / ratio.max(), "mean": ratio @ x / ratio.sum()}


@mended.mistake(
    "D / (1 − D) is right for p / q, but a chance may not be larger than 1: divide by "
    "the largest. And 1 − D is 0 for large logits: it is exp(a)."
)
def odds_without_largest(x, a, u):
    return _both(x, a, u, lambda a: _sigmoid(a) / (1 - _sigmoid(a)))


@mended.mistake(
    "Shares of all were taken for chances, so that next to none is kept: divide by the "
    "largest, not by the sum."
)
def softmax(x, a, u):
    return _mended(
        x, a, u, keep=lambda a: np.exp(a - a.max()) / np.exp(a - a.max()).sum()
    )


@mended.mistake("The mean is that of all forgeries alike, over q; weigh each by p / q.")
def plain_mean(x, a, u):
    return _mended(x, a, u, weigh=np.ones_like)


@mended.mistake(
    "The mean is that of the kept ones, which were drawn by lot; all N have their "
    "weight, p / q."
)
def mean_of_kept(x, a, u):
    return _mended(x, a, u, mean=lambda w, x, kept: x[kept].sum(axis=0) / kept.sum())


@mended.mistake("The mean is not divided by the sum of the weights.")
def not_divided(x, a, u):
    return _mended(x, a, u, mean=lambda w, x, kept: w @ x)


@mended.mistake(
    "The mean is divided by N; the weights have been scaled, so that their own sum "
    "belongs there."
)
def divided_by_n(x, a, u):
    return _mended(x, a, u, mean=lambda w, x, kept: w @ x / len(x))


@mended.mistake(
    "The mean is over p / q without scaling, divided by N: right in the long run, but "
    "here the weights do not sum to N. Divide by their sum. (And exp(900) is "
    "infinity.)"
)
def plain_divided_by_n(x, a, u):
    return _mended(x, a, u, weigh=_plain, mean=lambda w, x, kept: w @ x / len(x))


@mended.mistake(
    "The mean is weighed by D; kept is right. What makes p of q is p / q, in both."
)
def mean_by_d(x, a, u):
    return _mended(x, a, u, weigh=_sigmoid)


@mended.mistake("Kept by D; the mean is right. What makes p of q is p / q, in both.")
def keep_by_d(x, a, u):
    return _mended(x, a, u, keep=_sigmoid)


@mended.mistake(
    "Kept by D over the largest D; the mean is right. It is p / q over its largest, in "
    "both."
)
def keep_by_d_of_largest(x, a, u):
    return _mended(x, a, u, keep=lambda a: _sigmoid(a) / _sigmoid(a).max())


@mended.mistake("Upside down: q / p prefers what comes too often already.")
def upside_down(x, a, u):
    return _both(x, a, u, lambda a: np.exp(a.min() - a))


@mended.mistake(
    "1 − D prefers what is surely forged; it is p / q, which is D / (1 − D)."
)
def one_minus_d(x, a, u):
    return _both(x, a, u, lambda a: 1 - _sigmoid(a))


@mended.mistake("u is to be *below* the chance for a forgery to be kept.")
def turned_lot(x, a, u):
    r = _mended(x, a, u)
    return r | {"keep": ~r["keep"]}


@mended.mistake(
    "The lot is not used: kept is what the detective takes for real. That leaves out "
    "whole kinds, and p has them."
)
def verdict(x, a, u):
    return _mended(x, a, u, keep=lambda a: np.where(a > 0, 2.0, 0.0))


@mended.mistake(
    "A verdict in both: kinds that are likelier under q belong to p as well, though "
    "less often."
)
def verdict_in_both(x, a, u):
    return _both(x, a, u, lambda a: np.where(a > 0, 2.0, 0.0))


@mended.mistake(
    "Only the one with the largest logit is kept; each is kept with its chance."
)
def largest_alone(x, a, u):
    return _mended(x, a, u, keep=lambda a: np.where(a == a.max(), 2.0, 0.0))


@mended.mistake(
    "All are kept. (The *largest* chance is to be 1: the smallest logit taken away "
    "makes the least one 1.)"
)
def all_kept(x, a, u):
    return _mended(x, a, u, keep=lambda a: 2 * np.ones_like(a))


@mended.mistake(
    "The half with the larger logits is kept; each has a chance of its own."
)
def upper_half(x, a, u):
    return _mended(x, a, u, keep=lambda a: np.where(a > np.median(a), 2.0, 0.0))


@mended.mistake(
    "These are the numbers of the kept; a truth for each of the N is asked for."
)
def numbers_of_kept(x, a, u):
    r = _mended(x, a, u)
    return r | {"keep": np.flatnonzero(r["keep"])}


@mended.mistake("These are the kept forgeries; a truth for each of the N is asked for.")
def kept_themselves(x, a, u):
    r = _mended(x, a, u)
    return r | {"keep": x[r["keep"]]}


@mended.mistake("These are the chances; compare u with them.")
def chances(x, a, u):
    return _mended(x, a, u) | {"keep": np.exp(a - a.max())}


@mended.mistake("How many are kept; a truth for each of the N is asked for.")
def number_kept(x, a, u):
    r = _mended(x, a, u)
    return r | {"keep": int(r["keep"].sum())}


@mended.mistake(
    "The mean is one number, over all F as well; each of the F has its own."
)
def mean_of_all(x, a, u):
    return _mended(x, a, u, mean=lambda w, x, kept: (w @ x / w.sum()).mean())


@mended.mistake("The weighed forgeries, (N, F); sum them over the forgeries.")
def weighed_forgeries(x, a, u):
    return _mended(x, a, u, mean=lambda w, x, kept: w[:, None] * x / w.sum())


@mended.mistake("The logits themselves were taken, by the largest; p / q is exp(a).")
def logits(x, a, u):
    return _both(x, a, u, lambda a: a / a.max())


@mended.mistake("The logits themselves are the weights of the mean; p / q is exp(a).")
def logits_as_weights(x, a, u):
    return _mended(x, a, u, weigh=lambda a: a)


@mended.mistake(
    "u was compared with the logits; with the chance exp(a), by its largest, is meant."
)
def lot_against_logits(x, a, u):
    return _mended(x, a, u, keep=lambda a: a)


@mended.mistake(
    "The logits were taken in both places; p / q is exp(a), by its largest for the "
    "chances."
)
def logits_in_both(x, a, u):
    return _both(x, a, u, lambda a: a)


@mended.mistake(
    "Shifted and stretched to 0 … 1; a chance in proportion to p / q is exp(a), by its "
    "largest."
)
def stretched(x, a, u):
    return _both(x, a, u, lambda a: (a - a.min()) / (a.max() - a.min()))


@mended.mistake("σ of a − max is not p / q; exp of it is, up to a factor.")
def sigmoid_of_shifted(x, a, u):
    return _both(x, a, u, lambda a: _sigmoid(a - a.max()))


@mended.mistake("The mean logit was taken away: then chances above 1 are left.")
def mean_away(x, a, u):
    return _mended(x, a, u, keep=lambda a: np.exp(a - a.mean()))


@mended.mistake("Roots of p / q; the whole ratio makes p of q.")
def roots(x, a, u):
    return _both(x, a, u, lambda a: np.exp((a - a.max()) / 2))


@mended.mistake("Squares of p / q; the ratio makes p of q, once.")
def squares(x, a, u):
    return _both(x, a, u, lambda a: np.exp(2 * (a - a.max())))


@mended.mistake(
    "Chances by p / q, but squared in the mean: the forgeries were weighed twice."
)
def weighed_twice(x, a, u):
    return _mended(x, a, u, weigh=lambda a: np.exp(2 * (a - a.max())))


@mended.mistake(
    "The kept were weighed once more in the mean; they follow p already, and all N are "
    "to be used."
)
def kept_weighed(x, a, u):
    return _mended(x, a, u, mean=lambda w, x, kept: w[kept] @ x[kept] / w[kept].sum())


@mended.mistake("log D for the weights; p / q is exp(a).")
def log_d(x, a, u):
    return _mended(x, a, u, weigh=lambda a: -_softplus(-a))


@mended.mistake(
    "Chances and weights of 1 + exp(a), or 1 / (1 − D): that is (p + q) / q, the "
    "mixture of both; it is p / q."
)
def mixture(x, a, u):
    return _both(
        x,
        a,
        u,
        lambda a: (np.exp(-a.max()) + np.exp(a - a.max())) / (1 + np.exp(-a.max())),
    )


@mended.mistake(
    "The mean is divided by the sum of the weights and by N as well; by the sum alone."
)
def divided_twice(x, a, u):
    return _mended(x, a, u, mean=lambda w, x, kept: w @ x / w.sum() / len(x))


@mended.mistake("A list of two; a dict has their names.")
def values_alone(x, a, u):
    return list(_mended(x, a, u).values())


@mended.mistake("The lots were sorted out of order: u_n belongs to forgery n.")
def lots_sorted(x, a, u):
    return _mended(x, a, np.sort(u))


@mended.mistake("The likeliest forgery; the mean of all is asked for.")
def likeliest(x, a, u):
    return _mended(x, a, u, mean=lambda w, x, kept: x[w.argmax()])


@mended.mistake(
    "Upside down, and the least logit is not taken away: q / p prefers what comes too "
    "often already."
)
def upside_down_plain(x, a, u):
    return _both(x, a, u, lambda a: np.exp(-a))


@mended.mistake(
    "Upside down: exp(−a) is q / p, and prefers what comes too often already. (And by "
    "its largest; exp(900) is infinity.)"
)
def upside_down_by_largest(x, a, u):
    w = np.exp(-a)
    return {"keep": u < w / w.max(), "mean": w @ x / w.sum()}


@mended.mistake(
    "Upside down: (1 − D) / D is q / p, and prefers what comes too often already."
)
def upside_down_by_d(x, a, u):
    return _both(x, a, u, lambda a: (1 - _sigmoid(a)) / _sigmoid(a))


@mended.mistake(
    "Kept is by 1 − D, which prefers what is surely forged; the mean is right."
)
def keep_by_one_minus_d(x, a, u):
    return _mended(x, a, u, keep=lambda a: 1 - _sigmoid(a))


@mended.mistake(
    "Kept by D, and the mean is that of the kept; what makes p of q is p / q, and in "
    "the mean all N have their weight."
)
def mean_of_kept_by_d(x, a, u):
    return _mended(
        x, a, u, keep=_sigmoid, mean=lambda w, x, kept: x[kept].sum(axis=0) / kept.sum()
    )


@mended.mistake(
    "Kept by D, and all are alike in the mean; what makes p of q is p / q, in both."
)
def plain_mean_keep_by_d(x, a, u):
    return _mended(x, a, u, keep=_sigmoid, weigh=np.ones_like)


@mended.mistake(
    "Kept by exp(a) without dividing by its largest, and the mean is that of the kept; "
    "all N have their weight there."
)
def mean_of_kept_plain(x, a, u):
    return _mended(
        x, a, u, keep=_plain, mean=lambda w, x, kept: x[kept].sum(axis=0) / kept.sum()
    )


@mended.mistake(
    "The mean is that of the kept, who were drawn by lot; and exp(900) is infinity: "
    "take the largest logit away first."
)
def mean_of_kept_overflow(x, a, u):
    r = np.exp(a)
    keep = u < r / r.max()
    return {"keep": keep, "mean": x[keep].sum(axis=0) / keep.sum()}


@mended.mistake(
    "The mean is divided by N, not by the sum of the weights; and exp(900) is "
    "infinity: take the largest logit away first."
)
def overflow_divided_by_n(x, a, u):
    r = np.exp(a)
    return {"keep": u < r / r.max(), "mean": r @ x / len(x)}


@mended.mistake(
    "The mean is divided by N; and kept is by exp(a), which may be larger than 1: "
    "divide by the largest, and the mean by the sum of the weights."
)
def plain_throughout(x, a, u):
    return _mended(
        x, a, u, keep=_plain, weigh=_plain, mean=lambda w, x, kept: w @ x / len(x)
    )


@mended.mistake(
    "The logits were cut off at 500, so that surer ones are all alike; take the "
    "largest away, which changes no proportion."
)
def clipped(x, a, u):
    return _both(x, np.clip(a, -500, 500), u, lambda a: np.exp(a - a.max()))


@mended.mistake(
    "The mean is divided by the number of the kept; by the sum of the weights, for all "
    "N are in it."
)
def divided_by_number_kept(x, a, u):
    return _mended(x, a, u, mean=lambda w, x, kept: w @ x / kept.sum())


@mended.mistake(
    "Half of all are kept, whatever the detective says; the chance is p / q, by its "
    "largest."
)
def half_kept(x, a, u):
    return _mended(x, a, u, keep=lambda a: np.full(len(a), 0.5))


@mended.mistake(
    "The mean is one number, summed over all F; each of the F has its own: sum over "
    "the forgeries alone."
)
def summed_over_all(x, a, u):
    return _mended(x, a, u, mean=lambda w, x, kept: (w @ x).sum() / w.sum())


@mended.mistake("The mean has the weights' length below it; it is their sum.")
def divided_by_length(x, a, u):
    return _mended(x, a, u, mean=lambda w, x, kept: w @ x / np.linalg.norm(w))


@mended.mistake(
    "Kept by shares of all, so that next to none is kept: divide by the largest; and "
    "the mean is that of the kept, by lot."
)
def mean_of_kept_softmax(x, a, u):
    return _mended(
        x,
        a,
        u,
        keep=lambda a: np.exp(a - a.max()) / np.exp(a - a.max()).sum(),
        mean=lambda w, x, kept: x[kept].sum(axis=0) / kept.sum(),
    )


@mended.mistake(
    "The mean is weighed by D and divided by N, and kept is by D; what makes p of q is "
    "p / q, and its sum stands below."
)
def by_d_over_n(x, a, u):
    return _mended(
        x, a, u, keep=_sigmoid, weigh=_sigmoid, mean=lambda w, x, kept: w @ x / len(x)
    )


@mended.mistake(
    "Kept by D over the largest D, and the mean is that of the kept; it is p / q over "
    "its largest, and all N have their weight in the mean."
)
def mean_of_kept_by_d_of_largest(x, a, u):
    return _mended(
        x,
        a,
        u,
        keep=lambda a: _sigmoid(a) / _sigmoid(a).max(),
        mean=lambda w, x, kept: x[kept].sum(axis=0) / kept.sum(),
    )


@mended.mistake(
    "Shares of the sum of all D: next to none is kept, and it is p / q, not D, that "
    "makes p of q."
)
def shares_of_d(x, a, u):
    return _both(x, a, u, lambda a: _sigmoid(a) / _sigmoid(a).sum())


@mended.mistake(
    "D / (1 − D) is p / q, but 1 − D is 0 for large logits: it is exp(a). And the mean "
    "is divided by N, not by the sum of the weights."
)
def odds_over_n(x, a, u):
    r = _sigmoid(a) / (1 - _sigmoid(a))
    return {"keep": u < r / r.max(), "mean": r @ x / len(x)}


@mended.mistake(
    "D / (1 − D) is p / q, but 1 − D is 0 for large logits: it is exp(a). And the mean "
    "is that of the kept, by lot."
)
def mean_of_kept_odds(x, a, u):
    r = _sigmoid(a) / (1 - _sigmoid(a))
    keep = u < r / r.max()
    return {"keep": keep, "mean": x[keep].sum(axis=0) / keep.sum()}


@mended.mistake(
    "Kept where u is above 1 − chance, which is as likely; here it is to be where u is "
    "*below* the chance."
)
def other_end_of_lot(x, a, u):
    return _mended(x, a, 1 - u)


@mended.mistake(
    "Upside down: 1 / D − 1 is q / p, by its largest; it prefers what comes too often "
    "already."
)
def upside_down_by_d_of_largest(x, a, u):
    w = 1 / _sigmoid(a) - 1
    return {"keep": u < w / w.max(), "mean": w @ x / w.sum()}


# -- in words -------------------------------------------------------------------------

words = Words(
    "words",
    hints=[
        "If the forgeries were perfect: which D would the best detective give, how "
        "often would it be right, and what is −V then? Now go the other way. Think of "
        "a detective that has learned nothing.",
        "Who says that hers is the best detective? Too few units, too few steps, two "
        "nets that circle. How would you make a detective that is better, and on "
        "which pictures would you test it?",
        "Measure without a detective, too: which kinds come, and how far the "
        "forgeries lie from real pictures, beside what real pictures get against "
        "other real ones. And what of a forger that has learned its training pictures "
        "by heart?",
    ],
)
