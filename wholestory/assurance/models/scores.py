"""Scores of one return as they stood when they were last sealed: what result pages count, so that no page reads
thousands of answers."""

from __future__ import annotations

from django.db import models

from wholestory.assurance.models.cycles import Cycle
from wholestory.assurance.models.returns import Return
from wholestory.kernel.privacy import Privacy
from wholestory.partners.models import Agency
from wholestory.records.models import Protected


class Whose(models.TextChoices):
    """Whose scores a sheet holds."""

    AGENCY = "agency", "The agency's own scores"
    MODERATED = "moderated", "Moderated scores"


class ScoreSheet(Protected):
    """All item scores of one return. The agency's own sheet is in the return's circle; the moderated one is in the
    moderators' until the result is released, and in the return's from then on.

    ``items`` maps an item's key to ``[state, score, moderated score]``; ``standards`` maps a standard's key to what
    the rules made of it. Both can be worked out again from the answers and judgements at any time.
    """

    return_of = models.ForeignKey(Return, models.PROTECT, related_name="score_sheets")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    whose = models.CharField(max_length=10, choices=Whose)
    rests_on = models.CharField(max_length=64, help_text="Hash of what was read to work it out")
    items = models.JSONField(default=dict)
    standards = models.JSONField(default=dict)

    privacy = Privacy("assurance", case="items standards", ordinary="return_of cycle agency whose rests_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["return_of", "whose"], name="assurance_scoresheet_once")
        ]
        indexes = [models.Index(fields=["cycle", "whose"], name="assurance_scoresheet_cycle")]


class ForWhom(models.TextChoices):
    """Who reads a cycle's stored figures."""

    TEAM = "team", "The board's team and the chair"
    BOARD = "board", "The whole board, after release"


class CycleFigures(Protected):
    """A cycle's figures added up: for the board when results are released to it, so that its members never read an
    agency's row; and for the team, so that a trend need not add up four cycles each time it is looked at.

    ``rests_on`` is the mark of the score sheets that were added up: whoever sees other sheets than these adds up anew.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="figures")
    for_whom = models.CharField(max_length=5, choices=ForWhom)
    figures = models.JSONField(default=dict)
    rests_on = models.CharField(max_length=64)
    made_on = models.DateField()

    privacy = Privacy("assurance", case="figures", ordinary="cycle for_whom rests_on made_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "for_whom"], name="assurance_cyclefigures_once")
        ]


class Comparison(Protected):
    """What one agency is shown of the others: how their scores spread, by item, and no name. In its return's circle.

    Written when results are released to the board; small groups are left out before it is written.
    """

    return_of = models.OneToOneField(Return, models.PROTECT, related_name="comparison")
    figures = models.JSONField(default=dict)
    made_on = models.DateField()

    privacy = Privacy("assurance", case="figures", ordinary="return_of made_on")
