"""`wholestory database prepare` and `wholestory database migrate`."""

import argparse
import sys

import psycopg

from wholestory.config.database.prepare import prepare
from wholestory.config.environment import Refused, current


def main(argv: list[str]) -> int:
    """Prepare a server, or bring the tables up to this version of the code. Returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="wholestory database",
        description="Prepares a PostgreSQL server for Wholestory, and migrates it.",
    )
    steps = parser.add_subparsers(dest="step", required=True, metavar="prepare|migrate")
    steps.add_parser(
        "prepare", help="make roles, database and the access record's schema, as DATABASE_URL_ADMIN"
    )
    steps.add_parser("migrate", help="bring the tables up to this version, as DATABASE_URL_OWNER")
    try:
        return _prepare() if parser.parse_args(argv).step == "prepare" else _migrate()
    except psycopg.Error as error:
        print(f"The database refused: {error}", file=sys.stderr)
        return 1


def _prepare() -> int:
    environment = current()
    admin = environment.database_urls.get("admin")
    if not admin:
        raise Refused(["DATABASE_URL_ADMIN is not set; preparing a server takes a role that may make roles"])
    name = str(environment.database("owner")["NAME"])
    new = prepare(admin, name)
    print(
        f"The database {name} {'is made' if new else 'was there'}, with its roles. Next: give the roles passwords,"
    )
    print("then run: wholestory database migrate")
    return 0


def _migrate() -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        call_command("migrate", interactive=False)
    except DatabaseError as error:
        print(f"The database refused: {error}", file=sys.stderr)
        return 1
    return 0
