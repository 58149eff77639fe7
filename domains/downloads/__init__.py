"""Files that were bought, on their way to who bought them."""
