"""The catalogue holds the hundred indicators of a board's performance report, and says of each what it is."""

from __future__ import annotations

import shutil
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from wholestory.indicators.catalogue import CatalogueFault, load
from wholestory.indicators.catalogue.reading import FOLDER
from wholestory.partners.models import Sector

#: Code, which way is good (the first of two where the page names two), how often: from the domain page's catalogue.
#: A cycle of self-audit is asked for once a year at most.
_LINES = """
A01NA A02LA A03NQ B01NM B02HM B03HQ B04HQ B05NM B06HQ B07BQ B08HQ B09HQ B10LQ B11HQ
C01NM C02NQ C03BM C04HM C05LM C06NM C07LM C08BM C09HM C10BQ C11NQ C12BQ
D01HQ D02BM D03BQ D04BM D05HM D06BQ D07BM D08NQ D09BQ D10LQ D11LQ D12LM D13BQ D14HQ D15HM D16HQ D17HQ D18HQ D19HQ
D20HQ D21HQ E01BM E02LQ E03HM E04HQ E05BQ E06HQ F01LM F02LM F03LM F04HM F05HM F06HM F07NM F08NQ F09HQ
G01BQ G02HM G03LM G04NQ G05BQ G06BQ G07LQ G08LQ H01BM H02LA H03LA H04HQ H05HQ H06LQ H07LQ H08HQ
I01LT I02LT I03LT I04LM I05BQ I06HA J01LQ J02LA J03LM J04BQ J05HQ
K01HA K02HA K03HQ K04LM K05HA K06HQ K07HQ K08HQ K09NQ K10HQ K11HQ
"""
HUNDRED = _LINES.split()

#: What agencies call what they send, and where it is the same measure: the quarterly return's list.
AGENCY_CODES = {
    "PO-DA": "G03", "PO-MIS": "PO-MIS", "PO-PP": "G01a", "PO-CSE": "PO-CSE", "PO-CCE": "PO-CCE", "PO-NOT": "G02",
    "HE-AE": "H01", "HE-ADM": "HE-ADM", "HE-FGM": "HE-FGM", "HE-CAMHS": "H04", "HE-IHA": "E03", "HE-MW": "HE-MW",
    "ED-EXC": "I01", "ED-SUS": "I02", "ED-EHE": "I05", "ED-CME": "I04", "ED-ABS": "I03", "ED-PT": "ED-PT",
    "YJ-FTE": "G08", "YJ-CUST": "G08b", "EH-OPEN": "B05", "EH-NEW": "B02", "EH-CLOSE": "EH-CLOSE",
    "EH-STEPUP": "B07", "EH-STEPDOWN": "B08", "CP-ATT": "D17", "LA-REF": "J04", "LA-30": "LA-30", "TR-N": "TR-N",
    "PF": "E05",
}  # fmt: skip

#: Figures from child-level files and the measure each is: section 7 of the page on returns. A small letter after the
#: number is another figure of the same rule (children instead of events, open instead of ended).
FEEDS = {
    "CON-1": "C01", "CON-2": "C03", "REF-1": "C06", "REF-1c": "C06a", "REF-2": "C07", "REF-2c": "C07a",
    "REF-3": "C08", "REF-4": "C10", "REF-5": "C06b", "ASM-1": "C09b", "ASM-2": "C09", "ASM-4o": "C09c",
    "ASM-5": "C09a", "ASM-6": "C11", "S47-1": "D02", "S47-2": "D03a", "ICPC-1": "D04", "ICPC-1c": "D04a",
    "ICPC-2": "D05", "ICPC-4": "D06", "CPP-1": "D07", "CPP-2": "D07a", "CPP-3": "D07b", "CPP-1p": "D08",
    "CPP-2p": "D08a", "CPP-4": "D09", "CPP-5": "D11", "CPP-5m": "D13", "CPP-6": "D12a", "CPP-6e": "D12",
    "CPP-7": "D14", "CPP-8": "D15", "CPP-8a": "D15a", "CIN-1": "C12", "CIN-2": "C12a", "LAC-1": "E01",
    "LAC-2c": "E01a", "LAC-3c": "E01b", "LAC-4": "E01c", "LAC-5": "E01d", "LAC-6": "E01f", "LAC-7": "E04",
    "UASC-1": "E01e", "MIS-1": "F02", "MIS-1c": "F02a", "MIS-2": "F02c", "MIS-3": "F04a", "MIS-3a": "F05a",
    "CL-1": "CL-1", "CL-2": "CL-2", "CL-3": "CL-3", "EH-1": "B02", "EH-1o": "B05",
}  # fmt: skip


def test_every_one_of_the_hundred_is_there():
    assert len(HUNDRED) == 100
    for line in HUNDRED:
        found = load().get(line[:3])
        assert (found.polarity, found.frequency) == (line[3], line[4]), found.code
    whole = {
        each.code for each in load().definitions if len(each.code) == 3 and each.code[0] in "ABCDEFGHIJK"
    }
    assert whole == {line[:3] for line in HUNDRED}


@pytest.mark.parametrize(("theirs", "ours"), AGENCY_CODES.items())
def test_what_agencies_call_it_leads_to_one_measure(theirs: str, ours: str):
    assert load().get(theirs).code == ours


