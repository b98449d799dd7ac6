"""What in a file, an address or a few words looks like a record about a child.

Policies, reports and figures belong here; records about a child do not (domain notes on quality assurance, 1.5). What
is found is named by its kind and its place, never by its value: a finding may be shown, kept and counted. Nothing here
is certain either way, so a finding stops an upload only until somebody says why it is not about a child.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from stdnum.gb import nhs, upn

from wholestory.documents.rules.screening_words import A_BLANK, ABOUT_STAFF, FORENAMES, NOT_A_NAME

MOST_FINDINGS = 12
"""Beyond this nothing more is looked for: somebody has enough to see what it is."""
MANY_NAMES = 20
"""So many lines that are nothing but a name make a list of people. Our own choice; no source."""
MANY_CHILDREN = 3
"""The same under a heading such as “Child's name”."""
ADULT_FROM = 18


class Kind(StrEnum):
    """What something looks like."""

    NHS_NUMBER = "nhs_number"
    PUPIL_NUMBER = "pupil_number"
    BIRTH_DATE = "birth_date"
    NAME_AND_AGE = "name_and_age"
    CHILD_BY_LETTER = "child_by_letter"
    CASE_REFERENCE = "case_reference"
    CASE_DOCUMENT = "case_document"
    LIST_OF_NAMES = "list_of_names"

    @property
    def label(self) -> str:
        """In words, without the value."""
        return _LABELS[self]


_LABELS = {
    Kind.NHS_NUMBER: "what looks like an NHS number",
    Kind.PUPIL_NUMBER: "what looks like a unique pupil number",
    Kind.BIRTH_DATE: "a date of birth",
    Kind.NAME_AND_AGE: "what looks like a child’s name with an age",
    Kind.CHILD_BY_LETTER: "one child, spoken of by a letter, with an age or a date of birth",
    Kind.CASE_REFERENCE: "what looks like the number of a case",
    Kind.CASE_DOCUMENT: "a name beside the name of a case document",
    Kind.LIST_OF_NAMES: "a long list of names",
}


@dataclass(frozen=True, order=True)
class Finding:
    """A kind and where it stands: ``page 2``, ``the file’s name``. Never the value."""

    kind: Kind
    place: str

    @property
    def words(self) -> str:
        """``a date of birth (page 2)``."""
        return f"{self.kind.label} ({self.place})"


@dataclass(frozen=True)
class Line:
    """One line of a document, or one row of a table with its cells. Rows with the same ``table`` belong together."""

    place: str
    cells: tuple[str, ...]
    table: str = ""


