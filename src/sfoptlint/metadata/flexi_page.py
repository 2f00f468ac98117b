"""Lightning pages (Metadata API Developer Guide, FlexiPage)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sfoptlint.core.location import Position
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.metadata.xml import Document, Element, content, text_of


@dataclass(frozen=True, slots=True)
class PageItem:
    """A component or a field placed in a region.

    `component` is empty for a field, `field` is empty for a component. `properties` holds every value of each property;
    a value may be the name of a region (a facet), which is then shown inside this item.
    """

    component: str
    field: str
    properties: Mapping[str, tuple[str, ...]]
    conditional: bool
    at: Position


@dataclass(frozen=True, slots=True)
class PageRegion:
    """A region of the page's template, or a facet: a region that an item of another one shows."""

    name: str
    is_facet: bool
    items: tuple[PageItem, ...]


@dataclass(frozen=True, slots=True)
class FlexiPage:
    """A Lightning page; `object` is empty where it is not about one object's record."""

    full_name: str
    path: str
    at: Position
    type: str
    object: str
    parent: str
    regions: tuple[PageRegion, ...]
    mentions_package: bool


def parse_flexi_page(document: Document, full_name: str, path: str, *, mentions_package: bool) -> FlexiPage:
    """Read a Lightning page, in the form of API 49 and later (item instances) and in the one before.

    The regions of a page about another object than those with an opt-out box are left out.
    """
    root = document.root
    about = text_of(root, "sobjectType")
    regions = document.select("m:flexiPageRegions") if about in list(OptOutObject) else []
    return FlexiPage(
        full_name=full_name,
        path=path,
        at=document.position(root),
        type=text_of(root, "type"),
        object=about,
        parent=text_of(root, "parentFlexiPage"),
        regions=tuple(_region(document, region) for region in regions),
        mentions_package=mentions_package,
    )


def _region(document: Document, region: Element) -> PageRegion:
    items = document.select(
        "m:itemInstances/m:componentInstance | m:itemInstances/m:fieldInstance | m:componentInstances", region
    )
    return PageRegion(
        name=text_of(region, "name"),
        is_facet=text_of(region, "type") == "Facet",
        items=tuple(_item(document, item) for item in items),
    )


def _item(document: Document, item: Element) -> PageItem:
    properties: dict[str, tuple[str, ...]] = {}
    for prop in document.select("m:componentInstanceProperties | m:fieldInstanceProperties", item):
        values = document.select("m:value | m:valueList/m:valueListItems/m:value", prop)
        properties[text_of(prop, "name")] = tuple(content(value) for value in values)
    return PageItem(
        component=text_of(item, "componentName"),
        field=text_of(item, "fieldItem"),
        properties=properties,
        conditional=bool(document.select("m:visibilityRule", item)),
        at=document.position(item),
    )
