"""
Two laws side by side: two bases as one, and which norm and which text make their answers differ.

What a change of file or of day does to the answers is worked out from here.
"""
