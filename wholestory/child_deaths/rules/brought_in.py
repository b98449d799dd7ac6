"""A list of cases kept elsewhere: which column holds what, and what its words mean. Pure.

Columns are guessed from their headings and confirmed by a person; words about where a case stands are guessed and
confirmed too. Nothing else is guessed: what cannot be read is said with its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Holds(StrEnum):
    """What a column holds."""

    NOTHING = ""
    REFERENCE = "reference"
    NAME = "name"
    FORENAMES = "forenames"
    SURNAME = "surname"
    BORN = "born_on"
    SEX = "sex"
    NHS = "nhs_number"
    ADDRESS = "address"
    POSTCODE = "postcode"
    AREA = "area"
    DIED = "died_on"
    PLACE = "place"
    NOTIFIED = "notified_on"
    REVIEWED = "reviewed_on"
    CATEGORY = "category"
    MODIFIABLE = "modifiable"
    EXPECTED = "expected"
    STAGE = "stage"
    ETHNICITY = "ethnicity"
    PLACE_KIND = "place_kind"
    GESTATION = "gestation_weeks"
    BIRTHWEIGHT = "birthweight_grams"
    DEPRIVATION = "deprivation"

    @property
    def label(self) -> str:
        """In words, for the page where columns are confirmed."""
        return _LABELS[self]


_LABELS = {
    Holds.NOTHING: "Keep it with the case, unread",
    Holds.REFERENCE: "The panel’s own reference",
    Holds.NAME: "Whole name",
    Holds.FORENAMES: "Forenames",
    Holds.SURNAME: "Surname",
    Holds.BORN: "Date of birth",
    Holds.SEX: "Sex",
    Holds.NHS: "NHS number",
    Holds.ADDRESS: "Address",
    Holds.POSTCODE: "Postcode",
    Holds.AREA: "Home area",
    Holds.DIED: "Date of death",
    Holds.PLACE: "Place of death",
    Holds.NOTIFIED: "Date the panel was told",
    Holds.REVIEWED: "Date the panel reviewed it",
    Holds.CATEGORY: "Category of death",
    Holds.MODIFIABLE: "Modifiable factors",
    Holds.EXPECTED: "Expected or unexpected",
    Holds.STAGE: "Where the case stands",
    Holds.ETHNICITY: "Ethnicity",
    Holds.PLACE_KIND: "Kind of place of death",
    Holds.GESTATION: "Weeks of pregnancy",
    Holds.BIRTHWEIGHT: "Birthweight",
    Holds.DEPRIVATION: "Deprivation of the home (fifth, 1 the most deprived)",
}

#: Words a heading is known by: the first that fits wins, so that “date of death” is looked for before “death”.
_KNOWN_BY: tuple[tuple[Holds, tuple[str, ...]], ...] = (
    (Holds.NHS, ("nhs",)),
    (Holds.POSTCODE, ("postcode", "post code", "postal code")),
    (Holds.BIRTHWEIGHT, ("birthweight", "birth weight", "weight at birth", "weight when born")),
    (Holds.GESTATION, ("gestation", "gestational age", "weeks of pregnancy", "gestation weeks", "gestation at birth")),
    (Holds.ETHNICITY, ("ethnicity", "ethnic group", "ethnic origin", "ethnic category", "ethnic")),
    (Holds.DEPRIVATION, ("deprivation", "imd quintile", "imd decile", "imd", "quintile", "deprivation quintile")),
    (Holds.PLACE_KIND, ("kind of place", "type of place", "place type", "place of death type", "location type",
                        "place of death category", "place category")),
    (Holds.BORN, ("date of birth", "birth date", "born", "dob", "d o b")),
    (Holds.REVIEWED, ("review date", "date of review", "reviewed", "date reviewed", "panel date", "cdop date",
                      "date of panel", "date of cdop")),
    (Holds.NOTIFIED, ("notification date", "date of notification", "notified", "date notified", "form a received",
                      "date received", "referral date", "date of referral", "told")),
    (Holds.PLACE, ("place of death", "where died", "location of death")),
    (Holds.CATEGORY, ("category",)),
    (Holds.MODIFIABLE, ("modifiable", "preventable")),
    (Holds.EXPECTED, ("expected", "unexpected")),
    (Holds.DIED, ("date of death", "death date", "died", "dod", "d o d")),
    (Holds.STAGE, ("status", "stage", "state", "open or closed", "outcome")),
    (Holds.REFERENCE, ("reference", "ref", "case number", "case no", "cdop id", "unique id", "id number", "case id")),
    (Holds.FORENAMES, ("forename", "forenames", "first name", "first names", "given name", "given names")),
    (Holds.SURNAME, ("surname", "family name", "last name")),
    (Holds.SEX, ("sex", "gender")),
    (Holds.AREA, ("area", "district", "local authority", "authority of residence", "la", "home area")),
    (Holds.ADDRESS, ("address",)),
    (Holds.NAME, ("name", "child")),
)  # fmt: skip
_SIGNS = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Small letters and single spaces, without marks: how words are compared."""
    return _SIGNS.sub(" ", text.casefold()).strip()


def guessed(headings: Sequence[str]) -> list[Holds]:
    """What each column holds, by its heading. Each kind is given once, to the heading that fits it best."""
    found = [Holds.NOTHING] * len(headings)
    said = [plain(heading) for heading in headings]
    for whole in (True, False):
        for holds, ways in _KNOWN_BY:
            if holds in found:
                continue
            for at, heading in enumerate(said):
                fits = heading in ways if whole else any(f" {way} " in f" {heading} " for way in ways)
                if found[at] is Holds.NOTHING and fits:
                    found[at] = holds
                    break
    return found


