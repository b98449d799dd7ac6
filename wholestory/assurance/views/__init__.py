"""Pages of the self-audit duty: the cycle, the agency's return, its moderation, the results."""
