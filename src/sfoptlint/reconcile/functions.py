"""The five functions of the text, as expressions over one argument `x`."""

from sfoptlint.data_directory.values import FALSE_WORDS, TRUE_WORDS
from sfoptlint.policy.address import address_key_sql, stripped_sql
from sfoptlint.policy.people import ID_LENGTH, record_key_sql

UNREADABLE = "sfoptlint: unreadable"
"""What the functions raise for a text that is neither a check box's value nor a point in time."""

_MOMENT_TEXT = (
    "[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
    "([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?)?"
)
"""The texts that engines read as `data_directory.values.moment` does; what else that reads is left to it."""

_AS_THE_APIS = "LENGTH(x) IN (20, 24, 28) AND (SUFFIX(x, 'Z') OR SUFFIX(x, '+0000')) AND x LIKE '2___-__-__T__:__:__%'"


def warehouse_functions() -> dict[str, str]:
    """Return the functions for tables in a warehouse, whose columns have their types; a flag may be text there too."""
    return {
        **_policy_functions(),
        "CHECKBOX": f"COALESCE(LOWER(TRIM(CAST(x AS VARCHAR))) IN ({_listed(TRUE_WORDS)}), FALSE)",
        "MOMENT": "CAST(x AS TIMESTAMP)",
        "ID_MARK": record_key_sql("x"),
    }


def duckdb_functions() -> dict[str, str]:
    """Return the functions over texts as DuckDB runs them fastest.

    An address in ASCII is lowered at once, and stripped only where something stands at an end: translating takes ten times as
    long, for which two in a hundred are enough to be felt. An id is cut off at once where that leaves nothing to strip; a moment
    as the APIs write it, in UTC, is cast at once, which takes a third; a check box is asked for the API's own words first. Keys
    are counted by their hashes, which take a third of the memory, and an id that looks like none has no mark: where marks are
    fewer than rows, the keys themselves are counted.
    """
    checkbox = _checkbox(f"ERROR('{UNREADABLE}')")
    plain, record = (_policy_functions()[name] for name in ("ADDRESS_KEY", "RECORD_KEY"))
    moment = _moment("REGEXP_FULL_MATCH(x, '{0}')", "TIMEZONE('UTC', CAST(x AS TIMESTAMPTZ))", f"ERROR('{UNREADABLE}')")
    in_ascii, bare = "STRLEN(x) = LENGTH(x)", "ASCII(x) > 32 AND ASCII(SUBSTRING(x, STRLEN(x), 1)) > 32"
    lowered = f"WHEN {in_ascii} AND {bare} THEN LOWER(x) WHEN {in_ascii} THEN NULLIF(LOWER({stripped_sql('x')}), '')"
    cut_off = f"WHEN x IS NULL THEN NULL WHEN {_visible(1)} AND {_visible(ID_LENGTH)} THEN SUBSTRING(x, 1, {ID_LENGTH})"
    return {
        "ADDRESS_KEY": f"CASE {lowered} ELSE {plain} END",
        "RECORD_KEY": f"CASE {cut_off} ELSE {record} END",
        "ID_MARK": f"CASE WHEN x BETWEEN '!' AND '~' AND STRLEN(x) >= {ID_LENGTH} THEN HASH(SUBSTRING(x, 1, {ID_LENGTH})) END",
        "CHECKBOX": f"CASE WHEN x = 'true' THEN TRUE WHEN x = 'false' THEN FALSE ELSE {checkbox} END",
        "MOMENT": f"CASE WHEN {_AS_THE_APIS} THEN COALESCE(TRY_CAST(x AS TIMESTAMP), {moment}) ELSE {moment} END",
    }


def spark_functions() -> dict[str, str]:
    """Return the functions over texts as Spark runs them, in Spark's own dialect."""
    return {
        "CHECKBOX": _checkbox(f"RAISE_ERROR('{UNREADABLE}')"),
        "MOMENT": _moment("x RLIKE '^({0})$'", "CAST(x AS TIMESTAMP)", f"RAISE_ERROR('{UNREADABLE}')"),
    }


def _visible(position: int) -> str:
    """Return the test whether the character at a position is one of ASCII's that are no white space."""
    character = "x" if position == 1 else f"SUBSTRING(x, {position}, 1)"
    return f"{character} BETWEEN '!' AND '~'"


def _policy_functions() -> dict[str, str]:
    return {"ADDRESS_KEY": address_key_sql("x"), "RECORD_KEY": record_key_sql("x")}


def _checkbox(otherwise: str) -> str:
    word = "LOWER(TRIM(COALESCE(x, '')))"
    # DuckDB makes a join of a long IN, and then asks it for every row.
    no, yes = (" OR ".join(f"{word} = '{known}'" for known in sorted(words)) for words in (FALSE_WORDS, TRUE_WORDS))
    return f"CASE WHEN {no} THEN FALSE WHEN {yes} THEN TRUE ELSE {otherwise} END"


def _moment(matches: str, value: str, otherwise: str) -> str:
    return f"CASE WHEN COALESCE(x, '') = '' THEN NULL WHEN {matches.format(_MOMENT_TEXT)} THEN {value} ELSE {otherwise} END"


def _listed(words: frozenset[str]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))
