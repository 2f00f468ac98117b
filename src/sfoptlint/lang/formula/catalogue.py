"""Every function that the platform documents: what it takes, what it gives, and where it is allowed.

Names and arguments are those of Salesforce Help, "Formula Operators and Functions by Context" and the page of each
function; `IN`, `IFS`, `SUBSTR`, `JSONVALUE` and `JSONPATHVALUE` are those of the open formula engine.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sfoptlint.core.expr import Type


class Context(StrEnum):
    """The kind of formula: the platform allows some functions only in some of them."""

    VALIDATION_RULE = "validation rule"
    WORKFLOW = "workflow rule or field update"
    FORMULA_FIELD = "formula field"
    FLOW = "flow"
    RECORD_FLOW = "record-triggered flow"


_ALL: Final = frozenset(Context)
_NONE: Final[frozenset[Context]] = frozenset()
_CHANGE: Final = frozenset({Context.VALIDATION_RULE, Context.WORKFLOW, Context.RECORD_FLOW})
_NOT_FLOW: Final = _ALL - {Context.FLOW, Context.RECORD_FLOW}


@dataclass(frozen=True, slots=True)
class Function:
    """A function: the least and the greatest number of arguments (`None`: any), its result and its contexts.

    `result` is UNKNOWN where the arguments decide it.
    """

    name: str
    least: int
    most: int | None
    result: Type
    contexts: frozenset[Context] = _ALL


_TYPES: Final = MappingProxyType(
    {
        "boolean": Type.BOOLEAN,
        "number": Type.NUMBER,
        "text": Type.TEXT,
        "date": Type.DATE,
        "datetime": Type.DATETIME,
        "time": Type.TIME,
        "location": Type.LOCATION,
        "any": Type.UNKNOWN,
    }
)

# One line a result type: a name, then its number of arguments, "2", "1-2" or "1+".
_SIGNATURES: Final = """
boolean AND 1+  OR 1+  NOT 1  ISBLANK 1  ISNULL 1  ISNUMBER 1  BEGINS 2  CONTAINS 2  INCLUDES 2  ISPICKVAL 2  IN 2+
boolean REGEX 2  ISCHANGED 1  ISNEW 0  ISCLONE 0
any IF 3  IFS 3+  CASE 4+  BLANKVALUE 2  NULLVALUE 2  IFERROR 2  PRIORVALUE 1  ADDMONTHS 2  VLOOKUP 3
any PARENTGROUPVAL 2-3  PREVGROUPVAL 2-3  GETRECORDIDS 1
number ABS 1  CEILING 1  EXP 1  FLOOR 1  LN 1  LOG 1  MAX 1+  MCEILING 1  MFLOOR 1  MIN 1+  MOD 2  PI 0  ROUND 2
number SQRT 1  TRUNC 1-2  SIN 1  COS 1  TAN 1  ASIN 1  ACOS 1  ATAN 1  ATAN2 2  CURRENCYRATE 1  DISTANCE 3
number PICKLISTCOUNT 1  FIND 2-3  LEN 1  VALUE 1  ASCII 1  DAY 1  DAYOFYEAR 1  HOUR 1  ISOWEEK 1  ISOYEAR 1
number MILLISECOND 1  MINUTE 1  MONTH 1  SECOND 1  UNIXTIMESTAMP 1  WEEKDAY 1  YEAR 1
location GEOLOCATION 2
text BR 0  CASESAFEID 1  CHR 1  FORMATCURRENCY 2  FORMATDURATION 1-2  GETSESSIONID 0  HTMLENCODE 1  HYPERLINK 2-3
text IMAGE 2-4  INITCAP 1  JSENCODE 1  JSINHTMLENCODE 1  JSONVALUE 2  JSONPATHVALUE 2  LEFT 2  LOWER 1-2  LPAD 2-3
text MID 3  REVERSE 1  RIGHT 2  RPAD 2-3  SUBSTITUTE 3  SUBSTR 2-3  TEXT 1  TRIM 1  UNICODENORMALIZE 1-2  UPPER 1-2
text URLENCODE 1  INCLUDE 1-2  LINKTO 2-5  REQUIRESCRIPT 1
date DATE 3  DATEVALUE 1  TODAY 0
datetime DATETIMEVALUE 1  FROMUNIXTIME 1  NOW 0
time TIMENOW 0  TIMEVALUE 1
"""

# Where the platform's pages restrict a function; what no record's save evaluates (reports, buttons) is allowed nowhere.
_CONTEXTS: Final = MappingProxyType(
    {
        "ISCHANGED": _CHANGE,
        "ISCLONE": _CHANGE,
        "ISNEW": _CHANGE,
        "PRIORVALUE": _CHANGE,
        "REGEX": _ALL - {Context.FORMULA_FIELD},
        "VLOOKUP": frozenset({Context.VALIDATION_RULE}),
        "IMAGE": _NOT_FLOW,
        "GETSESSIONID": _ALL - {Context.VALIDATION_RULE},
        "GETRECORDIDS": _NONE,
        "INCLUDE": _NONE,
        "LINKTO": _NONE,
        "PARENTGROUPVAL": _NONE,
        "PREVGROUPVAL": _NONE,
        "REQUIRESCRIPT": _NONE,
    }
)


def _catalogue() -> dict[str, Function]:
    functions: dict[str, Function] = {}
    for line in _SIGNATURES.split("\n"):
        result, *words = line.split() or [""]
        for name, count in zip(words[::2], words[1::2], strict=True):
            least, _, most = count.rstrip("+").partition("-")
            limit = None if count.endswith("+") else int(most or least)
            functions[name] = Function(name, int(least), limit, _TYPES[result], _CONTEXTS.get(name, _ALL))
    return functions


FUNCTIONS: Final = MappingProxyType(_catalogue())
"""Every documented function by its name in capitals."""
