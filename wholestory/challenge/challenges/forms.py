"""Questions the pages about challenges ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from wholestory.challenge import measures
from wholestory.challenge.models import AWAITS_AGENCY, OVER, Challenge, Decision, Stage
from wholestory.govuk import forms
from wholestory.partners.models import Board

Choices = list[tuple[str, str]]


class ChallengeFilter(forms.FilterForm):
    """Narrowing the log."""

    q = forms.TextField(label="Words or reference", max_length=100)
    agency = forms.SelectField(label="Agency", choices=(), prompt="All")
    state = forms.SelectField(
        label="State",
        choices=[("open", "Not settled yet"), ("late", "Answer is late"), *Stage.choices],
        prompt="All",
    )
    measure = forms.TextField(label="Code of the measure", max_length=40)
    lookups = {
        "q": ("about_label__icontains", "question__icontains", "record__reference__icontains"),
        "agency": ("agency__slug",),
    }

    def __init__(self, *args: Any, agencies: Choices, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("agency", [("", "All"), *agencies])
        self.today = today

    def apply(self, rows: Any) -> Any:
        rows = super().apply(rows)
        state, measure = self.cleaned_data.get("state"), self.cleaned_data.get("measure")
        if measure:
            rows = rows.filter(measure__iexact=measure)
        return _in_state(rows, state, self.today) if state else rows


def _in_state(rows: QuerySet[Challenge], state: str, today: date) -> QuerySet[Challenge]:
    if state == "open":
        return rows.exclude(stage__in=OVER)
    if state == "late":
        return rows.filter(stage__in=AWAITS_AGENCY, due_on__lt=today)
    return rows.filter(stage=state)


def _code(form: forms.Form, name: str, board: Board) -> str:
    """The code as the catalogue writes it."""
    said: str = (form.cleaned_data.get(name) or "").strip()
    if not said:
        return ""
    if not said.replace("-", "").replace("_", "").isalnum():
        form.add_error(name, "A code has letters and digits only, for example D09")
        return said
    found = measures.known(board, said)
    if found is None:
        form.add_error(
            name, f"No measure has the code {said}. Look for it beside the figure, for example D09"
        )
        return said
    return found.code


class PutForm(forms.Form):
    """A challenge to an agency."""

    group = forms.SelectField(label="Which group asks?", choices=(), missing="Choose the group")
    agency = forms.SelectField(label="Which agency is asked?", choices=(), missing="Choose the agency")
    about = forms.RadiosField(
        label="What is it about?", choices=Challenge.About.choices, missing="Choose what it is about"
    )
    about_label = forms.TextField(
        label="In a few words",
        hint="For example: visits within six weeks, October to December 2015",
        missing="Say what it is about",
        max_length=300,
    )
    measure = forms.TextField(
        label="Code of the measure (optional)", required=False, max_length=40, width="10",
        hint="Found beside the figure, for example D09. What comes of the challenge can then be looked for.",
    )  # fmt: skip
    question = forms.LongTextField(
        label="What do you ask?",
        hint="A question the agency can answer. Do not name a child.",
        missing="Write what you ask the agency",
        rows=5,
        max_length=2000,
    )
    why = forms.LongTextField(
        label="Why do you ask? (optional)",
        hint="What the figures or an audit showed",
        required=False,
        rows=3,
        max_length=2000,
    )
    due_on = forms.DateField(label="By when should they answer?", missing="Enter a date")

    def __init__(
        self, *args: Any, groups: Choices, agencies: Choices, board: Board, today: date, **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.board = board
        self.offer("group", [("", "Choose"), *groups] if len(groups) != 1 else groups)
        self.offer("agency", [("", "Choose"), *agencies])
        self.today = today

    def clean_measure(self) -> str:
        """A code is one of the board's measures."""
        return _code(self, "measure", self.board)

    def clean_due_on(self) -> date:
        """Today or later."""
        due: date = self.cleaned_data["due_on"]
        if due < self.today:
            self.add_error("due_on", "The date must be today or later")
        return due


class AnswerForm(forms.Form):
    """What the agency answers."""

    words = forms.LongTextField(
        label="Your agency’s answer",
        hint="What you know, what you do about it, and by when. Do not name a child.",
        missing="Write an answer",
        rows=8,
        max_length=4000,
    )


class WordsForm(forms.Form):
    """A few words."""

    words = forms.LongTextField(label="Why?", missing="Write a few words", rows=4, max_length=2000)

    def __init__(self, *args: Any, label: str, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["words"].label = label


class WordsAndDayForm(WordsForm):
    """A few words, and a new day."""

    due_on = forms.DateField(label="By when should they answer?", missing="Enter a date")


class SettleForm(forms.Form):
    """The decision."""

    decision = forms.RadiosField(
        label="What was decided?", choices=Decision.choices, missing="Choose what was decided"
    )
    words = forms.LongTextField(label="Why?", missing="Say why", rows=4, max_length=2000)
    minute = forms.TextField(
        label="Where is it minuted? (optional)",
        required=False,
        max_length=60,
        hint="The meeting and the item",
    )


class ActionForm(forms.Form):
    """An action that is agreed because of the challenge."""

    title = forms.TextField(label="What will be done?", missing="Say what will be done", max_length=200)
    detail = forms.LongTextField(label="More about it (optional)", required=False, rows=3, max_length=2000)
    owner_title = forms.TextField(
        label="Who will do it?", hint="The post they hold", missing="Say who will do it", max_length=120
    )
    due_on = forms.DateField(label="By when?", missing="Enter a date")
    measure_code = forms.TextField(
        label="Which measure is it meant to move? (optional)", required=False, max_length=40, width="10",
        hint="The code beside the figure. Without it nobody can look later whether it moved.",
    )  # fmt: skip

    def __init__(self, *args: Any, board: Board, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.board = board

    def clean_measure_code(self) -> str:
        """A code is one of the board's measures."""
        return _code(self, "measure_code", self.board)


class LadderForm(forms.Form):
    """To whom challenges go, rung by rung."""

    text = forms.LongTextField(
        label="To whom does a challenge go?",
        hint="A line for each step, the first for whoever is asked first: to whom, a comma, and within how many working"
        " days they answer.",
        missing="Write at least one line",
        rows=8,
        max_length=1200,
    )
