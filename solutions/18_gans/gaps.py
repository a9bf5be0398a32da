"""What is known of the lines that lesson 18 leaves to the learner."""

import numpy as np

from course_lib.classroom.questions import Question

A = np.array


def _sigmoid(a):
    return 1 / (1 + np.exp(-a))


# -- best_detective(p, q) --------------------------------------------------------------

best_detective = Question(
    "best_detective",
    [
        (A([0.9, 0.2, 0.35, 0.05]), A([0.3, 0.4, 0.6, 0.15])),
        (A([0.02, 0.5, 1.6]), A([0.3, 0.7, 0.4])),
        (A([0.1, 0.2, 0.4, 0.25, 0.06]), A([0.02, 0.05, 0.3, 0.8, 1.1])),
    ],
    [
        "Of the pictures that come from one place of the grid, p are real to q forged "
        "ones. Which share of them is real?",
        "Half of all pictures are real: of 100 at a place with p = 0.3 and q = 0.1, "
        "75 are. How do 0.3 and 0.1 make 0.75?",
        "Set the slope of p log D + q log(1 − D) by D to zero: p / D = q / (1 − D).",
    ],
)


@best_detective.right
def by_the_ratio(p, q):
    return 1 / (1 + q / p)


@best_detective.right
def sigmoid_of_the_log_ratio(p, q):
    return _sigmoid(np.log(p) - np.log(q))


@best_detective.right
def place_by_place(p, q):
    return A([one / (one + other) for one, other in zip(p, q, strict=True)])


@best_detective.mistake(
    "This is the chance that it is *forged*: D is the chance that it is real, so the "
    "real density stands above the line."
)
def forged(p, q):
    return q / (p + q)


@best_detective.mistake(
    "These are p to q, real to forged ones; a chance is a share of both: divide by p + "
    "q."
)
def ratio(p, q):
    return p / q


@best_detective.mistake(
    "These are q to p, forged to real ones; the chance of being real is the share of p "
    "in p + q."
)
def ratio_turned(p, q):
    return q / p


@best_detective.mistake(
    "This is the real density alone, as if nothing were forged: the forged one belongs "
    "below the line."
)
def real_alone(p, q):
    return p


@best_detective.mistake("This is log D; take the chance itself, p / (p + q).")
def log_of_it(p, q):
    return np.log(p / (p + q))


@best_detective.mistake("This is the logit, log p − log q, which σ makes D of.")
def logit(p, q):
    return np.log(p / q)


@best_detective.mistake(
    "This is the logit of the other side, log q − log p; D is σ(log p − log q)."
)
def logit_turned(p, q):
    return np.log(q / p)


@best_detective.mistake(
    "The half is forgotten below the line: it stands before p and before q, and "
    "cancels."
)
def half_above(p, q):
    return 0.5 * p / (p + q)


@best_detective.mistake(
    "The half is forgotten above the line: it stands before p and before q, and "
    "cancels. (p / m with the mixture m goes up to 2, and is no chance.)"
)
def half_below(p, q):
    return p / (0.5 * (p + q))


@best_detective.mistake(
    "Brackets: / comes before +, so that this is p / p + q; write p / (p + q)."
)
def brackets(p, q):
    return p / p + q


@best_detective.mistake("Brackets, and the wrong side: q / q + p is 1 + p.")
def brackets_forged(p, q):
    return q / q + p


@best_detective.mistake(
    "A verdict, 0 or 1; where both densities live nobody can be that sure: p / (p + q)."
)
def verdict(p, q):
    return p > q


@best_detective.mistake("σ of the difference: σ takes a logit, which is log p − log q.")
def sigmoid_of_the_difference(p, q):
    return _sigmoid(p - q)


@best_detective.mistake("σ of q − p: σ takes a logit, which is log p − log q.")
def sigmoid_of_the_difference_turned(p, q):
    return _sigmoid(q - p)


@best_detective.mistake("σ of p / q: σ takes the logarithm of this ratio.")
def sigmoid_of_the_ratio(p, q):
    return _sigmoid(p / q)


@best_detective.mistake("σ of p alone: σ takes a logit, which is log p − log q.")
def sigmoid_of_p(p, q):
    return _sigmoid(p)


@best_detective.mistake(
    "A difference of densities may be negative; a chance is a share of both."
)
def difference(p, q):
    return p - q


@best_detective.mistake(
    "How far apart p and q are, as a share of both, from −1 to 1; D is p itself as a "
    "share of both."
)
def difference_as_share(p, q):
    return (p - q) / (p + q)


@best_detective.mistake("This is the sum; divide p by it.")
def the_sum(p, q):
    return p + q


@best_detective.mistake(
    "This is the mixture of both, (p + q) / 2; which part of it is real?"
)
def mixture(p, q):
    return (p + q) / 2


@best_detective.mistake("One sum for the whole grid; each place has its own p + q.")
def over_the_whole_sum(p, q):
    return p / (p + q).sum()


@best_detective.mistake(
    "One number for the whole grid, p.sum() over all; each place has its own chance."
)
def share_of_all(p, q):
    return p.sum() / (p + q).sum()


@best_detective.mistake(
    "p was divided by its own sum over the grid; q belongs below the line, place by "
    "place."
)
def p_by_its_sum(p, q):
    return p / p.sum()


