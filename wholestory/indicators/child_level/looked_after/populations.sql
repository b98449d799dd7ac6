-- What each figure is about, one table each, with the child's day: the event's, or the last day for those open then.
-- $first and $last are the days of the window, $year the day twelve months before its end, both ends counted.

CREATE TABLE people AS
SELECT child, min(dob) AS dob, ymd(min(dob)) AS born, min(sex) AS sex, min(ethnic) AS ethnic
FROM used_header WHERE child IS NOT NULL GROUP BY child;

-- Care, without agreed series of short breaks. An episode with an unreadable end is not in it.
CREATE TABLE care AS
SELECT *, lag(rec) OVER (PARTITION BY child ORDER BY decom, n) AS rec_before,
       row_number() OVER (PARTITION BY child ORDER BY decom, n) AS place_no
FROM used_episodes
WHERE child IS NOT NULL AND decom IS NOT NULL AND NOT spoilt_dec AND coalesce(ls, '') NOT IN ('V3', 'V4');

-- The period of care a child is in: it began with the latest episode that none with the reason X1 came before.
CREATE TABLE period AS
SELECT child, max(decom) AS began FROM care
WHERE decom <= $last AND (rec_before IS NULL OR rec_before <> 'X1') GROUP BY child;

-- Placements of that period: an episode for legal status only, or with the same carer, begins none.
CREATE TABLE placements AS
SELECT c.child, c.n, c.decom, c.place, row_number() OVER (PARTITION BY c.child ORDER BY c.decom DESC, c.n DESC) AS back
FROM care c JOIN period p USING (child)
WHERE c.decom BETWEEN p.began AND $last AND (c.rne IN ('S', 'P', 'B') OR c.decom = p.began);

CREATE TABLE moves AS
SELECT c.child,
       max(CASE WHEN c.decom < $year AND (c.dec IS NULL OR c.dec >= $year) THEN 1 ELSE 0 END)
         + count(*) FILTER (WHERE c.decom BETWEEN $year AND $last AND c.rne IN ('S', 'P', 'B')) AS number
FROM care c JOIN period p USING (child)
WHERE c.decom BETWEEN p.began AND $last AND (c.place IS NULL OR c.place NOT IN ('T0', 'T1', 'T2', 'T3', 'T4'))
GROUP BY c.child;

CREATE TABLE at_end AS
SELECT e.child, $last AS day, e.n, e.ls, e.cin, e.place, p.began, coalesce(m.number, 0) AS moves,
       (SELECT max(decom) FROM placements s WHERE s.child = e.child AND s.back = 1) AS placed_on,
       (SELECT max(decom) FROM placements s WHERE s.child = e.child AND s.back = 2) AS placed_before_on
FROM (
  SELECT *, row_number() OVER (PARTITION BY child ORDER BY decom DESC, n DESC) AS back FROM care
  WHERE decom <= $last AND (dec IS NULL OR dec > $last)
) e JOIN period p USING (child) LEFT JOIN moves m USING (child)
WHERE e.back = 1;

CREATE TABLE lasting AS
SELECT *, place LIKE 'A%' AS adopting FROM at_end JOIN (SELECT child, dob FROM people) USING (child)
WHERE dob IS NOT NULL AND (ymd($last) - ymd(dob)) // 10000 < 16 AND began + INTERVAL 30 MONTH <= $last;

CREATE TABLE started AS
SELECT child, decom AS day, n, place, ls, cin FROM care WHERE rne = 'S' AND decom BETWEEN $first AND $last;

CREATE TABLE ceased AS
SELECT child, dec AS day, n, place, ls, cin FROM care WHERE rec <> 'X1' AND dec BETWEEN $first AND $last;

CREATE TABLE reviewed AS
SELECT child, review AS day, n FROM used_reviews WHERE child IS NOT NULL AND review BETWEEN $first AND $last;

-- Reviews in time: 20 working days after care began, then three months, then six. What came before the window is not in
-- the tables, so the time since then is counted from its first day.
CREATE TABLE steps AS
SELECT child, day, lag(day) OVER w AS before_on, row_number() OVER w AS step, known
FROM (
  SELECT child, began AS day, TRUE AS known FROM at_end WHERE began >= $first
  UNION ALL
  SELECT child, $first, FALSE FROM at_end WHERE began < $first
  UNION ALL
  SELECT DISTINCT r.child, r.day, NULL FROM reviewed r JOIN at_end a USING (child) WHERE r.day > greatest(a.began, $first)
)
WINDOW w AS (PARTITION BY child ORDER BY day, known NULLS LAST);

CREATE TABLE review_times AS
SELECT a.child, a.day, a.place, a.ls, a.cin, a.n, a.began, s.latest, s.reviews,
       w.number - b.number AS in_care, s.gaps_kept
         AND CASE WHEN s.reviews = 0 AND a.began >= $first THEN w.number - b.number <= 20
                  WHEN s.reviews = 1 AND a.began >= $first THEN s.latest + INTERVAL 3 MONTH >= $last
                  ELSE s.latest + INTERVAL 6 MONTH >= $last END AS in_time
FROM at_end a
JOIN (
  SELECT s.child, max(s.day) AS latest, count(*) - 1 AS reviews,
         bool_and(CASE WHEN s.before_on IS NULL THEN TRUE
                       WHEN s.step = 2 AND began.known THEN here.number - there.number <= 20
                       WHEN s.step = 3 AND began.known THEN s.before_on + INTERVAL 3 MONTH >= s.day
                       ELSE s.before_on + INTERVAL 6 MONTH >= s.day END) AS gaps_kept
  FROM steps s
  JOIN (SELECT child, bool_or(known) AS known FROM steps WHERE step = 1 GROUP BY child) began USING (child)
  LEFT JOIN working here ON here.day = s.day LEFT JOIN working there ON there.day = s.before_on
  GROUP BY s.child
) s USING (child)
LEFT JOIN working w ON w.day = $last LEFT JOIN working b ON b.day = greatest(a.began, $first);

CREATE TABLE checked_over AS
SELECT child, $last AS day, min(n) AS n, max(health_assessment) AS health, max(teeth_check) AS teeth,
       max(immunisations) AS immunised, max(try_cast(sdq_score AS INTEGER)) AS score
FROM used_oc2 WHERE child IS NOT NULL GROUP BY child;

CREATE TABLE alone AS
SELECT a.* FROM at_end a
WHERE a.child IN (SELECT child FROM used_uasc WHERE NOT spoilt_duc AND (duc IS NULL OR duc > $last));

CREATE TABLE absences AS
SELECT m.child, m.mis_start AS day, m.n, m.missing AS kind, m.mis_end,
       count(*) OVER (PARTITION BY m.child, m.missing) AS times
FROM used_missing m WHERE m.child IS NOT NULL AND m.mis_start BETWEEN $first AND $last;

CREATE TABLE absent_still AS
SELECT child, $last AS day, n FROM used_missing
WHERE child IS NOT NULL AND missing = 'M' AND mis_start <= $last AND NOT spoilt_mis_end AND (mis_end IS NULL OR mis_end > $last);

CREATE TABLE leavers AS
SELECT child, $last AS day, min(n) AS n, min(in_touch) AS in_touch, min(activ) AS activ, min(accom) AS accom,
       bool_or(spoilt_activ) AS no_activ, bool_or(spoilt_accom) AS no_accom
FROM used_oc3 WHERE child IS NOT NULL AND in_touch NOT IN ('DIED', 'RHOM') GROUP BY child
