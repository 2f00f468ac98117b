"""Asks: do all viewers of a Lightning page see the box?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import OPT_OUT_FIELD, Half, Observation, PageJudgement, Verdict, at


def detect(pages: Iterable[PageJudgement]) -> Iterator[Observation]:
    """Yield pages that show the field to some viewers."""
    for page in pages:
        sight = page.sight(Half.FIELD)
        if sight is not None and sight.verdict is Verdict.SOMETIMES:
            message = f"{page.row.artifact.full_name} shows {OPT_OUT_FIELD[page.row.object]} to some viewers only"
            yield Observation(at(page, sight), message, page.row)
