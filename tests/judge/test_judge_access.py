"""Profiles, permission sets, muting sets and groups: each sentence of the law on verdicts, as a test."""

import pytest

from sfoptlint.core.outcome import Outcome
from sfoptlint.core.verdict import Verdict
from tests import samples
from tests.samples import (
    GRANTS,
    field_permission,
    group,
    muting_set,
    object_permission,
    permission_set,
    user_permission,
)

EDITABLE = field_permission(readable=True, editable=True)
READ_ONLY = field_permission(readable=True, editable=False)
HIDDEN = field_permission(readable=False, editable=False)
EDIT = object_permission(edit=True)
NO_EDIT = object_permission(edit=False)
ALL_RECORDS = object_permission(edit=False, read=False, modify_all=True)


def profile(*entries: str) -> Outcome:
    return samples.lint({"profiles/P.profile": samples.profile(*entries)})


def verdict(*entries: str, object_: str = "Contact") -> Verdict:
    row = samples.row(profile(*entries), "Profile:P", object_)
    assert (row.direction, row.effect, row.cause, row.reach) == ("any", "deny", "access", None)
    return row.verdict


@pytest.mark.parametrize(
    ("entries", "rule"),
    [
        ((READ_ONLY, EDIT), "OPT501"),
        ((HIDDEN, EDIT), "OPT502"),
        ((EDITABLE, NO_EDIT), "OPT503"),
        ((READ_ONLY,), "OPT501"),
    ],
)
def test_a_profile_that_does_not_allow_the_edit_is_sometimes(entries: tuple[str, ...], rule: str) -> None:
    assert verdict(*entries) is Verdict.SOMETIMES
    assert [finding.rule for finding in profile(*entries).findings] == [rule]


def test_a_profile_that_allows_the_edit_is_never() -> None:
    assert verdict(EDITABLE, EDIT) is Verdict.NEVER
    assert verdict(EDITABLE, object_permission(edit=False, modify_all=True)) is Verdict.NEVER


@pytest.mark.parametrize("entries", [(), (EDITABLE,), (EDIT,)])
def test_what_a_profile_does_not_mention_field_or_object_is_unknown(entries: tuple[str, ...]) -> None:
    assert verdict(*entries) is Verdict.UNKNOWN


def test_modify_all_data_grants_objects_not_fields() -> None:
    assert verdict(EDITABLE, user_permission()) is Verdict.NEVER
    assert verdict(EDITABLE, NO_EDIT, user_permission()) is Verdict.NEVER
    assert verdict(READ_ONLY, user_permission()) is Verdict.SOMETIMES
    assert verdict(user_permission()) is Verdict.UNKNOWN
    assert verdict(EDITABLE, NO_EDIT, user_permission(enabled=False)) is Verdict.SOMETIMES


def test_the_account_row_asks_the_field_security_of_contact_and_the_object_permission_of_account() -> None:
    assert verdict(EDITABLE, object_permission("Account", edit=True), NO_EDIT, object_="Account") is Verdict.NEVER
    assert verdict(EDITABLE, EDIT, object_="Account") is Verdict.UNKNOWN
    assert verdict(READ_ONLY, object_permission("Account", edit=True), object_="Account") is Verdict.SOMETIMES


def test_the_field_of_a_campaign_member_is_another_one() -> None:
    other = field_permission(readable=False, editable=False, name="CampaignMember.HasOptedOutOfEmail")
    assert verdict(other, EDITABLE, EDIT) is Verdict.NEVER


@pytest.mark.parametrize("entries", [(), (HIDDEN, NO_EDIT), GRANTS])
def test_a_permission_set_takes_nothing_away_never(entries: tuple[str, ...]) -> None:
    outcome = samples.lint({"permissionsets/S.permissionset": permission_set(*entries)})
    assert samples.row(outcome, "PermissionSet:S").verdict is Verdict.NEVER
    assert not outcome.findings


SET, MUTE, GROUP = (
    "permissionsets/S.permissionset",
    "mutingpermissionsets/M.mutingpermissionset",
    "g/G.permissionsetgroup",
)


def muted(given: tuple[str, ...], taken: tuple[str, ...], *members: str) -> tuple[Verdict, Verdict]:
    files = {SET: permission_set(*given), MUTE: muting_set(*taken), GROUP: group("S", *members, muting=["M"])}
    outcome = samples.lint(files)
    return (
        samples.row(outcome, "MutingPermissionSet:M").verdict,
        samples.row(outcome, "PermissionSetGroup:G").verdict,
    )


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (GRANTS, (EDITABLE,)),
        (GRANTS, (EDIT,)),
        (GRANTS, (READ_ONLY,)),
        (GRANTS, (object_permission(edit=False, read=True),)),
        ((EDITABLE, ALL_RECORDS), (ALL_RECORDS,)),
        ((EDITABLE, user_permission()), (user_permission(),)),
    ],
)  # fmt: skip
def test_a_muting_set_inside_a_group_can_sometimes(given: tuple[str, ...], taken: tuple[str, ...]) -> None:
    assert muted(given, taken) == (Verdict.SOMETIMES, Verdict.SOMETIMES)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (GRANTS, ()),
        (GRANTS, (HIDDEN, object_permission(edit=False, read=False))),
        (GRANTS, (user_permission(),)),
        ((), (EDITABLE, EDIT)),
        ((*GRANTS, user_permission()), (EDITABLE.replace("Contact.", "Lead."),)),
    ],
)
def test_a_muting_set_that_takes_nothing_that_is_given_is_never(given: tuple[str, ...], taken: tuple[str, ...]) -> None:
    assert muted(given, taken) == (Verdict.NEVER, Verdict.NEVER)


def test_modify_all_data_outlives_a_muted_edit() -> None:
    assert muted((EDITABLE, EDIT, user_permission()), (EDIT,)) == (Verdict.NEVER, Verdict.NEVER)


def test_a_group_of_which_a_muting_set_is_not_in_the_tree_is_unknown() -> None:
    for broken in ({}, {MUTE: "<MutingPermissionSet"}):
        outcome = samples.lint({SET: permission_set(*GRANTS), GROUP: group("S", muting=["M"]), **broken})
        assert samples.row(outcome, "PermissionSetGroup:G").verdict is Verdict.UNKNOWN
    outcome = samples.lint({SET: permission_set(), GROUP: group("S", muting=["M"])})
    assert samples.row(outcome, "PermissionSetGroup:G").verdict is Verdict.NEVER


def test_a_muting_set_that_no_group_in_the_tree_uses_is_unknown() -> None:
    outcome = samples.lint({MUTE: muting_set(*GRANTS)})
    assert samples.row(outcome, "MutingPermissionSet:M").verdict is Verdict.UNKNOWN


def test_rows_are_made_for_account_in_every_org_and_findings_only_where_persons_show() -> None:
    denied = samples.profile(HIDDEN, object_permission("Account", edit=False))
    outcome = samples.lint({"profiles/P.profile": denied})
    assert samples.row(outcome, "Profile:P", "Account").verdict is Verdict.SOMETIMES
    assert {finding.object for finding in outcome.findings} == {"Contact"}
    outcome = samples.lint({"profiles/P.profile": denied, "layouts/PersonAccount-A.layout": samples.layout()})
    assert "Account" in {finding.object for finding in outcome.findings}
