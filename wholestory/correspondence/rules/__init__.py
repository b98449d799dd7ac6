"""What a message may say, how it is worded, and which ones travel together. No database."""
