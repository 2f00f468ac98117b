"""`sfoptlint.yml`: each key, each wrong type, and files that were made to hurt."""

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.config import read_settings
from sfoptlint.core.errors import UsageError
from sfoptlint.core.finding import Severity
from sfoptlint.core.outcome import Context
from sfoptlint.core.settings import Link, PackagePresence, Settings
from sfoptlint.core.verdict import OptOutObject


def read(folder: Path, text: str | bytes) -> Settings:
    file = folder / "sfoptlint.yml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_settings(file, "sfoptlint.yml")


def refused(folder: Path, text: str | bytes) -> str:
    with pytest.raises(UsageError) as caught:
        read(folder, text)
    message = str(caught.value)
    assert message.isprintable()
    return message.removeprefix(f"{folder}/")


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "~\n", "\ufeff", "objects:\nrules:\nsync_user:\n"])
def test_an_empty_file_means_the_defaults(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == Settings(path="sfoptlint.yml")


def test_every_key(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        """
objects: [Lead, Contact, Lead]
context: api
person_accounts: true
package: absent
sync_user:
  name: Sync
  profile: Admin
  permission_sets: [A]
  permission_set_groups: []
  custom_permissions: [Bypass]
  settings: {Bypass__c: {Active__c: true}}
severity: {OPT601: error, read-only-opt-out-field: off, OPT602: "off"}
suppress:
  - {artifact: "Layout:Contact-A", rule: OPT601, reason: known, until: 2027-01-31}
rules: [mine]
policy:
  opted_out_states: [Unsubscribed]
  ignored_states: [Bounced]
  link: lookup
  clear_on_resubscribe: true
  sync_max_age_hours: 5
""",
    )
    assert settings.objects == (OptOutObject.CONTACT, OptOutObject.LEAD), "each once, in the order of rows"
    assert (settings.context, settings.person_accounts, settings.package) == (
        Context.API, True, PackagePresence.ABSENT,
    )  # fmt: skip
    user = settings.sync_user
    assert user is not None
    assert (user.name, user.line, user.profile) == ("Sync", 6, "Admin")
    assert (user.permission_sets, user.permission_set_groups, user.custom_permissions) == (("A",), (), ("Bypass",))
    assert user.settings == {"Bypass__c": {"Active__c": True}}
    assert settings.severity == {"OPT601": Severity.ERROR, "read-only-opt-out-field": None, "OPT602": None}
    (suppression,) = settings.suppress
    assert (suppression.artifact, suppression.rule, suppression.until) == (
        "Layout:Contact-A",
        "OPT601",
        date(2027, 1, 31),
    )
    assert suppression.line == 15
    assert settings.rule_folders == (str(tmp_path / "mine"),)
    assert settings.policy.opted_out_states == frozenset({"Unsubscribed"})
    assert settings.policy.ignored_states == frozenset({"Bounced"})
    assert (settings.policy.link, settings.policy.clear_on_resubscribe) == (Link.LOOKUP, True)
    assert settings.policy.sync_max_age_hours == 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("object: [Lead]", "sfoptlint.yml:1: object is not a key; did you mean objects?"),
        ("\npolicy:\n  lnk: lookup", "sfoptlint.yml:3: policy.lnk is not a key; did you mean link?"),
        ("sync_user: {profil: A}", "sfoptlint.yml:1: sync_user.profil is not a key; did you mean profile?"),
        ("suppress: [{artefact: A}]", "sfoptlint.yml:1: suppress[0].artefact is not a key; did you mean artifact?"),
        ("zzz: 1", "sfoptlint.yml:1: zzz is not a key"),
        ("on: 1", "sfoptlint.yml:1: True is a key and must be text; put it in quotes"),
        ("objects: Lead", "sfoptlint.yml:1: objects must be a list of texts"),
        ("objects: []", "sfoptlint.yml:1: objects must name one or more of Contact, Lead, Account"),
        ("objects: [Case]", "sfoptlint.yml:1: objects does not know Case; it takes Contact, Lead, Account"),
        ("objects: [1]", "sfoptlint.yml:1: objects must be a list of texts"),
        ("context: cloud", "sfoptlint.yml:1: context is one of batch, api, not cloud"),
        ("context: [batch]", "sfoptlint.yml:1: context is one of batch, api"),
        ("person_accounts: maybe", "sfoptlint.yml:1: person_accounts must be true or false"),
        ("package: 1", "sfoptlint.yml:1: package is one of detect, expected, absent, not 1"),
        ("sync_user: Admin", "sfoptlint.yml:1: sync_user must be a mapping"),
        ("sync_user: {profile: 1}", "sfoptlint.yml:1: sync_user.profile must be text"),
        ("sync_user: {permission_sets: A}", "sfoptlint.yml:1: sync_user.permission_sets must be a list of texts"),
        ("sync_user: {settings: {A: 1}}", "sfoptlint.yml:1: sync_user.settings.A must be a mapping"),
        ("severity: {OPT601: fatal}", "sfoptlint.yml:1: severity.OPT601 is one of error, warning, note or off, not fatal"),
        ("severity: {601: off}", "sfoptlint.yml:1: severity.601 is a key and must be text; put it in quotes"),
        ("severity: [off]", "sfoptlint.yml:1: severity must be a mapping"),
        ("suppress: {}", "sfoptlint.yml:1: suppress must be a list of mappings"),
        ("suppress: [A]", "sfoptlint.yml:1: suppress must be a list of mappings"),
        ("\nsuppress:\n- artifact: A\n  rule: B", "sfoptlint.yml:3: suppress[0].reason must be given, as text"),
        ("suppress: [{artifact: A, rule: B, reason: ' '}]", "sfoptlint.yml:1: suppress[0].reason must be given, as text"),
        (
            "suppress: [{artifact: A, rule: B, reason: C, until: soon}]",
            "sfoptlint.yml:1: suppress[0].until must be a date such as 2027-01-31",
        ),
        ("rules: mine", "sfoptlint.yml:1: rules must be a list of texts"),
        ("policy: {sync_max_age_hours: 0}", "sfoptlint.yml:1: policy.sync_max_age_hours must be a whole number above 0"),
        ("policy: {sync_max_age_hours: true}", "sfoptlint.yml:1: policy.sync_max_age_hours must be a whole number above 0"),
        ("policy: {ignored_states: [Unsubscribed]}", "sfoptlint.yml:1: policy.ignored_states does not know Unsubscribed; "),
        ("objects: [Lead]\nobjects: [Contact]", "sfoptlint.yml:2: objects is given twice; keep one"),
        ("policy: {link: lookup, link: lookup}", "sfoptlint.yml:1: link is given twice; keep one"),
        ("[objects]", "sfoptlint.yml: must be a mapping of keys to values"),
        ("text", "sfoptlint.yml: must be a mapping of keys to values"),
        ("!!set {objects}", "sfoptlint.yml: must be a mapping of keys to values"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_key(tmp_path: Path, text: str, message: str) -> None:
    assert refused(tmp_path, text).startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "a: [", "a: b: c", "\t a: 1", "a: *nowhere", "? [a]\n: b", "a: \x00", b"\xff\xfe\x00", b"\x80", "--- a\n--- b",
        "a: !!timestamp soon", "a: !!int x", "a: !!int ''", "a: !!bool x", "a: !!float x", "a: !!binary é", "a: !nothing x",
        "!!python/object/apply:os.system [x]", "a: 2027-13-45", "a: " + "9" * 5000, "[" * 900, "{a: " * 900, "a: &a [*a]",
    ],
)  # fmt: skip
def test_what_is_no_yaml_is_told_with_one_line(tmp_path: Path, text: str | bytes) -> None:
    assert refused(tmp_path, text).startswith("sfoptlint.yml:")


