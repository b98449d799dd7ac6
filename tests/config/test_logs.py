"""Logs hold no personal data, whatever a message or an exception says."""

import ast
import io
import json
import logging
import logging.config
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from wholestory.config import logs
from wholestory.config.environment import current
from wholestory.config.supervisor.places import CHECKOUT

PERSONAL = ("Aoife Quill", "aoife.quill@school.example", "SW1A", "1234567890", "Quill")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything the configuration of a real installation writes, while the test runs."""
    stream = io.StringIO()
    real = replace(current(), demo=False, debug=False, log_level="INFO", log_format="json")
    configuration = logs.configuration(real)
    formatter = configuration["formatters"]["safe"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        logs.SafeFormatter(as_json=formatter["as_json"], with_messages=formatter["with_messages"])
    )
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_is_logged_without_its_query_or_address(written: io.StringIO) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("found")

    request = RequestFactory().get(
        "/search/aoife.quill@school.example/", {"q": "Aoife Quill", "postcode": "SW1A"}
    )
    response = logs.RequestLogMiddleware(view)(request)
    [line] = lines(written)
    assert (line["event"], line["method"], line["status"], line["route"]) == ("answered", "GET", 200, "")
    assert line["request"] == response.headers["X-Request-ID"]
    assert not any(word in written.getvalue() for word in PERSONAL)


def test_an_error_is_logged_by_type_and_place_only(written: io.StringIO) -> None:
    try:
        try:
            raise KeyError("aoife.quill@school.example")
        except KeyError as error:
            raise ValueError("duplicate key: (full_name)=(Aoife Quill) already exists") from error
    except ValueError:
        logging.getLogger("wholestory.somewhere").exception("could not save")
    [line] = lines(written)
    assert line["error"] == "builtins.ValueError"
    assert line["because_of"] == ["builtins.KeyError"]
    assert "test_logs.py" in line["places"][-1]
    assert not any(word in written.getvalue() for word in PERSONAL)


@pytest.mark.parametrize(
    "logger", ["wholestory.x", "django.request", "gunicorn.error", "procrastinate.worker", "lib"]
)
def test_arguments_of_messages_are_left_out(written: io.StringIO, logger: str) -> None:
    logging.getLogger(logger).error("Error handling request %s", "/?q=Aoife Quill")
    logging.getLogger(logger).error("sent to %s", "aoife.quill@school.example")
    assert len(lines(written)) == 2
    assert not any(word in written.getvalue() for word in PERSONAL)


def test_phrases_put_together_beforehand_lose_addresses_queries_and_quotations(written: io.StringIO) -> None:
    logging.getLogger("lib").warning("Failed for 'Aoife Quill' at /x?postcode=SW1A")
    logging.getLogger("lib").warning("bounce from aoife.quill@school.example number 1234567890")
    logging.getLogger("procrastinate.worker").warning(
        "Starting job send[3](to=Aoife Quill)", extra={"action": "start_job"}
    )
    assert [line["event"] for line in lines(written)][2] == "start_job"
    assert not any(word in written.getvalue() for word in PERSONAL)


def test_only_known_extra_fields_are_written(written: io.StringIO) -> None:
    logging.getLogger("wholestory.x").info(
        "kept", extra={"who": "Aoife Quill", "count": 3, "record": "Aoife Quill (aoife.quill@school.example)"}
    )
    [line] = lines(written)
    assert line["count"] == 3
    assert not {"who", "record"} & line.keys()


def test_a_job_is_logged_by_number_and_name_without_its_arguments(written: io.StringIO) -> None:
    job = {"id": 7, "task_name": "correspondence.send", "attempts": 1, "task_kwargs": {"to": "Aoife Quill"}}
    logging.getLogger("procrastinate.worker").warning("Starting", extra={"action": "start_job", "job": job})
    [line] = lines(written)
    assert (line["event"], line["job"], line["task"]) == ("start_job", 7, "correspondence.send")
    assert "Aoife" not in written.getvalue()


def test_the_plain_form_is_as_careful() -> None:
    record = logging.makeLogRecord(
        {"name": "lib", "msg": "sent to %s", "args": ("Aoife Quill",), "levelname": "INFO"}
    )
    line = logs.SafeFormatter(as_json=False).format(record)
    assert "sent to" in line
    assert "Aoife" not in line


def test_messages_are_shown_only_to_developers_with_invented_data() -> None:
    real = replace(current(), demo=False, debug=True)
    assert logs.configuration(real)["formatters"]["safe"]["with_messages"] is False
    logging.config.dictConfigClass(logs.configuration(current()))  # the configuration is well formed


def log_calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"debug", "info", "warning", "error", "exception", "critical"}
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"log", "logger"}
        ):
            yield node


def test_our_own_messages_are_fixed_phrases() -> None:
    loose = [
        f"{path.relative_to(CHECKOUT)}:{call.lineno}"
        for path in CHECKOUT.glob("wholestory/**/*.py")
        for call in log_calls(path)
        if len(call.args) != 1
        or not (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    ]
    assert loose == [], "a log message is one fixed phrase; numbers and identifiers go into extra="
