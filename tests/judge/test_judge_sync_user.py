"""The configured sync user: each sentence of the law on verdicts, as a test."""

import pytest

from sfoptlint.core.finding import Finding
from sfoptlint.core.settings import Settings, SyncUser
from sfoptlint.core.verdict import OptOutObject, Row, Verdict
from tests import samples
from tests.samples import GRANTS, field_permission, group, muting_set, object_permission, permission_set

DENIED = (field_permission(readable=True, editable=False), object_permission(edit=True))
FILES = {
    "profiles/Admin.profile": samples.profile(*GRANTS),
    "profiles/Denied.profile": samples.profile(*DENIED),
    "profiles/Silent.profile": samples.profile(),
    "permissionsets/Grant.permissionset": permission_set(*GRANTS),
    "permissionsets/Field.permissionset": permission_set(GRANTS[0]),
    "permissionsets/Object.permissionset": permission_set(GRANTS[1]),
    "permissionsets/Nothing.permissionset": permission_set(),
    "permissionsets/Session.permissionset": permission_set(
        *GRANTS, "<hasActivationRequired>true</hasActivationRequired>"
    ),
    "permissionsets/Split/Split.permissionset-meta.xml": permission_set(),
    "g/Split.permissionsetgroup": group("Split"),
    "g/Good.permissionsetgroup": group("Field", "Object"),
    "g/Muted.permissionsetgroup": group("Grant", muting=["Mute"]),
    "m/Mute.mutingpermissionset": muting_set(GRANTS[0]),
}


def user(
    profile: str | None = None, sets: list[str] | None = None, groups: list[str] | None = None
) -> tuple[Row, list[Finding]]:
    configured = SyncUser(
        name="Sync",
        line=3,
        profile=profile,
        permission_sets=None if sets is None else tuple(sets),
        permission_set_groups=None if groups is None else tuple(groups),
    )
    settings = Settings(path="sfoptlint.yml", objects=(OptOutObject.CONTACT,), sync_user=configured)
    outcome = samples.lint(FILES, settings)
    found = [finding for finding in outcome.findings if finding.artifact.type == "SyncUser"]
    return samples.row(outcome, "SyncUser:Sync"), found


@pytest.mark.parametrize(
    ("profile", "sets", "groups"),
    [
        ("Admin", [], []),
        ("admin", [], []),
        ("System Administrator", [], []),
        ("Denied", ["Grant"], []),
        ("Denied", ["Field", "Object"], []),
        ("Denied", ["Field"], []),
        ("Denied", [], ["Good"]),
        ("Missing", ["grant"], []),
        ("Silent", ["Grant"], []),
        (None, ["Grant"], None),
        ("Denied", ["Grant"], ["Muted"]),
    ],
)
def test_once_the_sync_user_is_configured_and_something_grants_both_it_is_never(
    profile: str | None, sets: list[str] | None, groups: list[str] | None
) -> None:
    row, findings = user(profile, sets, groups)
    assert (row.verdict, row.direction, row.effect, row.path, row.line) == ("never", "any", "deny", "sfoptlint.yml", 3)
    assert not findings


@pytest.mark.parametrize(
    ("sets", "groups"), [([], []), (["Nothing"], []), (["Object"], []), ([], ["Muted"]), (["Nothing"], None)]
)
def test_once_the_sync_user_is_configured_and_nothing_grants_the_field_it_is_always(
    sets: list[str], groups: list[str] | None
) -> None:
    row, findings = user("Denied", sets, groups)
    assert row.verdict is Verdict.ALWAYS
    assert [finding.rule for finding in findings] == ["OPT505"]


def test_it_is_unknown_where_his_profile_is_not_in_the_tree() -> None:
    row, findings = user("Missing", [], [])
    assert row.verdict is Verdict.UNKNOWN
    assert "profile Missing is not in the tree" in row.reason
    assert [finding.rule for finding in findings] == ["OPT506"]


@pytest.mark.parametrize(
    ("sets", "groups"), [(["Missing"], []), ([], ["Missing"]), (["Session"], []), (["Split"], []), ([], ["Split"])]
)
def test_it_is_unknown_where_what_may_grant_it_cannot_be_told(sets: list[str], groups: list[str]) -> None:
    assert user("Denied", sets, groups)[0].verdict is Verdict.UNKNOWN


def test_it_is_unknown_where_his_profile_does_not_mention_it() -> None:
    assert user("Silent", [], [])[0].verdict is Verdict.UNKNOWN


def test_what_is_not_said_is_free() -> None:
    assert user("Denied")[0].verdict is Verdict.SOMETIMES
    assert user(None, [])[0].verdict is Verdict.SOMETIMES
    assert user()[0].verdict is Verdict.SOMETIMES


def test_its_row_stands_beside_the_others() -> None:
    settings = Settings(path="sfoptlint.yml", sync_user=SyncUser("Sync", 1, "Denied"))
    outcome = samples.lint(FILES, settings)
    assert samples.row(outcome, "Profile:Denied").verdict is Verdict.SOMETIMES
    assert [row.object for row in outcome.rows if row.artifact.type == "SyncUser"] == sorted(OptOutObject)


def test_a_part_of_the_project_says_nothing_of_what_the_user_holds() -> None:
    settings = Settings(path="sfoptlint.yml", sync_user=SyncUser("Sync", 1, "Denied"))
    outcome = samples.lint(FILES, settings, focus=frozenset(["profiles/Admin.profile"]))
    assert {row.artifact.type for row in outcome.rows} == {"Profile"}
