-- The hot side. Ids are time-ordered (milliseconds since 2025-01-01 UTC, then node, then sequence: see IdSequence), so a range of ids is a range of time and
-- partitions by id are partitions by time: retention drops them. Keys start with tenant_id, so that the tables can be distributed by it unchanged.

CREATE FUNCTION sluice_id_floor(at timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (extract(epoch FROM at) * 1000)::bigint - 1735689600000 << 22 $$;

-- One accepted request: one content for the people of its deliveries, through one channel. A campaign is a submission with a row in campaign.
CREATE TABLE submission (
  tenant_id      bigint NOT NULL,
  id             bigint NOT NULL,
  channel_id     bigint NOT NULL,
  -- 0 critical, 1 transactional, 2 bulk
  priority       smallint NOT NULL CHECK (priority BETWEEN 0 AND 2),
  -- 0 draft, 1 running, 2 paused, 3 cancelling, 4 finished, 5 cancelled (see SubmissionState)
  state          smallint NOT NULL CHECK (state BETWEEN 0 AND 5),
  not_before     timestamptz,
  deliver_by     timestamptz,
  -- The message as the platform gets it, byte for byte, and the first half of its SHA-256.
  content        text NOT NULL,
  content_hash   uuid NOT NULL,
  tags           text[],
  total          integer NOT NULL CHECK (total >= 0),
  -- Settled deliveries by state, kept by whoever settles, in the same transaction; what is left is waiting or in flight.
  sent           integer NOT NULL DEFAULT 0,
  delivered      integer NOT NULL DEFAULT 0,
  failed         integer NOT NULL DEFAULT 0,
  suppressed     integer NOT NULL DEFAULT 0,
  expired        integer NOT NULL DEFAULT 0,
  cancelled      integer NOT NULL DEFAULT 0,
  in_doubt       integer NOT NULL DEFAULT 0,
  -- Every delivery with a smaller ordinal is settled: where a node that takes over starts to read.
  settled_below  integer NOT NULL DEFAULT 0,
  accepted_at    timestamptz NOT NULL DEFAULT now(),
  finished_at    timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK (sent + delivered + failed + suppressed + expired + cancelled + in_doubt <= total)
) PARTITION BY RANGE (id);

-- A lane's queue in the order of service: class, earliest deadline, age. Only what still has work is in it.
CREATE INDEX submission_queue ON submission (channel_id, priority, deliver_by, id) WHERE state IN (1, 3);

-- One submission's content for one recipient: the unit of state and accounting. No index holds the state, so settling is a heap-only update.
CREATE TABLE delivery (
  tenant_id      bigint NOT NULL,
  submission_id  bigint NOT NULL,
  ordinal        integer NOT NULL,
  channel_id     bigint NOT NULL,
  -- The call that settled it, or that holds it in doubt.
  call_id        bigint,
  -- Held back until then (retry, flow control); NULL: at once.
  not_before     timestamptz,
  settled_at     timestamptz,
  -- 0 waiting (or in flight: named by an open call), 1 sent, 2 delivered, 3 failed, 4 suppressed, 5 expired, 6 cancelled, 7 in doubt (see DeliveryState)
  state          smallint NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 7),
  -- Why it ended where it did (see Disposition); NULL while waiting and for a plain success.
  disposition    smallint,
  attempts       smallint NOT NULL DEFAULT 0,
  recipient      text NOT NULL,
  PRIMARY KEY (tenant_id, submission_id, ordinal),
  CHECK ((state = 0) = (settled_at IS NULL))
) PARTITION BY RANGE (submission_id);

-- "What happened to zhangsan this month."
CREATE INDEX delivery_recipient ON delivery (tenant_id, recipient, submission_id);

