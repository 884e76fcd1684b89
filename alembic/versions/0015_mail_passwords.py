"""with which mail programs sign in to hand over mail, and who handed a mail over so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mail_password',
    sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
    sa.Column('agent_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('selector', sa.Text(), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.text('now()'), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['agent_id'], ['agent.id'], name=op.f('fk_mail_password_agent_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_password'))
    )
    op.create_index('ix_mail_password_agent_id', 'mail_password', ['agent_id'], unique=False)
    op.create_index('ix_mail_password_selector', 'mail_password', ['selector'], unique=True)
    op.add_column('spool', sa.Column('submitted_by', sa.BigInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column('spool', 'submitted_by')
    op.drop_index('ix_mail_password_selector', table_name='mail_password')
    op.drop_index('ix_mail_password_agent_id', table_name='mail_password')
    op.drop_table('mail_password')
