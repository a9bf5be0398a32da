"""Exercise 16: inputs, hints, other right answers and the mistakes we know by name."""

import numpy as np

from course_lib.classroom.questions import Question, Words

A = np.array


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _softplus(z):
    return np.logaddexp(0, z)


def _shares(x):
    return x / x.sum()


def _product(h, mu):
    """The chance of each state h (S, H) of units with means mu (H,)."""
    return np.prod(np.where(h == 1, mu, 1 - mu), axis=1)


# -- quake(p) -------------------------------------------------------------------------


def _table(quake, truck, house):
    """p (2, 2, 2) of independent causes; house holds the chances that it jumps."""
    causes = np.outer([1 - quake, quake], [1 - truck, truck])
    return np.round(np.stack([causes * (1 - A(house)), causes * A(house)], axis=2), 4)


quake = Question(
    "quake",
    inputs=[
        (_table(0.1, 0.2, [[0.05, 0.6], [0.8, 0.9]]),),
        (A([[[0.3, 0.02], [0.15, 0.13]], [[0.05, 0.2], [0.04, 0.11]]]),),
        (A([[[0.12, 0.07], [0.03, 0.25]], [[0.09, 0.06], [0.18, 0.2]]]),),
    ],
    hints=[
        "What is not asked for is summed over: p[1].sum() takes truck and house as they "
        "may be.",
        "What is seen is fixed: all cases in which the house jumps are p[:, :, 1].",
        "Of these, which share has a quake? Divide by the sum of all that are still "
        "possible.",
    ],
)


def _quakes(p, *, before=None, house=None, both=None):
    """The right answer with the functions given in place of its parts."""
    return {
        "before": before(p) if before else p[1].sum(),
        "house": house(p) if house else p[1, :, 1].sum() / p[:, :, 1].sum(),
        "both": both(p) if both else p[1, 1, 1] / p[:, 1, 1].sum(),
    }


@quake.right
def by_smaller_tables(p):
    jumped = p[..., 1] / p[..., 1].sum()
    truck_too = jumped[:, 1] / jumped[:, 1].sum()
    return {
        "before": p.sum(axis=(1, 2))[1],
        "house": jumped.sum(axis=1)[1],
        "both": truck_too[1],
    }


@quake.right
def by_bayes(p):
    prior = p.sum(axis=(1, 2))
    jumps = p[:, :, 1].sum(axis=1) / prior
    both = p[:, 1, 1] / prior
    return {
        "before": float(prior[1]),
        "house": float(prior[1] * jumps[1] / (prior @ jumps)),
        "both": float(prior[1] * both[1] / (prior @ both)),
    }


@quake.mistake(
    "These are chances that it all comes together, a quake *and* what is seen: divide "
    "by the chance of what is seen."
)
def not_divided(p):
    return _quakes(p, house=lambda p: p[1, :, 1].sum(), both=lambda p: p[1, 1, 1])


@quake.mistake(
    "Single cells of the table: what nobody has looked at is summed over, and the rest "
    "is divided by the chance of what is seen."
)
def single_cells(p):
    return {"before": p[1, 0, 0], "house": p[1, 0, 1], "both": p[1, 1, 1]}


@quake.mistake(
    'What has not been looked at was taken for absent, in "before" and in "house": sum '
    "over those axes."
)
def unseen_for_absent(p):
    return _quakes(
        p,
        before=lambda p: p[1, 0, 0],
        house=lambda p: p[1, 0, 1] / p[:, 0, 1].sum(),
    )


@quake.mistake(
    '"house" takes it that there is no truck; nobody has looked, so sum over that axis.'
)
def no_truck(p):
    return _quakes(p, house=lambda p: p[1, 0, 1] / p[:, 0, 1].sum())


@quake.mistake(
    "Turned round: these are the chances of what is seen, given a quake; divide by all "
    "cases in which it is seen."
)
def turned_round(p):
    return _quakes(
        p,
        house=lambda p: p[1, :, 1].sum() / p[1].sum(),
        both=lambda p: p[1, 1, 1] / p[1].sum(),
    )


@quake.mistake(
    "Turned round in both: these are chances that the house jumps, given a quake (and "
    "a truck)."
)
def the_jumps_for_the_quakes(p):
    return _quakes(
        p,
        house=lambda p: p[1, :, 1].sum() / p[1].sum(),
        both=lambda p: p[1, 1, 1] / p[1, 1].sum(),
    )


@quake.mistake(
    '"house" is the chance that there is a quake *and* the house jumps: divide by that '
    "of the jump."
)
def house_not_divided(p):
    return _quakes(p, house=lambda p: p[1, :, 1].sum())


@quake.mistake(
    '"house" and "both" are single cells: for "house" sum over the truck, and divide '
    "both by the chance of what is seen."
)
def single_cells_seen(p):
    return _quakes(p, house=lambda p: p[1, 0, 1], both=lambda p: p[1, 1, 1])


@quake.mistake(
    '"both" is that of quake and truck, given the jump; the truck is seen, too, so '
    "that only p[:, 1, 1] is left to divide by."
)
def truck_not_given(p):
    return _quakes(p, both=lambda p: p[1, 1, 1] / p[:, :, 1].sum())


@quake.mistake(
    "Both are divided by the chance of the jump; sum over the truck above the line in "
    '"house", and in "both" only cases with a truck are left below it.'
)
def both_by_the_jump(p):
    return _quakes(
        p,
        house=lambda p: p[1, 0, 1] / p[:, :, 1].sum(),
        both=lambda p: p[1, 1, 1] / p[:, :, 1].sum(),
    )


@quake.mistake(
    '"both" is the chance that all three come; divide by that of the two seen.'
)
def both_not_divided(p):
    return _quakes(p, both=lambda p: p[1, 1, 1])


@quake.mistake(
    '"house" is the chance that the house jumps, given a quake: turn it round.'
)
def house_turned_round(p):
    return _quakes(p, house=lambda p: p[1, :, 1].sum() / p[1].sum())


@quake.mistake(
    '"both" is the chance of truck and jump, given a quake: divide by p[:, 1, 1].sum().'
)
def both_turned_round(p):
    return _quakes(p, both=lambda p: p[1, 1, 1] / p[1].sum())


@quake.mistake(
    '"both" is the chance that the house jumps, given quake and truck; the quake is '
    "what is asked for."
)
def the_jump_for_the_quake(p):
    return _quakes(p, both=lambda p: p[1, 1, 1] / p[1, 1].sum())


@quake.mistake(
    '"both" is that of quake and jump, given the truck; the jump is seen, too.'
)
def jump_not_given(p):
    return _quakes(p, both=lambda p: p[1, 1, 1] / p[:, 1].sum())


@quake.mistake('"both" looks at the truck alone; the house has jumped as well.')
def house_forgotten(p):
    return _quakes(p, both=lambda p: p[1, 1].sum() / p[:, 1].sum())


@quake.mistake('"both" sums over the truck; it is seen, so its axis is fixed at 1.')
def truck_forgotten(p):
    return _quakes(p, both=lambda p: p[1, :, 1].sum() / p[:, :, 1].sum())


@quake.mistake(
    '"house" has a quake without a truck above the line, and all cases below it: sum '
    "over the truck above it, too."
)
def no_truck_above(p):
    return _quakes(p, house=lambda p: p[1, 0, 1] / p[:, :, 1].sum())


@quake.mistake(
    '"before" takes it that nothing else happens; nobody has looked: sum over truck '
    "and house."
)
def nothing_else(p):
    return _quakes(p, before=lambda p: p[1, 0, 0])


@quake.mistake(
    '"before" takes it that the house is quiet; before anything is seen, sum over both.'
)
def quiet_house(p):
    return _quakes(p, before=lambda p: p[1, :, 0].sum())


@quake.mistake(
    '"before" takes it that there is no truck; before anything is seen, sum over both.'
)
def no_truck_before(p):
    return _quakes(p, before=lambda p: p[1, 0].sum())


