"""The directory's screens and writes. They live here because every change of a seat changes who may see what."""
