"""Criteria items mean what the platform's help says, by an interpreter of their texts that knows nothing of expressions."""

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from sfoptlint.automation.criteria import CriteriaCompiler
from sfoptlint.automation.transition import newly
from sfoptlint.core.expr import Interner, Value
from sfoptlint.core.location import Position
from sfoptlint.evaluate.evaluator import evaluate
from sfoptlint.evaluate.world import World
from sfoptlint.metadata.criteria import Criteria, CriteriaItem
from sfoptlint.model.objects import Objects
from tests.memory_orgs import project
from tests.workflow_files import BOX, field

SETTINGS = settings(deadline=None)
OBJECTS = Objects(
    project(
        {
            f"objects/Contact/fields/{name}.field-meta.xml": field(name, type_, **more)
            for name, type_, more in (
                ("Level__c", "Text", {"length": 40}),
                ("Score__c", "Number", {"precision": 6, "scale": 1}),
                ("Share__c", "Percent", {"precision": 5, "scale": 1}),
                ("Topics__c", "MultiselectPicklist", {}),
                ("VIP__c", "Checkbox", {}),
            )
        }
    )
)
AT = Position(1, 1)
Record = Mapping[str, Value]
WORDS = ["Gold", "gold", "Old", "a, b", "News", ""]

texts = st.sampled_from(["Gold", "GOLD", "Marigold", "a, b", "b", "", None])
numbers = st.sampled_from([None, *map(Decimal, ("-1", "0", "5", "5.5", "1000"))])
records: st.SearchStrategy[Record] = st.fixed_dictionaries(
    {
        "Level__c": texts,
        "Score__c": numbers,
        "Share__c": numbers,
        "Topics__c": st.sampled_from([None, "News", "news;Offers", "Offers"]),
        "VIP__c": st.booleans(),
        BOX: st.booleans(),
        "Owner.Name": st.sampled_from(["Ann", "Bea", "Ann B."]),
        "OwnerId": st.just("005000000000001AAA"),
    }
)
text_items = st.tuples(
    st.sampled_from(["Level__c", "OwnerId"]),
    st.sampled_from(["equals", "notEqual", "contains", "notContain", "startsWith"]),
    st.sampled_from(["gold", "Gold,Ann", '"a, b"', '"a, b", old', "o", "ann, Bea", "B"]),
)
blank_items = st.tuples(
    st.sampled_from(["Level__c", "Score__c", "Topics__c"]), st.sampled_from(["equals", "notEqual"]), st.just("")
)
number_items = st.tuples(
    st.sampled_from(["Score__c", "Share__c"]),
    st.sampled_from(["equals", "notEqual", "lessThan", "lessOrEqual", "greaterThan", "greaterOrEqual"]),
    st.sampled_from(["0", "5", "5.5", "1,000", "-1"]),
)
choice_items = st.tuples(
    st.just("Topics__c"),
    st.sampled_from(["includes", "excludes"]),
    st.sampled_from(["News", "news;Offers", "Offers,x"]),
)
flag_items = st.tuples(
    st.sampled_from(["VIP__c", BOX]), st.sampled_from(["equals", "notEqual"]), st.sampled_from(["True", "False", "1"])
)
items = st.lists(text_items | blank_items | number_items | choice_items | flag_items, min_size=1, max_size=4)


@st.composite
def criteria(draw: st.DrawFn) -> Criteria:
    chosen = draw(items)
    numbers_ = [str(number + 1) for number in range(len(chosen))]
    logic = numbers_[0]
    for number in numbers_[1:]:
        logic = draw(st.sampled_from([f"{logic} AND {number}", f"({logic}) OR NOT {number}", f"{number} or ({logic})"]))
    found = tuple(CriteriaItem(f"Contact.{name}", operation, value, "", AT) for name, operation, value in chosen)
    return Criteria(found, draw(st.sampled_from(["", logic])), "", AT)


def meets(record: Record, asked: Criteria) -> bool:
    """Whether a record meets criteria, read from their text."""
    answers = [_item(record, item) for item in asked.items]
    if not asked.logic:
        return all(answers)
    words = asked.logic.replace("AND", "and").replace("OR", "or").replace("NOT", "not")
    for number in range(len(answers), 0, -1):
        words = words.replace(str(number), str(answers[number - 1]))
    return bool(eval(words, {"__builtins__": {}}))


def _item(record: Record, item: CriteriaItem) -> bool:
    negated = {"notEqual": "equals", "notContain": "contains", "excludes": "includes"}
    operation = negated.get(item.operation, item.operation)
    held = record["Owner.Name" if item.field == "Contact.OwnerId" else item.field.removeprefix("Contact.")]
    answer = _one(held, operation, item.value)
    return not answer if item.operation in negated else answer


def _one(held: Value, operation: str, value: str) -> bool:
    match held, operation:
        case _, "equals" if not value:
            return held is None or held == ""
        case bool(), _:
            return held is (value in ("True", "1"))
        case Decimal(), _:
            return _ordered(held, operation, Decimal(value.replace(",", "")))
        case None, _ if operation in ("lessThan", "lessOrEqual", "greaterThan", "greaterOrEqual"):
            return False
        case _, "includes":
            chosen = str(held or "").casefold().split(";")
            return any(one.strip().casefold() in chosen for part in value.split(",") for one in part.split(";"))
    text = str(held or "").casefold()
    alternatives = [one.casefold() for one in _alternatives(value)]
    if operation == "equals":
        return text in alternatives
    return any(one in text if operation == "contains" else text.startswith(one) for one in alternatives)


def _ordered(held: Decimal, operation: str, value: Decimal) -> bool:
    answers = {
        "equals": held == value,
        "lessThan": held < value,
        "lessOrEqual": held <= value,
        "greaterThan": held > value,
        "greaterOrEqual": held >= value,
    }
    return answers[operation]


def _alternatives(value: str) -> list[str]:
    """Split at commas outside quotation marks."""
    parts, quoted = [""], False
    for letter in value:
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


def world_of(after: Record, prior: Record) -> World:
    def paths(record: Record) -> dict[tuple[str, ...], Value]:
        return {tuple(name.split(".")): value for name, value in record.items()}

    return World(paths(after), paths(prior))


@SETTINGS
@given(criteria(), records, records)
def test_a_guard_is_what_its_items_say(asked: Criteria, after: Record, prior: Record) -> None:
    """A record meets the compiled guard where it meets the items, and newly where it did not before."""
    interner = Interner()
    met = CriteriaCompiler("Contact", OBJECTS, interner, BOX).met(asked, "w")
    assert not met.gaps
    world = world_of(after, prior)
    assert evaluate(met.guard, world) is meets(after, asked)
    started = newly(met.guard, OBJECTS.get("Contact"), interner)
    assert evaluate(started, world) is (meets(after, asked) and not meets(prior, asked))
