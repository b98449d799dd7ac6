"""Reading a heat map back from wherever it went: the page, Excel, CSV, PDF. Each gives what stands in every cell."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import openpyxl
from pypdf import PdfReader

from tests.journeys.screen import Screen

Cells = dict[str, tuple[str, ...]]
"""By agency, what is printed in its cells, from the first standard to the last."""


def on_page(screen: Screen) -> Cells:
    """As people see it: without what is only read out."""
    rows = screen.page.locator("table.ws-heat tbody tr")
    read = """rows => rows.map(row => [row.querySelector("th").childNodes[0].textContent,
        ...[...row.querySelectorAll("td")].map(cell => cell.querySelector("[aria-hidden]").textContent)])"""
    return {row[0].strip(): tuple(row[1:]) for row in rows.evaluate_all(read)}


def in_csv(sent: bytes) -> Cells:
    return _table(list(csv.reader(io.StringIO(sent.decode("utf-8-sig")))))


def in_excel(sent: bytes) -> Cells:
    sheet = openpyxl.load_workbook(io.BytesIO(sent))["Heat map"]
    return _table([[_shown(cell) for cell in row] for row in sheet.iter_rows()])


def _shown(cell: Any) -> str:
    """What Excel shows: a number as its format says."""
    if isinstance(cell.value, (int, float)):
        places = cell.number_format.partition(".")[
            2
        ]  # such as 0###: one, and up to three more where there are any
        whole, _, after = f"{cell.value:.{len(places)}f}".partition(".")
        return f"{whole}.{after.rstrip('0').ljust(places.count('0'), '0')}".rstrip(".")
    return str(cell.value or "")


def _table(rows: list[list[str]]) -> Cells:
    start = next(at for at, row in enumerate(rows) if row and row[0] == "Agency")
    found: Cells = {}
    for row in rows[start + 1 :]:
        if not row or not any(row[1:]):
            break
        found[row[0]] = tuple(row[1:])
    return found


def in_pdf(sent: bytes, agencies: Cells) -> Cells:
    """A PDF holds words, not a table: each agency's name is followed by its cells, in the order of the rows."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(sent)).pages)
    text = re.sub(r"\s+", " ", text)
    found: Cells = {}
    at = text.index("Agency 1 2")
    for agency, cells in agencies.items():
        at = text.index(agency, at) + len(agency)
        found[agency] = tuple(text[at:].split()[: len(" ".join(cells).split())])
    return found


def text_of(sent: bytes) -> str:
    """Everything a PDF says, on one line."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(sent)).pages))
