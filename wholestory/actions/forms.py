"""Questions the action pages ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.actions import effects
from wholestory.actions.models import ActionState, Verdict
from wholestory.govuk import forms


class ActionFilter(forms.FilterForm):
    """Narrowing the list."""

    q = forms.TextField(label="Words or agency")
    state = forms.SelectField(
        label="State",
        choices=[("overdue", "Overdue"), ("to_check", "To look at again"), *ActionState.choices],
        prompt="All",
    )
    lookups = {"q": ("title__icontains", "agency__name__icontains")}

    def __init__(self, *args: Any, today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.today = today

    def apply(self, rows: Any) -> Any:
        rows = super().apply(rows)
        state = self.cleaned_data.get("state")
        if state == "overdue":
            return rows.filter(state=ActionState.OPEN, due_on__lt=self.today)
        if state == "to_check":
            return rows.filter(pk__in=effects.to_check(self.today).order_by().values("pk"))
        return rows.filter(state=state) if state else rows


class PromiseForm(forms.Form):
    title = forms.TextField(label="What will be done?", missing="Say what will be done", max_length=200)
    detail = forms.LongTextField(label="More about it (optional)", required=False, rows=3)
    items = forms.ManyChoicesField(
        label="Which lines does it answer?", choices=(), missing="Choose at least one line", small=True
    )
    owner = forms.SelectField(label="Who will do it?", choices=(), missing="Choose who will do it")
    due_on = forms.DateField(label="By when?", missing="Enter a date")

    def __init__(
        self,
        *args: Any,
        items: list[tuple[str, str]],
        people: list[tuple[str, str]],
        today: date,
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        self.offer("items", items)
        self.offer("owner", [("", "Choose"), *people])
        self.today = today

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if due < self.today:
            self.add_error("due_on", "The date must be today or later.")
        return due


class UpdateForm(forms.Form):
    words = forms.LongTextField(
        label="How is it going, or what have you added?", missing="Write an update", rows=4
    )
    link = forms.TextField(label="A link that shows it (optional)", required=False, max_length=200)

    def clean_link(self) -> str:
        link: str = self.cleaned_data.get("link") or ""
        if link and not link.startswith(("https://", "http://")):
            self.add_error("link", "A link begins with https://")
        return link


class RedateForm(forms.Form):
    due_on = forms.DateField(label="New date", missing="Enter the new date")
    reason = forms.LongTextField(
        label="Why does the date change?", missing="Say why the date changes", rows=3
    )


class MeasureForm(forms.Form):
    """What will show that it worked."""

    measure = forms.LongTextField(
        label="What will show that it worked?",
        hint="A figure, an audit, a question to children or staff; what it is now, and what you hope to see",
        missing="Say what will show that it worked",
        rows=3,
    )
    check_on = forms.DateField(
        label="When should somebody look?",
        hint="Often some months after it is done; the next self-audit at the latest",
        missing="Enter the day to look",
    )


class CheckForm(forms.Form):
    """What somebody found who looked."""

    verdict = forms.RadiosField(
        label="Has it made a difference?", choices=Verdict.choices, missing="Choose what you found"
    )
    words = forms.LongTextField(
        label="What did you look at, and what did it show?",
        missing="Say what you looked at and what it showed",
        rows=4,
    )


class WordsForm(forms.Form):
    words = forms.LongTextField(label="Say what", missing="Write a few words", rows=4)

    def __init__(self, *args: Any, label: str, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["words"].label = label