@best_detective.mistake(
    "p and q were made to sum to 1 first; they are densities already, and their sizes "
    "count as they come."
)
def made_to_sum_to_one(p, q):
    return p / p.sum() / (p / p.sum() + q / q.sum())


@best_detective.mistake("Upside down: it is p over the sum.")
def upside_down(p, q):
    return (p + q) / p


@best_detective.mistake("p is missing above the line.")
def one_over_the_sum(p, q):
    return 1 / (p + q)


@best_detective.mistake("1 + q below the line; it is p + q.")
def one_plus_q(p, q):
    return p / (1 + q)


@best_detective.mistake("1 + p below the line; it is p + q.")
def one_plus_p(p, q):
    return p / (1 + p)


@best_detective.mistake("The densities were squared; they count as they come.")
def squares(p, q):
    return p**2 / (p**2 + q**2)


@best_detective.mistake("Roots were taken; the densities count as they come.")
def roots(p, q):
    return np.sqrt(p) / (np.sqrt(p) + np.sqrt(q))


@best_detective.mistake(
    "The larger of the two over the sum is how often a verdict is right; D is the "
    "share of p."
)
def larger_share(p, q):
    return np.maximum(p, q) / (p + q)


@best_detective.mistake(
    "The smaller of the two over the sum is how often a verdict is wrong; D is the "
    "share of p."
)
def smaller_share(p, q):
    return np.minimum(p, q) / (p + q)


@best_detective.mistake("Divided by the larger of the two; divide by both together.")
def over_the_larger(p, q):
    return p / np.maximum(p, q)


@best_detective.mistake(
    "One number for the whole grid, the mean; each place has its own chance."
)
def mean(p, q):
    return (p / (p + q)).mean()


@best_detective.mistake(
    "One number for the whole grid, the sum; each place has its own chance."
)
def summed(p, q):
    return (p / (p + q)).sum()


@best_detective.mistake(
    "Logarithms were divided by their sum; it is the densities that are shared out."
)
def shares_of_logs(p, q):
    return np.log(p) / (np.log(p) + np.log(q))


@best_detective.mistake(
    "exp of the densities: they are no energies, and count as they come. (p is to q, "
    "not e^p to e^q.)"
)
def of_exponentials(p, q):
    return np.exp(p) / np.exp(p + q)


@best_detective.mistake(
    "This is V at each place, of the best detective; D itself is asked for."
)
def value(p, q):
    return p * np.log(p / (p + q)) + q * np.log(q / (p + q))


@best_detective.mistake(
    "This is the slope of p log D + q log(1 − D) at D = ½; D is sought where the slope "
    "is zero."
)
def slope_at_half(p, q):
    return 2 * p - 2 * q


@best_detective.mistake(
    "½ everywhere is where it ends, once the forger is perfect; here p and q differ."
)
def half_everywhere(p, q):
    return np.full(len(p), 0.5)


@best_detective.mistake("The product over the sum; above the line stands p alone.")
def product_above(p, q):
    return p * q / (p + q)


@best_detective.mistake("Multiplied; D is p divided by p + q.")
def product(p, q):
    return p * q


@best_detective.mistake("Multiplied with the sum; divide by it.")
def times_the_sum(p, q):
    return p * (p + q)


@best_detective.mistake("Divided by p − q; it is the sum.")
def over_the_difference(p, q):
    return p / (p - q)


@best_detective.mistake("Divided by the size of the difference; it is the sum.")
def over_the_distance(p, q):
    return p / np.abs(p - q)


@best_detective.mistake("Divided by the square of the sum: once is enough.")
def over_the_square(p, q):
    return p / (p + q) ** 2


@best_detective.mistake("Squared above the line; p stands there once.")
def squared_above(p, q):
    return p**2 / (p + q)


@best_detective.mistake("Divided by the root of p² + q², a length; it is the sum.")
def over_the_length(p, q):
    return p / np.sqrt(p**2 + q**2)


@best_detective.mistake("The sign: D is +p / (p + q).")
def minus(p, q):
    return -p / (p + q)


@best_detective.mistake(
    "Added up from the left; a place is judged by its own densities."
)
def added_up(p, q):
    return np.cumsum(p) / np.cumsum(p + q)


@best_detective.mistake(
    "Every p was paired with every q, (S, S); place by place, it is p + q."
)
def every_pair(p, q):
    return p[:, None] / (p[:, None] + q)


@best_detective.mistake(
    "1 − p: what was forged has the density q; D is p as a share of p + q."
)
def one_minus_p(p, q):
    return 1 - p


@best_detective.mistake(
    "1 − q: a density is no chance, and may be larger than 1; D is p as a share of p + "
    "q."
)
def one_minus_q(p, q):
    return 1 - q


@best_detective.mistake("This is the loss, −log D; D itself is asked for.")
def loss_real(p, q):
    return -np.log(p / (p + q))


@best_detective.mistake("This is log(1 − D); D itself is asked for.")
def log_of_the_rest(p, q):
    return np.log(q / (p + q))


@best_detective.mistake(
    "@ multiplies and sums over the grid; place by place, it is p + q."
)
def dot_product(p, q):
    return p / (p @ q)


