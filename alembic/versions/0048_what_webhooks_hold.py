"""what webhooks hold: whose turn it is, a secret that still counts, and no event for ever."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None

_EVENT = 'fk_webhook_delivery_event_id'


def upgrade() -> None:
    op.add_column('webhook', sa.Column('busy_until', sa.DateTime(timezone=True), nullable=True))
    op.add_column('webhook', sa.Column('old_secret', sa.Text(), nullable=True))
    op.add_column('webhook', sa.Column('old_until', sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint(_EVENT, 'webhook_delivery', type_='foreignkey')
    op.create_foreign_key(
        _EVENT, 'webhook_delivery', 'event', ['event_id'], ['id'], ondelete='CASCADE')
    op.create_index('ix_webhook_delivery_event_id', 'webhook_delivery', ['event_id'])


def downgrade() -> None:
    op.drop_index('ix_webhook_delivery_event_id', table_name='webhook_delivery')
    op.drop_constraint(_EVENT, 'webhook_delivery', type_='foreignkey')
    op.create_foreign_key(_EVENT, 'webhook_delivery', 'event', ['event_id'], ['id'])
    for name in ('old_until', 'old_secret', 'busy_until'):
        op.drop_column('webhook', name)
