"""Tables of the looked-after return as they are really sent, and files that are refused."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from tests.indicators.child_level.returns_903 import (
    CLEAN,
    HEADINGS,
    YEAR,
    looked_at,
    places,
    write_set,
    wrong,
)
from wholestory.indicators.child_level.findings import Findings, Refused
from wholestory.indicators.child_level.kinds import Asked, Worked, work
from wholestory.indicators.child_level.looked_after import run
from wholestory.indicators.child_level.looked_after.reading import layouts, read
from wholestory.indicators.child_level.window import Window, reporting_year

SAMPLE = Path(__file__).parent.parent / "data" / "ssda903"
ROWS = ["A,01/06/2015,20/05/2024,PN1", "É,01/06/2015,21/05/2024,PN1"]


def table(folder: Path, text: str | bytes) -> Path:
    path = folder / "whatever it is called.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_table_of_the_sample_is_known_by_its_headings():
    findings = Findings()
    tables = {one.layout.name: one for one in (read(path, findings) for path in SAMPLE.glob("*.csv"))}
    assert set(tables) == set(layouts())
    assert {name: len(one.lines) for name, one in tables.items() if len(one.lines) > 100} == {
        "Header": 2675, "Episodes": 5050, "Reviews": 12582, "OC2": 2675, "PrevPerm": 2675, "UASC": 132
    }  # fmt: skip
    assert len(findings) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_usual_encodings_and_line_ends(tmp_path, encoding, ending):
    text = ending.join([HEADINGS["Reviews"], *ROWS, ""])
    found = read(table(tmp_path, text.encode(encoding)), Findings())
    assert found.columns["CHILD"] == ["A", "É"]
    assert found.lines == [2, 3]


def test_semicolons_quotation_marks_and_other_orders_of_columns(tmp_path):
    text = 'review_code;"REVIEW";DOB; child \nPN1;20/05/2024;01/06/2015;"A"\n'
    found = read(table(tmp_path, text), Findings())
    assert (found.layout.name, found.columns["CHILD"], found.columns["REVIEW"]) == (
        "Reviews",
        ["A"],
        ["20/05/2024"],
    )


def test_postcodes_and_pupil_numbers_are_not_kept(tmp_path):
    text = f"{HEADINGS['Episodes']}\nA,01/05/2024,S,C1,N1,U4,PR1,,,,PE1 1AA,PE2 2BB,SC123456\n"
    assert "PE1 1AA" not in repr(read(table(tmp_path, text), Findings()))


def test_lines_are_those_of_the_file_where_a_cell_has_two(tmp_path):
    text = f'{HEADINGS["Reviews"]}\n\nA,"01/06/\n2015",20/05/2024,PN1\nB,01/06/2015,20/05/2024,PN1\n'
    assert read(table(tmp_path, text), Findings()).lines == [3, 5]


def test_a_row_of_another_length_is_told_and_left_out(tmp_path):
    findings = Findings()
    rows = [
        "A,01/06/2015,20/05/2024",
        "B,01/06/2015",
        "C,01/06/2015,20/05/2024,PN1,more",
        "D,01/06/2015,20/05/2024,PN1,",
    ]
    found = read(table(tmp_path, "\n".join([HEADINGS["Reviews"], *rows])), findings)
    assert found.columns["CHILD"] == ["A", "D"]
    assert places(findings) == {("LA-01", "Reviews", 3, "B"), ("LA-01", "Reviews", 4, "C")}


def test_a_missing_column_is_told(tmp_path):
    findings = Findings()
    read(table(tmp_path, "CHILD,REVIEW\nA,20/05/2024\n"), findings)
    assert {(one.rule, one.column) for one in findings} == {("LA-02", "DOB"), ("LA-02", "REVIEW_CODE")}


class TestRefused:
    """Files nothing of which is loaded."""

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            ("\n".join([HEADINGS["Reviews"], *ROWS]).encode("utf-16"), "UTF-16"),
            (b"CHILD,DOB,REVIEW\x00,REVIEW_CODE\n", "empty bytes"),
            (b"CHILD,DOB,REVIEW,REVIEW_CODE\n\x81\x8d,1,2,3\n", "encoding"),
            (b"Name,Amount\nx,1\n", "not those of any table"),
            (b"", "not those of any table"),
            (b'CHILD,DOB,REVIEW,REVIEW_CODE\nA,"01/06/2015,20/05/2024,PN1\n', "taken apart"),
            (b'CHILD,DOB,REVIEW,REVIEW_CODE\nA,"' + b"x" * 200_000 + b'",1,2\n', "taken apart"),
            (b"PK\x03\x04 a workbook", "not those of any table"),
        ],
    )
    def test_with_a_reason(self, tmp_path, content, why):
        with pytest.raises(Refused, match=why):
            read(table(tmp_path, content), Findings())

    def test_two_files_of_one_table(self, tmp_path):
        paths = write_set(tmp_path)
        twin = tmp_path / "reviews again.csv"
        twin.write_text("\n".join([HEADINGS["Reviews"], *CLEAN["Reviews"]]))
        with pytest.raises(Refused, match="both hold the table Reviews"):
            run.work([*paths, twin], YEAR)

    def test_of_another_year(self, tmp_path):
        with pytest.raises(Refused, match="15 March 2020 and 20 December 2024") as refused:
            looked_at(tmp_path, window=reporting_year(2026))
        assert refused.value.rule == "PB-05"

    def test_of_a_later_year_although_something_happened_in_this_one(self):
        # Of the sample's episodes 2,943 began in 2017-18; those who left care before are not in it.
        with pytest.raises(Refused, match="2,943 of its 5,050 episodes began after 31 March 2017") as refused:
            run.work(sorted(SAMPLE.glob("*.csv")), reporting_year(2017))
        assert refused.value.rule == "PB-05"

    def test_larger_than_is_read_without_being_read(self, tmp_path):
        path = tmp_path / "large.csv"
        with path.open("wb") as out:
            out.truncate(200 * 1024 * 1024)
        tracemalloc.start()
        with pytest.raises(Refused, match="200 MB; at most 64 MB"):
            read(path, Findings())
        assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
        tracemalloc.stop()


def test_ids_that_are_there_twice_are_one_child(tmp_path):
    twice = {"+Header": [CLEAN["Header"][0]], "+Episodes": [CLEAN["Episodes"][1]]}
    outcome = looked_at(tmp_path, twice)
    assert {one.rule for one in outcome.findings} == {"INT32", "142"}
    (lac,) = (one for one in outcome.figures if one.id == "LAC-1")
    assert lac.numerator == 2


def test_two_years_in_two_folders_are_told_apart(tmp_path):
    write_set(tmp_path / "x", {"Episodes": ["B,15/03/2020,S,C2,N1,U4,PR4,,,,,,"], "Missing": []})
    write_set(tmp_path / "y")
    (one,) = work([tmp_path / "x", tmp_path / "y"], Asked(year=2025))
    assert isinstance(one, Worked)
    assert (one.name, one.window, one.children) == ("y", YEAR, 3)
    assert {part.role for part in one.inputs} == {"counted", "looked_back"}
    # C began to be looked after in 2023 and is not in last year's set: nothing is said of it here.
    assert one.findings.errors == 0


def test_without_a_year_nothing_is_counted(tmp_path):
    (one,) = work(write_set(tmp_path), Asked())
    assert isinstance(one, Refused)
    assert "--year" in one.todo


def test_a_quarter_of_the_year_is_counted_from_its_own_run(tmp_path):
    quarter = Window(date(2024, 4, 1), date(2024, 6, 30))
    rows = [row for row in CLEAN["Episodes"] if "/12/2024" not in row and "/09/2024" not in row]
    changed = {"Episodes": [*rows, "A,01/05/2024,S,C1,N1,U4,PR1,,,,,,"], "Header": CLEAN["Header"], "Reviews": [],
               "OC2": []}  # fmt: skip
    assert {one.rule for one in wrong(tmp_path, changed, window=quarter)} == set()
