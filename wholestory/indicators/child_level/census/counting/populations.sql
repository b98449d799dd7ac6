-- What each figure is about, one table each. $first and $last are the days of the window.
-- Every table has the child's attributes on the day that counts: the event's, or the last day for those open then.
-- `n_...` columns are running numbers of working days: the difference of two is the working days from one to the other.

CREATE TABLE every_referral AS
SELECT key, referred, min(place_no) AS place_no
FROM (
  SELECT c.key, e.referred, e.place_no FROM episode e JOIN child c ON c.place_no = e.child
  WHERE e.referred IS NOT NULL AND e.spoilt & bits('LAchildID', 'CINdetails.CINreferralDate') = 0
  UNION ALL
  SELECT key, referred, NULL FROM earlier_referral
)
GROUP BY key, referred;

CREATE TABLE looked_back AS
SELECT *, coalesce(lag(referred) OVER (PARTITION BY key ORDER BY referred) >= referred - INTERVAL 1 YEAR, FALSE) AS again
FROM every_referral;

CREATE TABLE referrals AS
SELECT r.key, r.referred AS day, r.again, e.* EXCLUDE (place_no, child, spoilt, n_referred, referred), e.spoilt, e.child
FROM looked_back r JOIN episode e ON e.place_no = r.place_no
WHERE r.referred BETWEEN $first AND $last;

CREATE TABLE assessments AS
SELECT c.key, a.authorised AS day, a.* EXCLUDE (finished),
       a.n_authorised - a.n_started AS took,
       a.n_authorised - e.n_referred AS since_referral,
       e.referred,
       a.started IS NOT NULL AND a.started <= a.authorised
         AND a.spoilt & bits('Assessments.AssessmentActualStartDate') = 0 AS timed,
       row_number() OVER (PARTITION BY a.episode ORDER BY coalesce(a.started, a.authorised), a.authorised) = 1 AS is_first
FROM (
  SELECT * EXCLUDE (twin) FROM (
    SELECT a.*, row_number() OVER (PARTITION BY c.key, a.started, a.authorised, a.factors, a.finished ORDER BY a.place_no) AS twin
    FROM assessment a JOIN child c ON c.place_no = a.child
  ) WHERE twin = 1
) a
JOIN child c ON c.place_no = a.child JOIN episode e ON e.place_no = a.episode;

CREATE TABLE assessments_done AS SELECT * FROM assessments WHERE day BETWEEN $first AND $last;

CREATE TABLE assessments_open AS
SELECT * REPLACE ($last AS day), n_last() - n_started AS open_for FROM assessments
WHERE started <= $last AND (authorised IS NULL OR authorised > $last);

CREATE TABLE factors AS
SELECT a.*, f.code AS factor, f.starts AS theme
FROM assessments_done a JOIN factor f ON a.factors & f.bit <> 0;

CREATE TABLE enquiries AS
SELECT c.key, q.started AS day, q.* EXCLUDE (place_no, twin)
FROM (
  SELECT q.*, row_number() OVER (PARTITION BY c.key, q.started, q.conference, q.no_conference ORDER BY q.place_no) AS twin
  FROM enquiry q JOIN child c ON c.place_no = q.child
) q JOIN child c ON c.place_no = q.child
WHERE twin = 1 AND q.started BETWEEN $first AND $last;

-- A conference is one child on one day. Of several enquiries it may belong to, the one that began last sets the clock, and
-- what is recorded with an enquiry comes before what is recorded with the episode.
CREATE TABLE conferences AS
SELECT key, day, min(child) AS child,
       bit_and(spoilt) AS spoilt,
       max(started) FILTER (WHERE started <= day) AS started,
       max(n_started) FILTER (WHERE started <= day) AS n_started,
       min(n_day) AS n_day,
       min(n_day) - max(n_started) FILTER (WHERE started <= day) AS took,
       bool_and(started IS NULL OR started > day) AS no_clock
