"""The addresses of the panel's yearly report, and who may see what is there, for the walk over every route."""

from __future__ import annotations

from tests.access.made import Made
from tests.access.ways import Somewhere, Way, plain
from tests.child_deaths.panel_reports import Reports

DRAFTS = frozenset({"coordinator", "analyst"})
THE_PANEL = frozenset({"coordinator", "designated_doctor", "panel_police"})
#: Whoever is shown what the board was shown, those who draft, and whoever approved it.
READS = DRAFTS | {
    "business_manager", "quality_officer", "chair", "police_member", "health_member", "lay_member",
}  # fmt: skip


def _made(made: Made, what: str) -> str:
    """The draft, the version given to the panel, or the published one: made once for the whole walk."""
    kept: dict[str, str] = made.deaths.__dict__.setdefault("yearly", {})
    if not kept:
        reports = Reports(made.deaths.made)
        report = reports.begun()
        reports.frozen(report)
        kept["draft"] = report.record.reference
        kept["exact"] = reports.given(report).record.reference
        kept["public"] = reports.published(reports.prepared(report)).record.reference
    return kept[what]


def yearly(what: str, inside: frozenset[str], nobody_because: str = "", **more: str) -> Way:
    return lambda made: [Somewhere({"reference": _made(made, what), **more}, inside, {}, nobody_because)]


_R = r"child-deaths/reports/"
REPORTS: list[tuple[str, Way]] = [
    (_R + r"panel/<str:reference>/take-back/", yearly("exact", frozenset({"coordinator"}))),
    (_R + r"panel/<str:reference>/file/<slug:form>/", yearly("exact", THE_PANEL, form="pdf")),
    (_R + r"panel/<str:reference>/", yearly("exact", THE_PANEL)),
    (_R + r"public/<str:reference>/file/<slug:form>/", yearly("public", READS, form="word")),
    (_R + r"public/<str:reference>/hidden/", yearly("public", DRAFTS | {"health_member"})),
    (_R + r"public/<str:reference>/send/", yearly("public", DRAFTS)),
    (_R + r"public/<str:reference>/decide/", yearly("public", frozenset({"health_member"}))),
    (_R + r"public/<str:reference>/withdraw/", yearly("public", frozenset({"coordinator"}))),
    (_R + r"public/<str:reference>/", yearly("public", READS)),
    (_R + r"<str:reference>/words/<slug:section>/", yearly("draft", DRAFTS, section="foreword")),
    (_R + r"<str:reference>/(exact|give|small)/", yearly("draft", frozenset({"coordinator"}))),
    (_R + r"<str:reference>/[^<]*", yearly("draft", DRAFTS)),
    (r"child-deaths-report/<slug:slug>/", plain(slug="no-such-panel")),
    (r"child-deaths-report/<slug:slug>/<int:year>/", plain(slug="no-such-panel", year=2015)),
]
