"""Words and numbers: one-line boxes, long text, passwords and one-time codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from wholestory.govuk.forms.look import Looking, in_errors
from wholestory.kernel.plain_text import one_line


class _Line(Looking):
    """A one-line box. It never has a `maxlength`: that would cut what a person pastes without a word."""

    def __init__(
        self,
        *args: Any,
        autocomplete: str = "",
        inputmode: str = "",
        spellcheck: bool | None = None,
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        if autocomplete:
            self.widget.attrs["autocomplete"] = autocomplete
        if inputmode:
            self.widget.attrs["inputmode"] = inputmode
        if spellcheck is not None:
            self.widget.attrs["spellcheck"] = "true" if spellcheck else "false"


class _Words(_Line):
    """One line of words: a line end that came along becomes a space, and characters nobody sees are dropped."""

    def to_python(self, value: Any) -> Any:
        """The text as one line."""
        return super().to_python(one_line(value) if isinstance(value, str) else value)


class TextField(_Words, forms.CharField):
    """One line of text."""


class EmailField(_Words, forms.EmailField):
    """An e-mail address. Pass `autocomplete="email"` only when it is the reader's own."""

    default_error_messages = {
        "invalid": "Enter an email address in the correct format, like name@example.com",
    }

    def __init__(self, *args: Any, **wanted: Any) -> None:
        wanted.setdefault("spellcheck", False)
        wanted.setdefault("max_length", 320)  # Django's own limit, said here so that the words are ours
        messages = {**self.default_error_messages, **(wanted.pop("error_messages", None) or {})}
        super().__init__(*args, error_messages=messages, **wanted)
        # Django's own validator has the message it was made with; ours says how to put it right.
        self.validators = [_with_message(one, str(messages["invalid"])) for one in self.validators]


def _with_message(validator: Any, message: str) -> Any:
    """The same check with our words, when it is Django's check of an address."""
    from django.core.validators import EmailValidator

    return EmailValidator(message=message) if isinstance(validator, EmailValidator) else validator


class PhoneField(_Words, forms.CharField):
    """A telephone number as a person writes it: spaces, brackets, a leading plus and an extension are kept."""

    widget = forms.TextInput
    default_error_messages = {"invalid": "Enter a phone number, like 01632 960 001 or +44 808 157 0192"}
    _allowed = re.compile(r"^[+0-9()\-. ]{6,30}(?:\s*(?:x|ext\.?|extension)\s*\d{1,6})?$", re.IGNORECASE)

    def __init__(self, *args: Any, **wanted: Any) -> None:
        wanted.setdefault("width", 20)
        super().__init__(*args, **wanted)
        self.widget.attrs["type"] = "tel"

    def clean(self, value: Any) -> Any:
        """The number with outer spaces gone. Raises ValidationError when it holds anything else than a number."""
        cleaned = super().clean(value)
        if cleaned and not self._allowed.match(cleaned):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return cleaned


class _Number(_Line):
    """A number box is a text box with a numeric keyboard: a spinner changes values when a page is scrolled."""

    number = "a number"

    def __init__(self, *args: Any, **wanted: Any) -> None:
        wanted.setdefault("width", 5)
        wanted.setdefault("widget", forms.TextInput)
        wanted.setdefault("spellcheck", False)
        super().__init__(*args, **wanted)

    def _limits(self, label: str, wanted: Mapping[str, Any]) -> dict[str, str]:
        words = f"{in_errors(self.subject, label)} must be {self.number}"
        return {**super()._limits(label, wanted), "invalid": words}

    def to_python(self, value: Any) -> Any:
        """Commas and spaces between thousands, and a pound or per cent sign copied along, are no mistake."""
        if isinstance(value, str):
            value = re.sub(r"[,\s£%]", "", value)
        return super().to_python(value)


class NumberField(_Number, forms.IntegerField):
    """A whole number; `prefix` and `suffix` say its unit."""

    number = "a whole number, like 12"

    def __init__(self, *args: Any, **wanted: Any) -> None:
        wanted.setdefault("inputmode", "numeric")
        super().__init__(*args, **wanted)


class DecimalField(_Number, forms.DecimalField):
    """A number with decimals; `prefix` and `suffix` say its unit."""

    number = "a number, like 12 or 12.5"

    def __init__(self, *args: Any, **wanted: Any) -> None:
        wanted.setdefault("inputmode", "decimal")
        super().__init__(*args, **wanted)

    def to_python(self, value: Any) -> Any:
        """The number. Raises ValidationError; Django's own check of NaN would read the label as a format."""
        found = super().to_python(value)
        if found is not None and not found.is_finite():
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class LongTextField(Looking, forms.CharField):
    """Text of several lines. `max_words` or `max_length` shows a count as a person types and is checked here.

    Line ends become one character each, as the count on the page counts them.
    """

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """The text with one kind of line end."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else text

    def validate(self, value: Any) -> None:
        """Raises ValidationError when the text has more words than it may."""
        super().validate(value)
        allowed = self.look.max_words
        if allowed and _words(str(value)) > allowed:
            about = in_errors(self.subject, str(self.label or ""))
            raise forms.ValidationError(f"{about} must be {allowed:,} words or fewer", code="max_words")


def _words(text: str) -> int:
    """Words, never more than the page counts: a dash alone is none, and a hyphened word is one."""
    return sum(1 for one in text.split() if re.search(r"\w", one))


class PasswordField(_Line, forms.CharField):
    """A password with a button that shows it. It is never sent back to the page."""

    widget = forms.PasswordInput

    def __init__(self, *args: Any, new: bool = False, **wanted: Any) -> None:
        wanted.setdefault("autocomplete", "new-password" if new else "current-password")
        wanted.setdefault("strip", False)
        super().__init__(*args, **wanted)


class CodeField(_Words, forms.CharField):
    """A one-time code. Spaces and hyphens that come along when it is copied are dropped."""

    def __init__(self, *args: Any, **wanted: Any) -> None:
        wanted.setdefault("autocomplete", "one-time-code")
        wanted.setdefault("inputmode", "numeric")
        wanted.setdefault("width", 10)
        wanted.setdefault("spaced_letters", True)
        wanted.setdefault("spellcheck", False)
        super().__init__(*args, **wanted)

    def to_python(self, value: Any) -> Any:
        """The code without what people and phones put between its digits."""
        text = super().to_python(value)
        return re.sub(r"[\s\-‐-―]", "", text) if isinstance(text, str) else text
