"""The frame of every page, and the pages that say why there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from wholestory.govuk import gallery, views

pytestmark = pytest.mark.usefixtures("bare_context")
Ask = Callable[[str], HttpRequest]


@pytest.mark.parametrize(
    ("view", "status", "words"),
    [
        (views.bad_address, 400, "We cannot read this address"),
        (views.not_found, 404, "Page not found"),
        (views.forbidden, 403, "You cannot do this"),
        (views.csrf_failure, 403, "We could not take what you sent"),
        (views.too_many, 429, "Too many tries"),
        (views.too_large, 413, "That was too large"),
        (views.error, 500, "Sorry, there is a problem"),
        (views.unavailable, 503, "The service is not available just now"),
    ],
)
def test_each_refusal_has_its_page_and_is_not_kept(ask: Ask, view: Any, status: int, words: str) -> None:
    answer = view(ask("/x"))
    html = answer.content.decode()
    assert answer.status_code == status
    assert answer["Cache-Control"] == "no-store"
    assert f"<title>{words} – Wholestory</title>" in html
    assert html.count("<h1") == 1


def test_a_question_without_a_form_asks_it_and_says_no_none() -> None:
    html = render_to_string("govuk/confirm.html", {"question": "Take back this import?", "cancel_url": "/"})
    assert "Take back this import?" in html
    assert "None" not in html


def test_missing_and_closed_cannot_be_told_apart(ask: Ask) -> None:
    missing = views.not_found(ask("/a"), Http404("the row was never there"))
    closed = views.not_found(ask("/a"), Http404("you may not read this record"))
    assert _lasting(missing) == _lasting(closed)
    assert "never there" not in missing.content.decode()


def _lasting(answer: HttpResponse) -> list[str]:
    """The page without what differs each time it is asked for."""
    changing = ("nonce", "X-CSRFToken")
    return [
        line for line in answer.content.decode().splitlines() if not any(word in line for word in changing)
    ]


def test_not_found_says_who_you_are_how_to_switch_and_whom_to_ask() -> None:
    html = render_to_string(
        "govuk/not_found.html",
        {
            "acting_as": {"seat": "Headteacher", "name": "Tamsin Ferrier", "change_url": "/switch"},
            "ask": {"name": "the team of the board", "email": "team@example.org", "phone": "01632 960001"},
        },
    )
    assert "Tamsin Ferrier, acting as <strong>Headteacher</strong>" in html
    assert 'href="/switch"' in html
    assert "mailto:team@example.org" in html
    assert "01632 960001" in html


def test_too_many_says_how_long(ask: Ask) -> None:
    answer = views.too_many(ask("/"), wait_seconds=61)
    assert answer["Retry-After"] == "61"
    assert "Wait 2 minutes" in answer.content.decode()


def test_when_nothing_can_be_drawn_there_are_still_plain_words(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(template: str) -> str:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr(views, "render_to_string", broken)
    answer = views.error(ask("/"))
    assert answer.status_code == 500
    assert "Sorry, there is a problem" in answer.content.decode()


def test_the_frame_shows_who_acts_where_and_that_it_is_invented() -> None:
    from wholestory.govuk.gallery.content import frame

    html = render_to_string("govuk/page.html", frame())
    assert "Example: invented" in html
    assert "Today in the example is 14 March 2016." in html
    assert "Acting as <strong>Business manager</strong>" in html
    assert html.count('aria-current="true"') == 1
    assert 'action="#sign-out"' in html
    assert 'method="post"' in html
    assert "govuk-skip-link" in html
    assert 'lang="en-GB"' in html


def test_the_frame_stands_without_any_context() -> None:
    html = render_to_string("govuk/page.html")
    assert "Acting as" not in html
    assert "Sign out" not in html
    assert "Example: invented" not in html


def test_the_gallery_is_only_there_in_the_demo(ask: Ask, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(Http404):
        gallery.show(ask("/ui-components"))


def test_the_gallery_shows_no_page_it_does_not_have(ask: Ask, settings: Any) -> None:
    settings.DEMO = True
    with pytest.raises(Http404):
        gallery.show(ask("/ui-components"), "nothing")
