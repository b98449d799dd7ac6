"""What a page of results says, shaped once for the page, PDF, Word, Excel and CSV."""
