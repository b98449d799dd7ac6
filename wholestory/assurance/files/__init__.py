"""The heat map as files: PDF, Excel and CSV say the same as the page, from the same cells."""
