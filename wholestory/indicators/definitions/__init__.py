"""What this room writes to people, as data."""
