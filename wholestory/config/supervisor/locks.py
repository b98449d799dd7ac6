"""File locks that the kernel lets go of when a process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Taken(Exception):
    """Another process holds the lock."""


@contextmanager
def holding(path: Path, *, shared: bool = False, wait: bool = False) -> Iterator[None]:
    """Hold the lock at `path` for the length of the block. Raises Taken when it is held and `wait` is False."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Close-on-exec is Python's default, so no child inherits the lock.
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(handle, how)
        except BlockingIOError as error:
            raise Taken(str(path)) from error
        yield
    finally:
        os.close(handle)


def is_free(path: Path) -> bool:
    """Whether nobody holds the lock at `path` now, not even shared."""
    try:
        with holding(path):
            return True
    except Taken:
        return False