@quake.mistake(
    '"before" is the share among cases in which nothing is seen to happen; nothing is '
    "known yet: p[1].sum()."
)
def before_of_the_quiet(p):
    return _quakes(p, before=lambda p: p[1, 0, 0] / p[:, 0, 0].sum())


@quake.mistake("A mean for a sum: chances of cases that exclude each other are added.")
def means(p):
    return _quakes(p, before=lambda p: p[1].mean())


@quake.mistake(
    '"house" is the mean of the chances with and without a truck; they are not equally '
    "likely: add the cases, then divide."
)
def mean_over_the_truck(p):
    return _quakes(p, house=lambda p: (p[1, :, 1] / p[:, :, 1].sum(axis=0)).mean())


@quake.mistake(
    '"house" adds up two shares, with and without a truck; add the cases first, then '
    "divide once."
)
def shares_added(p):
    return _quakes(p, house=lambda p: (p[1, :, 1] / p[:, :, 1].sum(axis=0)).sum())


@quake.mistake(
    '"house" weighs the two by how likely a truck is before; the jump has changed '
    "that: add the cases, then divide."
)
def truck_as_before(p):
    return _quakes(
        p,
        house=lambda p: (p[1, :, 1] / p[:, :, 1].sum(axis=0)) @ p.sum(axis=(0, 2)),
    )


@quake.mistake("These are the chances that there is *no* quake; 1 is yes.")
def no_quake(p):
    return _quakes(p[::-1])


@quake.mistake("The house did *not* jump here; 1 is yes on the last axis, too.")
def no_jump(p):
    return _quakes(p[:, :, ::-1])


@quake.mistake('In "both" the truck is missing, index 0; it is there: index 1.')
def truck_absent(p):
    return _quakes(p, both=lambda p: p[1, 0, 1] / p[:, 0, 1].sum())


@quake.mistake("These are chances of the truck; the quake is axis 0.")
def the_truck(p):
    return _quakes(p.swapaxes(0, 1))


@quake.mistake(
    "The axes were read from the end; they are quake, truck, house, in this order."
)
def from_the_end(p):
    return _quakes(p.transpose())


@quake.mistake(
    "Quake against no quake: these are odds; divide by all cases, quake or not."
)
def odds(p):
    return _quakes(
        p,
        before=lambda p: p[1].sum() / p[0].sum(),
        house=lambda p: p[1, :, 1].sum() / p[0, :, 1].sum(),
        both=lambda p: p[1, 1, 1] / p[0, 1, 1],
    )


@quake.mistake(
    "Quake against no quake, where something is seen; divide by both together."
)
def odds_when_seen(p):
    return _quakes(
        p,
        house=lambda p: p[1, :, 1].sum() / p[0, :, 1].sum(),
        both=lambda p: p[1, 1, 1] / p[0, 1, 1],
    )


@quake.mistake('"house" is the chance that the house jumps; of the quake, given that.')
def the_jump(p):
    return _quakes(p, house=lambda p: p[:, :, 1].sum())


@quake.mistake(
    '"house" is as likely as before: that would be so if a quake did not shake it.'
)
def as_before(p):
    return _quakes(p, house=lambda p: p[1].sum())


@quake.mistake(
    '"both" is "house" times the chance of a truck; take the cases with truck and '
    "jump, p[:, 1, 1], and see which share has a quake."
)
def multiplied(p):
    house = p[1, :, 1].sum() / p[:, :, 1].sum()
    return _quakes(p, both=lambda p: house * p[:, 1].sum())


@quake.mistake("The largest case instead of their sum: all that are possible count.")
def largest(p):
    return _quakes(
        p,
        before=lambda p: p[1].max(),
        house=lambda p: p[1, :, 1].max() / p[:, :, 1].max(),
    )


@quake.mistake('"house" and "both" are exchanged.')
def exchanged_(p):
    right = _quakes(p)
    return right | {"house": right["both"], "both": right["house"]}


@quake.mistake("These are per cent; a chance is a number from 0 to 1.")
def per_cent(p):
    return {key: 100 * value for key, value in _quakes(p).items()}


@quake.mistake("The numbers alone; a dict has their names.")
def numbers_alone(p):
    return list(_quakes(p).values())


@quake.mistake(
    "Each has two numbers, without a quake and with one; take the one with it, [1]."
)
def two_numbers(p):
    return {
        "before": p.sum(axis=(1, 2)),
        "house": p[:, :, 1].sum(axis=1) / p[:, :, 1].sum(),
        "both": p[:, 1, 1] / p[:, 1, 1].sum(),
    }


@quake.mistake(
    'What has not been looked at was taken for absent, in "before" and "house", above '
    "the line and below: sum over those axes."
)
def unseen_for_absent_and_divided(p):
    return _quakes(
        p,
        before=lambda p: p[1, 0, 0] / p[:, 0, 0].sum(),
        house=lambda p: p[1, 0, 1] / p[:, 0, 1].sum(),
    )


@quake.mistake(
    'The truck was taken for absent in "before" and in "house": sum over its axis.'
)
def no_truck_at_all(p):
    return _quakes(
        p,
        before=lambda p: p[1, 0].sum(),
        house=lambda p: p[1, 0, 1] / p[:, 0, 1].sum(),
    )


@quake.mistake(
    'In "before" the house is quiet, and the two others are not divided by the chance '
    "of what is seen."
)
def quiet_and_not_divided(p):
    return _quakes(
        p,
        before=lambda p: p[1, :, 0].sum(),
        house=lambda p: p[1, :, 1].sum(),
        both=lambda p: p[1, 1, 1],
    )


@quake.mistake(
    "Means for sums, and nothing is divided: add the cases, then divide by those that "
    "are possible."
)
def means_not_divided(p):
    return _quakes(
        p,
        before=lambda p: p[1].mean(),
        house=lambda p: p[1, :, 1].mean(),
        both=lambda p: p[1, 1, 1],
    )


@quake.mistake("Means for sums in all three: the cases are added, above and below.")
def means_throughout(p):
    return _quakes(
        p,
        before=lambda p: p[1].mean(),
        house=lambda p: p[1, :, 1].mean() / p[:, :, 1].mean(),
        both=lambda p: p[1, 1, 1] / p[:, 1, 1].mean(),
    )


@quake.mistake(
    "Chances were multiplied, as if the quake had nothing to do with what is seen; the "
    "table has the cases in which both come."
)
def as_if_independent(p):
    return _quakes(
        p,
        house=lambda p: p[1].sum() * p[:, :, 1].sum(),
        both=lambda p: p[1].sum() * p[:, 1, 1].sum(),
    )


@quake.mistake(
    '"both" is divided by the chances of truck and jump, multiplied; they are not '
    "independent: p[:, 1, 1].sum()."
)
def divided_by_a_product(p):
    return _quakes(p, both=lambda p: p[1, 1, 1] / (p[:, 1].sum() * p[:, :, 1].sum()))


@quake.mistake(
    '"house" is divided by the chance of a quake, too; that of the jump is enough.'
)
def divided_by_the_quake_too(p):
    return _quakes(
        p, house=lambda p: p[1, :, 1].sum() / (p[1].sum() * p[:, :, 1].sum())
    )


@quake.mistake(
    '"house" is given the truck here; it is given the jump, which is the last axis.'
)
def truck_for_house(p):
    return _quakes(p, house=lambda p: p[1, 1].sum() / p[:, 1].sum())


@quake.mistake(
    "The jump is missing above the line: only cases in which the house jumps, p[1, :, "
    "1], are left."
)
def jump_below_alone(p):
    return _quakes(
        p,
        house=lambda p: p[1].sum() / p[:, :, 1].sum(),
        both=lambda p: p[1, 1].sum() / p[:, 1, 1].sum(),
    )


@quake.mistake("As likely as before in all three: what is seen changes it.")
def as_before_in_all(p):
    return _quakes(p, house=lambda p: p[1].sum(), both=lambda p: p[1].sum())


