"""
The official open archives of French law (base LEGI of the DILA): files in, changed articles out.

`archive` streams, `wording` reads XML, `follow` names the article, `gather` and `merge` put one over the other.
"""
