"""An organisation's own sign-in for tests: a small OpenID Connect provider behind a real socket. All invented."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm


@cache
def signing_key(which: str) -> rsa.RSAPrivateKey:
    """A key made once for each name."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class FakeProvider:
    """What it says can be changed between the steps of a sign-in; what it was asked is kept."""

    address: str
    client_id: str = "wholestory-at-harbour"
    client_secret: str = "made-up-secret-of-the-example"
    says: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    discovery: dict[str, Any] = field(default_factory=dict)
    signed_by: str = "harbour"
    algorithm: str = "RS256"
    token: str | None = None
    broken: set[str] = field(default_factory=set)
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def person(self, email: str, sub: str = "harbour|1", **more: Any) -> None:
        """Who is signed in there."""
        self.says = {"sub": sub, "email": email, "email_verified": True, **more}

    def authorise(self, where: str) -> str:
        """What a browser brings back from the page at ``where``: the address of the way back."""
        parts = urlsplit(where)
        asked = {name: value[0] for name, value in parse_qs(parts.query).items()}
        assert where.startswith(f"{self.address}/authorise?")
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?code={code}&state={asked['state']}"

    def answers(self, path: str) -> Any:
        """The JSON at ``path``."""
        if path == "/.well-known/openid-configuration":
            plain = {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorise",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
            }
            return {**plain, **self.discovery}
        if path == "/keys":
            key = json.loads(RSAAlgorithm.to_jwk(signing_key("harbour").public_key()))
            return {"keys": [{**key, "kid": "harbour", "use": "sig"}]}
        if path == "/userinfo":
            return self.userinfo
        return None

    def exchange(self, form: dict[str, str], authorization: str) -> Any:
        """The answer of the token endpoint. A code is good once, for whoever holds its verifier and the secret."""
        asked = self._codes.pop(form.get("code", ""), None)
        wanted = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        if (
            asked is None
            or authorization != f"Basic {wanted}"
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        return {
            "access_token": "opens-userinfo",
            "token_type": "Bearer",
            "id_token": self.token or self.signed(asked),
        }

    def signed(self, asked: dict[str, str]) -> str:
        """The ID token for one sign-in."""
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": self.client_id, "iat": now, "exp": now + 300, "nonce": asked.get("nonce"),
            **self.says,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        key: Any = signing_key(self.signed_by)
        if self.algorithm == "HS256":
            key = self.client_secret * 2
        if self.algorithm == "none":
            key = None
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "harbour"})


@contextmanager
def running() -> Iterator[FakeProvider]:
    """A provider that answers until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/authorise?"):
                asked = parse_qs(urlsplit(self.path).query)
                site = urlsplit(asked["redirect_uri"][0])
                back = provider.authorise(f"{provider.address}{self.path}")
                self.send_response(302)
                self.send_header("Location", f"{site.scheme}://{site.netloc}{back}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self._send(urlsplit(self.path).path, {}, provider.answers(urlsplit(self.path).path))

        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            path = urlsplit(self.path).path
            answer = (
                provider.exchange(form, self.headers.get("Authorization", "")) if path == "/token" else None
            )
            self._send(path, form, answer)

        def _send(self, path: str, form: dict[str, str], answer: Any) -> None:
            provider.asked.append((path, form, self.headers.get("Authorization", "")))
            status = 503 if path in provider.broken else 200 if answer is not None else 400
            body = json.dumps(answer if status == 200 else {"error": "made_up"}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: the test says what it saw."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = FakeProvider(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
