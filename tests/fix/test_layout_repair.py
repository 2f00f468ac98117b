"""What a layout is given, to the byte."""

import pytest

from sfoptlint.core.verdict import OptOutObject
from sfoptlint.fix.layout import Repair, repaired
from sfoptlint.fix.text import CannotRepairError

CONTACT, LEAD, ACCOUNT = OptOutObject.CONTACT, OptOutObject.LEAD, OptOutObject.ACCOUNT
NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
LIST = """\
    <relatedLists>
        <customButtons>wbsendit__Add_Contact_to_Email_List</customButtons>
        <customButtons>wbsendit__View_Contact_in_CM</customButtons>
        <customButtons>wbsendit__Unsubscribe_All</customButtons>
        <excludeButtons>New</excludeButtons>
        <fields>NAME</fields>
        <fields>wbsendit__Date_Subscribed__c</fields>
        <fields>wbsendit__Email__c</fields>
        <fields>wbsendit__State__c</fields>
        <relatedList>wbsendit__Subscription__c.wbsendit__Contact__c</relatedList>
        <sortField>wbsendit__Date_Subscribed__c</sortField>
        <sortOrder>Desc</sortOrder>
    </relatedLists>
"""
ITEM = "<layoutItems><behavior>Edit</behavior><field>HasOptedOutOfEmail</field></layoutItems>"
FIELD = """\
            <layoutItems>
                <behavior>Edit</behavior>
                <field>HasOptedOutOfEmail</field>
            </layoutItems>
"""


def repair(text: str, what: Repair, object_: OptOutObject = CONTACT) -> str:
    return repaired(text.encode(), object_, what).decode()


def layout(*parts: str) -> str:
    return f"{DECLARATION}<Layout {NAMESPACE}>\n{''.join(parts)}</Layout>\n"


def item(field: str) -> str:
    return FIELD.replace("HasOptedOutOfEmail", field)


def section(*columns: str, style: str = "TwoColumnsTopToBottom") -> str:
    whole = "".join(f"        <layoutColumns>\n{column}        </layoutColumns>\n" for column in columns)
    return f"    <layoutSections>\n{whole}        <style>{style}</style>\n    </layoutSections>\n"


def test_the_list_stands_after_the_other_lists() -> None:
    other = "    <relatedLists>\n        <relatedList>RelatedNoteList</relatedList>\n    </relatedLists>\n"
    rest = "    <relatedObjects>AccountId</relatedObjects>\n    <showEmailCheckbox>false</showEmailCheckbox>\n"
    assert repair(layout(other, rest), Repair.MEMBERSHIP_LIST) == layout(other, LIST, rest)


def test_the_first_list_stands_where_the_alphabet_puts_it() -> None:
    before = "    <layoutSections>\n    </layoutSections>\n    <relatedContent>\n    </relatedContent>\n"
    rest = "    <showEmailCheckbox>false</showEmailCheckbox>\n"
    assert repair(layout(before, rest), Repair.MEMBERSHIP_LIST) == layout(before, LIST, rest)
    assert repair(layout(rest), Repair.MEMBERSHIP_LIST) == layout(LIST, rest)
    assert repair(layout(), Repair.MEMBERSHIP_LIST) == layout(LIST)


def test_a_lead_has_lists_and_buttons_of_its_own() -> None:
    lead = (
        LIST.replace("Add_Contact", "Add_Lead")
        .replace("View_Contact_in_CM", "View_Lead_in_Campaign_Monitor")
        .replace("wbsendit__Contact__c", "wbsendit__Lead__c")
    )
    assert repair(layout(), Repair.MEMBERSHIP_LIST, LEAD) == layout(lead)
    assert repair(layout(), Repair.MEMBERSHIP_LIST, ACCOUNT) == layout(LIST)


@pytest.mark.parametrize("companion", ["Email", "HasOptedOutOfFax", "DoNotCall"])
def test_the_field_stands_after_its_companion(companion: str) -> None:
    first, second = item("Name"), item(companion)
    before = layout(section(first, second + item("Phone")))
    assert repair(before, Repair.OPT_OUT_FIELD) == layout(section(first, second + FIELD + item("Phone")))


def test_the_field_of_a_person_account_has_its_own_name() -> None:
    before = layout(section(item("Phone"), item("PersonEmail")))
    field = item("PersonHasOptedOutOfEmail")
    assert repair(before, Repair.OPT_OUT_FIELD, ACCOUNT) == layout(section(item("Phone"), item("PersonEmail") + field))


