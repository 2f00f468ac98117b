"""Laws of repairs: the file stays well-formed, has what it missed, and differs by insertions alone."""

from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.core.opt_out import MEMBERSHIP_LIST
from sfoptlint.core.verdict import OptOutObject
from sfoptlint.fix.layout import Repair, repaired
from sfoptlint.judge.page import judge_layout
from sfoptlint.metadata.layout import parse_layout
from sfoptlint.metadata.xml import parse_xml

NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
PAGE = {OptOutObject.CONTACT: "Contact", OptOutObject.LEAD: "Lead", OptOutObject.ACCOUNT: "PersonAccount"}

gaps = st.sampled_from(["", "\n", "\r\n    ", "\n\t", "  ", "\r", "<!-- > <relatedLists> -->", "<?x <layoutItems> ?>"])
texts = st.sampled_from(
    ["", "Email", "PersonEmail", "Phone", "<![CDATA[Email]]>", "E&#109;ail", "<!-- <b> -->Email", "ü"]
)
attributes = st.sampled_from(["", " ", ' a=">"', " a='/>'", '\n b="<"'.replace("<", "&lt;")])


@st.composite
def element(draw: st.DrawFn, name: str, content: st.SearchStrategy[str]) -> str:
    """An element with whatever may stand in and about it; an empty one in either form."""
    start = f"{name}{draw(attributes)}"
    inner = draw(content)
    if not inner and draw(st.booleans()):
        return f"{draw(gaps)}<{start}/>"
    return f"{draw(gaps)}<{start}>{inner}{draw(gaps)}</{name}{draw(st.sampled_from(['', ' ']))}>"


def elements(name: str, content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(element(name, content), max_size=3).map("".join)


items = elements("layoutItems", elements("field", texts))
columns = elements("layoutColumns", items)
styles = elements("style", st.sampled_from(["OneColumn", "CustomLinks"]))
sections = elements("layoutSections", st.tuples(columns, styles).map("".join))
lists = elements("relatedLists", elements("fields", texts))
others = elements("excludeButtons", texts), elements("showEmailCheckbox", texts), elements("zebra", texts)


@st.composite
def layouts(draw: st.DrawFn) -> str:
    """A layout without the box and without the memberships."""
    parts = draw(st.permutations([others[0], sections, lists, others[1], others[2]]))
    body = "".join(map(draw, parts))
    root = f'Layout xmlns="{NAMESPACE}"{draw(attributes)}'
    head = draw(st.sampled_from(["", '<?xml version="1.0"?>', "<!-- <Layout> -->\n"]))
    return f"{head}<{root}>{body}</Layout>{draw(gaps)}" if body else f"{head}<{root}/>{draw(gaps)}"


codecs = st.sampled_from(
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
)
repairs = st.lists(st.sampled_from([Repair.MEMBERSHIP_LIST, Repair.OPT_OUT_FIELD]), min_size=1, max_size=2, unique=True)


def missed(data: bytes, object_: OptOutObject) -> set[str]:
    """What the viewers of a layout miss, as lint sees it."""
    page = parse_layout(parse_xml(data, "Layout"), f"{PAGE[object_]}-Page", "Page.layout", mentions_package=True)
    return set(judge_layout(page, package_expected=True, assigned=True).row.missing)


def is_inserted(before: str, after: str) -> bool:
    """Whether every character of one text stands in the other, in order."""
    rest = iter(after)
    return all(character in rest for character in before)


@given(layouts(), codecs, st.sampled_from(OptOutObject), repairs)
def test_a_repair_only_inserts_and_adds_what_was_missed(
    text: str, codec: tuple[str, bytes], object_: OptOutObject, wanted: list[Repair]
) -> None:
    name, mark = codec
    before = mark + text.encode(name)
    after = before
    for repair in wanted:
        after = repaired(after, object_, repair)
    halves = {Repair.MEMBERSHIP_LIST: "related_list", Repair.OPT_OUT_FIELD: "field"}
    assert missed(before, object_) - missed(after, object_) == {halves[repair] for repair in wanted}
    assert after.startswith(mark)
    assert is_inserted(text, after.removeprefix(mark).decode(name))


@given(st.lists(texts.filter(bool), min_size=1, max_size=9), gaps, st.sampled_from(OptOutObject))
def test_the_state_column_only_inserts(shown: list[str], gap: str, object_: OptOutObject) -> None:
    columns = gap.join(f"<fields>{column}</fields>" for column in shown)
    membership = f"<relatedLists>{columns}{gap}<relatedList>{MEMBERSHIP_LIST[object_]}</relatedList></relatedLists>"
    before = f'<Layout xmlns="{NAMESPACE}">{gap}{membership}{gap}</Layout>'
    after = repaired(before.encode(), object_, Repair.STATE_COLUMN).decode()
    assert is_inserted(before, after)
    assert after.replace("<fields>wbsendit__State__c</fields>", "", 1).replace(gap, "") == before.replace(gap, "")
