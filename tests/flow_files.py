"""Flow files for tests, written by functions that say what matters in them."""

from collections.abc import Mapping, Sequence

from tests.memory_orgs import document

BOX = "$Record.HasOptedOutOfEmail"


def flow(
    *parts: str, start: str, status: str | None = "Active", kind: str = "AutoLaunchedFlow", label: str = "Guard"
) -> str:
    """One version of a flow."""
    state = f"<status>{status}</status>" if status else ""
    return document("Flow", f"<label>{label}</label>", f"<processType>{kind}</processType>", state, start, *parts)


def start(
    first: str = "",
    *parts: str,
    object_: str = "Contact",
    trigger: str = "RecordAfterSave",
    saves: str = "Update",
    on_change: bool = False,
) -> str:
    """The start of a record-triggered flow."""
    about = f"<object>{object_}</object><recordTriggerType>{saves}</recordTriggerType>" if object_ else ""
    changed = (
        "<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria>" if on_change else ""
    )
    return f"<start>{connector(first)}{changed}{''.join(parts)}{about}<triggerType>{trigger}</triggerType></start>"


def connector(target: str, tag: str = "connector") -> str:
    return f"<{tag}><targetReference>{target}</targetReference></{tag}>" if target else ""


def value(given: object, tag: str = "value") -> str:
    """A value: a Boolean, a number, a text, or with `!` before it a name."""
    if isinstance(given, bool):
        return f"<{tag}><booleanValue>{str(given).lower()}</booleanValue></{tag}>"
    if isinstance(given, int | float):
        return f"<{tag}><numberValue>{given}</numberValue></{tag}>"
    if given is None:
        return ""
    text = str(given)
    kind, text = ("elementReference", text[1:]) if text.startswith("!") else ("stringValue", text)
    return f"<{tag}><{kind}>{text}</{kind}></{tag}>"


def filters(*conditions: tuple[str, str, object], logic: str = "and") -> str:
    """Filters of a start, a query or a write."""
    written = "".join(
        f"<filters><field>{field}</field><operator>{operator}</operator>{value(right)}</filters>"
        for field, operator, right in conditions
    )
    return f"<filterLogic>{logic}</filterLogic>{written}"


def element(tag: str, name: str, *parts: str, then: str = "", fault: str = "") -> str:
    """An element of any kind."""
    ways = connector(then) + connector(fault, "faultConnector")
    return f"<{tag}><name>{name}</name><label>{name.replace('_', ' ')}</label>{ways}{''.join(parts)}</{tag}>"


def decision(
    name: str, *outcomes: tuple[str, Sequence[tuple[str, str, object]], str], otherwise: str = "", logic: str = "and"
) -> str:
    """A decision: each outcome has its name, its conditions, and the element that it leads to."""
    rules = "".join(
        f"<rules><name>{outcome}</name><conditionLogic>{logic}</conditionLogic>"
        + "".join(
            f"<conditions><leftValueReference>{left}</leftValueReference><operator>{operator}</operator>"
            f"{value(right, 'rightValue')}</conditions>"
            for left, operator, right in conditions
        )
        + f"{connector(target)}<label>{outcome}</label></rules>"
        for outcome, conditions, target in outcomes
    )
    return f"<decisions><name>{name}</name><label>{name}</label>{connector(otherwise, 'defaultConnector')}{rules}</decisions>"


def assignment(name: str, *items: tuple[str, str, object], then: str = "") -> str:
    """An assignment of values to variables."""
    written = "".join(
        f"<assignmentItems><assignToReference>{target}</assignToReference><operator>{operator}</operator>"
        f"{value(given)}</assignmentItems>"
        for target, operator, given in items
    )
    return element("assignments", name, written, then=then)


def error(name: str = "Stop", then: str = "", field: str = "") -> str:
    """A custom error."""
    at = f"<fieldSelection>{field}</fieldSelection><isFieldError>true</isFieldError>" if field else ""
    message = f"<customErrorMessages><errorMessage>No</errorMessage>{at}</customErrorMessages>"
    return element("customErrors", name, message, then=then)


