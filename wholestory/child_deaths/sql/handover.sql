-- The answer of a panel that does not use this system, by a link that works once. Nobody acts: the functions look at
-- nothing but the transfer behind the link's digest, and show nothing about the child.

create function child_deaths_transfer_behind(link text)
returns table (transfer uuid, circle bigint, office bigint, record uuid, board uuid, from_name text, to_name text,
  sent timestamptz, reference text, now_there timestamptz, example boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform set_config('app.circles', '{}', true), set_config('app.refused', '{}', true),
          set_config('app.read_only', '{}', true),
          set_config('app.offices', (select coalesce(array_agg(o.id), '{}')::text from records_office o
            where o.key = 'child_deaths'), true);
  return query
    select t.id, t.circle_id::bigint, t.office_id::bigint, t.record_id, r.board_id, f.name::text, p.name::text, t.sent_at,
      r.reference::text, d.now_there, b.is_example
    from child_deaths_transfer t
    join records_record r on r.id = t.record_id
    join partners_board b on b.id = r.board_id
    join child_deaths_panel f on f.id = t.from_panel_id
    join child_deaths_panel p on p.id = t.to_panel_id
    cross join lateral (select case when b.example_today is null then clock_timestamp()
      else (b.example_today + (clock_timestamp() at time zone 'Europe/London')::time) at time zone 'Europe/London' end
      as now_there) d
    where t.token_hash = link and link <> '' and t.state = 'sent' and p.board_id is null
      and clock_timestamp() < t.token_until
      and not exists (select from child_deaths_transferreply a where a.transfer_id = t.id);
end $$;

-- What the acting person (nobody, on the open page) could see before, and that again after.
create function child_deaths_seen_before() returns text[] language sql stable as $$
  select array[coalesce(current_setting('app.circles', true), ''), coalesce(current_setting('app.offices', true), ''),
    coalesce(current_setting('app.refused', true), ''), coalesce(current_setting('app.read_only', true), ''),
    coalesce(current_setting('app.ledgered', true), ''), coalesce(current_setting('app.person', true), ''),
    coalesce(current_setting('app.seat', true), '')]
$$;
create function child_deaths_seen_again(before text[]) returns void language sql as $$
  select set_config('app.circles', before[1], true), set_config('app.offices', before[2], true),
    set_config('app.refused', before[3], true), set_config('app.read_only', before[4], true),
    set_config('app.ledgered', before[5], true), set_config('app.person', before[6], true),
    set_config('app.seat', before[7], true)
$$;

-- What the page shows: which panels, when it was sent, our reference. Null when the link opens nothing.
create function child_deaths_transfer_shown(link text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before text[] := child_deaths_seen_before();
  shown jsonb;
begin
  select jsonb_build_object('from', b.from_name, 'to', b.to_name, 'sent', b.sent, 'reference', b.reference,
    'example', b.example, 'day', (b.now_there at time zone 'Europe/London')::date)
  into shown from child_deaths_transfer_behind(link) b;
  perform child_deaths_seen_again(before);
  return shown;
end $$;

-- Takes the one answer; false when the link opens nothing (any more).
create function child_deaths_transfer_answer(link text, yes boolean, who text, theirs text, said text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before text[] := child_deaths_seen_before();
  behind record;
begin
  perform pg_advisory_xact_lock(hashtextextended(link, 0));
  select * into behind from child_deaths_transfer_behind(link);
  if behind.transfer is null then
    perform child_deaths_seen_again(before);
    return false;
  end if;
  if yes is null or length(trim(who)) not between 1 and 160 or length(theirs) > 40 or length(said) > 4000
    or (not yes and trim(said) = '') then
    raise exception 'this is no answer' using errcode = 'check_violation';
  end if;
  perform set_config('app.person', '00000000-0000-4000-8000-000000000002', true), set_config('app.seat', '', true);
  insert into ledger.line (board, verb, kind, record, ids, reason, writes)
  values (behind.board, 'child_deaths.transfer_answered', 'child_deaths.transfer', behind.record, '{}', 'by_link', true);
  insert into child_deaths_transferreply (id, created_at, circle_id, office_id, transfer_id, accepted, answered_by,
    their_reference, words, answered_at)
  values (gen_random_uuid(), clock_timestamp(), behind.circle, behind.office, behind.transfer, yes, trim(who), theirs, said,
    behind.now_there);
  perform child_deaths_seen_again(before);
  return true;
end $$;

revoke all on function child_deaths_transfer_behind(text), child_deaths_seen_before(), child_deaths_seen_again(text[]),
  child_deaths_transfer_shown(text), child_deaths_transfer_answer(text, boolean, text, text, text) from public;
grant execute on function child_deaths_transfer_shown(text), child_deaths_transfer_answer(text, boolean, text, text, text)
  to wholestory_web, wholestory_public;
