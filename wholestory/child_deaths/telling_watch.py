"""How the e-mails read that tell the coordinator of a new message, of a hold to look at again, and of recent deaths
with something in common. None says anything about a child."""

from wholestory.child_deaths.operations.telling_coordinator import ALIKE, HOLD_DUE, TOLD, TOLD_NOW
from wholestory.correspondence import definitions
from wholestory.correspondence.rules.wording import Wording

_NOTHING_HERE = "This e-mail says nothing about the child. Read the message after signing in: {link}"

definitions.register(
    Wording(
        kind=TOLD,
        title="New message about a death",
        subject="New message to sort ({reference})",
        body=(
            "Dear {name},\n\nA new message about a death came in ({reference}) and waits to be sorted.\n\n"
            f"{_NOTHING_HERE}\n\n{{board}}"
        ),
        line="A new message to sort ({reference}): {link}",
        waits=0,
    )
)
definitions.register(
    Wording(
        kind=TOLD_NOW,
        title="New message about a death, to be read now",
        subject="READ NOW: new message ({reference})",
        body=(
            "Dear {name},\n\n**Please read this message now** ({reference}): {what}.\n\n"
            "Whoever sent it was told whom to telephone, and that sending it alerts nobody: do not take it that"
            f" somebody did.\n\n{_NOTHING_HERE}\n\n{{board}}"
        ),
    )
)
definitions.register(
    Wording(
        kind=HOLD_DUE,
        title="Hold to look at again",
        subject="To look at again: a review on hold ({reference})",
        body=(
            "Dear {name},\n\nThe review {reference} is on hold, and was to be looked at again by {due_on}. Does the"
            " reason still stand? Say so, with a new day, or end the hold: {link}\n\n{board}"
        ),
        line="A hold to look at again by {due_on} ({reference}): {link}",
        waits=0,
    )
)
definitions.register(
    Wording(
        kind=ALIKE,
        title="Recent deaths with something in common",
        subject="Something in common with another recent death: look ({reference})",
        body=(
            "Dear {name},\n\nRecent deaths have something in common: {reference}. Please look soon whether they belong"
            " together, and whom you have to tell. Each keeps a review of its own, and nothing is linked by itself.\n\n"
            "This e-mail does not say what it is. See it after signing in: {link}\n\n{board}"
        ),
        line="Something in common with another recent death: look ({reference}): {link}",
        waits=0,
    )
)
