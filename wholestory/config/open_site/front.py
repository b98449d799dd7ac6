"""The front page of the open pages, where they have an address of their own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wholestory.access.asks import public


@public("Says which kinds of page are open to everybody; names no board and lists nothing")
def front(request: HttpRequest) -> HttpResponse:
    """What can be done here, each by the address a board gives."""
    return render(request, "open/front.html")
