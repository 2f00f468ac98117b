"""What a commit waits for: a lint of one staged file imports nothing that it does not need."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.org import FILES, FOLDER
from tests.orgs import git, repository, write

HEAVY = {
    "asyncio", "concurrent", "duckdb", "email", "hypothesis", "http", "jinja2", "multiprocessing", "pyarrow", "pytest",
    "requests", "responses", "rich", "simple_salesforce", "sqlglot", "ssl", "tkinter", "trustme", "unittest", "urllib3", "z3",
}  # fmt: skip
OURS = {
    "automation.apex",
    "automation.flow",
    "clients",
    "data_directory",
    "doctor",
    "fix",
    "handbook",
    "harness",
    "reconcile",
    "sync",
}
RUN = """
import sys
from sfoptlint.cli.main import run
status = run({arguments!r})
print("modules:", *sorted(sys.modules), file=sys.stderr)
sys.exit(status)
"""
LAYOUT = f"{FOLDER}/layouts/Contact-Desk%3A Shore.layout-meta.xml"
TRIGGER = f"{FOLDER}/triggers/Guard.trigger"
FLOW = f"{FOLDER}/flows/Untick.flow-meta.xml"


def imported(folder: Path, *arguments: str) -> set[str]:
    """The modules that a command has imported when it ends."""
    command = [sys.executable, "-c", RUN.format(arguments=list(arguments))]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return set(done.stderr.partition("modules:")[2].split())


def heavy(modules: set[str]) -> set[str]:
    return {module for module in modules if module.partition(".")[0] in HEAVY}


def of_ours(modules: set[str], parts: set[str]) -> set[str]:
    return {part for part in parts if f"sfoptlint.{part}" in modules}


def staged(folder: Path, name: str) -> Path:
    repository(folder, {key: text for key, text in FILES.items() if key != name})
    write(folder, {name: FILES[name]})
    git(folder, "add", "--all")
    return folder


def test_help_imports_no_metadata(tmp_path: Path) -> None:
    modules = imported(tmp_path, "--help")
    assert not heavy(modules)
    assert not {"lxml", "yaml", "json"} & modules
    assert not of_ours(modules, OURS | {"engine", "judge", "metadata", "model", "source", "report", "catalogue"})


def test_a_staged_layout_waits_for_pages_alone(tmp_path: Path) -> None:
    modules = imported(staged(tmp_path, LAYOUT), "lint", "--staged")
    assert "sfoptlint.judge.page_family" in modules
    assert not heavy(modules)
    assert not of_ours(modules, OURS | {"automation", "decide", "evaluate", "explain", "lang", "simulate"})
    assert not {"json", "zipfile", "difflib", "decimal", "tempfile"} & modules


def test_a_staged_flow_waits_for_no_page_and_no_live_org(tmp_path: Path) -> None:
    modules = imported(staged(tmp_path, FLOW), "lint", "--staged")
    assert "sfoptlint.automation.flow" in modules
    assert not heavy(modules)
    assert not of_ours(modules, OURS - {"automation.flow"} | {"judge.page_family", "judge.access_family"})


def test_a_staged_trigger_waits_for_no_flow_and_no_live_org(tmp_path: Path) -> None:
    modules = imported(staged(tmp_path, TRIGGER), "lint", "--staged")
    assert "sfoptlint.automation.apex" in modules
    assert not heavy(modules)
    assert not of_ours(modules, OURS - {"automation.apex"} | {"judge.page_family", "judge.access_family"})


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_nothing_is_read_where_nothing_is_asked(tmp_path: Path, option: str) -> None:
    assert not of_ours(imported(tmp_path, option), {"engine", "judge"})
