"""The forms themselves: what holds for every page with a question on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from wholestory.govuk.forms.dates import Boxes
from wholestory.govuk.forms.look import Looking, look_of


class Form(forms.Form):
    """A form whose answers the server checks and the page shows again.

    A field that opens under a choice (`reveals`) is asked only when that choice is made: when it is not, its answer
    is dropped and its errors with it. A form with its own `clean` calls `super().clean()` first.
    """

    use_required_attribute = False
    label_size = "s"

    def __init__(self, *args: Any, **wanted: Any) -> None:
        wanted.setdefault("label_suffix", "")
        super().__init__(*args, **wanted)

    def offer(
        self, name: str, choices: Iterable[tuple[Any, Any]], hints: Mapping[str, str] | None = None
    ) -> None:
        """Say what a field offers on this page, where only the page knows, and what each choice means, by its value.

        Raises TypeError for a field without choices.
        """
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            raise TypeError(f"{name} offers no choices")
        field.choices = list(choices)
        if hints is not None and isinstance(field, Looking):
            field.look = replace(field.look, hints=hints)

    def clean(self) -> dict[str, Any]:
        """The answers to what was asked."""
        cleaned = super().clean()
        answers: dict[str, Any] = self.cleaned_data if cleaned is None else cleaned
        for name, asked in self._revealed():
            if not asked:
                self.errors.pop(name, None)
                answers[name] = _nothing_for(self.fields[name])
        return answers

    def _revealed(self) -> Iterator[tuple[str, bool]]:
        """Each field that opens under a choice, and whether it was open when the form was sent."""
        for controller, field in self.fields.items():
            for choice, name in look_of(field).reveals.items():
                if name in self.fields:
                    yield name, choice in _chosen(self[controller])

    def revealed_names(self) -> set[str]:
        """Fields that another field draws inside itself."""
        return {name for name, _ in self._revealed()}

    def fields_on_their_own(self) -> list[BoundField]:
        """The visible fields in order, without those that another one draws inside itself."""
        inside = self.revealed_names()
        return [one for one in self.visible_fields() if one.name not in inside]


class FilterForm(Form):
    """The questions above a list, sent with GET. Nothing in it is ever required.

    `lookups` says, field by field, which columns of the list an answer narrows: one lookup, or several of which
    one must hold. A form with other needs overrides `apply`.
    """

    label_size = ""
    lookups: Mapping[str, str | tuple[str, ...]] = {}

    def __init__(self, *args: Any, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        for field in self.fields.values():
            field.required = False

    def apply(self, rows: Any) -> Any:
        """The rows (a queryset) that match every answer given."""
        from django.db.models import Q

        for name, lookups in self.lookups.items():
            wanted = self.cleaned_data.get(name)
            if wanted in (None, "", []):
                continue
            either = Q()
            for lookup in (lookups,) if isinstance(lookups, str) else lookups:
                either |= Q(**{lookup: wanted})
            rows = rows.filter(either)
        return rows

    def chosen(self) -> list[tuple[str, str, str]]:
        """What narrows the list now: field name, its label and the answer in words."""
        found = []
        for bound in self.visible_fields():
            value = bound.value()
            if self.is_bound and value not in (None, "", [], False):
                words = _words(bound, value)
                if words:
                    found.append((bound.html_name, str(bound.label), words))
        return found


def _words(bound: BoundField, value: Any) -> str:
    """An answer as its reader chose it."""
    if isinstance(value, Boxes):
        return " ".join(one for one in (value.day, value.month, value.year) if one)
    choices = getattr(bound.field, "choices", None)
    if choices is None:
        return str(value)
    labels: dict[str, str] = {}
    for one, label in choices:
        pairs = label if isinstance(label, list | tuple) else [(one, label)]
        labels.update({str(key): str(words) for key, words in pairs})
    given = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels[str(one)] for one in given if str(one) in labels)


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    return {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}


def _nothing_for(field: forms.Field) -> Any:
    """The value this kind of field gives when it was not answered."""
    if isinstance(field, forms.MultipleChoiceField):
        return []
    return getattr(field, "empty_value", None)
