"""Since when customers wait in a mailbox for us."""

from __future__ import annotations

from typing import Final

# As a column: the longest waiting, as many as make a queue. `:mailbox_id`, `:conversation_id`: the
# one that does not count.
WAITING: Final = """
    array(select waiting_since from conversation
           where mailbox_id = :mailbox_id and status = 'open' and waiting_since is not null
             and id <> :conversation_id
           order by coalesce(waiting_since, last_message_at), id limit 500)
"""
