"""The heat map outside the browser. Nothing rests on colour: each cell prints its text, each state its own word."""

from __future__ import annotations

import io
import re
from datetime import date
from fractions import Fraction
from typing import Any

import xlsxwriter

from wholestory.assurance.results import Map, level_of
from wholestory.assurance.rules.cells import CellState
from wholestory.assurance.rules.scales import CompliantTest
from wholestory.govuk import downloads
from wholestory.kernel.generated import Stamp, render

_SOURCE = """
#let tones = (
  "0": (rgb("#6d1409"), white), "1": (rgb("#f0a35e"), black),
  "2": (rgb("#d3e4f1"), black), "3": (rgb("#f2f8f6"), black),
)
#set text(size: 9pt)
#for line in data.notes [#par(line)]
#table(
  columns: (auto,) + (1fr,) * data.standards.len(),
  inset: 4pt, stroke: 0.5pt + gray, align: (x, y) => if x == 0 { left } else { center },
  table.header([*Agency*], ..data.standards.map(s => [*#s.number*])),
  ..data.lines.map(l => (
    [#l.agency],
    ..l.cells.map(c => {
      let tone = tones.at(c.tone, default: (white, black))
      table.cell(fill: tone.at(0), text(fill: tone.at(1), weight: if c.below { "bold" } else { "regular" }, c.shown))
    })
  )).flatten()
)
= Standards
#for s in data.standards [#par([#s.number. #s.title])]
= How these figures are made
#for line in data.how [#par(line)]
= Key
#for k in data.key [#par([*#k.short*: #k.label])]
"""

#: The ground and the ink of each quarter of the scale, the lowest first.
TONES = {
    "0": ("6d1409", "ffffff"), "1": ("f0a35e", "000000"), "2": ("d3e4f1", "000000"), "3": ("f2f8f6", "000000"),
}  # fmt: skip
#: As many decimals as the page shows: one, and more where one would hide that a score is below compliant.
_AS_SHOWN = {"num_format": "0.0###"}
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def tone_of(mean: object, test: CompliantTest) -> str:
    """Which quarter of the scale a mean lies in, by its nearest point; empty where there is none."""
    if not isinstance(mean, Fraction):
        return ""
    values = [point.value for point in test.scale.points]
    place = values.index(level_of(mean, test))
    return str(round(place * 3 / (len(values) - 1)))


def notes(found: Map, title: str, today: date) -> list[str]:
    """What stands beside the map wherever it goes."""
    return [
        f"{title}. As it stood on {today.day} {today:%B %Y}.",
        *_in_short(found),
        *([found.framework.status] if found.framework.status else []),
    ]


def _in_short(found: Map) -> list[str]:
    if not found.framework.scored:
        return [found.cap_label]
    return [
        "A cell is the mean of the standard's answered items, on the scale's own points."
        f" {found.compliant_label} {found.cap_label}",
        "Moderated scores where there are any, otherwise the agency's own. Agencies are listed, not averaged.",
    ]


def made(found: Map) -> list[str]:
    """How the figures are made: the rules in force, one sentence or two for each."""
    return [f"{one.about}: {one.says}" for one in found.how]


def key_of(found: Map) -> list[dict[str, str]]:
    """What each short word in a cell means: the scale, and the states that occur."""
    used = {cell.state for line in found.lines for cell in line.cells}
    scale = [{"short": p.value, "label": p.label} for p in found.framework.scale.points]
    return scale + [
        {"short": s.short, "label": s.label} for s in CellState if s in used and s is not CellState.SCORED
    ]


