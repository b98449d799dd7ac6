"""What an agency is written: a reference, a day and a link. Never a name, a date of birth or a number of the child.

A mail that carries a way in is sent and forgotten, like a sign-in code; what is kept is that it was sent, and when.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings

from wholestory.child_deaths.models import AgencyRequest
from wholestory.correspondence.rules import identifying
from wholestory.correspondence.rules.wording import day
from wholestory.partners.models import Board

EXAMPLE = "Example: invented"

_HOW = (
    "The link is for you alone. When you open it, we send a code to this address; there is no password. Forwarding"
    " this message is of no use to anybody: to bring in a colleague, name them on the page.\n\n"
    "If your organisation knows nothing of the child, the page lets you say so in a minute. If you cannot answer, or"
    " are not the right person, reply to this message."
)


def words(
    request: AgencyRequest, board: Board, *, why: str, token: str, today: date, panel: str
) -> tuple[str, str]:
    """Subject and text of the mail for a link. Raises Identifying."""
    reference, last = request.record.reference, request.last_on
    link = f"{settings.SITE_ADDRESS}/child-deaths/asked/{token}/"
    if why.startswith("reminder"):
        late = today > last
        subject = f"{reference}: {'was' if late else 'is'} due on {day(last)}"
        said = f"We asked what your organisation knows ({reference}). It {'was' if late else 'is'} due on {day(last)}."
    elif why == "first":
        subject = f"{reference}: please tell us what your organisation knows, by {day(last)}"
        said = (
            f"{panel} reviews the death of every child who lived in its area, and asks every organisation that may"
            f" have known the child. Please tell us what yours knows ({reference}) by {day(last)}."
        )
    else:
        subject = f"{reference}: your link"
        said = (
            f"Here is your link to what we asked ({reference}), due on {day(last)}. Earlier answers are kept."
        )
    body = f"{said}\n\nOpen this page: {link}\n\n{_HOW}\n\n{panel}"
    identifying.check(subject, body.replace(token, "…"))
    return subject, f"{EXAMPLE}\n\n{body}" if board.is_example else body
