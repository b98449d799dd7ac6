"""One return for many boards: what the boards that ask together have agreed."""

from __future__ import annotations

from django.db import models

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Board, Person


class JointRound(Base):
    """The questions several boards ask once. Each board has its own cycle, addendum, moderation, notes and actions;
    an agency that answers to several of them answers the shared questions in the lead board's return only.

    It holds no answers and names no agency: an agreement between boards, like a joint group in the directory.
    """

    title = models.CharField(max_length=160)
    framework = models.CharField(max_length=60)
    framework_version = models.PositiveSmallIntegerField()
    lead = models.ForeignKey(Board, models.PROTECT, related_name="rounds_led")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_on = models.DateField()

    privacy = Privacy("configuration", ordinary="title framework framework_version lead made_by made_on")

    def __str__(self) -> str:
        return self.title


class JointBoard(Base):
    """A board invited to a joint round, and whether it has joined. ``due_on`` is its own date; the earliest counts."""

    round = models.ForeignKey(JointRound, models.PROTECT, related_name="boards")
    board = models.ForeignKey(Board, models.PROTECT, related_name="joint_rounds")
    due_on = models.DateField(null=True, blank=True)
    joined_on = models.DateField(null=True, blank=True)

    privacy = Privacy("configuration", ordinary="round board due_on joined_on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "board"], name="assurance_jointboard_once")]
