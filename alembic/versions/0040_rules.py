"""rules with their versions, the programs that hear of events, skills of people, legal footers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('agent', sa.Column('skills', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False))
    op.add_column('mailbox', sa.Column('footer', sa.Text(), server_default='', nullable=False))
    op.create_table(
        'rule',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('mailbox_id', sa.BigInteger(), nullable=True),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('position', sa.BigInteger(), nullable=False),
        sa.Column('enabled', sa.Boolean(), server_default='false', nullable=False),
        sa.Column('version', sa.BigInteger(), server_default='1', nullable=False),
        sa.Column('document', postgresql.JSONB(), nullable=False),
        sa.Column('fault', sa.Text(), server_default='', nullable=False),
        sa.Column('fault_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('last_given', sa.BigInteger(), server_default='0', nullable=False),
        sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.ForeignKeyConstraint(['mailbox_id'], ['mailbox.id'], name=op.f('fk_rule_mailbox_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_rule')),
    )
    op.create_index('ix_rule_order', 'rule', ['position', 'id'], unique=False, postgresql_where=sa.text('removed_at is null'))
    op.create_table(
        'rule_version',
        sa.Column('rule_id', sa.BigInteger(), nullable=False),
        sa.Column('version', sa.BigInteger(), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('mailbox_id', sa.BigInteger(), nullable=True),
        sa.Column('position', sa.BigInteger(), nullable=False),
        sa.Column('enabled', sa.Boolean(), nullable=False),
        sa.Column('is_removed', sa.Boolean(), server_default='false', nullable=False),
        sa.Column('document', postgresql.JSONB(), nullable=False),
        sa.Column('by_id', sa.BigInteger(), nullable=True),
        sa.Column('by_name', sa.Text(), server_default='', nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['rule_id'], ['rule.id'], name=op.f('fk_rule_version_rule_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('rule_id', 'version', name=op.f('pk_rule_version')),
    )
    op.create_table(
        'rule_stamp',
        sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column('value', sa.BigInteger(), nullable=True),
        sa.CheckConstraint('id = 1', name='only'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_stamp')),
    )
    op.create_table(
        'rule_done',
        sa.Column('rule_id', sa.BigInteger(), nullable=False),
        sa.Column('conversation_id', sa.BigInteger(), nullable=False),
        sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_rule_done_conversation_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['rule_id'], ['rule.id'], name=op.f('fk_rule_done_rule_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('rule_id', 'conversation_id', name=op.f('pk_rule_done')),
    )
    op.create_index(op.f('ix_rule_done_conversation_id'), 'rule_done', ['conversation_id'], unique=False)
    op.create_table(
        'webhook',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('url', sa.Text(), nullable=False),
        sa.Column('secret', sa.Text(), nullable=False),
        sa.Column('mailbox_id', sa.BigInteger(), nullable=True),
        sa.Column('events', postgresql.ARRAY(sa.Text()), server_default='{}', nullable=False),
        sa.Column('enabled', sa.Boolean(), server_default='true', nullable=False),
        sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True),
        sa.Column('rests_until', sa.DateTime(timezone=True), nullable=True),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.ForeignKeyConstraint(['mailbox_id'], ['mailbox.id'], name=op.f('fk_webhook_mailbox_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook')),
    )
    op.create_index('ix_webhook_name', 'webhook', [sa.literal_column('lower(name)')], unique=True)
    op.create_table(
        'webhook_delivery',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('webhook_id', sa.BigInteger(), nullable=False),
        sa.Column('event_id', sa.BigInteger(), nullable=True),
        sa.Column('rule', sa.Text(), server_default='', nullable=False),
        sa.Column('body', sa.Text(), nullable=True),
        sa.Column('state', sa.Text(), server_default='waiting', nullable=False),
        sa.Column('tries', sa.BigInteger(), server_default='0', nullable=False),
        sa.Column('status', sa.BigInteger(), nullable=True),
        sa.Column('error', sa.Text(), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('waiting', 'sent', 'dead')", name='state'),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_webhook_delivery_event_id')),
        sa.ForeignKeyConstraint(['webhook_id'], ['webhook.id'], name=op.f('fk_webhook_delivery_webhook_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook_delivery')),
    )
    op.create_index('ix_webhook_delivery_webhook_id', 'webhook_delivery', ['webhook_id', 'id'], unique=False)
    op.create_index('ix_webhook_delivery_created_at', 'webhook_delivery', ['created_at'], unique=False)


def downgrade() -> None:
    for table in ('webhook_delivery', 'webhook', 'rule_done', 'rule_stamp', 'rule_version', 'rule'):
        op.drop_table(table)
    op.drop_column('mailbox', 'footer')
    op.drop_column('agent', 'skills')
