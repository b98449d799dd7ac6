"""The open pages in a process of their own: whoever breaks into it holds a role of the database that may call a few
functions and read nothing, and no key of the signed-in site."""
