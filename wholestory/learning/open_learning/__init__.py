"""What everybody may read: published lessons and campaign material, by theme. No account, no cookie."""
