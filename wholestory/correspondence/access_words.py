"""What the access record's codes for letters and e-mails say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "correspondence.exported": "Downloaded a list of messages",
        "correspondence.letter_printed": "Printed the letter",
        "correspondence.queued": "Put it in line to be sent",
        "correspondence.sending": "Began to send it",
        "correspondence.sent": "Sent it",
        "correspondence.sent_by_hand": "Marked it as sent by hand",
        "correspondence.delivered": "It was delivered",
        "correspondence.failed": "It could not be sent",
        "correspondence.bounced": "It came back",
        "correspondence.cancelled": "Stopped it before it was sent",
        "correspondence.overtaken": "Stopped it: what it asked for was done before it went",
        "correspondence.changed": "Changed its words",
        "correspondence.found_again": "Found it still waiting, and tried again",
        "correspondence.not_now": "Could not send it yet",
        "correspondence.settled": "Dealt with its not arriving",
        "correspondence.sorted": "Put it into a digest",
        "correspondence.letter_prepared": "Prepared a letter to sign",
        "correspondence.letter_changed": "Changed the letter",
        "correspondence.letter_signed": "Signed the letter",
        "correspondence.letter_sent": "Sent the letter",
        "correspondence.letter_withdrawn": "Withdrew the letter",
    }
)
