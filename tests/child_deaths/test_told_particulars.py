"""What a message says of the child and the place comes into the case; what a person put right stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.child_deaths.people import NOW, Deaths
from tests.personas import TODAY
from wholestory.child_deaths.models import Case, Child, DeathRow
from wholestory.child_deaths.operations import figures, matching, opening, particulars
from wholestory.child_deaths.rules import told_particulars

Browse = Callable[[str], Client]
BABY: dict[str, Any] = {
    "born_on": "2016-03-10", "ethnicity": "white_asian", "gestation_weeks": "27", "birthweight_grams": 940,
    "place_kind": "neonatal_unit", "sex": "female",
}  # fmt: skip


def held(deaths: Deaths, case: Case) -> tuple[Any, ...]:
    with deaths.acting():
        found = Case.objects.select_related("child").get(pk=case.pk)
        child = found.child
        return (child.sex, child.ethnicity, child.gestation_weeks, child.birthweight_grams, found.place_kind)


def another(deaths: Deaths, case: Case, **said: Any) -> None:
    message = deaths.told("2016-03-14 09:00", **said)
    with deaths.acting() as actor:
        matching.join(actor=actor, notification=message, case=case, now=NOW)


def put_right(deaths: Deaths, case: Case, **child: Any) -> None:
    with deaths.acting() as actor:
        particulars.put_right(
            actor=actor, case=Case.objects.select_related("child", "record__standing").get(pk=case.pk),
            changes=particulars.Changes(child=child), reason="", now=deaths.now,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "column", "expected"),
    [
        ({"gestation_weeks": "27"}, "gestation_weeks", 27),
        ({"gestation_weeks": 27.0}, "gestation_weeks", 27),
        ({"gestation_weeks": "9"}, "gestation_weeks", None),
        ({"gestation_weeks": "46"}, "gestation_weeks", None),
        ({"gestation_weeks": "27+3"}, "gestation_weeks", None),
        ({"birthweight_grams": "940"}, "birthweight_grams", 940),
        ({"birthweight": "940"}, "birthweight_grams", 940),
        ({"birthweight_grams": "3.2"}, "birthweight_grams", None),
        ({"ethnicity": "Gypsy or Roma"}, "ethnicity", "gypsy_roma"),
        ({"ethnicity": "A"}, "ethnicity", "A"),
        ({"ethnicity": "something that is on no list at all, and is long besides"}, "ethnicity", ""),
        ({"sex": "F"}, "sex", "female"),
        ({"sex": "not_known"}, "sex", ""),
        ({"place_kind": "hospice"}, "place_kind", "hospice"),
        ({"place_kind": "a tent"}, "place_kind", ""),
    ],
)
def test_what_is_read_of_an_answer(said: dict[str, Any], column: str, expected: object) -> None:
    answers = {key: {"value": value} for key, value in said.items()}
    assert told_particulars.READ[column](answers) == expected


def test_opening_carries_it_over_and_the_figures_count_it(deaths: Deaths) -> None:
    case = deaths.case(**BABY)
    assert held(deaths, case) == ("female", "white_asian", 27, 940, "neonatal_unit")
    figures.refresh(case)
    with deaths.acting():
        row = DeathRow.objects.get()
    assert (row.place_kind, row.ethnic_group, row.has_gestation, row.has_birthweight) == (
        "neonatal_unit", "mixed", True, True
    )  # fmt: skip


def test_a_later_message_fills_only_what_nobody_said(deaths: Deaths) -> None:
    case = deaths.case(**{**BABY, "birthweight_grams": None, "place_kind": None})
    another(deaths, case, **{**BABY, "gestation_weeks": "31", "birthweight_grams": "955"})
    assert held(deaths, case) == ("female", "white_asian", 27, 955, "neonatal_unit")


def test_what_a_person_put_right_or_emptied_stays(deaths: Deaths) -> None:
    case = deaths.case(**BABY)
    put_right(deaths, case, gestation_weeks=28, birthweight_grams=None)
    another(deaths, case, **BABY)
    assert held(deaths, case)[2:4] == (28, None)


def test_the_page_of_the_case_says_where_from(deaths: Deaths, browse: Browse) -> None:
    message = deaths.told(**BABY)
    case = deaths.case(message)
    url = f"/child-deaths/cases/{case.record.reference}/"
    page = browse("coordinator").get(url).content.decode().replace("\xa0", " ")
    source = f"told in {message.record.reference} on Sunday 13 March 2016"
    for words in ("27", "940 g", "White and Asian", "Female", "Hospital: neonatal unit"):
        assert f"{words} ({source})" in page
    put_right(deaths, case, gestation_weeks=28)
    page = browse("coordinator").get(url).content.decode().replace("\xa0", " ")
    assert f"28 (entered here; otherwise in {message.record.reference})" in page


def test_a_code_of_another_system_is_not_lost_when_particulars_are_saved(
    deaths: Deaths, browse: Browse
) -> None:
    case = deaths.case(**{**BABY, "ethnicity": "F"})
    url = f"/child-deaths/cases/{case.record.reference}/particulars/"
    page = browse("coordinator").get(url).content.decode().replace("\xa0", " ")
    assert '<option value="F" selected>Mixed: White and Asian</option>' in " ".join(page.split())
    with deaths.acting():
        assert Child.objects.get().ethnicity == "F"


def test_opening_asks_as_before(deaths: Deaths) -> None:
    """A message without any of it opens a case that says nothing of it."""
    message = deaths.told(sex=None)
    with deaths.acting() as actor:
        case = opening.open_case(actor=actor, notification=message, now=deaths.now, today=TODAY)
    assert held(deaths, case) == ("not_known", "", None, None, "")
