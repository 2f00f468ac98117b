"""Statements, one kind after the other."""

from collections.abc import Callable

import pytest

from sfoptlint.lang.apex import nodes

Read = Callable[[str], tuple[nodes.Statement, ...]]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (";", ";"),
        ("{ }", "block"),
        ("a.b();", "expression_statement"),
        ("new A().run();", "expression_statement"),
        ("Trigger.new[0].addError('x');", "expression_statement"),
        ("Trigger.newMap.get(id).Email = null;", "expression_statement"),
        ("i++;", "expression_statement"),
        ("a < b;", "expression_statement"),
        ("Integer i;", "local_variable_declaration"),
        ("final Integer i = 1, j = 2;", "local_variable_declaration"),
        ("Map<Id, List<A.B>> x = y;", "local_variable_declaration"),
        ("Integer[] x = new Integer[3];", "local_variable_declaration"),
        ("Outer.Inner x;", "local_variable_declaration"),
        ("Lead lead = null;", "local_variable_declaration"),
        ("@SuppressWarnings('a') String s;", "local_variable_declaration"),
        ("String group, order, update_x;", "local_variable_declaration"),
        ("if (a) b();", "if_statement"),
        ("while (a) { }", "while_statement"),
        ("while (a());", "while_statement"),
        ("do { a(); } while (b);", "do_statement"),
        ("do a(); while (b);", "do_statement"),
        ("for (Integer i = 0; i < 3; i++) a();", "for_statement"),
        ("for (i = 0, j = 1; ; i++, j++) { }", "for_statement"),
        ("for (;;) { }", "for_statement"),
        ("for (Lead Lead : Trigger.new) { }", "enhanced_for_statement"),
        ("for (List<A> rows : [SELECT Id FROM A]) { }", "enhanced_for_statement"),
        ("for (final A row : rows) a();", "enhanced_for_statement"),
        ("try { } catch (Exception e) { }", "try_statement"),
        ("try { } catch (A.B e) { } catch (C e) { } finally { }", "try_statement"),
        ("try { } finally { }", "try_statement"),
        ("throw new A('x');", "throw_statement"),
        ("return;", "return_statement"),
        ("return (a);", "return_statement"),
        ("break;", "break_statement"),
        ("continue;", "continue_statement"),
        ("System.runAs(user) { a(); }", "run_as_statement"),
        ("System.runAs(version);", "expression_statement"),
        ("SWITCH ON a { WHEN 1 { } }", "switch_expression"),
    ],
)
def test_kinds(statements: Read, source: str, kind: str) -> None:
    (statement,) = statements(source)
    assert statement.kind == kind
    assert statement.end - statement.start == len(source)


def test_branches_are_flat_and_in_order(statements: Read) -> None:
    (node,) = statements("if (a) { } else if (b) c(); else { d(); }")
    assert isinstance(node, nodes.IfStatement)
    assert [branch.condition.kind for branch in node.branches] == ["identifier", "identifier"]
    assert [branch.body.kind for branch in node.branches] == ["block", "expression_statement"]
    assert isinstance(node.alternative, nodes.Block)


def test_an_else_belongs_to_the_nearest_if(statements: Read) -> None:
    (outer,) = statements("if (a) if (b) c(); else d();")
    assert isinstance(outer, nodes.IfStatement)
    inner = outer.branches[0].body
    assert outer.alternative is None
    assert isinstance(inner, nodes.IfStatement)
    assert inner.alternative is not None


def test_a_thousand_branches_are_no_deeper_than_one(statements: Read) -> None:
    (node,) = statements("if (a) b(); " + "else if (c) d(); " * 1000)
    assert isinstance(node, nodes.IfStatement)
    assert len(node.branches) == 1001


@pytest.mark.parametrize(
    ("source", "operation", "mode", "extra"),
    [
        ("insert rows;", "insert", None, ""),
        ("INSERT new Contact(LastName = 'a');", "insert", None, ""),
        ("update as user rows;", "update", "user", ""),
        ("delete as system [SELECT Id FROM A];", "delete", "system", ""),
        ("undelete rows;", "undelete", None, ""),
        ("upsert rows;", "upsert", None, ""),
        ("upsert rows Key__c;", "upsert", None, "key"),
        ("upsert as user rows Contact.Fields.Key__c;", "upsert", "user", "key"),
        ("merge kept lost;", "merge", None, "merged"),
        ("merge kept [SELECT Id FROM A];", "merge", None, "merged"),
        ("update (rows);", "update", None, ""),
    ],
)
def test_database_statements(statements: Read, source: str, operation: str, mode: str | None, extra: str) -> None:
    (statement,) = statements(source)
    assert isinstance(statement, nodes.ExpressionStatement)
    node = statement.expression
    assert isinstance(node, nodes.DmlExpression)
    assert (node.operation, node.mode) == (operation, mode)
    assert (node.upsert_key is not None, node.merge_with is not None) == (extra == "key", extra == "merged")


def test_switch(statements: Read) -> None:
    (node,) = statements(
        "switch on row { when Contact person { a(); } when null, 1, -2, 'b' { } when MONDAY { } when else { return; } }"
    )
    assert isinstance(node, nodes.SwitchStatement)
    typed, listed, constant, default = (rule.label for rule in node.rules)
    assert typed.sobject_type is not None
    assert (typed.sobject_type.type.name, typed.sobject_type.name) == ("Contact", "person")
    assert [value.kind for value in listed.values] == ["null_literal", "int", "unary_expression", "string_literal"]
    assert [value.kind for value in constant.values] == ["identifier"]
    assert (default.values, default.sobject_type) == ((), None)


def test_a_variable_may_be_called_switch_or_trigger(statements: Read) -> None:
    assert [s.kind for s in statements("switch = 1; trigger.x(); get = set;")] == ["expression_statement"] * 3


def test_loops_know_their_parts(statements: Read) -> None:
    each, counted = statements("for (A a : b()) { } for (Integer i = 0, n = 2; i < n; i++) { }")
    assert isinstance(each, nodes.EnhancedForStatement)
    assert (each.type.name, each.name, each.value.kind) == ("A", "a", "method_invocation")
    assert isinstance(counted, nodes.ForStatement)
    assert isinstance(counted.init, nodes.LocalVariableDeclaration)
    assert [declarator.name for declarator in counted.init.declarators] == ["i", "n"]
    assert len(counted.update) == 1


def test_try_knows_what_it_catches(statements: Read) -> None:
    (node,) = statements("try { a(); } catch (DmlException e) { throw e; } finally { b(); }")
    assert isinstance(node, nodes.TryStatement)
    assert [(clause.type.name, clause.name) for clause in node.catches] == [("DmlException", "e")]
    assert node.finally_clause is not None
