"""
The advisor in a browser: pages without JavaScript, the whole state in a signed form field, nothing kept.

`desk.py` is the core: what was posted, the law, the keys and the day → a page. `server.py` is what touches the network.
"""