@quake.mistake('"before" is the chance that the house jumps; the quake is axis 0.')
def jump_before(p):
    return _quakes(p, before=lambda p: p[:, :, 1].sum())


@quake.mistake(
    '"house" has two numbers, without a truck and with one; add the cases, then divide.'
)
def two_for_the_truck(p):
    return _quakes(p, house=lambda p: p[1, :, 1] / p[:, :, 1].sum(axis=0))


@quake.mistake(
    "Parts of the table, not summed; a chance is one number: .sum(), and divide."
)
def not_summed_(p):
    return {"before": p[1], "house": p[1, :, 1], "both": p[1, 1, 1]}


@quake.mistake(
    '"both" is "house" divided by the chance of a truck; start from the cases with '
    "truck and jump."
)
def divided_by_the_truck(p):
    house = p[1, :, 1].sum() / p[:, :, 1].sum()
    return _quakes(p, both=lambda p: house / p[:, 1].sum())


@quake.mistake(
    '"both" has two numbers, without a quake and with one; take the one with it, and '
    "divide by both together."
)
def two_for_both(p):
    return _quakes(p, both=lambda p: p[:, 1, 1] / p[:, 1, 1].sum())


@quake.mistake(
    '"house" has two numbers, without a quake and with one; take the one with it.'
)
def two_for_house(p):
    return _quakes(p, house=lambda p: p[:, :, 1].sum(axis=1) / p[:, :, 1].sum())


@quake.mistake('"before" has two numbers, without a quake and with one; take [1].')
def two_for_before(p):
    return _quakes(p, before=lambda p: p.sum(axis=(1, 2)))


# -- shortfall(h, mu, posterior) ------------------------------------------------------


def _states(H):
    """All states of H units, (2 ** H, H)."""
    return (np.arange(2**H)[:, None] >> np.arange(H)[::-1]) & 1


shortfall = Question(
    "shortfall",
    inputs=[
        (_states(2), A([0.7, 0.4]), A([0.1, 0.5, 0.35, 0.05])),
        (
            _states(3),
            A([0.2, 0.9, 0.6]),
            A([0.05, 0.1, 0.2, 0.25, 0.12, 0.08, 0.15, 0.05]),
        ),
        (_states(2), A([1.0, 0.3]), A([0.1, 0.2, 0.4, 0.3])),
        (_states(1), A([0.8]), A([0.3, 0.7])),
    ],
    hints=[
        "First q, a chance for each row of h: µ_i where h_i is 1, 1 − µ_i where it is "
        "0, multiplied over the causes.",
        "p(h, v) is p(v) times p(h | v). What becomes of log p(v) in the sum, when q "
        "sums to 1?",
        "log p(v) − B is the sum of q log (q / posterior), the Kullback–Leibler "
        "divergence of q from the posterior; leave out the states with q = 0.",
    ],
)


def _divergence(p, other):
    """Σ p log(p / other), where 0 log 0 is 0."""
    some = p > 0
    return np.sum(p[some] * np.log(p[some] / other[some]))


@shortfall.right
def by_powers(h, mu, posterior):
    q = (mu**h * (1 - mu) ** (1 - h)).prod(axis=1)
    return sum(
        x * (np.log(x) - np.log(p)) for x, p in zip(q, posterior, strict=True) if x > 0
    )


@shortfall.right
def by_entropy(h, mu, posterior):
    both = A([mu, 1 - mu])
    entropy = -np.sum(both * np.log(np.where(both > 0, both, 1)))
    return -_product(h, mu) @ np.log(posterior) - entropy


@shortfall.right
def with_a_little_more(h, mu, posterior):
    q = _product(h, mu)
    return float(np.sum(q * np.log((q + 1e-300) / posterior)))


@shortfall.mistake(
    "The sign: B lies below log p(v), and how far is a number that is not negative."
)
def sign(h, mu, posterior):
    return -_divergence(_product(h, mu), posterior)


@shortfall.mistake(
    "The other way round: the posterior weighs here; in the bound it is q that weighs."
)
def the_other_way_round(h, mu, posterior):
    with np.errstate(all="ignore"):
        return np.sum(posterior * np.log(posterior / _product(h, mu)))


@shortfall.mistake(
    "0 log 0 is NaN in NumPy; leave out the states with q = 0, which add nothing."
)
def not_a_number(h, mu, posterior):
    q = _product(h, mu)
    with np.errstate(all="ignore"):
        return np.sum(q * np.log(q / posterior))


@shortfall.mistake(
    "0 log 0 is NaN in NumPy, and the sign: log p(v) − B is the sum of q log (q / "
    "posterior)."
)
def not_a_number_and_sign(h, mu, posterior):
    q = _product(h, mu)
    with np.errstate(all="ignore"):
        return np.sum(q * np.log(posterior / q))


@shortfall.mistake(
    "q has only the causes that are on; one that is off brings a factor 1 − µ."
)
def on_only(h, mu, posterior):
    return _divergence(np.prod(mu**h, axis=1), posterior)


@shortfall.mistake(
    "All states count alike here: each logarithm is to be multiplied with q(h)."
)
def not_weighed(h, mu, posterior):
    q = _product(h, mu)
    return np.sum(np.log(q[q > 0] / posterior[q > 0]))


@shortfall.mistake(
    "Every logarithm counts once here, log 0 of a state that never comes with it; each "
    "is to be multiplied with q(h)."
)
def not_weighed_at_all(h, mu, posterior):
    with np.errstate(all="ignore"):
        return np.sum(np.log(_product(h, mu) / posterior))


@shortfall.mistake(
    "One number for each state; their sum is how far B lies below log p(v)."
)
def not_summed(h, mu, posterior):
    q = _product(h, mu)
    return q * np.log(np.where(q > 0, q, 1) / posterior)


@shortfall.mistake(
    "The entropy of q is missing: this is −Σ q log posterior alone; Σ q log q comes to "
    "it."
)
def without_entropy(h, mu, posterior):
    return -_product(h, mu) @ np.log(posterior)


@shortfall.mistake(
    "Only the part with q log q is here; the posterior is missing: q log (q / "
    "posterior)."
)
def minus_entropy(h, mu, posterior):
    return _divergence(_product(h, mu), np.ones(len(h)))


@shortfall.mistake(
    "This is Σ q log posterior, what is left of B without log p(v) and q; the "
    "shortfall is Σ q log (q / posterior)."
)
def mean_log_posterior(h, mu, posterior):
    return _product(h, mu) @ np.log(posterior)


@shortfall.mistake(
    "q is turned round: µ belongs to a cause that is on, 1 − µ to one that is off."
)
def turned(h, mu, posterior):
    return _divergence(_product(1 - h, mu), posterior)


@shortfall.mistake(
    "q is a product over the causes, and not a sum: all of them are to be as h says."
)
def sum_for_product(h, mu, posterior):
    return _divergence(np.where(h == 1, mu, 1 - mu).sum(axis=1), posterior)


@shortfall.mistake("q is a product over the causes; this is the mean of their chances.")
def mean_for_product(h, mu, posterior):
    return _divergence(np.where(h == 1, mu, 1 - mu).mean(axis=1), posterior)


@shortfall.mistake("This is the entropy of q; the posterior has not been used.")
def entropy(h, mu, posterior):
    return -_divergence(_product(h, mu), np.ones(len(h)))


@shortfall.mistake(
    "−Σ q log posterior and the entropy of q were added; the entropy is taken away: Σ "
    "q log q comes with a plus."
)
def entropy_added(h, mu, posterior):
    q = _product(h, mu)
    return -q @ np.log(posterior) - _divergence(q, np.ones(len(h)))


@shortfall.mistake("A mean over the states; q sums to 1 and makes the mean itself.")
def divided_by_the_states(h, mu, posterior):
    return _divergence(_product(h, mu), posterior) / len(h)


@shortfall.mistake("Divided by the number of causes; the whole of it is asked for.")
def divided_by_the_causes(h, mu, posterior):
    return _divergence(_product(h, mu), posterior) / len(mu)


