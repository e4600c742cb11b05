"""
The flows as decision graphs: every question, every answer, every end, with situations that cannot differ merged.

Counting paths, comparing two laws and finding what no walk reaches are done here.
"""
