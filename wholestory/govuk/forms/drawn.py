"""A field ready to be drawn: what its component's template sees as `part`."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from wholestory.govuk.forms.dates import DateBoxes
from wholestory.govuk.forms.look import Look


@dataclass
class Choice:
    """One radio, box to tick or line of a list."""

    id: str
    name: str
    value: str
    label: str
    chosen: bool
    hint: str = ""
    revealed: SafeString | str = ""
    attributes: SafeString | str = ""
    divider: str = ""
    exclusive: bool = False

    @property
    def hint_id(self) -> str:
        return f"{self.id}-item-hint"

    @property
    def reveal_id(self) -> str:
        return f"conditional-{self.id}"


@dataclass
class Box:
    """One of the boxes of a date."""

    id: str
    name: str
    label: str
    value: str
    classes: str
    attributes: SafeString | str = ""


@dataclass
class Part:
    """A field ready to be drawn."""

    bound: BoundField
    template: str
    id: str
    look: Look
    label: str
    label_class: str
    hint: str
    errors: list[tuple[str, str]]
    described_by: str
    attributes: SafeString | str = ""
    value: str = ""
    groups: list[tuple[str, list[Choice]]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    ticks: list[Choice] = field(default_factory=list)
    resend: bool = False

    @property
    def hint_id(self) -> str:
        return f"{self.id}-hint"

    @property
    def any_revealed(self) -> bool:
        return any(choice.revealed for _, choices in self.groups for choice in choices)


def element_id(bound: BoundField) -> str:
    """The id of the field's component."""
    return str(bound.field.widget.attrs.get("id") or bound.auto_id or bound.html_name)


def first_input_id(bound: BoundField) -> str:
    """The id an error summary links to: the box itself, the first choice, or the first wrong box of a date."""
    base = element_id(bound)
    if isinstance(bound.field.widget, DateBoxes):
        return f"{base}-{(wrong_boxes(bound) or DateBoxes.parts)[0]}"
    return base


def wrong_boxes(bound: BoundField) -> tuple[str, ...]:
    """The boxes of a date that its errors are about, in their order on the page."""
    named = {part for one in bound.errors.as_data() for part in (one.params or {}).get("parts", ())}
    return tuple(part for part in DateBoxes.parts if part in named)
