"""Letters to a family are looked at once more before they are signed and before they go, and noted once gone; a key
worker is told where the family's record is."""

from wholestory.child_deaths.operations.family import FAMILY, NAMED
from wholestory.child_deaths.operations.family_said import letter_in_the_way, letter_sent
from wholestory.correspondence import definitions, watching
from wholestory.correspondence.rules.wording import Wording

watching.register(FAMILY.kind, watching.Watch(letter_in_the_way, letter_sent))
definitions.register(
    Wording(
        kind=NAMED,
        title="Named key worker",
        subject="You were named a family’s key worker ({reference})",
        body=(
            "Dear {name},\n\n"
            "You were named the key worker of a family ({reference}). Sign in with this e-mail address to see how each"
            " of them wants to be reached, and to keep what they ask: {link}\n\n"
            "{board}"
        ),
        line="You were named the key worker of a family ({reference}): {link}",
        waits=0,
    )
)