_NHS = re.compile(r"(?<![\d.,/])(?:\d{3}([ -])\d{3}\1\d{4}|\d{10})(?![\d/])")
_UPN = re.compile(r"(?<![A-Z0-9])[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z](?![A-Z0-9])")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)?\d{2}\b|(?:19|20)\d{2}-\d{2}-\d{2}\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s{{1,2}}(?:of\s)?{_MONTH},?\s{{1,2}}(?:19|20)\d{{2}}\b)"
)
_IS_DATE = re.compile(rf"^\s{{0,5}}{_DATE}", re.IGNORECASE)
_BIRTH_WORDS = r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate\s{1,2}of\s{1,2}birth\b|\bbirth\s?date\b)"
_BIRTH = re.compile(rf"{_BIRTH_WORDS}[\s:=|(–-]{{0,8}}(?:is\s|was\s|of\s)?{_DATE}", re.IGNORECASE)
_BORN = re.compile(rf"\bborn\s{{1,2}}(?:on\s{{1,2}})?(?:the\s)?{_DATE}", re.IGNORECASE)
_MANY_BORN = re.compile(
    r"\b(?:children|those|babies|anyone|people|pupils|patients|students)\b", re.IGNORECASE
)
_BIRTH_HEAD = re.compile(_BIRTH_WORDS, re.IGNORECASE)
_NAME = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ’'-]{1,20}"
_NAMES = rf"(?<![\w’'])({_NAME}(?:\s{_NAME}){{0,2}})"
_AGED = (
    re.compile(rf"{_NAMES},?\s\(?[Aa]ged?\s(\d{{1,2}})\b(?!\s?[-–+]|\s(?:to|and|or)\s)"),
    re.compile(rf"{_NAMES},?\s(?:\(|is\s|was\s)?(\d{{1,2}})[\s-](?:years?|months?|weeks?)[\s-]old\b"),
    re.compile(rf"{_NAMES}\s\((\d{{1,2}})(?:\s?(?:yrs?|years?|months?))?\)"),
)
_OLD_NAMED = re.compile(
    rf"\b(\d{{1,2}})[\s-](?:years?|months?)[\s-]old(?:,|\s(?:boy|girl|son|daughter|called|named)){{0,3}}\s{_NAMES}"
)
_BY_LETTER = re.compile(
    r"\b(?:[Cc]hild|[Bb]aby|[Yy]oung\s[Pp]erson|YP|[Ss]ibling|[Pp]upil|[Bb]oy|[Gg]irl)\s[A-Z]{1,2}\d?\b"
    r"[^.\n]{0,30}?(?:\b[Dd]\.?[Oo]\.?[Bb]\b|\bdate of birth\b|\bborn\b|\baged?\b|\b(?=\d{1,2} (?:years?|months?) old))"
    r"[^.\n]{0,12}?\d"
)
_CASE = re.compile(
    r"\b(?:case|child|client|pupil|lcs|ics|liquid\s?logic|mosaic|care\s?first|azeus|ehm|systmone|crime|custody|pnc)"
    r"(?:['’]s)?\s?(?:id|no\.?|number|ref\.?|reference)\s{0,2}(?::|#|=|\||\bis\b)?\s{0,3}"
    r"(?:[A-Z]{1,4}[-/ ]?)?\d[\dA-Z]{0,5}(?:[/-]?[\dA-Z]){3,10}\b",
    re.IGNORECASE,
)
_COURT = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}[CPFZ]\d{5}(?!\d)")
_CASE_DOCUMENT = re.compile(
    r"\b(?:core assessment|initial assessment|single assessment|child in need plan|cin plan|child protection plan"
    r"|cp plan|chronology|strategy (?:meeting|discussion)|section 47|s47|icpc|rcpc|cla review|lac review|lac plan"
    r"|genogram|mash referral|case notes?|case file|eha|caf)\b",
    re.IGNORECASE,
)
_ONLY_A_NAME = re.compile(rf"^\W{{0,4}}{_NAME}(?:,?\s(?:{_NAME}|[A-Z]\.?)){{1,3}}\W{{0,3}}$")
_CHILDREN = r"(?:child|pupil|student|young person|yp|patient|client)"
_CHILD_NAME_HEAD = re.compile(
    rf"\b{_CHILDREN}(?:['’]?s)?\b.{{0,12}}\bname|\bname of {_CHILDREN}", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass
class _Table:
    """What the headings of the table that is being read say about its columns."""

    name: str
    births: set[int] = field(default_factory=set)
    health: set[int] = field(default_factory=set)
    children: set[int] = field(default_factory=set)
    of_staff: bool = False


@dataclass
class _Seen:
    found: dict[Finding, None] = field(default_factory=dict)
    names: int = 0
    children: int = 0

    def note(self, kind: Kind, place: str) -> None:
        self.found.setdefault(Finding(kind, place))


def look_at_words(words: str, place: str = "what you wrote") -> tuple[Finding, ...]:
    """What a few words, an address or a title look like."""
    return look_at(Line(place, (one,)) for one in words.splitlines())


def look_at_name(name: str) -> tuple[Finding, ...]:
    """What the name of a file looks like."""
    place = "the file’s name"
    stem = name.rpartition(".")[0] or name
    plain = re.sub(r"[_+]|(?<=\D)[.-](?=\D)", " ", stem)
    found = dict.fromkeys(_in_text(plain, place))
    words = _WORD.findall(plain)
    if _CASE_DOCUMENT.search(plain) and not A_BLANK & {word.lower() for word in words}:
        rest = _WORD.findall(_CASE_DOCUMENT.sub(" ", plain))
        people = [
            word for word in rest if word[:1].isupper() and word.lower() not in NOT_A_NAME and len(word) > 1
        ]
        if len(people) >= 2 or any(word.lower() in FORENAMES for word in people):
            found.setdefault(Finding(Kind.CASE_DOCUMENT, place))
    return tuple(found)


def look_at(lines: Iterable[Line]) -> tuple[Finding, ...]:
    """What these lines look like, in the order they stand; stops when enough was found."""
    seen, table = _Seen(), _Table("")
    for line in lines:
        if line.table != table.name:
            table = _Table(line.table)
        for finding in _in_line(line, table):
            seen.found.setdefault(finding)
        _count_names(line, table, seen)
        if len(seen.found) >= MOST_FINDINGS:
            break
    return tuple(seen.found)


def _in_line(line: Line, table: _Table) -> Iterator[Finding]:
    yield from _in_text(" | ".join(cell for cell in line.cells if cell), line.place)
    if not table.name:
        return
    for at, cell in enumerate(line.cells):
        if len(cell) > 60:
            continue
        if at in table.births and _is_a_day(cell):
            yield Finding(Kind.BIRTH_DATE, line.place)
        if at in table.health and _valid_health_number(re.sub(r"[\s-]|\.0$", "", cell)):
            yield Finding(Kind.NHS_NUMBER, line.place)
        _learn(cell, at, table)


def _learn(cell: str, at: int, table: _Table) -> None:
    """What a cell says about the cells under it, when it reads like a heading."""
    if any(letter.isdigit() for letter in cell):
        return
    if _BIRTH_HEAD.search(cell):
        table.births.add(at)
    if "nhs" in cell.lower():
        table.health.add(at)
    if _CHILD_NAME_HEAD.search(cell):
        table.children.add(at)
    if ABOUT_STAFF & {word.lower() for word in _WORD.findall(cell)}:
        table.of_staff = True


def _is_a_day(cell: str) -> bool:
    """A date, or the number by which a spreadsheet keeps one: 1954 to 2064."""
    plain = cell.strip()
    return bool(_IS_DATE.match(plain)) or bool(re.fullmatch(r"[2-5]\d{4}(?:\.0)?", plain))


def _count_names(line: Line, table: _Table, seen: _Seen) -> None:
    for at, cell in enumerate(line.cells):
        if len(cell) > 60 or not _ONLY_A_NAME.match(cell) or not _may_be_a_person(cell):
            continue
        if at in table.children:
            seen.children += 1
        if not table.of_staff:
            seen.names += 1
        if seen.children == MANY_CHILDREN or seen.names == MANY_NAMES:
            seen.note(Kind.LIST_OF_NAMES, f"up to {line.place}")
        break


def _in_text(text: str, place: str) -> Iterator[Finding]:
    if _has_health_number(text):
        yield Finding(Kind.NHS_NUMBER, place)
    if any(upn.is_valid(found) for found in _UPN.findall(text)):
        yield Finding(Kind.PUPIL_NUMBER, place)
    if _BIRTH.search(text) or any(
        not _MANY_BORN.search(text[max(0, one.start() - 30) : one.start()]) for one in _BORN.finditer(text)
    ):
        yield Finding(Kind.BIRTH_DATE, place)
    if _BY_LETTER.search(text):
        yield Finding(Kind.CHILD_BY_LETTER, place)
    if _names_somebody_young(text):
        yield Finding(Kind.NAME_AND_AGE, place)
    if _CASE.search(text) or _COURT.search(text):
        yield Finding(Kind.CASE_REFERENCE, place)


def _has_health_number(text: str) -> bool:
    for found in _NHS.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        before = text[max(0, found.start() - 40) : found.start()].lower()
        # An ISBN of ten digits has the same check digit as an NHS number.
        if not _valid_health_number(digits) or "isbn" in before:
            continue
        # Ten digits in one piece are as often something else: then the range in use or the words beside it decide.
        if found.group(1) or digits[0] in "4679" or "nhs" in before or "health" in before:
            return True
    return False


def _valid_health_number(digits: str) -> bool:
    return len(digits) == 10 and digits.isdigit() and len(set(digits)) > 1 and nhs.is_valid(digits)


def _names_somebody_young(text: str) -> bool:
    for pattern in _AGED:
        for found in pattern.finditer(text):
            bracketed = pattern is _AGED[-1]
            if int(found.group(2)) < ADULT_FROM and _is_a_person(found.group(1), strict=bracketed):
                return True
    return any(
        int(found.group(1)) < ADULT_FROM and _is_a_person(found.group(2), strict=False)
        for found in _OLD_NAMED.finditer(text)
    )


def _is_a_person(name: str, *, strict: bool) -> bool:
    """``strict``: the words must hold a common forename, because a number in brackets says little by itself."""
    words = [word.lower() for word in _WORD.findall(name)]
    while words and words[0] in NOT_A_NAME:
        words = words[1:]
    if not words or any(word in NOT_A_NAME for word in words):
        return False
    return words[0] in FORENAMES or (len(words) > 1 and not strict)


def _may_be_a_person(cell: str) -> bool:
    words = [word.lower() for word in _WORD.findall(cell)]
    return 2 <= len(words) <= 4 and not any(word in NOT_A_NAME for word in words)
