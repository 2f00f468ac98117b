"""SARIF: what code scanning relies on; the official schema is asked by `sarif_schema.py`."""

import json
import re
from typing import Any

from sfoptlint.report.sarif_report import render
from tests.report.outcomes import broken_file, finding, hostile, on_source, outcome

URI_PATH = re.compile("(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+")
"""Unreserved characters, slashes and percent-encoded octets (RFC 3986, 2.1 and 2.3)."""


def run_of(text: str) -> Any:
    (run,) = json.loads(text)["runs"]
    return run


def test_results_are_tied_to_rules() -> None:
    run = run_of(render(outcome(finding(), broken_file())))
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [ids[result["ruleIndex"]] for result in run["results"]] == [result["ruleId"] for result in run["results"]]


def test_paths_are_percent_encoded() -> None:
    (result,) = run_of(render(outcome(finding())))["results"]
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {
        "uri": "force-app/layouts/Contact-Contact%20Layout%253A%20Shore.layout-meta.xml",
        "uriBaseId": "%SRCROOT%",
    }


def test_every_uri_is_one_whatever_the_file_is_called() -> None:
    uris = re.findall(r'"uri": "([^"]*)"', render(hostile()))
    assert uris
    assert all(URI_PATH.fullmatch(uri) for uri in uris)
    assert uris[0].startswith("odd%5Cudcff/lay%3Aout%2C")


def test_a_region_covers_the_place_and_its_context_the_line() -> None:
    (result,) = run_of(render(outcome(on_source("  <a>\U0001f4e7</a>", 3, 4))))["results"]
    location = result["locations"][0]["physicalLocation"]
    assert location["region"] == {
        "startLine": 2,
        "startColumn": 3,
        "endColumn": 7,
        "snippet": {"text": "<a>\U0001f4e7"},
    }
    assert location["contextRegion"]["startColumn"] == 1
    assert location["contextRegion"]["snippet"] == {"text": "  <a>\U0001f4e7</a>"}


def test_what_was_not_judged_is_a_notification() -> None:
    (invocation,) = run_of(render(outcome()))["invocations"]
    assert invocation["executionSuccessful"] is True
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["descriptor"]["id"] == "coverage-gap"
    assert notification["level"] == "note"


def test_a_crash_is_an_unsuccessful_execution() -> None:
    (invocation,) = run_of(render(outcome(crashed=True)))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"
