"""Pages about files, and the one place that hands them out."""
