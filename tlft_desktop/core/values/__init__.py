"""Immutable plain values that every other package hangs on; no torch, no files."""
