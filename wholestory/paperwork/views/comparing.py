"""Two versions of one answer, side by side: one is picked, or the two are put together."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.requests import Request
from wholestory.paperwork import operations, queries
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.given import Given
from wholestory.paperwork.models import Clash, SettledHow
from wholestory.paperwork.page_form import number
from wholestory.paperwork.questions.base import NotThat
from wholestory.paperwork.questions.writing import LongText, Text
from wholestory.paperwork.views.opening import Opened, clock, opened, permitted
from wholestory.paperwork.views.sent_back import put_together, show

ALREADY = "Somebody has already chosen between these two versions."


def compare(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """The first pair that nobody has settled; back to the form when there is none left."""
    form = opened(filling, request, reference)
    pairs = queries.open_clashes(form.filled)
    if request.method == "POST":
        return _settle(form, pairs)
    if not pairs:
        return redirect(form.url("tasks"))
    return _draw(form, pairs)


def _settled_since(form: Opened) -> Clash | None:
    """The pair this text was made of, which somebody else settled in the meantime."""
    try:
        wanted = UUID(form.request.POST.get("clash", ""))
    except ValueError:
        return None
    return Clash.objects.filter(answer_set=form.around.form_set, pk=wanted).first()


def _draw(form: Opened, pairs: tuple[queries.TwoVersions, ...], problem: str = "") -> HttpResponse:
    pair = pairs[0]
    mine = pair.other_by == form.request.person.full_name
    return render(
        form.request,
        "paperwork/compare.html",
        form.context(
            pair=pair,
            left=len(pairs) - 1,
            standing_at=clock(pair.standing_at) if pair.standing_at else "",
            other_at=clock(pair.other_at),
            is_mine=mine,
            can_join=isinstance(form.filled.form.question(pair.place.key), (Text, LongText)),
            joined=form.request.POST.get("text")
            or "\n\n".join(filter(None, (pair.standing_words, pair.other_words))),
            page_url=form.url("page", page=pair.page),
            problem=problem,
        ),
    )


def _settle(form: Opened, pairs: tuple[queries.TwoVersions, ...]) -> HttpResponse:
    posted = form.request.POST
    pair = next((each for each in pairs if str(each.id) == posted.get("clash")), None)
    if pair is None:
        text = posted.get("text", "") if posted.get("how") == SettledHow.TOGETHER else ""
        settled = _settled_since(form) if text.strip() else None
        if settled is not None:
            return show(form, put_together(form.filled, settled, text), ALREADY)
        messages.info(form.request, ALREADY)
        return redirect(form.url("compare"))
    try:
        how = SettledHow(posted.get("how", ""))
    except ValueError:
        return _draw(form, pairs, "Choose which version to keep")
    given = None
    if how is SettledHow.TOGETHER:
        try:
            given = Given(form.filled.form.question(pair.place.key).understand(posted.get("text", "")))
        except NotThat as reason:
            return _draw(form, pairs, str(reason))
        if given.is_blank:
            return _draw(form, pairs, "Write the answer you want to keep")
    with permitted():
        try:
            operations.settle(
                actor=form.request.person,
                set_id=form.around.form_set.id,
                clash_id=UUID(str(pair.id)),
                how=how,
                base=number(posted.get("base")),
                now=form.now,
                given=given,
            )
        except operations.Overtaken as moved:
            return _draw(form, pairs, str(moved))
        except Clash.DoesNotExist as gone:
            raise Http404 from gone
        except operations.NotOpen as closed:
            return _draw(form, pairs, str(closed))
    messages.success(
        form.request, "Your choice is saved. The other version stays in the history of this answer."
    )
    return redirect(form.url("compare") if len(pairs) > 1 else form.url("page", page=pair.page))
