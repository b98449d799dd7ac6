"""What somebody may want to do with a record."""

from __future__ import annotations

from enum import StrEnum


class Verb(StrEnum):
    READ = "read"
    LIST = "list"
    WRITE = "write"
    DECIDE = "decide"
    MODERATE = "moderate"
    MANAGE = "manage"
    EXPORT = "export"
