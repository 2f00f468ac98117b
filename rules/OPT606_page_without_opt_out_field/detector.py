"""Asks: do the viewers of a page see the box?"""

from collections.abc import Iterable, Iterator

from sfoptlint.ruleapi import OPT_OUT_FIELD, Half, Observation, PageJudgement, Verdict, at


def detect(pages: Iterable[PageJudgement]) -> Iterator[Observation]:
    """Yield layouts and Lightning pages without the field."""
    for page in pages:
        sight = page.sight(Half.FIELD)
        if sight is not None and sight.verdict is Verdict.ALWAYS:
            message = f"{page.row.artifact.full_name} does not show {OPT_OUT_FIELD[page.row.object]}"
            yield Observation(at(page, sight), message, page.row)
