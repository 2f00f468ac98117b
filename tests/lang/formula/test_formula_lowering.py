from collections.abc import Callable

import pytest

from sfoptlint.core.expr import Free, FreeKind, Interner, Type, nodes
from sfoptlint.lang.formula.building import declared
from sfoptlint.lang.formula.catalogue import Context
from sfoptlint.lang.formula.diagnostics import Problem
from sfoptlint.lang.formula.resolver import BlankMode, Lowered

Core = Callable[..., str]
Lowers = Callable[..., Lowered]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Name = 'x'", "same(after.Name, 'x')"),
        ("'x' <> Name", "not(same('x', after.Name))"),
        ("Name = NULL", "same(after.Name, None)"),
        ("Amount = 1", "=(after.Amount, 1)"),
        ("Amount != NULL", "<>(after.Amount, None)"),
        ("Mystery = 'x'", "same(after.Mystery, 'x')"),
        ("Mystery = 1", "=(after.Mystery, 1)"),
        ("Name < 'x'", "<(after.Name, 'x')"),
        ("Due = TODAY()", "=(after.Due, TODAY())"),
        ("Flag = TRUE", "=(after.Flag, True)"),
    ],
)
def test_the_static_type_picks_the_equality(core: Core, text: str, expected: str) -> None:
    assert core(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AND(Flag, Amount > 1)", "and(after.Flag, >(after.Amount, 1))"),
        ("Flag || Flag", "or(after.Flag, after.Flag)"),
        ("NOT(Flag)", "not(after.Flag)"),
        ("!(Amount > 1)", "NOT(>(after.Amount, 1))"),
        ("IF(Flag, 1, 2)", "if(after.Flag, 1, 2)"),
        ("IFS(Flag, 1, Amount > 1, 2, 3)", "if(after.Flag, 1, if(>(after.Amount, 1), 2, 3))"),
        ("ISBLANK(Amount)", "blank(after.Amount)"),
        ("ISNULL(Amount)", "blank(after.Amount)"),
        ("ISNULL(Name)", "False"),
        ("NULLVALUE(Name, 'x')", "after.Name"),
        ("NULLVALUE(Amount, 1)", "BLANKVALUE(after.Amount, 1)"),
        ("ISPICKVAL(Name, 'x')", "same(after.Name, 'x')"),
        ("TEXT(Name) = 'x'", "same(after.Name, 'x')"),
        ("INCLUDES(Name, 'x')", "one_of(after.Name, 'x')"),
        ("CONTAINS(Name, 'x')", "CONTAINS(after.Name, 'x')"),
        ("Name + 'x'", "&(after.Name, 'x')"),
        ("+Amount - -1", "-(after.Amount, -(1))"),
        ("ISNEW()", "ISNEW()"),
        ("Late", "truth(>(TODAY(), after.Due))"),
        ("$User.Id", "$User.Id"),
        ("{!$Record.Name}", "after.Name"),
    ],
)
def test_what_is_total_becomes_a_primitive(core: Core, text: str, expected: str) -> None:
    assert core(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NOT(Mystery)", "not(truth(after.Mystery))"),
        ("Mystery = FALSE", "=(truth(after.Mystery), False)"),
        ("Flag <> Mystery", "<>(after.Flag, truth(after.Mystery))"),
    ],
)
def test_an_unknown_field_beside_a_boolean_is_a_checkbox(core: Core, text: str, expected: str) -> None:
    assert core(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISCHANGED(Amount)", "changed(after.Amount)"),
        ("ISCHANGED(Rate)", "changed(after.Rate)"),
        ("PRIORVALUE(Amount)", "prior.Amount"),
        ("PRIORVALUE(Rate)", "/(prior.Rate, 100)"),
        ("ISPICKVAL(PRIORVALUE(Name), 'x')", "same(prior.Name, 'x')"),
        ("ISCHANGED(Late)", "not(same(truth(>(TODAY(), after.Due)), truth(>(TODAY(), prior.Due))))"),
    ],
)
def test_changes_read_the_record_pair(core: Core, text: str, expected: str) -> None:
    assert core(text) == expected


