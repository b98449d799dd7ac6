"""Pure numbers for a board and its child death overview panel: no Django, no database, nothing kept.

Every function names its source. A value that cannot be given is ``None`` with a reason, never 0; input that makes no
sense is refused with ``CannotBeCounted``. Numbers are not rounded here except for display (``rounding``).
"""
