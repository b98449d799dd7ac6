-- The access record: append-only, hash-chained in lanes. It lives in a schema of its own whose owner cannot
-- sign in, so neither the web process nor the role that migrates the other tables can change or drop it.
-- Run by the database administrator (`wholestory database prepare`), never by a migration. Safe to run again.

create schema if not exists ledger authorization wholestory_ledger;
set role wholestory_ledger;

create table if not exists ledger.lane (
  lane smallint primary key,
  number bigint not null default 0,
  head bytea not null
);
insert into ledger.lane (lane, head)
select n, sha256(convert_to('wholestory lane ' || n, 'UTF8')) from generate_series(0, 31) n
on conflict do nothing;

create table if not exists ledger.line (
  lane smallint not null,
  number bigint not null,
  at timestamptz not null,
  person uuid,
  seat uuid,
  board uuid,
  verb text not null check (verb ~ '^[a-z_]+\.[a-z_]+$'),
  kind text not null default '' check (kind ~ '^[a-z_.]*$'),
  record uuid,
  ids uuid[] not null default '{}',
  reason text not null default '' check (reason ~ '^[a-z0-9_.:]*$' and length(reason) <= 80),
  writes boolean not null default false,
  previous bytea not null,
  hash bytea not null,
  primary key (lane, number)
);
create index if not exists line_record on ledger.line (record, at desc);
create index if not exists line_person on ledger.line (person, at desc);
create index if not exists line_ids on ledger.line using gin (ids);
create index if not exists line_at on ledger.line (at desc);

-- One canonical text per line: jsonb prints its keys in a fixed order on every version from 15 on.
create or replace function ledger.digest(l ledger.line) returns bytea language sql immutable as $$
  select sha256(convert_to(jsonb_build_object(
    'lane', l.lane, 'number', l.number,
    'at', to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'person', l.person, 'seat', l.seat, 'board', l.board, 'verb', l.verb, 'kind', l.kind,
    'record', l.record, 'ids', to_jsonb(l.ids), 'reason', l.reason, 'writes', l.writes,
    'previous', encode(l.previous, 'hex'))::text, 'UTF8'))
$$;

-- Fills in everything the writer must not choose: who, when, the place in the chain and the hash.
-- A transaction keeps the lane it took first; another transaction takes the next free one, so writers
-- queue only when all lanes are busy.
create or replace function ledger.chain() returns trigger language plpgsql
security definer set search_path = ledger, pg_temp as $$
declare
  mine smallint := nullif(current_setting('app.lane', true), '')::smallint;
  l ledger.lane;
begin
  if mine is not null then
    select * into l from ledger.lane where lane = mine for update;
  else
    select * into l from ledger.lane order by lane for update skip locked limit 1;
    if not found then
      select * into l from ledger.lane where lane = pg_backend_pid() % 32 for update;
    end if;
    perform set_config('app.lane', l.lane::text, true);
  end if;
  new.lane := l.lane;
  new.number := l.number + 1;
  new.at := clock_timestamp();
  new.person := nullif(current_setting('app.person', true), '')::uuid;
  new.seat := nullif(current_setting('app.seat', true), '')::uuid;
  new.previous := l.head;
  new.hash := ledger.digest(new);
  update ledger.lane set number = new.number, head = new.hash where lane = l.lane;
  if new.writes then
    perform set_config('app.ledgered', 'yes', true);
  end if;
  return new;
end $$;
drop trigger if exists chain on ledger.line;
create trigger chain before insert on ledger.line for each row execute function ledger.chain();

create or replace function ledger.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the access record cannot be changed';
end $$;
drop trigger if exists append_only on ledger.line;
create trigger append_only before update or delete on ledger.line for each row execute function ledger.refuse();
drop trigger if exists keep_all on ledger.line;
create trigger keep_all before truncate on ledger.line for each statement execute function ledger.refuse();

-- The heads of all lanes: what is anchored outside the database.
create or replace function ledger.heads() returns table (lane smallint, number bigint, head bytea)
language sql stable security definer set search_path = ledger, pg_temp as $$
  select lane, number, head from ledger.lane order by lane
