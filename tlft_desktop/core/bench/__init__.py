"""How fast this machine is with this program, against what people write and what is possible."""
