"""Work that is done once, later, in the order and at the time it was asked for.

A job is a row, written in the transaction of the change that causes it: it vanishes with a
rollback and exists with a commit. A worker leases due rows, runs each in a transaction of its own
together with the acknowledgement, and so a crash at any point has done the work once or not at all.
A job that fails is tried again later, as its policy says; when that gives up, the row stays, marked
dead, for a person to see. Of one key at most one waits.
"""
