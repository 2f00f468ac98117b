"""The two fakes that are served, from an org's metadata and an export of its records."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random, SystemRandom
from typing import Final

from sfoptlint.clients.clock import Clock, SystemClock
from sfoptlint.core.errors import UsageError
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.engine.org import org_at
from sfoptlint.harness.account_scene import account_from
from sfoptlint.harness.clocks import TickingClock
from sfoptlint.harness.exports import Export, read_exports
from sfoptlint.harness.fake_campaign_monitor.fake import FakeCampaignMonitor
from sfoptlint.harness.fake_org.fake import FakeOrg
from sfoptlint.harness.field_access import field_access
from sfoptlint.harness.local.switch import Switch
from sfoptlint.harness.org_scene import fill, org_without_records
from sfoptlint.harness.retrieving import SourceFiles
from sfoptlint.harness.simulated_saves import SimulatedSaves
from sfoptlint.judge.simulation import org_simulator
from sfoptlint.model.objects import Objects
from sfoptlint.model.project import Project
from sfoptlint.simulate.saving import Change, Circumstances
from sfoptlint.simulate.simulator import Simulator

Told = Callable[[str], None]
_EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)


@contextmanager
def fakes(metadata: Path, data: Path, settings: Settings, seed: int | None, told: Told) -> Iterator[Switch]:
    """Open both fakes; `told` hears of what was left out. Raises UsageError for input that cannot be used.

    With a seed, ids and made-up dates are the same each time, and the clock starts where the data ends and ticks with each look.
    """
    exports = read_exports(data)
    random = Random(seed) if seed is not None else SystemRandom()  # noqa: S311 - ids are no secrets
    clock = SystemClock() if seed is None else TickingClock(_latest(exports))
    with org_at(metadata) as project:
        simulator = org_simulator(project, settings)
        org = org_without_records(Objects(project), clock, random, access=field_access(project, settings))
        org.saves = SimulatedSaves(simulator, org, told)
        org.metadata = SourceFiles(project.source)
        fill(org, exports)
        if not org.table(org.object("Organization")):
            org.put("Organization", {"Id": org.id, "Name": "Served by sfoptlint", "IsSandbox": True})
        account = account_from(exports, clock, random, told)
        _read_everything(project, simulator, clock, told)
        yield Switch(FakeOrg(org), FakeCampaignMonitor(account))


def _read_everything(project: Project, simulator: Simulator, clock: Clock, told: Told) -> None:
    """Run each object's automation once on nothing, so that what cannot be read is told before anybody relies on it."""
    for object_ in OptOutObject:
        simulator.save(object_, [Change({}, {})], Circumstances(clock.now()))
    for problem in project.problems:
        told(f"{problem.path}:{problem.line}: {problem.reason}; the org answers as if it were not there")


def _latest(exports: dict[str, Export]) -> datetime:
    """Return the newest moment in the data: time goes on from there."""
    latest = _EPOCH
    for export in exports.values():
        for row in export.rows:
            for column in ("LastModifiedDate", "SystemModstamp", "CreatedDate"):
                latest = max(latest, _moment(row.moment, column) or latest)
    return latest


def _moment(read: Callable[[str], datetime | None], column: str) -> datetime | None:
    try:
        return read(column)
    except UsageError:
        return None
