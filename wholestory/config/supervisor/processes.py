"""The processes of an installation, beside PostgreSQL. A further one is one more line here."""

import hashlib
import hmac
import sys

from wholestory.config.environment import Environment
from wholestory.config.reading import settings_of
from wholestory.config.setting_table import Settings
from wholestory.config.supervisor.children import Child

PYTHON = sys.executable


def processes(environment: Environment) -> tuple[Child, ...]:
    """What serves people, in the order of starting."""
    shared = _shared(environment)
    logs = environment.places.logs
    return (
        Child(
            name="web",
            arguments=(
                PYTHON,
                "-m",
                "gunicorn",
                "-c",
                "python:wholestory.config.serving",
                "wholestory.config.wsgi",
            ),
            log=logs / "web.log",
            environment={**shared, "WHOLESTORY_ROLE": "web"},
        ),
        Child(
            name="worker",
            arguments=(PYTHON, "-m", "wholestory", "worker"),
            log=logs / "worker.log",
            environment={**shared, "WHOLESTORY_ROLE": "worker"},
            # A job in a thread cannot be interrupted; jobs are safe to run twice, so it is not waited for.
            dies_with_parent="SIGKILL",
        ),
        *((_open_pages(environment, shared),) if environment.open_pages == "apart" else ()),
    )


def _open_pages(environment: Environment, shared: dict[str, str]) -> Child:
    """The pages without an account. It gets no secret of the others: no address of another role, no key to files, and
    a key of its own for what it signs, from which the site's cannot be found."""
    own = hmac.new(environment.secret_key.encode(), b"open pages", hashlib.sha256).hexdigest()
    secret = [one.variable for one in settings_of(Settings).values() if one.secret]
    none = {name: "" for variable in secret for name in (variable, f"{variable}_FILE")}
    return Child(
        name="open",
        arguments=(
            PYTHON, "-m", "gunicorn", "-c", "python:wholestory.config.serving", "wholestory.config.wsgi",
        ),
        log=environment.places.logs / "open.log",
        environment={
            **none,
            **shared,
            "WHOLESTORY_ROLE": "public",
            "SECRET_KEY": own,
            "DATABASE_URL_PUBLIC": "" if environment.embedded else environment.url_public,
        },
    )  # fmt: skip


def step(environment: Environment, name: str, role: str) -> Child:
    """One step of the first run, in the given database role."""
    return Child(
        name=name,
        arguments=(PYTHON, "-m", "wholestory.config.supervisor.first_run", name),
        # Its output is the terminal: what goes wrong belongs there, not every step.
        environment={**_shared(environment), "WHOLESTORY_ROLE": role, "WHOLESTORY_LOG_LEVEL": "WARNING"},
    )


def _shared(environment: Environment) -> dict[str, str]:
    shared = {"DJANGO_SETTINGS_MODULE": "wholestory.config.settings", "PYTHONUNBUFFERED": "1"}
    if environment.demo:
        shared |= {"WHOLESTORY_DEMO": "on", "WHOLESTORY_DATA": str(environment.data_dir)}
    return shared