@shortfall.mistake("These are bits; nats come from np.log.")
def bits(h, mu, posterior):
    return _divergence(_product(h, mu), posterior) / np.log(2)


@shortfall.mistake("These are powers of ten; nats come from np.log.")
def tens(h, mu, posterior):
    return _divergence(_product(h, mu), posterior) / np.log(10)


@shortfall.mistake(
    "The logarithm is missing: q (q / posterior) is not a number of nats."
)
def without_log(h, mu, posterior):
    q = _product(h, mu)
    return np.sum(q * q / posterior)


@shortfall.mistake(
    "The logarithm of a mean; B is a mean of logarithms, which is lower, and by how "
    "much is the question."
)
def log_of_the_mean(h, mu, posterior):
    q = _product(h, mu)
    return np.log(np.sum(q * q / posterior))


@shortfall.mistake(
    "The logarithm of Σ q posterior; the logarithm stands inside the sum, Σ q log (q / "
    "posterior)."
)
def log_of_the_overlap(h, mu, posterior):
    return -np.log(_product(h, mu) @ posterior)


@shortfall.mistake(
    "q − posterior weighs here, or both directions were added; it is q alone that "
    "weighs."
)
def both_directions(h, mu, posterior):
    q = _product(h, mu)
    with np.errstate(all="ignore"):
        return np.sum((q - posterior) * np.log(q / posterior))


@shortfall.mistake(
    "Each cause was compared by itself; the posterior ties them together, which is "
    "lost in its means: take whole states."
)
def cause_by_cause(h, mu, posterior):
    mean = posterior @ h
    return _divergence(A([mu, 1 - mu]), A([mean, 1 - mean]))


@shortfall.mistake(
    "The difference of two entropies; B has the same weights q at both logarithms."
)
def difference_of_entropies(h, mu, posterior):
    ones = np.ones(len(h))
    return _divergence(_product(h, mu), ones) - _divergence(posterior, ones)


@shortfall.mistake(
    "The difference of two entropies, posterior less q; B weighs both logarithms by q."
)
def difference_of_entropies_turned(h, mu, posterior):
    return -difference_of_entropies(h, mu, posterior)


@shortfall.mistake(
    "This is the total variation, half of the sum of the differences; a bound needs "
    "logarithms."
)
def total_variation(h, mu, posterior):
    return np.abs(_product(h, mu) - posterior).sum() / 2


@shortfall.mistake("The sum of the differences' sizes; nats are logarithms.")
def sum_of_differences(h, mu, posterior):
    return np.abs(_product(h, mu) - posterior).sum()


@shortfall.mistake(
    "Squared differences; the bound has logarithms: q log (q / posterior)."
)
def squares(h, mu, posterior):
    return np.sum((_product(h, mu) - posterior) ** 2)


@shortfall.mistake("Only the likeliest state of q counts here; all do, by their q.")
def likeliest_state(h, mu, posterior):
    q = _product(h, mu)
    k = q.argmax()
    return np.log(q[k] / posterior[k])


@shortfall.mistake("−log of the posterior's largest chance: the means do not come in.")
def surprise_of_the_best(h, mu, posterior):
    return -np.log(posterior.max())


@shortfall.mistake(
    "The posterior weighs, and the sign: it is Σ q log (q / posterior), weighed by q."
)
def weighed_by_the_posterior(h, mu, posterior):
    with np.errstate(all="ignore"):
        return np.sum(posterior * np.log(_product(h, mu) / posterior))


@shortfall.mistake(
    "exp of the answer, with a minus; nats are the logarithms themselves."
)
def exp_of_the_sum(h, mu, posterior):
    return np.exp(-_divergence(_product(h, mu), posterior))


@shortfall.mistake(
    "The means were made 0 or 1 first: only one state is left; q spreads over all."
)
def sharp(h, mu, posterior):
    return _divergence(_product(h, (mu > 0.5).astype(float)), posterior)


@shortfall.mistake("The means were not used: mu makes q, the chance of each state.")
def all_states_alike(h, mu, posterior):
    return _divergence(np.full(len(h), 1 / len(h)), posterior)


@shortfall.mistake(
    "q was made with µ h, a number for each state that is no chance: µ where h is 1, 1 "
    "− µ where it is 0, multiplied."
)
def dot_product(h, mu, posterior):
    return _divergence(h @ mu, posterior)


@shortfall.mistake(
    "A mean over the states that come; q is what weighs them: take the sum."
)
def mean_of_some(h, mu, posterior):
    q = _product(h, mu)
    return _divergence(q, posterior) / np.count_nonzero(q)


@shortfall.mistake(
    "A mean over the states, and 0 log 0 is NaN: take the sum, without states of q = 0."
)
def mean_not_a_number(h, mu, posterior):
    q = _product(h, mu)
    with np.errstate(all="ignore"):
        return np.mean(q * np.log(q / posterior))


@shortfall.mistake(
    "The logarithm of Σ q posterior, without a minus; each state has its own "
    "logarithm, Σ q log (q / posterior)."
)
def log_of_the_overlap_and_sign(h, mu, posterior):
    return np.log(_product(h, mu) @ posterior)


@shortfall.mistake("The ratios were added up: q log (q / posterior) is what is summed.")
def ratios(h, mu, posterior):
    return np.sum(_product(h, mu) / posterior)


@shortfall.mistake(
    "The logarithm of the sum of ratios; the logarithm stands inside, with q before it."
)
def log_of_ratios(h, mu, posterior):
    return np.log(np.sum(_product(h, mu) / posterior))


@shortfall.mistake(
    "h µ is 0 for each cause that is off; such a cause brings a factor 1 − µ."
)
def off_is_impossible(h, mu, posterior):
    return _divergence(np.prod(h * mu, axis=1), posterior)


@shortfall.mistake(
    "q and the posterior were multiplied inside the logarithm; B has p / q there, and "
    "the shortfall q / posterior."
)
def product_in_the_log(h, mu, posterior):
    q = _product(h, mu)
    return _divergence(q, np.ones(len(h))) + q @ np.log(posterior)


@shortfall.mistake(
    "Only the causes' means were compared, and only where they are on; whole states "
    "have q(h) and p(h | v)."
)
def means_on(h, mu, posterior):
    return _divergence(mu, posterior @ h)


@shortfall.mistake(
    "One number for each state, with NaN where q is 0; leave those out and sum."
)
def not_summed_not_a_number(h, mu, posterior):
    q = _product(h, mu)
    with np.errstate(all="ignore"):
        return q * np.log(q / posterior)


@shortfall.mistake("This is the entropy of the posterior; q has not been used.")
def entropy_of_the_posterior(h, mu, posterior):
    return -posterior @ np.log(posterior)


@shortfall.mistake("Σ posterior log posterior: q has not been used.")
def minus_entropy_of_the_posterior(h, mu, posterior):
    return posterior @ np.log(posterior)


@shortfall.mistake(
    "np.prod without an axis has multiplied all states together; q is a product in "
    "each row: axis=1."
)
def all_multiplied(h, mu, posterior):
    q = np.prod(np.where(h == 1, mu, 1 - mu))
    with np.errstate(all="ignore"):
        return np.sum(q * np.log(q / posterior))


@shortfall.mistake(
    "q is the same for all states here, the product of all means; µ is for a cause "
    "that is on, 1 − µ for one that is off."
)
def same_for_all(h, mu, posterior):
    return np.sum(mu.prod() * np.log(mu.prod() / posterior))


@shortfall.mistake(
    "log p(v) was taken for the logarithm of Σ q posterior; p(h, v) is p(v) times the "
    "posterior, and log p(v) drops out."
)
def overlap_for_the_chance(h, mu, posterior):
    q = _product(h, mu)
    return np.log(q @ posterior) + _divergence(q, posterior)


