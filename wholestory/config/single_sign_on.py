"""Reads the file that names each agency's OpenID Connect provider (``WHOLESTORY_SINGLE_SIGN_ON``).

The file is JSON: the key of a provider, as agencies carry it in the directory, and what is known of it. See
docs/how-to/connect-sign-on.md. Whatever cannot be read is refused in words at the start, never at somebody's sign-in.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wholestory.config.reading import Refused

_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_NEEDED = ("name", "issuer", "client_id", "client_secret", "email_domains")
#: Issuers that speak for every organisation of the world, and how to say which one is meant.
_FOR_EVERYBODY = ("common", "organizations", "consumers")
_GOOGLE = "accounts.google.com"


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One organisation's own sign-in.

    ``email_domains`` are the only addresses it may vouch for. ``addresses_are_verified`` is for providers that never
    say whether an address was verified but hand out only their own. ``required_claims`` must stand in every answer
    exactly so. ``only`` closes codes by e-mail to its people.
    """

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    email_domains: tuple[str, ...]
    addresses_are_verified: bool = False
    claims_from_userinfo: bool = False
    required_claims: tuple[tuple[str, str], ...] = ()
    only: bool = False


def read(path: Path | None) -> tuple[Provider, ...]:
    """The providers in the file at ``path``; none when there is no file. Raises Refused, naming every problem."""
    if path is None:
        return ()
    problems: list[str] = []
    found: list[Provider | None] = []
    try:
        told = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_each_once)
    except (OSError, ValueError) as error:
        problems.append(f"{path} cannot be read as JSON: {error}")
    else:
        if isinstance(told, dict):
            found = [_provider(key, one, path.parent, problems) for key, one in told.items()]
        else:
            problems.append(f"{path} must hold one object, with a key for each provider")
    if problems:
        raise Refused([f"WHOLESTORY_SINGLE_SIGN_ON: {problem}" for problem in problems])
    return tuple(one for one in found if one)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"“{key}” is there twice")
    return dict(pairs)


def _provider(key: str, told: Any, folder: Path, problems: list[str]) -> Provider | None:
    before = len(problems)
    if not _KEY.fullmatch(key):
        problems.append(f"“{key}” is no key: use small letters, digits and hyphens, 50 at most")
    if not isinstance(told, dict):
        problems.append(f"“{key}” must be an object")
        return None
    given = dict(told)
    if "client_secret_file" in given:
        if "client_secret" in given:
            problems.append(f"“{key}” has both “client_secret” and “client_secret_file”; keep one of them")
        else:
            given["client_secret"] = _secret(key, folder / str(given["client_secret_file"]), problems)
        del given["client_secret_file"]
    known = {one.name for one in fields(Provider)} - {"key"}
    problems += [f"“{key}” has “{name}”, which is not known" for name in sorted(set(given) - known)]
    problems += [f"“{key}” lacks “{name}”" for name in _NEEDED if name not in given]
    for name in ("name", "issuer", "client_id", "client_secret"):
        value = given.get(name, "x")
        if not isinstance(value, str) or (not value.strip() and name != "client_secret"):
            problems.append(f"“{name}” of “{key}” must be text")
            given[name] = ""
    if "client_secret" in told and told["client_secret"] == "":
        problems.append(f"“client_secret” of “{key}” is empty")
    for name in ("addresses_are_verified", "claims_from_userinfo", "only"):
        if not isinstance(given.get(name, False), bool):
            problems.append(f"“{name}” of “{key}” must be true or false")
    given["email_domains"] = _domains(key, given.get("email_domains", ["x.example"]), problems)
    given["required_claims"] = _claims(key, given.get("required_claims", {}), problems)
    if given.get("issuer"):
        problems += _against_issuer(key, given["issuer"], dict(given["required_claims"]))
    return Provider(key=key, **given) if len(problems) == before else None


def _secret(key: str, path: Path, problems: list[str]) -> str:
    try:
        found = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        problems.append(f"“client_secret_file” of “{key}” names {path}, which cannot be read")
        return ""
    if not found:
        problems.append(f"“client_secret_file” of “{key}” names {path}, which is empty")
    return found


def _domains(key: str, told: Any, problems: list[str]) -> tuple[str, ...]:
    good = isinstance(told, list) and all(isinstance(one, str) and _DOMAIN.fullmatch(one) for one in told)
    if not good or not told:
        problems.append(
            f'“email_domains” of “{key}” must be a list of domains in small letters, such as ["school.example"]'
        )
        return ()
    return tuple(told)


def _claims(key: str, told: Any, problems: list[str]) -> tuple[tuple[str, str], ...]:
    if not isinstance(told, dict) or not all(isinstance(one, str) and one for one in told.values()):
        problems.append(
            f'“required_claims” of “{key}” must be an object of texts, such as {{"hd": "school.example"}}'
        )
        return ()
    return tuple(told.items())


def _against_issuer(key: str, issuer: str, required: dict[str, str]) -> list[str]:
    here = f"“issuer” of “{key}”"
    try:
        parts = urlsplit(issuer)
        host = parts.hostname or ""
    except ValueError:
        return [f"{here} is no web address"]
    if not host or (
        parts.scheme != "https" and not (parts.scheme == "http" and host in {"localhost", "127.0.0.1"})
    ):
        return [f"{here} must begin with https://"]
    if "/.well-known/" in issuer:
        return [f"{here} must end before /.well-known/"]
    if parts.query or parts.fragment or parts.username:
        return [f"{here} must be a plain address, without ?, # or @"]
    if set(parts.path.split("/")) & set(_FOR_EVERYBODY) and host.startswith("login.microsoftonline."):
        return [f"{here} lets in every organisation; put your own tenant's identifier in its place"]
    if host == _GOOGLE and "hd" not in required:
        return [f"{here} lets in every Google account; add “required_claims” with your own domain as “hd”"]
    return []
