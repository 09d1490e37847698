"""Look-up, proposed links, human judgement. Nothing here merges records: they stay as they are."""
