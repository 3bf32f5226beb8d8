"""One page per step of the work."""
