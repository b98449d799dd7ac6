"""Drawing what most pages of the directory are: one form, or one question with its consequences."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from wholestory.access.requests import Request


def form_page(
    request: Request, form: Form, title: str, back: str, *, button: str = "Save", **more: Any
) -> HttpResponse:
    """A page with one form. ``back`` is where the reader came from."""
    said = {"form": form, "page_title": title, "back_url": back, "button_label": button, **more}
    return render(request, "partners/form.html", said)


def confirm_page(
    request: Request, question: str, back: str, *, label: str, consequences: list[str], form: Form | None = None,
    warning: str = "", danger: bool = True,
) -> HttpResponse:  # fmt: skip
    """“Are you sure?”, with what happens next."""
    said = {
        "question": question, "back_url": back, "cancel_url": back, "confirm_label": label, "danger": danger,
        "consequences": consequences, "form": form, "warning": warning,
    }  # fmt: skip
    return render(request, "partners/confirm.html", said)


def done(request: Request, said: str, *where: Any, **also: Any) -> HttpResponseRedirect:
    """Go on to a page, which says what was done."""
    messages.success(request, said)
    answer: HttpResponseRedirect = redirect(*where, **also)
    return answer
