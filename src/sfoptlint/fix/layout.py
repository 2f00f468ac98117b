"""What a layout can be given, and where it goes (Metadata API Developer Guide, Layout)."""

from enum import StrEnum

from sfoptlint.core.opt_out import MEMBERSHIP_LIST, MEMBERSHIP_STATE, OPT_OUT_FIELD
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.fix.insertion import Node, Place, inserted, place_for
from sfoptlint.fix.spans import spans_of
from sfoptlint.fix.text import CannotRepairError, decoded
from sfoptlint.metadata.kind import Kind
from sfoptlint.metadata.xml import Document, Element, parse_xml, text_of


class Repair(StrEnum):
    """What a layout is given, in words for a person."""

    OPT_OUT_FIELD = "the email opt-out field"
    MEMBERSHIP_LIST = "the membership related list"
    STATE_COLUMN = "the State column"


MAX_COLUMNS = 10
"""A custom related list shows no more (Salesforce Help, Customize Related Lists)."""

_VIEW_BUTTON = {
    OptOutObject.CONTACT: "wbsendit__View_Contact_in_CM",
    OptOutObject.LEAD: "wbsendit__View_Lead_in_Campaign_Monitor",
    OptOutObject.ACCOUNT: "wbsendit__View_Contact_in_CM",
}
_ADD_BUTTON = {
    OptOutObject.CONTACT: "wbsendit__Add_Contact_to_Email_List",
    OptOutObject.LEAD: "wbsendit__Add_Lead_to_Email_List",
    OptOutObject.ACCOUNT: "wbsendit__Add_Contact_to_Email_List",
}
_COMPANIONS = ("email", "personemail", "hasoptedoutoffax", "personhasoptedoutoffax", "donotcall", "persondonotcall")
"""The fields beside which people look for the box, the likeliest first, in lower case."""


def repaired(data: bytes, object_: OptOutObject, repair: Repair) -> bytes:
    """Return a layout with one repair; raise CannotRepairError where it cannot be made, BrokenXmlError for no layout.

    Every byte of `data` stays, in its order.
    """
    document = parse_xml(data, Kind.LAYOUT)
    file = decoded(data)
    match repair:
        case Repair.MEMBERSHIP_LIST:
            place, node = place_for("relatedLists", document.root), _membership_list(object_)
        case Repair.OPT_OUT_FIELD:
            place, node = _field(document, object_)
        case Repair.STATE_COLUMN:
            place, node = _state_column(document, object_)
    return file.encoded(inserted(file.text, spans_of(file.text, document.root), place, node))


def _membership_list(object_: OptOutObject) -> Node:
    """Return the list as the package's own setup writes it."""
    return Node(
        "relatedLists",
        children=(
            Node("customButtons", _ADD_BUTTON[object_]),
            Node("customButtons", _VIEW_BUTTON[object_]),
            Node("customButtons", "wbsendit__Unsubscribe_All"),
            Node("excludeButtons", "New"),
            Node("fields", "NAME"),
            Node("fields", "wbsendit__Date_Subscribed__c"),
            Node("fields", "wbsendit__Email__c"),
            Node("fields", MEMBERSHIP_STATE),
            Node("relatedList", MEMBERSHIP_LIST[object_]),
            Node("sortField", "wbsendit__Date_Subscribed__c"),
            Node("sortOrder", "Desc"),
        ),
    )


def _state_column(document: Document, object_: OptOutObject) -> tuple[Place, Node]:
    """Return the column after the others."""
    name = MEMBERSHIP_LIST[object_].casefold()
    lists = document.select("m:relatedLists")
    membership = next(item for item in lists if text_of(item, "relatedList").casefold() == name)
    if len(document.select("m:fields", membership)) >= MAX_COLUMNS:
        raise CannotRepairError(
            f"lists the memberships with {MAX_COLUMNS} columns, and no more fit; replace one by {MEMBERSHIP_STATE}"
        )
    return place_for("fields", membership), Node("fields", MEMBERSHIP_STATE)


def _field(document: Document, object_: OptOutObject) -> tuple[Place, Node]:
    """Return the field beside its companions, at the end of the first section's first column, or in a section of its own."""
    item = Node("layoutItems", children=(Node("behavior", "Edit"), Node("field", OPT_OUT_FIELD[object_])))
    companion = _companion(document)
    if companion is not None:
        column = companion.getparent()
        assert column is not None
        return Place(column, companion), item
    for section in document.select("m:layoutSections"):
        columns = document.select("m:layoutColumns", section)
        if columns and text_of(section, "style") != "CustomLinks":
            return place_for("layoutItems", columns[0]), item
    return place_for("layoutSections", document.root), _section(item)


def _companion(document: Document) -> Element | None:
    items = document.select("m:layoutSections/m:layoutColumns/m:layoutItems")
    found = {text_of(item, "field").casefold(): item for item in reversed(items)}
    return next((found[name] for name in _COMPANIONS if name in found), None)


def _section(item: Node) -> Node:
    return Node(
        "layoutSections",
        children=(
            Node("customLabel", "true"),
            Node("detailHeading", "true"),
            Node("editHeading", "true"),
            Node("label", "Email Opt Out"),
            Node("layoutColumns", children=(item,)),
            Node("style", "OneColumn"),
        ),
    )
