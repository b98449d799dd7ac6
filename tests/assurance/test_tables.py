"""Tables are read as they stand in the file: text, and where it stands."""

from __future__ import annotations

import io

import docx
import pytest
import xlsxwriter

from tests.assurance.made_tables import document, with_part, workbook
from wholestory.assurance.tables import (
    MOST_ROWS,
    NotReadable,
    column_letter,
    read_paragraphs,
    read_pasted,
    read_tables,
)

HEAD = ["No.", "Standard", "Question"]


def test_a_sheet_gives_its_rows_with_their_numbers() -> None:
    (table,) = read_tables(
        workbook({"Questions": [HEAD, [], [1, "Leadership", "Who leads?"], [2.5, True, "  Two\n words  "]]}),
        "a.xlsx",
    )
    assert (table.name, table.width) == ("Questions", 3)
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("No.", "Standard", "Question")),
        (3, ("1", "Leadership", "Who leads?")),
        (4, ("2.5", "Yes", "Two\nwords")),
    ]
    assert table.place(14, 3) == "Sheet Questions, row 14, column C"
    assert table.cell(table.rows[1], 2).place == "Sheet Questions, row 3, column B"


def test_rows_keep_their_numbers_when_the_table_begins_further_down() -> None:
    rows = [[], [], [None, None, "Question"], [None, None, "Who leads?"]]
    (table,) = read_tables(workbook({"Sheet": rows}), "a.xlsx")
    assert [(row.number, row.filled) for row in table.rows] == [(3, (3,)), (4, (3,))]


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_the_letters_a_spreadsheet_gives_them(column: int, letters: str) -> None:
    assert column_letter(column) == letters


def test_a_merged_cell_stands_beside_every_row_it_covers_and_once_across() -> None:
    rows = [["Our audit", None, None], HEAD, [1, "Leadership", "One?"], [2, None, "Two?"]]
    (table,) = read_tables(workbook({"S": rows}, {"S": ["A1:C1", "B3:B4"]}), "a.xlsx")
    assert [row.cells for row in table.rows] == [
        ("Our audit", "", ""),
        ("No.", "Standard", "Question"),
        ("1", "Leadership", "One?"),
        ("2", "Leadership", "Two?"),
    ]


def test_a_formula_is_not_worked_out() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("S")
    sheet.write_formula("A1", '=HYPERLINK("http://elsewhere.example")', None, "what was saved")
    sheet.write_formula("A2", "=1+1", None, 7)
    book.close()
    (table,) = read_tables(out.getvalue(), "a.xlsx")
    assert [row.cells for row in table.rows] == [("what was saved",), ("7",)]


def test_hidden_sheets_and_empty_ones_are_left_out() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Seen").write("A1", "x")
    book.add_worksheet("Empty")
    hidden = book.add_worksheet("Hidden")
    hidden.write("A1", "y")
    hidden.hide()
    book.close()
    assert [table.name for table in read_tables(out.getvalue(), "a.xlsx")] == ["Seen"]


def test_cells_far_apart_are_refused_before_room_is_made_for_all_between() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    with pytest.raises(NotReadable, match="far below"):
        read_tables(with_part(workbook({"S": [["x"]]}), "xl/worksheets/sheet1.xml", sheet), "a.xlsx")
    # A cell that is only coloured holds nothing, and does not make a sheet large.
    coloured = sheet.replace('<c r="XFD1048576"><v>1</v></c>', '<c r="XFD1048576" s="1"/>')
    (table,) = read_tables(
        with_part(workbook({"S": [["x"]]}), "xl/worksheets/sheet1.xml", coloured), "a.xlsx"
    )
    assert [row.cells for row in table.rows] == [("1",)]


def test_an_entity_a_sheet_declares_is_never_put_in() -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>'
    )
    content = with_part(workbook({"S": [["x"]]}), "xl/worksheets/sheet1.xml", bomb)
    try:
        read = read_tables(content, "a.xlsx")
    except NotReadable:
        return
    assert "aaaaaaaaaa" not in str(read)


def test_too_many_rows_are_refused_with_the_number_that_can_be_read() -> None:
    with pytest.raises(NotReadable, match="20,000"):
        read_tables(b"x\n" * (MOST_ROWS + 1), "a.csv")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.xlsx"),
        (b"not a workbook", "a.xlsx"),
        (b"PK\x03\x04 but broken", "a.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not a book", "a.xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked", "a.docx"),
        (b"not a document", "a.docx"),
        (b"%PDF-1.7", "a.pdf"),
        (b"\x00\x01\x02", "a.csv"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(content: bytes, name: str) -> None:
    with pytest.raises(NotReadable, match=r"^[“A-Z].*[a-z]"):
        read_tables(content, name)


def test_a_word_document_gives_its_tables_under_their_headings() -> None:
    content = document(
        "# Leadership",
        "Some words.",
        [["1.1", "Who leads?"], ["1.2", "Who stands in?"]],
        "# Training",
        [["2.1", "Who?"]],
    )
    first, second = read_tables(content, "a.docx")
    assert (first.name, first.heading, second.name, second.heading) == (
        "Table 1",
        "Leadership",
        "Table 2",
        "Training",
    )
    assert [row.cells for row in first.rows] == [("1.1", "Who leads?"), ("1.2", "Who stands in?")]
    assert first.place(2, 2) == "Table 1, row 2, column 2"
    assert read_paragraphs(content, "a.docx") == "# Leadership\nSome words.\n# Training"


def test_merged_cells_of_a_word_table_read_as_those_of_a_sheet() -> None:
    made = docx.Document()
    table = made.add_table(3, 3)
    for row, words in enumerate([["Our audit", "", ""], ["Leadership", "1.1", "One?"], ["", "1.2", "Two?"]]):
        for column, text in enumerate(words):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    out = io.BytesIO()
    made.save(out)
    (found,) = read_tables(out.getvalue(), "a.docx")
    assert [row.cells for row in found.rows] == [
        ("Our audit", "", ""),
        ("Leadership", "1.1", "One?"),
        ("Leadership", "1.2", "Two?"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_file_is_read_in_every_usual_spelling(encoding: str, sign: str) -> None:
    text = f'No{sign}Question\r\n1{sign}"Who’s the\r\nlead?"\r\n\r\n2{sign}Who stands in?\r\n'
    (table,) = read_tables(text.encode(encoding), "a.csv")
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("No", "Question")),
        (2, ("1", "Who’s the\nlead?")),
        (5, ("2", "Who stands in?")),
    ]
    assert table.place(5, 2) == "Line 5, column B"


def test_rows_copied_from_a_spreadsheet_are_a_table() -> None:
    (table,) = read_pasted("1.1\tWho leads?\n1.2\tWho stands in?")
    assert [row.cells for row in table.rows] == [("1.1", "Who leads?"), ("1.2", "Who stands in?")]
