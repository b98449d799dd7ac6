"""A child of the census as it was sent, with its cells as days, codes and answers.

Days are ordinals (`date.toordinal`), because millions of them are compared; None is an empty or unreadable cell. Every
record keeps its line, its cells as sent, and `spoilt`: the bits (see `BITS`) of the fields that fail an error rule.
"""

from __future__ import annotations

from datetime import date

CHILD_FIELDS = (
    "LAchildID", "UPN", "FormerUPN", "UPNunknown", "PersonBirthDate", "ExpectedPersonBirthDate", "Sex",
    "PersonDeathDate", "Ethnicity",
)  # fmt: skip
FIELDS: dict[str, tuple[str, ...]] = {
    "CINdetails": (
        "CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate", "ReasonForClosure",
        "DateOfInitialCPC", "ReferralNFA",
    ),
    "Assessments": (
        "AssessmentActualStartDate", "AssessmentInternalReviewDate", "AssessmentAuthorisationDate",
        "AssessmentFactors",
    ),
    "CINPlanDates": ("CINPlanStartDate", "CINPlanEndDate"),
    "Section47": ("S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired"),
    "ChildProtectionPlans": (
        "CPPstartDate", "CPPendDate", "InitialCategoryOfAbuse", "LatestCategoryOfAbuse", "NumberOfPreviousCPP",
    ),
}  # fmt: skip

SPOILED = (
    "LAchildID", "PersonBirthDate", "ExpectedPersonBirthDate", "Sex", "Ethnicity", "Disability",
    *(f"{table}.{field}" for table, fields in FIELDS.items() for field in fields),
)  # fmt: skip
BITS = {name: 1 << number for number, name in enumerate(SPOILED)}
"""Each field a figure can use, as a bit. A field of the child has its bare name, others `Table.Field`."""

Sent = dict[str, str]


class Record:
    """One group of elements. `sent` holds its cells as text."""

    __slots__ = ("line", "sent", "spoilt")
    table = ""

    def __init__(self, line: int, sent: Sent) -> None:
        self.line = line
        self.sent = sent
        self.spoilt = 0


class Assessment(Record):
    """One assessment; `factors` as sent, in order."""

    __slots__ = ("authorised", "factors", "started")
    table = "Assessments"
    started: int | None
    authorised: int | None
    factors: list[str]


class InNeedPlan(Record):
    """One child in need plan."""

    __slots__ = ("ended", "started")
    table = "CINPlanDates"
    started: int | None
    ended: int | None


class Enquiry(Record):
    """One section 47 enquiry. `no_conference` answers whether a conference was found not to be needed."""

    __slots__ = ("conference", "no_conference", "started", "target")
    table = "Section47"
    started: int | None
    target: int | None
    conference: int | None
    no_conference: bool | None


class ProtectionPlan(Record):
    """One child protection plan; `reviews` are the readable dates of its reviews, in the order sent."""

    __slots__ = ("ended", "first_category", "latest_category", "previous", "reviews", "started")
    table = "ChildProtectionPlans"
    started: int | None
    ended: int | None
    first_category: str | None
    latest_category: str | None
    previous: int | None
    reviews: list[tuple[int, int]]
    """(day, line)"""

    def review_texts(self, line: int) -> list[str]:
        """The readable dates of the reviews that stand at a line."""
        return [date.fromordinal(day).isoformat() for day, at in self.reviews if at == line]


class Episode(Record):
    """One referral and what came of it."""

    __slots__ = (
        "assessments", "closed", "conference", "enquiries", "need", "nfa", "plans", "protection", "reason", "referred",
        "source",
    )  # fmt: skip
    table = "CINdetails"
    referred: int | None
    closed: int | None
    conference: int | None
    source: str | None
    need: str | None
    reason: str | None
    nfa: bool | None
    assessments: list[Assessment]
    plans: list[InNeedPlan]
    enquiries: list[Enquiry]
    protection: list[ProtectionPlan]


class Child(Record):
    """One child block. `key` is the id with blanks trimmed, None when there is none; `sex` is M, F, U or None when it
    is missing or no such code; `known_by` is the name findings use when there is no id."""

    __slots__ = ("born", "characteristics_line", "disabilities", "episodes", "expected", "key", "sex")
    table = "ChildIdentifiers"
    key: str | None
    born: int | None
    expected: int | None
    sex: str | None
    disabilities: list[str]
    episodes: list[Episode]
    characteristics_line: int

    @property
    def ethnicity(self) -> str | None:
        """The code as sent."""
        return self.sent.get("Ethnicity")

    def line_of(self, table: str) -> int:
        """Where a finding about the child points."""
        return self.characteristics_line if table == "ChildCharacteristics" else self.line