def test_without_a_companion_the_field_ends_the_first_column() -> None:
    links = section("", style="CustomLinks")
    before = layout(links, section(item("Name"), item("Phone")))
    assert repair(before, Repair.OPT_OUT_FIELD) == layout(links, section(item("Name") + FIELD, item("Phone")))


def test_an_empty_column_is_filled() -> None:
    before = layout(section("").replace("<layoutColumns>\n        </layoutColumns>", "<layoutColumns/>"))
    assert repair(before, Repair.OPT_OUT_FIELD) == layout(section(FIELD))


def test_a_layout_of_links_alone_gets_a_section() -> None:
    links = section("", style="CustomLinks")
    own = f"""\
    <layoutSections>
        <customLabel>true</customLabel>
        <detailHeading>true</detailHeading>
        <editHeading>true</editHeading>
        <label>Email Opt Out</label>
        <layoutColumns>
{FIELD}        </layoutColumns>
        <style>OneColumn</style>
    </layoutSections>
"""
    assert repair(layout(links), Repair.OPT_OUT_FIELD) == layout(links, own)


def test_the_state_stands_after_the_other_columns() -> None:
    before = layout(LIST.replace("        <fields>wbsendit__State__c</fields>\n", ""))
    assert repair(before, Repair.STATE_COLUMN) == layout(LIST)


def test_a_list_without_room_is_left_alone() -> None:
    columns = "".join(f"        <fields>Column_{number}__c</fields>\n" for number in range(10))
    full = layout(LIST.replace("        <fields>NAME</fields>\n", columns).replace("State__c", "Name__c"))
    with pytest.raises(CannotRepairError, match="10 columns"):
        repair(full, Repair.STATE_COLUMN)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("unit", ["\t", "  ", "    "])
def test_line_ends_and_indentation_are_the_file_s_own(line_end: str, unit: str) -> None:
    def styled(text: str) -> str:
        return text.replace("    ", unit).replace("\n", line_end)

    sections = section(item("Email"))
    done = repair(repair(styled(layout(sections)), Repair.OPT_OUT_FIELD), Repair.MEMBERSHIP_LIST)
    assert done == styled(layout(section(item("Email") + FIELD), LIST))


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("iso-8859-1", b""),
    ],
)
def test_encoding_and_mark_stay(codec: str, mark: bytes) -> None:
    declared = "UTF-16" if codec.startswith("utf-16") else codec
    before, after = (
        layout(section(item("Email") + field), "    <!-- für später -->\n").replace("UTF-8", declared)
        for field in ("", FIELD)
    )
    assert repaired(mark + before.encode(codec), CONTACT, Repair.OPT_OUT_FIELD) == mark + after.encode(codec)


def test_an_encoding_that_would_change_bytes_is_refused() -> None:
    data = layout(section(item("Email"))).replace("UTF-8", "ISO-2022-JP").encode()
    with pytest.raises(CannotRepairError, match="save it as UTF-8"):
        repaired(data.replace(b"Email", b"\x1b(B\x1b(BEmail"), CONTACT, Repair.OPT_OUT_FIELD)


def test_a_file_on_one_line_stays_on_it() -> None:
    before, after = (
        f"<Layout {NAMESPACE}><layoutSections><layoutColumns><layoutItems><field>Email</field></layoutItems>{field}"
        "</layoutColumns></layoutSections></Layout>"
        for field in ("", ITEM)
    )
    assert repair(before, Repair.OPT_OUT_FIELD) == after


def test_comments_stay_with_what_they_speak_of() -> None:
    before = layout("    <layoutSections>\n    </layoutSections> <!-- <relatedLists> to come -->\n")
    assert repair(before, Repair.MEMBERSHIP_LIST) == before.replace("</Layout>", LIST + "</Layout>")


def test_a_prefix_is_written_too() -> None:
    before = f"<m:Layout {NAMESPACE.replace('xmlns', 'xmlns:m')}><m:layoutSections/></m:Layout>"
    done = repair(before, Repair.MEMBERSHIP_LIST)
    assert "<m:relatedList>wbsendit__Subscription__c.wbsendit__Contact__c</m:relatedList>" in done


def test_an_element_without_end_tag_keeps_its_slash() -> None:
    before = f"<Layout {NAMESPACE} />"
    done = repair(before, Repair.MEMBERSHIP_LIST)
    assert done.startswith(f"<Layout {NAMESPACE} ><relatedLists>")
    assert done.endswith("</relatedLists></Layout>")
