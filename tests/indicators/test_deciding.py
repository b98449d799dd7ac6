"""Deciding about a measure: targets never recolour the past, limits begin anew for a reason, own ones are sealed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from tests.indicators.people import Figures
from wholestory.access.asking import NotForYou
from wholestory.indicators import beside
from wholestory.indicators.catalogue import from_json, load, seal
from wholestory.indicators.files import measures_book
from wholestory.indicators.models import OwnMeasure, Rebase, Target
from wholestory.indicators.operations import decisions, own_measures
from wholestory.indicators.queries.decided import decided
from wholestory.indicators.queries.measures import catalogue_of

pytestmark = pytest.mark.django_db

Browse = Callable[[str], Client]
TODAY = date(2016, 3, 14)
TEAM = ["analyst", "business_manager", "quality_officer"]
OTHERS = ["chair", "police_lead", "head", "administrator", "lay_member", "stranger", "group_chair"]
OWN: dict[str, Any] = {
    "code": "L-01", "title": "Families met at home", "theme": "b", "tier": "2",
    "description": "Of families, the share met at home.", "why": "Home tells more.",
    "numerator": "Families met at home", "denominator": "Families met", "unit": "percent", "polarity": "H",
    "aggregation": "sum", "frequency": "Q", "year": "financial", "providers": ["council"], "oba": "how_well",
    "small_numbers": "board",
}  # fmt: skip


def day(on: date, name: str = "from_on") -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def set_(figures: Figures, from_on: date, target: str) -> Target:
    with figures.acting() as analyst:
        return decisions.set_target(
            actor=analyst, board=figures.world.board, measure=load().get("C07"), from_on=from_on,
            thresholds={"target": target}, because="Agreed by the board", today=TODAY,
        )  # fmt: skip


def test_a_first_target_may_look_back_a_second_may_not(figures: Figures) -> None:
    set_(figures, date(2014, 4, 1), "20")
    with pytest.raises(decisions.DecisionRefused, match="today or later"):
        set_(figures, date(2015, 4, 1), "30")
    set_(figures, TODAY, "30")
    with figures.acting():
        found = decided(figures.world.board)
        before, after = (found.standards("C07", "L", on) for on in (date(2015, 12, 31), date(2016, 3, 31)))
    assert before is not None
    assert after is not None
    assert (before.target, after.target) == (20, 30)


@pytest.mark.parametrize("persona", OTHERS)
def test_nobody_but_the_team_decides(figures: Figures, browse: Browse, persona: str) -> None:
    client = browse(persona)
    for name in ("target", "limits"):
        url = reverse(f"indicators:{name}", args=["C07"])
        assert client.get(url).status_code == 404
        assert client.post(url, {"target": "20"}).status_code == 404
    for name in ("own_new", "own_book", "own_blank"):
        assert client.get(reverse(f"indicators:{name}")).status_code == 404
    with figures.acting("chair") as chair, pytest.raises(NotForYou):
        decisions.begin_anew(
            actor=chair, board=figures.world.board, measure=load().get("C07"), from_on=TODAY, because="x", today=TODAY
        )  # fmt: skip


@pytest.mark.parametrize("persona", TEAM)
def test_the_team_sets_a_target_on_the_page(figures: Figures, browse: Browse, persona: str) -> None:
    url = reverse("indicators:target", args=["C07"])
    sent = {"target": "22.5", "because": "Agreed", **day(TODAY)}
    assert browse(persona).post(url, sent).status_code == 302
    with figures.acting():
        (target,) = Target.objects.all()
    assert (target.thresholds, target.from_on) == ({"target": "22.5"}, TODAY)


def test_what_is_wrong_stands_beside_its_field(figures: Figures, browse: Browse) -> None:
    page = browse("analyst").post(reverse("indicators:target", args=["C07"]), {"target": "much"})
    said = page.content.decode()
    assert page.status_code == 200
    assert "Say why" in said
    assert 'value="much"' in said
    with figures.acting():
        assert not Target.objects.exists()


def test_a_volume_has_no_target(figures: Figures, browse: Browse) -> None:
    url = reverse("indicators:target", args=["B01"])
    assert "has no target" in browse("analyst").get(url).content.decode()
    browse("analyst").post(url, {"target": "5", "because": "x", **day(TODAY)})
    with figures.acting():
        assert not Target.objects.exists()


def test_limits_begin_anew_and_go_on_again(figures: Figures, browse: Browse) -> None:
    figures.series(
        "police", "C07", [(n, 50) for n in (10, 11, 10, 12, 11, 10, 9, 30, 31, 30, 29, 30, 31, 30)]
    )
    url = reverse("indicators:limits", args=["C07"])
    sent = {"because": "The front door was rebuilt", **day(date(2014, 4, 1))}
    assert browse("analyst").post(url, sent).status_code == 302
    page = browse("analyst").get(reverse("indicators:measure_read", args=["C07"])).content.decode()
    assert "The front door was rebuilt" in page
    with figures.acting():
        (rebase,) = Rebase.objects.all()
    back = reverse("indicators:limits_back", args=[rebase.id])
    assert browse("chair").post(back).status_code == 404
    assert browse("sister_analyst").post(back).status_code == 404
    assert browse("analyst").post(back).status_code == 302
    with figures.acting():
        assert not decided(figures.world.board).rebases
        assert Rebase.objects.count() == 1


def test_a_measure_of_our_own_is_sealed_and_numbered(figures: Figures, browse: Browse) -> None:
    client, url = browse("analyst"), reverse("indicators:own_new")
    assert client.post(url, OWN).status_code == 302
    assert client.post(url, {**OWN, "title": "Families met in their homes"}).status_code == 200
    sent = {**OWN, "title": "Families met in their homes", "because": "Clearer"}
    assert client.post(url, sent).status_code == 302
    with figures.acting():
        first, second = OwnMeasure.objects.order_by("version")
        found = catalogue_of(figures.world.board)["L-01"]
    assert (first.version, second.version, found.title) == (1, 2, "Families met in their homes")
    for row in (first, second):
        assert seal(from_json(row.definition)) == row.sha256
    assert "L-01" in client.get(reverse("indicators:catalogue"), {"tier": "own"}).content.decode()
    definition = client.get(reverse("indicators:definition", args=["L-01"])).content.decode()
    assert "Clearer" in definition
    # The board next door has its own.
    assert browse("sister_analyst").get(reverse("indicators:definition", args=["L-01"])).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"code": "C07"}, "begins with L-"),
        ({"code": "L-"}, "begins with L-"),
        ({"denominator": ""}, "a percent needs one"),
        ({"code": "L-?1"}, "capitals, digits and hyphens"),
    ],
)
def test_a_measure_that_makes_no_sense_is_not_published(
    figures: Figures, browse: Browse, wrong: dict[str, str], said: str
) -> None:
    page = browse("analyst").post(reverse("indicators:own_new"), {**OWN, **wrong})
    assert page.status_code == 200
    assert said in page.content.decode()
    with figures.acting():
        assert not OwnMeasure.objects.exists()


def book_of(*rows: dict[str, Any]) -> bytes:
    """A workbook as somebody fills it in."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Measures")
    for across, (heading, name, _) in enumerate(measures_book.COLUMNS):
        sheet.write(0, across, heading)
        for down, row in enumerate(rows, 1):
            value = row.get(name, "")
            sheet.write(down, across, ", ".join(value) if isinstance(value, list) else value)
    book.close()
    return out.getvalue()


