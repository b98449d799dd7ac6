"""Every address of the site, and the way to try each: ``ways`` says how, ``made`` makes the records.

A room that adds an address with a parameter adds a line to ``WAYS``, or ``test_every_route.py`` fails. ``inside``
names the personas who may see the record at all, said by hand and not worked out from the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.made_deaths import RUNS_DEATHS
from tests.access.ways import (
    COORDINATES,
    EVERYBODY,
    NO_SUCH,
    NORTH_BOARD,
    NOWHERE,
    POLICE,
    SCHOOL,
    TEAM,
    TEAM_AND_CHAIR,
    Somewhere,
    Way,
    asked_of_case,
    death,
    directory,
    draft,
    link,
    nothing_there,
    of,
    panel,
    plain,
    remark,
    results,
    returns,
    standards,
    tool,
    two_deaths,
)
from tests.access.ways_of_families import FAMILIES
from tests.access.ways_of_figure_returns import FIGURE_RETURNS
from tests.access.ways_of_figures import FIGURES
from tests.access.ways_of_lessons import LESSONS
from tests.access.ways_of_meetings import MEETINGS
from tests.access.ways_of_reports import REPORTS
from tests.access.ways_of_requests import REQUESTS
from tests.access.ways_of_reviews import REVIEWS
from tests.access.ways_of_scrutiny import SCRUTINY
from wholestory.access.asks import Asks, declared


@dataclass(frozen=True)
class Route:
    """One address pattern and what its view declared."""

    pattern: str
    name: str
    view: Callable[..., Any]
    parameters: tuple[str, ...]

    @property
    def asks(self) -> Asks | None:
        return declared(self.view)

    def __str__(self) -> str:
        return self.pattern or "/"


#: Pattern of the address: how to fill in its parameters. The first that matches is used.
WAYS: list[tuple[str, Way]] = [
    (r"sign-in/with/<slug:key>/(back/)?", plain(key="no-such-organisation")),
    (r"sign-in/kept/<uuid:key>/", nothing_there("key")),
    (r"sign-in/second-factors/<int:key>/remove/", plain(key=1)),
    (r"access/accounts/<uuid:person>/(start-afresh/)?", directory(person=lambda w: w.people["head"].pk)),
    (
        r"access/accounts/<uuid:person>/<slug:what>/",
        directory(person=lambda w: w.people["head"].pk, what=lambda w: "x"),
    ),
    (r"access/start-afresh/<uuid:key>/", nothing_there("key")),
    (r"access/tokens/<uuid:key>/.*", nothing_there("key")),
    (r"access/records/<str:reference>/.*", returns()),
    (r"access/kept-out/<uuid:key>/lift/", of("refusal", frozenset({"business_manager", "chair"}), "key")),
    (
        r"access/emergency/<uuid:key>/(end/)?",
        of("emergency", frozenset({"health_member", "business_manager", "chair"}), "key"),
    ),
    (r"self-audits/cycles/<str:reference>/results/items/<slug:item>/", results(TEAM_AND_CHAIR, item=True)),
    (
        r"self-audits/cycles/<str:reference>/results/standards/<slug:standard>/",
        results(NORTH_BOARD, standard=True),
    ),
    (r"self-audits/cycles/<str:reference>/results/heat-map/", results(NORTH_BOARD, before=False)),
    (r"self-audits/cycles/<str:reference>/results/[^<]*", results(NORTH_BOARD)),
    (r"self-audits/cycles/<str:reference>/.*", of("cycle", NORTH_BOARD)),
    (r"self-audits/surveys/<str:reference>/remarks/<uuid:reply>/", remark),
    (r"self-audits/surveys/<str:reference>/.*", of("survey", TEAM_AND_CHAIR)),
    (r"survey/<slug:token>/", of("survey_link", EVERYBODY, "token")),
    (r"notify/<slug:slug>/(paper/)?", plain(slug="no-such-panel")),
    (r"child-deaths/public-page/<slug:slug>/", plain(slug="no-such-panel")),
    (r"notify/<slug:slug>/sent/<str:signed>/", plain(slug="no-such-panel", signed="x")),
    (r"self-audits/tools/drafts/<uuid:draft>/heading/<slug:part>/", draft(part=0)),
    (r"self-audits/tools/drafts/<uuid:draft>/(question|move|remove)/<slug:part>/", draft(part=1)),
    (r"self-audits/tools/drafts/<uuid:draft>/[^<]*", draft()),
    (r"self-audits/tools/<slug:key>/<int:version>/.*", tool),
    (r"self-audits/together/<uuid:joint>/.*", nothing_there("joint")),
    (
        r"self-audits/past/<str:reference>/<slug:step>/",
        of("past_file", TEAM, step="table"),
    ),
    (r"self-audits/past/<str:reference>/.*", of("past_file", TEAM)),
    (
        r"self-audits/returns/<str:reference>/brought-in/",
        returns(nobody_because="these returns were not brought in from a file"),
    ),
    (r"self-audits/evidence/take-in/<str:reference>/", of("file", POLICE)),
    (r"self-audits/evidence/<str:reference>/.*", of("evidence", SCHOOL - TEAM_AND_CHAIR)),
    (r"self-audits/returns/<str:reference>/evidence/<slug:standard>/", standards),
    (r"self-audits/returns/<str:reference>/form/page/<slug:page>/", returns(page=True)),
    (
        r"self-audits/returns/<str:reference>/form/page/<slug:page>/take-out/<str:place>/",
        returns(page=True, place="x", nobody_because="a self-audit's form repeats no questions"),
    ),
    (
        r"self-audits/returns/<str:reference>/form/comments/<str:place>/",
        lambda made: [
            Somewhere(
                {"reference": made.record_of(agency).reference, "place": made.page_and_item[1]},
                inside - TEAM_AND_CHAIR,
            )
            for agency, inside in (("school", SCHOOL), ("police", POLICE))
        ],
    ),
    (r"self-audits/returns/<str:reference>/form/here/", returns(its_set=True)),
    (
        r"self-audits/returns/<str:reference>/form/load/<uuid:load>/",
        returns(load=NOWHERE, nobody_because="no copy was loaded; tests/paperwork/copies tries it with one"),
    ),
    (r"self-audits/returns/<str:reference>/questions/", of("asked_again", SCHOOL)),
    (r"self-audits/returns/<str:reference>/feedback/", of("released_return", POLICE)),
    (r"self-audits/exports/<str:reference>/", of("export", frozenset({"quality_officer"}))),
    (r"self-audits/returns/<str:reference>/moderate/<slug:item>/", returns(item=True)),
    (
        r"self-audits/returns/<str:reference>/moderate/<slug:item>/agree/",
        returns(
            item=True, nobody_because="every line applies here; tests/assurance/test_not_applicable tries it"
        ),
    ),
    (r"self-audits/returns/<str:reference>/letter/<slug:rung>/", returns(rung="to_chief_executive")),
    (
        r"self-audits/returns/<str:reference>/changes/",
        returns(nobody_because="these returns stand on no earlier one"),
    ),
    (r"self-audits/returns/<str:reference>/panel/lines/<uuid:enquiry>/", panel(line=True)),
    (r"self-audits/returns/<str:reference>/panel/[^<]*", panel()),
    (r"self-audits/returns/<str:reference>/[^<]*", returns()),
    (r"actions/<str:reference>/.*", of("action", SCHOOL)),
    (r"files/(add|link)/<str:reference>/", returns()),
    (r"files/link/<str:reference>/remove/<uuid:link_id>/", link),
    (r"files/<str:reference>/.*", of("file", POLICE)),
    (r"letters/to-sign/<str:reference>/.*", of("letter", TEAM_AND_CHAIR)),
    (r"letters/<str:reference>/.*", of("message", TEAM)),
    (r"questions/<str:reference>/.*", of("question", TEAM_AND_CHAIR | {"lay_member"})),
    *FIGURE_RETURNS,
    *FIGURES,
    *SCRUTINY,
    *MEETINGS,
    (
        r"child-deaths/messages/<str:reference>/(same|another)-death/<str:other>/",
        two_deaths("message", "case"),
    ),
    (
        r"child-deaths/messages/<str:reference>/compare-again/<uuid:key>/",
        death("message", key=NOWHERE, nobody_because="nobody said that it is another death"),
    ),
    *LESSONS,
    *REPORTS,
    (r"lessons/<slug:slug>/", plain(slug="north")),
    (r"handover/<slug:token>/", plain(token="nonsense")),
    (r"child-deaths/past/<str:reference>/take-back/", death("past", COORDINATES)),
    (r"child-deaths/past/<str:reference>/[^<]*", death("past", COORDINATES)),
    (r"child-deaths/national/yearly-return/<int:ends_in>/", plain(ends_in=2016)),
    (r"child-deaths/export-in/<str:reference>/[^<]*", death("vendor", COORDINATES)),
    (r"child-deaths/quality/<slug:measure>/", plain(measure="nhs_number")),
    (r"child-deaths/messages/<str:reference>/[^<]*", death("message")),
    (
        r"child-deaths/cases/<str:reference>/same-death/<str:other>/",
        two_deaths("case", "other_case", frozenset({"coordinator"})),
    ),
    (
        r"child-deaths/cases/<str:reference>/(same-death|part|print)/",
        death("case", frozenset({"coordinator"})),
    ),
    (
        r"child-deaths/transfers/<str:reference>/answer/",
        death("transfer", frozenset({"sister_coordinator"})),
    ),
    (
        r"child-deaths/transfers/<str:reference>/(reply|take-back|link|settle|papers)/",
        death("transfer", frozenset({"coordinator"})),
    ),
    (r"child-deaths/transfers/<str:reference>/", death("transfer", RUNS_DEATHS | {"sister_coordinator"})),
    *REVIEWS,
    (r"child-deaths/cases/<str:reference>/[^<]*", death("case")),
    *FAMILIES,
    (r"child-deaths/cases/<str:reference>/requests/<str:asked>/", asked_of_case()),
    (
        r"child-deaths/cases/<str:reference>/requests/<str:asked>/"
        r"(more-time|remind|take-back|open-again|ask-somebody)/",
        asked_of_case(COORDINATES),
    ),
    (
        r"child-deaths/cases/<str:reference>/requests/<str:asked>/<slug:what>/",
        asked_of_case(COORDINATES, what="up-to-date"),
    ),
    (
        r"child-deaths/cases/<str:reference>/requests/<str:asked>/<slug:what>/<uuid:key>/",
        asked_of_case(COORDINATES, what="link", key=NOWHERE),
    ),
    (
        r"child-deaths/cases/<str:reference>/composite/<slug:question>/",
        death("case", COORDINATES, "no agency was asked anything", question="surname"),
    ),
    *REQUESTS,
    (r"deadlines/work-out/<slug:key>/", plain(key="no-such-clock")),
    (r"deadlines/rules/<str:rule_id>/.*", plain(rule_id="no-such-rule")),
    (r"deadlines/working-days/<uuid:entry_id>/withdraw/", nothing_there("entry_id")),
    (r"board/agencies/<slug:slug>/[^<]*", directory(slug=lambda w: "charity")),
    (
        r"board/agencies/<slug:slug>/join/<slug:double>/",
        directory(slug=lambda w: "charity", double=lambda w: "school"),
    ),
    (
        r"board/agencies/<slug:slug>/succession/<uuid:id>/remove/",
        directory(slug=lambda w: "charity", id=lambda w: NOWHERE),
    ),
    (r"board/groups/<slug:slug>/.*", directory(slug=lambda w: "qeg")),
    (r"board/people/<uuid:id>/[^<]*", directory(id=lambda w: w.people["head"].pk)),
    (
        r"board/people/<uuid:id>/join/<uuid:double>/",
        directory(id=lambda w: w.people["head"].pk, double=lambda w: w.people["charity_lead"].pk),
    ),
    (r"board/seats/<uuid:id>/.*", directory(id=lambda w: w.seats["head"].pk)),
    (r"board/(areas|counterparts|cover|doubles|import)/<uuid:id>/.*", nothing_there("id")),
    (r"start/later/<slug:key>/", plain(key="people")),
    (r"start/sign-in/<str:token>/", plain(token="nonsense")),
    (r"show-me-round/<int:number>/(on/)?", plain(number=99)),
    (r"ui-components/<slug:name>", plain(name="nothing")),
    (r"api/<path:rest>", plain(rest="nothing")),
    (r"api/(actions|returns|figures)/<reference>.*", plain(reference=NO_SUCH)),
]


def every_route() -> list[Route]:
    """All of them, from the resolver itself."""
    return sorted(_walk(get_resolver().url_patterns, "", ""), key=str)


def _walk(patterns: list[Any], before: str, namespace: str) -> Iterator[Route]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from _walk(one.url_patterns, here, inner)
        elif isinstance(one, URLPattern):
            yield Route(here, f"{namespace}{one.name}", one.callback, tuple(one.pattern.converters))


def way_for(route: Route) -> Way | None:
    """How to fill in the parameters of ``route``; None when nobody has said."""
    if not route.parameters:
        return plain()
    return next((way for pattern, way in WAYS if re.fullmatch(pattern, route.pattern)), None)


def address(route: Route, values: dict[str, Any], query: dict[str, Any] | None = None) -> str:
    path = reverse(route.name, kwargs=values)
    return f"{path}?{urlencode(query)}" if query else path
