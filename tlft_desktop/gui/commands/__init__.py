"""Undo commands; each holds an old and a new immutable value."""
