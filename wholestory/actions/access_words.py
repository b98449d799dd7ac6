"""What the access record's codes for actions say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "actions.promised": "Made the action",
        "actions.updated": "Added to it",
        "actions.evidence_added": "Added what shows it",
        "actions.closed": "Closed it",
        "actions.dropped": "Dropped it",
        "actions.effect_recorded": "Recorded what it changed",
        "actions.measure_set": "Said what will show that it worked",
        "actions.aimed": "Said which measure it is meant to move",
        "actions.checked": "Checked whether it worked",
        "actions.owner_named": "Named its owner",
        "actions.redated": "Moved its date",
        "actions.said_done": "Said it is done",
        "actions.sent_back": "Asked for more before closing it",
    }
)
