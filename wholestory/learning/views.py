"""Pages about lessons and campaign material."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link, Tag
from wholestory.learning import forms, operations
from wholestory.learning.models import Change, Lesson, LessonState, Material

KIND = operations.LESSON.kind
COLUMNS = (
    Column("title", "Lesson", sortable=True, sort_by=("title",)),
    Column("theme", "Theme", sortable=True, sort_by=("theme",)),
    Column("audience", "For"),
    Column("state", "State", sortable=True, sort_by=("state",)),
    Column("written", "Written", sortable=True, sort_by=("written_on",)),
)
_COLOURS = {"draft": "not_started", "shared": "in_progress", "published": "done", "withdrawn": "not_needed"}


def _lines(lessons: Sequence[Lesson]) -> list[dict[str, Any]]:
    return [
        {
            "record_id": one.record_id,
            "title": Link(one.title, reverse("learning:lesson", args=[one.record.reference])),
            "theme": one.get_theme_display(), "audience": one.get_audience_display(),
            "state": Tag(one.get_state_display(), _COLOURS[one.state]),
            "written": f"{one.written_on.day} {one.written_on:%b %Y}",
        }
        for one in lessons
    ]  # fmt: skip


@asks(Verb.LIST, KIND, by_grant=True)
def every(request: Request) -> HttpResponse:
    """Lessons this person may read, and campaign material by theme; for seats in a group, what is published."""
    if not asking.may(request.seats, Verb.LIST, KIND, request.board):
        return _published(request)
    page = ListPage(
        request.GET,
        rows=Lesson.objects.filter(record__board=request.board).select_related("record"),
        columns=COLUMNS,
        sort="-written",
        filters=forms.LessonFilter(request.GET),
        shape=_lines,
        caption="Lessons",
        empty="No lesson yet. A lesson is drafted from what a review found.",
    )
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, KIND, ids, verb="access.downloaded")
        return page.export(request, "Lessons")
    reading.listed(request, KIND, [row["record_id"] for row in page.rows])
    context = {
        "page": page,
        "material": list(
            Material.objects.filter(board=request.board, ended_on=None).order_by("theme", "title")
        ),
        "may_write": asking.may(request.seats, Verb.WRITE, KIND, request.board),
    }
    return render(request, "learning/list.html", context)


def _published(request: Request) -> HttpResponse:
    """For whoever sits in a group of the board alone: published lessons, those for professionals too, and material.
    Read with the system's eyes, for no seat of a group opens what the board is shown."""
    if not any(seat.board_id == request.board.id for seat in request.in_groups):
        raise Http404
    with acting.as_system(request.board, "keeper"):
        rows = Lesson.objects.filter(record__board=request.board, state=LessonState.PUBLISHED)
        changed = Prefetch(
            "changes", Change.objects.filter(verdict="changed").order_by("on"), to_attr="led_to"
        )
        lessons = list(rows.prefetch_related(changed).order_by("theme", "-published_on", "title"))
        material = list(
            Material.objects.filter(board=request.board, ended_on=None).order_by("theme", "title")
        )
    reading.listed(request, KIND, [one.record_id for one in lessons])
    return render(request, "learning/published.html", {"lessons": lessons, "material": material})


def _find(request: Request, reference: str) -> Lesson:
    rows = Lesson.objects.select_related("record__board", "written_by", "published_by")
    return reading.one(request, rows, reference=reference)


@asks(Verb.READ, KIND)
def lesson(request: Request, reference: str) -> HttpResponse:
    """One lesson: what it says, whom it reached, what changed."""
    found = _find(request, reference)
    may = {verb: asking.ask(request.person, verb, found, kind=KIND).yes for verb in (Verb.WRITE, Verb.DECIDE)}
    context = {
        "lesson": found,
        "state": Tag(found.get_state_display(), _COLOURS[found.state]),
        "sharings": list(found.sharings.select_related("by").order_by("-on", "-created_at")),
        "changes": list(found.changes.select_related("by").order_by("-on", "-created_at")),
        "may_write": may[Verb.WRITE],
        "may_decide": may[Verb.DECIDE],
        "open": found.state in (LessonState.DRAFT, LessonState.SHARED),
    }
    return render(request, "learning/lesson.html", context)


