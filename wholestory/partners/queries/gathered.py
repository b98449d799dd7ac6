"""Rows gathered into one column of another query, so that a page with six short lists costs two queries."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject


def gathered(rows: QuerySet[Any, Any], **fields: str) -> ArraySubquery:
    """``rows`` (which refer to the outer query) as a list of mappings with these fields. Dates come as text."""
    return ArraySubquery(rows.values_list(JSONObject(**fields)))


def day(text: str | None) -> date | None:
    """A date out of a gathered row."""
    return date.fromisoformat(text) if text else None