@shortfall.mistake(
    "log p(v) was taken for the logarithm of the largest posterior; it drops out of "
    "log p(v) − B, for q sums to 1."
)
def best_for_the_chance(h, mu, posterior):
    return np.log(posterior.max()) + _divergence(_product(h, mu), posterior)


@shortfall.mistake(
    "One number for each state, log posterior less B; log p(v) is another thing, and "
    "it drops out."
)
def posterior_for_the_chance(h, mu, posterior):
    return np.log(posterior) + _divergence(_product(h, mu), posterior)


@shortfall.mistake(
    "The posterior of the states left was made to sum to 1; it stays as it is, for "
    "p(v) is of all states."
)
def posterior_of_the_rest(h, mu, posterior):
    q = _product(h, mu)
    return _divergence(q[q > 0], _shares(posterior[q > 0]))


@shortfall.mistake(
    "Each logarithm was made positive; some are negative, and only the whole sum is "
    "not."
)
def sizes(h, mu, posterior):
    q = _product(h, mu)
    some = q > 0
    return np.sum(q[some] * np.abs(np.log(q[some] / posterior[some])))


# -- unrolled(rbms) -------------------------------------------------------------------


def _stack(seed, *sizes):
    """RBMs of these sizes, (W, b, c), rounded for the eye."""
    rng = np.random.default_rng(seed)
    pairs = zip(sizes[:-1], sizes[1:], strict=True)
    return [
        tuple(np.round(rng.normal(size=size), 1) for size in ((V, H), V, H))
        for V, H in pairs
    ]


unrolled = Question(
    "unrolled",
    inputs=[
        (_stack(0, 3, 2),),
        (_stack(1, 4, 3, 2),),
        (_stack(2, 2, 2, 2),),
        (_stack(3, 3, 2, 2, 1),),
    ],
    hints=[
        "One RBM of V and H units makes two layers: Dense(H) on the way up, Dense(V) on "
        "the way down.",
        "A layer adds the biases of the units that it computes: p(h | v) has c, and "
        "p(v | h) has b.",
        "Down, the last RBM comes first, and its kernel leads from H to V: W.T.",
    ],
)


def _net(
    rbms, *, up=lambda W, b, c: (W, c), down=lambda W, b, c: (W.T, b), back=-1,
    units=None, pack=lambda layers: [a for layer in layers for a in layer],
):  # fmt: skip
    """The right answer with one thing changed."""
    layers = [up(*rbm) for rbm in rbms] + [down(*rbm) for rbm in rbms[::back]]
    sizes = [len(c) for _, _, c in rbms] + [len(b) for _, b, _ in rbms[::-1]]
    return {"units": units(rbms) if units else sizes, "weights": pack(layers)}


@unrolled.right
def by_insertion(rbms):
    units, weights = [], []
    for W, b, c in reversed(rbms):
        units = [len(c), *units, len(b)]
        weights = [W, c, *weights, W.T, b]
    return {"units": units, "weights": weights}


@unrolled.right
def in_two_loops(rbms):
    weights = []
    for W, _, c in rbms:
        weights += [W.astype("float32"), c.astype("float32")]
    for W, b, _ in rbms[::-1]:
        weights += [W.T.astype("float32"), b.astype("float32")]
    units = tuple(bias.size for bias in weights[1::2])
    return {"units": list(units), "weights": weights}


def _below(rbms):
    """The stack with c of the RBM below in place of each b, where there is one."""
    cs = [rbms[0][1]] + [c for _, _, c in rbms[:-1]]
    return [(W, c_below, c) for (W, _, c), c_below in zip(rbms, cs, strict=True)]


def _above(rbms):
    """The stack with b of the RBM above in place of each c, where there is one."""
    bs = [b for _, b, _ in rbms[1:]] + [rbms[-1][2]]
    return [(W, b, b_above) for (W, b, _), b_above in zip(rbms, bs, strict=True)]


@unrolled.mistake("The kernels on the way down are not turned: from H to V it is W.T.")
def not_turned(rbms):
    return _net(rbms, down=lambda W, b, c: (W, b))


@unrolled.mistake(
    "The way down begins with the lowest RBM again; it goes back, the last one first."
)
def not_reversed(rbms):
    return _net(
        rbms,
        back=1,
        units=lambda rbms: [len(c) for _, _, c in rbms] + [len(b) for _, b, _ in rbms],
    )


@unrolled.mistake(
    "The way down has hidden biases: a layer that computes visible units of an RBM has "
    "its b, though c of the RBM below has the same shape."
)
def hidden_biases_down(rbms):
    return _net(_below(rbms))


@unrolled.mistake("The way down has c; p(v | h) has b.")
def c_down(rbms):
    return _net(rbms, down=lambda W, b, c: (W.T, c))


@unrolled.mistake("The way up has b; p(h | v) has c.")
def b_up(rbms):
    return _net(rbms, up=lambda W, b, c: (W, b))


@unrolled.mistake("b and c are exchanged: up it is c, down it is b.")
def biases_exchanged(rbms):
    return _net(rbms, up=lambda W, b, c: (W, b), down=lambda W, b, c: (W.T, c))


@unrolled.mistake(
    "The weights of the way down begin with the lowest RBM; as the units do, they go "
    "back from the last."
)
def weights_not_reversed(rbms):
    return _net(rbms, back=1)


@unrolled.mistake(
    "The units of the way down begin with the lowest RBM; as the weights do, they go "
    "back from the last."
)
def units_not_reversed(rbms):
    return _net(
        rbms,
        units=lambda rbms: [len(c) for _, _, c in rbms] + [len(b) for _, b, _ in rbms],
    )


@unrolled.mistake(
    "The way up has visible biases: a layer that computes hidden units of an RBM has "
    "its c, though b of the RBM above has the same shape."
)
def visible_biases_up(rbms):
    return _net(_above(rbms))


@unrolled.mistake(
    "b and c of neighbouring RBMs are exchanged, up and down: shapes fit, but p(h | v) "
    "has its own c and p(v | h) its own b."
)
def biases_of_the_neighbours(rbms):
    down = _net(_below(rbms))["weights"][2 * len(rbms) :]
    up = _net(_above(rbms))
    return up | {"weights": up["weights"][: 2 * len(rbms)] + down}


@unrolled.mistake("This is the way up alone; the same weights lead down again.")
def up_alone(rbms):
    n = len(rbms)
    right = _net(rbms)
    return {"units": right["units"][:n], "weights": right["weights"][: 2 * n]}


@unrolled.mistake(
    "A list of pairs; set_weights takes one flat list: kernel, bias, kernel, bias, …"
)
def pairs_(rbms):
    return _net(rbms, pack=lambda layers: [list(layer) for layer in layers])


@unrolled.mistake(
    "Down it is as up, W and c, though last first; from H to V it is W.T and b."
)
def down_as_up(rbms):
    return _net(rbms, down=lambda W, b, c: (W, c))


@unrolled.mistake(
    "The kernels are turned on the way up, too: Keras has (inputs, units), which is W."
)
def turned_up(rbms):
    return _net(rbms, up=lambda W, b, c: (W.T, c))


@unrolled.mistake(
    "The kernels are turned on the way up and not on the way down; it is the other way "
    "round (PyTorch stores them so)."
)
def turned_in_the_wrong_one(rbms):
    return _net(rbms, up=lambda W, b, c: (W.T, c), down=lambda W, b, c: (W, b))


@unrolled.mistake("This is the way down alone; first it goes up to the codes.")
def down_alone(rbms):
    n = len(rbms)
    right = _net(rbms)
    return {"units": right["units"][n:], "weights": right["weights"][2 * n :]}


@unrolled.mistake("All units are there, but only the weights of the way up.")
def weights_up_alone(rbms):
    right = _net(rbms)
    return right | {"weights": right["weights"][: 2 * len(rbms)]}


@unrolled.mistake(
    "All weights are there, but only the units of the way up; two layers for each RBM."
)
def units_up_alone(rbms):
    right = _net(rbms)
    return right | {"units": right["units"][: len(rbms)]}


