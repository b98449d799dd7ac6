"""Workbooks of Ofsted's lists for the command and for loading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from wholestory.indicators.child_level.aggregate import Input
from wholestory.indicators.child_level.annex_a.checks import check
from wholestory.indicators.child_level.annex_a.counting import count
from wholestory.indicators.child_level.annex_a.reader import Book, read
from wholestory.indicators.child_level.beside import Sheet
from wholestory.indicators.child_level.findings import MOST_LISTED, Findings, Refused
from wholestory.indicators.child_level.kinds import Asked, Worked


def worked(paths: Sequence[Path], asked: Asked) -> list[Worked | Refused]:
    """Each workbook by itself. The lists do not say their period or authority, so the window has to be named."""
    results: list[Worked | Refused] = []
    for path in paths:
        try:
            results.append(_one(path, asked))
        except Refused as refused:
            results.append(refused)
    return results


def _one(path: Path, asked: Asked) -> Worked:
    if asked.window is None:
        raise Refused(
            path.name, "The lists do not say which days they cover.", "Give the window with --from and --to."
        )
    findings = Findings(asked.most if asked.most is not None else MOST_LISTED)
    book = read(path, path.name, findings)
    check(book, asked.window, findings, keep=asked.keep)
    counts = count(book, asked.window) if asked.figures else None
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Worked(
        "annex_a",
        path.name,
        (Input(path.name, sha256),),
        asked.authority or "",
        asked.window,
        findings,
        len({row.child for number in book.lists for row in book.rows(number)}),
        counts.figures if counts else (),
        counts.not_counted if counts else {},
        asked.keep,
        sheets=partial(_sheets, book, findings),
    )


def _sheets(book: Book, findings: Findings) -> Iterable[Sheet]:
    told = {one.table for one in findings}
    for table, columns, rows in book.tables():
        if table in told:
            yield Sheet(table, columns, rows)
