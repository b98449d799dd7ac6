"""The charts that only this room draws. Those that any room may draw stand in ``govuk.charts``."""
