-- Each sender gets a reference of their own. These take the place of the functions of the same names in ``notify.sql``.

drop function child_deaths_notify(text, jsonb, text, int, text, text),
  child_deaths_keep(text, text, jsonb, jsonb, text, int, timestamptz, text, uuid);

-- Makes the rows of one message, in the name of the system's own postroom (or of the service that sends), and leaves nothing of the board open behind
-- it. The same message from the same sender within ten minutes is the one that came first: a button pressed twice.
-- Somebody else who says the very same gets a message and a reference of their own: the first one's reference would
-- tell them that somebody told before. ``sending`` stands for one sitting at the page; without one nothing is the same.
create function child_deaths_keep(
  of_slug text, way text, answers jsonb, sent jsonb, form text, version int, told timestamptz, told_precision text,
  by_person uuid, sending text)
returns table (reference text, received timestamptz, was_there boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before text[] := array[coalesce(current_setting('app.circles', true), ''),
    coalesce(current_setting('app.offices', true), ''), coalesce(current_setting('app.refused', true), ''),
    coalesce(current_setting('app.read_only', true), ''), coalesce(current_setting('app.ledgered', true), ''),
    coalesce(current_setting('app.person', true), ''), coalesce(current_setting('app.seat', true), '')];
  here record;
  in_circle bigint;
  in_office bigint;
  mark text;
  new_record uuid := gen_random_uuid();
begin
  select * into here from child_deaths_panel_at(of_slug);
  if here.panel is null then
    return;
  end if;
  if not child_deaths_can_be_kept(answers) or octet_length(sent::text) > 200000
    or form !~ '^[a-z0-9_]{1,60}$' or told > here.now_there + interval '1 minute' then
    raise exception 'this cannot be kept as a notification' using errcode = 'check_violation';
  end if;
  mark := encode(sha256(convert_to(way || ' ' || here.panel || ' ' || coalesce(by_person::text, '') || ' '
    || coalesce(nullif(sending, ''), gen_random_uuid()::text) || ' ' || answers::text, 'UTF8')), 'hex');
  perform pg_advisory_xact_lock(hashtextextended(mark, 0));
  insert into records_office (board_id, key) values (here.board, 'child_deaths') on conflict do nothing;
  select o.id into in_office from records_office o where o.board_id = here.board and o.key = 'child_deaths';
  perform set_config('app.circles', '{}', true), set_config('app.offices', array[in_office]::text, true),
    set_config('app.refused', '{}', true), set_config('app.read_only', '{}', true);
  select r.reference, n.received_at, true into reference, received, was_there
  from child_deaths_notification n join records_record r on r.id = n.record_id
  where n.panel_id = here.panel and n.fingerprint = mark and n.channel = way
    and n.created_at > clock_timestamp() - interval '10 minutes'
  order by n.created_at limit 1;
  if reference is null then
    select c.id into in_circle from records_circle c
    where c.board_id = here.board and c.kind = 'death_intake' and c.agency_id is null and c.group_id is null
    order by c.id limit 1;
    if in_circle is null then
      insert into records_circle (board_id, kind) values (here.board, 'death_intake') returning id into in_circle;
    end if;
    reference := child_deaths_new_reference();
    received := coalesce(told, here.now_there);
    was_there := false;
    if by_person is null then
      perform set_config('app.person', '00000000-0000-4000-8000-000000000002', true), set_config('app.seat', '', true);
    end if;
    insert into ledger.line (board, verb, kind, record, ids, reason, writes)
    values (here.board, 'child_deaths.notified', 'child_deaths.notification', new_record, '{}', 'by_' || way, true);
    insert into records_record (id, created_at, circle_id, office_id, kind, reference, board_id, edition, opened_on, retention)
    values (new_record, clock_timestamp(), in_circle, in_office, 'child_deaths.notification', reference, here.board,
      here.edition, (here.now_there at time zone 'Europe/London')::date, 'child_deaths');
    insert into child_deaths_notification (id, created_at, circle_id, office_id, record_id, panel_id, channel, received_at,
      received_precision, entered_at, entered_by_id, form_key, form_version, answers, raw, fingerprint)
    values (gen_random_uuid(), clock_timestamp(), in_circle, in_office, new_record, here.panel, way, received,
      told_precision, here.now_there, by_person, form, version, answers, sent, mark);
  end if;
  perform set_config('app.circles', before[1], true), set_config('app.offices', before[2], true),
    set_config('app.refused', before[3], true), set_config('app.read_only', before[4], true),
    set_config('app.ledgered', before[5], true), set_config('app.person', before[6], true),
    set_config('app.seat', before[7], true);
  return next;
end $$;

-- The open page sends. Null for an address that is no panel's; {"reference", "received"}; {"ask": true} when so much
-- came of late that a plain question must be answered first; {"busy": true} when even that does not help just now.
-- What was kept counts, and nothing else: whoever is told to wait is not pushed further back by trying again.
create function child_deaths_notify(
  of_slug text, answers jsonb, form text, version int, visitor text, question text, sending text default '')
returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  mine_minute int; mine int; all_minute int; all_told int;
  asked boolean;
  kept record;
begin
  if not exists (select from child_deaths_panel_at(of_slug)) then
    return null;
  end if;
  if length(visitor) > 80 or length(question) > 80 or length(sending) > 80 then
    raise exception 'this cannot be kept as a notification' using errcode = 'check_violation';
  end if;
  delete from child_deaths_knock where at < clock_timestamp() - interval '10 minutes';
  select count(*) filter (where k.visitor = child_deaths_notify.visitor and k.at > clock_timestamp() - interval '1 minute'),
    count(*) filter (where k.visitor = child_deaths_notify.visitor),
    count(*) filter (where k.at > clock_timestamp() - interval '1 minute'), count(*)
  into mine_minute, mine, all_minute, all_told from child_deaths_knock k;
  asked := question <> '' and not exists (
    select from child_deaths_knock k where k.question = child_deaths_notify.question);
  if mine_minute >= 30 or all_minute >= 120 then
    return jsonb_build_object('busy', true);
  end if;
  if (mine_minute >= 10 or mine >= 30 or all_minute >= 40 or all_told >= 120) and not asked then
    return jsonb_build_object('ask', true);
  end if;
  select * into kept from child_deaths_keep(of_slug, 'page', answers, null, form, version, null, 'exact', null, sending);
  if not kept.was_there then
    insert into child_deaths_knock (visitor, question) values (child_deaths_notify.visitor, child_deaths_notify.question);
  end if;
  return jsonb_build_object('reference', kept.reference, 'received', kept.received);
end $$;

-- An agency's own system sends, by a token made for it. The token's service acts; of what is held it learns nothing.
create or replace function child_deaths_notify_by_system(
  of_slug text, answers jsonb, sent jsonb, form text, version int, told timestamptz, told_precision text)
returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  service uuid := nullif(current_setting('app.person', true), '')::uuid;
  kept record;
begin
  if not exists (
    select from access_token t where t.person_id = service and t.revoked_at is null and t.expires_at > clock_timestamp()
      and 'deaths:notify' = any (string_to_array(t.scopes, ' ')))
  then
    raise exception 'only a system with a token for it may notify like this' using errcode = 'insufficient_privilege';
  end if;
  select * into kept from child_deaths_keep(of_slug, 'system', answers, sent, form, version, told, told_precision, service, 'system');
  if kept.reference is null then
    return null;
  end if;
  return jsonb_build_object('reference', kept.reference, 'received', kept.received, 'was_there', kept.was_there);
end $$;

revoke all on function child_deaths_keep(text, text, jsonb, jsonb, text, int, timestamptz, text, uuid, text),
  child_deaths_notify(text, jsonb, text, int, text, text, text) from public;
grant execute on function child_deaths_notify(text, jsonb, text, int, text, text, text)
  to wholestory_web, wholestory_public;
