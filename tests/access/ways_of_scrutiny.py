"""The addresses of challenges, reports and promises, and who may see what is there, for the walk over every route."""

from __future__ import annotations

from tests.access.ways import POLICE, TEAM_AND_CHAIR, Way, plain
from tests.access.ways_of_figures import RUNS_FIGURES, figures

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
    (r"performance-report/<slug:slug>/", plain(slug="no-such-board")),
    (r"performance-report/<slug:slug>/<slug:period>/.*", plain(slug="no-such-board", period="2015-12-31")),
    (
        r"performance/published/<str:reference>/download/<slug:form>/",
        figures("public", RUNS_FIGURES, form="pdf"),
    ),
    (
        r"performance/published/<str:reference>/(decide|withdraw)/",
        figures("public", RUNS_FIGURES, nobody_because="it is prepared, and waits for nobody yet"),
    ),
    (r"performance/published/<str:reference>/[^<]*", figures("public", RUNS_FIGURES)),
    (
        r"performance/reports/<str:reference>/(agenda|publish|publish/words)/",
        figures("report", _RUNS, nobody_because="the report is a draft"),
    ),
    (
        r"performance/reports/<str:reference>/words/<slug:section>/",
        figures("report", _RUNS, section="summary"),
    ),
    (r"performance/reports/<str:reference>/download/<slug:form>/", figures("report", _RUNS, form="pdf")),
    (r"performance/reports/<str:reference>/[^<]*", figures("report", _RUNS)),
]
