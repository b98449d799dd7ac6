"""How figures are read: pure functions over counts, no Django, no database, no clock."""
