"""Lists, records and the heat map, with rows that nobody real stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from wholestory.govuk import forms
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import (
    Column,
    Event,
    HeatCell,
    HeatColumn,
    HeatMap,
    HeatRow,
    Link,
    MessagePreview,
    Row,
    Table,
    Tag,
)
from wholestory.govuk.parts.heat_map import State, cells

AGENCIES = (
    "Ashgrove Primary School", "Birchfield Sports Trust", "Castor Youth Theatre", "Dogsthorpe Play Network",
    "Eastgate Housing Support", "Fletton Brass Academy", "Glinton Young Carers", "Hollow Lane Academy",
    "Itter Park Nursery", "Jubilee Street Advice", "Kingfisher Foster Care", "Longthorpe Swimming Club",
)  # fmt: skip
STATES = (
    ("Signed off", "done"), ("In progress", "in_progress"), ("Overdue", "overdue"), ("Not started", "not_started"),
    ("Returned with a query", "returned"),
)  # fmt: skip


@dataclass(frozen=True)
class Return:
    """One line of the list."""

    agency: Link
    name: str
    sector: str
    state: Tag
    answered: int
    due_on: date
    due: str


RETURNS = [
    Return(
        agency=Link(name, f"#{n}"),
        name=name,
        sector=("school", "charity", "health")[n % 3],
        state=Tag(*STATES[n % len(STATES)]),
        answered=(n * 7) % 41,
        due_on=date(2016, 3, 1 + n % 28),
        due=f"{1 + n % 28} March 2016",
    )
    for n, name in enumerate(AGENCIES * 4)
]


class ReturnFilters(forms.FilterForm):
    """What the list of returns can be narrowed by."""

    words = forms.TextField(label="Agency")
    sector = forms.SelectField(
        label="Sector",
        choices=[("school", "Schools"), ("charity", "Charities"), ("health", "Health")],
        prompt="All",
    )

    def apply(self, rows: Any) -> Any:
        """The rows whose agency holds the words and whose sector is the one chosen."""
        words = (self.cleaned_data.get("words") or "").casefold()
        sector = self.cleaned_data.get("sector")
        return [one for one in rows if words in one.name.casefold() and sector in ("", None, one.sector)]


COLUMNS = (
    Column("agency", "Agency", sortable=True, sort_by=("name",)),
    Column("sector", "Sector"),
    Column("state", "State"),
    Column("answered", "Answered", numeric=True, sortable=True),
    Column("due", "Due", sortable=True, sort_by=("due_on",)),
)


def lists(request: HttpRequest) -> dict[str, Any]:
    """A list that can be narrowed, sorted, paged through and downloaded, and tables of every kind."""
    page = ListPage(
        request.GET,
        rows=RETURNS,
        columns=COLUMNS,
        sort="agency",
        filters=ReturnFilters(request.GET),
        per_page=8,
        caption="Returns",
    )
    wide = [f"Measure {n}" for n in range(1, 15)]
    return {
        "page": page,
        "plain": Table(
            "Children by age",
            ["Age", Column("n", "Children", numeric=True)],
            [("0 to 4", 1204), ("5 to 9", 998)],
        ),
        "wide_table": Table(
            "A wide table scrolls in its own window",
            ["Agency", *(Column(one, one, numeric=True) for one in wide)],
            [[name, *(n * 3 for n in range(14))] for name in AGENCIES[:4]],
            id="wide-table",
        ),
        "empty": Table("Open actions", ["Action", "Due"], [], empty="No action is open.", id="empty-table"),
        "rows": [
            Row("Organisation", "Hollow Lane Academy", [Link("Change", "#1")]),
            Row("Senior officer", "Idris Penhaligon", [Link("Change", "#2"), Link("Remove", "#3")]),
            Row("State", Tag("Returned with a query", "returned")),
            ("Due", "29 April 2016"),
        ],
    }


def records(request: HttpRequest) -> dict[str, Any]:
    """What stands on the page of a record."""
    return {
        "events": [
            Event(
                "Returned with a query",
                "14 March 2016",
                "Maren Oakley, business manager",
                "Please add the date of the policy.",
            ),
            Event("Signed off", "9 March 2016", "Idris Penhaligon, headteacher", tag=Tag("Late", "overdue")),
            Event("Issued", "11 January 2016", "the board’s team"),
        ],
        "who": [
            "Hollow Lane Academy: the three people who fill it in",
            "The board’s team",
            "The chair, after release",
        ],
        "message": MessagePreview(
            to="Idris Penhaligon, Hollow Lane Academy",
            subject="Your self-assessment is due on 29 April",
            body="Dear Idris,\n\nYour self-assessment is nearly done: 33 of 41 questions are answered.\n\n"
            "Sign in to finish it:\nhttps://board.example.org/r/SA-7F3K9Q\n\nThe board’s team",
            sender="The board’s team <board@example.org>",
            when="Not sent yet",
            status=Tag("Draft", "not_started"),
            attachments=["due-date.ics"],
            example=True,
        ),
    }


def heat_map(request: HttpRequest) -> dict[str, Any]:
    """Twelve agencies by fifteen standards, with every kind of cell."""
    standards = [
        HeatColumn(f"{n // 4 + 1}.{n % 4 + 1}", f"Standard {n // 4 + 1}.{n % 4 + 1}", f"#s{n}")
        for n in range(15)
    ]
    whole: dict[int, State] = {1: "not_returned", 4: "nil", 6: "extension", 9: "not_released"}
    whole |= {2: "in_progress", 5: "awaited", 10: "query"}
    answers: tuple[int | State | None, ...] = (
        3, 2, 3, 1, 2, 3, 0, 2, "not_applicable", None, 3, 2, 2, 1, "not_asked",
    )  # fmt: skip
    rows = []
    for n, name in enumerate(AGENCIES):
        if n in whole:
            line = cells([whole[n]] * 15)
        else:
            line = cells(answers[(m * 7 + n) % 15] for m in range(15))
            line[n % 15] = HeatCell(score=1, url=f"#{n}", note="Moderated from 3", changed=True)
        rows.append(HeatRow(name, line, url=f"#a{n}", extra="Extension to 30 April" if n == 6 else ""))
    return {"heat_map": HeatMap("Agencies by standard, 2015/16", standards, rows), "wide": True}
