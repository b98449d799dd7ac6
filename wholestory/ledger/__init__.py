"""The access record: append-only lines of who did what and who saw what."""

from wholestory.ledger.writing import LineRefused, attempted, line, written

__all__ = ["LineRefused", "attempted", "line", "written"]
