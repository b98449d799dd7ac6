"""The addresses of challenges, reports and promises, and who may see what is there, for the walk over every route."""

from __future__ import annotations

from tests.access.ways import POLICE, TEAM_AND_CHAIR, Way
from tests.access.ways_of_figures import figures

_RUNS = TEAM_AND_CHAIR | {"analyst"}
_CHALLENGED = POLICE | _RUNS
#: The lay member of the walk sits in the group that puts the challenge.
_PUT = _CHALLENGED | {"lay_member"}
#: A promise is shown to the board besides.
_PROMISED = _CHALLENGED | {"police_member", "health_member", "lay_member"}

SCRUTINY: list[tuple[str, Way]] = [
    (r"challenges/<str:reference>/[^<]*", figures("challenge", _PUT)),
    (r"performance/promises/<str:reference>/[^<]*", figures("promise", _PROMISED)),
    (r"performance/pages/<str:reference>/<slug:form>/", figures("agency_page", _CHALLENGED, form="pdf")),
    (r"performance/pages/<str:reference>/", figures("agency_page", _CHALLENGED)),
    (
        r"performance/reports/<str:reference>/words/<slug:section>/",
        figures("report", _RUNS, section="summary"),
    ),
    (r"performance/reports/<str:reference>/download/<slug:form>/", figures("report", _RUNS, form="pdf")),
    (r"performance/reports/<str:reference>/[^<]*", figures("report", _RUNS)),
]
