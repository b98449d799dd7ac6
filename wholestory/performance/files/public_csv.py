"""The figures of a published version as CSV, with its notes below them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from wholestory.kernel.generated.stamp import EXAMPLE

#: A cell that begins like this is read as a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def public_csv(document: Mapping[str, Any]) -> bytes:
    """The rows of a sealed document, then what a reader must know. UTF-8 with a mark, so that spreadsheets read it."""
    report = document["report"]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(document["heads"])
    for row in document["rows"]:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    writer.writerow([])
    notes = [report["title"], report["body"], *([EXAMPLE] if report["invented"] else []), *report["front"]]
    for section in report["sections"]:
        if section["key"] in ("small", "reading"):
            notes += section["words"]
    for note in notes:
        writer.writerow([note])
    return text.getvalue().encode("utf-8-sig")
