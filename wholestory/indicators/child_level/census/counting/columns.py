"""What the figures need of each record, as columns of numbers: some forty bytes a record, and no name or id in them.

A day is its ordinal, 0 when there is none. A code is its place in its list, 0 when it is missing or in no list. The
child is a number made from the id with a key that is thrown away when the run ends. `spoilt` says which fields fail an
error rule, of the record itself and of the episode and child it belongs to.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from typing import Any

from wholestory.indicators.child_level.census.records import Child, Episode
from wholestory.indicators.child_level.census.versions import codes

SEXES = ("", "M", "F", "U")
CATEGORIES = ("", *codes()["CategoryOfAbuse"])
SOURCES = ("", *codes()["ReferralSource"])
NEEDS = ("", *codes()["PrimaryNeedCode"])
REASONS = ("", *codes()["ReasonForClosure"])
FACTORS = tuple(codes()["AssessmentFactors"])
GROUPS = ("", "White", "Mixed", "Asian", "Black", "Other", "Not known")
_GROUP_OF = {
    "W": 1, "M": 2, "A": 3, "B": 4,
    "CHNE": 5, "OOTH": 5, "REFU": 6, "NOBT": 6,
}  # fmt: skip
_PLACES = {
    name: {code: place for place, code in enumerate(listed) if code}
    for name, listed in {
        "sex": SEXES, "category": CATEGORIES, "source": SOURCES, "need": NEEDS, "reason": REASONS,
    }.items()
}  # fmt: skip
ETHNIC_GROUP = {
    code: _GROUP_OF.get(code, _GROUP_OF.get(code[0], 0)) for code in codes()["Ethnicity"]
}  # fmt: skip
FACTOR_BIT = {code: 1 << place for place, code in enumerate(FACTORS)}
YES, NO, UNKNOWN = 1, 0, -1

_TABLES: dict[str, dict[str, str]] = {
    "child": {"key": "q", "born": "i", "sex": "B", "ethnic": "B", "disabled": "b", "spoilt": "q"},
    "episode": {
        "child": "i", "referred": "i", "closed": "i", "source": "B", "need": "B", "reason": "B", "nfa": "b",
        "conference": "i", "spoilt": "q",
    },
    "assessment": {
        "child": "i", "episode": "i", "started": "i", "authorised": "i", "factors": "q", "finished": "b", "spoilt": "q",
    },
    "enquiry": {
        "child": "i", "episode": "i", "started": "i", "conference": "i", "no_conference": "b", "spoilt": "q",
    },
    "in_need_plan": {"child": "i", "started": "i", "ended": "i", "spoilt": "q"},
    "protection": {
        "child": "i", "started": "i", "ended": "i", "first_category": "B", "latest_category": "B", "previous": "h",
        "spoilt": "q",
    },
    "review": {"protection": "i", "day": "i"},
}  # fmt: skip


class Columns:
    """Grows by a child at a time; `tables` gives each table's columns."""

    def __init__(self, key: Callable[[str], int]) -> None:
        self._key = key
        self.tables: dict[str, dict[str, array[Any]]] = {
            table: {name: array(kind) for name, kind in columns.items()} for table, columns in _TABLES.items()
        }
        self._add = {
            table: [column.append for column in columns.values()] for table, columns in self.tables.items()
        }
        self.children = 0

    def forget(self, table: str) -> None:
        """Give back a table that has been taken over elsewhere."""
        del self.tables[table], self._add[table]

    def _put(self, table: str, *values: int) -> None:
        for append, value in zip(self._add[table], values, strict=True):
            append(value)

    def take_in(self, child: Child) -> None:
        """One child after the rules have marked what is spoilt."""
        number = self.children
        self.children += 1
        # Without an id each record is a child of its own, and left out wherever children are told apart.
        key = self._key(child.key) if child.key is not None else -1 - number
        self._put(
            "child",
            key,
            child.born or 0,
            _PLACES["sex"].get(child.sex or "", 0),
            ETHNIC_GROUP.get(child.ethnicity or "", 0),
            _disabled(child),
            child.spoilt,
        )
        for episode in child.episodes:
            self._episode(number, child, episode)

    def _episode(self, number: int, child: Child, one: Episode) -> None:
        spoilt = child.spoilt | one.spoilt
        place = len(self.tables["episode"]["child"])
        self._put(
            "episode", number, one.referred or 0, one.closed or 0,
            _PLACES["source"].get(one.source or "", 0), _PLACES["need"].get(one.need or "", 0),
            _PLACES["reason"].get(one.reason or "", 0), _answer(one.nfa), one.conference or 0, spoilt,
        )  # fmt: skip
        for assessment in one.assessments:
            bits = 0
            for factor in assessment.factors:
                bits |= FACTOR_BIT.get(factor, 0)
            self._put(
                "assessment", number, place, assessment.started or 0, assessment.authorised or 0, bits,
                "AssessmentAuthorisationDate" in assessment.sent, spoilt | assessment.spoilt,
            )  # fmt: skip
        for enquiry in one.enquiries:
            self._put(
                "enquiry", number, place, enquiry.started or 0, enquiry.conference or 0,
                _answer(enquiry.no_conference), spoilt | enquiry.spoilt,
            )  # fmt: skip
        for plan in one.plans:
            self._put("in_need_plan", number, plan.started or 0, plan.ended or 0, spoilt | plan.spoilt)
        for protected in one.protection:
            at = len(self.tables["protection"]["child"])
            self._put(
                "protection", number, protected.started or 0, protected.ended or 0,
                _PLACES["category"].get(protected.first_category or "", 0),
                _PLACES["category"].get(protected.latest_category or "", 0),
                UNKNOWN if protected.previous is None else protected.previous, spoilt | protected.spoilt,
            )  # fmt: skip
            for day, _ in protected.reviews:
                self._put("review", at, day)


def _answer(answer: bool | None) -> int:
    return UNKNOWN if answer is None else int(answer)


def _disabled(child: Child) -> int:
    """1 with any disability, 0 with none, -1 when it is not said or contradicts itself."""
    said = set(child.disabilities)
    if not said or ("NONE" in said and len(said) > 1):
        return UNKNOWN
    return NO if said == {"NONE"} else YES


LISTS: Mapping[str, tuple[str, ...]] = {
    "sexes": SEXES,
    "groups": GROUPS,
    "categories": CATEGORIES,
    "sources": SOURCES,
    "needs": NEEDS,
    "reasons": REASONS,
}
"""Code by place, for the labels of breakdowns."""
