"""whose upload it is, so that what one person puts aside has a bound."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('blob', sa.Column('agent_id', sa.BigInteger(), nullable=True))
    op.create_index(
        'ix_blob_agent_id_created_at', 'blob', ['agent_id', 'created_at'],
        postgresql_where=sa.text('agent_id is not null'))


def downgrade() -> None:
    op.drop_index('ix_blob_agent_id_created_at', table_name='blob')
    op.drop_column('blob', 'agent_id')
