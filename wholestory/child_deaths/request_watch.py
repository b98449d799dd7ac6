"""What the rooms below are told about requests to agencies. Imported once, when the room starts."""

from wholestory.child_deaths.models import AgencyRequest
from wholestory.child_deaths.operations.answering import note_begun
from wholestory.paperwork import watching

watching.register(AgencyRequest.record_kind, note_begun)
