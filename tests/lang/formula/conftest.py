from collections.abc import Callable

import pytest

from sfoptlint.core.expr import AFTER, Call, Const, Expr, Field, Free, Global, Interner, Type
from sfoptlint.core.location import Place
from sfoptlint.lang.formula.building import percent
from sfoptlint.lang.formula.catalogue import Context
from sfoptlint.lang.formula.lower import lower
from sfoptlint.lang.formula.nodes import Span
from sfoptlint.lang.formula.parser import parse
from sfoptlint.lang.formula.resolver import BlankMode, Lowered, Source

FIELDS = {
    "Name": Type.TEXT,
    "Amount": Type.NUMBER,
    "Due": Type.DATE,
    "Seen": Type.DATETIME,
    "Flag": Type.BOOLEAN,
    "Mystery": Type.UNKNOWN,
    "Riddle": Type.UNKNOWN,
}


class Names:
    """Fields of one record, `Rate` a percent field, `Late` a formula field that may be blank, `$User` known."""

    def __init__(self, interner: Interner) -> None:
        self.interner = interner

    def resolve(self, path: tuple[str, ...], span: Span) -> Expr | None:
        name = ".".join(path).removeprefix("$Record.")
        if name == "Rate":
            return percent(self.interner.field(AFTER, path, Type.NUMBER), self.interner)
        if name == "Late":
            due = self.interner.field(AFTER, ("Due",), Type.DATE)
            return self.interner.call(">", (self.interner.call("TODAY", (), Type.DATE), due), Type.BOOLEAN)
        if name.startswith("$User."):
            return self.interner.global_(name, Type.TEXT)
        return self.interner.field(AFTER, tuple(name.split(".")), FIELDS[name]) if name in FIELDS else None


@pytest.fixture
def lowered() -> Callable[..., Lowered]:
    def run(text: str, blanks: BlankMode = BlankMode.BLANK, context: Context | None = None) -> Lowered:
        interner = Interner()
        return lower(parse(text), Source(text, Place("rule.xml", 5, 20), blanks, context), Names(interner), interner)

    return run


def written(expr: Expr) -> str:
    """The expression as nested calls, so that a test reads like what it checks."""
    match expr:
        case Const(value=value):
            return repr(value) if isinstance(value, str) else str(value)
        case Field(record=record, path=path):
            return f"{record.kind}.{'.'.join(path)}"
        case Global(name=name):
            return name
        case Free(name=name):
            return f"free({name})"
        case Call(op=op, args=args):
            return f"{op}({', '.join(map(written, args))})"


@pytest.fixture
def core(lowered: Callable[..., Lowered]) -> Callable[..., str]:
    def run(text: str, blanks: BlankMode = BlankMode.BLANK) -> str:
        return written(lowered(text, blanks).expr)

    return run
