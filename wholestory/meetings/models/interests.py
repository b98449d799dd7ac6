"""Interests: the standing register, and what members declare about items before their papers open."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.meetings.models.meetings import Item
from wholestory.partners.models import Group, Person
from wholestory.records.models import Protected


class InterestKind(models.TextChoices):
    EMPLOYER = "employer", "An employer"
    BOARD = "board", "Another board or a chair’s office"
    SCHOOL = "school", "Governor of a school"
    CHARITY = "charity", "A charity"
    FAMILY = "family", "Family or a close friend"
    PAID_REVIEW = "paid_review", "Paid work on reviews"
    OTHER = "other", "Something else"


class Interest(Protected):
    """One line of a member's standing register, told to one group and seen there."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="interests")
    group = models.ForeignKey(Group, models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=12, choices=InterestKind)
    words = models.CharField(max_length=300)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    declared_on = models.DateField()
    declared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy(
        "governance", personal="words", ordinary="person group kind starts_on ends_on declared_on declared_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_interest_ends_after_start",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.words


class Effect(models.TextChoices):
    """What an interest in an item means. A member may be stricter with themselves than asked, never laxer later."""

    NOTED = "noted", "It is noted; I take part"
    NO_VOTE = "no_vote", "I stay, and do not vote"
    LEAVE = "leave", "I leave the room for this item"
    WITHHELD = "withheld", "I should not see its papers either"


class Declaration(Protected):
    """What a member said about one item, or what the chair or secretary made of it. Never edited: the latest counts.

    In the item's circle, so that somebody kept out of it sees neither the item nor this.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="declarations")
    has_interest = models.BooleanField()
    effect = models.CharField(max_length=10, choices=Effect, blank=True)
    words = models.CharField(max_length=500, blank=True, help_text="What the interest is")
    reason = models.CharField(
        max_length=500, blank=True, help_text="Why somebody else changed what follows from it"
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    privacy = Privacy(
        "governance", personal="words", case="reason", ordinary="item person has_interest effect by at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_declaration_interest_has_effect",
                condition=(Q(has_interest=True) & ~Q(effect="")) | Q(has_interest=False, effect=""),
            )
        ]
        indexes = [models.Index(fields=["item", "person", "at"], name="meetings_declaration_latest")]
