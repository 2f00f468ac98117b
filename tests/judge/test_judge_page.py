"""Lightning pages: each sentence of the law on verdicts, as a test."""

import pytest

from sfoptlint.core.settings import PackagePresence, Settings
from sfoptlint.core.verdict import Half, Row, Verdict
from tests import samples
from tests.samples import component, field_item, page, region

EXPECTED = Settings(package=PackagePresence.EXPECTED)
DETAIL = component("force:detailPanel")
LISTS = component("force:relatedListContainer")
SINGLE = component("force:relatedListSingleContainer", relatedListApiName="wbsendit__Subscriptions__r")
OWN = component("c:anything")


def judged(*regions: str, object_: str = "Contact") -> Row:
    outcome = samples.lint({"flexipages/F.flexipage": page(*regions, object_=object_)}, EXPECTED)
    return samples.row(outcome, "FlexiPage:F", object_)


def verdict(*items: str) -> Verdict:
    return judged(region(*items)).verdict


@pytest.mark.parametrize("container", ["force:relatedListContainer", "force:relatedListQuickLinksContainer"])
def test_a_page_that_mirrors_the_layout_is_never_for_that_half(container: str) -> None:
    assert verdict(DETAIL, component(container)) is Verdict.NEVER
    assert judged(region(component(container), field_item("Record.Email"))).missing == (Half.FIELD,)
    assert judged(region(DETAIL)).missing == (Half.RELATED_LIST,)


@pytest.mark.parametrize("name", ["force:relatedListSingleContainer", "lst:dynamicRelatedList"])
@pytest.mark.parametrize("relationship", ["wbsendit__Subscriptions__r", "wbsendit__subscriptions__pr"])
def test_single_lists_show_the_memberships_where_they_name_them(name: str, relationship: str) -> None:
    assert verdict(DETAIL, component(name, relatedListApiName=relationship)) is Verdict.NEVER
    assert verdict(DETAIL, component(name, relatedListApiName="Cases")) is Verdict.ALWAYS


def test_the_look_alike_list_is_not_the_memberships() -> None:
    like = component("force:relatedListSingleContainer", relatedListApiName="wbsendit__Campaign_Activities__r")
    outcome = samples.lint({"flexipages/F.flexipage": page(region(DETAIL, like))}, EXPECTED)
    assert [finding.rule for finding in outcome.findings] == ["OPT602"]


def test_a_dynamic_form_shows_the_fields_that_it_places() -> None:
    assert verdict(LISTS, field_item()) is Verdict.NEVER
    assert verdict(LISTS, field_item("Record.Email")) is Verdict.ALWAYS
    assert verdict(LISTS, field_item("Record.PersonHasOptedOutOfEmail")) is Verdict.ALWAYS


def test_a_person_accounts_page_places_the_persons_field() -> None:
    items = region(LISTS, field_item("Record.PersonHasOptedOutOfEmail"))
    assert judged(items, object_="Account").verdict is Verdict.NEVER
    assert judged(region(LISTS, field_item()), object_="Account").verdict is Verdict.ALWAYS


def test_read_only_still_shows_it_and_is_a_note_of_its_own() -> None:
    outcome = samples.lint({"flexipages/F.flexipage": page(region(LISTS, field_item(behavior="readonly")))}, EXPECTED)
    assert samples.row(outcome, "FlexiPage:F").verdict is Verdict.NEVER
    assert [finding.rule for finding in outcome.findings] == ["OPT607"]


def test_what_only_some_viewers_are_shown_is_sometimes() -> None:
    hidden = component("force:detailPanel", rule=True)
    assert verdict(LISTS, hidden) is Verdict.SOMETIMES
    assert verdict(LISTS, field_item(rule=True)) is Verdict.SOMETIMES
    assert verdict(DETAIL, component("force:relatedListContainer", rule=True)) is Verdict.SOMETIMES
    assert verdict(LISTS, hidden, DETAIL) is Verdict.NEVER, "it is there a second time"
    assert verdict(LISTS, component("force:recordDetailPanelMobile")) is Verdict.SOMETIMES


def test_what_stands_in_a_tab_behind_a_rule_is_sometimes() -> None:
    tab = region(DETAIL, LISTS, name="facet", kind="Facet")
    assert judged(region(component("flexipage:tab", rule=True, body="facet")), tab).verdict is Verdict.SOMETIMES
    assert judged(region(component("flexipage:tab", body="facet")), tab).verdict is Verdict.NEVER


def test_a_tab_that_is_shown_twice_counts_by_its_wider_showing() -> None:
    inner = region(DETAIL, LISTS, name="inner", kind="Facet")
    for rules in ((True, False), (False, True)):
        tabs = [component("flexipage:tab", rule=rule, body="inner") for rule in rules]
        assert judged(region(*tabs), inner).verdict is Verdict.NEVER


def test_a_facet_that_nothing_shows_is_not_shown() -> None:
    assert judged(region(OWN), region(DETAIL, LISTS, name="orphan", kind="Facet")).verdict is Verdict.UNKNOWN
    assert judged(region(), region(DETAIL, LISTS, name="orphan", kind="Facet")).verdict is Verdict.ALWAYS


def test_facets_that_show_each_other_end() -> None:
    one = region(component("a:b", body="two"), name="one", kind="Facet")
    two = region(component("a:b", body="one"), DETAIL, LISTS, name="two", kind="Facet")
    assert judged(region(component("flexipage:tab", body="one")), one, two).verdict is Verdict.NEVER


def test_a_component_that_is_not_read_may_show_what_nothing_else_shows() -> None:
    assert verdict(OWN) is Verdict.UNKNOWN
    assert verdict(component("wbsendit:memberships"), DETAIL) is Verdict.UNKNOWN
    assert verdict(component("flexipage:visualforcePage"), DETAIL) is Verdict.UNKNOWN
    assert verdict(component("flexipage:richText"), DETAIL) is Verdict.ALWAYS


def test_it_is_judged_whether_or_not_the_tree_shows_where_it_is_activated() -> None:
    assert judged(region(DETAIL, LISTS)).verdict is Verdict.NEVER


def test_where_the_package_is_not_expected_only_the_field_half_is_judged() -> None:
    outcome = samples.lint({"flexipages/F.flexipage": page(region(DETAIL))})
    assert samples.row(outcome, "FlexiPage:F").verdict is Verdict.NEVER


@pytest.mark.parametrize(("kind", "object_"), [("AppPage", "Contact"), ("HomePage", ""), ("RecordPage", "Case")])
def test_a_page_that_shows_no_such_record_has_no_row(kind: str, object_: str) -> None:
    outcome = samples.lint({"flexipages/F.flexipage": page(region(DETAIL), object_=object_, kind=kind)}, EXPECTED)
    assert outcome.rows == ()
    assert outcome.read == {"FlexiPage": 1}
