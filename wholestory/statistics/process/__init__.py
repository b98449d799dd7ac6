"""Measures over time: is this more than the ups and downs of a stable process?

A signal is a question, not a finding.
"""
