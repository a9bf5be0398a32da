"""What is known of the lines that lesson 16 leaves to the learner."""

import numpy as np

from course_lib.classroom.questions import Question

A = np.array


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


# -- posterior(prior, likelihood) -----------------------------------------------------

posterior = Question(
    "posterior",
    [
        (A([0.6, 0.2, 0.15, 0.05]), A([0.1, 0.9, 0.7, 0.4])),
        (A([0.5, 0.3, 0.2]), A([0.02, 0.3, 0.8])),
        (A([0.4, 0.25, 0.1, 0.05, 0.2]), A([0.3, 0.1, 0.6, 0.95, 0.05])),
    ],
    [
        "How often does state k of the causes come, and then this is seen? Both "
        "chances are needed.",
        "The product of the two is p(h, v), for each state of the causes.",
        "What was seen was seen: divide by the sum over all states, so that the "
        "chances sum to 1.",
    ],
)


def _shares(joint):
    return joint / joint.sum()


@posterior.right
def divided_by_the_product(prior, likelihood):
    return prior * likelihood / (prior @ likelihood)


@posterior.right
def by_logarithms(prior, likelihood):
    x = np.log(prior) + np.log(likelihood)
    return np.exp(x - np.logaddexp.reduce(x))


@posterior.right
def state_by_state(prior, likelihood):
    joint = [p * q for p, q in zip(prior, likelihood, strict=True)]
    return A([one / sum(joint) for one in joint])


@posterior.mistake(
    "These are p(h, v), and their sum is p(v); divide them by it, so that they sum to "
    "1."
)
def joint(prior, likelihood):
    return prior * likelihood


@posterior.mistake(
    "The prior is missing: how likely the causes were before anything was seen is a "
    "factor."
)
def without_prior(prior, likelihood):
    return _shares(likelihood)


@posterior.mistake(
    "This is the likelihood as it came: it is to be multiplied with the prior, then "
    "divided by the sum."
)
def likelihood_alone(prior, likelihood):
    return likelihood


@posterior.mistake(
    "Divided by the sum of the likelihoods; it is the products that are to sum to 1."
)
def over_the_likelihoods(prior, likelihood):
    return prior * likelihood / likelihood.sum()


@posterior.mistake(
    "The prior comes out as it went in, as if nothing had been seen: multiply with the "
    "likelihood."
)
def prior_alone(prior, likelihood):
    return prior


@posterior.mistake(
    "Prior and likelihood were added; the cause comes *and* then this is seen: a "
    "product."
)
def added(prior, likelihood):
    return _shares(prior + likelihood)


@posterior.mistake(
    "Prior and likelihood were added, and not divided by a sum; multiply them."
)
def sums_alone(prior, likelihood):
    return prior + likelihood


@posterior.mistake("The likeliest state has 1 here: divide by the sum, not by the max.")
def largest_is_one(prior, likelihood):
    joint = prior * likelihood
    return joint / joint.max()


@posterior.mistake(
    "All is given to the likeliest state; the others keep their shares of the sum."
)
def best_state_only(prior, likelihood):
    return (np.arange(len(prior)) == np.argmax(prior * likelihood)).astype(float)


@posterior.mistake(
    "This is the number of the likeliest state; the chance of each is asked for."
)
def number_of_the_best(prior, likelihood):
    return int(np.argmax(prior * likelihood))


@posterior.mistake(
    "This is one number, p(v), the sum of all products; divide each product by it."
)
def the_sum_alone(prior, likelihood):
    return prior @ likelihood


@posterior.mistake(
    "Divided by how many states there are; it is by the sum of the products."
)
def divided_by_their_number(prior, likelihood):
    return prior * likelihood / len(prior)


@posterior.mistake("Divided by the mean of the products: the sum makes 1 of them.")
def divided_by_their_mean(prior, likelihood):
    joint = prior * likelihood
    return joint / joint.mean()


@posterior.mistake(
    "The prior is missing above the line, though not below: likelihood / p(v)."
)
def likelihood_over_the_sum(prior, likelihood):
    return likelihood / (prior @ likelihood)


@posterior.mistake(
    "The likelihood is missing above the line, though not below: prior / p(v)."
)
def prior_over_the_sum(prior, likelihood):
    return prior / (prior @ likelihood)


@posterior.mistake("The prior was divided by the likelihood; multiply the two.")
def prior_by_likelihood(prior, likelihood):
    return _shares(prior / likelihood)


@posterior.mistake(
    "The likelihood was divided by the prior, so that rare causes gain; multiply them."
)
def likelihood_by_prior(prior, likelihood):
    return _shares(likelihood / prior)


@posterior.mistake("Divided, and not made to sum to 1: likelihood / prior.")
def plain_ratio(prior, likelihood):
    return likelihood / prior


@posterior.mistake("Divided, and not made to sum to 1: prior / likelihood.")
def plain_ratio_the_other_way(prior, likelihood):
    return prior / likelihood


@posterior.mistake(
    "Each state was weighed against its own opposite; it is one of all states, and all "
    "products share one sum."
)
def each_for_itself(prior, likelihood):
    joint = prior * likelihood
    return joint / (joint + (1 - prior) * (1 - likelihood))


@posterior.mistake(
    "This is for the case that it is *not* seen, 1 − likelihood; it was seen."
)
def not_seen(prior, likelihood):
    return _shares(prior * (1 - likelihood))


@posterior.mistake("1 − prior is the chance that the state does not come; take prior.")
def did_not_come(prior, likelihood):
    return _shares((1 - prior) * likelihood)


@posterior.mistake("1 is taken from each chance; they are right before that.")
def the_other_chance(prior, likelihood):
    return 1 - _shares(prior * likelihood)


@posterior.mistake(
    "exp is for energies; these are chances already: divide them by their sum."
)
def softmax_of_the_products(prior, likelihood):
    return _shares(np.exp(prior * likelihood))


@posterior.mistake("exp of prior + likelihood: multiply the two, without exp.")
def softmax_of_the_sums(prior, likelihood):
    return _shares(np.exp(prior + likelihood))


@posterior.mistake(
    "exp of the likelihood; it is a chance as it comes, and a factor beside the prior."
)
def softmax_of_the_likelihood(prior, likelihood):
    return _shares(prior * np.exp(likelihood))


@posterior.mistake("These are logarithms of the posterior; take exp.")
def logarithms(prior, likelihood):
    return np.log(_shares(prior * likelihood))


@posterior.mistake("These are log p(h, v): take exp, then divide by the sum.")
def logarithms_of_the_joint(prior, likelihood):
    return np.log(prior) + np.log(likelihood)


@posterior.mistake(
    "Logarithms were divided by their sum; it is the products that are to sum to 1."
)
def logarithms_shared(prior, likelihood):
    return _shares(np.log(prior) + np.log(likelihood))


