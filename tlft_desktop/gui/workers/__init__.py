"""Threads: the training worker, short jobs, the mailbox between them and the window."""
