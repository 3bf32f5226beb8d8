"""A project on disk: its choices, lock, backups, lists of images and edits; loads no torch: it must answer at once."""
