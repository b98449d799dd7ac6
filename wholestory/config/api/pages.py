"""The API's own page, for people, and its description, for machines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from wholestory.access.asks import public
from wholestory.access.tokens.bearer import REQUESTS
from wholestory.access.tokens.models import Scope
from wholestory.config.api import failures
from wholestory.config.api.api import description
from wholestory.config.api.explained import STATUSES, explained

WHY = "Describes the API, which is the same for every board; shows nothing of any of them"


@public(WHY)
def operations(request: HttpRequest) -> HttpResponse:
    """Every operation, its parameters and its answers, on one page."""
    context = {
        "api": explained(),
        "scopes": Scope.choices,
        "requests": REQUESTS,
        "statuses": STATUSES.items(),
    }
    return render(request, "api/operations.html", context)


@csrf_exempt
@public(WHY)
def openapi(request: HttpRequest) -> JsonResponse:
    """The description as OpenAPI 3.1."""
    if request.method not in ("GET", "HEAD"):
        answer = failures.answer(failures.wrong(405, "method", "Only GET."), {"Allow": "GET, HEAD"})
    else:
        answer = JsonResponse(description(), json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    return answer
