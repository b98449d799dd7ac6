"""What goes in and out, as types; the description of the API is made from these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Path, Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

from wholestory.actions.models import ActionState, StepKind
from wholestory.assurance.models import Stage

Reference = Annotated[
    str,
    Path(pattern="^[A-Z]{2,4}-[0-9A-Z]{6,12}$", description="The record's reference, such as SA-7F3K9QXD."),
]
PageNumber = Annotated[int, Query(ge=1, le=400, description="Which page, from 1.")]
PerPage = Annotated[int, Query(ge=1, le=100, description="How many on a page.")]

#: The kinds of nothing, and the blank that nobody has said anything about. Each stays what it is.
NothingWord = Literal["not_known", "not_applicable", "not_asked", "declined", "blank"]
StageWord = Annotated[str, Field(json_schema_extra={"enum": [*Stage.values]})]
ActionStateWord = Annotated[str, Field(json_schema_extra={"enum": [*ActionState.values]})]
StepWord = Annotated[str, Field(json_schema_extra={"enum": [*StepKind.values]})]


class Me(BaseModel):
    """Whose token this is and what it opens."""

    acts_as: str = Field(description="The name in the access record.")
    agency: str
    board: str
    scopes: list[str]
    expires_at: datetime
    today: date = Field(description="The board's own day, by which due dates are judged.")


class ReturnLine(BaseModel):
    """A return in a list."""

    reference: str
    title: str
    agency: str
    stage: StageWord
    stage_words: str
    issued_on: date
    due_on: date
    extended_to: date | None
    is_overdue: bool
    url: str


class Returns(BaseModel):
    """One page of returns, newest first."""

    returns: list[ReturnLine]
    next: str | None = Field(description="The address of the next page; null on the last.")


class Answer(BaseModel):
    """One place of the form and what stands there."""

    key: str = Field(description="The question's key.")
    item: int = Field(description="The item's number inside a repeating group; 0 outside.")
    page: str = Field(description="The key of the form's page.")
    section: str
    label: str
    kind: str = Field(description="The type of question, such as scale or long_text.")
    applies: bool = Field(description="Whether it is asked, given the answers so far.")
    value: Any = Field(description="What was answered; null when there is no value.")
    nothing: NothingWord | None = Field(
        description="The kind of nothing somebody chose, or blank: not answered. Null when there is only a value."
    )
    reason: str = Field(description="Why this kind of nothing was chosen.")
    in_words: str = Field(description="The answer as people read it.")
    typed: str = Field(description="What somebody typed on the page that could not be read as an answer.")
    to_confirm: bool = Field(
        description="Came forward from last time; somebody has to say that it is still true."
    )
    revision: int = Field(
        description="How often it was saved. Send it back as base when you change the answer."
    )


class FormFacts(BaseModel):
    """Which form, sealed by a hash: the same seal is the same form for ever."""

    key: str
    version: int
    title: str
    seal: str


class Progress(BaseModel):
    """How far the form is. Kinds of nothing are counted apart from answers and from each other."""

    applicable: int
    answered: int
    not_known: int
    not_applicable: int
    not_asked: int
    declined: int
    blank: int
    to_confirm: int


class Problem(BaseModel):
    """Something to put right before the return can be signed off."""

    key: str
    item: int
    message: str


class Return(ReturnLine):
    """A return with its form's questions and current answers."""

    signed_off_on: date | None
    released_on: date | None
    can_be_answered: bool
    form: FormFacts
    progress: Progress
    problems: list[Problem]
    versions_kept_aside: int = Field(
        description="Versions that clashed and wait for somebody to settle on the page."
    )
    answers: list[Answer]


class FormDefinition(FormFacts):
    """The whole definition, as it was sealed."""

    edition: str
    definition: dict[str, Any] = Field(description="Pages, sections, questions, conditions and checks.")


_VALUE: JsonValue = {
    "required": ["value"],
    "properties": {"value": {"not": {"type": "null"}}, "nothing": {"type": "null"}},
}
_NOTHING: JsonValue = {
    "required": ["nothing"],
    "properties": {"nothing": {"type": "string"}, "value": {"type": "null"}},
}


class AnswerGiven(BaseModel):
    """One answer to save as a draft: a value, or a kind of nothing, never both and never neither."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"oneOf": [_VALUE, _NOTHING]})

    key: str = Field(pattern="^[a-z0-9][a-z0-9_]{0,59}$")
    item: int = Field(default=0, ge=0, le=10_000)
    value: JsonValue = None
    nothing: NothingWord | None = Field(default=None, description="blank empties the answer.")
    reason: str = Field(default="", max_length=2000)
    base: int = Field(
        0,
        ge=0,
        le=2_147_483_647,
        description="The revision you saw; 0 when the place had never been answered.",
    )

    @model_validator(mode="after")
    def _one_of_the_two(self) -> AnswerGiven:
        if (self.value is None) == (self.nothing is None):
            raise ValueError("Give a value, or a kind of nothing (blank empties the answer), and not both")
        return self


class AnswersGiven(BaseModel):
    """Answers to save together: all of them are understood, or none is kept."""

    model_config = ConfigDict(extra="forbid", strict=True)

    answers: list[AnswerGiven] = Field(min_length=1, max_length=200)


class AnswerSaved(BaseModel):
    """What became of one answer."""

    key: str
    item: int
    outcome: Literal["saved", "unchanged", "kept_aside"] = Field(
        description="kept_aside: somebody else had saved first. Both are kept; a person settles it on the page."
    )
    revision: int = Field(description="The revision that stands now.")
    applies: bool = Field(description="False: kept, and not asked, because of another answer.")
    problems: list[str] = Field(description="What has to be put right before the return can be signed off.")


class AnswersSaved(BaseModel):
    """What became of each answer, in the order they were sent."""

    reference: str
    stage: StageWord
    saved_at: datetime
    answers: list[AnswerSaved]


class ActionLine(BaseModel):
    """An action in a list."""

    reference: str
    title: str
    agency: str
    owner: str
    state: ActionStateWord
    state_words: str
    first_due_on: date = Field(description="Never changes; delay is counted from it.")
    due_on: date
    is_overdue: bool
    url: str


class Actions(BaseModel):
    """One page of actions, the soonest due first."""

    actions: list[ActionLine]
    next: str | None = Field(description="The address of the next page; null on the last.")


class ActionSource(BaseModel):
    """A line of a return that the action answers."""

    item: str
    item_title: str
    score_before: str


class Step(BaseModel):
    """One thing that happened to an action. Never edited."""

    kind: StepWord
    words: str
    link: str
    from_due_on: date | None
    to_due_on: date | None
    by: str
    on: date


class Action(ActionLine):
    """An action with what it answers and everything that happened."""

    detail: str
    opened_on: date
    said_done_on: date | None
    closed_on: date | None
    effect: str = Field(description="What changed for children, and how it is known.")
    days_late: int
    answers: list[ActionSource]
    steps: list[Step]


class Update(BaseModel):
    """How an action is going, and a link that shows it if there is one."""

    model_config = ConfigDict(extra="forbid", strict=True)

    words: str = Field(min_length=1, max_length=10_000, pattern=r"\S")
    link: str = Field(
        default="", max_length=200, pattern=r"^(https?://[!-~]+)?$", description="https://… or empty."
    )
