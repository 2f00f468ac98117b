"""What automations ask of the org's other records while one of them is saved."""

from sfoptlint.core.witness import Answer, Values
from sfoptlint.harness.fake_org.org import Org
from sfoptlint.simulate.questions import Matches


class OrgAnswers:
    """Answers queries from the org's records as they stood before the request; of calls nothing is known."""

    any = False

    def __init__(self, org: Org) -> None:
        self._org = org

    def at(self, place: str, number: int) -> Answer | None:
        """Return nothing."""
        return None

    def rows(self, place: str, number: int, object_: str, matches: Matches) -> tuple[Values, ...] | None:
        """Return the records that meet a query; None of an object that the org does not have."""
        known = self._org.schema.get(object_) if object_ else None
        if known is None:
            return None
        return tuple(record.values for record in self._org.records(known) if matches(record.values))
