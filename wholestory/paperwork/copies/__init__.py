"""A form as a Word or Excel copy to take away, blank or filled, and such a copy read back.

``rows`` says what stands in a copy; ``excel`` and ``word`` write it; ``reading`` reads a file back without trusting
it; ``loading`` compares what it says with what stands. Everything but ``reading`` and the writers is pure.
"""
