"""Which agency is asked for which measure, and the rounds in which they are asked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Protected, Record


class Asked(Protected):
    """One agency is asked for one measure, from and to. It stands in the agency's own circle for figures.

    ``not_held`` says the agency answered once that it does not hold this; it is then not asked again until the board
    says so. ``steward`` is the post that answers for the figure.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="asked_for")
    measure = models.SlugField(max_length=40, help_text="Code of the measure in the catalogue")
    breakdowns = models.JSONField(default=list, help_text="Which parts are asked for beside the total")
    steward = models.CharField(max_length=120, blank=True, help_text="The post that answers for it")
    from_on = models.DateField(help_text="First day of the first period asked for")
    to_on = models.DateField(null=True, blank=True, help_text="Last day of the last period asked for")
    not_held = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    privacy = Privacy(
        "governance", personal="steward", ordinary="agency measure breakdowns from_on to_on not_held by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "agency", "measure"], condition=Q(to_on__isnull=True),
                name="indicators_asked_once",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["board", "agency"], name="indicators_asked_of")]

    def __str__(self) -> str:
        return f"{self.measure}: {self.agency}"


class Collection(Protected):
    """One round: every agency is asked for what it owes for one period. Seen by the board's team and chair; an agency
    sees its own return, which carries the dates itself."""

    record = models.OneToOneField(Record, models.PROTECT, related_name="figures_collection")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    label = models.CharField(max_length=60, help_text="For example 2015-16 quarter 3")
    period_start = models.DateField()
    period_end = models.DateField()
    due_on = models.DateField()
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    record_kind = "indicators.collection"
    privacy = Privacy(
        "governance", ordinary="label period_start period_end due_on opened_by opened_on closed_on"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "period_start", "period_end"], name="indicators_collection_once"
            )
        ]
        ordering = ["-period_end"]

    def __str__(self) -> str:
        return self.label
