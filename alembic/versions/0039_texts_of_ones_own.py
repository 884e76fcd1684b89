"""approved texts of one person alone, and the files that go with a text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('template', sa.Column('agent_id', sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f('fk_template_agent_id'), 'template', 'agent', ['agent_id'], ['id'], ondelete='CASCADE'
    )
    op.create_check_constraint(
        op.f('ck_template_whose'), 'template', 'mailbox_id is null or agent_id is null'
    )
    op.drop_index('ix_template_name_key', table_name='template')
    op.create_index(
        'ix_template_name_key', 'template', ['kind', 'name_key'], unique=True,
        postgresql_where=sa.text('mailbox_id is null and agent_id is null'),
    )
    op.create_index(
        'ix_template_agent_id_name_key', 'template', ['agent_id', 'kind', 'name_key'],
        unique=True, postgresql_where=sa.text('agent_id is not null'),
    )
    op.create_table(
        'template_file',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('template_id', sa.BigInteger(), nullable=False),
        sa.Column('blob', sa.LargeBinary(), nullable=False),
        sa.Column('filename', sa.Text(), nullable=False),
        sa.Column('content_type', sa.Text(), nullable=False),
        sa.Column('size', sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ['template_id'], ['template.id'], name=op.f('fk_template_file_template_id'),
            ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(['blob'], ['blob.sha256'], name=op.f('fk_template_file_blob')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_template_file')),
    )
    op.create_index('ix_template_file_template_id', 'template_file', ['template_id'])
    op.create_index('ix_template_file_blob', 'template_file', ['blob'])


def downgrade() -> None:
    op.drop_table('template_file')
    op.execute('delete from template where agent_id is not null')
    op.drop_index('ix_template_agent_id_name_key', table_name='template')
    op.drop_index('ix_template_name_key', table_name='template')
    op.drop_constraint(op.f('ck_template_whose'), 'template', type_='check')
    op.drop_constraint(op.f('fk_template_agent_id'), 'template', type_='foreignkey')
    op.drop_column('template', 'agent_id')
    op.create_index(
        'ix_template_name_key', 'template', ['kind', 'name_key'], unique=True,
        postgresql_where=sa.text('mailbox_id is null'),
    )
