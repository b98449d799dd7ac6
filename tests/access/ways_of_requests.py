"""The addresses by which an agency answers, and who may see what is there, for the walk over every route."""

from __future__ import annotations

from tests.access.ways import NO_SUCH, NOWHERE, Way, asked_form, death, plain

REQUESTS: list[tuple[str, Way]] = [
    (r"child-deaths/asked/<str:token>/.*", plain(token="nobody-was-given-this")),
    (
        r"child-deaths/answering/<str:reference>/forms/<slug:form>/page/<slug:page>/",
        asked_form(page="identity"),
    ),
    (
        r"child-deaths/answering/<str:reference>/forms/<slug:form>/page/<slug:page>/take-out/<str:place>/",
        asked_form("only whoever was asked writes", page="identity", place="x"),
    ),
    (
        r"child-deaths/answering/<str:reference>/forms/<slug:form>/comments/<str:place>/",
        asked_form("nobody comments in these forms", place="x"),
    ),
    (
        r"child-deaths/answering/<str:reference>/forms/<slug:form>/load/<uuid:load>/",
        asked_form("no copy was loaded", load=NOWHERE),
    ),
    (r"child-deaths/answering/<str:reference>/forms/<slug:form>/.*", asked_form()),
    (
        r"child-deaths/answering/<str:reference>/files/<str:file>/wrong/",
        death("request", nobody_because="nothing is attached", file=NO_SUCH),
    ),
    (
        r"child-deaths/answering/<str:reference>/(nothing-known|send|colleagues|files|way-in)/",
        death("request", nobody_because="only whoever was asked answers, having come by their link"),
    ),
    (
        r"child-deaths/answering/<str:reference>/colleagues/<uuid:key>/take-off/",
        death("request", key=NOWHERE),
    ),
    (r"child-deaths/answering/<str:reference>/", death("request")),
]
