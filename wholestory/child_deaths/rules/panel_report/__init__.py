"""The panel's report of a year: what it holds, and what of it may be published."""
