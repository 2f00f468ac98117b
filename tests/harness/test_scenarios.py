"""Every shipped scenario passes, and no two are the same but for names."""

import json
from collections import defaultdict
from pathlib import Path
from time import perf_counter

import pytest

from sfoptlint.cli.main import ExitStatus, run
from sfoptlint.harness.faults import BENT, CARRIED_OUT, MADE_UP, NEVER_SENT
from sfoptlint.harness.scenario.model import Verb
from sfoptlint.harness.scenario.play import play
from sfoptlint.harness.scenario.read import read_scenario, scenario_folders
from sfoptlint.sync.context import Rules
from tests.conftest import FIXTURES
from tests.harness.coverage import COVERAGE
from tests.sync import planted

SCENARIOS = scenario_folders([], FIXTURES / "scenarios")


@pytest.mark.parametrize("folder", SCENARIOS, ids=lambda folder: folder.name)
def test_scenario(folder: Path) -> None:
    result = play(folder, perf_counter)
    assert result.passed, "\n".join([result.reason, *result.trace])


BEHAVIOURS = {
    "case_space_and_tag": Rules(key=planted.case_matters),
    "duplicates_all_opted_out": Rules(decide=planted.first_of_duplicates),
    "no_membership_no_evidence": Rules(decide=planted.none_is_all),
    "unconfirmed_prevents": Rules(decide=planted.any_is_all),
    "an_empty_page": Rules(decide=planted.half_is_whole),
    "bounced_prevents": Rules(decide=planted.bounce_counts),
    "unknown_state": Rules(decide=planted.unknown_is_ignored),
    "converted_lead": Rules(decide=planted.converted_is_written),
    "mixed_codes_in_one_chunk": Rules(judge=planted.failure_swallowed),
    "flow_undoes_the_tick": Rules(judge=planted.success_believed),
    "summer_time_ends": Rules(since=lambda last, _: last.local),
    "client_changes_its_time_zone": Rules(since=lambda last, _: last.local),
    "rows_shift_between_pages": Rules(page_order=lambda pages: range(2, pages + 1)),
}


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_without_its_behaviour_a_scenario_fails(name: str) -> None:
    assert not play(FIXTURES / "scenarios" / name, perf_counter, BEHAVIOURS[name]).passed


def test_everything_known_is_covered_and_the_table_is_fresh(request: pytest.FixtureRequest) -> None:
    covered = defaultdict(list)
    for folder in SCENARIOS:
        for key in read_scenario(folder).covers:
            covered[key].append(folder.name)
    assert sorted(covered) == sorted(COVERAGE)
    table = "\n".join(f"| {what} | {', '.join(covered[key])} |" for key, what in COVERAGE.items())
    file, mark = FIXTURES / "scenarios" / "README.md", "| what | scenarios |\n"
    head = file.read_text().partition(mark)[0]
    text = f"{head}{mark}| --- | --- |\n{table}\n"
    if request.config.getoption("--accept"):
        file.write_text(text)
    assert file.read_text() == text, "`make accept` writes the table"


def test_there_are_enough_and_each_says_something_of_its_own() -> None:
    assert len(SCENARIOS) >= 60
    said = defaultdict(list)
    for folder in SCENARIOS:
        scenario = read_scenario(folder)
        said[repr((scenario.given, [(step.verb, step.values) for step in scenario.when]))].append(folder.name)
        assert scenario.covers, folder.name
        assert scenario.about.endswith("."), folder.name
    assert not [names for names in said.values() if len(names) > 1]


