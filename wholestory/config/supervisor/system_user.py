"""PostgreSQL refuses to run as root. As root, it runs as a system user of its own instead."""

import grp
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "wholestory-db"


class NoSystemUser(Exception):
    """The machine offers no way to run PostgreSQL as another user than root."""


@dataclass(frozen=True)
class SystemUser:
    """Who PostgreSQL runs as: ids to switch to, or None when this process is not root."""

    uid: int | None
    gid: int | None

    @property
    def switch(self) -> dict[str, Any]:
        """Arguments for subprocess that run a program as this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, folder: Path) -> None:
        """Make `folder` this user's, closed to everybody else."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)

    def open_way_to(self, path: Path) -> list[Path]:
        """Let this user pass through the folders above `path`, without letting anybody list them.

        Returns the folders that had to be opened, so that the start can say so.
        """
        opened: list[Path] = []
        if self.uid is None:
            return opened
        for folder in path.resolve().parents:
            mode = folder.stat().st_mode
            if not mode & stat.S_IXOTH:
                folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
                opened.append(folder)
        return opened


def system_user() -> SystemUser:
    """The user to run PostgreSQL as, made when this process is root and there is none yet."""
    if os.geteuid() != 0:
        return SystemUser(None, None)
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        _make()
        entry = pwd.getpwnam(NAME)
    return SystemUser(entry.pw_uid, entry.pw_gid)


def _make() -> None:
    useradd = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    if useradd:
        arguments = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent"]
        arguments += ["--gid", NAME] if _group_exists() else ["--user-group"]
        arguments += ["--shell", "/usr/sbin/nologin", NAME]
    elif adduser := shutil.which("adduser"):  # BusyBox, as in Alpine
        arguments = [adduser, "-S", "-D", "-H", "-s", "/sbin/nologin", NAME]
    else:
        raise NoSystemUser(
            "PostgreSQL does not run as root, and no useradd was found to make a user for it. "
            "Run make demo as an ordinary user."
        )
    made = subprocess.run(arguments, capture_output=True, text=True, check=False)
    # Status 9 means that another process made the same user a moment ago.
    if made.returncode not in {0, 9}:
        raise NoSystemUser(f"The system user {NAME} could not be made: {made.stderr.strip()}")


def _group_exists() -> bool:
    try:
        grp.getgrnam(NAME)
    except KeyError:
        return False
    return True
