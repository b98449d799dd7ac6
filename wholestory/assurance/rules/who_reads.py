"""Who reads the answers of a return while they are written, said to those who write them.

The sentences follow ``access.policy``: a return is in its agency's circle, which lets in that agency's people and
whoever was asked to moderate it or sits on its panel (also while it is open again), and in the assurance office, which
the board's team and its independent chair run. Emergency access is the one other way in. Comments are in the agency's
circle and in nobody's office. The other boards of a joint round read nothing before the signature, which the return's
own page says.
"""

from __future__ import annotations


def while_written(board: str) -> str:
    """The sentences, for a return to this board."""
    return (
        f"The team and the independent chair of {board} can read your answers and files as you write them, and so can"
        " anybody they ask to moderate this return or to sit on its peer challenge panel. Nobody else outside your"
        " organisation can, except by emergency access, which is noted and reviewed. Comments stay in your"
        " organisation."
    )
