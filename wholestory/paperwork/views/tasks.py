"""The list of a form's pages: how far each is, and by whom."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from wholestory.access.requests import Request
from wholestory.govuk.parts import Progress as Bar
from wholestory.govuk.parts import Tag, Task
from wholestory.paperwork import queries
from wholestory.paperwork.copies.queries import loads_of
from wholestory.paperwork.filling import Filling
from wholestory.paperwork.given import NOTHING_LABELS, Place
from wholestory.paperwork.models import Status
from wholestory.paperwork.sheet import Progress
from wholestory.paperwork.showing import line_of
from wholestory.paperwork.views.opening import Opened, clock, opened

STATES = {
    "not_started": ("Not started", "not_started"),
    "in_progress": ("In progress", "in_progress"),
    "complete": ("Completed", "done"),
}


def tasks(filling: Filling, request: Request, reference: str) -> HttpResponse:
    """Where a form begins."""
    form = opened(filling, request, reference)
    pages = queries.progress_by_page(form.filled, request.today)
    whole = form.filled.sheet.progress(today=request.today)
    return render(
        request,
        "paperwork/tasks.html",
        form.context(
            intro=form.around.intro or form.filled.form.intro,
            tasks=[_task(form, each) for each in pages],
            bar=Bar(whole.said, whole.applicable, "answered"),
            to_confirm=whole.to_confirm,
            clashes=len(queries.open_clashes(form.filled)),
            others=form.others(),
            compare_url=form.url("compare"),
            check_url=form.url("check"),
            print_url=form.url("print"),
            pdf_url=form.url("pdf"),
            blank_url=form.url("blank"),
            blank_pdf_url=form.url("blank_pdf"),
            copies={
                which: form.url(which) for which in ("word", "excel", "blank_word", "blank_excel", "load")
            },
            comments=_comments(form),
            may_load=form.around.form_set.status == Status.DRAFT
            and bool(form.around.may_write or form.around.may_load_for),
            loads=loads_of(
                form.around.form_set,
                lambda load: form.url("load_check", load=str(load)),
                reader=request.person,
                answers=form.answers,
            ),
        ),
    )


def _comments(form: Opened) -> list[tuple[str, str, int]]:
    """Where comments wait: the question, the address of its comments, how many."""
    waiting = form.open_comments() or {}
    asked = form.filled.form.asked
    found = []
    for text, number in waiting.items():
        place = Place.of(text)
        if place.key in asked:
            where = f"{line_of(form.filled.sheet, place).rstrip('.')}: {asked[place.key].question.label}"
            found.append((where, form.url("comments", place=text), number))
    return sorted(found)


def in_words(progress: Progress) -> str:
    """``8 of 10 answered, 1 not applicable, 2 to confirm``: each kind of nothing by its own name."""
    parts = [f"{progress.answered} of {progress.applicable} answered"]
    parts += [f"{many} {NOTHING_LABELS[kind].lower()}" for kind, many in sorted(progress.nothing.items())]
    if progress.state == "complete" and progress.blank:
        parts.append(f"{progress.blank} optional left blank")
    if progress.to_confirm:
        parts.append(f"{progress.to_confirm} to confirm")
    if progress.unfinished:
        parts.append(f"{progress.unfinished} not finished")
    if progress.problems:
        parts.append(f"{progress.problems} to put right")
    return ", ".join(parts)


def _task(form: Opened, each: queries.PageProgress) -> Task:
    words, meaning = STATES[each.progress.state]
    hint = in_words(each.progress)
    if each.people and each.last_saved_at is not None:
        hint += f". {', '.join(each.people)}, {clock(each.last_saved_at)}"
    owner = form.around.owners.get(each.key)
    if owner:
        hint = f"Answered by {owner}. {hint}"
    return Task(each.title, form.url("page", page=each.key), Tag(words, meaning), hint)