@posterior.mistake("Multiplied with the sum; divide by it.")
def multiplied_with_the_sum(prior, likelihood):
    joint = prior * likelihood
    return joint * joint.sum()


@posterior.mistake("The sum was taken away from each product; divide by it.")
def sum_taken_away(prior, likelihood):
    joint = prior * likelihood
    return joint - joint.sum()


@posterior.mistake("Upside down: sum over product. It is product over sum.")
def upside_down(prior, likelihood):
    return 1 / _shares(prior * likelihood)


@posterior.mistake(
    "Every prior was multiplied with every likelihood, (S, S); * alone takes them "
    "state by state."
)
def outer_product(prior, likelihood):
    return _shares(np.outer(prior, likelihood))


@posterior.mistake(
    "Every prior was multiplied with every likelihood, and they are not divided yet; "
    "state by state it is prior * likelihood."
)
def outer_product_alone(prior, likelihood):
    return np.outer(prior, likelihood)


@posterior.mistake(
    "@ has summed the products, so that the sum was divided by itself; multiply with *."
)
def one(prior, likelihood):
    return 1.0


@posterior.mistake(
    "All states alike: the chances depend on prior * likelihood of each."
)
def all_alike(prior, likelihood):
    return np.full(len(prior), 1 / len(prior))


@posterior.mistake("The length of the products is 1 here; their sum should be.")
def length_one(prior, likelihood):
    joint = prior * likelihood
    return joint / np.linalg.norm(joint)


@posterior.mistake(
    "These are odds, each product against all others; divide by the sum of all."
)
def odds(prior, likelihood):
    joint = prior * likelihood
    return joint / (joint.sum() - joint)


@posterior.mistake("product / (1 − product): divide by the sum of all products.")
def odds_of_the_joint(prior, likelihood):
    joint = prior * likelihood
    return joint / (1 - joint)


@posterior.mistake(
    "Divided by 1 − p(v), the chance that it is not seen; it was seen: by p(v)."
)
def divided_by_the_rest(prior, likelihood):
    joint = prior * likelihood
    return joint / (1 - joint.sum())


@posterior.mistake("Each was divided by those up to it; divide by the sum of all.")
def divided_by_those_before(prior, likelihood):
    joint = prior * likelihood
    return joint / np.cumsum(joint)


@posterior.mistake(
    "These are added up, from the first state on; each has a chance of its own."
)
def added_up(prior, likelihood):
    return np.cumsum(_shares(prior * likelihood))


@posterior.mistake("The prior was used twice; once is enough.")
def prior_twice(prior, likelihood):
    return _shares(prior**2 * likelihood)


@posterior.mistake("The likelihood was used twice, as if it were seen two times.")
def likelihood_twice(prior, likelihood):
    return _shares(prior * likelihood**2)


@posterior.mistake("The products are squared; they come as they are.")
def squared(prior, likelihood):
    return _shares((prior * likelihood) ** 2)


@posterior.mistake("The root of the products; they come as they are.")
def geometric_means(prior, likelihood):
    return _shares(np.sqrt(prior * likelihood))


@posterior.mistake("These are per cent; chances sum to 1.")
def per_cent(prior, likelihood):
    return 100 * _shares(prior * likelihood)


@posterior.mistake(
    "σ makes each a chance of its own; states share one sum: divide by it."
)
def sigmoids(prior, likelihood):
    return _sigmoid(prior * likelihood)


@posterior.mistake(
    "The likelihoods were made to sum to 1 and added to the prior; multiply, then "
    "divide."
)
def average(prior, likelihood):
    return (prior + _shares(likelihood)) / 2


@posterior.mistake("The largest of the chances; that of each state is asked for.")
def the_largest(prior, likelihood):
    return _shares(prior * likelihood).max()


@posterior.mistake("The largest likelihood is 1 here; the sum of products is to be 1.")
def over_the_largest_likelihood(prior, likelihood):
    return prior * likelihood / likelihood.max()


@posterior.mistake(
    "Divided by the sum of priors and likelihoods; it is by that of the products."
)
def over_both_sums(prior, likelihood):
    return prior * likelihood / (prior + likelihood).sum()


@posterior.mistake(
    "Each product was divided by its own prior + likelihood; all are divided by the "
    "one sum of products."
)
def over_their_own_sums(prior, likelihood):
    return prior * likelihood / (prior + likelihood)


@posterior.mistake(
    "How far the chance has moved from the prior; it is asked for itself."
)
def moved(prior, likelihood):
    return _shares(prior * likelihood) - prior


@posterior.mistake("The largest product; the chance of each state is asked for.")
def the_largest_product(prior, likelihood):
    return (prior * likelihood).max()


@posterior.mistake("The mean of the products; divide each of them by their sum.")
def the_mean_alone(prior, likelihood):
    return (prior * likelihood).mean()


@posterior.mistake("Divided by the first product; it is by the sum of all.")
def over_the_first(prior, likelihood):
    joint = prior * likelihood
    return joint / joint[0]


@posterior.mistake("This is the chance of the first state alone; return all of them.")
def the_first_alone(prior, likelihood):
    return _shares(prior * likelihood)[0]


@posterior.mistake("product / (1 + product): divide by the sum of all products.")
def over_one_more(prior, likelihood):
    joint = prior * likelihood
    return joint / (1 + joint)


@posterior.mistake("The root of the products, not divided; divide them by their sum.")
def roots(prior, likelihood):
    return np.sqrt(prior * likelihood)


@posterior.mistake(
    "The logarithm of the likelihood is for sums; multiply the prior with the "
    "likelihood itself."
)
def times_a_logarithm(prior, likelihood):
    return _shares(prior * np.log(likelihood))


@posterior.mistake(
    "Each state was weighed against its own opposite, and then they were divided by "
    "their sum; the products alone are to be."
)
def each_for_itself_and_shared(prior, likelihood):
    return _shares(each_for_itself(prior, likelihood))


@posterior.mistake(
    "likelihood / (1 − likelihood) are odds; the likelihood itself is the factor."
)
def odds_of_the_likelihood(prior, likelihood):
    return _shares(prior * likelihood / (1 - likelihood))


@posterior.mistake("The smaller of the two; the chance that both come is a product.")
def the_smaller(prior, likelihood):
    return _shares(np.minimum(prior, likelihood))


# -- the slope, (h, v, q, W, b) -------------------------------------------------------


def _causes(H):
    """All states of H causes, (2 ** H, H)."""
    return (np.arange(2**H)[:, None] >> np.arange(H)[::-1]) & 1


