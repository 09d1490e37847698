"""A few whole journeys through the desk in a real browser, on a node with the demo country."""
