"""Customers and their addresses."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, select

from inbox.store.tables import CustomerAddress

# The beginning of a statement that needs a customer: the one with this address, made if need be.
# Whoever keeps mails of an author holds the lock of that author, so that two cannot make two.
CUSTOMER = """
known as (
    select customer_id as id from customer_address where address = :customer_address
), fresh as (
    insert into customer (name, created_at)
    select :customer_name, :now where not exists (select from known)
    returning id
), named as (
    insert into customer_address (address, customer_id, evidence, organisation, created_at)
    select :customer_address, id, 'from', :customer_organisation, :now from fresh
     where :customer_address <> ''
), customer as (
    select id from known union all select id from fresh
)"""


def first_address(customer_id: Any) -> ScalarSelect[str]:
    """The oldest address of a customer, within a query that knows them by this column."""
    return (
        select(CustomerAddress.address)
        .where(CustomerAddress.customer_id == customer_id)
        .order_by(CustomerAddress.created_at)
        .limit(1)
        .scalar_subquery()
    )
