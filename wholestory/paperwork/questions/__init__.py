"""The question types, one module for each family."""
