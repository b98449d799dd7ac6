"""Which messages and cases are of one death: the keys that find them, and what people decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.cases import Case
from wholestory.child_deaths.models.children import Child
from wholestory.child_deaths.models.notifications import Notification
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected

_ONE_OF_TWO = Q(child__isnull=False, notification__isnull=True) | Q(
    child__isnull=True, notification__isnull=False
)


class MatchKey(Protected):
    """One key of ``rules.matching.keys``, as a keyed hash, so that an index finds whoever may be the same child and
    holds no name. Of a child or of a message; seen by exactly those who may see what it was made from.
    """

    child = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="match_keys")
    notification = models.ForeignKey(
        Notification, models.PROTECT, null=True, blank=True, related_name="match_keys"
    )
    key = models.CharField(max_length=32, db_index=True)
    secret = models.CharField(
        max_length=8, default="", db_index=True, help_text="A mark of the secret it was made with"
    )

    privacy = Privacy("child_deaths", case="key", ordinary="child notification secret")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_ONE_OF_TWO, name="child_deaths_key_of_one"),
        ]


class NotTheSame(Protected):
    """Somebody decided that two accounts are not of one death. It counts until it is taken back.

    Each side is a message or a case. Seen by whoever may see the case, or the message where there is no case.
    """

    one_notification = models.ForeignKey(
        Notification, models.PROTECT, null=True, blank=True, related_name="+"
    )
    one_case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    other_notification = models.ForeignKey(
        Notification, models.PROTECT, null=True, blank=True, related_name="+"
    )
    other_case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        "child_deaths",
        case="reason",
        ordinary="one_notification one_case other_notification other_case by at taken_back_by taken_back_at",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="child_deaths_not_the_same_has_two_sides",
                condition=(
                    Q(one_notification__isnull=False, one_case__isnull=True)
                    | Q(one_notification__isnull=True, one_case__isnull=False)
                )
                & (
                    Q(other_notification__isnull=False, other_case__isnull=True)
                    | Q(other_notification__isnull=True, other_case__isnull=False)
                ),
            ),
        ]


class Merge(Protected):
    """One case joined to another, with what stood where before, so that it can be undone exactly.

    Nothing of the joined case moves: its child, messages, requests and papers stay with it, and it points at the case
    it was joined to. ``stage`` is where it stood, ``first_received_at`` when the other case was first told of,
    ``clocks`` the limits that ran for it: a death is reviewed once, so they end here, and run on after parting.
    """

    from_case = models.ForeignKey(Case, models.PROTECT, related_name="merges_away")
    into_case = models.ForeignKey(Case, models.PROTECT, related_name="merges_in")
    stage = models.CharField(max_length=40)
    first_received_at = models.DateTimeField()
    clocks = models.JSONField(default=list, help_text="The clocks of the joined case that ran until then")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_reason = models.TextField(blank=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        "child_deaths",
        case="reason undone_reason",
        ordinary="from_case into_case stage first_received_at clocks by at undone_by undone_at",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_case"], condition=Q(undone_at__isnull=True), name="child_deaths_joined_once"
            ),
            models.CheckConstraint(
                condition=~Q(from_case=models.F("into_case")), name="child_deaths_joined_to_another"
            ),
        ]
