"""Every address of the signed-in site. Rooms own theirs; this says where each room lives."""

from __future__ import annotations

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

#: Where each room lives. The first match wins, so the rooms without a word of their own come last.
ROOMS: tuple[tuple[str, str], ...] = (
    ("self-audits/", "assurance"),
    ("actions/", "actions"),
    ("questions/", "challenge"),
    ("letters/", "correspondence"),
    ("files/", "documents"),
    ("board/", "access.directory"),
    ("start/", "config.start"),
    ("show-me-round/", "config.tour"),
    ("deadlines/", "pathways"),
    ("", "access"),  # /sign-in/ and /access/
    ("", "my_work"),
    ("", "govuk"),
)
PACKAGE = Path(__file__).resolve().parent.parent

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(f"wholestory.{room}.urls"))
    for prefix, room in ROOMS
    if (PACKAGE / room.replace(".", "/") / "urls.py").exists()
]

handler404 = "wholestory.config.refusals.not_found"
handler500 = "wholestory.config.refusals.server_error"
