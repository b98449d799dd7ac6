"""What the coordinator's pages about requests ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wholestory.child_deaths.operations.requests import ToAsk
from wholestory.child_deaths.queries.forms_asked import Proposed
from wholestory.child_deaths.queries.requests import Proposal
from wholestory.child_deaths.rules.forms_by_circumstance import Topic
from wholestory.govuk import forms

#: Empty lines for agencies nobody proposed.
MORE = ("m1", "m2", "m3")


class AskForm(forms.Form):
    """Choosing whom to ask: a line for each proposal, three empty ones, the forms, and what is said to all of them.

    A line's fields are called ``ask_KEY``, ``organisation_KEY``, ``name_KEY`` and ``email_KEY``.
    """

    topics = forms.ManyChoicesField(
        label="Supplementary forms",
        hint="Everybody you ask now gets the report, and every form ticked here. Those proposed come first, each with"
        " why; one that is not ticked needs you to look at it first.",
        choices=(),
        required=False,
    )
    why = forms.LongTextField(
        label="What you say to them",
        hint="Shown on their page, never in an e-mail. For example, what you need to know most.",
        required=False,
        rows=3,
        max_length=1000,
    )
    due_on = forms.DateField(
        label="Due on", hint="Leave it empty for fourteen days. There is no national limit.", required=False
    )

    def __init__(
        self,
        *args: Any,
        proposals: Sequence[Proposal],
        topics: Sequence[tuple[Topic, str]],
        chosen: Mapping[Topic, Proposed],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.proposals = [each for each in proposals if not each.asked]
        hints = {
            topic.value: f"{'Proposed' if why.sure else 'Perhaps, not ticked'}: {why.words}"
            for topic, why in chosen.items()
        }
        offered = sorted(topics, key=lambda each: each[0] not in chosen)
        self.offer("topics", [(topic.value, title) for topic, title in offered], hints)
        self.fields["topics"].initial = [topic.value for topic, why in chosen.items() if why.sure]
        for each in self.proposals:
            self._line(each.key, each)
        for key in MORE:
            self._line(key, Proposal(key, "", ""))

    def _line(self, key: str, each: Proposal) -> None:
        called = each.organisation or each.role or "somebody else"
        self.fields[f"ask_{key}"] = forms.ConfirmField(label=f"Ask {called}", required=False)
        if not each.organisation:
            self.fields[f"organisation_{key}"] = forms.TextField(
                label="Organisation", required=False, max_length=160
            )
        self.fields[f"name_{key}"] = forms.TextField(
            label="Name", required=False, initial=each.name, max_length=120
        )
        self.fields[f"email_{key}"] = forms.EmailField(
            label="E-mail address", required=False, initial=each.email
        )

    def lines(self) -> list[tuple[Proposal | None, list[Any]]]:
        """Each line with its fields, for the page."""
        held = {each.key: each for each in self.proposals}
        found: list[tuple[Proposal | None, list[Any]]] = []
        for key in [*held, *MORE]:
            names = [f"{part}_{key}" for part in ("ask", "organisation", "name", "email")]
            found.append((held.get(key), [self[name] for name in names if name in self.fields]))
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for key in self._keys():
            if not said.get(f"ask_{key}"):
                continue
            for part, words in (
                ("organisation", "Enter the organisation"),
                ("name", "Enter the name of the person to ask"),
                ("email", "Enter their e-mail address"),
            ):
                field = f"{part}_{key}"
                if field in self.fields and field not in self.errors and not said.get(field):
                    self.add_error(field, words)
        if not self.errors and not self.to_ask():
            self.add_error(None, "Choose at least one organisation to ask")
        return said

    def _keys(self) -> list[str]:
        return [name.removeprefix("ask_") for name in self.fields if name.startswith("ask_")]

    def to_ask(self) -> list[ToAsk]:
        """Everybody who was chosen."""
        held = {each.key: each for each in self.proposals}
        said = self.cleaned_data
        found = []
        for key in self._keys():
            if said.get(f"ask_{key}"):
                each = held.get(key)
                organisation = said.get(f"organisation_{key}") or (each.organisation if each else "")
                found.append(
                    ToAsk(
                        organisation, said[f"name_{key}"], said[f"email_{key}"], each.role if each else "",
                        each.agency if each else None, each.service if each else None,
                    )
                )  # fmt: skip
        return found

    def chosen_topics(self) -> list[Topic]:
        """The supplementary forms that were ticked."""
        return [Topic(each) for each in self.cleaned_data["topics"]]


class ChaseFilter(forms.FilterForm):
    """Above the chase list."""

    standing = forms.SelectField(
        label="Where it stands",
        choices=[
            ("awaited", "Awaited"),
            ("overdue", "Overdue"),
            ("asked", "Asked, not opened"),
            ("nothing", "Nothing known"),
            ("returned", "Returned"),
            ("revoked", "Taken back"),
        ],
        prompt="Every request",
    )
    organisation = forms.SelectField(label="Organisation", choices=(), prompt="Every organisation")
    q = forms.TextField(label="Reference", max_length=120)
    lookups = {
        "q": ("record__reference__icontains", "case__record__reference__icontains"),
        "organisation": ("organisation",),
    }

    def __init__(self, *args: Any, today: date, organisations: Sequence[str], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.today = today
        forms.offer(self, "organisation", [(each, each) for each in organisations])

    def apply(self, rows: Any) -> Any:
        from wholestory.child_deaths.models import AWAITED
        from wholestory.child_deaths.queries.requests import overdue

        rows = super().apply(rows)
        chosen = self.cleaned_data.get("standing") or ""
        if chosen == "awaited":
            return rows.filter(state__in=AWAITED)
        if chosen == "overdue":
            return overdue(rows, self.today)
        return rows.filter(state=chosen) if chosen else rows


class MoreTimeForm(forms.Form):
    until = forms.DateField(label="New day", missing="Enter the new day")
    reason = forms.LongTextField(
        label="Why?",
        hint="The organisation sees it",
        missing="Say why they get longer",
        rows=2,
        max_length=1000,
    )


class RemindForm(forms.Form):
    """Nothing to say: a button."""


class ReasonForm(forms.Form):
    reason = forms.LongTextField(
        label="Why?", hint="The organisation sees it", missing="Say why", rows=3, max_length=1000
    )
