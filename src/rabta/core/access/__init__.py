"""Who may do what with which record, and why: levels, rules, decisions, and every policy."""
