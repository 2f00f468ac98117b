"""Queries: clauses, conditions, values, and what is refused."""

import pytest

from sfoptlint.lang.soql import nodes, parse


def soql(text: str) -> nodes.SoqlQuery:
    tree = parse(text)
    assert isinstance(tree, nodes.SoqlQuery), tree
    assert (tree.start, tree.end) == (0, len(text))
    return tree


def where(condition: str) -> nodes.Condition:
    tree = soql(f"SELECT Id FROM Contact WHERE {condition}").where
    assert tree is not None
    return tree


def test_every_clause() -> None:
    tree = soql(
        "SELECT Id, Account.Owner.Name FROM Contact c USING SCOPE mine WHERE Email = null WITH USER_MODE "
        "GROUP BY Id, CALENDAR_YEAR(CreatedDate) HAVING COUNT(Id) > 1 ORDER BY Name DESC NULLS LAST, Id "
        "LIMIT 10 OFFSET :skip FOR UPDATE ALL ROWS"
    )
    assert [entry.value.names for entry in tree.select if isinstance(entry.value, nodes.FieldName)] == [
        ("Id",),
        ("Account", "Owner", "Name"),
    ]
    assert [(source.name, source.alias) for source in tree.sources] == [("Contact", "c")]
    assert tree.scope == "mine"
    assert [entry.mode for entry in tree.withs] == ["user_mode"]
    assert [entry.kind for entry in tree.group_by] == ["field_identifier", "function_expression"]
    assert isinstance(tree.having, nodes.Comparison)
    assert [(entry.descending, entry.nulls) for entry in tree.order_by] == [(True, "last"), (False, "")]
    assert isinstance(tree.limit, nodes.Literal)
    assert isinstance(tree.offset, nodes.Bind)
    assert tree.purposes == ("update",)
    assert tree.all_rows


@pytest.mark.parametrize(
    ("selected", "kind", "alias"),
    [
        ("Name", "field_identifier", ""),
        ("COUNT()", "function_expression", ""),
        ("COUNT(Id) total", "function_expression", "total"),
        ("FORMAT(convertCurrency(Amount)) amount", "function_expression", "amount"),
        ("FIELDS(all)", "fields_expression", ""),
        ("(SELECT Id FROM Contacts WHERE Email = 'a')", "subquery", ""),
        ("(SELECT Id FROM Contacts) people", "subquery", "people"),
        ("TYPEOF What WHEN Account THEN Phone, Name WHEN Lead THEN Id ELSE Name END", "type_of_clause", ""),
        ("DISTANCE(Place__c, GEOLOCATION(37.7, -122.4), 'mi') far", "function_expression", "far"),
    ],
)
def test_what_is_selected(selected: str, kind: str, alias: str) -> None:
    (entry,) = soql(f"SELECT {selected} FROM Account").select
    assert (entry.value.kind, entry.alias) == (kind, alias)


def test_typeof_has_its_branches() -> None:
    (entry,) = soql("SELECT TYPEOF What WHEN Account THEN Phone, Name ELSE Id END FROM Task").select
    assert isinstance(entry.value, nodes.TypeOf)
    assert [(branch.object, len(branch.fields)) for branch in entry.value.branches] == [("Account", 2), ("", 1)]


@pytest.mark.parametrize(
    ("condition", "operator", "right"),
    [
        ("A = 'b'", "=", "literal"),
        ("A != null", "!=", "literal"),
        ("A <> TODAY", "<>", "literal"),
        ("A > = 1.5", ">=", "literal"),
        ("A < -3", "<", "literal"),
        ("A LIKE 'b%'", "like", "literal"),
        ("A = : b.c", "=", "bound_apex_expression"),
        ("A IN: b", "in", "bound_apex_expression"),
        ("A NOT  IN (1, :b, 'c')", "not in", "comparable_list"),
        ("A IN (SELECT B FROM C)", "in", "subquery"),
        ("A INCLUDES ('b;c', 'd')", "includes", "comparable_list"),
        ("A EXCLUDES ('b')", "excludes", "comparable_list"),
        ("DAY_ONLY(A) = LAST_N_DAYS:30", "=", "literal"),
    ],
)
def test_comparisons(condition: str, operator: str, right: str) -> None:
    tree = where(condition)
    assert isinstance(tree, nodes.Comparison)
    assert (tree.operator, tree.right.kind) == (operator, right)


@pytest.mark.parametrize(
    ("value", "type_"),
    [
        ("'it\\'s'", nodes.LiteralType.TEXT),
        ("12", nodes.LiteralType.INTEGER),
        ("-1.5", nodes.LiteralType.DECIMAL),
        ("TRUE", nodes.LiteralType.BOOLEAN),
        ("null", nodes.LiteralType.NULL),
        ("2026-01-31", nodes.LiteralType.DATE),
        ("2026-01-31T10:00:00Z", nodes.LiteralType.DATE_TIME),
        ("2026-01-31T10:00:00.000+01:00", nodes.LiteralType.DATE_TIME),
        ("THIS_FISCAL_QUARTER", nodes.LiteralType.DATE_WORD),
        ("next_n_weeks:4", nodes.LiteralType.DATE_FUNCTION),
        ("N_DAYS_AGO : 2", nodes.LiteralType.DATE_FUNCTION),
        ("USD5000", nodes.LiteralType.CURRENCY),
    ],
)
def test_literals(value: str, type_: nodes.LiteralType) -> None:
    tree = where(f"A = {value}")
    assert isinstance(tree, nodes.Comparison)
    assert isinstance(tree.right, nodes.Literal)
    assert tree.right.type is type_


