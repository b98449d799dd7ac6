-- Who acts: writes the person's circles, offices and refusals into the transaction's settings, where the
-- policies read them. Owned by the role that owns the tables; `access_membership` is not forced, so this function
-- and nothing else reads all of it. Seats are judged by the board's own day (a demo board may live in the past);
-- grants that expire at a moment are judged by the real clock.
create or replace function access_act_as(who uuid, in_seat uuid) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  circles int[];
  offices int[];
  refused int[];
  emergency int[];
  otherwise int[];
begin
  select array_agg(distinct m.circle_id) filter (where not m.refused and m.circle_id is not null),
         array_agg(distinct m.office_id) filter (where m.office_id is not null),
         array_agg(distinct m.circle_id) filter (where m.refused),
         array_agg(distinct m.circle_id) filter (where m.because = 'grant.emergency'),
         array_agg(distinct m.circle_id) filter (where not m.refused and m.circle_id is not null and m.because <> 'grant.emergency')
  into circles, offices, refused, emergency, otherwise
  from access_membership m
  join partners_board b on b.id = m.board_id
  cross join lateral (select coalesce(b.example_today, (now() at time zone 'Europe/London')::date) as today) d
  where m.person_id = who
    and m.starts_on <= d.today and (m.ends_on is null or d.today <= m.ends_on)
    and (m.expires_at is null or now() < m.expires_at)
    and (not m.one_at_a_time or m.seat_id = in_seat);
  perform set_config('app.person', who::text, true), set_config('app.seat', coalesce(in_seat::text, ''), true),
          set_config('app.circles', coalesce(circles, '{}')::text, true),
          set_config('app.offices', coalesce(offices, '{}')::text, true),
          set_config('app.refused', coalesce(refused, '{}')::text, true),
          -- Circles somebody is in only by emergency access are for reading: their rows take no change.
          set_config('app.read_only', (select coalesce(array_agg(c), '{}')::text from unnest(emergency) c
            where c <> all (coalesce(otherwise, '{}'))), true);
  return coalesce(cardinality(circles), 0);
end $$;

-- The system itself, for one board: jobs, counts and letters. The named system actor answers for its lines.
create or replace function access_act_as_system(actor uuid, for_board uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  offices int[];
begin
  if not exists (select from partners_person where id = actor and is_system) then
    raise exception 'only a system actor may act for a whole board' using errcode = 'insufficient_privilege';
  end if;
  select array_agg(id) into offices from records_office where board_id = for_board;
  perform set_config('app.person', actor::text, true), set_config('app.seat', '', true),
          set_config('app.circles', '{}', true), set_config('app.offices', coalesce(offices, '{}')::text, true),
          set_config('app.refused', '{}', true), set_config('app.read_only', '{}', true);
end $$;
revoke all on function access_act_as(uuid, uuid), access_act_as_system(uuid, uuid) from public;
grant execute on function access_act_as(uuid, uuid) to wholestory_web, wholestory_worker;
grant execute on function access_act_as_system(uuid, uuid) to wholestory_web, wholestory_worker;

-- Who is in which circle is itself need-to-know: one's own rows, and those of the circles and offices one is in.
alter table access_membership enable row level security;
create policy own_or_shared on access_membership for select using (
  person_id = nullif(current_setting('app.person', true), '')::uuid
  or circle_id = any (nullif(current_setting('app.circles', true), '')::int[])
  or office_id = any (nullif(current_setting('app.offices', true), '')::int[])
  or current_setting('app.deriving', true) = 'yes');
create policy derived on access_membership for all using (current_setting('app.deriving', true) = 'yes')
  with check (current_setting('app.deriving', true) = 'yes');

-- The access record's keeper finds a record by its reference to note an attempt; nobody can sign in as the keeper.
create policy keeper on records_record for select to wholestory_ledger using (true);
grant select on records_record, records_office to wholestory_ledger;

-- The rules read every grant and refusal while they work out who is in; nobody else does.
create policy deriving on access_grant for select using (current_setting('app.deriving', true) = 'yes');
create policy deriving on access_refusal for select using (current_setting('app.deriving', true) = 'yes');