def test_a_workbook_is_looked_through_first(figures: Figures, browse: Browse) -> None:
    client, url = browse("analyst"), reverse("indicators:own_book")
    content = book_of(OWN, {**OWN, "code": "L-02", "title": "Another", "unit": "number", "denominator": ""})
    page = client.post(url, {"file": SimpleUploadedFile("measures.xlsx", content)})
    assert "Publish these measures?" in page.content.decode()
    with figures.acting():
        assert not OwnMeasure.objects.exists()
    kept = page.context["kept"]
    assert browse("business_manager").post(url, {"kept": kept}).status_code == 302
    with figures.acting():
        assert not OwnMeasure.objects.exists()
    assert client.post(url, {"kept": kept}).status_code == 302
    with figures.acting():
        assert sorted(OwnMeasure.objects.values_list("code", flat=True)) == ["L-01", "L-02"]


def test_what_is_wrong_in_a_workbook_names_its_cell(figures: Figures, browse: Browse) -> None:
    content = book_of(
        OWN, {**OWN, "code": "C07"}, {**OWN, "code": "L-03", "unit": "miles"}, {**OWN, "tier": "top"}
    )
    looked = measures_book.looked_through(content)
    assert [each.code for each in looked.definitions] == ["L-01"]
    # Row 3 has a code that does not begin with L-, row 4 a unit nobody knows, row 5 a code twice and a tier in words.
    found = {(each.cell, each.column) for each in looked.faults}
    assert {("A3", "Code"), ("J4", "Unit"), ("A5", "Code"), ("D5", "Tier")} <= found
    page = browse("analyst").post(
        reverse("indicators:own_book"), {"file": SimpleUploadedFile("measures.xlsx", content)}
    )
    assert "J4" in page.content.decode()
    assert "Nothing was published" in page.content.decode()


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 cut"])
def test_what_is_no_workbook_is_said_to_be_none(figures: Figures, browse: Browse, content: bytes) -> None:
    page = browse("analyst").post(
        reverse("indicators:own_book"), {"file": SimpleUploadedFile("measures.xlsx", content)}
    )
    assert page.status_code == 200
    assert "govuk-error-summary" in page.content.decode()


