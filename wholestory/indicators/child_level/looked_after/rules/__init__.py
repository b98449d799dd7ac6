"""Rules of the looked-after return, by subject."""
