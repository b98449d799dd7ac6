"""Telling a panel of a death without an account: one page for each panel, below ``/notify/<slug>/``."""
