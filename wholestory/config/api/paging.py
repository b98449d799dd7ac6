"""Pages of a list: the rows, and the address of the next ones."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)


def cut(request: HttpRequest, rows: QuerySet[M], page: int, per_page: int) -> tuple[list[M], str | None]:
    """The rows of one page, and where the next begins. One more is read than is shown, so nothing is counted."""
    start = (page - 1) * per_page
    found = list(rows[start : start + per_page + 1])
    if len(found) <= per_page:
        return found, None
    query = request.GET.copy()
    query["page"], query["per_page"] = str(page + 1), str(per_page)
    return found[:per_page], f"{request.path}?{query.urlencode()}"