def pdf(found: Map, compliant_from: str, *, title: str, today: date, stamp: Stamp) -> bytes:
    """An accessible PDF, landscape."""
    test = CompliantTest(found.framework.scale, compliant_from)
    data = {
        "notes": notes(found, title, today),
        "standards": [{"number": n, "title": t} for _, n, t in found.standards],
        "lines": [
            {
                "agency": line.agency,
                "cells": [
                    {"shown": c.shown, "tone": tone_of(c.mean, test), "below": c.compliant is False}
                    for c in line.cells
                ],
            }
            for line in found.lines
        ],
        "key": key_of(found),
        "how": made(found),
    }
    return render(_SOURCE, data, stamp=stamp, title=f"Heat map: {title}", landscape=True)


def xlsx(found: Map, compliant_from: str, *, title: str, today: date, stamp: Stamp) -> bytes:
    """A workbook: the map, and one row per agency and standard with the whole sentence."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": f"Heat map: {title}", "author": "Wholestory"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1, **_AS_SHOWN})
    tones = {
        tone: book.add_format(
            {
                "bg_color": f"#{back}",
                "font_color": f"#{ink}",
                "border": 1,
                "align": "center",
                "bold": tone in "01",
            }
            | _AS_SHOWN
        )
        for tone, (back, ink) in TONES.items()
    }
    centre = book.add_format({"border": 1, "align": "center"} | _AS_SHOWN)
    test = CompliantTest(found.framework.scale, compliant_from)
    sheet = book.add_worksheet("Heat map")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    row = 0
    for text in (*stamp.lines(), *notes(found, title, today)):
        sheet.write_string(row, 0, text)
        row += 1
    row += 1
    sheet.write_string(row, 0, "Agency", bold)
    for across, (_, number, name) in enumerate(found.standards, 1):
        sheet.write_string(row, across, f"{number}. {name}", bold)
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, len(found.standards), 16)
    sheet.freeze_panes(row + 1, 1)
    for line in found.lines:
        row += 1
        sheet.write_string(row, 0, line.agency, plain)
        for across, cell in enumerate(line.cells, 1):
            _cell(sheet, row, across, cell.shown, tones.get(tone_of(cell.mean, test), centre))
    row += 2
    for entry in key_of(found):
        sheet.write_string(row, 0, f"{entry['short']}: {entry['label']}")
        row += 1
    row += 1
    for text in ("How these figures are made", *made(found)):
        sheet.write_string(row, 0, text)
        row += 1
    _in_words(book, found, bold, plain)
    book.close()
    return out.getvalue()


def _cell(sheet: Any, row: int, across: int, shown: str, drawn: Any) -> None:
    """A score as a number, so that it can be sorted and counted with; a state, or a score in words, as its word."""
    if _NUMBER.fullmatch(shown):
        sheet.write_number(row, across, float(shown), drawn)
    else:
        sheet.write_string(row, across, shown, drawn)


def _in_words(book: xlsxwriter.Workbook, found: Map, bold: object, plain: object) -> None:
    sheet = book.add_worksheet("In words")
    for across, label in enumerate(("Agency", "Standard", "Cell", "What it says")):
        sheet.write_string(0, across, label, bold)
    sheet.set_column(0, 2, 30)
    sheet.set_column(3, 3, 90)
    row = 0
    for line in found.lines:
        for (_, number, name), cell in zip(found.standards, line.cells, strict=True):
            row += 1
            for across, text in ((0, line.agency), (1, f"{number}. {name}"), (3, cell.words)):
                sheet.write_string(row, across, text, plain)
            _cell(sheet, row, 2, cell.shown, plain)
    sheet.autofilter(0, 0, row, 3)
    sheet.freeze_panes(1, 0)


def csv(found: Map, *, title: str, today: date, stamp: Stamp) -> bytes:
    """One row per agency, one column per standard; safe to open in a spreadsheet."""
    head = [*stamp.lines(), *notes(found, title, today), "How these figures are made", *made(found)]
    labels = ["Agency", *[f"{n}. {t}" for _, n, t in found.standards]]
    return downloads.as_csv(
        head, labels, ([line.agency, *[c.shown for c in line.cells]] for line in found.lines)
    )
