"""What the platform refuses of the values that a trigger leaves in its record before the save."""

from functools import partial

from sfoptlint.automation.apex.left import fields_left
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.system_checks import refused
from sfoptlint.core.expr import FreeKind
from sfoptlint.lang.apex.nodes import Node


def refuse(run: Run, node: Node, state: State) -> None:
    """Reject what a restricted picklist or a unique field does not take, for the trigger that `node` is."""
    model = run.terms.objects.get(run.event.object)
    for name, value in fields_left(state, run.terms).items():
        schema = model.field(name)
        if schema is None:
            continue
        said = f"another record has the value that {schema.name} gets"
        taken = partial(run.free_flag, node, FreeKind.FAILS, said, f":{schema.name}")
        for when, block in refused(schema, value, taken, run.terms.interner):
            run.emit(state, block, run.place(node), when=when)
