"""Hostile flow files: whatever is left out, doubled, renamed or led astray in one, it is read, compiled and judged."""

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sfoptlint.metadata.xml import Element
from tests.automation.flow.asking import verdicts
from tests.flow_files import (
    BOX,
    assignment,
    call,
    decision,
    error,
    filters,
    flow,
    formula,
    get,
    gives,
    loop,
    process,
    start,
    update,
    variable,
)

_PATH = (
    "<scheduledPaths><name>Soon</name><connector><targetReference>Save</targetReference></connector></scheduledPaths>"
)
RECORD_TRIGGERED = flow(
    decision("Check", ("Out", [(BOX, "EqualTo", True), ("isGold", "EqualTo", True)], "All"), otherwise="Ask"),
    get("All", "Contact", ("AccountId", "EqualTo", "!$Record.AccountId"), first=False, then="Each", fault="Stop"),
    loop("Each", "All", "Mark", then="Save"),
    assignment(
        "Mark", ("Each.HasOptedOutOfEmail", "Assign", False), ("found", "Add", "!Each"), ("n", "Add", 1), then="Each"
    ),
    update("Save", reference="found", then="Own"),
    update(
        "Own",
        filters(("Id", "EqualTo", "!$Record.Id")),
        gives({"HasOptedOutOfEmail": "!$Record.VIP__c"}),
        object_="Contact",
    ),
    call("Ask", "Guard", {"person": "!$Record"}, then="Tell"),
    call("Tell", "Teller", {"id": "!$Record.Id"}, kind="apex", fault="Stop"),
    error(),
    variable("found", object_="Contact", collection=True),
    variable("person", object_="Contact"),
    variable("n", "Number", given=0),
    formula("isGold", "OR({!$Record.Level__c} = 'Gold', {!n} &gt; 3)"),
    start=start("Check", filters(("Level__c", "NotEqualTo", None)), _PATH, on_change=True),
)
PROCESS = process(
    decision("Check", ("Met", [("myVariable_old.Title", "IsNull", True)], "Save")),
    update("Save", filters(("Id", "EqualTo", "!myVariable_current.Id")), gives({"Title": "x"}), object_="Contact"),
    first="Check",
)
WORDS = (
    "Check",
    "Each",
    "Save",
    "$Record",
    "$Record.Id",
    "true",
    "",
    "AssignCount",
    "IsChanged",
    "1 AND",
    "n",
    "{!n",
    "In",
)


def _names(root: Element) -> list[str]:
    return sorted({etree.QName(element).localname for element in root.iter(etree.Element)})


@given(st.sampled_from((RECORD_TRIGGERED, PROCESS)), st.data())
def test_a_flow_that_went_astray_is_judged_all_the_same(text: str, data: st.DataObject) -> None:
    root = etree.fromstring(text.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        elements = list(root.iter(etree.Element))[1:]
        if not elements:
            break
        element = data.draw(st.sampled_from(elements))
        parent = element.getparent()
        assert parent is not None
        match data.draw(st.sampled_from(("drop", "double", "rename", "word", "move"))):
            case "drop":
                parent.remove(element)
            case "double":
                parent.append(etree.fromstring(etree.tostring(element)))
            case "rename":
                name = data.draw(st.sampled_from(_names(root)))
                element.tag = re.sub(r"}.*", f"}}{name}", str(element.tag))
            case "word" if not len(element):
                element.text = data.draw(st.sampled_from(WORDS))
            case "move":
                other = data.draw(st.sampled_from(elements))
                if other is not element and element not in list(other.iterancestors()):
                    other.append(element)
    assert isinstance(verdicts(etree.tostring(root, encoding="unicode")), str)
