"""One child's elements as records, with every shape senders give them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from wholestory.indicators.child_level.census.cells import Days, NotAValue, answer, number
from wholestory.indicators.child_level.census.records import (
    FIELDS,
    Assessment,
    Child,
    Enquiry,
    Episode,
    InNeedPlan,
    ProtectionPlan,
    Record,
    Sent,
)
from wholestory.indicators.child_level.census.rulebook import Teller
from wholestory.indicators.child_level.census.versions import layout

_IDENTIFIERS = frozenset(
    ("LAchildID", "UPN", "FormerUPN", "UPNunknown", "PersonBirthDate", "ExpectedPersonBirthDate", "Sex",
     "GenderCurrent", "PersonDeathDate")
)  # fmt: skip
_CELLS: dict[str, frozenset[str]] = {
    "ChildIdentifiers": _IDENTIFIERS,
    "ChildCharacteristics": frozenset(("Ethnicity",)),
    "Disabilities": frozenset(("Disability",)),
    "FactorsIdentifiedAtAssessment": frozenset(("AssessmentFactors",)),
    "Reviews": frozenset(("CPPreviewDate",)),
    **{table: frozenset(fields) - {"AssessmentFactors"} for table, fields in FIELDS.items()},
}
_GROUPS: dict[str, frozenset[str]] = {
    "Child": frozenset(("ChildIdentifiers", "ChildCharacteristics", "CINdetails")),
    "ChildCharacteristics": frozenset(("Disabilities", "Disability")),
    "CINdetails": frozenset(
        ("Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans", "PreProceedingsandFGDM")
    ),
    "Assessments": frozenset(("FactorsIdentifiedAtAssessment", "AssessmentFactors")),
    "ChildProtectionPlans": frozenset(("Reviews", "CPPreviewDate")),
}
_NONE: frozenset[str] = frozenset()
_MOST_NAMES = 200
Groups = list[tuple[str, Any]]


class ChildReader:
    """Reads child after child of one file; remembers days it has seen and elements it did not know."""

    def __init__(self, teller: Teller, year: int) -> None:
        self._teller = teller
        self._layout = layout(year)
        self._sexes = self._layout.old_sexes
        self._days = Days()
        self._names: dict[Any, str] = {}
        self._unknown: dict[tuple[str, str], tuple[int, int]] = {}
        self._key = ""

    def child(self, element: Any) -> Child:
        """One Child element and everything in it."""
        sent: Sent = {}
        child = Child(element.sourceline, sent)
        child.characteristics_line = child.line
        child.disabilities, child.episodes = [], []
        self._key = ""
        later: Groups = []
        for name, group in self._cells(element, "Child", {}):
            if name == "ChildIdentifiers":
                self._cells(group, name, sent)
                self._key = sent.get("LAchildID", "")
            elif name == "ChildCharacteristics":
                child.characteristics_line = group.sourceline
                for inner, part in self._cells(group, name, sent):
                    child.disabilities += self._many(part, inner, "Disability")
            else:
                later.append((name, group))
        child.key = sent.get("LAchildID")
        child.born = self._value(child, "ChildIdentifiers", "PersonBirthDate", self._days, "PersonBirthDate")
        child.expected = self._value(
            child, "ChildIdentifiers", "ExpectedPersonBirthDate", self._days, "ExpectedPersonBirthDate"
        )
        if "PersonDeathDate" in sent:
            self._value(child, "ChildIdentifiers", "PersonDeathDate", self._days)
        child.sex = self._sex(sent)
        if child.disabilities:
            sent["Disability"] = " ".join(child.disabilities)
        child.episodes = [self._episode(group) for _, group in later]
        return child

    def finish(self) -> None:
        """Tell of the elements nobody knew: once for each name, with how often."""
        for (table, name), (times, line) in self._unknown.items():
            self._teller.tell_cell("XML-2", table, name, line, "", f"{name}, {times:,} times")

    def _sex(self, sent: Sent) -> str | None:
        """M, F or U, from Sex or from the older GenderCurrent."""
        if "Sex" not in sent and "GenderCurrent" in sent:
            sent["Sex"] = sent["GenderCurrent"]
            return self._sexes.get(sent["Sex"])
        sex = sent.get("Sex")
        return sex if sex in {"M", "F", "U"} else None

    def _episode(self, element: Any) -> Episode:
        sent: Sent = {}
        groups = self._cells(element, "CINdetails", sent)
        episode = Episode(element.sourceline, sent)
        episode.referred = self._dated(episode, "CINreferralDate")
        episode.closed = self._dated(episode, "CINclosureDate")
        episode.conference = self._dated(episode, "DateOfInitialCPC")
        episode.nfa = self._answered(episode, "ReferralNFA")
        episode.source = sent.get("ReferralSource")
        episode.need = sent.get("PrimaryNeedCode")
        episode.reason = sent.get("ReasonForClosure")
        episode.assessments, episode.plans, episode.enquiries, episode.protection = [], [], [], []
        for name, group in groups:
            if name == "Assessments":
                episode.assessments.append(self._assessment(group))
            elif name == "Section47":
                episode.enquiries.append(self._enquiry(group))
            elif name == "CINPlanDates":
                episode.plans.append(self._in_need_plan(group))
            elif name == "ChildProtectionPlans":
                episode.protection.append(self._protection_plan(group))
            elif name in self._layout.not_yet:
                self._not_known("CINdetails", name, group.sourceline)
        return episode

    def _assessment(self, element: Any) -> Assessment:
        sent: Sent = {}
        groups = self._cells(element, "Assessments", sent)
        record = Assessment(element.sourceline, sent)
        record.started = self._dated(record, "AssessmentActualStartDate")
        record.authorised = self._dated(record, "AssessmentAuthorisationDate")
        if "AssessmentInternalReviewDate" in sent:
            self._dated(record, "AssessmentInternalReviewDate")
        record.factors = []
        for name, group in groups:
            record.factors += self._many(group, name, "AssessmentFactors")
        if record.factors:
            sent["AssessmentFactors"] = " ".join(record.factors)
        return record

    def _enquiry(self, element: Any) -> Enquiry:
        sent: Sent = {}
        self._cells(element, "Section47", sent)
        record = Enquiry(element.sourceline, sent)
        record.started = self._dated(record, "S47ActualStartDate")
        record.target = self._dated(record, "InitialCPCtarget")
        record.conference = self._dated(record, "DateOfInitialCPC")
        record.no_conference = self._answered(record, "ICPCnotRequired")
        return record

    def _in_need_plan(self, element: Any) -> InNeedPlan:
        sent: Sent = {}
        self._cells(element, "CINPlanDates", sent)
        record = InNeedPlan(element.sourceline, sent)
        record.started = self._dated(record, "CINPlanStartDate")
        record.ended = self._dated(record, "CINPlanEndDate")
        return record

    def _protection_plan(self, element: Any) -> ProtectionPlan:
        sent: Sent = {}
        groups = self._cells(element, "ChildProtectionPlans", sent)
        record = ProtectionPlan(element.sourceline, sent)
        record.started = self._dated(record, "CPPstartDate")
        record.ended = self._dated(record, "CPPendDate")
        record.first_category = sent.get("InitialCategoryOfAbuse")
        record.latest_category = sent.get("LatestCategoryOfAbuse")
        record.previous = self._value(
            record, record.table, "NumberOfPreviousCPP", number, "ChildProtectionPlans.NumberOfPreviousCPP"
        )
        record.reviews = []
        for name, group in groups:
            for text in self._many(group, name, "CPPreviewDate"):
                try:
                    day = self._days(text)
                except NotAValue:
                    self._teller.tell_cell(
                        "PB-01", "Reviews", "CPPreviewDate", group.sourceline, self._key, text
                    )
                else:
                    if day is not None:
                        record.reviews.append((day, group.sourceline))
        return record

    def _dated(self, record: Record, field: str) -> int | None:
        text = record.sent.get(field)
        if text is None:
            return None
        try:
            return self._days(text)
        except NotAValue:
            bit = f"{record.table}.{field}"
            self._teller.tell_cell("PB-01", record.table, field, record.line, self._key, text, record, bit)
            return None

    def _answered(self, record: Record, field: str) -> bool | None:
        result: bool | None = self._value(record, record.table, field, answer, f"{record.table}.{field}")
        return result

    def _value(
        self, record: Record, table: str, field: str, read: Callable[[str | None], Any], bit: str = ""
    ) -> Any:
        text = record.sent.get(field)
        if text is None:
            return None
        try:
            return read(text)
        except NotAValue:
            self._teller.tell_cell("PB-01", table, field, record.line, self._key, text, record, bit)
            return None

    def _many(self, element: Any, name: str, wanted: str) -> list[str]:
        """The texts of a repeated element: inside its group, or standing where the group should."""
        if name == wanted:
            text = (element.text or "").strip()
            return [text] if text else []
        known = self._names
        texts = []
        for leaf in element:
            if (known.get(leaf.tag) or self._name(leaf.tag)) == wanted:
                if (text := (leaf.text or "").strip()) != "":
                    texts.append(text)
            else:
                self._not_known(name, self._name(leaf.tag), leaf.sourceline)
            if (tail := leaf.tail) and not tail.isspace():
                self._stray(name, leaf.sourceline, tail)
        if (text := element.text) and not text.isspace():
            self._stray(name, element.sourceline, text)
        return texts

    def _cells(self, element: Any, table: str, sent: Sent) -> Groups:
        """Fill `sent` with the cells of a group and return the groups in it."""
        cells, groups, names = _CELLS.get(table, _NONE), _GROUPS.get(table, _NONE), self._names
        inside: Groups = []
        for part in element:
            name = names.get(part.tag) or self._name(part.tag)
            if name in cells:
                text = part.text
                if text and (text := text.strip()):
                    if name in sent:
                        self._teller.tell_cell("XML-3", table, name, part.sourceline, self._key, text)
                    else:
                        sent[name] = text
            elif name in groups:
                inside.append((name, part))
            else:
                self._not_known(table, name, part.sourceline)
            if (tail := part.tail) and not tail.isspace():
                self._stray(table, part.sourceline, tail)
        if (text := element.text) and not text.isspace():
            self._stray(table, element.sourceline, text)
        return inside

    def _name(self, tag: Any) -> str:
        """The name without its namespace."""
        name = etree.QName(tag).localname if isinstance(tag, str) else "instruction"
        if len(self._names) < _MOST_NAMES:
            self._names[tag] = name
        return name

    def _stray(self, table: str, line: int, text: str) -> None:
        self._teller.tell_cell("XML-1", table, "", line, self._key, text.strip())

    def _not_known(self, table: str, name: str, line: int) -> None:
        times, first = self._unknown.get((table, name), (0, line))
        if times or len(self._unknown) < _MOST_NAMES:
            self._unknown[table, name] = (times + 1, first)
