"""`sfoptlint fix` from its arguments to its exit status and the bytes on disk."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from sfoptlint.cli.main import run
from tests.orgs import CONTACT, MEMBERSHIPS, NAMESPACE, layout, profile, write

EXPECTED = "package: expected\n"
ENCODED = "force-app/main/default/layouts/Contact-Donor%3A Gifts.layout-meta.xml"
HISTORY = "wbsendit__Campaign_Activity__c.wbsendit__Contact__c"
ADMIN = "force-app/main/default/profiles/Admin.profile-meta.xml"


def rules_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> set[str]:
    run(["lint", str(folder), "--format", "csv"])
    return {word for word in capsys.readouterr().out.replace(",", " ").split() if word.startswith("OPT")}


def test_repairs_are_shown_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout()})
    before = (tmp_path / CONTACT).read_bytes()
    monkeypatch.chdir(tmp_path)
    assert run(["fix"]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith(f"--- a/{CONTACT}\t\n+++ b/{CONTACT}\t\n@@ ")
    assert captured.err == "1 file can be repaired; --write does it\n"
    assert (tmp_path / CONTACT).read_bytes() == before


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_diff_applies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], end: str, line_end: str
) -> None:
    text = layout(fields=("Email",)).rstrip() + end
    for name in ("shown", "written"):
        folder = write(tmp_path / name, {"sfoptlint.yml": EXPECTED})
        (folder / ENCODED).parent.mkdir(parents=True)
        (folder / ENCODED).write_bytes(text.replace("\n", line_end).encode())
    monkeypatch.chdir(tmp_path / "shown")
    assert run(["fix"]) == 1
    patch = capfdbinary.readouterr().out
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], input=patch, check=True)
    assert run(["fix", str(tmp_path / "written"), "--write"]) == 0
    assert (tmp_path / "shown" / ENCODED).read_bytes() == (tmp_path / "written" / ENCODED).read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        CONTACT,
        ENCODED,
        "src/layouts/Lead-Lead Layout.layout",
        "src/layouts/PersonAccount-Member%3A Shore.layout",
    ],
)
def test_after_writing_lint_is_content_and_a_second_run_does_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    write(tmp_path, {"sfoptlint.yml": EXPECTED, name: layout(fields=("Phone",))})
    assert rules_found(tmp_path, capsys) == {"OPT601", "OPT606"}
    assert run(["fix", str(tmp_path), "--write"]) == 0
    written = (tmp_path / name).read_bytes()
    assert rules_found(tmp_path, capsys) == set()
    assert run(["fix", str(tmp_path), "--write"]) == 0
    assert capsys.readouterr().err == "nothing to repair\n"
    assert (tmp_path / name).read_bytes() == written


def test_a_look_alike_and_a_list_without_state_are_repaired(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stateless = layout(MEMBERSHIPS).replace("wbsendit__State__c", "NAME")
    write(tmp_path, {"layouts/Contact-A.layout": layout(HISTORY), "layouts/Contact-B.layout": stateless})
    assert rules_found(tmp_path, capsys) == {"OPT602", "OPT603"}
    assert run(["fix", "--write", str(tmp_path)]) == 0
    assert rules_found(tmp_path, capsys) == set()


@pytest.mark.parametrize(
    "files",
    [
        {CONTACT: layout()},
        {"sfoptlint.yml": "package: absent\n", CONTACT: layout()},
        {"sfoptlint.yml": EXPECTED, CONTACT: layout(), ADMIN: profile("Contact-Other")},
        {"sfoptlint.yml": EXPECTED + "severity: {OPT601: off}\n", CONTACT: layout()},
        {"sfoptlint.yml": EXPECTED + "objects: [Lead]\n", CONTACT: layout()},
        {
            "sfoptlint.yml": EXPECTED
            + "suppress: [{artifact: 'Layout:Contact-Contact Layout', rule: OPT601, reason: a kiosk}]\n",
            CONTACT: layout(),
        },
        {"sfoptlint.yml": EXPECTED, "layouts/Account-Account Layout.layout": layout()},
    ],
)
def test_what_lint_does_not_find_is_not_repaired(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str]
) -> None:
    write(tmp_path, files)
    assert run(["fix", "--write", str(tmp_path)]) == 0
    assert capsys.readouterr().err == "nothing to repair\n"


def test_rules_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout(fields=())})
    assert run(["fix", "--write", str(tmp_path), "--select", "OPT60", "--ignore", "page-without-opt-out-field"]) == 0
    assert rules_found(tmp_path, capsys) == {"OPT606"}


def test_a_single_file_is_repaired_alone(tmp_path: Path) -> None:
    other = CONTACT.replace("Contact Layout", "Other")
    write(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout(), other: layout()})
    assert run(["fix", "--write", str(tmp_path / CONTACT)]) == 0
    assert MEMBERSHIPS in (tmp_path / CONTACT).read_text()
    assert (tmp_path / other).read_text() == layout()


def test_a_file_named_twice_is_shown_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout()})
    assert run(["fix", str(tmp_path), str(tmp_path / "force-app"), "--config", str(tmp_path / "sfoptlint.yml")]) == 1
    assert capsys.readouterr().out.count("+++ ") == 1


def test_a_broken_file_gets_a_line_and_the_others_are_repaired(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout(), ENCODED: "<Layout>\n<oops></Layout>"})
    assert run(["fix", str(tmp_path), "--write"]) == 1
    error, summary = capsys.readouterr().err.splitlines()
    assert "Donor%3A Gifts.layout-meta.xml:2:" in error
    assert "is not well-formed XML" in error
    assert summary == "1 file repaired, 1 file left as before"
    assert MEMBERSHIPS in (tmp_path / CONTACT).read_text()


def test_a_read_only_file_gets_a_line_and_the_others_are_repaired(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout(), ENCODED: layout()})
    (tmp_path / ENCODED).chmod(0o444)
    assert run(["fix", str(tmp_path), "--write"]) == 1
    captured = capsys.readouterr()
    assert "Gifts.layout-meta.xml: cannot be written: Permission denied; check who" in captured.err
    assert captured.out.endswith("added the membership related list\n")
    assert (tmp_path / ENCODED).read_text() == layout()
    assert MEMBERSHIPS in (tmp_path / CONTACT).read_text()


def test_a_list_without_room_gets_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    columns = "".join(f"<fields>C{number}__c</fields>" for number in range(10))
    full = layout(MEMBERSHIPS).replace("<fields>wbsendit__State__c</fields>", columns)
    write(tmp_path, {CONTACT: full})
    assert run(["fix", str(tmp_path), "--write"]) == 1
    assert "lists the memberships with 10 columns" in capsys.readouterr().err
    assert (tmp_path / CONTACT).read_text() == full


def test_a_zip_is_shown_and_never_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = tmp_path / "retrieved.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("layouts/Contact-A.layout", layout(HISTORY))
    before = archive.read_bytes()
    assert run(["fix", str(archive)]) == 1
    assert "+++ " in capsys.readouterr().out
    assert run(["fix", str(archive), "--write"]) == 1
    error = capsys.readouterr().err.splitlines()[0]
    assert "retrieved.zip/layouts/Contact-A.layout: is in a zip, which is not written to; unpack it" in error
    assert archive.read_bytes() == before


def test_mode_and_links_stay_and_nothing_is_left_behind(tmp_path: Path) -> None:
    write(tmp_path, {"sfoptlint.yml": EXPECTED, "store/Contact-A.layout-meta.xml": layout()})
    target = tmp_path / "store/Contact-A.layout-meta.xml"
    target.chmod(0o640)
    link = tmp_path / "force-app/layouts/Contact-A.layout-meta.xml"
    link.parent.mkdir(parents=True)
    link.symlink_to(target)
    assert run(["fix", str(tmp_path / "force-app"), "--write", "--config", str(tmp_path / "sfoptlint.yml")]) == 0
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o640
    assert MEMBERSHIPS in target.read_text()
    assert list(target.parent.iterdir()) == [target]


def test_a_name_that_is_no_text_is_written_where_it_stands(tmp_path: Path) -> None:
    write(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: layout()})
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/Contact-\xe9.layout-meta.xml"))
    shutil.move(tmp_path / CONTACT, odd)
    assert run(["fix", str(tmp_path), "--write"]) == 0
    assert MEMBERSHIPS in odd.read_text()


def test_what_cannot_be_applied_to_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fix", str(tmp_path / "missing")]) == 2
    write(tmp_path, {"sfoptlint.yml": "pakage: expected\n"})
    assert run(["fix", str(tmp_path)]) == 2
    assert run(["fix", str(tmp_path), "--select", "OPT999"]) == 2
    assert capsys.readouterr().err.count("\n") == 3


def test_an_empty_layout_is_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {"sfoptlint.yml": EXPECTED, CONTACT: f"<Layout {NAMESPACE}/>"})
    assert run(["fix", str(tmp_path), "--write"]) == 0
    assert rules_found(tmp_path, capsys) == set()
