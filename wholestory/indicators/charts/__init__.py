"""The pictures of figures: drawn on the server, each with its table and its description, the same in page and files."""
