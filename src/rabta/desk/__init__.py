"""The Django project: one app a room, and one wall below them all."""
