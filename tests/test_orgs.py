"""Whole small orgs: their reports are compared with the goldens, text and JSON."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click import unstyle

from sfoptlint.catalogue.load import load_rules
from sfoptlint.engine.folder import lint_folder
from sfoptlint.report.formats import ReportFormat, renderer

ORGS = sorted((Path(__file__).parent.parent / "fixtures" / "orgs").iterdir())


@pytest.mark.parametrize("org", ORGS, ids=lambda org: org.name)
@pytest.mark.parametrize("form", [ReportFormat.TEXT, ReportFormat.JSON])
def test_an_orgs_report_is_as_expected(org: Path, form: ReportFormat, golden: Callable[[str, str], None]) -> None:
    outcome = lint_folder(org, load_rules(), date(2026, 6, 1))
    assert not outcome.internal_errors
    golden(f"orgs/{org.name}.{form}", unstyle(renderer(form)(outcome)))
