"""What is kept of a token: its digest, never the token itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Person, Seat

LONGEST = timedelta(days=366)


class Scope(models.TextChoices):
    """What a token may be used for. Its agency's seat decides which records; the scope, what is done with them."""

    RETURNS_READ = "returns:read", "Read self-audit returns"
    RETURNS_WRITE = "returns:write", "Save draft answers (never sign them off)"
    ACTIONS_READ = "actions:read", "Read actions"
    ACTIONS_WRITE = "actions:write", "Add updates to actions"
    DEATHS_NOTIFY = "deaths:notify", "Tell a panel of the death of a child (sends, and reads nothing back)"


class Token(Base):
    """One agency's key to the API of one board, for a service that acts under a name and a seat of its own.

    Kept outside row-level security, like accounts: it is looked up before anybody is known.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", help_text="The service that acts")
    seat = models.OneToOneField(Seat, models.PROTECT, related_name="+")
    used_by = models.CharField(max_length=80, help_text="Which system uses it")
    scopes = models.CharField(max_length=100, help_text="Separated by spaces")
    digest = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4, help_text="Its last characters, to tell it from another")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy(
        "account",
        ordinary="agency person seat used_by scopes digest ending made_by expires_at last_used_at revoked_at"
        " revoked_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "agency"],
                condition=Q(revoked_at__isnull=True),
                name="access_token_one_at_a_time",
            ),
            models.CheckConstraint(
                name="access_token_lasts_a_year_at_most",
                condition=Q(expires_at__gt=F("created_at"), expires_at__lte=F("created_at") + LONGEST),
            ),
            models.CheckConstraint(
                name="access_token_revoked_whole",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Token of {self.agency} ending {self.ending}"

    def allows(self, scope: Scope) -> bool:
        """Whether it was made for this."""
        return scope.value in self.scopes.split()

    def is_over(self, now: datetime) -> bool:
        """Whether its time has passed."""
        return now >= self.expires_at
