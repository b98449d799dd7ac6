"""Parts that take a reader somewhere: links, buttons, the way back, pages of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wholestory.govuk.parts.base import Part

ButtonKind = Literal["", "secondary", "warning", "inverse", "start"]


@dataclass(frozen=True)
class Link(Part):
    """A link in the text. `hidden` is read out after it, so that ten links called “Change” can be told apart."""

    text: Any
    url: str
    hidden: str = ""
    new_tab: bool = False

    def __html__(self) -> SafeString:
        # Written here and not in a template: a list shows one on every row.
        after = (
            format_html('<span class="govuk-visually-hidden"> {}</span>', self.hidden) if self.hidden else ""
        )
        rel, said = "", ""
        if self.new_tab:
            rel, said = SafeString(' target="_blank" rel="noopener noreferrer"'), " (opens in new tab)"
        return format_html(
            '<a class="govuk-link" href="{}"{}>{}{}{}</a>', self.url, rel, self.text, after, said
        )


@dataclass(frozen=True)
class Button(Part):
    """A button, or with `url` a link that looks like one. `once` keeps a double click from sending twice."""

    text: Any
    kind: ButtonKind = ""
    url: str = ""
    name: str = ""
    value: str = ""
    type: Literal["submit", "button", "reset"] = "submit"
    disabled: bool = False
    once: bool = False
    id: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    template = "govuk/components/button.html"

    @property
    def more(self) -> SafeString:
        """Attributes the component has no word for (hx-post, aria-describedby, form)."""
        return flatatt(dict(self.attributes))


@dataclass(frozen=True)
class BackLink(Part):
    """The way back, above the main part of the page."""

    url: str
    text: str = "Back"
    template = "govuk/components/back_link.html"


@dataclass(frozen=True)
class Breadcrumbs(Part):
    """Where this page is. Items are `Link`s or (text, url) pairs; without a url it is the page itself."""

    items: Sequence[Any]
    template = "govuk/components/breadcrumbs.html"

    @property
    def links(self) -> list[Link]:
        return [as_link(one) for one in self.items]


@dataclass(frozen=True)
class Pagination(Part):
    """Pages of a list. `url_of` gives the address of a page by its number; `last` is None when nobody counted."""

    current: int
    last: int | None
    url_of: Callable[[int], str]
    has_next: bool | None = None
    label: str = "Pages of this list"
    template = "govuk/components/pagination.html"

    @property
    def needed(self) -> bool:
        return self.previous_url != "" or self.next_url != ""

    @property
    def previous_url(self) -> str:
        return self.url_of(self.current - 1) if self.current > 1 else ""

    @property
    def next_url(self) -> str:
        more = self.current < self.last if self.last is not None else bool(self.has_next)
        return self.url_of(self.current + 1) if more else ""

    @property
    def pages(self) -> list[dict[str, Any]]:
        """The first, the last, the current one and its neighbours; a gap of more than one page is a dot row."""
        last = self.last if self.last is not None else self.current + (1 if self.has_next else 0)
        shown = sorted({1, last, *range(max(1, self.current - 1), min(last, self.current + 1) + 1)})
        found: list[dict[str, Any]] = []
        before = 0
        for number in shown:
            if number - before == 2:
                found.append({"number": number - 1, "url": self.url_of(number - 1), "current": False})
            elif number - before > 2:
                found.append({"gap": True})
            found.append({"number": number, "url": self.url_of(number), "current": number == self.current})
            before = number
        return found


def as_link(one: Any) -> Link:
    """A link from a `Link`, a (text, url) pair, or a mapping with `text` or `label` and `url`."""
    if isinstance(one, Link):
        return one
    if isinstance(one, Mapping):
        return Link(one.get("text") or one.get("label") or "", one.get("url") or "", one.get("hidden", ""))
    text, *rest = one
    return Link(text, *rest) if rest else Link(text, "")
