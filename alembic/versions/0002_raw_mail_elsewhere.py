"""raw mail may lie beside the database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

# What SQLAlchemy's models cannot say. Two days later nothing is put under the same name any more.
BEYOND_MODELS = (
    """
    create function inbox_forget_blob() returns trigger language plpgsql as $$
    begin
        insert into job (kind, args, run_at)
        values ('intake.forget_blob', jsonb_build_object('store', old.store, 'blob', old.blob),
                now() + interval '2 days');
        return null;
    end $$
    """,
    """
    create trigger spool_forget_blob after delete on spool
        for each row when (old.blob is not null) execute function inbox_forget_blob()
    """,
)


def upgrade() -> None:
    op.alter_column('spool', 'raw', existing_type=postgresql.BYTEA(), nullable=True)
    op.add_column('spool', sa.Column('store', sa.Text(), nullable=True))
    op.add_column('spool', sa.Column('blob', sa.Text(), nullable=True))
    op.add_column('spool', sa.Column('head', postgresql.BYTEA(), nullable=True))
    op.create_check_constraint(
        op.f('ck_spool_one_place'),
        'spool',
        "(raw is null) = (blob is not null) and (blob is null) = (store is null)",
    )
    op.create_index('ix_spool_blob', 'spool', ['store', 'blob'], unique=False, postgresql_where=sa.text("blob is not null"))
    op.create_index('ix_file_blob', 'file', ['blob'], unique=False, postgresql_where=sa.text("blob is not null"))
    for statement in BEYOND_MODELS:
        op.execute(statement)


def downgrade() -> None:
    op.execute('drop trigger spool_forget_blob on spool')
    op.execute('drop function inbox_forget_blob()')
    op.drop_index('ix_file_blob', table_name='file', postgresql_where=sa.text("blob is not null"))
    op.drop_index('ix_spool_blob', table_name='spool', postgresql_where=sa.text("blob is not null"))
    op.drop_constraint(op.f('ck_spool_one_place'), 'spool', type_='check')
    # Refused where mail lies elsewhere: the older program would take it for lost.
    op.alter_column('spool', 'raw', existing_type=postgresql.BYTEA(), nullable=False)
    op.drop_column('spool', 'head')
    op.drop_column('spool', 'blob')
    op.drop_column('spool', 'store')
