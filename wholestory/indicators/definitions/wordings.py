"""What agencies and the team are written about returns of figures. No message holds a figure.

The days of reminders are the board's own practice and no law; no wording says otherwise.
"""

from __future__ import annotations

from wholestory.correspondence.rules.wording import Wording

_HOW = (
    "To sign in, open a link and type the e-mail address this was sent to. A code comes by e-mail; there is no"
    " password."
)

WORDINGS = (
    Wording(
        kind="figures_asked",
        title="Figures asked for",
        subject="{agency}: please send your figures for {title} by {due_on}",
        body=(
            "Dear {name},\n\n"
            "1. {board} asks {agency} for its figures for {title} ({reference}).\n"
            "2. Open {link} and type the e-mail address this was sent to. A code comes by e-mail; there is no "
            "password.\n"
            "3. Type the figures on the page, or fill in the Excel file you can download there. Each row says what is "
            "counted and what you sent last time.\n"
            "4. When they are complete, pass them to a colleague, who looks at them and sends them.\n"
            "5. They are due on **{due_on}**. If something stands in the way, reply to this e-mail ({mailbox}).\n\n"
            "{board}"
        ),
        line="{agency} is asked for its figures for {title} ({reference}) by {due_on}: {link}",
        how=_HOW,
        waits=2,
        dated=True,
    ),
    Wording(
        kind="figures_reminder",
        title="Reminder of figures",
        subject="Your figures for {title} are due on {due_on} ({reference})",
        body=(
            "Dear {name},\n\n"
            "The figures of {agency} for {title} are due on **{due_on}**. What has been typed so far is kept.\n\n"
            "Go on where you stopped: {link}\n\n"
            "If you do not hold a figure, or do not have it yet, the page lets you say so.\n\n"
            "{board}"
        ),
        line="The figures of {agency} for {title} ({reference}) are due on {due_on}: {link}",
        how=_HOW,
        waits=15,
        dated=True,
    ),
    Wording(
        kind="figures_late",
        title="Figures are late",
        subject="Your figures for {title} were due on {due_on} ({reference})",
        body=(
            "Dear {name},\n\n"
            "The figures of {agency} for {title} were due on **{due_on}** and have not reached us.\n\n"
            "Please send what you have: {link}\n\n"
            "If something stands in the way, reply to this e-mail today, so that we can agree what happens next.\n\n"
            "{board}"
        ),
        line="The figures of {agency} for {title} ({reference}) were due on {due_on} and have not reached us: {link}",
        how="If something stands in the way, reply to this e-mail, so that we can agree what happens next.",
        waits=15,
    ),
    Wording(
        kind="figures_late_signatory",
        title="Figures are late, to the signatory",
        subject="Figures from {agency} for {title} are overdue ({reference})",
        body=(
            "Dear {name},\n\n"
            "The figures of {agency} for {title} were due on **{due_on}**. They have not reached us, and our messages "
            "to your colleagues have not led to an answer. Without them the board’s report says “not supplied” for "
            "{agency}.\n\n"
            "See how far they are: {link}\n\n"
            "Please let us know when we can expect them.\n\n"
            "{board}"
        ),
        line="The figures of {agency} for {title} ({reference}) were due on {due_on}: {link}",
        waits=15,
    ),
    Wording(
        kind="figures_more_time",
        title="More time for figures",
        subject="Your figures for {title} are now due on {due_on} ({reference})",
        body=(
            "Dear {name},\n\n"
            "{agency} has more time for its figures for {title}: they are now due on **{due_on}**.\n\n"
            "Go on where you stopped: {link}\n\n"
            "{board}"
        ),
        line="The figures of {agency} for {title} ({reference}) are now due on {due_on}: {link}",
        waits=5,
        dated=True,
    ),
    Wording(
        kind="figures_to_approve",
        title="Figures to approve",
        subject="Please look at the figures for {title} before they are sent ({reference})",
        body=(
            "Dear {name},\n\n"
            "{sender} has filled in the figures of {agency} for {title} and asks a second person to look at them. "
            "They are due on **{due_on}**.\n\n"
            "Look at them, then send them to the board or give them back: {link}\n\n"
            "{board}"
        ),
        line="{sender} asks you to look at the figures of {agency} for {title} ({reference}), due on {due_on}: {link}",
        how=_HOW,
        waits=5,
    ),
    Wording(
        kind="figures_sent_back",
        title="Figures given back",
        subject="The figures for {title} were given back to you ({reference})",
        body=(
            "Dear {name},\n\n"
            "{sender} looked at the figures of {agency} for {title} and gave them back. The page says why.\n\n"
            "Go on here: {link}\n\n"
            "{board}"
        ),
        line="{sender} gave back the figures of {agency} for {title} ({reference}); the page says why: {link}",
        waits=5,
    ),
    Wording(
        kind="figures_here",
        title="Figures have come in",
        subject="{agency} has sent its figures for {title} ({reference})",
        body=(
            "Dear {name},\n\n"
            "{agency} has sent its figures for {title}. Look at them, then accept them or ask a question: {link}\n\n"
            "{board}"
        ),
        line="{agency} has sent its figures for {title} ({reference}): {link}",
        waits=15,
    ),
    Wording(
        kind="figures_query",
        title="Question about figures",
        subject="A question about your figures for {title} ({reference})",
        body=(
            "Dear {name},\n\n"
            "Thank you for the figures of {agency} for {title}. The board’s team has a question about them.\n\n"
            "Read it, and answer it or correct the figures, here: {link}\n\n"
            "{board}"
        ),
        line="The board’s team has a question about the figures of {agency} for {title} ({reference}): {link}",
        waits=5,
    ),
    Wording(
        kind="figures_answered",
        title="Question about figures answered",
        subject="{agency} has answered your question about {title} ({reference})",
        body=(
            "Dear {name},\n\n"
            "{agency} has answered the question about its figures for {title}: {link}\n\n"
            "{board}"
        ),
        line="{agency} has answered the question about its figures for {title} ({reference}): {link}",
        waits=15,
    ),
)
