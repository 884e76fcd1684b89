"""colleagues: who is drawn into a conversation, departments behind one address, who answers there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('agent', sa.Column('is_list', sa.Boolean(), server_default='false', nullable=False))
    op.execute("delete from membership where agent_id in (select id from agent where role = 'colleague')")
    op.create_check_constraint(op.f('ck_agent_list_is_colleague'), 'agent', "not is_list or role = 'colleague'")
    op.add_column('mailbox', sa.Column('colleagues_answer', sa.Text(), server_default='assigned', nullable=False))
    op.create_check_constraint(op.f('ck_mailbox_colleagues_answer'), 'mailbox', "colleagues_answer in ('never', 'assigned', 'always')")
    op.create_table('follower',
    sa.Column('conversation_id', sa.BigInteger(), nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('how', sa.Text(), nullable=False),
    sa.Column('by_id', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_follower_agent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_id'], ['agent.id'], name=op.f('fk_follower_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_follower_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('conversation_id', 'agent_id', name=op.f('pk_follower'))
    )
    op.create_index(op.f('ix_follower_agent_id'), 'follower', ['agent_id'], unique=False)
    op.create_table('list_member',
    sa.Column('list_id', sa.BigInteger(), nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_list_member_agent_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['list_id'], ['agent.id'], name=op.f('fk_list_member_list_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('list_id', 'agent_id', name=op.f('pk_list_member'))
    )
    op.create_index(op.f('ix_list_member_agent_id'), 'list_member', ['agent_id'], unique=False)
    op.create_table('newcomer',
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('list_id', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.Text(), server_default='waiting', nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.CheckConstraint("state in ('waiting', 'confirmed', 'refused')", name=op.f('ck_newcomer_state')),
    sa.ForeignKeyConstraint(['decided_by'], ['agent.id'], name=op.f('fk_newcomer_decided_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['list_id'], ['agent.id'], name=op.f('fk_newcomer_list_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('address', name=op.f('pk_newcomer'))
    )
    op.create_index('ix_newcomer_asked_at', 'newcomer', ['asked_at'], unique=False, postgresql_where=sa.text('asked_at is not null'))


def downgrade() -> None:
    op.drop_table('newcomer')
    op.drop_table('list_member')
    op.drop_table('follower')
    op.drop_column('mailbox', 'colleagues_answer')
    op.drop_column('agent', 'is_list')
