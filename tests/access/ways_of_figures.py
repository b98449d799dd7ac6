"""The addresses of agencies' figures, and who may see what is there, for the walk over every route."""

from __future__ import annotations

from typing import Any

from tests.access.ways import TEAM, Somewhere, Way, nothing_there, plain

#: Who runs the performance report for the board of the example.
RUNS_FIGURES = TEAM | {"analyst"}


def figures(
    what: str, inside: frozenset[str], name: str = "reference", nobody_because: str = "", **more: Any
) -> Way:
    """The one record that ``Made.figures`` calls ``what``."""

    return lambda made: [
        Somewhere({name: getattr(made.figures, what), **more}, inside, nobody_because=nobody_because)
    ]


FIGURES: list[tuple[str, Way]] = [
    (r"figures/published/<uuid:release>/.*", nothing_there("release")),
    (r"figures/(measures|ours|catalogue)/<slug:code>/[^<]*", plain(code="C07")),
    (r"figures/agencies/<slug:slug>/", plain(slug="police")),
    (r"figures/values/<uuid:key>/", nothing_there("key")),
    (r"figures/catalogue/limits/<uuid:key>/", nothing_there("key")),
    (r"figures/counted/<str:reference>/.*", figures("aggregate", RUNS_FIGURES)),
    (r"figures/children/<str:reference>/.*", figures("children", frozenset({"analyst"}))),
    (
        r"figures/lawful-basis/<str:reference>/.*",
        figures("lawful_basis", RUNS_FIGURES | {"chair", "ig_lead"}),
    ),
    (r"figures/scorecards/<str:reference>/.*", figures("scorecard", RUNS_FIGURES)),
]
