"""One page of questions. Everything works without JavaScript: each button saves first, and nothing is thrown away."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from wholestory.access.requests import Request
from wholestory.paperwork import operations, page_form, queries, showing
from wholestory.paperwork.aside import AsideLine
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.form import Page
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import Status
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.views.files import NotKept, keep_files, why_name, with_links
from wholestory.paperwork.views.opening import Opened, opened, permitted
from wholestory.paperwork.views.sent_back import Refused, not_saved


def page(filling: Filling, request: Request, reference: str, page: str) -> HttpResponse:
    """Ask the questions of a page, or show its answers to somebody who does not write them."""
    form = opened(filling, request, reference)
    asked = form.page(page, even_if_not_asked=request.method == "POST")
    if not form.around.may_write_page(asked) or not form.filled.sheet.page_applies(asked):
        return not_saved(form, asked) if request.method == "POST" else _read_only(form, asked)
    if request.method == "POST":
        return _post(form, asked)
    return _draw(form, asked)


def _draw(
    form: Opened, asked: Page, told: page_form.Messages | None = None, ask_why: Iterable[Place] = ()
) -> HttpResponse:
    offers = form.filling.offers(form.request, form.around.form_set)
    made = page_form.make(form.filled, asked, offers, told=told, since=form.since)
    return _render(form, asked, made, {str(place): why_name(place) for place in ask_why})


def _render(form: Opened, asked: Page, made: page_form.PageForm, ask_why: dict[str, str]) -> HttpResponse:
    pages = [each for each in form.filled.form.pages if form.filled.sheet.page_applies(each)]
    return render(
        form.request,
        "paperwork/page.html",
        form.context(
            page=asked,
            number=pages.index(asked) + 1,
            of=len(pages),
            form=made.form,
            made=made,
            window=form.request.POST.get("_window") or secrets.token_hex(16),
            others=form.others(asked.key),
            save_url=form.url("save"),
            here_url=form.url("here"),
            compare_url=form.url("compare"),
            login_url=settings.LOGIN_URL,
            owner=form.around.owners.get(asked.key, ""),
            talks=form.open_comments(),
            ask_why=ask_why,
            beside=_beside(form, asked),
        ),
    )


def _beside(form: Opened, asked: Page) -> Sequence[AsideLine]:
    return form.around.aside.on(asked) if form.around.aside is not None else ()


def _read_only(form: Opened, asked: Page) -> HttpResponse:
    (shown,) = with_links([showing.filled_page(form.filled.sheet, asked, form.since)])
    context = form.context(
        page=asked,
        shown=shown,
        owner=form.around.owners.get(asked.key, ""),
        beside=_beside(form, asked),
        since=form.since.counted(form.filled.sheet).in_words(),
    )
    return render(form.request, "paperwork/page_read.html", context)


def _post(form: Opened, asked: Page) -> HttpResponse:
    request, sheet = form.request, form.filled.sheet
    offers = form.filling.offers(request, form.around.form_set)
    saves = page_form.read(form.filled, asked, offers, request.POST)
    saves, refused = keep_files(form, saves)
    before = {place for place in page_form.every_place(form.filled, asked) if sheet.applies(place)}
    with permitted():
        try:
            saved = operations.save_draft(
                actor=request.person,
                set_id=form.around.form_set.id,
                saves=saves,
                now=form.now,
                window=request.POST.get("_window", ""),
                pages=form.around.pages,
            )
        except Refused as closed:
            # Somebody was quicker by a moment: the page was still open when this request began.
            form.around.form_set.refresh_from_db(fields=["status", "submitted_by", "submitted_at"])
            sent_since = form.around.form_set.status == Status.SUBMITTED
            return not_saved(form, asked, "" if sent_since else str(closed))
        return _go_on(form, asked, saved, before, refused)


def _go_on(
    form: Opened, asked: Page, saved: operations.Saved, before: set[Place], refused: NotKept
) -> HttpResponse:
    """Where the pressed button leads, now that all is saved."""
    go, _colon, about = form.request.POST.get("_go", "continue").partition(":")
    if saved.clashes:
        return redirect(form.url("compare"))
    if refused.said:
        # Whichever way the person wanted to go: that a file was not kept must not pass unseen.
        told = {**_to_put_right(form.again(), asked, form), **refused.said}
        return _draw(form, asked, told, refused.ask_why)
    here = form.url("page", page=asked.key)
    if go == "add":
        return _add(form, about, here)
    if go == "remove":
        return redirect(form.url("take_out", page=asked.key, place=about))
    if go == "still":
        return _still_true(form, asked, here)
    if go == "comment" and form.around.talk is not None:
        return redirect(form.url("comments", place=about))
    if go == "aside" and form.around.aside is not None:
        return redirect(form.around.aside.url(asked))
    if go == "later":
        messages.success(form.request, "Your answers are saved. You can come back to them at any time.")
        return redirect(form.around.back_url)
    filled = form.again()
    told = _to_put_right(filled, asked, form)
    if told:
        return _draw(form, asked, told)
    now = {place for place in page_form.every_place(filled, asked) if filled.sheet.applies(place)}
    if now - before:
        messages.info(
            form.request, "Your answers are saved. There are more questions on this page because of them."
        )
        return redirect(f"{here}#q-{page_form.name_of(_first(filled, now - before))}")
    return redirect(_next(form, asked))


def _add(form: Opened, key: str, here: str) -> HttpResponse:
    try:
        number = operations.add_item(
            actor=form.request.person,
            set_id=form.around.form_set.id,
            key=key,
            now=form.now,
            pages=form.around.pages,
        )
    except KeyError as unknown:
        raise Http404 from unknown
    return redirect(f"{here}#q-{key}-{number}" if number else f"{here}#q-{key}")


def _still_true(form: Opened, asked: Page, here: str) -> HttpResponse:
    operations.confirm_carried(
        actor=form.request.person, set_id=form.around.form_set.id, places=form.filled.sheet.places_of(asked),
        now=form.now, pages=form.around.pages,
    )  # fmt: skip
    messages.success(form.request, "Every answer on this page is confirmed.")
    return redirect(here)


def _to_put_right(filled: queries.Filled, asked: Page, form: Opened) -> dict[Place, list[str]]:
    """What is wrong on this page. Blanks and what waits to be confirmed are told on the last page: people answer in
    any order."""
    told: dict[Place, list[str]] = {}
    for problem in filled.sheet.problems(form.request.today):
        if problem.page is asked and not problem.is_blank and not filled.sheet.at(problem.place).to_confirm:
            told.setdefault(problem.place, []).append(problem.message)
    return told


def _next(form: Opened, asked: Page) -> str:
    pages: Iterable[Page] = form.filled.form.pages
    after = [each for each in pages if form.filled.sheet.page_applies(each)]
    rest = after[after.index(asked) + 1 :]
    mine = next((each for each in rest if form.around.may_write_page(each)), None)
    return form.url("page", page=mine.key) if mine else form.url("check")


def _first(filled: queries.Filled, places: set[Place]) -> Place:
    return min(places, key=lambda place: (filled.form.asked[place.key].position, place))


def take_out(filling: Filling, request: Request, reference: str, page: str, place: str) -> HttpResponse:
    """Ask before an item of a repeating group is taken out."""
    form = opened(filling, request, reference)
    asked = form.page(page)
    try:
        item = Place.of(place)
        group = form.filled.form.question(item.key)
    except (ValueError, KeyError) as unknown:
        raise Http404 from unknown
    if not isinstance(group, Repeat) or not form.around.may_write_page(asked):
        raise Http404
    back = f"{form.url('page', page=asked.key)}#q-{item.key}"
    items = form.filled.sheet.items(group)
    if item.item not in items:
        return redirect(back)
    if request.method == "POST":
        with permitted():
            operations.remove_item(
                actor=request.person,
                set_id=form.around.form_set.id,
                place=item,
                now=form.now,
                pages=form.around.pages,
            )
        return HttpResponseRedirect(back)
    context = {
        "question": f"Do you want to take out {group.noun} {items.index(item.item) + 1}?",
        "confirm_label": "Take it out",
        "cancel_url": back,
        "cancel_label": "Keep it",
        "danger": True,
        "said": [_said(form, Place(inner.key, item.item)) for inner in group.questions],
    }
    return render(request, "paperwork/take_out.html", form.context(**context))


def _said(form: Opened, place: Place) -> tuple[str, str]:
    given: Given = form.filled.sheet.at(place)
    return form.filled.form.question(place.key).label, form.filled.form.question(place.key).in_words(
        given
    ) or "Not answered"
