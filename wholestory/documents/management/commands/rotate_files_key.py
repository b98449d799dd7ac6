"""`wholestory manage rotate_files_key`: see docs/how-to/rotate-the-files-key.md."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wholestory.documents import rotation, shelf
from wholestory.partners.models import Board


class Command(BaseCommand):
    """Says for each board what it did, and fails when a file could not be opened with any key."""

    help = "Wraps the keys of all stored files under the first key of WHOLESTORY_FILES_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it for every board."""
        names = shelf.keys().names
        self.stdout.write(f"Keys given: {', '.join(names)}. The first wraps from now on.")
        trouble: list[str] = []
        for board in Board.objects.order_by("name"):
            done = rotation.rotate(board)
            self.stdout.write(f"{done.board}: {done.rewrapped} wrapped anew.")
            trouble += done.trouble
        if trouble:
            raise CommandError(
                f"{len(trouble)} files could not be opened with any of these keys: {', '.join(trouble[:20])}. "
                "Put the missing key back into WHOLESTORY_FILES_KEYS and run this again. Do not throw any key away."
            )
        self.stdout.write("Every file's key is wrapped by the first key. The others are no longer needed.")
