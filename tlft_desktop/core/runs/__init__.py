"""Runs on disk: recorded, resumed, listed, deleted; and the cache of features."""
