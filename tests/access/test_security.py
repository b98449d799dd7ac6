"""What every answer tells the browser, what a template may not hold, and what stays after signing out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from tests.access import routes
from tests.environment import TEST_DATA
from tests.personas import World

Browse = Callable[[str], Client]
ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOT.glob("wholestory/**/templates/**/*.html"))
PLAIN = [route for route in routes.every_route() if not route.parameters]

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


def policy_of(response: object) -> dict[str, str]:
    said = response.headers["Content-Security-Policy"]
    return {part.split()[0]: " ".join(part.split()[1:]) for part in said.split(";") if part.strip()}


@pytest.mark.parametrize(
    ("name", "url", "status"),
    [("public", "/sign-in/", 200), ("head", "/sign-in/second-factors/", 200), ("head", "/nothing/", 404),
     ("head", "/access/record/", 404), ("public", "/access/record/", 302), ("public", "/sign-out/", 405)],
)  # fmt: skip
def test_every_answer_carries_the_headers(browse: Browse, name: str, url: str, status: int) -> None:
    response = browse(name).get(url)
    assert response.status_code == status
    for header, value in HEADERS.items():
        assert response.headers[header] == value
    assert "camera=()" in response.headers["Permissions-Policy"]
    policy = policy_of(response)
    assert {key: policy[key] for key in POLICY} == POLICY
    assert re.fullmatch(r"'self'( 'nonce-[\w+/=]+')?", policy["script-src"])
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_a_nonce_is_used_once(browse: Browse) -> None:
    client = browse("public")
    seen = {policy_of(client.get("/sign-in/"))["script-src"] for _ in range(3)}
    assert len(seen) == 3


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "wholestory")))
def test_no_template_holds_a_style_or_a_script_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text, re.IGNORECASE)
    for tag in re.findall(r"<script\b[^>]*>", text, re.IGNORECASE):
        assert "src=" in tag or "nonce=" in tag, tag
    assert not re.search(r"(src|href)\s*=\s*[\"'](https?:)?//", text), "nothing is fetched from elsewhere"


@pytest.mark.parametrize("route", PLAIN, ids=str)
def test_no_page_as_sent_does_either(route: routes.Route, browse: Browse) -> None:
    for name in ("business_manager", "head"):
        response = browse(name).get(routes.address(route, {}))
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            page = response.content.decode()
            assert not re.search(r"<style\b|\sstyle=\"|\son[a-z]+=\"", page)
            for tag in re.findall(r"<script\b[^>]*>", page):
                assert "src=" in tag or "nonce=" in tag


#: Takes what is sent without our token: it reads no cookie and knows nobody, so nobody's sign-in can be used there.
KNOWS_NOBODY = {"survey/<slug:token>/", "notify/<slug:slug>/", "handover/<slug:token>/"}


def test_only_the_api_and_the_open_pages_take_requests_without_our_token() -> None:
    exempt = [r for r in routes.every_route() if getattr(r.view, "csrf_exempt", False)]
    assert {str(r) for r in exempt if not r.pattern.startswith("api/")} == KNOWS_NOBODY


@pytest.mark.parametrize("route", PLAIN, ids=str)
def test_a_form_from_elsewhere_is_refused(route: routes.Route, world: World) -> None:
    if getattr(route.view, "csrf_exempt", False):
        pytest.skip("takes an agency's token and no cookie")
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["business_manager"].account)
    response = client.post(routes.address(route, {}), {"x": "1"}, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403


def as_a_board_runs_it(**more: str) -> dict[str, object]:
    """The settings of a real installation, read by a process of its own."""
    key = "A" * 43 + "="
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "WHOLESTORY_DATA": str(TEST_DATA),
        "SECRET_KEY": "q9-Zb2mXo7Lr4TdVw1YhKc8NsEu5GfAj3PiRt6QzWxBvMeHyUaDk",
        "WHOLESTORY_ADDRESS": "https://board.example.org", "DATABASE_URL": "postgresql://wholestory_web@localhost/none",
        "WHOLESTORY_MAIL_FROM": "team@board.example.org", "WHOLESTORY_SMTP_HOST": "mail.example.org",
        "WHOLESTORY_FILES_KEYS": key, "WHOLESTORY_FIELD_KEYS": key, **more,
    }  # fmt: skip
    names = [
        "DEBUG", "DEMO", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS",
    ]  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-c", f"import json; from wholestory.config import settings as s;"
         f" print(json.dumps({{n: getattr(s, n) for n in {names!r}}}))"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, object] = json.loads(told.stdout)
    return found


@pytest.mark.slow
def test_a_real_board_runs_over_https_with_cookies_nobody_else_can_set() -> None:
    found = as_a_board_runs_it()
    assert found["DEBUG"] is False
    assert found["DEMO"] is False
    for name in (
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
    ):
        assert found[name] is True
    assert str(found["SESSION_COOKIE_NAME"]).startswith("__Host-")
    assert str(found["CSRF_COOKIE_NAME"]).startswith("__Host-")
    assert found["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert found["SECURE_HSTS_SECONDS"] == 365 * 24 * 60 * 60
    assert found["ALLOWED_HOSTS"] == ["board.example.org"]


def test_a_visitor_cannot_choose_the_address_limits_count_by(settings: object) -> None:
    import dataclasses

    from django.test import RequestFactory

    from wholestory.access.signing_in.network import address_of

    def seen(proxies: int, forwarded: str) -> str:
        environment = dataclasses.replace(settings.ENVIRONMENT, trusted_proxies=proxies)
        settings.ENVIRONMENT = environment
        request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
        return address_of(request)

    assert seen(0, "203.0.113.9") == "10.0.0.1"
    assert seen(1, "203.0.113.9, 198.51.100.7") == "198.51.100.7"
    assert seen(2, "203.0.113.9, 198.51.100.7, 10.0.0.2") == "198.51.100.7"
    assert seen(2, "203.0.113.9") == "10.0.0.1"