FROM (
  SELECT c.key, q.conference AS day, q.child,
         CASE WHEN q.spoilt & bits('Section47.S47ActualStartDate') = 0 THEN q.started END AS started,
         CASE WHEN q.spoilt & bits('Section47.S47ActualStartDate') = 0 THEN q.n_started END AS n_started,
         q.n_conference AS n_day, q.spoilt & bits('LAchildID', 'Section47.DateOfInitialCPC') AS spoilt
  FROM enquiry q JOIN child c ON c.place_no = q.child WHERE q.conference IS NOT NULL
  UNION ALL
  SELECT c.key, e.conference, e.child, NULL, NULL, e.n_conference,
         e.spoilt & bits('LAchildID', 'CINdetails.DateOfInitialCPC')
  FROM episode e JOIN child c ON c.place_no = e.child WHERE e.conference IS NOT NULL
)
WHERE day BETWEEN $first AND $last
GROUP BY key, day;

CREATE TABLE plans AS
SELECT * EXCLUDE (twin), date_diff('day', started, ended) + 1 AS lasted
FROM (
  SELECT c.key, p.*, row_number() OVER (
    PARTITION BY c.key, p.started, p.ended, p.first_category, p.latest_category, p.previous ORDER BY p.place_no
  ) AS twin
  FROM protection p JOIN child c ON c.place_no = p.child
) WHERE twin = 1;

ALTER TABLE conferences ADD COLUMN led_to_plan BOOLEAN DEFAULT FALSE;
UPDATE conferences SET led_to_plan = TRUE
FROM (
  SELECT DISTINCT f.key AS k, f.day AS d FROM conferences f
  JOIN plans p ON p.key = f.key AND p.started BETWEEN f.day AND f.day + 5
) made
WHERE conferences.key = made.k AND conferences.day = made.d;

CREATE TABLE plans_started AS SELECT *, started AS day FROM plans WHERE started BETWEEN $first AND $last;

CREATE TABLE plans_ended AS SELECT *, ended AS day FROM plans WHERE ended BETWEEN $first AND $last;

-- Reviews on or before the day the plan began, or after the last day, are not looked at.
CREATE TABLE steps AS
SELECT plan, day, date_diff('day', lag(day) OVER (PARTITION BY plan ORDER BY day), day) AS gap,
       row_number() OVER (PARTITION BY plan ORDER BY day) AS place
FROM (
  SELECT place_no AS plan, started AS day FROM plans WHERE started IS NOT NULL
  UNION
  SELECT p.place_no, r.day FROM review r JOIN plans p ON p.place_no = r.protection WHERE r.day > p.started AND r.day <= $last
);

CREATE TABLE plans_open AS
SELECT p.*, $last AS day, date_diff('day', p.started, $last) + 1 AS open_for,
       date_diff('day', p.started, $last) > 91 AS review_due,
       s.on_time AND CASE WHEN s.reviews = 0 THEN FALSE ELSE date_diff('day', s.latest, $last) <= 183 END AS reviewed
FROM plans p LEFT JOIN (
  SELECT plan, count(*) - 1 AS reviews, max(day) AS latest,
         bool_and(CASE place WHEN 1 THEN TRUE WHEN 2 THEN gap <= 91 ELSE gap <= 183 END) AS on_time
  FROM steps GROUP BY plan
) s ON s.plan = p.place_no
WHERE p.started <= $last AND (p.ended IS NULL OR p.ended > $last);

CREATE TABLE in_need AS
SELECT c.key, $last AS day, e.* EXCLUDE (place_no),
       CASE
         WHEN e.referred + INTERVAL 3 MONTH >= $last THEN 'up to 3 months'
         WHEN e.referred + INTERVAL 6 MONTH >= $last THEN '3 to 6 months'
         WHEN e.referred + INTERVAL 1 YEAR >= $last THEN '6 to 12 months'
         WHEN e.referred + INTERVAL 2 YEAR > $last THEN '1 to 2 years'
         ELSE '2 years and over'
       END AS open_since
FROM episode e JOIN child c ON c.place_no = e.child
WHERE e.nfa = 0 AND e.referred <= $last AND (e.closed IS NULL OR e.closed > $last);

CREATE TABLE in_need_plans AS
SELECT c.key, $last AS day, p.* EXCLUDE (place_no)
FROM in_need_plan p JOIN child c ON c.place_no = p.child
WHERE p.started <= $last AND (p.ended IS NULL OR p.ended > $last)
  AND c.key NOT IN (SELECT key FROM plans_open);

DROP TABLE every_referral;

DROP TABLE looked_back;

DROP TABLE steps;
