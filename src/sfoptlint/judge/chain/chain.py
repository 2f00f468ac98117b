"""A chain as its rules see it."""

from dataclasses import dataclass

from sfoptlint.core.finding import Related
from sfoptlint.core.location import Place
from sfoptlint.core.verdict import ComponentId, Direction, Row


@dataclass(frozen=True, slots=True)
class Link:
    """An automation that leaves fields for the next one; `at` is where it writes them."""

    component: ComponentId
    fields: str
    at: Place


@dataclass(frozen=True, slots=True)
class Chain:
    """Automations that lose an opt-out together: `links` in the order of the save, and then the one that `row` speaks of.

    The row is about the chain: alone, its artefact is harmless to the record of the witness. `at` is what loses the opt-out.
    """

    links: tuple[Link, ...]
    row: Row
    at: Place
    directions: tuple[Direction, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The one row."""
        return (self.row,)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same chain in both directions."""
        return (*(link.component for link in self.links), self.row.artifact, self.row.effect)

    @property
    def words(self) -> str:
        """The automations and what they leave, up to the last one: `Mark sets Marker__c, then No_Marker`."""
        links = ", ".join(f"{link.component.full_name} sets {link.fields}" for link in self.links)
        return f"{links}, then {self.row.artifact.full_name}"

    @property
    def related(self) -> tuple[Related, ...]:
        """Where each of them stands."""
        return tuple(Related(link.at, f"{link.component} sets {link.fields}") for link in self.links)