$$;

-- The first line of each broken lane, and why. No row means every lane is whole.
create or replace function ledger.broken() returns table (lane smallint, number bigint, why text)
language sql stable security definer set search_path = ledger, pg_temp as $$
  with chained as (
    select l.*, lag(l.hash) over w as before, lag(l.number) over w as number_before
    from ledger.line l window w as (partition by l.lane order by l.number)
  ), found as (
    select c.lane, c.number, case
      when c.number <> coalesce(c.number_before, 0) + 1 then 'a line before this one is missing'
      when c.previous <> coalesce(c.before, sha256(convert_to('wholestory lane ' || c.lane, 'UTF8')))
        then 'it does not follow the line before it'
      when c.hash <> ledger.digest(row(c.lane, c.number, c.at, c.person, c.seat, c.board, c.verb, c.kind, c.record,
        c.ids, c.reason, c.writes, c.previous, c.hash)::ledger.line) then 'its content was changed'
    end as why
    from chained c
    union all
    select h.lane, h.number, 'the last lines of the lane are missing or its head was changed'
    from ledger.lane h
    left join lateral (select l.number, l.hash from ledger.line l where l.lane = h.lane
      order by l.number desc limit 1) t on true
    where h.number <> coalesce(t.number, 0)
      or h.head <> coalesce(t.hash, sha256(convert_to('wholestory lane ' || h.lane, 'UTF8')))
  )
  select distinct on (found.lane) found.lane, found.number, found.why from found
  where found.why is not null order by found.lane, found.number
$$;

-- The hash a lane had after line `at_number`, to compare with an anchor kept outside. Null when it is gone.
create or replace function ledger.hash_at(at_lane smallint, at_number bigint) returns bytea
language sql stable security definer set search_path = ledger, pg_temp as $$
  select case when at_number = 0 then sha256(convert_to('wholestory lane ' || at_lane, 'UTF8'))
    else (select hash from ledger.line where lane = at_lane and number = at_number) end
$$;

reset role;
grant usage on schema ledger to wholestory_owner, wholestory_web, wholestory_worker, wholestory_public, wholestory_backup;
-- The owner's functions write lines for people without an account; the role for open pages writes none itself.
grant insert (board, verb, kind, record, ids, reason, writes) on ledger.line to wholestory_web, wholestory_worker, wholestory_owner;
revoke insert (board, verb, kind, record, ids, reason, writes) on ledger.line from wholestory_public;
grant select on all tables in schema ledger to wholestory_backup;
revoke all on function ledger.heads(), ledger.broken(), ledger.hash_at(smallint, bigint) from public;
grant execute on function ledger.heads(), ledger.broken(), ledger.hash_at(smallint, bigint)
  to wholestory_worker, wholestory_owner, wholestory_backup;

-- Who opened, listed, changed or tried a record, for those who keep information governance for the record's board:
-- also what was done from a seat on another board. The record itself stays closed to them. Newest first.
drop function if exists ledger.seen(uuid, int);
create or replace function ledger.seen(of_record uuid, since timestamptz, until timestamptz, at_most int)
returns table (at timestamptz, person uuid, seat uuid, verb text, reason text, writes boolean, listed boolean)
language plpgsql stable security definer set search_path = ledger, public, pg_temp as $$
declare
  kept uuid[] := array(
    select o.board_id from public.records_office o
    where o.key = 'information_governance' and o.id = any (nullif(current_setting('app.offices', true), '')::int[]));
  home uuid := (select r.board_id from public.records_record r where r.id = of_record);
begin
  return query
    select l.at, l.person, l.seat, l.verb, l.reason, l.writes, l.record is distinct from of_record
    from ledger.line l
    where (l.record = of_record or l.ids @> array[of_record]) and l.at >= since and l.at < until
      and coalesce(home, l.board) = any (kept)
    order by l.at desc limit at_most;
end $$;

