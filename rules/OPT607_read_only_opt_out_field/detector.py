"""Asks: can the viewers of a page tick the box by hand?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import OPT_OUT_FIELD, Observation, PageJudgement, Place


def detect(pages: Iterable[PageJudgement]) -> Iterator[Observation]:
    """Yield pages on which every instance of the field is read-only."""
    for page in pages:
        if page.read_only_field is None or not page.sights:
            continue
        place = Place(page.row.path, page.read_only_field.line, page.read_only_field.column)
        message = f"{OPT_OUT_FIELD[page.row.object]} is read-only on {page.row.artifact.full_name}"
        yield Observation(place, message, page.row)
