"""What everybody may read: the panel's published yearly reports. No account, no cookie."""
