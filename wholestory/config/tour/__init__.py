"""“Show me round”: six one-click steps through the example. It does not exist outside the demo."""
