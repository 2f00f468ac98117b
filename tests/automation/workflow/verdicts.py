"""The verdicts of one artefact in a small org, in the order opt_out, opt_in."""

from collections.abc import Mapping

from sfoptlint.core.settings import Settings
from sfoptlint.core.verdict import Direction, Effect, Row, Verdict
from tests.memory_orgs import lint, rows

ALWAYS, SOMETIMES, NEVER, UNKNOWN = Verdict.ALWAYS, Verdict.SOMETIMES, Verdict.NEVER, Verdict.UNKNOWN
Answer = tuple[Verdict, Verdict]


def judged(
    files: Mapping[str, str], artifact: str, object_: str = "Contact", settings: Settings | None = None
) -> dict[tuple[Effect, Direction], Row]:
    """The rows of an artefact by effect and direction."""
    outcome = lint(files, settings)
    assert not outcome.internal_errors
    return {(row.effect, row.direction): row for row in rows(outcome, artifact, object_)}


def verdicts(found: Mapping[tuple[Effect, Direction], Row], effect: Effect) -> Answer:
    return found[effect, Direction.OPT_OUT].verdict, found[effect, Direction.OPT_IN].verdict
