"""Mail by SMTP and LMTP: a session becomes an envelope and bytes, and the door keeps them.

The receiver understands nothing of a mail beyond its envelope and its size: what cannot be parsed
is kept all the same. It says 250 only after the door has committed; a fault of ours is 451 or 452,
never 5xx.
"""
