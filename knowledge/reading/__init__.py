"""
Files into values: strict YAML with line numbers, conditions, and what a schema refuses said in French.

Nothing here knows what a norm means; `knowledge.load` puts it together with the checks.
"""
