"""The lists for inspectors and the looked-after return come in by the same door as the census."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.indicators.child_files import HOME, SAID, Holding, on_the_shelf, referred
from wholestory.indicators.models import Submission, Value
from wholestory.indicators.operations import lawful_basis
from wholestory.partners.models import Board

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
TABLES = sorted((DATA / "ssda903").glob("*.csv"))
SEPTEMBER = "2020-07-01/2020-09-30"
MAY_2021 = {"decided_on": date(2021, 4, 1), "review_on": date(2022, 4, 1)}


def on(held: Holding, day: date, **said: date) -> None:
    """Let the board's day be another, and record a basis."""
    Board.objects.filter(pk=held.figures.world.board.pk).update(example_today=day)
    held.figures.world.board.refresh_from_db()
    with held.figures.acting("business_manager") as actor:
        lawful_basis.record(actor=actor, board=held.figures.world.board, said={**SAID, **said}, today=day)


def send_lists(held: Holding) -> str:
    content = (DATA / "annex_a" / "Annex_A.xlsx").read_bytes()
    return held.counted(content, name="Annex_A.xlsx", source="annex_a", period=SEPTEMBER)


def number(held: Holding, measure: str) -> tuple[object, str]:
    with held.figures.acting("analyst"):
        one = Value.objects.select_related("submission").get(measure=measure, label="", in_force=True)
        return one.numerator, one.submission.about["source"]


def test_the_lists_of_inspectors(held: Holding) -> None:
    on(held, date(2021, 5, 4), **MAY_2021)
    held.accepted(send_lists(held))
    # Five contacts, all on 16 September 2020.
    assert number(held, "C01") == (5, "annex_a")


def test_the_lists_never_take_the_place_of_the_census(held: Holding) -> None:
    on(held, date(2021, 5, 4), **MAY_2021)
    census = referred("2020-07-06", "2020-08-03", "2020-09-01", year=2021)
    held.accepted(held.counted(census, period=SEPTEMBER))
    held.accepted(send_lists(held))
    assert number(held, "C06") == (3, "census")
    assert number(held, "C01") == (5, "annex_a"), "a census counts no contacts"
    with held.figures.acting("analyst"):
        assert Value.objects.filter(measure="C06", label="").count() == 2, "both are kept"


def test_the_tables_of_the_looked_after_return(
    held: Holding, browse: Callable[..., Client], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    on(held, date(2018, 6, 4), decided_on=date(2018, 4, 1), review_on=date(2019, 4, 1))
    given = {
        "source": "looked_after", "period": "2017-04-01/2018-03-31", "agency": "council",
        "sent": [SimpleUploadedFile(each.name, each.read_bytes()) for each in TABLES],
    }  # fmt: skip
    at = str(browse("analyst").post(HOME, given)["Location"])
    assert held.run(at)
    held.accepted(at)
    expected = json.loads((DATA / "ssda903" / "ssda903_2017-18.indicators.json").read_text())
    assert number(held, "E01") == (expected["lac_at_end"], "looked_after")
    with held.figures.acting("analyst"):
        inputs = Submission.objects.get().about["inputs"]
    assert sorted(each["name"] for each in inputs) == [each.name for each in TABLES]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        browse("analyst").post(f"{at}erase/")
    assert on_the_shelf() == []
