"""How the text of one environment variable becomes a value, or a sentence that says what is wrong with it.

Each reader takes the text and returns the value; it raises ValueError with the end of a sentence that begins
with the variable's name ("... must be on or off").
"""

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import urlsplit


def text(value: str) -> str:
    """Any text."""
    return value


def flag(value: str) -> bool:
    """`on` or `off`; also 1/0, yes/no, true/false."""
    lowered = value.lower()
    if lowered in {"1", "on", "yes", "true"}:
        return True
    if lowered in {"", "0", "off", "no", "false"}:
        return False
    raise ValueError("must be on or off")


def whole_number(value: str) -> int:
    """A whole number, zero or more."""
    if not value.isascii() or not value.isdigit():
        raise ValueError("must be a whole number such as 2")
    return int(value)


def port(value: str) -> int:
    """A TCP port, 1 to 65535."""
    number = whole_number(value)
    if not 1 <= number <= 65535:
        raise ValueError("must be a port between 1 and 65535")
    return number


def folder(value: str) -> Path:
    """An absolute folder; it is made when it is first needed."""
    path = Path(value).expanduser()
    if not path.is_absolute():
        raise ValueError("must be a folder written from the root, such as /var/lib/wholestory")
    return path


def file(value: str) -> Path:
    """A file that exists."""
    path = Path(value).expanduser()
    if not path.is_file():
        raise ValueError("must name a file that exists and that this process may read")
    return path


def words(value: str) -> tuple[str, ...]:
    """Several values with commas between them."""
    return tuple(part.strip() for part in value.split(",") if part.strip())


def one_of(*choices: str) -> "OneOf":
    """One of the given words."""
    return OneOf(choices)


class OneOf:
    """Reads one of a few words."""

    def __init__(self, choices: tuple[str, ...]) -> None:
        self.choices = choices
        self.__doc__ = "One of: " + ", ".join(f"`{choice}`" for choice in choices) + "."

    def __call__(self, value: str) -> str:
        if value not in self.choices:
            raise ValueError("must be one of " + ", ".join(self.choices))
        return value


def host_names(value: str) -> tuple[str, ...]:
    """Host names with commas between them, such as `board.example.org`; a leading dot takes in subdomains."""
    names = words(value)
    for name in names:
        if not re.fullmatch(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9a-f:]+\]", name):
            raise ValueError("must be host names without https:// or a port, such as board.example.org")
    return names


def site_address(value: str) -> str:
    """The address people type, such as `https://board.example.org`."""
    parts = urlsplit(value)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.path not in {"", "/"}
        or parts.query
    ):
        raise ValueError("must be an address such as https://board.example.org, without a path")
    return value.rstrip("/")


def database_address(value: str) -> str:
    """`postgresql://user:password@host:5432/name`."""
    parts = urlsplit(value)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("must begin with postgresql:// (Wholestory runs on PostgreSQL only)")
    if not parts.username:
        raise ValueError(
            "must name the role to connect as, such as postgresql://wholestory_web:...@host/wholestory"
        )
    if len(parts.path) < 2:
        raise ValueError("must name the database, such as .../wholestory")
    return value


def email(value: str) -> str:
    """An e-mail address."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise ValueError("must be an e-mail address such as team@board.example.org")
    return value


def secret(value: str) -> str:
    """Text that nobody can guess: at least 50 characters."""
    if len(value) < 50 or len(set(value)) < 10 or value.startswith("django-insecure"):
        raise ValueError(
            "is too easy to guess; make one with: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    return value


def keys(value: str) -> tuple[str, ...]:
    """One or more 32-byte keys in URL-safe base64, with commas between them; the first encrypts, all decrypt."""
    found = words(value)
    for key in found:
        _key_bytes(key)
    if len(set(found)) != len(found):
        raise ValueError("must not name the same key twice")
    return found


def key(value: str) -> str:
    """A 32-byte key in URL-safe base64."""
    _key_bytes(value)
    return value


def _key_bytes(value: str) -> bytes:
    how = "make one with: python -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"
    try:
        decoded = base64.b64decode(value.encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise ValueError(f"must be 32 bytes in URL-safe base64; {how}") from error
    if len(decoded) != 32:
        raise ValueError(f"must be 32 bytes in URL-safe base64, not {len(decoded)}; {how}")
    return decoded


def scanner_address(value: str) -> str:
    """`unix:/run/clamav/clamd.ctl` or `tcp:host:3310`."""
    if re.fullmatch(r"unix:/.+", value) or re.fullmatch(r"tcp:[^:\s]+:\d{1,5}", value):
        return value
    raise ValueError("must be unix:/path/to/socket or tcp:host:port")
