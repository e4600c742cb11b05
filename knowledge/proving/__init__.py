"""
Proof over every situation at once: the law of a day as decision diagrams, and the promises that must hold.

Needs the `verify` extra; nothing else imports it.
"""
