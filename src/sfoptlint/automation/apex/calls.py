"""Calls: which method a name stands for, and what calling it does.

Apex Developer Guide, "Defining Methods", "Extending a Class": an override is chosen by the object's class, an overload by its
parameters.
"""

from sfoptlint.automation.apex.addition import add_error
from sfoptlint.automation.apex.alternatives import choice
from sfoptlint.automation.apex.codebase import ApexType
from sfoptlint.automation.apex.constructors import other_constructor
from sfoptlint.automation.apex.conversion import converted
from sfoptlint.automation.apex.fields import require
from sfoptlint.automation.apex.frames import Frame
from sfoptlint.automation.apex.instances import instance_method
from sfoptlint.automation.apex.joining import join
from sfoptlint.automation.apex.names import dotted, type_named, variable
from sfoptlint.automation.apex.outside import called_outside, external, is_handed, is_unread
from sfoptlint.automation.apex.overloads import chosen
from sfoptlint.automation.apex.platform import platform_call
from sfoptlint.automation.apex.recursion import WaysToTheBox
from sfoptlint.automation.apex.run import MAX_CALLS, MAX_DEPTH, Run
from sfoptlint.automation.apex.shapes import carries_records, cases, null_of
from sfoptlint.automation.apex.spelled import spelled
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.statics import begin, run_body
from sfoptlint.automation.apex.values import (
    Instance,
    Item,
    ListCell,
    ObjectCell,
    Opaque,
    OutOfBudgetError,
    Ref,
    Scalar,
    Value,
)
from sfoptlint.automation.automation import Timing, Unknown
from sfoptlint.core.expr import Const, Type
from sfoptlint.core.verdict import Effect
from sfoptlint.lang.apex.nodes import (
    ExplicitConstructorInvocation,
    Expression,
    MethodDeclaration,
    MethodInvocation,
    Node,
    Super,
)


def call(run: Run, node: Expression, state: State) -> Value:
    """Walk a call and return its result."""
    if isinstance(node, ExplicitConstructorInvocation):
        return other_constructor(run, node, state)
    assert isinstance(node, MethodInvocation)
    name = node.name.casefold()
    if name == "adderror" and node.object is not None:
        return add_error(run, node, state)
    if node.object is None:
        return _own(run, node, name, state)
    if isinstance(node.object, Super):
        return _super(run, node, name, state)
    names = dotted(node.object)
    if names is not None and names[0].casefold() != "trigger" and variable(run, names[0], state, node) is None:
        return _static(run, node, names, name, state)
    target = run.evaluate(node.object, state)
    if state.dead:
        return Scalar(run.terms.null)
    return _on(run, node, target, name, state)


def _arguments(run: Run, node: MethodInvocation, state: State) -> list[Value]:
    return [run.evaluate(argument, state) for argument in node.arguments]


def _own(run: Run, node: MethodInvocation, name: str, state: State) -> Value:
    arguments = _arguments(run, node, state)
    if state.dead:
        return Scalar(run.terms.null)
    current = run.frame.type
    this = run.frame.this
    if this is not None:
        cell = state.cell(this)
        assert isinstance(cell, ObjectCell)
        dynamic = run.codebase.find(cell.cls)
        if (
            dynamic is not None
            and current is not None
            and any(t.key == current.key for t in run.codebase.lineage(dynamic))
        ):
            current = dynamic
    outer: ApexType | None = current
    while outer is not None:
        found = chosen(run, outer, name, arguments, state)
        if found is not None:
            owner, method = found
            static = "static" in method.modifiers.words or outer is not current
            return run.invoke(owner, method, None if static else this, arguments, state, node)
        outer = outer.outer
    return external(run, node, node.name, arguments, state)


def _super(run: Run, node: MethodInvocation, name: str, state: State) -> Value:
    arguments = _arguments(run, node, state)
    own = run.frame.type
    above = list(run.codebase.lineage(own))[1:] if own else []
    for type_ in above:
        found = chosen(run, type_, name, arguments, state)
        if found is not None:
            return run.invoke(found[0], found[1], run.frame.this, arguments, state, node)
    return external(run, node, f"super.{node.name}", arguments, state)


def _static(run: Run, node: MethodInvocation, names: list[str], name: str, state: State) -> Value:
    type_ = type_named(run, names)
    if type_ is not None:
        arguments = _arguments(run, node, state)
        if state.dead:
            return Scalar(run.terms.null)
        begin(run, type_, state)
        found = chosen(run, type_, name, arguments, state)
        if found is not None:
            return run.invoke(found[0], found[1], None, arguments, state, node)
        if type_.is_enum and name == "values":
            constants = (Scalar(run.terms.const(constant)) for constant in type_.constants)
            return state.new(ListCell(tuple(Item(run.terms.true, constant) for constant in constants)))
        if type_.is_enum:
            return run.unknown_value(node, Type.UNKNOWN, state, inputs=tuple(arguments))
    if len(names) > 1 and type_named(run, names[:-1]) is not None:
        return _on(run, node, run.evaluate(node.object, state) if node.object else Scalar(run.terms.null), name, state)
    result = platform_call(run, node, [part.casefold() for part in names], name, state)
    if result is not None:
        return result
    if (len(names) > 1 and names[-1].casefold() in ("sobjecttype", "fields")) or names[0].casefold() in (
        "label",
        "sobjecttype",
        "schema",
    ):
        return _on(run, node, run.evaluate(node.object, state) if node.object else Scalar(run.terms.null), name, state)
    return external(run, node, f"{'.'.join(names)}.{node.name}", _arguments(run, node, state), state)


