-- What several rules need.

CREATE MACRO ymd(d) AS year(d) * 10000 + month(d) * 100 + day(d);

CREATE TABLE born AS SELECT child, min(dob) AS dob FROM header WHERE child IS NOT NULL GROUP BY child;

-- A period of care is episodes with no day between them; it has ended when its last episode has.
CREATE TABLE periods AS
SELECT child, min(decom) AS began, max(dec) FILTER (WHERE is_last) AS ended
FROM (
  SELECT *, row_number() OVER (PARTITION BY child, period ORDER BY decom DESC, n DESC) = 1 AS is_last
  FROM (
    SELECT *, count(*) FILTER (WHERE opens) OVER (PARTITION BY child ORDER BY decom, n) AS period
    FROM (
      SELECT n, child, decom, dec,
             coalesce(decom > lag(dec) OVER (PARTITION BY child ORDER BY decom, n), FALSE) AS opens
      FROM episodes WHERE child IS NOT NULL AND decom IS NOT NULL
    )
  )
)
GROUP BY child, period
