"""Filling in a form, as pages another room mounts under its own addresses::

    FORM = Filling(kind="assurance.return", surround=surround_return, pages_to_write=pages_of)
    urlpatterns = [..., *FORM.urls("<str:reference>/form/")]

``surround`` opens the record (``access.reading.one``, which notes the reading) and says what stands round the form.
This room then asks, saves, compares, checks, prints. Sending it is the room's own business: ``finish_url`` leads there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import URLPattern, path, reverse

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.downloads import DEFAULT_MARKING
from wholestory.paperwork.aside import Aside
from wholestory.paperwork.faces import Offers
from wholestory.paperwork.form import Page
from wholestory.paperwork.models import AnswerSet, Status
from wholestory.paperwork.talk import Talk


def _nothing_more() -> None:
    """What most rooms do after a copy was loaded."""


@dataclass(frozen=True)
class Surroundings:
    """What stands round a form: made by the room whose record it belongs to, for one request.

    ``may_write`` is whether this person answers at all, ``pages`` which pages (None: all). ``owners`` says who answers
    a page, by its key. ``finish_url`` is where a form that is ready goes on to; without it the last page says only
    that everything is answered. ``sent_words`` says what sending is called here, ``closed_because`` why nobody writes
    any more though the form was never sent.
    ``may_load_for`` names the agency that this person, who does not answer the form, may load a filled copy for (the
    board's team, for an agency that only sends files); empty: none. ``talk`` is where colleagues' comments are kept,
    for those who belong to them, ``aside`` what the room keeps beside a page. ``after_load`` is what the room does
    once somebody who answers the form has loaded a copy (a form that was not begun is begun). ``read_by`` says, to
    those who answer, who reads their answers meanwhile; ``read_by_url`` leads to everybody by name. ``intro`` stands in
    place of the form's own words at its beginning. ``warning`` is what a change would do, or has done: it stands above
    the questions. ``told`` is what is known already of what a page asks, in a sentence above it.
    """

    form_set: AnswerSet
    title: str
    back_url: str
    back_words: str = "Back"
    about: str = ""
    may_write: bool = False
    pages: frozenset[str] | None = None
    owners: Mapping[str, str] = field(default_factory=dict)
    finish_url: str = ""
    finish_words: str = "Continue"
    previous_words: str = "the last time"
    sent_words: str = "sent"
    closed_because: str = ""
    marking: str = DEFAULT_MARKING
    may_load_for: str = ""
    talk: Talk | None = None
    aside: Aside | None = None
    after_load: Callable[[], None] = _nothing_more
    read_by: str = ""
    read_by_url: str = ""
    warning: str = ""
    told: str = ""
    intro: str = ""

    def may_write_page(self, page: Page) -> bool:
        """Whether this person can change this page now."""
        mine = self.pages is None or page.key in self.pages
        return self.may_write and mine and self.form_set.status == Status.DRAFT


def _all_pages(request: Request, set_id: UUID) -> frozenset[str] | None:
    return None


def _no_offers(request: Request, form_set: AnswerSet) -> Offers:
    return Offers()


View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Filling:
    """A form's pages for one kind of record. ``name`` begins the names of its addresses (``form_tasks`` ...).

    ``pages_to_write`` says again, for an autosave, what ``Surroundings.pages`` says for a page; it runs at every
    autosave, so it should take one query at most. ``offers`` says who can be named in answers.
    """

    kind: str
    surround: Callable[[Request, str], Surroundings]
    pages_to_write: Callable[[Request, UUID], frozenset[str] | None] = _all_pages
    offers: Callable[[Request, AnswerSet], Offers] = _no_offers
    name: str = "form"

    def urls(self, base: str) -> list[URLPattern]:
        """The addresses; ``base`` holds ``<str:reference>``."""
        from wholestory.paperwork import views

        def at(rest: str, name: str, view: View, verb: Verb = Verb.READ, no_line: str = "") -> URLPattern:
            return path(base + rest, self._bound(view, verb, no_line), name=f"{self.name}_{name}")

        return [
            at("", "tasks", views.tasks),
            at("page/<slug:page>/", "page", views.page),
            at("page/<slug:page>/take-out/<str:place>/", "take_out", views.take_out, Verb.WRITE),
            at(
                "save/",
                "save",
                views.save,
                Verb.WRITE,
                "An autosave writes a line of its own when it changes anything",
            ),
            at("here/", "here", views.here, no_line="Says who else has the form open; shows no answer"),
            at("two-versions/", "compare", views.compare, Verb.WRITE),
            at("comments/<str:place>/", "comments", views.comments),
            at("check/", "check", views.check),
            at("print/", "print", views.printed),
            at("print/blank/", "blank", views.printed_blank),
            at("form.pdf", "pdf", views.pdf, Verb.EXPORT),
            at("blank.pdf", "blank_pdf", views.blank_pdf),
            at("form.docx", "word", views.word_copy, Verb.EXPORT),
            at("form.xlsx", "excel", views.excel_copy, Verb.EXPORT),
            at("blank.docx", "blank_word", views.blank_word),
            at("blank.xlsx", "blank_excel", views.blank_excel),
            at("load/", "load", views.load, Verb.WRITE),
            at("load/<uuid:load>/", "load_check", views.load_check),
        ]

    def url(self, request: Request, which: str, reference: str, **more: str) -> str:
        """The address of one of the form's pages, in the namespace the room mounted it in."""
        match = request.resolver_match
        space = f"{match.namespace}:" if match is not None and match.namespace else ""
        return reverse(f"{space}{self.name}_{which}", kwargs={"reference": reference, **more})

    def _bound(self, view: View, verb: Verb, no_line: str) -> View:
        from wholestory.paperwork import views

        # The record decides who reads and writes (surround and every operation ask it), so people let in by a grant
        # come through here as well.
        @asks(verb, self.kind, by_grant=True, no_line=no_line)
        def bound(request: Request, *args: object, **kwargs: object) -> HttpResponseBase:
            return view(self, request, *args, **kwargs)

        bound.__dict__["says_back"] = partial(views.says_back, self)
        bound.__name__ = bound.__qualname__ = f"{self.name}_{getattr(view, '__name__', 'view')}"
        return bound
