"""No workbook ends the process that reads it, whatever room between its cells it asks for."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from wholestory.kernel.workbooks import CannotRead, HasPassword, TooLarge, read_raw

HOUSE = Path(__file__).parents[2] / "wholestory"
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CORNER = (
    f'<worksheet {_NS}><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="{place}"><v>1</v></c></row></sheetData></worksheet>'
)


def _workbook(*rows: list[object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Sheet")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def _with_part(content: bytes, part: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, text if each == part else old.read(each))
    return out.getvalue()


def _open_document(repeats: tuple[int, int], text: str) -> bytes:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    rows, columns = repeats
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        f'<table:table table:name="S"><table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        packed.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{manifest}"></manifest:manifest>'
        )
    return out.getvalue()


def _one_long_text_in_many_cells(cells: int) -> bytes:
    """Every cell points to the same text of 30,000 characters: little to pack, and much to hold."""
    book = _workbook(["x" * 30_000])
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, cells + 1))
    return _with_part(
        book,
        "xl/worksheets/sheet1.xml",
        f"<worksheet {_NS}><sheetData>{rows}</sheetData></worksheet>",
    )


def test_cells_come_with_their_kind() -> None:
    day, hour = datetime(2016, 3, 14), time(9, 30)
    (sheet,) = read_raw(_workbook(["x", 2.5, True, day], [None, hour]), sheets=5, rows=9, columns=9).sheets
    assert (sheet.name, sheet.height, sheet.width, sheet.hidden) == ("Sheet", 2, 4, False)
    assert sheet.rows[0][:3] == ("x", 2.5, True)
    assert sheet.rows[0][3] in (day, date(2016, 3, 14))


def test_no_more_rows_and_columns_come_than_were_asked_for_and_it_says_how_many_there_are() -> None:
    (sheet,) = read_raw(_workbook(*[[1, 2, 3]] * 7), sheets=5, rows=2, columns=2).sheets
    assert (sheet.rows, sheet.height, sheet.width) == (((1, 2), (1, 2)), 7, 3)


@pytest.mark.parametrize("place", ["XFD1048576", "xfd1048576"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "elsewhere/data.bin"])
def test_a_cell_in_the_far_corner_is_too_large_wherever_the_sheet_is_kept(place: str, part: str) -> None:
    book = _workbook(["x"])
    if part != "xl/worksheets/sheet1.xml":
        with zipfile.ZipFile(io.BytesIO(book)) as packed:
            pointers = packed.read("xl/_rels/workbook.xml.rels").decode()
        book = _with_part(
            book, "xl/_rels/workbook.xml.rels", pointers.replace("worksheets/sheet1.xml", f"/{part}")
        )
        out = io.BytesIO(book)
        with zipfile.ZipFile(out, "a") as packed:
            packed.writestr(part, CORNER.format(place=place))
        book = out.getvalue()
    else:
        book = _with_part(book, part, CORNER.format(place=place))
    with pytest.raises(TooLarge):
        read_raw(book, sheets=5, rows=9, columns=9)


def test_text_repeated_over_a_sheet_is_refused() -> None:
    with pytest.raises(CannotRead):
        read_raw(_open_document((1_048_576, 16_384), "x"), sheets=5, rows=9, columns=9)
    with pytest.raises(TooLarge):
        read_raw(_open_document((1_000, 1_000), "y" * 100_000), sheets=5, rows=9, columns=9)
    assert read_raw(_open_document((2, 3), "x"), sheets=1, rows=9, columns=9).sheets[0].width == 3


def test_one_long_text_in_many_cells_is_too_large() -> None:
    with pytest.raises(TooLarge):
        read_raw(_one_long_text_in_many_cells(100_000), sheets=5, rows=200_000, columns=9)


def test_what_is_no_workbook_or_locked_is_told_apart() -> None:
    with pytest.raises(CannotRead) as damaged:
        read_raw(b"PK\x03\x04 but broken", sheets=5, rows=9, columns=9)
    assert not isinstance(damaged.value, (HasPassword, TooLarge))


ROOMS = {
    "the membership list": "from wholestory.partners.importing.spreadsheets import read as go, NotASpreadsheet as No",
    "an officer's table": (
        "from wholestory.assurance.tables import read_tables, NotReadable as No\n"
        "go = lambda content: read_tables(content, 'a.xlsx')"
    ),
}


@pytest.mark.parametrize("room", ROOMS)
def test_a_hostile_workbook_ends_no_room_that_reads_one(room: str) -> None:
    """In a process of its own that may not have more than 2 GB: where a room reads it unguarded, that one is ended."""
    hostile = _with_part(_workbook(["x"]), "xl/worksheets/sheet1.xml", CORNER.format(place="XFD1048576"))
    script = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        f"{ROOMS[room]}\n"
        "try:\n    go(sys.stdin.buffer.read())\nexcept No as reason:\n    print(reason)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], input=hostile, capture_output=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr.decode()[-500:]
    assert "far below" in ended.stdout.decode()


def test_no_room_asks_the_library_itself() -> None:
    asking = [
        str(path.relative_to(HOUSE))
        for path in sorted(HOUSE.rglob("*.py"))
        if any(
            line.strip().startswith(("from python_calamine", "import python_calamine"))
            for line in path.read_text(encoding="utf-8").splitlines()
        )
    ]
    assert asking == ["kernel/workbook_reader.py"]
