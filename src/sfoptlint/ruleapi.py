"""All that a detector may import: what was judged, and the observation that it makes of it.

A detector is `detect(judged)`: an iterator over one family's judgements in, observations out. It asks one question; the
verdicts are already there.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from sfoptlint.core.finding import Note, Related, Severity
from sfoptlint.core.location import Place
from sfoptlint.core.opt_out import OPT_OUT_FIELD, SECURED_FIELD
from sfoptlint.core.settings import Suppression
from sfoptlint.core.verdict import Cause, ComponentId, Direction, Effect, Half, OptOutObject, Reach, Row, Verdict
from sfoptlint.source.source import Problem

if TYPE_CHECKING:
    from sfoptlint.automation.automation import Timing
    from sfoptlint.judge.access import AccessJudgement, Barrier
    from sfoptlint.judge.chain.chain import Chain
    from sfoptlint.judge.effects import EffectsJudgement
    from sfoptlint.judge.explained import explained
    from sfoptlint.judge.harm import Harm
    from sfoptlint.judge.null_comparison import null_comparisons
    from sfoptlint.judge.page import PageJudgement, Sight
    from sfoptlint.judge.told import Told, told
    from sfoptlint.judge.unhandled import unhandled
    from sfoptlint.judge.validation_rule import RuleJudgement, formula_place

__all__ = [
    "OPT_OUT_FIELD",
    "SECURED_FIELD",
    "AccessJudgement",
    "Barrier",
    "Cause",
    "Chain",
    "ComponentId",
    "Direction",
    "Effect",
    "EffectsJudgement",
    "Half",
    "Harm",
    "InputProblem",
    "Note",
    "Observation",
    "OptOutObject",
    "PageJudgement",
    "Place",
    "Problem",
    "Reach",
    "Related",
    "RuleJudgement",
    "Severity",
    "Sight",
    "StaleSuppression",
    "Suppression",
    "Timing",
    "Told",
    "Verdict",
    "at",
    "chained",
    "explained",
    "formula_place",
    "null_comparisons",
    "seen",
    "told",
    "unhandled",
]

_OF_FAMILY = {
    "Timing": "automation.automation",
    "Chain": "judge.chain.chain",
    "EffectsJudgement": "judge.effects",
    "Harm": "judge.harm",
    "Told": "judge.told",
    "unhandled": "judge.unhandled",
    "told": "judge.told",
    "RuleJudgement": "judge.validation_rule",
    "explained": "judge.explained",
    "formula_place": "judge.validation_rule",
    "null_comparisons": "judge.null_comparison",
    "AccessJudgement": "judge.access",
    "Barrier": "judge.access",
    "PageJudgement": "judge.page",
    "Sight": "judge.page",
}
"""What only one family's detectors import: it is loaded with them, for start-up is felt in every commit."""


def __getattr__(name: str) -> object:
    if name not in _OF_FAMILY:
        raise AttributeError(name)
    return getattr(import_module(f"sfoptlint.{_OF_FAMILY[name]}"), name)


@dataclass(frozen=True, slots=True)
class Observation:
    """What a detector saw: where, what to say, and the verdict row that it rests on.

    `row` is None for what is about the input itself; then `artifact` says what it is about. `key` tells two observations
    of one artefact apart. `severity` makes one milder than its rule; `help` replaces the rule's own; `directions` replaces
    the row's where one observation speaks of both.
    """

    place: Place
    message: str
    row: Row | None = None
    artifact: ComponentId | None = None
    condition: str | None = None
    help: str | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    notes: tuple[Note, ...] = ()
    directions: tuple[Direction, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class InputProblem:
    """A file that could not be read or parsed, with what its name says that it is."""

    problem: Problem
    artifact: ComponentId


@dataclass(frozen=True, slots=True)
class StaleSuppression:
    """A suppression of the configuration that did nothing, or whose day has passed."""

    suppression: Suppression
    path: str
    expired: bool


def seen(judgement: "EffectsJudgement", row: Row, message: str, directions: tuple[Direction, ...] = ()) -> Observation:
    """Return the observation of what an automation does: where, under which condition, and the way there in words."""
    from sfoptlint.judge.told import told as tell  # noqa: PLC0415 - only automations' detectors need it

    harm = judgement.harms.get((row.direction, row.effect))
    place = harm.effect.at if harm is not None and harm.effect is not None else judgement.automation.at
    words = tell(judgement, row.direction, row.effect)
    return Observation(
        place, message, row, condition=words.condition, related=words.related, notes=words.notes, directions=directions
    )


def chained(chain: "Chain", message: str) -> Observation:
    """Return the observation of automations that lose an opt-out together: what each leaves, and what the last one does."""
    key = " ".join([*(str(link.component) for link in chain.links), chain.row.effect])
    directions = chain.directions if len(chain.directions) > 1 else ()
    message = f"{chain.words} {message}"
    return Observation(chain.at, message, chain.row, related=chain.related, directions=directions, key=key)


def at(judgement: "PageJudgement", sight: "Sight") -> Place:
    """Return where a page shows or misses something."""
    return Place(judgement.row.path, sight.at.line, sight.at.column)
