"""The file of providers: what is read, and each mistake refused in words, all of them at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.config.test_environment import REAL
from wholestory.config.reading import Refused
from wholestory.config.single_sign_on import Provider, read
from wholestory.config.supervisor.places import CHECKOUT

GOOD: dict[str, Any] = {
    "name": "Harbour Schools",
    "issuer": "https://login.harbour.example",
    "client_id": "wholestory",
    "client_secret": "made-up",
    "email_domains": ["harbour.example", "mail.harbour.example"],
}


def written(folder: Path, told: Any) -> Path:
    path = folder / "sign-on.json"
    path.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return path


def problems(folder: Path, told: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        read(written(folder, told))
    found = refusal.value.problems
    assert all(one.startswith("WHOLESTORY_SINGLE_SIGN_ON: ") for one in found)
    return [one.removeprefix("WHOLESTORY_SINGLE_SIGN_ON: ") for one in found]


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


def test_no_file_means_no_providers() -> None:
    assert read(None) == ()


def test_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from-a-file\n", encoding="utf-8")
    other = {
        **without("client_secret"), "client_secret_file": "secret", "addresses_are_verified": True,
        "claims_from_userinfo": True, "only": True, "required_claims": {"tid": "1234"},
    }  # fmt: skip
    first, second = read(written(tmp_path, {"harbour": GOOD, "quay-2": other}))
    assert first == Provider(
        key="harbour", name="Harbour Schools", issuer="https://login.harbour.example", client_id="wholestory",
        client_secret="made-up", email_domains=("harbour.example", "mail.harbour.example"),
    )  # fmt: skip
    assert (first.only, first.addresses_are_verified, first.claims_from_userinfo) == (False, False, False)
    assert (second.key, second.client_secret, second.only) == ("quay-2", "from-a-file", True)
    assert second.required_claims == (("tid", "1234"),)
    assert "made-up" not in repr(first)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("{", "cannot be read as JSON"),
        ("\udcff".encode("utf-8", "surrogateescape").decode("latin-1") + "{", "cannot be read as JSON"),
        ("[]", "must hold one object, with a key for each provider"),
        ('{"a": {}, "a": {}}', "“a” is there twice"),
        ({"Harbour Schools": GOOD}, "“Harbour Schools” is no key: use small letters"),
        ({"x" * 51: GOOD}, "50 at most"),
        ({"a": "b"}, "“a” must be an object"),
        *[({"a": without(name)}, f"“a” lacks “{name}”") for name in GOOD],
        ({"a": {**GOOD, "secret": "x"}}, "“a” has “secret”, which is not known"),
        ({"a": {**GOOD, "key": "x"}}, "“a” has “key”, which is not known"),
        ({"a": {**GOOD, "name": 3}}, "“name” of “a” must be text"),
        ({"a": {**GOOD, "name": " "}}, "“name” of “a” must be text"),
        ({"a": {**GOOD, "client_secret": ""}}, "“client_secret” of “a” is empty"),
        ({"a": {**GOOD, "client_secret_file": "s"}}, "keep one of them"),
        ({"a": {**without("client_secret"), "client_secret_file": "no-such"}}, "cannot be read"),
        ({"a": {**without("client_secret"), "client_secret_file": "empty"}}, "which is empty"),
        ({"a": {**GOOD, "only": "yes"}}, "“only” of “a” must be true or false"),
        ({"a": {**GOOD, "addresses_are_verified": 1}}, "must be true or false"),
        ({"a": {**GOOD, "email_domains": []}}, "“email_domains” of “a” must be a list of domains"),
        ({"a": {**GOOD, "email_domains": "harbour.example"}}, "must be a list of domains"),
        ({"a": {**GOOD, "email_domains": ["@harbour.example"]}}, "must be a list of domains"),
        ({"a": {**GOOD, "email_domains": ["Harbour.example"]}}, "in small letters"),
        ({"a": {**GOOD, "email_domains": ["harbour.example\n"]}}, "must be a list of domains"),
        ({"a": {**GOOD, "required_claims": ["hd"]}}, "“required_claims” of “a” must be an object"),
        ({"a": {**GOOD, "required_claims": {"hd": 1}}}, "“required_claims” of “a” must be an object"),
        ({"a": {**GOOD, "issuer": "http://login.harbour.example"}}, "“issuer” of “a” must begin with https://"),
        ({"a": {**GOOD, "issuer": "http://localhost.harbour.example"}}, "must begin with https://"),
        ({"a": {**GOOD, "issuer": "login.harbour.example"}}, "must begin with https://"),
        ({"a": {**GOOD, "issuer": "https://[x"}}, "“issuer” of “a” is no web address"),
        ({"a": {**GOOD, "issuer": "https://u@harbour.example"}}, "without ?, # or @"),
        ({"a": {**GOOD, "issuer": "https://harbour.example/?x"}}, "without ?, # or @"),
        ({"a": {**GOOD, "issuer": "https://harbour.example/.well-known/openid-configuration"}}, "must end before"),
        ({"a": {**GOOD, "issuer": "https://login.microsoftonline.com/common/v2.0"}}, "every organisation"),
        ({"a": {**GOOD, "issuer": "https://accounts.google.com"}}, "every Google account"),
    ],
)  # fmt: skip
def test_each_mistake_is_refused_in_words(tmp_path: Path, told: Any, words: str) -> None:
    (tmp_path / "empty").write_text("\n", encoding="utf-8")
    (found,) = problems(tmp_path, told)
    assert words in found


def test_all_mistakes_are_told_at_once_and_no_secret(tmp_path: Path) -> None:
    found = problems(tmp_path, {"A": {**without("name"), "only": 1}, "b": without("issuer"), "c": GOOD})
    assert len(found) == 4
    assert "made-up" not in " ".join(found)


def test_an_organisations_own_part_of_a_large_provider_is_taken(tmp_path: Path) -> None:
    tenant = {**GOOD, "issuer": "https://login.microsoftonline.com/0f9b2c1e-1111-4222-8333-444455556666/v2.0"}
    google = {**GOOD, "issuer": "https://accounts.google.com", "required_claims": {"hd": "harbour.example"}}
    assert len(read(written(tmp_path, {"a": tenant, "b": google}))) == 2


@pytest.mark.slow
def test_a_process_does_not_start_with_a_file_that_is_wrong(tmp_path: Path) -> None:
    def start(told: Any) -> subprocess.CompletedProcess[str]:
        environment = {
            **REAL, "PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), "WHOLESTORY_DATA": str(tmp_path),
            "WHOLESTORY_SINGLE_SIGN_ON": str(written(tmp_path, told)),
        }  # fmt: skip
        wanted = "from wholestory.config import settings as s; print([one.key for one in s.SINGLE_SIGN_ON])"
        return subprocess.run(
            [sys.executable, "-c", wanted], env=environment, capture_output=True, text=True, check=False
        )

    assert start({"harbour": GOOD}).stdout == "['harbour']\n"
    refused = start({"harbour": {**GOOD, "issuer": "http://harbour.example"}})
    assert refused.returncode != 0
    assert "must begin with https://" in refused.stderr
