"""One agency's result speaks to whoever reads it, and offers no file they may not take; unscored answers are words."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.assurance.rounds import NOT_HERE, RoundOn
from tests.assurance.test_light_tool import signed
from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import ScoreSheet
from wholestory.assurance.operations import moderation
from wholestory.assurance.reports.responses import words_of
from wholestory.assurance.rules.figures import ItemFigure, weakest
from wholestory.assurance.rules.response import Timeliness

Browse = Callable[[str], Client]
LIGHT = framework_called("light_check")
SHORT_TEST = framework_called("short_self_assessment").compliant


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def result_url(round_: Round, agency: str = "school") -> str:
    return f"/self-audits/returns/{round_.returns[agency].record.reference}/result/"


def downloads_in(html: str) -> list[str]:
    return re.findall(r'href="(\?[^"]*download=\w+)"', html)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["head", "quality_officer", "chair", "health_member"])
def test_each_reader_is_spoken_to_and_every_file_offered_opens(
    signed_school: Round, browse: Browse, who: str
) -> None:
    """The health member moderates the school: they read the result, and may not take it away."""
    world, ret = signed_school.world, signed_school.fresh("school")
    with signed_school.acting("quality_officer") as actor:
        moderation.assign(actor=actor, ret=ret, moderator=world.people["health_member"], today=TODAY)
    client = browse(who)
    response = client.get(result_url(signed_school))
    assert response.status_code == 200
    html = response.content.decode()
    said = text_of(html)
    if who == "head":
        assert "Your result" in said
        assert "By your own scores" in said
    else:
        assert f"Result of {world.agencies['school'].name}" in said
        assert "By the agency’s own scores" in said
        assert "Your result" not in said
        assert "Your score" not in said
    found = downloads_in(html)
    assert len(found) == (0 if who == "health_member" else 4)
    for link in found:
        assert client.get(result_url(signed_school) + link.replace("&amp;", "&")).status_code == 200


@pytest.fixture
def charity(world: World) -> RoundOn:
    """Ten yes, one not yet, one not applicable."""
    made = RoundOn(world, LIGHT.key, "charity", "school")
    answers = {"light_checks": "not_yet", "light_deputy": NOT_HERE}
    made.fill("charity", "charity_lead", "yes", answers)
    signed(made)
    return made


def pages(round_: RoundOn) -> str:
    with acting.as_system(round_.world.board):
        return f"/self-audits/cycles/{round_.cycle.record.reference}/results/"


@pytest.mark.django_db
def test_a_sheet_keeps_an_answer_in_words(charity: RoundOn) -> None:
    with acting.as_system(charity.world.board):
        sheet = ScoreSheet.objects.get(return_of=charity.returns["charity"].pk)
    assert sheet.items["light_checks"] == ["plain", "not_yet", ""]
    assert sheet.items["light_deputy"] == ["not_applicable", "", ""]


@pytest.mark.django_db
def test_the_items_page_counts_answers_and_shows_no_nought_and_no_share(
    charity: RoundOn, browse: Browse
) -> None:
    client = browse("quality_officer")
    html = client.get(pages(charity) + "items/").content.decode()
    said = text_of(html)
    for wrong in ("Compliant", "Scored", "Weakest", "0.0 %", "N/A rate"):
        assert wrong not in said, wrong
    assert "1 return answered, in words and without scores" in said
    csv = client.get(pages(charity) + "items/?download=csv").content.decode("utf-8-sig")
    assert "Item,Not yet,Yes,Answered,N/A,Blank,Not asked" in csv
    number = LIGHT.numbers["light_checks"]
    # Not yet 1, yes 0; answered 1; not applicable 0, blank 0, not asked 0.
    (row,) = (line for line in csv.splitlines() if line.strip('"').startswith(f"{number} "))
    assert row.endswith(",1,0,1,0,0,0")


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["", "own-and-moderated/", "sectors/", "cycles/", "standards/"])
def test_no_page_of_an_unscored_tool_speaks_of_scores_as_if_there_were_any(
    charity: RoundOn, browse: Browse, place: str
) -> None:
    said = text_of(browse("quality_officer").get(pages(charity) + place).content.decode())
    for wrong in ("0 of 0", "n/a compliant", "Scores are the moderated ones", "No return has scores yet"):
        assert wrong not in said, wrong
    if place == "":
        assert "Most often “Not yet”" in said


@pytest.mark.django_db
def test_one_question_says_who_answered_what(charity: RoundOn, browse: Browse) -> None:
    said = text_of(browse("quality_officer").get(pages(charity) + "items/light_checks/").content.decode())
    assert "1 agency answered, in words and without a score" in said
    assert "Not yet" in said
    assert "Moderated score" not in said


@pytest.mark.django_db
def test_the_charity_reads_its_own_answers(charity: RoundOn, browse: Browse) -> None:
    html = browse("charity_lead").get(result_url(charity, "charity")).content.decode()
    said = text_of(html)
    assert "Nothing here is a score" in said
    assert "Not yet" in said
    for wrong in ("compliant", "Moderated", "Scored"):
        assert wrong not in said, wrong


def figure(key: str, **scores: int) -> ItemFigure:
    counted = {name.removeprefix("p"): number for name, number in scores.items()}
    return ItemFigure(key, counted, counted)


def test_an_item_on_which_everybody_is_compliant_is_not_among_the_weakest() -> None:
    """Of a: 1 of 2; of b: 3 of 3; of c: nobody answered."""
    items = [figure("a", p1=1, p2=1), figure("b", p2=2, p3=1), ItemFigure("c", {}, {})]
    assert [one.item for one in weakest(items, SHORT_TEST)] == ["a"]


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (Timeliness(1, 0, 0), "One came back, in time."),
        (Timeliness(0, 1, 0), "One came back, in time that was added."),
        (Timeliness(0, 0, 1), "One came back, late."),
        (Timeliness(2, 0, 0), "100.0 % of the 2 that came back were in time (2); 0 in time that was added, 0 late."),
    ],
)  # fmt: skip
def test_one_return_is_no_percentage(times: Timeliness, said: str) -> None:
    assert words_of(times) == said
