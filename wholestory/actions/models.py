"""What an agency promised: who does it, by when, what shows that it was done, and whether it helped."""

from __future__ import annotations

from django.db import models

from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Person
from wholestory.records.models import Protected, Record


class ActionState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    OPEN = "open", "Open"
    SAID_DONE = "said_done", "Said to be done"
    CLOSED = "closed", "Closed on evidence"
    DROPPED = "dropped", "Dropped"


class Action(Protected):
    """One promise. The owner says it is done; the board, not the owner, closes it, on evidence.

    ``first_due_on`` never changes. A new date is a revision with its reason, so that no breach is hidden.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="action")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="actions")
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="actions_owned")
    owner_title = models.CharField(
        max_length=120, blank=True, help_text="The post that owns it, when no person is named yet"
    )
    first_due_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=ActionState, default=ActionState.OPEN)
    opened_on = models.DateField()
    said_done_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    effect = models.TextField(blank=True, help_text="What changed for children, and how we know")
    measure = models.TextField(
        blank=True, help_text="What will show that it worked: which figure, audit or question"
    )
    brought_in_from = models.CharField(
        max_length=150, blank=True, help_text="The file of an earlier time it was brought in from"
    )
    check_on = models.DateField(null=True, blank=True, help_text="When somebody looks whether it worked")
    measure_code = models.SlugField(
        max_length=40, blank=True, help_text="Code of the measure it is meant to move"
    )
    working_from = models.DateField(
        null=True, blank=True, help_text="The day from which children could notice the change"
    )
    kept_by = models.SlugField(
        max_length=40, default="actions", help_text="The office that keeps its story and what it answers"
    )

    privacy = Privacy(
        "assurance",
        case="title detail effect measure brought_in_from",
        personal="owner_title",
        ordinary="agency owner first_due_on due_on state opened_on said_done_on closed_on closed_by check_on"
        " measure_code working_from kept_by",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="actions_closed_is_dated_and_signed",
                condition=models.Q(state="closed", closed_on__isnull=False, closed_by__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_on__isnull=True, closed_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="actions_has_an_owner",
                condition=models.Q(owner__isnull=False) | ~models.Q(owner_title=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Source(Protected):
    """What the action answers: an item of a return, a finding. One action may answer several."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="sources")
    record = models.ForeignKey(Record, models.PROTECT, related_name="answered_by")
    item = models.CharField(max_length=60, help_text="The key of the item within the record")
    item_title = models.CharField(max_length=300)
    standard = models.CharField(max_length=60, blank=True)
    score_before = models.CharField(max_length=12, blank=True)

    privacy = Privacy("assurance", case="score_before", ordinary="action item item_title standard")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "action", "record", "item"], name="actions_source_once")
        ]


class StepKind(models.TextChoices):
    OPENED = "opened", "Promised"
    UPDATED = "updated", "Update"
    EVIDENCE = "evidence", "Evidence"
    REDATED = "redated", "New date"
    SAID_DONE = "said_done", "Said to be done"
    CLOSED = "closed", "Closed by the board"
    SENT_BACK = "sent_back", "Not closed: more is needed"
    DROPPED = "dropped", "Dropped"
    EFFECT = "effect", "What changed"
    MEASURE = "measure", "How it will be measured"
    CHECKED = "checked", "Checked whether it worked"


class Step(Protected):
    """One thing that happened to an action. Never edited: the story is read from these."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind)
    words = models.TextField(blank=True)
    link = models.URLField(blank=True)
    file_reference = models.CharField(max_length=20, blank=True)
    from_due_on = models.DateField(null=True, blank=True)
    to_due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy(
        "assurance", case="words link", ordinary="action kind file_reference from_due_on to_due_on by on"
    )


class Verdict(models.TextChoices):
    """What somebody found who looked whether an action worked. "Cannot tell" is a finding, and not "no"."""

    BETTER = "better", "It is better"
    SAME = "same", "No difference"
    WORSE = "worse", "It is worse"
    CANNOT_TELL = "cannot_tell", "It cannot be told yet"


class Check(Protected):
    """Somebody looked whether an action worked. Seen where the action itself is: the board reads what came of a promise
    it was shown. How it was found out stays in the action's steps."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="checks")
    verdict = models.CharField(max_length=12, choices=Verdict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy("assurance", ordinary="action verdict by on")
