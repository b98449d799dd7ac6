"""Pages: work out a deadline, the rule register, working days."""
