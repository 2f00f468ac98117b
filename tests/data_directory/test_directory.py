"""Reading a folder of exports, and refusing what is wrong in it with its place."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from sfoptlint.core.errors import UsageError
from sfoptlint.data_directory.directory import DataDirectory
from sfoptlint.data_directory.tables import CONTACT, CRON_TRIGGER, LEAD, SUBSCRIBER_LIST
from sfoptlint.data_directory.values import checkbox, moment

HEADER = "Id,Email,HasOptedOutOfEmail,LastModifiedDate"
ROW = "003000000000001AAA,anna@example.org,false,2026-11-22T10:00:00.000+0000"


def folder(tmp_path: Path, **files: str) -> DataDirectory:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_bytes(text.encode())
    return DataDirectory(tmp_path)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\n\n", "\n  \n", ",\n", ""])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_row_is_read_whatever_program_wrote_it(tmp_path: Path, ending: str, mark: str) -> None:
    (row,) = folder(tmp_path, Contact=f"{mark}{HEADER}\n{ROW}{ending}").rows(CONTACT)
    assert row.text("Id") == "003000000000001AAA"
    assert not row.checkbox("HasOptedOutOfEmail")
    assert row.moment("LastModifiedDate") == datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_columns_are_found_without_regard_to_case_and_order(tmp_path: Path) -> None:
    text = '"hasoptedoutofemail","Phone","EMAIL","lastmodifieddate","ID"\n"TRUE","1, 2","a""b@example.org","","003"\n'
    (row,) = folder(tmp_path, Contact=text).rows(CONTACT)
    assert row.values == {
        "HasOptedOutOfEmail": "TRUE",
        "Phone": "1, 2",
        "Email": 'a"b@example.org',
        "LastModifiedDate": "",
        "Id": "003",
    }
    assert row.checkbox("HasOptedOutOfEmail")
    assert row.moment("LastModifiedDate") is None
    assert row.text("Fax") == ""


def test_an_optional_table_may_be_missing(tmp_path: Path) -> None:
    data = folder(tmp_path, Contact=HEADER)
    assert not data.has(SUBSCRIBER_LIST)
    assert [*data.rows(SUBSCRIBER_LIST)] == []
    assert [*data.rows(CRON_TRIGGER)] == []


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({}, "Contact.csv is missing"),
        ({"Contacts": HEADER}, "Contact.csv is missing; did you mean Contacts.csv?"),
        ({"Contact": ""}, "Contact.csv:1: is empty; its first line names the columns"),
        ({"Contact": "Id,Email,HasOptedOut,LastModifiedDate"}, "did you mean HasOptedOut?"),
        ({"Contact": HEADER.replace(",", ";")}, "Contact.csv:1: is separated by semicolons; export it with commas"),
        ({"Contact": HEADER.replace(",", "\t")}, "Contact.csv:1: is separated by tabs; export it with commas"),
        ({"Contact": f"{HEADER},email"}, "Contact.csv:1: the column Email is there twice"),
        ({"Contact": f"{HEADER}\na,b"}, "Contact.csv:2: has 2 values for 4 columns"),
        ({"Contact": f'{HEADER}\n"a"b,c,d,e'}, "Contact.csv:2: is no CSV"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, files: dict[str, str], complaint: str) -> None:
    with pytest.raises(UsageError) as refused:
        list(folder(tmp_path, **files).rows(CONTACT))
    assert complaint in str(refused.value)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Contact.csv").write_bytes(f"{HEADER}\n003,Ren\xe9@example.org,0,\n".encode("latin-1"))
    with pytest.raises(UsageError, match=r"Contact\.csv:2: is not UTF-8: .*; export it as UTF-8"):
        list(DataDirectory(tmp_path).rows(CONTACT))


def test_a_value_of_the_wrong_kind_is_refused_without_being_repeated(tmp_path: Path) -> None:
    (row,) = folder(tmp_path, Contact=f"{HEADER}\n003,a@example.org,maybe,soon").rows(CONTACT)
    with pytest.raises(UsageError, match=r"Contact\.csv:2: HasOptedOutOfEmail is neither true nor false$"):
        row.checkbox("HasOptedOutOfEmail")
    with pytest.raises(UsageError, match=r"Contact\.csv:2: LastModifiedDate is no date-time"):
        row.moment("LastModifiedDate")


def test_parquet_reads_as_csv_does(tmp_path: Path) -> None:
    duckdb.execute(
        "COPY (SELECT '00Q' AS Id, NULL AS Email, TRUE AS HasOptedOutOfEmail, FALSE AS IsConverted,"
        " TIMESTAMP '2026-11-22 10:00:00' AS LastModifiedDate)"
        f" TO '{tmp_path / 'Lead.parquet'}' (FORMAT parquet)"
    )
    (row,) = DataDirectory(tmp_path).rows(LEAD)
    assert (row.text("Id"), row.text("Email"), row.checkbox("HasOptedOutOfEmail")) == ("00Q", "", True)
    assert row.moment("LastModifiedDate") == datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_parquet_with_an_offset_reads_in_utc(tmp_path: Path) -> None:
    duckdb.execute(
        "COPY (SELECT '003' AS Id, 'a' AS email, FALSE AS HasOptedOutOfEmail,"
        " TIMESTAMPTZ '2026-11-22 12:00:00.5+02' AS LastModifiedDate)"
        f" TO '{tmp_path / 'Contact.parquet'}' (FORMAT parquet)"
    )
    data = DataDirectory(tmp_path)
    (row,) = data.rows(CONTACT)
    assert row.moment("LastModifiedDate") == datetime(2026, 11, 22, 10, 0, 0, 500000, tzinfo=UTC)
    assert data.header(CONTACT) == ["Id", "Email", "HasOptedOutOfEmail", "LastModifiedDate"]


def test_a_table_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "contact.parquet").touch()
    with pytest.raises(UsageError, match=r"holds Contact\.csv and contact\.parquet; keep one of them"):
        folder(tmp_path, Contact=HEADER).has(CONTACT)


def test_a_broken_parquet_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Lead.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(UsageError, match=r"Lead\.parquet: is no Parquet file"):
        list(DataDirectory(tmp_path).rows(LEAD))


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not a folder"):
        DataDirectory(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), (" TRUE ", True), ("1", True), ("false", False), ("0", False), ("", False), ("2", None)],
)
def test_checkboxes(text: str, value: bool | None) -> None:
    assert checkbox(text) is value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22", "2026-11-22T00:00:00+00:00"),
        ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00+00:00"),
        ("2026-11-22 10:00", "2026-11-22T10:00:00+00:00"),
        ("2026-11-22T10:00:00.123+0130", "2026-11-22T08:30:00.123000+00:00"),
        ("2026-11-22T10:00:00-05:00", "2026-11-22T15:00:00+00:00"),
        ("2026-02-30", None),
        ("0001-01-01T00:00:00+0200", None),
        ("22/11/2026", None),
        ("", None),
    ],
)
def test_moments(text: str, expected: str | None) -> None:
    found = moment(text)
    assert (found and found.isoformat()) == expected
