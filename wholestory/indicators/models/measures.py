"""Measures a board added to the catalogue. Those that ship are files, sealed by hash."""

from __future__ import annotations

from django.db import models

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Board, Person


class OwnMeasure(Base):
    """One published version of a measure of the board's own. Never changed: a new version stands beside it. It says
    what is counted and holds no figure, so it is not closed."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="own_measures")
    code = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    because = models.CharField(max_length=300, blank=True, help_text="Why there is a new version")
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_on = models.DateField()

    privacy = Privacy(
        "configuration", ordinary="code version definition sha256 because published_by published_on"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "code", "version"], name="indicators_own_measure_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}, version {self.version}"
