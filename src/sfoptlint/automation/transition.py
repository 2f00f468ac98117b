"""Whether a condition came to hold with the update: it holds now, and did not on the record as it was stored.

(Salesforce Help, "Workflow Rule Considerations": created, and any time it's edited to subsequently meet criteria.)
"""

from dataclasses import replace

from sfoptlint.core.expr import AFTER, PRIOR, Call, Expr, Field, Free, Interner, Primitive, nodes, substitute
from sfoptlint.core.logic import all_of, false, not_
from sfoptlint.core.opt_out import OPT_OUT_FIELD
from sfoptlint.core.schema import FieldSchema
from sfoptlint.decide.realm import is_volatile
from sfoptlint.model.objects import ObjectModel

_BOXES = frozenset(name.casefold() for name in OPT_OUT_FIELD.values())


def newly(guard: Expr, model: ObjectModel, interner: Interner) -> Expr:
    """Return the guard that the condition holds and did not before."""
    return all_of((guard, not_(stored(guard, model, interner), interner)), interner)


def stored(guard: Expr, model: ObjectModel, interner: Interner) -> Expr:
    """Return the condition, asked of the record as it was stored: nothing had changed there.

    A part that was not understood is as open there as it is here; it is the same part where it reads nothing that a save changes.
    """
    found: dict[Expr, Expr] = {}
    for node in nodes(guard):
        match node:
            case Field(record=record) if record == AFTER:
                found[node] = interner.field(PRIOR, node.path, node.type)
            case Call(op=Primitive.CHANGED | "ISNEW" | "ISCLONE"):
                found[node] = false(interner)
            case Free(reads=reads) if any(_moves(field, model) for field in reads):
                before = tuple(interner.field(PRIOR, field.path, field.type) for field in reads)
                found[node] = interner.free(replace(node, name=f"{node.name} (as stored)", reads=before))
    return substitute(guard, found, interner)


def _moves(field: Field, model: ObjectModel) -> bool:
    """Return whether the update may change what a field holds."""
    own = field.path[-1].casefold()
    return own in _BOXES or is_volatile(field.path, _OwnFields(model))


class _OwnFields:
    def __init__(self, model: ObjectModel) -> None:
        self._model = model

    def field(self, path: tuple[str, ...]) -> FieldSchema | None:
        return self._model.field(path[0]) if len(path) == 1 else None
