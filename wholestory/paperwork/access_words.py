"""What the access record's codes for forms say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "paperwork.started": "Started the form",
        "paperwork.saved": "Saved answers",
        "paperwork.settled": "Chose between two versions of an answer",
        "paperwork.carried_forward": "Brought last time’s answers forward",
        "paperwork.submitted": "Sent the form",
        "paperwork.locked": "Closed the form",
        "paperwork.reopened": "Opened the form again",
        "paperwork.made_pdf": "Made a PDF of the form",
    }
)
