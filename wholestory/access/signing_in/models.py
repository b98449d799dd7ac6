"""What signing in has to remember.

Read before anybody is known, so outside row-level security, and free of case matter.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Person


class SignInCode(Base):
    """A code sent by e-mail. Only a keyed digest of it is kept; any that has not run out may be used, once."""

    account = models.ForeignKey("access.Account", models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    privacy = Privacy("working", ordinary="account digest expires_at")

    class Meta:
        indexes = [models.Index(fields=["account", "digest"], name="access_signincode_digest")]


class KeptText(Base):
    """What somebody sent after their time had run out: kept sealed for an hour, for the same person to send again.

    ``where`` is the page it was meant for; ``sealed`` holds the typed fields, encrypted with a key that is not in
    the database.
    """

    account = models.ForeignKey("access.Account", models.CASCADE, related_name="kept")
    where = models.CharField(max_length=500)
    sealed = models.TextField()
    expires_at = models.DateTimeField()

    privacy = Privacy("working", case="sealed", ordinary="account where expires_at")


class Recovery(Base):
    """Somebody lost their second factor: the board's team takes it away so that they can set up another.

    Two people of the team, or one who says why nobody else could be asked. ``confirmed_by`` is the second person.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    account = models.ForeignKey("access.Account", models.CASCADE, related_name="recoveries")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField()
    alone_because = models.TextField(blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        "access_record", personal="reason alone_because", ordinary="account asked_by confirmed_by done_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_recovery_by_two_or_with_a_reason",
                condition=Q(done_at=None) | ~Q(alone_because="") | Q(confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="access_recovery_second_is_another",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
            ),
        ]


class PeopleCheck(Base):
    """An agency's account owners are asked whether its people still work there."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="people_checks")
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy("working", ordinary="agency answered_by answered_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "agency"], condition=Q(answered_at=None), name="access_peoplecheck_one_open"
            )
        ]
