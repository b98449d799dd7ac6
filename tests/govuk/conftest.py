"""Pages of the gallery without a server: drawn here and handed to the browser under the policy we ship."""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from playwright.sync_api import Page, Route

ADDRESS = "http://gallery.test"


@pytest.fixture(scope="session")
def base_url() -> str:
    """Takes the place of the plugin's own fixture, whose kind pytest 9 warns about."""
    return ADDRESS


@pytest.fixture(autouse=True)
def plain_static_files(settings: Any) -> None:
    """Addresses of static files without hashes: nothing has been collected."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def ask() -> Callable[[str], HttpRequest]:
    """A request as the middleware would hand it on, without a database behind it."""

    def request_for(address: str = "/") -> HttpRequest:
        request = RequestFactory().get(address)
        vars(request)["csp_nonce"] = secrets.token_urlsafe(16)
        return request

    return request_for


@pytest.fixture
def bare_context(settings: Any) -> None:
    """Pages drawn with nothing around them but the request: the rooms above are not here."""
    (engine,) = [dict(one) for one in settings.TEMPLATES]
    engine["OPTIONS"] = {"context_processors": ["django.template.context_processors.request"]}
    settings.TEMPLATES = [engine]


def _policy(nonce: str) -> str:
    own = "default-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"
    return f"{own}; form-action 'self'; frame-ancestors 'none'; script-src 'self' 'nonce-{nonce}'"


@pytest.fixture
def gallery(
    page: Page, settings: Any, bare_context: None, ask: Callable[[str], HttpRequest]
) -> Iterator[Page]:
    """A browser page where `page.goto(ADDRESS + "/ui-components/...")` opens the gallery. Complaints fail the test."""
    from wholestory.govuk import gallery as rooms

    settings.DEMO = True
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None,
    )

    def answer(route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.path.startswith("/static/"):
            found = finders.find(parts.path.removeprefix("/static/"))
            if not isinstance(found, str):
                route.fulfill(status=404)
                return
            kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
            route.fulfill(body=Path(found).read_bytes(), content_type=kind)
            return
        request = ask(parts.path + (f"?{parts.query}" if parts.query else ""))
        name = parts.path.removeprefix("/ui-components").strip("/")
        response: HttpResponse = rooms.show(request, name)
        headers = {**response.headers, "Content-Security-Policy": _policy(vars(request)["csp_nonce"])}
        route.fulfill(status=response.status_code, body=response.content, headers=headers)

    page.route("**/*", answer)
    yield page
    assert not complaints, complaints
