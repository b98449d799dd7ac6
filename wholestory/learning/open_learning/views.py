"""The public page of one board's lessons."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import open_doors
from wholestory.access.asks import public
from wholestory.learning.themes import THEMES


@public("Open to everybody: shows what a board has published, and nothing else")
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Lessons and material by theme; the one "nothing here" page for an unknown board."""
    found: str | None = open_doors.ask("learning_published", slug)
    bare: dict[str, Any] = {
        "csrf_token": "", "sign_in_url": "", "sign_out_url": "", "navigation": [], "acting_as": None, "messages": [],
        "footer_links": [], "strip": None, "example_banner": None,
    }  # fmt: skip
    if found is None:
        return render(request, "learning/open_nothing.html", bare, status=404)
    shown: dict[str, Any] = json.loads(found)
    themes = [
        {
            "theme": theme,
            "lessons": [
                {**one, "on": date.fromisoformat(one["on"])}
                for one in shown["lessons"]
                if one["theme"] == theme.key
            ],
            "material": [one for one in shown["material"] if one["theme"] == theme.key],
        }
        for theme in THEMES
    ]
    context = {
        **bare,
        "shown": shown,
        "themes": [one for one in themes if one["lessons"] or one["material"]],
        "example_banner": {"today": date.fromisoformat(shown["day"])} if shown["example"] else None,
        "board_name": shown["board"],
        "home_url": reverse("lessons:page", args=[slug]),
    }
    return render(request, "learning/open.html", context)
