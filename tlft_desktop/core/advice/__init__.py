"""What measurements on the user's own images say about the choice between transfer and fine-tuning."""
