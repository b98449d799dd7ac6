-- What everybody may read of a board's lessons: published ones for everybody, and the material of its campaigns. It
-- looks through the offices for what boards have released, and leaves nothing open behind it.
create function learning_published(of_slug text) returns jsonb
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
    'lessons', (select coalesce(jsonb_agg(jsonb_build_object('theme', l.theme, 'title', l.title, 'learned', l.learned,
        'do', l."do", 'on', l.published_on, 'changed', (select coalesce(jsonb_agg(c.words order by c."on"), '[]'::jsonb)
          from learning_change c where c.lesson_id = l.id and c.verdict = 'changed'))
        order by l.published_on desc, l.title), '[]'::jsonb)
      from learning_lesson l join records_record r on r.id = l.record_id
      where r.board_id = b.id and l.state = 'published' and l.audience = 'everybody'),
    'material', (select coalesce(jsonb_agg(jsonb_build_object('theme', m.theme, 'title', m.title, 'link', m.link)
        order by m.theme, m.title), '[]'::jsonb)
      from learning_material m where m.board_id = b.id and m.ended_on is null and m.audience = 'everybody'))
  into shown from partners_board b where b.slug = of_slug;
  perform set_config('app.circles', before[1], true), set_config('app.offices', before[2], true),
    set_config('app.refused', before[3], true), set_config('app.read_only', before[4], true);
  return shown;
end $$;
revoke all on function learning_published(text) from public;
grant execute on function learning_published(text) to wholestory_web, wholestory_public;
