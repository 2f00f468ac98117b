"""Operators and how tightly they bind: Apex Developer Guide, "Expression Operators" and "Operator Precedence"."""

from collections.abc import Mapping
from typing import Final

PRECEDENCE: Final[Mapping[str, int]] = {
    operator: level
    for level, operators in enumerate(
        ("??", "||", "&&", "|", "^", "&", "== === != !== <>", "< <= > >= instanceof", "<< >> >>>", "+ -", "* / %"),
        start=1,
    )
    for operator in operators.split()
}
ASSIGNMENT: Final = frozenset(("=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", ">>>="))
CLOSING: Final = frozenset((";", ")", ",", "]", "}", ":"))
"""What ends most expressions: nothing more needs to be asked there."""
