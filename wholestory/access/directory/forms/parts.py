"""What the directory's forms share: choices out of it, a doubt that can be overruled, refusals beside fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms as django_forms
from django.db.models import QuerySet

from wholestory.access.directory.doors import Refusal
from wholestory.govuk import forms

T = TypeVar("T")


class Chosen(forms.SelectField):
    """One row of the directory out of a list; cleans to the row itself, or None."""

    def __init__(self, **wanted: Any) -> None:
        super().__init__(**wanted)
        self._rows: dict[str, Any] = {}

    def fill(self, rows: Iterable[Any], label: Callable[[Any], str] = str) -> None:
        """Offer these rows. Called when the form is made, so that the list is that of the reader's board."""
        self._rows = {str(row.pk): row for row in rows}
        self.choices = [("", self.prompt or ""), *((key, label(row)) for key, row in self._rows.items())]

    def clean(self, value: Any) -> Any:
        """The row with this key. Raises ValidationError for one that was not offered."""
        return self._rows.get(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return str(getattr(value, "pk", value) or "")


def fill(form: django_forms.Form, name: str, rows: Iterable[Any], label: Callable[[Any], str] = str) -> None:
    """Offer these rows of the directory in the field of this name. Raises TypeError for another kind of field."""
    field = form.fields[name]
    if not isinstance(field, Chosen):
        raise TypeError(f"{name} chooses no row of the directory")
    field.fill(rows, label)


class DoubtForm(forms.Form):
    """A form that can ask “are you sure this is another one?” once, when something looks alike."""

    anyway = forms.ConfirmField(label="", required=False, widget=django_forms.HiddenInput)

    def doubt(self, sentence: str, label: str) -> None:
        """Show the form again with a box to tick: ``sentence`` is the error, ``label`` what ticking says."""
        field = self.fields["anyway"]
        field.widget = django_forms.CheckboxInput()
        field.label = label
        # Django keeps a question as it was first drawn, which was while it checked the answers.
        self["anyway"].label = label
        self.add_error("anyway", sentence)

    @property
    def sure(self) -> bool:
        """Whether the box was ticked."""
        return bool(self.cleaned_data.get("anyway"))


def attempt(form: django_forms.Form, operation: Callable[..., T], **given: Any) -> T | None:
    """Run an operation; when it refuses, put its sentence beside the field it is about and give back None."""
    try:
        return operation(**given)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        return None


def went(form: django_forms.Form, operation: Callable[..., object], **given: Any) -> bool:
    """The same, for operations whose result nobody needs: whether it went through."""
    attempt(form, operation, **given)
    return not form.errors


def by_name(rows: QuerySet[Any]) -> list[Any]:
    """Rows in the order people look for them, whatever the database thinks of capitals."""
    return sorted(rows, key=lambda row: (str(row).casefold(), str(row.pk)))
