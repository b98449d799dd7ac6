"""Reads of the self-audit duty, shaped for its pages; the number of queries never depends on the number of rows."""