def shape(tree: nodes.Condition) -> str:
    match tree:
        case nodes.And(operands=operands):
            return f"and({', '.join(map(shape, operands))})"
        case nodes.Or(operands=operands):
            return f"or({', '.join(map(shape, operands))})"
        case nodes.Not(operand=operand):
            return f"not({shape(operand)})"
        case nodes.Comparison(left=nodes.FieldName(names=names)):
            return ".".join(names)
        case _:
            return tree.kind


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("A = 1 AND B = 2 AND C = 3", "and(A, B, C)"),
        ("A = 1 OR (B = 2 AND C = 3)", "or(A, and(B, C))"),
        ("NOT A = 1 AND B = 2", "and(not(A), B)"),
        ("(NOT (A = 1 OR B = 2))", "not(or(A, B))"),
        ("((A = 1))", "A"),
        ("A = 1 AND B = 2 OR C = 3", "or(and(A, B), C)"),
    ],
)
def test_conditions(condition: str, expected: str) -> None:
    assert shape(where(condition)) == expected


def test_offsets_count_from_the_start_of_the_host_text() -> None:
    host = "rows = [SELECT Id FROM A WHERE B = :f(x, ')') AND C = 1];"
    start, end = host.index("SELECT"), host.index("];")
    colon = host.index(":")
    tree = parse(host, start, end, {colon: host.index(" AND")})
    assert isinstance(tree, nodes.SoqlQuery)
    assert isinstance(tree.where, nodes.And)
    first = tree.where.operands[0]
    assert isinstance(first, nodes.Comparison)
    assert host[first.right.start : first.right.end] == ":f(x, ')')"
    assert host[tree.start : tree.end] == host[start:end]


@pytest.mark.parametrize("bind", [":a", ": a.b.c", ":ids.keySet()", ":a.get(b)"])
def test_a_bind_in_a_query_that_was_put_together(bind: str) -> None:
    tree = where(f"A IN {bind} AND B = 1")
    assert isinstance(tree, nodes.And)
    assert isinstance(tree.operands[0], nodes.Comparison)
    right = tree.operands[0].right
    assert right.end - right.start == len(bind)


def test_comments_are_blanks() -> None:
    assert shape(where("A = 1 // first\n AND /* second */ B = 2")) == "and(A, B)"


def test_sosl() -> None:
    text = (
        "FIND :term IN NAME FIELDS RETURNING Contact(Id, toLabel(Kind__c) WHERE Email != null ORDER BY Id LIMIT 5), "
        "Lead WITH SNIPPET (target_length = 120) WITH DIVISION = 'x' LIMIT 20"
    )
    tree = parse(text)
    assert isinstance(tree, nodes.SoslQuery)
    assert (tree.term.kind, tree.group) == ("bound_apex_expression", "name")
    assert [(entry.object, len(entry.select)) for entry in tree.returning] == [("Contact", 2), ("Lead", 0)]
    assert tree.returning[0].where is not None
    assert [entry.mode for entry in tree.withs] == ["snippet", "division"]
    assert isinstance(tree.limit, nodes.Literal)


def test_sosl_outside_apex_has_its_term_in_braces() -> None:
    tree = parse("FIND {Day OR Night} RETURNING Contact")
    assert isinstance(tree, nodes.SoslQuery)
    assert isinstance(tree.term, nodes.Literal)
    assert tree.term.text == "Day OR Night"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "expected 'SELECT', found the end of the query"),
        ("SELECT Id", "expected 'FROM', found the end of the query"),
        ("SELECT FROM A WHERE", "expected 'FROM', found 'where'"),
        ("SELECT Id FROM A WHERE B", "expected an operator, found the end of the query"),
        ("SELECT Id FROM A WHERE B = ", "expected a value, found the end of the query"),
        ("SELECT Id FROM A LIMIT 1 WHERE B = 1", "expected the end of the query, found 'where'"),
        ("SELECT Id FROM A WHERE B = 'c", "expected a value, found '''"),
        ("SELECT Id FROM A WHERE " + "(" * 500, "nested deeper than 60 levels"),
        ("SELECT " + "(SELECT " * 500, "nested deeper than 60 levels"),
        ("SELECT " + "f(" * 500, "nested deeper than 60 levels"),
    ],
)
def test_what_is_no_query_is_a_gap_with_a_reason(text: str, reason: str) -> None:
    tree = parse(text)
    assert isinstance(tree, nodes.Unparsed)
    assert tree.reason == reason
    assert 0 <= tree.at <= len(text)
