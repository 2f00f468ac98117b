"""`sfoptlint rules` and `sfoptlint explain`, in this checkout and from a wheel."""

import json
import os
import subprocess
import sys
import zipfile
from contextlib import chdir
from pathlib import Path

import pytest

from sfoptlint.catalogue.load import load_rules
from sfoptlint.catalogue.scaffold import begin_rule
from sfoptlint.cli.main import run

ROOT = Path(__file__).parent.parent.parent


def test_rules_lists_every_rule_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [rule.id for rule in load_rules()]


def test_rules_as_json_states_all_that_a_rule_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "--format", "json"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "sfoptlint-rules/1"
    first = document["rules"][0]
    assert set(first) == {"id", "name", "summary", "severity", "family", "since", "why", "help", "references"}


def test_rules_of_ones_own_are_listed_and_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin_rule("ABC630", "of-ones-own", "page", tmp_path)

    assert run(["rules", "--rules", str(tmp_path)]) == 0
    assert "ABC630" in capsys.readouterr().out
    assert run(["explain", "ABC630", "--rules", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("# ABC630: of-ones-own\n")


def test_rules_that_the_configuration_adds_are_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    begin_rule("ABC631", "of-the-project", "page", tmp_path / "lint")
    (tmp_path / "sfoptlint.yml").write_text("rules: [lint]\n")

    with chdir(tmp_path):
        assert run(["explain", "of-the-project"]) == 0
    assert capsys.readouterr().out.startswith("# ABC631")


@pytest.mark.parametrize("word", ["OPT601", "opt601", "layout-without-membership-list"])
def test_explain_prints_the_page_by_id_and_by_name(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", word]) == 0

    page = ROOT / "rules" / "OPT601_layout_without_membership_list" / "README.md"
    assert capsys.readouterr().out == page.read_text(encoding="utf-8")


def test_an_unknown_rule_is_refused_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "look-alike-list"]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "sfoptlint: no rule is called look-alike-list; did you mean look-alike-related-list?\n"


@pytest.mark.parametrize("command", ["rules", "explain"])
def test_help_shows_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"Example: sfoptlint {command}" in capsys.readouterr().out


def test_a_wheel_brings_the_rules_with_their_examples(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    installed = tmp_path / "installed"
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(installed)

    folder = installed / "sfoptlint" / "rules" / "OPT602_look_alike_related_list"
    stated = (folder / "rule.yaml").read_text(encoding="utf-8")
    (folder / "rule.yaml").write_text(stated.replace("since: 0.1.0", "since: 0.0.9"), encoding="utf-8")

    explained = subprocess.run(
        [sys.executable, "-m", "sfoptlint", "explain", "OPT602"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )

    page = ROOT / "rules" / folder.name / "README.md"
    assert explained.stdout == page.read_text(encoding="utf-8").replace("0.1.0", "0.0.9")
