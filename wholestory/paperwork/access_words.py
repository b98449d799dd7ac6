"""What the access record's codes for forms say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "paperwork.commented": "Commented beside a question",
        "paperwork.comments_settled": "Marked comments as settled",
        "paperwork.started": "Started the form",
        "paperwork.saved": "Saved answers",
        "paperwork.settled": "Chose between two versions of an answer",
        "paperwork.carried_forward": "Brought last time’s answers forward",
        "paperwork.submitted": "Sent the form",
        "paperwork.locked": "Closed the form",
        "paperwork.reopened": "Opened the form again",
        "paperwork.made_copy": "Downloaded the form with its answers (Word or Excel)",
        "paperwork.made_blank_copy": "Downloaded a blank copy of the form",
        "paperwork.copy_checked": "Sent a filled copy to be checked",
        "paperwork.copy_loaded": "Loaded answers from a filled copy",
        "paperwork.copy_taken_back": "Took back what was loaded from a copy",
        "paperwork.made_pdf": "Made a PDF of the form",
    }
)
