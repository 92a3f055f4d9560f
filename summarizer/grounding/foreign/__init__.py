"""What code can still do with an article whose language its rules do not read."""
