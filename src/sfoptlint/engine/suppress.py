"""Takes out the findings that are known and accepted: by the configuration, with a reason, or by a baseline file.

XML comments do not survive a retrieve, so a suppression is keyed by the artefact's full name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sfoptlint.core.errors import UsageError
from sfoptlint.core.finding import Finding
from sfoptlint.core.settings import Suppression

BASELINE_SCHEMA = "sfoptlint-baseline/1"


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The findings that remain, and the suppressions that took nothing out."""

    findings: tuple[Finding, ...]
    unused: tuple[Suppression, ...]
    expired: tuple[Suppression, ...]


def suppress(findings: Iterable[Finding], suppressions: Sequence[Suppression], today: date) -> Suppressed:
    """Apply the configuration's suppressions; one whose day has passed takes nothing out."""
    expired = [s for s in suppressions if s.until is not None and s.until < today]
    active = [s for s in suppressions if s not in expired]
    used: set[Suppression] = set()
    kept = []
    for finding in findings:
        matching = [s for s in active if _matches(s, finding)]
        used.update(matching)
        if not matching:
            kept.append(finding)
    return Suppressed(tuple(kept), tuple(s for s in active if s not in used), tuple(expired))


def read_baseline(file: Path) -> frozenset[str]:
    """Return the fingerprints of a baseline file; raise UsageError where it is not one."""
    import json  # noqa: PLC0415 - most runs have no baseline

    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        fingerprints = frozenset(str(entry["fingerprint"]) for entry in data["findings"])
        known = data["schema"] == BASELINE_SCHEMA
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(f"{file}: is not a baseline; write one with --write-baseline") from error
    if not known:
        raise UsageError(f"{file}: is no {BASELINE_SCHEMA}; write it again with --write-baseline")
    return fingerprints


def write_baseline(file: Path, findings: Iterable[Finding]) -> None:
    """Write the fingerprints of these findings, each with what a reader needs to know it."""
    import json  # noqa: PLC0415 - most runs write no baseline

    entries = [
        {"fingerprint": f.fingerprint, "rule": f.rule, "artifact": str(f.artifact), "object": f.object}
        for f in findings
    ]
    file.write_text(json.dumps({"schema": BASELINE_SCHEMA, "findings": entries}, indent=2) + "\n", encoding="utf-8")


def _matches(suppression: Suppression, finding: Finding) -> bool:
    return suppression.artifact.casefold() == str(finding.artifact).casefold() and suppression.rule in (
        finding.rule,
        finding.name,
    )
