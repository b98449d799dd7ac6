"""What the access record's codes for agencies' figures say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "indicators.circle_made": "Made a place for figures",
        "indicators.brought_in": "Brought figures in",
        "indicators.asked_for": "Asked an organisation for measures",
        "indicators.asking_ended": "Stopped asking an organisation for measures",
        "indicators.asked_again": "Asked again for what is not held",
        "indicators.round_opened": "Opened a round of figures",
        "indicators.round_closed": "Closed a round of figures",
        "indicators.return_asked": "Asked the organisation for its figures",
        "indicators.extended": "Gave more time for figures",
        "indicators.withdrawn": "Stopped asking for figures",
        "indicators.started": "Began to fill figures in",
        "indicators.draft_begun": "Began a version of the figures",
        "indicators.draft_saved": "Saved figures as a draft",
        "indicators.passed_on": "Passed figures to a second person",
        "indicators.sent_back": "Gave figures back",
        "indicators.sent": "Approved figures and sent them",
        "indicators.revised": "Approved corrected figures and sent them",
        "indicators.put_in_force": "Put figures in force",
        "indicators.meaning_said": "Said what figures mean",
        "indicators.correction_begun": "Began to correct figures",
        "indicators.correction_given_up": "Gave up correcting figures",
        "indicators.queried": "Asked a question about figures",
        "indicators.answered": "Answered the question about figures",
        "indicators.accepted": "Accepted figures",
        "indicators.release_loaded": "Loaded a release of published figures",
        "indicators.release_put_back": "Put a release of published figures back in use",
        "indicators.release_taken_back": "Took a release of published figures back",
        "indicators.aggregate_read": "Sent a file of counts",
        "indicators.aggregate_loaded": "Loaded a file of counts",
        "indicators.aggregate_put_aside": "Put a file of counts aside",
        "indicators.scorecard_read": "Sent a scorecard",
        "indicators.scorecard_mapped": "Said what a scorecard holds",
        "indicators.scorecard_brought_in": "Brought a scorecard in",
        "indicators.scorecard_put_aside": "Put a scorecard aside",
        "indicators.scorecard_taken_back": "Took a scorecard back",
    }
)