@asks(Verb.WRITE, KIND, no_line="an empty form shows no record")
def draft(request: Request) -> HttpResponse:
    """Draft a lesson."""
    form = forms.LessonForm(request.POST or None)
    if form.is_valid():
        made = operations.draft(
            actor=request.person,
            board=request.board,
            words=operations.Words(**form.cleaned_data),
            today=request.today,
        )
        messages.success(request, "The draft is kept. The board reads it once you share it.")
        return redirect("learning:lesson", made.record.reference)
    return render(
        request, "learning/form.html", {"form": form, "heading": "Draft a lesson", "label": "Keep the draft"}
    )


def _do(
    request: Request,
    reference: str,
    form: Any,
    heading: str,
    label: str,
    do: Callable[[Lesson, dict[str, Any]], object],
) -> HttpResponse:
    found = _find(request, reference)
    if not asking.ask(request.person, Verb.WRITE, found, kind=KIND):
        raise Http404
    if form.is_valid():
        try:
            do(found, form.cleaned_data)
        except operations.LessonRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Kept.")
            return redirect("learning:lesson", reference)
    return render(
        request, "learning/form.html", {"form": form, "heading": heading, "label": label, "lesson": found}
    )


@asks(Verb.WRITE, KIND)
def change(request: Request, reference: str) -> HttpResponse:
    """Change what it says, as long as it is not published."""
    found = _find(request, reference)
    initial = {name: getattr(found, name) for name in ("theme", "audience", "title", "learned", "do")}
    return _do(
        request, reference, forms.LessonForm(request.POST or None, initial=initial), "Change the lesson", "Save",
        lambda one, said: operations.change(actor=request.person, lesson=one, words=operations.Words(**said)),
    )  # fmt: skip


@asks(Verb.WRITE, KIND)
def share(request: Request, reference: str) -> HttpResponse:
    """Whom it went to."""
    return _do(
        request, reference, forms.SharingForm(request.POST or None), "Whom did it go to?", "Note it",
        lambda one, said: operations.note_sharing(actor=request.person, lesson=one, today=request.today, **said),
    )  # fmt: skip


@asks(Verb.WRITE, KIND)
def changed(request: Request, reference: str) -> HttpResponse:
    """What changed because of it."""
    return _do(
        request, reference, forms.ChangeForm(request.POST or None), "What changed because of it?", "Note it",
        lambda one, said: operations.note_change(actor=request.person, lesson=one, today=request.today, **said),
    )  # fmt: skip


@asks(Verb.DECIDE, KIND)
def one_step(request: Request, reference: str, step: str) -> HttpResponse:
    """Share with the board, publish or withdraw, once confirmed."""
    found = _find(request, reference)
    steps: dict[str, tuple[str, str, Callable[[], object]]] = {
        "board": ("Share it with the board?", "The board reads it from now on.",
                  lambda: operations.share_with_board(actor=request.person, lesson=found)),
        "publish": ("Publish it?", "What is for everybody is shown on the public page from now on. Nobody may recognise"
                    " a child or a family in it: read it once more.",
                    lambda: operations.publish(actor=request.person, lesson=found, today=request.today)),
        "withdraw": ("Withdraw it?", "It is no longer shown to the public. What was logged stays.",
                     lambda: operations.withdraw(actor=request.person, lesson=found)),
    }  # fmt: skip
    if step not in steps:
        raise Http404
    heading, about, do = steps[step]
    if request.method == "POST":
        try:
            do()
        except operations.LessonRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Done.")
        return redirect("learning:lesson", reference)
    return render(request, "learning/confirm.html", {"lesson": found, "heading": heading, "about": about})


@asks(Verb.WRITE, KIND, no_line="an empty form shows no record")
def material(request: Request) -> HttpResponse:
    """Add material for a campaign."""
    form = forms.MaterialForm(request.POST or None)
    if form.is_valid():
        try:
            operations.add_material(
                actor=request.person, board=request.board, today=request.today, **form.cleaned_data
            )
        except operations.LessonRefused as refused:
            form.add_error("link", str(refused))
        else:
            messages.success(request, "Added.")
            return redirect("learning:list")
    return render(request, "learning/form.html", {"form": form, "heading": "Add material", "label": "Add"})


@asks(Verb.WRITE, KIND)
def end_material(request: Request, key: str) -> HttpResponse:
    """Take material off the list."""
    found = Material.objects.filter(pk=key, board=request.board, ended_on=None).first()
    if found is None or request.method != "POST":
        raise Http404
    operations.end_material(actor=request.person, material=found, today=request.today)
    messages.success(request, "It is no longer offered.")
    return redirect("learning:list")
