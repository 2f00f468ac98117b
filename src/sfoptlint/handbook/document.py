"""Writes the pages of the built-in rules, or says which are stale: `python -m sfoptlint.handbook.document [--check]`."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from sfoptlint.catalogue.load import built_in_folder, load_rules
from sfoptlint.catalogue.rule import Rule
from sfoptlint.handbook.page import PAGE_NAME, index_page, rule_page


def pages(rules: Sequence[Rule], root: Path) -> Iterator[tuple[Path, str]]:
    """Yield every page of the rules below `root` with the file it belongs in, and the index."""
    own = [rule for rule in rules if rule.folder.parent == root]
    yield root / PAGE_NAME, index_page(own)
    for rule in own:
        yield rule.folder / PAGE_NAME, rule_page(rule, rules)


def stale_pages(rules: Sequence[Rule], root: Path) -> dict[Path, str]:
    """Return the pages that are missing or say something else than they should, with what they should say."""
    return {
        file: text
        for file, text in pages(rules, root)
        if not file.is_file() or file.read_text(encoding="utf-8") != text
    }


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name the stale files.")
def command(*, check: bool) -> None:
    """Write rules/README.md and the page of every rule.

    Example: python -m sfoptlint.handbook.document --check
    """
    stale = stale_pages(load_rules(), built_in_folder())
    for file, text in stale.items():
        if check:
            click.echo(f"{file}: is stale; run `make accept`", err=True)
        else:
            file.write_text(text, encoding="utf-8")
            click.echo(f"{file}: written")
    if check and stale:
        sys.exit(1)


if __name__ == "__main__":
    command()
