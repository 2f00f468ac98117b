"""The reconciliation by example: counts, reasons, rows, inputs that are odd or broken."""

import csv
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from sfoptlint.core.errors import UsageError
from sfoptlint.reconcile.reasons import Reason
from sfoptlint.reconcile.reconcile import Age
from sfoptlint.reconcile.render import as_json, as_text
from tests.reconcile.exports import export
from tests.reconcile.running import reconciled

ANN = "003000000000001AAA,ann@x.org,false,\n"
TWIN = "003000000000002AAA, ANN@x.org,false,\n"
BEN = "003000000000003AAA,ben@x.org,false,\n"
CAM = "003000000000004AAA,cam@x.org,true,\n"
LEO = "00Q000000000001AAA,leo@x.org,false,,false\n"
OLD = "00Q000000000002AAA,ben@x.org,false,,true\n"
OUT = "m{0},{0}@x.org,Unsubscribed,list,{1},,{2}\n"
TUESDAY = "2026-11-17T10:00:00.000Z"


def out(name: str, contact: str = "", changed: str = TUESDAY) -> str:
    return OUT.format(name, contact, changed)


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_count_and_reason(tmp_path: Path) -> None:
    folder = export(
        tmp_path / "data",
        contacts=ANN + TWIN + BEN + CAM,
        leads=LEO + OLD,
        memberships=out("ann") + out("ben") + out("leo") + "m4,cam@x.org,Active,list,,,\n" + out("nobody"),
        lists="list,false,2026-11-16T10:00:00.000+0000\n",
    )
    found = reconciled(folder, rows=tmp_path / "rows.csv")
    assert json.loads(as_json(found)) == {
        "schema": "sfoptlint-reconcile/1",
        "people": 5,
        "memberships": 5,
        "converted_leads": 1,
        "expected_opt_out": 4,
        "in_agreement": 0,
        "missing_opt_out": 4,
        "unexplained_opt_out": 1,
        "mixed_states": 0,
        "reasons": {"duplicate_email": 2, "blocked_by_automation": 0, "not_synced_yet": 2, "unknown": 0},
        "rows_file": str(tmp_path / "rows.csv"),
    }
    assert found.ages == (Age(6, 4),)
    assert [tuple(row.values()) for row in rows_of(tmp_path / "rows.csv")] == [
        ("Contact", "003000000000001AAA", "missing_opt_out", "duplicate_email", "2026-11-17", "6"),
        ("Contact", "003000000000002AAA", "missing_opt_out", "duplicate_email", "2026-11-17", "6"),
        ("Contact", "003000000000003AAA", "missing_opt_out", "not_synced_yet", "2026-11-17", "6"),
        ("Contact", "003000000000004AAA", "unexplained_opt_out", "", "", ""),
        ("Lead", "00Q000000000001AAA", "missing_opt_out", "not_synced_yet", "2026-11-17", "6"),
    ]


def test_the_summary_names_the_ages(tmp_path: Path) -> None:
    folder = export(
        tmp_path, contacts=ANN + BEN + CAM.replace("true", "0"),
        memberships=out("ann", changed="2026-11-02") + out("ben", changed="") + out("cam", changed="2026-11-24 09:00:00"),
    )  # fmt: skip
    assert as_text(reconciled(folder)) == (
        "3 people, 3 memberships, 0 converted leads left aside\n"
        "3 expected to be opted out\n"
        "0 in agreement\n"
        "3 not opted out who should be\n"
        "    3 unknown\n"
        "    1 since 1 business days\n"
        "    1 since 17 business days\n"
        "    1 of them longer than the 10 business days that US law allows\n"
        "    1 since when is not known: their memberships have no LastModifiedDate\n"
        "0 opted out although a membership says otherwise; nobody is opted in for it\n"
        "0 with mixed states: one box cannot show them, the membership related list does\n"
    )


@dataclass(frozen=True)
class Listed:
    """Blocks whom it lists, and nobody who was not asked about."""

    ids: frozenset[str]

    def blocked(self, candidates: Iterable[tuple[str, str]]) -> Collection[tuple[str, str]]:
        return [candidate for candidate in candidates if candidate[1] in self.ids]


