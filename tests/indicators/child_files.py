"""Files about invented children on a board's own system: the basis, the file, and the job that counts it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from tests.indicators.child_level.samples import census, child, el, episode
from tests.indicators.counted import council
from tests.indicators.people import Figures
from wholestory.documents import shelf
from wholestory.indicators.models import ChildFiles, LawfulBasis
from wholestory.indicators.operations import counting_children, lawful_basis

HOME, BASIS = "/figures/children/", "/figures/lawful-basis/"
TODAY = date(2016, 3, 14)
YEAR = "2014-04-01/2015-03-31"
QUARTER = "2014-04-01/2014-06-30"
#: Ids that stand nowhere else, so that a search finds every place they got to.
IDS = ("KZQ700101", "KZQ700102", "KZQ700103")
SAID = {
    "law": "Children Act 2004, section 14B", "why": "The board audits single cases with the council.",
    "decided_by": "The board", "decided_on": date(2016, 2, 1), "assessment": "DPIA 17", "review_on": date(2017, 2, 1),
    "keep_days": 90,
}  # fmt: skip


def _identified(key: str) -> str:
    return "".join(
        (el("LAchildID", key), el("UPNunknown", "UN1"), el("PersonBirthDate", "2005-06-01"), el("Sex", "F"))
    )


def a_census(**header: Any) -> bytes:
    """Three referrals in the year to March 2015, one of them on a day there is not: two can be counted."""
    return referred("2014-05-06", "2014-09-02", "2014-02-31", **header)


def referred(*days: str, **header: Any) -> bytes:
    """A census of children referred on these days."""
    keys = [*IDS, *(f"KZQ7002{number:02}" for number in range(len(days)))]
    children = [
        child(episode(day), identifiers=_identified(key)) for key, day in zip(keys, days, strict=False)
    ]
    return census(*children, **{"year": 2015, **header}).encode()


class Holding:
    """A board that holds files about children."""

    def __init__(self, figures: Figures, browse: Callable[..., Client]) -> None:
        self.figures, self.browse = figures, browse
        council(figures.world)

    def basis(self, **said: Any) -> LawfulBasis:
        with self.figures.acting("business_manager") as actor:
            return lawful_basis.record(
                actor=actor, board=self.figures.world.board, said={**SAID, **said}, today=TODAY
            )

    def send(
        self, content: bytes, client: Client | None = None, name: str = "cin.xml", **said: Any
    ) -> HttpResponse:
        earlier = said.pop("earlier", None)
        given = {"source": "census", "period": YEAR, "agency": "council", **said}
        given["sent"] = SimpleUploadedFile(name, content)
        if earlier is not None:
            given["earlier"] = SimpleUploadedFile("before.xml", earlier)
        return (client or self.browse("analyst")).post(HOME, given)

    def counted(self, content: bytes | None = None, **said: Any) -> str:
        """The address of a load that was sent and counted."""
        answer = self.send(a_census() if content is None else content, **said)
        assert answer.status_code == 302, answer.content.decode()
        at = str(answer["Location"])
        self.run(at)
        return at

    def run(self, at: str) -> bool:
        """Run the job of a load, as the queue would."""
        return counting_children.count(self.figures.world.board, self.load(at).pk)

    def load(self, at: str) -> ChildFiles:
        with self.figures.acting("analyst"):
            found = ChildFiles.objects.select_related("submission", "record").prefetch_related("files")
            return found.get(record__reference=at.rstrip("/").rpartition("/")[2])

    def accepted(self, at: str, client: Client | None = None) -> HttpResponse:
        client = client or self.browse("analyst")
        return client.post(at, {"seen": client.get(at).context["plan"].seen})


def on_the_shelf() -> list[str]:
    """Where sealed files stand, by the disk itself."""
    folder = Path(shelf.storage().base_location)  # type: ignore[attr-defined]
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())


def jobs() -> list[tuple[str, dict[str, Any]]]:
    """The jobs that wait, with their arguments."""
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args from procrastinate_jobs")
        return [
            (name, args if isinstance(args, dict) else json.loads(args)) for name, args in cursor.fetchall()
        ]


def is_key(text: str) -> bool:
    """Whether it is a key and nothing else."""
    return str(UUID(text)) == text