def heading_row(rows: Sequence[Sequence[str]], look_at: int = 15) -> int:
    """The row (from 0) whose cells are most like headings; the first where none is."""
    scores = [
        sum(holds is not Holds.NOTHING for holds in guessed(row)) if len(set(filter(None, row))) > 1 else 0
        for row in rows[:look_at]
    ]
    return scores.index(max(scores)) if any(scores) else 0


def missing(columns: Iterable[Holds]) -> str:
    """What is said where the columns chosen cannot make a case; empty when they can."""
    chosen = set(columns)
    if not chosen & {Holds.DIED, Holds.NOTIFIED}:
        return "Say which column holds the date of death, or the date the panel was told"
    if not chosen & {Holds.REFERENCE, Holds.NAME, Holds.SURNAME}:
        return "Say which column holds the reference or the name"
    return ""


class Stands(StrEnum):
    """Where a case stood in the other list, in the words of this one."""

    FINISHED = "finished"
    GATHERING = "gathering"
    MEETING_HELD = "meeting_held"
    AWAITING = "awaiting_outcome"
    READY = "ready"
    OUT_OF_SCOPE = "out_of_scope"
    TRANSFERRED = "transferred"
    LEFT_OUT = "left_out"

    @property
    def label(self) -> str:
        """In words, for the page where the words of the list are confirmed."""
        return _STANDS[self]


_STANDS = {
    Stands.FINISHED: "Reviewed by the panel and finished",
    Stands.GATHERING: "Open: information is being gathered",
    Stands.MEETING_HELD: "Open: the review meeting was held",
    Stands.AWAITING: "Open: waiting for an inquest, a trial or another review",
    Stands.READY: "Open: ready for the panel",
    Stands.OUT_OF_SCOPE: "Not a death that is reviewed",
    Stands.TRANSFERRED: "Reviewed by another panel",
    Stands.LEFT_OUT: "Leave these lines out",
}
#: The first that fits wins: “closed, out of area” is no review of ours.
_STANDS_KNOWN_BY: tuple[tuple[Stands, tuple[str, ...]], ...] = (
    (Stands.OUT_OF_SCOPE, ("out of scope", "not in scope", "stillbirth", "termination", "not a child death")),
    (Stands.TRANSFERRED, ("out of area", "transferred", "other panel", "another panel", "other area", "passed on")),
    (Stands.LEFT_OUT, ("duplicate", "void", "error", "test")),
    (Stands.AWAITING, ("inquest", "criminal", "trial", "police", "awaiting", "waiting", "hold", "pending", "scr")),
    (Stands.READY, ("ready", "for panel", "listed")),
    (Stands.MEETING_HELD, ("meeting held", "discussion held", "local review held", "draft")),
    (Stands.FINISHED, ("closed", "complete", "completed", "finished", "final", "finalised", "reviewed", "done")),
    (Stands.GATHERING, ("open", "gathering", "information", "in progress", "current", "active", "new", "form b")),
)  # fmt: skip


def stage_guessed(word: str) -> Stands:
    """What a word about the stage most likely means; still gathering where it tells nothing."""
    said = f" {plain(word)} "
    for stands, ways in _STANDS_KNOWN_BY:
        if any(f" {way} " in said for way in ways):
            return stands
    return Stands.GATHERING


@dataclass(frozen=True, slots=True)
class Layout:
    """What was confirmed: what each column holds, and what each word about a stage means."""

    columns: tuple[Holds, ...]
    stages: Mapping[str, Stands]
    headings: tuple[str, ...] = ()

    @property
    def asks_unexpected(self) -> bool:
        """Whether the list asks “unexpected?”, so that its yes means unexpected."""
        at = self.at(Holds.EXPECTED)
        said = plain(self.headings[at]) if at is not None and at < len(self.headings) else ""
        return "unexpected" in said.split() and "expected" not in said.split()

    @property
    def in_tenths(self) -> bool:
        """Whether the heading of deprivation says that it is told in tenths."""
        at = self.at(Holds.DEPRIVATION)
        said = plain(self.headings[at]) if at is not None and at < len(self.headings) else ""
        return bool({"decile", "deciles", "tenth", "tenths"} & set(said.split()))

    def at(self, holds: Holds) -> int | None:
        """The column (from 0) that holds this; None where none does."""
        return self.columns.index(holds) if holds in self.columns else None

    def cell(self, cells: Sequence[str], holds: Holds) -> str:
        """What a line says there; empty where it has no such column."""
        at = self.at(holds)
        return " ".join(cells[at].split()) if at is not None and at < len(cells) else ""


def stage_words(rows: Iterable[Sequence[str]], layout: Layout) -> dict[str, int]:
    """The words about stages as they are written, with how often, the most frequent first."""
    at = layout.at(Holds.STAGE)
    counted: dict[str, int] = {}
    if at is not None:
        for cells in rows:
            if word := layout.cell(cells, Holds.STAGE):
                counted[word] = counted.get(word, 0) + 1
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def letter(column: int) -> str:
    """A column (from 0) as spreadsheets name it: 0 is A, 26 is AA."""
    name, left = "", column
    while True:
        name = chr(ord("A") + left % 26) + name
        left = left // 26 - 1
        if left < 0:
            return name
