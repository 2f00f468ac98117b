"""The walk: statements, one after the other, with the ways out of them (Apex Developer Guide, "Control Flow Statements")."""

from sfoptlint.automation.apex import calls, constructors, expressions
from sfoptlint.automation.apex.codebase import ApexType
from sfoptlint.automation.apex.conversion import converted
from sfoptlint.automation.apex.exceptions import attempt, thrown
from sfoptlint.automation.apex.expressions import truth
from sfoptlint.automation.apex.frames import Exits
from sfoptlint.automation.apex.joining import join
from sfoptlint.automation.apex.loops import counted, each, repeated
from sfoptlint.automation.apex.names import forget, local
from sfoptlint.automation.apex.run import Run
from sfoptlint.automation.apex.state import State
from sfoptlint.automation.apex.switches import switch
from sfoptlint.automation.apex.values import Ref, Scalar, Value
from sfoptlint.core.expr import Expr
from sfoptlint.lang.apex.nodes import (
    Block,
    BreakStatement,
    ContinueStatement,
    DoStatement,
    EnhancedForStatement,
    Expression,
    ExpressionStatement,
    ForStatement,
    IfStatement,
    LocalVariableDeclaration,
    MethodDeclaration,
    Node,
    ReturnStatement,
    RunAsStatement,
    Statement,
    SwitchStatement,
    ThrowStatement,
    TryStatement,
    Unparsed,
    WhileStatement,
)


class Walk(Run):
    """A run with all its parts."""

    def evaluate(self, node: Expression, state: State) -> Value:
        """Return what an expression is worth."""
        return expressions.evaluate(self, node, state)

    def invoke(  # noqa: PLR0913, PLR0917 - a call is all of this
        self,
        type_: ApexType,
        method: MethodDeclaration,
        this: Ref | None,
        arguments: list[Value],
        state: State,
        at: Node,
    ) -> Value:
        """Walk a method of the tree."""
        return calls.invoke(self, type_, method, this, arguments, state, at)

    def construct(self, type_: ApexType, arguments: list[Value], state: State, node: Node) -> Ref:
        """Make an object."""
        return constructors.construct(self, type_, arguments, state, node)

    def execute(self, node: Statement, state: State, exits: Exits) -> None:  # noqa: C901, PLR0912 - one arm for each kind
        """Walk a statement."""
        if state.dead:
            return
        self.step()
        match node:
            case Block(statements=statements):
                for statement in statements:
                    self.execute(statement, state, exits)
                forget(self, statements, state)
            case ExpressionStatement(expression=expression):
                self.statement = expression
                self.evaluate(expression, state)
            case IfStatement():
                _if(self, node, state, exits)
            case LocalVariableDeclaration():
                _declared(self, node, state)
            case ReturnStatement(value=value):
                result = self.evaluate(value, state) if value is not None else Scalar(self.terms.null)
                if not state.dead:
                    exits.returns.append((state.fork(), result))
                    state.kill()
            case EnhancedForStatement():
                each(self, node, state, exits)
            case ForStatement():
                counted(self, node, state, exits)
            case WhileStatement() | DoStatement():
                repeated(self, node, state, exits)
            case TryStatement():
                attempt(self, node, state, exits)
            case ThrowStatement():
                thrown(self, node, state)
            case SwitchStatement():
                switch(self, node, state, exits)
            case BreakStatement():
                exits.breaks.append(state.fork())
                state.kill()
            case ContinueStatement():
                exits.continues.append(state.fork())
                state.kill()
            case RunAsStatement(body=body):
                self.execute(body, state, exits)
            case Unparsed(reason=reason):
                self.unknown(state, f"a statement could not be read: {reason}", self.place(node))


def _if(run: Run, node: IfStatement, state: State, exits: Exits) -> None:
    ends: list[State] = []
    for branch in node.branches:
        condition: Expr = state.known(truth(run, branch.condition, state))
        if state.dead:
            break
        if condition is run.terms.false:
            continue
        if condition is run.terms.true:
            run.execute(branch.body, state, exits)
            join(state, *ends)
            return
        inside = state.fork()
        inside.assume(condition)
        run.execute(branch.body, inside, exits)
        ends.append(inside)
        state.assume(run.terms.no(condition))
    if node.alternative is not None:
        run.execute(node.alternative, state, exits)
    join(state, *ends)


def _declared(run: Run, node: LocalVariableDeclaration, state: State) -> None:
    for declarator in node.declarators:
        key = local(run, declarator.name)
        run.declared[key] = node.type
        value: Value = Scalar(run.terms.null)
        if declarator.value is not None:
            value = converted(run, run.evaluate(declarator.value, state), node.type, declarator.value, state)
        state.store[key] = value
