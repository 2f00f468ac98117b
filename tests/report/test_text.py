"""Text: what a terminal shows."""

import pytest
from click import unstyle

from sfoptlint.core.finding import Finding
from sfoptlint.report.source_line import cells
from sfoptlint.report.text_report import render
from tests.report.outcomes import finding, hostile, on_source, outcome


def shown(*findings: Finding) -> list[str]:
    return unstyle(render(outcome(*findings))).split("\n")


@pytest.mark.parametrize(
    ("source", "column", "width", "line", "carets"),
    [
        ("  <a>b</a>", 3, 3, "  <a>b</a>", "  ^^^"),
        ("\u540d\u524d<a>", 3, 3, "\u540d\u524d<a>", "    ^^^"),
        ("<\u540d\u524d>", 2, 2, "<\u540d\u524d>", " ^^^^"),
        ("e\u0301x<a>", 4, 3, "e\u0301x<a>", "  ^^^"),
        ("\x1b[2J<a>", 5, 3, "\\x1b[2J<a>", "       ^^^"),
        ("a\x00b", 2, 1, "a\\x00b", " ^^^^"),
        ("abc", 4, 1, "abc", "   ^"),
    ],
    ids=["plain", "wide before", "wide marked", "combining", "control before", "control marked", "at the end"],
)
def test_the_caret_stands_below_the_place(source: str, column: int, width: int, line: str, carets: str) -> None:
    lines = shown(on_source(source, column, width))
    at = lines.index(f"2 | {line}")
    assert lines[at + 1] == f"  | {carets}"


def test_an_emoji_takes_two_cells() -> None:
    assert cells("a\U0001f4e7b") == 4


def test_many_alike_findings_are_listed_by_place() -> None:
    text = "\n".join(shown(*[finding()] * 8))
    assert text.count("help: Add the related list.") == 5
    assert "3 more like the last one" in text


def test_only_styles_are_terminal_sequences() -> None:
    assert "\x1b" not in unstyle(render(hostile()))
    assert "\x1b[2J" not in render(hostile())


def test_no_style_runs_on_into_the_next_line() -> None:
    assert all("\x1b[" not in line.rpartition("\x1b[0m")[2] for line in render(hostile()).split("\n"))


def test_the_answer_for_each_object_opens_the_report() -> None:
    assert shown(finding())[0] == "Contact: 0 ways to lose an opt-out, 0 automations proved safe, 1 not decided"
