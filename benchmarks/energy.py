"""How fast are nets with an energy, beside plain loops, dwave-samplers and thrml?

    python benchmarks/energy.py [--only recall] [--only sampling] [--rounds 5] [--quick]

Recall: a Hopfield net that Hebb's rule taught N / 10 patterns gets them back from 100
starts with a tenth of the units flipped, all in the same random orders: `settle` does
all starts at once; "rows" takes one start after the other and the field of a unit from
one product of NumPy, W[i] @ s; "plain" has two loops of Python and no NumPy, and for
the sake of time gets one start only. All must end in the same states.

Sampling: every unit of a fully connected machine has its turn, sweep after sweep, at
one temperature all the time; J_ij of ±1 units is normal with variance 1 / units, so
that T = 1 is where such a spin glass begins to freeze, and T = 1/4 is deep inside.

    ours             BoltzmannMachine.gibbs, of float32 and of float64
    dwave, Gibbs     SimulatedAnnealingSampler of dwave-samplers by dimod, at one β; in
    dwave, Metrop.   C++, by either of its rules for a flip; one read a chain
    thrml            blocks of one unit, all chains by jax.vmap, compiled beforehand;
                     as that takes the longer the more blocks, in a table of --few units

Their seconds are the processor's, on one thread, and those of a whole call: what a
library needs to take the couplings and the starts in counts, so each is given so many
sweeps that this is little. race.py tells how turns are taken. The tables tell:

    x ours     its time an update (or a start) by ours in the same round, the median
    energy     the mean energy a unit of the last states: they do sample the same
"""

import importlib.util

import numpy as np
import typer
from race import hold_threads, race

from course_lib.energy import BoltzmannMachine, Hopfield, hebb

THEIRS = "dwave", "thrml"  # how to get them: python -m pip install ...
PACKAGES = "dwave-samplers", "thrml"


# -- recall ------------------------------------------------------------------------


def orders(N):
    """The same random orders for all."""
    rng = np.random.default_rng(1)
    while True:
        yield rng.permutation(N)


def settle(net, starts):
    while True:
        yield
        ends = net.settle(starts, np.random.default_rng(1))
        yield lambda ends=ends: [ends]


def rows(net, starts):
    def recall(s):
        for order in orders(len(s)):
            before = s.copy()
            for i in order:
                h = net.W[i] @ s
                if h != 0:
                    s[i] = 1 if h > 0 else -1
            if (s == before).all():
                return s

    while True:
        yield
        ends = [recall(s) for s in starts.astype(float)]
        yield lambda ends=ends: [ends]


def plain(net, starts):
    def recall(s):
        units = range(len(s))
        for order in orders(len(s)):
            before = s[:]
            for i in order.tolist():
                h = 0
                w = W[i]
                for j in units:
                    h += w[j] * s[j]
                if h != 0:
                    s[i] = 1 if h > 0 else -1
            if s == before:
                return s

    W = net.W.tolist()
    while True:
        yield
        end = recall(starts[0].tolist())
        yield lambda end=end: [[end]]


