"""The chase list."""

from __future__ import annotations

from django.http import HttpResponse

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb


@asks(Verb.MANAGE, "assurance.cycle")
def chase_list(request: Request, reference: str) -> HttpResponse:
    raise RuntimeError


@asks(Verb.MANAGE, "assurance.return")
def chase(request: Request, reference: str) -> HttpResponse:
    raise RuntimeError
