"""Which formats there are, and which one a file's name asks for."""

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from pathlib import PurePath

from sfoptlint.core.errors import UsageError
from sfoptlint.core.outcome import Outcome

Render = Callable[[Outcome], str]
"""A report's `render`."""


class ReportFormat(StrEnum):
    """The names of the formats; each is the module of this folder with the same name and the ending `_report`."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    GITLAB = "gitlab"
    MARKDOWN = "markdown"
    CSV = "csv"
    HTML = "html"


_BY_SUFFIX = {
    ".csv": ReportFormat.CSV,
    ".html": ReportFormat.HTML,
    ".json": ReportFormat.JSON,
    ".md": ReportFormat.MARKDOWN,
    ".sarif": ReportFormat.SARIF,
    ".txt": ReportFormat.TEXT,
    ".xml": ReportFormat.JUNIT,
}
_BY_NAME = {"gl-code-quality-report.json": ReportFormat.GITLAB}


def renderer(form: ReportFormat) -> Render:
    """Import a format and return its `render`."""
    render: Render = import_module(f"sfoptlint.report.{form}_report").render
    return render


def format_of_file(name: str) -> ReportFormat:
    """Return the format that a file's name asks for; raise UsageError where it asks for none."""
    path = PurePath(name)
    form = _BY_NAME.get(path.name) or _BY_SUFFIX.get(
        ".sarif" if name.endswith(".sarif.json") else path.suffix.casefold()
    )
    if form is None:
        raise UsageError(f"--output {name}: no format ends like this; use {', '.join(_BY_SUFFIX)}")
    return form
