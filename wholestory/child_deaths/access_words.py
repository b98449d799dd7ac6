"""What the access record's codes for the deaths of children say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "child_deaths.message_joined": "Joined a message to it",
        "child_deaths.message_parted": "Took a message away from it",
        "child_deaths.told_apart": "Said that it is not the same death as another",
        "child_deaths.told_apart_undone": "Took back that it is not the same death as another",
        "child_deaths.joined_here": "Joined another case to it",
        "child_deaths.parted_here": "Parted another case from it",
        "child_deaths.same_death": "Joined it to another case",
        "child_deaths.not_the_same": "Parted it from the other case",
        "child_deaths.put_back": "Put it back where it stood",
        "child_deaths.keys_kept": "Wrote the keys by which duplicates are found",
    }
)
