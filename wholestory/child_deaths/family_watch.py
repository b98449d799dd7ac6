"""Letters to a family are looked at once more before they are signed and before they go, and noted once gone."""

from wholestory.child_deaths.operations.family import FAMILY
from wholestory.child_deaths.operations.family_said import letter_in_the_way, letter_sent
from wholestory.correspondence import watching

watching.register(FAMILY.kind, watching.Watch(letter_in_the_way, letter_sent))