def _belief(seed, H, V):
    """All states, what is seen, a posterior, weights and biases, for the eye."""
    rng = np.random.default_rng(seed)
    q = np.round(rng.dirichlet(np.ones(2**H)), 2)
    q[0] += 1 - q.sum()
    v = rng.permutation(np.arange(V) % 2)
    W, b = rng.normal(size=(H, V)) * 1.5, rng.normal(size=V)
    return _causes(H), v, np.round(q, 2), np.round(W, 1), np.round(b, 1)


slope = Question(
    "belief_slope",  # "slope" is a gap of lesson 14
    [
        (
            _causes(2),
            A([1, 0, 1]),
            A([0.1, 0.2, 0.4, 0.3]),
            A([[2.0, -1.0, 0.5], [0.5, 1.5, -2.0]]),
            A([-1.0, 0.5, 0.2]),
        ),
        _belief(1, 2, 2),
        _belief(3, 3, 8),
        _belief(2, 2, 4),
    ],
    [
        "h @ W + b has a row for each state of the causes: the gaps of what is seen, "
        "(S, V).",
        "The error in a state is what is seen less what that state expects, v − σ(…).",
        "A weight w_ij learns from h_i times the error of j, over all states, each "
        "counted as much as q says: (H, S) @ (S, V).",
    ],
)


def _learnt(
    h, v, q, W, b, *, gap=lambda h, W, b: h @ W + b, chance=_sigmoid,
    error=lambda v, p: v - p, weight=lambda q, h, p: q, causes=lambda h: h,
):  # fmt: skip
    """The slope with one thing changed."""
    p = chance(gap(h, W, b))
    return (weight(q, h, p)[:, None] * causes(h)).T @ error(v, p)


@slope.right
def state_by_state_(h, v, q, W, b):
    return sum(
        q[s] * np.outer(h[s], v - 1 / (1 + np.exp(-h[s] @ W - b)))
        for s in range(len(h))
    )


@slope.right
def by_einsum(h, v, q, W, b):
    return np.einsum("s,si,sj->ij", q, h, v - _sigmoid(h @ W + b))


@slope.right
def in_two_parts(h, v, q, W, b):
    return np.outer(q @ h, v) - h.T * q @ _sigmoid(h @ W + b)


@slope.mistake(
    "The sign: what is seen comes first, v − σ(…); here the slope leads downhill."
)
def exchanged(h, v, q, W, b):
    return -_learnt(h, v, q, W, b)


@slope.mistake(
    "q is missing: all states of the causes count alike here; each counts as much as "
    "its posterior says."
)
def posterior_forgotten(h, v, q, W, b):
    return h.T @ (v - _sigmoid(h @ W + b))


@slope.mistake(
    "A mean over all states, each alike; its weights are the posterior q, which sums "
    "to 1 as it is."
)
def mean_over_states(h, v, q, W, b):
    return h.T @ (v - _sigmoid(h @ W + b)) / len(h)


@slope.mistake(
    "q weighs the states, and then their number divides, too; q sums to 1 as it is."
)
def divided_by_states(h, v, q, W, b):
    return _learnt(h, v, q, W, b) / len(h)


@slope.mistake("The sign inside of exp: σ(x) = 1 / (1 + exp(−x)).")
def sign_of_the_gap(*given):
    return _learnt(*given, chance=lambda z: _sigmoid(-z))


@slope.mistake("The bias b is missing in what a state expects: h @ W + b.")
def bias_forgotten(*given):
    return _learnt(*given, gap=lambda h, W, b: h @ W)


@slope.mistake(
    "The minus came to h @ W only: it is −(h @ W + b) with brackets, so that b is "
    "added."
)
def bias_subtracted(*given):
    return _learnt(*given, gap=lambda h, W, b: h @ W - b)


@slope.mistake("The minus came to b only; it is for both: −(h @ W + b).")
def sign_of_the_product(*given):
    return _learnt(*given, gap=lambda h, W, b: b - h @ W)


@slope.mistake(
    "The transpose is at the other factor: (q[:, None] * h).T @ error is (H, V), as W."
)
def turned(*given):
    return _learnt(*given).T


@slope.mistake(
    "Only the likeliest state of the causes learns here; all do, as much as q says."
)
def best_state_learns(*given):
    return _learnt(*given, weight=lambda q, h, p: 1.0 * (q == q.max()))


@slope.mistake(
    "Only the likeliest state learns, and no more than its q: all states do, summed."
)
def best_state_by_its_chance(*given):
    return _learnt(*given, weight=lambda q, h, p: q * (q == q.max()))


@slope.mistake(
    "What is expected is missing: a weight learns from the error v − σ(…), not from v."
)
def seen_alone(*given):
    return _learnt(*given, error=lambda v, p: v + 0 * p)


@slope.mistake(
    "v is missing: this is what the causes expect; the error is v − σ(h @ W + b)."
)
def expected_alone(*given):
    return _learnt(*given, error=lambda v, p: p)


@slope.mistake("What is expected, with a minus; v is missing: v − σ(h @ W + b).")
def expected_taken_away(*given):
    return _learnt(*given, error=lambda v, p: -p)


@slope.mistake(
    "The causes are missing: w_ij learns only in the states in which cause i is on."
)
def causes_forgotten(*given):
    return _learnt(*given, causes=np.ones_like)


@slope.mistake(
    "This is the slope of the biases, (V,); for W each state's error is multiplied "
    "with its causes."
)
def slope_of_the_biases(h, v, q, W, b):
    return q @ (v - _sigmoid(h @ W + b))


@slope.mistake(
    "Means came first, of the causes and of the error; multiply in each state, for "
    "they depend on each other."
)
def product_of_means(h, v, q, W, b):
    return np.outer(q @ h, q @ (v - _sigmoid(h @ W + b)))


@slope.mistake(
    "The mean causes were put into σ; the expectation is made in each state, then "
    "weighed by q."
)
def mean_causes(h, v, q, W, b):
    mean = q @ h
    return np.outer(mean, v - _sigmoid(mean @ W + b))


@slope.mistake(
    "σ is missing: h @ W + b are gaps, and what a state expects are chances."
)
def gap_for_chance(*given):
    return _learnt(*given, chance=lambda z: z)


@slope.mistake(
    "p (1 − p) is a factor here; it belongs to the squared error. The slope of log p "
    "has v − p alone."
)
def of_the_squared_error(*given):
    return _learnt(*given, error=lambda v, p: (v - p) * p * (1 - p))


@slope.mistake(
    "Brackets: v − 1 / 1 + exp(…) is v − 1 + exp(…); it is v − 1 / (1 + exp(…))."
)
def without_brackets(*given):
    return _learnt(*given, chance=lambda z: 1 - np.exp(-z))


@slope.mistake("1 + is missing: σ(x) = 1 / (1 + exp(−x)).")
def one_missing(*given):
    return _learnt(*given, chance=np.exp)


