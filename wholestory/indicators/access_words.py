"""What the access record's codes for agencies' figures say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "indicators.circle_made": "Made a place for figures",
        "indicators.brought_in": "Brought figures in",
        "indicators.release_loaded": "Loaded a release of published figures",
        "indicators.release_put_back": "Put a release of published figures back in use",
        "indicators.release_taken_back": "Took a release of published figures back",
        "indicators.scorecard_read": "Sent a scorecard",
        "indicators.scorecard_mapped": "Said what a scorecard holds",
        "indicators.scorecard_brought_in": "Brought a scorecard in",
        "indicators.scorecard_put_aside": "Put a scorecard aside",
        "indicators.scorecard_taken_back": "Took a scorecard back",
    }
)
