"""An export as another product might make one; its headings are ours, for nobody published any. All are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.child_deaths.past_lists import as_csv
from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import PastFile

Browse = Callable[[str], Client]
HEADINGS = (
    "Case ID", "NCMD reference", "Forename", "Surname", "DOB", "NHS Number", "Date of death", "Date notified",
    "Panel date", "Category", "Modifiable factors", "Status", "Finalised on", "Submitted to NCMD", "Submitted by",
    "Sleep surface",
)  # fmt: skip
#: The invented boy of the other tests, finished and entered by somebody there.
ROWAN = (
    "E-77", "N-4711", "Rowan", "Ashby", "02/05/2013", "999 000 0018", "12/03/2016", "13/03/2016", "", "", "",
    "Open", "", "", "", "Cot",
)  # fmt: skip
FINISHED = (
    "E-12", "N-4001", "Tamsin", "Orchard", "02/05/2019", "999 000 0026", "14/03/2020", "15/03/2020", "01/09/2020", "8",
    "No", "Finalised", "03/09/2020", "04/09/2020", "P. Sallow", "Sofa",
)  # fmt: skip


def line(of: tuple[str, ...], **changed: str) -> tuple[str, ...]:
    """A line with some cells changed, by heading with underscores."""
    at = {heading.replace(" ", "_"): n for n, heading in enumerate(HEADINGS)}
    cells = list(of)
    for heading, cell in changed.items():
        cells[at[heading]] = cell
    return tuple(cells)


def content(*lines: tuple[str, ...]) -> bytes:
    """The export as a CSV file."""
    return as_csv(*lines, headings=HEADINGS)


def sent(deaths: Deaths, client: Client, *lines: tuple[str, ...], **said: Any) -> str:
    """An export that was sent: the reference."""
    file = SimpleUploadedFile("export.csv", content(*lines), "text/csv")
    answer = client.post(
        reverse("child_deaths:vendor_home"), {"panel": str(deaths.panel.pk), "file": file, **said}
    )
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).split("/")[-3]


def settled(client: Client, reference: str, **changed: str) -> None:
    """Columns and stages settled as they were proposed."""
    for step in ("vendor_columns", "vendor_stages"):
        url = reverse(f"child_deaths:{step}", args=[reference])
        page = client.get(url)
        if page.status_code == 302:
            continue
        said = {name: field.initial or "" for name, field in page.context["form"].fields.items()}
        answer = client.post(url, {**said, **{k: v for k, v in changed.items() if k in said}})
        assert answer.status_code == 302, answer.content.decode()


def loaded(client: Client, reference: str, **said: str) -> Any:
    """The last word."""
    url = reverse("child_deaths:vendor_check", args=[reference])
    return client.post(url, {"seen": client.get(url).context["plan"].seen, **said})


def the_file(deaths: Deaths) -> PastFile:
    """The export that is there."""
    with deaths.acting():
        return PastFile.objects.select_related("record").get()