def test_who_is_blocked_comes_after_duplicates_and_before_the_sync(tmp_path: Path) -> None:
    folder = export(
        tmp_path,
        contacts=ANN + TWIN + BEN + CAM.replace("true", "false"),
        memberships=out("ann") + out("ben") + out("cam"),
        lists="list,false,2026-11-16T10:00:00.000+0000\n",
    )
    blockers = Listed(frozenset({"003000000000001AAA", "003000000000003AAA"}))
    assert reconciled(folder, blockers=blockers).reasons == {
        Reason.DUPLICATE_EMAIL: 2, Reason.BLOCKED: 1, Reason.NOT_SYNCED_YET: 1, Reason.UNKNOWN: 0,
    }  # fmt: skip


def test_rows_as_parquet_and_data_as_parquet(tmp_path: Path) -> None:
    folder = export(tmp_path / "data", contacts=ANN + BEN, memberships=out("ann") + out("ben", "003000000000003AAA"))
    before = as_json(reconciled(folder))
    for file in sorted(folder.glob("*.csv")):
        duckdb.execute(f"COPY (FROM read_csv('{file}')) TO '{file.with_suffix('.parquet')}'")
        file.unlink()
    found = reconciled(folder, rows=tmp_path / "rows.parquet")
    assert as_json(found).replace(f'"{tmp_path}/rows.parquet"', "null") == before
    assert duckdb.execute(f"SELECT id, reason, business_days FROM '{tmp_path}/rows.parquet'").fetchall() == [
        ("003000000000001AAA", "unknown", 6),
        ("003000000000003AAA", "unknown", 6),
    ]


def test_system_modstamp_stands_in_for_the_date_of_change(tmp_path: Path) -> None:
    folder = export(tmp_path, contacts=ANN, memberships=out("ann"), lists="list,false,2026-11-16\n")
    file = folder / "wbsendit__Subscription__c.csv"
    file.write_text(file.read_text().replace("LastModifiedDate", "systemmodstamp"))
    assert reconciled(folder).reasons[Reason.NOT_SYNCED_YET] == 1
    file.write_text(file.read_text().replace("systemmodstamp", "Note"))
    assert reconciled(folder).reasons[Reason.UNKNOWN] == 1


def test_lines_that_end_in_two_ways_are_read_all_the_same(tmp_path: Path) -> None:
    folder = export(tmp_path, contacts=ANN.replace("\n", "\r\n") + BEN, memberships=out("ann"))
    assert reconciled(folder).people == 2


def test_nobody_asks_for_the_box_of_a_converted_lead(tmp_path: Path) -> None:
    folder = export(tmp_path, leads=LEO + "00Q000000000002AAA,lea@x.org,maybe,,true\n", memberships=out("lea"))
    found = reconciled(folder)
    assert (found.people, found.converted_leads, found.expected_opt_out) == (1, 1, 0)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("Contact", "false", "maybe", "Contact.csv:2: HasOptedOutOfEmail is neither true nor false"),
        ("Lead", ",,false", ",,?", "Lead.csv:2: IsConverted is neither true nor false"),
        ("wbsendit__Subscription__c", TUESDAY, "17/11/2026", "wbsendit__Subscription__c.csv:2: LastModifiedDate is no date-time"),
        ("wbsendit__Subscription__c", TUESDAY, "2026-02-30", "wbsendit__Subscription__c.csv:2: LastModifiedDate is no date-time"),
        ("wbsendit__Subscriber_List__c", "2026-11-16", "soon", "wbsendit__Subscriber_List__c.csv:2: wbsendit__Last_Synced__c is"),
        ("Contact", "ann@x.org,", "", "Contact.csv:2: has 3 values for 4 columns"),
        ("Contact", "ann@x.org", '"ann@x.org', "Contact.csv:2: is no CSV: unexpected end of data"),
        ("Contact", "Email", "EMails", "Contact.csv:1: the column Email is missing; did you mean EMails?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    folder = export(tmp_path, contacts=ANN, leads=LEO, memberships=out("ann"), lists="list,false,2026-11-16\n")
    path = folder / f"{file}.csv"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(UsageError) as refused:
        reconciled(folder)
    assert str(refused.value).removeprefix(f"{folder}/").startswith(message)
