"""Reads of the directory. Each page costs a fixed number of queries, however long its list is."""
