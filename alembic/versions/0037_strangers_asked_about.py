"""who wrote to a customer from an address of ours and is unknown waits beside the newcomers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column('newcomer', 'list_id', nullable=True)
    op.add_column('newcomer', sa.Column('message_id', sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f('fk_newcomer_message_id'), 'newcomer', 'message',
        ['message_id'], ['id'], ondelete='SET NULL',
    )
    op.create_index(op.f('ix_newcomer_message_id'), 'newcomer', ['message_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_newcomer_message_id'), table_name='newcomer')
    op.drop_constraint(op.f('fk_newcomer_message_id'), 'newcomer', type_='foreignkey')
    op.drop_column('newcomer', 'message_id')
    op.execute("delete from newcomer where list_id is null")
    op.alter_column('newcomer', 'list_id', nullable=False)
