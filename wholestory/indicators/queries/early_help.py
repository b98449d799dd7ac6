"""Whether early help helps: the journeys of families from early help to referral and back, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wholestory.indicators.catalogue import Definition
from wholestory.indicators.queries import provenance
from wholestory.indicators.queries.provenance import Link
from wholestory.indicators.queries.scorecard import Row, Scorecard
from wholestory.indicators.rules.figures import NOT_SUPPLIED, worth

#: The questions about early help, each with the measures that speak to it and what to look for in them.
QUESTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "Does it reach the right families?",
        "Many requests and few assessments may mean that families do not get past the first door; many assessments all"
        " led by the council may mean that others wait for it.",
        ("B01", "B02", "B03"),
    ),
    (
        "Soon enough?",
        "Late assessments and referrals without any help before are families who met social care first.",
        ("B04", "B09"),
    ),
    (
        "Does it work?",
        "“Needs met” is said by those who gave the help. Scores at the start and the end say it of the family, and only"
        " of those who have both.",
        ("B06", "B11"),
    ),
    (
        "Does it last?",
        "Families who come back, to early help or by a new referral, tell whether it lasted. Both speak of help that"
        " ended up to a year ago.",
        ("B10", "C07"),
    ),
    (
        "Is it a place to wait?",
        "Open episodes that grow while closures do not, and much stepping up at the end, may mean that help holds"
        " families who needed more.",
        ("B05", "EH-CLOSE", "B07"),
    ),
    (
        "From social care back to early help",
        "A step-down that early help does not take up is help that stops at the door.",
        ("B08", "C06"),
    ),
)
CODES = tuple(dict.fromkeys(code for *_, codes in QUESTIONS for code in codes))
#: Figures that need one family’s records matched across services.
LINKED = ("B09", "B10", "C07")


#: The way in, through and out: what is counted, the measure it is read from, and whether it is so many of so many.
STEPS = (
    ("requests for early help", "B01", False),
    ("assessments begun", "B02", False),
    ("episodes open on the last day", "B05", False),
    ("episodes ended with needs met", "B06", True),
    ("episodes ended by going on to children’s social care", "B07", True),
    ("families came back to early help within 12 months", "B10", True),
    ("referrals were of children with early help in the 12 months before", "B09", True),
    ("referrals were of children referred in the 12 months before", "C07", True),
    ("families offered early help by social care began it", "B08", True),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the journeys: how many families of how many, in words, and the measure it is read from."""

    words: str
    count: int | None
    of: int | None
    code: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Families whose help ended, those with both scores, and those left out because one is lacking."""

    closed: int | None
    both: int | None
    improved: int | None
    notes: Sequence[str]

    @property
    def left_out(self) -> int | None:
        """How many are not in the figure; None where it cannot be said."""
        if self.closed is None or self.both is None or self.both > self.closed:
            return None
        return self.closed - self.both


@dataclass(frozen=True, slots=True)
class Reading:
    """The page: its questions with their rows, the journeys, the scores, and whose matching the figures rest on."""

    questions: Sequence[tuple[str, str, Sequence[Row]]]
    journeys: Sequence[Step]
    scores: Scores
    linked: Sequence[tuple[Definition, Sequence[Link]]]
    lacking: Sequence[Definition]


def reading(card: Scorecard, measures: Mapping[str, Definition]) -> Reading:
    """The page from a scorecard of these measures: three more questions for where the matched figures come from."""
    rows = {row.measure.code: row for row in card.rows}
    questions = [
        (asked, tells, [rows[code] for code in codes if code in rows]) for asked, tells, codes in QUESTIONS
    ]
    links = _links(card, [code for code in (*LINKED, "B11") if code in rows])
    notes = [f"{link.agency}: {link.value.note}" for link in links.get("B11", ()) if link.value.note]
    lacking = [measures[code] for code in CODES if code in measures and _count(rows, code) is None]
    return Reading(
        questions, _journeys(rows),
        Scores(_of(rows, "B06"), _of(rows, "B11"), _count(rows, "B11"), notes),
        [(measures[code], links[code]) for code in LINKED if code in links], lacking,
    )  # fmt: skip


def _links(card: Scorecard, codes: Sequence[str]) -> dict[str, list[Link]]:
    values = provenance.behind_many(card.wanted, codes, card.wanted.window())
    links = provenance.chain(values)
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.value.measure, []).append(link)
    return found


def _journeys(rows: Mapping[str, Row]) -> list[Step]:
    """The way in, through and out, as far as there are counts."""
    steps = [
        Step(words, _count(rows, code), _of(rows, code) if of else None, code) for words, code, of in STEPS
    ]
    return [each for each in steps if each.count is not None]


def _count(rows: Mapping[str, Row], code: str) -> int | None:
    row = rows.get(code)
    figure = row.whole.figure if row is not None else NOT_SUPPLIED
    if row is None or not worth(figure, row.measure).counted or figure.numerator is None:
        return None
    return int(figure.numerator)


def _of(rows: Mapping[str, Row], code: str) -> int | None:
    row = rows.get(code)
    if row is None or row.whole.figure.denominator is None:
        return None
    return int(row.whole.figure.denominator)
