"""What a reader can work out of all reports a panel ever published: see ``statistics.disclosure.linked``."""

from wholestory.statistics.disclosure.linked import CHANGE, MOST, Released, Sum, System, system

__all__ = ["CHANGE", "MOST", "Released", "Sum", "System", "system"]
