"""Files about single children: what is wrong in them, and what they count to.

Plain Python, with no web framework and no database server: a council runs this on a machine of its own and sends on
only the aggregate file, in which no child can be found.
"""
