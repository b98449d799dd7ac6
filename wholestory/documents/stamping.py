"""Stamps on generated files, for the rooms above. Rooms beside this one take them from ``kernel.generated``."""

from wholestory.kernel.generated import Marking, Stamp, as_csv, as_excel

__all__ = ["Marking", "Stamp", "as_csv", "as_excel"]
