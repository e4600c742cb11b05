"""
What the schema cannot see: texts in order, citations that quote, codes that never change, norms that never clash.

Also what can be reached and which rule of the doctrine each norm carries. Every problem names its file and line.
"""
