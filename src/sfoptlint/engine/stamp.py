"""Turns what a detector observed into a finding, and puts findings and rows in their order."""

from sfoptlint.catalogue.rule import Rule
from sfoptlint.core.finding import Finding
from sfoptlint.core.verdict import ComponentId, Direction, Row
from sfoptlint.engine.excerpt import excerpt_of
from sfoptlint.metadata.kind import recognise
from sfoptlint.ruleapi import Observation
from sfoptlint.source.source import Source


def stamp(rule: Rule, observation: Observation, source: Source, root: str) -> Finding:
    """Return the finding of one rule; `root` is the tree that the artefact stands in."""
    row = observation.row
    artifact = observation.artifact or (row.artifact if row else None) or artifact_of(observation.place.path)
    milder = observation.severity is not None and observation.severity.rank > rule.severity.rank
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=observation.severity if milder and observation.severity else rule.severity,
        artifact=artifact,
        place=observation.place,
        message=observation.message,
        help=observation.help or rule.help,
        fingerprint=_fingerprint(rule.id, str(artifact), row.object if row else "", observation.key, root),
        excerpt=excerpt_of(source, observation.place),
        object=row.object if row else None,
        directions=observation.directions or _directions(row),
        effect=row.effect if row else None,
        cause=row.cause if row else None,
        verdict=row.verdict if row else None,
        reach=row.reach if row else None,
        condition=observation.condition or (row.condition if row else None),
        related=observation.related,
        witness=row.witness if row else None,
        replayed=row.replayed if row else None,
        notes=observation.notes,
    )


def artifact_of(path: str) -> ComponentId:
    """Return the component that a path names, or the file itself where it names none."""
    artefact = recognise(path)
    return ComponentId(artefact.kind.value, artefact.full_name) if artefact else ComponentId("File", path)


def finding_order(finding: Finding) -> tuple[int, str, int, int, str, str]:
    """Sort the gravest first, then by place."""
    place = finding.place
    return finding.severity.rank, place.path, place.line, place.column, finding.rule, finding.fingerprint


def row_order(row: Row) -> tuple[str, str, str, str, str, str]:
    """Sort by artefact, then object, direction and effect; two trees may hold the same artefact."""
    return row.artifact.type, row.artifact.full_name, row.path, row.object, row.direction, row.effect


def _directions(row: Row | None) -> tuple[Direction, ...]:
    if row is None:
        return ()
    return (Direction.OPT_OUT, Direction.OPT_IN) if row.direction is Direction.ANY else (row.direction,)


def _fingerprint(*parts: str) -> str:
    from hashlib import sha256  # noqa: PLC0415 - a clean run has no finding to name, and this is felt at start-up

    return sha256("\0".join(parts).encode()).hexdigest()[:16]
