"""Who may see or do what, and why."""

from wholestory.access.verbs import Verb

__all__ = ["Verb"]
