"""What somebody sent is shown to them again, with the reason and the line it belongs to, when it cannot be taken."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.paperwork import site
from tests.paperwork.conftest import Desk
from tests.paperwork.test_filling import BASE, Browser
from tests.paperwork.test_sheet import COMPLETE
from wholestory.paperwork import operations, queries
from wholestory.paperwork.given import Place

pytestmark = pytest.mark.urls("tests.paperwork.site")


@pytest.fixture
def alex(desk: Desk, browse: Callable[[str], Client]) -> Browser:
    return Browser(browse("head_contributor"))


def signed(desk: Desk) -> None:
    desk.save("head", **COMPLETE)
    with desk.acting("head_signatory"):
        who, today = desk.person("head_signatory"), desk.world.board.today()
        operations.submit(actor=who, set_id=desk.form_set.id, now=desk.now(), today=today)


def test_a_page_given_to_somebody_else_while_it_was_open(
    alex: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(site.HEAD_ONLY, "Alex Reed", frozenset({"leadership", "staff"}))
    before = alex.fields("page/staff/")
    monkeypatch.setitem(site.HEAD_ONLY, "Alex Reed", frozenset({"leadership"}))
    response = alex.sends("page/staff/", page=before, employed="41 of us")
    text = response.content.decode()
    assert response.status_code == 409
    assert "“Staff and training” was given to Jo Ashdown to answer." in text
    assert "41 of us" in text
    assert "How many are employed?" in text
    assert "readonly" in text, "it can be copied without a script"
    assert desk.filled().revision(Place("employed")) == 0


def test_a_page_signed_while_it_was_open(alex: Browser, desk: Desk) -> None:
    desk.save("head", has_lead="no", why_not="It stands")
    before = alex.fields("page/leadership/")
    signed(desk)
    response = alex.sends("page/leadership/", page=before, next_step="We wrote a plan")
    text = response.content.decode()
    assert response.status_code == 409
    assert "Kit Monro sent this form (14 March 2016, 09:" in text
    assert "somebody else answers it" not in text
    assert "We wrote a plan" in text
    assert "It stands" not in text, "only what they wrote themselves is shown to them"


def test_a_closed_form_says_that_it_is_closed(alex: Browser, desk: Desk) -> None:
    before = alex.fields("page/leadership/")
    with desk.acting("quality_officer"):
        operations.lock(actor=desk.person("quality_officer"), set_id=desk.form_set.id)
    text = alex.sends("page/leadership/", page=before, has_lead="no", why_not="Typed").content.decode()
    assert "This form is closed" in text
    assert "Typed" in text


def test_the_script_is_told_why_as_well(alex: Browser, desk: Desk) -> None:
    signed(desk)
    sent = {"set": desk.form_set.id, "q": "next_step", "next_step": "Typed", "_rev-next_step": "0"}
    answer = alex.client.post(BASE + "save/", sent)
    assert answer.status_code == 409
    assert "This form has been sent" in answer.json()["refused"]


def test_a_page_that_is_no_longer_asked(alex: Browser, desk: Desk) -> None:
    page = next(each for each in desk.filled().form.pages if each.show_when is not None)
    response = alex.client.post(f"{BASE}page/{page.key}/", {"_go": "continue"})
    assert response.status_code == 409
    assert "is no longer asked" in response.content.decode()
    assert alex.client.get(f"{BASE}page/{page.key}/").status_code == 404


def test_two_versions_name_the_line(alex: Browser, desk: Desk) -> None:
    desk.save("head", has_lead="yes")
    desk.save("head", since="2015-03-01")
    desk.save("head_contributor", base=0, window="other", since="2014-03-01")
    (pair,) = queries_of(desk)
    assert pair.line == "The lead"
    assert "The lead" in alex.opens("two-versions/")
    assert "The lead: choose between two versions of “Since when?”" in alex.opens("check/")


def queries_of(desk: Desk) -> tuple[queries.TwoVersions, ...]:
    with desk.acting("head"):
        return queries.open_clashes(queries.filled(queries.answer_set(desk.form_set.id)))


def test_text_of_two_versions_that_somebody_settled_first(alex: Browser, desk: Desk) -> None:
    desk.save("head", has_lead="no", why_not="Jo")
    desk.save("head_contributor", base=0, window="other", why_not="Alex")
    (pair,) = queries_of(desk)
    kept = {"clash": pair.id, "base": pair.revision, "how": "theirs"}
    assert alex.client.post(BASE + "two-versions/", kept).status_code == 302
    late = alex.client.post(BASE + "two-versions/", {**kept, "how": "together", "text": "Jo and Alex"})
    assert late.status_code == 409
    assert "Jo and Alex" in late.content.decode()
    assert "Why is there none?" in late.content.decode()


def test_text_kept_after_time_ran_out_has_its_questions(alex: Browser, desk: Desk) -> None:
    sent = {**alex.fields("page/leadership/"), "has_lead": "no", "why_not": "Typed late", "_go": "later"}
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies = alex.client.cookies
    offered = stranger.post(BASE + "page/leadership/", sent, headers={"origin": "http://testserver"})
    assert offered.status_code == 302, offered.status_code
    text = alex.client.get(offered["Location"]).content.decode()
    assert "Why is there none?" in text
    assert "Typed late" in text
    assert "Is there a named lead?" in text
    assert '<dd class="govuk-summary-list__value"><p class="govuk-body">No</p>' in text
