"""What the access record's codes for questions to the board say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "challenge.question_asked": "Asked the question",
        "challenge.question_answered": "Answered it",
        "challenge.question_circle": "Made a place for questions",
    }
)
