"""The addresses of analysis, papers and panel, and who may see what is there, for the walk over every route."""

from __future__ import annotations

from typing import Any

from tests.access.made import Made
from tests.access.made_deaths import RUNS_DEATHS
from tests.access.ways import NOWHERE, Somewhere, Way

COORDINATES = frozenset({"coordinator"})
#: A member of the meeting where the case is listed comes as far as the question about interests.
READS = RUNS_DEATHS | {"panel_police"}


def review(inside: frozenset[str] = RUNS_DEATHS, nobody_because: str = "", **more: Any) -> Way:
    """The listed review. A value that names one of its parts (``factor``) is that part's key."""

    def ways(made: Made) -> list[Somewhere]:
        reference = made.deaths.review
        values = {key: getattr(made.deaths, str(value), value) for key, value in more.items()}
        return [Somewhere({"reference": reference, **values}, inside, {}, nobody_because)]

    return ways


def reviewed_case(made: Made) -> list[Somewhere]:
    """The case behind the listed review."""
    assert made.deaths.review
    return [Somewhere({"reference": made.deaths.reviewed_case}, COORDINATES)]


_R = r"child-deaths/reviews/<str:reference>/"
REVIEWS: list[tuple[str, Way]] = [
    (r"child-deaths/cases/<str:reference>/close/", reviewed_case),
    (_R + r"(declare/)?", review(READS)),
    (_R + r"(print/|papers\.pdf)", review(READS - {"designated_doctor"})),
    (_R + r"unmask/", review(nobody_because="only the chair of the meeting is shown it")),
    (_R + r"decide/", review(COORDINATES)),
    (
        _R + r"listing/not-related/<uuid:person>/",
        review(COORDINATES, "nobody bears a relative’s name", person=NOWHERE),
    ),
    (_R + r"listing/[^<]*", review(COORDINATES)),
    (_R + r"papers/(release|take-back)/", review(COORDINATES)),
    (
        _R + r"papers/<uuid:part>/keep/<slug:what>/",
        review(RUNS_DEATHS, "no place waits", part="piece", what="a_date"),
    ),
    (_R + r"papers/<uuid:part>/", review(part="piece")),
    (_R + r"papers/[^<]*", review()),
    (_R + r"analysis/final/", review(COORDINATES)),
    (_R + r"analysis/carry-on/", review(nobody_because="it is not final")),
    (_R + r"analysis/reopen/", review(nobody_because="it is not final")),
    (_R + r"analysis/versions/<int:number>/", review(READS, number=1)),
    (_R + r"analysis/part/<slug:part>/", review(part="cause")),
    (_R + r"analysis/recommendations/<uuid:line>/action/", review(COORDINATES, line="recommendation")),
    (_R + r"analysis/<slug:kind>/add/", review(kind="learning")),
    (_R + r"analysis/<slug:kind>/<uuid:line>/.*", review(kind="factors", line="factor")),
    (_R + r"analysis/[^<]*", review()),
]
