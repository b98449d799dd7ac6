"""Every view says what it asks. A view that says nothing is refused, in every environment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import Http404, HttpResponseBase

from wholestory.access.verbs import Verb

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Asks:
    """What a view declared: ``kind`` and ``verb`` for protected pages, ``why`` for the others."""

    verb: Verb | None = None
    kind: str = ""
    why: str = ""
    public: bool = False
    by_grant: bool = False
    line_elsewhere: bool = False
    before_second_step: bool = False


def declared(view: Callable[..., Any]) -> Asks | None:
    """The declaration of a view, if it has one."""
    return getattr(view, "asks", None)


def asks(verb: Verb, kind: str, *, by_grant: bool = False, no_line: str = "") -> Callable[[View], View]:
    """A page about protected records of ``kind``: signed in, allowed by a seat, and at least one access-record line.

    ``by_grant`` lets in people without a seat for it (a moderator from another agency): the record decides.
    ``no_line`` gives the reason why the page writes no line (an autosave answers with its own, say).
    """

    def declare(view: View) -> View:
        @wraps(view)
        def asking(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            from wholestory.access import asking as rules

            if (
                not by_grant
                and verb is not Verb.READ
                and not rules.may(request.seats, verb, kind, request.board)
            ):
                raise Http404
            return view(request, *args, **kwargs)

        asking.__dict__["asks"] = Asks(
            verb, kind, why=no_line, by_grant=by_grant, line_elsewhere=bool(no_line)
        )
        return cast(View, asking)

    return declare


def signed_in(why: str, *, before_second_step: bool = False) -> Callable[[View], View]:
    """A page for anyone signed in that shows no protected record; ``why`` says what it is.

    ``before_second_step`` is for the pages by which somebody shows or sets up a second factor.
    """

    def declare(view: View) -> View:
        view.__dict__["asks"] = Asks(why=why, before_second_step=before_second_step)
        return view

    return declare


def public(why: str) -> Callable[[View], View]:
    """A page for everybody; ``why`` says what makes that safe."""

    def declare(view: View) -> View:
        view.__dict__["asks"] = Asks(why=why, public=True)
        return view

    return declare
