"""Types, members, triggers."""

from collections.abc import Callable

import pytest

from sfoptlint.lang.apex import nodes, parse

Members = Callable[[str], tuple[nodes.Member, ...]]


def only(source: str) -> nodes.Member:
    unit = parse(source)
    assert unit.gaps == ()
    (declaration,) = unit.declarations
    return declaration


def test_a_class_with_everything_before_its_body() -> None:
    node = only(
        "@IsTest(SeeAllData=true) global virtual WITHOUT sharing class A<T> extends B.C implements D, "
        "Database.Batchable<SObject> { }"
    )
    assert isinstance(node, nodes.ClassDeclaration)
    assert (node.name, node.type_parameters) == ("A", ("T",))
    assert node.superclass is not None
    assert node.superclass.names == ("B", "C")
    assert [interface.name for interface in node.interfaces] == ["D", "Database.Batchable"]
    assert node.modifiers.words == ("global", "virtual", "without sharing")
    (annotation,) = node.modifiers.annotations
    assert [(argument.key, argument.value.kind) for argument in annotation.arguments] == [("SeeAllData", "boolean")]


def test_an_interface_and_an_enum() -> None:
    interface = only("public interface A extends B, C { void run(List<Id> ids); Integer size(); }")
    assert isinstance(interface, nodes.InterfaceDeclaration)
    assert [type_.name for type_ in interface.extends] == ["B", "C"]
    assert [m.body for m in interface.members if isinstance(m, nodes.MethodDeclaration)] == [None, None]
    enum = only("public enum Season { SPRING, Summer, }")
    assert isinstance(enum, nodes.EnumDeclaration)
    assert enum.constants == ("SPRING", "Summer")


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Integer a;", "field_declaration"),
        ("private static final Map<Id, A> b = new Map<Id, A>(), c;", "field_declaration"),
        ("public String d { get; private set; }", "field_declaration"),
        ("public String e { get { return f; } set { f = value; } }", "field_declaration"),
        ("void g() { }", "method_declaration"),
        ("@future(callout=true) public static void h(Set<Id> ids) { }", "method_declaration"),
        ("protected abstract A.B i(final Integer j);", "method_declaration"),
        ("global override List<A>[] k() { return null; }", "method_declaration"),
        ("static testMethod void testMethod() { }", "method_declaration"),
        ("webservice static void l() { }", "method_declaration"),
        ("A() { this(1); }", "constructor_declaration"),
        ("public A(Integer m) { super(m); }", "constructor_declaration"),
        ("public Outer.Inner() { }", "constructor_declaration"),
        ("static { n = 1; }", "static_initializer"),
        ("{ n = 1; }", "static_initializer"),
        ("class B { }", "class_declaration"),
        ("private inherited sharing class B { class C { } }", "class_declaration"),
        ("interface D { }", "interface_declaration"),
        ("enum E { F }", "enum_declaration"),
        ("@InvocableMethod(label='a' description='b') public static void o() { }", "method_declaration"),
        ("@AuraEnabled @TestVisible public Id get;", "field_declaration"),
    ],
)
def test_members(members: Members, source: str, kind: str) -> None:
    (member,) = members(source)
    assert member.kind == kind
    assert member.end - member.start == len(source)


def test_a_property_has_its_accessors(members: Members) -> None:
    (node,) = members("public A b { get { return c; } protected set; }")
    assert isinstance(node, nodes.FieldDeclaration)
    assert node.accessors is not None
    assert [(a.accessor, a.body is None, a.modifiers.words) for a in node.accessors] == [
        ("get", False, ()),
        ("set", True, ("protected",)),
    ]


def test_initializers_are_static_or_not(members: Members) -> None:
    found = [m.static for m in members("static { } { }") if isinstance(m, nodes.Initializer)]
    assert found == [True, False]


def test_methods_know_their_parameters(members: Members) -> None:
    (node,) = members("Map<Id, Contact> pick(final List<Contact> rows, Integer n) { return null; }")
    assert isinstance(node, nodes.MethodDeclaration)
    assert (node.name, node.type.name) == ("pick", "Map")
    assert [(p.name, p.type.name, p.modifiers.words) for p in node.parameters] == [
        ("rows", "List", ("final",)),
        ("n", "Integer", ()),
    ]


@pytest.mark.parametrize("bulk", ["", "bulk "])
def test_a_trigger(bulk: str) -> None:
    node = only(f"trigger Guard on Contact {bulk}(before update, After Undelete) {{ Handler.run(Trigger.new); }}")
    assert isinstance(node, nodes.TriggerDeclaration)
    assert (node.name, node.object) == ("Guard", "Contact")
    assert [(event.timing, event.operation) for event in node.events] == [("before", "update"), ("after", "undelete")]
    assert [part.kind for part in node.body] == ["expression_statement"]


def test_a_trigger_may_declare_members() -> None:
    node = only(
        "trigger A on Lead (before insert) { Boolean done = false; if (done) return; void check(Lead row) { } "
        "public class B { } new B().run(); for (Lead row : Trigger.new) check(row); static Integer n() { return 1; } }"
    )
    assert isinstance(node, nodes.TriggerDeclaration)
    assert [part.kind for part in node.body] == [
        "local_variable_declaration",
        "if_statement",
        "method_declaration",
        "class_declaration",
        "expression_statement",
        "enhanced_for_statement",
        "method_declaration",
    ]


def test_keywords_have_no_case() -> None:
    node = only("PUBLIC CLASS A { PRIVATE STATIC VOID B() { IF (C) RETURN; } }")
    assert isinstance(node, nodes.ClassDeclaration)
    assert node.modifiers.words == ("public",)
