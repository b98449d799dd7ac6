"""The pages of analysis and panel: who meets which, what a form says when it is wrong, nothing without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import PANEL, Reviews
from wholestory.child_deaths.models import Analysis, Factor, PackPart, PanelComment, PanelDecision, Review
from wholestory.pathways.models import Standing

Browse = Callable[[str], Client]

OUTSIDE = (
    "business_manager", "chair", "quality_officer", "administrator", "ig_lead", "lay_member", "police_member",
    "analyst", "sister_coordinator", "sister_manager", "head", "stranger",
)  # fmt: skip


@pytest.fixture
def reviews(deaths: Deaths) -> Reviews:
    return Reviews(deaths)


def at(name: str, review: Review, *more: Any) -> str:
    return reverse(f"child_deaths:{name}", args=[review.record.reference, *more])


#: Pages of a review without further parameters.
DRAFTERS = ("review_analysis", "review_categories", "review_papers", "review_add_part")
COORDINATORS = ("review_listing", "review_take_off", "review_elsewhere", "review_release", "review_take_back")


@pytest.mark.parametrize("persona", OUTSIDE)
def test_nobody_outside_meets_any_page_even_of_a_listed_case(
    reviews: Reviews, browse: Browse, persona: str
) -> None:
    item = reviews.listed()
    client = browse(persona)
    with reviews.deaths.acting():
        found = Review.objects.select_related("record", "case__record").get()
    pages = [at(name, found) for name in (*DRAFTERS, *COORDINATORS, "review", "review_declare", "review_print",
                                          "review_pdf", "review_unmask", "review_decide", "review_final")]  # fmt: skip
    pages.append(reverse("child_deaths:analysis", args=[found.case.record.reference]))
    for page in pages:
        assert client.get(page).status_code == 404, page
    assert client.post(at("review_declare", found), {"effect": "none"}).status_code == 404
    answer = client.get(reverse("child_deaths:panel"))
    assert answer.status_code == 404 or found.record.reference not in answer.content.decode()
    assert item.title not in answer.content.decode()


@pytest.mark.parametrize("persona", ["coordinator", "designated_doctor"])
def test_who_runs_the_duty_begins_and_drafts(reviews: Reviews, browse: Browse, persona: str) -> None:
    case = reviews.deaths.case()
    client = browse(persona)
    start = reverse("child_deaths:analysis", args=[case.record.reference])
    assert "has not been begun" in client.get(start).content.decode()
    answer = client.post(start, follow=True)
    page = answer.content.decode()
    assert "Still missing before it can be final" in page
    with reviews.deaths.acting():
        found = Review.objects.select_related("record").get()
    for name in DRAFTERS:
        assert client.get(at(name, found)).status_code == 200, name
    expected = 200 if persona == "coordinator" else 404
    assert client.get(at("review_listing", found)).status_code == expected


def test_a_factor_is_added_changed_and_removed_without_javascript(reviews: Reviews, browse: Browse) -> None:
    found = reviews.begun()
    client = browse("coordinator")
    add = at("review_line_add", found, "factors")
    empty = client.post(add, {"domain": "family_2015", "grade": "2"})
    assert "Select a factor, or describe it" in empty.content.decode()
    wrong = client.post(add, {"domain": "needs_2015", "code": "housing", "grade": "2"})
    assert "belongs under another heading" in wrong.content.decode()
    done = client.post(
        add,
        {"domain": "family_2015", "code": "housing", "text": "Damp", "grade": "2", "modifiable": "yes"},
        follow=True,
    )
    assert "Housing: Damp" in done.content.decode()
    with reviews.deaths.acting():
        factor = Factor.objects.get()
    change = at("review_line", found, "factors", factor.pk)
    assert "Damp" in client.get(change).content.decode()
    client.post(change, {"domain": "family_2015", "code": "housing", "text": "Damp and cold", "grade": "1"})
    remove = at("review_line_remove", found, "factors", factor.pk)
    assert "Damp and cold" in client.get(remove).content.decode()
    client.post(remove)
    with reviews.deaths.acting():
        assert not Factor.objects.exists()


def test_a_name_is_refused_beside_the_form_and_nothing_typed_is_lost(
    reviews: Reviews, browse: Browse
) -> None:
    found = reviews.begun()
    page = at("review_answers", found, "cause")
    client = browse("coordinator")
    answer = client.post(page, {"cause": "Drowning", "story": "Rowan fell into the pond."}).content.decode()
    assert "would tell the panel who somebody is" in answer
    assert "Rowan fell into the pond." in answer
    maybe = client.post(page, {"cause": "Drowning", "story": "Seen on 1 February 2016."}).content.decode()
    assert "I have looked at these words" in maybe
    kept = client.post(page, {"cause": "Drowning", "story": "Seen on 1 February 2016.", "looked": "on"})
    assert kept.status_code == 302
    with reviews.deaths.acting():
        assert Analysis.objects.get().story == "Seen on 1 February 2016."


def test_the_hierarchy_is_explained_where_categories_are_selected(reviews: Reviews, browse: Browse) -> None:
    found = reviews.begun()
    client = browse("coordinator")
    page = at("review_categories", found)
    assert "the one that stands highest in the list" in client.get(page).content.decode()
    refused = client.post(page, {"categories": ["3", "8"], "override": "8"}).content.decode()
    assert "Say why category 8 comes before category 3" in refused
    done = client.post(page, {"categories": ["9", "3"]}, follow=True).content.decode()
    assert "3. Trauma and other external factors" in done
    assert "stands highest in the list of those selected" in done


@pytest.mark.parametrize("persona", PANEL)
def test_a_member_declares_first_then_reads_and_comments(
    reviews: Reviews, browse: Browse, persona: str
) -> None:
    reviews.listed()
    with reviews.deaths.acting():
        found = Review.objects.select_related("record").get()
    client = browse(persona)
    home = client.get(reverse("child_deaths:panel")).content.decode()
    assert found.record.reference in home
    assert "say first whether you have an interest" in home
    assert client.get(at("review", found)).url == at("review_declare", found)
    assert client.get(at("review_print", found)).url == at("review_declare", found)
    client.post(at("review_declare", found), {"effect": "none"})
    page = client.get(at("review", found)).content.decode()
    assert "2 years" in page
    assert "Drowning" in page
    for secret in ("Rowan", "Ashby", "2013", "Invented Lane", "Northmarsh General", "Teal"):
        assert secret not in page
    client.post(at("review", found), {"words": "Who looks after the pond?"})
    assert "Who looks after the pond?" in client.get(at("review", found)).content.decode()
    with reviews.deaths.acting():
        assert PanelComment.objects.count() == 1
    # The case and the preparation of its papers stay shut.
    for name in ("review_papers", "review_listing", "review_final"):
        assert client.get(at(name, found)).status_code == 404, name
    assert client.get(reverse("child_deaths:case", args=[found.case_id])).status_code == 404


def test_edge_case_23_after_a_conflict_every_page_is_as_if_the_case_were_not_there(
    reviews: Reviews, browse: Browse
) -> None:
    reviews.listed()
    with reviews.deaths.acting():
        found = Review.objects.select_related("record").get()
    client = browse("panel_health")
    missing = client.post(at("review_declare", found), {"effect": "withheld"}).content.decode()
    assert "Say what your interest is" in missing
    client.post(at("review_declare", found), {"effect": "withheld", "words": "I looked after the child"})
    for name in ("review", "review_declare", "review_print", "review_pdf"):
        assert client.get(at(name, found)).status_code == 404, name
    assert found.record.reference not in client.get(reverse("child_deaths:panel")).content.decode()


def test_the_papers_are_a_tagged_pdf_and_a_print_without_names(reviews: Reviews, browse: Browse) -> None:
    item = reviews.listed()
    reviews.declared("panel_lay", item)
    with reviews.deaths.acting():
        found = Review.objects.select_related("record").get()
    client = browse("panel_lay")
    made = client.get(at("review_pdf", found))
    assert made["Content-Type"] == "application/pdf"
    assert found.record.reference in made["Content-Disposition"]
    assert made.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made.content
    printed = client.get(at("review_print", found)).content.decode()
    assert "Example: invented" in printed
    assert "Rowan" not in printed


def test_the_chair_decides_on_one_page(reviews: Reviews, browse: Browse) -> None:
    item = reviews.listed()
    reviews.declared("panel_chair", item)
    with reviews.deaths.acting():
        found = Review.objects.select_related("record").get()
    client = browse("panel_chair")
    page = at("review_decide", found)
    assert "not decide it" in client.get(page).content.decode()
    refused = client.post(page, {"decide-words": ""}).content.decode()
    assert "Record first who is here" in refused
    reviews.came(item.meeting, *PANEL)
    assert client.get(at("review_line_add", found, "views")).status_code == 200
    done = client.post(page, {"decide-words": "A fence for every pond"}, follow=True).content.decode()
    assert "A fence for every pond" in done
    with reviews.deaths.acting():
        assert PanelDecision.objects.get().outcome == "reviewed"
        assert Standing.objects.get(record=found.case.record_id).stage == "reviewed"
    assert client.get(page).status_code == 404  # decided already


def test_members_who_do_not_chair_find_no_page_to_decide_or_to_unmask(
    reviews: Reviews, browse: Browse
) -> None:
    item = reviews.listed()
    with reviews.deaths.acting():
        found = Review.objects.select_related("record").get()
    for persona in ("panel_police", "panel_lay", "panel_health"):
        reviews.declared(persona, item)
        client = browse(persona)
        for name in ("review_decide", "review_unmask", "review_analysis"):
            assert client.get(at(name, found)).status_code == 404, (persona, name)


def test_the_chair_sees_what_is_left_out_once_with_a_reason(reviews: Reviews, browse: Browse) -> None:
    item = reviews.listed()
    reviews.declared("panel_chair", item)
    with reviews.deaths.acting():
        found = Review.objects.select_related("record").get()
    client = browse("panel_chair")
    page = at("review_unmask", found)
    assert "Northmarsh General" not in client.get(page).content.decode()
    assert "Say why" in client.post(page, {"what": "places"}).content.decode()
    seen = client.post(page, {"what": "places", "reason": "Two hospitals are spoken of"}).content.decode()
    assert "Northmarsh General" in seen
    assert "Rowan" not in seen
    assert "Northmarsh General" not in client.get(at("review", found)).content.decode()


def test_papers_are_prepared_place_by_place(reviews: Reviews, browse: Browse) -> None:
    found = reviews.begun(circumstances="Rowan was seen on 1 February 2016.")
    client = browse("coordinator")
    page = at("review_papers", found)
    client.post(page)
    shown = client.get(page).content.decode()
    assert "may still name somebody" in shown
    with reviews.deaths.acting():
        part = PackPart.objects.get(key="circumstances")
    one = at("review_part", found, part.pk)
    assert "the child’s name" in client.get(one).content.decode()
    client.post(one, {"take_out": ""})
    client.post(at("review_keep", found, part.pk, "a_date"), {"reason": "The panel needs the season"})
    release = at("review_release", found)
    assert "Read every line first" in client.post(release, {}).content.decode()
    done = client.post(release, {"was_read": "on"}, follow=True).content.decode()
    assert "The papers are released." in done
    assert "[the child] was seen" in done


def test_final_and_open_again(reviews: Reviews, browse: Browse) -> None:
    found = reviews.begun()
    reviews.drafted(found)
    reviews.stands(found, "reviewed")
    client = browse("coordinator")
    client.post(at("review_final", found))
    assert client.get(at("review_final", found)).status_code == 404
    assert "Say why" in client.post(at("review_reopen", found), {}).content.decode()
    again = client.post(
        at("review_reopen", found), {"because": "The inquest ended"}, follow=True
    ).content.decode()
    assert "Version 2, draft" in again
    old = client.get(at("review_version", found, 1)).content.decode()
    assert "Version 1, final" in old
    assert client.get(at("review_version", found, 7)).status_code == 404


def test_pages_cost_the_same_with_three_lines_and_thirty(
    reviews: Reviews, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    item = reviews.listed()
    reviews.declared("panel_lay", item)
    with reviews.deaths.acting():
        found = Review.objects.select_related("record").get()
    pages = [("coordinator", at("review_analysis", found)), ("panel_lay", at("review", found))]

    def add(many: int) -> None:
        with reviews.deaths.acting() as actor:
            for number in range(many):
                reviews.factor(found, actor=actor, text=f"Factor {'i' * number}")

    add(2)
    for persona, page in pages:
        cost_of(browse(persona), page)
    few = [cost_of(browse(persona), page) for persona, page in pages]
    add(27)
    assert [cost_of(browse(persona), page) for persona, page in pages] == few
