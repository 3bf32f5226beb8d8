"""Where images come from: class folders, CSV files, zip archives."""
