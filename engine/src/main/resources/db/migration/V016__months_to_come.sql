-- The same partitions, made beside whoever reads and writes: each is made by itself and then put in its place, which no statement waits for. Made in its place it had
-- to have its table alone: while a backup read that, everybody waited behind it for two seconds of each minute, of each node, until the backup was over.
CREATE OR REPLACE FUNCTION sluice_ensure_partitions(months integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  hot text;
  starts timestamptz;
  month_start timestamptz;
  child text;
BEGIN
  PERFORM pg_advisory_xact_lock(7240118, 1);
  starts := date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
  FOR i IN -1..months LOOP
    month_start := (starts AT TIME ZONE 'UTC' + make_interval(months => i)) AT TIME ZONE 'UTC';
    FOREACH hot IN ARRAY ARRAY['submission', 'delivery', 'call', 'attempt'] LOOP
      child := hot || '_' || to_char(month_start AT TIME ZONE 'UTC', 'YYYY_MM');
      IF to_regclass(child) IS NULL THEN
        -- Room on the page for the one update that settles a row keeps it heap-only. A page of deliveries is settled all at once, and a settled row is larger
        -- by a call and a time, so less than half of it may be filled: at 75 six of ten updates went to both indexes.
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL) WITH (fillfactor = %s)', child, hot,
          CASE hot WHEN 'delivery' THEN 42 WHEN 'attempt' THEN 100 ELSE 60 END);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', hot, child,
          sluice_id_floor(month_start),
          sluice_id_floor((month_start AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'));
      END IF;
    END LOOP;
  END LOOP;
END $$;