@best_detective.mistake("This is D (1 − D), how steep σ is there; D is asked for.")
def steepness(p, q):
    return p * q / (p + q) ** 2


@best_detective.mistake(
    "Divided by the sum of q over the grid; divide by p + q, place by place."
)
def over_sum_of_q(p, q):
    return p / q.sum()


@best_detective.mistake(
    "This is the forged density; real over both is asked for, p / (p + q)."
)
def forged_alone(p, q):
    return q


@best_detective.mistake(
    "Divided by 1 − q: a density is no chance that could be taken from 1; divide by p "
    "+ q."
)
def over_one_minus_q(p, q):
    return p / (1 - q)


@best_detective.mistake(
    "p / (p + 1 − q): what is forged there has the density q, and not 1 − q."
)
def one_minus_q_below(p, q):
    return p / (p + (1 - q))


@best_detective.mistake(
    "½ is where it ends, once the forger is perfect; here each place has its own "
    "chance."
)
def half(p, q):
    return 0.5


@best_detective.mistake("Upside down, and the forged density below: it is p / (p + q).")
def sum_over_q(p, q):
    return (p + q) / q


@best_detective.mistake(
    "p cancels in p / (p q); the densities are added below the line."
)
def over_the_product(p, q):
    return p / (p * q)


@best_detective.mistake(
    "p / q is right on the way, but D is 1 / (1 + q / p), and not 1 minus or plus a "
    "ratio."
)
def one_minus_the_ratio(p, q):
    return 1 - p / q


@best_detective.mistake("Brackets: this is p / q, plus p; write p / (p + q).")
def ratio_plus_p(p, q):
    return p / q + p


@best_detective.mistake("Brackets: only q is divided; D is p / (p + q).")
def only_q_divided(p, q):
    return p - q / (p + q)


@best_detective.mistake("Divided by q − p; it is the sum.")
def over_the_difference_turned(p, q):
    return p / (q - p)


@best_detective.mistake("Divided by q once more: p / (p + q) is all.")
def by_q_once_more(p, q):
    return p / q / (p + q)


@best_detective.mistake(
    "p stands twice below the line; p + q is all the pictures from there."
)
def p_twice_below(p, q):
    return p / (2 * p + q)


@best_detective.mistake(
    "The size of the difference tells how far apart they are, and not which is real: p "
    "/ (p + q)."
)
def distance(p, q):
    return np.abs(p - q)


@best_detective.mistake(
    "This is log p; how p compares with q makes the chance: p / (p + q)."
)
def log_p(p, q):
    return np.log(p)


@best_detective.mistake(
    "This is −log p; how p compares with q makes the chance: p / (p + q)."
)
def minus_log_p(p, q):
    return -np.log(p)


@best_detective.mistake(
    "p as a part of its largest value; it is compared with q, place by place."
)
def p_by_its_max(p, q):
    return p / p.max()


@best_detective.mistake(
    "V takes log D of a chance, not of a density; the D that makes it largest is p / "
    "(p + q)."
)
def logs_of_densities(p, q):
    return np.log(p) + np.log(1 - q)


@best_detective.mistake(
    "V with p for D and q for 1 − D; the D that makes V largest is p / (p + q)."
)
def value_with_densities(p, q):
    return p * np.log(p) + q * np.log(1 - q)


@best_detective.mistake("½ was taken from it; D goes from 0 to 1.")
def half_taken_away(p, q):
    return p / (p + q) - 0.5


# -- forger_slopes(a) ------------------------------------------------------------------

forger_slopes = Question(
    "forger_slopes",
    [
        (A([0.0, -4.6, 2.0]),),
        (A([-1.5, 0.5, 3.0, -0.2]),),
        (A([-7.0, 1.2]),),
    ],
    [
        "σ has the slope σ′ = σ (1 − σ) by a; with it go through log.",
        "log(1 − σ): the slope of the logarithm is 1 / (1 − σ), that of 1 − σ is −σ "
        "(1 − σ). What cancels?",
        "At a = −4.6 the detective is sure, σ(a) = 0.01. The first slope has the size "
        "0.01 there, the second 0.99; both are negative, for a larger logit is what "
        "the forger wants.",
    ],
)


@forger_slopes.right
def from_exponentials(a):
    return -np.exp(a) / (1 + np.exp(a)), -1 / (1 + np.exp(a))


@forger_slopes.right
def by_the_chain(a):
    d = _sigmoid(a)
    return -1 / (1 - d) * d * (1 - d), -1 / d * d * (1 - d)


@forger_slopes.right
def one_logit_after_the_other(a):
    return A([[-_sigmoid(x) for x in a], [-_sigmoid(-x) for x in a]])


@forger_slopes.mistake(
    "These are slopes by D, −1 / (1 − D) and −1 / D; by the logit each is multiplied "
    "with D (1 − D), the slope of σ."
)
def by_d(a):
    d = _sigmoid(a)
    return -1 / (1 - d), -1 / d


@forger_slopes.mistake(
    "The other way round: log(1 − σ(a)) comes first, −log σ(a) second."
)
def order(a):
    d = _sigmoid(a)
    return d - 1, -d


@forger_slopes.mistake(
    "The sign of the second: −log σ(a) falls when a grows, so that its slope is d − 1."
)
def sign_of_second(a):
    d = _sigmoid(a)
    return -d, 1 - d


