"""What the pages about one case have in common: one question page, and the moment it is for the case's board."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wholestory.access.requests import Request
from wholestory.correspondence.clock import moment_of
from wholestory.kernel.moments import Moment, at_instant
from wholestory.partners.models import Board


def now_of(board: Board) -> Moment:
    """This moment, on the board's own day."""
    return at_instant(moment_of(board, timezone.now()))


def ask(
    request: Request,
    form: Any,
    do: Callable[[], object],
    *,
    reference: str,
    heading: str,
    label: str,
    done: str,
    back: str,
    words: Sequence[str] = (),
    refusals: tuple[type[Exception], ...] = (ValueError,),
    error: str = "",
    title: str = "",
) -> HttpResponse:
    """A page with one form: shown, shown again with what was wrong, or done and back to ``back``.

    ``title`` is what the browser keeps of the page, where the heading names somebody.
    """
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except refusals as refused:
            if hasattr(form, "beside"):
                form.beside(refused)
            else:
                field = getattr(refused, "field", None)
                form.add_error(field if field in form.fields else None, str(refused))
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        "form": form, "reference": reference, "heading": heading, "label": label, "back": back, "words": words,
        "error": error, "title": title,
    }  # fmt: skip
    return render(request, "child_deaths/ask.html", context)
