"""The undo command; it holds an old and a new immutable value."""
