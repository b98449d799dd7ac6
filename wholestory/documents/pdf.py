"""Accessible PDF files, for the rooms above. Rooms beside this one take them from ``kernel.generated``."""

from wholestory.kernel.generated import PageFault, render

__all__ = ["PageFault", "render"]
