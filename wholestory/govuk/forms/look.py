"""How a field looks, kept apart from what it accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    MixedIntoField = forms.Field
else:
    MixedIntoField = object


@dataclass(frozen=True)
class Look:
    """Everything about a field's drawing that Django's own field has no place for.

    `width` is a number of characters (2, 3, 4, 5, 10, 20, 30) or a fraction ("one-half", "two-thirds", "full").
    `hints` gives a choice its hint by value; `reveals` names the field of the same form that opens under a choice.
    """

    label_size: str | None = None
    page_heading: bool = False
    width: int | str = ""
    prefix: str = ""
    suffix: str = ""
    inline: bool = False
    small: bool = False
    hints: Mapping[str, str] = field(default_factory=dict)
    reveals: Mapping[str, str] = field(default_factory=dict)
    exclusive: frozenset[str] = frozenset()
    max_words: int | None = None
    threshold: int | None = None
    rows: int = 5
    spaced_letters: bool = False

    @property
    def width_class(self) -> str:
        """The design system's class for this width, or nothing."""
        if not self.width:
            return ""
        return (
            f"govuk-input--width-{self.width}"
            if isinstance(self.width, int)
            else f"govuk-!-width-{self.width}"
        )


LOOK_NAMES = frozenset(one.name for one in fields(Look))
PLAIN = Look()


def look_of(drawn: forms.Field) -> Look:
    """The field's look; Django's own fields have the plain one."""
    found = getattr(drawn, "look", PLAIN)
    return found if isinstance(found, Look) else PLAIN


def split_look(wanted: dict[str, Any]) -> tuple[Look, dict[str, Any]]:
    """Part what says how a field looks from what Django's field takes."""
    looks = {name: value for name, value in wanted.items() if name in LOOK_NAMES}
    return Look(**looks), {name: value for name, value in wanted.items() if name not in LOOK_NAMES}


class Looking(MixedIntoField):
    """Mixed in before a Django field: takes `hint`, `subject`, `missing` and everything in `Look`.

    `subject` is what error messages call the answer ("date of birth"); `missing` is the whole message
    for an empty answer. Both have a default made from the label.
    """

    verb = "Enter"
    look: Look
    subject: str

    def __init__(
        self, *args: Any, hint: str = "", subject: str = "", missing: str = "", **wanted: Any
    ) -> None:
        self.look, rest = split_look(wanted)
        if hint:
            rest.setdefault("help_text", hint)
        label = str(rest.get("label") or "")
        self.subject = subject or _subject(label)
        messages = dict(rest.pop("error_messages", None) or {})
        messages.setdefault("required", missing or self._missing(label))
        for code, words in self._limits(label, rest).items():
            messages.setdefault(code, words)
        super().__init__(*args, error_messages=messages, **rest)

    def _limits(self, label: str, wanted: Mapping[str, Any]) -> dict[str, str]:
        """What is said where an answer is outside what this field takes, by Django's code; each names the field."""
        about = in_errors(self.subject, label)
        said = {
            "max_length": ("max_length", "{:,} characters or fewer"),
            "min_length": ("min_length", "{:,} characters or more"),
            "max_value": ("max_value", "{} or less"),  # may be a year, which has no comma
            "min_value": ("min_value", "{} or more"),
            "max_digits": ("max_digits", "no longer than {:,} digits"),
            "max_decimal_places": ("decimal_places", "a number with {:,} or fewer digits after the point"),
        }
        found = {
            code: f"{about} must be {words.format(wanted[name])}"
            for code, (name, words) in said.items()
            if isinstance(wanted.get(name), int | float | Decimal)
        }
        if "max_digits" in found:
            whole = int(wanted["max_digits"]) - int(wanted.get("decimal_places") or 0)
            found["max_whole_digits"] = f"{about} must have no more than {whole:,} digits before the point"
        found["null_characters_not_allowed"] = (
            f"{about} must not include characters that cannot be seen. Type it again instead of pasting it"
        )
        # Django puts the limits into these words itself, so a per cent sign of a label has to stand twice.
        return {code: words.replace("%", "%%") for code, words in found.items()}

    def _missing(self, label: str) -> str:
        if self.subject:
            return f"{self.verb} {_lower_first(self.subject)}"
        if label:
            return f"Answer the question “{label}”"
        return f"{self.verb} an answer"


def _subject(label: str) -> str:
    """A question is no subject: “When did it happen? must be a date” is not a sentence."""
    plain = label.removesuffix(" (optional)")
    return "" if plain.endswith(("?", ".")) else plain


def in_errors(subject: str, label: str) -> str:
    """What a sentence about a wrong answer begins with, so that it says which answer it is about."""
    if subject:
        return subject[:1].upper() + subject[1:]
    return f"Your answer to “{label}”" if label else "Your answer"


def _lower_first(words: str) -> str:
    """Sentence case inside a sentence, leaving abbreviations (NHS number) as they are."""
    if len(words) > 1 and words[1].isupper():
        return words
    return words[:1].lower() + words[1:]
