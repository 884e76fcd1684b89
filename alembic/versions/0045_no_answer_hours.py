"""targets have taken the place of hours for an answer, and what is due that of what was promised."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column('mailbox', 'answer_hours')
    op.drop_index('ix_conversation_promised', table_name='conversation')
    # What is open is planned by the hours that its mailbox has now.
    op.execute("""
insert into job (kind, key, args)
select 'timers.replan', 'timers.replan:' || id, jsonb_build_object('mailbox_id', id)
  from mailbox where removed_at is null
    on conflict (key) where done_at is null and key is not null do nothing
""")


def downgrade() -> None:
    op.create_index(
        'ix_conversation_promised', 'conversation', ['mailbox_id', 'promised_until', 'id'],
        postgresql_where=sa.text("status = 'open' and promised_until is not null"))
    op.add_column('mailbox', sa.Column(
        'answer_hours', sa.BigInteger(), server_default='24', nullable=False))
    op.create_check_constraint(
        op.f('ck_mailbox_answer_hours'), 'mailbox', 'answer_hours between 1 and 1000')
