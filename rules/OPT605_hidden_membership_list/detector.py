"""Asks: do all viewers of a Lightning page see the memberships?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Half, Observation, PageJudgement, Verdict, at


def detect(pages: Iterable[PageJudgement]) -> Iterator[Observation]:
    """Yield pages that show the list to some viewers."""
    for page in pages:
        sight = page.sight(Half.RELATED_LIST)
        if sight is not None and sight.verdict is Verdict.SOMETIMES:
            message = f"{page.row.artifact.full_name} shows the subscriber list memberships to some viewers only"
            yield Observation(at(page, sight), message, page.row, condition=page.activation)
