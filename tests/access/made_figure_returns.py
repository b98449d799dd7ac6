"""A round of figures for the walk over every route: what the police sent, and its round."""

from __future__ import annotations

from functools import cached_property

from tests.indicators.people import Figures, bring_in_figures_people
from tests.indicators.returning import Returning
from tests.personas import World


class ReturnRecords:
    """References of a return that was sent, and of its round."""

    def __init__(self, world: World) -> None:
        bring_in_figures_people(world)
        self.made = Returning(Figures(world))
        self.made.send()

    @cached_property
    def sent(self) -> str:
        return self.made.reference

    @cached_property
    def round(self) -> str:
        with self.made.figures.acting("analyst"):
            return str(self.made.round.record.reference)
