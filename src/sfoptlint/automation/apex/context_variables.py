"""What a trigger is told of a save: the new and the old records, in lists and by Id.

Apex Developer Guide, "Trigger Context Variables".
"""

from sfoptlint.automation.apex.comparing import OTHERS
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.values import Entry, Item, ListCell, MapCell, Origin, RecordCell, Ref, Scalar, Value
from sfoptlint.core.expr import Type


def context(run: Run, state: State, object_: str) -> None:
    """Set the context variables of one event; the record keeps what the code before set in it."""
    terms = run.terms
    record = state.store.get(("trigger", "record"))
    if not isinstance(record, Ref):
        record = state.new(RecordCell(object_, Origin.NEW))
        state.store["trigger", "record"] = record
        state.store["trigger", "stored"] = state.new(RecordCell(object_, Origin.OLD))
    stored = state.store["trigger", "stored"]
    assert isinstance(stored, Ref)
    own = Scalar(terms.saved_id())
    others = _others(run, state, object_) if run.company else ()
    for name, ref, beside in (("new", record, [o[1] for o in others]), ("old", stored, [o[2] for o in others])):
        refs = [*beside[:1], ref, *beside[1:]]  # one that comes before it, and one that comes after it
        ids = [*(o[0] for o in others[:1]), own, *(o[0] for o in others[1:])]
        items = tuple(Item(terms.true, one) for one in refs)
        entries = tuple(Entry(terms.true, id_, one) for id_, one in zip(ids, refs, strict=True))
        state.store["trigger", name] = state.new(ListCell(items, chunked=not run.company))
        state.store["trigger", f"{name}map"] = state.new(MapCell(entries, chunked=not run.company))


def _others(run: Run, state: State, object_: str) -> list[tuple[Value, Ref, Ref]]:
    """Return the Id, the new and the old record of those that share the chunk; they keep what the code before set in them."""
    found: list[tuple[Value, Ref, Ref]] = []
    for ref in OTHERS:
        known = [state.store.get(("trigger", f"{origin} {ref.key}")) for origin in (Origin.NEW, Origin.OLD)]
        if not isinstance(known[0], Ref):
            known = [state.new(RecordCell(object_, origin, ref)) for origin in (Origin.NEW, Origin.OLD)]
            for origin, made in zip((Origin.NEW, Origin.OLD), known, strict=True):
                assert isinstance(made, Ref)
                state.store["trigger", f"{origin} {ref.key}"] = made
        new, old = known
        assert isinstance(new, Ref)
        assert isinstance(old, Ref)
        found.append((Scalar(run.terms.interner.field(ref, ("Id",), Type.TEXT)), new, old))
    return found
