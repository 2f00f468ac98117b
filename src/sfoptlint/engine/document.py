"""Writes a rule's page from what its folder states and what its examples do; `python -m sfoptlint.engine.document` writes all.

With --check nothing is written: the exit status is 1 where a page is not what it would be.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from sfoptlint.catalogue.load import built_in_folder, load_rules
from sfoptlint.catalogue.rule import Rule
from sfoptlint.core.finding import Finding
from sfoptlint.engine.folder import lint_folder
from sfoptlint.judge.family import Family

PAGE = "README.md"
_TODAY = date(2026, 6, 1)  # an example must not change with the day
_TITLES = {
    Family.PAGE: "Pages",
    Family.ACCESS: "Access",
    Family.INPUT: "Input",
    Family.SUPPRESSION: "Suppressions",
}


def page(rule: Rule, rules: Sequence[Rule]) -> str:
    """Return one rule's page in Markdown."""
    return "\n".join(_page_lines(rule, rules)) + "\n"


def index(rules: Sequence[Rule]) -> str:
    """Return the table of all rules, family by family."""
    lines = ["# Rules", "", "Made from the rule folders by `make accept`. A name reads after *allow*."]
    for family in Family:
        members = [rule for rule in rules if rule.family is family]
        if members:
            lines += [
                "",
                f"## {_TITLES[family]}",
                "",
                "| rule | name | severity | finds |",
                "| --- | --- | --- | --- |",
            ]
            lines += [
                f"| [{rule.id}]({rule.folder.name}/{PAGE}) | `{rule.name}` | {rule.severity} | {rule.summary} |"
                for rule in members
            ]
    return "\n".join(lines) + "\n"


def pages(rules: Sequence[Rule]) -> Iterator[tuple[Path, str]]:
    """Yield every page with its file."""
    for rule in rules:
        yield rule.folder / PAGE, page(rule, rules)
    yield built_in_folder() / PAGE, index(rules)


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or check them; return the exit status."""
    stale = [
        file for file, text in pages(load_rules()) if not file.exists() or file.read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        for file in stale:
            print(f"{file}: is not what its rule says; `make accept` writes it", file=sys.stderr)  # noqa: T201
        return int(bool(stale))
    texts = dict(pages(load_rules()))
    for file in stale:
        file.write_text(texts[file], encoding="utf-8")
    return 0


def _page_lines(rule: Rule, rules: Sequence[Rule]) -> Iterator[str]:
    yield f"# {rule.id} {rule.name}"
    yield ""
    yield f"{rule.summary} Severity: {rule.severity}; since {rule.since}."
    yield from ("", "## Why", "", rule.why)
    yield from _examples(rule, rules)
    yield from ("", "## Fix", "", rule.help)
    yield from ("", "## Suppress", "", "In `sfoptlint.yml`, with a reason:", "", "```yaml", "suppress:")
    yield '  - artifact: "<metadata type>:<full name>"'
    yield from (f"    rule: {rule.id}", "    reason: why it is right here", "```")
    if rule.references:
        yield from ("", "## References", "")
        yield from (f"- {reference}" for reference in rule.references)


def _examples(rule: Rule, rules: Sequence[Rule]) -> Iterator[str]:
    bad, good = (sorted((rule.folder / kind).glob("*")) for kind in ("bad", "good"))
    if bad:
        yield from ("", "## Found", "")
        for case in bad:
            for finding in lint_folder(case, rules, _TODAY).findings:
                yield f"- {_title(case)}: {finding.message}"
        yield from ("", *_frame(lint_folder(bad[0], rules, _TODAY).findings))
    if good:
        yield from ("", "## Fine", "")
        yield from (f"- {_title(case)}" for case in good)


def _frame(findings: Sequence[Finding]) -> Iterator[str]:
    """Show the first finding of the first example in its source line."""
    for finding in findings[:1]:
        yield "```"
        yield f"{finding.severity}[{finding.rule}]: {finding.message}"
        yield f"  --> {finding.place.path}:{finding.place.line}:{finding.place.column}"
        if finding.excerpt is not None:
            yield f"   | {finding.excerpt.text.rstrip()}"
        yield from (f"   = {note.label}: {note.text}" for note in finding.notes)
        yield "```"


def _title(case: Path) -> str:
    return case.name.replace("_", " ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
