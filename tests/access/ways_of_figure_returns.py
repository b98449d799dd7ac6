"""The addresses of returns of figures, and who may see what is there, for the walk over every route."""

from __future__ import annotations

from typing import Any

from tests.access.made import Made
from tests.access.ways import POLICE, TEAM, Somewhere, Way, nothing_there, plain

#: Who runs the performance report, and who fills in the return of the police.
RUNS = TEAM | {"analyst"}
FILLS_IN = frozenset({"police_lead", "police_signatory"})


def returned(what: str, inside: frozenset[str], nobody_because: str = "", **more: Any) -> Way:
    def ways(made: Made) -> list[Somewhere]:
        values = {"reference": getattr(made.figure_returns, what), **more}
        return [Somewhere(values, inside, nobody_because=nobody_because)]

    return ways


FIGURE_RETURNS: list[tuple[str, Way]] = [
    (r"figures/asking/again/<uuid:key>/", nothing_there("key")),
    (r"figures/asking/<slug:slug>/", plain(slug="police")),
    (r"figures/rounds/<str:reference>/(ask-more|close)/", returned("round", RUNS)),
    (r"figures/rounds/<str:reference>/", returned("round", RUNS | {"chair"})),
    (r"figures/returns/<str:reference>/(more-time|withdraw|ask|accept)/", returned("sent", RUNS)),
    (
        r"figures/returns/<str:reference>/versions/<int:number>/",
        returned("sent", POLICE | RUNS, "there is no earlier version to compare with", number=1),
    ),
    (
        r"figures/returns/<str:reference>/files/<int:number>/(put-right/)?",
        returned("sent", POLICE | RUNS, "no file was loaded; tests/indicators tries it with one", number=9),
    ),
    (r"figures/returns/<str:reference>/((download|template)/)?", returned("sent", POLICE | RUNS)),
    (r"figures/returns/<str:reference>/[^<]*", returned("sent", FILLS_IN)),
]
