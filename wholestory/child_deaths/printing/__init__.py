"""What of this duty goes on paper."""
