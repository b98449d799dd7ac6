"""A later release is read with the same mapping, and what is wrong in a file is said with its place."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wholestory.indicators.benchmarks import Reading, read, recognise, shipped
from wholestory.indicators.benchmarks.cells import BadCell, number, year_end
from wholestory.statistics.rounding import rounded

HEAD = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name"
HEAD += ",old_la_code,new_la_code,la_name,category,CPP_start,CPP_subsequent,CPP_subsequent_percent"
LINE = "2026,Reporting year,Local authority,E92000001,England,E12000006,East of England,874,E06000031,Peterborough,x"


def second(*lines: str, head: str = HEAD) -> Reading:
    return read("\n".join((head, *lines)).encode(), "d3", "2026")


def said(reading: Reading) -> list[str]:
    return [str(each) for each in reading.faults]


def test_a_later_release_is_read_like_the_earlier_ones():
    reading = second(f"{LINE},350,84,24")
    share, rate = sorted(reading.figures, key=lambda each: each.measure)
    assert (share.measure, share.numerator, share.denominator, share.value) == (
        "d3-second-or-later",
        84,
        350,
        24,
    )
    assert (share.release, share.period_end.isoformat(), share.line) == ("2026", "2026-03-31", 2)
    assert (rate.measure, rate.numerator, rate.value, rate.symbol) == ("d3-started", 350, None, "x")


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("35O,84,24", "line 2, column CPP_start: “35O” is neither a number nor a symbol that is known."),
        ("350,84", "line 2: has 13 cells where the heading has 14."),
        (
            "350,84,24%",
            "line 2, column CPP_subsequent_percent: “24%” is neither a number nor a symbol that is known.",
        ),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(cells: str, fault: str):
    reading = second(f"{LINE},{cells}", f"{LINE.replace('2026', '2025')},350,84,24")
    assert said(reading) == [fault]
    assert not reading.unusable
    assert {each.period_end.year for each in reading.figures} >= {2025}


def test_a_line_that_comes_twice_counts_once():
    reading = second(f"{LINE},350,84,24", f"{LINE},351,84,24")
    assert said(reading) == ["line 3: Peterborough, 2026: the same as line 2. Only the first is used."]
    assert [each.numerator for each in reading.figures if each.measure == "d3-started"] == [350]


def test_a_wrong_area_or_year_is_named():
    reading = second(
        f"{LINE.replace('E06000031', 'Peterborough')},1,0,0", f"{LINE.replace('2026', 'last year')},1,0,0"
    )
    assert said(reading) == [
        "The file has a heading and no line that can be used.",
        "line 2, column new_la_code: “Peterborough” is no ONS code of an area.",
        "line 3, column time_period: “last year” is no year.",
    ]
    assert reading.unusable


def test_a_missing_column_refuses_the_file_and_names_what_is_not_known():
    reading = second(f"{LINE},350,84,24", head=HEAD.replace("CPP_subsequent,", "Plans_again,"))
    assert said(reading) == [
        "line 1: Not a file of “Second and later plans”: there is no column CPP_subsequent."
        " Columns of the file that are not known: Plans_again."
    ]
    assert reading.unusable
    assert reading.figures == []


def test_a_column_that_is_new_is_named_and_the_rest_loaded():
    reading = second(f"{LINE},350,84,24,9", head=f"{HEAD},CPP_third")
    assert reading.notices == ["Columns that are not known and not loaded: CPP_third."]
    assert len(reading.figures) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04rest", "This is a workbook or a zip file."),
        (f"{HEAD}\n{LINE}".encode("utf-16"), "The file is not UTF-8 text."),
        (b"a,b\n1,2\n\xff\xff", "line 3: The file is not UTF-8 text. Save it as “CSV UTF-8”."),
        (HEAD.encode(), "The file has a heading and no line that can be used."),
        (b'a,b\n"open', "there is no column"),
        (f"{HEAD},{HEAD}".encode(), "The heading has a column twice"),
    ],
)
def test_what_is_no_such_file_loads_nothing(content: bytes, words: str):
    reading = read(content, "d3", "2026")
    assert reading.unusable
    assert any(words in each for each in said(reading))
    assert reading.figures == []


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("wholestory.indicators.benchmarks.reading.MOST_BYTES", 100)
    assert second(f"{LINE},1,1,1").unusable


def test_thousands_of_faults_are_counted_not_kept():
    reading = second(*[f"{LINE.replace('2026', str(1990 + at % 100))},bad,bad,bad" for at in range(300)])
    assert len(reading.faults) <= 202
    assert reading.faults_not_kept > 0


def test_other_levels_and_countries_are_left_out_and_counted():
    school = LINE.replace("Local authority", "School")
    wales = "2026,Reporting year,National,W92000004,Wales,,,,,,x"
    reading = second(f"{school},1,1,1", f"{wales},1,1,1", f"{LINE},350,84,24")
    assert len(reading.figures) == 2
    assert reading.notices == [
        "1 line of “School” not loaded: not England, a region or a local authority.",
        "1 line of “Wales” not loaded: not England, a region or a local authority.",
    ]


def test_the_spelling_before_2025_is_read_as_well():
    """The release of 2025 renamed the columns: Referrals became referral_count. A share whose column an earlier release
    spells in a way that is not known is worked out: 713 of 3,708 are 19.2%, 591 of 3,322 are 17.8%."""
    head = HEAD.partition(",CPP_start")[0] + ",Referrals,Re_referrals,Re_referrals_percent,No_Further_Action"
    head += ",Not_in_Need,Referrals_child,Re_referrals_child"
    content = f"{head}\n{LINE.replace('2026', '2024')},3708,713,19.2,514,946,3322,591\n".encode()
    found = {each.measure: each for each in read(content, "c1", "2024").figures}
    assert (found["c1-rereferrals"].numerator, found["c1-rereferrals"].value) == (713, Decimal("19.2"))
    children = found["c1-rereferrals-children"].value
    assert children is not None
    assert rounded(children, 1) == Decimal("17.8")
    assert recognise(content) == "c1"


def test_a_published_rate_is_taken_where_a_release_has_it():
    head = HEAD.partition(",CPP_start")[0]
    head += (
        ",At31_episodes,At31_episodes_rate,Anypoint_episodes,Anypoint_child,Started_episodes,Ended_episodes"
    )
    content = f"{head}\n{LINE.replace('2026', '2024')},2282,407.8,3748,3536,2248,1466\n".encode()
    found = {each.measure: each.value for each in read(content, "b1", "2024").figures}
    assert found["b1-open-at-end"] == Decimal("407.8")


def test_a_table_is_recognised_by_its_headings():
    for file in shipped.files():
        assert recognise(file.content()) == file.table, file.file
    assert recognise(b"name,age\nx,1\n") is None


def test_an_unknown_measure_or_area_of_the_tool_is_named():
    content = b"measure,period,area,la_code,value\nMystery,2024,Bolton,350,1\n"
    content += b"LAC,2024,Atlantis,999,1\nLAC,2024,Bolton,350,low\n"
    reading = read(content, "lait", "2026")
    assert said(reading) == [
        "line 2, column measure: “Mystery” is no measure of the tool that is known.",
        "line 3, column la_code: No area has the code “999” or the name “Atlantis”.",
    ]
    assert [(each.value, each.symbol) for each in reading.figures] == [(None, "low")]


def test_neighbours_are_checked():
    head = "la_code,la_name,rank,neighbour_code,closeness,neighbour_name"
    lines = ("874,Peterborough,1,331,Close,Coventry", "874,Peterborough,1,831,Close,Derby",
             "874,Peterborough,x,831,Close,Derby", "874,Peterborough,2,874,Close,Peterborough")  # fmt: skip
    reading = read("\n".join((head, *lines)).encode(), "neighbours", "2026")
    assert [each.line for each in reading.faults] == [3, 4, 5]
    assert reading.neighbours[0].codes == ("E08000026",)


@pytest.mark.parametrize(
    ("text", "year"),
    [("2024", 2024), ("202324", 2024), ("2023/24", 2024), ("2024-25", 2025), ("2014-16", 2016), ("1999/00", 2000),
     ("2021/22-23/24", 2024)],
)  # fmt: skip
def test_years(text: str, year: int):
    assert year_end(text, "03-31").year == year


@pytest.mark.parametrize("text", ["", "0", "24", "20234", "2024/5", "year", "1850"])
def test_no_years(text: str):
    with pytest.raises(BadCell):
        year_end(text, "03-31")


@pytest.mark.parametrize(
    ("text", "value", "symbol"),
    [("1,234", 1234, ""), ("22.6", Decimal("22.6"), ""), ("18.899999999999999", Decimal("18.9"), ""), ("c", None, "c"),
     ("Z", None, "z"), (":", None, ":"), ("", None, "-"), ("0", 0, ""), ("-1.2", Decimal("-1.2"), "")],
)  # fmt: skip
def test_cells(text: str, value: object, symbol: str):
    assert number(text) == (value, symbol)


@given(st.binary(max_size=400))
def test_anything_at_all_is_answered_with_words(content: bytes):
    reading = read(content, "d3", "2026")
    assert reading.unusable
    assert all(each.words for each in reading.faults)


def test_reading_a_published_table_takes_no_framework():
    """It runs on any machine, without settings or a database."""
    asked = (
        "import sys; from wholestory.indicators.benchmarks import shipped;"
        " shipped.files()[0].read(); print('django' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_single_figures_are_checked():
    head = "measure,year_end,numerator,denominator,value,source"
    lines = ("england-caseload,2024-09-30,,,15.4,x", "mystery,2024-09-30,,,1,x", "england-caseload,30/09/2025,,,1,x",
             "england-caseload,2024-09-30,,,9,x", "england-caseload,2025-09-30,,,about 15,x")  # fmt: skip
    reading = read("\n".join((head, *lines)).encode(), "england", "2026")
    assert said(reading) == [
        "line 3, column measure: “mystery” is no published measure.",
        "line 4, column year_end: “30/09/2025” is no day such as 2025-03-31.",
        "line 5: The same as line 2. Only the first is used.",
        "line 6, column value: “about 15” is neither a number nor a symbol that is known.",
    ]
    assert [each.value for each in reading.figures] == [Decimal("15.4")]
