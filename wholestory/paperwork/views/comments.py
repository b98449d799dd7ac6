"""Comments beside one question: read them, say something, mark them as settled."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.requests import Request
from wholestory.govuk import forms
from wholestory.paperwork import talk
from wholestory.paperwork.faces.base import name_of
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.given import Place
from wholestory.paperwork.showing import line_of
from wholestory.paperwork.views.opening import Opened, opened


class CommentForm(forms.Form):
    words = forms.LongTextField(
        label="Your comment",
        hint="Name no child. It is not part of the answer",
        missing="Write your comment",
        max_length=talk.LONGEST,
        rows=3,
    )


def comments(filling: Filling, request: Request, reference: str, place: str) -> HttpResponse:
    """What colleagues said beside a question. Whoever does not belong to them meets the "not found" page."""
    form = opened(filling, request, reference)
    kept, at = form.around.talk, _place(form, place)
    if kept is None:
        raise Http404
    here = form.url("comments", place=str(at))
    posted = request.POST if request.method == "POST" and "settle" not in request.POST else None
    asked = CommentForm(posted)
    if request.method == "POST" and "settle" in request.POST:
        talk.settle(actor=request.person, form_set=form.around.form_set, place=at, now=form.now)
        messages.success(request, "Marked as settled.")
        return redirect(here)
    if asked.is_valid():
        talk.say(
            actor=request.person, form_set=form.around.form_set, talk=kept, place=at,
            words=asked.cleaned_data["words"], now=form.now,
        )  # fmt: skip
        return redirect(here)
    question = form.filled.form.asked[at.key]
    said = talk.comments_of(form.around.form_set, [at.key]).get(at, [])
    return render(
        request,
        "paperwork/comments.html",
        form.context(
            asked=question,
            where=line_of(form.filled.sheet, at),
            answer=form.filled.form.question(at.key).in_words(form.filled.sheet.at(at)),
            said=said,
            waiting=any(not one.settled for one in said),
            form=asked,
            who=kept.who,
            page_url=f"{form.url('page', page=question.page.key)}#q-{name_of(at)}",
        ),
    )


def _place(form: Opened, text: str) -> Place:
    """The question a comment stands beside. Raises Http404 for one this form does not ask."""
    try:
        at = Place.of(text)
    except ValueError as unknown:
        raise Http404 from unknown
    if at.key not in form.filled.form.asked:
        raise Http404
    return at
