-- What everybody may read of a board's performance reports: the public versions that are published now. It looks
-- through the offices for what the board has released, and leaves nothing open behind it.
create function performance_reports_published(of_slug text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before text[] := array[coalesce(current_setting('app.circles', true), ''),
    coalesce(current_setting('app.offices', true), ''), coalesce(current_setting('app.refused', true), ''),
    coalesce(current_setting('app.read_only', true), '')];
  shown jsonb;
begin
  perform set_config('app.circles', '{}', true), set_config('app.refused', '{}', true),
          set_config('app.read_only', '{}', true),
          set_config('app.offices', (select coalesce(array_agg(o.id), '{}')::text from records_office o
            join partners_board b on b.id = o.board_id where o.key = 'released' and b.slug = of_slug), true);
  select jsonb_build_object('board', b.name, 'example', b.is_example,
    'day', coalesce(b.example_today, (now() at time zone 'Europe/London')::date),
    'reports', (select coalesce(jsonb_agg(jsonb_build_object('label', r.label, 'period_end', r.period_end,
        'number', r.number, 'document', r.document, 'on', (r.decided_at at time zone 'Europe/London')::date)
        order by r.period_end desc, r.number desc), '[]'::jsonb)
      from performance_publicversion r where r.board_id = b.id and r.state = 'published'))
  into shown from partners_board b where b.slug = of_slug;
  perform set_config('app.circles', before[1], true), set_config('app.offices', before[2], true),
    set_config('app.refused', before[3], true), set_config('app.read_only', before[4], true);
  return shown;
end $$;
revoke all on function performance_reports_published(text) from public;
grant execute on function performance_reports_published(text) to wholestory_web, wholestory_public;
