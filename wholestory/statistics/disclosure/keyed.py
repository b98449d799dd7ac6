"""Random rounding by a key: whoever asks again, or by another way, gets the same number, and no difference of two
numbers tells of one child.

A count becomes the multiple of the base below or above it, above with the chance that makes the expected value right
(unbiased random rounding: Fellegi, Canadian Journal of Statistics 3, 1975). The chance is drawn from the key of the
very rows that were counted (the cell key method: Fraser and Wooton, UNECE work session on confidentiality, 2005), so
that the same rows give the same number wherever they are counted, and asking often tells nothing more.
"""

from __future__ import annotations

import hashlib

from wholestory.statistics.values import CannotBeCounted

BASE = 5
_SIZE = 2**64


def rounded(count: int, key: int, base: int = BASE) -> int:
    """A count as it is told: a multiple of ``base``, less than ``base`` away. ``key`` is the sum of the secret keys of
    the rows counted. A multiple stays as it is. Raises CannotBeCounted for a count below 0."""
    if count < 0 or base < 2:
        raise CannotBeCounted("A count is 0 or more, and is rounded to a multiple of 2 or more.")
    over = count % base
    if not over:
        return count
    drawn = hashlib.sha256(str(key % _SIZE).encode()).digest()
    chance = int.from_bytes(drawn[:8], "big") / _SIZE
    return count - over + (base if chance < over / base else 0)