@slope.mistake("exp(−x) is not yet σ(x) = 1 / (1 + exp(−x)).")
def exp_of_minus(*given):
    return _learnt(*given, chance=lambda z: np.exp(-z))


@slope.mistake("tanh gives numbers from −1 to 1; a chance is σ(x).")
def tanh_for_chance(*given):
    return _learnt(*given, chance=np.tanh)


@slope.mistake(
    "The bias was added to the chance; it is a part of the gap, inside of exp."
)
def bias_outside(h, v, q, W, b):
    return (q[:, None] * h).T @ (v - _sigmoid(h @ W) - b)


@slope.mistake(
    "The weights are missing in what a state expects: σ(h @ W + b), not σ(b)."
)
def weights_forgotten(*given):
    return _learnt(*given, gap=lambda h, W, b: h @ W * 0 + b)


@slope.mistake("q is squared, or stands at both factors; once is enough.")
def posterior_twice(*given):
    return _learnt(*given, weight=lambda q, h, p: q**2)


@slope.mistake(
    "q went into the gap; σ is taken of h @ W + b as it is, and q weighs what comes of "
    "it."
)
def posterior_in_the_gap(h, v, q, W, b):
    return h.T @ (v - _sigmoid((q[:, None] * h) @ W + b))


@slope.mistake(
    "q went into the gap as well; h @ W + b is without it, q weighs what comes of it."
)
def posterior_in_both(h, v, q, W, b):
    given = q[:, None] * h
    return given.T @ (v - _sigmoid(given @ W + b))


@slope.mistake(
    "q weighs the chances but not v: the whole error v − σ(…) is weighed by q."
)
def posterior_at_the_chances(h, v, q, W, b):
    return h.T @ (v - q[:, None] * _sigmoid(h @ W + b))


@slope.mistake(
    "The causes are turned round: 1 − h learns in the states in which it is off."
)
def causes_off(*given):
    return _learnt(*given, causes=lambda h: 1 - h)


@slope.mistake("The causes are 0 and 1, not −1 and 1.")
def causes_as_spins(*given):
    return _learnt(*given, causes=lambda h: 2 * h - 1)


@slope.mistake(
    "q * σ(…) weighs the states again by what they expect; q is the posterior already."
)
def weighed_again(h, v, q, W, b):
    p = _sigmoid(h @ W + b)
    weight = q * np.prod(np.where(v == 1, p, 1 - p), axis=1)
    return (weight[:, None] * h).T @ (v - p)


@slope.mistake(
    "The likelihood weighs the states here, without the prior; q holds both already."
)
def weighed_by_the_likelihood(h, v, q, W, b):
    p = _sigmoid(h @ W + b)
    weight = np.prod(np.where(v == 1, p, 1 - p), axis=1)
    return (weight[:, None] * h).T @ (v - p)


@slope.mistake("1 − q for q: the likely states count most.")
def the_other_states(*given):
    return _learnt(*given, weight=lambda q, h, p: 1 - q)


@slope.mistake("log q for q: the states count by their chances.")
def logarithms_of_q(*given):
    return _learnt(*given, weight=lambda q, h, p: np.log(q))


@slope.mistake("This is the new W; the slope alone is asked for.")
def new_weights(h, v, q, W, b):
    return W + _learnt(h, v, q, W, b)


@slope.mistake("Summed to one number; each weight has a slope of its own, (H, V).")
def one_number(*given):
    return _learnt(*given).sum()


@slope.mistake(
    "The errors, one row a state, (S, V); multiply with the causes and sum over states."
)
def errors_alone(h, v, q, W, b):
    return v - _sigmoid(h @ W + b)


@slope.mistake("The errors, weighed by q, (S, V); they are still to meet the causes.")
def errors_weighed(h, v, q, W, b):
    return q[:, None] * (v - _sigmoid(h @ W + b))


@slope.mistake("Only the sign of the error is left: a small error is a small step.")
def signs_of_errors(*given):
    return _learnt(*given, error=lambda v, p: np.sign(v - p))


@slope.mistake(
    "The chances were made 0 or 1 before; the error is v − σ(…), a number between."
)
def made_sharp(*given):
    return _learnt(*given, error=lambda v, p: v - (p > 0.5))


@slope.mistake("The error is squared, so that its direction is lost: v − σ(…).")
def squared_error(*given):
    return _learnt(*given, error=lambda v, p: (v - p) ** 2)


@slope.mistake("The size of the error only; its sign says which way.")
def size_of_the_error(*given):
    return _learnt(*given, error=lambda v, p: np.abs(v - p))


@slope.mistake("Twice the slope, as of a squared error; of log p it is once.")
def doubled(*given):
    return 2 * _learnt(*given)


@slope.mistake(
    "Divided by the number of things seen; their errors are not averaged, each has "
    "weights of its own."
)
def divided_by_the_seen(h, v, q, W, b):
    return _learnt(h, v, q, W, b) / len(v)


@slope.mistake("Divided by the number of causes; nothing is to be divided.")
def divided_by_the_causes(h, v, q, W, b):
    return _learnt(h, v, q, W, b) / h.shape[1]


@slope.mistake("The bias was doubled or came in twice: h @ W + b.")
def bias_twice(*given):
    return _learnt(*given, gap=lambda h, W, b: h @ W + 2 * b)


@slope.mistake("W goes from cause to what is seen, (H, V): h @ W, without a transpose.")
def weights_turned(*given):
    return _learnt(*given, gap=lambda h, W, b: h @ W.T + b)


@slope.mistake("v was added to what is expected; it is taken away: v − σ(…).")
def added_(*given):
    return _learnt(*given, error=lambda v, p: v + p)


@slope.mistake(
    "v stands as a factor, so that only what is on learns; what is off has an error, "
    "too: v − σ(…)."
)
def on_only(*given):
    return _learnt(*given, error=lambda v, p: v * (1 - p))


@slope.mistake("σ of the difference v − (h @ W + b); it is v less σ of the gap.")
def chance_of_the_difference(h, v, q, W, b):
    return (q[:, None] * h).T @ _sigmoid(v - (h @ W + b))


@slope.mistake(
    "Brackets, and the sign: 1 + exp(…) is taken away whole; it is 1 / (1 + exp(…))."
)
def one_and_exp(*given):
    return _learnt(*given, chance=lambda z: 1 + np.exp(-z))


@slope.mistake("1 − exp for 1 + exp: σ(x) = 1 / (1 + exp(−x)).")
def one_minus_exp(*given):
    return _learnt(*given, chance=lambda z: 1 / (1 - np.exp(-z)))


