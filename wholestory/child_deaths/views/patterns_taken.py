"""Figures as a file: exactly what stands on the page, one line for each number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from wholestory.access import asking, reading
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.studies import YearsForm
from wholestory.child_deaths.queries.pattern_blocks import Block
from wholestory.child_deaths.rules.years import Year
from wholestory.govuk import downloads
from wholestory.govuk.forms import FilterForm
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.parts import Column

KIND = "child_deaths.figures"
COLUMNS = (
    Column("subject", "Subject"), Column("line", "Line"), Column("what", "What"), Column("value", "Value"),
)  # fmt: skip


EXACT = "Numbers are exact and can tell whose child it was: for the panel’s own work only."
ROUNDED = (
    "Every number of deaths is rounded to a multiple of five, by chance up or down."
    " Shares and intervals are worked out from rounded numbers."
)


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


def cannot_follow(form: FilterForm) -> bool:
    """Whether an answer of the filter cannot be followed. Then no figure is shown and none is taken away: figures of
    more deaths than were asked for would be read as those that were."""
    return not form.is_valid()


def status_of(request: Request, form: FilterForm) -> int:
    """The page's status: a file that was asked for and cannot be made is refused, with the page that says why."""
    return 400 if cannot_follow(form) and request.GET.get("download") else 200


def head_of(request: Request, narrowed: Sequence[str], *, exact: bool) -> list[str]:
    """What a file of figures says of itself above its numbers: what they are of, on which day, and how exact."""
    return [
        f"Only {'; '.join(narrowed)}" if narrowed else "No filter: every death",
        f"Counted on {in_words(request.today)}",
        EXACT if exact else ROUNDED,
    ]


def narrowed_by(form: FilterForm) -> list[str]:
    """What the filter leaves, answer by answer, in the words of the page; the years where nothing was said too."""
    found = {name: (label, words) for name, label, words in form.chosen()}
    if isinstance(form, YearsForm):
        years = form.years
        for name in ("first", "last"):
            found.pop(name, None)
        found["years"] = ("years", f"{Year(years[0]).label} up to {Year(years[-1]).label}")
    return [f"{label[0].lower()}{label[1:]}: {words}" for label, words in found.values()]


def taken_away(
    request: Request,
    name: str,
    blocks: Sequence[Block],
    first: Sequence[tuple[str, str]] = (),
    *,
    narrowed: Sequence[str],
    exact: bool,
) -> HttpResponse | None:
    """The page as a file where that was asked for by somebody who may; else None. Its line is in the access record.
    ``narrowed`` says what the figures are of."""
    wanted = request.GET.get("download", "")
    if wanted not in downloads.FORMATS or not may_take(request):
        return None
    reading.listed(request, KIND, [], verb="access.downloaded")
    title = f"Figures about deaths {re.sub('_', ' ', name.removeprefix('pattern_'))}"
    return downloads.export(
        request, list(lines(blocks, first)), COLUMNS, title, wanted,
        notes=head_of(request, narrowed, exact=exact), narrowed_by=" ".join(narrowed),
    )  # fmt: skip


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