@forger_slopes.mistake(
    "The sign of the first: log(1 − σ(a)) falls when a grows. (These are slopes of the "
    "*detective's* loss for a forged and for a real picture.)"
)
def sign_of_first(a):
    d = _sigmoid(a)
    return d, d - 1


@forger_slopes.mistake(
    "Both signs: either loss falls when a grows. (Minus the slope is the way down.)"
)
def both_signs(a):
    d = _sigmoid(a)
    return d, 1 - d


@forger_slopes.mistake(
    "Both are the slope of the saturating loss; that of −log σ(a) is d − 1."
)
def twice_the_first(a):
    d = _sigmoid(a)
    return -d, -d


@forger_slopes.mistake(
    "Both are the slope of −log σ(a); that of the saturating loss is −d."
)
def twice_the_second(a):
    d = _sigmoid(a)
    return d - 1, d - 1


@forger_slopes.mistake(
    "These are the losses themselves; their slopes by a are asked for."
)
def losses(a):
    d = _sigmoid(a)
    return np.log(1 - d), -np.log(d)


@forger_slopes.mistake(
    "Slopes by D, and without their signs; both are negative, and by the logit D (1 − "
    "D) comes to each."
)
def by_d_without_signs(a):
    d = _sigmoid(a)
    return 1 / (1 - d), 1 / d


@forger_slopes.mistake(
    "Slopes by D, the second with a plus; −1 / (1 − D) and −1 / D, and by the logit D "
    "(1 − D) comes to each."
)
def by_d_second_sign(a):
    d = _sigmoid(a)
    return -1 / (1 - d), 1 / d


@forger_slopes.mistake(
    "Slopes by D, the first with a plus, for 1 − D has the slope −1; and by the logit "
    "D (1 − D) comes to each."
)
def by_d_first_sign(a):
    d = _sigmoid(a)
    return 1 / (1 - d), -1 / d


@forger_slopes.mistake(
    "The first is a slope by D; by the logit it is multiplied with D (1 − D)."
)
def first_by_d(a):
    d = _sigmoid(a)
    return -1 / (1 - d), d - 1


@forger_slopes.mistake(
    "The first is a slope by D, and its sign is turned; by the logit it is multiplied "
    "with D (1 − D), and is negative."
)
def first_by_d_sign(a):
    d = _sigmoid(a)
    return 1 / (1 - d), d - 1


@forger_slopes.mistake(
    "The second is a slope by D; by the logit it is multiplied with D (1 − D)."
)
def second_by_d(a):
    d = _sigmoid(a)
    return -d, -1 / d


@forger_slopes.mistake(
    "The second is a slope by D, and its sign is turned: it is −1 / D, times D (1 − D)."
)
def second_by_d_sign(a):
    d = _sigmoid(a)
    return -d, 1 / d


@forger_slopes.mistake(
    "Slopes by D, and in the other order; log(1 − σ(a)) comes first, and D (1 − D) "
    "comes to each."
)
def by_d_order(a):
    d = _sigmoid(a)
    return -1 / d, -1 / (1 - d)


@forger_slopes.mistake(
    "The logarithms are forgotten: these are slopes of 1 − σ and of −σ, both −σ (1 − "
    "σ)."
)
def without_logs(a):
    d = _sigmoid(a)
    return -d * (1 - d), -d * (1 - d)


@forger_slopes.mistake(
    "The logarithms are forgotten, and the sign of the second: these are slopes of 1 − "
    "σ and of σ."
)
def without_logs_and_sign(a):
    d = _sigmoid(a)
    return -d * (1 - d), d * (1 - d)


@forger_slopes.mistake(
    "This is the slope of σ, twice: the logarithms, and the signs, are missing."
)
def slope_of_sigmoid(a):
    d = _sigmoid(a)
    return d * (1 - d), d * (1 - d)


@forger_slopes.mistake("The logarithms are forgotten, and both signs are turned.")
def without_logs_turned(a):
    d = _sigmoid(a)
    return d * (1 - d), -d * (1 - d)


@forger_slopes.mistake(
    "The logarithm of the first is forgotten: divided by 1 − d, −d (1 − d) becomes −d."
)
def first_without_log(a):
    d = _sigmoid(a)
    return -d * (1 - d), d - 1


@forger_slopes.mistake(
    "The logarithm of the second is forgotten: divided by d, −d (1 − d) becomes d − 1."
)
def second_without_log(a):
    d = _sigmoid(a)
    return -d, -d * (1 - d)


@forger_slopes.mistake(
    "The logarithm of the second is forgotten, and its sign: divided by d, −d (1 − d) "
    "becomes d − 1."
)
def second_without_log_sign(a):
    d = _sigmoid(a)
    return -d, d * (1 - d)


@forger_slopes.mistake(
    "The other way round, and the signs: log(1 − σ(a)) comes first, and both slopes "
    "are negative. (Or it is the chances 1 − D and D, without a slope.)"
)
def order_and_signs(a):
    d = _sigmoid(a)
    return 1 - d, d


@forger_slopes.mistake("The other way round, and a sign: both are negative, −d first.")
def order_and_sign_of_first(a):
    d = _sigmoid(a)
    return 1 - d, -d


