"""Opening a review: noted, with interests declared first, and by those only whom its circle or office lets in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.analysis import Looked
from wholestory.child_deaths.models import Review
from wholestory.child_deaths.operations.review import NamesSomebody, ReviewRefused, may_draft
from wholestory.child_deaths.queries import listed
from wholestory.child_deaths.queries import review as reads
from wholestory.meetings.operations import MeetingRefused, NotYetDeclared, must_have_declared
from wholestory.pathways.rules.stages import CannotMove

KIND = "child_deaths.review"
#: What a form says beside itself when an operation refuses.
REFUSED = (ReviewRefused, MeetingRefused, CannotMove)
View = Callable[Concatenate[Request, Review, ...], HttpResponse]


def find(request: Request, reference: str) -> Review:
    """The review, if this person may see it; otherwise the one "not found" page."""
    return reading.one(request, reads.every(), reference=reference)


def of_review(
    verb: Verb = Verb.READ, *, drafting: bool = False
) -> Callable[[View], Callable[..., HttpResponse]]:
    """A page of one review. Members of the panel declare their interests before it opens; ``drafting`` pages are for
    those who write the analysis."""

    def declare(view: View) -> Callable[..., HttpResponse]:
        @asks(verb, KIND, by_grant=True)
        @wraps(view)
        def page(request: Request, reference: str, **wanted: Any) -> HttpResponse:
            found = find(request, reference)
            if drafting and not may_draft(request.person, found):
                raise Http404
            answer = asking.ask(request.person, verb, found)
            if not answer:
                raise Http404
            item = listed.item_of(found)
            try:
                if item is not None:
                    must_have_declared(request.person, item)
            except NotYetDeclared:
                return redirect("child_deaths:review_declare", found.record.reference)
            if drafting and verb is not Verb.READ and reads.draft_is_shut(found, item, answer.code):
                raise Http404
            return view(request, found, **wanted)

        return page

    return declare


def posted(request: Request) -> Any:
    """What was sent, for a form; nothing when the page was only opened."""
    return request.POST if request.method == "POST" else None


def refused(form: Any, why: Exception) -> None:
    """Say on the form why it was not done; where words may be a name by chance, offer the box."""
    form.add_error(None, str(why))
    if isinstance(why, NamesSomebody) and why.may_be_chance and isinstance(form, Looked):
        form.ask_to_look()
