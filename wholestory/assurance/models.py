"""A cycle of self-audits: the agencies asked, what each returned, the conversation about it, the result."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.paperwork.models import AnswerSet
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Circle, Protected, Record


class CycleState(models.TextChoices):
    DRAFT = "draft", "Being prepared"
    OPEN = "open", "Open"
    RELEASED = "released", "Results released to the board"
    CLOSED = "closed", "Closed"


class Cycle(Protected):
    """One round: a framework asked of chosen agencies. Seen by the board's circle, run by the office."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="cycle")
    board = models.ForeignKey(Board, models.PROTECT, related_name="cycles")
    title = models.CharField(max_length=160)
    framework = models.CharField(max_length=60)
    framework_version = models.PositiveSmallIntegerField()
    compliant_from = models.CharField(max_length=12, help_text="The lowest score that counts as compliant")
    opens_on = models.DateField()
    due_on = models.DateField()
    moderation_due_on = models.DateField(null=True, blank=True)
    report_due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=CycleState, default=CycleState.DRAFT)
    critical_cap = models.BooleanField(default=False)
    released_on = models.DateField(null=True, blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")

    privacy = Privacy(
        "assurance",
        ordinary="title framework framework_version compliant_from opens_on due_on moderation_due_on report_due_on"
        " state critical_cap released_on previous",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assurance_cycle_due_after_opening",
                condition=Q(due_on__gte=models.F("opens_on")),
                violation_error_message="The due date must be after the day it opens.",
            )
        ]

    def __str__(self) -> str:
        return self.title


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
    reply = models.TextField(blank=True, help_text="The agency's one reply to the released result")
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    replied_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        "assurance",
        case="extension_reason nil_reason reply",
        ordinary="cycle agency duty_basis title framework framework_version compliant_from answers notes_circle stage"
        " issued_on due_on extended_to signed_off_on first_signed_on released_on replied_by replied_on",
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

    privacy = Privacy(
        "assurance",
        personal="post",
        ordinary="return_of person declaration content_hash is_nil signed_at signed_on withdrawn_on",
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


class Judgement(Protected):
    """The moderated score of one item, beside the agency's own. Both are kept. The row without an item holds what
    the board says about the return as a whole.

    Until release the row is in the moderators' circle; release moves it to the return's, where the agency reads it.
    """

    return_of = models.ForeignKey(Return, models.PROTECT, related_name="judgements")
    item = models.CharField(max_length=60, blank=True)
    self_score = models.CharField(max_length=12, blank=True)
    score = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy("assurance", case="self_score score reason", ordinary="return_of item by on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["return_of", "item"], name="assurance_judgement_once")]


class ResultRow(Protected):
    """What the board is shown of one agency and one standard, written when results are released.

    No narrative and no evidence: a state, a score and the counts that go with it.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="results")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    standard = models.CharField(max_length=60)
    state = models.CharField(max_length=20)
    shown = models.CharField(max_length=20)
    words = models.TextField()
    compliant = models.BooleanField(null=True)
    level = models.CharField(max_length=20, blank=True, help_text="The normalised mean as a fraction")
    scored_by = models.CharField(max_length=12)

    privacy = Privacy(
        "assurance", case="shown words compliant level", ordinary="cycle agency standard state scored_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "cycle", "agency", "standard"], name="assurance_result_once"
            )
        ]


class Tally(Protected):
    """How many returns of a cycle stand where: all that the board sees before release."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="tallies")
    stage = models.CharField(max_length=20)
    number = models.PositiveIntegerField()

    privacy = Privacy("assurance", ordinary="cycle stage number")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "stage"], name="assurance_tally_once")]


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