def test_the_command_prints_the_document_of_the_interface(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # so that the shipped scenarios are played
    names = ["unsubscribed_everywhere", "active_somewhere"]
    assert run(["harness", "run", "--format", "json", "--output", "junit.xml", *names]) == ExitStatus.CLEAN
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "sfoptlint-harness/1"
    assert [(item["name"], item["passed"], item["reason"]) for item in document["scenarios"]] == [
        (name, True, "") for name in names
    ]
    assert all(isinstance(item["seconds"], float) for item in document["scenarios"])
    assert 'tests="2" failures="0"' in (tmp_path / "junit.xml").read_text()


def test_the_page_names_every_verb_and_answer() -> None:
    page = (FIXTURES / "scenarios" / "README.md").read_text()
    for word in (*Verb, *NEVER_SENT, *CARRIED_OUT, *MADE_UP, *BENT):
        assert f"`{word}`" in page, word


BROKEN = """
about: It says the wrong end.
given:
  lists: {news: }
  records:
    ann: {Email: ann@example.com}
  memberships:
    news: {ann@example.com: Unsubscribed}
when:
  - sync: primary
then:
  records:
    ann: {HasOptedOutOfEmail: false}
  requests: []
  log: [row_busy ann]
"""


def _written(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(text)
    return folder


def test_one_that_fails_says_what_differs_and_shows_the_step(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["harness", "run", str(_written(tmp_path, BROKEN))]) == ExitStatus.FINDINGS
    said = capsys.readouterr().out
    assert "FAILED  mine" in said
    assert "records: ann.HasOptedOutOfEmail is True, not False" in said
    assert "requests: unexpected ['Contact HasOptedOutOfEmail = true: ann']" in said
    assert "log: missing ['row_busy ann']" in said
    assert "| step: sync {'run': 'primary'}" in said
    assert "| PATCH /services/data/v64.0/composite/sobjects 200" in said
    assert "ann@example.com" not in said
    assert said.endswith("0 of 1 passed\n")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("given:", "givn:", "mine/scenario.yaml:3: givn is not a key; did you mean given?"),
        ("about: It says the wrong end.", "about: 7", "about must be text"),
        ("- sync: primary", "- synk: primary", "synk is not a key; did you mean sync?"),
        ("- sync: primary", "- sync: primry", "primry is no command; did you mean primary?"),
        ("- sync: primary", "- {sync: primary, wait: 1 hour}", "is one too many"),
        ("- sync: primary", "- wait: a while", "a while is no span"),
        ("- sync: primary", "- fault: {at: GET x, answer: explode it}", "is no answer"),
        ("- sync: primary", "- fault: {at: GET x}", "needs at with answer or do"),
        ("- sync: primary", "- subscriber: {list: news, email: a@example.com}", "state must be given"),
        ("- sync: primary", "- subscriber: {list: nws, email: a@example.com, state: Active}", "did you mean news?"),
        ("- sync: primary", "- sync: {run: refresh, list: news}", "sync: refresh needs email"),
        ("- sync: primary", "- sync: {run: primary, killed_at: nowhere}", "came 0 times to nowhere, not 1"),
        ("- sync: primary", "- restore: journal", "takes backup, and after it journal"),
        ("- sync: primary", "- rename: {list: news, email: eve@example.com, to: a@example.com}", "rename: "),
        ("- sync: primary", "- merge: {name: ann, into: bob}", "bob is neither a list nor a record"),
        ("- sync: primary", "- {drop_list: news}\n  - {drop_list: news}", "news is dropped already"),
        ("- sync: primary", "- zone: Mars", "Mars is no time zone"),
        ("{Email: ann@example.com}", "{Emial: ann@example.com}", "Contact has no field Emial; did you mean Email?"),
        ("{Email: ann@example.com}", "{object: Contcat}", "Contcat is no object; did you mean Contact?"),
        ("{Email: ann@example.com}", "{HasOptedOutOfEmail: 7}", "takes a value of type boolean"),
        ("  lists: {news: }", "  zone: Mars", "is a time zone such as Australia/Sydney"),
        ("  lists: {news: }", "  page_size: 3", "is between 10 and 1000"),
        ("  lists: {news: }", "  now: soon", "must be a moment"),
        ("  log: [row_busy ann]", "", "log must be given"),
        ("  log: [row_busy ann]", "  log: [row_busy ann]\n  reads: {GET x: many}", "is how many such requests"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(
    old: str, new: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["harness", "run", str(_written(tmp_path, BROKEN.replace(old, new)))]) == ExitStatus.USAGE
    said = capsys.readouterr().err
    assert complaint in said
    assert "scenario.yaml:" in said
    assert said.count("\n") == 1


def test_a_fault_that_never_strikes_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fault = "- fault: {at: GET nowhere, answer: timeout}\n  - sync: primary"
    assert run(["harness", "run", str(_written(tmp_path, BROKEN.replace("- sync: primary", fault)))]) == 1
    assert "fault: GET nowhere came 0 times, not 1: it never struck" in capsys.readouterr().out


def test_beside_one_that_cannot_be_read_the_others_are_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = _written(tmp_path, "about: 7\n")
    status = run(["harness", "run", "--format", "json", str(broken), str(FIXTURES / "scenarios" / "active_somewhere")])
    assert status == ExitStatus.USAGE
    said = capsys.readouterr()
    scenarios = json.loads(said.out)["scenarios"]
    assert [(item["name"], item["passed"]) for item in scenarios] == [("mine", False), ("active_somewhere", True)]
    assert "about must be text" in said.err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["no_such"], "no_such: is neither a path nor one of the scenarios"),
        (["active_somewher"], "did you mean active_somewhere?"),
        (["--output", "out.doc", "active_somewhere"], "out.doc: ends in none of .json, .xml, .txt"),
        (["."], "holds no scenario"),
    ],
)
def test_wrong_usage(
    arguments: list[str],
    complaint: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["harness", "run", *arguments]) == ExitStatus.USAGE
    assert complaint in capsys.readouterr().err


def test_the_scenarios_are_listed_with_what_they_cover(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["harness", "run", "--list", "active_somewhere"]) == ExitStatus.CLEAN
    assert capsys.readouterr().out == (
        "active_somewhere: One active membership keeps the box as it is; once that one is unsubscribed too, "
        "the next run ticks it. [case:R2, article:active]\n"
    )
