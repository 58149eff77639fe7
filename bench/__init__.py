"""What is measured, with the commands to measure it again. Nothing here is part of a running shop."""
