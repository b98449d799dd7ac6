"""The exchange with a provider: to its page and back, by the authorisation code flow with state, PKCE and a nonce.

django-allauth keeps the state and talks to the token endpoint. Proving what comes back is ours, because the library
takes an identity without looking at its signature when it came straight from the provider, and knows no nonce.
Source: OpenID Connect Core 1.0, 3.1.3.7; OpenID Connect Discovery 1.0, 4.3.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from requests import RequestException

from wholestory.access.sign_on.binding import NotBound, Provider

#: Signatures only the provider can make. Not HS256, whose key would be the secret we share with it.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
#: How far the provider's clock may differ from ours, in seconds.
LEEWAY = 60
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def begin(request: HttpRequest, known: Provider, going_to: str) -> str:
    """The address of the provider's own page for this sign-in; afterwards it leads to ``going_to``. Raises NotBound."""
    config = _discovered(known)
    challenge = generate_code_challenge()
    kept = {
        "going_to": going_to,
        "nonce": secrets.token_urlsafe(32),
        "verifier": challenge.pop("code_verifier"),
    }
    client = _client(request, known, config)
    client.state = statekit.stash_state(request, provider_id=known.key, state=kept)
    return str(
        client.get_redirect_url(
            config["authorization_endpoint"],
            ["openid", "profile", "email"],
            {**challenge, "nonce": kept["nonce"]},
        )
    )


def finish(request: HttpRequest, known: Provider) -> tuple[dict[str, Any], str]:
    """What the provider says of whoever came back, proved, and where they wanted to go. Raises NotBound."""
    kept = statekit.unstash_state(request, provider_id=known.key, state_id=request.GET.get("state", ""))
    if kept is None:
        raise NotBound("not_begun")
    code = request.GET.get("code", "")
    if not code:
        raise NotBound("turned_back" if request.GET.get("error") == "access_denied" else "no_answer")
    config = _discovered(known)
    try:
        told = _client(request, known, config).get_access_token(code, pkce_code_verifier=kept["verifier"])
    except (OAuth2Error, RequestException, ValueError, KeyError) as problem:
        raise NotBound("no_answer") from problem
    claims = _proved(known, config, told.get("id_token"), kept["nonce"])
    if any(claims.get(name) != value for name, value in known.required_claims):
        raise NotBound("other_organisation")
    if known.claims_from_userinfo:
        claims = _userinfo(config, told, claims["sub"])
    return claims, kept["going_to"]


def _discovered(known: Provider) -> dict[str, Any]:
    """The provider's description of itself."""
    config = _fetched(f"{known.issuer.rstrip('/')}/.well-known/openid-configuration")
    if str(config.get("issuer")).rstrip("/") != known.issuer.rstrip("/"):
        raise NotBound("wrong_issuer")
    if not all(_safe(config.get(name)) for name in ENDPOINTS):
        raise NotBound("wrong_endpoint")
    return config


def _safe(url: Any) -> bool:
    """Whether secrets may travel to ``url``: HTTPS, or this very machine."""
    if not isinstance(url, str):
        return False
    parts = urlsplit(url)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"})
    )


def _fetched(url: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        with get_adapter().get_requests_session() as session:
            answer = session.get(url, headers=headers)
            answer.raise_for_status()
            found = answer.json()
    except RequestException as problem:
        raise NotBound("no_answer") from problem
    if not isinstance(found, dict):
        raise NotBound("no_answer")
    return found


def _client(request: HttpRequest, known: Provider, config: dict[str, Any]) -> Any:
    # The address of this site as the settings give it, never the one the browser claims to have asked.
    back = settings.SITE_ADDRESS + reverse("access:sign_on_back", kwargs={"key": known.key})
    # A provider that says nothing takes the secret in the header (Discovery 1.0, 3).
    ways = config.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return OAuth2Client(
        request, known.client_id, known.client_secret, "POST", config["token_endpoint"], back,
        basic_auth="client_secret_post" not in ways,
    )  # fmt: skip


def _proved(known: Provider, config: dict[str, Any], token: Any, nonce: str) -> dict[str, Any]:
    """The claims of an ID token that the provider signed, for us, for this very sign-in."""
    keys = _fetched(config["jwks_uri"]).get("keys")
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS or not isinstance(keys, list):
            raise NotBound("not_proved")
        claims: dict[str, Any] = jwt.decode(
            token,
            jwt.PyJWK(_key(keys, header.get("kid")), algorithm=algorithm),
            algorithms=ALGORITHMS,
            audience=known.client_id,
            issuer=config["issuer"],
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except jwt.PyJWTError as problem:
        raise NotBound("not_proved") from problem
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != known.client_id:
        raise NotBound("not_proved")
    if not claims["sub"] or not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise NotBound("not_proved")
    return claims


def _key(keys: list[Any], wanted: Any) -> dict[str, Any]:
    """The provider's key with this name; a token that names none was signed with the only one."""
    signing = [one for one in keys if isinstance(one, dict) and one.get("use", "sig") == "sig"]
    found = [one for one in signing if one.get("kid") == wanted] if wanted else signing
    if len(found) != 1:
        raise NotBound("not_proved")
    return found[0]


def _userinfo(config: dict[str, Any], told: dict[str, Any], subject: str) -> dict[str, Any]:
    """What the provider's userinfo endpoint says, when it speaks of the same person."""
    if not _safe(config.get("userinfo_endpoint")):
        raise NotBound("wrong_endpoint")
    found = _fetched(config["userinfo_endpoint"], headers={"Authorization": f"Bearer {told['access_token']}"})
    if found.get("sub") != subject:
        raise NotBound("not_proved")
    return found
