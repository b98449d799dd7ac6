"""What the access record's codes for lessons say on screen."""

from wholestory.access.screens import wording

wording.register(
    kinds={"learning.lesson": "Lesson"},
    verbs={
        "learning.drafted": "Drafted a lesson",
        "learning.changed": "Changed the draft",
        "learning.shared_with_board": "Shared it with the board",
        "learning.published": "Published it",
        "learning.withdrawn": "Withdrew it",
        "learning.sharing_noted": "Noted whom it went to",
        "learning.change_noted": "Noted what changed",
        "learning.material_added": "Added material",
        "learning.material_ended": "Took material off the list",
    },
)