@forger_slopes.mistake(
    "The detective's slopes, those of −log σ(a) and −log(1 − σ(a)): the forger's first "
    "loss is log(1 − σ(a)), with a plus."
)
def the_detectives(a):
    d = _sigmoid(a)
    return d - 1, d


@forger_slopes.mistake("A σ is missing: d is the chance, a the logit.")
def logits(a):
    return -a, a - 1


@forger_slopes.mistake(
    "The mean is taken over the forgeries, each slope divided by N; each logit's own "
    "loss is meant here."
)
def divided_by_n(a):
    d = _sigmoid(a)
    return -d / len(a), (d - 1) / len(a)


@forger_slopes.mistake(
    "One number each, the mean; each of the N logits has its slopes."
)
def means(a):
    d = _sigmoid(a)
    return -d.mean(), (d - 1).mean()


@forger_slopes.mistake("One number each, the sum; each of the N logits has its slopes.")
def sums(a):
    d = _sigmoid(a)
    return -d.sum(), (d - 1).sum()


@forger_slopes.mistake(
    "The slope of σ is d (1 − d), and not d alone: then 1 / (1 − d) cancels."
)
def half_a_chain(a):
    d = _sigmoid(a)
    return -d / (1 - d), d - 1


@forger_slopes.mistake(
    "The slope of σ is d (1 − d), and not d alone; with all of it −d and d − 1 are "
    "left."
)
def half_a_chain_twice(a):
    d = _sigmoid(a)
    return -d / (1 - d), -np.ones(len(a))


@forger_slopes.mistake(
    "The slope of σ is d (1 − d), and not 1 − d alone; with all of it −d and d − 1 are "
    "left."
)
def other_half_of_the_chain(a):
    d = _sigmoid(a)
    return -np.ones(len(a)), -(1 - d) / d


@forger_slopes.mistake(
    "d / (1 − d) and (1 − d) / d: one factor was cancelled too few, −d and d − 1 are "
    "left."
)
def odds(a):
    d = _sigmoid(a)
    return -d / (1 - d), -(1 - d) / d


@forger_slopes.mistake("Only the first; both slopes are to be returned, −d and d − 1.")
def first_alone(a):
    d = _sigmoid(a)
    return -d


@forger_slopes.mistake("Only the second; both slopes are to be returned, −d and d − 1.")
def second_alone(a):
    d = _sigmoid(a)
    return d - 1


@forger_slopes.mistake(
    "Two numbers for each logit; it is one array for each loss: first all −d, then all "
    "d − 1."
)
def in_columns(a):
    d = _sigmoid(a)
    return np.stack([-d, d - 1], axis=1)


@forger_slopes.mistake("The sum of the two; return them as two arrays.")
def both_added(a):
    d = _sigmoid(a)
    return -d + d - 1


@forger_slopes.mistake("The difference of the two; return them as two arrays.")
def both_subtracted(a):
    d = _sigmoid(a)
    return -d - (d - 1)


@forger_slopes.mistake("Squares: −1 / (1 − d) times d (1 − d) leaves −d, once.")
def squared_slopes(a):
    d = _sigmoid(a)
    return -(d**2), -((1 - d) ** 2)


@forger_slopes.mistake(
    "Squares, with a plus: −1 / (1 − d) times d (1 − d) leaves −d, once, and the "
    "slopes are negative."
)
def squares_plus(a):
    d = _sigmoid(a)
    return d**2, (1 - d) ** 2


@forger_slopes.mistake("Logarithms of the slopes; the slopes are −d and d − 1.")
def logs_of_sizes(a):
    d = _sigmoid(a)
    return np.log(d), np.log(1 - d)


@forger_slopes.mistake("Minus the losses; their slopes by a are asked for.")
def minus_the_losses(a):
    d = _sigmoid(a)
    return -np.log(1 - d), np.log(d)


@forger_slopes.mistake(
    "The losses, in the other order; their slopes by a are asked for."
)
def losses_order(a):
    d = _sigmoid(a)
    return -np.log(d), np.log(1 - d)


@forger_slopes.mistake(
    "−log of both chances, the detective's losses; the forger's slopes by a are asked "
    "for."
)
def both_log_losses(a):
    d = _sigmoid(a)
    return -np.log(1 - d), -np.log(d)


@forger_slopes.mistake(
    "A verdict, 0 or 1; where both densities live nobody can be that sure: p / (p + q)."
)
def verdict_for_chance(a):
    return -(a > 0).astype(float), (a > 0) - 1.0


@forger_slopes.mistake("σ was taken once more; d is σ(a) already.")
def sigmoid_twice(a):
    d = _sigmoid(a)
    return -_sigmoid(d), _sigmoid(d) - 1


@forger_slopes.mistake(
    "The second lacks its −1: −log σ(a) has the slope d − 1, which is −1 where the "
    "detective is sure."
)
def second_lacks_one(a):
    d = _sigmoid(a)
    return -d, d


@forger_slopes.mistake(
    "The second is −1 everywhere; it is d − 1, which goes to 0 once a picture is taken "
    "for real."
)
def always_minus_one(a):
    d = _sigmoid(a)
    return -d, -np.ones(len(a))


