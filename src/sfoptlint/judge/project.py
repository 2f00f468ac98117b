"""Everything that is judged in one tree, family by family."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from sfoptlint.core.outcome import Gap
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import OptOutObject, Row
from sfoptlint.judge.family import FAMILY_KINDS, Family, FamilyModule, Judgement
from sfoptlint.metadata.kind import Kind
from sfoptlint.model.evidence import shows_person_accounts
from sfoptlint.model.project import Project
from sfoptlint.source.source import Problem


@dataclass(frozen=True, slots=True)
class Judgements:
    """What was judged in one tree, and what of it could not be read.

    `raised` has the judgements that findings are raised on: Account is left out where the org shows no person accounts.
    """

    all: tuple[Judgement, ...]
    raised: Mapping[Family, tuple[Judgement, ...]]
    problems: tuple[Problem, ...]
    gaps: tuple[Gap, ...]
    raised_objects: frozenset[OptOutObject]
    defects: tuple[str, ...] = ()
    """Witnesses that do not replay, a sentence each."""

    def rows(self) -> Iterator[Row]:
        """Yield every row."""
        for judgement in self.all:
            yield from judgement.rows


def judge_project(project: Project, settings: Settings, families: Container[Family] | None = None) -> Judgements:
    """Judge one tree, or these families in it. A family's module is imported when the tree has something for it."""
    judged: dict[Family, tuple[Judgement, ...]] = {}
    gaps: list[Gap] = []
    for family in _families_of(project, settings):
        if families is not None and family not in families:
            continue
        module = cast("FamilyModule", import_module(f"sfoptlint.judge.{family}_family"))
        judged[family] = (
            _chains(project, settings, judged) if family is Family.CHAIN else tuple(module.judge(project, settings))
        )
        gaps += module.gaps(project)
    defects = _replay(project, judged)
    everything = tuple(
        judgement for family, judgements in judged.items() if family is not Family.CHAIN for judgement in judgements
    )
    objects = {row.object for judgements in judged.values() for judgement in judgements for row in judgement.rows}
    if OptOutObject.ACCOUNT in objects and not shows_person_accounts(project, settings):
        objects.remove(OptOutObject.ACCOUNT)
    raised = {
        family: tuple(judgement for judgement in judgements if judgement.rows[0].object in objects)
        for family, judgements in judged.items()
    }
    return Judgements(everything, raised, project.problems, tuple(gaps), frozenset(objects), defects)


def _chains(
    project: Project, settings: Settings, judged: Mapping[Family, tuple[Judgement, ...]]
) -> tuple[Judgement, ...]:
    """Judge chains, with what was found of the triggers."""
    from sfoptlint.judge import chain_family  # noqa: PLC0415 - only where there may be one

    triggers = judged.get(Family.APEX, ())
    if Family.APEX not in judged and project.artefacts(Kind.APEX_TRIGGER):
        from sfoptlint.judge import apex_family  # noqa: PLC0415 - only where it was not asked for

        triggers = tuple(apex_family.judge(project, settings))
    return tuple(chain_family.judge(project, settings, triggers))


def _replay(project: Project, judged: dict[Family, tuple[Judgement, ...]]) -> tuple[str, ...]:
    """Replay every witness, and put the answer into its row; return what did not replay."""
    if not any(row.witness for judgements in judged.values() for judgement in judgements for row in judgement.rows):
        return ()
    from sfoptlint.judge.replay import Replays, in_words  # noqa: PLC0415 - only where something is accused

    replays = Replays(project)
    for family, judgements in judged.items():
        if family is not Family.CHAIN:  # which is proved by saving it
            judged[family] = tuple(map(replays.replayed, judgements))
    return tuple(line for failed in replays.failed for line in in_words(failed))


def _families_of(project: Project, settings: Settings) -> Iterator[Family]:
    for family, kinds in FAMILY_KINDS.items():
        asked_for = family is Family.ACCESS and settings.sync_user is not None and project.focus is None
        if family is Family.CHAIN and project.focus is not None:
            continue  # single files hold half of a chain, and start-up is felt in every commit
        if asked_for or any(project.artefacts(kind) for kind in kinds):
            yield family
