"""What the faces of all question types share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, cast

from django import forms as django_forms

from wholestory.govuk import forms
from wholestory.paperwork.given import Given, Json, Nothing, Place
from wholestory.paperwork.questions.base import NotThat, Question

Named = Sequence[tuple[str, str]]
"""People or agencies on offer: (id, name) pairs in the order to show them."""


class Posted(Protocol):
    """What a browser sent: a QueryDict."""

    def get(self, key: str, default: Any = None) -> Any: ...
    def getlist(self, key: str) -> list[Any]: ...
    def __contains__(self, key: object) -> bool: ...


def _nobody(question: Question) -> Named:
    return ()


@dataclass(frozen=True)
class Offers:
    """Who can be named in answers: said by the room that mounts the form. Asked once for each page."""

    people: Callable[[Any], Named] = field(default=_nobody)
    agencies: Callable[[Any], Named] = field(default=_nobody)


HEARD_ONLY = "heard"
"""The legend of a single box: what it is about is plain to the eye, and has to be said to a screen reader."""


class Kept:
    """Mixed into a field: it takes whatever was typed. The question judges, and says it in its own words."""

    def clean(self, value: Any, initial: Any = None) -> Any:
        """Nothing is refused here."""
        return value


class KeptText(Kept, forms.TextField):
    """One line, as typed."""


class KeptLongText(Kept, forms.LongTextField):
    """Several lines, as typed."""


class KeptRadios(Kept, forms.RadiosField):
    """One choice, as sent."""


class KeptSelect(Kept, forms.SelectField):
    """One line of a list, as sent."""


class KeptBoxes(Kept, forms.ManyChoicesField):
    """Ticks, as sent."""


class KeptDate(Kept, forms.PartialDateField):
    """Three boxes, as typed."""


class KeptFiles(Kept, forms.FilesField):
    """Files, as sent."""


class Face:
    """The parent of all faces. ``name`` is the name of the main field; the others begin with it and a hyphen."""

    kinds_inside = False
    """Whether the kinds of nothing stand among the choices of the main field."""

    def __init__(self, question: Any, place: Place, offers: Offers) -> None:
        self.question: Any = question
        self.place = place
        self.offers = offers
        self.name = name_of(place)

    # ---- drawing ----------------------------------------------------------------------------------------------------

    def fields(self, given: Given) -> dict[str, django_forms.Field]:
        """The fields by their names, in order. ``given`` is there so that what stands can always be shown, even when
        it is no longer on offer."""
        out = dict(self.main_fields(given))
        if not self.kinds_inside:
            out.update(self._nothing_fields())
        for allow in self.question.nothing:
            if allow.reason != "none":
                optional = " (optional)" if allow.reason == "optional" else ""
                out[self.why(allow.kind)] = KeptLongText(
                    label=f"Why{optional}", rows=2, required=False, label_size=""
                )
        return out

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        """The field or fields for a value."""
        raise NotImplementedError

    def label(self) -> str:
        """The question, with "(optional)" where the form can be sent without it."""
        return f"{self.question.label} (optional)" if not self.question.required else str(self.question.label)

    def said(self) -> dict[str, Any]:
        """What every main field is given."""
        return {"label": self.label(), "hint": self.question.hint, "required": False}

    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of nothing as choices."""
        return [(allow.kind.value, allow.words) for allow in self.question.nothing]

    def reveals(self) -> dict[str, str]:
        """Which reason opens under which kind."""
        return {
            allow.kind.value: self.why(allow.kind)
            for allow in self.question.nothing
            if allow.reason != "none"
        }

    def why(self, kind: Nothing) -> str:
        """The name of the field for the reason of one kind."""
        return f"{self.name}-why_{kind.value}"

    def _nothing_fields(self) -> dict[str, django_forms.Field]:
        if not self.question.nothing:
            return {}
        about = f"Instead of an answer: {self.question.label}"
        if len(self.question.nothing) == 1:
            return {
                f"{self.name}-nothing": KeptBoxes(
                    choices=self.kinds(),
                    reveals=self.reveals(),
                    small=True,
                    required=False,
                    label=about,
                    label_size=HEARD_ONLY,
                )
            }
        # Radios cannot be taken back; "answered above" is how one changes one's mind.
        choices = [("", "Answered above"), *self.kinds()]
        return {
            f"{self.name}-nothing": KeptRadios(
                choices=choices,
                reveals=self.reveals(),
                small=True,
                required=False,
                label=about,
                label_size="",
            )
        }

    # ---- what stands, as a browser would send it ---------------------------------------------------------------------

    def posted(self, given: Given) -> dict[str, list[str]]:
        """The field values that show ``given``."""
        typed = given.typed if given.typed is not None else self.question.typed_from(given.value)
        out = self.main_posted(typed)
        if given.nothing is not None:
            out[self.name if self.kinds_inside else f"{self.name}-nothing"] = [given.nothing.value]
            out[self.why(given.nothing)] = [given.reason]
        return out

    def main_posted(self, typed: Json) -> dict[str, list[str]]:
        """The values of the main fields for what was typed."""
        return {self.name: [] if typed is None else [str(typed)]}

    # ---- reading ----------------------------------------------------------------------------------------------------

    def read(self, posted: Posted, before: Given) -> Given:
        """What was given. ``before`` is what stood there, for what a browser does not send again."""
        nothing = self.read_nothing(posted)
        reason = ""
        if nothing is not None:
            reason = storable(str(posted.get(self.why(nothing)) or "").replace("\r\n", "\n").strip())
        typed = storable(self.read_main(posted, before))
        try:
            return Given(self.question.understand(typed), nothing, reason)
        except NotThat:
            return Given(None, nothing, reason, typed=typed)

    def read_nothing(self, posted: Posted) -> Nothing | None:
        """The kind of nothing that was chosen; kinds the question does not offer are not heard."""
        sent = posted.getlist(self.name if self.kinds_inside else f"{self.name}-nothing")
        offered = {allow.kind.value: allow.kind for allow in self.question.nothing}
        return next((offered[each] for each in sent if each in offered), None)

    def read_main(self, posted: Posted, before: Given) -> Json:
        """What was typed into the main fields."""
        return str(posted.get(self.name) or "")

    def is_sent(self, posted: Posted) -> bool:
        """Whether the question was on the page that was sent. Radios and boxes left empty send nothing of their own,
        so every question sends its revision along."""
        return revision_name(self.place) in posted

    def error_field(self, message: str = "") -> str:
        """The field that an error is shown at."""
        return self.name


Stored = TypeVar("Stored")


def storable(typed: Stored) -> Stored:
    """The same without the one character that no database column takes."""
    if isinstance(typed, str):
        return cast("Stored", typed.replace("\x00", ""))
    if isinstance(typed, list):
        return cast("Stored", [storable(each) for each in typed])
    if isinstance(typed, dict):
        return cast("Stored", {key: storable(value) for key, value in typed.items()})
    return typed


def name_of(place: Place) -> str:
    """The name of a place in HTML: ``key`` or ``key-3``."""
    return f"{place.key}-{place.item}" if place.item else place.key


def revision_name(place: Place) -> str:
    """The name of the hidden field that says which revision somebody began from. The underscore marks what nobody
    typed: it is left out where kept text is shown back after a time-out."""
    return f"_rev-{name_of(place)}"


def confirm_name(place: Place) -> str:
    """The name of the box "Still true"."""
    return f"{name_of(place)}-still"
