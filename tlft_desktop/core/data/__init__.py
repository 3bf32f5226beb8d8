"""Images: found, checked and decoded in a helper process, split, stored, and turned into batches."""
