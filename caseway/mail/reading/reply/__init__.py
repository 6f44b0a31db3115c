"""What the writer added: the text without quotes and signature."""
