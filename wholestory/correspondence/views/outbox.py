"""In the demo: the mail that is kept nowhere else, such as sign-in codes."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from wholestory.access.asks import public
from wholestory.correspondence.models import DemoMail


@public("In the demo only, where everybody is invented; elsewhere it is not found")
def outbox(request: HttpRequest) -> HttpResponse:
    """The last codes and notices that would have been sent."""
    if not settings.DEMO:
        raise Http404
    return render(
        request, "correspondence/outbox.html", {"mails": DemoMail.objects.order_by("-created_at")[:20]}
    )
