"""what people sign with, learned from how their mails end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('signature_seen',
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('fingerprint', postgresql.BYTEA(), nullable=False),
    sa.Column('words', sa.Text(), server_default='', nullable=False),
    sa.Column('times', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.BigInteger(), nullable=False),
    sa.Column('last_mail', postgresql.BYTEA(), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind in ('line', 'picture', 'mails')", name=op.f('ck_signature_seen_kind')),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_signature_seen_agent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('agent_id', 'kind', 'fingerprint', name=op.f('pk_signature_seen'))
    )


def downgrade() -> None:
    op.drop_table('signature_seen')
