"""Django's own database backends with the guard built in."""
