"""One save through the automations of an org, once read; `python -m bench.simulate FOLDER...` for real orgs."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from bench.rules import projects
from sfoptlint.automation.automation import Phase
from sfoptlint.core.expr import Interner
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.outcome import Context
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.model.objects import Objects
from sfoptlint.simulate.org import OrgWalks
from sfoptlint.simulate.saving import Change, Circumstances
from sfoptlint.simulate.simulator import Simulator
from sfoptlint.simulate.user import AnyUser

RUNS = 20
BOUND = 20
"""Milliseconds of CPU that a save of a Contact may take in the largest real org."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How many automations a save of the object starts, and the CPU seconds of one save."""

    automations: int
    save: float


def measure(root: Path, object_: OptOutObject = OptOutObject.CONTACT) -> Figures:
    """Opt out one record of each tree below a folder; the largest tree counts."""
    found = Figures(0, 0.0)
    for project in projects(root):
        objects = Objects(project)
        walks = OrgWalks(project, objects, Interner(), Context.BATCH)
        simulator = Simulator(objects, walks, AnyUser())
        change = Change({OPT_OUT_FIELD[object_]: False}, {OPT_OUT_FIELD[object_]: True})
        around = Circumstances(datetime(2026, 1, 15, 12, tzinfo=UTC))
        simulator.save(object_, [change], around)
        count = sum(len(walks.of(object_, phase)) for phase in Phase)
        start = process_time()
        for _ in range(RUNS):
            simulator.save(object_, [change], around)
        found = max(found, Figures(count, (process_time() - start) / RUNS), key=lambda figures: figures.automations)
    return found


def report(root: Path) -> str:
    """Return the figures of one org on one line."""
    figures = measure(root)
    return (
        f"one save: {figures.automations} automations of Contact in {1000 * figures.save:.1f} ms CPU (at most {BOUND})"
    )


def main() -> None:
    """Print a line for each org that is named."""
    for folder in sys.argv[1:]:
        print(f"{Path(folder).name}: {report(Path(folder))}")


if __name__ == "__main__":
    main()
