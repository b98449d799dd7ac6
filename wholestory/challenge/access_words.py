"""What the access record's codes for questions and challenges say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "challenge.question_asked": "Asked the question",
        "challenge.question_answered": "Answered it",
        "challenge.question_circle": "Made a place for questions",
        "challenge.circle_made": "Made a place for challenges",
        "challenge.put": "Put the challenge",
        "challenge.draft_kept": "Kept a draft of the answer",
        "challenge.answered": "Answered the challenge",
        "challenge.more_asked": "Asked more",
        "challenge.redated": "Gave more time",
        "challenge.escalated": "Took it further",
        "challenge.ladder_set": "Said to whom challenges go when they are taken further",
        "challenge.action_agreed": "Agreed an action because of it",
        "challenge.settled": "Settled it",
        "challenge.withdrawn": "Withdrew it",
        "challenge.difference_said": "Said what difference it made",
    }
)
