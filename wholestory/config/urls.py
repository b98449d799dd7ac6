"""Every address of the signed-in site. Rooms own theirs; this says where each room lives."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from wholestory.access.asks import public
from wholestory.govuk import gallery

#: Where each room lives. The first match wins, so the rooms without a word of their own come last.
ROOMS: tuple[tuple[str, str], ...] = (
    ("self-audits/", "assurance"),
    ("survey/", "assurance.open_survey"),  # open to everybody with a link
    ("handover/", "child_deaths.open_handover"),  # open to whoever has the link
    ("lessons/", "learning.open_learning"),  # open to everybody
    ("learning/", "learning"),
    ("notify/", "child_deaths.open_notification"),  # open to everybody
    ("child-deaths-report/", "child_deaths.open_report"),  # open to everybody
    ("child-deaths/", "child_deaths"),
    ("figures/", "indicators"),
    ("performance-report/", "performance.open_report"),  # open to everybody
    ("performance/", "performance"),
    ("actions/", "actions"),
    ("challenges/", "challenge.challenges"),
    ("questions/", "challenge"),
    ("meetings/", "meetings"),
    ("letters/", "correspondence"),
    ("files/", "documents"),
    ("board/", "access.directory"),
    ("api/", "config.api"),
    ("start/", "config.start"),
    ("show-me-round/", "config.tour"),
    ("deadlines/", "pathways"),
    ("", "access"),  # /sign-in/ and /access/
    ("", "my_work"),
)
PACKAGE = Path(__file__).resolve().parent.parent

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(f"wholestory.{room}.urls"))
    for prefix, room in ROOMS
    if (PACKAGE / room.replace(".", "/") / "urls.py").exists()
]
if settings.DEMO:
    # The gallery of parts: the room itself may not say who sees it, because it knows no access rules.
    seen = public("Shows every part in every state, with invented words; only in the demo")(gallery.show)
    urlpatterns += [
        path("ui-components", seen, name="ui-components"),
        path("ui-components/<slug:name>", seen, name="ui-components-page"),
    ]

handler400 = "wholestory.config.refusals.bad_request"
handler403 = "wholestory.config.refusals.forbidden"
handler404 = "wholestory.config.refusals.not_found"
handler500 = "wholestory.config.refusals.server_error"
