"""Where an embedded installation keeps its things. Pure paths: nothing here is made or opened."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

CHECKOUT = Path(__file__).resolve().parents[3]

# The system call takes 103 bytes on macOS and 107 on Linux for the whole path of a socket.
LONGEST_SOCKET_PATH = 103
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Places:
    """The folders and files of one embedded installation, all below `data` where paths are short enough."""

    data: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.data / "postgres"

    @property
    def socket_folder(self) -> Path:
        """The folder of PostgreSQL's socket; a short one elsewhere when `data` is too deep for a socket."""
        folder = self.data / "socket"
        if len(str(folder / SOCKET_NAME).encode()) <= LONGEST_SOCKET_PATH:
            return folder
        mark = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"wholestory-{mark}"

    @property
    def lock(self) -> Path:
        """Held by the one process that looks after this installation."""
        return self.data / "supervisor.lock"

    @property
    def in_use(self) -> Path:
        """Held, shared, by each process that uses a test server."""
        return self.data / "in-use.lock"

    @property
    def processes(self) -> Path:
        """Which processes were started, so that a later start can clear up after a crash."""
        return self.data / "processes.json"

    @property
    def logs(self) -> Path:
        """What the processes wrote."""
        return self.data / "logs"

    @property
    def people(self) -> Path:
        """A line for each example person, for the end of the demo's start."""
        return self.data / "people.json"

    @property
    def secrets(self) -> Path:
        """The demo's own keys, made at its first start."""
        return self.data / "secrets.json"

    def database_address(self, user: str, database: str) -> str:
        """The address of `database` for `user` through the socket."""
        return (
            f"postgresql://{quote(user)}@/{quote(database)}?host={quote(str(self.socket_folder), safe='/')}"
        )
