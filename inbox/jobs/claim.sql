-- Lease the next due jobs, the better rank first. Of a lane only the oldest unfinished job may run;
-- a lease that ran out belongs to a worker that died, and its job is free again. No rank takes all
-- for itself: while a relay hangs, the mail for it becomes due again and again.
with awaited as (
  select j.id from job j
   where j.rank = 0 and j.done_at is null and j.run_at <= now()
     and (j.leased_until is null or j.leased_until < now())
     and not exists (select 1 from job b
                      where b.lane = j.lane and b.done_at is null and b.id < j.id)
   order by j.run_at, j.id
   limit (cast(:limit as int) + 3) / 4
   for update skip locked
), following as (
  select j.id from job j
   where j.rank = 1 and j.done_at is null and j.run_at <= now()
     and (j.leased_until is null or j.leased_until < now())
     and not exists (select 1 from job b
                      where b.lane = j.lane and b.done_at is null and b.id < j.id)
   order by j.run_at, j.id
   limit (cast(:limit as int) + 1) / 2
   for update skip locked
), coming as (
  select j.id from job j
   where j.rank = 2 and j.done_at is null and j.run_at <= now()
     and (j.leased_until is null or j.leased_until < now())
     and not exists (select 1 from job b
                      where b.lane = j.lane and b.done_at is null and b.id < j.id)
   order by j.run_at, j.id
   limit cast(:limit as int)
   for update skip locked
), due as (
  select id from (select 0 as rank, id from awaited
                  union all select 1, id from following
                  union all select 2, id from coming) as found
   order by rank
   limit cast(:limit as int)
)
update job set leased_until = now() + make_interval(secs => :lease), attempts = attempts + 1
  from due where job.id = due.id
returning job.id, job.kind, job.args, job.attempts, job.rank
