"""A survey beside the short cycle, and people who answer it."""

from __future__ import annotations

import uuid
from datetime import date

from tests.assurance.conftest import Round
from tests.personas import TODAY
from wholestory.access import acting, open_doors
from wholestory.assurance.models import Survey, SurveyLink
from wholestory.assurance.operations import survey as operations
from wholestory.assurance.operations import survey_sharing

LAST_DAY = date(2016, 4, 30)


class Asked:
    """The survey of a round, opened under a link."""

    def __init__(self, made: Round, *, minimum: int = 10, is_open: bool = True) -> None:
        self.round = made
        with made.acting("quality_officer") as actor:
            self.survey: Survey = operations.prepare(
                actor=actor, cycle=made.cycle, last_day_on=LAST_DAY, minimum=minimum, today=TODAY
            )
        self.token = ""
        if is_open:
            self.open()

    @property
    def reference(self) -> str:
        return str(self.survey.record.reference)

    def open(self) -> None:
        with self.round.acting("quality_officer") as actor:
            link: SurveyLink = operations.open_(actor=actor, survey=self.fresh(), today=TODAY)
            self.token = link.token

    def agency(self, slug: str) -> uuid.UUID:
        return self.round.world.agencies[slug].pk

    def reply(self, slug: str, group: str, answers: dict[str, str], words: str = "", times: int = 1) -> None:
        """So many people of this organisation answer alike; nobody acts while they do."""
        agency = self.agency(slug) if slug else None
        for _ in range(times):
            taken = open_doors.ask(
                "assurance_survey_answer", self.token, uuid.uuid4(), agency, group, answers, words
            )
            assert taken

    def fresh(self) -> Survey:
        with acting.as_system(self.round.world.board):
            return Survey.objects.select_related("record", "board", "cycle__record", "cycle__board").get(
                pk=self.survey.pk
            )

    def close(self) -> None:
        with self.round.acting("quality_officer") as actor:
            operations.close(actor=actor, survey=self.fresh(), today=TODAY)

    def share(self) -> int:
        with self.round.acting("quality_officer") as actor:
            return survey_sharing.share(actor=actor, survey=self.fresh(), today=TODAY)
