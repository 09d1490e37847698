"""One question, several answers: each engine stands behind one small interface."""
