"""What every page of a form begins with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from wholestory.access import asking
from wholestory.access.asking import NotForYou
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.paperwork import presence, queries, talk
from wholestory.paperwork.filling import Filling, Surroundings
from wholestory.paperwork.form import Page
from wholestory.paperwork.models import AnswerSet
from wholestory.paperwork.partial_date import MONTHS
from wholestory.paperwork.since import SinceLastTime


@dataclass
class Opened:
    """A form, opened for one request."""

    filling: Filling
    request: Request
    reference: str
    around: Surroundings
    now: datetime

    @cached_property
    def filled(self) -> queries.Filled:
        """The form with its answers."""
        return queries.filled(self.around.form_set)

    @cached_property
    def since(self) -> SinceLastTime:
        """What became of the answers that were carried forward into it."""
        return queries.since_last_time(self.filled)

    def again(self) -> queries.Filled:
        """The form with its answers as they stand after a save."""
        self.filled = queries.filled(self.around.form_set)
        return self.filled

    def open_comments(self) -> dict[str, int] | None:
        """How many comments wait at each place, by its text; None where nobody comments."""
        if self.around.talk is None:
            return None
        return {str(place): number for place, number in talk.open_at(self.around.form_set).items()}

    @cached_property
    def answers(self) -> bool:
        """Whether this person is one of those who answer the form, also once it is sent or closed."""
        return asking.ask(self.request.person, Verb.WRITE, self.around.form_set.record).yes

    def page(self, key: str, *, even_if_not_asked: bool = False) -> Page:
        """The page with this address. Raises Http404, also for one that is not asked just now."""
        found = self.filled.form.page_by_key.get(key)
        if found is None or not (even_if_not_asked or self.filled.sheet.page_applies(found)):
            raise Http404
        return found

    def url(self, which: str, **more: str) -> str:
        """The address of another page of this form."""
        return self.filling.url(self.request, which, self.reference, **more)

    def others(self, page: str = "") -> tuple[str, ...]:
        """Sentences about who else has this form open. With a page, notes that this person has that page open."""
        form_set, person = self.around.form_set, self.request.person
        if page:
            presence.note(form_set=form_set, person=person, page=page, now=self.now)
        found = presence.others(form_set=form_set, person=person, now=self.now)
        return sentences(found, page, self.filled.form.page_by_key)

    def context(self, **more: Any) -> dict[str, Any]:
        """What every template of a form is given."""
        record = self.around.form_set.record
        return {
            "around": self.around,
            "form_title": self.around.title,
            "tasks_url": self.url("tasks"),
            "may_take_copy": asking.may_leave(self.request.person, record).yes,
            "may_make_pdf": asking.ask(self.request.person, Verb.EXPORT, record).yes,
            **more,
        }


def opened(filling: Filling, request: Request, reference: str) -> Opened:
    """Open the form of a record; the room notes the reading."""
    return Opened(filling, request, reference, filling.surround(request, reference), timezone.now())


@contextmanager
def permitted() -> Iterator[None]:
    """Turn a refusal into a page: "not found" for what may not be seen, "you may not" for what may not be changed."""
    try:
        yield
    except AnswerSet.DoesNotExist as hidden:
        raise Http404 from hidden
    except NotForYou as refused:
        raise PermissionDenied(refused.answer.because) from refused


def sentences(others: tuple[presence.Other, ...], page: str, pages: dict[str, Page]) -> tuple[str, ...]:
    """Who else is in the form, in words."""
    out = []
    for other in others:
        if page and other.page == page:
            where = ", on this page"
        else:
            where = f", on “{pages[other.page].title}”" if other.page in pages else ""
        out.append(f"{other.name} is also in this form{where}.")
    return tuple(out)


def clock(moment: datetime) -> str:
    """A time of today as ``10:32``, an earlier one with its day."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localtime(timezone.now()).date():
        return f"{local:%H:%M}"
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"
