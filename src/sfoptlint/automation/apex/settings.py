"""Custom settings and custom metadata records (Apex Reference Guide, "Custom Settings Methods", "Custom Metadata Type Methods").

A hierarchy setting answers `getInstance()` with what applies to the running user, which is `$Setup`; the record of another level
is one of its own. A record of this name may be missing.
"""

from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Either, Entry, MapCell, Origin, RecordCell, Ref, Scalar, Value
from sfoptlint.core.expr import Const, FreeKind, Global, RecordKind, RecordRef, Type
from sfoptlint.lang.apex.nodes import MethodInvocation


def setting(  # noqa: PLR0913, PLR0917 - a call is all of this
    run: Run, node: MethodInvocation, object_: str, name: str, arguments: list[Value], state: State
) -> Value | None:
    """Return what a method of a setting or a metadata type gives; None where it has no such method."""
    if name not in ("getinstance", "getorgdefaults", "getvalues", "getall"):
        return None
    source = run.terms.spelling(run.words(node).partition(".")[0])
    first = arguments[0] if arguments else None
    if name == "getall":
        return _all(run, node, source, state)
    if object_.endswith("__mdt"):
        return _metadata(run, node, source, first, state)
    if isinstance(first, Scalar) and isinstance(first.expr, Const):
        return _or_null(run, node, source, str(first.expr.value), state)
    if name == "getinstance" and _is_own(first):
        return run.kept(f"setting:{source}", RecordCell(source, Origin.GLOBAL, scope=f"$Setup.{source}"), state)
    if name == "getvalues" or not (first is None or _is_level(first)):
        return _or_null(run, node, source, run.words(node).partition("(")[2].rstrip(")"), state)
    return _row(run, node, source, "of the org" if first is None else run.words(node), state)


def _is_own(of: Value | None) -> bool:
    """Whether a setting is asked for as it applies to the running user."""
    return of is None or (isinstance(of, Scalar) and isinstance(of.expr, Global) and of.expr.name == "$User.Id")


def _is_level(of: Value) -> bool:
    """Whether a setting is asked for by a user, a profile or the org, which a hierarchy answers; by a name it may be missing."""
    return isinstance(of, Scalar) and isinstance(of.expr, Global)


def _all(run: Run, node: MethodInvocation, source: str, state: State) -> Value:
    at = run.place(node)
    place = run.again(f"{at.path}:{at.line}", f"all of {source}")
    row = state.new(RecordCell(source, Origin.ROW, RecordRef(RecordKind.ROW, place)))
    found = run.terms.free(place, Type.BOOLEAN, FreeKind.FOUND, at, f"{source} has a record")
    return state.new(MapCell((Entry(found, run.unknown_value(node, Type.TEXT, state), row),), more=True))


def _row(run: Run, node: MethodInvocation, source: str, which: str, state: State) -> Ref:
    """Return a record that is there, if only in memory: `getOrgDefaults` and `getInstance` are never null."""
    what = f"setting:{source}:{which}".casefold()
    name = run.lasting(what, Type.BOOLEAN, FreeKind.FOUND, node, f"{source} {which}").name
    return run.kept(what, RecordCell(source, Origin.ROW, RecordRef(RecordKind.ROW, name)), state)


def _or_null(run: Run, node: MethodInvocation, source: str, record: str, state: State) -> Value:
    found = run.lasting(
        f"setting:{source}:{record}".casefold(), Type.BOOLEAN, FreeKind.FOUND, node, f"{source} has a record {record}"
    )
    ref = run.kept(found.name, RecordCell(source, Origin.ROW, RecordRef(RecordKind.ROW, found.name)), state)
    return Either(found, ref, Scalar(run.terms.null))


def _metadata(run: Run, node: MethodInvocation, source: str, first: Value | None, state: State) -> Value:
    terms = run.terms
    if not (isinstance(first, Scalar) and isinstance(first.expr, Const)):
        return run.unknown_value(node, Type.UNKNOWN, state)
    name = str(first.expr.value)
    known = terms.objects.metadata_record(source.removesuffix("__mdt"), name)
    fields: dict[str, Value] = {}
    if known is not None:
        fields = {field.casefold(): Scalar(terms.const(value)) for field, value in known.values.items()}
    row = state.new(RecordCell(source, Origin.GLOBAL, scope=f"$CustomMetadata.{source}.{name}", fields=fields))
    if known is not None:
        return row
    text = f"there is no {source} {name}"
    return Either(run.lasting(text.casefold(), Type.BOOLEAN, FreeKind.CALL, node, text), Scalar(terms.null), row)