-- What one person did, for the same readers.
drop function if exists ledger.done_by(uuid, int);
create or replace function ledger.done_by(of_person uuid, since timestamptz, until timestamptz, at_most int)
returns table (at timestamptz, seat uuid, verb text, kind text, record uuid, ids uuid[], reason text, writes boolean)
language plpgsql stable security definer set search_path = ledger, public, pg_temp as $$
begin
  return query
    select l.at, l.seat, l.verb, l.kind, l.record, l.ids, l.reason, l.writes
    from ledger.line l
    join public.records_office o on o.board_id = l.board and o.key = 'information_governance'
    where l.person = of_person and l.at >= since and l.at < until
      and o.id = any (nullif(current_setting('app.offices', true), '')::int[])
    order by l.at desc limit at_most;
end $$;

-- References and kinds of records, never their content, for the same readers. A keeper who is refused a record
-- (they are its subject, say) does not find it here either: the restrictive policy holds in this function too.
create or replace function ledger.covers(of_records uuid[], asked_for text default null)
returns table (record uuid, reference text, kind text, board uuid)
language plpgsql stable security definer set search_path = ledger, public, pg_temp as $$
begin
  return query
    select r.id, r.reference::text, r.kind::text, r.board_id
    from public.records_record r
    join public.records_office o on o.board_id = r.board_id and o.key = 'information_governance'
    where (r.id = any (of_records) or r.reference = asked_for)
      and o.id = any (nullif(current_setting('app.offices', true), '')::int[]);
end $$;

-- What a board's team members did in a given seat since a moment: shown to the chair, who answers for the team.
create or replace function ledger.done_in_seats(of_seats uuid[], since timestamptz)
returns table (seat uuid, day date, writes bigint, reads bigint)
language sql stable security definer set search_path = ledger, pg_temp as $$
  select l.seat, (l.at at time zone 'Europe/London')::date, count(*) filter (where l.writes), count(*) filter (where not l.writes)
  from ledger.line l where l.seat = any (of_seats) and l.at >= since group by 1, 2 order by 2 desc
$$;

-- Notes that somebody asked for a reference and was shown the "not found" page. The same work is done whether
-- the reference exists or not, and nothing comes back, so the asker learns nothing.
-- Refusals are set aside while it looks, or the attempts of exactly those who were refused would not be tied to the record.
create or replace function ledger.attempted(asked_for text, on_board uuid) returns void
language plpgsql security definer set search_path = ledger, public, pg_temp as $$
declare
  refused text := current_setting('app.refused', true);
  found_record uuid;
  found_board uuid;
  found_kind text;
begin
  perform set_config('app.refused', '', true);
  select r.id, r.board_id, r.kind into found_record, found_board, found_kind
  from public.records_record r where r.reference = asked_for;
  perform set_config('app.refused', coalesce(refused, ''), true);
  insert into ledger.line (board, verb, kind, record, ids, reason, writes)
  values (coalesce(found_board, on_board), 'access.not_found', coalesce(found_kind, ''), found_record, '{}', 'closed_or_missing', false);
end $$;

alter function ledger.seen(uuid, timestamptz, timestamptz, int) owner to wholestory_ledger;
alter function ledger.done_by(uuid, timestamptz, timestamptz, int) owner to wholestory_ledger;
alter function ledger.covers(uuid[], text) owner to wholestory_ledger;
alter function ledger.done_in_seats(uuid[], timestamptz) owner to wholestory_ledger;
alter function ledger.attempted(text, uuid) owner to wholestory_ledger;
revoke all on function ledger.seen(uuid, timestamptz, timestamptz, int), ledger.done_by(uuid, timestamptz, timestamptz, int),
  ledger.covers(uuid[], text), ledger.done_in_seats(uuid[], timestamptz), ledger.attempted(text, uuid) from public;
grant execute on function ledger.seen(uuid, timestamptz, timestamptz, int), ledger.done_by(uuid, timestamptz, timestamptz, int),
  ledger.covers(uuid[], text), ledger.done_in_seats(uuid[], timestamptz), ledger.attempted(text, uuid) to wholestory_web, wholestory_worker;
