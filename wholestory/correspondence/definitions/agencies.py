"""What the board writes to the organisations that answer to it.

The steps of the ladder (28, 14, 7 and 1 days before; after the due date) are each board's own choice and no law;
no wording says otherwise.
"""

from __future__ import annotations

from wholestory.correspondence.rules.wording import Wording

_HOW_TO_SIGN_IN = (
    "To sign in, open a link and type the e-mail address this was sent to. "
    "A code comes by e-mail; there is no password."
)

TO_AGENCIES = (
    Wording(
        kind="invitation",
        title="Invitation",
        subject="{agency}: please complete “{title}” by {due_on}",
        # The whole instruction in five lines: nobody who gets it needs a course, a manual or a telephone call.
        body=(
            "Dear {name},\n\n"
            "1. {board} asks {agency} to complete “{title}” ({reference}).\n"
            "2. Open {link} and type the e-mail address this was sent to. "
            "A code comes by e-mail; there is no password.\n"
            "3. Answer at your own pace: what you type is kept, and colleagues can answer parts of it with you.\n"
            "4. When everything is answered, {signatory} signs it off.\n"
            "5. It is due on **{due_on}**. If you need more time, choose “Ask for more time” on its page; to ask "
            "something else, reply to this e-mail ({mailbox}).\n\n"
            "{board}"
        ),
        line="{agency} is asked to complete “{title}” ({reference}) by {due_on}; {signatory} signs it off: {link}",
        how=f"{_HOW_TO_SIGN_IN} What you type is kept, and colleagues can answer parts with you. "
        "If you need more time, choose “Ask for more time” on its page.",
        waits=2,
        dated=True,
    ),
    Wording(
        kind="reminder",
        title="Reminder",
        subject="“{title}” is due on {due_on} ({reference})",
        body=(
            "Dear {name},\n\n"
            "“{title}” for {agency} is due on **{due_on}**, in {days}. What has been answered so far is kept.\n\n"
            "Go on where you stopped: {link}\n\n"
            "If you need more time, choose “Ask for more time” on your return before that day.\n\n"
            "{board}"
        ),
        line="“{title}” for {agency} ({reference}) is due on {due_on}, in {days}: {link}",
        how=_HOW_TO_SIGN_IN,
        waits=15,
        dated=True,
    ),
    Wording(
        kind="chaser",
        title="Chaser",
        subject="“{title}” was due on {due_on} ({reference})",
        body=(
            "Dear {name},\n\n"
            "“{title}” for {agency} was due on **{due_on}** and has not reached us.\n\n"
            "Please complete it: {link}\n\n"
            "If something stands in the way, reply to this e-mail today, so that we can agree what happens next.\n\n"
            "{board}"
        ),
        line="“{title}” for {agency} ({reference}) was due on {due_on} and has not reached us: {link}",
        how="If something stands in the way, reply to this e-mail, so that we can agree what happens next.",
        waits=15,
    ),
    Wording(
        kind="chaser_to_signatory",
        title="Chaser to the person who signs",
        subject="“{title}” from {agency} is overdue ({reference})",
        body=(
            "Dear {name},\n\n"
            "“{title}” for {agency} was due on **{due_on}**. It has not reached us, and our messages "
            "to your colleagues have not led to an answer. You are named as the person who signs it.\n\n"
            "See how far it is: {link}\n\n"
            "Please let us know within five working days when we can expect it.\n\n"
            "{sender}\n{board}"
        ),
        line="“{title}” for {agency} ({reference}), which you sign, was due on {due_on}: {link}",
        waits=15,
    ),
    Wording(
        kind="query",
        title="Query",
        subject="A question about “{title}” ({reference})",
        body=(
            "Dear {name},\n\n"
            "Thank you for “{title}”. Before it can go further, the board has a question about it.\n\n"
            "Read the question and answer it here: {link}\n\n"
            "{board}"
        ),
        line="The board has a question about “{title}” for {agency} ({reference}): {link}",
        waits=5,
    ),
    Wording(
        kind="extension_given",
        title="More time given",
        subject="“{title}” is now due on {due_on} ({reference})",
        body=(
            "Dear {name},\n\n"
            "You have more time for “{title}” for {agency}: it is now due on **{due_on}**.\n\n"
            "Go on where you stopped: {link}\n\n"
            "{board}"
        ),
        line="“{title}” for {agency} ({reference}) is now due on {due_on}: {link}",
        waits=5,
        dated=True,
    ),
    Wording(
        kind="opened_again",
        title="Opened again",
        subject="“{title}” is open for you again ({reference})",
        body=(
            "Dear {name},\n\n"
            "{board} has opened “{title}” for {agency} again, so that something can be put right. Please have it "
            "signed again by **{due_on}**.\n\n"
            "Why, and what you have answered, is on its page: {link}\n\n"
            "{board}"
        ),
        line="“{title}” for {agency} ({reference}) is open again, to be signed again by {due_on}: {link}",
        waits=5,
        dated=True,
    ),
    Wording(
        kind="more_time_declined",
        title="No more time given",
        subject="“{title}” stays due on {due_on} ({reference})",
        body=(
            "Dear {name},\n\n"
            "You asked for more time for “{title}” for {agency}. It stays due on **{due_on}**. The reason is on its "
            "page: {link}\n\n"
            "If something stands in the way, reply to this e-mail.\n\n"
            "{board}"
        ),
        line="“{title}” for {agency} ({reference}) stays due on {due_on}; the reason is on its page: {link}",
        waits=5,
    ),
    Wording(
        kind="asked_again",
        title="Asked again",
        subject="{agency} is asked again for “{title}” ({reference})",
        body=(
            "Dear {name},\n\n"
            "{board} asks {agency} once more for “{title}”. It is due on **{due_on}**. The reason, and what has been "
            "answered so far, are on its page: {link}\n\n"
            "If you need more time, choose “Ask for more time” there; to ask something else, reply to this e-mail.\n\n"
            "{board}"
        ),
        line="{agency} is asked again for “{title}” ({reference}), due on {due_on}: {link}",
        waits=5,
        dated=True,
    ),
    Wording(
        kind="released",
        title="Result ready",
        subject="The result of “{title}” is ready ({reference})",
        body=(
            "Dear {name},\n\n"
            "The board has looked at “{title}” for {agency}. The result, with the reasons, is here: {link}\n\n"
            "You can reply to it once, on the same page.\n\n"
            "{board}"
        ),
        line="The result of “{title}” for {agency} ({reference}) is ready: {link}",
        waits=5,
    ),
    Wording(
        kind="thanks",
        title="Thank you",
        subject="Thank you: “{title}” has reached us ({reference})",
        body=(
            "Dear {name},\n\n"
            "Thank you. “{title}” for {agency} has reached the board.\n\n"
            "What you sent stays here for you to read: {link}\n\n"
            "{board}"
        ),
        line="Thank you: “{title}” for {agency} ({reference}) has reached the board: {link}",
        waits=5,
    ),
    Wording(
        kind="section_asked",
        title="Asked to answer a part",
        subject="Please answer a part of “{title}” ({reference})",
        body=(
            "Dear {name},\n\n"
            "{sender} asks you to answer a part of “{title}” for {agency}. It is due on **{due_on}**.\n\n"
            "Your part: {link}\n\n"
            f"{_HOW_TO_SIGN_IN}\n\n"
            "{board}"
        ),
        line="{sender} asks you to answer a part of “{title}” for {agency} ({reference}), due on {due_on}: {link}",
        how=_HOW_TO_SIGN_IN,
        waits=5,
        dated=True,
    ),
    Wording(
        kind="to_sign_off",
        title="Ready to be signed off",
        subject="“{title}” is ready for you to sign off ({reference})",
        body=(
            "Dear {name},\n\n"
            "Everything in “{title}” for {agency} is answered. It is due on **{due_on}** and waits for you "
            "to read it and sign it off: {link}\n\n"
            f"{_HOW_TO_SIGN_IN}\n\n"
            "{board}"
        ),
        line="“{title}” for {agency} ({reference}), due on {due_on}, waits for you to sign it off: {link}",
        how=_HOW_TO_SIGN_IN,
        waits=5,
    ),
    Wording(
        kind="signature_lapsed",
        title="Signature no longer holds",
        subject="Your signature to “{title}” no longer holds ({reference})",
        body=(
            "Dear {name},\n\n"
            "After you signed “{title}” for {agency}, an answer was changed, so your signature no longer holds.\n\n"
            "Its page says what happened. Read the answers once they are right, and sign again: {link}\n\n"
            "{board}"
        ),
        line=(
            "An answer was changed after you signed “{title}” for {agency} ({reference}), so your signature no longer "
            "holds: {link}"
        ),
        waits=15,
    ),
    Wording(
        kind="action_due",
        title="Action due",
        subject="An action of {agency} is due on {due_on} ({reference})",
        body=(
            "Dear {name},\n\n"
            "An action of {agency} is due on **{due_on}**, in {days}.\n\n"
            "Say how far it is, or add what shows that it is done: {link}\n\n"
            "{board}"
        ),
        line="An action of {agency} ({reference}) is due on {due_on}, in {days}: {link}",
        waits=15,
        dated=True,
    ),
    Wording(
        kind="action_overdue",
        title="Action overdue",
        subject="An action of {agency} was due on {due_on} ({reference})",
        body=(
            "Dear {name},\n\n"
            "An action of {agency} was due on **{due_on}**.\n\n"
            "Say how far it is, add what shows that it is done, or ask for another date: {link}\n\n"
            "{board}"
        ),
        line="An action of {agency} ({reference}) was due on {due_on}: {link}",
        waits=15,
    ),
    Wording(
        kind="people_check",
        title="Who still works on this?",
        subject="Please check who answers for {agency}",
        body=(
            "Dear {name},\n\n"
            "You keep the list of people who work for {agency} on what the board asks. Before “{title}” begins, "
            "please say who still does: {link}\n\n"
            "{board}"
        ),
        line="Please say who still works for {agency} on what the board asks: {link}",
        waits=2,
    ),
)
