"""What the receiver says. Every text is constant: a peer learns nothing of our inside.

The codes are those of RFC 5321 §4.2, the enhanced ones those of RFC 3463.
"""

from __future__ import annotations

BYE = "221 2.0.0 Bye"
OK = "250 2.0.0 OK"
SENDER_OK = "250 2.1.0 OK"
RECIPIENT_OK = "250 2.1.5 OK"
KEPT = "250 2.6.0 Message kept"
SIGNED_IN = "235 2.7.0 Signed in"
CANNOT_VERIFY = "252 2.5.0 Send some mail, we will do our best"
HELP = "214 2.0.0 See RFC 5321"
CHALLENGE = "334 "
ASK_NAME = "334 VXNlcm5hbWU6"
ASK_PASSWORD = "334 UGFzc3dvcmQ6"  # noqa: S105 - a question
START = "354 End data with <CR><LF>.<CR><LF>"

SHUTTING_DOWN = "421 4.3.2 Service is restarting, try again"
TOO_MANY_GUESSES = "421 4.7.0 Too many wrong passwords"
TIMEOUT = "421 4.4.2 Timeout, closing the connection"
TOO_MANY_CONNECTIONS = "421 4.7.0 Too many connections, try again later"
TOO_MANY_ERRORS = "421 4.7.0 Too many errors"
TOO_LONG_A_SESSION = "421 4.7.0 Session too long, connect again"

OUR_FAULT = "451 4.3.0 Temporary failure, try again later"
NO_ROOM = "452 4.3.1 Insufficient system storage, try again later"
BUSY = "452 4.3.1 Too much mail at once, try again later"
TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients, send the rest apart"
NO_TLS = "454 4.7.0 TLS not available"
TOO_MUCH_FOR_NOW = (
    "450 4.7.1 You have sent as much as one person may for now, try again in an hour;"
    " your administrators have been told"
)
NOT_NOW = "454 4.7.0 Too many wrong passwords lately, try again in a minute"

SYNTAX = "500 5.5.2 Syntax error"
LINE_TOO_LONG = "500 5.5.2 Command line too long"
UNKNOWN_COMMAND = "500 5.5.1 Command not recognised"
BAD_ARGUMENT = "501 5.5.4 Syntax error in the argument"
BAD_SENDER = "501 5.1.7 Malformed sender address"
BAD_RECIPIENT = "501 5.1.3 Malformed recipient address"
CANCELLED = "501 5.7.0 Given up"
NOT_IMPLEMENTED = "502 5.5.1 Command not implemented"
BAD_SEQUENCE = "503 5.5.1 Bad sequence of commands"
NEEDS_UTF8 = "553 5.6.7 Address needs SMTPUTF8"
NO_SUCH_MECHANISM = "504 5.5.4 PLAIN and LOGIN are known"
TLS_FIRST = "530 5.7.0 STARTTLS comes first"
SIGN_IN_FIRST = "530 5.7.0 Sign in first, with a mail password"
WRONG_PASSWORD = "535 5.7.8 Name or mail password is wrong"  # noqa: S105 - a reply
BAD_PARAMETER = "555 5.5.4 Parameter not recognised"

UNKNOWN_RECIPIENT = "550 5.1.1 No such mailbox here"
NOT_RELAYED = (
    "550 5.7.1 Not taken for people outside: write from the address of a mailbox of yours,"
    " or answer the notice"
)
NOT_TRUSTED = "550 5.7.0 Not allowed"
TOO_BIG = "552 5.3.4 Message is larger than SIZE"
LOOP = "554 5.4.6 Too many hops, this mail goes in circles"
IMPROPER_PIPELINING = "554 5.5.0 Improper command pipelining"
NOT_MAIL = "554 5.5.0 This is a mail server"
BARE_LINE_END = "554 5.5.2 Commands end with <CR><LF>"
NO_VALID_RECIPIENTS = "554 5.5.1 No valid recipients"
