"""Loading what a council counted: looked through first, refused when it is not the board's, replaced as a whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.indicators.counted import a_figure, a_file, council
from tests.indicators.people import Figures
from wholestory.indicators.models import Submission, Value

pytestmark = pytest.mark.django_db
Browse = Callable[..., Client]
HOME = "/figures/counted/"


def sent(client: Client, content: bytes) -> HttpResponse:
    return client.post(HOME, {"file": SimpleUploadedFile("counts.json", content), "agency": "council"})


def loaded(client: Client, content: bytes) -> str:
    at = str(sent(client, content)["Location"])
    seen = client.get(at).context["plan"].seen
    assert client.post(at, {"seen": seen})["Location"] == at
    return at


def values(figures: Figures) -> dict[tuple[str, str], tuple[object, object, str]]:
    with figures.acting("analyst"):
        return {
            (each.measure, each.label): (each.numerator, each.denominator, each.nothing)
            for each in Value.objects.filter(in_force=True)
        }


def test_counts_come_in_after_they_were_looked_through(figures: Figures, browse: Browse) -> None:
    council(figures.world)
    client = browse("analyst")
    at = str(sent(client, a_file())["Location"])
    page = client.get(at).content.decode()
    assert "188 of 940" in page
    assert "XYZ-9" in page
    assert values(figures) == {}
    seen = client.get(at).context["plan"].seen
    client.post(at, {"seen": seen})
    found = values(figures)
    assert found["C06", ""] == (940, None, "")
    assert found["C06", "male"] == (500, None, "")
    assert found["C07", ""] == (188, 940, "")
    # 0 of 0 is kept as what was counted: it is shown as not applicable, never as 0 per cent.
    assert found["D11", ""] == (0, 0, "")
    with figures.acting("analyst"):
        one = Value.objects.get(measure="C06", label="")
        assert (one.rule, one.note) == ("REF-1", "2 rows left out for an error.")
        assert (one.period_start, one.period_end) == (date(2015, 10, 1), date(2015, 12, 31))


def test_a_later_file_takes_the_place_of_the_earlier(figures: Figures, browse: Browse) -> None:
    council(figures.world)
    client = browse("analyst")
    loaded(client, a_file())
    loaded(client, a_file(a_figure("REF-1", 951)))
    assert values(figures) == {("C06", ""): (951, None, "")}
    with figures.acting("analyst"):
        assert sorted(Submission.objects.values_list("state", flat=True)) == ["in_force", "replaced"]
        assert Value.objects.filter(measure="C07").exists(), "both are kept"


def test_withheld_counts_stay_withheld(figures: Figures, browse: Browse) -> None:
    council(figures.world)
    loaded(browse("analyst"), a_file(a_figure("REF-1", "c"), a_figure("REF-2", "c", 940)))
    assert values(figures) == {
        ("C06", ""): (None, None, "suppressed"),
        ("C07", ""): (None, None, "suppressed"),
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (a_file(authority="873"), "Cambridgeshire. This board answers for Northmarsh"),
        (a_file(first="2016-01-01", last="2016-03-31"), "still to come"),
        (a_file().replace(b"940", b"941"), "changed after it was made"),
        (b"{", "no aggregate file"),
        (b'{"format": "else"}', "no aggregate file"),
    ],
)
def test_what_is_not_the_boards_loads_nothing(
    figures: Figures, browse: Browse, content: bytes, words: str
) -> None:
    council(figures.world)
    answer = sent(browse("analyst"), content)
    assert words in answer.content.decode()
    with figures.acting("analyst"):
        assert not Submission.objects.exists()


def test_the_same_file_twice_is_told(figures: Figures, browse: Browse) -> None:
    council(figures.world)
    client = browse("business_manager")
    loaded(client, a_file())
    assert "loaded already" in sent(client, a_file()).content.decode()


def test_a_rate_on_a_published_population_needs_the_number_alone(figures: Figures, browse: Browse) -> None:
    """Plans begun are sent as a number; how many children live in the area is published."""
    council(figures.world)
    loaded(browse("analyst"), a_file(a_figure("CPP-2", 84)))
    assert values(figures) == {("D07a", ""): (84, None, "")}


def test_put_aside_is_erased(figures: Figures, browse: Browse) -> None:
    council(figures.world)
    client = browse("analyst")
    at = str(sent(client, a_file())["Location"])
    client.post(f"{at}put-aside/")
    with figures.acting("analyst"):
        assert Submission.objects.get().typed == {}
    assert client.get(at).status_code == 200


@pytest.mark.parametrize(
    "persona", ["chair", "lay_member", "police_lead", "head", "group_chair", "sister_analyst", "stranger"]
)
def test_nobody_else_loads_them(figures: Figures, browse: Browse, persona: str) -> None:
    council(figures.world)
    at = str(sent(browse("analyst"), a_file())["Location"])
    client = browse(persona)
    for path in ("", "put-aside/"):
        assert client.get(f"{at}{path}").status_code in (403, 404)
