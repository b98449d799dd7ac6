"""Which row of a sheet holds the headings, and which column means what. Guesses, shown for somebody to correct."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wholestory.partners.rules import words
from wholestory.partners.rules.names import fold
from wholestory.partners.rules.values import NotReadable, emails, tidy

Cells = Sequence[str]

IGNORE, TICKS = "", "group_tick"


@dataclass(frozen=True)
class Meaning:
    """What a column can hold, in words for the page."""

    key: str
    label: str
    pattern: str
    once: bool = True


MEANINGS: tuple[Meaning, ...] = (
    Meaning("deputy_email", "Deputy's e-mail address", r"\b(deputy|substitute)\b.*\be ?mail\b"),
    Meaning(
        "deputy_name", "Deputy's full name", r"^(named )?(deputy|deputies|substitute)( member)?( names?)?$"
    ),
    Meaning("email", "E-mail address", r"\be ?mails?( address(es)?)?\b|\bemail\b"),
    Meaning(
        "telephone",
        "Telephone",
        r"\b(tele)?phone\b|\btel\b|\bmobile\b|\bcontact (no|number)\b|\bnumber\b|\blandline\b",
    ),
    Meaning("first_name", "First name", r"\b(first|given|fore) ?names?\b|^first$"),
    Meaning("last_name", "Surname", r"\b(sur|last|family) ?names?\b|^last$"),
    Meaning(
        "starts_on",
        "First day in the seat",
        r"\b(since|from|start(s|ed)?|joined|appointed|commenced)\b|\bdate of appointment\b",
    ),
    Meaning(
        "ends_on", "Last day in the seat", r"\b(until|to|end(s|ed)?|left|leaving|expir(y|es)|term ends?)\b"
    ),
    Meaning("sector", "Sector", r"\bsector\b|\btype of (agency|organisation)\b|^type$"),
    Meaning("group", "Group", r"\b(sub ?)?(groups?|grps?|gps)\b|\bcommittee\b|\bpanel\b"),
    Meaning(
        "job_title",
        "Job title",
        r"\bjob( title)?\b|\bposition\b|\bdesignation\b|\bpost\b|^title$|\bjob role\b|\boccupation\b",
    ),
    Meaning(
        "role",
        "Seat on the board",
        r"\brole\b|\bmembership( type| status)?\b|\bstatus\b|\bcapacity\b|\bseat\b|\bcategory\b|\bmember type\b",
    ),
    Meaning(
        "agency",
        "Agency",
        r"\b(agenc(y|ies)|organi[sz]ations?|employer|partner|body|represent(s|ing|ation)|school|setting|company)\b"
        r"|\bon behalf of\b",
    ),
    Meaning(
        "full_name",
        "Full name",
        r"\b(full )?names?\b|\bmember\b|\brepresentative\b|\bcontact\b|\bperson\b|\bwho\b",
    ),
    Meaning(TICKS, "Ticks: members of the group the column is named after", r"$^", once=False),
)
LABELS = {meaning.key: meaning.label for meaning in MEANINGS}

LOOK_FOR_HEADINGS_IN = 25
"""Title rows, logos and notes stand above the headings; further down than this nobody puts them."""


def meaning_of(heading: str) -> str:
    """What a heading most likely means, or nothing."""
    folded = fold(heading.replace("/", " "))
    if not folded or len(folded) > 60:
        return ""
    return next((one.key for one in MEANINGS if re.search(one.pattern, folded)), "")


def heading_row(rows: Sequence[Cells]) -> int:
    """The place of the row that looks most like headings; 0 when none does."""
    best, best_score = 0, 0.0
    for place, row in enumerate(rows[:LOOK_FOR_HEADINGS_IN]):
        filled = [cell for cell in row if cell.strip()]
        known = {meaning_of(cell) for cell in filled} - {""}
        below = rows[place + 1] if place + 1 < len(rows) else ()
        # A heading has something under it and is no address or date itself.
        data = sum(1 for cell in filled if "@" in cell or re.search(r"\d{3}", cell))
        score = (
            len(known) * 2
            + min(len(filled), 8) * 0.1
            - data * 2
            + (0.5 if sum(1 for c in below if c.strip()) >= 2 else 0)
        )
        if len(known) >= 2 and score > best_score:
            best, best_score = place, score
    return best


def headings(rows: Sequence[Cells], place: int) -> list[str]:
    """The headings as shown: what stands in the row, a merged heading above it in front, else “Column C”."""
    row = rows[place] if place < len(rows) else ()
    width = max((len(one) for one in rows), default=0)
    found = []
    for at in range(width):
        text = tidy(row[at]) if at < len(row) else ""
        found.append(text or f"Column {letter(at)}")
    return found


def letter(place: int) -> str:
    """The letter a spreadsheet gives a column: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def guess(rows: Sequence[Cells], place: int) -> list[str]:
    """What each column most likely holds: by its heading, then by what stands in it. One column per meaning."""
    heads = headings(rows, place)
    body = rows[place + 1 : place + 201]
    found = [_meaning(head, column_of(body, at)) for at, head in enumerate(heads)]
    return _each_once(found, heads, body)


