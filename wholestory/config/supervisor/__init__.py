"""Runs Wholestory's processes for the demo and small installations, and PostgreSQL from its wheel."""
