"""Cut graphs by cooling: the annealer of dwave-samplers, in its order and in others.

    python benchmarks/cuts.py [--reads 1000] [--sweeps 200] [--store]

Two graphs of 16 and of 60 nodes, half of all edges drawn, and two rings of as many.
Each way cools as many chains, from random starts, over the temperatures that the
annealer takes unasked. The further notebook of lesson 14 cuts the same graphs by our
own heat bath, and shows what --store has kept of this.
"""

import dimod
import numpy as np
import typer
from dwave.samplers import SimulatedAnnealingSampler, SteepestDescentSampler

from course_lib import results

NAME = "cuts"  # of the stored result
WAYS = {
    "unasked (Metropolis, fixed order)": {},
    "Metropolis, random order": {"randomize_order": True},
    "Gibbs, fixed order": {"proposal_acceptance_criteria": "Gibbs"},
}


def graphs():
    """The adjacency matrices by name; lesson 14 draws the first in the same way."""
    for n in (16, 60):
        luck = np.random.default_rng(0)
        A = np.triu(luck.random((n, n)) < 0.5, 1).astype(int)
        yield f"random {n}", A + A.T
        ring = np.roll(np.eye(n, dtype=int), 1, axis=1)
        yield f"ring {n}", ring + ring.T


def main(reads: int = 1_000, sweeps: int = 200, store: bool = False):
    """Print, for each graph and way, the largest cut and how many chains end in it."""
    found = {}
    for graph, A in graphs():
        edges = {(int(i), int(j)): 1 for i, j in np.argwhere(np.triu(A))}
        model = dimod.BinaryQuadraticModel.from_ising({}, edges)
        cuts, how = {}, {"num_reads": reads, "seed": 1}
        descent = SteepestDescentSampler().sample(model, **how)
        cuts["descent"] = (len(edges) - descent.record.energy) / 2
        for way, options in WAYS.items():
            ends = SimulatedAnnealingSampler().sample(
                model, num_sweeps=sweeps, **how, **options
            )
            cuts[way] = (len(edges) - ends.record.energy) / 2
        best = int(max(ends.max() for ends in cuts.values()))
        betas = [round(float(beta), 4) for beta in ends.info["beta_range"]]
        shares = {way: float(np.mean(ends == best)) for way, ends in cuts.items()}
        found[graph] = {"edges": len(edges), "best": best, "betas": betas}
        found[graph]["shares"] = shares
        print(f"{graph}: {len(edges)} edges, largest cut {best}, β {betas}")
        for way, share in shares.items():
            print(f"    {way:36}{share:6.1%}")
    if store:
        how = f"--reads {reads} --sweeps {sweeps} --store"
        packages = "numpy", "dimod", "dwave-samplers"
        results.write(NAME, found, f"python benchmarks/cuts.py {how}", packages)


if __name__ == "__main__":
    typer.run(main)
