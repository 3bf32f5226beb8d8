"""The computing core: works without Qt; packages are listed in the order in which they may import each other."""
