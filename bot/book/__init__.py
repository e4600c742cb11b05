"""
The book: the law of one day as a page without script and as a PDF, for a reader who runs no program.

`write` is the command; the other files each make one part of the book as plain values.
"""
