"""One of several, several of several, yes or no."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from wholestory.govuk.forms.look import Looking


class RadiosField(Looking, forms.ChoiceField):
    """One choice, all of them in sight. `inline`, `small`, `hints` and `reveals` are as in `Look`."""

    verb = "Select"
    widget = forms.RadioSelect
    default_error_messages = {"invalid_choice": "Select one of the answers listed"}


class SelectField(Looking, forms.ChoiceField):
    """One choice out of many, in a list that opens. Radios are easier up to about ten choices.

    `prompt` is the first line, which stands for no answer; pass None when the list has one of its own.
    """

    verb = "Select"
    default_error_messages = {"invalid_choice": "Select one of the answers listed"}

    def __init__(self, *, choices: Any = (), prompt: str | None = "Select", **wanted: Any) -> None:
        self.prompt = prompt
        super().__init__(choices=self._prompted(choices), **wanted)

    def _prompted(self, choices: Any) -> Any:
        if self.prompt is None:
            return choices
        first = ("", self.prompt)
        if callable(choices):
            return lambda: [first, *choices()]
        return [first, *choices]


class ManyChoicesField(Looking, forms.MultipleChoiceField):
    """Any number of choices. Values in `exclusive` (“None of these”) clear the others, here and on the page."""

    verb = "Select"
    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": "Select from the answers listed"}

    def __init__(self, *args: Any, exclusive: Iterable[str] = (), **wanted: Any) -> None:
        super().__init__(*args, exclusive=frozenset(exclusive), **wanted)

    def validate(self, value: Any) -> None:
        """Raises ValidationError when “none of these” was chosen together with something else."""
        super().validate(value)
        if len(value) > 1 and self.look.exclusive.intersection(value):
            labels = {str(one): str(label) for one, label in _flat(self.choices)}
            alone = labels[next(iter(self.look.exclusive.intersection(value)))]
            raise forms.ValidationError(
                f"Select either “{alone}” or other answers, not both", code="exclusive"
            )


class ConfirmField(Looking, forms.BooleanField):
    """One box to tick. Required by default: a declaration nobody ticked was not made."""

    verb = "Confirm"

    def _missing(self, label: str) -> str:
        return "Tick the box to confirm"


class YesNoField(Looking, forms.TypedChoiceField):
    """Yes or no, as True or False; None when it was not answered."""

    verb = "Select"
    widget = forms.RadioSelect
    default_error_messages = {"invalid_choice": "Select yes or no"}

    def __init__(self, *, yes: str = "Yes", no: str = "No", **wanted: Any) -> None:
        wanted.setdefault("inline", not (wanted.get("hints") or wanted.get("reveals")))
        choices = (("yes", yes), ("no", no))
        super().__init__(choices=choices, coerce=lambda given: given == "yes", empty_value=None, **wanted)

    def _missing(self, label: str) -> str:
        return f"Select yes or no: “{label}”" if label else "Select yes or no"

    def prepare_value(self, value: Any) -> Any:
        """True and False as the page names them."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    """Choices without their groups."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """What a field of one form offers, where that is known only when the form is made."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choice")
    field.choices = list(choices)