def _meaning(head: str, cells: Sequence[str]) -> str:
    said = meaning_of(head)
    found = "" if said.startswith("deputy") else _by_content(cells)
    # A column of nothing but “Member” under a heading we know holds seats, not ticks.
    return said if found == TICKS and said else found or said


def column_of(rows: Sequence[Cells], at: int) -> list[str]:
    """What stands in one column, empty cells left out."""
    return [row[at].strip() for row in rows if at < len(row) and row[at].strip()]


def _by_content(cells: Sequence[str]) -> str:
    """What a column is whatever its heading says: addresses, or ticks."""
    if not cells:
        return ""
    if sum("@" in cell for cell in cells) * 2 > len(cells):
        return "email"
    marks = [words.ticked(cell) for cell in cells]
    read = [mark for mark in marks if mark is not None]
    # A heading repeated half way down is no tick and does not make the others none.
    if any(read) and len(read) * 4 >= len(marks) * 3 and not all(cell.isdigit() for cell in cells):
        return TICKS
    return ""


def _each_once(found: list[str], heads: Sequence[str], body: Sequence[Cells]) -> list[str]:
    """Keep the first column for each meaning; a second e-mail is left out. Names in one or two columns."""
    seen: set[str] = set()
    kept = []
    for key in found:
        meaning = next((one for one in MEANINGS if one.key == key), None)
        again = meaning is not None and meaning.once and key in seen
        kept.append(IGNORE if again else key)
        seen.add(key)
    if {"first_name", "last_name"} <= seen and "full_name" in seen:
        kept = [IGNORE if key == "full_name" else key for key in kept]
    # A “type” may be the sector or the kind of member: the words in it tell.
    if "sector" in kept:
        at = kept.index("sector")
        cells = column_of(body, at)
        if "role" not in kept and sum(bool(words.role(cell)) for cell in cells) * 2 > len(cells):
            kept[at] = "role"
    # “Role” holds job titles in many lists: when its words mean no seat, that is what they are.
    if "role" in kept and "job_title" not in kept:
        cells = column_of(body, kept.index("role"))
        if cells and sum(bool(words.role(cell)) for cell in cells) * 3 < len(cells):
            kept[kept.index("role")] = "job_title"
    if "full_name" not in kept and "first_name" not in kept:
        for at, key in enumerate(kept):
            if key == IGNORE and heads[at].startswith("Column ") and _look_like_names(column_of(body, at)):
                kept[at] = "full_name"
                break
    return kept


def _look_like_names(cells: Sequence[str]) -> bool:
    return bool(cells) and sum(
        2 <= len(cell.split()) <= 4 and not re.search(r"\d|@", cell) for cell in cells
    ) * 3 >= 2 * len(cells)


def has_address(text: str) -> bool:
    """Whether a cell holds an e-mail address that can be read."""
    try:
        return bool(emails(text))
    except NotReadable:
        return False
