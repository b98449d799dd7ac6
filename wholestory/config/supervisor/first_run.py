"""The steps between an empty server and a demo, each in a process and a database role of its own.

    python -m wholestory.config.supervisor.first_run schema|example

`schema` makes roles, database and tables; `example` loads the example area.
"""

import importlib
import os
import sys

from wholestory.config.supervisor.demo_state import DemoState


def schema() -> None:
    """Roles, database and tables, up to this version of the code."""
    from wholestory.config.database.prepare import prepare
    from wholestory.config.environment import current

    environment = current()
    prepare(environment.database_urls["admin"], environment.database_name)
    _set_up_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def example() -> None:
    """The example area, in a database that has none; and a line for each person in it, for the end of the start."""
    _set_up_django()
    from wholestory.config.environment import current

    # The example area knows every room; imported late, because Django must be set up before.
    area = importlib.import_module("wholestory.config.example")
    area.load()
    DemoState(current().places).note_people([str(person) for person in area.people()])


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholestory.config.settings")
    import django

    django.setup()


STEPS = {"schema": schema, "example": example}

if __name__ == "__main__":
    STEPS[sys.argv[1]]()
