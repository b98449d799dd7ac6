"""What the access record's codes for files say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "documents.added": "Added a file",
        "documents.version_added": "Added a newer version of a file",
        "documents.handed_out": "Opened the file",
        "documents.described": "Described a file",
        "documents.removed": "Removed a file",
        "documents.link_added": "Added a link",
        "documents.link_removed": "Removed a link",
        "documents.refused": "Tried to add a file that was refused",
        "documents.shown_too": "Showed a file with another record too",
        "documents.scanned": "A file was scanned",
        "documents.keys_rewrapped": "Files were locked with a new key",
    }
)
