"""From a membership spreadsheet, as messy as it comes, to a plan of what would be added, changed and left alone."""
