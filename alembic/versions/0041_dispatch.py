"""what nobody has by urgency, what everybody has; digests every 60 to 90 minutes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        'ix_conversation_dispatch', 'conversation',
        [
            'mailbox_id', sa.text('(- priority)'),
            sa.text("coalesce(due_at, '9999-12-31 00:00:00+00'::timestamp with time zone)"), 'id',
        ],
        postgresql_where=sa.text(
            "assignee_id is null and status = 'open' and merged_into is null"
        ),
    )
    op.create_index(
        'ix_conversation_load', 'conversation', ['assignee_id', 'mailbox_id', 'due_at'],
        postgresql_where=sa.text("status = 'open' and assignee_id is not null"),
    )
    op.add_column('agent', sa.Column(
        'digest_minutes', sa.BigInteger(), server_default='60', nullable=False))
    op.create_check_constraint(
        op.f('ck_agent_digest_minutes'), 'agent', 'digest_minutes between 60 and 90')


def downgrade() -> None:
    op.drop_constraint(op.f('ck_agent_digest_minutes'), 'agent', type_='check')
    op.drop_column('agent', 'digest_minutes')
    op.drop_index('ix_conversation_load', table_name='conversation')
    op.drop_index('ix_conversation_dispatch', table_name='conversation')
