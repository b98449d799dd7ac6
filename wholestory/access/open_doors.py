"""Functions of the database that people without an account may use: the whole way in for open pages.

Each is made by a room's migration, takes values and hands back one value; nothing else of the database is asked for
somebody who is nobody. What the role for open pages may do is exactly these.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

#: By name: what each is for.
DOORS: dict[str, str] = {
    "assurance_survey_shown": "what a survey's link shows, as long as the survey is open",
    "assurance_survey_answer": "takes one reply to it",
    "child_deaths_notify_shown": "what the page for telling a panel of a death shows: whom to telephone",
    "learning_published": "what a board has published of its lessons, and material of its campaigns",
    "child_deaths_reports_published": "a panel's yearly reports that are published now, as they were approved",
    "performance_reports_published": "a board's performance reports that are published now, as they were approved",
    "child_deaths_transfer_shown": "what the link of a panel elsewhere shows: which case is offered, by its reference",
    "child_deaths_transfer_answer": "takes that panel's one answer",
    "child_deaths_notify": "takes one message about a death and gives back its reference, never anything that is held",
}
#: For agencies' own systems, whose token was asked for: they send, and learn no more than the open page does.
FOR_SYSTEMS: dict[str, str] = {
    "child_deaths_notify_by_system": "takes one message about a death from a system with a token for it",
}
#: For the survey's own team, not for open pages: what they may learn of replies they cannot read.
FOR_THE_TEAM: dict[str, str] = {
    "assurance_survey_count": "how many replies there are, in fives and not below the minimum",
    "assurance_survey_unseal": "shuffles the replies of a closed survey and lets the team's pages count them",
}


def ask(door: str, *values: Any) -> Any:
    """What the function answers; JSON as its text. Dictionaries are sent as JSON.

    Raises KeyError for a function that is not listed here.
    """
    if door not in DOORS | FOR_SYSTEMS | FOR_THE_TEAM:
        raise KeyError(door)
    statement = sql.SQL("select {}({})").format(
        sql.Identifier(door), sql.SQL(", ").join(sql.Placeholder() * len(values))
    )
    sent: list[Any] = [Jsonb(one) if isinstance(one, dict) else one for one in values]
    with connection.cursor() as cursor:
        cursor.execute(statement, sent)
        return cursor.fetchone()[0]
