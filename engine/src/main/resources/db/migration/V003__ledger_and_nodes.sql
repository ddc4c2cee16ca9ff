-- The month budget of an organisation: granted = available + reserved + spent + foreign, always; available is what is left and has no column of its own.
-- Month: the first day of a calendar month in Asia/Shanghai. Pool: 'api' or 'webhook' (the platform's Webhook&Stream units).
CREATE TABLE budget (
  organisation_id  bigint NOT NULL REFERENCES organisation (id),
  month            date NOT NULL CHECK (extract(day FROM month) = 1),
  pool             text NOT NULL CHECK (pool IN ('api', 'webhook')),
  granted          bigint NOT NULL CHECK (granted >= 0),
  -- Held for calls whose intent is durable and whose answer is not known.
  reserved         bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  spent            bigint NOT NULL DEFAULT 0 CHECK (spent >= 0),
  -- What others of that organisation spent, as far as the platform or an operator told us.
  foreign_spent    bigint NOT NULL DEFAULT 0 CHECK (foreign_spent >= 0),
  -- The platform said that it is used up: nothing goes until then.
  exhausted_until  timestamptz,
  -- What the platform last showed as used, and how far that was from what we had spent then (positive: others spent, or we miss calls).
  reading          bigint CHECK (reading >= 0),
  reading_drift    bigint,
  reading_at       timestamptz,
  PRIMARY KEY (organisation_id, month, pool)
);

-- Postings that are not calls: grants, add-on packs, readings, corrections. A call's own postings are its row (see ledger_posting).
CREATE TABLE budget_posting (
  id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id  bigint NOT NULL,
  month            date NOT NULL,
  pool             text NOT NULL,
  debit            text NOT NULL CHECK (debit IN ('platform', 'available', 'reserved', 'spent', 'foreign')),
  credit           text NOT NULL CHECK (credit IN ('platform', 'available', 'reserved', 'spent', 'foreign')),
  units            bigint NOT NULL CHECK (units > 0),
  reason           text NOT NULL,
  actor            text NOT NULL,
  at               timestamptz NOT NULL DEFAULT now(),
  CHECK (debit <> credit)
);
CREATE INDEX budget_posting_month ON budget_posting (organisation_id, month, pool);

-- The whole ledger, double entry: units move from the debited account to the credited one. The sums of this view are the budget row, or something is broken.
CREATE VIEW ledger_posting AS
  SELECT organisation_id, month, pool, debit, credit, units, reason, at FROM budget_posting
  UNION ALL
  SELECT organisation_id, budget_month, budget_pool, 'available', 'reserved', units, 'call ' || id, intent_at FROM call WHERE units > 0
  UNION ALL
  SELECT organisation_id, budget_month, budget_pool, 'reserved', CASE charge WHEN 1 THEN 'spent' ELSE 'available' END, units, 'call ' || id, answered_at
    FROM call WHERE units > 0 AND charge IN (1, 2);

-- A threshold of the month's budget that was passed (50, 80, 95, 100 percent), once each, with the projected moment of exhaustion.
CREATE TABLE budget_event (
  organisation_id   bigint NOT NULL,
  month             date NOT NULL,
  pool              text NOT NULL,
  percent           integer NOT NULL,
  at                timestamptz NOT NULL DEFAULT now(),
  projected_end_at  timestamptz,
  PRIMARY KEY (organisation_id, month, pool, percent)
);

-- A running process. The slot is its part in ids; the lease is renewed every few seconds and everything the node owns hangs on it.
CREATE TABLE node (
  slot         integer PRIMARY KEY CHECK (slot BETWEEN 0 AND 255),
  name         text NOT NULL,
  incarnation  uuid NOT NULL,
  lease_until  timestamptz NOT NULL,
  started_at   timestamptz NOT NULL DEFAULT now()
);

-- Who schedules the lanes of an app. The epoch grows with every take-over and fences writes of earlier owners.
CREATE TABLE app_lease (
  app_id       bigint PRIMARY KEY REFERENCES app (id),
  incarnation  uuid,
  epoch        bigint NOT NULL DEFAULT 0
);
