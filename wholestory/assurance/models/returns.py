"""What one agency owes, or has given, to one cycle, and every step on its way."""

from __future__ import annotations

from django.db import models

from wholestory.assurance.models.cycles import Cycle
from wholestory.kernel.privacy import Privacy
from wholestory.paperwork.models import AnswerSet
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Circle, Protected, Record


class Stage(models.TextChoices):
    """Where a return stands. The moves between them are in ``definitions/pathway.py``."""

    ISSUED = "issued", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    SIGNED_OFF = "signed_off", "Signed off"
    RETURNED_WITH_QUERY = "returned_with_query", "Returned with a query"
    ANSWERED = "answered", "Query answered"
    MODERATED = "moderated", "Moderated"
    RELEASED = "released", "Result released"
    NIL = "nil", "Nil return"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REFUSED = "refused", "Refused to answer"
    BROUGHT_IN = "brought_in", "Brought in from a file, unconfirmed"


class Return(Protected):
    """What one agency owes, or has given, to one cycle.

    It carries the cycle's title and dates itself, because the agency's people do not see the cycle.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="self_audit")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="returns")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="returns")
    duty_basis = models.CharField(max_length=20)
    title = models.CharField(max_length=160, help_text="In the words of the agency's own duty")
    framework = models.CharField(max_length=60)
    framework_version = models.PositiveSmallIntegerField()
    compliant_from = models.CharField(max_length=12)
    answers = models.OneToOneField(AnswerSet, models.PROTECT, related_name="self_audit")
    notes_circle = models.ForeignKey(
        Circle, models.PROTECT, related_name="+", help_text="Who sees moderation before release"
    )
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.ISSUED)
    issued_on = models.DateField()
    due_on = models.DateField()
    extended_to = models.DateField(null=True, blank=True)
    extension_reason = models.CharField(max_length=300, blank=True)
    signed_off_on = models.DateField(null=True, blank=True)
    first_signed_on = models.DateField(null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)
    nil_reason = models.TextField(blank=True)
    refused_reason = models.TextField(
        blank=True, help_text="Why the agency will not answer, as it told the board"
    )
    baseline = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="interims",
        help_text="The return an interim one stands on; it never changes",
    )
    succeeded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="took_over",
        help_text="The return of the body that carries on, which answers for this agency too",
    )
    core_elsewhere = models.BooleanField(
        default=False,
        help_text="The questions all boards share are answered once, in the lead board's return",
    )
    brought_in_from = models.CharField(
        max_length=150, blank=True, help_text="The file of an earlier time it was brought in from"
    )
    confirmed_on = models.DateField(
        null=True, blank=True, help_text="The day the agency confirmed what was brought in"
    )
    reply = models.TextField(blank=True, help_text="The agency's one reply to the released result")
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    replied_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        "assurance",
        case="extension_reason nil_reason refused_reason brought_in_from reply",
        ordinary="cycle agency duty_basis title framework framework_version compliant_from answers notes_circle stage"
        " baseline succeeded_by core_elsewhere issued_on due_on extended_to signed_off_on first_signed_on released_on"
        " replied_by replied_on confirmed_on",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "cycle", "agency"], name="assurance_return_once")
        ]
        indexes = [models.Index(fields=["cycle", "stage"], name="assurance_return_stage")]

    def __str__(self) -> str:
        return f"{self.agency}: {self.title}"

    @property
    def last_day(self) -> object:
        """The last day on which it is in time."""
        return self.extended_to or self.due_on


class StageChange(Protected):
    """One move of a return from stage to stage. Never edited."""

    return_of = models.ForeignKey(Return, models.PROTECT, related_name="history")
    move = models.CharField(max_length=30)
    from_stage = models.CharField(max_length=20)
    to_stage = models.CharField(max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.TextField(blank=True)

    privacy = Privacy("assurance", case="reason", ordinary="return_of move from_stage to_stage by on")


class SectionOwner(Protected):
    """Who at the agency answers one standard."""

    return_of = models.ForeignKey(Return, models.PROTECT, related_name="section_owners")
    standard = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, related_name="sections_owned")

    privacy = Privacy("assurance", ordinary="return_of standard person")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "return_of", "standard", "person"], name="assurance_owner_once"
            )
        ]


class SignOff(Protected):
    """The senior officer's declaration over exactly these answers. Editing afterwards withdraws it."""

    return_of = models.ForeignKey(Return, models.PROTECT, related_name="sign_offs")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=120)
    declaration = models.CharField(max_length=40, help_text="The version of the declaration's text")
    content_hash = models.CharField(max_length=64)
    is_nil = models.BooleanField(default=False)
    signed_at = models.DateTimeField()
    signed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)
    minutes = models.PositiveIntegerField(
        null=True, blank=True, help_text="How long the agency says it took, all colleagues together"
    )

    privacy = Privacy(
        "assurance",
        personal="post",
        ordinary="return_of person declaration content_hash is_nil signed_at signed_on withdrawn_on minutes",
    )


class Query(Protected):
    """One question of the board about a return, and the agency's answer."""

    return_of = models.ForeignKey(Return, models.PROTECT, related_name="queries")
    item = models.CharField(max_length=60, blank=True)
    words = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        "assurance", case="words answer", ordinary="return_of item asked_by asked_on answered_by answered_on"
    )


class ChaseNote(Protected):
    """That somebody was chased outside the system, or that a step of the ladder was sent or skipped."""

    return_of = models.ForeignKey(Return, models.PROTECT, related_name="chases")
    rung = models.CharField(max_length=30, blank=True)
    how = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    message_record = models.UUIDField(null=True, blank=True)

    privacy = Privacy("assurance", case="words", ordinary="return_of rung how by on message_record")
