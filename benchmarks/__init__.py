"""One command each; they print a table, they do not pass or fail."""
