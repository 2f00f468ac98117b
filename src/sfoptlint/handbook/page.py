"""One rule's page and the index of all, in Markdown."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from click import unstyle

from sfoptlint.catalogue.rule import Rule
from sfoptlint.core.finding import Finding
from sfoptlint.core.settings import CONFIG_NAME
from sfoptlint.engine.folder import lint_folder
from sfoptlint.judge.family import Family
from sfoptlint.metadata.xml import decode
from sfoptlint.report.text_report import frame

PAGE_NAME = "README.md"
_TODAY = date(2026, 6, 1)  # an example must not change with the day
_INTRODUCTION = """\
Each rule is a folder: `rule.yaml` states it, `detector.py` finds it, `bad/` and `good/` hold its examples. The pages
are written from these by `make accept`; `sfoptlint explain ID` prints one."""
_TITLES = {
    Family.VALIDATION_RULE: "Validation rules",
    Family.FLOW: "Flows and processes",
    Family.APEX: "Apex",
    Family.CHAIN: "Several automations together",
    Family.WORKFLOW_RULE: "Workflow rules",
    Family.APPROVAL_PROCESS: "Approval processes",
    Family.DUPLICATE_RULE: "Duplicate rules",
    Family.PAGE: "Pages",
    Family.ACCESS: "Access",
    Family.INPUT: "Input",
    Family.SUPPRESSION: "Suppressions",
}
_LANGUAGE = {".yml": "yaml", ".json": "json", ".trigger": "apex", ".cls": "apex"}
"""By suffix; all the rest is metadata, which is XML."""


def rule_page(rule: Rule, rules: Sequence[Rule]) -> str:
    """Return one rule's page. `rules` are all that there are: its first bad example is linted with them."""
    found = _first_finding(rule, rules)
    sections = [
        f"# {rule.id}: {rule.name}",
        f"## What it finds\n{rule.summary} Severity: {rule.severity}. Family: {_TITLES[rule.family].lower()}.",
        f"## Why\n{rule.why}",
        *(["## Example\n" + "\n\n".join(_example(*found))] if found else []),
        *_fine(rule),
        f"## Fix\n{rule.help}",
        "## Suppress\n" + _suppress(rule, found[1] if found else None),
        *(
            ["## References\n" + "\n".join(f"- {reference}" for reference in rule.references)]
            if rule.references
            else []
        ),
        f"## Since\n{rule.since}",
    ]
    return "\n\n".join(sections) + "\n"


def index_page(rules: Sequence[Rule]) -> str:
    """Return the table of all rules, family by family."""
    sections = [
        "# Rules",
        _INTRODUCTION,
    ]
    for family in Family:
        of_family = [rule for rule in rules if rule.family is family]
        if of_family:
            rows = [
                f"| [{r.id}]({r.folder.name}/{PAGE_NAME}) | {r.name} | {r.severity} | {r.summary} |" for r in of_family
            ]
            sections.append(
                "\n".join(
                    [
                        f"## {_TITLES[family]}",
                        "| rule | name | severity | finds |",
                        "| --- | --- | --- | --- |",
                        *rows,
                    ]
                )
            )
    return "\n\n".join(sections) + "\n"


def _first_finding(rule: Rule, rules: Sequence[Rule]) -> tuple[Path, Finding] | None:
    """Return what the first bad example yields of this rule, and its folder; None where there is nothing to show."""
    for case in _cases(rule, "bad")[:1]:
        for finding in lint_folder(case, rules, _TODAY).findings:
            if finding.rule == rule.id:
                return case, finding
    return None


def _example(case: Path, finding: Finding) -> Iterator[str]:
    path = finding.place.path
    text = decode((case / path).read_bytes()).rstrip("\n")
    yield f"`{path}` of [{_in_words(case)}](bad/{case.name}):"
    yield f"```{_LANGUAGE.get(Path(path).suffix, 'xml')}\n{text}\n```"
    yield "```text\n" + unstyle("\n".join(frame(finding))) + "\n```"


def _fine(rule: Rule) -> Iterator[str]:
    cases = _cases(rule, "good")
    if cases:
        yield "## Fine\n" + "\n".join(f"- [{_in_words(case)}](good/{case.name})" for case in cases)


def _suppress(rule: Rule, finding: Finding | None) -> str:
    """A finding about a suppression would be suppressed in the list that it speaks of: that rule can be switched off."""
    if rule.family is Family.SUPPRESSION:
        return f"In `{CONFIG_NAME}`, for all suppressions at once:\n\n```yaml\nseverity: {{ {rule.id}: off }}\n```"
    artifact = finding.artifact if finding else "Type:Full Name"
    lines = [
        "suppress:",
        f'  - artifact: "{artifact}"',
        f"    rule: {rule.id}",
        "    reason: Say why it may stay.",
        "    until: 2027-06-30",
    ]
    return f"In `{CONFIG_NAME}`; `until` may be left out:\n\n```yaml\n" + "\n".join(lines) + "\n```"


def _in_words(case: Path) -> str:
    return case.name.replace("_", " ")


def _cases(rule: Rule, kind: str) -> list[Path]:
    return sorted(case for case in (rule.folder / kind).glob("*") if case.is_dir())
