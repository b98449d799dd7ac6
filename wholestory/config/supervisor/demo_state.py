"""What a demo remembers between starts: how far its first start came, and who looks after it now."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from wholestory.config.supervisor.places import CHECKOUT, Places


@dataclass(frozen=True)
class DemoState:
    """The memory of the demo in `places`. The caller holds the installation's lock, except to ask for a stop."""

    places: Places

    @property
    def path(self) -> Path:
        """The file of what was done."""
        return self.places.data / "demo.json"

    @property
    def supervisor_path(self) -> Path:
        """The file of who looks after it."""
        return self.places.data / "supervisor.json"

    @property
    def loaded(self) -> bool:
        """Whether the example area was loaded to the end."""
        return bool(_read(self.path).get("loaded"))

    def schema_is_current(self) -> bool:
        """Whether the database was prepared and migrated with exactly this code."""
        return _read(self.path).get("schema") == schema_of_the_code()

    def note_schema(self) -> None:
        """The database is prepared and migrated."""
        _write(self.path, {**_read(self.path), "schema": schema_of_the_code()})

    def note_loaded(self) -> None:
        """The example area is loaded."""
        _write(self.path, {**_read(self.path), "loaded": True})

    def forget(self) -> None:
        """Nothing was done yet."""
        self.path.unlink(missing_ok=True)

    def people(self) -> list[str]:
        """A line for each example person, as written down by the step that loaded them."""
        return [str(line) for line in _read(self.places.people).get("people", [])]

    def note_people(self, lines: list[str]) -> None:
        """Write down a line for each example person."""
        _write(self.places.people, {"people": lines})

    def note_supervisor(self) -> None:
        """This process looks after the demo from now on."""
        me = psutil.Process()
        _write(self.supervisor_path, {"pid": me.pid, "created": me.create_time()})

    def ask_supervisor_to_stop(self) -> bool:
        """Send TERM to whoever looks after the demo. False when nobody does."""
        noted = _read(self.supervisor_path)
        try:
            process = psutil.Process(int(noted["pid"]))
            if abs(process.create_time() - noted["created"]) > 1:  # another program under a reused number
                return False
            process.terminate()
        except (KeyError, psutil.NoSuchProcess):
            return False
        return True


def schema_of_the_code() -> str:
    """A hash of everything that shapes the database."""
    digest = hashlib.sha256()
    package = CHECKOUT / "wholestory"
    for path in sorted(
        [*package.glob("*/migrations/*.py"), *package.glob("**/*.sql"), package / "records" / "rls.py"]
    ):
        if path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError):
        return {}


def _write(path: Path, what: dict[str, Any]) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(what), encoding="utf-8")
    draft.replace(path)
