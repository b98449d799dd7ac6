"""Figures as a file: exactly what stands on the page, one line for each number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from wholestory.access import asking, reading
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.queries.pattern_blocks import Block
from wholestory.govuk import downloads
from wholestory.govuk.parts import Column

KIND = "child_deaths.figures"
COLUMNS = (
    Column("subject", "Subject"), Column("line", "Line"), Column("what", "What"), Column("value", "Value"),
)  # fmt: skip


def may_take(request: Request) -> bool:
    """Whether whoever looks may take figures away."""
    return asking.may(request.seats, Verb.EXPORT, KIND, request.board)


def taken_urls(request: Request) -> dict[str, Any]:
    """The addresses of the page as a file, for a template; none for those who may not."""
    if not may_take(request):
        return {"taken": []}
    asked = request.GET.copy()
    found = []
    for fmt, label in (("csv", "CSV"), ("xlsx", "Excel")):
        asked["download"] = fmt
        found.append((f"?{asked.urlencode()}", label))
    return {"taken": found}


def taken_away(
    request: Request, name: str, blocks: Sequence[Block], first: Sequence[tuple[str, str]] = ()
) -> HttpResponse | None:
    """The page as a file where that was asked for by somebody who may; else None. Its line is in the access record."""
    wanted = request.GET.get("download", "")
    if wanted not in downloads.FORMATS or not may_take(request):
        return None
    reading.listed(request, KIND, [], verb="access.downloaded")
    title = f"Figures about deaths {re.sub('_', ' ', name.removeprefix('pattern_'))}"
    return downloads.export(request, list(lines(blocks, first)), COLUMNS, title, wanted)


def lines(blocks: Sequence[Block], first: Sequence[tuple[str, str]] = ()) -> list[dict[str, Any]]:
    """Every number of a page: subject, line, what it is, value; and what is said of each subject."""
    found = [{"subject": "Overview", "line": label, "what": "", "value": value} for label, value in first]
    for block in blocks:
        found += [
            {"subject": block.title, "line": "", "what": "In words", "value": said} for said in block.said
        ]
        for row in block.rows:
            found += [
                {"subject": block.title, "line": row[0], "what": column.label, "value": value}
                for column, value in zip(block.columns[1:], row[1:], strict=True)
            ]
    return found