-- One HTTP request to a platform. The row is written, and its charge booked, before the first byte leaves: the intent.
CREATE TABLE call (
  tenant_id        bigint NOT NULL,
  id               bigint NOT NULL,
  app_id           bigint NOT NULL,
  channel_id       bigint NOT NULL,
  organisation_id  bigint NOT NULL,
  -- 0 send, 1 resend of a doubtful call, 2 query of a result
  purpose          smallint NOT NULL,
  -- The call that this one resends or asks about.
  subject_call_id  bigint,
  api              text NOT NULL,
  node             text NOT NULL,
  -- Fencing: the epoch of the app's lease under which it was made.
  epoch            bigint NOT NULL,
  -- Who travelled in it: parallel arrays, a delivery each.
  submission_ids   bigint[] NOT NULL,
  ordinals         integer[] NOT NULL,
  -- What it costs: units of a pool of the organisation's month; 0 units: unmetered.
  budget_month     date NOT NULL,
  budget_pool      text NOT NULL,
  units            smallint NOT NULL,
  -- 0 reserved, 1 spent, 2 released
  charge           smallint NOT NULL DEFAULT 0,
  -- 0 open, then what we concluded (see CallState)
  state            smallint NOT NULL DEFAULT 0,
  intent_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
  answered_at      timestamptz,
  -- The platform's reference of what it took (task_id, processQueryKey), its code and text otherwise.
  platform_ref     text,
  platform_code    text,
  platform_text    text,
  -- When to ask the platform what became of it; NULL: nothing to ask (any more).
  receipt_due_at   timestamptz,
  receipt_attempts smallint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id),
  CHECK (cardinality(submission_ids) = cardinality(ordinals)),
  CHECK ((state = 0) = (answered_at IS NULL))
) PARTITION BY RANGE (id);

-- The limiter's state is rebuilt from the newest calls of an app; so is its day's people.
CREATE INDEX call_app ON call (app_id, id);
-- Few at any time: what is in flight, and what a dead node left in doubt.
CREATE INDEX call_open ON call (app_id, id) WHERE state IN (0, 7);
CREATE INDEX call_receipt ON call (receipt_due_at) WHERE receipt_due_at IS NOT NULL;

-- A delivery's part in a call that did not end it (throttled, temporary fault, doubt). The attempt that ended it is the delivery's call_id.
CREATE TABLE attempt (
  tenant_id      bigint NOT NULL,
  submission_id  bigint NOT NULL,
  ordinal        integer NOT NULL,
  call_id        bigint NOT NULL,
  outcome        text NOT NULL,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, submission_id, ordinal, call_id)
) PARTITION BY RANGE (submission_id);

-- Monthly partitions of the four tables above, from the month before up to `months` ahead. Idempotent; every node calls it at start and daily.
CREATE FUNCTION sluice_ensure_partitions(months integer) RETURNS void LANGUAGE plpgsql AS $$
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
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%s) TO (%s)', child, hot,
          sluice_id_floor(month_start),
          sluice_id_floor((month_start AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC'));
        -- Room on the page for the one update that settles a row keeps it heap-only. A page of deliveries is settled all at once, and a settled row is larger
        -- by a call and a time, so less than half of it may be filled: at 75 six of ten updates went to both indexes.
        IF hot IN ('submission', 'delivery', 'call') THEN
          EXECUTE format('ALTER TABLE %I SET (fillfactor = %s)', child, CASE hot WHEN 'delivery' THEN 42 ELSE 60 END);
        END IF;
      END IF;
    END LOOP;
  END LOOP;
END $$;
SELECT sluice_ensure_partitions(2);

-- A tenant's own name for a request: the same key with the same body is the same submission.
CREATE TABLE idempotency (
  tenant_id      bigint NOT NULL,
  key            text NOT NULL,
  body_hash      uuid NOT NULL,
  submission_id  bigint NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE campaign (
  tenant_id       bigint NOT NULL,
  submission_id   bigint NOT NULL,
  name            text NOT NULL,
  -- Lines of the people file that are durable, good and bad: where an interrupted upload goes on.
  rows_received   integer NOT NULL DEFAULT 0,
  rows_rejected   integer NOT NULL DEFAULT 0,
  sealed_at       timestamptz,
  created_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, submission_id)
);

-- A line of the people file that could not become a delivery, and why. Nothing is skipped silently.
CREATE TABLE campaign_reject (
  tenant_id      bigint NOT NULL,
  submission_id  bigint NOT NULL,
  row_number     integer NOT NULL,
  verdict        text NOT NULL,
  raw            text NOT NULL,
  PRIMARY KEY (tenant_id, submission_id, row_number)
);
