"""GitHub workflow commands, which annotate the changed files of a pull request.

GitHub Docs, Workflow commands for GitHub Actions: setting an error message. The escapes are those of the runner,
actions/toolkit, `command.ts`. A command ends with its line, so no text may bring a line end of its own.
"""

from collections.abc import Mapping

from sfoptlint.core.finding import Finding, Severity
from sfoptlint.core.outcome import Outcome
from sfoptlint.report.plain import crash, one_line, visible

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(outcome: Outcome) -> str:
    """Return one command a finding, after one for each defect of ours."""
    crashes = [_command("error", {"title": "sfoptlint"}, crash(error)) for error in outcome.internal_errors]
    return "".join([*crashes, *map(_annotation, outcome.findings)])


def _annotation(finding: Finding) -> str:
    place = finding.place
    properties = {
        "file": place.path,
        "line": str(place.line),
        "col": str(place.column),
        "title": f"{finding.rule} {finding.name}",
    }
    return _command(_COMMAND[finding.severity], properties, one_line(finding))


def _command(name: str, properties: Mapping[str, str], message: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