def _on(run: Run, node: MethodInvocation, target: Value, name: str, state: State) -> Value:
    """Walk a call on a value, for each of the alternatives that it may be."""
    terms = run.terms
    null = state.known(null_of(target, state))
    if node.safe:
        if isinstance(null, Const) and null.value is True:
            return Scalar(terms.null)
    else:
        require(run, target, node.object or node, state)
    if state.dead:
        return Scalar(terms.null)
    arguments = _arguments(run, node, state)
    options = [(c, v) for c, v in cases(target, terms.true, state) if not _is_null(v)]
    if len(options) == 1 and not node.safe:
        return _call_on(run, node, options[0][1], name, arguments, state)
    result: Value = Scalar(terms.null)
    before, ends = state.fork(), []
    for condition, value in options:
        way = before.fork()
        way.assume(condition)
        if not way.dead:
            one = _call_on(run, node, value, name, arguments, way)
            result = choice(condition, one, result, terms)
            ends.append(way)
    if node.safe:
        result = choice(null, Scalar(terms.null), result, terms)
        rest = before.fork()
        rest.assume(null)
        ends.append(rest)
    if ends:
        state.become(ends[0])
        join(state, *ends[1:])
    return result


def _is_null(value: Value) -> bool:
    return isinstance(value, Scalar) and isinstance(value.expr, Const) and value.expr.value is None


def _call_on(  # noqa: PLR0913, PLR0917 - a call is all of this
    run: Run, node: MethodInvocation, value: Value, name: str, arguments: list[Value], state: State
) -> Value:
    if isinstance(value, Instance):
        return _call_on(run, node, Opaque(run.terms.false, "a class named at run time"), name, arguments, state)
    if isinstance(value, Ref):
        cell = state.cell(value)
        if isinstance(cell, ObjectCell):
            return _method_of(run, node, value, cell, name, arguments, state)
    if isinstance(value, Opaque) and value.type:
        return called_outside(run, node, value, name, arguments, state)
    if is_unread(value) and is_handed(run, node, name, arguments, state):
        return external(run, node, run.words(node), arguments, state)
    return instance_method(run, node, value, name, arguments, state)


def _method_of(  # noqa: PLR0913, PLR0917 - a call is all of this
    run: Run, node: MethodInvocation, this: Ref, cell: ObjectCell, name: str, arguments: list[Value], state: State
) -> Value:
    type_ = run.codebase.find(cell.cls)
    if type_ is None:
        return external(run, node, f"{cell.cls}.{node.name}", [this, *arguments], state)
    found = chosen(run, type_, name, arguments, state)
    if found is not None:
        owner, method = found
        static = "static" in method.modifiers.words
        return run.invoke(owner, method, None if static else this, arguments, state, node)
    text = spelled(run, this, node, state) if name == "tostring" else None
    if text is not None:
        return Scalar(text)
    if name in (
        "getmessage",
        "gettypename",
        "getstacktracestring",
        "getlinenumber",
        "tostring",
        "hashcode",
        "getcause",
    ):
        return Scalar(run.unknown_value(node, Type.TEXT, state).expr)
    if name in ("setmessage", "initcause", "equals"):
        return Scalar(run.terms.null)
    if run.codebase.complete(type_):
        return run.unknown_value(node, Type.UNKNOWN, state, inputs=tuple(arguments))
    return external(run, node, f"{cell.cls}.{node.name}", [this, *arguments], state)


def invoke(  # noqa: PLR0913, PLR0917 - a call is all of this
    run: Run,
    type_: ApexType,
    method: MethodDeclaration,
    this: Ref | None,
    arguments: list[Value],
    state: State,
    node: Node,
) -> Value:
    """Walk a method of the tree and return its result."""
    terms = run.terms
    if state.dead:
        return Scalar(terms.null)
    label = f"{type_.name}.{method.name}"
    if any(a.name.casefold() == "future" for a in method.modifiers.annotations) and run.timing is Timing.NOW:
        run.future(state, node, label)
        return Scalar(terms.null)
    if method.body is None:
        return (
            external(run, node, label, [*([this] if this else []), *arguments], state)
            if isinstance(node, MethodInvocation)
            else Scalar(terms.null)
        )
    if any(a.name.casefold() == "isTest".casefold() for a in method.modifiers.annotations):
        return Scalar(terms.null)
    again = sum(frame.method == label for frame in run.frames)
    if again >= 2 or len(run.frames) > MAX_DEPTH:
        handed = [this] if this is not None else []
        mentions = "trigger." in type_.file.words(method).casefold()
        if mentions or any(carries_records(value, state) for value in (*handed, *arguments)):
            why = "calls itself" if again >= 2 else f"is called more than {MAX_DEPTH} levels deep"
            writes = WaysToTheBox(run.codebase).there(type_, method)
            may = frozenset({Effect.BLOCK, Effect.REVERT} if writes else {Effect.BLOCK})
            run.emit(state, Unknown(f"{label} {why}", may), run.place(node))
        return run.unknown_value(node, Type.UNKNOWN, state, inputs=tuple(arguments))
    run.calls += 1
    if run.calls > MAX_CALLS:
        raise OutOfBudgetError
    frame = Frame(f"f{next(state.counter)}", type_.file, type_, this, label)
    given: dict[str, Value] = {}
    for parameter, value in zip(method.parameters, arguments, strict=False):
        given[parameter.name] = converted(run, value, parameter.type, node, state)
        run.declared[frame.id, parameter.name.casefold()] = parameter.type
    result = run_body(run, frame, method.body, given, state, node)
    return converted(run, result, method.type, node, state) if method.type.name.casefold() != "void" else result
