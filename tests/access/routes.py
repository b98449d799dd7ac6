"""Every address of the site, and records to try each with.

A room that adds an address with a parameter adds a line to ``WAYS``, or ``test_every_route.py`` fails. ``inside``
names the personas who may see the record at all, said by hand and not worked out from the rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.assurance import made_tools as tools
from tests.assurance.conftest import NOW, SHORT, Round
from tests.assurance.surveying import Asked
from tests.personas import PEOPLE, STRANGER, TODAY, World
from wholestory import ledger
from wholestory.access import acting
from wholestory.access.asks import Asks, declared
from wholestory.access.models import Refusal
from wholestory.access.screens import operations as emergencies
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import as_form
from wholestory.assurance.models import BroughtInKind, Cycle, EvidenceKind
from wholestory.assurance.operations import cycles, evidence_list, exporting, moderation, panel, past
from wholestory.challenge import operations as challenge
from wholestory.correspondence import operations as correspondence
from wholestory.correspondence.operations.letters import LetterText
from wholestory.documents import operations as documents
from wholestory.partners.models import Person
from wholestory.records.models import Record

EVERYBODY = frozenset([*PEOPLE, STRANGER])
TEAM = frozenset({"business_manager", "quality_officer"})
TEAM_AND_CHAIR = TEAM | {"chair"}
SCHOOL = frozenset({"head", "head_contributor", "head_signatory"}) | TEAM_AND_CHAIR
POLICE = frozenset({"police_lead", "police_signatory"}) | TEAM_AND_CHAIR
NORTH_BOARD = TEAM_AND_CHAIR | {"administrator", "ig_lead", "police_member", "health_member", "lay_member"}

#: A reference nobody was ever given.
NO_SUCH = "SA-00000000"


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


@dataclass(frozen=True)
class Somewhere:
    """Values for an address's parameters and its query string, and who may see what is there.

    ``nobody_because`` says why the page opens to nobody, however far inside they are; without it, somebody must get in.
    """

    values: dict[str, Any]
    inside: frozenset[str] = field(default=EVERYBODY)
    query: dict[str, Any] = field(default_factory=dict)
    nobody_because: str = ""


class Made:
    """Records to visit, made by the rooms' own operations when first asked for."""

    def __init__(self, world: World) -> None:
        self.world = world

    def person(self, name: str) -> Person:
        return self.world.people[name]

    @contextmanager
    def acting(self, name: str) -> Iterator[Person]:
        with acting.acting_as(self.person(name), self.world.seats.get(name)):
            yield self.person(name)

    @cached_property
    def round(self) -> Round:
        made = Round(self.world)
        made.answer("school", "head", 1)
        made.sign("school", "head_signatory")
        return made

    @cached_property
    def enquiry(self) -> UUID:
        """A line of enquiry of the panel about the school's return, which the school has read."""
        ret = self.round.fresh("school")
        with self.acting("business_manager") as actor:
            cycle = Cycle.objects.select_related("record").get(pk=self.round.cycle.pk)
            ledger.line("assurance.cycle_prepared", cycle.record)
            cycle.has_panel = True
            cycle.save(update_fields=["has_panel"])
            ret.cycle = cycle
            planned = panel.plan(
                actor=actor, ret=ret, meets_on=TODAY, place="", peer=None, chaired_by=None, today=TODAY
            )
            planned.return_of = ret
            line = panel.enquire(actor=actor, panel=planned, question="Who answers at night?")
            panel.send(actor=actor, panel=planned, today=TODAY)
        return line.pk

    def record_of(self, agency: str) -> Record:
        return self._records[agency]

    @cached_property
    def _records(self) -> dict[str, Record]:
        return {agency: self.round.fresh(agency).record for agency in self.round.returns}

    @cached_property
    def cycle(self) -> str:
        with acting.as_system(self.world.board):
            return str(self.round.cycle.record.reference)

    @cached_property
    def page_and_item(self) -> tuple[str, str]:
        """A page of the school's form, and one of its items."""
        framework = framework_called(SHORT)
        return as_form(framework).pages[0].key, next(iter(framework.items))

    @cached_property
    def action(self) -> str:
        """What the school promised in its answers, when they were signed."""
        assert self.round
        with acting.as_system(self.world.board):
            return Record.objects.filter(kind="actions.action").order_by("created_at", "pk")[0].reference

    @cached_property
    def file(self) -> str:
        upload = SimpleUploadedFile("policy.txt", b"We keep children safe.")
        about = self.record_of("police")
        with self.acting("police_lead") as actor:
            return documents.keep(
                actor=actor, about=about, upload=upload, today=TODAY, now=NOW
            ).record.reference

    @cached_property
    def past_file(self) -> str:
        """A file of an earlier round that the team is about to match."""
        with self.acting("quality_officer") as actor:
            return past.start(
                actor=actor, board=self.world.board, kind=BroughtInKind.RETURNS, name="2014.csv",
                content=b"Agency,1.1 Who leads?\nHarbour Youth Trust,2\n", today=TODAY, now=NOW,
            ).record.reference  # fmt: skip

    @cached_property
    def link(self) -> UUID:
        about = self.record_of("police")
        with self.acting("police_lead") as actor:
            return documents.add_link(
                actor=actor, about=about, url="https://police.example/policy", label="Our policy", today=TODAY
            ).pk

    @cached_property
    def evidence(self) -> str:
        said = evidence_list.Said(EvidenceKind.FILE, "Supervision policy")
        upload = SimpleUploadedFile("supervision.txt", b"Once a month, by the lead.")
        with self.acting("head") as actor:
            return evidence_list.add(
                actor=actor, board=self.world.board, agency=self.world.agencies["school"], said=said, today=TODAY,
                now=NOW, upload=upload,
            ).record.reference  # fmt: skip

    @cached_property
    def message(self) -> str:
        about = self.record_of("school")
        said = {"title": "Spring 2016", "due_on": TODAY, "signatory": "Kit Monro"}
        with self.acting("quality_officer") as actor:
            written = correspondence.compose(
                actor=actor, board=self.world.board, kind="invitation", now=NOW, to=self.person("head"), about=about,
                agency=self.world.agencies["school"], context=said, link="/",
            )  # fmt: skip
        return written[0].record.reference

    @cached_property
    def letter(self) -> str:
        text = LetterText(
            "Dr Marsh", "Late", "It was due.", "Chief executive", "Harbour House", "chief@charity.example"
        )
        with self.acting("business_manager") as actor:
            return correspondence.prepare_letter(
                actor=actor, board=self.world.board, text=text, agency=self.world.agencies["charity"], now=NOW
            ).record.reference

    @cached_property
    def question(self) -> str:
        with self.acting("lay_member") as actor:
            return challenge.ask(
                actor=actor, board=self.world.board, words="Why?", today=TODAY
            ).record.reference

    @cached_property
    def emergency(self) -> str:
        reference = self.record_of("charity").reference
        with self.acting("health_member") as actor:
            taken = emergencies.take_emergency_access(
                actor=actor, reference=reference, reason="Needed at once, truly."
            )
        return str(taken)

    @cached_property
    def refusal(self) -> str:
        record = self.record_of("health")
        with self.acting("quality_officer") as actor:
            emergencies.declare_own(actor=actor, record=record, reason="conflict", today=TODAY)
        with acting.as_system(self.world.board):
            return str(Refusal.objects.get().pk)

    @cached_property
    def later_round(self) -> Round:
        """A second cycle, further on: the board has the police's result and asks the school a question."""
        later = Round(self.world)
        for agency, lead, signatory in (
            ("police", "police_lead", "police_signatory"), ("school", "head", "head_signatory")
        ):  # fmt: skip
            later.answer(agency, lead, 2)
            later.sign(agency, signatory)
        later.release("police")
        with self.acting("business_manager") as actor:
            cycles.release_to_board(actor=actor, cycle=later.cycle, today=TODAY)
        with self.acting("quality_officer") as actor:
            moderation.query(
                actor=actor, ret=later.fresh("school"), questions={"": "Who checks?"}, today=TODAY
            )
        return later

    @cached_property
    def tool(self) -> tuple[str, int]:
        """An audit tool of the board's own, published."""
        made = tools.published(self.world)
        return made.key, made.version

    @cached_property
    def tool_draft(self) -> tuple[UUID, str, str]:
        """A draft of its next version, with the keys of a heading and a question in it."""
        draft = tools.next_draft(self.world, *self.tool)
        standard = draft.definition["framework"]["standards"][0]
        return draft.pk, standard["key"], standard["items"][0]["key"]

    @cached_property
    def released_cycle(self) -> str:
        with acting.as_system(self.world.board):
            return str(self.later_round.cycle.record.reference)

    @cached_property
    def released_return(self) -> str:
        with acting.as_system(self.world.board):
            return str(self.later_round.fresh("police").record.reference)

    @cached_property
    def export(self) -> str:
        """A workbook the quality officer asked for."""
        with self.acting("quality_officer") as actor:
            seat = self.world.seats["quality_officer"]
            return str(
                # By the clock: whoever asks is let in for some days from now, whatever day the board's own is.
                exporting.ask(
                    actor=actor, seat=seat, cycle=self.round.cycle, now=timezone.now()
                ).record.reference
            )

    @cached_property
    def asked_again(self) -> str:
        return str(self.later_round.fresh("school").record.reference)

    @cached_property
    def survey(self) -> str:
        """The survey of the round: closed, and shared with the board and with the school and the police."""
        asked = Asked(self.round)
        for agency in ("school", "police"):
            asked.reply(agency, "front_line", {"refer": "agree"}, times=12)
        asked.close()
        asked.share()
        return asked.reference

    @cached_property
    def survey_link(self) -> str:
        return Asked(self.later_round).token

    def everything(self) -> Made:
        """All of it at once, so that a test only reads what is there."""
        for name, one in vars(type(self)).items():
            if isinstance(one, cached_property):
                getattr(self, name)
        return self


