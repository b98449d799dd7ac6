"""How to fill in the parameters of an address: the places to try it at, and who may see what is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access.made import Made
from tests.access.made_deaths import RUNS_DEATHS, WALKED
from tests.personas import PEOPLE, STRANGER, World

EVERYBODY = frozenset([*PEOPLE, STRANGER, *WALKED])
TEAM = frozenset({"business_manager", "quality_officer"})
TEAM_AND_CHAIR = TEAM | {"chair"}
SCHOOL = frozenset({"head", "head_contributor", "head_signatory"}) | TEAM_AND_CHAIR
POLICE = frozenset({"police_lead", "police_signatory"}) | TEAM_AND_CHAIR
NORTH_BOARD = TEAM_AND_CHAIR | {
    "administrator", "ig_lead", "police_member", "health_member", "lay_member", "coordinator", "analyst",
}  # fmt: skip

#: A reference nobody was ever given.
NO_SUCH = "SA-00000000"
#: A key nobody was ever given.
NOWHERE = "00000000-0000-4000-8000-00000000dead"


@dataclass(frozen=True)
class Somewhere:
    """Values for an address's parameters and its query string, and who may see what is there.

    ``nobody_because`` says why the page opens to nobody, however far inside they are; without it, somebody must get in.
    """

    values: dict[str, Any]
    inside: frozenset[str] = field(default=EVERYBODY)
    query: dict[str, Any] = field(default_factory=dict)
    nobody_because: str = ""


Way = Callable[[Made], list[Somewhere]]


def returns(
    page: bool = False, item: bool = False, its_set: bool = False, nobody_because: str = "", **more: Any
) -> Way:
    def ways(made: Made) -> list[Somewhere]:
        if page:
            more["page"] = made.page_and_item[0]
        if item:
            more["item"] = made.page_and_item[1]
        return [
            Somewhere(
                {"reference": made.record_of(agency).reference, **more},
                inside,
                {"set": made.round.returns[agency].answers_id} if its_set else {},
                nobody_because,
            )
            for agency, inside in (("school", SCHOOL), ("police", POLICE))
        ]

    return ways


def standards(made: Made) -> list[Somewhere]:
    return [
        Somewhere({"reference": made.record_of(agency).reference, "standard": made.page_and_item[0]}, inside)
        for agency, inside in (("school", SCHOOL), ("police", POLICE))
    ]


def link(made: Made) -> list[Somewhere]:
    reference = made.record_of("police").reference
    return [
        Somewhere({"reference": reference, "link_id": made.link}, POLICE),
        Somewhere(
            {"reference": reference, "link_id": NOWHERE}, POLICE, nobody_because="there is no such link"
        ),
    ]


def results(
    inside: frozenset[str], *, item: bool = False, standard: bool = False, before: bool = True
) -> Way:
    """A page of results: the board's after release; before it the team's, or (the released map) nobody's."""

    def ways(made: Made) -> list[Somewhere]:
        more = {"item": made.page_and_item[1]} if item else {}
        more |= {"standard": made.page_and_item[0]} if standard else {}
        early = {"reference": made.cycle, **more}
        return [
            Somewhere({"reference": made.released_cycle, **more}, inside),
            Somewhere(early, TEAM_AND_CHAIR)
            if before
            else Somewhere(early, frozenset(), nobody_because="nothing is released yet"),
        ]

    return ways


def panel(*, line: bool = False) -> Way:
    """The school's return has a panel; the other has none, and says so like a return that is not there."""

    def ways(made: Made) -> list[Somewhere]:
        more = {"enquiry": made.enquiry} if line else {}
        assert made.enquiry
        return [Somewhere({"reference": made.record_of("school").reference, **more}, SCHOOL)]

    return ways


def remark(made: Made) -> list[Somewhere]:
    values = {"reference": made.survey, "reply": NOWHERE}
    return [Somewhere(values, TEAM_AND_CHAIR, nobody_because="there is no such remark")]


def plain(**values: Any) -> Way:
    return lambda made: [Somewhere(values)]


def of(what: str, inside: frozenset[str], name: str = "reference", **more: Any) -> Way:
    """The one record that ``Made`` calls ``what``."""
    return lambda made: [Somewhere({name: getattr(made, what), **more}, inside)]


def directory(inside: frozenset[str] = EVERYBODY, **values: Callable[[World], Any]) -> Way:
    """Rows of the directory: who gets further than the door is tried in tests/partners/test_routes.py."""
    return lambda made: [Somewhere({name: find(made.world) for name, find in values.items()}, inside)]


def nothing_there(*names: str) -> Way:
    """A key that nobody was given: everybody meets the same page."""
    return plain(**dict.fromkeys(names, NOWHERE))


def draft(part: int | None = None, nobody_because: str = "") -> Way:
    def ways(made: Made) -> list[Somewhere]:
        key, *parts = made.tool_draft
        more = {} if part is None else {"part": parts[part]}
        return [Somewhere({"draft": key, **more}, TEAM, nobody_because=nobody_because)]

    return ways


def tool(made: Made) -> list[Somewhere]:
    key, version = made.tool
    return [Somewhere({"key": key, "version": version}, TEAM)]


#: Who keeps the meetings of the group, and who sits in it.
MEETS = frozenset({"business_manager", "chair", "lay_member"})


def meeting(
    what: str = "reference", *, item: bool = False, who: bool = False, nobody_because: str = "", **more: Any
) -> Way:
    """A meeting of a group, one of its items, how the group meets, or a decision of it."""

    def ways(made: Made) -> list[Somewhere]:
        held = made.group_meeting
        values = {"reference": getattr(held, what), **more}
        values |= {"key": held.item} if item else {}
        values |= {"who": made.world.people["lay_member"].pk} if who else {}
        return [Somewhere(values, MEETS, nobody_because=nobody_because)]

    return ways


def two_deaths(what: str, other: str, inside: frozenset[str] = RUNS_DEATHS) -> Way:
    """Two records about a death, one beside the other."""
    return lambda made: [
        Somewhere({"reference": getattr(made.deaths, what), "other": getattr(made.deaths, other)}, inside)
    ]


def death(what: str, inside: frozenset[str] = RUNS_DEATHS, nobody_because: str = "", **more: Any) -> Way:
    """A record about a death, of those that ``DeathRecords`` makes."""
    return lambda made: [
        Somewhere({"reference": getattr(made.deaths, what), **more}, inside, {}, nobody_because)
    ]


def asked_form(nobody_because: str = "", **more: Any) -> Way:
    """A page of the form an agency was asked to fill in."""
    return lambda made: [
        Somewhere(
            {"reference": made.deaths.request, "form": "report_2015", **more},
            RUNS_DEATHS,
            {"set": made.deaths.request_set},
            nobody_because,
        )
    ]


COORDINATES = frozenset({"coordinator"})


def asked_of_case(inside: frozenset[str] = RUNS_DEATHS, **more: Any) -> Way:
    """A page of the coordinator about one request of a case."""
    return lambda made: [
        Somewhere({"asked": made.deaths.request, "reference": made.deaths.request_case, **more}, inside)
    ]
