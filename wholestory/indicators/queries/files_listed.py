"""The files of a return, each told from another of its name, and the rows a file leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wholestory.indicators.models import AgencyReturn, Submission, SubmissionState
from wholestory.indicators.rules.lines import Line


@dataclass(frozen=True)
class File:
    """One file that was loaded. ``number`` counts the files of the return, from 1; ``looking`` says that it was
    looked at and neither used nor put aside."""

    number: int
    submission: Submission
    state: str
    looking: bool


def files_of(ret: AgencyReturn) -> list[File]:
    """The files of a return, the newest first: one query."""
    rows = (
        Submission.objects.filter(of_return=ret, source="workbook").exclude(file_name="").order_by("number")
    )
    found = [_file(number, row) for number, row in enumerate(rows, 1)]
    return found[::-1]


def _file(number: int, row: Submission) -> File:
    only_looked, is_open = "looking" in row.about, row.state == SubmissionState.DRAFT
    if only_looked:
        said = "looked at, not used yet" if is_open else "put aside"
    elif is_open:
        said = "used, not sent yet"
    else:
        said = row.get_state_display().lower()
    return File(number, row, said, only_looked and is_open)


def absent(submission: Submission, lines: Sequence[Line]) -> list[str]:
    """The lines of which the file has no row that could be read: deleted, merged, or left out of a table."""
    there = submission.typed.get("rows", {})
    return [f"{line.title} ({line.measure})" for line in lines if line.key not in there]
