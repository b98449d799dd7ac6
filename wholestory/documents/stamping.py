"""Stamps on generated files, for the rooms above. Rooms beside this one take them from ``kernel.generated``."""

from wholestory.kernel.generated import Marking, Stamp

__all__ = ["Marking", "Stamp"]
