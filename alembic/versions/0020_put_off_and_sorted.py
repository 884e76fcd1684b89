"""conversations that are put off come back at a time; they have tags and a priority."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('conversation', sa.Column('returns_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('conversation', sa.Column('priority', sa.SmallInteger(), server_default='0', nullable=False))
    op.add_column('conversation', sa.Column('tags', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False))
    op.drop_constraint(op.f('ck_conversation_status'), 'conversation', type_='check')
    op.create_check_constraint(op.f('ck_conversation_status'), 'conversation', "status in ('open', 'waiting', 'snoozed', 'closed', 'spam')")
    op.create_check_constraint(op.f('ck_conversation_returns'), 'conversation', "(status = 'snoozed') <= (returns_at is not null)")
    op.create_check_constraint(op.f('ck_conversation_priority'), 'conversation', 'priority between -1 and 2')
    op.create_index('ix_conversation_tags', 'conversation', ['tags'], unique=False, postgresql_using='gin', postgresql_where=sa.text("tags <> '{}'"))


def downgrade() -> None:
    op.drop_index('ix_conversation_tags', table_name='conversation')
    op.drop_constraint(op.f('ck_conversation_priority'), 'conversation', type_='check')
    op.drop_constraint(op.f('ck_conversation_returns'), 'conversation', type_='check')
    op.execute("update conversation set status = 'open' where status = 'snoozed'")
    op.drop_constraint(op.f('ck_conversation_status'), 'conversation', type_='check')
    op.create_check_constraint(op.f('ck_conversation_status'), 'conversation', "status in ('open', 'waiting', 'closed', 'spam')")
    op.drop_column('conversation', 'tags')
    op.drop_column('conversation', 'priority')
    op.drop_column('conversation', 'returns_at')
