"""What somebody sees where there is no open page, or when one has gone wrong: whom to telephone, in any case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from wholestory.access.asks import public


@public("Says that nothing was found")
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "open/nothing.html", status=404)


@public("Says that an address or a form cannot be read")
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "open/nothing.html", {"unreadable": True}, status=400)


@public("Says that something went wrong, and whom to telephone")
def server_error(request: HttpRequest) -> HttpResponse:
    # It leans on nothing that may be what broke.
    response = HttpResponse(render_to_string("open/broken.html"), status=500)
    response["Cache-Control"] = "no-store"
    return response
