"""Asks: does the list say whether a person is subscribed?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Observation, PageJudgement, Place


def detect(pages: Iterable[PageJudgement]) -> Iterator[Observation]:
    """Yield layouts whose list has columns, and the state not among them."""
    for page in pages:
        if page.list_without_state is None or not page.sights:
            continue
        place = Place(page.row.path, page.list_without_state.line, page.list_without_state.column)
        message = f"{page.row.artifact.full_name} lists the memberships without their state"
        yield Observation(place, message, page.row)
