"""Layouts: each sentence of the law on verdicts, as a test."""

from collections.abc import Mapping

import pytest

from sfoptlint.core.settings import PackagePresence, Settings
from sfoptlint.core.verdict import Half, Row, Verdict
from tests import samples

NAME = "Layout:Contact-A"
FILE = "layouts/Contact-A.layout"
BOTH = (Half.RELATED_LIST, Half.FIELD)


def judged(text: str, settings: Settings | None = None, more: Mapping[str, str | None] | None = None) -> Row:
    files = {FILE: text, "objects/wbsendit__Subscription__c.object": ""}
    return samples.row(samples.lint({**files, **(more or {})}, settings), NAME)


def rules(text: str, settings: Settings | None = None) -> list[str]:
    outcome = samples.lint({FILE: text, "objects/wbsendit__Subscription__c.object": ""}, settings)
    return [finding.rule for finding in outcome.findings]


def test_a_layout_is_judged_by_what_its_viewers_miss() -> None:
    assert (judged(samples.layout()).verdict, judged(samples.layout()).missing) == (Verdict.NEVER, ())
    bare = judged(samples.layout(field_name=None, lists=()))
    assert (bare.verdict, bare.missing) == (Verdict.ALWAYS, BOTH)
    assert judged(samples.layout(lists=())).missing == (Half.RELATED_LIST,)
    assert judged(samples.layout(field_name=None)).missing == (Half.FIELD,)


def test_hide_has_one_row_with_direction_any() -> None:
    row = judged(samples.layout())
    assert (row.direction, row.effect, row.cause, row.reach) == ("any", "hide", "page", None)


def test_names_are_compared_without_regard_to_case() -> None:
    text = samples.layout(field_name=samples.FIELD.upper(), lists=(samples.LIST.lower(),))
    assert judged(text).verdict is Verdict.NEVER


def test_read_only_still_shows_it_and_is_a_note_of_its_own() -> None:
    text = samples.layout(behavior="Readonly")
    assert judged(text).verdict is Verdict.NEVER
    assert rules(text) == ["OPT607"]


def test_a_list_without_its_state_column_is_a_note_of_its_own() -> None:
    text = samples.layout(columns=("NAME",))
    assert judged(text).verdict is Verdict.NEVER
    assert rules(text) == ["OPT603"]
    assert rules(samples.layout(columns=())) == [], "no columns are the default ones"


def test_the_look_alike_list_is_not_the_memberships() -> None:
    text = samples.layout(lists=(samples.LOOK_ALIKE,))
    assert judged(text).missing == (Half.RELATED_LIST,)
    assert rules(text) == ["OPT602"]


def test_the_list_of_another_lookup_is_not_the_memberships() -> None:
    assert judged(samples.layout(lists=(samples.LEAD_LIST,))).missing == (Half.RELATED_LIST,)


PROFILE = "profiles/P.profile"


def with_profile(*assigned: str) -> Row:
    text = samples.profile(*map(samples.layout_assignment, assigned))
    return judged(samples.layout(lists=()), more={PROFILE: text})


def test_one_that_no_profile_in_the_tree_is_assigned_in_a_tree_that_holds_profiles_is_never() -> None:
    assert with_profile("Contact-B").verdict is Verdict.NEVER
    assert with_profile("Contact-B").missing == ()
    assert with_profile("Contact-B", "Contact-A").verdict is Verdict.ALWAYS
    assert with_profile("Contact-a").verdict is Verdict.ALWAYS


def test_where_profiles_were_not_read_it_counts_as_assigned() -> None:
    assert judged(samples.layout(lists=())).verdict is Verdict.ALWAYS
    files = {FILE: samples.layout(lists=()), PROFILE: samples.profile(samples.layout_assignment("Contact-B"))}
    settings = Settings(package=PackagePresence.EXPECTED)
    outcome = samples.lint(files, settings, focus=frozenset([FILE]))
    assert samples.row(outcome, NAME).verdict is Verdict.ALWAYS


@pytest.mark.parametrize("broken", ["<Profile", "", None])
def test_where_a_profile_could_not_be_read_it_counts_as_assigned(broken: str | None) -> None:
    other = samples.profile(samples.layout_assignment("Contact-B"))
    row = judged(samples.layout(lists=()), more={"profiles/Broken.profile": broken, PROFILE: other})
    assert row.verdict is Verdict.ALWAYS


def test_percent_encoded_names_are_compared_decoded() -> None:
    files = {
        "layouts/Contact-A%3A B.layout": samples.layout(lists=()),
        PROFILE: samples.profile(samples.layout_assignment("Contact-A: B")),
    }
    outcome = samples.lint(files, Settings(package=PackagePresence.EXPECTED))
    assert samples.row(outcome, "Layout:Contact-A: B").verdict is Verdict.ALWAYS


def test_profiles_that_assign_no_layout_of_an_object_are_a_gap() -> None:
    outcome = samples.lint({FILE: samples.layout(), PROFILE: samples.profile(samples.layout_assignment("Lead-A"))})
    assert [gap.path for gap in outcome.gaps] == [PROFILE]


def test_mini_layouts_show_nothing() -> None:
    mini = f"<miniLayout><fields>{samples.FIELD}</fields></miniLayout>"
    assert judged(samples.document("Layout", mini)).missing == BOTH


def test_where_the_package_is_not_expected_only_the_field_half_is_judged() -> None:
    absent = Settings(package=PackagePresence.ABSENT)
    assert judged(samples.layout(lists=()), absent).verdict is Verdict.NEVER
    assert judged(samples.layout(lists=(), field_name=None), absent).missing == (Half.FIELD,)
    assert rules(samples.layout(columns=("NAME",)), absent) == []


PERSON = "PersonHasOptedOutOfEmail"


@pytest.mark.parametrize(
    ("file", "artifact", "object_", "text", "verdict"),
    [
        ("Lead-A", "Layout:Lead-A", "Lead", samples.layout(lists=(samples.LEAD_LIST,)), Verdict.NEVER),
        ("Lead-A", "Layout:Lead-A", "Lead", samples.layout(lists=(samples.LIST,)), Verdict.ALWAYS),
        ("PersonAccount-A", "Layout:PersonAccount-A", "Account", samples.layout(field_name=PERSON), Verdict.NEVER),
        ("PersonAccount-A", "Layout:PersonAccount-A", "Account", samples.layout(), Verdict.ALWAYS),
    ],
)
def test_each_object_has_its_field_and_its_list(
    file: str, artifact: str, object_: str, text: str, verdict: Verdict
) -> None:
    assert samples.row(samples.lint({f"layouts/{file}.layout": text}), artifact, object_).verdict is verdict


@pytest.mark.parametrize("name", ["Account-A", "Case-A", "CampaignMember-A", "Contact__c-A", "A"])
def test_a_layout_of_another_object_has_no_row(name: str) -> None:
    files: Mapping[str, str] = {f"layouts/{name}.layout": samples.layout(), FILE: samples.layout()}
    assert [str(row.artifact) for row in samples.lint(files).rows] == [NAME]
