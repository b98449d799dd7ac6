"""Which panel leads, who must be told, whose coroner, and whose duty a serious incident notice is.

Where a child normally lived decides who reviews; where the child died decides the coroner; where the incident happened
decides who gives the serious incident notice. The three are easily confused, so each comes with its reason. Everything
here is a proposal: a named person decides, and the death stays ours until another panel has accepted it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wholestory.child_deaths.rules import routing_grounds as why
from wholestory.child_deaths.rules.grounds import Ground


class Nation(StrEnum):
    """Whose system of child death review a place belongs to."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"
    ABROAD = "abroad"

    @property
    def label(self) -> str:
        """In words."""
        return "outside the United Kingdom" if self is Nation.ABROAD else self.value.replace("_", " ").title()


@dataclass(frozen=True, slots=True)
class Place:
    """A place as far as it matters here: the local authority's name, and the panel that covers it if one is known."""

    authority: str
    panel: str = ""
    nation: Nation = Nation.ENGLAND


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two panels' agreement that the one where most services were leads. Undated or unsigned it counts for nothing."""

    lead_panel: str
    agreed_on: date | None
    our_officer: str
    their_officer: str

    @property
    def is_complete(self) -> bool:
        """Dated, with a named officer of each panel."""
        return bool(self.lead_panel and self.agreed_on and self.our_officer and self.their_officer)


class Home(StrEnum):
    """What kind of home it was, where normal residence has to be decided between several."""

    MAIN = "main"
    OTHER_PARENT = "other_parent"
    RECENT_MOVE = "recent_move"
    PLACEMENT = "placement"
    LONG_STAY_HOSPITAL = "long_stay_hospital"
    BOARDING_SCHOOL = "boarding_school"
    CUSTODY = "custody"
    ASYLUM_ACCOMMODATION = "asylum_accommodation"
    REFUGE = "refuge"
    HOMELESS = "homeless"

    @property
    def label(self) -> str:
        """In words."""
        return _HOMES[self]


_HOMES = {
    Home.MAIN: "the family home",
    Home.OTHER_PARENT: "the other parent’s home",
    Home.RECENT_MOVE: "moved there shortly before",
    Home.PLACEMENT: "placed there",
    Home.LONG_STAY_HOSPITAL: "in hospital for long, perhaps since birth",
    Home.BOARDING_SCHOOL: "boarding school",
    Home.CUSTODY: "custody",
    Home.ASYLUM_ACCOMMODATION: "asylum accommodation",
    Home.REFUGE: "a refuge",
    Home.HOMELESS: "no fixed home",
}


