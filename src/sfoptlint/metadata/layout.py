"""Page layouts (Metadata API Developer Guide, Layout)."""

from dataclasses import dataclass

from sfoptlint.core.location import Position
from sfoptlint.core.opt_out import OPT_OUT_FIELD, PACKAGE_TOKEN
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.metadata.xml import Document, content, text_of


def _holding(child: str, word: str) -> str:
    """Return an XPath condition: the child's text holds a word, whatever the case."""
    return f"[contains(translate(m:{child}, '{word.upper()}', '{word.lower()}'), '{word.lower()}')]"


# A layout places a hundred fields; the opt-out field and the package's related lists are all that is asked of it.
_ITEMS = f"m:layoutSections/m:layoutColumns/m:layoutItems{_holding('field', OPT_OUT_FIELD[OptOutObject.CONTACT])}"
_LISTS = f"m:relatedLists{_holding('relatedList', PACKAGE_TOKEN)}"


@dataclass(frozen=True, slots=True)
class LayoutField:
    """The opt-out field placed in a section; `behavior` is Edit, Required or Readonly."""

    name: str
    behavior: str
    at: Position


@dataclass(frozen=True, slots=True)
class RelatedList:
    """A related list of the package, as `<child object>.<look-up field>`, with the columns that it shows."""

    name: str
    columns: tuple[str, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class Layout:
    """A page layout. `page_object` is the part of its name before the first hyphen, such as `PersonAccount`."""

    full_name: str
    path: str
    at: Position
    page_object: str
    fields: tuple[LayoutField, ...]
    related_lists: tuple[RelatedList, ...]
    mentions_package: bool


def parse_layout(document: Document, full_name: str, path: str, *, mentions_package: bool) -> Layout:
    """Read a layout. Its mini layout is left out: it shows no field of the record's own page and no related list."""
    items = document.select(_ITEMS)
    lists = document.select(_LISTS)
    return Layout(
        full_name=full_name,
        path=path,
        at=document.position(document.root),
        page_object=full_name.partition("-")[0],
        fields=tuple(
            LayoutField(text_of(item, "field"), text_of(item, "behavior"), document.position(item)) for item in items
        ),
        related_lists=tuple(
            RelatedList(
                text_of(item, "relatedList"),
                tuple(content(column) for column in document.select("m:fields", item)),
                document.position(item),
            )
            for item in lists
        ),
        mentions_package=mentions_package,
    )
