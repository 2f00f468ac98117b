"""Asks: do the viewers of a Lightning page see the memberships?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import Half, Observation, PageJudgement, Verdict, at


def detect(pages: Iterable[PageJudgement]) -> Iterator[Observation]:
    """Yield Lightning pages without the list, unless its look-alike stands there."""
    for page in pages:
        sight = page.sight(Half.RELATED_LIST)
        if page.row.artifact.type != "FlexiPage" or sight is None or page.look_alike is not None:
            continue
        if sight.verdict is Verdict.ALWAYS:
            message = f"{page.row.artifact.full_name} does not show the subscriber list memberships"
            yield Observation(at(page, sight), message, page.row, condition=page.activation)