@slope.mistake(
    "σ is missing, and b: what a state expects is σ(h @ W + b), a chance for each unit."
)
def gap_without_bias(*given):
    return _learnt(*given, gap=lambda h, W, b: h @ W, chance=lambda z: z)


@slope.mistake(
    "The error is v alone, the same in all states; what each state expects is missing: "
    "v − σ(h @ W + b), (S, V)."
)
def error_is_the_seen(h, v, q, W, b):
    return (q[:, None] * h).T @ v


@slope.mistake(
    "The mean causes q @ h went into σ, so that one row of errors is left; each state "
    "has its own: h @ W + b, (S, V)."
)
def one_row_of_errors(h, v, q, W, b):
    return (q[:, None] * h).T @ (v - _sigmoid(q @ h @ W + b))


@slope.mistake(
    "What is expected was averaged by q first, so that one row of errors is left; each "
    "state keeps its own, (S, V)."
)
def one_mean_expected(h, v, q, W, b):
    return (q[:, None] * h).T @ (v - q @ _sigmoid(h @ W + b))


@slope.mistake("h @ W is missing in σ(b), and with it the states' rows: h @ W + b.")
def biases_expected(h, v, q, W, b):
    return (q[:, None] * h).T @ (v - _sigmoid(b))


@slope.mistake(
    "q weighs the chances in the error and then the error again; v − σ(…) comes "
    "without q."
)
def posterior_at_the_chances_too(h, v, q, W, b):
    return (q[:, None] * h).T @ (v - q[:, None] * _sigmoid(h @ W + b))


@slope.mistake(
    "The errors were averaged over the states, each alike, before they met the causes: "
    "multiply state by state."
)
def mean_error(h, v, q, W, b):
    return np.outer(q @ h, (v - _sigmoid(h @ W + b)).mean(axis=0))


@slope.mistake(
    "The errors were summed over the states before they met the causes: multiply state "
    "by state."
)
def summed_error(h, v, q, W, b):
    return np.outer(q @ h, (v - _sigmoid(h @ W + b)).sum(axis=0))


@slope.mistake(
    "The causes were averaged over the states, each alike, before they met the errors."
)
def plain_mean_causes(h, v, q, W, b):
    return np.outer(h.mean(axis=0), q @ (v - _sigmoid(h @ W + b)))


@slope.mistake("The causes were summed over the states before they met the errors.")
def summed_causes(h, v, q, W, b):
    return np.outer(h.sum(axis=0), q @ (v - _sigmoid(h @ W + b)))


@slope.mistake(
    "q is missing, and it is turned: (q[:, None] * h).T @ error is (H, V), as W."
)
def turned_without_posterior(h, v, q, W, b):
    return (v - _sigmoid(h @ W + b)).T @ h


@slope.mistake("* goes entry by entry; (H, S) @ (S, V) sums over the states.")
def entry_by_entry(h, v, q, W, b):
    return q[:, None] * h * (v - _sigmoid(h @ W + b))


@slope.mistake(
    "q goes along the things seen here; it belongs to the rows, one number a state: "
    "q[:, None]."
)
def posterior_along_the_seen(h, v, q, W, b):
    return h.T @ (q * (v - _sigmoid(h @ W + b)))


@slope.mistake("These are the mean causes, (H,); they are still to meet the errors.")
def causes_alone(h, v, q, W, b):
    return q @ h


@slope.mistake("The mean of all slopes; each weight has its own, (H, V).")
def mean_of_all(*given):
    return _learnt(*given).mean()


# -- mean_field(v, W1, W2, c1, c2, n_steps) -------------------------------------------


def _deep(seed, M, V, H1, H2, n_steps):
    """States v and a machine of two hidden layers, rounded for the eye."""
    rng = np.random.default_rng(seed)
    v = rng.integers(0, 2, (M, V))
    W1, W2, c1, c2 = (
        np.round(rng.normal(size=size) * 1.2, 1) for size in ((V, H1), (H1, H2), H1, H2)
    )
    return v, W1, W2, c1, c2, n_steps


mean_field = Question(
    "mean_field",
    [
        (
            A([[1, 0, 1], [0, 1, 1]]),
            A([[1.0, -0.5], [0.5, 2.0], [-1.5, 0.5]]),
            A([[1.5, -1.0], [0.5, 2.0]]),
            A([0.5, -1.0]),
            A([-0.5, 1.0]),
            2,
        ),
        _deep(2, 3, 4, 3, 2, 3),
        _deep(3, 2, 3, 3, 3, 1),
        _deep(4, 2, 2, 2, 4, 4),
    ],
    [
        "The middle layer hears both neighbours: v through W1 from below, mu2 through "
        "W2 from above.",
        "W2 (H1, H2) leads up; downwards it is W2.T: (M, H2) @ (H2, H1).",
        "The upper layer hears the middle one as it is by now: mu1 @ W2 + c2.",
    ],
)


def _settled(
    v, W1, W2, c1, c2, n_steps, *, chance=_sigmoid, first=None, second=None,
    low=lambda v, W1, mu2, W2, c1: v @ W1 + mu2 @ W2.T + c1,
    high=lambda mu1, W2, c2: mu1 @ W2 + c2,
):  # fmt: skip
    """Mean field with one thing changed; first and second: one layer's chance alone."""
    mu2 = np.full((len(v), len(c2)), 0.5)
    for _ in range(n_steps):
        mu1 = (first or chance)(low(v, W1, mu2, W2, c1))
        mu2 = (second or chance)(high(mu1, W2, c2))
    return mu1, mu2


@mean_field.right
def side_by_side(v, W1, W2, c1, c2, n_steps):
    mu2 = np.full((len(v), len(c2)), 0.5)
    both = np.vstack([W1, W2.T])
    for _ in range(n_steps):
        mu1 = _sigmoid(np.hstack([v, mu2]) @ both + c1)
        mu2 = _sigmoid(mu1 @ W2 + c2)
    return mu1, mu2


@mean_field.right
def by_tanh(*given):
    return _settled(*given, chance=lambda z: (1 + np.tanh(z / 2)) / 2)


@mean_field.right
def row_by_row(v, W1, W2, c1, c2, n_steps):
    rows = []
    for x in v:
        mu2 = np.full(len(c2), 0.5)
        for _ in range(n_steps):
            mu1 = 1 / (1 + np.exp(-(W1.T @ x + W2 @ mu2 + c1)))
            mu2 = 1 / (1 + np.exp(-(W2.T @ mu1 + c2)))
        rows.append((mu1, mu2))
    return A([one for one, _ in rows]), A([other for _, other in rows])


@mean_field.mistake(
    "The upper layer's part is missing in mu1: the middle one hears both sides, so add "
    "mu2 @ W2.T. (This is a plain forward pass.)"
)
def forward_pass(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 + c1)


