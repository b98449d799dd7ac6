"""A set of questions made of a file's own headings, where no framework here asks what was asked then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from wholestory.assurance import own_frameworks
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import BroughtIn, BroughtInState
from wholestory.assurance.operations import own_tools, own_tools_publishing
from wholestory.assurance.operations.own_tools_sources import ToolRefused, as_source
from wholestory.assurance.operations.past import PastRefused, held, match
from wholestory.assurance.rules.own_tools_columns import NUMBER, QUESTION, STANDARD, Columns
from wholestory.assurance.rules.past_matching import questions_guessed
from wholestory.assurance.rules.past_tables import Asked
from wholestory.assurance.tables import Row, Table
from wholestory.partners.models import Person

_HEADINGS = ("No", "Standard", "Question")


@transaction.atomic
def make(
    *, actor: Person, batch: BroughtIn, title: str, scale: str, asked: Sequence[Asked], today: date
) -> Framework:
    """Publish an audit tool of the board's own that asks what the file asks, and match the file to it. Raises
    PastRefused with everything in the way; then nothing is published."""
    fresh = held(actor, batch, BroughtInState.MATCHING)
    table = Table(fresh.file_name, tuple(_rows(asked)))
    try:
        with transaction.atomic():
            draft = own_tools.start(
                actor=actor, board=fresh.board, title=title, today=today,
                source=as_source([table], fresh.file_name), came_from=fresh.file_name,
            )  # fmt: skip
            columns = Columns("0", 1, scale, (NUMBER, STANDARD, QUESTION))
            draft = own_tools.set_columns(actor=actor, draft=draft, columns=columns)
            own_tools.make_questions(actor=actor, draft=draft)
            made = own_tools_publishing.publish(actor=actor, draft=draft, today=today)
    except ToolRefused as refused:
        raise PastRefused(
            f"{refused} Make the tool under “Your own audit tools”, where you can mend it, and choose it here."
        ) from refused
    framework = own_frameworks.named(f"{made.key}.{made.version}")
    if framework is None:
        raise PastRefused("The tool that was made cannot be found.")
    match(
        actor=actor,
        batch=fresh,
        changes={
            "framework": own_frameworks.name_of(framework),
            "made": [made.key, made.version],
            "questions": {key: one.id for key, one in questions_guessed(asked, framework).items()},
        },
    )
    return framework


def _rows(asked: Sequence[Asked]) -> list[Row]:
    rows = [Row(1, _HEADINGS)]
    for at, one in enumerate(asked, 2):
        rows.append(Row(at, (one.number, one.standard, one.text or f"Question {one.number}")))
    return rows
