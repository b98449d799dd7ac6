"""Every rule of the looked-after return, planted in a set and found on its line by the real reader, alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.indicators.child_level.returns_903 import CLEAN, places, wrong
from wholestory.indicators.child_level.findings import DID_NOT_RUN, Findings
from wholestory.indicators.child_level.looked_after import checking
from wholestory.indicators.child_level.looked_after.checking import Checker
from wholestory.indicators.child_level.looked_after.ruleset import Search, rules, searches
from wholestory.indicators.child_level.looked_after.run import read_set
from wholestory.indicators.child_level.looked_after.store import Store
from wholestory.indicators.child_level.window import reporting_year
from wholestory.kernel.working_days import ENGLAND_AND_WALES

SAMPLE = Path(__file__).parent.parent / "data" / "ssda903"
EPISODE = "D,{decom},{rne},{ls},{cin},{place},PR1,{dec},{rec},,,,"
USUAL = {"decom": "01/05/2024", "rne": "S", "ls": "C2", "cin": "N1", "place": "U4", "dec": "", "rec": ""}
CHILD_D = "D,F,01/06/2015,WBRI,,,"


def episode(**changed: str) -> str:
    return EPISODE.format(**{**USUAL, **changed})


def d(*episodes: str, **more: list[str]) -> dict[str, list[str]]:
    """A fourth child with these episodes, on line 6 and after."""
    return {"+Header": [CHILD_D], "+Episodes": list(episodes), **more}


def test_a_set_in_order_has_no_finding(tmp_path):
    assert places(wrong(tmp_path, last={})) == set()


PLANTED: list[tuple[str, dict[str, list[str]], set[tuple[str, int, str]]]] = [
    ("101", {"+Header": ["D,1,01/06/2015,WBRI,,,"]}, {("Header", 5, "D")}),
    ("102", {"+Header": ["D,F,31/02/2015,WBRI,,,"]}, {("Header", 5, "D")}),
    ("103", {"+Header": ["D,F,01/06/2015,WHIT,,,"]}, {("Header", 5, "D")}),
    ("LA-04", {"+Episodes": [",01/05/2024,S,C2,N1,U4,PR1,,,,,,"]}, {("Episodes", 6, "")}),
    ("LA-01", {"+Reviews": ["A,01/06/2015,20/05/2024"[:12]]}, {("Reviews", 4, "A")}),
    ("141", d(episode(decom="1/13/2024")), {("Episodes", 6, "D")}),
    ("142", d(episode(), episode(decom="01/06/2024", rne="P")), {("Episodes", 6, "D")}),
    ("143", d(episode(rne="X")), {("Episodes", 6, "D")}),
    ("144", d(episode(ls="C9")), {("Episodes", 6, "D")}),
    ("145", d(episode(cin="N9")), {("Episodes", 6, "D")}),
    ("146", d(episode(place="H5")), {("Episodes", 6, "D")}),
    ("147", d(episode(dec="31/11/2024", rec="X1")), {("Episodes", 6, "D")}),
    ("148", d(episode(dec="01/11/2024")), {("Episodes", 6, "D")}),
    ("148", d(episode(rec="X1")), {("Episodes", 6, "D")}),
    ("149", d(episode(dec="01/11/2024", rec="E99")), {("Episodes", 6, "D")}),
    ("302", d(episode(decom="31/05/2015")), {("Episodes", 6, "D")}),
    ("352", {"+Header": ["D,F,01/05/2006,WBRI,,,"], "+Episodes": [episode()]}, {("Episodes", 6, "D")}),
    ("356", d(episode(dec="30/04/2024", rec="E4A")), {("Episodes", 6, "D")}),
    ("501", d(episode(dec="02/06/2024", rec="X1"), episode(decom="01/06/2024", rne="P")), {("Episodes", 7, "D")}),
    ("564", {"+Missing": ["C,02/02/2007,M,,06/06/2024"]}, {("Missing", 3, "C")}),
    ("565", {"+Missing": ["C,02/02/2007,,05/06/2024,"]}, {("Missing", 3, "C")}),
    ("LA-05", {"+Missing": ["C,02/02/2007,X,05/06/2024,06/06/2024"]}, {("Missing", 3, "C")}),
    ("567", {"+Missing": ["C,02/02/2007,M,07/06/2024,06/06/2024"]}, {("Missing", 3, "C")}),
    ("570", {"+Missing": ["C,02/02/2007,M,01/04/2025,"]}, {("Missing", 3, "C")}),
    ("571", {"+Missing": ["C,02/02/2007,M,30/03/2024,31/03/2024"]}, {("Missing", 3, "C")}),
    ("574", {"Missing": ["C,02/02/2007,M,05/05/2024,07/05/2024", "C,02/02/2007,M,06/05/2024,08/05/2024"]},
     {("Missing", 3, "C")}),
    ("578", {"+Missing": ["C,02/02/2007,M,31/12/2022,01/04/2024"]}, {("Missing", 3, "C")}),
    ("131", {"+OC3": ["C,02/02/2007,MAYBE,F1,U1"]}, {("OC3", 2, "C")}),
    ("132", {"+OC3": ["C,02/02/2007,YES,F3,U1"]}, {("OC3", 2, "C")}),
    ("133", {"+OC3": ["C,02/02/2007,YES,F1,01"]}, {("OC3", 2, "C")}),
    ("LA-06", {"OC2": ["C,02/02/2007,12,,0,1,1,1,Y,0,0,0"]}, {("OC2", 2, "C")}),
    ("LA-07", {"OC2": ["C,02/02/2007,12,,0,1,1,2,1,0,0,0"]}, {("OC2", 2, "C")}),
    ("LA-08", {"OC2": ["C,02/02/2007,12,,0,1,YES,1,1,0,0,0"]}, {("OC2", 2, "C")}),
    ("LA-09", {"OC2": ["C,02/02/2007,41,,0,1,1,1,1,0,0,0"]}, {("OC2", 2, "C")}),
    ("LA-09", {"OC2": ["C,02/02/2007,12.5,,0,1,1,1,1,0,0,0"]}, {("OC2", 2, "C")}),
    ("PB-01", {"+Reviews": ["A,01/06/2015,20/05/24,PN1"]}, {("Reviews", 4, "A")}),
    ("PB-01", {"UASC": ["C,U,02/02/2007,never"]}, {("UASC", 2, "C")}),
    ("INT01", {"AD1": ["Z,01/06/2015,01/05/2024,01/05/2024,0,1,F1,L0"]}, {("AD1", 2, "Z")}),
    ("INT02", {"PlacedAdoption": ["Z,01/06/2015,01/05/2024,,"]}, {("PlacedAdoption", 2, "Z")}),
    ("INT03", {"+Episodes": [episode().replace("D,", "Z,", 1)]}, {("Episodes", 6, "Z")}),
    ("INT05", {"+OC2": ["Z,02/02/2007,12,,0,1,1,1,1,0,0,0"]}, {("OC2", 3, "Z")}),
    ("INT06", {"OC3": ["Z,02/02/2007,YES,F1,U1"]}, {("OC3", 2, "Z")}),
    ("INT07", {"+PrevPerm": ["Z,01/06/2015,Z1,,"]}, {("PrevPerm", 3, "Z")}),
    ("INT08", {"+Reviews": ["Z,01/06/2015,20/05/2024,PN1"]}, {("Reviews", 4, "Z")}),
    ("INT09", {"+UASC": ["Z,U,02/02/2007,"]}, {("UASC", 3, "Z")}),
    ("INT11", {"AD1": ["A,02/06/2015,01/05/2024,01/05/2024,0,1,F1,L0"]}, {("AD1", 2, "A")}),
    ("INT12", {"PlacedAdoption": ["A,02/06/2015,01/05/2024,,"]}, {("PlacedAdoption", 2, "A")}),
    ("INT13", {"Missing": ["C,03/02/2007,M,05/05/2024,06/05/2024"]}, {("Missing", 2, "C")}),
    ("INT14", {"OC2": ["C,03/02/2007,12,,0,1,1,1,1,0,0,0"]}, {("OC2", 2, "C")}),
    ("INT15", {"OC3": ["C,03/02/2007,YES,F1,U1"]}, {("OC3", 2, "C")}),
    ("INT16", {"PrevPerm": ["A,02/06/2015,Z1,,"]}, {("PrevPerm", 2, "A")}),
    ("INT17", {"Reviews": ["A,02/06/2015,20/05/2024,PN1"]}, {("Reviews", 2, "A")}),
    ("INT18", {"UASC": ["C,U,03/02/2007,"]}, {("UASC", 2, "C")}),
    ("INT21", {"UASC": ["C,M,02/02/2007,"]}, {("UASC", 2, "C")}),
    ("INT31", {"AD1": ["A,01/06/2015,01/05/2024,01/05/2024,0,1,F1,L0"] * 2}, {("AD1", 2, "A"), ("AD1", 3, "A")}),
    ("INT32", {"+Header": [CLEAN["Header"][0]]}, {("Header", 2, "A"), ("Header", 5, "A")}),
    ("INT33", {"OC2": CLEAN["OC2"] * 2}, {("OC2", 2, "C"), ("OC2", 3, "C")}),
    ("INT34", {"OC3": ["C,02/02/2007,YES,F1,U1"] * 2}, {("OC3", 2, "C"), ("OC3", 3, "C")}),
    ("INT35", {"PrevPerm": CLEAN["PrevPerm"] * 2}, {("PrevPerm", 2, "A"), ("PrevPerm", 3, "A")}),
    ("INT36", {"UASC": CLEAN["UASC"] * 2}, {("UASC", 2, "C"), ("UASC", 3, "C")}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "changed", "where"), PLANTED)
def test_a_planted_error_is_found_on_its_line_and_nowhere_else(tmp_path, rule, changed, where):
    found = wrong(tmp_path, changed)
    assert places(found) == {(rule, *place) for place in where}
    assert all(one.words and one.todo and "{" not in one.words + one.todo for one in found)


#: Mistakes that cannot be made alone.
TOGETHER = [
    ({"+Missing": ["C,02/02/2007,,,06/06/2024"]}, {("566", "Missing", 3, "C")}),
    # Somebody away from a placement that ended, and from care that ended with it.
    ({"+Missing": ["B,10/09/2012,M,10/12/2024,"]}, {("575", "Missing", 3, "B"), ("577", "Missing", 3, "B")}),
    ({"+Missing": ["B,10/09/2012,A,10/12/2024,21/12/2024"]}, {("577", "Missing", 3, "B")}),
    # A child of whom only a missing episode is known.
    ({"+Missing": ["Z,01/06/2015,M,05/06/2024,06/06/2024"]}, {("INT04", "Missing", 3, "Z")}),
]


@pytest.mark.parametrize(("changed", "expected"), TOGETHER)
def test_errors_that_come_together(tmp_path, changed, expected):
    assert places(wrong(tmp_path, changed)) == expected


def test_this_year_against_last_year(tmp_path):
    last = {
        "+Header": [CHILD_D.replace("01/06", "02/06"), "E,F,01/06/2015,WBRI,,,"],
        "+Episodes": [episode(decom="01/02/2023"), episode(decom="01/02/2023").replace("D,", "E,", 1)],
        "+Missing": ["C,02/02/2007,M,01/03/2024,"],
    }
    found = wrong(tmp_path, d(episode(decom="02/02/2023")), last=last)
    assert places(found) == {
        ("502", "Episodes", 6, "D"),
        ("576", "Missing", 2, "C"),
        ("PB-02", "Episodes", 5, "E"),
        ("PB-03", "Header", 5, "D"),
    }


def test_a_missing_table_is_told_once_and_its_rules_are_not_looked_for(tmp_path):
    found = wrong(tmp_path, drop=["Header", "UASC"])
    assert {(one.rule, one.table) for one in found} == {("LA-03", "Header"), ("LA-03", "UASC")}


def test_codes_are_those_of_the_year(tmp_path):
    old = {"Header": [row.replace(",F,", ",2,").replace(",M,", ",1,").replace(",U,", ",1,") for row in CLEAN["Header"]],
           "UASC": ["C,1,02/02/2007,"], "+Episodes": []}  # fmt: skip
    assert {one.rule for one in wrong(tmp_path, old)} == {"101"}


def test_a_rule_that_crashes_is_told_and_the_others_go_on(tmp_path, monkeypatch):
    broken = {**searches(), "356": Search(rules()["356"], ("episodes",), "SELECT nothing FROM nowhere")}
    monkeypatch.setattr(checking, "searches", lambda: broken)
    found = wrong(tmp_path, d(episode(rne="X")))
    assert {one.rule for one in found} == {DID_NOT_RUN, "143"}
    assert next(one for one in found if one.rule == DID_NOT_RUN).value == "356"


def test_every_rule_is_planted_somewhere_above():
    planted = {rule for rule, *_ in PLANTED} | {rule for _, found in TOGETHER for rule, *_ in found}
    assert set(rules()) == planted | {"502", "576", "PB-02", "PB-03", "LA-02", "LA-03"}


def test_the_public_sample_agrees_with_its_publishers_own_validator():
    """The peer ran with the codes of 2025-26, and judged missing episodes by that year."""
    peer = json.loads((SAMPLE / "peer_903.json").read_text())["rows_by_rule"]
    findings = Findings()
    tables = read_set(sorted(SAMPLE.glob("*.csv")), findings)
    store = Store(reporting_year(2026), 2026, ENGLAND_AND_WALES)
    store.add(tables)
    store.add({}, last=True)
    Checker(store, tables, {}, findings).check()
    store.close()
    ours = {rule: count for rule, _, count in findings.by_rule()}
    compared = {rule for rule in rules() if rule[0].isdigit() or rule.startswith("INT")}
    theirs = {rule: sum(tables.values()) for rule, tables in peer.items() if rule in compared}
    assert {rule: count for rule, count in ours.items() if rule in compared} == theirs
    assert theirs == {"101": 2675, "132": 12, "133": 3, "142": 10, "146": 604, "148": 1413, "501": 62, "571": 43,
                      "574": 1, "577": 6, "578": 4}  # fmt: skip
