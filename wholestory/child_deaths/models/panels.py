"""The panels that review deaths: our own, one for one or more areas, and those elsewhere that we only write to."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Area, Board, Group

#: From this day the new forms were to be used for every case a panel had not yet reviewed, whenever the child died.
FORMS_FROM = date(2019, 4, 1)


class Regime(models.TextChoices):
    """Whose process it is. Separate from which forms are used: a case may have one of 2015 and the other of 2018."""

    BOARD = "WT2015", "The Board’s panel, rapid response (2015)"
    PARTNERS = "CDR2018", "Child death review partners, joint agency response (2018)"


class Panel(Base):
    """A child death overview panel. Configuration, seen by whoever is signed in; it holds nothing about a death.

    ``board`` is the board that hosts it, and is empty for a panel elsewhere that does not use this system: then
    ``email`` and ``telephone`` say how to reach it. ``partners_from_on`` is the day the area went over to child death
    review partners, a day of its own for each panel; ``forms_from_on`` the day it began to use the forms of 2018.
    """

    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=60)
    slug = models.SlugField(unique=True, max_length=60)
    board = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="panels")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="panels")
    areas = models.ManyToManyField(Area, related_name="panels")
    nation = models.CharField(
        max_length=10,
        choices=[("england", "England"), ("wales", "Wales"), ("scotland", "Scotland"), ("ni", "Northern Ireland")],
        default="england",
    )  # fmt: skip
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    partners_from_on = models.DateField(null=True, blank=True)
    forms_from_on = models.DateField(default=FORMS_FROM)
    takes_notifications = models.BooleanField(default=False)
    numbers_verified_on = models.DateField(
        null=True,
        blank=True,
        help_text="When somebody last rang the numbers of the page to see that they are right",
    )
    settings = models.JSONField(default=dict, blank=True)

    privacy = Privacy(
        "configuration",
        ordinary="name short_name slug board group areas nation email telephone partners_from_on forms_from_on"
        " takes_notifications numbers_verified_on settings",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="child_deaths_panel_that_takes_has_a_board",
                condition=Q(takes_notifications=False) | Q(board__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def regime(self, on: date) -> Regime:
        """The process under which a death notified on this day is reviewed."""
        return Regime.PARTNERS if self.partners_from_on and on >= self.partners_from_on else Regime.BOARD


class PanelNumber(Base):
    """A telephone number the public page names first: whom to ring now."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="numbers")
    place = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(max_length=80)
    number = models.CharField(max_length=40)
    when = models.CharField(max_length=120, blank=True, help_text="For example: day and night")

    privacy = Privacy("configuration", ordinary="panel place label number when")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panel", "place"], name="child_deaths_number_in_place")
        ]
        ordering = ["place"]
