"""The results of scenarios: a table, the JSON of the interface, and JUnit."""

import json
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from sfoptlint.harness.scenario.play import Result

SCHEMA = "sfoptlint-harness/1"


def as_table(results: Sequence[Result]) -> str:
    """Return a line for each scenario, the reason and the trace below one that failed, and a count."""
    width = max((len(result.name) for result in results), default=0)
    passed = sum(result.passed for result in results)
    return "\n".join(
        [*(line for result in results for line in _lines(result, width)), f"{passed} of {len(results)} passed"]
    )


def _lines(result: Result, width: int) -> Iterator[str]:
    yield f"{'passed' if result.passed else 'FAILED'}  {result.name:{width}}  {result.seconds:.2f} s"
    if not result.passed:
        yield f"        {result.reason}"
        yield from (f"        | {line}" for line in result.trace)


def as_json(results: Sequence[Result]) -> str:
    """Return the document of the interface."""
    listed = [
        {"name": result.name, "passed": result.passed, "seconds": result.seconds, "reason": result.reason}
        for result in results
    ]
    return json.dumps({"schema": SCHEMA, "scenarios": listed}, indent=2)


def as_junit(results: Sequence[Result]) -> str:
    """Return a test suite with a test case for each scenario."""
    failures = sum(not result.passed for result in results)
    seconds = f"{sum(result.seconds for result in results):.3f}"
    suites = Element("testsuites")
    suite = SubElement(
        suites, "testsuite", name="sfoptlint harness", tests=str(len(results)), failures=str(failures), time=seconds
    )
    for result in results:
        case = SubElement(suite, "testcase", classname="scenario", name=result.name, time=f"{result.seconds:.3f}")
        if not result.passed:
            SubElement(case, "failure", message=result.reason).text = "\n".join(result.trace)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(suites, encoding="unicode")
