"""What the system writes to the board's own team, its moderators and its chair."""

from __future__ import annotations

from wholestory.correspondence.rules.wording import Wording

TO_THE_BOARD = (
    Wording(
        kind="moderation_asked",
        title="Asked to moderate",
        subject="Please moderate a self-audit ({reference})",
        body=(
            "Dear {name},\n\n"
            "{sender} asks you to moderate “{title}” ({reference}) by **{due_on}**: {link}\n\n"
            "If you know the organisation too well to judge it, say so on that page, "
            "and somebody else will be asked.\n\n"
            "{board}"
        ),
        line="{sender} asks you to moderate “{title}” ({reference}) by {due_on}: {link}",
        waits=5,
        dated=True,
    ),
    Wording(
        kind="panel_asked",
        title="Asked to sit on a panel",
        subject="You sit on a peer challenge panel ({reference})",
        body=(
            "Dear {name},\n\n"
            "{sender} asks you to sit on a peer challenge panel ({reference}) that meets on **{due_on}**. Where it "
            "meets, and what to read before, are on its page: {link}\n\n"
            "You can read that one self-audit until its result is given. If you know the organisation too well, "
            "reply to this e-mail, and somebody else will be asked.\n\n"
            "{board}"
        ),
        line="{sender} asks you to sit on a peer challenge panel ({reference}) that meets on {due_on}: {link}",
        waits=5,
        dated=True,
    ),
    Wording(
        kind="panel_moved",
        title="Panel moved",
        subject="The peer challenge panel ({reference}) meets on {due_on}",
        body=(
            "Dear {name},\n\n"
            "When or where the peer challenge panel ({reference}) meets has changed. It meets on **{due_on}**; its "
            "page says where: {link}\n\n"
            "{board}"
        ),
        line="The peer challenge panel ({reference}) has moved: it meets on {due_on}: {link}",
        waits=5,
        dated=True,
    ),
    Wording(
        kind="panel_lines",
        title="Lines of enquiry",
        subject="The lines of enquiry for the peer challenge panel ({reference})",
        body=(
            "Dear {name},\n\n"
            "The lines of enquiry for the peer challenge panel ({reference}) are ready to read: {link}\n\n"
            "It meets on **{due_on}**.\n\n"
            "{board}"
        ),
        line="The lines of enquiry for the peer challenge panel ({reference}), which meets on {due_on}: {link}",
        waits=5,
        dated=True,
    ),
    Wording(
        kind="answered",
        title="Query answered",
        subject="Your question about {reference} was answered",
        body="Dear {name},\n\n{agency} has answered your question about “{title}”: {link}\n\n{board}",
        line="{agency} has answered your question about “{title}” ({reference}): {link}",
        waits=15,
    ),
    Wording(
        kind="replied",
        title="Reply to a result",
        subject="A reply to the result of {reference}",
        body="Dear {name},\n\n{agency} has replied to the result of “{title}”: {link}\n\n{board}",
        line="{agency} has replied to the result of “{title}” ({reference}): {link}",
        waits=15,
    ),
    Wording(
        kind="signed_off",
        title="Signed off",
        subject="{reference} has been signed off",
        body="Dear {name},\n\n{agency} has signed off “{title}”: {link}\n\n{board}",
        line="{agency} has signed off “{title}” ({reference}): {link}",
        waits=60,
    ),
    Wording(
        kind="more_time_asked",
        title="More time asked for",
        subject="More time is asked for ({reference})",
        body="Dear {name},\n\n{agency} asks for more time for “{title}”: {link}\n\n{board}",
        line="{agency} asks for more time for “{title}” ({reference}): {link}",
        waits=15,
    ),
    Wording(
        kind="letter_to_sign",
        title="Letter to sign",
        subject="A letter waits for your signature ({reference})",
        body="Dear {name},\n\nA letter has been prepared for you to read and sign: {link}\n\n{board}",
        line="A letter waits for your signature ({reference}): {link}",
        waits=15,
    ),
    Wording(
        kind="bounce_notice",
        title="Not delivered",
        subject="A message about {reference} was not delivered",
        body=(
            "Dear {name},\n\n"
            "A message about {reference} did not reach its reader. "
            "See what happened, and send it to another address: {link}"
            "\n\n{board}"
        ),
        line="A message about {reference} did not reach its reader: {link}",
        waits=60,
    ),
)
