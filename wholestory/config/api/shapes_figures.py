"""What goes in and out about returns of figures, as types."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from wholestory.indicators.models import ReturnStage

FigureStageWord = Annotated[str, Field(json_schema_extra={"enum": [*ReturnStage.values]})]
FigureNothing = Literal["not_applicable", "not_held", "not_supplied", "suppressed"]
_ABOUT_NOTHING = "Why there is no number. None of these is 0."


class FigureReturnLine(BaseModel):
    """A return of figures in a list."""

    reference: str
    label: str
    agency: str
    period_start: date
    period_end: date
    stage: FigureStageWord
    stage_words: str
    due_on: date
    extended_to: date | None
    is_overdue: bool
    url: str


class FigureReturns(BaseModel):
    """One page of returns of figures, newest first."""

    returns: list[FigureReturnLine]
    next: str | None = Field(description="The address of the next page; null on the last.")


class FigureFinding(BaseModel):
    """Something wrong or odd in one line. An error has to be put right; a query is answered on the page."""

    rule: str
    severity: Literal["error", "query"]
    field: str
    words: str
    what_to_do: str
    accepted_because: str


class FigureLine(BaseModel):
    """One line that is asked for, what stands in the draft, and what was sent for the quarter before."""

    measure: str
    version: int
    breakdown: str = Field(description="Empty for the whole.")
    label: str
    title: str
    numerator_is: str = Field(description="What is counted.")
    denominator_is: str = Field(description="Of what; empty where the measure is one number.")
    numerator: str
    denominator: str
    percentage: str
    nothing: str
    note: str
    mark: str = Field(description="Send it back as base when you change the line.")
    last_quarter: str
    findings: list[FigureFinding]


class FigureReturn(FigureReturnLine):
    """A return of figures with every line."""

    can_be_filled_in: bool
    lines: list[FigureLine]


class FigureGiven(BaseModel):
    """One line to save as a draft: numbers, a percentage alone, or why there is none."""

    model_config = ConfigDict(extra="forbid", strict=True)

    measure: str = Field(pattern=r"^[A-Z0-9][A-Za-z0-9-]{1,19}$")
    breakdown: str = Field(default="", max_length=30)
    label: str = Field(default="", max_length=60)
    numerator: int | float | None = Field(default=None, ge=0, le=999_999_999)
    denominator: int | None = Field(default=None, ge=0, le=999_999_999)
    percentage: float | None = Field(
        default=None,
        ge=0,
        le=100,
        description="Only where the counts are not held. It is kept as “percentage only”.",
    )
    nothing: FigureNothing | None = Field(default=None, description=_ABOUT_NOTHING)
    note: str = Field(default="", max_length=500)
    base: str = Field(
        default="",
        max_length=12,
        description="The mark you saw. A line somebody changed since is not overwritten.",
    )


class FiguresGiven(BaseModel):
    """Lines to save together: all of them are understood, or none is kept."""

    model_config = ConfigDict(extra="forbid", strict=True)

    lines: list[FigureGiven] = Field(min_length=1, max_length=500)


class FigureSaved(BaseModel):
    """What became of one line."""

    measure: str
    breakdown: str
    label: str
    outcome: Literal["saved", "unchanged", "not_overwritten"] = Field(
        description="not_overwritten: somebody else changed it since; read the return and send it again."
    )
    mark: str
    findings: list[FigureFinding]


class FiguresSaved(BaseModel):
    """What became of each line, in the order they were sent."""

    reference: str
    stage: FigureStageWord
    saved_at: datetime
    lines: list[FigureSaved]


def as_typed(number: int | float | None) -> str:
    """A number as somebody would have typed it."""
    return "" if number is None else f"{Decimal(str(number)).normalize():f}"
