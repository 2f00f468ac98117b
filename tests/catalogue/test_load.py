"""What a rule folder must say, and what is said of one that does not."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml

from sfoptlint.catalogue.load import built_in_folder, detector_of, load_rules
from sfoptlint.catalogue.rule import Rule
from sfoptlint.core.errors import UsageError
from sfoptlint.core.finding import Severity
from sfoptlint.judge.family import Family

STATED = {
    "id": "ABC640",
    "name": "own-rule",
    "summary": " One sentence.\n",
    "severity": "note",
    "family": "page",
    "since": "1.0",
    "why": "Because.\n",
    "help": "Do\nthis.",
    "references": ["A guide"],
}


def state(root: Path, changes: Mapping[str, object] = MappingProxyType({}), folder: str = "ABC640_own_rule") -> Path:
    """Write a rule with these keys changed, without those that are None; return its rule.yaml."""
    stated = {key: value for key, value in {**STATED, **changes}.items() if value is not None}
    return write(root, yaml.safe_dump(stated), folder)


def write(root: Path, text: str, folder: str = "ABC640_own_rule") -> Path:
    file = root / folder / "rule.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def loaded(root: Path, rule_id: str) -> Rule:
    return next(rule for rule in load_rules([root]) if rule.id == rule_id)


def refused(*folders: Path) -> str:
    with pytest.raises(UsageError) as raised:
        load_rules(folders)
    return str(raised.value)


def test_a_rule_is_what_its_folder_states(tmp_path: Path) -> None:
    file = state(tmp_path)

    rule = loaded(tmp_path, "ABC640")

    assert (rule.name, rule.summary, rule.severity, rule.family) == (
        "own-rule",
        "One sentence.",
        Severity.NOTE,
        Family.PAGE,
    )
    assert (rule.since, rule.why, rule.help, rule.references) == ("1.0", "Because.", "Do this.", ("A guide",))
    assert rule.folder == file.parent


def test_references_may_be_left_out(tmp_path: Path) -> None:
    state(tmp_path, {"references": None})

    assert loaded(tmp_path, "ABC640").references == ()


def test_the_rules_are_sorted_by_id_wherever_they_stand(tmp_path: Path) -> None:
    state(tmp_path, {"id": "AAA001", "name": "first"}, "AAA001_first")
    state(tmp_path, {"id": "ZZZ999", "name": "last"}, "ZZZ999_last")

    ids = [rule.id for rule in load_rules([tmp_path])]

    assert ids == sorted(ids)
    assert (ids[0], ids[-1]) == ("AAA001", "ZZZ999")


@pytest.mark.parametrize("key", [key for key in STATED if key != "references"])
def test_a_key_that_is_missing_is_named(tmp_path: Path, key: str) -> None:
    file = state(tmp_path, {key: None})

    assert refused(tmp_path) == f"{file}: needs {key}, as text"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"since": 1.0}, "needs since, as text"),
        ({"why": " \n"}, "needs why, as text"),
        ({"sumary": "x"}, "knows no key sumary; did you mean summary?"),
        ({"colour": "x"}, "knows no key colour; the keys are id, name, summary"),
        ({"references": "A guide"}, "references is a list of texts"),
        ({"references": [1]}, "references is a list of texts"),
        ({"id": "ABC64"}, "an id is like OPT601"),
        ({"id": "abc640"}, "an id is like OPT601"),
        ({"name": "Own rule"}, "a name like layout-without-membership-list"),
        ({"id": "ABC641"}, "its folder must be ABC641_ and words joined by underscores"),
        ({"severity": "fatal"}, "severity is one of error, warning, note, not fatal"),
        ({"family": "pages"}, "not pages"),
    ],
)
def test_a_rule_that_is_not_well_stated_is_refused(tmp_path: Path, changes: dict[str, object], complaint: str) -> None:
    file = state(tmp_path, changes)

    message = refused(tmp_path)

    assert message.startswith(f"{file}: ")
    assert complaint in message
    assert "\n" not in message


def test_a_folder_whose_name_cannot_be_imported_is_refused(tmp_path: Path) -> None:
    state(tmp_path, folder="ABC640_own-rule")

    assert "words joined by underscores" in refused(tmp_path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("id: [", "is not readable YAML"),
        ("since: 2026-02-31", "is not readable YAML"),
        ("- id", "holds no mapping"),
        ("", "holds no mapping"),
    ],
)
def test_what_is_no_mapping_is_refused_in_one_line(tmp_path: Path, text: str, complaint: str) -> None:
    write(tmp_path, text)

    message = refused(tmp_path)

    assert complaint in message
    assert "\n" not in message


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "").write_bytes(b"\xff\xfe\xff")

    assert "is not readable YAML" in refused(tmp_path)


@pytest.mark.parametrize("name", ["", "absent"])
def test_a_folder_without_rules_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name).startswith(f"{tmp_path / name}: holds no rule")


@pytest.mark.parametrize(
    ("folder", "changes", "word"),
    [
        ("OPT601_mine", {"id": "OPT601"}, "OPT601"),
        ("ABC640_own_rule", {"name": "look-alike-related-list"}, "look-alike-related-list"),
    ],
)
def test_what_a_built_in_rule_is_called_is_taken(
    tmp_path: Path, folder: str, changes: dict[str, object], word: str
) -> None:
    file = state(tmp_path, changes, folder)

    message = refused(tmp_path)

    assert message.startswith(f"{file}: {word} is taken by {built_in_folder()}")


def test_two_folders_of_ones_own_may_not_hold_the_same_rule(tmp_path: Path) -> None:
    state(tmp_path / "one")
    file = state(tmp_path / "two")

    assert refused(tmp_path / "one", tmp_path / "two").startswith(f"{file}: ABC640 is taken by ")


@pytest.mark.parametrize(
    ("code", "reason"),
    [(None, "No module named"), ("nothing = 1\n", "no attribute 'detect'"), ("def detect(:\n", "invalid syntax")],
    ids=["absent", "empty", "broken"],
)
def test_a_rule_without_a_detector_is_refused_when_it_is_asked_for(
    tmp_path: Path, code: str | None, reason: str, request: pytest.FixtureRequest
) -> None:
    case = request.node.callspec.id
    file = state(tmp_path, {"id": "ABC650", "name": f"without-{case}"}, f"ABC650_{case}")
    if code is not None:
        file.with_name("detector.py").write_text(code, encoding="utf-8")
    rule = loaded(tmp_path, "ABC650")

    with pytest.raises(UsageError, match="has no detect to import: ") as raised:
        detector_of(rule)
    assert reason in str(raised.value)
