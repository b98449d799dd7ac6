"""Pure rules of the directory: which names are alike, what a spreadsheet's words mean. No Django, no database."""
