"""The settings of this process, read once from the environment into one frozen object.

`current()` gives them. What single settings are for is in `setting_table`; here is what follows from several
together: which address belongs to which role, what the demo uses instead, and what is refused.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

from wholestory.config import demo_secrets
from wholestory.config.reading import Refused, read, settings_of, unknown
from wholestory.config.setting_table import ROLES, Settings
from wholestory.config.supervisor.places import CHECKOUT, Places

__all__ = ["DATABASE", "ROLES", "Environment", "Refused", "current", "read_environment"]

DATABASE = "wholestory"
"""The name of the embedded database."""

READ_ELSEWHERE = frozenset({"WHOLESTORY_BROWSER", "WHOLESTORY_TEST_DATABASE_URL"})
"""Variables with our prefix that scripts and tests read themselves."""

SERVING = frozenset({"web", "worker", "public"})
"""The roles that serve people, as against those that look after the database."""


class Environment(Settings):
    """The settings of one process, with what follows from them."""

    @property
    def embedded(self) -> bool:
        """Whether the database is the one in `data_dir` that the demo runs itself."""
        return self.demo and not self.url_web

    @property
    def places(self) -> Places:
        """The folders and files of the embedded installation."""
        return Places(self.data_dir)

    @property
    def database_urls(self) -> dict[str, str]:
        """The address for each role, and for `admin`; only those that this process was given."""
        given = {role: getattr(self, f"url_{role}") for role in (*ROLES, "admin")}
        if self.embedded:
            given = {role: self.places.database_address(f"wholestory_{role}", DATABASE) for role in ROLES}
            given["admin"] = self.places.database_address("postgres", "postgres")
        return {role: url for role, url in given.items() if url}

    def database(self, role: str = "") -> dict[str, Any]:
        """The address for `role` (this process's own when left out) as one entry of Django's DATABASES.

        Raises Refused when this process was not given that address.
        """
        role = role or self.role
        url = self.database_urls.get(role)
        if not url:
            variable = settings_of(Settings)[f"url_{role}"].variable
            raise Refused([f"{variable} is not set; this command connects as the {role} role"])
        parts = conninfo_to_dict(url)
        named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
        entry: dict[str, Any] = {ours: str(parts.pop(theirs, "")) for ours, theirs in named.items()}
        return {"ENGINE": "django.db.backends.postgresql", **entry, "OPTIONS": dict(parts)}

    @property
    def database_name(self) -> str:
        """The name of the database that the web role uses."""
        return str(self.database("web")["NAME"])

    @property
    def open_pages_port(self) -> int:
        """Where the open pages listen."""
        return self.open_port or self.port + 1

    @property
    def open_pages_address(self) -> str:
        """Where people reach the open pages: the site's own address, unless they have another."""
        return self.open_address if self.open_pages == "apart" and self.open_address else self.site_address

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every host name the site answers to."""
        own = urlsplit(self.site_address).hostname
        names = [own] if own else []
        if self.demo:
            names += ["localhost", "127.0.0.1", "[::1]"]
        return tuple(dict.fromkeys([*names, *self.allowed_hosts]))

    @property
    def https(self) -> bool:
        """Whether people reach the site over HTTPS; cookies and redirects follow."""
        return self.site_address.startswith("https://")

    @property
    def files_dir(self) -> Path:
        """The folder of uploaded files, when they are kept in a folder."""
        return self.data_dir / "files"


def read_environment(variables: Mapping[str, str]) -> Environment:
    """The settings that `variables` give. Raises Refused, naming every problem at once."""
    problems = unknown(Settings, variables, READ_ELSEWHERE)
    variables = _with_demo_defaults(variables)
    environment = Environment(**read(Settings, variables, problems))
    if not problems and environment.demo:
        environment = _with_demo_secrets(environment)
    problems += _missing(environment, variables) + _contradictions(environment)
    if problems:
        raise Refused(list(dict.fromkeys(problems)))
    if not environment.mail_reply_to:
        environment = replace(environment, mail_reply_to=environment.mail_from)
    if environment.anchor_dir is None:
        environment = replace(environment, anchor_dir=environment.data_dir / "anchors")
    return environment


@lru_cache(maxsize=1)
def current() -> Environment:
    """The settings of this process. Read once; later changes to the environment are not seen."""
    return read_environment(os.environ)


def _with_demo_defaults(variables: Mapping[str, str]) -> dict[str, str]:
    given = {name: value for name, value in variables.items() if value.strip()}
    if given.get("WHOLESTORY_DEMO", "").strip().lower() not in {"1", "on", "yes", "true"}:
        return given
    demo = {
        "WHOLESTORY_DATA": str(CHECKOUT / ".data" / "demo"),
        "WHOLESTORY_ADDRESS": f"http://localhost:{given.get('PORT', '8000').strip()}",
        "WHOLESTORY_TRUSTED_PROXIES": "0",
        "WHOLESTORY_MAIL_BY": "outbox",
        "WHOLESTORY_MAIL_FROM": "wholestory@demo.invalid",
    }
    open_port = given.get("WHOLESTORY_OPEN_PORT", "0").strip()
    if open_port in {"", "0"} and given.get("PORT", "8000").strip().isdigit():
        open_port = str(int(given.get("PORT", "8000")) + 1)
    demo["WHOLESTORY_OPEN_ADDRESS"] = f"http://localhost:{open_port}"
    return demo | given


def _with_demo_secrets(environment: Environment) -> Environment:
    made = demo_secrets.read_or_make(environment.places.secrets)
    return replace(
        environment,
        secret_key=environment.secret_key or made.secret_key,
        files_keys=environment.files_keys or (made.files_key,),
        field_keys=environment.field_keys or (made.field_key,),
        anchor_key=environment.anchor_key or made.anchor_key,
    )


def _missing(environment: Environment, variables: Mapping[str, str]) -> list[str]:
    if environment.demo:
        return []
    found = []
    for declared in settings_of(Settings).values():
        given = variables.get(declared.variable) or variables.get(f"{declared.variable}_FILE")
        if environment.role in declared.needed_by and not given:
            found.append(f"{declared.variable} is not set. {declared.about}")
    if not environment.url_web and environment.role == "web":
        found.append("To look round with an embedded database and made-up people instead, run: make demo")
    return found


def _contradictions(environment: Environment) -> list[str]:
    if environment.demo:
        return []
    found = []
    if environment.debug:
        found.append(
            "WHOLESTORY_DEBUG is on; it is refused outside the demo, because its error pages show data"
        )
    if environment.role in SERVING and environment.site_address and not environment.https:
        found.append("WHOLESTORY_ADDRESS must begin with https:// outside the demo")
    if environment.open_address and not environment.open_address.startswith("https://"):
        found.append("WHOLESTORY_OPEN_ADDRESS must begin with https:// outside the demo")
    if environment.role in {"web", "worker"}:
        found += _mail(environment) + _files(environment)
    return found


def _mail(environment: Environment) -> list[str]:
    if environment.mail_by == "smtp" and not environment.smtp_host:
        return [
            "WHOLESTORY_SMTP_HOST is not set, and WHOLESTORY_MAIL_BY is smtp; name the server, or choose notify"
        ]
    if environment.mail_by == "notify" and not (environment.notify_key and environment.notify_template):
        return ["WHOLESTORY_MAIL_BY is notify; set WHOLESTORY_NOTIFY_KEY and WHOLESTORY_NOTIFY_TEMPLATE too"]
    return []


def _files(environment: Environment) -> list[str]:
    found = []
    if environment.files_in == "s3" and not environment.s3_bucket:
        found.append("WHOLESTORY_S3_BUCKET is not set, and WHOLESTORY_FILES_IN is s3; name the bucket")
    if bool(environment.s3_access_key) != bool(environment.s3_secret_key):
        found.append("WHOLESTORY_S3_ACCESS_KEY and WHOLESTORY_S3_SECRET_KEY go together; set both or neither")
    return found
