"""The survey's open page: no account, no cookie, and of the database the two functions in ``access.open_doors``."""
