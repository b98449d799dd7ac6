"""Word and Excel copies of a form that were loaded back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wholestory.kernel.privacy import Privacy
from wholestory.paperwork.models.answers import AnswerSet
from wholestory.partners.models import Person
from wholestory.records.models import Protected


class LoadState(models.TextChoices):
    """How far a loaded copy is."""

    CHECKED = "checked", "Checked, nothing changed yet"
    APPLIED = "applied", "Loaded"
    UNDONE = "undone", "Taken back"


class CopyLoad(Protected):
    """A filled Word or Excel copy that somebody loaded: where the file is kept, what it said, and what became of it.

    ``proposal`` holds the cells as they were read and, once applied, what each changed answer was before, so that the
    load can be taken back as one. ``on_behalf`` is a load by the board's team for an agency that only sends files.
    """

    answer_set = models.ForeignKey(AnswerSet, models.PROTECT, related_name="copy_loads")
    file_reference = models.CharField(max_length=20, help_text="Of the kept file")
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    loaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()
    on_behalf = models.BooleanField(default=False)
    sign_off_reference = models.CharField(
        max_length=20, blank=True, help_text="Of the kept e-mail or signed page"
    )
    state = models.CharField(max_length=10, choices=LoadState, default=LoadState.CHECKED)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True, help_text="How many cells of each kind")
    proposal = models.JSONField(default=dict, blank=True)

    privacy = Privacy(
        "assurance",
        case="file_name proposal",
        ordinary="answer_set file_reference sha256 loaded_by loaded_at on_behalf sign_off_reference state applied_at"
        " undone_by undone_at counts",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paperwork_copyload_signed_for",
                condition=Q(on_behalf=False) | ~Q(sign_off_reference=""),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["answer_set", "loaded_at"], name="paperwork_copyload_set")]
