"""The syntax tree of SOQL and SOSL: SOQL and SOSL Reference, "SOQL SELECT Syntax" and "SOSL Syntax"."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A part of the text from offset `start` up to, but without, `end`.

    `kind` is the name that the tree-sitter-sfapex grammar has for the construct. Names keep the source's case.
    """

    kind: ClassVar[str] = "node"
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Unparsed(Node):
    """A query that is not what the grammar asks for: the whole of it, why, and the offset `at` where it broke."""

    kind: ClassVar[str] = "ERROR"
    reason: str
    at: int


class LiteralType(StrEnum):
    """What a literal is, by the grammar's name."""

    TEXT = "string_literal"
    INTEGER = "int"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    NULL = "null_literal"
    DATE = "date"
    DATE_TIME = "date_time"
    DATE_WORD = "date_literal"
    """`TODAY`, `LAST_MONTH`, ..: "Date Formats and Date Literals in WHERE"."""
    DATE_FUNCTION = "date_literal_with_param"
    CURRENCY = "currency_literal"


@dataclass(frozen=True, slots=True, eq=False)
class Literal(Node):
    """A constant; `text` is as written, for a text what stands between the quotes with the escapes as they are."""

    kind: ClassVar[str] = "literal"
    type: LiteralType
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Bind(Node):
    """`:expression`, an expression of Apex; the span starts at the colon."""

    kind: ClassVar[str] = "bound_apex_expression"


@dataclass(frozen=True, slots=True, eq=False)
class FieldName(Node):
    """A field, through relationships or not: `Account.Owner.Name` has three names."""

    kind: ClassVar[str] = "field_identifier"
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """The dotted name."""
        return ".".join(self.names)


@dataclass(frozen=True, slots=True, eq=False)
class FunctionCall(Node):
    """An aggregate, date or conversion function, `GEOLOCATION`, `ROLLUP`; `COUNT()` has no argument."""

    kind: ClassVar[str] = "function_expression"
    name: str
    arguments: tuple["Operand", ...]


Operand = FieldName | FunctionCall | Literal | Bind


@dataclass(frozen=True, slots=True, eq=False)
class FieldsCall(Node):
    """`FIELDS(ALL)`, `FIELDS(CUSTOM)`, `FIELDS(STANDARD)`; `which` is in upper case."""

    kind: ClassVar[str] = "fields_expression"
    which: str


@dataclass(frozen=True, slots=True, eq=False)
class ListValue(Node):
    """`(a, b)` behind `IN`, `NOT IN`, `INCLUDES` or `EXCLUDES`."""

    kind: ClassVar[str] = "comparable_list"
    values: tuple[Literal | Bind, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison(Node):
    """`left operator right`; the operator is in lower case, with one blank in `not in` and none in `>=`."""

    kind: ClassVar[str] = "comparison_expression"
    left: Operand
    operator: str
    right: "Literal | Bind | ListValue | Subquery"


@dataclass(frozen=True, slots=True, eq=False)
class And(Node):
    """Conditions that must all hold."""

    kind: ClassVar[str] = "and_expression"
    operands: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Or(Node):
    """Conditions of which one must hold."""

    kind: ClassVar[str] = "or_expression"
    operands: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Not(Node):
    """A condition that must not hold."""

    kind: ClassVar[str] = "not_expression"
    operand: "Condition"


Condition = And | Or | Not | Comparison


@dataclass(frozen=True, slots=True, eq=False)
class TypeOfBranch(Node):
    """`WHEN object THEN fields`; `object` is empty for `ELSE`."""

    kind: ClassVar[str] = "when_expression"
    object: str
    fields: tuple[FieldName, ...]


@dataclass(frozen=True, slots=True, eq=False)
class TypeOf(Node):
    """`TYPEOF field WHEN .. ELSE .. END`: the fields of a polymorphic relationship."""

    kind: ClassVar[str] = "type_of_clause"
    field: FieldName
    branches: tuple[TypeOfBranch, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Subquery(Node):
    """A query in parentheses: child rows in SELECT, a semi-join behind `IN`."""

    kind: ClassVar[str] = "subquery"
    query: "SoqlQuery"


@dataclass(frozen=True, slots=True, eq=False)
class Selected(Node):
    """One entry of SELECT; `alias` is empty where it has none."""

    kind: ClassVar[str] = "alias_expression"
    value: FieldName | FunctionCall | FieldsCall | TypeOf | Subquery
    alias: str


@dataclass(frozen=True, slots=True, eq=False)
class Source(Node):
    """One object of FROM, or the relationship that a subquery reads; `alias` is empty where it has none."""

    kind: ClassVar[str] = "storage_identifier"
    names: tuple[str, ...]
    alias: str

    @property
    def name(self) -> str:
        """The dotted name."""
        return ".".join(self.names)


@dataclass(frozen=True, slots=True, eq=False)
class Ordering(Node):
    """One entry of ORDER BY; `nulls` is `first`, `last` or empty."""

    kind: ClassVar[str] = "order_expression"
    value: Operand
    descending: bool
    nulls: str


@dataclass(frozen=True, slots=True, eq=False)
class With(Node):
    """`WITH ..`; `mode` is its first word in lower case: `user_mode`, `security_enforced`, `data`, .."""

    kind: ClassVar[str] = "with_clause"
    mode: str


@dataclass(frozen=True, slots=True, eq=False)
class SoqlQuery(Node):
    """A SOQL query; a clause that is not there is None or empty, words are in lower case."""

    kind: ClassVar[str] = "soql_query_body"
    select: tuple[Selected, ...]
    sources: tuple[Source, ...]
    scope: str
    where: Condition | None
    withs: tuple[With, ...]
    group_by: tuple[Operand, ...]
    having: Condition | None
    order_by: tuple[Ordering, ...]
    limit: Literal | Bind | None
    offset: Literal | Bind | None
    purposes: tuple[str, ...]
    """The words behind FOR and UPDATE: `view`, `reference`, `update`, `tracking`, `viewstat`."""
    all_rows: bool


@dataclass(frozen=True, slots=True, eq=False)
class Returning(Node):
    """One object of RETURNING, with what is asked of it."""

    kind: ClassVar[str] = "sobject_return"
    object: str
    select: tuple[Selected, ...]
    where: Condition | None
    order_by: tuple[Ordering, ...]
    limit: Literal | Bind | None
    offset: Literal | Bind | None


@dataclass(frozen=True, slots=True, eq=False)
class SoslQuery(Node):
    """A SOSL query; `group` is the word between IN and FIELDS in lower case, or empty."""

    kind: ClassVar[str] = "sosl_query_body"
    term: Literal | Bind
    group: str
    returning: tuple[Returning, ...]
    withs: tuple[With, ...]
    limit: Literal | Bind | None
    offset: Literal | Bind | None


Query = SoqlQuery | SoslQuery
