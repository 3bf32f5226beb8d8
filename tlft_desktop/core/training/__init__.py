"""Training as a generator of events: it knows no disks, no window and no command line."""
