"""Questions about the board itself, its areas and its groups."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from wholestory.access.directory.forms.parts import Chosen, by_name, fill
from wholestory.access.directory.operations.boards import BoardDetails
from wholestory.access.directory.operations.groups import GroupDetails
from wholestory.govuk import forms
from wholestory.partners.editions import EDITIONS
from wholestory.partners.models import Board, BoardKind, Group


class BoardForm(forms.Form):
    """The board's details."""

    name = forms.TextField(label="Name", max_length=160, missing="Enter the board's name")
    short_name = forms.TextField(
        label="Short name", hint="For example, PSCB", max_length=40, width=20, missing="Enter a short name"
    )
    kind = forms.RadiosField(
        label="What kind of board is it?", choices=BoardKind.choices, missing="Say what kind of board it is"
    )
    edition = forms.SelectField(
        label="Edition of guidance", choices=EDITIONS, missing="Choose the edition it works under",
        hint="The words, forms and deadlines of new records follow it. Records that exist keep their own.",
    )  # fmt: skip
    valid_from = forms.DateField(label="First day", missing="Enter the board's first day")
    valid_to = forms.DateField(label="Last day", hint="Leave empty while it lasts", required=False)
    successor = Chosen(label="Which board comes after it?", required=False, prompt="None")
    mailbox = forms.EmailField(
        label="The team's mailbox", hint="A real mailbox somebody reads: replies go here", required=False
    )
    telephone = forms.PhoneField(label="Telephone", required=False)
    website = forms.TextField(label="Website", hint="Beginning with https://", required=False)

    def __init__(self, *args: Any, board: Board | None = None, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        others = Board.objects.exclude(pk=board.pk) if board else Board.objects.all()
        fill(self, "successor", by_name(others))

    def clean_website(self) -> str:
        """An address people can follow, or nothing."""
        website = str(self.cleaned_data.get("website") or "")
        if website and not website.startswith(("https://", "http://")):
            self.add_error("website", "Enter a web address that begins with https://")
        return website

    def details(self) -> BoardDetails:
        """What was answered."""
        given: dict[str, Any] = {one.name: self.cleaned_data.get(one.name) for one in fields(BoardDetails)}
        return BoardDetails(**given)


class AreaForm(forms.Form):
    """An area the board answers for."""

    name = forms.TextField(
        label="Name of the area",
        hint="A local authority area",
        max_length=120,
        missing="Enter the area's name",
    )
    code = forms.TextField(
        label="ONS code",
        hint="For example, E06000031. Leave empty if you do not know it.",
        max_length=12,
        width=10,
        required=False,
    )

    def clean_code(self) -> str:
        """A letter and eight figures, or nothing."""
        code = str(self.cleaned_data.get("code") or "").strip().upper()
        if code and not (len(code) == 9 and code[0] in "ENSW" and code[1:].isascii() and code[1:].isdigit()):
            self.add_error("code", "An ONS code has a letter and eight figures, like E06000031")
        return code


class GroupForm(forms.Form):
    """A group's details."""

    name = forms.TextField(label="Name", max_length=160, missing="Enter the group's name")
    short_name = forms.TextField(label="Short name", max_length=40, width=20, required=False)
    purpose = forms.LongTextField(
        label="Purpose", hint="What the group is for, in a few sentences", required=False, max_length=4000
    )
    terms_of_reference = forms.LongTextField(
        label="Terms of reference",
        hint="Markdown: # for headings, * for lists",
        required=False,
        max_length=20000,
        rows=10,
    )
    quorum = forms.NumberField(
        label="Quorum",
        hint="How many members must be there for a decision",
        required=False,
        min_value=1,
        max_value=100,
        width=3,
    )
    parent = Chosen(label="Reports to", required=False, prompt="The board itself")
    boards = forms.ManyChoicesField(
        label="Which other boards own it too?", hint="A joint group belongs to several boards", required=False
    )
    starts_on = forms.DateField(label="First day", hint="Leave empty if nobody knows", required=False)

    def __init__(self, *args: Any, board: Board, group: Group | None = None, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        others = by_name(Board.objects.exclude(pk=board.pk))
        self.others = {str(one.pk): one for one in others}
        self.offer("boards", [(key, one.name) for key, one in self.others.items()])
        if not others:
            del self.fields["boards"]
        groups = board.groups.filter(ends_on=None)
        groups = groups.exclude(pk=group.pk) if group else groups
        fill(self, "parent", by_name(groups))

    def details(self) -> GroupDetails:
        """What was answered."""
        names = ("name", "short_name", "purpose", "terms_of_reference", "quorum", "parent", "starts_on")
        return GroupDetails(**{name: self.cleaned_data[name] for name in names})

    def other_boards(self) -> list[Board]:
        """The other boards that own the group."""
        return [self.others[key] for key in self.cleaned_data.get("boards", [])]
