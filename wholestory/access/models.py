"""Accounts, and who is in which circle and office, from when to when."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from wholestory.access.signing_in.models import KeptText, PeopleCheck, Recovery, SignInCode
from wholestory.access.tokens.models import Token
from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Board, Person, Seat
from wholestory.records.models import Circle, Office, Protected, Record

__all__ = [
    "Account", "AccountManager", "EmergencyAccess", "Grant", "KeptText", "Membership", "PeopleCheck",
    "Recovery", "Refusal", "RefusalReason", "SignInCode", "Token",
]  # fmt: skip


class AccountManager(BaseUserManager["Account"]):
    def get_queryset(self) -> models.QuerySet[Account]:
        """Accounts with their people: whoever reads one wants to know whose it is, at every request first of all."""
        return super().get_queryset().select_related("person")

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Account:
        """An account for a person already in the directory; without a password they sign in by code."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        if password:
            account.set_password(password)
        else:
            account.set_unusable_password()
        account.save()
        return account


class Account(AbstractBaseUser, Base):
    """How a person signs in. Kept outside row-level security, because it is read before anybody is known."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        "account", personal="email password", ordinary="person is_active invited_at closed_at last_login"
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.email


class Membership(models.Model):
    """One person in one circle or office for some days; written only by ``access.derive``.

    ``because`` is a coded reason (``seat.quality_officer``, ``grant.moderator``, ``refusal.conflict``).
    ``refused`` rows win over every other row for the same circle.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    circle = models.ForeignKey(Circle, models.CASCADE, null=True, related_name="memberships")
    office = models.ForeignKey(Office, models.CASCADE, null=True, related_name="memberships")
    because = models.CharField(max_length=60)
    refused = models.BooleanField(default=False)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    one_at_a_time = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    expires_at = models.DateTimeField(null=True)

    privacy = Privacy(
        "configuration", ordinary="id person because refused seat one_at_a_time starts_on ends_on expires_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="access_membership_one_door",
                condition=Q(circle__isnull=False, office__isnull=True)
                | Q(circle__isnull=True, office__isnull=False),
            )
        ]
        indexes = [
            models.Index(fields=["person", "board"], name="access_membership_person"),
            models.Index(fields=["circle"], name="access_membership_circle"),
        ]


class Grant(Protected):
    """Somebody let into a circle for a stated purpose, until a stated moment.

    The row itself is seen by the circle it opens and by the office that gave it.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.SlugField(max_length=40, help_text="What they are let in as, for example moderator")
    purpose = models.CharField(max_length=60, help_text="A coded purpose")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        "access_record", ordinary="person role purpose starts_on ends_on expires_at given_by withdrawn_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "person", "role"],
                condition=Q(withdrawn_at__isnull=True),
                name="access_grant_once",
            )
        ]


class RefusalReason(models.TextChoices):
    CONFLICT = "conflict", "Conflict of interest"
    SUBJECT = "subject", "Subject of this record"
    WITHDRAWN = "withdrawn", "Access withdrawn by the board"


class Refusal(Protected):
    """Somebody kept out of a circle whatever else lets them in. The refused person does not see the row."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="refusals")
    reason = models.CharField(max_length=20, choices=RefusalReason)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy("access_record", ordinary="person reason starts_on ends_on given_by lifted_at")


class EmergencyAccess(Protected):
    """Access taken in an emergency: the reason as told, until when, and how it was reviewed afterwards."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="emergencies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="emergencies")
    reason = models.TextField()
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=20, blank=True, choices=[("justified", "Justified"), ("not_justified", "Not justified")]
    )
    review_note = models.TextField(blank=True)

    privacy = Privacy(
        "access_record",
        case="reason review_note",
        ordinary="person started_at expires_at ended_at reviewed_by reviewed_at outcome",
    )