def test_blank_as_zero_wraps_numbers_alone(core: Core) -> None:
    zero = BlankMode.ZERO
    assert core("Amount + 1", zero) == "+(BLANKVALUE(after.Amount, 0), 1)"
    assert core("Rate", zero) == "BLANKVALUE(/(after.Rate, 100), 0)"
    assert core("Mystery + 1", zero) == "+(if(free(a number: Mystery), BLANKVALUE(after.Mystery, 0), after.Mystery), 1)"
    assert core("ISBLANK(Name)", zero) == "blank(after.Name)"
    assert core("ISCHANGED(Amount)", zero) == "changed(after.Amount)"


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Due + 1", Type.DATE),
        ("1 + Due", Type.DATE),
        ("Due - Due", Type.NUMBER),
        ("Due - 1", Type.DATE),
        ("Seen - 0.5", Type.DATETIME),
        ("Due - Mystery", Type.UNKNOWN),
        ("Mystery + 1", Type.UNKNOWN),
        ("Mystery - Due", Type.NUMBER),
        ("Amount - 1", Type.NUMBER),
        ("IF(Flag, NULL, Due)", Type.DATE),
        ("CASE(Name, 'a', 1, NULL)", Type.NUMBER),
        ("BLANKVALUE(Mystery, 'a')", Type.TEXT),
        ("ADDMONTHS(Seen, 1)", Type.DATETIME),
        ("LEN(Name)", Type.NUMBER),
        ("NOW()", Type.DATETIME),
    ],
)
def test_types_follow_the_operands(lowered: Lowers, text: str, type_: Type) -> None:
    assert lowered(text).expr.type is type_


@pytest.mark.parametrize("text", ["Mystery = Riddle", "ISNULL(Mystery)", "CASE(Name, '', 1, 2)", "Mystery = NULL"])
def test_an_open_reading_of_blanks_is_a_free_boolean(lowered: Lowers, core: Core, text: str) -> None:
    assert core(text).startswith(f"if(free(compared as text: {text}), ")
    assert lowered(text).gaps == ()


def test_case_over_nonblank_labels_is_settled(core: Core) -> None:
    assert core("CASE(Name, 'a', 1, 2)") == "CASE(after.Name, 'a', 1, 2)"


@pytest.mark.parametrize(
    ("text", "problem", "reads"),
    [
        ("FROBNICATE(Name, Amount)", Problem.UNKNOWN_FUNCTION, ["Name", "Amount"]),
        ("LEN(Name, 1)", Problem.ARGUMENT_COUNT, ["Name"]),
        ("HYPERLINK(Name, 'x')", Problem.UNSUPPORTED, ["Name"]),
        ("Nowhere__c", Problem.UNRESOLVED, ["Nowhere__c"]),
        ("$Nothing.X", Problem.UNRESOLVED, []),
    ],
)
def test_what_is_not_known_is_a_free_atom_and_a_named_gap(
    lowered: Lowers, text: str, problem: Problem, reads: list[str]
) -> None:
    (gap,) = lowered(f"{text} = 'x'").gaps
    assert gap.diagnostic.problem is problem
    assert gap.atom.text == text
    assert [field.path[0] for field in gap.atom.reads] == reads
    assert gap.atom.place.line == 5


def test_a_function_outside_its_context_is_a_gap(lowered: Lowers) -> None:
    (gap,) = lowered("REGEX(Name, 'x')", context=Context.FORMULA_FIELD).gaps
    assert gap.diagnostic.problem is Problem.CONTEXT


def test_a_lookup_in_other_data_is_free_and_the_same_each_time(lowered: Lowers) -> None:
    call = "VLOOKUP($ObjectType.Z__c.Fields.City__c, $ObjectType.Z__c.Fields.Name, Name)"
    result = lowered(f"Name <> {call} && {call} <> Name")
    (atom,) = {node for node in nodes(result.expr) if isinstance(node, Free)}
    assert (atom.kind, atom.reads, result.gaps) == (FreeKind.CALL, (), ())


def test_a_change_below_a_free_atom_is_free_too(core: Core) -> None:
    assert core("ISCHANGED(Nowhere__c)") == "free(ISCHANGED(Nowhere__c))"


def test_a_chain_of_thousands_is_lowered(lowered: Lowers) -> None:
    assert lowered(" & ".join(["Name"] * 3_000)).expr.type is Type.TEXT


def test_a_formula_field_has_the_type_that_it_declares(lowered: Lowers) -> None:
    interner = Interner()
    assert declared(interner.const(None, Type.UNKNOWN), Type.DATE, interner).type is Type.DATE
    assert declared(lowered("Mystery + 1").expr, Type.DATE, interner).type is Type.DATE
    assert declared(lowered("Amount + 1").expr, Type.DATE, interner).type is Type.NUMBER


def test_a_change_of_what_is_no_field_is_lowered_too(lowered: Lowers) -> None:
    guard = lowered("OR(ISCHANGED(TODAY()), ISCHANGED(NOW()))")
    assert not guard.gaps
