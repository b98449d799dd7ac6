"""Files this room makes: the Excel return, filled in so far or with what to put right beside the data."""
