"""What the access record's codes for performance reports say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "performance.circle_made": "Made a place for reports",
        "performance.report_begun": "Began the report",
        "performance.figures_frozen": "Froze its figures",
        "performance.report_written": "Wrote in it",
        "performance.report_given": "Gave it to the group",
        "performance.public_written": "Wrote the words for everybody",
        "performance.public_prepared": "Prepared the published version",
        "performance.public_proposed": "Asked for approval",
        "performance.public_sent_back": "Sent it back",
        "performance.public_published": "Approved and published it",
        "performance.public_withdrawn": "Withdrew it",
        "performance.page_made": "Made an agency’s page of it",
    }
)
