"""
Facts and a day in, advice out: the law of the day, which norms stand, what is worth asking, and why.

This is the reasoning itself. It reads nothing and knows no flow and no channel.
"""