def test_a_figure_from_child_level_files_has_one_measure():
    assert {each.feed: each.code for each in load().definitions if each.feed} == FEEDS


def test_what_is_worked_out_from_files_goes_to_the_measure_that_names_it():
    """The table by which counts are taken in says the same as the catalogue."""
    table = tomllib.loads((FOLDER.parent / "child_level" / "feeds.toml").read_text())["figures"]
    assert {feed: code for feed, code in table.items() if FEEDS.get(feed) != code} == {}


def test_between_15_and_25_are_headlines():
    assert 15 <= len([each for each in load().definitions if each.tier == 1]) <= 25


def test_every_theme_has_a_headline_but_context():
    headlines = Counter(each.theme for each in load().definitions if each.tier == 1)
    assert set(headlines) == set("bcdefghijk")


def test_rates_of_children_are_per_ten_thousand():
    for code in ("C12", "D02", "D04", "D07", "E01"):
        found = load().get(code)
        assert (found.unit, found.multiplier, found.population) == ("rate", 10_000, "0_17")
    assert load().get("G08").multiplier == 100_000
    assert load().get("I02").multiplier == 100


def test_snapshots_are_never_added_up():
    for code in ("C12", "D07", "D12", "E01", "B05", "K04", "I04"):
        assert load().get(code).aggregation == "snapshot"
    for code in ("C06", "C07", "D02", "D05", "G03"):
        assert load().get(code).aggregation == "sum"


def test_conference_attendance_says_what_is_divided_by():
    """Edge case 13: invited and involved, and the label says so."""
    found = load().get("CP-ATT")
    assert "invited" in found.denominator
    assert "involved" in found.denominator


def test_edge_case_12_changed_definitions_have_their_breaks():
    absence = load().get("I03").breaks
    assert [each.from_on for each in absence] == [date(2010, 9, 1), date(2015, 9, 1)]
    assert "20 per cent" in absence[0].because
    assert "10 per cent" in absence[1].because
    assert "SafeLives" in load().get("G05").breaks[0].because
    assert load().get("F01").breaks


def test_what_derives_from_the_departments_rules_withholds_1_to_5():
    dfe = {each.code for each in load().definitions if each.small_numbers == "dfe"}
    assert {"C06", "D05", "D07", "E01", "F02", "I02"} <= dfe
    assert not {"G03", "H01", "K03", "D17", "J04"} & dfe


def test_a_volume_names_the_measure_of_quality_to_read_beside_it():
    assert load().get("F07").quality_source == "K03"
    volumes = [each for each in load().definitions if each.tier == 1 and each.oba == "how_much"]
    assert [each.code for each in volumes if not each.quality_source] == []


def test_thresholds_from_memory_are_marked():
    limits = {each.code: each.thresholds for each in load().definitions if each.thresholds}
    assert {code: limit.green for code, limit in limits.items()} == {
        "D09": None, "J05": "80", "J05a": "90", "J05b": "100",
    }  # fmt: skip
    assert (limits["D09"].low_amber, limits["D09"].high_amber) == ("10", "15")
    assert all(each.unchecked and each.source for each in limits.values())


def test_the_sender_is_a_sector_of_the_directory_or_the_board():
    known = set(Sector.values) | {"board", "every_agency"}
    assert {one for each in load().definitions for one in each.providers} <= known


def _with(tmp_path: Path, old: str, new: str) -> Path:
    folder = tmp_path / "catalogue"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__", "sealed", "*.lock"))
    theme = folder / "a_context.toml"
    text = theme.read_text()
    assert old in text
    theme.write_text(text.replace(old, new, 1))
    return folder


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('oba = "better_off"', 'colour = "red"', "a_context.toml: A02: colour: not a field of a measure."),
        ('unit = "percent"', 'unit = "furlong"', "a_context.toml: A02: unit: “furlong” is none of count,"),
        ('multiplier = 100', "multiplier = 1000", "a_context.toml: A02: multiplier: 100 for a per cent."),
        ('denominator = "Children aged 0 to 15 in the area"\n', "", "A02: denominator: a percent needs one."),
        ('title = "Children in low-income families"\n', "", "a_context.toml: A02: title: missing."),
        ('lag = "15 working days"', 'lag = "soon"', "a_context.toml: A03: lag: needs a text such as"),
        ('"sex", "placement"]', '"hair"]', "A03: breakdowns: “hair” is not in breakdowns.toml."),
        ('quality_source = "E02"', 'quality_source = "Z99"', "A03: quality_source: there is no Z99."),
        ('code = "A03"', 'code = "A02"', "A02: code: A02 is already A02."),
        ("[defaults]", "[defaults", "a_context.toml: cannot be read"),
    ],
)  # fmt: skip
def test_a_fault_names_file_code_and_field(tmp_path: Path, old: str, new: str, message: str):
    with pytest.raises(CatalogueFault) as told:
        load(_with(tmp_path, old, new))
    assert message in str(told.value)


def test_all_faults_are_told_at_once(tmp_path: Path):
    folder = _with(tmp_path, 'unit = "percent"', 'unit = "furlong"')
    theme = folder / "b_early_help.toml"
    theme.write_text(theme.read_text().replace('polarity = "L"', 'polarity = "X"'))
    with pytest.raises(CatalogueFault) as told:
        load(folder)
    assert len([each for each in told.value.faults if "none of" in each]) == 2