@forger_slopes.mistake(
    "The first is the slope of log σ(a), 1 − d; that of log(1 − σ(a)) is −d."
)
def second_minus_d(a):
    d = _sigmoid(a)
    return 1 - d, d - 1


@forger_slopes.mistake(
    "Both are the slope of log σ(a), 1 − d; the losses are log(1 − σ(a)) and −log σ(a)."
)
def one_minus_d_twice(a):
    d = _sigmoid(a)
    return 1 - d, 1 - d


@forger_slopes.mistake(
    "Both are the slope of −log(1 − σ(a)), d; the losses are log(1 − σ(a)) and −log "
    "σ(a)."
)
def d_twice(a):
    d = _sigmoid(a)
    return d, d


@forger_slopes.mistake("Slopes of tanh, 1 − d²; σ has d (1 − d).")
def of_tanh(a):
    d = _sigmoid(a)
    return -(1 + d), -(1 - d**2) / d


@forger_slopes.mistake(
    "Odds, and the signs turned: one factor was cancelled too few, −d and d − 1 are "
    "left."
)
def odds_plus(a):
    d = _sigmoid(a)
    return d / (1 - d), (1 - d) / d


@forger_slopes.mistake(
    "Slopes by D, and with the logit a for the chance d; by the logit they are −d and "
    "d − 1."
)
def by_d_of_logits(a):
    return -1 / (1 - a), -1 / a


@forger_slopes.mistake(
    "Slopes by D without their signs, and with the logit a for the chance d; by the "
    "logit they are −d and d − 1."
)
def by_d_of_logits_plus(a):
    return 1 / (1 - a), 1 / a


@forger_slopes.mistake(
    "d is the chance itself; two slopes are asked for, −d and d − 1."
)
def chance_alone(a):
    d = _sigmoid(a)
    return d


@forger_slopes.mistake("1 − d alone; two slopes are asked for, −d and d − 1.")
def rest_alone(a):
    d = _sigmoid(a)
    return 1 - d


@forger_slopes.mistake(
    "This is the slope of σ; with log it gives two slopes, −d and d − 1."
)
def sigmoid_slope_alone(a):
    d = _sigmoid(a)
    return d * (1 - d)


@forger_slopes.mistake(
    "log(1 − d) and log d: their slopes by a are asked for, the second with a minus."
)
def logs(a):
    d = _sigmoid(a)
    return np.log(1 - d), np.log(d)


@forger_slopes.mistake(
    "The first is the slope of σ; that of log(1 − σ) is −σ (1 − σ) / (1 − σ) = −d."
)
def first_slope_of_sigmoid(a):
    d = _sigmoid(a)
    return d * (1 - d), d - 1


@forger_slopes.mistake(
    "d − 1 is −log σ's; that of log(1 − σ) is −d, and comes first, and the signs are "
    "both minus."
)
def second_twice_turned(a):
    d = _sigmoid(a)
    return d - 1, 1 - d


@forger_slopes.mistake(
    "The second is squared: −1 / d times d (1 − d) is −(1 − d), once."
)
def second_squared(a):
    d = _sigmoid(a)
    return -d, -((1 - d) ** 2)


@forger_slopes.mistake(
    "The first is squared, and the second has a factor d too many: 1 / (1 − d) and 1 / "
    "d cancel one each."
)
def chain_not_cancelled(a):
    d = _sigmoid(a)
    return -(d**2), -d * (1 - d)


@forger_slopes.mistake(
    "The chain with the losses in place of their slopes: log has the slope one over "
    "what it is taken of."
)
def losses_in_the_chain(a):
    d = _sigmoid(a)
    return np.log(1 - d) * d * (1 - d), -np.log(d) * d * (1 - d)


@forger_slopes.mistake(
    "The slope of the second is −1 only where the detective is sure; it is d − 1."
)
def number_minus_one(a):
    d = _sigmoid(a)
    return -d, -1.0


@forger_slopes.mistake(
    "Where the detective is sure, 0 and −1; in between it is −d and d − 1."
)
def limits(a):
    return 0 * a, 0 * a - 1


@forger_slopes.mistake(
    "Differences from one forgery to the next; each has a slope by its own logit."
)
def differences(a):
    d = _sigmoid(a)
    return np.gradient(np.log(1 - d)), np.gradient(-np.log(d))


# -- together(a, b, rate) --------------------------------------------------------------

together = Question(
    "together",
    [
        (1.0, 0.5, 0.1),
        (-0.4, 1.2, 0.5),
        (2.0, -1.5, 0.25),
    ],
    [
        "V = a b: its slope by a is b, its slope by b is a.",
        "a is the forger's, and goes down; b is the detective's, and goes up.",
        "Both step from where both stand: the new a is not used for b. Return both in "
        "one line.",
    ],
)


@together.right
def as_a_matrix(a, b, rate):
    step = A([[1, -rate], [rate, 1]])
    return tuple(step @ A([a, b]))


@together.right
def as_a_complex_number(a, b, rate):
    z = (a + 1j * b) * (1 + 1j * rate)
    return z.real, z.imag


@together.right
def with_old_values_kept(a, b, rate):
    old = a
    a = a - rate * b
    return a, b + rate * old


