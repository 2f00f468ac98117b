"""GitHub annotations: each is one line that the runner reads as one command."""

import re

from sfoptlint.core.finding import Severity
from sfoptlint.report.github_report import render
from tests.report.outcomes import finding, hostile, outcome

COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^:,\r\n]*,?)*)::([^\r\n]*)")
"""As the runner splits it: properties end at the first `::`, and none holds a colon or comma of its own."""


def unescape(text: str) -> str:
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_a_finding_is_one_command() -> None:
    assert render(outcome(finding("100%, or:\nnone"))) == (
        "::warning file=force-app/layouts/Contact-Contact Layout%253A Shore.layout-meta.xml,line=2,col=1,"
        "title=OPT601 layout-without-membership-list::100%25, or:%0Anone. Add the related list.\n"
    )


def test_severities_have_their_commands() -> None:
    names = [render(outcome(finding(severity=severity))).split()[0] for severity in Severity]
    assert names == ["::error", "::warning", "::notice"]


def test_hostile_text_stays_within_its_command() -> None:
    lines = render(hostile()).removesuffix("\n").split("\n")
    read = [COMMAND.fullmatch(line) for line in lines]
    assert len(read) == 3, "two findings and a crash"
    assert all(read)
    second = read[1]
    assert second is not None
    properties = dict(pair.split("=", 1) for pair in second[2].split(","))
    assert unescape(properties["file"]).endswith("lay:out, [1](2) & <x>|\\x1b[2J.layout")


def test_a_crash_is_annotated() -> None:
    assert render(outcome(crashed=True)).startswith("::error title=sfoptlint::internal error in OPT601: ValueError")
