"""What the access record's codes for agencies' figures say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "indicators.circle_made": "Made a place for figures",
        "indicators.brought_in": "Brought figures in",
    }
)
