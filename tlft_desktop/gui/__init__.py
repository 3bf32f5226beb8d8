"""The window: thin adapters over `core`; shows, asks, forwards."""
