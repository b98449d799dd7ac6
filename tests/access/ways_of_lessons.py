"""The addresses of lessons, and who may see what is there, for the walk over every route."""

from __future__ import annotations

from tests.access.ways import NORTH_BOARD, Way, nothing_there, of

LESSONS: list[tuple[str, Way]] = [
    (r"learning/material/<uuid:key>/end/", nothing_there("key")),
    (
        r"learning/<str:reference>/<slug:step>/",
        of("lesson", NORTH_BOARD, step="withdraw"),
    ),
    (r"learning/<str:reference>/.*", of("lesson", NORTH_BOARD)),
]
