"""Cases brought as far as their review, for the tests about analysis and panel. Everybody here is invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.child_deaths.people import NOW, Deaths
from tests.personas import TODAY
from wholestory import ledger
from wholestory.child_deaths.models import Analysis, Case, Pack, PackPart, PanelDecision, Review
from wholestory.child_deaths.operations import analysis, deciding, finalising, listing, pack, review
from wholestory.child_deaths.operations.analysis import FactorSaid
from wholestory.meetings.models import Item, Meeting
from wholestory.meetings.operations import attending, interests, planning
from wholestory.pathways.models import Standing


class Reviews:
    """``reviews.begun()`` is the review of an invented boy, with a draft that says nothing yet."""

    def __init__(self, deaths: Deaths) -> None:
        self.deaths = deaths

    def begun(self, case: Case | None = None, **said: Any) -> Review:
        case = case or self.deaths.case(**said)
        with self.deaths.acting() as actor:
            return review.begin(actor=actor, case=case, today=TODAY, now=NOW)

    def stands(self, of: Review, stage: str) -> None:
        """Put the case at a stage as if the moves before it had been made."""
        with self.deaths.acting():
            ledger.line("child_deaths.put_back", of.record)
            Standing.objects.filter(record=of.case.record_id).update(stage=stage)

    def drafted(self, of: Review, *, by: str = "coordinator", **said: Any) -> None:
        """A draft with nothing missing: category 3 and 9 selected, one factor of grade 2."""
        with self.deaths.acting(by) as actor:
            review.answer(
                actor=actor, review=of, now=NOW,
                said={"cause": "Drowning", "modifiable": "identified", "follow_up": "no", **said},
            )  # fmt: skip
            analysis.classify(actor=actor, review=of, selected=[9, 3], override=None, reason="", now=NOW)
            self.factor(of, actor=actor)

    def factor(self, of: Review, *, actor: Any, **said: Any) -> Any:
        domain = "family_2015" if Analysis.objects.filter(review=of, edition="2015").exists() else "C"
        fields = {
            "domain": domain,
            "code": "water_safety",
            "text": "Garden pond without a fence",
            "grade": "2",
        }
        return analysis.write_factor(
            actor=actor, review=of, said=FactorSaid(**{**fields, "modifiable": True, **said}), now=NOW
        )

    def final(self, of: Review, *, today: date = TODAY, because: str = "") -> Analysis:
        with self.deaths.acting() as actor:
            return finalising.finalise(
                actor=actor, review=of, today=today, now=self.deaths.now, changed_because=because
            )

    def reopened(self, of: Review, because: str, *, by: str = "coordinator") -> Analysis:
        with self.deaths.acting(by) as actor:
            return finalising.reopen(
                actor=actor, review=of, because=because, today=TODAY, now=self.deaths.now
            )

    def ready(self, of: Review | None = None, **said: Any) -> Review:
        """A drafted case with released papers, ready for the panel."""
        of = of or self.begun(**said)
        self.drafted(of)
        self.released(of)
        self.stands(of, "ready")
        return of

    def released(self, of: Review) -> Pack:
        with self.deaths.acting() as actor:
            pack.generate(actor=actor, review=of, now=NOW)
            for part in PackPart.objects.filter(review=of):
                pack.take_out(actor=actor, review=of, part=part.pk, words="", now=NOW)
            return pack.release(actor=actor, review=of, was_read=True, now=NOW)

    def meeting(self, on: date = TODAY, **said: Any) -> Meeting:
        with self.deaths.acting() as actor:
            return planning.plan(
                actor=actor, group=self.deaths.panel.group, board=self.deaths.world.board, today=TODAY,
                said=planning.Plan("Child Death Overview Panel", on, **said), office="child_deaths",
            )  # fmt: skip

    def listed(self, of: Review | None = None, meeting: Meeting | None = None, **said: Any) -> Item:
        of = of or self.ready(**said)
        meeting = meeting or self.meeting()
        with self.deaths.acting() as actor:
            return listing.list_for(
                actor=actor, review_=of, meeting=meeting, today=TODAY, now=self.deaths.now
            )

    def came(self, meeting: Meeting, *names: str) -> None:
        seats = [self.deaths.world.seats[name] for name in names]
        with self.deaths.acting() as actor:
            attending.record(
                actor=actor, meeting=meeting, marks=[attending.SeatMark(seat, "present") for seat in seats],
                visitors=(), today=TODAY, now=NOW,
            )  # fmt: skip

    def declared(self, name: str, item: Item, effect: str = "", words: str = "") -> None:
        with self.deaths.acting(name) as actor:
            interests.declare(
                actor=actor, meeting=item.meeting, answers=[interests.Said(item, effect, words)], now=NOW
            )

    def decided(self, of: Review, by: str = "panel_chair") -> PanelDecision:
        with self.deaths.acting(by) as actor:
            return deciding.review_it(actor=actor, review=of, words="", today=TODAY, now=self.deaths.now)


#: Everybody who sits at the panel.
PANEL = ("panel_chair", "panel_police", "panel_health", "panel_lay")