@dataclass(frozen=True, slots=True)
class PossibleHome:
    """One of the places that may have been the child's home, with what speaks for it."""

    place: Place
    kind: Home
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known. ``ours`` is our panel. ``residence`` is where the child normally lived, once somebody decided.
    ``died_named`` and ``event_named`` are the places in words, where nobody has said yet in which area they are."""

    ours: str
    residence: Place | None = None
    possible_homes: tuple[PossibleHome, ...] = ()
    died_at: Place | None = None
    event_at: Place | None = None
    looked_after_by: Place | None = None
    placed_at: Place | None = None
    overseas_visitor: bool = False
    services_at: Place | None = None
    agreement: Agreement | None = None
    abuse_or_neglect: bool | None = None
    died_named: str = ""
    event_named: str = ""


class Lead(StrEnum):
    """Who is proposed to lead."""

    OURS = "ours"
    THEIRS = "theirs"
    OPTIONAL = "optional"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "ours": "We lead the review",
            "theirs": "Another panel leads the review",
            "optional": "Nobody must review it here; the partners may decide to",
            "undecided": "Who leads cannot be told yet",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Telling:
    """Somebody to tell or to ask, and why."""

    who: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Duty:
    """Who has something that does not follow the lead. ``who`` is empty when it is not known or not due."""

    who: str
    ground: Ground


@dataclass(frozen=True, slots=True)
class Routing:
    """What is proposed, with reasons. ``panel`` names the panel that leads, when it is known."""

    lead: Lead
    panel: str
    ground: Ground
    tell: tuple[Telling, ...]
    response: Duty
    coroner: Duty
    serious_incident: Duty
    needs: tuple[str, ...] = ()
    notes: tuple[Ground, ...] = ()


def route(said: Circumstances) -> Routing:
    """What is proposed for these circumstances."""
    lead, panel, ground = _lead(said)
    lead, panel, ground, notes = _after_agreement(said, lead, panel, ground)
    needs: list[str] = []
    if _home(said) is None:
        needs.append("Where did the child normally live? A named person decides, and says on what evidence.")
    if said.died_at is None:
        needs.append(
            f"The child died at “{said.died_named}”. In which area is that?"
            if said.died_named
            else "Where did the child die?"
        )
    if said.event_at is None and said.event_named:
        needs.append(f"What led to the death began at “{said.event_named}”. In which area is that?")
    if len({each.place for each in said.possible_homes}) > 1 and said.residence is None:
        notes = (*notes, why.SEVERAL_HOMES)
    return Routing(
        lead, panel, ground, _tell(said, lead, panel), _response(said, lead), _coroner(said),
        _serious_incident(said), tuple(needs), notes,
    )  # fmt: skip


def _home(said: Circumstances) -> Place | None:
    return said.looked_after_by or said.residence


def _lead(said: Circumstances) -> tuple[Lead, str, Ground]:
    home = _home(said)
    if said.overseas_visitor and said.looked_after_by is None:
        return Lead.OPTIONAL, "", why.OVERSEAS_VISITOR
    if home is None:
        return Lead.UNDECIDED, "", why.RESIDENCE_NOT_DECIDED
    if home.nation is Nation.ABROAD:
        return Lead.OPTIONAL, "", why.OVERSEAS_VISITOR
    if home.nation is not Nation.ENGLAND:
        return Lead.OPTIONAL, "", why.OTHER_NATION
    if said.looked_after_by is not None:
        return _of(home, said.ours), home.panel, why.LOOKED_AFTER
    lead = _of(home, said.ours)
    died_abroad = said.died_at is not None and said.died_at.nation is Nation.ABROAD
    if lead is Lead.OURS:
        return lead, home.panel, why.DIED_ABROAD if died_abroad else why.LIVED_HERE
    return lead, home.panel, why.LIVED_ELSEWHERE


def _of(place: Place, ours: str) -> Lead:
    return Lead.OURS if place.panel == ours else Lead.THEIRS


def _after_agreement(
    said: Circumstances, lead: Lead, panel: str, ground: Ground
) -> tuple[Lead, str, Ground, tuple[Ground, ...]]:
    if said.agreement is not None:
        if not said.agreement.is_complete:
            return lead, panel, ground, (why.AGREEMENT_INCOMPLETE,)
        agreed = said.agreement.lead_panel
        return (Lead.OURS if agreed == said.ours else Lead.THEIRS), agreed, why.AGREED, ()
    home, services = _home(said), said.services_at
    if home is not None and services is not None and services.panel != home.panel:
        return lead, panel, ground, (why.MOST_SERVICES,)
    return lead, panel, ground, ()


def _tell(said: Circumstances, lead: Lead, panel: str) -> tuple[Telling, ...]:
    found: list[Telling] = []
    home, died, event = _home(said), said.died_at, said.event_at
    if home is not None and home.nation not in (Nation.ENGLAND, Nation.ABROAD):
        found.append(Telling(f"The child death review system of {home.nation.label}", why.OTHER_NATION))
    if lead is Lead.THEIRS:
        found.append(Telling(f"The panel for {panel or (home.authority if home else '')}", why.TELL_HOME))
    if died is not None and died.nation is Nation.ENGLAND and died.panel != said.ours and lead is Lead.OURS:
        found.append(Telling(f"The panel for {died.panel or died.authority}", why.ASK_FOR_RECORDS))
    if event is not None and event.nation is Nation.ENGLAND and event.panel not in (panel, said.ours, ""):
        found.append(Telling(f"The panel for {event.panel}", why.EVENT_ELSEWHERE))
    if event is not None and event.panel == said.ours and lead is not Lead.OURS:
        found.append(Telling("Our own panel", why.EVENT_HERE))
    placed = said.placed_at
    if said.looked_after_by is not None and placed is not None and placed != said.looked_after_by:
        found.append(
            Telling(f"The authority where the child was placed: {placed.authority}", why.HOST_AUTHORITY)
        )
    return tuple(dict.fromkeys(found))


def _response(said: Circumstances, lead: Lead) -> Duty:
    died = said.died_at
    if died is None:
        return Duty("", why.RESPONSE_AREA_NOT_KNOWN if said.died_named else why.RESPONSE_NOT_KNOWN)
    if died.nation is not Nation.ENGLAND:
        return Duty("", why.RESPONSE_ABROAD)
    if died.panel == said.ours:
        return Duty("Our area", why.RESPONSE_OURS if lead is Lead.OURS else why.RESPONSE_UNTIL_HANDED_OVER)
    return Duty(died.authority, why.RESPONSE_THERE)


def _coroner(said: Circumstances) -> Duty:
    died = said.died_at
    if died is None:
        return Duty("", why.CORONER_AREA_NOT_KNOWN if said.died_named else why.CORONER_NOT_KNOWN)
    if died.nation is Nation.ABROAD:
        return Duty("", why.CORONER_ABROAD)
    if died.nation is Nation.SCOTLAND:
        return Duty("The procurator fiscal", why.CORONER_SCOTLAND)
    return Duty(f"The coroner for {died.authority}", why.CORONER)


def _serious_incident(said: Circumstances) -> Duty:
    if said.looked_after_by is not None:
        return Duty(said.looked_after_by.authority, why.SIN_LOOKED_AFTER)
    if said.abuse_or_neglect is None:
        return Duty("", why.SIN_ASK)
    if not said.abuse_or_neglect:
        return Duty("", why.SIN_NOT_DUE)
    where = said.event_at or said.died_at
    if where is None:
        return Duty("", why.SIN_PLACE_NOT_KNOWN)
    if where.nation is Nation.ABROAD or where.nation is not Nation.ENGLAND:
        home = said.residence
        if home is not None and home.nation is Nation.ENGLAND:
            return Duty(home.authority, why.SIN_ABROAD)
        return Duty("", why.SIN_NOT_ENGLAND)
    return Duty(where.authority, why.SIN_WHERE_IT_HAPPENED)
