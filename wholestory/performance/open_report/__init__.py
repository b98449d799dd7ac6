"""What everybody may read: a board's published performance reports. No account, no cookie."""
