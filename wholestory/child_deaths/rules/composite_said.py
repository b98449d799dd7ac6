"""What one source says in the composite, in words, and a digest of what all of them say."""

from __future__ import annotations

import hashlib
import json

from wholestory.child_deaths.rules.composite import Composite

NOT_THERE = ""


def basis_of(composite: Composite) -> str:
    """A digest of everything that was said, so that what comes or changes later shows. A blank says nothing."""
    said = [
        sorted([each.value, sorted(each.sources)] for each in composite.versions),
        *(
            sorted(held)
            for held in (composite.not_known_by, composite.declined_by, composite.not_applicable_by)
        ),
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def cell(composite: Composite, source: str) -> str:
    """What one source says: its words, or which kind of nothing; empty for a question it was not asked."""
    said = [version.words for version in composite.versions if source in version.sources]
    if said:
        return "; ".join(said)
    for held, words in (
        (composite.not_known_by, "Not known"),
        (composite.declined_by, "Declined to say"),
        (composite.not_applicable_by, "Not applicable"),
        (composite.blank_from, "Left blank"),
    ):
        if source in held:
            return words
    return NOT_THERE
