"""How the letter begins that tells an agency what its peer challenge panel came to. No law asks for it."""

from __future__ import annotations

from wholestory.correspondence.rules.wording import Wording

OUTCOME = Wording(
    kind="letter_panel_outcome",
    title="Outcome of the peer challenge panel",
    subject="{agency}: what the panel came to on “{title}” ({reference})",
    body=(
        "Dear {name},\n\n"
        "Thank you for meeting the peer challenge panel of {board} about “{title}”. The panel asks its questions to "
        "learn with you how well children are kept safe, and what others could take from your work.\n\n"
        "What the panel found strong:\n\n[strengths]\n\n"
        "What should become better, and what the board will look at:\n\n[to improve]\n\n"
        "If something here is not as you remember it, write to {mailbox}. The reference is {reference}."
    ),
)
