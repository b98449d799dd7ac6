"""A page of results in whichever form was asked for."""

from __future__ import annotations

from collections.abc import Callable

from wholestory.assurance.files.report_csv import csv
from wholestory.assurance.files.report_excel import excel
from wholestory.assurance.files.report_pdf import pdf
from wholestory.assurance.files.report_word import word
from wholestory.assurance.reports.base import Report
from wholestory.kernel.generated import Stamp

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
LABELS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "csv": "CSV"}


def made(report: Report, kind: str, *, stamp: Stamp) -> bytes:
    """The file's bytes. Raises KeyError for a kind that is not in ``TYPES``."""
    writers: dict[str, Callable[..., bytes]] = {"pdf": pdf, "docx": word, "xlsx": excel, "csv": csv}
    return writers[kind](report, stamp=stamp)