def test_the_empty_workbook_can_be_filled_in() -> None:
    with pytest.raises(measures_book.CannotBeRead, match="no measure in it"):
        measures_book.looked_through(measures_book.blank())


def test_a_code_that_ships_is_never_taken(figures: Figures) -> None:
    with figures.acting() as analyst, pytest.raises(decisions.DecisionRefused, match="ships"):
        own_measures.publish(
            actor=analyst, board=figures.world.board, definition=load().get("C07"), because="", today=TODAY
        )


@pytest.mark.parametrize(
    "persona", ["analyst", "chair", "lay_member", "police_lead", "health_member", "head"]
)
def test_what_is_measured_is_open_to_the_board_and_its_agencies(
    figures: Figures, browse: Browse, persona: str
) -> None:
    client = browse(persona)
    assert "C07" in client.get(reverse("indicators:catalogue"), {"q": "C07"}).content.decode()
    assert client.get(reverse("indicators:catalogue"), {"download": "xlsx"}).status_code == 200
    assert client.get(reverse("indicators:definition", args=["C07"])).status_code == 200


def test_a_stranger_does_not_even_see_what_is_measured(figures: Figures, browse: Browse) -> None:
    for url in (reverse("indicators:catalogue"), reverse("indicators:definition", args=["C07"])):
        assert browse("stranger").get(url).status_code == 404


def test_another_room_has_its_say_on_the_page(
    figures: Figures, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def source(request: HttpRequest, *, measure: str, period_end: date) -> beside.Block | None:
        if measure != "C07":
            return None
        return beside.Block(
            "Challenges about this measure", [f"One, of {period_end:%B %Y}."], url="/x/", link="See it"
        )

    monkeypatch.setattr(beside, "_SOURCES", [])
    beside.register(source)
    beside.register(source)
    figures.series("police", "C07", [(10, 50)])
    page = browse("analyst").get(reverse("indicators:measure_read", args=["C07"])).content.decode()
    assert page.count("Challenges about this measure") == 1
    assert "One, of December 2015." in page
    other = browse("analyst").get(reverse("indicators:measure_read", args=["B01"])).content.decode()
    assert "Challenges about this measure" not in other


def test_early_help_counts_the_families_it_leaves_out(figures: Figures, browse: Browse) -> None:
    """40 episodes closed, 25 with both scores, 15 of them better: 15 are left out."""
    figures.series("police", "B06", [(24, 40)])
    figures.series("police", "B11", [(15, 25)])
    figures.series("police", "B09", [(6, 30)])
    page = browse("analyst").get(reverse("indicators:early_help")).content.decode()
    assert "15 of 25 families with both scores improved" in page
    assert "15 of 40 families whose help ended are left out" in page
    assert "as Northmarsh Constabulary matched them" in page
    assert "Families back in early help within 12 months (B10)" in page