@mean_field.mistake(
    "W2 is not turned in mu1: it leads from the middle layer up, and downwards it is "
    "mu2 @ W2.T."
)
def not_turned(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 + mu2 @ W2 + c1)


@mean_field.mistake("c1 is missing in mu1: v @ W1 + mu2 @ W2.T + c1.")
def without_c1(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 + mu2 @ W2.T)


@mean_field.mistake("c2 is missing in mu2: mu1 @ W2 + c2.")
def without_c2(*given):
    return _settled(*given, high=lambda mu1, W2, c2: mu1 @ W2)


@mean_field.mistake("Both biases are missing: c1 in mu1, c2 in mu2.")
def without_biases(*given):
    return _settled(
        *given,
        low=lambda v, W1, mu2, W2, c1: v @ W1 + mu2 @ W2.T,
        high=lambda mu1, W2, c2: mu1 @ W2,
    )


@mean_field.mistake("The sign inside of exp, in both: σ(x) = 1 / (1 + exp(−x)).")
def signs(*given):
    return _settled(*given, chance=lambda z: _sigmoid(-z))


@mean_field.mistake("The sign inside of exp, in mu1: σ(x) = 1 / (1 + exp(−x)).")
def sign_below(*given):
    return _settled(*given, first=lambda z: _sigmoid(-z))


@mean_field.mistake("The sign inside of exp, in mu2: σ(x) = 1 / (1 + exp(−x)).")
def sign_above(*given):
    return _settled(*given, second=lambda z: _sigmoid(-z))


@mean_field.mistake(
    "v is missing in mu1: the middle layer hears both sides, so add v @ W1."
)
def from_above_alone(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: mu2 @ W2.T + c1)


@mean_field.mistake("The biases are exchanged: c1 belongs to mu1, c2 to mu2.")
def biases_exchanged(v, W1, W2, c1, c2, n_steps):
    return _settled(v, W1, W2, c2, c1, n_steps)


@mean_field.mistake("c1 stands in both; mu2 has biases of its own, c2.")
def c1_in_both(v, W1, W2, c1, c2, n_steps):
    return _settled(v, W1, W2, c1, c1, n_steps)


@mean_field.mistake(
    "The minus came to the first term only: −(v @ W1 + mu2 @ W2.T + c1), with brackets."
)
def minus_of_the_first(*given):
    return _settled(
        *given,
        low=lambda v, W1, mu2, W2, c1: v @ W1 - mu2 @ W2.T - c1,
        high=lambda mu1, W2, c2: mu1 @ W2 - c2,
    )


@mean_field.mistake("The minus came to v @ W1 alone, in mu1: brackets round all three.")
def minus_of_the_first_below(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 - mu2 @ W2.T - c1)


@mean_field.mistake("The minus came to mu1 @ W2 alone, in mu2: −(mu1 @ W2 + c2).")
def minus_of_the_first_above(*given):
    return _settled(*given, high=lambda mu1, W2, c2: mu1 @ W2 - c2)


@mean_field.mistake(
    "The upper layer's part came in with a minus: what it expects is added."
)
def taken_away(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 - mu2 @ W2.T + c1)


@mean_field.mistake(
    "Both layers looked at the old means; mu2 is to see what mu1 has just become."
)
def all_at_once(v, W1, W2, c1, c2, n_steps):
    mu1, mu2 = np.full((len(v), len(c1)), 0.5), np.full((len(v), len(c2)), 0.5)
    for _ in range(n_steps):
        mu1, mu2 = _sigmoid(v @ W1 + mu2 @ W2.T + c1), _sigmoid(mu1 @ W2 + c2)
    return mu1, mu2


@mean_field.mistake(
    "mu2 began at the forward pass; here it begins at ½ in every unit, as given."
)
def begun_by_a_pass(v, W1, W2, c1, c2, n_steps):
    mu2 = _sigmoid(_sigmoid(v @ W1 + c1) @ W2 + c2)
    for _ in range(n_steps):
        mu1 = _sigmoid(v @ W1 + mu2 @ W2.T + c1)
        mu2 = _sigmoid(mu1 @ W2 + c2)
    return mu1, mu2


@mean_field.mistake(
    "Only one step is made; the two lines stand in the loop, and go on from mu2."
)
def one_step(v, W1, W2, c1, c2, n_steps):
    return _settled(v, W1, W2, c1, c2, 1)


@mean_field.mistake("One step too many.")
def one_step_more(v, W1, W2, c1, c2, n_steps):
    return _settled(v, W1, W2, c1, c2, n_steps + 1)


@mean_field.mistake(
    "The means were made 0 or 1; they stay chances, which is what mean field is."
)
def made_sharp_(*given):
    return _settled(*given, chance=lambda z: (z > 0).astype(float))


@mean_field.mistake(
    "mu1 was made 0 or 1 on the way; both stay chances, none is drawn or rounded."
)
def made_sharp_below(*given):
    return _settled(*given, first=lambda z: (z > 0).astype(float))


@mean_field.mistake(
    "mu2 was made 0 or 1 on the way; both stay chances, none is drawn or rounded."
)
def made_sharp_above(*given):
    return _settled(*given, second=lambda z: (z > 0).astype(float))


@mean_field.mistake("σ is missing in both: these are gaps, the means are their σ.")
def gaps(*given):
    return _settled(*given, chance=lambda z: z)


@mean_field.mistake("σ is missing in mu1: it is the gap, and the mean is its σ.")
def gap_below(*given):
    return _settled(*given, first=lambda z: z)


@mean_field.mistake("σ is missing in mu2: it is the gap, and the mean is its σ.")
def gap_above(*given):
    return _settled(*given, second=lambda z: z)


@mean_field.mistake("Brackets: 1 / 1 + exp(…) is 1 + exp(…); it is 1 / (1 + exp(…)).")
def without_brackets_(*given):
    return _settled(*given, chance=lambda z: 1 + np.exp(-z))


@mean_field.mistake(
    "Brackets in mu1: 1 / 1 + exp(…) is 1 + exp(…), and no chance; 1 / (1 + exp(…))."
)
def without_brackets_below(*given):
    return _settled(*given, first=lambda z: 1 + np.exp(-z))


@mean_field.mistake(
    "Brackets in mu2: 1 / 1 + exp(…) is 1 + exp(…), and no chance; 1 / (1 + exp(…))."
)
def without_brackets_above(*given):
    return _settled(*given, second=lambda z: 1 + np.exp(-z))


@mean_field.mistake("1 + is missing in both: σ(x) = 1 / (1 + exp(−x)).")
def exp_alone(*given):
    return _settled(*given, chance=np.exp)


@mean_field.mistake("exp(−x) is not yet σ(x) = 1 / (1 + exp(−x)).")
def exp_of_minus_(*given):
    return _settled(*given, chance=lambda z: np.exp(-z))


