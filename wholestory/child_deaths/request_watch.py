"""What the rooms below are told about requests to agencies. Imported once, when the room starts."""

from wholestory.access.requests import Request
from wholestory.child_deaths.models import AgencyRequest
from wholestory.child_deaths.operations.answering import note_begun
from wholestory.documents import gates
from wholestory.paperwork import watching
from wholestory.records.models import Record

watching.register(AgencyRequest.record_kind, note_begun)


def _by_link(request: Request, record: Record) -> str:
    # Views are not ready while the rooms start.
    from wholestory.child_deaths.views.asked_signed_in import must_have_come_by_link

    return must_have_come_by_link(request, record)


gates.register_way_in(AgencyRequest.record_kind, _by_link)
