"""What parsing Apex costs: megabytes a CPU second, against tokenizing the same text with a bare regular expression."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from sfoptlint.lang.apex import parse

_BARE = re.compile(r"\s+|//[^\n]*|/\*.*?\*/|'(?:[^'\\\n]|\\.)*'|\w+|.", re.DOTALL)
_METHOD = """
    /*******************************************************************************************************
    * @description Works on step {n} of the people of a household: asks for a reason where somebody leaves the
    * mailing list, and groups the others by their home, so that the next step writes every home once.
    * @param people the people as they are about to be saved, of one chunk of at most two hundred
    * @param stored the same people as they are stored now, by their id
    * @param limit{n} the largest number of homes that this step reads and writes
    * @return the people of each home, by the id of the home; a person without one is left out
    ********************************************************************************************************/
    @TestVisible
    private static Map<Id, List<Contact>> step{n}(List<Contact> people, Map<Id, Contact> stored, Integer limit{n}) {{
        // What the step collects: homes come in the order in which their first person does, and a person who
        // leaves the mailing list is not collected at all.
        Map<Id, List<Contact>> byHome = new Map<Id, List<Contact>>();
        for (Contact person : people) {{
            Contact before = stored.get(person.Id);
            if (person.HasOptedOutOfEmail != before.HasOptedOutOfEmail && String.isBlank(person.Reason__c)) {{
                person.addError('Say why ' + person.FirstName + ' ' + person.LastName + ' leaves: ' + {n});
            }} else if (person.Household__c != null && !byHome.containsKey(person.Household__c)) {{
                byHome.put(person.Household__c, new List<Contact>{{ person }}); // the first of this home
            }} else {{
                byHome.get(person.Household__c)?.add(person);
            }}
        }}

        // One query for all the homes of the chunk, then one write.
        List<Household__c> homes = [
            SELECT Id, Name, Size__c, LastModifiedDate, Formal_Greeting__c, Informal_Greeting__c
            FROM Household__c
            WHERE Id IN :byHome.keySet()
            LIMIT :limit{n}
        ];
        for (Integer i = 0; i < homes.size(); i++) {{
            homes[i].Size__c = (Decimal) byHome.get(homes[i].Id).size() * 100 / (i + 1);
        }}
        try {{
            update homes;
        }} catch (DmlException e) {{
            throw new StepException('Step {n} failed: ' + e.getMessage(), e);
        }}
        return byHome;
    }}
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Megabytes of text in a CPU second, by the parser and by the floor, and the text's size."""

    megabytes: float
    lines: int
    parser: float
    floor: float

    @property
    def ratio(self) -> float:
        """How many times what the floor costs."""
        return self.floor / self.parser


def source(methods: int) -> str:
    """Return a class with so many methods of 43 lines each, as dense in tokens as public sources are."""
    return "public with sharing class Steps {\n" + "".join(_METHOD.format(n=n) for n in range(methods)) + "}\n"


def measure(methods: int = 500, runs: int = 5) -> Figures:
    """Parse a class of 20,000 lines, or what else `methods` asks for; the median of several runs."""
    text = source(methods)
    if parse(text).gaps:
        raise SystemExit("the generated class has gaps")
    megabytes = len(text.encode()) / 1e6
    parser = median(_seconds(lambda: parse(text)) for _ in range(runs))
    floor = median(_seconds(lambda: _BARE.findall(text)) for _ in range(runs))
    return Figures(megabytes, text.count("\n"), megabytes / parser, megabytes / floor)


def report() -> str:
    """Return the line that `make bench` shows."""
    figures = measure()
    return (
        f"Apex, one class of {figures.lines:,} lines: {figures.parser:.1f} MB a CPU second (at least 3), "
        f"floor {figures.floor:.1f}, ratio {figures.ratio:.1f} (at most 11)"
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
