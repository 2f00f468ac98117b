"""What is left of a large file says the same as the whole, with the same places; and what is broken is told in the same words."""

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sfoptlint.metadata.access import open_permissions, parse_permissions
from sfoptlint.metadata.skim import skim
from sfoptlint.metadata.xml import BrokenXmlError, Document, parse_xml
from tests.memory_orgs import (
    NAMESPACE,
    field_permission,
    layout_assignment,
    object_permission,
    profile,
    user_permission,
)


def told(open_: Callable[[bytes, str], Document], data: bytes, root: str = "Profile") -> tuple[object, ...]:
    """Return what a reader makes of a file: the permissions, or the fault with its place."""
    try:
        return (parse_permissions(open_(data, root), "Admin", "p", mentions_package=False),)
    except BrokenXmlError as error:
        return error.reason, error.position


def check(text: str, data: bytes | None = None) -> None:
    whole = text.encode() if data is None else data
    assert told(open_permissions, whole) == told(parse_xml, whole)


FIELD = field_permission(readable=True, editable=False)
LEGACY = (
    "<fieldLevelSecurities><editable>false</editable><field>Lead.HasOptedOutOfEmail</field>"
    "<hidden>true</hidden></fieldLevelSecurities>"
)
CUSTOM = "<customPermissions><enabled>true</enabled><name>Bypass</name></customPermissions>"
OTHERS = (
    field_permission(readable=True, editable=True, name="Account.Name"),
    "<userLicense>Ümläut</userLicense>",
    "<description>Contact- HasOptedOutOfEmail ModifyAllData true &amp; !</description>",
    "<objectPermissions/>",
    "<objectPermissions><object>ContactRequest</object></objectPermissions>",
)
ASKED = (
    FIELD,
    LEGACY,
    CUSTOM,
    object_permission("Contact", edit=False),
    object_permission(" Account\n", edit=True),
    user_permission("ModifyAllData"),
    layout_assignment("PersonAccount-A %26 B"),
    "<hasActivationRequired>true</hasActivationRequired>",
)
ODD = (
    f"<nested>{FIELD}</nested>",
    f"<!-- {FIELD} -->",
    f"<![CDATA[{FIELD}]]>",
    "<fieldPermissions><field>Contact.HasOpted<!-- -->OutOfEmail</field><editable>true</editable></fieldPermissions>",
    "<fieldPermissions><field>Contact.HasOptedOut&#79;fEmail</field><editable>true</editable></fieldPermissions>",
    "<fieldPermissions ><field >Lead.HasOptedOutOfEmail</field\n></fieldPermissions\n>",
    "<fieldPermissions a='HasOptedOutOfEmail'><field>Lead.Email</field></fieldPermissions>",
    '<objectPermissions xmlns="urn:other"><object>Lead</object></objectPermissions>',
    '<o:objectPermissions xmlns:o="urn:other"><object>Lead</object></o:objectPermissions>',
    f'<o:objectPermissions xmlns:o="{NAMESPACE}"><o:object>Lead</o:object></o:objectPermissions>',
    "<objectPermissions><objectPermissions><object>Lead</object></objectPermissions></objectPermissions>",
    "<objectPermissionsOfOld><object>Lead</object></objectPermissionsOfOld>",
    "<?Contact objectPermissions?>",
)
BROKEN = ("<open>", "</closed>", "&nothing;", "<fieldPermissions>", "</fieldPermissions>", "\x01", "<a:b/>", "]]>")
GAPS = ("", "\n", "\n    ", "\r\n\t", "  ")

entries = st.sampled_from((*ASKED, *OTHERS)) | st.sampled_from((*ASKED, *ODD)) | st.sampled_from((*ASKED, *BROKEN))


@st.composite
def profiles(draw: st.DrawFn) -> str:
    """A profile of entries in any order, with whatever stands between them."""
    gap = draw(st.sampled_from(GAPS))
    body = "".join(gap + entry for entry in draw(st.lists(entries, max_size=12)))
    head = draw(st.sampled_from(["", '<?xml version="1.0" encoding="UTF-8"?>\n', " <?xml version='1.0'?>", "<!-- -->"]))
    about = draw(st.sampled_from([f' xmlns="{NAMESPACE}"', f"\n xmlns='{NAMESPACE}'", "", ' xmlns="urn:other"']))
    return f"{head}<Profile{about}>{body}{gap}</Profile>{draw(st.sampled_from(['', chr(10), '<!-- -->', '<a/>']))}"


@given(profiles())
@example(profile(*ASKED, *OTHERS))
@example("<Profile></Profile>")
def test_permissions_are_those_of_the_whole(text: str) -> None:
    check(text)


@pytest.mark.parametrize("entry", [*ODD, *BROKEN])
def test_what_is_out_of_the_ordinary_is_read_as_in_the_whole(entry: str) -> None:
    check(profile(FIELD, entry, object_permission("Contact", edit=False)))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_every_encoding_is_read(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{"utf-8" if encoding == "utf-8-sig" else encoding}"?>\n'
    text = declared + profile(*OTHERS, *ASKED).partition("?>")[2]
    check(text, text.encode(encoding))


def test_what_nobody_asks_for_has_no_tree() -> None:
    text = profile(*OTHERS * 3, FIELD, *OTHERS, object_permission("Lead", edit=True))
    document = skim(text.encode(), "Profile", {"fieldPermissions": ("HasOptedOutOfEmail",)})
    (entry,) = document.root
    assert "".join(entry.itertext()) == "falseContact.HasOptedOutOfEmailtrue"
    assert document.position(entry).line == text[: text.index(FIELD)].count("\n") + 1


def test_the_package_is_seen_in_what_nobody_asks_for() -> None:
    text = profile("<classAccesses><apexClass>wbsendit__Sync</apexClass></classAccesses>")
    assert open_permissions(text.encode(), "Profile").mentions_package


@pytest.mark.parametrize(
    "entries",
    [
        object_permission("ContactRequest", edit=True) * 30_000,
        "<objectPermissions></objectPermissions>" + "Contact " * 200_000 + "<objectPermissions></objectPermissions>",
        "<objectPermissions>" * 200 + "Contact " * 200_000 + "</objectPermissions>" * 200,
        "<objectPermissions></objectPermissions>Contact " * 30_000,
    ],
)
def test_no_file_takes_long(entries: str) -> None:
    began = time.process_time()
    check(profile(entries))
    assert time.process_time() - began < 5
