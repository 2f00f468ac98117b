"""What the viewers of a layout or Lightning page miss: the membership related list, or the opt-out field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sfoptlint.core.location import Position
from sfoptlint.core.opt_out import (
    LOOK_ALIKE_OBJECT,
    MEMBERSHIP_LIST,
    MEMBERSHIP_STATE,
    OPT_OUT_FIELD,
)
from sfoptlint.core.verdict import Cause, ComponentId, Direction, Effect, Half, OptOutObject, Row, Verdict
from sfoptlint.metadata.layout import Layout, RelatedList


@dataclass(frozen=True, slots=True)
class Sight:
    """How one half of a page is seen: `verdict` says how surely its viewers miss it, `at` where that shows."""

    half: Half
    verdict: Verdict
    reason: str
    at: Position


@dataclass(frozen=True, slots=True)
class PageJudgement:
    """All that is known of one page: its row, each half that was judged, and what is worth a note."""

    row: Row
    page_at: Position
    sights: tuple[Sight, ...]
    read_only_field: Position | None = None
    list_without_state: Position | None = None
    look_alike: Position | None = None
    activation: str | None = None
    """Where a Lightning page is activated, in words, so far as the tree shows it."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The one row of a page."""
        return (self.row,)

    def sight(self, half: Half) -> Sight | None:
        """Return how this half is seen, or None where it was not judged."""
        return next((sight for sight in self.sights if sight.half is half), None)


PAGE_OBJECT = {
    "Contact": OptOutObject.CONTACT,
    "Lead": OptOutObject.LEAD,
    "PersonAccount": OptOutObject.ACCOUNT,
}

UNASSIGNED = "no profile in the tree is assigned this layout"


def judge_layout(layout: Layout, *, package_expected: bool, assigned: bool) -> PageJudgement:
    """Judge one layout. One that nobody is assigned hides nothing from anybody."""
    object_ = PAGE_OBJECT[layout.page_object]
    field = OPT_OUT_FIELD[object_].casefold()
    shown = [item for item in layout.fields if item.name.casefold() == field]
    membership = _related_list(layout, MEMBERSHIP_LIST[object_])
    sights = [_field_sight(shown[0].at if shown else None, layout.at)]
    if package_expected:
        sights.insert(0, _list_sight(membership, layout.at))
    row = page_row(ComponentId("Layout", layout.full_name), object_, layout.path, sights)
    if not assigned:
        row = replace(row, verdict=Verdict.NEVER, missing=(), line=1, reason=UNASSIGNED)
        sights = []
    return PageJudgement(
        row=row,
        page_at=layout.at,
        sights=tuple(sights),
        read_only_field=shown[0].at if shown and all(i.behavior.casefold() == "readonly" for i in shown) else None,
        list_without_state=membership.at if package_expected and membership and _hides_state(membership) else None,
        look_alike=next((item.at for item in layout.related_lists if _is_look_alike(item)), None),
    )


def page_row(artifact: ComponentId, object_: OptOutObject, path: str, sights: Sequence[Sight]) -> Row:
    """Return the one row of a page: as sure as the surest of its halves."""
    missed = [sight for sight in sights if sight.verdict in (Verdict.ALWAYS, Verdict.SOMETIMES)]
    verdict = _worst(sight.verdict for sight in sights)
    told = missed or [sight for sight in sights if sight.verdict is verdict]
    return Row(
        artifact=artifact,
        object=object_,
        direction=Direction.ANY,
        effect=Effect.HIDE,
        cause=Cause.PAGE,
        verdict=verdict,
        path=path,
        line=told[0].at.line if missed else 1,
        reason="; ".join(sight.reason for sight in told),
        missing=tuple(sight.half for sight in missed),
    )


def _worst(verdicts: Iterator[Verdict]) -> Verdict:
    found = set(verdicts)
    return next(v for v in (Verdict.ALWAYS, Verdict.SOMETIMES, Verdict.UNKNOWN, Verdict.NEVER) if v in found)


def _list_sight(membership: RelatedList | None, page_at: Position) -> Sight:
    if membership is None:
        reason = "the layout has no membership related list"
        return Sight(Half.RELATED_LIST, Verdict.ALWAYS, reason, page_at)
    return Sight(Half.RELATED_LIST, Verdict.NEVER, "the layout has the membership related list", membership.at)


def _field_sight(shown_at: Position | None, page_at: Position) -> Sight:
    if shown_at is None:
        return Sight(Half.FIELD, Verdict.ALWAYS, "the layout does not have the opt-out field", page_at)
    return Sight(Half.FIELD, Verdict.NEVER, "the layout has the opt-out field", shown_at)


def _related_list(layout: Layout, name: str) -> RelatedList | None:
    return next((item for item in layout.related_lists if item.name.casefold() == name.casefold()), None)


def _hides_state(membership: RelatedList) -> bool:
    """A list that names no columns at all shows the default ones, which have the state."""
    names = {column.casefold().rpartition(".")[2] for column in membership.columns}
    return bool(names) and MEMBERSHIP_STATE.casefold() not in names


def _is_look_alike(item: RelatedList) -> bool:
    return item.name.casefold().startswith(LOOK_ALIKE_OBJECT + ".")
