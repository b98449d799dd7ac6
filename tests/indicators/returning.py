"""A round of figures as tests speak of it: the police are asked for three measures, the health trust for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.indicators.people import NOW, Figures
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.indicators.models import AgencyReturn, Collection
from wholestory.indicators.operations import asking, collections, drafts, sending
from wholestory.indicators.rules.entries import Typed
from wholestory.indicators.rules.periods import Period

QUARTER = Period(date(2015, 10, 1), date(2015, 12, 31))
DUE = date(2016, 3, 21)
#: G01a is a count with parts by sex, G02 a share in per cent, G04 a count.
POLICE = {"G01a": ["sex"], "G02": [], "G04": []}


class Returning:
    """The north board's round for October to December 2015."""

    def __init__(
        self, figures: Figures, due_on: date = DUE, police: Mapping[str, list[str]] = POLICE
    ) -> None:
        self.figures, self.world = figures, figures.world
        self.board = self.world.board
        with figures.acting("analyst") as actor:
            for agency, wanted in (("police", police), ("health", {"H01": []})):
                asking.ask_for(
                    actor=actor, board=self.board, agency=self.world.agencies[agency], wanted=wanted,
                    from_on=QUARTER.start,
                )  # fmt: skip
            self.round: Collection = collections.open_round(
                actor=actor, board=self.board, label="", period=QUARTER, due_on=due_on, today=TODAY, now=NOW
            )

    def of(self, agency: str = "police") -> AgencyReturn:
        """The return as it stands now."""
        with acting.as_system(self.board):
            rows = AgencyReturn.objects.select_related(
                "record", "agency", "board", "circle", "office", "collection"
            )
            return rows.get(collection=self.round, agency=self.world.agencies[agency])

    @property
    def reference(self) -> str:
        return str(self.of().record.reference)

    def type(
        self,
        rows: Mapping[str, tuple[str, ...]],
        reasons: Mapping[str, str] | None = None,
        *,
        who: str = "police_lead",
    ) -> None:
        """Save lines of the police return as (how many, of how many)."""
        typed = {key: Typed(*said) for key, said in rows.items()}
        with self.figures.acting(who) as actor:
            drafts.save(
                actor=actor, ret=self.of(), rows=typed, was={}, reasons=reasons or {}, today=TODAY, now=NOW
            )

    def fill(self) -> None:
        """Everything filled in and nothing odd: 9 children (4 girls, 5 boys, none unknown), 48 of 60, and 30."""
        self.type(
            {
                "G01a": ("9",), "G01a|sex|female": ("4",), "G01a|sex|male": ("5",), "G01a|sex|not_known": ("0",),
                "G02": ("48", "60"), "G04": ("30",),
            }
        )  # fmt: skip

    def pass_on(self, who: str = "police_lead") -> None:
        with self.figures.acting(who) as actor:
            sending.pass_on(actor=actor, ret=self.of(), today=TODAY, now=NOW)

    def approve(self, who: str = "police_signatory", today: date = TODAY) -> None:
        with self.figures.acting(who) as actor:
            sending.approve(actor=actor, ret=self.of(), today=today, now=NOW)

    def send(self) -> None:
        """Filled in, passed on, approved."""
        self.fill()
        self.pass_on()
        self.approve()
