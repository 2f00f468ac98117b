"""Where a walk stands: in which event, method and rounds of loops, and on which way it came there."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sfoptlint.automation.apex.codebase import Codebase
from sfoptlint.automation.apex.frames import Event, Frame
from sfoptlint.automation.apex.naming import AtomNames, Names
from sfoptlint.automation.apex.store import Key
from sfoptlint.automation.apex.terms import Terms
from sfoptlint.automation.apex.values import ClassValue, ListCell, MapCell, Scalar, Token, Value
from sfoptlint.automation.automation import Step, Timing
from sfoptlint.core.expr import Const
from sfoptlint.core.location import Place
from sfoptlint.core.outcome import Context
from sfoptlint.lang.apex.nodes import Node, TypeName


class Around:
    """What is around the place where a walk stands."""

    def __init__(
        self, codebase: Codebase, terms: Terms, context: Context, names: AtomNames | None, *, company: bool
    ) -> None:
        self.codebase = codebase
        self.terms = terms
        self.context = context
        self.company = company
        """Whether the chunk is walked as three records; else one record stands for all of them."""
        self.event = Event("", "")
        self.frames: list[Frame] = []
        self.outer: frozenset[str] = frozenset()
        """The numbers of the methods that wait for a save which they started."""
        self.steps: list[Step] = []
        self.chunk_loops = 0
        self.rounds: list[int] = []
        """Of each loop around: which of all rounds so far this one is."""
        self.row_rounds: list[int] = []
        """The same of loops alone that go round so often as nobody knows."""
        self._rounds = 0
        self.loops: list[Place] = []
        """The loops around."""
        self.gone_round: Counter[Place] = Counter()
        """How many rounds each loop went, of all times that it was met."""
        self.trials: list[str] = []
        """The loops of which a round is walked on trial: the earliest of their rounds."""
        self.statement: Node | None = None
        """The call that is a statement of its own, if that is what is being walked."""
        self.timing = Timing.NOW
        self.names = names or Names()
        self.trail = self.names.trail()
        self.declared: dict[Key, TypeName] = {}

    @property
    def frame(self) -> Frame:
        """The method that is being walked."""
        return self.frames[-1]

    @property
    def alive(self) -> frozenset[str]:
        """The numbers of the methods that are being walked, those of a save that another one started in its midst too."""
        return self.outer | {frame.id for frame in self.frames}

    @property
    def batch(self) -> bool:
        """Whether the sync saves as a batch job."""
        return self.context is Context.BATCH

    def place(self, node: Node) -> Place:
        """Return where a node of the current file stands."""
        return self.frame.file.place(node)

    def words(self, node: Node) -> str:
        """Return the source of a node of the current file."""
        return self.frame.file.words(node)

    def for_each(self, keys: Iterable[Value]) -> bool:
        """Whether what is put by these keys is one for each record of the chunk; a literal is the same for all of them."""
        known = [
            isinstance(key, Token | ClassValue) or (isinstance(key, Scalar) and isinstance(key.expr, Const))
            for key in keys
        ]
        return bool(self.chunk_loops) and not (known and all(known))

    @contextmanager
    def round(self, node: Node, *, rows: bool = False) -> Iterator[None]:
        """Go round a loop once; `rows`: nobody knows how often it goes round."""
        at = self.place(node)
        self._rounds += 1
        self.gone_round[at] += 1
        around = self.row_rounds
        self.rounds.append(self._rounds)
        self.loops.append(at)
        if rows:
            self.row_rounds = [*around, self._rounds]
        try:
            yield
        finally:
            self.rounds.pop()
            self.loops.pop()
            self.row_rounds = around

    @property
    def round_of_making(self) -> int:
        """How many rounds were begun when a collection is made within a loop of unknown end; else 0."""
        return self._rounds if self.row_rounds else 0

    def is_added_to_again(self, cell: ListCell | MapCell) -> bool:
        """Whether other rounds of a loop add to a collection, too: not where it was made in this round."""
        return bool(self.row_rounds) and cell.made < self.row_rounds[-1]

    def loop(self, node: Node) -> str:
        """Return the name of a loop."""
        at = self.place(node)
        return f"{at.path}:{at.line}:{at.column}"

    @contextmanager
    def trial(self, node: Node) -> Iterator[None]:
        """Go round a loop on trial."""
        self.trials.append(self.loop(node))
        try:
            yield
        finally:
            self.trials.pop()

    @contextmanager
    def stepping(self, at: Place, words: str) -> Iterator[None]:
        """Go a step further on the way that a finding shows."""
        self.steps.append(Step(at, words))
        try:
            yield
        finally:
            self.steps.pop()

    def again(self, name: str, what: str, *, spot: str = "") -> str:
        """Return the name of an atom; another one of the same place gets a number, for answers go by place.

        `spot` says where it is asked, where the name depends on what is known there.
        """
        way = (self.event.timing, self.company, spot or name, self.trail.at(self.steps))
        return self.names.of(way, name, what)
