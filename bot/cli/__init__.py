"""
The terminal channel: one file per command, and the conversation that asks and answers offline.

`bot.main` says what each command takes and opens its file only when it runs.
"""
