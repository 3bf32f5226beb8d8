"""The commands of the command line: one module for each, loaded when it runs."""
