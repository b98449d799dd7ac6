"""What the access record's codes for deadlines say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "pathways.clock_started": "Started a deadline",
        "pathways.clock_met": "Met a deadline",
        "pathways.clock_breached": "A deadline passed",
        "pathways.clock_cancelled": "Cancelled a deadline",
        "pathways.clock_paused": "Paused a deadline",
        "pathways.clock_resumed": "Let a deadline run again",
        "pathways.clock_reopened": "Opened a deadline again",
        "pathways.clock_rederived": "Worked a deadline out again",
        "pathways.clock_start_corrected": "Corrected when a deadline began",
        "pathways.day_proclaimed": "Added a bank holiday",
        "pathways.day_withdrawn": "Took a bank holiday away",
        "pathways.year_checked": "Marked a year’s bank holidays as checked",
        "pathways.rule_marked": "Said whether a rule was checked",
        "pathways.rules_exported": "Downloaded the rule register",
    }
)
