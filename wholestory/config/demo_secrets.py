"""The keys of one demo, made at its first start. Outside the demo there are none: they must be given."""

import base64
import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class DemoSecrets:
    """What the demo would otherwise have to be given."""

    secret_key: str
    files_key: str
    field_key: str
    anchor_key: str


def read_or_make(path: Path) -> DemoSecrets:
    """The secrets kept at `path`, made when there are none. Safe when several processes ask at once."""
    try:
        return DemoSecrets(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    made = {"secret_key": secrets.token_urlsafe(64)}
    made |= {name: _key() for name in ("files_key", "field_key", "anchor_key")}
    # mkstemp makes the file readable by its owner only; the link fails for all but the first process.
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(made, file)
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
    return DemoSecrets(**json.loads(path.read_text(encoding="utf-8")))


def _key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()
