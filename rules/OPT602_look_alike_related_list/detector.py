"""Asks: does a page have only the list that looks like the memberships?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Half, Observation, PageJudgement, Place, Verdict


def detect(pages: Iterable[PageJudgement]) -> Iterator[Observation]:
    """Yield pages whose viewers miss the list and have its look-alike."""
    for page in pages:
        sight = page.sight(Half.RELATED_LIST)
        if sight is None or sight.verdict is not Verdict.ALWAYS or page.look_alike is None:
            continue
        place = Place(page.row.path, page.look_alike.line, page.look_alike.column)
        message = (
            f"{page.row.artifact.full_name} shows the email tracking history and not the subscriber list memberships"
        )
        yield Observation(place, message, page.row)
