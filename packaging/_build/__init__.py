"""What `build.py` does: from the hashed versions to the files that are installed."""
