"""Cases brought as far as their review, for the tests about analysis and panel. Everybody here is invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.child_deaths.people import NOW, Deaths
from tests.personas import TODAY
from wholestory.child_deaths.models import Analysis, Case, Review
from wholestory.child_deaths.operations import analysis, finalising, review
from wholestory.child_deaths.operations.analysis import FactorSaid
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
        from wholestory import ledger

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