@unrolled.mistake(
    "The pixels are no layer on the way up: Dense counts the units that are computed, "
    "so begin with those of the first hidden layer."
)
def pixels_counted(rbms):
    return _net(
        rbms,
        units=lambda rbms: [len(rbms[0][1]), *_net(rbms)["units"]],
    )


@unrolled.mistake(
    "The units are those that go into each layer; n is how many come out, as many as "
    "it has biases."
)
def inputs_counted(rbms):
    return _net(
        rbms,
        units=lambda rbms: [len(rbms[0][1]), *_net(rbms)["units"][:-1]],
    )


@unrolled.mistake(
    "The last layer is missing in the units: on the way down the pixels are computed."
)
def pixels_forgotten(rbms):
    return _net(rbms, units=lambda rbms: _net(rbms)["units"][:-1])


@unrolled.mistake("The codes are counted twice in the units; the way down leads on.")
def codes_twice(rbms):
    n = len(rbms)

    def units(rbms):
        right = _net(rbms)["units"]
        return [*right[:n], *right[n - 1 :]]

    return _net(rbms, units=units)


@unrolled.mistake(
    "First all kernels, then all biases; Keras wants them layer by layer: kernel, bias."
)
def kernels_first(rbms):
    return _net(
        rbms, pack=lambda layers: [layer[k] for k in (0, 1) for layer in layers]
    )


@unrolled.mistake("In each layer the kernel comes first, then the bias.")
def biases_first(rbms):
    return _net(
        rbms, pack=lambda layers: [a for layer in layers for a in (layer[1], layer[0])]
    )


@unrolled.mistake("The biases are missing: each layer has a kernel and a bias.")
def kernels_alone(rbms):
    return _net(rbms, pack=lambda layers: [kernel for kernel, _ in layers])


@unrolled.mistake(
    "b and c of every RBM as they come, three arrays each; a layer has a kernel and "
    "one bias, and each RBM makes two layers."
)
def as_they_come(rbms):
    right = _net(rbms)
    return right | {"weights": [a for rbm in rbms for a in rbm]}


@unrolled.mistake("The biases of the way down are zeros; the RBMs have them, b.")
def zeros_down(rbms):
    return _net(rbms, down=lambda W, b, c: (W.T, 0 * b))


@unrolled.mistake("All biases are zeros; the RBMs have them: c up, b down.")
def zeros(rbms):
    return _net(rbms, up=lambda W, b, c: (W, 0 * c), down=lambda W, b, c: (W.T, 0 * b))


@unrolled.mistake(
    "The weights on the way down have a minus; p(v | h) = σ(h Wᵀ + b) with the same "
    "weights."
)
def minus_down(rbms):
    return _net(rbms, down=lambda W, b, c: (-W.T, b))


@unrolled.mistake(
    "The way down undoes the weights (an inverse); an RBM goes down by the same "
    "weights, W.T."
)
def inverse_down(rbms):
    return _net(rbms, down=lambda W, b, c: (np.linalg.pinv(W), b))


@unrolled.mistake("Biases are plain rows of numbers, (units,), not (1, units).")
def biases_as_matrices(rbms):
    return _net(
        rbms, up=lambda W, b, c: (W, c[None]), down=lambda W, b, c: (W.T, b[None])
    )


@unrolled.mistake("Biases are plain rows of numbers, (units,), not columns (units, 1).")
def biases_as_columns(rbms):
    return _net(
        rbms, up=lambda W, b, c: (W, c[:, None]), down=lambda W, b, c: (W.T, b[:, None])
    )


@unrolled.mistake(
    "b and c are added up where an RBM's hidden units are another's visible ones; each "
    "way has its own: c up, b down."
)
def biases_added(rbms):
    ups, downs = _above(rbms), _below(rbms)
    weights = []
    for (W, _, c), (_, _, b) in zip(rbms[:-1], ups[:-1], strict=True):
        weights += [W, c + b]
    weights += [rbms[-1][0], rbms[-1][2]]
    for (W, b, _), (_, c, _) in zip(rbms[:0:-1], downs[:0:-1], strict=True):
        weights += [W.T, b + c]
    weights += [rbms[0][0].T, rbms[0][1]]
    return _net(rbms) | {"weights": weights}


@unrolled.mistake('The weights alone; a dict has "units", too.')
def weights_alone(rbms):
    return _net(rbms)["weights"]


@unrolled.mistake('The two in a tuple; a dict has "units" and "weights".')
def in_a_tuple(rbms):
    return tuple(_net(rbms).values())


@unrolled.mistake(
    "The units are shapes of the kernels; Dense takes one number, how many it computes."
)
def shapes(rbms):
    return _net(rbms, units=lambda rbms: [w.shape for w in _net(rbms)["weights"][::2]])


@unrolled.mistake("The stack was read from the top; the lowest RBM comes first.")
def from_the_top(rbms):
    layers = [(W.T, b) for W, b, _ in rbms[::-1]] + [(W, c) for W, _, c in rbms]
    return {
        "units": [len(bias) for _, bias in layers],
        "weights": [a for layer in layers for a in layer],
    }


@unrolled.mistake(
    "The last RBM goes up only once and down not at all; it has two layers as the "
    "others have."
)
def last_one_way(rbms):
    n = len(rbms)
    right = _net(rbms)
    return {
        "units": right["units"][:n] + right["units"][n + 1 :],
        "weights": right["weights"][: 2 * n] + right["weights"][2 * n + 2 :],
    }


@unrolled.mistake(
    "The units of the way down are hidden ones again; it computes visible units, down "
    "to the pixels."
)
def hidden_units_down(rbms):
    def units(rbms):
        return [len(c) for _, _, c in [*rbms, *rbms[::-1]]]

    return _net(rbms, units=units)


@unrolled.mistake(
    "One layer is missing in the units of the way down; it has as many as the way up."
)
def one_layer_less(rbms):
    n = len(rbms)
    right = _net(rbms)
    return right | {"units": right["units"][:n] + right["units"][n + 1 :]}


@unrolled.mistake(
    "The weights of the last RBM lead up, but not down again; its way down comes first."
)
def weights_of_the_last_one_way(rbms):
    n = len(rbms)
    right = _net(rbms)["weights"]
    return _net(rbms) | {"weights": right[: 2 * n] + right[2 * n + 2 :]}


@unrolled.mistake(
    "c of the RBM below and, for the pixels, zeros; the way down has the RBMs' own b."
)
def zeros_for_pixels(rbms):
    (W, b, c), *rest = _below(rbms)
    return _net([(W, 0 * b, c), *rest])


@unrolled.mistake(
    "b and c are exchanged, and the way down begins with the lowest RBM: up it is c, "
    "down b, last RBM first."
)
def biases_exchanged_not_reversed(rbms):
    return _net(rbms, back=1, up=lambda W, b, c: (W, b), down=lambda W, b, c: (W.T, c))


@unrolled.mistake(
    "The flat list was turned round, and with it each pair: the bias of a layer stands "
    "before its kernel there; turn the list of RBMs round."
)
def list_turned(rbms):
    up = [a for W, _, c in rbms for a in (W, c)]
    down = [a for W, b, _ in rbms for a in (W.T, b)]
    return _net(rbms) | {"weights": up + down[::-1]}


@unrolled.mistake(
    "The list of the way up was turned round and transposed; so the biases are c and "
    "stand before their kernels."
)
def up_turned_round(rbms):
    up = [a for W, _, c in rbms for a in (W, c)]
    return _net(rbms) | {"weights": up + [a.T for a in up[::-1]]}


@unrolled.mistake(
    "Up and down by the first RBM, then up and down by the next; it goes up through "
    "all, and then down through all."
)
def up_and_down_each(rbms):
    return {
        "units": [n for _, b, c in rbms for n in (len(c), len(b))],
        "weights": [a for W, b, c in rbms for a in (W, c, W.T, b)],
    }


