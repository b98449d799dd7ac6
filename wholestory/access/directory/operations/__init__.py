"""Every write of the directory: who may, the line, the change, and who may see what worked out again."""

from wholestory.access.directory.doors import Refusal

__all__ = ["Refusal"]
