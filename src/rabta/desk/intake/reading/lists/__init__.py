"""Readers of published lists: the UN Security Council's and the US Treasury's."""
