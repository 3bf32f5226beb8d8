"""What results mean: comparisons with their uncertainty."""