@unrolled.mistake(
    "The weights go up and down by one RBM after the other; first up through all, then "
    "down through all, as the units do."
)
def weights_up_and_down_each(rbms):
    return _net(rbms) | {"weights": [a for W, b, c in rbms for a in (W, c, W.T, b)]}


@unrolled.mistake(
    "Three arrays for each layer, W, b and c; a layer has one bias: c up, b down."
)
def both_biases(rbms):
    up = [a for rbm in rbms for a in rbm]
    down = [a for W, b, c in rbms[::-1] for a in (W.T, b, c)]
    return _net(rbms) | {"weights": up + down}


@unrolled.mistake("Names for the layers; set_weights takes a plain list of arrays.")
def arrays_by_name(rbms):
    weights = _net(rbms)["weights"]
    return _net(rbms) | {
        "weights": {f"layer{k // 2}_{k % 2}": a for k, a in enumerate(weights)}
    }


@unrolled.mistake("The way down stops before the pixels; the lowest RBM leads there.")
def without_pixels(rbms):
    right = _net(rbms)
    return {"units": right["units"][:-1], "weights": right["weights"][:-2]}


@unrolled.mistake(
    "The units are those of the visible layers, up and down; up it computes hidden "
    "ones."
)
def visible_units_up(rbms):
    def units(rbms):
        return [len(b) for _, b, _ in [*rbms, *rbms[::-1]]]

    return _net(rbms, units=units)


# -- complementary(h, W, b, a) --------------------------------------------------------

complementary = Question(
    "complementary",
    inputs=[
        (
            _states(2),
            A([[2.0, -1.0, 0.5], [1.5, 1.0, -2.0]]),
            A([-1.0, 0.5, 0.3]),
            A([-0.5, 1.0]),
        ),
        (_states(2), A([[1.0, -1.5], [0.5, 2.0]]), A([0.6, -0.4]), A([0.8, -1.2])),
        (
            _states(3),
            A([[1.2, -0.7], [-0.4, 1.6], [0.9, 0.3]]),
            A([-0.8, 0.2]),
            A([0.3, -0.6, 0.5]),
        ),
        (_states(3), A([[-1.0], [2.0], [0.5]]), A([-0.7]), A([0.2, -0.4, -0.9])),
    ],
    hints=[
        "By Bayes the posterior goes as p(h) p(v | h). Write log p(v | h), with x = h W "
        "+ b: which of its parts ties causes to one another, and does v stand in it?",
        "log p(v | h) = Σ_j (v_j x_j − log(1 + e^{x_j})). The second part does the "
        "tying, and it is the same for every v: the prior can take it away.",
        "For the posterior to be left with h·(W v) + h·a, up to a number, log p(h) needs "
        "h·a and the opposite of that part. Then make it sum to 1.",
    ],
)


def _prior(
    h, W, b, a, *, gap=lambda h, W, b: h @ W + b, tie=_softplus, own=1.0, ties=1.0,
    collect=lambda t: t.sum(axis=1), end=_shares,
):  # fmt: skip
    """The right answer with one thing changed."""
    log_p = own * (h @ a) + ties * collect(tie(gap(h, W, b)))
    return end(np.exp(log_p))


@complementary.right
def by_products(h, W, b, a):
    return _shares(np.exp(h @ a) * np.prod(1 + np.exp(h @ W + b), axis=1))


@complementary.right
def from_one_v(h, W, b, a):
    v = np.ones(len(b))  # the posterior of any v, divided by its likelihood
    after = _product(h, _sigmoid(W @ v + a))
    x = h @ W + b
    likelihood = _sigmoid(x).prod(axis=1)
    return _shares(after / likelihood)


@complementary.right
def by_summing_over_v(h, W, b, a):
    v = _states(len(b))  # the hidden half of an RBM
    joint = np.exp(h @ W @ v.T + v @ b + (h @ a)[:, None])
    return joint.sum(axis=1) / joint.sum()


@complementary.mistake(
    "This is the usual prior, of independent causes; seen through p(v | h) they are "
    "tied together afterwards. Which part of log p(v | h) does that?"
)
def independent(h, W, b, a):
    return _prior(h, W, b, a, ties=0)


@complementary.mistake(
    "The sign: −Σ log(1 + e^x) stands in log p(v | h) already; the prior must take it "
    "away, with a plus."
)
def ties_doubled(h, W, b, a):
    return _prior(h, W, b, a, ties=-1)


@complementary.mistake("The prior is not yet divided by its sum over all states.")
def not_divided_(h, W, b, a):
    return _prior(h, W, b, a, end=lambda p: p)


@complementary.mistake("a is missing: h·a makes the chances σ(… + a_i) of it.")
def without_a(h, W, b, a):
    return _prior(h, W, b, a, own=0)


@complementary.mistake(
    "The usual prior, of independent causes, and not divided by its sum; what is "
    "missing is the part that unties them."
)
def independent_not_divided(h, W, b, a):
    return np.exp(h @ a)


@complementary.mistake(
    "The sign of Σ log(1 + e^x), which is a plus; and these are to be divided by their "
    "sum."
)
def ties_doubled_not_divided(h, W, b, a):
    return _prior(h, W, b, a, ties=-1, end=lambda p: p)


@complementary.mistake("The biases b are missing: x = h W + b.")
def without_b(h, W, b, a):
    return _prior(h, W, b, a, gap=lambda h, W, b: h @ W)


@complementary.mistake(
    "e^x is summed over the units, without the 1 +; it is the product of 1 + e^x."
)
def sum_of_exps(h, W, b, a):
    return _shares(np.exp(h @ a) * np.exp(h @ W + b).sum(axis=1))


@complementary.mistake(
    "1 + e^x is summed over the units; p(h) has their product, or log p(h) the sum of "
    "their logarithms."
)
def log_of_the_sum(h, W, b, a):
    return _prior(
        h, W, b, a, tie=lambda x: 1 + np.exp(x), collect=lambda t: np.log(t.sum(axis=1))
    )


@complementary.mistake("a is missing, and the sign: log p(h) has +Σ log(1 + e^x).")
def ties_doubled_without_a(h, W, b, a):
    return _prior(h, W, b, a, own=0, ties=-1)


@complementary.mistake(
    "The sign of a: a cause with a large a is likely, so it is +h·a."
)
def sign_of_a(h, W, b, a):
    return _prior(h, W, b, a, own=-1)


@complementary.mistake("Both signs: log p(h) is h·a + Σ log(1 + e^x), up to a number.")
def both_signs(h, W, b, a):
    return _prior(h, W, b, a, own=-1, ties=-1)


@complementary.mistake("The biases b are taken away; x = h W + b.")
def b_subtracted(h, W, b, a):
    return _prior(h, W, b, a, gap=lambda h, W, b: h @ W - b)


@complementary.mistake("e^(−x) for e^x: of each unit it is log(1 + e^x).")
def sign_of_the_gap(h, W, b, a):
    return _prior(h, W, b, a, gap=lambda h, W, b: -(h @ W + b))


@complementary.mistake(
    "The sum over the units went into e^…; each unit has its own log(1 + e^x)."
)
def of_the_sum(h, W, b, a):
    return _prior(
        h, W, b, a, collect=lambda t: t, tie=lambda x: _softplus(x.sum(axis=1))
    )


@complementary.mistake(
    "1 + is missing: Σ x ties nothing together, it leaves independent causes; it is "
    "log(1 + e^x). (Or p(h | v) was made for one v, without dividing by p(v | h).)"
)
def one_missing(h, W, b, a):
    return _prior(h, W, b, a, tie=lambda x: x)


@complementary.mistake(
    "x alone has a minus here; log p(h) takes away −log(1 + e^x), which bends."
)
def minus_x(h, W, b, a):
    return _prior(h, W, b, a, tie=lambda x: -x)


@complementary.mistake(
    "σ(x) is what the unit expects; the part that ties is log(1 + e^x)."
)
def sigmoid_for_softplus(h, W, b, a):
    return _prior(h, W, b, a, tie=_sigmoid)


