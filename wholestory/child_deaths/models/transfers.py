"""A case on its way to another panel: sent, and accepted, refused or disputed before anything leaves our hands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.cases import Case
from wholestory.child_deaths.models.panels import Panel
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected, Record


class TransferState(models.TextChoices):
    SENT = "sent", "Sent; waits for an answer"
    ACCEPTED = "accepted", "Accepted"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Taken back"


class Transfer(Protected):
    """One try to hand a case over. The row is seen by the sender (its circle) and, where the other panel uses this
    system, by the other panel's office. ``parts`` is what was handed over, as it was then.
    """

    record = models.OneToOneField(Record, models.PROTECT, related_name="death_transfer")
    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    from_panel = models.ForeignKey(Panel, models.PROTECT, related_name="transfers_out")
    to_panel = models.ForeignKey(Panel, models.PROTECT, related_name="transfers_in")
    state = models.CharField(max_length=10, choices=TransferState, default=TransferState.SENT)
    parts = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    chase_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=160, blank=True)
    answer = models.TextField(blank=True)
    their_case = models.CharField(max_length=40, blank=True, help_text="The reference they gave it")
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    token_until = models.DateTimeField(null=True, blank=True)

    record_kind = "child_deaths.transfer"
    privacy = Privacy(
        "child_deaths", personal="answered_by", case="parts words answer",
        ordinary="case from_panel to_panel state sent_at sent_by chase_on answered_at their_case token_hash"
        " token_until",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="sent"), name="child_deaths_one_transfer_at_a_time"
            )
        ]


class TransferReply(Protected):
    """What a panel without this system answered through its link. Never changed; the coordinator settles it."""

    transfer = models.OneToOneField(Transfer, models.PROTECT, related_name="reply")
    accepted = models.BooleanField()
    answered_by = models.CharField(max_length=160)
    their_reference = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField()

    privacy = Privacy(
        "child_deaths",
        personal="answered_by",
        case="words",
        ordinary="transfer accepted their_reference answered_at",
    )
