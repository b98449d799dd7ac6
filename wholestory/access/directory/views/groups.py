"""The list of groups, one group's page, and what changes it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access.directory.doors import keeps, sees
from wholestory.access.directory.forms.board import GroupForm
from wholestory.access.directory.forms.parts import attempt, went
from wholestory.access.directory.forms.people import EndForm
from wholestory.access.directory.operations import groups as operations
from wholestory.access.directory.views import find
from wholestory.access.directory.views.downloads import download
from wholestory.access.directory.views.home import keeps_directory
from wholestory.access.directory.views.pages import confirm_page, done, form_page
from wholestory.access.requests import Request
from wholestory.govuk import forms
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link
from wholestory.partners.models import Group
from wholestory.partners.queries import groups as queries

COLUMNS = (
    Column("name", "Group", sortable=True, sort_by=("by_name",)),
    Column("parent", "Reports to"),
    Column("boards", "Belongs to"),
    Column("quorum", "Quorum", numeric=True),
    Column("members", "Members", numeric=True, sortable=True),
)


class GroupFilter(forms.FilterForm):
    """What narrows the list of groups."""

    words = forms.TextField(label="Name", width=20)
    state = forms.SelectField(
        label="State", choices=(("", "Meeting now"), ("ended", "Ended"), ("all", "All")), prompt=None
    )
    lookups = {"words": ("name__icontains", "short_name__icontains", "purpose__icontains")}

    def __init__(self, *args: Any, today: Any, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.today = today

    def apply(self, rows: Any) -> Any:
        rows, state = super().apply(rows), self.cleaned_data.get("state")
        ended = rows.filter(ends_on__lt=self.today)
        return rows if state == "all" else ended if state == "ended" else rows.exclude(ends_on__lt=self.today)


@sees
def groups(request: Request) -> HttpResponse:
    """The groups of the board."""

    def shown(found: list[Any]) -> list[dict[str, Any]]:
        rows = queries.as_rows(found)
        return [
            {
                **row.__dict__,
                "name": Link(row.name, reverse("partners:group", args=[row.slug])),
                "parent": row.parent or "The board",
                "quorum": row.quorum or "Not set",
            }
            for row in rows
        ]

    page = ListPage(
        request.GET,
        rows=queries.of_board(request.board, request.today),
        columns=COLUMNS,
        sort="name",
        filters=GroupFilter(request.GET, today=request.today),
        caption="Groups",
        shape=shown,
        empty="The board has no groups yet.",
    )
    if page.wants_export:
        return download(
            request, page, "Groups", "groups_downloaded", queries.as_rows, [Column("ends_on", "Ended on")]
        )
    return render(request, "partners/groups.html", {"page": page, "keeps": keeps_directory(request)})


@sees
def group(request: Request, slug: str) -> HttpResponse:
    """One group: its purpose, terms of reference, quorum and members."""
    page = find.or_404(queries.group_page(request.board, slug, request.today))
    keeper, joint = keeps_directory(request), len(page.boards) > 1
    members = [
        (
            Link(one.name, reverse("partners:person", args=[one.person_id])) if keeper and here else one.name,
            f"{one.role_words}{f' until {in_words(one.ends_on)}' if one.ends_on else ''}",
            one.agency or "None",
            *([board_name] if joint else []),
        )
        for one, board_name, here in page.members
    ]
    columns = ("Name", "Seat", "Agency", *(["Board"] if joint else []))
    said = {"page": page, "keeps": keeper, "members": members, "member_columns": columns}
    return render(request, "partners/group.html", said)


@keeps
def group_add(request: Request) -> HttpResponse:
    """A new group."""
    form = GroupForm(request.POST or None, board=request.board)
    if form.is_valid():
        made = attempt(
            form, operations.add_group, actor=request.person, board=request.board, details=form.details(),
            boards=form.other_boards(),
        )  # fmt: skip
        if made:
            return done(request, f"{made.name} is added.", "partners:group", made.slug)
    return form_page(request, form, "Add a group", reverse("partners:groups"), button="Add this group")


@keeps
def group_change(request: Request, slug: str) -> HttpResponse:
    """Put a group's details right."""
    found = find.group(request, slug)
    names = ("name", "short_name", "purpose", "terms_of_reference", "quorum", "parent", "starts_on")
    initial = {name: getattr(found, name) for name in names}
    initial["boards"] = [str(one.pk) for one in found.boards.all()]
    form = GroupForm(request.POST or None, board=request.board, group=found, initial=initial)
    others = [one.name for one in found.boards.exclude(pk=request.board.pk).order_by("name")]
    intro = (
        f"{' and '.join(others)} own this group with you. What you change here changes for them."
        if others
        else ""
    )
    if form.is_valid() and went(
        form, operations.change_group, actor=request.person, board=request.board, group=found, details=form.details(),
        boards=form.other_boards(),
    ):  # fmt: skip
        return done(request, "The group's details are saved.", "partners:group", slug)
    back = reverse("partners:group", args=[slug])
    return form_page(request, form, f"Change {found.name}", back, intro=intro)


@keeps
def group_end(request: Request, slug: str) -> HttpResponse:
    """The group meets for the last time."""
    found = find.group(request, slug)
    others = [one.name for one in found.boards.exclude(pk=request.board.pk).order_by("name")]
    if others:
        return _leave(request, found, others)
    form = EndForm(request.POST or None, today=request.today)
    if form.is_valid():
        ended = attempt(
            form, operations.end_group, actor=request.person, board=request.board, group=found,
            ends_on=form.cleaned_data["ends_on"],
        )  # fmt: skip
        if ended is not None:
            return done(
                request, f"{found.name} ends. {len(ended)} seats end with it.", "partners:group", slug
            )
    said = [
        "every seat in the group ends on the same day",
        "its records stay as they are",
    ]
    back = reverse("partners:group", args=[slug])
    return confirm_page(
        request, f"End {found.name}?", back, label="End this group", form=form, consequences=said
    )


def _leave(request: Request, found: Group, others: list[str]) -> HttpResponse:
    """A joint group: this board leaves, the others go on."""
    form = EndForm(request.POST or None, today=request.today)
    if form.is_valid():
        ended = attempt(
            form, operations.leave_group, actor=request.person, board=request.board, group=found,
            ends_on=form.cleaned_data["ends_on"],
        )  # fmt: skip
        if ended is not None:
            seats = "1 seat ends" if len(ended) == 1 else f"{len(ended)} seats end"
            said = f"{request.board.name} has left {found.name}. {seats} with it."
            return done(request, said, "partners:groups")
    said_before = [
        "every seat your own board holds in it ends on that day",
        f"the group goes on for {' and '.join(others)}: ending it for every board needs their agreement",
        "its records stay as they are",
    ]
    back = reverse("partners:group", args=[found.slug])
    question = f"Leave {found.name}?"
    return confirm_page(
        request, question, back, label="Leave this group", form=form, consequences=said_before
    )
