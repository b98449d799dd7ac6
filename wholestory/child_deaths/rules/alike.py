"""What two deaths may have in common that is worth a look, and what everybody's death has in common with others.

Our own choice, for a board to change: a prompt that comes every week is read by nobody.
"""

from __future__ import annotations

from wholestory.child_deaths.rules.grounds import ours
from wholestory.child_deaths.rules.matching.folding import folded

SUBJECTS: dict[str, str] = {
    "place": "Place of death",
    "event": "Place of what led to death",
    "school": "School, nursery or college",
    "cause": "Suspected cause",
    "method": "Method",
    "product": "Product",
    "agent": "Substance",
}
GROUND = ours("alike", "Two deaths or more within twelve months with the same words for one of these.")
_LEAST = 4
#: Where many die, or nobody said where.
_EVERYWHERE = (
    "hospital", "infirmary", "emergency department", "ward", "unit", "hospice", "delivery suite", "intensive care",
    "accident and emergency",
)  # fmt: skip
_NOTHING = frozenset(
    {
        "home", "at home", "family home", "home address", "own home", "not known", "unknown", "none", "n a", "nil",
        "abroad", "other", "public place", "street", "road", "not yet known", "awaiting post mortem", "unascertained",
        "prematurity", "extreme prematurity", "cardiac arrest", "natural causes", "sudden unexpected death",
        "to follow", "awaited", "see above", "no product", "not applicable",
    }
)  # fmt: skip
_SCHOOLS = (
    "school",
    "academy",
    "nursery",
    "college",
    "primary",
    "infants",
    "juniors",
    "pre school",
    "preschool",
)


def same(words: str) -> str:
    """The words as they are compared."""
    return " ".join(folded(words).split())


def telling(subject: str, words: str) -> bool:
    """Whether the same words for two deaths would be worth a look."""
    compared = same(words)
    if len(compared) < _LEAST or compared in _NOTHING:
        return False
    return not (subject in ("place", "event") and any(word in compared for word in _EVERYWHERE))


def is_school(organisation: str) -> bool:
    """Whether an organisation that knew the child seems to be a school, nursery or college."""
    compared = same(organisation)
    return any(word in compared for word in _SCHOOLS)