@complementary.mistake(
    "Σ log σ(x) is log p(v | h) of a v that is all on, and it stands there already; "
    "the prior takes log(1 + e^x) away, whatever v is."
)
def log_sigmoid(h, W, b, a):
    return _prior(h, W, b, a, tie=lambda x: -_softplus(-x))


@complementary.mistake(
    "One over the likelihood of a v that is all on; the posterior of that v belongs "
    "above the line."
)
def one_over_the_likelihood(h, W, b, a):
    return _prior(h, W, b, a, own=0, tie=lambda x: _softplus(-x))


@complementary.mistake(
    "The logarithm is missing: in log p(h) it is log(1 + e^x) of each unit."
)
def exp_for_softplus(h, W, b, a):
    return _prior(h, W, b, a, tie=np.exp)


@complementary.mistake("A mean over the units; each brings all of its log(1 + e^x).")
def mean_over_units(h, W, b, a):
    return _prior(h, W, b, a, collect=lambda t: t.mean(axis=1))


@complementary.mistake("These are logarithms; take exp, and make them sum to 1.")
def logarithms(h, W, b, a):
    return _prior(h, W, b, a, end=np.log)


@complementary.mistake("These are logarithms of the prior; take exp.")
def logarithms_of_the_prior(h, W, b, a):
    return np.log(_prior(h, W, b, a))


@complementary.mistake(
    "Logarithms were divided by their sum; first exp, then divide by the sum."
)
def logarithms_divided(h, W, b, a):
    return _shares(np.log(_prior(h, W, b, a, end=lambda p: p)))


@complementary.mistake(
    "σ(a) and 1 − σ(a) of each cause were multiplied, with the sign of the other part "
    "wrong: +Σ log(1 + e^x)."
)
def chances_and_the_sign(h, W, b, a):
    p = _product(h, _sigmoid(a)) * np.exp(-_softplus(h @ W + b).sum(axis=1))
    return p


@complementary.mistake(
    "Independent chances σ(a) times Π (1 + e^x), which is the right thing but for "
    "their sum: divide by it."
)
def chances_not_divided(h, W, b, a):
    return _product(h, _sigmoid(a)) * np.exp(_softplus(h @ W + b).sum(axis=1))


@complementary.mistake(
    "σ(a) stands for a in the exponent: e^{h·a} leads to σ(… + a_i) by itself."
)
def chances_in_the_exponent(h, W, b, a):
    return _prior(h, W, b, _sigmoid(a), own=1)


@complementary.mistake("All states alike: that is no help against what ties them.")
def all_alike(h, W, b, a):
    return np.full(len(h), 1 / len(h))


@complementary.mistake(
    "The causes that are on were counted; each has a weight of its own: h·a."
)
def counted(h, W, b, a):
    return _prior(h, W, b, np.ones(len(a)))


@complementary.mistake(
    "a times log(1 + e^x); the two parts of log p(h) are added: h·a + Σ log(1 + e^x)."
)
def parts_multiplied(h, W, b, a):
    log_p = (h @ a) * _softplus(h @ W + b).sum(axis=1)
    return _shares(np.exp(log_p))


@complementary.mistake("The part that ties is halved; the prior takes all of it away.")
def halved(h, W, b, a):
    return _prior(h, W, b, a, ties=0.5)


@complementary.mistake(
    "The part that ties comes in twice: once takes it away, twice ties anew."
)
def twice(h, W, b, a):
    return _prior(h, W, b, a, ties=2)


@complementary.mistake("The largest is 1 here; the sum should be.")
def largest_is_one(h, W, b, a):
    return _prior(h, W, b, a, end=lambda p: p / p.max())


@complementary.mistake("log2 for log: np.log(1 + np.exp(x)).")
def base_two(h, W, b, a):
    return _prior(h, W, b, a, tie=lambda x: np.log2(1 + np.exp(x)))


@complementary.mistake(
    "1 over the prior: log p(h) is h·a + Σ log(1 + e^x), and then exp comes, without a "
    "minus."
)
def upside_down(h, W, b, a):
    return 1 / _prior(h, W, b, a)


@complementary.mistake(
    "Π (1 + e^x) alone: e^{h·a} comes to it, and then they are divided by their sum."
)
def without_a_not_divided(h, W, b, a):
    return _prior(h, W, b, a, own=0, end=lambda p: p)


@complementary.mistake(
    "1 + and a are missing: the product of 1 + e^x, times e^{h·a}, is meant."
)
def one_and_a_missing(h, W, b, a):
    return _prior(h, W, b, a, own=0, tie=lambda x: x)


@complementary.mistake(
    "h W b is a sum over weights and biases; the units that are seen have x = h W + b, "
    "and each its log(1 + e^x)."
)
def biases_multiplied(h, W, b, a):
    return _shares(np.exp(h @ a + h @ W @ b))


@complementary.mistake(
    "Π σ(x) is p(v | h) of a v that is all on; the prior does not repeat it, but takes "
    "away what ties."
)
def likelihood_of_all_on(h, W, b, a):
    return _prior(h, W, b, a, own=0, tie=lambda x: -_softplus(-x))


@complementary.mistake(
    "σ(h·a) is no prior: e^{h·a} has the causes independent, and then Π (1 + e^x) "
    "comes to it."
)
def sigmoid_of_the_state(h, W, b, a):
    return _shares(_sigmoid(h @ a))


@complementary.mistake("σ(h·a) for e^{h·a}; the other factor, Π (1 + e^x), is right.")
def sigmoid_of_the_state_untied(h, W, b, a):
    return _shares(_sigmoid(h @ a) * np.exp(_softplus(h @ W + b).sum(axis=1)))


@complementary.mistake("Σ σ(x) as a factor; it is the product of 1 + e^x.")
def sum_of_sigmoids(h, W, b, a):
    return _shares(np.exp(h @ a) * _sigmoid(h @ W + b).sum(axis=1))


@complementary.mistake(
    "Independent chances σ(a), divided by p(v | h) of a v that is all on: its "
    "posterior is σ(W·1 + a), and the sum is to be 1."
)
def over_the_likelihood(h, W, b, a):
    return _product(h, _sigmoid(a)) / _sigmoid(h @ W + b).prod(axis=1)


@complementary.mistake(
    "The mean of what is seen, σ(b), was put in for v; the prior is to do for every v."
)
def for_a_mean_v(h, W, b, a):
    return _shares(np.exp(h @ (W @ _sigmoid(b) + a)))


@complementary.mistake(
    "One number a cause; the prior has one for each state of all causes, (S,)."
)
def cause_by_cause_(h, W, b, a):
    return _sigmoid(a)


@complementary.mistake(
    "The mean of the wanted posteriors, each v counted alike; how likely each v is "
    "depends on the prior itself. Take one v, and Bayes."
)
def mean_posterior(h, W, b, a):
    return np.mean([_product(h, _sigmoid(W @ v + a)) for v in _states(len(b))], axis=0)


@complementary.mistake(
    "The wanted posterior times the likelihood, of a v that is all on; by Bayes it is "
    "divided by it."
)
def posterior_times_likelihood(h, W, b, a):
    after = _product(h, _sigmoid(W.sum(axis=1) + a))
    return _shares(after * _sigmoid(h @ W + b).prod(axis=1))


@complementary.mistake(
    "The wanted posterior over the likelihood, of one v; they are still to be made to "
    "sum to 1."
)
def from_one_v_not_divided(h, W, b, a):
    after = _product(h, _sigmoid(W.sum(axis=1) + a))
    return after / _sigmoid(h @ W + b).prod(axis=1)


words = Words(
    "words",
    [
        "How far is a share of 0.76 off, if it was counted among 597 digits? √(p (1 − p) "
        "/ n).",
        "Fifty others on Tuesday: which part of the difference between her two numbers "
        "is the RBM's, and which the lot's? How would you take the lot away?",
        "What does an RBM bring along that has learned nothing? As many codes, and a "
        "sigmoid. Measure that, too.",
    ],
)
