"""mailboxes have hours and targets, conversations say by when what of them is due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None

_TEXTS = ('hours', 'own_days', 'country', 'region', 'targets', 'manager', 'above')
_KEY = (
    "md5(time_zone || '|' || hours || '|' || own_days || '|' || targets || '|' || holidays::text)"
)


def upgrade() -> None:
    for name in _TEXTS:
        op.add_column('mailbox', sa.Column(name, sa.Text(), server_default='', nullable=False))
    op.add_column('mailbox', sa.Column(
        'critical', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False))
    op.add_column('mailbox', sa.Column(
        'same_day', sa.Boolean(), server_default='false', nullable=False))
    op.add_column('mailbox', sa.Column(
        'holidays', postgresql.JSONB(), server_default='{}', nullable=False))
    op.execute(
        "update mailbox set targets = 'first ' || answer_hours || 'h next ' || answer_hours || 'h'"
        " where answer_hours <> 24")
    op.add_column('mailbox', sa.Column(
        'hours_key', sa.Text(), sa.Computed(_KEY, persisted=True), nullable=False))
    op.add_column('conversation', sa.Column(
        'due_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column(
        'due', sa.Text(), server_default='', nullable=False))
    op.add_column('conversation', sa.Column(
        'working_since', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column(
        'worked', sa.BigInteger(), server_default='0', nullable=False))
    op.create_index(
        'ix_conversation_due', 'conversation', ['mailbox_id', 'due_at', 'id'],
        postgresql_where=sa.text('due_at is not null'))


def downgrade() -> None:
    op.drop_index('ix_conversation_due', table_name='conversation')
    for name in ('due_at', 'due', 'working_since', 'worked'):
        op.drop_column('conversation', name)
    for name in ('hours_key', 'holidays', 'same_day', 'critical', *_TEXTS):
        op.drop_column('mailbox', name)
