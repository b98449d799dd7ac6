"""Whether two accounts of a child's death are of one child: pure, scored, with its reasons.

Several professionals tell of one death, each with a different spelling, a date a day out, the mother's NHS number or
no name at all; twins share nearly everything. So nothing here joins anybody: ``best`` ranks what a person should look
at, each with plain sentences for and against, and the person decides.

``keys`` gives the exact keys by which an index fetches candidates; ``score`` compares two accounts. Measured on the
two thousand made-up records in ``tests/child_deaths/linkage``.
"""

from wholestory.child_deaths.rules.matching.identity import Identity, OtherName, PartDate
from wholestory.child_deaths.rules.matching.keys import keys
from wholestory.child_deaths.rules.matching.scoring import best, score
from wholestory.child_deaths.rules.matching.verdicts import Match, Reason, Relation, Verdict

__all__ = [
    "Identity",
    "Match",
    "OtherName",
    "PartDate",
    "Reason",
    "Relation",
    "Verdict",
    "best",
    "keys",
    "score",
]