def update(
    name: str = "Save", *parts: str, reference: str = "", object_: str = "", then: str = "", fault: str = ""
) -> str:
    """A write to existing records: those of a variable, or those that filters find."""
    of = f"<inputReference>{reference}</inputReference>" if reference else f"<object>{object_}</object>"
    return element("recordUpdates", name, of, *parts, then=then, fault=fault)


def gives(fields: Mapping[str, object]) -> str:
    """The values that a write gives to fields."""
    return "".join(
        f"<inputAssignments><field>{field}</field>{value(given)}</inputAssignments>" for field, given in fields.items()
    )


def get(  # noqa: PLR0913 - a query has as many parts
    name: str,
    object_: str,
    *conditions: tuple[str, str, object],
    then: str = "",
    fault: str = "",
    first: bool = True,
    target: str = "",
) -> str:
    """A query."""
    to = (
        f"<outputReference>{target}</outputReference>"
        if target
        else "<storeOutputAutomatically>true</storeOutputAutomatically>"
    )
    only = f"<getFirstRecordOnly>{str(first).lower()}</getFirstRecordOnly>"
    return element(
        "recordLookups",
        name,
        "<assignNullValuesIfNoRecordsFound>true</assignNullValuesIfNoRecordsFound>",
        filters(*conditions),
        only,
        f"<object>{object_}</object>",
        to,
        then=then,
        fault=fault,
    )


def loop(name: str, collection: str, body: str, then: str = "") -> str:
    """A loop over a collection."""
    return (
        f"<loops><name>{name}</name><label>{name}</label><collectionReference>{collection}</collectionReference>"
        f"<iterationOrder>Asc</iterationOrder>{connector(body, 'nextValueConnector')}"
        f"{connector(then, 'noMoreValuesConnector')}</loops>"
    )


def call(  # noqa: PLR0913 - an action has as many parts
    name: str, target: str, inputs: Mapping[str, object], *, kind: str = "", then: str = "", fault: str = ""
) -> str:
    """A subflow, or with `kind` an action."""
    if kind:
        given = "".join(f"<inputParameters><name>{n}</name>{value(v)}</inputParameters>" for n, v in inputs.items())
        about = f"<actionName>{target}</actionName><actionType>{kind}</actionType>"
        return element("actionCalls", name, about, given, then=then, fault=fault)
    given = "".join(f"<inputAssignments><name>{n}</name>{value(v)}</inputAssignments>" for n, v in inputs.items())
    return element("subflows", name, f"<flowName>{target}</flowName>", given, then=then)


def variable(
    name: str, kind: str = "SObject", object_: str = "", *, collection: bool = False, given: object = None
) -> str:
    """A variable."""
    of = f"<objectType>{object_}</objectType>" if object_ else ""
    many = f"<isCollection>{str(collection).lower()}</isCollection><isInput>true</isInput><isOutput>true</isOutput>"
    return f"<variables><name>{name}</name><dataType>{kind}</dataType>{many}{of}{value(given)}</variables>"


def formula(name: str, text: str, kind: str = "Boolean") -> str:
    """A formula resource."""
    return f"<formulas><name>{name}</name><dataType>{kind}</dataType><expression>{text}</expression></formulas>"


def process(
    *parts: str, first: str, object_: str = "Contact", status: str | None = "Active", on: str = "onAllChanges"
) -> str:
    """A process of the Process Builder."""
    about = "".join(
        f"<processMetadataValues><name>{name}</name>{value(given)}</processMetadataValues>"
        for name, given in (
            ("ObjectType", object_),
            ("ObjectVariable", "!myVariable_current"),
            ("OldObjectVariable", "!myVariable_old"),
            ("TriggerType", on),
        )
    )
    variables = variable("myVariable_current", object_=object_) + variable("myVariable_old", object_=object_)
    begin = f"<startElementReference>{first}</startElementReference>"
    return flow(about, variables, *parts, start=begin, status=status, kind="Workflow")