@mean_field.mistake("tanh gives numbers from −1 to 1; a mean of units 0 and 1 is σ(x).")
def tanh_for_chance_(*given):
    return _settled(*given, chance=np.tanh)


@mean_field.mistake("A ReLU for σ: a mean of units 0 and 1 lies between them, σ(x).")
def relu(*given):
    return _settled(*given, chance=lambda z: np.maximum(z, 0))


@mean_field.mistake(
    "The means of a layer sum to 1 here; each unit is on or off by itself: σ."
)
def softmax(*given):
    return _settled(
        *given, chance=lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    )


@mean_field.mistake(
    "v comes in twice in mu1: that is for a pass without an upper layer; here mu2 is "
    "there."
)
def seen_twice(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: 2 * v @ W1 + mu2 @ W2.T + c1)


@mean_field.mistake(
    "v comes in twice and the upper layer not at all: that is a good first guess, but "
    "mean field hears mu2 @ W2.T."
)
def doubled_pass(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: 2 * v @ W1 + c1)


@mean_field.mistake("The two sides are averaged in mu1; they are added.")
def sides_averaged(*given):
    return _settled(
        *given, low=lambda v, W1, mu2, W2, c1: (v @ W1 + mu2 @ W2.T) / 2 + c1
    )


@mean_field.mistake("The whole gap of mu1 is halved; it comes as it is.")
def gap_halved(*given):
    return _settled(
        *given, low=lambda v, W1, mu2, W2, c1: (v @ W1 + mu2 @ W2.T + c1) / 2
    )


@mean_field.mistake(
    "The gap of mu2 is doubled; there is one layer below it, and it is heard once."
)
def gap_doubled_above(*given):
    return _settled(*given, high=lambda mu1, W2, c2: 2 * mu1 @ W2 + c2)


@mean_field.mistake(
    "mu2 skips the middle layer: v @ W1 @ W2 has no σ between; it is mu1 @ W2."
)
def skipped(v, W1, W2, c1, c2, n_steps):
    return _settled(
        v, W1, W2, c1, c2, n_steps, high=lambda mu1, W2, c2: v @ W1 @ W2 + c2
    )


@mean_field.mistake("W2 is turned in mu2, where it leads up: mu1 @ W2.")
def turned_above(*given):
    return _settled(*given, high=lambda mu1, W2, c2: mu1 @ W2.T + c2)


@mean_field.mistake("W2 is turned in mu2 and not in mu1: it is the other way round.")
def turned_in_the_wrong_one(*given):
    return _settled(
        *given,
        low=lambda v, W1, mu2, W2, c1: v @ W1 + mu2 @ W2 + c1,
        high=lambda mu1, W2, c2: mu1 @ W2.T + c2,
    )


@mean_field.mistake("W1 is turned; v @ W1 leads up as it is: (M, V) @ (V, H1).")
def lower_turned(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1.T + mu2 @ W2.T + c1)


@mean_field.mistake(
    "W1 stands for W2 in mu2: the upper layer hears the middle one through W2."
)
def lower_weights_above(v, W1, W2, c1, c2, n_steps):
    return _settled(v, W1, W2, c1, c2, n_steps, high=lambda mu1, W2, c2: mu1 @ W1 + c2)


@mean_field.mistake("The two are returned in the wrong order: mu1, then mu2.")
def returned_the_other_way(*given):
    return _settled(*given)[::-1]


@mean_field.mistake(
    "The bias was added to the chance; it is a part of the gap, inside of exp."
)
def biases_outside(v, W1, W2, c1, c2, n_steps):
    mu2 = np.full((len(v), len(c2)), 0.5)
    for _ in range(n_steps):
        mu1 = _sigmoid(v @ W1 + mu2 @ W2.T) + c1
        mu2 = _sigmoid(mu1 @ W2) + c2
    return mu1, mu2


@mean_field.mistake(
    "σ was taken of each side and the two were added; add inside, one σ of the sum."
)
def two_sigmoids(v, W1, W2, c1, c2, n_steps):
    mu2 = np.full((len(v), len(c2)), 0.5)
    for _ in range(n_steps):
        mu1 = _sigmoid(v @ W1 + c1) + _sigmoid(mu2 @ W2.T)
        mu2 = _sigmoid(mu1 @ W2 + c2)
    return mu1, mu2


@mean_field.mistake(
    "The sides were multiplied, as independent chances; the gaps are added."
)
def sides_multiplied(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 * (mu2 @ W2.T) + c1)


@mean_field.mistake("Half of the old mean is kept in mu2; here it is replaced whole.")
def damped(v, W1, W2, c1, c2, n_steps):
    mu2 = np.full((len(v), len(c2)), 0.5)
    for _ in range(n_steps):
        mu1 = _sigmoid(v @ W1 + mu2 @ W2.T + c1)
        mu2 = (mu2 + _sigmoid(mu1 @ W2 + c2)) / 2
    return mu1, mu2


@mean_field.mistake("mu2 was added to itself; the new mean takes its place.")
def added_to_the_old(v, W1, W2, c1, c2, n_steps):
    mu2 = np.full((len(v), len(c2)), 0.5)
    for _ in range(n_steps):
        mu1 = _sigmoid(v @ W1 + mu2 @ W2.T + c1)
        mu2 = mu2 + _sigmoid(mu1 @ W2 + c2)
    return mu1, mu2


@mean_field.mistake("c1 came in twice, or for both sides; once is enough.")
def c1_twice(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 + mu2 @ W2.T + 2 * c1)


@mean_field.mistake("c1 is missing, and mu2's part: mu1 = σ(v @ W1 + mu2 @ W2.T + c1).")
def pass_without_c1(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1)


@mean_field.mistake("A forward pass without biases; and mu2 @ W2.T is missing in mu1.")
def pass_without_biases(*given):
    return _settled(
        *given,
        low=lambda v, W1, mu2, W2, c1: v @ W1,
        high=lambda mu1, W2, c2: mu1 @ W2,
    )


@mean_field.mistake("1 is taken from each mean: those are the chances to be off.")
def chances_to_be_off(*given):
    return tuple(1 - mu for mu in _settled(*given))


@mean_field.mistake("1 − exp for 1 + exp: σ(x) = 1 / (1 + exp(−x)).")
def one_minus_exp_(*given):
    return _settled(*given, chance=lambda z: 1 / (1 - np.exp(-z)))


@mean_field.mistake("1 − exp for 1 + exp in mu1: σ(x) = 1 / (1 + exp(−x)).")
def one_minus_exp_below(*given):
    return _settled(*given, first=lambda z: 1 / (1 - np.exp(-z)))


