"""Law: what DuckDB's macros read of an export, the row by row reading reads too, and alike."""

from datetime import UTC

import duckdb
from hypothesis import example, given
from hypothesis import strategies as st

from sfoptlint.data_directory.values import checkbox, moment
from sfoptlint.reconcile.functions import duckdb_functions

DIGITS = st.text("0123456789", min_size=1, max_size=4)
MOMENTS = st.one_of(
    st.datetimes().map(str),
    st.builds(
        "{}-{}-{}{}{}:{}:{}{}{}".format,
        st.sampled_from(["2026", "0001", "9999", "26"]), st.sampled_from(["01", "02", "13", "1"]),
        st.sampled_from(["01", "29", "30", "31", "32"]), st.sampled_from(["T", " ", "t", ""]),
        st.sampled_from(["00", "23", "24", "7"]), st.sampled_from(["00", "59", "60"]), st.sampled_from(["00", "59", "60"]),
        st.sampled_from(["", ".000", ".5", ".123456", ".1234567"]),
        st.sampled_from(["", "Z", "+0000", "+00:00", "+05:30", "-0800", "+14", " Z", "z", "+9999"]),
    ),
    st.text("0123456789-:.TZ+ ", max_size=28), DIGITS, st.just(""),
)  # fmt: skip
WORDS = st.sampled_from(["true", "TRUE", " true ", "1", "yes", "no", "f", "0", "", " ", "2", "on", "\ttrue", "wahr"])


def read(function: str, text: str) -> object:
    """Return what a macro reads; `...` where it refuses, and the text is left to the row by row reading."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"CREATE TEMP MACRO {function}(x) AS {duckdb_functions()[function]}")
        try:
            (row,) = connection.execute(f"SELECT {function}($text)", {"text": text}).fetchall()
        except (duckdb.InvalidInputException, duckdb.ConversionException):
            return ...
    return row[0]


@given(MOMENTS)
@example("2026-11-22T10:00:00.000+0000")
@example("000000000000-1-1T0:Z")
@example("0000-01-01T00:00:00Z")
@example("2026-02-30T10:00:00.000Z")
@example("2026-11-22T10:00:60.000Z")
def test_moments(text: str) -> None:
    found = read("MOMENT", text)
    if found is not ...:
        expected = moment(text)
        assert found == (expected and expected.astimezone(UTC).replace(tzinfo=None))


@given(WORDS)
def test_checkboxes(text: str) -> None:
    assert read("CHECKBOX", text) in (checkbox(text), ...)
