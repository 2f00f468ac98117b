"""What the viewers of a Lightning record page miss.

A page is a tree: regions of its template hold components, and a component may hold facets, regions of its own. A component is
shown where every visibility rule on the way to it lets it be (Salesforce Help, Component Visibility).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sfoptlint.core.opt_out import LOOK_ALIKE_OBJECT, LOOK_ALIKE_RELATIONSHIPS, MEMBERSHIP_RELATIONSHIPS, OPT_OUT_FIELD
from sfoptlint.core.verdict import ComponentId, Half, OptOutObject, Verdict
from sfoptlint.judge.page import PageJudgement, Sight, page_row
from sfoptlint.metadata.flexi_page import FlexiPage, PageItem

_WHAT = {Half.RELATED_LIST: "the membership related list", Half.FIELD: "the opt-out field"}
RECORD_PAGE = "RecordPage"
_MIRRORS_LISTS = ("force:relatedlistcontainer", "force:relatedlistquicklinkscontainer")
"""Components that show the related lists of the viewer's page layout."""
_SINGLE_LISTS = ("force:relatedlistsinglecontainer", "lst:dynamicrelatedlist")
_MIRRORS_FIELDS = "force:detailpanel"
"""The record detail panel shows the fields of the viewer's page layout."""
_MOBILE_FIELDS = "force:recorddetailpanelmobile"
"""The same on a phone alone, beside the fields that a page places for the desktop."""
_OPAQUE = ("flexipage:visualforcepage", "flowruntime:interview")
"""Standard components that show what somebody wrote: a Visualforce page, a screen flow."""
_STANDARD_NAMESPACES = frozenset(
    {
        "analytics", "commerce", "console", "contentbuilder", "desktopdashboards", "flexipage", "flowruntime", "force",
        "forcechatter", "forcecommunity", "forceknowledge", "home", "interop", "lightning", "lst", "notes", "omnichannel",
        "opencti", "sfa", "support", "wave", "wits",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Placement:
    """An item of a page, and whether a visibility rule stands on the way to it."""

    item: PageItem
    conditional: bool

    @property
    def component(self) -> str:
        """The component's name in lower case; empty for a field."""
        return self.item.component.casefold()


def judge_lightning_page(page: FlexiPage, *, package_expected: bool) -> PageJudgement:
    """Judge one record page of Contact, Lead or Account."""
    object_ = OptOutObject(page.object)
    placements = list(_placements(page))
    fields = [p for p in placements if _is_opt_out_field(p.item, object_)]
    sights = [_field_sight(page, placements, object_)]
    if package_expected:
        sights.insert(0, _list_sight(page, placements))
    read_only = [p.item.at for p in fields if "readonly" in _values(p.item, "uibehavior")]
    look_alikes = [p.item.at for p in placements if _is_look_alike(p.item)]
    return PageJudgement(
        row=page_row(ComponentId("FlexiPage", page.full_name), object_, page.path, sights),
        page_at=page.at,
        sights=tuple(sights),
        read_only_field=read_only[0] if fields and len(read_only) == len(fields) else None,
        look_alike=look_alikes[0] if look_alikes else None,
    )


def _placements(page: FlexiPage) -> Iterator[Placement]:
    """Yield every item that the page shows; a facet that no item names is not shown."""
    facets = {region.name: region for region in page.regions if region.is_facet}
    stack = [(region, False) for region in page.regions if not region.is_facet]
    open_facets = set(facets)
    conditional_facets = dict.fromkeys(facets, True)
    while stack:
        region, conditional = stack.pop()
        for item in region.items:
            hidden = conditional or item.conditional
            yield Placement(item, hidden)
            for name in (value for values in item.properties.values() for value in values):
                first = name in open_facets
                opens_wider = name in facets and not hidden and conditional_facets[name]
                if first or opens_wider:
                    open_facets.discard(name)
                    conditional_facets[name] = hidden
                    stack.append((facets[name], hidden))


def _list_sight(page: FlexiPage, placements: Sequence[Placement]) -> Sight:
    def shows(placement: Placement) -> bool:
        if placement.component in _MIRRORS_LISTS:
            return True
        relationship = _values(placement.item, "relatedlistapiname")
        return placement.component in _SINGLE_LISTS and any(name in MEMBERSHIP_RELATIONSHIPS for name in relationship)

    def of_this_half(placement: Placement) -> bool:
        return placement.component in (*_MIRRORS_LISTS, *_SINGLE_LISTS)

    return _sight(Half.RELATED_LIST, page, placements, shows, of_this_half)


def _field_sight(page: FlexiPage, placements: Sequence[Placement], object_: OptOutObject) -> Sight:
    def shows(placement: Placement) -> bool:
        return _is_opt_out_field(placement.item, object_) or placement.component in (_MIRRORS_FIELDS, _MOBILE_FIELDS)

    def of_this_half(placement: Placement) -> bool:
        return bool(placement.item.field) or placement.component in (_MIRRORS_FIELDS, _MOBILE_FIELDS)

    return _sight(Half.FIELD, page, placements, shows, of_this_half)


def _sight(
    half: Half,
    page: FlexiPage,
    placements: Sequence[Placement],
    shows: Callable[[Placement], bool],
    of_this_half: Callable[[Placement], bool],
) -> Sight:
    """Say how surely viewers miss one half.

    Where nothing standard shows any of this half and a component of somebody's own is there, that component may show it.
    """
    what = _WHAT[half]
    showing = [placement for placement in placements if shows(placement)]
    for placement in showing:
        if not placement.conditional and placement.component != _MOBILE_FIELDS:
            return Sight(half, Verdict.NEVER, f"the page shows {what}", placement.item.at)
    if showing:
        first = showing[0]
        when = "behind a visibility rule" if first.conditional else "on a phone"
        return Sight(half, Verdict.SOMETIMES, f"the page shows {what} only {when}", first.item.at)
    own = [placement for placement in placements if _is_opaque(placement.component)]
    if own and not any(of_this_half(placement) for placement in placements):
        reason = f"only the component {own[0].item.component}, which is not read, could show {what}"
        return Sight(half, Verdict.UNKNOWN, reason, own[0].item.at)
    return Sight(half, Verdict.ALWAYS, f"the page does not show {what}", page.at)


def _is_opaque(component: str) -> bool:
    namespace, colon, _ = component.partition(":")
    if not component or component in _OPAQUE:
        return component in _OPAQUE
    return not colon or not (namespace in _STANDARD_NAMESPACES or namespace.startswith("runtime_"))


def _is_opt_out_field(item: PageItem, object_: OptOutObject) -> bool:
    return item.field.casefold() == f"record.{OPT_OUT_FIELD[object_]}".casefold()


def _is_look_alike(item: PageItem) -> bool:
    names = _values(item, "relatedlistapiname")
    return any(name in LOOK_ALIKE_RELATIONSHIPS or name.startswith(LOOK_ALIKE_OBJECT) for name in names)


def _values(item: PageItem, name: str) -> tuple[str, ...]:
    """Return the values of a property in lower case, whatever the case of its name."""
    return tuple(
        value.casefold() for key, values in item.properties.items() if key.casefold() == name for value in values
    )