@together.mistake(
    "b steps with the new a here, one after the other; together, both see the values "
    "from before the step."
)
def alternating(a, b, rate):
    a = a - rate * b
    return a, b + rate * a


@together.mistake(
    "a steps with the new b here, one after the other; together, both see the values "
    "from before the step."
)
def alternating_b_first(a, b, rate):
    b = b + rate * a
    return a - rate * b, b


@together.mistake(
    "Both go down: b is the detective's, who wants V to be large, and goes up."
)
def both_down(a, b, rate):
    return a - rate * b, b - rate * a


@together.mistake(
    "Both go up: a is the forger's, who wants V to be small, and goes down."
)
def both_up(a, b, rate):
    return a + rate * b, b + rate * a


@together.mistake("Down and up are exchanged: a goes down, b goes up.")
def signs_exchanged(a, b, rate):
    return a + rate * b, b - rate * a


@together.mistake("The rate is forgotten: these are whole slopes.")
def without_rate(a, b, rate):
    return a - b, b + a


@together.mistake(
    "Each takes its own value for its slope; the slope of a b by a is b, and by b it "
    "is a."
)
def own_values(a, b, rate):
    return a - rate * a, b + rate * b


@together.mistake("V itself, a b, for both slopes; by a the slope is b, by b it is a.")
def value_for_slope(a, b, rate):
    return a - rate * a * b, b + rate * a * b


@together.mistake("These are the steps alone; add them to a and b.")
def steps_alone(a, b, rate):
    return -rate * b, rate * a


@together.mistake(
    "These are the slopes of V, b and a; step with them, down for a and up for b."
)
def slopes_alone(a, b, rate):
    return b, a


@together.mistake(
    "These are directions, −b and a; times the rate, they are added to a and b."
)
def directions_alone(a, b, rate):
    return -b, a


@together.mistake("The other way round: the new a comes first, then the new b.")
def order_of_both(a, b, rate):
    return b + rate * a, a - rate * b


@together.mistake("b stays; it takes its step, too: b + rate a.")
def b_stays(a, b, rate):
    return a - rate * b, b


@together.mistake("a stays; it takes its step, too: a − rate b.")
def a_stays(a, b, rate):
    return a, b + rate * a


@together.mistake("Only the new a; return both.")
def a_alone(a, b, rate):
    return a - rate * b


@together.mistake("Only the new b; return both.")
def b_alone(a, b, rate):
    return b + rate * a


@together.mistake("The slope was divided by the rate; multiply.")
def divided_by_rate(a, b, rate):
    return a - b / rate, b + a / rate


@together.mistake(
    "The rate alone is taken off and added; it is multiplied with the slope."
)
def rate_alone(a, b, rate):
    return a - rate, b + rate


@together.mistake(
    "Brackets: the slope alone is multiplied with the rate, a − rate · b."
)
def step_in_brackets(a, b, rate):
    return (a - rate) * b, (b + rate) * a


@together.mistake("Brackets: rate · (a − b) multiplies a and b themselves, too.")
def rate_times_all(a, b, rate):
    return rate * (a - b), rate * (b + a)


@together.mistake("a is right; b takes its own value for its slope, which is a.")
def own_for_b(a, b, rate):
    return a - rate * b, b + rate * b


@together.mistake("b is right; a takes its own value for its slope, which is b.")
def own_for_a(a, b, rate):
    return a - rate * a, b + rate * a


@together.mistake("a is right; the step of b starts from a.")
def b_from_a(a, b, rate):
    return a - rate * b, a + rate * b


@together.mistake("Each starts from the other: a − rate b, b + rate a.")
def starts_exchanged(a, b, rate):
    return b - rate * a, a + rate * b


@together.mistake("b itself is missing, its step stands alone: b + rate a.")
def b_from_rate(a, b, rate):
    return a - rate * b, rate * a


@together.mistake(
    "Both see the *other's new* value here, the extragradient step; together, both see "
    "the old ones."
)
def look_ahead(a, b, rate):
    return a - rate * (b + rate * a), b + rate * (a - rate * b)


@together.mistake(
    "One after the other, and both go down; together both see the old values, and b "
    "goes up."
)
def alternating_both_down(a, b, rate):
    a = a - rate * b
    return a, b - rate * a


@together.mistake(
    "One after the other, and both go up; together both see the old values, and a goes "
    "down."
)
def alternating_both_up(a, b, rate):
    a = a + rate * b
    return a, b + rate * a


@together.mistake(
    "One after the other, and the signs are exchanged; together both see the old "
    "values, a goes down and b up."
)
def alternating_exchanged(a, b, rate):
    a = a + rate * b
    return a, b - rate * a


@together.mistake(
    "One after the other, and without the rate; together both see the old values, and "
    "the slopes are multiplied with it."
)
def alternating_without_rate(a, b, rate):
    a = a - b
    return a, b + a


@together.mistake("Both go down, and the rate is forgotten; b goes up.")
def both_down_without_rate(a, b, rate):
    return a - b, b - a


@together.mistake("Both go up, and the rate is forgotten; a goes down.")
def both_up_without_rate(a, b, rate):
    return a + b, b + a


@together.mistake(
    "The signs are exchanged and the rate is forgotten: a goes down, b up, by rate "
    "times the slope."
)
def exchanged_without_rate(a, b, rate):
    return a + b, b - a