@mean_field.mistake("1 − exp for 1 + exp in mu2: σ(x) = 1 / (1 + exp(−x)).")
def one_minus_exp_above(*given):
    return _settled(*given, second=lambda z: 1 / (1 - np.exp(-z)))


@mean_field.mistake("tanh in mu1 gives numbers from −1 to 1; the mean is σ(x).")
def tanh_below(*given):
    return _settled(*given, first=np.tanh)


@mean_field.mistake("tanh in mu2 gives numbers from −1 to 1; the mean is σ(x).")
def tanh_above(*given):
    return _settled(*given, second=np.tanh)


@mean_field.mistake("exp alone in mu1: σ(x) = 1 / (1 + exp(−x)).")
def exp_below(*given):
    return _settled(*given, first=np.exp)


@mean_field.mistake("exp alone in mu2: σ(x) = 1 / (1 + exp(−x)).")
def exp_above(*given):
    return _settled(*given, second=np.exp)


@mean_field.mistake("A ReLU in mu1: a mean of units 0 and 1 lies between them, σ(x).")
def relu_below(*given):
    return _settled(*given, first=lambda z: np.maximum(z, 0))


@mean_field.mistake("A ReLU in mu2: a mean of units 0 and 1 lies between them, σ(x).")
def relu_above(*given):
    return _settled(*given, second=lambda z: np.maximum(z, 0))


@mean_field.mistake(
    "The means of mu2 sum to 1 here; each unit is on or off by itself: σ."
)
def softmax_above(*given):
    return _settled(
        *given, second=lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    )


@mean_field.mistake(
    "The factors are exchanged: the rows of mu2 are states, mu2 @ W2.T, not W2 @ mu2."
)
def factors_exchanged(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 + W2 @ mu2 + c1)


@mean_field.mistake("c2 stands in mu1; its biases are c1.")
def c2_below(v, W1, W2, c1, c2, n_steps):
    return _settled(
        v,
        W1,
        W2,
        c1,
        c2,
        n_steps,
        low=lambda v, W1, mu2, W2, _: v @ W1 + mu2 @ W2.T + c2,
    )


@mean_field.mistake("c1 and c2 both stand in mu1; c2 belongs to the upper layer.")
def both_biases_below(v, W1, W2, c1, c2, n_steps):
    return _settled(v, W1, W2, c1 + c2, c2, n_steps)


@mean_field.mistake("mu2 came in without its weights: mu2 @ W2.T.")
def weights_above_forgotten(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 + mu2 + c1)


@mean_field.mistake("c1 came in with a minus, in mu1; it is added.")
def c1_taken_away(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 + mu2 @ W2.T - c1)


@mean_field.mistake("The upper layer's part is halved; mu2 @ W2.T comes in whole.")
def half_from_above(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 + mu2 @ W2.T / 2 + c1)


@mean_field.mistake(
    "All units of the upper layer count as on in mu1; they count by their means, mu2."
)
def all_on_above(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 + W2.sum(axis=1) + c1)


@mean_field.mistake(
    "mu2 was made 0 or 1 before it went down; its means count as they are."
)
def sharp_from_above(*given):
    return _settled(
        *given, low=lambda v, W1, mu2, W2, c1: v @ W1 + (mu2 > 0.5) @ W2.T + c1
    )


@mean_field.mistake(
    "mu1 was made 0 or 1 before it went up; its means count as they are."
)
def sharp_from_below(*given):
    return _settled(*given, high=lambda mu1, W2, c2: (mu1 > 0.5) @ W2 + c2)


@mean_field.mistake("v goes through both weights in mu1; it is v @ W1 + mu2 @ W2.T.")
def through_both(*given):
    return _settled(*given, low=lambda v, W1, mu2, W2, c1: v @ W1 @ W2 + c1)


@mean_field.mistake("mu1 is the mean of two σ; the sides are added inside of one σ.")
def mean_of_two(v, W1, W2, c1, c2, n_steps):
    mu2 = np.full((len(v), len(c2)), 0.5)
    for _ in range(n_steps):
        mu1 = (_sigmoid(v @ W1 + c1) + _sigmoid(mu2 @ W2.T + c1)) / 2
        mu2 = _sigmoid(mu1 @ W2 + c2)
    return mu1, mu2


@mean_field.mistake("c1 was added to the chance in mu1; it belongs inside of exp.")
def c1_outside(v, W1, W2, c1, c2, n_steps):
    mu2 = np.full((len(v), len(c2)), 0.5)
    for _ in range(n_steps):
        mu1 = _sigmoid(v @ W1 + mu2 @ W2.T) + c1
        mu2 = _sigmoid(mu1 @ W2 + c2)
    return mu1, mu2


@mean_field.mistake("c2 was added to the chance in mu2; it belongs inside of exp.")
def c2_outside(v, W1, W2, c1, c2, n_steps):
    mu2 = np.full((len(v), len(c2)), 0.5)
    for _ in range(n_steps):
        mu1 = _sigmoid(v @ W1 + mu2 @ W2.T + c1)
        mu2 = _sigmoid(mu1 @ W2) + c2
    return mu1, mu2


@mean_field.mistake("mu2 hears itself here; it is to hear the middle layer, mu1 @ W2.")
def hears_itself(v, W1, W2, c1, c2, n_steps):
    mu2 = np.full((len(v), len(c2)), 0.5)
    for _ in range(n_steps):
        mu1 = _sigmoid(v @ W1 + mu2 @ W2.T + c1)
        mu2 = _sigmoid(mu2 @ W2 + c2)
    return mu1, mu2


@mean_field.mistake(
    "mu2 hears its own old mean as well; there are no connections within a layer."
)
def hears_itself_too(v, W1, W2, c1, c2, n_steps):
    mu2 = np.full((len(v), len(c2)), 0.5)
    for _ in range(n_steps):
        mu1 = _sigmoid(v @ W1 + mu2 @ W2.T + c1)
        mu2 = _sigmoid(mu1 @ W2 + mu2 + c2)
    return mu1, mu2


@mean_field.mistake("mu2 stays at ½: mu2 = σ(mu1 @ W2 + c2), in every step.")
def upper_layer_asleep(v, W1, W2, c1, c2, n_steps):
    mu2 = np.full((len(v), len(c2)), 0.5)
    return _sigmoid(v @ W1 + mu2 @ W2.T + c1), mu2


@mean_field.mistake("c2 came in twice; once is enough.")
def c2_twice(*given):
    return _settled(*given, high=lambda mu1, W2, c2: mu1 @ W2 + 2 * c2)


@mean_field.mistake("The gap of mu2 has half of mu1 @ W2; it comes in whole.")
def half_from_below(*given):
    return _settled(*given, high=lambda mu1, W2, c2: mu1 @ W2 / 2 + c2)
