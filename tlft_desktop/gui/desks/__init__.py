"""What the window does: each desk turns wishes of the user into jobs and tells the session the result."""