@together.mistake(
    "A turn by the angle rate keeps the radius; a step goes straight on along the "
    "slopes, and so outwards."
)
def turned(a, b, rate):
    return a * np.cos(rate) - b * np.sin(rate), b * np.cos(rate) + a * np.sin(rate)


@together.mistake(
    "The step was brought back to the circle; nobody does that: a step goes straight "
    "on."
)
def back_on_the_circle(a, b, rate):
    r = np.sqrt(1 + rate**2)
    return (a - rate * b) / r, (b + rate * a) / r


@together.mistake(
    "This is the implicit step, with the slopes where it ends; they are taken where it "
    "starts."
)
def implicit(a, b, rate):
    r = 1 + rate**2
    return (a - rate * b) / r, (b + rate * a) / r


@together.mistake("Twice the rate: the slope of a b by a is b, not 2 b.")
def twice_the_rate(a, b, rate):
    return a - 2 * rate * b, b + 2 * rate * a


@together.mistake(
    "Half of the rate: the slope of a b by a is b, and there is no ½ in V."
)
def half_the_rate(a, b, rate):
    return a - rate * b / 2, b + rate * a / 2


@together.mistake("The rate was squared; it is multiplied once.")
def rate_squared(a, b, rate):
    return a - rate**2 * b, b + rate**2 * a


@together.mistake("Multiplied with the step where it is to be taken off, or added.")
def product_for_sum(a, b, rate):
    return a * rate * b, b * rate * a


@together.mistake("The product of the two new values; return them both.")
def product_of_both(a, b, rate):
    return (a - rate * b) * (b + rate * a)


@together.mistake("Nobody moved: a − rate b, b + rate a.")
def nobody_moves(a, b, rate):
    return a, b


@together.mistake(
    "Both signs are turned: these are minus the new a and minus the new b."
)
def all_signs(a, b, rate):
    return -(a - rate * b), -(b + rate * a)


@together.mistake("The slopes were squared; by a it is b, by b it is a.")
def slopes_squared(a, b, rate):
    return a - rate * b**2, b + rate * a**2


@together.mistake(
    "Both slopes were added; each player goes by its own, b for a and a for b."
)
def slopes_added(a, b, rate):
    return a - rate * (a + b), b + rate * (a + b)


@together.mistake("Only the signs of the slopes are used; their sizes count, too.")
def signs_alone(a, b, rate):
    return a - rate * np.sign(b), b + rate * np.sign(a)


@together.mistake("A weighted mean of the two; a stays whole: a − rate b, b + rate a.")
def weighted_means(a, b, rate):
    return (1 - rate) * a + rate * b, (1 - rate) * b + rate * a


@together.mistake(
    "The rate multiplies a and b themselves, and the slopes are whole; it is the slope "
    "that is multiplied with it."
)
def rate_on_values(a, b, rate):
    return rate * a - b, rate * b + a


@together.mistake("a and its step have each other's sign: a − rate b.")
def a_turned(a, b, rate):
    return rate * b - a, b + rate * a


@together.mistake(
    "The steps alone, and a's with a plus; a goes down, and they are added to a and b."
)
def steps_plus(a, b, rate):
    return rate * b, rate * a


@together.mistake(
    "The steps alone, by their own values; the slope for a is b, and they are added to "
    "a and b."
)
def own_steps(a, b, rate):
    return rate * a, rate * b


@together.mistake("V itself; both values after the step are asked for.")
def value_alone(a, b, rate):
    return a * b


@together.mistake("The sum of the new values; return them both.")
def sum_of_both(a, b, rate):
    return a - rate * b + b + rate * a


@together.mistake(
    "Both shrink by their own values: the slope of a b by a is b, by b it is a, and b "
    "goes up."
)
def own_values_down(a, b, rate):
    return a - rate * a, b - rate * b


@together.mistake(
    "Both grow by their own values: the slope of a b by a is b, by b it is a, and a "
    "goes down."
)
def own_values_up(a, b, rate):
    return a + rate * a, b + rate * b


@together.mistake(
    "Own values and turned signs: the slope of a b by a is b, by b it is a; a goes "
    "down, b up."
)
def own_values_turned(a, b, rate):
    return a + rate * a, b - rate * b


@together.mistake(
    "V itself for both slopes, and b goes down; by a the slope is b, by b it is a, and "
    "b goes up."
)
def value_both_down(a, b, rate):
    return a - rate * a * b, b - rate * a * b


@together.mistake(
    "V itself for both slopes, and the signs turned: a goes down by rate b, b up by "
    "rate a."
)
def value_turned(a, b, rate):
    return a + rate * a * b, b - rate * a * b


@together.mistake("The rate is forgotten in b's step.")
def b_without_rate(a, b, rate):
    return a - rate * b, b + a


@together.mistake("The rate is forgotten in a's step.")
def a_without_rate(a, b, rate):
    return a - b, b + rate * a


@together.mistake("The other way round, and both go up: a − rate b comes first.")
def order_both_up(a, b, rate):
    return b + rate * a, a + rate * b


@together.mistake("a's sign is turned, and its step is right: a − rate b.")
def minus_a(a, b, rate):
    return -a - rate * b, b + rate * a
