"""Published figures to compare with, under the release they came in. They say nothing of any child."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Board, Person


class Release(Base):
    """One published table as it stood on a day. A later release stands beside it, so that an older report still shows
    what the board saw then."""

    board = models.ForeignKey(
        Board, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Who loaded it for itself; empty for what comes with Wholestory, which every board compares with",
    )  # fmt: skip
    table = models.SlugField(max_length=60)
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    shipped = models.BooleanField(default=False)
    invented = models.BooleanField(default=False)
    loaded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    loaded_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        "configuration",
        ordinary="table name source licence published_on sha256 shipped invented loaded_by loaded_on withdrawn_on",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["board", "sha256"], nulls_distinct=False, name="indicators_release_once_for_a_board"
            )
        ]
        ordering = ["table", "loaded_on", "created_at"]

    def __str__(self) -> str:
        return self.name


class Benchmark(Base):
    """One published figure. ``period_end`` is the last day of its year; ``area_code`` the ONS code, E92000001 for
    England; ``symbol`` the publisher's own where there is no number."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="figures")
    measure = models.SlugField(max_length=60)
    area_code = models.CharField(max_length=12)
    area_name = models.CharField(max_length=120)
    period_end = models.DateField()
    numerator = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    symbol = models.CharField(max_length=6, blank=True)

    privacy = Privacy(
        "configuration",
        ordinary="release measure area_code area_name period_end numerator denominator value symbol",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "measure", "area_code", "period_end"], name="indicators_benchmark_once"
            )
        ]
        indexes = [
            models.Index(fields=["measure", "area_code", "period_end"], name="indicators_benchmark_of")
        ]


class Neighbours(Base):
    """The areas an area is compared with, under one model of likeness, from and to."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="neighbour_sets")
    area_code = models.CharField(max_length=12)
    model = models.CharField(max_length=20, help_text="The year of the model")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    codes = ArrayField(models.CharField(max_length=12))

    privacy = Privacy("configuration", ordinary="release area_code model valid_from valid_to codes")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "model", "release"], name="indicators_neighbours_once"
            )
        ]
