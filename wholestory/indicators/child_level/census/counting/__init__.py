"""The figures of the census: columns of what was read, one expression for each figure, counted by DuckDB."""
