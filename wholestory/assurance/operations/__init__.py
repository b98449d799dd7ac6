"""Writes of the self-audit duty: the cycle, the return, its moderation."""
