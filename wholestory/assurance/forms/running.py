"""Questions that are asked while a cycle runs: who is in scope, more time, refusals, hand-over, interim rounds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from wholestory.assurance.forms.examples import show_example
from wholestory.assurance.forms.round_days import check_days
from wholestory.assurance.operations.scope import LONGEST_REASON
from wholestory.assurance.queries.scope import WHERE
from wholestory.govuk import forms
from wholestory.partners.models import Agency, DutyBasis, Sector


class ScopeFilter(forms.FilterForm):
    """Narrowing the page that says whom to ask. The page applies it: its lines are no rows of one table."""

    q = forms.TextField(label="Agency")
    sector = forms.SelectField(label="Sector", choices=Sector.choices, prompt="All")
    duty = forms.SelectField(label="Why they answer", choices=DutyBasis.choices, prompt="All")
    where = forms.SelectField(label="Where they stand", choices=list(WHERE.items()), prompt="All")


class LeaveOutForm(forms.Form):
    """Why the chosen agencies are not asked."""

    reason = forms.TextField(
        label="Why are they out of scope?",
        hint="For example: does not work with children in this area; answers through its parent trust. The team and"
        " the chair read it; the board sees how many.",
        missing="Say why these agencies are out of scope",
        max_length=LONGEST_REASON,
    )


class AskMoreTimeForm(forms.Form):
    """An agency asks for more time."""

    until_on = forms.DateField(label="Until when do you need?", missing="Enter the day you need")
    reason = forms.TextField(
        label="Why do you need more time?",
        hint="The board’s team reads this. Name no child.",
        missing="Say why you need more time",
        max_length=300,
    )

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        show_example(self, "until_on", today, ahead=28)


class DecideMoreTimeForm(forms.Form):
    """The team's answer to a request for more time."""

    decision = forms.RadiosField(
        label="Do you give more time?",
        choices=[("grant", "Yes, more time is given"), ("decline", "No, the due date stands")],
        missing="Choose whether more time is given",
    )
    until_on = forms.DateField(label="Until when? (if more time is given)", required=False)
    answer = forms.TextField(
        label="What do you say to them?",
        hint="Needed when the due date stands. The organisation reads it.",
        required=False,
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if (
            answers.get("decision") == "grant"
            and not answers.get("until_on")
            and "until_on" not in self.errors
        ):
            self.add_error("until_on", "Enter the new last day")
        if answers.get("decision") == "decline" and not answers.get("answer", "").strip():
            self.add_error("answer", "Say why there is no more time")
        return answers


class RefusalForm(forms.Form):
    """What an agency said when it refused."""

    words = forms.LongTextField(
        label="What did the organisation say?",
        hint="In its own words, with who said it and when. Its people read this on their page.",
        missing="Write down what the organisation said",
        rows=5,
    )


class HandOverForm(forms.Form):
    """Which body answers instead."""

    successor = forms.RadiosField(
        label="Which organisation carries on?", choices=(), missing="Choose the organisation that carries on"
    )

    def __init__(self, *args: Any, successors: list[Agency], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("successor", [(str(agency.id), agency.name) for agency in successors])


class InterimForm(forms.Form):
    """A new interim round."""

    title = forms.TextField(
        label="What is this round called?",
        hint="For example, 2016/17 interim year",
        missing="Enter a title",
        max_length=120,
    )
    opens_on = forms.DateField(label="Opens on", missing="Enter the day it opens")
    due_on = forms.DateField(
        label="Returns due by", hint="The last day on which a return is in time", missing="Enter the due date"
    )

    def __init__(self, *args: Any, today: date, titles: Collection[str] = (), **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        show_example(self, "opens_on", today)
        show_example(self, "due_on", today, ahead=56)
        self.today, self.titles = today, {" ".join(each.split()).casefold() for each in titles}

    def clean_title(self) -> str:
        """A title no other cycle of the board has."""
        title = str(self.cleaned_data["title"])
        if " ".join(title.split()).casefold() in self.titles:
            raise ValidationError("There is a cycle with this title already. Change the title")
        return title

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        check_days(self, answers, self.today)
        return answers
