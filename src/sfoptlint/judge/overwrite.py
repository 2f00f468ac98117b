"""Whether an automation that no update of the object starts writes the box of its records."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sfoptlint.automation.automation import Effect, Overwrite, Unknown
from sfoptlint.core.expr import Call, Expr, Field, Free, FreeKind, Primitive, RecordKind, RecordRef, Type, nodes
from sfoptlint.core.expr import substitute as replaced
from sfoptlint.core.logic import all_of, not_
from sfoptlint.core.verdict import Verdict
from sfoptlint.decide import Decision
from sfoptlint.judge.harm import NOTHING, Asking, Harm
from sfoptlint.lang.formula.building import truth

_STARTED_BY = {
    RecordKind.AFTER: RecordRef(RecordKind.ROW, "saved"),
    RecordKind.PRIOR: RecordRef(RecordKind.ROW, "stored"),
}
_ABOUT_ITS_SAVE = frozenset({"ISNEW", "ISCLONE", Primitive.CHANGED})


def overwrites(asking: Asking, effects: Iterable[Effect]) -> Harm:
    """Say whether one of the effects can give the box the value that this direction does not ask for.

    The verdict is `always` where a writer takes every record and no free condition stands before it.
    """
    axioms = tuple(_of_another_save(axiom, asking) for axiom in asking.automation.axioms)
    if asking.automation.idle:
        return Harm(Decision(Verdict.NEVER, asking.automation.idle))
    found = list(_decided(replace(asking, automation=replace(asking.automation, axioms=axioms)), effects))
    for wanted in (Verdict.ALWAYS, Verdict.SOMETIMES, Verdict.UNKNOWN):
        for harm in found:
            if harm.decision.verdict is wanted:
                return harm
    return Harm(Decision(Verdict.NEVER, f"{NOTHING.capitalize()}." if not found else "It never writes that value."))


def _decided(asking: Asking, effects: Iterable[Effect]) -> Iterator[Harm]:
    for effect in effects:
        if isinstance(effect.do, Unknown):
            met = asking.decide(_of_another_save(effect.guard, asking))
            if met.verdict is not Verdict.NEVER:
                yield Harm(Decision(Verdict.UNKNOWN, effect.do.reason), effect, effect.guard)
            continue
        assert isinstance(effect.do, Overwrite)
        written = truth(effect.do.value, asking.interner)
        harmful = not_(written, asking.interner) if asking.scenario.after else written
        guard = _of_another_save(all_of((effect.guard, harmful), asking.interner), asking)
        decision = asking.decide(guard)
        if decision.verdict is Verdict.ALWAYS and not effect.do.everyone:
            decision = replace(decision, verdict=Verdict.SOMETIMES, reason="It takes some records, and others not.")
        yield Harm(decision, effect, guard)


def _of_another_save(guard: Expr, asking: Asking) -> Expr:
    """Return the guard with the record that is saved, and how it is saved, taken as free: any save may start this."""
    interner = asking.interner
    found: dict[Expr, Expr] = {}
    for node in nodes(guard):
        match node:
            case Field(record=record, path=path, type=type_) if record.kind in _STARTED_BY:
                found[node] = interner.field(_STARTED_BY[record.kind], path, type_)
            case Call(op=op) if op in _ABOUT_ITS_SAVE:
                name = f"{op} {_named(node)}".strip()
                found[node] = interner.free(Free(name, Type.BOOLEAN, FreeKind.OTHER, asking.automation.at, name))
            case Free(reads=reads) if reads:
                found[node] = interner.free(replace(node, name=f"{node.name} elsewhere", reads=()))
    return replaced(guard, found, interner)


def _named(node: Call) -> str:
    return ", ".join(".".join(arg.path) for arg in node.args if isinstance(arg, Field))
