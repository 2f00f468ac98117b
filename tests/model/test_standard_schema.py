"""The shipped schema: every file is sound, and it says what `never` rests on."""

from pathlib import Path

import pytest

from sfoptlint.core.schema import FieldSchema, FieldType
from sfoptlint.model import standard_schema
from sfoptlint.model.standard_schema import (
    StandardObject,
    account_field_of,
    contact_field_name,
    profile_label,
    standard_object,
    standard_object_names,
    standard_profiles,
)

DATA = Path(standard_schema.__file__).with_name("standard")
NAMES = standard_object_names()
FLAGS = {"required", "restricted", "unique", "updateable", "readonly", "person"}
NUMERIC = {FieldType.NUMBER, FieldType.CURRENCY, FieldType.PERCENT}
# describeSObjects: base64 contents have no word among CustomField's types.
UNTYPED = {("Attachment", "Body"), ("ContentVersion", "VersionData")}


def shipped(name: str) -> StandardObject:
    found = standard_object(name)
    assert found is not None
    return found


def field(object_name: str, name: str) -> FieldSchema:
    found = shipped(object_name).field(name)
    assert found is not None, f"{object_name}.{name}"
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_well_formed(name: str) -> None:
    lines = (DATA / "objects" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert all(row[0] and len(row) <= 7 for row in rows)
    assert all(set(filter(None, row[3].split(","))) <= FLAGS for row in rows if len(row) > 3)
    assert not [row[0] for row in rows if len(row) > 3 and "updateable" in row[3] and "readonly" in row[3]]


@pytest.mark.parametrize("name", NAMES)
def test_names_and_relationships_are_unique(name: str) -> None:
    rows = (DATA / "objects" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    names = [row.split("\t")[0].lower() for row in rows if not row.startswith("#")]
    relationships = [each.relationship_name for each in shipped(name).fields if each.relationship_name]
    assert len(shipped(name).fields) == len(names)
    assert len(set(names)) == len(names)
    assert len(set(relationships)) == len(relationships)


@pytest.mark.parametrize("name", NAMES)
def test_properties_fit_the_type(name: str) -> None:
    for each in shipped(name).fields:
        lookup = each.type is FieldType.LOOKUP
        assert lookup or not each.references, each
        assert lookup or not each.relationship_name, each
        assert each.type in NUMERIC or (each.precision is None and each.scale is None), each
        assert each.type is FieldType.PICKLIST or not each.restricted, each
        assert len(set(each.values)) == len(each.values), each
        assert each.type is not FieldType.ADDRESS or each.updateable is False, each
        assert each.type is not FieldType.UNKNOWN or (name, each.name) in UNTYPED, each


@pytest.mark.parametrize("name", NAMES)
def test_every_object_names_its_source_and_has_an_id(name: str) -> None:
    assert "Object Reference for the Salesforce Platform" in shipped(name).source
    assert field(name, "Id").type is FieldType.ID


def test_a_path_of_relationships_resolves() -> None:
    for start, steps, end in [
        ("Contact", ["Account", "Owner", "Profile"], "Profile"),
        ("Contact", ["ReportsTo", "Account", "Parent", "RecordType"], "RecordType"),
        ("Lead", ["ConvertedContact", "Account"], "Account"),
        ("Account", ["PersonContact", "Individual"], "Individual"),
        ("Contact", ["Owner", "UserRole"], "UserRole"),
        ("Opportunity", ["Campaign", "Owner", "Manager"], "User"),
        ("wbsendit__Subscription__c", ["wbsendit__Contact__r", "Account"], "Account"),
        ("wbsendit__Subscription__c", ["wbsendit__Subscriber_List__r"], "wbsendit__Subscriber_List__c"),
    ]:
        here = start
        for step in steps:
            lookup = shipped(here).relationship(step)
            assert lookup is not None, (here, step)
            here = lookup.references[-1]
        assert here == end


def test_look_ups_of_the_judged_objects_lead_to_objects_we_ship() -> None:
    elsewhere = {"ActionCadence", "ActivityMetric", "ActivityMetricRollup", "DandBCompany", "PartnerNetworkConnection"}
    for name in ("Contact", "Lead", "Account"):
        for each in shipped(name).fields:
            assert {target for target in each.references if standard_object(target) is None} <= elsewhere, each


def test_owners_are_polymorphic_where_queues_can_own() -> None:
    assert shipped("Lead").relationship("owner") == field("Lead", "OwnerId")
    assert set(field("Lead", "OwnerId").references) == {"User", "Group"}
    assert field("Contact", "OwnerId").references == ("User",)
    assert set(field("Task", "WhoId").references) == {"Contact", "Lead"}


@pytest.mark.parametrize(
    ("object_name", "name"), [("Contact", "LastName"), ("Lead", "LastName"), ("Lead", "Company"), ("Lead", "Status")]
)
def test_what_the_platform_requires_is_required(object_name: str, name: str) -> None:
    assert field(object_name, name).required


def test_what_the_platform_requires_of_accounts() -> None:
    assert field("Account", "Name").required
    last_name = field("Account", "LastName")
    assert last_name.required
    assert last_name.person_account
    # A business account has none of the person's fields; what is not theirs alone must not be marked.
    assert not field("Account", "IsPersonAccount").person_account
    assert not field("Account", "Name").person_account


@pytest.mark.parametrize(("object_name", "name"), [("Contact", "FirstName"), ("Contact", "Email"), ("Lead", "Email")])
def test_what_may_be_blank_is_not_required(object_name: str, name: str) -> None:
    assert not field(object_name, name).required


@pytest.mark.parametrize(
    ("object_name", "name"),
    [
        ("Contact", "HasOptedOutOfEmail"),
        ("Lead", "HasOptedOutOfEmail"),
        ("Account", "PersonHasOptedOutOfEmail"),
    ],
)
def test_the_opt_out_field_is_a_checkbox_that_can_be_written(object_name: str, name: str) -> None:
    assert field(object_name, name).type is FieldType.CHECKBOX
    assert field(object_name, name).updateable is True


def test_the_opt_out_field_of_a_campaign_member_is_a_copy() -> None:
    assert field("CampaignMember", "HasOptedOutOfEmail").updateable is False


@pytest.mark.parametrize("name", ["CreatedDate", "LastModifiedById", "SystemModstamp", "Name", "MailingAddress"])
def test_what_the_platform_maintains_cannot_be_written(name: str) -> None:
    assert field("Contact", name).updateable is False


def test_types_and_sizes() -> None:
    assert field("Contact", "LastName").length == 80
    assert field("Contact", "Description").type is FieldType.LONG_TEXT_AREA
    assert field("Contact", "MailingStreet").type is FieldType.TEXT_AREA
    latitude = field("Contact", "MailingLatitude")
    assert (latitude.type, latitude.precision, latitude.scale) == (FieldType.NUMBER, 18, 15)
    assert field("Case", "CaseNumber").type is FieldType.AUTO_NUMBER
    assert field("Case", "CaseNumber").unique
    assert field("Lead", "IsConverted").updateable is False


def test_only_what_the_platform_fixes_is_restricted() -> None:
    assert field("Contact", "MailingStateCode").restricted
    assert field("Contact", "MailingStateCode").values == ()
    assert "NearAddress" in field("Contact", "MailingGeocodeAccuracy").values
    assert not field("Lead", "Status").restricted
    assert not field("User", "UserType").restricted  # AutomatedProcess is stored, and no describe lists it


def test_the_membership_has_its_states() -> None:
    state = field("wbsendit__Subscription__c", "wbsendit__State__c")
    assert state.values == ("Active", "Deleted", "Suppressed", "Unsubscribed", "Bounced", "Unconfirmed")
    assert not state.restricted
    assert field("wbsendit__Subscription__c", "wbsendit__Email__c").required


def test_names_are_found_regardless_of_case() -> None:
    contact = shipped("CONTACT")
    assert contact is shipped("Contact")
    assert contact.name == "Contact"
    assert contact.field("hasoptedoutofemail") is field("Contact", "HasOptedOutOfEmail")
    assert contact.relationship("ACCOUNT") == field("Contact", "AccountId")


def test_what_is_not_shipped_is_none() -> None:
    assert standard_object("Invoice__c") is None
    assert standard_object("../profiles") is None
    assert shipped("Contact").field("Region__c") is None
    assert shipped("Contact").relationship("Region__r") is None


def test_a_field_of_contact_shows_on_the_person_account() -> None:
    assert account_field_of(field("Contact", "HasOptedOutOfEmail")) == field("Account", "PersonHasOptedOutOfEmail")
    assert account_field_of(field("Contact", "LastName")) == field("Account", "LastName")
    assert account_field_of(field("Contact", "Description")) is None
    custom = FieldSchema(
        "Region__c", FieldType.LOOKUP, required=True, references=("Region__c",), relationship_name="Region__r"
    )
    shown = account_field_of(custom)
    assert shown is not None
    assert (shown.name, shown.relationship_name) == ("Region__pc", "Region__pr")
    assert shown.person_account
    assert shown.required


@pytest.mark.parametrize(
    ("account_field", "contact_field"),
    [
        ("PersonHasOptedOutOfEmail", "HasOptedOutOfEmail"),
        ("personemail", "Email"),
        ("LastName", "LastName"),
        ("Region__pc", "Region__c"),
        ("Region__c", None),
        ("Name", None),
        ("IsPersonAccount", None),
        ("PersonContactId", None),
    ],
)
def test_a_person_field_leads_back_to_contact(account_field: str, contact_field: str | None) -> None:
    assert contact_field_name(account_field) == contact_field


def test_every_person_field_has_the_type_of_its_field_on_contact() -> None:
    for each in shipped("Account").fields:
        behind = contact_field_name(each.name)
        if behind is not None:
            assert field("Contact", behind).type is each.type
            assert account_field_of(field("Contact", behind)) == each


def test_an_unknown_type_reads_as_unknown() -> None:
    assert FieldType("Checkbox") is FieldType.CHECKBOX
    assert FieldType("Hologram") is FieldType.UNKNOWN
    assert FieldType("") is FieldType.UNKNOWN


def test_profiles_have_labels() -> None:
    assert profile_label("Admin") == "System Administrator"
    assert profile_label("StandardAul") == "Standard Platform User"
    assert profile_label("MarketingProfile") == "Marketing User"
    assert profile_label("Custom: Sales Profile") == "Custom: Sales Profile"
    assert all(standard_profiles().values())
