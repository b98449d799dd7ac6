"""How the chair's letters on the ladder begin. The team changes them, the chair reads and signs them.

No letter says that anything is statutory. The formal request names the power the board believes it has, by edition
of the guidance, as not yet checked: whoever prepares the letter checks it and takes the words in brackets out.
"""

from __future__ import annotations

from collections.abc import Mapping

from wholestory.assurance.rules.reminders import INFORMATION_POWER
from wholestory.correspondence.rules.wording import Wording

NOT_CHECKED = "reference not yet checked against the Act"

LETTERS: Mapping[str, Wording] = {
    "to_chief_executive": Wording(
        kind="letter_to_chief_executive",
        title="Letter from the chair to the chief executive",
        subject="{agency}: “{title}” was due on {due_on} ({reference})",
        body=(
            "Dear {name},\n\n"
            "I write as chair of {board}. {agency} was asked to complete “{title}” by {due_on}. It has not reached "
            "us. Our messages to the colleagues who answer it, and to {signatory}, have not led to an answer.\n\n"
            "The board relies on these returns to see how well children are kept safe across all who work with them, "
            "and yours is missing from that picture.\n\n"
            "Please see that it is completed, or let me know within ten working days what stands in the way and when "
            "we can expect it. If another organisation does this work now, or there is nothing to assess, a short "
            "signed note saying so is an answer too.\n\n"
            "You can reach the board’s team at {mailbox}. The reference is {reference}."
        ),
    ),
    "formal_request": Wording(
        kind="letter_formal_request",
        title="Formal request for information",
        subject="{agency}: formal request for “{title}” ({reference})",
        body=(
            "Dear {name},\n\n"
            "I write as chair of {board}. {agency} was asked to complete “{title}” by {due_on}. We have written to "
            "your colleagues and to you since then, and it has not reached us.\n\n"
            "The board now asks for it formally, under {what}, so that it can do its work.\n\n"
            "Please send it, signed by the officer responsible, within fifteen working days of this letter. If you "
            "believe that the board may not ask for it, please tell me why, in the same time.\n\n"
            "You can reach the board’s team at {mailbox}. The reference is {reference}."
        ),
    ),
    "to_board": Wording(
        kind="letter_to_board",
        title="Letter from the chair to the members of the board",
        subject="For the board: no answer from {agency} ({reference})",
        body=(
            "To the members of {board},\n\n"
            "{agency} was asked to complete “{title}” by {due_on}. It has not reached us, although {what}.\n\n"
            "I ask the board to put this on the agenda of its next meeting, to hear the organisation, and to decide "
            "what follows. The reference is {reference}."
        ),
    ),
}


def power_of(edition: str) -> str:
    """The power behind a formal request as the letter first names it, marked as unchecked."""
    power = INFORMATION_POWER.get(edition)
    return f"{power} ({NOT_CHECKED})" if power else f"the power the guidance gives it ({NOT_CHECKED})"
