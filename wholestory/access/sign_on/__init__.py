"""Signing in through one's own organisation, by OpenID Connect."""
