"""What a clock is and how it is worked out. Plain Python: no Django, no database, no reading of the time."""
