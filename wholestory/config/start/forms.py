"""Questions of setting up that no other page asks."""

from __future__ import annotations

from typing import Any

from django.forms.boundfield import BoundField

from wholestory.assurance.definitions import newest
from wholestory.assurance.definitions.framework import Framework
from wholestory.govuk import forms
from wholestory.partners.editions import name as edition_name
from wholestory.partners.models import Role

#: The seats of the team in the order people think of them, with what each is for.
SEATS: tuple[tuple[Role, str], ...] = (
    (Role.INDEPENDENT_CHAIR, "Sees what needs them on one page; signs letters"),
    (Role.QUALITY_OFFICER, "Issues self-audits, moderates, follows up"),
    (Role.PERFORMANCE_ANALYST, "Scrutinises what agencies send"),
    (Role.CHILD_DEATH_COORDINATOR, "Runs the child death overview"),
    (Role.INFORMATION_GOVERNANCE_LEAD, "Sees who opened what, without the records themselves"),
    (Role.ADMINISTRATOR, "Keeps the directory and runs the system; reads no cases"),
    (Role.BUSINESS_MANAGER, "Runs the board's office"),
)


class TeamForm(forms.Form):
    """A name and an address for each seat nobody holds yet. Rows left empty are for later."""

    def __init__(self, *args: Any, empty: list[Role], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.empty = empty
        for role, hint in SEATS:
            if role in empty:
                self.fields[f"{role}_name"] = forms.TextField(
                    label=f"{role.label}: full name", hint=hint, max_length=120, required=False, width=20
                )
                self.fields[f"{role}_email"] = forms.EmailField(
                    label=f"{role.label}: email address", required=False, width=20
                )

    def clean(self) -> dict[str, Any]:
        """A name needs an address, because the team signs in; an address needs a name."""
        answers = super().clean()
        for role in self.empty:
            name, email = answers.get(f"{role}_name"), answers.get(f"{role}_email")
            if name and not email and f"{role}_email" not in self.errors:
                self.add_error(f"{role}_email", f"Enter the address {name} signs in with")
            if email and not name:
                self.add_error(f"{role}_name", "Enter their full name")
        return answers

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        """The two questions of each seat, for the page."""
        return [(self[f"{role}_name"], self[f"{role}_email"]) for role, _ in SEATS if role in self.empty]

    def given(self) -> list[tuple[Role, str, str]]:
        """Seat, name and address of each row that was filled in."""
        answers = self.cleaned_data
        return [(r, answers[f"{r}_name"], answers[f"{r}_email"]) for r in self.empty if answers[f"{r}_name"]]


class FrameworkForm(forms.Form):
    """Which framework the first cycle asks."""

    framework = forms.RadiosField(
        label="Which framework will you ask first?", page_heading=True, missing="Choose a framework"
    )

    def __init__(self, *args: Any, edition: str, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        ours = [one for one in newest() if one.edition in {"", edition}]
        others = [one for one in newest() if one not in ours]
        hints = {one.key: _hint(one, one in ours) for one in newest()}
        self.offer("framework", [(one.key, _label(one)) for one in [*ours, *others]], hints)


def _label(framework: Framework) -> str:
    return f"{framework.title} ({edition_name(framework.edition)})" if framework.edition else framework.title


def _hint(framework: Framework, ours: bool) -> str:
    other = "" if ours else " Made for another edition than the board's."
    return f"{len(framework.items)} things to score, under {len(framework.standards)} headings.{other}"
