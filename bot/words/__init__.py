"""
What every channel says, in the same words: the French, the shared templates, the advice as data and as text.

A channel imports this and the two packages below; never another channel.
"""
