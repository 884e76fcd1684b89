"""The life of a mail that leaves.

A row in `outbound` is the promise that a mail will be sent. It is written in the transaction of
the change that causes it, with the mail's Message-ID and date, and names the composer that will
make the mail from the stored conversation when it leaves. Sending cannot be part of a transaction:

    waiting   nothing has been said to the relay yet, or it told us to come again
    sending   committed before we talk to the relay; found after a crash, it is sent again
              with the same Message-ID and marked `maybe_twice`
    sent      the relay took it for at least one recipient
    failed    the relay refused it for good for every recipient, or was tried long enough

Results are kept for each recipient; only those who do not have the mail yet are tried again.
"""
