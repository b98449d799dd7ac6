"""Files that are no workbook, or one made to do harm: each is refused in a sentence, or read without what it hides."""

from __future__ import annotations

import io
import resource
import struct
import time
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from tests.paperwork.xlsform.books import REAL, packed, said
from wholestory.paperwork.xlsform import read_workbook, write_workbook
from wholestory.paperwork.xlsform.expressions import CannotRead, Op, Ref, Words, read
from wholestory.paperwork.xlsform.workbook import MOST_BYTES, MOST_ROWS, MOST_UNPACKED

HEAD = ("type", "name", "label")
PLAIN = packed([HEAD, ("text", "a", "A")])


def changed(change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """The plain workbook with its parts changed, and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in parts.namelist():
            made.writestr(part, change(part, parts.read(part)))
        for name, content in added.items():
            made.writestr(name, content)
    return out.getvalue()


def same(_part: str, content: bytes) -> bytes:
    return content


def refused(content: bytes) -> str:
    read_back = read_workbook(content, "sent.xlsx")
    assert read_back.form is None
    (fault,) = read_back.faults
    return str(fault)


def test_what_is_no_workbook_is_refused_in_a_sentence() -> None:
    assert refused(b"") == "sent.xlsx: The file is empty."
    assert refused(b"type,name,label\n").startswith("sent.xlsx: This is not an Excel workbook.")
    assert refused(PLAIN[:300]).startswith("sent.xlsx: The file cannot be read as a workbook.")
    assert refused(b"PK\x03\x04" + b"\0" * (MOST_BYTES + 1)).startswith(
        "sent.xlsx: The file is larger than 5 MB"
    )
    assert "This is not an Excel workbook" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000) or (
        "damaged" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000)
    )


def test_a_workbook_that_unpacks_without_end_is_not_unpacked() -> None:
    bomb = changed(same, **{"xl/media/image1.png": b"\0" * (MOST_UNPACKED + 1)})
    assert len(bomb) < MOST_BYTES
    assert "unpacks to more than a form can hold" in refused(bomb)
    assert "unpacks to more than a form can hold" in refused(
        changed(same, **{f"x{n}": b"" for n in range(2_001)})
    )


def test_macros_and_entities_are_refused() -> None:
    assert "holds macros" in refused(changed(same, **{"xl/vbaProject.bin": b"x"}))

    def with_entity(part: str, content: bytes) -> bytes:
        if not part.endswith("sheet1.xml"):
            return content
        inside = content.partition(b"?>")[2] or content
        return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + inside

    assert "holds something no workbook holds" in refused(changed(with_entity))


def test_a_cell_in_the_far_corner_costs_neither_memory_nor_long() -> None:
    def far(part: str, content: bytes) -> bytes:
        cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData>'
        return content.replace(b"</sheetData>", cell) if part.endswith("sheet1.xml") else content

    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    found = read_workbook(changed(far))
    assert time.monotonic() - began < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kilobytes
    assert said(found.faults) == [
        f"survey, row {MOST_ROWS + 1}: a form may have {MOST_ROWS:,} rows; what is below was not read"
    ]


def test_a_far_cell_in_an_old_workbook_is_found_before_it_is_opened() -> None:
    """The row of its first cell (a LABELSST record) is made the last there can be."""
    content = bytearray((REAL / "widgets.xls").read_bytes())
    record = struct.pack("<HHHH", 0x00FD, 10, 0, 0)
    at = content.index(record)
    content[at + 4 : at + 6] = struct.pack("<H", 65_535)
    assert f"cells below row {MOST_ROWS:,}" in refused(bytes(content))


@pytest.mark.parametrize("cut", [600, 1_000, 3_000, 8_000])
def test_half_an_old_workbook_is_refused_and_breaks_nothing(cut: int) -> None:
    assert read_workbook((REAL / "tutorial.xls").read_bytes()[:cut]).form is None


def test_a_chain_of_sectors_that_runs_in_a_ring_ends() -> None:
    content = bytearray((REAL / "widgets.xls").read_bytes())
    table = struct.unpack_from("<I", content, 76)[0]
    where = (table + 1) * 512
    for number in range(128):
        struct.pack_into("<I", content, where + 4 * number, number)
    assert read_workbook(bytes(content)).form is None


def test_formulas_are_not_worked_out() -> None:
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for row in (HEAD, ("text", "a", "=1+1"), ("text", "b", "B")):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert said(read_workbook(out.getvalue()).faults) == [
        "survey, row 2, column C (label): a formula stands here, and the workbook does not say what it comes to:"
        " write the value itself"
    ]


def test_a_formula_whose_result_was_saved_is_read_as_it_was_seen() -> None:
    read_back = read_workbook((REAL / "flat_xlsform_test.xlsx").read_bytes())
    assert read_back.form is not None
    assert read_back.form.question("list_nolabel_test").required  # =TRUE() in its cell
    assert any(
        "what it came to when the workbook was saved was read: “TRUE”" in one
        for one in said(read_back.not_held)
    )


def test_words_that_look_like_formulas_stay_words() -> None:
    rows = [HEAD, ("text", "a", "'=cmd|' /C calc'!A0"), ("note", "n", "+1")]
    form = read_workbook(packed(rows)).form
    assert form is not None
    assert read_workbook(write_workbook(form)[0]).form == form


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("because nobody doesn't know", "“nobody” is not expected there"),
        ("'open", "the quotation mark before “open” is never closed"),
        ("${a", "“${a” is not closed with a curly bracket"),
        ("${}", "“${}” names no question"),
        ("(1 + 2", "“)” is missing at its end"),
        ("1 +", "something more is missing at its end"),
        ("= 3", "“=” is not expected there"),
        ("if(1, 2", "“)” is missing at its end"),
        ("(" * 100 + "1" + ")" * 100, "its brackets are too deep"),
        ("-" * 5_000 + "1", "its brackets are too deep"),
        ("1" * 10_001, "it is too long"),
    ],
)
def test_an_expression_that_is_none_says_where_it_stops_making_sense(text: str, why: str) -> None:
    with pytest.raises(CannotRead) as reason:
        read(text)
    if "doesn't" not in text:
        assert str(reason.value) == why


def test_expressions_are_read_as_xpath_orders_them() -> None:
    """``or`` binds least, then ``and``, equality, comparison, sums, products: XPath 1.0, section 3.4 and 3.5."""
    a = Ref("a")
    either = read("${a} = 'x' or ${a} = 'y' and ${a} = 'z'")
    both = Op("and", Op("=", a, Words("y")), Op("=", a, Words("z")))
    assert either == Op("or", Op("=", a, Words("x")), both)
    assert read("1 + 2 * 3") == read("1 + (2 * 3)")
    assert read("9 - 3 - 2") == read("(9 - 3) - 2")
    assert read("1 < 2 = 3 > 2") == read("(1 < 2) = (3 > 2)")
    assert read("${a} = “x”") == read("${a} = 'x'")  # as word processors spell it


def test_a_very_long_row_of_ors_is_read() -> None:
    assert read(" or ".join(["${a} = 'x'"] * 600)) is not None
