# SPDX-License-Identifier: Apache-2.0
"""Reads a JUnit report of gates with the library junitparser and prints its outcomes.

usage: junit.py REPORT.xml SCORECARD.json
Needs: pip install junitparser. Exit code 1: report and scorecard do not agree.
"""
import json
import sys
import xml.etree.ElementTree

from junitparser import Error, Failure, JUnitXml, Skipped


def outcome(case):
    kinds = {Failure: "failure", Error: "error", Skipped: "skipped"}
    return next((kinds[type(one)] for one in case.result if type(one) in kinds), "pass")


def expected(gate):
    """By the default, --junit-inconclusive failure."""
    quiet = gate["severity"] == "warn"
    waived = bool(gate["waiver"]) and gate["waiver"]["isInForce"]
    if gate["verdict"] == "not_measured":
        return "skipped" if quiet else "error"
    if gate["verdict"] == "pass":
        return "pass"
    open_ = gate["verdict"] == "inconclusive" and gate["onInconclusive"] != "fail"
    return "skipped" if quiet or waived or open_ else "failure"


def main(report, scorecard):
    xml.etree.ElementTree.parse(report)
    suites = JUnitXml.fromfile(report)
    cases = [case for suite in suites for case in suite]
    gates = json.load(open(scorecard))["gates"]
    assert len(cases) == len(gates) == suites.tests, (len(cases), len(gates), suites.tests)
    for case, gate in zip(cases, gates):
        assert case.name == gate["name"], (case.name, gate["name"])
        assert outcome(case) == expected(gate), (case.name, outcome(case), gate["verdict"])
        print(f"{case.name}: {outcome(case)}")
    counts = {kind: sum(outcome(case) == kind for case in cases) for kind in ["failure", "error", "skipped"]}
    assert (suites.failures, suites.errors, suites.skipped) == tuple(counts.values()), counts
    print(f"{len(cases)} test cases, {counts}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: junit.py REPORT.xml SCORECARD.json")
    try:
        main(*sys.argv[1:])
    except AssertionError as problem:
        sys.exit(f"junit.py: report and scorecard do not agree: {problem}")
