"""Triggers: Apex Developer Guide, "Trigger Syntax"."""

from typing import Final

from sfoptlint.lang.apex.declarations import DeclarationParser
from sfoptlint.lang.apex.lexer import END, WORD
from sfoptlint.lang.apex.modifiers import ACCESS
from sfoptlint.lang.apex.nodes import Member, Statement, TriggerDeclaration, TriggerEvent

_TIMINGS: Final = frozenset(("before", "after"))
_TYPES: Final = frozenset(("class", "interface", "enum"))


class TriggerParser(DeclarationParser):
    """Reads triggers."""

    __slots__ = ()

    def trigger(self) -> TriggerDeclaration:
        """Read a trigger; `bulk` before its events is from early versions and means nothing any more."""
        start = self.starts[self.i]
        self.i += 1
        name_start = self.starts[self.i]
        name = self.name()
        self.expect("on")
        object_ = self.name()
        while self.accept("."):
            object_ += "." + self.name()
        self.accept("bulk")
        self.expect("(")
        events = [self._event()]
        while self.accept(","):
            events.append(self._event())
        self.expect(")")
        body = self._trigger_body()
        return TriggerDeclaration(start, self.end(), name, name_start, object_, tuple(events), body)

    def _event(self) -> TriggerEvent:
        start = self.starts[self.i]
        timing = self.words[self.i]
        if timing not in _TIMINGS:
            self.fail("expected 'before' or 'after'")
        self.i += 1
        return TriggerEvent(start, self.ends[self.i], timing, self.name().lower())

    def _trigger_body(self) -> tuple[Statement | Member, ...]:
        self.expect("{")
        found: list[Statement | Member] = []
        while not self.accept("}"):
            if self.kinds[self.i] == END:
                found.append(self.unclosed())
                break
            found.append(self.guarded_member() if self._declares_member() else self._bounded_statement())
        return tuple(found)

    def _bounded_statement(self) -> Statement:
        start, before = self.i, len(self.gaps)
        node = self.guarded()
        if self.too_deep(node):
            del self.gaps[before:]
            return self.gap(start, self.i, "a tree too deep to be walked", start)
        return node

    def _declares_member(self) -> bool:
        """Tell a method or a type from a statement: a trigger may declare both."""
        i = self.i
        word = self.words[i]
        if word in ACCESS or word == "@" or (word in _TYPES and self.kinds[i + 1] == WORD):
            return True
        return self.declares(i) and self.words[self.after_type(i) + 1] == "("
