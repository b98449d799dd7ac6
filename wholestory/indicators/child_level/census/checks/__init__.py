"""The rules of the census as functions, by id. What each means in words is in `../rules/`."""
