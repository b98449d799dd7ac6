"""Every clock, threshold and edition, as data: one small file for each duty."""
