"""An object's fields, wherever in the tree they stand: the same beside a few files in focus as in the whole tree."""

import pytest

from sfoptlint.model.objects import Objects
from tests.memory_orgs import document, project

FIELDS = {
    "Plain__c": "app/main/objects/Contact/fields/Plain__c.field-meta.xml",
    "Elsewhere__c": "crm/objects/contact/fields/Elsewhere__c.field-meta.xml",
    "Below__c": "app/main/objects/Contact/fields/old/Below__c.field-meta.xml",
    "Token__c": "app/main/objects/%%%NAMESPACE%%%Contact/fields/Token__c.field-meta.xml",
    "Shouted__c": "app/main/OBJECTS/CONTACT/FIELDS/Shouted__c.field-meta.xml",
    "Other__c": "app/main/objects/Lead/fields/Other__c.field-meta.xml",
}
FILES = {
    **{
        path: document("CustomField", f"<fullName>{name}</fullName>", "<type>Text</type>", "<length>80</length>")
        for name, path in FIELDS.items()
    },
    "app/main/objects/Contact/fields/.field-meta.xml": "",
    "fields/Stray__c.field-meta.xml": "",
}


@pytest.mark.parametrize("focus", [None, frozenset({FIELDS["Other__c"]})])
def test_fields_are_found_wherever_they_stand(focus: frozenset[str] | None) -> None:
    contact = Objects(project(FILES, focus=focus)).get("CONTACT")
    assert sorted(contact.own_field_names) == sorted(name for name in FIELDS if name != "Other__c")
    assert all(contact.field(name.upper()) is not None for name in contact.own_field_names)
    assert contact.field("Stray__c") is None
    assert Objects(project(FILES, focus=focus)).get("Lead").own_field_names == ("Other__c",)


def test_a_field_with_two_files_is_the_last_by_path_either_way() -> None:
    first, last = "app/objects/Contact/fields/A/Twice__c.field", "app/objects/Contact/fields/Twice__c.field"
    files = {
        first: document("CustomField", "<fullName>Twice__c</fullName>", "<type>Text</type>"),
        last: document("CustomField", "<fullName>Twice__c</fullName>", "<type>Date</type>"),
        "app/objects/Contact/fields/0__c.field": document("CustomField", "<fullName>Zero__c</fullName>"),
    }
    kinds = []
    for focus in (None, frozenset({first})):
        field = Objects(project(files, focus=focus)).get("Contact").field("Twice__c")
        kinds.append(field.type.value if field else None)
    assert kinds == ["Date", "Date"]
