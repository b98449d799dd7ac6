"""Parts that hold words: tags, banners, panels, things that open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from django.utils.html import format_html
from django.utils.safestring import SafeString

from wholestory.govuk.parts.base import Part

Colour = Literal["", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"]
COLOURS = frozenset(get_args(Colour))

# One colour for one meaning, everywhere: grey is not begun, blue is moving, yellow waits for somebody,
# red is late or refused, green is done. A room's own statuses choose from these by meaning.
MEANINGS: dict[str, Colour] = {
    "not_started": "grey",
    "not_needed": "grey",
    "in_progress": "blue",
    "with_board": "purple",
    "waiting": "yellow",
    "returned": "orange",
    "overdue": "red",
    "done": "green",
    "released": "teal",
}


@dataclass(frozen=True)
class Tag(Part):
    """A status. `colour` is a colour of the design system or a meaning from `MEANINGS`."""

    text: Any
    colour: str = ""

    @property
    def shade(self) -> str:
        """The design system's colour. Raises ValueError for a colour nobody knows."""
        shade = MEANINGS.get(self.colour, self.colour)
        if shade not in COLOURS:
            raise ValueError(
                f"{self.colour!r} is neither a colour nor a meaning: {sorted(COLOURS | set(MEANINGS))}"
            )
        return shade

    def __html__(self) -> SafeString:
        # Written here and not in a template: a list shows one on every row.
        shade = self.shade
        kind = f" govuk-tag--{shade}" if shade else ""
        return format_html('<strong class="govuk-tag{}">{}</strong>', kind, self.text)


@dataclass(frozen=True)
class Banner(Part):
    """News about the whole page. `kind` is important or success; success is read out at once."""

    text: Any
    kind: Literal["important", "success"] = "important"
    title: str = ""
    id: str = "banner-title"
    template = "govuk/components/banner.html"

    @property
    def heading(self) -> str:
        return self.title or ("Done" if self.kind == "success" else "Important")


@dataclass(frozen=True)
class Panel(Part):
    """The end of a journey: what was done, and its reference."""

    title: Any
    text: Any = ""
    template = "govuk/components/panel.html"


@dataclass(frozen=True)
class Details(Part):
    """Something most readers do not need, behind a line they can open."""

    summary: Any
    text: Any
    open: bool = False
    id: str = ""
    template = "govuk/components/details.html"


@dataclass(frozen=True)
class Inset(Part):
    """Words set off from the rest."""

    text: Any
    template = "govuk/components/inset.html"


@dataclass(frozen=True)
class WarningText(Part):
    """Something with consequences."""

    text: Any
    template = "govuk/components/warning.html"


@dataclass(frozen=True)
class Section:
    """One part of an accordion."""

    heading: Any
    text: Any
    summary: Any = ""
    open: bool = False


@dataclass(frozen=True)
class Accordion(Part):
    """Sections that open one by one. What was open is not remembered: a shared computer tells nobody."""

    id: str
    sections: Sequence[Section]
    heading_level: int = 2
    template = "govuk/components/accordion.html"


@dataclass(frozen=True)
class Tab:
    """One tab and what it shows."""

    id: str
    label: str
    text: Any


@dataclass(frozen=True)
class Tabs(Part):
    """Views of the same thing, one at a time; without JavaScript one below the other."""

    items: Sequence[Tab]
    title: str = "Contents"
    template = "govuk/components/tabs.html"
