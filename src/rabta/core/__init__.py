"""What is true without a database: no Django, no SQL, no clock, no network."""
