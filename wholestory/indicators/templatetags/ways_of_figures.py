"""The row of links that every page of figures has: to the others, as far as somebody may open them."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from wholestory.access import asking
from wholestory.access.verbs import Verb

register = template.Library()

#: (what a page calls itself, label, kind, verb), the address being that of the same name.
_WAYS: tuple[tuple[str, str, str, Verb], ...] = (
    ("scorecard_read", "Scorecard", "indicators.figures", Verb.LIST),
    ("early_help", "Early help", "indicators.figures", Verb.LIST),
    ("agencies_read", "Agencies", "indicators.figures", Verb.LIST),
    ("own", "Our figures", "indicators.own_figures", Verb.LIST),
    ("returns", "Returns of figures", "indicators.return", Verb.LIST),
    ("asking", "Who is asked", "indicators.collection", Verb.MANAGE),
    ("catalogue", "What is measured", "indicators.measures", Verb.LIST),
    ("releases", "Published figures", "indicators.measures", Verb.LIST),
    ("scorecards", "Earlier scorecards", "indicators.submission", Verb.MANAGE),
    ("aggregates", "Counts from the council", "indicators.submission", Verb.MANAGE),
    ("children", "Files about children", "indicators.child_level", Verb.WRITE),
    ("lawful_basis", "Files about children", "indicators.lawful_basis", Verb.LIST),
)


@register.inclusion_tag("indicators/reading/ways.html", takes_context=True)
def ways_of_figures(context: Any, here: str = "") -> dict[str, Any]:
    """The links, ``here`` being the page they stand on. Asks nothing of the database."""
    request = context["request"]
    board = getattr(request, "board", None)
    ways: dict[str, dict[str, Any]] = {}
    for name, label, kind, verb in _WAYS:
        if asking.may(getattr(request, "seats", []), verb, kind, board):
            current = name == here or ways.get(label, {}).get("current", False)
            ways.setdefault(label, {"label": label, "url": reverse(f"indicators:{name}")})["current"] = (
                current
            )
    return {"ways": list(ways.values())}
