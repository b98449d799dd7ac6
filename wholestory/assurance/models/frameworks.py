"""A board's own audit tools: drafts its team works on, and versions that were published and never change."""

from __future__ import annotations

from django.db import models

from wholestory.kernel.models import Base
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Board, Person
from wholestory.records.models import Protected


class FrameworkDraft(Protected):
    """An audit tool in the making. ``definition`` may still have faults; only the board's team sees it."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="framework_drafts")
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=160)
    definition = models.JSONField(default=dict)
    came_from = models.CharField(max_length=200, blank=True, help_text="A pasted list, or the file's name")
    builds_on = models.CharField(
        max_length=60, blank=True, help_text="KEY.VERSION of the framework this is the next version of"
    )
    mapping = models.JSONField(default=list, help_text="What became of each item of the earlier version")
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)
    discarded_on = models.DateField(null=True, blank=True)

    privacy = Privacy(
        "assurance",
        ordinary="board key title definition came_from builds_on mapping started_by started_on published_on"
        " discarded_on",
    )


class FrameworkVersion(Base):
    """A published audit tool of one board: questions and no answers, like a published form. Never changed; a new
    wording is a new version, with a mapping of what became of each item (same, reworded, split, merged, new, dropped).
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="frameworks")
    key = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    definition = models.JSONField()
    seal = models.CharField(max_length=64)
    builds_on = models.CharField(max_length=60, blank=True)
    mapping = models.JSONField(default=list)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True, help_text="No longer offered; old cycles keep it")

    privacy = Privacy(
        "configuration",
        ordinary="board key version title definition seal builds_on mapping published_by published_on withdrawn_on",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="assurance_frameworkversion_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.version})"
