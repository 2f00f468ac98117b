"""Asks what the flows of a small org do."""

from collections.abc import Mapping

from sfoptlint.core import verdict
from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Direction, OptOutObject, Row, Verdict
from sfoptlint.judge.effects import EffectsJudgement
from sfoptlint.judge.flow_family import judge
from tests.memory_orgs import project

ALWAYS, SOMETIMES, NEVER, UNKNOWN = Verdict.ALWAYS, Verdict.SOMETIMES, Verdict.NEVER, Verdict.UNKNOWN
BLOCK, REVERT, OVERWRITE = verdict.Effect.BLOCK, verdict.Effect.REVERT, verdict.Effect.OVERWRITE
PATH = "force-app/main/default/flows/Guard.flow-meta.xml"


def judged(text: str, **others: str) -> list[EffectsJudgement]:
    """Judge the flows of an org; `others` are flows by name."""
    files = {PATH: text, **{f"force-app/main/default/flows/{name}.flow-meta.xml": t for name, t in others.items()}}
    return list(judge(project(files), Settings()))


def rows(text: str, object_: str = "Contact", **others: str) -> Mapping[tuple[Direction, verdict.Effect], Row]:
    """Return the rows of the flow `Guard` about one object."""
    return {
        (row.direction, row.effect): row
        for judgement in judged(text, **others)
        for row in judgement.rows
        if row.artifact.full_name == "Guard" and row.object is OptOutObject(object_)
    }


def verdicts(text: str, object_: str = "Contact", **others: str) -> str:
    """Return the harmful and open verdicts on one line: `block opt_out always targeted`."""
    found = rows(text, object_, **others)
    told = (
        f"{effect} {direction} {row.verdict}{f' {row.reach}' if row.reach else ''}"
        for (direction, effect), row in sorted(found.items(), key=lambda item: (item[0][1], item[0][0] != "opt_out"))
        if row.verdict is not NEVER
    )
    return "; ".join(told) if found else "no rows"
