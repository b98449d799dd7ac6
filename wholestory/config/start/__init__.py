"""Standing up an empty board: the `wholestory start` command, and the pages that lead through what comes next."""

from __future__ import annotations


def main(argv: list[str]) -> int:
    """`wholestory start`. Returns the exit status."""
    from wholestory.config.start.command import main as run

    return run(argv)
