"""Messy membership spreadsheets for tests, as boards really keep them. Everybody in them is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import openpyxl

Rows = Sequence[Sequence[Any]]

MESSY: Rows = (
    ("Northmarsh Safeguarding Children Board", "", "", "", "", "", "", ""),
    ("Membership at March 2016 (please tell Sam of changes!)", "", "", "", "", "", "", ""),
    ("", "", "", "", "", "", "", ""),
    ("Organisation", "Name", "Position", "Role", "E-mail addr", "Tel no.", "Member since", "QEG"),
    (
        "Northmarsh Constabulary",
        "Varley, Chris",
        "Detective Superintendent",
        "Member",
        "police_member@people.example",
        "1733555001",
        "01/04/2014",
        "x",
    ),
    (
        "",
        "Det Insp Ola Fenwick",
        "Detective Inspector",
        "Deputy",
        "ola.fenwick@police.example",
        "",
        "Sept 2015",
        "X",
    ),
    (
        "Northmarsh Fire and Rescue",
        "Gale Thornby",
        "Area Manager",
        "Member",
        "gale.thornby@fire.example",
        "01733 555 002",
        "42095",
        "",
    ),
    (
        "Northmarsh Community Healthcare",
        "Wren Salter",
        "Named Nurse",
        "Adviser",
        "wren.salter@health.example; nurse@health.example",
        "",
        "14.3.16",
        "✓",
    ),
    (
        "Elm Grove Primary School",
        "Merle Winship",
        "Headteacher",
        "School rep",
        "head at elmgrove",
        "",
        "yesterday",
        "",
    ),
    ("Elm Grove Primary School", "VACANT", "Chair of governors", "Deputy", "", "", "", ""),
    ("", "", "", "", "", "", "", ""),
    ("Organisation", "Name", "Position", "Role", "E-mail addr", "Tel no.", "Member since", "QEG"),
    ("Lay", "Pat Lindly", "", "Lay member", "", "", "", ""),
    ("Harbour Youth Trust", "Bo Larkin & Cass Ito", "Workers", "Member", "", "", "", ""),
    (
        "Harbour Youth Trust",
        "Cass Ito",
        "Youth worker",
        "Grand Vizier",
        "cass.ito@harbour.example",
        "",
        "",
        "",
    ),
)


def as_csv(rows: Rows, delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    """The rows as a CSV file."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(
    rows: Rows, *, title: str = "Members", merged: Sequence[str] = (), with_cover: bool = False
) -> bytes:
    """The rows as an Excel file; ``merged`` are ranges such as ``A1:H1``."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if with_cover:
        sheet.title = "Read me"
        sheet["A1"] = "Version 7, kept by the board office"
        sheet = book.create_sheet(title)
    sheet.title = title
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for span in merged:
        sheet.merge_cells(span)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
