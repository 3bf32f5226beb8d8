"""What is handed to others: the model card and a program that needs nothing of this one."""
