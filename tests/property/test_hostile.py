"""Whatever the input is, a run ends in findings or in one clear line: never in a traceback."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sfoptlint.cli.main import run

LAYOUT = """<?xml version="1.0" encoding="UTF-8"?>
<Layout xmlns="http://soap.sforce.com/2006/04/metadata">
    <layoutSections><layoutColumns><layoutItems>
        <behavior>Edit</behavior><field>HasOptedOutOfEmail</field>
    </layoutItems></layoutColumns></layoutSections>
    <relatedLists><fields>wbsendit__State__c</fields>
        <relatedList>wbsendit__Subscription__c.wbsendit__Contact__c</relatedList></relatedLists>
</Layout>
"""
PATH = "layouts/Contact-Contact Layout.layout-meta.xml"
ROOTS = (
    "Layout",
    "Profile",
    "PermissionSet",
    "FlexiPage",
    "Flow",
    "FlowDefinition",
    "CustomObject",
    "MutingPermissionSet",
    "PermissionSetGroup",
    "Workflow",
    "ApprovalProcess",
    "DuplicateRule",
    "MatchingRules",
)
KINDS = {
    "layouts/Contact-A.layout": "Layout",
    "profiles/Admin.profile": "Profile",
    "permissionsets/A.permissionset": "PermissionSet",
    "flexipages/A.flexipage": "FlexiPage",
    "flows/A.flow": "Flow",
    "flowDefinitions/A.flowDefinition": "FlowDefinition",
    "objects/Contact.object": "CustomObject",
    "mutingpermissionsets/A.mutingpermissionset": "MutingPermissionSet",
    "permissionsetgroups/A.permissionsetgroup": "PermissionSetGroup",
    "workflows/Contact.workflow": "Workflow",
    "approvalProcesses/Contact.A.approvalProcess": "ApprovalProcess",
    "duplicateRules/Contact.A.duplicateRule": "DuplicateRule",
    "matchingRules/Contact.matchingRule": "MatchingRules",
}


@pytest.fixture
def lint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(files: dict[str, bytes], *options: str, path: str = ".") -> tuple[int, str, str]:
        for name, data in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        status = run(["lint", str(tmp_path / path), *options])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def check(result: tuple[int, str, str]) -> None:
    """Exit 0 or 1 with a report that can be read, or exit 2 with one line."""
    status, out, err = result
    assert "Traceback" not in out + err
    if status == 2:
        assert err.startswith("sfoptlint: ")
        assert err.count("\n") == 1
    else:
        assert status in (0, 1)
        assert json.loads(out)["schema"] == "sfoptlint/1"


@pytest.mark.parametrize("end", range(0, len(LAYOUT), 7))
def test_truncated_files(lint: Callable[..., tuple[int, str, str]], end: int) -> None:
    result = lint({PATH: LAYOUT[:end].encode()}, "--format", "json")
    check(result)
    assert [finding["rule"] for finding in json.loads(result[1])["findings"]] == ["OPT901"]


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize("path", KINDS)
def test_every_type_in_every_file(lint: Callable[..., tuple[int, str, str]], path: str, root: str) -> None:
    data = f'<{root} xmlns="http://soap.sforce.com/2006/04/metadata"/>'.encode()
    check(lint({path: data, PATH: LAYOUT.encode()}, "--format", "json"))


BOMB = '<!DOCTYPE a [<!ENTITY a "x">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12)
)
ODD_CONTENTS = {
    "nothing": b"",
    "blanks": b"  \n",
    "zeroes": b"\0" * 5000,
    "entity bomb": (BOMB + "]><Layout>&m;</Layout>").encode(),
    "external entity": b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]><Layout>&a;</Layout>',
    "undeclared entity": b"<Layout>&nbsp;</Layout>",
    "deep": b"<a>" * 100_000,
    "deep and whole": b"<Layout>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Layout>",
    "wide": b"<Layout>" + b"<relatedLists/>" * 50_000 + b"</Layout>",
    "long text": b"<Layout><a>" + b"x" * 11_000_000 + b"</a></Layout>",
    "no namespace": LAYOUT.replace(' xmlns="http://soap.sforce.com/2006/04/metadata"', "").encode(),
    "another namespace": LAYOUT.replace("2006/04/metadata", "x").encode(),
    "a prefix": LAYOUT.replace("<", "<m:")
    .replace("<m:/", "</m:")
    .replace("<m:?", "<?")
    .replace("xmlns", "xmlns:m")
    .encode(),
    "utf-16": LAYOUT.replace("UTF-8", "UTF-16").encode("utf-16"),
    "utf-16 that says utf-8": LAYOUT.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + LAYOUT.encode(),
    "latin-1": LAYOUT.replace("UTF-8", "ISO-8859-1").replace("Edit", "\xc9dit").encode("latin-1"),
    "latin-1 that says utf-8": LAYOUT.replace("Edit", "\xc9dit").encode("latin-1"),
    "an encoding of nobody": LAYOUT.replace("UTF-8", "NONSENSE-9").encode(),
    "a blank before the declaration": b" " + LAYOUT.encode(),
    "two roots": (LAYOUT + "<Layout/>").encode(),
    "html": b"<!doctype html><html><body>Sign in</body></html>",
    "json": b'{"Layout": []}',
    "lfs": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    "cdata": LAYOUT.replace("HasOptedOutOfEmail", "<![CDATA[HasOptedOutOfEmail]]>").encode(),
    "comment": LAYOUT.replace("HasOptedOutOfEmail", "<!-- <field> -->HasOptedOutOfEmail").encode(),
    "one line": LAYOUT.replace("\n", "").encode(),
    "carriage returns": LAYOUT.replace("\n", "\r\n").encode(),
}
WHOLE = {"no namespace", "another namespace", "a prefix", "utf-16", "byte order mark", "latin-1", "cdata", "comment"}
WHOLE |= {"one line", "carriage returns", "utf-16 that says utf-8"}


@pytest.mark.parametrize("name", ODD_CONTENTS)
def test_odd_contents(lint: Callable[..., tuple[int, str, str]], name: str) -> None:
    result = lint({PATH: ODD_CONTENTS[name]}, "--format", "json")
    check(result)
    rules = [finding["rule"] for finding in json.loads(result[1])["findings"]]
    if name in WHOLE:
        assert rules == []
    else:
        assert rules[:1] == ["OPT901"] or name in {"wide", "deep and whole"}


ODD_PROJECTS = [b"", b"[]", b"{", b"null", b'{"packageDirectories": 1}', b'{"packageDirectories": []}']
ODD_PROJECTS += [b'{"packageDirectories": [1]}', b'{"packageDirectories": [{"path": null}]}', b"\xff\xfe\0"]
ODD_PROJECTS += [
    b"[" * 100_000,
    b'{"packageDirectories": [{"path": "../.."}]}',
    b'{"packageDirectories": [{"path": ""}]}',
]


@pytest.mark.parametrize("data", ODD_PROJECTS)
def test_odd_project_files(lint: Callable[..., tuple[int, str, str]], data: bytes) -> None:
    check(lint({"sfdx-project.json": data, PATH: LAYOUT.encode()}, "--format", "json"))


ODD_CONFIGURATIONS = [
    b"\x00", b"- a", b"objects", b"objects: 3", b"objects: [Contact, Kontakt]", b"object: [Contact]", b"package: maybe",
    b"sync_user: yes", b"sync_user: {profile: [a]}", b"suppress: {a: b}", b"suppress: [{artifact: a, rule: b}]",
    b"suppress: [{artifact: a, rule: b, reason: c, until: soon}]", b"severity: {OPT601: fatal}", b"severity: {OPT999: error}",
    b"severity: [a]", b"rules: x", b"rules: [no/such/folder]", b"policy: {link: email}", b"policy: {ignored_states: [Active]}",
    b"context: bulk", b"person_accounts: 1", b"a: &a [*a]", b"a: !!python/object:os.system {}", b"\xff", b"{" * 10_000,
    b"objects: &x [Contact]\nsuppress: *x", b"? [a, b]\n: c", b"1: 2", b"policy: {sync_max_age_hours: -1}",
    b"<<: {objects: [Lead]}",
]  # fmt: skip


@pytest.mark.parametrize("data", ODD_CONFIGURATIONS)
def test_odd_configurations(lint: Callable[..., tuple[int, str, str]], data: bytes) -> None:
    check(lint({"sfoptlint.yml": data, PATH: LAYOUT.encode()}, "--format", "json"))


def archive(entries: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return data.getvalue()


GOOD_ZIP = archive({"unpackaged/" + PATH: LAYOUT.encode()})
ODD_ZIPS = {
    "whole": GOOD_ZIP,
    "empty": b"",
    "text": b"no zip",
    "cut": GOOD_ZIP[:-40],
    "corrupt": GOOD_ZIP[:60] + b"\xff" * 20 + GOOD_ZIP[80:],
    "escape": archive({"../../" + PATH: LAYOUT.encode()}),
    "absolute": archive({"/etc/" + PATH: LAYOUT.encode()}),
    "drive": archive({"C:/" + PATH: LAYOUT.encode()}),
    "backslashes": archive({"unpackaged\\" + PATH.replace("/", "\\"): LAYOUT.encode()}),
    "bomb": archive({PATH: b" " * 50_000_000}),
    "no entries": archive({}),
}


@pytest.mark.parametrize("name", ODD_ZIPS)
def test_odd_zips(lint: Callable[..., tuple[int, str, str]], name: str) -> None:
    check(lint({"retrieved.zip": ODD_ZIPS[name]}, "--format", "json", path="retrieved.zip"))


ODD_NAMES = ["%", "%zz", "%2F..%2F", "\n", "\x1b[31m", "\U0001f4e7", "'", "a" * 180, "-", " ", "%%%NAMESPACE%%%", ".."]


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("form", ["json", "text", "sarif", "junit", "github", "markdown", "csv", "html", "gitlab"])
def test_odd_names(lint: Callable[..., tuple[int, str, str]], name: str, form: str) -> None:
    status, out, err = lint({f"layouts/Contact-{name}.layout": b"<Layout/>"}, "--format", form)
    assert status in (0, 1)
    assert err == ""
    assert out


@given(st.binary(max_size=400))
def test_random_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("org")
    (folder / "Contact-A.layout").write_bytes(data)
    assert (
        run(["lint", str(folder), "--format", "json", "--output", str(folder / "out.json"), "--fail-on", "never"]) == 0
    )
    assert json.loads((folder / "out.json").read_text(encoding="utf-8"))["findings"][0]["rule"] == "OPT901"


@given(st.data())
def test_mutated_files(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("org")
    text = bytearray(LAYOUT.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        text[data.draw(st.integers(0, len(text) - 1))] = data.draw(st.integers(0, 255))
    (folder / "Contact-A.layout").write_bytes(bytes(text))
    assert run(["lint", str(folder), "--format", "json", "--fail-on", "never"]) == 0