def prepare_recall(N, n_starts):
    rng = np.random.default_rng(0)
    X = rng.choice([-1, 1], (N // 10, N))
    net = Hopfield(np.rint(N * hebb(X)))  # whole numbers: sums have no rounding
    starts = X[np.arange(n_starts) % len(X)]
    starts = starts * np.where(rng.random(starts.shape) < 0.1, -1, 1)
    return (net, starts), lambda last: float(np.mean(last[0][0]))


RECALL = {"settle": (settle, {}), "rows": (rows, {}), "plain": (plain, {})}


def recall_table(sizes, n_starts, rounds):
    print(f"\nrecall, {n_starts} starts{'milliseconds a start':>27}{'x ours':>20}")
    print(f"{'units':>8}{'ours':>10}{'rows':>10}{'plain':>10}{'rows':>12}{'plain':>8}")
    for N in sizes:
        found = processor_seconds(race(RECALL, rounds, prepare_recall, N, n_starts))
        each = {"settle": n_starts, "rows": n_starts, "plain": 1}
        ms = {name: 1e3 * found[name][0] / n for name, n in each.items()}
        ends = {float(found[name][1][0]) for name in each}
        assert len(ends) == 1, f"they end in other states: {ends}"
        medians = [np.median(t) for t in ms.values()]
        more = [np.median(ms[name] / ms["settle"]) for name in ("rows", "plain")]
        print(
            f"{N:8}{medians[0]:10.3f}{medians[1]:10.2f}{medians[2]:10.1f}"
            f"{more[0]:12.1f}{more[1]:8.0f}",
            flush=True,
        )


# -- sampling ----------------------------------------------------------------------


def ours(J, T, C, dtype, sweeps):
    machine = BoltzmannMachine((4 * J).astype(dtype), -2 * J.sum(axis=1))
    rng = np.random.default_rng(0)
    while True:
        starts = rng.integers(0, 2, (C, len(J)))
        yield
        s = machine.gibbs(starts, rng, [T] * sweeps[C > 1])
        yield lambda s=s: [2 * s - 1]


def dwave(J, T, C, rule, sweeps):
    import dimod
    from dwave.samplers import SimulatedAnnealingSampler

    model = dimod.BinaryQuadraticModel(np.zeros(len(J)), -np.triu(J), "SPIN")
    how = {"beta_schedule_type": "custom", "beta_schedule": [1 / T], "num_reads": C}
    how |= {"num_sweeps_per_beta": sweeps[C > 1], "proposal_acceptance_criteria": rule}
    for seed in range(1_000_000):
        yield
        found = SimulatedAnnealingSampler().sample(model, seed=seed, **how)
        yield lambda found=found: [found.record.sample]


def thrml(J, T, C, sweeps):
    import jax
    import jax.numpy as jnp
    from thrml import Block, SamplingSchedule, SpinNode, sample_states
    from thrml.models import IsingEBM, IsingSamplingProgram

    N, pairs = len(J), np.triu_indices(len(J), 1)
    nodes = [SpinNode() for _ in range(N)]
    edges = [(nodes[i], nodes[j]) for i, j in zip(*pairs, strict=True)]
    model = IsingEBM(nodes, edges, jnp.zeros(N), jnp.array(J[pairs]), jnp.array(1 / T))
    program = IsingSamplingProgram(model, [Block([node]) for node in nodes], [])
    schedule = SamplingSchedule(sweeps[C > 1] - 1, 1, 1)

    @jax.jit
    @jax.vmap
    def sample(key, start):
        return sample_states(key, program, schedule, start, [], [Block(nodes)])[0]

    for seed in range(1_000_000):
        keys = jax.random.split(jax.random.key(seed), C)
        start = jax.random.bernoulli(keys[0], shape=(N, C, 1))
        yield
        s = jax.block_until_ready(sample(keys, list(start)))
        yield lambda s=s: [2 * np.asarray(s).reshape(C, N).astype(int) - 1]


SAMPLING = {  # sweeps of one chain, and of many
    "ours": (ours, {"dtype": "float32", "sweeps": (300, 50)}),
    "ours, float64": (ours, {"dtype": "float64", "sweeps": (300, 50)}),
    "dwave, Gibbs": (dwave, {"rule": "Gibbs", "sweeps": (20_000, 50)}),
    "dwave, Metrop.": (dwave, {"rule": "Metropolis", "sweeps": (20_000, 50)}),
    "thrml": (thrml, {"sweeps": (300, 50)}),
}


def prepare_sampling(N, T, C):
    J = np.triu(np.random.default_rng(0).normal(0, N**-0.5, (N, N)), 1)
    J = J + J.T

    def energy(last):
        s = last[0].astype(float)
        return float(np.mean((s @ J) * s) / -2)

    return (J, T, C), energy


def sampling_table(contenders, N, T, C, rounds):
    print(f"\nsampling, {N} units, T = {T:g}, chains: {C:,}")
    print(f"{'':16}{'updates a second':>18}{'x ours':>9}{'energy':>9}")
    found = processor_seconds(race(contenders, rounds, prepare_sampling, N, T, C))
    updates = {n: N * C * how["sweeps"][C > 1] for n, (_, how) in contenders.items()}
    first = found["ours"][0] / updates["ours"]
    for name in contenders:
        seconds, energies = found[name]
        each = seconds / updates[name]
        print(
            f"{name:16}{1 / np.median(each):18,.0f}{np.median(each / first):9.3g}"
            f"{np.mean(energies):9.4f}",
            flush=True,
        )


def processor_seconds(found):
    """{name: processor seconds, and what `loss` said} of each round of a race."""
    return {name: (wall * cores, last) for name, (wall, cores, last) in found.items()}


def installed(contenders):
    """Those whose library is there; how to get the others is printed."""
    for library, package in zip(THEIRS, PACKAGES, strict=True):
        if not importlib.util.find_spec(library):
            print(f"{package} is not installed; the table does without. To have it:")
            print(f"    python -m pip install {package}")
            contenders = {n: c for n, c in contenders.items() if library not in n}
    return dict(contenders)


def main(
    units: int = 200,
    few: int = 40,
    chains: int = 1000,
    rounds: int = 5,
    only: str = "",
    quick: bool = False,
):
    """Print both tables, or --only recall or sampling."""
    hold_threads(1)
    sizes, starts = (250, 500, 1000, 2000), 100
    temperatures = 1, 0.25
    if quick:
        units, chains, rounds, sizes, starts = 8, 200, 2, (40, 80), 10
        temperatures = (1,)
    if only != "sampling":
        recall_table(sizes, starts, rounds)
    if only != "recall":
        contenders = installed(SAMPLING)
        if "thrml" in contenders and units > few:
            for C in (1, chains):
                sampling_table(contenders, few, 1, C, rounds)
            contenders.pop("thrml")
        for T in temperatures:
            for C in (1, chains):
                sampling_table(contenders, units, T, C, rounds)


if __name__ == "__main__":
    typer.run(main)
