"""One row for each death, with nothing that names a child: what every figure, chart and table is counted from."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wholestory.child_deaths.models.cases import Expected, FormSet
from wholestory.child_deaths.models.panels import Panel, Regime
from wholestory.child_deaths.rules.ages import AgeBand
from wholestory.child_deaths.rules.code_lists import EthnicGroup
from wholestory.child_deaths.rules.factors import Modifiable
from wholestory.child_deaths.rules.figures import Group, Waits
from wholestory.child_deaths.rules.years import Took
from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Area, Person
from wholestory.records.models import Protected

ANSWERS = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]


class DeathRow(Protected):
    """One death as it is counted. It holds no name, no date of birth or death, no reference and no postcode.

    ``pseudonym`` is a keyed hash of the case: only whoever sees the case itself can work it out again. Years are those
    that begin on 1 April, by their first calendar year. What is not known is empty, which is never counted as nothing.

    A restricted case (``withheld``) has a row so that totals are right, with years, stage, process and lengths of time
    alone: everything that describes the child or the death stays empty and is shown as withheld, never as not known.
    """

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="+")
    pseudonym = models.CharField(max_length=64)
    withheld = models.BooleanField(default=False)
    year_of_death = models.PositiveSmallIntegerField(null=True)
    year_notified = models.PositiveSmallIntegerField(null=True)
    year_reviewed = models.PositiveSmallIntegerField(null=True)
    month = models.PositiveSmallIntegerField(null=True, help_text="Calendar month of the death, 1 to 12")
    age_band = models.CharField(max_length=14, choices=[(each.value, each.label) for each in AgeBand])
    sex = models.CharField(max_length=14)
    ethnic_group = models.CharField(max_length=12, choices=[(each.value, each.value) for each in EthnicGroup])
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    deprivation = models.PositiveSmallIntegerField(
        null=True, help_text="Quintile of the home, 1 is the most deprived"
    )
    place_kind = models.CharField(max_length=40, blank=True)
    expected = models.CharField(max_length=12, choices=Expected)
    response = models.CharField(
        max_length=10, choices=ANSWERS, help_text="Whether a first response was opened"
    )
    category = models.PositiveSmallIntegerField(null=True)
    modifiable = models.CharField(
        max_length=24, blank=True, choices=[(each.value, each.label) for each in Modifiable]
    )
    factors = ArrayField(
        models.CharField(max_length=60), default=list, help_text="Factors that contributed, heading:code"
    )
    days_to_review = models.PositiveIntegerField(null=True)
    took = models.CharField(max_length=14, choices=[(each.value, each.label) for each in Took])
    days_to_meeting = models.PositiveIntegerField(null=True)
    group = models.CharField(max_length=12, choices=[(each.value, each.label) for each in Group])
    waits_for = models.CharField(
        max_length=16, blank=True, choices=[(each.value, each.label) for each in Waits]
    )
    waits_since_on = models.DateField(null=True)
    regime = models.CharField(max_length=10, choices=Regime)
    form_set = models.CharField(max_length=6, choices=FormSet)
    brought_in = models.BooleanField(default=False)
    has_nhs_number = models.BooleanField(null=True)
    has_ethnicity = models.BooleanField(null=True)
    has_postcode = models.BooleanField(null=True)
    has_sex = models.BooleanField(null=True)
    has_gestation = models.BooleanField(null=True, help_text="Empty for children of a year and over")
    has_birthweight = models.BooleanField(null=True, help_text="Empty for children of a year and over")
    notified_in_time = models.BooleanField(null=True)
    hours_to_notified = models.PositiveIntegerField(null=True)
    final_in_time = models.BooleanField(null=True, help_text="Final within 14 days of the panel")

    privacy = Privacy(
        "child_deaths",
        case="month age_band sex ethnic_group area deprivation place_kind expected response category modifiable"
        " factors",
        ordinary="panel pseudonym withheld year_of_death year_notified year_reviewed days_to_review took"
        " days_to_meeting group waits_for waits_since_on regime form_set brought_in has_nhs_number has_ethnicity"
        " has_postcode has_sex has_gestation has_birthweight notified_in_time hours_to_notified final_in_time",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "pseudonym"], name="child_deaths_one_row_for_each"),
            models.CheckConstraint(
                name="child_deaths_row_that_is_withheld_describes_nobody",
                condition=Q(withheld=False)
                | Q(
                    month__isnull=True, sex="", ethnic_group="", area__isnull=True, deprivation__isnull=True,
                    place_kind="", category__isnull=True, factors=[],
                ),
            ),
        ]  # fmt: skip


class Benchmark(Base):
    """A published or given figure to compare with, under the release it came in. Never changed: a later release stands
    beside it, so that what a report was compared with can still be said.

    Without ``area`` it is of England. ``period`` is a year as ``2015-16``; ``breakdown`` is empty for the whole, else
    what part it is of (an age band, a group). Populations and births of areas are kept in the same way, as the
    measures ``children`` and ``births``; ``east`` and ``north`` are an area's middle, in kilometres.
    """

    measure = models.CharField(max_length=40)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    period = models.CharField(max_length=10)
    breakdown = models.CharField(max_length=60, blank=True)
    release = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=14, decimal_places=4)
    unit = models.CharField(max_length=60)
    source = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    invented = models.BooleanField(default=False)
    loaded_on = models.DateField(null=True, blank=True)
    loaded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    privacy = Privacy(
        "configuration",
        ordinary="measure area period breakdown release value unit source note invented loaded_on loaded_by",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "area", "period", "breakdown", "release"], nulls_distinct=False,
                name="child_deaths_figure_once_in_a_release",
            )
        ]  # fmt: skip
        ordering = ["measure", "period", "breakdown", "created_at"]

    def __str__(self) -> str:
        return f"{self.measure}, {self.period}, {self.release}"
