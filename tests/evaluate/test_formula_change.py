"""The functions about change, from the wording of their pages in Salesforce Help."""

from collections.abc import Callable

import pytest

from sfoptlint.core.expr import Value

Formula = Callable[..., Value]


def test_ischanged_compares_the_record_pair(value: Formula) -> None:
    assert value("ISCHANGED(Name)", Name="b", before={"Name": "a"}) is True
    assert value("ISCHANGED(Name)", Name="a", before={"Name": "a"}) is False
    assert value("ISCHANGED(Name)", Name=("Text", None), before={"Name": "a"}) is True


@pytest.mark.parametrize(
    ("after", "before"),
    [
        (("Number", "20"), ("Number", "20.00")),
        (("Text", None), ("Text", "")),
        (("Text", "a\nb"), ("Text", "a\r\nb")),
        (("Number", None), ("Number", None)),
        (("Checkbox", None), ("Checkbox", False)),
    ],
)
def test_what_is_no_change(value: Formula, after: object, before: object) -> None:
    assert value("ISCHANGED(F)", F=after, before={"F": before}) is False


def test_a_change_of_case_is_a_change(value: Formula) -> None:
    assert value("ISCHANGED(F)", F="A", before={"F": "a"}) is True


def test_nothing_is_changed_on_a_new_record(value: Formula) -> None:
    assert value("ISCHANGED(Name)", Name="b", before=None) is False
    assert value("PRIORVALUE(Name)", Name="b", before=None) == "b"


def test_isnew_and_isclone(value: Formula) -> None:
    assert value("ISNEW()", before=None) is True
    assert value("ISNEW()") is False
    assert value("ISCLONE()", before=None) is False


def test_priorvalue_is_the_stored_value(value: Formula) -> None:
    assert value("PRIORVALUE(Name)", Name="b", before={"Name": "a"}) == "a"
    assert value("ISPICKVAL(PRIORVALUE(P), 'x')", P=("Picklist", "y"), before={"P": ("Picklist", "x")}) is True
    assert value("INCLUDES(PRIORVALUE(M), 'x')", M="y", before={"M": "x;z"}) is True
    assert value("AND(PRIORVALUE(Flag), NOT(Flag))", Flag=False, before={"Flag": True}) is True


def test_a_percent_is_changed_as_stored_and_read_as_a_fraction(value: Formula) -> None:
    fields = {"P": ("Percent", "15"), "before": {"P": ("Percent", "20")}}
    assert value("ISCHANGED(P)", **fields) is True
    assert str(value("PRIORVALUE(P) - P", **fields)) == "0.05"


def test_a_blank_number_stays_blank_in_a_rule_that_treats_blanks_as_blanks(value: Formula) -> None:
    fields = {"N": ("Number", "1"), "before": {"N": ("Number", None)}}
    assert value("ISBLANK(PRIORVALUE(N))", **fields) is True
    assert value("PRIORVALUE(N) = 0", **fields) is None
    assert value("PRIORVALUE(N) = 0", zero=True, **fields) is True
