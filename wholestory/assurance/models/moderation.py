"""The second score beside the agency’s own, and what stands beside it."""

from __future__ import annotations

from django.db import models

from wholestory.assurance.models.returns import Return
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Person
from wholestory.records.models import Protected


class Judgement(Protected):
    """The moderated score of one item, beside the agency's own. Both are kept. The row without an item holds what
    the board says about the return as a whole.

    Until release the row is in the moderators' circle; release moves it to the return's, where the agency reads it.
    """

    return_of = models.ForeignKey(Return, models.PROTECT, related_name="judgements")
    item = models.CharField(max_length=60, blank=True)
    self_score = models.CharField(max_length=12, blank=True)
    score = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()

    privacy = Privacy("assurance", case="self_score score reason", ordinary="return_of item by on")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["return_of", "item"], name="assurance_judgement_once")]