Way = Callable[[Made], list[Somewhere]]


def _returns(
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


def _standards(made: Made) -> list[Somewhere]:
    return [
        Somewhere({"reference": made.record_of(agency).reference, "standard": made.page_and_item[0]}, inside)
        for agency, inside in (("school", SCHOOL), ("police", POLICE))
    ]


def _link(made: Made) -> list[Somewhere]:
    reference = made.record_of("police").reference
    return [
        Somewhere({"reference": reference, "link_id": made.link}, POLICE),
        Somewhere(
            {"reference": reference, "link_id": NOWHERE}, POLICE, nobody_because="there is no such link"
        ),
    ]


def _results(
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


def _panel(*, line: bool = False) -> Way:
    """The school's return has a panel; the other has none, and says so like a return that is not there."""

    def ways(made: Made) -> list[Somewhere]:
        more = {"enquiry": made.enquiry} if line else {}
        assert made.enquiry
        return [Somewhere({"reference": made.record_of("school").reference, **more}, SCHOOL)]

    return ways


def _remark(made: Made) -> list[Somewhere]:
    values = {"reference": made.survey, "reply": NOWHERE}
    return [Somewhere(values, TEAM_AND_CHAIR, nobody_because="there is no such remark")]


def _plain(**values: Any) -> Way:
    return lambda made: [Somewhere(values)]


def _of(what: str, inside: frozenset[str], name: str = "reference", **more: Any) -> Way:
    """The one record that ``Made`` calls ``what``."""
    return lambda made: [Somewhere({name: getattr(made, what), **more}, inside)]


def _directory(inside: frozenset[str] = EVERYBODY, **values: Callable[[World], Any]) -> Way:
    """Rows of the directory: who gets further than the door is tried in tests/partners/test_routes.py."""
    return lambda made: [Somewhere({name: find(made.world) for name, find in values.items()}, inside)]


NOWHERE = "00000000-0000-4000-8000-00000000dead"


def _nothing_there(*names: str) -> Way:
    """A key that nobody was given: everybody meets the same page."""
    return _plain(**dict.fromkeys(names, NOWHERE))


def _draft(part: int | None = None, nobody_because: str = "") -> Way:
    def ways(made: Made) -> list[Somewhere]:
        key, *parts = made.tool_draft
        more = {} if part is None else {"part": parts[part]}
        return [Somewhere({"draft": key, **more}, TEAM, nobody_because=nobody_because)]

    return ways


def _tool(made: Made) -> list[Somewhere]:
    key, version = made.tool
    return [Somewhere({"key": key, "version": version}, TEAM)]


#: Pattern of the address: how to fill in its parameters. The first that matches is used.
WAYS: list[tuple[str, Way]] = [
    (r"sign-in/with/<slug:key>/(back/)?", _plain(key="no-such-organisation")),
    (r"sign-in/kept/<uuid:key>/", _nothing_there("key")),
    (r"sign-in/second-factors/<int:key>/remove/", _plain(key=1)),
    (r"access/accounts/<uuid:person>/(start-afresh/)?", _directory(person=lambda w: w.people["head"].pk)),
    (
        r"access/accounts/<uuid:person>/<slug:what>/",
        _directory(person=lambda w: w.people["head"].pk, what=lambda w: "x"),
    ),
    (r"access/start-afresh/<uuid:key>/", _nothing_there("key")),
    (r"access/tokens/<uuid:key>/.*", _nothing_there("key")),
    (r"access/records/<str:reference>/.*", _returns()),
    (r"access/kept-out/<uuid:key>/lift/", _of("refusal", frozenset({"business_manager", "chair"}), "key")),
    (
        r"access/emergency/<uuid:key>/(end/)?",
        _of("emergency", frozenset({"health_member", "business_manager", "chair"}), "key"),
    ),
    (r"self-audits/cycles/<str:reference>/results/items/<slug:item>/", _results(TEAM_AND_CHAIR, item=True)),
    (
        r"self-audits/cycles/<str:reference>/results/standards/<slug:standard>/",
        _results(NORTH_BOARD, standard=True),
    ),
    (r"self-audits/cycles/<str:reference>/results/heat-map/", _results(NORTH_BOARD, before=False)),
    (r"self-audits/cycles/<str:reference>/results/[^<]*", _results(NORTH_BOARD)),
    (r"self-audits/cycles/<str:reference>/.*", _of("cycle", NORTH_BOARD)),
    (r"self-audits/surveys/<str:reference>/remarks/<uuid:reply>/", _remark),
    (r"self-audits/surveys/<str:reference>/.*", _of("survey", TEAM_AND_CHAIR)),
    (r"survey/<slug:token>/", _of("survey_link", EVERYBODY, "token")),
    (r"self-audits/tools/drafts/<uuid:draft>/heading/<slug:part>/", _draft(part=0)),
    (r"self-audits/tools/drafts/<uuid:draft>/(question|move|remove)/<slug:part>/", _draft(part=1)),
    (r"self-audits/tools/drafts/<uuid:draft>/[^<]*", _draft()),
    (r"self-audits/tools/<slug:key>/<int:version>/.*", _tool),
    (r"self-audits/together/<uuid:joint>/.*", _nothing_there("joint")),
    (
        r"self-audits/past/<str:reference>/<slug:step>/",
        _of("past_file", TEAM, step="table"),
    ),
    (r"self-audits/past/<str:reference>/.*", _of("past_file", TEAM)),
    (
        r"self-audits/returns/<str:reference>/brought-in/",
        _returns(nobody_because="these returns were not brought in from a file"),
    ),
    (r"self-audits/evidence/take-in/<str:reference>/", _of("file", POLICE)),
    (r"self-audits/evidence/<str:reference>/.*", _of("evidence", SCHOOL - TEAM_AND_CHAIR)),
    (r"self-audits/returns/<str:reference>/evidence/<slug:standard>/", _standards),
    (r"self-audits/returns/<str:reference>/form/page/<slug:page>/", _returns(page=True)),
    (
        r"self-audits/returns/<str:reference>/form/page/<slug:page>/take-out/<str:place>/",
        _returns(page=True, place="x", nobody_because="a self-audit's form repeats no questions"),
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
    (r"self-audits/returns/<str:reference>/form/here/", _returns(its_set=True)),
    (
        r"self-audits/returns/<str:reference>/form/load/<uuid:load>/",
        _returns(load=NOWHERE, nobody_because="no copy was loaded; tests/paperwork/copies tries it with one"),
    ),
    (r"self-audits/returns/<str:reference>/questions/", _of("asked_again", SCHOOL)),
    (r"self-audits/returns/<str:reference>/feedback/", _of("released_return", POLICE)),
    (r"self-audits/exports/<str:reference>/", _of("export", frozenset({"quality_officer"}))),
    (r"self-audits/returns/<str:reference>/moderate/<slug:item>/", _returns(item=True)),
    (
        r"self-audits/returns/<str:reference>/moderate/<slug:item>/agree/",
        _returns(
            item=True, nobody_because="every line applies here; tests/assurance/test_not_applicable tries it"
        ),
    ),
    (r"self-audits/returns/<str:reference>/letter/<slug:rung>/", _returns(rung="to_chief_executive")),
    (
        r"self-audits/returns/<str:reference>/changes/",
        _returns(nobody_because="these returns stand on no earlier one"),
    ),
    (r"self-audits/returns/<str:reference>/panel/lines/<uuid:enquiry>/", _panel(line=True)),
    (r"self-audits/returns/<str:reference>/panel/[^<]*", _panel()),
    (r"self-audits/returns/<str:reference>/[^<]*", _returns()),
    (r"actions/<str:reference>/.*", _of("action", SCHOOL)),
    (r"files/(add|link)/<str:reference>/", _returns()),
    (r"files/link/<str:reference>/remove/<uuid:link_id>/", _link),
    (r"files/<str:reference>/.*", _of("file", POLICE)),
    (r"letters/to-sign/<str:reference>/.*", _of("letter", TEAM_AND_CHAIR)),
    (r"letters/<str:reference>/.*", _of("message", TEAM)),
    (r"questions/<str:reference>/.*", _of("question", TEAM_AND_CHAIR | {"lay_member"})),
    (r"deadlines/work-out/<slug:key>/", _plain(key="no-such-clock")),
    (r"deadlines/rules/<str:rule_id>/.*", _plain(rule_id="no-such-rule")),
    (r"deadlines/working-days/<uuid:entry_id>/withdraw/", _nothing_there("entry_id")),
    (r"board/agencies/<slug:slug>/[^<]*", _directory(slug=lambda w: "charity")),
    (
        r"board/agencies/<slug:slug>/join/<slug:double>/",
        _directory(slug=lambda w: "charity", double=lambda w: "school"),
    ),
    (
        r"board/agencies/<slug:slug>/succession/<uuid:id>/remove/",
        _directory(slug=lambda w: "charity", id=lambda w: NOWHERE),
    ),
    (r"board/groups/<slug:slug>/.*", _directory(slug=lambda w: "qeg")),
    (r"board/people/<uuid:id>/[^<]*", _directory(id=lambda w: w.people["head"].pk)),
    (
        r"board/people/<uuid:id>/join/<uuid:double>/",
        _directory(id=lambda w: w.people["head"].pk, double=lambda w: w.people["charity_lead"].pk),
    ),
    (r"board/seats/<uuid:id>/.*", _directory(id=lambda w: w.seats["head"].pk)),
    (r"board/(areas|counterparts|cover|doubles|import)/<uuid:id>/.*", _nothing_there("id")),
    (r"start/later/<slug:key>/", _plain(key="people")),
    (r"start/sign-in/<str:token>/", _plain(token="nonsense")),
    (r"show-me-round/<int:number>/(on/)?", _plain(number=99)),
    (r"ui-components/<slug:name>", _plain(name="nothing")),
    (r"api/<path:rest>", _plain(rest="nothing")),
    (r"api/(actions|returns)/<reference>.*", _plain(reference=NO_SUCH)),
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
        return _plain()
    return next((way for pattern, way in WAYS if re.fullmatch(pattern, route.pattern)), None)


def address(route: Route, values: dict[str, Any], query: dict[str, Any] | None = None) -> str:
    path = reverse(route.name, kwargs=values)
    return f"{path}?{urlencode(query)}" if query else path