def bomb(first: str, level: str) -> str:
    """Thirty levels, each naming the one before it nine times."""
    return f"a0: &a0 {first}\n" + "".join(
        f"a{n}: &a{n} {level.format(','.join([f'*a{n - 1}'] * 9))}\n" for n in range(1, 30)
    )


@pytest.mark.parametrize(
    "text",
    [
        bomb("[x]", "[{}]"),
        bomb("{x: 1}", "{{<<: [{}]}}"),
        bomb("[x]", "[{}]") + "context: *a29\n",
        "severity: &s\n  OPT601: *s\n",
        "policy: &p {link: *p}",
    ],
)
def test_aliases_that_unfold_without_end_are_refused_quickly(tmp_path: Path, text: str) -> None:
    began = time.monotonic()
    assert "unfolds into too much" in refused(tmp_path, text)
    assert time.monotonic() - began < 5


def test_a_file_that_nobody_wrote_is_refused_by_its_size(tmp_path: Path) -> None:
    assert "is longer than" in refused(tmp_path, "# " + "x" * 2**20)


def test_merged_keys_count_as_written(tmp_path: Path) -> None:
    text = "sync_user: &u {name: A, profile: P}\npolicy: &p\n  link: lookup\n"
    assert refused(tmp_path, text + "suppress:\n- {<<: *p, artifact: A, rule: B, reason: C}\n") == (
        "sfoptlint.yml:3: suppress[0].link is not a key"
    )
    item = "suppress: [&s {artifact: A, rule: B, reason: C}, {<<: *s, rule: D}]"
    assert [(one.artifact, one.rule) for one in read(tmp_path, item).suppress] == [("A", "B"), ("A", "D")]


@pytest.mark.parametrize("name", ["gone.yml", "."])
def test_a_file_that_cannot_be_read_is_told_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be read: "):
        read_settings(tmp_path / name, name)


KEYS = st.sampled_from(
    ["objects", "context", "sync_user", "severity", "suppress", "rules", "policy", "name", "settings", "<<"]
)
VALUES = st.recursive(
    st.sampled_from(
        ["1", "~", "true", "x", "2027-01-01", "'\\ud800'", '"\\ud800"', "!!set {a}", "*a", "&a b", "off", ".inf"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(KEYS, inner, max_size=3).map(
            lambda d: "{" + ", ".join(f"{k}: {v}" for k, v in d.items()) + "}"
        ),
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(KEYS, VALUES, max_size=4).map(lambda d: "".join(f"{k}: {v}\n" for k, v in d.items())) | st.text()
)
def test_any_text_gives_settings_or_one_line(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    said = ""
    try:
        read_settings(file, file.name)
    except UsageError as error:
        said = str(error)
    assert "\n" not in said
