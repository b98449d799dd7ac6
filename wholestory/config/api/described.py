"""The answers every operation can give besides its own: written once, so that the description is complete."""

from __future__ import annotations

from typing import Any

from wholestory.access.tokens.models import Scope
from wholestory.config.api.failures import Failure

_ALWAYS = (401, 403, 413, 429, 500)


def answers(good: dict[int, Any], *also: int) -> dict[int, Any]:
    """``response=`` for an operation: its success, what any request may meet, and the statuses named."""
    return good | dict.fromkeys(sorted({*_ALWAYS, *also}), Failure)


def needs(scope: Scope) -> dict[str, Any]:
    """``openapi_extra=`` for an operation: the scope its token needs."""
    return {"x-scope": scope.value}
