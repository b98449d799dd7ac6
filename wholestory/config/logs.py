"""Structured logs that hold no personal data.

A line says when, how bad, which part, what happened (a fixed phrase), for which request, and, for an error, its
type and where in the code. It never says what a person typed, looked for or is called:

- the arguments of a message are left out: only the phrase in the code is written;
- the text of an exception is left out, because it often quotes data; its type and the places in the code stay;
- of the extra fields, only those in FIELDS are written: identifiers of ours, numbers, durations;
- other packages' phrases are also cut at the first quotation and stripped of addresses, in case they were put
  together beforehand.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

from wholestory.config.environment import Environment

FIELDS = frozenset(
    {
        "method",
        "route",
        "status",
        "milliseconds",
        "job",
        "task",
        "count",
        "record",
        "attempt",
        "seconds",
        "provider",
        "because",
    }
)
"""Extra fields that may be written. Their values are identifiers of ours, fixed words or numbers."""

REQUEST: ContextVar[str] = ContextVar("request", default="")
"""A random identifier of the request in progress: the same in each of its lines, and in its answer's header."""

_PLAIN_VALUE = re.compile(r"[\w<>:./ -]{0,120}")
_EMAIL = re.compile(r"\S+@\S+")
_QUERY = re.compile(r"\?\S*")
_QUOTED = re.compile(r"""['"“‘(].*""", re.DOTALL)
_NUMBERS = re.compile(r"\d{6,}")
_PLACEHOLDER = re.compile(r"[:\s]*%\(?[^\s]*")

log = logging.getLogger("wholestory.requests")


class SafeFormatter(logging.Formatter):
    """Writes one JSON object for each record, or one readable line."""

    def __init__(self, *, as_json: bool = True, with_messages: bool = False) -> None:
        super().__init__()
        self.as_json = as_json
        self.with_messages = with_messages
        """Adds the whole message and the exception's text. For developers with invented data only."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for `record`."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": _phrase(record),
        }
        if REQUEST.get():
            line["request"] = REQUEST.get()
        line |= _fields(record)
        if record.exc_info and record.exc_info[0]:
            line |= _error(record.exc_info)
        if self.with_messages:
            line["message"] = record.getMessage()
            if record.exc_info:
                line["traceback"] = self.formatException(record.exc_info)
        if self.as_json:
            return json.dumps(line, ensure_ascii=False)
        rest = " ".join(
            f"{name}={value}" for name, value in line.items() if name not in {"at", "level", "event"}
        )
        return f"{line['at'][11:19]} {line['level']:<7} {line['event']} {rest}"


def _phrase(record: logging.LogRecord) -> str:
    phrase = str(record.msg)
    if record.name.startswith("procrastinate"):
        # The queue's messages quote the arguments of jobs; its "action" is a fixed word.
        return str(getattr(record, "action", "queue"))
    if record.name.partition(".")[0] != "wholestory":
        phrase = _QUOTED.sub("", phrase)
    if record.args:
        phrase = _PLACEHOLDER.sub(" …", phrase)
    for pattern in (_EMAIL, _QUERY, _NUMBERS):
        phrase = pattern.sub("[…]", phrase)
    return phrase.strip()[:160]


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in FIELDS & record.__dict__.keys():
        value = record.__dict__[name]
        if isinstance(value, (int, float)) or (isinstance(value, str) and _PLAIN_VALUE.fullmatch(value)):
            found[name] = value
        elif name == "job" and isinstance(value, dict):
            # The queue describes a job in a dictionary; its arguments stay out.
            found |= {
                "job": value.get("id"),
                "task": value.get("task_name"),
                "attempt": value.get("attempts"),
            }
    return found


def _error(
    error: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[Any, Any, Any],
) -> dict[str, Any]:
    kinds: list[str] = []
    one = error[1]
    while one is not None and len(kinds) < 5:
        kinds.append(f"{type(one).__module__}.{type(one).__qualname__}")
        one = one.__cause__ or one.__context__
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error[2])]
    return {"error": kinds[0], "because_of": kinds[1:], "places": places[-12:]}


def configuration(environment: Environment) -> dict[str, Any]:
    """Django's LOGGING: everything to the standard error, through the safe formatter."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "safe": {
                "()": "wholestory.config.logs.SafeFormatter",
                "as_json": environment.log_format == "json",
                "with_messages": environment.demo and environment.debug,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "safe"}},
        "root": {"handlers": ["stderr"], "level": environment.log_level},
        "loggers": {
            # Django and gunicorn bring handlers of their own, which would write the whole message.
            "django": {"handlers": [], "propagate": True},
            # Refused and missing pages are in our own line for the request; only failures are worth a second.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "propagate": True},
            "gunicorn.error": {"handlers": [], "propagate": True, "level": environment.log_level},
            "gunicorn.access": {"handlers": [], "propagate": False},
            # The queue tells of each step it takes while loading; what its workers do is worth a line.
            "procrastinate": {"level": "WARNING"},
            "procrastinate.worker": {"level": environment.log_level},
            # Each query with its values, were DEBUG ever on.
            "django.db.backends": {"level": "INFO"},
        },
    }


class RequestLogMiddleware:
    """Writes one line for each request: method, route, status, duration. The route is the pattern, not the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and log the answer."""
        token = REQUEST.set(uuid4().hex[:16])
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = REQUEST.get()
            match = request.resolver_match
            log.info(
                "answered",
                extra={
                    "method": request.method if request.method in {"GET", "HEAD", "POST"} else "other",
                    "route": match.route if match else "",
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - began) * 1000),
                },
            )
        finally:
            REQUEST.reset(token)
        return response
