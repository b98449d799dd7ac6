"""The Children in Need census: read as a stream, checked rule by rule, and counted."""
