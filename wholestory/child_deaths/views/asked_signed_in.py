"""For somebody who was asked and signed in without their link: having it sent to them again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.signing_in import limits
from wholestory.access.signing_in.network import address_of
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Addressee, AgencyRequest
from wholestory.child_deaths.operations import request_links
from wholestory.child_deaths.queries import answering as shown
from wholestory.child_deaths.rules.requests import masked
from wholestory.child_deaths.views.asked import came_by_link
from wholestory.govuk.views import too_many
from wholestory.records.models import Record

SENT = "The link is on its way to {address}. Open the request by it."
JUST_SENT = "A link went to {address} a few minutes ago. Look among unwanted mail too, or wait ten minutes."


@asks(Verb.READ, AgencyRequest.record_kind, by_grant=True)
def way_in(request: Request, reference: str) -> HttpResponse:
    """On to the request for whoever came by their link; for everybody else who was asked, the link once more.

    The page says nothing of the child: it shows the reference and the address the link goes to.
    """
    found = reading.one(request, shown.rows(), reference=reference)
    if came_by_link(request, found.record_id):
        return redirect("child_deaths:answering", reference=found.record.reference)
    addressee = Addressee.objects.filter(request=found, person=request.person, withdrawn_at=None).first()
    if addressee is None or found.revoked_at is not None:
        raise Http404
    address = masked(request.user.email)
    if request.method == "POST":
        where = address_of(request)
        if limits.CODES_ASKED.passed(where):
            return too_many(request, wait_seconds=limits.CODES_ASKED.seconds)
        limits.CODES_ASKED.note(where)
        went = request_links.again(request=found, addressee=addressee)
        messages.success(request, (SENT if went else JUST_SENT).format(address=address))
        return redirect("my_work:home")
    return render(request, "child_deaths/asked/way_in.html", {"asked": found, "address": address})


def must_have_come_by_link(request: Request, record: Record) -> str:
    """Why files of a request are not handed out: whoever was asked comes by their link, to its files as to itself."""
    from wholestory.child_deaths.views.answering import BY_LINK, only_by_link

    return BY_LINK if only_by_link(request, record) and not came_by_link(request, record.pk) else ""
