"""What is taken out of layouts, Lightning pages and access files."""

from sfoptlint.metadata.access import parse_permission_set_group, parse_permissions
from sfoptlint.metadata.flexi_page import parse_flexi_page
from sfoptlint.metadata.layout import parse_layout
from sfoptlint.metadata.xml import parse_xml
from tests import memory_orgs as orgs


def test_a_layouts_fields_lists_and_columns() -> None:
    text = orgs.layout(behavior="Readonly")
    layout = parse_layout(parse_xml(text.encode(), "Layout"), "Contact-A", "p", mentions_package=True)
    assert layout.page_object == "Contact"
    assert [(item.name, item.behavior) for item in layout.fields] == [(orgs.FIELD, "Readonly")]
    assert [(item.name, item.columns, item.at.line) for item in layout.related_lists] == [(orgs.LIST, orgs.COLUMNS, 4)]


def test_a_layouts_names_are_read_in_any_case() -> None:
    text = orgs.layout(field_name=orgs.FIELD.upper(), lists=(orgs.LIST.lower().replace("wbsendit", "WbSendIt"),))
    layout = parse_layout(parse_xml(text.encode(), "Layout"), "Contact-A", "p", mentions_package=True)
    assert (len(layout.fields), len(layout.related_lists)) == (1, 1)


def test_a_layouts_mini_layout_and_actions_show_nothing() -> None:
    text = orgs.document(
        "Layout",
        f"<miniLayout><fields>{orgs.FIELD}</fields><relatedLists><relatedList>{orgs.LIST}</relatedList></relatedLists></miniLayout>",
        f"<platformActionList><platformActionListItems><actionName>{orgs.FIELD}</actionName></platformActionListItems></platformActionList>",
        "<layoutSections><layoutColumns><layoutItems><emptySpace>true</emptySpace></layoutItems></layoutColumns></layoutSections>",
    )
    layout = parse_layout(parse_xml(text.encode(), "Layout"), "Contact-A", "p", mentions_package=False)
    assert layout.fields == ()
    assert layout.related_lists == ()


def test_a_page_in_the_form_of_today_and_in_the_one_before() -> None:
    old = (
        "<flexiPageRegions><componentInstances><componentName>force:detailPanel</componentName></componentInstances>"
        "<name>main</name><type>Region</type></flexiPageRegions>"
    )
    facet = orgs.region(orgs.field_item(rule=True), name="facet", kind="Facet")
    text = orgs.page(old, orgs.region(orgs.component("a:b", body="facet"), name="side"), facet)
    page = parse_flexi_page(parse_xml(text.encode(), "FlexiPage"), "F", "p", mentions_package=False)
    assert (page.type, page.object) == ("RecordPage", "Contact")
    assert [[item.component or item.field for item in region.items] for region in page.regions] == [
        ["force:detailPanel"],
        ["a:b"],
        [f"Record.{orgs.FIELD}"],
    ]
    assert [region.is_facet for region in page.regions] == [False, False, True]
    assert page.regions[1].items[0].properties == {"body": ("facet",)}
    assert page.regions[2].items[0].conditional


def test_access_keeps_what_matters_alone() -> None:
    text = orgs.profile(
        orgs.field_permission(readable=True, editable=False),
        orgs.field_permission(readable=True, editable=True, name="CampaignMember.HasOptedOutOfEmail"),
        orgs.field_permission(readable=True, editable=True, name="Lead.Email"),
        orgs.object_permission("Lead", edit=True),
        orgs.object_permission("Case", edit=True),
        orgs.user_permission("ApiEnabled"),
        orgs.layout_assignment("Contact-A%3A B"),
        orgs.layout_assignment("Case-A"),
        "<customPermissions><enabled>true</enabled><name>Bypass</name></customPermissions>",
        "<customPermissions><enabled>false</enabled><name>Not</name></customPermissions>",
    )
    found = parse_permissions(parse_xml(text.encode(), "Profile"), "Admin", "p", mentions_package=False)
    entry = found.fields["Contact.HasOptedOutOfEmail"]
    assert list(found.fields) == ["Contact.HasOptedOutOfEmail"]
    assert (entry.readable, entry.editable, entry.at.line) == (True, False, 3)
    assert list(found.objects) == ["Lead"]
    assert found.modify_all_data is None
    assert found.layouts == ("Contact-A: B",)
    assert found.custom_permissions == {"Bypass"}


def test_field_security_as_it_was_before_api_23() -> None:
    entry = (
        "<fieldLevelSecurities><editable>true</editable><field>Contact.HasOptedOutOfEmail</field>"
        "<hidden>{}</hidden></fieldLevelSecurities>"
    )
    for hidden in (True, False):
        text = orgs.profile(entry.format(orgs.flag(hidden)))
        found = parse_permissions(parse_xml(text.encode(), "Profile"), "Admin", "p", mentions_package=False)
        assert found.fields["Contact.HasOptedOutOfEmail"].readable is not hidden
        assert found.fields["Contact.HasOptedOutOfEmail"].editable is not hidden


def test_a_groups_members_lose_their_namespace_placeholder() -> None:
    text = orgs.group("%%%NAMESPACE%%%Sync", muting=["%%%NAMESPACE%%%Mute"])
    found = parse_permission_set_group(parse_xml(text.encode(), "PermissionSetGroup"), "G", "p")
    assert found.permission_sets == ("Sync",)
    assert found.muting_permission_sets == ("Mute",)
