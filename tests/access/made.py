"""Records for the walk over every route, made by the rooms' own operations when first asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.access.made_deaths import DeathRecords
from tests.access.made_figure_returns import ReturnRecords
from tests.access.made_figures import FigureRecords
from tests.assurance import made_tools as tools
from tests.assurance.conftest import NOW, SHORT, Round
from tests.assurance.surveying import Asked
from tests.meetings.made import GroupMeeting
from tests.personas import TODAY, World
from wholestory import ledger
from wholestory.access import acting
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
from wholestory.learning import operations as learning
from wholestory.partners.models import Person
from wholestory.records.models import Record


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
    def group_meeting(self) -> GroupMeeting:
        return GroupMeeting(self)

    @cached_property
    def lesson(self) -> str:
        """A lesson that was shared with the board."""
        words = learning.Words("water", "everybody", "Ponds", "A fence is not enough.")
        with self.acting("business_manager") as actor:
            made = learning.draft(actor=actor, board=self.world.board, words=words, today=TODAY)
            learning.share_with_board(actor=actor, lesson=made)
            return str(made.record.reference)

    @cached_property
    def figure_returns(self) -> ReturnRecords:
        """A round of figures, and what the police sent."""
        return ReturnRecords(self.world)

    @cached_property
    def figures(self) -> FigureRecords:
        """Agencies' figures, and their people."""
        return FigureRecords(self.world)

    @cached_property
    def deaths(self) -> DeathRecords:
        return DeathRecords(self.world)

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
