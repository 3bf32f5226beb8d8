"""What the computer may do while a training runs: sleep, run on battery, tell that it is over."""
