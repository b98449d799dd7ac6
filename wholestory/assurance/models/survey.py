"""The practitioner survey beside a cycle: what staff and volunteers say, with nothing that says who said it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.assurance.models.cycles import Cycle
from wholestory.assurance.rules.survey import LEAST_MINIMUM, USUAL_MINIMUM
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Protected, Record


class SurveyState(models.TextChoices):
    PREPARED = "prepared", "Being prepared"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class Survey(Protected):
    """One survey of one cycle, closed to all but the office that runs self-audits.

    ``published`` is what the open page shows, made when the survey opens: the only thing of it that can be read
    without signing in. ``replies`` is counted once, at closing.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="survey")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="surveys")
    title = models.CharField(max_length=160)
    definition = models.CharField(max_length=60)
    statements = models.JSONField(default=list)
    minimum = models.PositiveSmallIntegerField(default=USUAL_MINIMUM)
    state = models.CharField(max_length=10, choices=SurveyState, default=SurveyState.PREPARED)
    opened_on = models.DateField(null=True, blank=True)
    last_day_on = models.DateField(help_text="The page takes no reply after this day")
    closed_on = models.DateField(null=True, blank=True)
    shared_on = models.DateField(null=True, blank=True)
    replies = models.PositiveIntegerField(null=True, blank=True)
    published = models.JSONField(default=dict, blank=True)
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy(
        "assurance",
        ordinary="record board cycle title definition statements minimum state opened_on last_day_on closed_on"
        " shared_on replies published prepared_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle"], name="assurance_survey_once"),
            models.CheckConstraint(
                condition=Q(minimum__gte=LEAST_MINIMUM), name="assurance_survey_minimum_is_no_smaller"
            ),
        ]


class SurveyLink(Protected):
    """An address that opens the survey to anybody who has it. One at a time; a new one ends the one before."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="links")
    token = models.CharField(max_length=20, db_index=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    privacy = Privacy("assurance", ordinary="survey token made_on made_by ended_on")


class SurveyReply(Protected):
    """What one person answered: the organisation and staff group they chose, their answers, and the day.

    No account, address, browser or time of day; ``created_at`` is midnight of the day. Written by one function of the
    database only (``assurance_survey_answer``). While ``sealed`` nobody can read it: closing the survey gives every
    reply a new key, shuffles them and breaks the seal, all at once.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    staff_group = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    remark = models.TextField(blank=True)
    sealed = models.BooleanField(default=False)

    privacy = Privacy("assurance", case="answers remark", ordinary="survey agency staff_group sealed")


class SurveyResult(Protected):
    """What the board, or one organisation, was shown of a survey: figures that hold no group below the minimum.

    ``agency`` is empty on the board's own. ``gaps`` are the leaders' sides: released results only.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=160)
    shared_on = models.DateField()
    names = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    gaps = models.JSONField(default=list)

    privacy = Privacy("assurance", ordinary="cycle agency title shared_on names figures gaps")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "cycle", "agency"], name="assurance_surveyresult_once")
        ]
